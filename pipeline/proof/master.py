"""What the editions must say: the facts of the document they were all made from.

Comes in: the document of one script and how its notes are numbered. Goes out: ``EditionFacts``, found by a walk
over Pandoc's tree that shares nothing with the writers (promise 4: proof does not trust them).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.proof.facts import ANY, CONTEXT, EditionFacts, HeadingFact, NoteFact, squash
from pipeline.settings import NoteSettings


@dataclass(frozen=True)
class _Chapter:
    """A level-1 heading begins a chapter."""

    title: str


@dataclass(frozen=True)
class _End:
    """The end of a block: what stands before a call does not reach over it."""


@dataclass(frozen=True)
class _Gap:
    """A picture or a rule: formats set it each in its own way, if at all."""


END, GAP = _End(), _Gap()


def read_facts(doc: pf.Doc, settings: NoteSettings) -> EditionFacts:
    """The notes and headings of a document as its editions must show them.

    Labels are left empty where only a format knows them (numbering by page).
    """
    numbers = {id(note): number for number, note in enumerate(ast.notes(doc), 1)}
    labels = _Labels(settings)
    notes: list[NoteFact] = []
    place, before = "", ""
    for token in _tokens_of(doc):
        match token:
            case str():
                before = (before + squash(token))[-2 * CONTEXT :]
            case _Chapter():
                place, before = token.title, ""
                labels.open_chapter()
            case pf.Note():
                if id(token) in numbers:
                    label = labels.next()
                    missing = ast.is_missing(token)
                    fact = NoteFact(numbers[id(token)], label, text_of(token), place, missing, before)
                    notes.append(fact)
            case _:
                before = ""
    return EditionFacts(
        notes=notes,
        headings=_headings(doc),
        title=ast.meta_text(doc, "title"),
        authors=ast.meta_texts(doc, "author"),
        lang=ast.meta_text(doc, "lang"),
        sections=_sections(doc),
    )


class _Labels:
    """The labels of notes in order: through the book or anew in each chapter, Arabic or circled."""

    def __init__(self, settings: NoteSettings) -> None:
        self._settings, self._count, self.chapter = settings, 0, 0

    def open_chapter(self) -> None:
        """A chapter begins."""
        self.chapter += 1
        if self._settings.numbering != "book":
            self._count = 0

    def next(self) -> str:
        """The next note's label."""
        self._count += 1
        if self._settings.numbering == "page":
            return ""
        return circled(self._count) if self._settings.style == "circled" else str(self._count)


def circled(number: int) -> str:
    """A number in a circle, where Unicode has it (to 50).

    >>> circled(1), circled(21), circled(50), circled(51)
    ('①', '㉑', '㊿', '51')
    """
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def text_of(note: pf.Note) -> str:
    """A note's text: its blocks joined, without anything but words; ``ANY`` where formats differ."""
    parts = [token if isinstance(token, str) else " " for block in note.content for token in _tokens(block)]
    return "".join(parts).strip()


def _headings(doc: pf.Doc) -> list[HeadingFact]:
    return [
        HeadingFact(token.level, _words(token)) for token in _all(doc.content) if isinstance(token, pf.Header)
    ]


def _sections(doc: pf.Doc) -> list[str]:
    """The text before the first heading and behind each."""
    found: list[list[str]] = [[]]
    is_heading = False
    for token in _all(doc.content):
        match token:
            case pf.Header():
                found.append([])
                is_heading = True
            case _End():
                is_heading = False
            case str() if not is_heading:
                found[-1].append(token)
            case _Gap():
                found[-1].append(ANY)
    return ["".join(section) for section in found]


def _words(element: Any) -> str:
    """The words of an element, without calls."""
    return "".join(token for token in _all(element.content) if isinstance(token, str)).strip()


def _tokens_of(doc: pf.Doc) -> Iterator[Any]:
    """The title page, then the text; a text before the first heading is a chapter without a title."""
    for key in ast.FRONT_KEYS:
        if (value := doc.metadata.content.get(key)) is not None:
            yield from _tokens(value)
            yield END
    for number, block in enumerate(doc.content):
        is_opener = isinstance(block, pf.Header) and block.level == 1
        if is_opener or not number:
            yield _Chapter(_words(block) if is_opener else "")
        yield from _tokens(block)
        yield END


def _tokens(element: Any) -> Iterator[Any]:
    """The texts and notes of an element in reading order; a heading itself before what it says."""
    match element:
        case None | pf.RawInline() | pf.RawBlock():
            return
        case pf.Image() | pf.HorizontalRule():
            yield GAP
        case pf.Header() if element.level <= 6 and _words(element):
            yield element
            yield from _all(element.content)
        case str():
            yield element
        case pf.Note():
            yield element
        case pf.Math():
            yield ANY
        case pf.Str() | pf.Code() | pf.CodeBlock() | pf.MetaString():
            yield element.text
        case pf.Space() | pf.SoftBreak() | pf.LineBreak():
            yield " "
        case pf.Quoted():
            marks = "“”" if element.quote_type == "DoubleQuote" else "‘’"
            yield marks[0]
            yield from _all(element.content)
            yield marks[1]
        case pf.Table():
            yield from _all([element.caption, element.head, *element.content, element.foot])
        case pf.TableBody():
            yield from _all([*element.head, *element.content])
        case pf.Figure():
            yield from _all([*element.content, element.caption])
        case pf.DefinitionItem():
            yield from _all([element.term, *element.definitions])
        case _:
            yield from _all(getattr(element, "content", None) or ())


def _all(elements: Any) -> Iterator[Any]:
    for element in elements:
        if isinstance(element, list | tuple | pf.ListContainer):
            yield from _all(element)
            yield END
            continue
        yield from _tokens(element)
        if isinstance(element, pf.Block | pf.TableCell | pf.Caption | pf.Definition | pf.MetaValue):
            yield END
