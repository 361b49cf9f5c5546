"""The printed edition: an edition → PDF by WeasyPrint.

Comes in: an ``Edition`` and where the file is to be. Goes out: the file, whole or not at all (promise 7), the
same bytes from the same edition (promise 6), and a ``PdfResult``. Refused: a layout in which a note would be
lost, faces that are not installed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import cssselect2  # type: ignore[import-untyped]  # it comes with WeasyPrint
from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.editions.edition import Edition
from pipeline.editions.fetch import BookFetcher
from pipeline.editions.footnotes import shorten_rules
from pipeline.editions.html import Composition, compose
from pipeline.editions.justify import chinese_lines
from pipeline.editions.pages import PageStart
from pipeline.editions.printed import Printed
from pipeline.editions.sheet import style_sheet
from pipeline.editions.style import Style, load_style
from pipeline.files import write_whole

PX = 96 / 72  # WeasyPrint's unit is the CSS pixel
VARIANTS = {"ua-1": "pdf/ua-1", "a-2u": "pdf/a-2u", "a-3a": "pdf/a-3a", "x-4": "pdf/x-4"}


@dataclass(frozen=True)
class PdfResult:
    """What became of an edition: its pages, the notes' pages (from 1) and labels, where pages begin."""

    pages: int
    findings: list[Finding] = field(default_factory=list)
    note_pages: dict[int, int] = field(default_factory=dict)
    note_labels: dict[int, str] = field(default_factory=dict)
    page_starts: list[PageStart] = field(default_factory=list)


def make_pdf(edition: Edition, path: Path) -> PdfResult:
    """Writes an edition's PDF. Raises ``EditionError`` when it would be wrong."""
    style = load_style(edition.settings.folder, edition.settings.editions.style)
    composition = compose(edition)
    labels = {note.number: note.label for note in composition.notes}
    document, printed = _lay_out(edition, composition, style, labels)
    content = _write(document, edition)
    write_whole(path, content)
    findings = [
        Finding("F001", f"the picture «{name}» is not in the book's folder, so it is left out")
        for name in printed.left_out
    ]
    return PdfResult(len(document.pages), findings, {}, labels, [])


def _lay_out(
    edition: Edition, composition: Composition, style: Style, labels: dict[int, str]
) -> tuple[Any, Printed]:
    geometry = style.geometry(edition.settings.page.trim)
    printed = Printed(edition, composition, style, labels, geometry.characters)
    css = style_sheet(edition, style, geometry)
    with chinese_lines(style.marks, edition.lang):
        document = render(printed.root, css, BookFetcher(edition.settings.folder), edition)
    shorten_rules(document, style.note.rule * style.text.size * PX)
    return document, printed


def render(root: etree._Element, css: str, fetcher: BookFetcher, edition: Edition) -> Any:
    """A tree laid out on pages: WeasyPrint's ``Document``."""
    import weasyprint

    html = weasyprint.HTML.__new__(weasyprint.HTML)
    tree = ElementTree.fromstring(etree.tostring(root, encoding="unicode"))
    html.base_url, html.url_fetcher, html.media_type = None, fetcher, "print"
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    sheet = weasyprint.CSS(string=css, url_fetcher=fetcher)
    document = html.render(stylesheets=[sheet], pdf_variant=VARIANTS.get(edition.settings.pdf.standard))
    return document


def _write(document: Any, edition: Edition) -> bytes:
    identifier = hashlib.sha256(edition.identifier.encode()).digest()[:16]
    content: bytes = document.write_pdf(
        pdf_identifier=identifier, pdf_variant=VARIANTS.get(edition.settings.pdf.standard)
    )
    return content
