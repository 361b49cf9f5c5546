"""What other people and programs put into Word files, made into what Pandoc reads; nothing is lost unsaid.

Comes in: a part's tree, its tracked changes accepted. Goes out: the same text without wrappers, with ruby's
base, symbols as characters, text boxes behind their paragraphs; a finding for whatever is not text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping

from lxml import etree

from pipeline.document import word
from pipeline.document.manuscript import Finding
from pipeline.readers.docx.revisions import remove, unwrap

WRAPPERS = ("smartTag", "customXml", "fldSimple", "dir", "bdo")
DETAILS = ("smartTagPr", "customXmlPr", "sdtPr", "sdtEndPr")
READING = "a reading stands above the word (ruby) and is left out. Put it behind the word, if it is wanted."
BLANK_INDENT = "\N{IDEOGRAPHIC SPACE}\t \N{NO-BREAK SPACE}"
RUNNING = ("normal", "body text", "first paragraph", "normal (web)", "no spacing", "list paragraph")
ENDS = "。！？…：；.!?:」』”’》〉）)】"
# Of Wingdings, by the code in its font: boxes, ticks, bullets, arrows; 0x81 and 0x8C begin ① and ❶.
WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆", 0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻",
    0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0x80: "⓪", 0x8B: "⓿",
} | {0x81 + n: chr(0x2460 + n) for n in range(10)} | {0x8C + n: chr(0x2776 + n) for n in range(10)}  # fmt: skip


def settle_habits(root: etree._Element, known: Collection[str] = ()) -> list[Finding]:
    """Changes a part in place; what a person should know. ``known`` are the paragraphs the file was made of."""
    for e in [e for e in root.iter() if word.local(e) in DETAILS]:
        remove(e)
    for e in [e for e in root.iter() if word.local(e) in (*WRAPPERS, "sdt", "sdtContent")]:
        unwrap(e)
    for run in [r for r in word.find(root, ".//w:r") if all(word.local(e) == "rPr" for e in r)]:
        remove(run)  # Pandoc takes no picture for a figure that has one beside it
    _join_cut(root, known)
    for column in word.find(root, ".//w:gridCol"):
        if not word.value(column, "w:w"):  # Pandoc would lose the column
            column.set(word.qualified("w:w"), "1000")
    steps: tuple[Callable[[etree._Element], Iterator[Finding]], ...] = (
        _boxes, _hidden, _ruby, _symbols, _objects, _nested_tables, _blank_indents,
    )  # fmt: skip
    return [finding for step in steps for finding in step(root)]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "……"


def drop_contents(root: etree._Element) -> None:
    """Tables of contents are made anew; what holds one goes."""
    for frame in word.find(root, ".//w:sdt"):
        if word.value(word.first(frame, "w:sdtPr/w:docPartObj/w:docPartGallery")) == "Table of Contents":
            remove(frame)


def _join_cut(root: etree._Element, known: Collection[str]) -> None:
    """LibreOffice 7.4 ends a section, and with it a paragraph, where a chapter's second page begins.

    It alone writes a section's properties before the paragraph's style; a person ends no section within a sentence.
    """
    for paragraph in word.find(root, "w:body/w:p"):
        properties = word.first(paragraph, "w:pPr")
        following = paragraph.getnext()
        if (
            properties is None
            or following is None
            or [word.local(e) for e in properties][:2] != ["sectPr", "pStyle"]
            or word.local(following) != "p"
            or word.style_of(following) != word.style_of(paragraph)
        ):
            continue
        one, other = word.text_of(paragraph), word.text_of(following)
        was_one = any(
            (k.startswith(one) or k.endswith(other)) and len(k) > max(len(one), len(other)) for k in known
        )
        if one and other and (was_one or one.rstrip()[-1:] not in ENDS):
            for e in [e for e in following if word.local(e) != "pPr"]:
                paragraph.append(e)
            section = word.first(following, "w:pPr/w:sectPr")
            properties.remove(properties[0])
            if section is not None:
                properties.insert(0, section)
            remove(following)


def _boxes(root: etree._Element) -> Iterator[Finding]:
    """The text of text boxes, behind the paragraph that they hang on."""
    for choice in [e for e in root.iter() if word.local(e) == "AlternateContent"]:
        branches = list(choice)
        chosen = next((b for b in branches if _holds(b, "txbxContent") or _holds(b, "blip")), None)
        for branch in branches:
            if branch is not (chosen if chosen is not None else branches[-1]):
                choice.remove(branch)
        for branch in list(choice):
            unwrap(branch)
        unwrap(choice)
    for box in reversed([e for e in root.iter() if word.local(e) == "txbxContent"]):
        host = next((a for a in box.iterancestors() if word.local(a) == "p"), None)
        shape = next((a for a in box.iterancestors() if word.local(a) == "r"), None)
        if host is None or shape is None:
            continue
        said = word.text_of(box)
        for block in reversed(list(box)):
            host.addnext(block)
        if not _holds(shape, "txbxContent", besides=box) and not word.find(shape, "w:t"):
            remove(shape)
        if said.strip():
            yield Finding("W25", f"The text box «{_short(said)}» stands behind the paragraph it hangs on.")


def _holds(element: etree._Element, name: str, besides: etree._Element | None = None) -> bool:
    return any(word.local(e) == name and e is not besides for e in element.iter())


def _hidden(root: etree._Element) -> Iterator[Finding]:
    for run in word.find(root, ".//w:r"):
        mark = word.first(run, "w:rPr/w:vanish")
        if mark is not None and word.value(mark) not in ("0", "false", "off"):
            if said := word.text_of(run).strip():
                yield Finding("W23", f"The hidden text «{_short(said)}» is left out.")
            remove(run)


def _ruby(root: etree._Element) -> Iterator[Finding]:
    """Ruby's base is the text; the readings above it have no place in a master."""
    for ruby in word.find(root, ".//w:ruby"):
        run, base, above = ruby.getparent(), word.first(ruby, "w:rubyBase"), word.first(ruby, "w:rt")
        if run is None or base is None:
            continue
        said = word.text_of(above) if above is not None else ""
        yield Finding("W26", READING, proposal=f"{word.text_of(base)}（{said}）")
        for inner in list(base):
            run.addprevious(inner)
        ruby_only = all(word.local(e) in ("rPr", "ruby") for e in run)
        remove(ruby)
        if ruby_only:
            remove(run)


