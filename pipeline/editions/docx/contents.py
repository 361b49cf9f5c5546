"""The contents of a Word file: a TOC field, filled with its entries (ISO/IEC 29500-1 §17.16.5.68).

Word fills it anew when asked; other viewers show what is in it, with the pages reckoned in ``pages``. Word is not told to update its fields on
opening: it would greet the editor with a question about «fields that may refer to other files».
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.sections import field
from pipeline.editions.style import Style


@dataclass(frozen=True)
class Entry:
    """A heading: its level, its text without note calls, the bookmark on it, its page where known."""

    level: int
    text: str
    bookmark: str
    page: str = ""


def make_contents(entries: list[Entry], heading: str, style: Style) -> list[etree._Element]:
    """The heading and the field, in the frame that Word knows as a table of contents."""
    w, depth = word.make, style.contents.depth
    shown = [e for e in entries if e.level <= depth]
    title = w("w:p", {}, w("w:pPr", {}, w("w:pStyle", {"w:val": "TOCHeading"})), word.make_run(heading))
    paragraphs = [_paragraph(e) for e in shown]
    if not paragraphs:
        return []
    opening, closing = _fences(f'TOC \\o "1-{depth}" \\h \\z \\u')
    at = 1  # after w:pPr
    for number, run in enumerate(opening):
        paragraphs[0].insert(at + number, run)
    last = w("w:p", {}, w("w:pPr", {}, w("w:pStyle", {"w:val": "TOC1"})), closing)
    gallery = w("w:docPartGallery", {"w:val": "Table of Contents"})
    frame = w(
        "w:sdtPr",
        {},
        w("w:id", {"w:val": "1145141919"}),
        w("w:docPartObj", {}, gallery, w("w:docPartUnique")),
    )
    return [w("w:sdt", {}, frame, w("w:sdtContent", {}, title, *paragraphs, last))]


def _fences(instruction: str) -> tuple[list[etree._Element], etree._Element]:
    runs = field(instruction, "")
    return runs[:3], runs[4]


def _paragraph(entry: Entry) -> etree._Element:
    w = word.make
    properties = w("w:pPr", {}, w("w:pStyle", {"w:val": f"TOC{entry.level}"}))
    page = field(f"PAGEREF {entry.bookmark} \\h", entry.page)
    tab = w("w:r", {}, w("w:tab"))
    link = w(
        "w:hyperlink", {"w:anchor": entry.bookmark, "w:history": "1"}, word.make_run(entry.text), tab, *page
    )
    return w("w:p", {}, properties, link)


def fill_pages(frame: etree._Element, pages: dict[str, int]) -> None:
    """Puts the pages of the headings, by bookmark, into the contents."""
    for link in word.find(frame, ".//w:hyperlink"):
        page = pages.get(word.value(link, "w:anchor"))
        shown = word.find(link, "w:r/w:t")
        if page is not None and len(shown) > 1:
            shown[-1].text = str(page)
