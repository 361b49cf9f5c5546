"""How lines become one text in which every character knows its place in the source.

Comes in: lines, the calls in them, the pages that begin with them. Goes out: ``Traced`` texts. Joining two
lines is an edit; a call is a piece of its own; characters are repaired last, on the joined text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.document.manuscript import Finding
from pipeline.document.traced import TEXT, Edit, Piece, PieceKind, Traced
from pipeline.han import OPENING
from pipeline.location import Span, make
from pipeline.recovery.characters import Fingerprint, find_repairs
from pipeline.recovery.characters.traced import repaired
from pipeline.recovery.page_dump.notes.plan import Call
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.wording.joints import hyphen_goes, joint_of, own_spacing
from pipeline.recovery.wording.letters import LETTERS, WIDE, is_han
from pipeline.recovery.wording.marks import NEVER_FIRST

_MARKS = NEVER_FIRST + OPENING
_TYPE_SIZE = "a space beside a call belongs to the change of type size"
_SPACES = re.compile("[ \u3000]+")
_TORN = re.compile(r"[ \t]*\n\s*")
NEAR = 8  # characters that a private glyph's meaning may depend on
# A word; nothing for one that a line's end divides: its halves are no words.
_WORD = re.compile(rf"[{LETTERS}]++[-\u2010]\s*\n\s*[{LETTERS}]+|([{LETTERS}]{{2,}})")


@dataclass
class Weaver:
    """Weaves lines of one source. ``findings`` gathers what was noticed on the way."""

    source: str
    fingerprint: Fingerprint
    calls: Mapping[int, Sequence[Call]]
    findings: list[Finding] = field(default_factory=list)
    hyphens: Sequence[int] = ()  # the places before which the extraction took one away
    _words: frozenset[str] | None = None

    def weave(
        self,
        numbered: Sequence[tuple[int, Line]],
        spaced: bool,
        skip: int = 0,
        anchors: Mapping[int, str] | None = None,
        between: str | None = None,
    ) -> Traced:
        """The lines (with their numbers in the layout) as one text.

        ``skip`` characters of the first are a mark and no text; ``anchors`` are page numbers by line;
        ``between`` stands between lines instead of what the scripts ask for.
        """
        pieces: list[Piece] = []
        spacing = _Spacing([self._without_calls(*row) for row in numbered], spaced, between)
        last = len(numbered) - 1
        for k, (number, line) in enumerate(numbered):
            if anchors and number in anchors:
                pieces.append(self._anchor(line, anchors[number]))
            start = line.start + (skip if not k else 0)
            if k == last:
                self._line(pieces, number, line, start, line.end)
            else:
                joint, end = self._joint(numbered[k], numbered[k + 1], spacing)
                self._line(pieces, number, line, start, end)
                pieces.append(joint)
        return self.repaired(Traced(tuple(pieces)))

    def cell(self, number: int, line: Line, start: int, end: int) -> Traced:
        """Characters ``start`` up to ``end`` of a line, with the calls in them, as the cell of a table."""
        pieces: list[Piece] = []
        self._line(pieces, number, line, line.start + start, line.start + end)
        return self.repaired(Traced(tuple(pieces)))

    def _anchor(self, line: Line, number: str) -> Piece:
        span = Span(line.start, line.start)
        edit = Edit(span, "", number, "L8", f"page {number} of the source begins here")
        return Piece(number, span, edit, PieceKind.PAGE)

    def _line(self, pieces: list[Piece], number: int, line: Line, start: int, end: int) -> None:
        if number not in self.calls:
            self._kept(pieces, start, end)
            return
        at = start
        for call in sorted(self.calls[number], key=lambda c: c.start):
            low, high = line.start + call.start, line.start + call.end
            if low < at or high > end:
                continue
            self._kept(pieces, at, low, before_call=True)
            pieces.append(self._call(low, high, call.label))
            at = self._behind(pieces, low, high, end)
        self._kept(pieces, at, end)

    def _behind(self, pieces: list[Piece], low: int, high: int, end: int) -> int:
        """Where the text goes on behind a call: a space that its two sides do not ask for goes like one before it."""
        space = _SPACES.match(self.source, high, end)
        if space is None or space.end() == end:
            return high
        before, after = self.source[max(0, low - NEAR) : low].rstrip(), self.source[space.end() : end]
        if joint_of(before, after, spaced=True) or (before[-1:].isdigit() and after[0].isdigit()):
            return high
        span = Span(high, space.end())
        pieces.append(Piece("", span, Edit(span, space[0], "", "N2", _TYPE_SIZE)))
        return span.end

    def _kept(self, pieces: list[Piece], start: int, end: int, before_call: bool = False) -> None:
        if end <= start:
            return
        text = self.source[start:end]
        if not (before_call or self.hyphens or "\n" in text):  # as nearly all lines
            pieces.append(_piece(text, start, end))
            return
        k = bisect_right(self.hyphens, start)
        if k < len(self.hyphens) and (at := self.hyphens[k]) < end:
            self._kept(pieces, start, at - 1)
            pieces.append(self._with_hyphen(at))
            self._kept(pieces, at, end, before_call)
            return
        if not before_call and "\n" not in text:
            pieces.append(_piece(text, start, end))
            return
        cut = len(text.rstrip(" \u3000")) if before_call else len(text)
        at = 0
        for match in _TORN.finditer(text, 0, cut) if "\n" in text else ():
            if match.start() > at:
                pieces.append(_piece(text[at : match.start()], start + at, start + match.start()))
            span = Span(start + match.start(), start + match.end())
            why = "the extraction broke the printed line here"
            marked = self.source[span.start - 1] in _MARKS or self.source[span.end] in _MARKS
            space = "" if marked else " "
            pieces.append(Piece(space, span, Edit(span, match[0], space, "L1", why)))
            at = match.end()
        if cut > at:
            pieces.append(_piece(text[at:cut], start + at, start + cut))
        if cut < len(text):
            span = Span(start + cut, end)
            pieces.append(Piece("", span, Edit(span, text[cut:], "", "N2", _TYPE_SIZE)))

    def _with_hyphen(self, at: int) -> Piece:
        """The character before place ``at``, and the hyphen that stood behind it."""
        span, before = Span(at - 1, at), self.source[at - 1]
        why = "a hyphen at a line's end, which pdftotext takes away"
        return Piece(f"{before}-", span, Edit(span, before, f"{before}-", "L10", why))

    def _call(self, start: int, end: int, label: str) -> Piece:
        span, text = Span(start, end), self.source[start:end]
        if not label:
            return Piece(
                "", span, Edit(span, text, "", "N1", "the rest of a call that the line's end cut in two")
            )
        if text == label:
            return Piece(text, span, None, PieceKind.CALL)
        return Piece(label, span, Edit(span, text, label, "N1", f"the call of note {label}"), PieceKind.CALL)

    def _joint(
        self, above: tuple[int, Line], below: tuple[int, Line], spacing: _Spacing
    ) -> tuple[Piece, int]:
        """The edit that joins two lines of a paragraph, and where the first line's own text ends."""
        (number, line), (following, behind) = above, below
        end, left, right = line.end, line.text, behind.text
        stop = line.after if line.after < behind.start else behind.start
        span = make(Span, (end, stop if stop > end else end))
        if number in self.calls:
            left = left[: self._tail(number, line)]
        if following in self.calls:
            right = right[self._head(following) :]
        text, rule, why = spacing.fixed or "", "L1", "the line goes on"
        if not left[-1:] >= WIDE <= right[:1]:  # else neither is of an alphabet, as between nearly all lines
            if spacing.fixed is None:
                text = joint_of(*self._as_meant(left, right), spacing.parts(left[-1:], right[:1]))
            if left[-1:] in "-\u2010" and left == line.text and hyphen_goes(left, right, self.words()):
                span, end = Span(end - 1, span.end), end - 1
                rule, why = "L2", "the word was divided at the line's end"
        edit = make(Edit, (span, self.source[span[0] : span[1]], text, rule, why))
        return make(Piece, (text, span, edit, TEXT)), end

    def _as_meant(self, left: str, right: str) -> tuple[str, str]:
        """The ends of two lines with their private glyphs as the characters meant: such a letter asks for no space."""
        if not self.fingerprint.private or not (left[-1:].isascii() or right[:1].isascii()):
            return left, right
        left, right = left[-NEAR:], right[:NEAR]
        end = len(left)
        for repair in find_repairs(f"{left} {right}", self.fingerprint):
            if repair.end == end:
                left = left[: repair.start] + repair.after
            elif repair.start == end + 1:
                right = repair.after + right[repair.end - end - 1 :]
        return left, right

    def _without_calls(self, number: int, line: Line) -> str:
        text = line.text
        for call in sorted(self.calls.get(number, ()), key=lambda c: -c.start):
            text = text[: call.start] + "。" + text[call.end :]
        return text

    def _tail(self, number: int, line: Line) -> int:
        """Where the line's text ends before a call at its end."""
        at = len(line.text)
        for call in sorted(self.calls[number], key=lambda c: -c.end):
            if call.end == at:
                at = len(line.text[: call.start].rstrip())
        return at

    def _head(self, number: int) -> int:
        """Where the line's text begins behind a call at its start."""
        return next((call.end for call in self.calls[number] if call.start == 0), 0)

    def words(self) -> frozenset[str]:
        """The words in alphabets that this document has, in lower case."""
        if self._words is None:
            self._words = frozenset(word.lower() for word in _WORD.findall(self.source))
        return self._words

    def repaired(self, text: Traced) -> Traced:
        """The text with its characters repaired; what is only proposed becomes a finding."""
        return repaired(text, self.fingerprint, self.findings)


