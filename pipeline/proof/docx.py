"""A finished Word file read back: its notes, headings, title, authors.

Comes in: a DOCX. Goes out: ``EditionFacts``. It reads the package's own parts, as Word does, and knows
nothing of how they were written. Refused: a file that is no Word file (``EditionError``).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pipeline.document import word
from pipeline.errors import EditionError
from pipeline.proof.facts import EditionFacts, HeadingFact, NoteFact

BEFORE = 40  # characters kept before a call
CIRCLES = (range(0x2460, 0x2474), range(0x3251, 0x3260), range(0x32B1, 0x32C0))  # ① to ⑳, to ㉟, to ㊿
ENCLOSED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")


@dataclass(frozen=True)
class Parts:
    """The parts of a Word file that say something to a reader."""

    document: etree._Element
    footnotes: etree._Element | None
    styles: dict[str, str]
    core: dict[str, str]


def read_docx(path: Path) -> EditionFacts:
    """What a finished Word file says. A note's label is empty where only Word's pages decide it."""
    parts = read_parts(path)
    return EditionFacts(
        notes=list(_notes(parts)),
        headings=list(_headings(parts)),
        title=parts.core.get("title", ""),
        authors=[text_of(p) for p in _paragraphs(parts) if parts.styles.get(word.style_of(p)) == "Author"],
        lang=parts.core.get("language", ""),
        sections=_read_sections(parts),
    )


def read_parts(path: Path) -> Parts:
    """The parts. Raises ``EditionError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            trees = {
                name: word.parse(archive.read(name))
                for name in (
                    "word/document.xml",
                    "word/footnotes.xml",
                    "word/styles.xml",
                    "docProps/core.xml",
                )
                if name in names
            }
        styles = word.style_names(trees["word/styles.xml"])
        core = trees.get("docProps/core.xml")
        return Parts(
            trees["word/document.xml"],
            trees.get("word/footnotes.xml"),
            styles,
            {word.local(e): e.text or "" for e in core} if core is not None else {},
        )
    except OSError as e:
        raise EditionError(f"cannot be read ({e.strerror}).", str(path)) from e
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError) as e:
        raise EditionError("is no Word file. Build it again.", str(path)) from e


def text_of(element: etree._Element) -> str:
    """The text of an element as it reads with all tracked changes accepted; fields show what they showed."""
    return "".join(_texts(element)).strip()


def _texts(element: etree._Element) -> Iterator[str]:
    for child in element:
        match word.local(child):
            case "t":
                yield "" if _is_mark(child) else child.text or ""
            case "tab" | "br" | "cr":
                yield " "
            case "noBreakHyphen":
                yield "-"
            case "pPr" | "rPr" | "del" | "moveFrom" | "instrText" | "delText":
                pass
            case "p":
                yield from _texts(child)
                yield " "
            case _:
                yield from _texts(child)


def _paragraphs(parts: Parts) -> Iterator[etree._Element]:
    """The paragraphs of the text in order; those of the contents are none of the text."""
    body = word.first(parts.document, "w:body")
    for block in body if body is not None else ():
        if word.local(block) != "sdt":
            yield from block.iter(word.qualified("w:p"))


def _headings(parts: Parts) -> Iterator[HeadingFact]:
    for paragraph in _paragraphs(parts):
        if level := word.heading_level(parts.styles.get(word.style_of(paragraph), "")):
            yield HeadingFact(level, text_of(paragraph))


def _read_sections(parts: Parts) -> list[str]:
    """The text before the first heading and behind each."""
    found: list[list[str]] = [[]]
    for paragraph in _paragraphs(parts):
        if word.heading_level(parts.styles.get(word.style_of(paragraph), "")):
            found.append([])
        else:
            found[-1].append(text_of(paragraph))
    return ["\n".join(section) for section in found]


def _notes(parts: Parts) -> Iterator[NoteFact]:
    bodies = {word.value(n, "w:id"): n for n in (parts.footnotes if parts.footnotes is not None else ())}
    numbering, sections = _numbering(parts.document), _sections(parts.document)
    place, number = "", 0
    count: dict[int, int] = {}
    for paragraph in _paragraphs(parts):
        if word.heading_level(parts.styles.get(word.style_of(paragraph), "")) == 1:
            place = text_of(paragraph)
        before: list[str] = []
        for element in paragraph.iter():
            if word.local(element) == "t" and not _is_mark(element):
                before.append(element.text or "")
            elif word.local(element) == "footnoteReference":
                number += 1
                section = sections.get(_top(paragraph), 0)
                restart, form = numbering[min(section, len(numbering) - 1)]
                key = section if restart == "eachSect" else -1
                count[key] = count.get(key, 0) + 1
                body = bodies.get(word.value(element, "w:id"))
                yield NoteFact(
                    number=number,
                    label=_own_mark(element) or ("" if restart == "eachPage" else label(count[key], form)),
                    text="" if body is None else _note_text(body, _own_mark(element)),
                    place=place,
                    missing=body is not None and _is_missing(body, parts.styles),
                    before="".join(before)[-BEFORE:],
                )


def _is_mark(text: etree._Element) -> bool:
    """Whether a text is the mark of a note's call that does not leave its number to Word."""
    run = text.getparent()
    return run is not None and any(_has_own_mark(call) for call in word.find(run, "w:footnoteReference"))


def _has_own_mark(call: etree._Element) -> bool:
    return word.value(call, "w:customMarkFollows") in ("1", "true", "on")


def _own_mark(call: etree._Element) -> str:
    """The mark that stands behind a call in its run, where Word does not number it."""
    run = call.getparent()
    if run is None or not _has_own_mark(call):
        return ""
    return word.text_of(run).strip()


def _note_text(body: etree._Element, mark: str) -> str:
    """A note's text; a mark of its own at its beginning is none of it."""
    text = text_of(body)
    return text.removeprefix(mark).strip() if mark else text


def label(number: int, form: str) -> str:
    """A note's number in a Word number format.

    >>> label(3, "decimalEnclosedCircleChinese"), label(3, "")
    ('③', '3')
    """
    circles = [chr(c) for block in CIRCLES for c in block]
    return circles[number - 1] if form in ENCLOSED and number <= len(circles) else str(number)


def _is_missing(body: etree._Element, styles: dict[str, str]) -> bool:
    return any(styles.get(word.value(s)) == word.MISSING for s in word.find(body, ".//w:rStyle"))


def _numbering(document: etree._Element) -> list[tuple[str, str]]:
    """How the notes of each section are numbered: where they begin anew, and in which format."""
    out = []
    for section in word.find(document, ".//w:sectPr"):
        restart = word.value(word.first(section, "w:footnotePr/w:numRestart"))
        out.append((restart, word.value(word.first(section, "w:footnotePr/w:numFmt"))))
    return out or [("", "")]


def _sections(document: etree._Element) -> dict[etree._Element, int]:
    """The number of the section that each block of the text stands in."""
    out, number = {}, 0
    body = word.first(document, "w:body")
    for block in body if body is not None else ():
        out[block] = number
        number += word.first(block, ".//w:sectPr") is not None
    return out


def _top(element: etree._Element) -> etree._Element:
    """The block of the text that an element stands in."""
    while (parent := element.getparent()) is not None and word.local(parent) != "body":
        element = parent
    return element
