"""Pandoc's AST: a master read, walked and asked for its parts.

The document that travels through the rooms is a ``panflute.Doc``. This module holds what several rooms
ask of it; what only one room needs stays there.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import panflute as pf

from pipeline.document.master import MASTER_FORMAT
from pipeline.errors import MasterError, ProgramError
from pipeline.programs import pandoc

# In the order of the title page, which is the order of their notes.
FRONT_KEYS = ("title", "subtitle", "author", "affiliation", "masthead", "abstract", "keywords")


def read_document(master: str, name: str) -> pf.Doc:
    """A master as a document. ``name`` is the file that an error names. Raises ``MasterError``."""
    try:
        return load(drop_controls(pandoc.read(master, MASTER_FORMAT, name)))
    except ProgramError as e:
        raise MasterError(str(e)) from e


# What XML 1.0 has no place for. «&#1;» in Markdown and «"\\x01"» in YAML name such characters.
CONTROLS = re.compile(r"(?<!\\)((?:\\\\)*)(?:\\u00(?:0[0-8be-f]|1[0-9a-f])|\\[bf]|[\ufffe\uffff])", re.I)


def drop_controls(ast: bytes) -> bytes:
    """A document's JSON without the control characters that no edition can hold."""
    json = ast.decode("utf-8")
    while (clean := CONTROLS.sub(r"\1", json)) != json:  # one right behind another is seen the next time
        json = clean
    return json.encode("utf-8")


def drop_empty_headings(doc: pf.Doc) -> None:
    """Takes out headings that say nothing: contents and bookmarks would have lines without words."""
    said = (pf.Str, pf.Image, pf.Math, pf.Code, pf.Note)

    def drop(e: pf.Element, _: pf.Doc | None) -> list[pf.Element] | None:
        if not isinstance(e, pf.Header):
            return None
        found: list[pf.Element] = []
        e.walk(lambda one, _: found.append(one) if isinstance(one, said) else None)
        return None if found else []

    doc.walk(drop)


def load(ast: bytes) -> pf.Doc:
    """A document from Pandoc's JSON."""
    return pf.load(io.StringIO(ast.decode("utf-8")))


def dump(doc: pf.Doc) -> bytes:
    """A document as Pandoc's JSON."""
    out = io.StringIO()
    pf.dump(doc, out)
    return out.getvalue().encode("utf-8")


def duplicate(element: Any) -> Any:
    """A deep copy that shares nothing with the element."""
    if isinstance(element, pf.Doc):
        return load(dump(element))  # four times as fast as copying objects
    if not isinstance(element, pf.Element):
        return [duplicate(e) for e in element] if isinstance(element, list) else copy.deepcopy(element)
    holder, element.parent = element.parent, None  # or the whole document is copied with it
    try:
        return copy.deepcopy(element)
    finally:
        element.parent = holder


def plain(element: Any) -> str:
    """The visible text of an element: no notes, breaks as spaces."""
    return "".join(_plain(element)).strip()


def _plain(element: Any) -> Iterator[str]:
    match element:
        case None:
            return
        case str():
            yield element
        case pf.Str() | pf.Code() | pf.CodeBlock() | pf.Math():
            yield element.text
        case pf.Space() | pf.SoftBreak() | pf.LineBreak():
            yield " "
        case pf.Note() | pf.RawInline() | pf.RawBlock():
            return
        case pf.MetaString():
            yield element.text
        case pf.MetaBool():
            yield str(element.boolean)
        case pf.Quoted():
            marks = "“”" if element.quote_type == "DoubleQuote" else "‘’"
            yield marks[0]
            yield from (t for child in element.content for t in _plain(child))
            yield marks[1]
        case list() | tuple():
            for child in element:
                yield from _plain(child)
        case _:
            for number, child in enumerate(getattr(element, "content", ())):
                if number and isinstance(child, pf.Block | pf.MetaValue):
                    yield " "
                yield from _plain(child)


def meta_texts(doc: pf.Doc, key: str) -> list[str]:
    """A metadata value as plain texts: none, one, or as many as a list holds."""
    value = doc.metadata.content.get(key)
    if value is None:
        return []
    items = list(value.content) if isinstance(value, pf.MetaList) else [value]
    return [text for text in (plain(item) for item in items) if text]


def meta_text(doc: pf.Doc, key: str) -> str:
    """A metadata value as one plain text; empty where there is none."""
    return "；".join(meta_texts(doc, key))


def notes(doc: pf.Doc) -> list[pf.Note]:
    """All notes in reading order: title page first (``FRONT_KEYS``), then the text.

    This order gives the numbers, in every format.
    """
    found: list[pf.Note] = []
    for key in FRONT_KEYS:
        if (value := doc.metadata.content.get(key)) is not None:
            found.extend(notes_in(value))
    for block in doc.content:
        found.extend(notes_in(block))
    return found


def parts_of(element: Any) -> list[Any]:
    """What an element holds, in the order in which Pandoc's writers meet it."""
    if isinstance(element, pf.Table):
        return [element.caption, element.head, *element.content, element.foot]
    if isinstance(element, pf.TableBody):
        return [*element.head, *element.content]
    if isinstance(element, pf.Figure):
        return [*element.content, element.caption]
    if isinstance(element, pf.DefinitionItem):
        return [*element.term, *element.definitions]
    if isinstance(element, pf.MetaMap):
        return list(element.content.values())
    return list(getattr(element, "content", None) or ())


def notes_in(element: Any) -> Iterator[pf.Note]:
    """The notes in an element, in the order in which Pandoc's writers meet them."""
    if isinstance(element, pf.Note):
        yield element
        return
    if isinstance(element, pf.Image):
        return  # its text is what is read aloud in its place; a figure repeats it as its caption
    for part in parts_of(element):
        yield from notes_in(part)


def is_missing(note: pf.Note) -> bool:
    """Whether the source lacks the note's text: its body is one span of class ``missing``."""
    return any(
        isinstance(inline, pf.Span) and "missing" in inline.classes
        for block in note.content
        for inline in getattr(block, "content", ())
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a document: its heading (none before the first) and its blocks without the heading."""

    heading: pf.Header | None
    blocks: tuple[Any, ...]


def sections(doc: pf.Doc) -> list[Section]:
    """The document cut at its level-1 headings. A text before the first heading is a section of its own."""
    out: list[tuple[pf.Header | None, list[Any]]] = []
    for block in doc.content:
        if isinstance(block, pf.Header) and block.level == 1:
            out.append((block, []))
        elif out:
            out[-1][1].append(block)
        else:
            out.append((None, [block]))
    return [Section(heading, tuple(blocks)) for heading, blocks in out]


CHAPTER = re.compile(r"^(?:第.{1,5}[章編编卷回篇講讲]|卷.{1,3}$|Chapter\b|Part\b)", re.I)
CHAPTER_LENGTH = 6000  # characters; the sections of an article are shorter on the average


def is_book(doc: pf.Doc) -> bool:
    """Whether the level-1 sections are chapters of a book, not sections of an article.

    They are when two of them or half are called chapters (an appendix, a bibliography, an index may stand beside), or
    when they are as long as chapters.
    """
    headed = [s for s in sections(doc) if s.heading is not None]
    if not headed:
        return False
    named = sum(1 for s in headed if CHAPTER.match(plain(s.heading)))
    length = sum(len(plain(block)) for s in headed for block in s.blocks)
    return named >= 2 or 2 * named >= len(headed) or length >= CHAPTER_LENGTH * len(headed)
