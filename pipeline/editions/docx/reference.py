"""The reference document that Pandoc writes DOCX after: the house style, or a user's own.

Comes in: an ``Edition`` and its house style. Goes out: the bytes of a DOCX whose styles, fonts and page are
ours. A reference document of the user's keeps all it has; styles of ours that it lacks are added.
"""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.package import DOCUMENT, FONTS, STYLES, Package
from pipeline.editions.docx.parts import make_fonts
from pipeline.editions.docx.styles import make_styles
from pipeline.editions.edition import Edition
from pipeline.editions.style import Geometry, Style
from pipeline.errors import EditionError
from pipeline.programs import pandoc

SIZE_LIMIT = 50_000_000  # bytes of a user's reference document


def make_reference(edition: Edition, style: Style) -> bytes:
    """The reference document. Raises ``EditionError`` when the user's own cannot be used."""
    characters = style.trim(edition.settings.page.trim).characters
    styles = make_styles(style, edition.lang, characters)
    if edition.settings.docx.reference:
        package = _own(edition.settings.folder, edition.settings.docx.reference)
        add_missing(package.tree(STYLES), styles)
        return package.write(edition.date)
    package = Package(pandoc.run(b"", ["--print-default-data-file=reference.docx"]))
    package.put(STYLES, styles)
    package.put(FONTS, make_fonts(style, edition.lang))
    return package.write(edition.date)


def _own(folder: Path, name: str) -> Package:
    root = folder.resolve()
    path = (root / name).resolve()
    if not path.is_relative_to(root):
        raise EditionError("lies outside the book's folder. Copy it there.", f"[docx] reference {name!r}")
    try:
        data = path.read_bytes()
        package = Package(data)
        if len(data) > SIZE_LIMIT or not package.has(DOCUMENT) or not package.has(STYLES):
            raise ValueError
        package.tree(STYLES)
    except OSError as e:
        raise EditionError(f"the reference document cannot be read ({e.strerror}).", str(path)) from e
    except Exception as e:  # whatever a zip that is none can raise
        raise EditionError("is no Word file. Save it as .docx.", str(path)) from e
    return package


def add_missing(own: etree._Element, ours: etree._Element) -> None:
    """Styles of ours that a user's document lacks, by name; what it has stays as it is."""
    known = {name.lower() for name in word.style_names(own).values()}
    identifiers = set(word.style_names(own))
    for style in word.find(ours, "w:style"):
        name = word.value(word.first(style, "w:name"))
        if name.lower() not in known and word.value(style, "w:styleId") not in identifiers:
            own.append(copy.deepcopy(style))


def own_geometry(reference: bytes, ours: Geometry) -> Geometry:
    """The page of a user's reference document: its size and margins; ours where it says none."""
    section = word.first(Package(reference).tree(DOCUMENT), "w:body/w:sectPr")
    size = None if section is None else word.first(section, "w:pgSz")
    margin = None if section is None else word.first(section, "w:pgMar")
    try:
        width, height = (int(word.value(size, f"w:{name}")) / 20 for name in ("w", "h"))
        top, bottom, left, right = (
            abs(int(word.value(margin, f"w:{name}"))) / 20 for name in ("top", "bottom", "left", "right")
        )
    except ValueError:
        return ours
    if width - left - right < 72 or height - top - bottom < 72:
        return ours
    return replace(
        ours,
        width=width,
        height=height,
        top=top,
        bottom=bottom,
        inner=left,
        outer=right,
        text_width=width - left - right,
        text_height=height - top - bottom,
    )
