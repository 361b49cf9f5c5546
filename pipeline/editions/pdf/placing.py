"""What stands where in a laid-out document: page labels, the places at which pages begin, notes per page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pipeline.editions.labels import label
from pipeline.editions.pages import FRONT, PageStart, flow_text
from pipeline.editions.pdf.lines.set_line import SetLine, is_call
from pipeline.editions.pdf.notes.placed import PlacedNote

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
MATTER = {
    "half-title": "title",
    "title-page": "title",
    "contents": "contents",
    "front-abstract": "abstract",
    "translation": "translation",
    "colophon": "colophon",
}
_CHAPTER = re.compile("ch([0-9]+)")  # the id of a chapter's section
TEXT_PAGE = "text"  # the page name of the sheet with which Arabic numbers begin


def roman(number: int) -> str:
    """A number in small roman numerals.

    >>> roman(14)
    'xiv'
    """
    out = ""
    for value, letters in ROMAN:
        count, number = divmod(number, value)
        out += letters * count
    return out


def first_text_page(document: Any) -> int:
    """The index of the page with which the text, and Arabic page numbers, begin."""
    for index, page in enumerate(document.pages):
        if page._page_box.page_type.name == TEXT_PAGE:
            return index
    return 0


def page_labels(document: Any) -> list[str]:
    """What each page is called: roman before the text, Arabic from its first page on."""
    first = first_text_page(document)
    return [
        roman(index + 1) if index < first else str(index - first + 1) for index in range(len(document.pages))
    ]


def page_starts(document: Any) -> list[PageStart]:
    """Where each page begins: in the text, or in the matter before and behind it; a blank page as the one before."""
    names = page_labels(document)
    out: list[PageStart] = []
    chapter, offset = FRONT, 0
    heads: set[int] = set()
    matter = ""
    for index, page in enumerate(document.pages):
        parts = list(chapter_parts(page._page_box))
        if parts and parts[0][0] != chapter:
            chapter, offset = parts[0][0], 0
        begins_in = _first_matter(page._page_box)
        matter = matter if begins_in is None else begins_in
        out.append(PageStart(names[index], chapter, offset, matter))
        for number, box in parts:
            if number != chapter:
                chapter, offset = number, 0
            offset += sum(len(flow_text(text)) for text in own_texts(box, heads))
    return out


def _first_matter(box: Any) -> str | None:
    """What a page begins in: a matter of ``MATTER``, the text (""), or nothing (a blank page)."""
    if _chapter_of(box) >= 0:
        return ""
    is_part = box.element is not None and box.element_tag in ("section", "nav")
    if is_part and (matter := MATTER.get(box.element.get("class", ""))):
        return matter
    for child in getattr(box, "children", ()):
        if (found := _first_matter(child)) is not None:
            return found
    return None


def _chapter_of(box: Any) -> int:
    """The index of the chapter that a box holds or goes on with; -1 where it is no chapter's."""
    if box.element is None or box.element_tag != "section":
        return -1
    match = _CHAPTER.fullmatch(box.element.get("id", ""))
    return int(match[1]) - 1 if match else -1


def chapter_parts(box: Any) -> Iterator[tuple[int, Any]]:
    """The parts of chapters on a page: a chapter's index and its box."""
    if (chapter := _chapter_of(box)) >= 0:
        yield chapter, box
        return
    for child in getattr(box, "children", ()):
        yield from chapter_parts(child)


def own_texts(box: Any, heads: set[int]) -> Iterator[str]:
    """A box's texts as the document has them: no calls, no list numbers, no hyphens, a table's head once."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        layout = getattr(box, "pango_layout", None)
        hyphen = layout.hyphen if isinstance(layout, SetLine) else ""
        yield box.text.removesuffix(hyphen) if hyphen else box.text
        return
    if is_call(box) or box.element_tag.endswith(("::marker", "::before", "::after")):
        return
    if box.element is not None and box.element.get("class") == "left-out":
        return
    if getattr(box, "is_header", False):
        if id(box.element) in heads:
            return
        heads.add(id(box.element))
    for child in getattr(box, "children", ()):
        yield from own_texts(child, heads)


def labels_by_page(placed: dict[int, PlacedNote], style: str) -> dict[int, str]:
    """The notes' labels when every page counts anew (每页单独排序)."""
    out: dict[int, str] = {}
    page, count = -1, 0
    for number in sorted(placed):
        note = placed[number]
        if note.call_page != page:
            page, count = note.call_page, 0
        count += 1
        out[number] = label(count, style)
    return out
