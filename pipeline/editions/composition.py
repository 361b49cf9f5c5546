"""A composed edition: the parts of the neutral HTML tree that PDF and e-book are made from, and the texts of its elements."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

BOTH = " ‖ "  # between the two texts of a heading where it stands on one line


@dataclass(frozen=True)
class NoteHtml:
    """A note: ``number`` runs through the book (its identity), ``label`` is what a reader sees."""

    number: int
    label: str
    chapter: int  # index in Composition.chapters; -1 on the title page
    body: etree._Element  # a <div> with the note's blocks
    missing: bool


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    level: int
    id: str
    text: str
    chapter: int


@dataclass(frozen=True)
class Chapter:
    """A chapter: ``element`` is a <section> that begins with the h1 (none in a text before the first)."""

    id: str
    title: str
    element: etree._Element


@dataclass(frozen=True)
class Translation:
    """What the title page says in another language: <div>s by key as in ``Composition.front``, no notes."""

    lang: str
    parts: dict[str, list[etree._Element]]


@dataclass(frozen=True)
class Composition:
    """An edition as HTML. ``front`` holds <div>s by key (``ast.FRONT_KEYS``)."""

    front: dict[str, list[etree._Element]]
    chapters: list[Chapter]
    notes: list[NoteHtml]
    contents: list[Entry]
    translations: list[Translation] = field(default_factory=list)


def append_list(line: etree._Element, items: Iterable[etree._Element], separator: str = "") -> None:
    """Puts what the items hold at the end of a line, the separator between them; the items are left empty.

    An item's one paragraph gives what it holds; the white space around an item is Pandoc's.

    >>> import lxml.html
    >>> line, items = lxml.html.fragment_fromstring("<p>Of: </p>"), lxml.html.fragments_fromstring("<i>a</i><i>b<b>c</b></i>")
    >>> append_list(line, items, ", ")
    >>> etree.tostring(line, encoding="unicode")
    '<p>Of: a, b<b>c</b></p>'
    """
    for number, item in enumerate(items):
        inner = item[0] if len(item) == 1 and item[0].tag == "p" else item
        text = (separator if number else "") + (inner.text or "").lstrip()
        if len(line):
            line[-1].tail = (line[-1].tail or "") + text
        else:
            line.text = (line.text or "") + text
        line.extend(list(inner))
        _strip_end(line)


def _strip_end(line: etree._Element) -> None:
    if len(line):
        line[-1].tail = (line[-1].tail or "").rstrip()
    else:
        line.text = (line.text or "").rstrip()


def text_of(element: etree._Element) -> str:
    """The text of an element without its notes and their calls."""
    parts = [element.text or ""]
    for child in element:
        if child.get("class") not in ("call", "note"):
            parts.append(text_of(child))
        follower = child.getnext()
        if child.tag == "br" and follower is not None and follower.get("class") == "side-b":
            parts.append(BOTH)  # a heading in two languages
            continue
        parts.append(child.tail or "")
    text = "".join(parts).strip()
    one, _, two = text.partition(BOTH)
    return one if one == two.strip() else text
