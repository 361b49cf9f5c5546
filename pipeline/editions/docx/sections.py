"""Sections, headers and footers of a Word file (ISO/IEC 29500-1 §17.6, §17.10).

A section for the front matter with Roman page numbers, then one a chapter, so that a chapter's first page
has no running head and notes can be numbered anew. Left-hand pages carry the book's title, right-hand ones
the chapter's, both by STYLEREF: the first level of headings by its number and the title by a style of our
own, because Word knows built-in styles in fields by their local names only.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.package import TYPE_BASE, Package
from pipeline.editions.docx.styles.sheet import twips
from pipeline.editions.style import Geometry, Style
from pipeline.settings import Settings

RESTARTS = {"book": "continuous", "chapter": "eachSect", "page": "eachPage"}
CIRCLED = "decimalEnclosedCircleChinese"


@dataclass(frozen=True)
class Layout:
    """What all sections share."""

    settings: Settings
    style: Style
    geometry: Geometry
    package: Package

    def numbering(self) -> list[etree._Element]:
        """What ``w:footnotePr`` says: the switch that all formats share."""
        notes = self.settings.notes
        form = [word.make("w:numFmt", {"w:val": CIRCLED})] if notes.style == "circled" else []
        return [*form, word.make("w:numRestart", {"w:val": RESTARTS[notes.numbering]})]

    def section(
        self, references: list[etree._Element], kind: str, *, first: bool, start: str
    ) -> etree._Element:
        """A ``w:sectPr``.

        ``kind``: nextPage, oddPage, continuous. ``first``: its first page has heads of its own. ``start``: "roman", "1" or
        empty (pages run on).
        """
        g, style = self.geometry, self.style
        lead = style.running_head
        margins = {
            "top": g.top,
            "right": g.outer,
            "bottom": g.bottom,
            "left": g.inner,
            "header": max(g.top - lead.distance - lead.leading, 14),
            "footer": max(g.bottom - style.folio.distance - style.folio.leading, 14),
            "gutter": 0,
        }
        pages = {"roman": {"w:fmt": "lowerRoman", "w:start": "1"}, "1": {"w:start": "1"}}.get(start)
        sect = word.make("w:sectPr", {}, *references)
        sect.append(word.make("w:footnotePr", {}, *self.numbering()))
        sect.append(word.make("w:type", {"w:val": kind}))
        sect.append(word.make("w:pgSz", {"w:w": str(twips(g.width)), "w:h": str(twips(g.height))}))
        sect.append(word.make("w:pgMar", {f"w:{k}": str(twips(v)) for k, v in margins.items()}))
        if pages:
            sect.append(word.make("w:pgNumType", pages))
        sect.append(word.make("w:cols", {"w:space": "425"}))
        if first:
            sect.append(word.make("w:titlePg"))
        pitch = str(twips(style.text.leading))
        sect.append(word.make("w:docGrid", {"w:type": "lines", "w:linePitch": pitch}))
        return sect


def field(instruction: str, shown: str) -> list[etree._Element]:
    """A field's runs: what it asks for and what it showed last."""
    w = word.make

    def mark(kind: str) -> etree._Element:
        return w("w:r", {}, w("w:fldChar", {"w:fldCharType": kind}))

    code = w("w:r", {}, w("w:instrText", {"xml:space": "preserve"}, f" {instruction} "))
    text = w("w:r", {}, w("w:t", {"xml:space": "preserve"}, shown))
    return [mark("begin"), code, mark("separate"), text, mark("end")]


def add_marginal(layout: Layout, name: str, runs: list[etree._Element], align: str) -> str:
    """A header or footer part with one paragraph; the id to refer to it by. ``name``: header1, footer2."""
    w, kind = word.make, name.rstrip("0123456789")
    properties = w("w:pPr", {}, w("w:pStyle", {"w:val": kind.capitalize()}))
    if align:
        properties.append(w("w:jc", {"w:val": align}))
    root = w("w:hdr" if kind == "header" else "w:ftr", {}, w("w:p", {}, properties, *runs))
    layout.package.put(f"word/{name}.xml", root, f"{TYPE_BASE}{kind}+xml")
    return layout.package.relate(kind, f"{name}.xml")


def refer(part: str, kind: str, identifier: str) -> etree._Element:
    """A section's reference to a header or footer."""
    return word.make(f"w:{part}Reference", {"w:type": kind, "r:id": identifier})


class Marginals:
    """The header and footer parts; those of the chapters differ only in what a viewer without STYLEREF shows."""

    def __init__(self, layout: Layout, title: str) -> None:
        self._layout = layout
        outer = layout.style.folio.place == "outer"
        book = field(f'STYLEREF "{word.RUNNING_TITLE}"', title)
        self._empty_header = add_marginal(layout, "header1", [], "")
        self._empty_footer = add_marginal(layout, "footer1", [], "")
        self._even_header = add_marginal(layout, "header2", book, "")
        self._even_footer = add_marginal(layout, "footer2", field("PAGE", "1"), "left" if outer else "")
        self._odd_footer = add_marginal(layout, "footer3", field("PAGE", "1"), "right" if outer else "")
        self._first_footer = self._odd_footer
        if outer and not layout.settings.page.recto:
            self._first_footer = add_marginal(layout, "footer4", field("PAGE", "1"), "")
        self._headers = 2  # so many there are, numbered

    def of_front(self) -> list[etree._Element]:
        """No running heads; page numbers but on the title page."""
        return [
            refer("header", "first", self._empty_header),
            refer("header", "even", self._empty_header),
            refer("header", "default", self._empty_header),
            refer("footer", "first", self._empty_footer),
            refer("footer", "even", self._even_footer),
            refer("footer", "default", self._odd_footer),
        ]

    def of_chapter(self, title: str) -> list[etree._Element]:
        """The book's title left, the chapter's right, none on the chapter's first page."""
        self._headers += 1
        runs = field("STYLEREF 1", title) if title else []
        odd = add_marginal(self._layout, f"header{self._headers}", runs, "")
        return [
            refer("header", "first", self._empty_header),
            refer("header", "even", self._even_header),
            refer("header", "default", odd),
            refer("footer", "first", self._first_footer),
            refer("footer", "even", self._even_footer),
            refer("footer", "default", self._odd_footer),
        ]
