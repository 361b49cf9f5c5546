"""Which chunks of a recognised page are bodies of notes?

Comes in: the source, its chunks, and what may be calls. Goes out: the bodies in order. A strong mark is one by itself; a weak
one at a page's foot, below a heading of notes, or in a run that answers what is open. Refused: an author's list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.location import replaced
from pipeline.note_signs import (
    HAN_NUMBER,
    LIST_POINT,
    RAISED,
    RINGED,
    STARS,
)
from pipeline.recovery.markdown.chunks import PROSE, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.notes.foot_runs import FootRuns
from pipeline.recovery.ocr_markdown.notes.marks import (
    Body,
    Call,
    body_marks,
    body_of,
    cites,
    label_start,
    marked_body,
    may_begin,
    style_at,
    value_of,
)
from pipeline.recovery.ocr_markdown.notes.names import names_notes, names_sources, stands_below_name
from pipeline.recovery.ocr_markdown.notes.wanted import Wanted

_POINTED_BODY = re.compile(rf"[ \t]*(?P<n>[0-9]{{1,3}}){LIST_POINT}[ \t]*(?=\S)")
_BARE_BODY = re.compile(r"[ \t]*(?P<n>[0-9]{1,3})[ \t\u3000]+(?=[^\s0-9])")
_WORDED = re.compile(
    rf"[（(〔［\[﹝【]?[腳脚]?[註注][釋释]?[ ]?(?:[0-9]{{1,3}}|{HAN_NUMBER})[)）〕］\]﹞】：:]"
)
_NO_SOURCE = re.compile(rf"[ \t\u3000]*(?:\*\*)?(?:<|\$|\\\(|\[?\^|Footnote|[{RINGED}{RAISED}])")
_WORDS = ("註", "注")
_SLANTED = re.compile(r"\*[^\s*][^*]*\*")
_LOST = 2  # calls on end
_DRESSED = "[〔［﹝【$註注腳脚"  # so the mark of a digit begins that is not plain
_FAR = 20_000  # characters from a call to a body that is told by its citation
_STARRED = 6000  # characters from a star in the text to its body


def choose_bodies(
    source: str, chunks: Sequence[Chunk], calls: Sequence[Call], known: frozenset[str] = frozenset()
) -> list[Body]:
    """The chunks that are bodies: by a strong mark, or by a weak one at a page's foot that a call asks for.

    ``known`` are the styles in which this document marks its bodies.
    """
    return _Reader(source, chunks, calls, known).read()


class _Reader:
    """Goes through the chunks in order, and knows where it stands."""

    def __init__(
        self, source: str, chunks: Sequence[Chunk], calls: Sequence[Call], known: frozenset[str]
    ) -> None:
        self.source, self.chunks, self.known = source, chunks, known
        self.wanted = Wanted(calls)
        self.bodies: list[Body] = []
        self.at_foot = False  # behind a rule, a body or a heading «註釋»
        self.last = 0  # the number of the body before, while the run lasts
        self.run: list[Body] = []  # what follows of a page's bodies
        self.told = 0  # the level of the heading «註釋» that the bodies stand under
        self.headed = False  # one stood above, and nothing but bodies since
        self.in_sources = False  # one «參考文獻» did
        self.are_unnumbered = False  # entries below it

    def read(self) -> list[Body]:
        """The bodies, in order."""
        for i, chunk in enumerate(self.chunks):
            if self._tells_place(chunk):
                continue
            if chunk.kind not in PROSE or self._is_entry(chunk):
                self.at_foot = self.at_foot and chunk.kind in (ChunkKind.PAGE, ChunkKind.COMMENT)
            elif body := self._body_at(i):
                self.run = self.run if self.run and self.run[0].chunk == i + 1 else []
                self.bodies.append(body)
                self.wanted.met(body)
                self.at_foot, self.last = True, body.number
            elif not self._is_rest(i):
                self.at_foot, self.last, self.headed = False, 0, False
        return self.bodies

    def _is_rest(self, i: int) -> bool:
        """Whether a text stands between the notes' heading and a number that is called: the rest of a body."""
        is_below = bool(self.bodies) and stands_below_name(self.source, self.chunks, i)
        if not is_below or i + 1 == len(self.chunks):
            return False
        told = _told_at(self.source, self.chunks[i + 1])
        return told is not None and value_of(told)[0] in self.wanted.up_to(self.chunks[i].start)

    def _tells_place(self, chunk: Chunk) -> bool:
        """Whether a chunk says that bodies follow: a rule, a heading of notes, one of a chapter's below it."""
        if chunk.kind is ChunkKind.RULE:
            self.at_foot, self.last = True, 0
            return True
        is_heading = chunk.kind is ChunkKind.HEADING
        if is_heading and 0 < self.told < chunk.level:
            self.at_foot, self.last = True, 0  # the notes of a chapter
            self.wanted.again()
            return True
        if names_notes(self.source, chunk):
            self.at_foot, self.last, self.in_sources = True, 0, False
            self.told, self.headed = chunk.level, True
            return True
        if is_heading:
            self.told, self.in_sources = 0, False
        if names_sources(self.source, chunk):
            self.in_sources, self.are_unnumbered = True, False
        return False

    def _is_entry(self, chunk: Chunk) -> bool:
        """Whether a chunk is an entry of a list of sources: it begins with no mark that only notes have, nor with one of a style that is
        known, at a foot, or where it is called and counts on from the last body.
        """
        if not self.in_sources:
            return False
        begin = label_start(chunk)
        m = _told_at(self.source, chunk) or _BARE_BODY.match(self.source, begin, chunk.tail)
        if m is None:
            self.are_unnumbered = True
            return _NO_SOURCE.match(self.source, begin) is None
        body = body_of(0, m)
        is_first = self.are_unnumbered and body.number == 1  # of its page
        is_next = is_first or self.wanted.counts_on([body])
        is_known = style_at(self.source, m.start()) in self.known
        is_called = is_next and body.number in self.wanted.up_to(begin)
        return not (_NO_SOURCE.match(self.source, begin) or (is_known and (self.at_foot or is_called)))

    def _body_at(self, i: int) -> Body | None:
        """The body that a chunk is: by its own mark, below a heading of notes, in a run, or without its call."""
        source, chunks, wanted, known = self.source, self.chunks, self.wanted, self.known
        leads = i + 1 < len(chunks) and _begins_body(source, chunks[i], chunks[i + 1])
        are_quoted = bool(self.bodies) and chunks[self.bodies[-1].chunk].kind is ChunkKind.QUOTE
        foot = _Foot(self.at_foot, self.last, self.headed, leads, are_quoted)
        body = _body(source, chunks[i], i, foot, wanted)
        if body and not (known and body.number and _is_item(source, chunks[i], body, known, wanted)):
            return body
        is_headed = self.at_foot and self.headed
        if is_headed and (body := _headed_body(source, chunks, i, self.last, wanted)):
            return body
        runs = FootRuns(source, chunks, i, wanted, known)
        if not self.run:
            styles = known | _style_of_last(source, self.bodies)
            self.run = runs.find_plain() or replaced(runs, known=styles).find_marked()
        return self.run.pop(0) if self.run else runs.find_lost_call()


