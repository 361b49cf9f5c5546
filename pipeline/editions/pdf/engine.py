"""WeasyPrint, called: a tree and a style sheet → pages → the bytes of a PDF."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import cssselect2
from lxml import etree

from pipeline.editions.edition import Edition
from pipeline.editions.pdf.fetch import SCHEME, BookFetcher
from pipeline.editions.pdf.glyphs.copied import copied_true
from pipeline.editions.pdf.glyphs.dots import dots_drawn
from pipeline.editions.pdf.glyphs.hyphens import hyphens_drawn
from pipeline.editions.pdf.glyphs.slant import slanted
from pipeline.editions.pdf.lines.justify import chinese_lines
from pipeline.editions.pdf.notes.footnotes import running_notes
from pipeline.editions.pdf.parallel.columns import level_columns
from pipeline.editions.pdf.parallel.sides import is_spread
from pipeline.editions.pdf.press import INTENT_CSS
from pipeline.editions.pdf.tables import columns_measured
from pipeline.editions.pdf.tagging.artifacts import artifacts_marked
from pipeline.editions.pdf.tagging.tags import full_tags
from pipeline.editions.style import Style

VARIANTS = {"ua-1": "pdf/ua-1", "a-2u": "pdf/a-2u", "a-3a": "pdf/a-3a", "x-4": "pdf/x-4"}
NOTDEF = re.compile(r"\.notdef.*\(U\+([0-9A-F]+)\)")
UNDRAWN = re.compile(rf"Failed to (?:load image at|render SVG image) '?{SCHEME}([^':]+)")


@dataclass
class Laid:
    """A document on its pages; known once it is written: ``missing`` characters without a glyph, why pictures were left out."""

    document: Any
    missing: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    too_wide: list[str] = field(default_factory=list)  # tables
    warnings: list[str] = field(default_factory=list)  # what else WeasyPrint says


def lay_out(root: etree._Element, css: str, style: Style, edition: Edition) -> Laid:
    """A tree laid out on pages."""
    import weasyprint

    for_press = edition.settings.pdf.standard == "x-4"
    fetcher = BookFetcher(edition.folder_of, for_press, style.faces_of(edition.lang))
    html = weasyprint.HTML.__new__(weasyprint.HTML)  # the tree is there: nothing is left to parse
    tree = ElementTree.fromstring(etree.tostring(root, encoding="unicode"))
    html.base_url, html.url_fetcher, html.media_type = None, fetcher, "print"
    html.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    html.etree_element = html.wrapper_element.etree_element
    laid = Laid(None)
    grid = style.text.leading * 96 / 72  # points to CSS pixels
    lines = chinese_lines(style.marks, edition.lang, grid)
    with _listening(laid), lines, columns_measured(), running_notes(), level_columns():
        profiles: dict[str, Any] = {}
        if for_press:
            css = INTENT_CSS + css
        sheet = weasyprint.CSS(string=css, url_fetcher=fetcher, color_profiles=profiles)
        laid.document = html.render(
            stylesheets=[sheet], pdf_variant=variant(edition), color_profiles=profiles
        )
    return laid


def variant(edition: Edition) -> str | None:
    """WeasyPrint's name of the standard that the edition's PDF keeps."""
    return VARIANTS.get(edition.settings.pdf.standard)


def write(laid: Laid, edition: Edition, labels: list[str]) -> bytes:
    """The bytes of the PDF: the same ones from the same edition."""
    identifier = hashlib.sha256(edition.identifier.encode()).digest()[:16]

    def finish(document: Any, pdf: Any) -> None:
        _label_pages(pdf, labels)
        if edition.settings.pdf.standard in ("a-2u", "a-3a"):
            _claim_accessibility(pdf)

    _leave_inner_links(laid.document)
    tags = full_tags(edition.lang, joined=not is_spread(edition))
    drawing = (artifacts_marked(laid.document), hyphens_drawn(), dots_drawn(), copied_true(), slanted())
    with _listening(laid), tags, ExitStack() as stack:
        for context in drawing:
            stack.enter_context(context)
        content: bytes = laid.document.write_pdf(
            pdf_identifier=identifier, pdf_variant=variant(edition), pdf_tags=True, finisher=finish
        )
    return content


def _leave_inner_links(document: Any) -> None:
    """Takes out the links of boxes inside links: one is enough, and a Link's alone is right (ISO 14289-1, 7.18.5)."""
    for page in document.pages:
        page.links[:] = [link for link in page.links if link[3].link]


def _label_pages(pdf: Any, labels: list[str]) -> None:
    """Names the pages as they are numbered in print: roman before the text (ISO 32000-1, 12.4.2)."""
    import pydyf

    first = next((index for index, name in enumerate(labels) if name == "1"), 0)
    numbers = [] if first == 0 else [0, pydyf.Dictionary({"S": "/r"})]
    numbers += [first, pydyf.Dictionary({"S": "/D"})]
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(numbers)})


UA_SCHEMA = """<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>the part of ISO 14289 that is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def _claim_accessibility(pdf: Any) -> None:
    """Says in a PDF/A's metadata that it is PDF/UA-1 too, with the schema that PDF/A wants for that."""
    reference = int(pdf.catalog["Metadata"].split()[0])
    stream = pdf.objects[reference]
    content = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in stream.stream)
    stream.stream = [content.replace(b"</rdf:RDF>", UA_SCHEMA.encode() + b"</rdf:RDF>")]
    stream.compress = False  # archives look for metadata as plain text


class _Listener(logging.Handler):
    """Keeps what WeasyPrint says, characters without a glyph and pictures apart; nothing goes to the screen."""

    def __init__(self, laid: Laid) -> None:
        super().__init__(logging.WARNING)
        self.laid = laid

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if match := NOTDEF.search(message):
            self.laid.missing.append(chr(int(match[1], 16)))
        elif match := UNDRAWN.search(message):
            name = unquote(match[1])
            said = f"the picture {name} cannot be drawn whole. Save it anew, a drawing as PNG."
            self.laid.left_out.append((name, said))
        else:
            self.laid.warnings.append(message)


@contextmanager
def _listening(laid: Laid) -> Iterator[None]:
    logger = logging.getLogger("weasyprint")
    listener = _Listener(laid)
    before = logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = before
