"""On which page each heading of a Word file will stand, reckoned from lines and notes.

Comes in: the laid-out text, its notes, its styles and the page. Goes out: a page number per heading, for the
contents: viewers that do not fill them show what is in the file. It is a reckoning, not a layout: Word puts
its own numbers there when asked, and these are one off where a page's last line goes the other way.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.runs import AMBIGUOUS
from pipeline.editions.style import Geometry, Style

NATURAL = 1.45  # height of a line of a CJK face, of its size, where no leading is set
WIDTHS = {"upper": 0.68, "digit": 0.5, "space": 0.25, "other": 0.46}  # of Times New Roman, of its size
NUMBER = 0.35  # width of a digit of a note call


@dataclass(frozen=True)
class Look:
    """What a paragraph style says of its height and width, in points."""

    size: float
    leading: float
    first: float
    sides: float
    before: float
    after: float
    keep: bool


@dataclass
class Pages:
    """The page that is being filled."""

    capacity: float
    number: int = 1
    used: float = 0.0
    notes: float = 0.0
    carried: float = 0.0
    found: list[int] = field(default_factory=list)

    def turn(self) -> None:
        """The next page; what is left of a note goes before its own."""
        self.number += 1
        self.used, self.notes, self.carried = 0.0, self.carried, 0.0

    def line(self, leading: float, notes: float, first_line: float) -> None:
        """A line with the notes called in it."""
        rule = first_line if notes and not self.notes else 0.0
        least = leading + (rule + first_line if notes else 0.0)
        if self.used and self.used + self.notes + least > self.capacity + 0.5:
            self.turn()
            rule = first_line if notes and not self.notes else 0.0
        self.used += leading
        room = self.capacity - self.used - self.notes - rule
        if notes:
            self.notes += rule + min(notes, max(room, first_line))
            self.carried += max(0.0, notes - max(room, first_line))


def reckon_pages(
    body: etree._Element, footnotes: etree._Element, styles: etree._Element, geometry: Geometry, style: Style
) -> list[int]:
    """The page of each heading in order, counted from 1 at the first section after the front matter."""
    looks = _looks(styles, style)
    heights = {word.value(n, "w:id"): _height(n, looks, geometry) for n in word.find(footnotes, "w:footnote")}
    pages = Pages(geometry.text_height)
    blocks = list(body)
    for at, block in enumerate(blocks):
        if word.local(block) == "p":
            heading = word.style_of(block).startswith("Heading")
            _fill(block, looks, heights, geometry, pages, style)
            if heading:
                pages.found.append(pages.number)
        elif word.local(block) == "tbl":
            for row in word.find(block, "w:tr"):
                cells = [_height(c, looks, geometry) for c in word.find(row, "w:tc")]
                pages.line(max(cells, default=style.table.leading), 0.0, style.note.leading)
        if word.local(block) != "sectPr" and word.first(block, ".//w:sectPr") is not None:
            _end_section(blocks[at + 1 :], pages)
    return pages.found


def _end_section(following: list[etree._Element], pages: Pages) -> None:
    """A new page where the section that follows begins one; numbers begin anew where it says so."""
    own = next((s for b in following if (s := _section_of(b)) is not None), None)
    if own is None:
        return
    start = word.value(word.first(own, "w:pgNumType"), "w:start")
    kind = word.value(word.first(own, "w:type"))
    if kind == "continuous":
        return
    while pages.carried > 0:
        pages.turn()
    pages.turn()
    if start:
        pages.number = int(start)
    elif kind == "oddPage" and pages.number % 2 == 0:
        pages.number += 1


def _section_of(block: etree._Element) -> etree._Element | None:
    return block if word.local(block) == "sectPr" else word.first(block, "w:pPr/w:sectPr")


def _fill(
    paragraph: etree._Element,
    looks: dict[str, Look],
    heights: dict[str, float],
    geometry: Geometry,
    pages: Pages,
    style: Style,
) -> None:
    look = looks.get(word.style_of(paragraph)) or looks["BodyText"]
    if word.first(paragraph, "w:pPr/w:pageBreakBefore") is not None and pages.used:
        pages.turn()
    for extent in word.find(paragraph, ".//wp:extent"):
        pages.line(int(extent.get("cy") or 0) / 12_700, 0.0, style.note.leading)
        return
    notes = _lines(paragraph, look, heights, geometry)
    need = look.before + look.leading * min(2, len(notes)) + look.after
    if look.keep and pages.used + pages.notes + need + 2 * style.text.leading > pages.capacity:
        pages.turn()
    pages.used += look.before
    for note in notes:
        pages.line(look.leading, note, style.note.leading)
    pages.used += look.after


def _lines(
    paragraph: etree._Element, look: Look, heights: dict[str, float], geometry: Geometry
) -> list[float]:
    """The height of the notes called in each line of a paragraph."""
    measure = max(geometry.text_width - look.sides, look.size)
    at, lines = look.first, [0.0]
    for e in paragraph.iter():
        match word.local(e):
            case "t":
                for char in e.text or "":
                    at += width_of(char) * look.size
                    if at > measure + 0.01:
                        at = width_of(char) * look.size
                        lines.append(0.0)
            case "br":
                at = 0.0
                lines.append(0.0)
            case "footnoteReference":
                at += NUMBER * look.size * len(word.value(e, "w:id"))
                lines[-1] += heights.get(word.value(e, "w:id"), 0.0)
    return lines


def width_of(char: str) -> float:
    """A character's width, of its size.

    >>> width_of("漢"), width_of("a"), width_of("“")
    (1.0, 0.46, 1.0)
    """
    if char in AMBIGUOUS or unicodedata.east_asian_width(char) in "WF":
        return 1.0
    kind = "upper" if char.isupper() else "digit" if char.isdigit() else "space" if char == " " else "other"
    return WIDTHS[kind]


def _height(holder: etree._Element, looks: dict[str, Look], geometry: Geometry) -> float:
    """The height of a note or a cell."""
    total = 0.0
    for paragraph in word.find(holder, ".//w:p"):
        look = looks.get(word.style_of(paragraph)) or looks["BodyText"]
        total += look.before + look.leading * len(_lines(paragraph, look, {}, geometry)) + look.after
    return total


def _looks(styles: etree._Element, style: Style) -> dict[str, Look]:
    """The paragraph styles with what they take over from those they are based on."""
    found = {word.value(s, "w:styleId"): s for s in word.find(styles, "w:style")}

    def say(identifier: str, path: str, name: str) -> float | None:
        seen = 0
        while identifier in found and seen < 12:
            value = word.value(word.first(found[identifier], path), name)
            if value.lstrip("-").isdigit():
                return float(value)
            identifier, seen = word.value(word.first(found[identifier], "w:basedOn")), seen + 1
        return None

    out = {}
    for identifier, element in found.items():
        size = (say(identifier, "w:rPr/w:sz", "w:val") or style.text.size * 2) / 2
        line = say(identifier, "w:pPr/w:spacing", "w:line") or 240
        natural = size * NATURAL
        twips = {
            k: (say(identifier, "w:pPr/w:ind", f"w:{k}") or 0) / 20 for k in ("left", "right", "firstLine")
        }
        out[identifier] = Look(
            size=size,
            leading=natural if line == 240 else line / 20,
            first=twips["firstLine"],
            sides=twips["left"] + twips["right"],
            before=(say(identifier, "w:pPr/w:spacing", "w:before") or 0) / 20,
            after=(say(identifier, "w:pPr/w:spacing", "w:after") or 0) / 20,
            keep=word.first(element, "w:pPr/w:keepNext") is not None,
        )
    return out
