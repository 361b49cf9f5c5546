"""Dumps that kept no trace of their pages but the page numbers: alone on their lines, or beside a running head.

Comes in: a layout of one page. Goes out: the same with its pages. Refused: numbers that do not count on, that follow each
other too closely, or that stand beside words which the text says nowhere else: numbered headings, entries, notes.
"""

from __future__ import annotations

from pipeline.recovery.page_dump.furniture.folio_lines import folios_of, without_notes
from pipeline.recovery.page_dump.furniture.merged import merged_heads
from pipeline.recovery.page_dump.furniture.untold.counting import numbers_counting
from pipeline.recovery.page_dump.furniture.untold.few_pages import numbers_in_row, numbers_named
from pipeline.recovery.page_dump.furniture.untold.starts import find_starts
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import APART


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
    return layout.split(named or merged_heads(layout))
