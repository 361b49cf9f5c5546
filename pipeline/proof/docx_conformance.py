"""Whether a Word file is one that Word opens without a word: order, ids, relations, styles.

Comes in: a DOCX. Goes out: findings. It checks what Word is strict about (ISO/IEC 29500-1: the order of
properties in §17.3 and §17.6, unique ids, targets of relationships) and what this project promises: every
paragraph has a style that exists, every call its note, no picture without a text, no door to the outside.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from pipeline.document import word
from pipeline.document.manuscript import Finding

ORDERS = {"pPr": word.PPR_ORDER, "rPr": word.RPR_ORDER, "sectPr": word.SECTPR_ORDER}
# What a run may say itself: its style, language, hint, and what no style of ours says.
RUN_MAY = {
    "rStyle", "rFonts", "lang", "u", "strike", "smallCaps", "vertAlign", "rtl",
}  # fmt: skip
TITLE_MAY = RUN_MAY | {
    "b",
    "bCs",
    "i",
    "iCs",
    "em",
}  # its one style is the one that the running heads look for
RUNNING_TITLE = word.RUNNING_TITLE.replace(" ", "")
PARAGRAPH_MAY = {"pStyle", "numPr", "sectPr", "jc", "rPr", "pageBreakBefore", "keepNext"}
TEXT_PARTS = ("word/document.xml", "word/footnotes.xml")


def check_docx(path: Path) -> list[Finding]:
    """What is wrong with a Word file; nothing when it is right. A file that is none is one finding."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
        trees = {n: word.parse(data) for n, data in parts.items() if n.endswith((".xml", ".rels"))}
        document, styles = trees["word/document.xml"], trees["word/styles.xml"]
    except (OSError, zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as e:
        return [Finding("W10", f"{path.name} is no Word file that can be read ({type(e).__name__}).")]
    found = [
        *_orders(trees),
        *_identifiers(trees),
        *_relations(trees, set(parts)),
        *_paragraphs(trees, word.style_names(styles)),
        *_direct(trees),
        *_notes(document, trees.get("word/footnotes.xml")),
        *_pictures(document),
    ]
    return [Finding(rule, f"{path.name}: {message}") for rule, message in dict.fromkeys(found)]


def _orders(trees: dict[str, etree._Element]) -> Iterator[tuple[str, str]]:
    for name, tree in trees.items():
        for element in tree.iter():
            order = ORDERS.get(word.local(element))
            own = order is not None and element.tag == word.qualified(f"w:{word.local(element)}")
            if order is None or not own or not name.startswith("word/"):
                continue
            names = [word.local(child) for child in element]
            if unknown := [n for n in names if n not in order]:
                yield "W11", f"{name} has {unknown[0]} in {word.local(element)}, where none may be."
            ranks = [order.index(n) for n in names if n in order]
            if ranks != sorted(ranks):
                yield "W11", f"{name} has the properties of a {word.local(element)} out of order."


def _identifiers(trees: dict[str, etree._Element]) -> Iterator[tuple[str, str]]:
    document = trees["word/document.xml"]
    kinds = {
        "bookmark id": [word.value(e, "w:id") for e in word.find(document, ".//w:bookmarkStart")],
        "bookmark name": [word.value(e, "w:name") for e in word.find(document, ".//w:bookmarkStart")],
        "picture id": [e.get("id") or "" for e in word.find(document, ".//wp:docPr")],
        "style id": [word.value(e, "w:styleId") for e in word.find(trees["word/styles.xml"], "w:style")],
    }
    for kind, values in kinds.items():
        for value in _twice(values):
            yield "W12", f"{kind} {value} stands twice."
    ends = {word.value(e, "w:id") for e in word.find(document, ".//w:bookmarkEnd")}
    for identifier in sorted(set(kinds["bookmark id"]) ^ ends):
        yield "W12", f"bookmark {identifier} does not begin and end."
    names = set(kinds["bookmark name"])
    for link in word.find(document, ".//w:hyperlink"):
        if (anchor := word.value(link, "w:anchor")) and anchor not in names:
            yield "W12", f"a link goes to the bookmark {anchor}, which is not there."


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _relations(trees: dict[str, etree._Element], names: set[str]) -> Iterator[tuple[str, str]]:
    for name, tree in trees.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in tree:
                target = relation.get("Target") or ""
                if relation.get("TargetMode") == "External":
                    if not (relation.get("Type") or "").endswith("/hyperlink"):
                        yield "W13", f"{name} opens {target[:60]}, which lies outside of the file."
                elif posixpath.normpath(posixpath.join(base, target)).lstrip("/") not in names | {
                    target.lstrip("/")
                }:
                    yield "W13", f"{name} names {target}, which is not in the file."
        elif name.startswith("word/"):
            folder, file = posixpath.split(name)
            relations = trees.get(f"{folder}/_rels/{file}.rels")
            known = {r.get("Id") for r in relations} if relations is not None else set()
            used = {
                v
                for e in tree.iter()
                for k, v in e.attrib.items()
                if etree.QName(k).namespace == word.NAMESPACES["r"]
            }
            for identifier in sorted(str(u) for u in used - known):
                yield "W13", f"{name} uses the relationship {identifier}, which is not there."


def _paragraphs(trees: dict[str, etree._Element], styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in TEXT_PARTS:
        for paragraph in word.find(trees[name], ".//w:p") if name in trees else ():
            style = word.style_of(paragraph)
            if not style:
                yield "W14", f"{name} has a paragraph without a style."
            elif style not in styles:
                yield "W14", f"{name} uses the style {style}, which is not there."
        for run in word.find(trees[name], ".//w:rStyle") if name in trees else ():
            if word.value(run) not in styles:
                yield "W14", f"{name} uses the style {word.value(run)}, which is not there."


def _direct(trees: dict[str, etree._Element]) -> Iterator[tuple[str, str]]:
    """Formatting that a style should say."""
    for name in TEXT_PARTS:
        for paragraph in word.find(trees[name], ".//w:p") if name in trees else ():
            said = {word.local(e) for p in word.find(paragraph, "w:pPr") for e in p} - PARAGRAPH_MAY
            for properties in word.find(paragraph, "w:r/w:rPr"):
                title = word.value(word.first(properties, "w:rStyle")) == RUNNING_TITLE
                said |= {word.local(e) for e in properties} - (TITLE_MAY if title else RUN_MAY)
            for what in sorted(said):
                yield "W15", f"{name} formats with {what} where a style should."


def _notes(document: etree._Element, footnotes: etree._Element | None) -> Iterator[tuple[str, str]]:
    calls = [word.value(e, "w:id") for e in word.find(document, ".//w:footnoteReference")]
    bodies = [
        word.value(e, "w:id")
        for e in (footnotes if footnotes is not None else ())
        if word.value(e, "w:type") in ("", "normal")
    ]
    for identifier in _twice(calls) + _twice(bodies):
        yield "W16", f"note {identifier} stands twice."
    for identifier in sorted(set(calls) - set(bodies)):
        yield "W16", f"note call {identifier} has no body."
    for identifier in sorted(set(bodies) - set(calls)):
        yield "W16", f"note {identifier} is called nowhere."


def _pictures(document: etree._Element) -> Iterator[tuple[str, str]]:
    for picture in word.find(document, ".//wp:docPr"):
        if not picture.get("descr"):
            yield "W17", f"picture {picture.get('id')} has no text for those who cannot see it."
