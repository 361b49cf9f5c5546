"""What recovery yields: blocks and notes, each character with the place in the source it came from.

The accounting rests on ``Piece``. A piece without an edit is the source's own text, character for
character; a piece with an edit says what stood there before. A removed character is a piece whose text
is empty. So the pieces of a manuscript, its ``layout`` spans and the removals of the ledger cover the
source exactly once (``pipeline.recovery.ledger.account``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

from pipeline.location import Span


class Edit(NamedTuple):
    """One change: what stood at ``span`` of the source, what stands there now, by which rule and why."""

    span: Span
    before: str
    after: str
    rule: str
    why: str


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed and not changed, because only a person can decide.

    ``rule`` is a stable code; ``span`` is in the source where known; ``proposal`` is the text that could
    stand there. ``line`` and ``page`` are filled in by the ledger.
    """

    rule: str
    message: str
    span: Span | None = None
    proposal: str | None = None
    line: int | None = None
    page: str | None = None


class PieceKind(StrEnum):
    """How the master shows a piece."""

    TEXT = "text"  # plain text: the master escapes what Markdown would misread
    MARKUP = "markup"  # Markdown already: emphasis marks, link targets, spans with attributes
    CALL = "call"  # a note call; its text is the note's label
    PAGE = "page"  # a page of the source begins here; its text is the page number


class Piece(NamedTuple):
    """A run of text and the span of the source it stands for."""

    text: str
    span: Span
    edit: Edit | None = None
    kind: PieceKind = PieceKind.TEXT


@dataclass(frozen=True)
class Traced:
    """A text that knows where every character came from. Slicing and replacing give new values.

    >>> t = Traced.kept("隨u蘇聯", 10)
    >>> t.replaced(1, 2, "着", "C1", "private glyph").text
    '隨着蘇聯'
    """

    pieces: tuple[Piece, ...] = ()

    @classmethod
    def kept(cls, text: str, start: int, kind: PieceKind = PieceKind.TEXT) -> Traced:
        """``text`` as it stands in the source from character ``start`` on."""
        return cls((Piece(text, Span(start, start + len(text)), None, kind),)) if text else cls()

    @classmethod
    def edited(
        cls, before: str, start: int, after: str, rule: str, why: str, kind: PieceKind = PieceKind.TEXT
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
        """What a reader reads; calls and page starts count as no text (see ``visible``)."""
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
        return "".join([p.text for p in self.pieces if p.kind is PieceKind.TEXT])

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
        first = self.pieces[max(0, bisect_right(self._offsets, start) - 1)]
        lo = first.span.start
        if first.edit is None:
            lo += start - self._offsets[max(0, bisect_right(self._offsets, start) - 1)]
        at = max(0, bisect_right(self._offsets, max(start, end - 1)) - 1)
        last = self.pieces[at]
        hi = last.span.end
        if last.edit is None and end > start:
            hi = last.span.start + end - self._offsets[at]
        return Span(lo, max(lo, hi))

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
            if piece.kind is not PieceKind.TEXT or not piece.text:
                out.append(piece)
                continue
            end, low = at + len(piece.text), at
            while number < len(changes) and changes[number].end <= low:
                number += 1
            k = number
            whole = piece.edit is not None or len(piece.span) != len(piece.text)
            while k < len(changes) and changes[k].start < end and low < end:
                change = changes[k]
                lo, hi = (at, end) if whole else (max(low, change.start), min(end, change.end))
                if lo > low:
                    out.append(_part(piece, low - at, lo - at))
                text = "" if begun == k else change.after
                if whole:
                    text = _spliced(piece.text, change, at, text)
                out.append(_changed(piece, lo - at, hi - at, text, change, whole))
                begun, low = k, hi
                if change.end > end:
                    break
                k += 1
            if low < end:
                out.append(_part(piece, low - at, end - at) if low > at else piece)
            at = end
        return Traced(tuple(out))

    def located(self, changes: Sequence[Change]) -> list[Span]:
        """The spans of the source behind places of ``visible()`` (as in ``corrected``)."""
        starts: list[int] = []
        pieces: list[Piece] = []
        at = 0
        for piece in self.pieces:
            if piece.kind is PieceKind.TEXT and piece.text:
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

    def stripped(self) -> tuple[Traced, Traced, Traced]:
        """White space before, the text, and white space behind: the ends belong to the layout."""
        text = self.text
        lo = len(text) - len(text.lstrip())
        hi = len(text.rstrip())
        if hi <= lo:
            return Traced(), Traced(), self
        return self.sliced(0, lo), self.sliced(lo, hi), self.sliced(hi, len(text))


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


def _changed(piece: Piece, start: int, end: int, text: str, change: Change, whole: bool) -> Piece:
    """Characters of a piece that now read ``text``."""
    if whole:
        before = piece.edit.before if piece.edit else piece.text
        return Piece(text, piece.span, Edit(piece.span, before, text, change.rule, change.why), piece.kind)
    span = Span(piece.span.start + start, piece.span.start + end)
    return Piece(text, span, Edit(span, piece.text[start:end], text, change.rule, change.why), piece.kind)


def _spliced(text: str, change: Change, at: int, after: str) -> str:
    """An edited piece's text with a change spliced in: only what the change covers is replaced."""
    return text[: max(0, change.start - at)] + after + text[max(0, min(len(text), change.end - at)) :]


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # level 1 is the highest below the title
    QUOTE = "quote"  # a paragraph of a block quotation; neighbours make one quotation
    ITEM = "item"  # a list item; ``marker`` is "-" or "3."
    LINE = "line"  # a line that must stay a line (verse, a table that could not be rebuilt)
    TABLE = "table"  # ``rows``; the first is the head
    FIGURE = "figure"  # ``marker`` is the picture's path, content the caption
    RAW = "raw"  # Markdown passed on as it is
    BREAK = "break"  # a break between sections with no heading


@dataclass(frozen=True)
class Block:
    """One block of the text, or of a note."""

    kind: BlockKind
    content: Traced = field(default_factory=Traced)
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[Traced, ...], ...] = ()
    lang: str | None = None  # BCP 47, where it is not the document's language

    def texts(self) -> Sequence[Traced]:
        """All traced texts in it."""
        return [self.content, *(cell for row in self.rows for cell in row)]

    def mapped(self, change: Callable[[Traced], Traced]) -> Block:
        """The block with ``change`` made in each of its texts."""
        rows = tuple(tuple(change(cell) for cell in row) for row in self.rows)
        return replace(self, content=change(self.content), rows=rows)


