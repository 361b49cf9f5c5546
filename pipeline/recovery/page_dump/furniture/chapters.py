"""Heads that change with the chapter, and what they keep from the edges of their pages: numbers of pages and of chapters.

Comes in: a layout. Goes out: heads. Refused: numbers beside too few of them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

from pipeline.recovery.page_dump.furniture.folios import Head, lone_numbers
from pipeline.recovery.page_dump.furniture.headlines import find_headlines
from pipeline.recovery.page_dump.furniture.own_lines import edge_lines, lone_lines
from pipeline.recovery.page_dump.pages.layout import Layout

_CHAPTER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")
CHAPTERED = 3  # pages, at least, have the number of their chapter beside their head


def chapter_heads(layout: Layout, gone: dict[int, tuple[str, str]], titles: Container[str]) -> list[Head]:
    """Heads that change with the chapter, where most pages have one; some extractors give them in two pieces."""
    found = find_headlines(layout, gone, titles)
    if found:
        pages = {head.page for head in found}
        pieces = find_headlines(layout, {*gone, *(head.line for head in found)}, titles)
        found += [head for head in pieces if head.page in pages]
    return [
        Head(head.line, len(layout.lines[head.line].text), head.number, "L3", "a running head")
        for head in found
    ]


def hidden_numbers(layout: Layout, gone: dict[int, tuple[str, str]], heads: list[Head]) -> list[Head]:
    """Page numbers alone on their lines that heads without a number keep from the edges of the pages."""
    if len(layout.pages) < 2 or not heads or any(head.number >= 0 for head in heads):
        return []
    beyond = gone | {head.index: (head.rule, head.why) for head in heads}
    return lone_numbers(layout, lone_lines(layout, edge_lines(layout, beyond), beyond), gone)


def chapter_numbers(layout: Layout, heads: Mapping[int, Head], gone: Container[int]) -> list[Head]:
    """Numbers alone on their lines beside most heads in words: the chapters', where the head came out in pieces."""
    worded = {
        i
        for i, head in heads.items()
        if head.rule == "L3" and head.number < 0 and head.length == len(layout.lines[i].text)
    }
    found: dict[int, Head] = {}
    for page in layout.pages:
        for i in worded.intersection(range(page.first, page.last)):
            for beside in (i - 1, i + 1):
                if (
                    page.first <= beside < page.last
                    and beside not in heads
                    and beside not in gone
                    and _CHAPTER.fullmatch(layout.lines[beside].text)
                ):
                    found[beside] = Head(
                        beside, len(layout.lines[beside].text), -1, "L3", "the number of a running head"
                    )
    return list(found.values()) if len(found) >= max(CHAPTERED, len(worded) / 2) else []
