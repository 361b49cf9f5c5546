"""The page numbers of a dump of a few pages: one after the other, or beside the title of the text or its journal's.

Comes in: the folios of a layout. Goes out: those that are its pages'. Refused: the labels of notes, which stand alone, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.recovery.page_dump.furniture.folio_lines import Folio, folios_named
from pipeline.recovery.page_dump.furniture.singles import names_issue
from pipeline.recovery.page_dump.furniture.untold.chains import heaviest_chain
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import (
    APART,
    UNEVEN,
    lone_number,
    numbers_begun,
    numbers_called,
)

_SENTENCE = re.compile("[，。；！？《》〈〉]")  # no head is one, nor cites
EDGE = 2  # a number among the first lines of a dump stands at the heads of its pages
NEAR = 4  # labels of one page differ by no more
FEW = 8  # so many numbers and more tell pages by their count alone


def numbers_in_row(folios: Sequence[Folio], layout: Layout) -> list[Folio]:
    """The numbers of a few pages, one after the other: from the first line on, from right below the first page's at its foot, or up to
    the last line.

    All stand alone or all beside words, which may be others on the left pages than on the right ones.
    """
    end = len(layout.lines)
    named = folios_named(folios, layout)
    likely = _without_headings(folios, named, layout)
    last = max((folio.line for folio in likely), default=0)
    for worded in (True, False):
        # No head stands above the title: the first page may tell its number alone.
        some = [f for f in likely if bool(f.words) is worded or (worded and f.line < EDGE)]
        below = _below_first(some)
        for found, head in (
            (heaviest_chain(some, begin=EDGE - 1), True),
            (heaviest_chain([f for f in some if f.line >= below], begin=below), True),
            (heaviest_chain(some, end=max(last, end - EDGE)), False),
        ):
            if not 2 <= len(found) < FEW or not _are_even(found, end, head):
                continue
            if _may_be_headings(found, folios, named) if worded else _may_be_labels(layout, found):
                continue
            return found
    return []


def _below_first(folios: Sequence[Folio]) -> int:
    """The line of a number right below the one before it, with which the second page begins; -1 where there is none."""
    alone = [folio for folio in folios if not folio.words]
    pairs = (b.line for a, b in pairwise(alone) if (b.line, b.number) == (a.line + 1, a.number + 1))
    return next(pairs, -1)


def _without_headings(folios: Sequence[Folio], named: Sequence[Folio], layout: Layout) -> list[Folio]:
    """The folios without headings: those whose number stands beside the title of the text, too, that a list of contents says as
    well, or that have their first section below them («3 燒成» above «3.1 方法»).
    """
    lines, numbers = {folio.line for folio in named}, {folio.number for folio in named}
    listed = Counter((folio.number, folio.words) for folio in folios if folio.words)

    def may_be_page(folio: Folio) -> bool:
        if listed[folio.number, folio.words] > 1:
            return False
        below = layout.lines[folio.line + 1 : folio.line + 2]
        if any(line.text.startswith(f"{folio.number}.1") for line in below):
            return False
        return folio.line in lines or not (folio.number in numbers or _SENTENCE.search(folio.words))

    return [folio for folio in folios if may_be_page(folio)]


def _may_be_headings(found: Sequence[Folio], folios: Sequence[Folio], named: Sequence[Folio]) -> bool:
    """Whether behind a number alone, which another line has beside words, the numbers of headings count on."""
    first, *others = found
    told = {folio.number for folio in named}
    doubtful = not first.words and not any(folio.number in told for folio in others)
    return doubtful and any(folio.words and folio.number == first.number for folio in folios)


def _are_even(found: Sequence[Folio], end: int, head: bool) -> bool:
    """Whether the numbers stand at the heads of their pages or at their feet, and leave out none, and the pages are about as long."""
    foot = found[-1].line >= end - EDGE
    bounds = [*(folio.line for folio in found), *([end] if head else [])]
    steps = [b - a for a, b in pairwise(bounds if head else [0, *bounds])]
    counting = all(b.number == a.number + 1 for a, b in pairwise(found))
    inner = steps[len(steps) > 2 and not head : -1]  # the last page may be shorter, and that of the title
    return head is not foot and counting and max(steps) <= UNEVEN * min(inner)


def numbers_named(folios: Sequence[Folio], layout: Layout) -> list[Folio]:
    """The numbers of pages behind the first, which has none, beside the title of the text or its journal and issue.

    One number is enough beside the journal and its issue, alone on their line.
    """
    found = folios_named(folios, layout)
    counting = all(b.number == a.number + 1 and b.line - a.line >= APART for a, b in pairwise(found))
    told = len(found) > 1 or any(names_issue(f.words, True) for f in found)
    return found if counting and told else []


def _may_be_labels(layout: Layout, found: Sequence[Folio]) -> bool:
    """Whether the next number stands alone below one, where no page can have ended, or a number is called in the text and begins
    no other line, but those that do are near it: its note's body may stand beside it.
    """
    told = {folio.line for folio in found}
    if any(_is_counted_on(layout, folio) for folio in found):
        return True
    others = [line.text for i, line in enumerate(layout.lines) if i not in told]
    labels = numbers_begun(others)
    called = numbers_called(others) - labels
    return any(
        folio.number in called and (not labels or min(abs(label - folio.number) for label in labels) <= NEAR)
        for folio in found
    )


def _is_counted_on(layout: Layout, folio: Folio) -> bool:
    """Whether the next number stands alone a few lines below a number."""
    below = layout.lines[folio.line + 1 : folio.line + APART + 1]
    return any(lone_number(line.text) == folio.number + 1 for line in below)
