"""The sections of a Word file: front matter, chapters, translations, colophon; and the contents between them.

Comes in: a body with the marks of the prepared document. Goes out: the same blocks with the contents, filled, and
the ends of sections in the places of the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.contents import Entry, fill_pages, make_contents
from pipeline.editions.docx.document import END_OF_FRONT, MARK, START_OF_BACK
from pipeline.editions.docx.package import FOOTNOTES, STYLES
from pipeline.editions.docx.pages import reckon_pages
from pipeline.editions.docx.sections import Layout, Marginals


@dataclass(frozen=True)
class Words:
    """What the finish says itself: the book's title, the heading of the contents, the colophon's paragraphs."""

    title: str
    contents: str
    colophon: tuple[etree._Element, ...] = ()
    on_verso: bool = False  # the colophon stands behind the title page, where there is one


def lay_sections(body: etree._Element, layout: Layout, entries: list[Entry], words: Words) -> None:
    """The marks of the prepared document become the contents and the ends of sections."""
    settings = layout.settings.page
    front_end, back_start = _take_mark(body, END_OF_FRONT), _take_mark(body, START_OF_BACK)
    on_pages: list[list[etree._Element]] = []  # what stands between the front matter and the text
    is_early = words.on_verso and settings.chapter_break and front_end > 0
    if words.colophon and is_early:
        on_pages.append(list(words.colophon))
    if settings.contents and (contents := make_contents(entries, words.contents, layout.style)):
        on_pages.append(contents)
    for blocks in on_pages:
        if settings.chapter_break and front_end:
            _break_before(next(blocks[0].iter(word.qualified("w:p"))))
        body[front_end:front_end] = blocks
        front_end += len(blocks)
        back_start += len(blocks)
    marginals = Marginals(layout, words.title)
    if settings.chapter_break:
        _section_by_chapter(body, layout, marginals, front_end, back_start)
    else:
        _run_on(body, layout, marginals, front_end, back_start, words.title)
    if words.colophon and not is_early:
        _append_page(body, layout, marginals, words.colophon)


def _append_page(
    body: etree._Element, layout: Layout, marginals: Marginals, blocks: Sequence[etree._Element]
) -> None:
    """A last page: in a book with neither running head nor number; an article stays one section, which no edit can end."""
    if not layout.settings.page.chapter_break:
        for block in blocks:
            body[-1].addprevious(block)
        _break_before(blocks[0])
        return
    sect = body[-1]
    body.remove(sect)
    if len(body):
        _end_section(body[-1], sect)
    body.extend(blocks)
    body.append(layout.section(marginals.of_front(), "nextPage", first=True, start=""))


def fill_contents(body: etree._Element, layout: Layout, entries: list[Entry]) -> None:
    """Puts the pages of the headings, as reckoned, into the contents, where the book has them."""
    frames = word.find(body, "w:sdt")
    if frames:
        package = layout.package
        found = reckon_pages(
            body, package.tree(FOOTNOTES), package.tree(STYLES), layout.geometry, layout.style
        )
        fill_pages(frames[0], {e.bookmark: page for e, page in zip(entries, found, strict=False)})


def _take_mark(body: etree._Element, text: str) -> int:
    """Where a mark of the prepared document stands among the blocks; the mark is taken out."""
    for at, block in enumerate(body):
        if word.style_of(block) == MARK and text_of(block) == text:
            body.remove(block)
            return at
    return len(body)


def _break_before(paragraph: etree._Element) -> None:
    word.put(word.properties(paragraph, "w:pPr"), word.make("w:pageBreakBefore"), word.PPR_ORDER)


def _is_chapter(block: etree._Element) -> bool:
    return word.style_of(block) == "Heading1"


def _section_by_chapter(
    body: etree._Element, layout: Layout, marginals: Marginals, front_end: int, back_start: int
) -> None:
    """A section for the front matter, one for each chapter, one for the translations."""
    blocks = list(body)
    starts = [i for i in range(front_end, back_start) if i == front_end or _is_chapter(blocks[i])]
    if back_start < len(blocks):
        starts.append(back_start)
    kind = "oddPage" if layout.settings.page.recto else "nextPage"
    if not starts:
        body.append(layout.section(marginals.of_front(), "nextPage", first=True, start=""))
        return
    if front_end:
        front = layout.section(marginals.of_front(), "nextPage", first=True, start="roman")
        _end_section(blocks[front_end - 1], front)
    ends = [*starts[1:], len(blocks)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        title = text_of(blocks[start]) if _is_chapter(blocks[start]) else ""
        own = layout.section(
            marginals.of_chapter(title), kind, first=True, start="" if number or not front_end else "1"
        )
        if end == len(blocks):
            body.append(own)
        else:
            _end_section(blocks[end - 1], own)


def _run_on(
    body: etree._Element, layout: Layout, marginals: Marginals, front_end: int, back_start: int, title: str
) -> None:
    """An article: one section, or one a chapter on the same pages where its notes begin anew."""
    blocks = list(body)
    references = marginals.of_chapter(title)
    if layout.settings.notes.numbering == "chapter":
        starts = [i for i in range(front_end, back_start) if i and _is_chapter(blocks[i])]
        if front_end and front_end not in starts:
            starts.insert(0, front_end)
        for number, start in enumerate(starts):
            first = number == 0
            own = layout.section(references if first else [], "continuous", first=first, start="")
            _end_section(blocks[start - 1], own)
        body.append(layout.section([] if starts else references, "continuous", first=not starts, start=""))
    else:
        body.append(layout.section(references, "nextPage", first=True, start=""))
    if back_start < len(blocks) and word.local(blocks[back_start]) == "p":
        _break_before(blocks[back_start])


def _end_section(last: etree._Element, sect: etree._Element) -> None:
    """Ends a section with a block: in its own properties, or in a paragraph after a table."""
    if word.local(last) == "sdt":
        last = word.find(last, "w:sdtContent/w:p")[-1]
    if word.local(last) != "p":
        paragraph = word.make("w:p", {}, word.make("w:pPr", {}, word.make("w:pStyle", {"w:val": "BodyText"})))
        last.addnext(paragraph)
        last = paragraph
    word.put(word.properties(last, "w:pPr"), sect, word.PPR_ORDER)


def text_of(paragraph: etree._Element) -> str:
    """A paragraph's words; tabs and line breaks are spaces."""
    parts = {"tab": " ", "br": " "}
    return "".join(
        (e.text or "") if word.local(e) == "t" else parts.get(word.local(e), "") for e in paragraph.iter()
    ).strip()
