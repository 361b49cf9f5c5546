"""Page markers: where the printed pages begin, or the source's own (EPUB Accessibility 1.1 §2.2.3, page navigation).

Comes in: the chapters' elements, with calls still as ``<a class="call">``. Goes out: the same elements with
an empty ``span`` of type ``pagebreak`` at each place, and the marks in order, for the page list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.editions.epub.xhtml import element, unwrap
from pipeline.editions.pages import FRONT, PageStart, flow_text

END = 1 << 60  # an offset behind every text


@dataclass(frozen=True, slots=True)
class PageMark:
    """A page marker in the book: its id, the page's label, the number of the part it stands in."""

    id: str
    label: str
    part: int


def mark_printed(parts: Sequence[etree._Element], starts: Sequence[tuple[int, int, str]]) -> list[PageMark]:
    """Puts a marker at each (part's number, offset in its flow text, label); the marks in reading order."""
    marks: list[PageMark] = []
    places: dict[int, list[tuple[int, etree._Element]]] = {}
    for number, (part, offset, label) in enumerate(sorted(starts, key=lambda start: start[:2]), 1):
        marks.append(PageMark(f"p{number}", label, part))
        places.setdefault(part, []).append((offset, _marker(marks[-1])))
    for part, own in places.items():
        _insert(parts[part], own)
    return marks


def place_start(start: PageStart, order: Sequence[int | str]) -> tuple[int, int]:
    """The number of the part and the offset at which a printed page begins.

    ``order`` names the parts: chapters by their index, others by their matter. A page of what the e-book has
    no part for (a half title) goes to the nearest part before.
    """
    if start.matter:
        if start.matter in order:
            return order.index(start.matter), 0
        return (0, 0) if start.chapter == FRONT else (_nearest(start.chapter, order), END)
    if start.chapter in order:
        return order.index(start.chapter), start.offset
    return (0, 0) if start.chapter == FRONT else (_nearest(start.chapter, order), END)


def _nearest(chapter: int, order: Sequence[int | str]) -> int:
    """The part of this chapter, or the last before it."""
    return max((n for n, key in enumerate(order) if isinstance(key, int) and key <= chapter), default=0)


def mark_source(parts: Sequence[etree._Element]) -> list[PageMark]:
    """Turns the source's page starts (``<span class="page" data-n="155">``) into markers."""
    marks: list[PageMark] = []
    for index, part in enumerate(parts):
        for span in list(part.iter("span")):
            if (label := span.get("data-n")) and "page" in (span.get("class") or "").split():
                mark = PageMark(f"p{len(marks) + 1}", label, index)
                marker = _marker(mark)
                span.attrib.clear()
                for name, value in marker.attrib.items():
                    span.set(str(name), str(value))
                marks.append(mark)
    return marks


def drop_source(parts: Sequence[etree._Element]) -> None:
    """Takes the source's page starts out: the page list follows something else, or there is none."""
    for part in parts:
        for span in list(part.iter("span")):
            if span.get("data-n") and "page" in (span.get("class") or "").split() and not len(span):
                unwrap(span)


def _marker(mark: PageMark) -> etree._Element:
    return element(
        "span", id=mark.id, kind="pagebreak", role="doc-pagebreak", aria_label=mark.label, class_="pagebreak"
    )


def _insert(part: etree._Element, places: Sequence[tuple[int, etree._Element]]) -> None:
    """Puts each element before the character of the part's flow text that its number counts."""
    runs = list(_runs(part))
    starts, at = [], 0
    for run in runs:
        starts.append(at)
        at += len(flow_text(run.text))
    end = len(part)
    for offset, marker in sorted(places, key=lambda place: place[0])[::-1]:  # so that earlier runs stay true
        if offset >= at:
            part.insert(end, marker)
            continue
        index = bisect_right(starts, max(0, offset)) - 1
        position = _position(runs[index].text, offset - starts[index])
        _split(runs[index], position, marker)
        runs[index] = replace(runs[index], text=runs[index].text[:position])


@dataclass(frozen=True, slots=True)
class _Run:
    """A text in the tree: an element's own text, or the text behind it."""

    element: etree._Element
    is_tail: bool
    text: str


def _runs(part: etree._Element) -> Iterator[_Run]:
    """The texts of a part in reading order, without those of note calls."""
    if part.text:
        yield _Run(part, False, part.text)
    for child in part:
        if isinstance(child.tag, str) and child.get("class") != "call":
            yield from _runs(child)
        if child.tail:
            yield _Run(child, True, child.tail)


def _position(text: str, count: int) -> int:
    """The index in ``text`` of its ``count``-th counting character (from 0)."""
    for index, character in enumerate(text):
        if flow_text(character):
            if not count:
                return index
            count -= 1
    return len(text)


def _split(run: _Run, position: int, marker: etree._Element) -> None:
    """Puts the marker into the run before the character at ``position``."""
    marker.tail = run.text[position:]
    if run.is_tail:
        run.element.tail = run.text[:position]
        parent = run.element.getparent()
        assert parent is not None  # a text behind an element lies in one
        parent.insert(parent.index(run.element) + 1, marker)
    else:
        run.element.text = run.text[:position]
        run.element.insert(0, marker)