@dataclass(frozen=True)
class NoteBody:
    """A note's text. ``label`` is what its call carries; ``missing`` when the source lacks the text."""

    label: str
    blocks: tuple[Block, ...] = ()
    missing: bool = False


@dataclass(frozen=True)
class Front:
    """Front matter in one language: what goes into the metadata and not into the text."""

    lang: str
    title: Traced = field(default_factory=Traced)
    subtitle: Traced = field(default_factory=Traced)
    authors: tuple[Traced, ...] = ()
    affiliation: tuple[Traced, ...] = ()
    abstract: tuple[Traced, ...] = ()
    keywords: tuple[Traced, ...] = ()
    masthead: tuple[Traced, ...] = ()  # lines above the title: series, publisher, issue, date

    def texts(self) -> Sequence[Traced]:
        """All traced texts in it."""
        return [
            self.title,
            self.subtitle,
            *self.authors,
            *self.affiliation,
            *self.abstract,
            *self.keywords,
            *self.masthead,
        ]

    def mapped(self, change: Callable[[Traced], Traced]) -> Front:
        """The front matter with ``change`` made in each of its texts."""

        def each(texts: tuple[Traced, ...]) -> tuple[Traced, ...]:
            return tuple(change(text) for text in texts)

        return replace(
            self,
            title=change(self.title),
            subtitle=change(self.subtitle),
            authors=each(self.authors),
            affiliation=each(self.affiliation),
            abstract=each(self.abstract),
            keywords=each(self.keywords),
            masthead=each(self.masthead),
        )


@dataclass(frozen=True)
class Manuscript:
    """A recovered source: everything the master is written from, and the ledger of what was changed.

    ``layout``: spans that became structure and are no text (line ends between blocks, indents, heading
    and list marks). ``removed``: edits that took whole lines away (running heads, watermarks). The edits
    inside blocks and notes are not repeated there: ``pipeline.recovery.ledger.edits`` gives all, in order.
    ``passthrough``: the source already is a master; then the master is the source, byte for byte.
    """

    source_text: str
    form: str
    lang: str
    fronts: tuple[Front, ...] = ()
    blocks: tuple[Block, ...] = ()
    notes: tuple[NoteBody, ...] = ()
    layout: tuple[Span, ...] = ()
    removed: tuple[Edit, ...] = ()
    findings: tuple[Finding, ...] = ()
    pages: tuple[tuple[int, str], ...] = ()  # (offset in the source, page number or "")
    passthrough: bool = False

    def texts(self) -> Iterator[Traced]:
        """Every traced text: front matter, blocks, notes."""
        for front in self.fronts:
            yield from front.texts()
        for block in self.blocks:
            yield from block.texts()
        for note in self.notes:
            for block in note.blocks:
                yield from block.texts()