def _symbols(root: etree._Element) -> Iterator[Finding]:
    for symbol in word.find(root, ".//w:sym"):
        font, code = word.value(symbol, "w:font"), word.value(symbol, "w:char")
        try:
            point = int(code, 16)
        except ValueError:
            continue
        shown = WINGDINGS.get(point & 0xFF, "") if font == "Wingdings" else ""
        if not shown and font == "Symbol":
            continue  # Pandoc knows this one
        if not shown:
            shown = chr(point) if point > 0x20 else ""
            yield Finding(
                "W24", f"The symbol {code} of the font {font} is U+{point:04X} now. Put its character there."
            )
        parent = symbol.getparent()
        if parent is not None:
            parent.replace(symbol, word.make("w:t", {"xml:space": "preserve"}, shown))


def _objects(root: etree._Element) -> Iterator[Finding]:
    for drawing in [e for e in root.iter() if word.local(e) in ("drawing", "object", "altChunk")]:
        if _holds(drawing, "blip") or _holds(drawing, "txbxContent"):
            continue
        shown = next((e for e in drawing.iter() if word.local(e) == "docPr"), None)
        said = (shown.get("descr") or shown.get("name") or "") if shown is not None else ""
        named = f"«{_short(said)}»" if said else "without a name"
        kind = "A drawing" if word.local(drawing) == "drawing" else "An embedded object"
        yield Finding("W28", f"{kind} {named} is no text and no picture: it is left out.")
        if word.local(drawing) == "object":
            remove(drawing)


def _nested_tables(root: etree._Element) -> Iterator[Finding]:
    """A table in a cell: its rows become paragraphs of the cell."""
    for table in reversed(word.find(root, ".//w:tc//w:tbl")):
        rows, said = [], word.text_of(table)
        for row in word.find(table, "w:tr"):
            line = word.make("w:p")
            for number, cell in enumerate(word.find(row, "w:tc")):
                if number:
                    line.append(word.make_run("\N{IDEOGRAPHIC SPACE}"))
                line.extend(e for p in word.find(cell, "w:p") for e in p if word.local(e) != "pPr")
            rows.append(line)
        yield Finding("W30", f"The table in a cell, «{_short(said)}», has its rows as lines now.")
        for line in reversed(rows):
            table.addnext(line)
        remove(table)


def _blank_indents(root: etree._Element) -> Iterator[Finding]:
    """Indents typed as blanks: the edition has its own."""
    count = 0
    for paragraph in word.find(root, ".//w:p"):
        for piece in list(paragraph.iter(word.qualified("w:t"), word.qualified("w:tab"))):
            parent = piece.getparent()
            if parent is None or word.local(parent) != "r":
                continue
            text = "\t" if word.local(piece) == "tab" else piece.text or ""
            bare = text.lstrip(BLANK_INDENT)
            if text != bare and re.search("[\N{IDEOGRAPHIC SPACE}\t]", text[: len(text) - len(bare)]):
                count += 1
                if word.local(piece) == "tab":
                    remove(piece)
                else:
                    piece.text = bare
            if bare:
                break
    if count:
        yield Finding("W27", f"{count} indents typed as blanks were taken out.")


def find_bold_headings(root: etree._Element, names: Mapping[str, str]) -> Iterator[Finding]:
    """Short paragraphs all in bold that end no sentence: whether they are headings only a person can tell.

    ``names`` are those of the styles, by id.
    """
    found = []
    for paragraph in word.find(root, "w:body/w:p"):
        runs = [r for r in word.find(paragraph, "w:r") if word.text_of(r).strip()]
        text = word.text_of(paragraph).strip()
        running = names.get(word.style_of(paragraph), "Normal").lower() in RUNNING
        if running and 0 < len(text) <= 30 and text[-1] not in ENDS and all(map(_is_bold, runs)):
            found.append(f"«{text}»")
    if found:
        shown = "".join(found[:5]) + ("……" if len(found) > 5 else "")
        yield Finding(
            "W31", f"{len(found)} short lines in bold may be headings: {shown}. Give them a heading style."
        )


def _is_bold(run: etree._Element) -> bool:
    mark = word.first(run, "w:rPr/w:b")
    return mark is not None and word.value(mark) not in ("0", "false", "off")
