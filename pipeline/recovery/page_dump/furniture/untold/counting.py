"""The page numbers of a dump of many pages: the heaviest chain of numbers that count on, alone or beside words that come again.

Comes in: the folios of a layout. Goes out: those that are its pages', in order. Refused: numbered headings, labels at a foot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from pipeline.recovery.page_dump.furniture.folio_lines import Folio, folios_named
from pipeline.recovery.page_dump.furniture.untold.chains import (
    heaviest_chain,
    longest_chain,
    pace_of,
    with_earlier,
    with_skipped,
)
from pipeline.recovery.page_dump.furniture.untold.few_pages import FEW
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import APART, LEAST, LONG_HEAD, UNEVEN, head_length
from pipeline.recovery.wording.letters import squashed

EVEN = 0.7  # of the pages


def numbers_counting(folios: Sequence[Folio], likely: Sequence[Folio], layout: Layout) -> list[Folio]:
    """Those of the ``likely`` ones that count on as pages do, and of all that are left, what stands in their gaps."""
    end = len(layout.lines)
    found = with_skipped(folios, _beside_heads(likely, layout), end)
    alone = with_earlier(folios, longest_chain([folio for folio in likely if not folio.words]))
    if len(found) < LEAST or len(found) <= len(alone):
        found = with_skipped(folios, alone, end) if len(alone) >= LEAST else []
    return [] if found and _stand_low(found) else found


def _beside_heads(folios: Sequence[Folio], layout: Layout) -> list[Folio]:
    """The lines of a number and words that come again, where the numbers count on from page to page."""
    said = Counter(squashed(line.text) for line in layout.lines if head_length(line.text) <= LONG_HEAD)
    said.update(folio.words for folio in folios)
    named = {folio.line for folio in folios_named(folios, layout)}
    chain = heaviest_chain([f for f in folios if not f.words or said[f.words] > 1 or f.line in named])
    if len({folio.words for folio in chain} - {""}) == len(chain) and len(chain) > LEAST:
        return []  # every page with words of its own: numbered headings, and the list of them
    usual = pace_of(chain)
    steps = [(b.line - a.line) / (b.number - a.number) for a, b in pairwise(chain)]
    even = sum(usual / UNEVEN <= step <= usual * UNEVEN for step in steps)
    return chain if steps and even >= EVEN * len(steps) else []


def _stand_low(found: Sequence[Folio]) -> bool:
    """Whether numbers stand closer together than those of pages, or a few of them much closer than the first to the beginning:
    labels at a page's foot.
    """
    usual = median([b.line - a.line for a, b in pairwise(found)] or [inf])
    return usual < APART or (len(found) < FEW and found[0].line > UNEVEN * usual)
