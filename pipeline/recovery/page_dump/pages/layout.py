"""A page dump as it was laid out: every line that holds more than white space, with what the blank lines around it say, and its pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

from pipeline.location import Span, record, replaced
from pipeline.recovery.page_dump.pages.widths import evenness, usual_width, width_of

LONG_PAGE = 80  # lines
LOW = 0.3  # of a page: no notes begin above
STEPS = 3  # so many numbers, at least, are one more than the one before where numbers tell the pages


@record
class Line:
    """A line of the source without the white space around it.

    ``start`` and ``end`` are where its text stands, ``after`` is where the white space behind it ends; ``em`` is
    the text's width; ``indent`` counts in half-widths; ``gap`` is the number of blank lines before it beyond the usual.
    """

    start: int
    end: int
    after: int
    text: str
    em: float
    indent: int = 0
    gap: int = 0
    tight: bool = False  # no blank line before it, in a dump that has one between lines
    trailing: bool = False  # white space stood behind it
    feed: bool = False  # a form feed stood before it
    rule: int = 0  # length of a rule between this line and the one before
    parted: bool = False  # empty lines beyond the usual stood before it, and nothing else
    hidden: bool = False  # a running head stood before it on its line: its indent is not known

    def _replace(self, **changes: Any) -> Line:
        """The same line with other values of these fields."""
        return replaced(self, **changes)

    @property
    def span(self) -> Span:
        """Where its text stands."""
        return Span(self.start, self.end)

    @property
    def width(self) -> float:
        """Width of the text in em, the indent included."""
        return self.indent / 2 + self.em

    @property
    def piece(self) -> bool:
        """Whether it may be a piece of the line before: nothing parts the two."""
        return self.tight and self.indent < 2

    @property
    def close(self) -> bool:
        """Whether it stands closer to the line before than lines do, and is no piece of it, which has no indent: a block set closer."""
        return self.tight and self.indent >= 2

    def without_prefix(self, length: int) -> Line:
        """The same line with the first ``length`` characters (and white space behind them) taken off."""
        text = self.text[length:].lstrip()
        return self._replace(start=self.end - len(text), text=text, em=width_of(text))

    def without_suffix(self, length: int) -> Line:
        """The same line with the last ``length`` characters (and white space before them) taken off."""
        text = self.text[: len(self.text) - length].rstrip()
        return self._replace(end=self.start + len(text), text=text, em=width_of(text))


class Page(NamedTuple):
    """Lines ``first`` up to ``last`` of the layout; ``number`` as the source tells it, or empty."""

    first: int
    last: int
    number: str = ""


@dataclass(frozen=True)
class Layout:
    """The lines of a source and its pages. ``drawn`` are rules drawn with characters: no text."""

    source: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]
    spread: bool  # a blank line between lines is the usual thing
    drawn: tuple[Span, ...] = ()
    told: bool = False  # form feeds or their traces say where pages begin

    @property
    def fed(self) -> bool:
        """Whether the dump has form feeds, if only behind its last page: then nothing else stands for them."""
        return "\f" in self.source

    def split(self, starts: Iterable[int]) -> Layout:
        """The layout with further pages beginning at these lines."""
        bounds = sorted({page.first for page in self.pages} | {s for s in starts if s < len(self.lines)})
        return replace(self, pages=tuple(Page(a, b) for a, b in pairwise([*bounds, len(self.lines)])))

    def without(self, gone: Set[int]) -> Layout:
        """The layout without these lines; pages keep their bounds."""
        if not gone:
            return self
        lines: list[Line] = []
        moved: list[int] = []
        for i, line in enumerate(self.lines):
            moved.append(len(lines))
            if i not in gone:
                lines.append(line)
        moved.append(len(lines))
        pages = tuple(Page(moved[p.first], moved[p.last], p.number) for p in self.pages)
        return replace(self, lines=tuple(lines), pages=pages)


class Scan(NamedTuple):
    lines: list[Line]
    drawn: list[Span]
    usual: int  # blank lines between two lines
    # Lines before which white space stood on a line, right behind the line above: how much.
    opened: dict[int, int]


def usual_measure(lines: Sequence[Line]) -> float:
    """The commonest width of a full line in em: letters of a mark, which may be among them, make some wider."""
    return usual_width(line.width for line in lines if len(line.text) > 8)


def measure_of(lines: Sequence[Line]) -> float:
    """The usual width of a full line in em: that in which most of the text is set."""
    return evenness([line.width for line in lines]).width
