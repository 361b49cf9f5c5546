"""A finished PDF read back: notes with number, label and text, headings, pages, title, authors, language.

Comes in: the file. Goes out: ``EditionFacts``, found by its structure tree and the glyphs it points to; what was
meant is not consulted (promise 4). A PDF without tags is refused: there is nothing to hold on to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.errors import EditionError
from pipeline.proof.facts import CONTEXT, EditionFacts, HeadingFact, NoteFact, squash
from pipeline.proof.glyphs import Font, read_glyphs

HEADING = re.compile(r"/H([1-6])$")
BLOCKS = frozenset(
    {"/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TD", "/TH", "/LBody", "/Caption", "/Div"}
)
SOURCE_PAGE = "page"  # the title of a page number of the source, which stands in the margin
MISSING = "missing"  # the title that a span has whose note the source lacks


@dataclass
class _Note:
    label: str
    target: str
    place: str
    before: str


@dataclass
class _Reading:
    """What a walk over the structure tree has met."""

    texts: list[dict[int, str]]
    pages: dict[Any, int]
    calls: list[_Note] = field(default_factory=list)
    bodies: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    headings: list[HeadingFact] = field(default_factory=list)
    sections: list[list[str]] = field(default_factory=lambda: [[]])
    place: str = ""
    before: str = ""


def read_pdf(path: Path) -> EditionFacts:
    """What the PDF says. Raises ``EditionError`` for a file that is no PDF or has no tags."""
    try:
        with pikepdf.open(path) as pdf:
            if "/StructTreeRoot" not in pdf.Root:
                raise EditionError("has no tags, so its notes cannot be read back.", str(path))
            return _read(pdf)
    except pikepdf.PdfError as e:
        raise EditionError(f"is no PDF that can be read ({e}).", str(path)) from e


def _read(pdf: pikepdf.Pdf) -> EditionFacts:
    fonts: dict[Any, Font] = {}
    texts: list[dict[int, str]] = []
    for page in pdf.pages:
        marked: dict[int, str] = {}
        for glyph in read_glyphs(page, fonts):
            if glyph.mark >= 0:
                marked[glyph.mark] = marked.get(glyph.mark, "") + glyph.text
        texts.append(marked)
    reading = _Reading(texts, {page.obj.objgen: index for index, page in enumerate(pdf.pages)})
    _walk(pdf.Root["/StructTreeRoot"], reading)
    info = pdf.docinfo
    authors = str(info.get("/Author", ""))
    return EditionFacts(
        notes=list(_notes(reading)),
        headings=reading.headings,
        pages=page_labels(pdf),
        title=str(info.get("/Title", "")),
        authors=[name for name in authors.split(", ") if name],
        lang=str(pdf.Root.get("/Lang", "")),
        sections=["".join(section) for section in reading.sections],
    )


def _walk(element: Any, reading: _Reading, is_heading: bool = False) -> None:
    """Goes through the tree in reading order."""
    kind = str(element.get("/S", ""))
    if str(element.get("/T", "")) == SOURCE_PAGE or kind in ("/TOC", "/Lbl"):
        return
    if kind == "/Note":
        _read_note(element, reading)
        return
    if kind == "/Reference":
        _read_call(element, reading)
        return
    if match := HEADING.match(kind):
        text = _text(element, reading)
        reading.headings.append(HeadingFact(int(match[1]), text.strip()))
        reading.sections.append([])
        is_heading = True
        if match[1] == "1":
            reading.place = text.strip()
        reading.before = ""
    elif kind in BLOCKS:
        reading.before = ""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            _walk(kid, reading, is_heading)
        elif (mark := _mark(kid, element)) is not None:
            text = _marked(mark, reading)
            reading.before = (reading.before + squash(text))[-2 * CONTEXT :]
            if not is_heading:
                reading.sections[-1].append(text)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _mark(kid: Any, element: Any) -> tuple[Any, int] | None:
    """The page and mark that a kid points to."""
    if isinstance(kid, pikepdf.Dictionary):
        if kid.get("/Type") == "/MCR":
            return kid.get("/Pg", element.get("/Pg")).objgen, int(kid["/MCID"])
        return None
    return (element["/Pg"].objgen, int(kid)) if "/Pg" in element else None


def _marked(mark: tuple[Any, int], reading: _Reading) -> str:
    page = reading.pages.get(mark[0])
    return "" if page is None else reading.texts[page].get(mark[1], "")


def _texts_of(element: Any, reading: _Reading, skip: frozenset[str]) -> Iterator[str]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid["/S"]) not in skip and str(kid.get("/T", "")) != SOURCE_PAGE:
                yield from _texts_of(kid, reading, skip)
        elif (mark := _mark(kid, element)) is not None:
            yield _marked(mark, reading)


def _text(element: Any, reading: _Reading) -> str:
    """An element's text without the calls and notes in it."""
    return "".join(_texts_of(element, reading, frozenset({"/Reference", "/Note"})))


def _read_call(element: Any, reading: _Reading) -> None:
    label = "".join(_texts_of(element, reading, frozenset())).strip()
    target = next(iter(_targets(element)), "")
    reading.calls.append(_Note(label, target, reading.place, reading.before))


def _targets(element: Any) -> Iterator[str]:
    """The names of the places that the links in an element lead to."""
    for kid in _kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            continue
        if kid.get("/Type") == "/OBJR":
            yield str(kid["/Obj"].get("/Dest", ""))
        elif "/S" in kid:
            yield from _targets(kid)


def _read_note(element: Any, reading: _Reading) -> None:
    """Keeps a note's text under its ID; the link back to its call is its label."""
    number = str(element.get("/ID", "")).rstrip("+").removeprefix("note-")
    reading.bodies.setdefault(number, []).extend(_body(element, number, reading))


def _body(element: Any, number: str, reading: _Reading) -> Iterator[str]:
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.get("/T", "")) == SOURCE_PAGE or str(kid["/S"]) == "/Lbl":
                continue
            is_link = str(kid["/S"]) == "/Link"
            if is_link and number not in reading.labels and set(_targets(kid)) <= {f"c{number}"}:
                reading.labels[number] = "".join(_texts_of(kid, reading, frozenset())).strip()
                continue
            if str(kid.get("/T", "")) == MISSING:
                reading.missing.add(number)
            yield from _body(kid, number, reading)
        elif (mark := _mark(kid, element)) is not None:
            yield _marked(mark, reading)


def _in_order(calls: list[_Note]) -> list[_Note]:
    """The calls in the order of their notes' numbers, where links tell them all.

    Two texts side by side go on together from page to page: there the tree is not in the order of either.
    """
    numbers = [int(target) for call in calls if (target := call.target.removeprefix("n")).isdecimal()]
    if sorted(numbers) != list(range(1, len(calls) + 1)):
        return calls
    return [call for _, call in sorted(zip(numbers, calls, strict=True), key=lambda pair: pair[0])]


def _notes(reading: _Reading) -> Iterator[NoteFact]:
    for number, call in enumerate(_in_order(reading.calls), 1):
        key = call.target.removeprefix("n") or str(number)  # without links: by order
        text = "".join(reading.bodies.get(key, []))
        label = reading.labels.get(key, "")
        if label != call.label:  # the body answers to another name than the call: that must show
            text = f"{label} {text}"
        yield NoteFact(number, call.label, text.strip(), call.place, key in reading.missing, call.before)


def page_labels(pdf: pikepdf.Pdf) -> list[str]:
    """What each page is called, by the catalogue's page labels (ISO 32000-1, 12.4.2)."""
    return [page.label for page in pdf.pages]
