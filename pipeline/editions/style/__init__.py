"""The house style: every typographic decision, complete and frozen.

``load`` reads it from ``house-style.toml``; the PDF's CSS, the EPUB's CSS and the Word styles are made from it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import SettingsError

MM = 72 / 25.4  # points in a millimetre
Role = Literal["song", "hei", "kai"]
DEFAULT_REGION = {"zh-Hant": "zh-Hant-TW", "zh-Hans": "zh-Hans-CN"}


@dataclass(frozen=True)
class Face:
    """One role's families in one language: for print, on a screen (before ``generic``), in Word."""

    print: tuple[str, ...]
    screen: tuple[str, ...]
    generic: str
    word: str


@dataclass(frozen=True)
class Latin:
    """The Latin families of Word styles; the italics of print, ``italic_size`` times the size around them."""

    serif: str
    sans: str
    italic: str
    italic_size: float


@dataclass(frozen=True)
class Faces:
    """The families of one language by role: Song/Ming, Hei, Kai."""

    song: Face
    hei: Face
    kai: Face
    latin: Latin

    def of(self, role: str) -> Face:
        """The face that plays this role."""
        faces = {"song": self.song, "hei": self.hei, "kai": self.kai}
        return faces[role]


@dataclass(frozen=True)
class TextStyle:
    """Running text: ``size`` and ``leading`` in points, ``indent`` of first lines in characters."""

    face: Role
    size: float
    leading: float
    indent: float

    @property
    def line_height(self) -> float:
        """The leading as a multiple of the size."""
        return round(self.leading / self.size, 4)


@dataclass(frozen=True)
class QuoteStyle(TextStyle):
    """A quotation set off: indented by ``left`` and ``right`` characters."""

    left: float
    right: float


@dataclass(frozen=True)
class NoteStyle(TextStyle):
    """Notes at the page foot, the rule above them (``rule`` characters long) and their calls."""

    rule: float
    rule_space: float
    call_size: float
    call_rise: float


@dataclass(frozen=True)
class EmphasisStyle:
    """How emphasised Han is marked: dots under the characters, or another face."""

    han: Literal["dots", "hei", "kai"]


@dataclass(frozen=True)
class ContentsStyle(TextStyle):
    """The contents: each level is indented by ``step`` characters more, down to level ``depth``."""

    step: float
    depth: int


@dataclass(frozen=True)
class MarginStyle(TextStyle):
    """What stands ``distance`` points off the type area."""

    distance: float


@dataclass(frozen=True)
class RunningHeadStyle(MarginStyle):
    """Running heads, with a ``rule`` of so many points under them."""

    rule: float


@dataclass(frozen=True)
class FolioStyle(MarginStyle):
    """Page numbers at the foot."""

    place: Literal["outer", "centre"]


@dataclass(frozen=True)
class HeadingStyle:
    """A heading: size in points, ``indent`` in characters and space before and after in lines of the body."""

    face: Role
    size: float
    bold: bool
    align: Literal["center", "left"]
    indent: float
    before: float
    after: float


@dataclass(frozen=True)
class TitlePageStyle:
    """Sizes on the title page and the half title, in points."""

    title: float
    subtitle: float
    author: float
    publisher: float
    half_title: float


@dataclass(frozen=True)
class MarkStyle:
    """What layout adds and takes: the width of two ``adjacent`` marks, marks at the line's end, the Han–Latin ``gap``, that
    between two ``calls`` of notes."""

    adjacent: float
    line_end: Literal["edition", "always", "never"]
    gap: float
    calls: float


@dataclass(frozen=True)
class PageStyle:
    """How the type area stands on the page, and how large it is on a trim without a line of its own."""

    inner: float
    top: float
    measure: float
    height: float
    folio_room: float
    bleed: float


@dataclass(frozen=True)
class ParallelStyle:
    """Two texts in columns: their type and their notes' in points, the type area, the ``gutter`` in characters."""

    size: float
    leading: float
    note_size: float
    note_leading: float
    measure: float
    gutter: int


@dataclass(frozen=True)
class Trim:
    """A trimmed page in millimetres and its type area in characters and lines of the body text."""

    width: float
    height: float
    characters: int
    lines: int


@dataclass(frozen=True)
class Geometry:
    """A page in points: trim, type area and the four margins around it."""

    width: float
    height: float
    characters: int
    lines: int
    text_width: float
    text_height: float
    top: float
    bottom: float
    inner: float
    outer: float


@dataclass(frozen=True)
class Style:
    """The house style, complete. ``headings`` by level from 1; ``faces`` by BCP 47 tag with region."""

    text: TextStyle
    quote: QuoteStyle
    note: NoteStyle
    emphasis: EmphasisStyle
    table: TextStyle
    caption: TextStyle
    contents: ContentsStyle
    running_head: RunningHeadStyle
    folio: FolioStyle
    headings: Mapping[str, HeadingStyle]
    title_page: TitlePageStyle
    marks: MarkStyle
    page: PageStyle
    parallel: ParallelStyle
    trims: Mapping[str, Trim]
    faces: Mapping[str, Faces]

    def faces_of(self, lang: str) -> Faces:
        """The faces for a language: its own, else its script's, else those of Traditional Chinese."""
        script = "-".join(lang.split("-")[:2])
        for tag in (lang, DEFAULT_REGION.get(script, ""), DEFAULT_REGION["zh-Hant"]):
            if tag in self.faces:
                return self.faces[tag]
        return next(iter(self.faces.values()))

    def heading(self, level: int) -> HeadingStyle:
        """The style of a heading; deeper levels look like the deepest that is set."""
        return self.headings.get(str(level)) or self.headings[max(self.headings)]

    def trim(self, name: str) -> Trim:
        """A trim by its name or as WIDTHxHEIGHT in millimetres. Raises ``SettingsError``."""
        if name in self.trims:
            return self.trims[name]
        if not (size := re.fullmatch(r"(\d+(?:\.\d+)?)[x×](\d+(?:\.\d+)?)", name)):
            known = ", ".join(self.trims)
            raise SettingsError(
                f"[page] trim is {name!r}. It must be one of {known}, or WIDTHxHEIGHT in millimetres."
            )
        width, height = float(size[1]), float(size[2])
        if not (80 <= width <= 500 and 100 <= height <= 700):
            raise SettingsError(
                f"[page] trim {name!r} is no page of a book. Give width and height in millimetres."
            )
        return Trim(
            width,
            height,
            math.floor(width * MM * self.page.measure / self.text.size),
            math.floor(height * MM * self.page.height / self.text.leading),
        )

    def geometry(self, name: str) -> Geometry:
        """A trim's page in points: the type area a whole number of characters and lines (CLREQ, type area)."""
        trim = self.trim(name)
        width, height = trim.width * MM, trim.height * MM
        text_width, text_height = trim.characters * self.text.size, trim.lines * self.text.leading
        sides, ends = width - text_width, height - text_height
        if sides < 20 * MM or ends < 25 * MM:
            raise SettingsError(
                f"the type area of trim {name} leaves no margins. Give it fewer characters or lines."
            )
        return Geometry(
            width=width,
            height=height,
            characters=trim.characters,
            lines=trim.lines,
            text_width=text_width,
            text_height=text_height,
            top=ends * self.page.top,
            bottom=ends * (1 - self.page.top),
            inner=sides * self.page.inner,
            outer=sides * (1 - self.page.inner),
        )
