"""The text of a Word file after Pandoc: sections, contents, bookmarks, tables, captions, note numbers.

Comes in: the package Pandoc wrote and what its document was prepared with. Goes out: the same text, each
paragraph with one of our styles. Nothing of the text is changed here.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.chapters import Words, fill_contents, lay_sections, text_of
from pipeline.editions.docx.contents import Entry
from pipeline.editions.docx.document import (
    DISPLAY_MARK,
    LANGUAGE_MARK,
    NOTE_ID,
    PAGE_ID,
)
from pipeline.editions.docx.package import DOCUMENT, FOOTNOTES, NUMBERING
from pipeline.editions.docx.parallel import lay_pairs
from pipeline.editions.docx.pictures import fit_pictures, relate_pictures
from pipeline.editions.docx.sections import Layout
from pipeline.editions.docx.styles.sheet import twips

RENAMED = {"TableCaption": "Caption", "ImageCaption": "Caption", "CaptionedFigure": "Figure"}
PLAIN = ("", "Compact", "BodyText", "FirstParagraph", "FootnoteText")
IN_LISTS = {**dict.fromkeys(PLAIN, "ListParagraph"), "BlockText": word.QUOTED_LIST.replace(" ", "")}
IN_LISTS_OF_NOTES = {
    **dict.fromkeys(PLAIN, "FootnoteList"),
    word.ITEM_QUOTE.replace(" ", ""): "FootnoteBlockText",
}
LIST_INDENT, LIST_HANG = 3, 1.5  # characters
LABEL_SAFE = re.compile(r"[^\w-]")


def finish_body(layout: Layout, pages: list[str], words: Words) -> list[Entry]:
    """Everything below, in order, in the package's own trees; the entries of the contents."""
    document = layout.package.tree(DOCUMENT)
    body = word.find(document, "w:body")[0]
    _drop_pandocs_section(body)
    _number_notes(document, layout.package.tree(FOOTNOTES))
    _set_calls_apart(document)
    for part in (document, layout.package.tree(FOOTNOTES)):
        _style_paragraphs(part)
        _display_formulas(part)
    _name_marks([document, layout.package.tree(FOOTNOTES)], pages)
    _free_anchors(body)
    for part in (document, layout.package.tree(FOOTNOTES)):
        for table in word.find(part, ".//w:tbl"):
            _lay_table(table, layout)
            _keep_together(table)
    _indent_lists(layout)
    lay_pairs(layout)
    relate_pictures(layout.package)
    fit_pictures([document, layout.package.tree(FOOTNOTES)], layout.geometry)
    entries = _mark_headings(document)
    lay_sections(body, layout, entries, words)
    fill_contents(body, layout, entries)
    _number_bookmarks([document, layout.package.tree(FOOTNOTES)])
    return entries


def _drop_pandocs_section(body: etree._Element) -> None:
    for old in word.find(body, "w:sectPr"):
        body.remove(old)


def _number_notes(document: etree._Element, footnotes: etree._Element) -> None:
    """Notes numbered from 1 in the order of their calls, in the part too: a reader can find them."""
    bodies = {word.value(n, "w:id"): n for n in word.find(footnotes, "w:footnote")}
    for number, call in enumerate(word.find(document, ".//w:footnoteReference"), 1):
        note = bodies[word.value(call, "w:id")]
        for element in (call, note):
            element.set(word.qualified("w:id"), str(number))
        footnotes.append(note)


def _set_calls_apart(document: etree._Element) -> None:
    """A space between two calls that touch: 12 and 13 are not read as 1213. Word knows no other gap between notes' numbers."""
    for call in word.find(document, ".//w:footnoteReference"):
        run: Any = call.getparent()
        behind = [e for e in run.itersiblings() if word.local(e) != "bookmarkEnd"]
        after = next((e for e in behind if word.local(e) != "bookmarkStart"), None)
        if after is not None and word.first(after, "w:footnoteReference") is not None:
            behind[0].addprevious(word.make_run("\N{NO-BREAK SPACE}", word.CALL_GAP))