def _begins_body(source: str, above: Chunk, chunk: Chunk) -> bool:
    """Whether a chunk begins with a mark that only a body begins with; in a quotation below another line of it, with any but plain digits."""
    if above.kind is chunk.kind is ChunkKind.QUOTE and marked_body(source, chunk.inner, chunk.tail):
        return True
    return chunk.kind is ChunkKind.TEXT and any(
        strong and pattern.match(source, chunk.inner, chunk.tail) for pattern, strong in body_marks(source)
    )


@dataclass(frozen=True, slots=True)
class _Foot:
    """Where a chunk stands: behind a rule or body, behind which number, below a heading of notes; a sure body follows;
    the last body stood in a quotation.
    """

    is_one: bool
    last: int
    headed: bool
    leads: bool
    are_quoted: bool

    def goes_on(self, number: int) -> bool:
        is_next = number == self.last + 1 or (self.headed and number > self.last)
        return self.is_one and (is_next or self.last == 0)


def _body(source: str, chunk: Chunk, index: int, foot: _Foot, wanted: Wanted) -> Body | None:
    """The body that the chunk begins."""
    needs_strong = chunk.kind is ChunkKind.QUOTE and not (foot.is_one or foot.leads or foot.are_quoted)
    for m, strong in _marks_of(source, chunk):
        body = body_of(index, m)
        if (needs_strong and not strong) or not (body.number or body.mark[:1] in STARS):
            continue
        pending = wanted.up_to(body.start)
        if strong or (body.number in pending and _is_answer(source, chunk, m, foot, wanted)):
            return body
    return None


