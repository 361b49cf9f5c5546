"""Where pages begin in a text set side by side: a pair that breaks goes on on both sides at once.

Comes in: a laid-out document. Goes out: its page starts as places in the text, in which the whole left side of a
pair stands before the right one. A right-hand facing page begins with the first text of the right side on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.editions.pages import FRONT, PageStart, flow_text
from pipeline.editions.pdf.placing import chapter_parts, own_texts, page_starts

# The side's element (0: none), whether it is a right side, its length on the page.
Run = tuple[int, bool, int]


def parallel_starts(document: Any) -> tuple[list[PageStart], list[PageStart]]:
    """The starts of the document's pages, and those of their right sides."""
    heads: set[int] = set()
    runs = [
        {number: list(_runs(box, heads)) for number, box in chapter_parts(page._page_box)}
        for page in document.pages
    ]
    begins = _begins(runs)
    done: dict[tuple[int, int], int] = {}
    loose: dict[int, int] = {}
    lefts, rights = [], []
    for start, page in zip(page_starts(document), runs, strict=True):
        own = page.get(start.chapter, []) if start.chapter != FRONT else []
        places = list(_places(own, start.chapter, begins, done, loose))
        left = places[0][0] if places else start.offset
        lefts.append(replace(start, offset=left))
        rights.append(replace(start, offset=next((at for at, is_right in places if is_right), left)))
        for number, others in page.items():
            if number != start.chapter:
                list(_places(others, number, begins, done, loose))
    return lefts, rights


def _places(
    runs: list[Run],
    chapter: int,
    begins: dict[tuple[int, int], int],
    done: dict[tuple[int, int], int],
    loose: dict[int, int],
) -> Iterator[tuple[int, bool]]:
    """The place in the chapter's text at which each run of a page begins."""
    for element, is_right, length in runs:
        key = (chapter, element)
        if not element:  # outside of the pairs: known by its number in the chapter
            loose[chapter] = loose.get(chapter, 0) + 1
            key = (chapter, -loose[chapter])
        yield begins[key] + done.get(key, 0), is_right
        done[key] = done.get(key, 0) + length


def _begins(pages: list[dict[int, list[Run]]]) -> dict[tuple[int, int], int]:
    """The place in its chapter at which each side begins, and each text outside of them (-1, -2 …)."""
    lengths: dict[int, dict[int, int]] = {}
    for page in pages:
        for chapter, runs in page.items():
            known = lengths.setdefault(chapter, {})
            for element, _, length in runs:
                key = element or -1 - sum(1 for k in known if k < 0)
                known[key] = known.get(key, 0) + length
    out = {}
    for chapter, known in lengths.items():
        at = 0
        for key, length in known.items():  # in the order in which they first appear, which is the text's
            out[chapter, key] = at
            at += length
    return out


def _runs(box: Any, heads: set[int]) -> Iterator[Run]:
    """The texts of a box by the side they stand on."""
    classes = (box.element.get("class") or "").split() if box.element is not None else []
    if "side" in classes:
        if length := _length(box, heads):  # the shorter side's cell is there to the end, empty
            yield id(box.element), "side-b" in classes, length
    elif any(_has_side(child) for child in getattr(box, "children", ())):
        for child in box.children:
            yield from _runs(child, heads)
    elif length := _length(box, heads):
        yield 0, False, length


def _has_side(box: Any) -> bool:
    classes = (box.element.get("class") or "").split() if box.element is not None else []
    return "side" in classes or any(map(_has_side, getattr(box, "children", ())))


def _length(box: Any, heads: set[int]) -> int:
    return sum(len(flow_text(text)) for text in own_texts(box, heads))
