"""Dumps that kept no trace of their pages but the page numbers: alone on their lines, or beside a running head.

Comes in: a layout of one page. Goes out: the same with its pages. Refused: numbers that do not count on, that follow each
other too closely, or that stand beside words which the text says nowhere else: numbered headings, entries, notes.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.recovery.page_dump.furniture.folio_lines import folios_of, without_notes
from pipeline.recovery.page_dump.furniture.merged import merged_heads
from pipeline.recovery.page_dump.furniture.untold.counting import numbers_counting
from pipeline.recovery.page_dump.furniture.untold.few_pages import numbers_in_row, numbers_named
from pipeline.recovery.page_dump.furniture.untold.starts import find_starts
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import APART, LEAST, LONG_HEAD, UNEVEN, head_length
from pipeline.recovery.wording.letters import squashed

HEADS = 2  # those of left pages and of right ones
SHORTEST = 15  # lines of a page


def split_untold(layout: Layout) -> Layout:
    """The layout divided by its page numbers, where nothing else divides it."""
    if layout.fed or len(layout.pages) > 1 or len(layout.lines) < 4 * APART:
        return layout
    folios = list(folios_of(layout))
    likely = without_notes(layout, folios)
    found = numbers_counting(folios, likely, layout)
    found = found or max(numbers_in_row(likely, layout), numbers_in_row(folios, layout), key=len)
    if found:
        return layout.split(find_starts(layout, found))
    named = [folio.line for folio in numbers_named(folios, layout)]
    return layout.split(named or merged_heads(layout) or _heads_behind_blanks(layout))


def _heads_behind_blanks(layout: Layout) -> list[int]:
    """The lines behind blank ones, where the dump has no other blank lines, all about as far apart, and the lines say one thing or two
    in turn: the heads of pages that told no numbers, or those of every other page.
    """
    starts = [i for i, line in enumerate(layout.lines) if line.gap]
    steps = [b - a for a, b in pairwise([0, *starts])]
    said = {squashed(layout.lines[i].text) for i in starts}
    if len(starts) < LEAST or min(steps) < SHORTEST or max(steps) > UNEVEN * min(steps):
        return []
    return starts if len(said) <= HEADS and all(head_length(text) <= LONG_HEAD for text in said) else []