def _style_paragraphs(root: etree._Element) -> None:
    in_notes = word.local(root) == "footnotes"
    for paragraph in word.find(root, ".//w:p"):
        properties = word.properties(paragraph, "w:pPr")
        style = RENAMED.get(word.style_of(paragraph), word.style_of(paragraph))
        in_cell = next(paragraph.iterancestors(word.qualified("w:tc")), None) is not None
        if in_cell and style in PLAIN:
            style = "TableText"
        elif word.first(properties, "w:numPr") is not None:
            style = (IN_LISTS_OF_NOTES if in_notes else IN_LISTS).get(style, style)
        style = style or ("FootnoteText" if in_notes else "BodyText")
        word.put(properties, word.make("w:pStyle", {"w:val": style}), word.PPR_ORDER)
        _name_language(paragraph, properties)
        justified = word.first(properties, "w:jc")
        if justified is not None and word.value(justified) == "left" and style != "TableText":
            properties.remove(justified)


def _display_formulas(root: etree._Element) -> None:
    """Formulas of items on lines of their own."""
    for text in [t for t in word.find(root, ".//w:t") if t.text == DISPLAY_MARK]:
        run: Any = text.getparent()
        formula = run.getprevious()
        run.getparent().remove(run)
        around = etree.Element(formula.tag + "Para")
        formula.addprevious(around)
        around.append(formula)


def _name_language(paragraph: etree._Element, properties: etree._Element) -> None:
    """The language of a whole paragraph goes onto its mark: editors may then delete any word of it."""
    for run in word.find(paragraph, "w:r"):
        for text in word.find(run, "w:t"):
            if found := re.match(f"{LANGUAGE_MARK}([^{LANGUAGE_MARK}]+){LANGUAGE_MARK}", text.text or ""):
                text.text = (text.text or "")[found.end() :]
                lang = word.make("w:lang", {"w:val": found[1]})
                word.put(properties, word.make("w:rPr", {}, lang), word.PPR_ORDER)
                if not text.text:
                    paragraph.remove(run)
            return


def _name_marks(parts: list[etree._Element], pages: list[str]) -> None:
    """Note calls and page starts: hidden bookmarks, the latter also of use to who looks for a page of the source."""
    taken: set[str] = set()
    for mark in [m for part in parts for m in word.find(part, ".//w:bookmarkStart")]:
        name = word.value(mark, "w:name")
        if name.startswith(NOTE_ID):
            mark.set(word.qualified("w:name"), word.NOTE_BOOKMARK + name.removeprefix(NOTE_ID))
        if not name.startswith(PAGE_ID):
            continue
        label = pages[int(name[len(PAGE_ID) :]) - 1]
        named = word.PAGE_BOOKMARK + LABEL_SAFE.sub(lambda m: f"x{ord(m.group()):04X}", label)[:24]
        again = 2
        while named in taken:
            named = f"{word.PAGE_BOOKMARK}{LABEL_SAFE.sub('', label)[:24]}__{again}"
            again += 1
        taken.add(named)
        mark.set(word.qualified("w:name"), named)


def _free_anchors(body: etree._Element) -> None:
    """A paragraph that holds nothing but page starts would show as a blank line: they go to the next one."""
    for paragraph in word.find(body, "w:p"):
        inner = [e for e in paragraph if word.local(e) != "pPr"]
        if not inner or any(not word.local(e).startswith("bookmark") for e in inner):
            continue
        following = next((e for e in paragraph.itersiblings() if word.local(e) == "p"), None)
        if following is not None and word.first(following, "w:r") is not None:
            for number, mark in enumerate(inner):
                following.insert(1 + number, mark)
            body.remove(paragraph)


def _indent_lists(layout: Layout) -> None:
    """Lists stand in by whole characters, so that their lines come flush as those of the text do.

    Those of a user's own reference document stay as they are.
    """
    if layout.settings.docx.reference or not layout.package.has(NUMBERING):
        return
    em = layout.style.text.size
    for level in word.find(layout.package.tree(NUMBERING), "w:abstractNum/w:lvl"):
        depth = word.value(level, "w:ilvl")
        for own in word.find(level, "w:pPr/w:ind"):
            if depth.isdigit():
                own.attrib.clear()
                own.set(word.qualified("w:left"), str(twips(LIST_INDENT * em * (int(depth) + 1))))
                own.set(word.qualified("w:hanging"), str(twips(LIST_HANG * em)))


