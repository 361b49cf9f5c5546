"""Which lines at the feet of pages say the same and are no running heads, for they are the last notes of their pages («2 Ibid.»)?

Comes in: a layout and the lines that may be heads. Goes out: those of them that are notes. Refused: a number that the page calls by chance:
most of the lines that say the same are called where they stand, and not in step with the pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from pipeline.recovery.notes.numbers import label_number
from pipeline.recovery.page_dump.pages.layout import Layout, Page
from pipeline.recovery.page_dump.pages.numbers import is_called, lone_number, numbers_begun

_LABELS = "0123456789 []［］〔〕【】()（）.．"  # what stands around a note's words
MOST = 0.5  # of the lines that say the same are called


def last_notes(layout: Layout, heads: Iterable[int]) -> set[int]:
    """The lines among ``heads`` that are called above on their pages, and those that say the same."""
    page_of = {i: n for n, page in enumerate(layout.pages) for i in range(page.first, page.last)}
    said: defaultdict[str, list[int]] = defaultdict(list)
    for i in heads:
        if lone_number(layout.lines[i].text) < 0:
            said[layout.lines[i].text.strip(_LABELS)].append(i)
    out: set[int] = set()
    for lines in said.values():
        numbers = [
            (_called_number(layout, layout.pages[page_of[i]], i), page_of[i]) for i in lines if i in page_of
        ]
        called = [(number, page) for number, page in numbers if number]
        steps = Counter(number - page for number, page in called)
        # In step with the pages it is a page's number before its head.
        steady = len(called) > 1 and max(steps.values()) > MOST * len(lines)
        if len(called) > MOST * len(lines) and not steady:
            out.update(lines)
    return out


def _called_number(layout: Layout, page: Page, i: int) -> int:
    """The number that a line begins with, or that stands alone above it, where the page calls it; 0 otherwise."""
    above = [line.text for line in layout.lines[page.first : i]]
    if not above:
        return 0
    labels = numbers_begun([layout.lines[i].text]) or {label_number(above[-1])} - {0}
    return next((number for number in labels if is_called(number, above)), 0)
