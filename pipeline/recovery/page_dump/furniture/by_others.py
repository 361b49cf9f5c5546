"""Running heads and page numbers that only those of the other pages tell: the next number, alone or beside words that no other page
says; the head of the first page; what two pages say on either side of a head.

Comes in: a layout, and its heads so far. Goes out: further ones. Refused: the next note of a page.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import compress

from pipeline.recovery.page_dump.furniture.folio_lines import beside_words
from pipeline.recovery.page_dump.furniture.folios import Head, told_numbers
from pipeline.recovery.page_dump.furniture.headlines import parted
from pipeline.recovery.page_dump.furniture.singles import REACH, Title, may_be_head
from pipeline.recovery.page_dump.pages.layout import Layout, Page
from pipeline.recovery.page_dump.pages.numbers import LONE, is_called, lone_number, numbers_begun
from pipeline.recovery.wording.headings import heading_mark

TOP = 4  # lines of a page: pdfminer gives the number of a head below a heading


def folios_in_step(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> list[Head]:
    """Numbers at the edges of pages, or alone near their tops, that fit what the heads of the other pages tell.

    ``gone`` are lines that went as something else. A number beside words stands at the edge where the other heads do.
    """
    told = told_numbers(layout, list(heads.values()))
    steps = {number - page for page, number in told.items()}
    if len(told) < 2 or len(steps) > 1:
        return []
    step = steps.pop()
    numbered = {i for i, head in heads.items() if head.number >= 0}
    at_edge = [any(page[:2][k] - k in numbered for page in layout.pages) for k in (0, 1)]
    out = []
    for number, page in enumerate(layout.pages):
        left = [i for i in range(page.first, page.last) if i not in heads and i not in gone]
        wanted = number + step
        if number in told or wanted < 0 or not left:
            continue
        edges = left[0], left[-1]
        apart = (
            i for i in left[1:TOP] if i + 1 < page.last and layout.lines[i].gap and layout.lines[i + 1].gap
        )
        for i in {*edges, *apart} if len(told) > 2 else _sure(layout, page, edges, heads, step):
            if lone_number(layout.lines[i].text) == wanted:
                out.append(Head(i, len(layout.lines[i].text), wanted, "L4", "a page number"))
        for i in compress(edges, at_edge):
            if _is_beside_words(layout, page, i, wanted):
                why = "a running head with its page number"
                out.append(Head(i, len(layout.lines[i].text), wanted, "L3", why))
    return out


def _sure(
    layout: Layout, page: Page, edges: Sequence[int], heads: Container[int], number: int
) -> Iterator[int]:
    """The edges at which two heads tell a number alone: beside another head, and on the first page above all text, where no note
    is called, or at its foot, where its ``number`` is no note's.
    """
    for i in edges:
        above = (line.text for line in layout.lines[:i])
        first = not page.first and (not i or not is_called(number, above))
        if first or i - 1 in heads or i + 1 in heads:
            yield i


def _is_beside_words(layout: Layout, page: Page, i: int, number: int) -> bool:
    """Whether the line tells the page's number beside words, and is not the next note of the page."""
    if beside_words(layout.lines[i].text)[1] != number:
        return False
    above = [layout.lines[k].text for k in range(page.first, i)]
    last = next((begun for text in reversed(above) if (begun := numbers_begun([text]))), set())
    return number - 1 not in last or not is_called(number, above)


def find_first(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> Iterator[Head]:
    """The head of the first page, which says what those of later pages say: at its foot, or above a title that begins so, too."""
    later = {parted(layout.lines[i].text)[0] for i, head in heads.items() if head.rule == "L3"}
    for top in (True, False) if layout.pages else ():
        i = _edge_line(layout, layout.pages[0], gone, top)
        words = parted(layout.lines[i].text)[0] if i >= 0 and i not in heads else ""
        if not words or words not in later:
            continue
        below = Title([line.text for line in layout.lines[i + 1 : i + 1 + REACH]])
        if not top or below.is_said(words, numbered=True):
            yield Head(i, len(layout.lines[i].text), -1, "L3", "a running head")


def find_facing(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> Iterator[Head]:
    """The first or last lines of pages that say the same, where the page between them has a head at that place: of a short text, the left pages."""
    for top in (True, False):
        edges = [_edge_line(layout, page, gone, top) for page in layout.pages]
        for before, between, behind in zip(edges, edges[1:], edges[2:], strict=False):
            if between not in heads or heads[between].rule != "L3" or before in heads or behind in heads:
                continue
            if before < 0 or behind < 0 or layout.lines[before].text != layout.lines[behind].text:
                continue
            said = layout.lines[before].text
            if may_be_head(said) and heading_mark(said) is None:
                for i in (before, behind):
                    yield Head(i, len(said), -1, "L3", "a running head")


def _edge_line(layout: Layout, page: Page, gone: Container[int], top: bool) -> int:
    """The first or last line of a page but for numbers alone; -1 where there is none."""
    lines = range(page.first, page.last) if top else range(page.last - 1, page.first - 1, -1)
    return next((i for i in lines if i not in gone and not LONE.fullmatch(layout.lines[i].text)), -1)
