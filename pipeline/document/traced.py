"""A text that knows where each of its characters came from.

The accounting of the recovery rests on ``Piece``. A piece without an edit is the source's own text, character for
character; a piece with an edit says what stood there before. A removed character is a piece whose text is empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from pipeline.location import Span, make


class Edit(NamedTuple):
    """One change: what stood at ``span`` of the source, what stands there now, by which rule and why."""

    span: Span
    before: str
    after: str
    rule: str
    why: str


class PieceKind(StrEnum):
    """How the master shows a piece."""

    TEXT = "text"  # plain text: the master escapes what Markdown would misread
    MARKUP = "markup"  # Markdown already: emphasis marks, link targets, spans with attributes
    CALL = "call"  # a note call; its text is the note's label
    PAGE = "page"  # a page of the source begins here; its text is the page number


TEXT = PieceKind.TEXT  # asked of every piece; to ask the class each time takes as long as a call


class Piece(NamedTuple):
    """A run of text and the span of the source it stands for."""

    text: str
    span: Span
    edit: Edit | None = None
    kind: PieceKind = TEXT


@dataclass(frozen=True)
class Traced:
    """A text that knows where every character came from. Slicing and replacing give new values.

    >>> t = Traced.kept("隨u蘇聯", 10)
    >>> t.replaced(1, 2, "着", "C1", "private glyph").text
    '隨着蘇聯'
    """

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def kept(cls, text: str, start: int, kind: PieceKind = TEXT) -> Traced:
        """``text`` as it stands in the source from character ``start`` on."""
        return cls((Piece(text, Span(start, start + len(text)), None, kind),)) if text else cls()

    @classmethod
    def edited(
        cls, before: str, start: int, after: str, rule: str, why: str, kind: PieceKind = TEXT
    ) -> Traced:
        """``after`` where the source has ``before`` from character ``start`` on."""
        span = Span(start, start + len(before))
        return cls((Piece(after, span, Edit(span, before, after, rule, why), kind),))

    @classmethod
    def joined(cls, parts: Iterable[Traced]) -> Traced:
        """The parts one after the other."""
        return cls(tuple(p for part in parts for p in part.pieces))

    @cached_property
    def text(self) -> str:
        """The texts of all pieces: those of calls, page starts and markup, too (without them: ``visible``)."""
        return "".join(p.text for p in self.pieces)

    @cached_property
    def _offsets(self) -> list[int]:
        offsets, at = [], 0
        for p in self.pieces:
            offsets.append(at)
            at += len(p.text)
        return offsets

    def visible(self) -> str:
        """The text alone: no calls, no page starts, no markup."""
        return "".join([p.text for p in self.pieces if p.kind is TEXT])

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    def __add__(self, other: Traced) -> Traced:
        return Traced(self.pieces + other.pieces)

    def edits(self) -> Iterator[Edit]:
        """The edits in it, in order."""
        return (p.edit for p in self.pieces if p.edit is not None)

    def sliced(self, start: int, end: int) -> Traced:
        """Characters ``start`` up to ``end`` of the text.

        A piece that is an edit and not as long as what it replaced cannot be cut: it goes whole to the
        slice that holds its first character. Removals go with the character before them.
        """
        out = []
        for p, at in zip(self.pieces, self._offsets, strict=True):
            if not p.text:
                if start < at <= end or (at == start == 0):
                    out.append(p)
                continue
            lo, hi = max(start, at), min(end, at + len(p.text))
            if lo >= hi:
                continue
            if p.edit is None and len(p.span) == len(p.text):
                out.append(_part(p, lo - at, hi - at))
            elif start <= at:
                out.append(p)
        return Traced(tuple(out))

    def span_at(self, start: int, end: int) -> Span:
        """The span of the source behind characters ``start`` up to ``end`` (it may hold removed text)."""
        if not self.pieces:
            return Span(0, 0)
        begin, stop = self._piece_at(start), self._piece_at(max(start, end - 1))
        first, last = self.pieces[begin], self.pieces[stop]
        low, high = first.span.start, last.span.end
        if first.edit is None:
            low += start - self._offsets[begin]
        if last.edit is None and end > start:
            high = last.span.start + end - self._offsets[stop]
        return Span(low, max(low, high))

    def _piece_at(self, at: int) -> int:
        """The number of the piece that holds a character of the text; of several that begin there the last."""
        return max(0, bisect_right(self._offsets, at) - 1)

    def replaced(
        self,
        start: int,
        end: int,
        after: str,
        rule: str,
        why: str,
        kind: PieceKind | None = None,
    ) -> Traced:
        """A copy in which characters ``start`` up to ``end`` read ``after``, with the edit recorded.

        Where the range spans text removed earlier (a line end between two halves of a word) the first
        piece takes the whole of ``after`` and the others become removals, so each source character keeps
        one edit.
        """
        before, inner, behind = self.sliced(0, start), self.sliced(start, end), self.sliced(end, len(self))
        pieces, text = [], after
        for p in inner.pieces:
            was = p.edit.before if p.edit else p.text
            if not p.text and p.edit is not None:
                pieces.append(p)
                continue
            edit = Edit(p.span, was, text, rule, why)
            pieces.append(Piece(text, p.span, edit, kind or p.kind))
            text = ""
        return Traced(before.pieces + tuple(pieces) + behind.pieces)

    def corrected(self, changes: Sequence[Change]) -> Traced:
        """A copy with all of ``changes`` made, in one pass; they are sorted and do not overlap.

        Their places count the characters of ``visible()``: calls, page starts and markup are not counted
        and stay where they are.
        """
        if not changes:
            return self
        out: list[Piece] = []
        at = number = 0
        begun = -1  # the change whose text stands already
        for piece in self.pieces:
            text, span, edit, kind = piece
            if kind is not TEXT or not text:
                out.append(piece)
                continue
            end = at + len(text)
            while number < len(changes) and changes[number].end <= at:
                number += 1
            if number == len(changes) or changes[number].start >= end:
                out.append(piece)
            elif edit is None and span.end - span.start == len(text):
                begun = _cut(piece, at, changes, number, begun, out)
            else:
                after = "" if begun == number else changes[number].after
                out.append(_rewritten(piece, _spliced(text, changes[number], at, after), changes[number]))
                begun = number
            at = end
        return Traced(tuple(out))

    def located(self, changes: Sequence[Change]) -> list[Span]:
        """The spans of the source behind places of ``visible()`` (as in ``corrected``)."""
        if not changes:
            return []
        starts: list[int] = []
        pieces: list[Piece] = []
        at = 0
        for piece in self.pieces:
            if piece.kind is TEXT and piece.text:
                starts.append(at)
                pieces.append(piece)
                at += len(piece.text)
        if not pieces:
            return [Span(0, 0) for _ in changes]

        def place(offset: int) -> int:
            k = max(0, bisect_right(starts, offset) - 1)
            piece = pieces[k]
            return piece.span.start + min(offset - starts[k], len(piece.span))

        return [
            Span(place(c.start), max(place(c.start), place(max(c.start, c.end - 1)) + 1)) for c in changes
        ]


class Change(Protocol):
    """Characters ``start`` up to ``end`` should read ``after``, by a rule, for a reason."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def after(self) -> str: ...
    @property
    def rule(self) -> str: ...
    @property
    def why(self) -> str: ...


