"""An edition as a Word file that an editor can work in: styles, native notes, sections, contents.

Comes in: an ``Edition``. Goes out: one DOCX, whole or not at all, the same bytes from run to run. Pandoc
writes the text after a reference document made of the house style; ``body`` and ``runs`` give it
what Pandoc cannot. Raises ``EditionError`` for a reference document that is none.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import panflute as pf

from pipeline.document import ast, enclosure, word
from pipeline.document.manuscript import Finding
from pipeline.editions.docx.body import finish_body
from pipeline.editions.docx.chapters import Words
from pipeline.editions.docx.colophon import make_colophon
from pipeline.editions.docx.combined import add_combined
from pipeline.editions.docx.document import Prepared, as_shown, prepare
from pipeline.editions.docx.package import (
    APP,
    COMMENTS,
    CORE,
    CUSTOM,
    DOCUMENT,
    FONTS,
    FOOTNOTES,
    SETTINGS,
    STYLES,
    Package,
)
from pipeline.editions.docx.parallel import dress_side, name_language, number_notes
from pipeline.editions.docx.parts import make_app, make_core, make_custom, make_fonts, make_settings
from pipeline.editions.docx.reference import add_missing, make_reference, own_geometry
from pipeline.editions.docx.runs import dress_runs
from pipeline.editions.docx.sections import Layout
from pipeline.editions.docx.styles import make_styles
from pipeline.editions.docx.styles.characters import emphasise_han
from pipeline.editions.docx.styles.names import word_lang
from pipeline.editions.edition import Edition
from pipeline.editions.matter import colophon_on_verso
from pipeline.editions.style import Style
from pipeline.editions.style.columns import columns_style
from pipeline.editions.style.load import load_style
from pipeline.files import write_whole
from pipeline.programs import pandoc


@dataclass(frozen=True)
class DocxResult:
    """``notes`` is how many notes the file holds."""

    findings: list[Finding]
    notes: int


def make_docx(edition: Edition, path: Path) -> DocxResult:
    """Writes the edition to ``path``. Raises ``EditionError`` or ``ProgramError``."""
    style = load_style(edition.settings.folder, edition.settings.editions.style)
    if edition.languages:
        style = columns_style(style, edition.settings.page.trim)
    prepared = prepare(edition, style.faces_of(edition.lang))
    reference = make_reference(edition, style)
    package = Package(_write(prepared.doc, reference, edition))
    geometry = style.geometry(edition.settings.page.trim)
    if edition.settings.docx.reference:
        geometry = own_geometry(reference, geometry)
    layout = Layout(edition.settings, style, geometry, package)
    words = Words(
        edition.title,
        edition.wording["contents"],
        tuple(make_colophon(edition)),
        colophon_on_verso(edition.lang),
    )
    finish_body(layout, prepared.pages, words)
    if edition.languages:
        number_notes(package, edition)
        name_language(package, edition)
    for part in (DOCUMENT, FOOTNOTES):
        dress_runs(package.tree(part), word_lang(edition.lang), emphasise_han(style, edition.lang))
    if edition.languages:
        dress_side(package, edition, style)
    _put_parts(package, edition, style, layout, prepared)
    write_whole(path, package.write(edition.date))
    return DocxResult([*prepared.left_out.values()], len(ast.notes(edition.doc)))


def _write(doc: object, reference: bytes, edition: Edition) -> bytes:
    """Pandoc's DOCX. The reference document is a file named on its command line, which the sandbox allows."""
    with tempfile.TemporaryDirectory(prefix="fanjian-") as folder:
        file = Path(folder) / "reference.docx"
        file.write_bytes(reference)
        return pandoc.write(
            ast.dump(doc),
            "docx",
            f"--reference-doc={file}",
            "--no-highlight",
            "--output=-",
            name=edition.title,
        )


def _put_parts(package: Package, edition: Edition, style: Style, layout: Layout, prepared: Prepared) -> None:
    meta = edition.doc.metadata.content
    own_reference = bool(edition.settings.docx.reference)
    if own_reference:
        add_missing(package.tree(STYLES), make_styles(style, edition.lang, layout.geometry.characters))
    else:
        package.put(STYLES, make_styles(style, edition.lang, layout.geometry.characters))
        package.put(FONTS, make_fonts(style, edition.lang))
    add_combined(package.tree(STYLES), [package.tree(DOCUMENT), package.tree(FOOTNOTES)])
    package.put(SETTINGS, make_settings(edition, style, layout.numbering()))
    package.put(
        CORE,
        make_core(edition, ast.meta_texts(edition.doc, "keywords"), ast.meta_text(edition.doc, "abstract")),
    )
    package.put(APP, make_app(edition))
    other = {k: v.to_json() for k, v in meta.items() if k not in (*ast.FRONT_KEYS, "translations", "lang")}
    told = edition.facts.lang
    lang = ast.meta_text(edition.doc, "lang") if told is None else told
    properties = {"lang": lang if not lang or lang.startswith(edition.script) else edition.lang}
    if other:
        text = json.dumps(other, ensure_ascii=False, sort_keys=True)
        properties |= word.divided(word.METADATA_PROPERTY, text)
    for name, table in ((word.PICTURES_PROPERTY, prepared.pictures), (word.MARKS_PROPERTY, prepared.marks)):
        if table:
            properties |= word.divided(name, json.dumps(table, ensure_ascii=False, sort_keys=True))
    package.put(CUSTOM, make_custom(properties))
    if edition.master and not edition.languages:  # of two texts side by side there is no way back
        _enclose(package, edition, as_shown(edition.doc, prepared.left_out))
    if package.has(COMMENTS) and not len(package.tree(COMMENTS)):
        package.remove(COMMENTS)


def _enclose(package: Package, edition: Edition, made: pf.Doc) -> None:
    """The master goes along, so that the way back shows just what an editor changed."""
    package.put(enclosure.ITEM, enclosure.enclose(edition.master, made, edition.lang))
    package.put(enclosure.PROPERTIES, enclosure.describe(), enclosure.PROPERTIES_TYPE)
    package.relate("customXml", f"../{enclosure.ITEM}")
    package.relate("customXmlProps", enclosure.PROPERTIES.rpartition("/")[2], enclosure.ITEM)
