"""Two texts side by side in Word: tables of two columns, and notes that carry one number on both sides.

Comes in: a parallel edition's document, then the package Pandoc made of it. Goes out: the same with every run
of pairs as one table of the style «Parallel» (no borders, rows that may break), the right side in its own
language and faces, and notes whose mark is the shared number (``w:customMarkFollows``, ISO/IEC 29500-1
§17.11.14), because Word itself would count both sides through.
"""

from __future__ import annotations

from collections.abc import Iterator

import panflute as pf
from lxml import etree

from pipeline.document import word
from pipeline.document.parallel.pairing import PAIR, SIDE
from pipeline.editions.docx.package import DOCUMENT, FOOTNOTES, Package
from pipeline.editions.docx.runs import REGIONS
from pipeline.editions.docx.sections import Layout
from pipeline.editions.docx.styles.names import word_lang
from pipeline.editions.docx.styles.sheet import twips
from pipeline.editions.edition import Edition
from pipeline.editions.labels import label
from pipeline.editions.style import Style

START, BETWEEN, END = "pair starts", "between sides", "pair ends"
MARK_STYLE, MARK_ID = "Fanjian Mark", "FanjianMark"
TABLE_STYLE = "Parallel"
QUOTED = ("BlockText", "Verse", "QuotedVerse", "FootnoteBlockText")
SOUNDING = ("Caption", "Heading")  # set in Hei


def mark_pairs(doc: pf.Doc) -> None:
    """Puts marks around the pairs of a document and their sides, which Pandoc's writer would not tell."""

    def mark(text: str) -> pf.Div:
        return pf.Div(pf.Para(pf.Str(text)), attributes={"custom-style": MARK_STYLE})

    def flatten(e: pf.Element, _: pf.Doc | None) -> list[pf.Element] | None:
        if not (isinstance(e, pf.Div) and PAIR in e.classes):
            return None
        left, right = [side for side in e.content if SIDE in side.classes]
        return [mark(START), *left.content, mark(BETWEEN), *right.content, mark(END)]

    doc.walk(flatten)