def _part(piece: Piece, start: int, end: int) -> Piece:
    """Characters of a kept piece."""
    if start == 0 and end == len(piece.text):
        return piece
    span = Span(piece.span.start + start, piece.span.start + end)
    return Piece(piece.text[start:end], span, piece.edit, piece.kind)


def _cut(piece: Piece, at: int, changes: Sequence[Change], number: int, begun: int, out: list[Piece]) -> int:
    """Puts a kept piece, whose text begins at ``at``, into ``out``: its characters changed and unchanged.

    ``number`` is the first change in it, ``begun`` the one whose text stands already; returned is the last one begun.
    """
    text = piece.text
    first, low, end = piece.span.start, 0, len(text)
    while number < len(changes) and low < end:
        change = changes[number]
        start, stop = change.start - at, change.end - at
        if start >= end:
            break
        lo, hi = start if start > low else low, stop if stop < end else end
        if lo > low:
            out.append(make(Piece, (text[low:lo], make(Span, (first + low, first + lo)), None, TEXT)))
        after = "" if begun == number else change.after
        span = make(Span, (first + lo, first + hi))
        edit = make(Edit, (span, text[lo:hi], after, change.rule, change.why))
        out.append(make(Piece, (after, span, edit, TEXT)))
        begun, low = number, hi
        if stop > end:
            break
        number += 1
    if low < end:
        out.append(_part(piece, low, end))
    return begun


def _rewritten(piece: Piece, text: str, change: Change) -> Piece:
    """A piece that stands for other characters than its own, and now reads ``text``."""
    before = piece.edit.before if piece.edit else piece.text
    return Piece(text, piece.span, Edit(piece.span, before, text, change.rule, change.why), piece.kind)


def _spliced(text: str, change: Change, at: int, after: str) -> str:
    """An edited piece's text with a change spliced in: only what the change covers is replaced."""
    return text[: max(0, change.start - at)] + after + text[max(0, min(len(text), change.end - at)) :]