def _marks_of(source: str, chunk: Chunk) -> Iterator[tuple[re.Match[str], bool]]:
    """The marks with which a chunk may begin a body, and whether nothing else begins so."""
    begin = chunk.start if chunk.kind is ChunkKind.ITEM else chunk.inner
    begin += len(source[begin : chunk.end]) - len(source[begin : chunk.end].lstrip(" \t"))
    if not may_begin(source, begin) and not may_begin(source, chunk.inner):
        return
    for pattern, strong in body_marks(source):
        m = pattern.match(source, begin, chunk.tail)  # «* 見…» is no item
        if m is None and chunk.kind is ChunkKind.ITEM and chunk.marker == "-":  # a bullet before the number
            m = pattern.match(source, chunk.inner, chunk.tail)
        if m is not None and m.end() < chunk.tail:
            yield m, strong


def _is_answer(source: str, chunk: Chunk, m: re.Match[str], foot: _Foot, wanted: Wanted) -> bool:
    """Whether a weak mark, which is called, begins a body: by its words, where it goes on, or if it cites and is no plain digit."""
    number, mark = value_of(m)
    if not number:
        return _is_starred(source, chunk, m, foot, wanted)
    place = wanted.up_to(m.start())[number].start
    if _WORDED.match(source, m.start()) and source.startswith(_WORDS, place + 1):
        return True  # «（註2）» … «註2：»
    is_plain = mark.isascii() and mark.isdigit() and m.group().strip("\\ \t　:：")[:1] not in _DRESSED
    is_near = place > m.start() - _FAR
    return foot.goes_on(number) or (not is_plain and is_near and cites(source, m.end(), chunk.tail))


def _is_starred(source: str, chunk: Chunk, m: re.Match[str], foot: _Foot, wanted: Wanted) -> bool:
    """Whether stars begin a body and no emphasis: as many are called, at the foot or near."""
    mark = value_of(m)[1]
    if _SLANTED.fullmatch(source, m.start(), chunk.tail):
        return False
    is_lone = mark[0] != "*" or source.count(m["n"], m.start(), chunk.tail) % 2 == 1
    if Body(0, 0, 0, 0, mark).key not in wanted.stars or (len(mark) > 1 and not is_lone):
        return False
    call = wanted.up_to(m.start())[0]
    return foot.is_one or foot.leads or (m.start() - call.start < _STARRED and (call.strong or is_lone))


def _is_item(source: str, chunk: Chunk, body: Body, known: frozenset[str], wanted: Wanted) -> bool:
    """Whether «（1）…» or «1. …» is rather the author's, or «4 Cal. 5th» the rest of a note, where the bodies are marked otherwise:
    it cites nothing, or is not the first one that is called.
    """
    written = style_at(source, body.start)
    is_weak = written == "parenthesis" or (written == "plain" and source[body.start].isdigit())
    if not is_weak or written in known:
        return False
    first = min(number for number in wanted.up_to(body.start) if number)
    return body.number > first or not cites(source, body.text, chunk.tail)


def _headed_body(source: str, chunks: Sequence[Chunk], i: int, last: int, wanted: Wanted) -> Body | None:
    """The body «1.王明…» that goes on below the notes' heading: it is called, or its call is lost and one of the next is called."""
    m = _told_at(source, chunks[i])
    if m is None:
        return None
    body, told = body_of(i, m), [_told_at(source, c) for c in chunks[i + 1 : i + 1 + _LOST]]
    following = [value_of(b)[0] if b is not None else 0 for b in told]
    pending = wanted.up_to(body.start)
    if body.number in pending:
        return body if last in (0, body.number - 1) else None
    is_called = any(n == body.number + k and n in pending for k, n in enumerate(following, 1))
    return body if body.number == last + 1 and is_called else None


def _told_at(source: str, chunk: Chunk) -> re.Match[str] | None:
    """The number that a line below the notes' heading begins with."""
    if chunk.kind not in PROSE:
        return None
    begin = label_start(chunk)
    return marked_body(source, begin, chunk.tail) or _POINTED_BODY.match(source, begin, chunk.tail)


def _style_of_last(source: str, bodies: Sequence[Body]) -> frozenset[str]:
    """The style of the last body, where nothing else is marked so."""
    return frozenset({style_at(source, bodies[-1].start)} & {"circled", "raised"}) if bodies else frozenset()