def lay_pairs(layout: Layout) -> None:
    """Turns what stands between the marks into tables; neighbouring pairs share one."""
    body = word.find(layout.package.tree(DOCUMENT), "w:body")[0]
    width = round(layout.geometry.text_width * 20)
    gutter = twips(layout.style.parallel.gutter * layout.style.text.size)
    columns = ((width - gutter) // 2 + gutter // 2, width - (width - gutter) // 2 - gutter // 2)
    cells: list[etree._Element] | None = None
    at = 0
    for block in list(body):
        said = _said(block)
        if said == START:
            before = block.getprevious()
            if before is None or word.value(word.first(before, "w:tblPr/w:tblStyle")) != TABLE_STYLE:
                before = _table(columns)
                block.addprevious(before)
            cells = [_cell(columns[0], right=gutter // 2), _cell(columns[1], left=gutter // 2)]
            before.append(word.make("w:tr", {}, *cells))
            at = 0
        elif said == BETWEEN:
            at = 1
        elif said == END:
            for cell in cells or []:
                _close(cell, columns[0] - gutter // 2, width)
            cells = None
        elif cells is not None:
            cells[at].append(block)
            continue
        else:
            continue
        body.remove(block)
    if len(body) and word.local(body[-1]) == "tbl":
        body.append(_paragraph())


def _said(block: etree._Element) -> str:
    """What a mark says; empty for any other block."""
    if word.local(block) != "p" or word.style_of(block) != MARK_ID:
        return ""
    return word.text_of(block)


def _table(columns: tuple[int, int]) -> etree._Element:
    properties = word.make(
        "w:tblPr",
        {},
        word.make("w:tblStyle", {"w:val": TABLE_STYLE}),
        word.make("w:tblW", {"w:w": str(sum(columns)), "w:type": "dxa"}),
        word.make("w:tblLayout", {"w:type": "fixed"}),
        word.make("w:tblCellMar", {}, *[word.make(f"w:{s}", {"w:w": "0", "w:type": "dxa"}) for s in ("left", "right")]),
    )  # fmt: skip
    grid = word.make("w:tblGrid", {}, *[word.make("w:gridCol", {"w:w": str(c)}) for c in columns])
    return word.make("w:tbl", {}, properties, grid)


def _cell(width: int, left: int = 0, right: int = 0) -> etree._Element:
    sides = [
        word.make(f"w:{name}", {"w:w": str(value), "w:type": "dxa"})
        for name, value in (("left", left), ("right", right))
    ]
    size = word.make("w:tcW", {"w:w": str(width), "w:type": "dxa"})
    return word.make("w:tc", {}, word.make("w:tcPr", {}, size, word.make("w:tcMar", {}, *sides)))


def _paragraph() -> etree._Element:
    return word.make("w:p", {}, word.make("w:pPr", {}, word.make("w:pStyle", {"w:val": "BodyText"})))


def _close(cell: etree._Element, width: int, measure: int) -> None:
    """Narrows tables in a cell to it; a cell ends with a paragraph (§17.4.65)."""
    for element in cell.iter(word.qualified("w:gridCol"), word.qualified("w:tcW"), word.qualified("w:tblW")):
        if element.getparent() is not None and element.getparent() is not cell[0]:
            own = word.value(element, "w:w")
            if own.isdigit():
                element.set(word.qualified("w:w"), str(int(own) * width // measure))
    if word.local(cell[-1]) != "p":
        cell.append(_paragraph())


def number_notes(package: Package, edition: Edition) -> None:
    """Gives every note the number of ``Edition.numbers`` as its mark, at the call and in the note."""
    bodies = {word.value(n, "w:id"): n for n in word.find(package.tree(FOOTNOTES), "w:footnote")}
    calls = word.find(package.tree(DOCUMENT), ".//w:footnoteReference")
    for call, number in zip(calls, edition.numbers, strict=True):
        shown = label(number, edition.settings.notes.style)
        call.set(word.qualified("w:customMarkFollows"), "1")
        call.addnext(word.make("w:t", {}, shown))
        for own in word.find(bodies[word.value(call, "w:id")], ".//w:footnoteRef"):
            own.addnext(word.make("w:t", {}, shown))
            if (run := own.getparent()) is not None:
                run.remove(own)


def name_language(package: Package, edition: Edition) -> None:
    """Says of the right side's runs that they are in its language; before runs are dressed."""
    lang = edition.languages[1]
    if lang.startswith("zh"):
        return
    for paragraph in _right(package):
        for run in word.find(paragraph, ".//w:r"):
            properties = word.properties(run, "w:rPr")
            if word.first(properties, "w:lang") is None:
                word.put(properties, word.make("w:lang", {"w:val": REGIONS.get(lang, lang)}), word.RPR_ORDER)


def dress_side(package: Package, edition: Edition, style: Style) -> None:
    """Gives a right side in Chinese its language and faces; after runs are dressed."""
    lang = edition.languages[1]
    if not lang.startswith("zh"):
        return
    faces, tag = style.faces_of(lang), word_lang(lang)
    for paragraph in _right(package):
        name = word.style_of(paragraph)
        role = style.quote.face if name in QUOTED else "hei" if name.startswith(SOUNDING) else "song"
        for run in word.find(paragraph, ".//w:r"):
            properties = word.properties(run, "w:rPr")
            own = word.value(word.first(properties, "w:rStyle"))
            face = faces.of("kai" if own == "Missing" else "hei" if own == "Label" else role).word
            fonts = word.first(properties, "w:rFonts")
            if fonts is None:
                fonts = word.put(properties, word.make("w:rFonts"), word.RPR_ORDER)
            fonts.set(word.qualified("w:eastAsia"), face)
            spoken = word.first(properties, "w:lang")
            if spoken is None:
                spoken = word.put(properties, word.make("w:lang"), word.RPR_ORDER)
            spoken.set(word.qualified("w:eastAsia"), tag)


def _right(package: Package) -> Iterator[etree._Element]:
    """The paragraphs of the right side, and those of its notes."""
    bodies = {word.value(n, "w:id"): n for n in word.find(package.tree(FOOTNOTES), "w:footnote")}
    for table in word.find(package.tree(DOCUMENT), "w:body/w:tbl"):
        if word.value(word.first(table, "w:tblPr/w:tblStyle")) != TABLE_STYLE:
            continue
        for row in word.find(table, "w:tr"):
            cell = word.find(row, "w:tc")[1]
            yield from word.find(cell, ".//w:p")
            for call in word.find(cell, ".//w:footnoteReference"):
                yield from word.find(bodies[word.value(call, "w:id")], ".//w:p")