def _lay_table(table: etree._Element, layout: Layout) -> None:
    """Widths by content over the whole measure, heads that come again on each page, rows that do not break."""
    measure = round(layout.geometry.text_width * 20)
    rows = [word.find(row, "w:tc") for row in word.find(table, "w:tr")]
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return
    weights = [1] * columns
    for cells in rows:
        for number, cell in enumerate(cells):
            longest = max((len(text_of(p)) for p in word.find(cell, "w:p")), default=0)
            weights[number] = max(weights[number], min(longest, 30) + 2)
    widths = [measure * weight // sum(weights) for weight in weights]
    properties = word.properties(table, "w:tblPr")
    for total in word.find(properties, "w:tblW"):
        total.set(word.qualified("w:type"), "dxa")
        total.set(word.qualified("w:w"), str(sum(widths)))
    if (
        word.first(properties, "w:tblLayout") is None
        and (look := word.first(properties, "w:tblLook")) is not None
    ):
        look.addprevious(word.make("w:tblLayout", {"w:type": "fixed"}))
    grid = word.first(table, "w:tblGrid")
    if grid is not None:
        grid[:] = [word.make("w:gridCol", {"w:w": str(width)}) for width in widths]
    for row, cells in zip(word.find(table, "w:tr"), rows, strict=True):
        _keep_row(row)
        for width, cell in zip(widths, cells, strict=False):
            cell_properties = word.properties(cell, "w:tcPr")
            if word.first(cell_properties, "w:gridSpan") is None:
                cell_properties.insert(0, word.make("w:tcW", {"w:w": str(width), "w:type": "dxa"}))


def _keep_together(table: etree._Element) -> None:
    """A caption stays on the page of its table, the table's head on that of the row below it.

    The caption of a figure stands above a table by chance, and would be the table's on the way back.
    """
    caption = table.getprevious()
    if caption is not None and word.style_of(caption) == "Caption" and not _is_figure(caption.getprevious()):
        _keep_with_next(caption)
    for row in word.find(table, "w:tr")[:-1]:
        if word.first(row, "w:trPr/w:tblHeader") is not None:
            for paragraph in word.find(row, "w:tc/w:p"):
                _keep_with_next(paragraph)


def _is_figure(element: etree._Element | None) -> bool:
    return element is not None and word.style_of(element) in ("Figure", "CaptionedFigure")


def _keep_with_next(paragraph: etree._Element) -> None:
    word.put(word.properties(paragraph, "w:pPr"), word.make("w:keepNext"), word.PPR_ORDER)


def _keep_row(row: etree._Element) -> None:
    properties = word.first(row, "w:trPr")
    if properties is None:
        properties = word.make("w:trPr")
        row.insert(0, properties)
    properties.insert(0, word.make("w:cantSplit"))


def _mark_headings(document: etree._Element) -> list[Entry]:
    """A bookmark on every heading, which the contents point to."""
    entries: list[Entry] = []
    for paragraph in word.find(document, "w:body/w:p"):
        level = word.heading_level(re.sub(r"(\d)$", r" \1", word.style_of(paragraph)))
        if not level:
            continue
        name = f"{word.HEADING_BOOKMARK}{len(entries) + 1:06d}"
        _take_bookmark(paragraph)
        paragraph.insert(1, word.make("w:bookmarkStart", {"w:id": "0", "w:name": name}))
        paragraph.append(word.make("w:bookmarkEnd", {"w:id": "0"}))
        entries.append(Entry(level, text_of(paragraph), name))
    return entries


def _take_bookmark(heading: etree._Element) -> None:
    """Pandoc's bookmark spans the whole section; on the heading it does the same and an editor can see it."""
    before = heading.getprevious()
    while before is not None and word.local(before) == "bookmarkStart":
        following = before.getprevious()
        identifier = word.value(before, "w:id")
        body = heading.getparent()
        for end in word.find(body, "w:bookmarkEnd") if body is not None else ():
            if word.value(end, "w:id") == identifier:
                heading.append(end)
        heading.insert(1, before)
        before = following


def _number_bookmarks(parts: list[etree._Element]) -> None:
    """Bookmark ids count from 1: Pandoc's and ours must not meet. A name stands once; the first has it."""
    open_marks: dict[str, list[str]] = {}
    names: set[str] = set()
    count = 0
    kinds = word.qualified("w:bookmarkStart"), word.qualified("w:bookmarkEnd")
    for mark in [m for part in parts for m in part.iter(*kinds)]:
        old, name = word.value(mark, "w:id"), word.value(mark, "w:name")
        if word.local(mark) == "bookmarkStart":
            count += name not in names
            new = "" if name in names else str(count)
            names.add(name)
            open_marks.setdefault(old, []).append(new)
        else:
            new = open_marks[old].pop()
        holder = mark.getparent()
        if not new and holder is not None:
            holder.remove(mark)
        mark.set(word.qualified("w:id"), new)
