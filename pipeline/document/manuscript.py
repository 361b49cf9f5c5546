"""What recovery yields: blocks and notes, each character with the place in the source it came from.

The pieces of its texts (``traced``), its ``layout`` spans and the removals of the ledger cover the source exactly once
(``pipeline.recovery.ledger.account``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from pipeline.document.traced import Edit, Traced
from pipeline.location import Span


@dataclass(frozen=True, slots=True)
class Finding:
    """Something noticed and not changed, because only a person can decide.

    ``rule`` is a stable code; ``span`` is in the source where known; ``proposal`` is the text that could
    stand there. ``line`` and ``page`` are filled in by the ledger, ``file`` (whose lines they are) by the schedule.
    ``others``: the same at other places (``pipeline.document.findings``).
    """

    rule: str
    message: str
    span: Span | None = None
    proposal: str | None = None
    line: int | None = None
    page: str | None = None
    file: str = ""
    others: tuple[Finding, ...] = ()

    @property
    def places(self) -> tuple[Finding, ...]:
        """The finding at each of its places."""
        return (self, *self.others)


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"  # level 1 is the highest below the title
    QUOTE = "quote"  # a paragraph of a block quotation; neighbours make one quotation
    ITEM = "item"  # a list item; ``marker`` is "-" or "3."
    LINE = "line"  # a line that must stay a line (verse, an outline, a table that could not be rebuilt)
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