@dataclass
class _Spacing:
    """What stands between the lines of one text: ``fixed``, or what its characters ask for.

    ``lines``: the text's own, without calls; ``spaced``: the document sets numbers and words apart from Han.
    """

    lines: Sequence[str]
    spaced: bool
    fixed: str | None

    def parts(self, a: str, b: str) -> bool:
        """Whether a space stands between two characters of which one is Han and the other is not."""
        mixed = a.isalnum() and b.isalnum() and is_han(a) is not is_han(b)
        return self._own if mixed else self.spaced

    @cached_property
    def _own(self) -> bool:
        """What the paragraph does itself goes before what the document does."""
        return own_spacing(self.lines, self.spaced)


def _piece(text: str, start: int, end: int) -> Piece:
    """``text`` as it stands in the source from character ``start`` up to ``end``."""
    return make(Piece, (text, make(Span, (start, end)), None, TEXT))


def fill_layout(source: str, claimed: Iterable[Span], marks: Iterable[Span]) -> tuple[Span, ...]:
    """The layout spans: ``marks`` and all white space that nothing else claims."""
    # Bare tuples are sorted several times as fast.
    out = [(start, end) for start, end in marks if end > start]
    taken: list[tuple[int, int]] = []
    begin = at = 0
    for start, end in claimed:
        if start != at:  # the pieces of a text go on where the one before ended
            if at > begin:
                taken.append((begin, at))
            begin = start
        at = end
    taken.append((begin, at))
    at = 0
    for start, end in [*sorted(out + taken), (len(source), len(source))]:
        if start > at and source[at:start].isspace():
            out.append((at, start))
        if end > at:  # faster than ``max``, and the spans are many
            at = end
    return tuple([make(Span, place) for place in sorted(out)])
