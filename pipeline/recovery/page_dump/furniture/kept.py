"""Heads of a dump that lost most of them: a page that begins behind empty lines has kept its own, before the text or run into it.

Comes in: a layout, and its heads so far. Goes out: further ones, also where only one page has any. Refused: first lines of such pages
that are headings or sentences, and numbers that do not grow with the pages.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.page_dump.furniture.carried import text_measure
from pipeline.recovery.page_dump.furniture.edges import FULL, PAST_CHAPTERS
from pipeline.recovery.page_dump.furniture.folio_lines import beside_words
from pipeline.recovery.page_dump.furniture.folios import Head, told_numbers
from pipeline.recovery.page_dump.furniture.merged import WHY, MergedHead, run_in
from pipeline.recovery.page_dump.furniture.singles import may_be_head
from pipeline.recovery.page_dump.pages.layout import Layout, Page
from pipeline.recovery.page_dump.pages.numbers import HEAD_WORDS, LONGEST, YEARS, lone_number
from pipeline.recovery.wording.headings import heading_mark

_SENTENCE = re.compile("[。，；！？]")
_UNITS = ("年", "月", "日")
FAST = 2  # numbers for each page, at most: a page may have left no trace


def find_kept(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> list[Head]:
    """The heads that pages behind empty lines begin with; none where their numbers do not grow with the pages."""
    found = list(_found(layout, heads, gone))
    told = sorted(told_numbers(layout, [*heads.values(), *found]).items())
    steady = all(0 < b[1] - a[1] <= FAST * (b[0] - a[0]) for a, b in pairwise(told))
    return found if steady else []


def _found(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> Iterator[Head]:
    for page in layout.pages:
        i = next((i for i in range(page.first, page.last) if i not in gone), page.last)
        if i == page.last or i in heads or not (layout.lines[page.first].parted or _is_sure(layout, i, page)):
            continue
        text = layout.lines[i].text
        whole = Head(i, len(text), lone_number(text), "L4", "a page number")
        if whole.number >= 0:
            yield whole
        elif may_be_head(text) and (number := beside_words(text)[1]) >= 0:
            yield replace(whole, number=number, rule="L3", why="a running head with its page number")
        elif HEAD_WORDS.fullmatch(text) and len(text) <= LONGEST and heading_mark(text) is None:
            yield replace(whole, rule="L3", why="a running head")
        elif (head := run_in(text)) is not None and _is_head(head, text):
            yield replace(whole, length=head.end, number=head.number, rule="L3", why=WHY)


def _is_head(head: MergedHead, text: str) -> bool:
    """Whether what stands apart at the beginning of a line may be a head, its marks too, and no sentence, year or day."""
    is_date = text.startswith(_UNITS, head.end)
    return head.number < YEARS and _SENTENCE.search(head.words) is None and not is_date


def _is_sure(layout: Layout, i: int, page: Page) -> bool:
    """Whether the first line of a page that left another trace is a head all the same: a number in its dress, or words and a number
    that no heading has, right above a full line of text, where rows of a table have others below.
    """
    text = layout.lines[i].text
    if layout.fed or not (layout.told and layout.spread and page.first) or i + 1 >= page.last:
        return False
    words, number = beside_words(text)
    named = HEAD_WORDS.fullmatch(words) is not None and heading_mark(words) is None
    sure = named and (number >= PAST_CHAPTERS or not text[0].isdigit())
    dressed = lone_number(text) >= 0 and not text.isdigit()
    if not (sure or dressed):
        return False
    return layout.lines[i + 1].width >= FULL * text_measure(layout.lines[page.first : page.last])
