"""Numbers that count on from page to page: their chains, and the numbers that a chain passed over.

Comes in: folios. Goes out: some of them, in order. Refused: numbers that follow each other too closely for pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from statistics import median

from pipeline.recovery.page_dump.furniture.folio_lines import Folio
from pipeline.recovery.page_dump.pages.numbers import APART

STEP = 4  # of the pages in a row, at least one tells its number


def heaviest_chain(folios: Sequence[Folio], begin: float = inf, end: int = 0) -> list[Folio]:
    """The heaviest run of numbers that count on, far enough apart; a page without a number costs a little.

    It begins up to line ``begin`` and ends from line ``end`` on.
    """
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)  # number → (weight, index), by line
    before: dict[int, int] = {}
    ends = [(0.0, -1)]
    for k, folio in enumerate(folios):
        options = [(0.0, -1)] if folio.line <= begin else []
        for step in range(1, STEP + 1):
            fitting = [
                (weight - 0.25 * (step - 1), i)
                for weight, i in best[folio.number - step]
                if folio.line - folios[i].line >= APART * step
            ]
            options += [max(fitting)] if fitting else []
        if not options:
            continue
        weight, before[k] = max(options)
        best[folio.number].append((weight + (1.0 if folio.words else 0.7), k))
        ends += best[folio.number][-1:] if folio.line >= end else []
    out: list[Folio] = []
    k = max(ends)[1]
    while k >= 0:
        out.append(folios[k])
        k = before[k]
    return out[::-1]


def longest_chain(folios: Sequence[Folio]) -> list[Folio]:
    """The longest chain of lines that are only a number, each one or two more than the one before.

    Of two equally long ones, that with more of its lines set apart.
    """
    best: dict[int, list[Folio]] = {}
    for folio in folios:
        befores = [best.get(folio.number - step, []) for step in (1, 2)]
        fitting = [before for before in befores if before and folio.line - before[-1].line >= APART]
        chain = [*max(fitting, key=_length, default=[]), folio]
        if _length(chain) > _length(best.get(folio.number, [])):
            best[folio.number] = chain
    return max(best.values(), key=_length, default=[])


def _length(chain: Sequence[Folio]) -> tuple[int, int]:
    return len(chain), sum(folio.apart for folio in chain)


def with_skipped(folios: Sequence[Folio], chain: Sequence[Folio], end: int) -> list[Folio]:
    """The chain with the numbers alone that it passed over, because their pages are short or notes have such numbers,
    and those at its ends; of several the one about a page away from the next.
    """
    out: list[Folio] = []
    pace = pace_of(chain)
    for low, high in pairwise([None, *chain, None]):
        first, last = low.line + 1 if low else -1, high.line if high else end
        if low is None:
            wanted, place = high.number - 1 if high else -1, last - pace
        else:
            wanted, place = low.number + 1, first + pace
        if low is None or high is None or high.number == low.number + 2:
            found = [f for f in folios if f.number == wanted and not f.words and first < f.line < last]
            out += sorted(found, key=lambda f: abs(f.line - place))[:1]
        out += [high] if high else []
    while out:  # further numbers behind it, each about a page further down; the last page may be shorter
        number, place = out[-1].number + 1, out[-1].line + pace
        later = [f for f in folios if f.number == number and not f.words and f.line > out[-1].line]
        near = [f for f in later if abs(f.line - place) < pace / 2 or f.line == end - 1]
        if not near:
            break
        out.append(min(near, key=lambda f: abs(f.line - place)))
    return out


def with_earlier(folios: Sequence[Folio], chain: Sequence[Folio]) -> list[Folio]:
    """The chain with the numbers before it, each about a page further up: the notes of the first pages have such numbers, too."""
    out, pace = list(chain), pace_of(chain)
    while out:
        number, place = out[0].number - 1, out[0].line - pace
        near = [f for f in folios if f.number == number and not f.words and abs(f.line - place) < pace / 2]
        if not near:
            break
        out.insert(0, min(near, key=lambda f: abs(f.line - place)))
    return out


def pace_of(chain: Sequence[Folio]) -> float:
    """How many lines a page has; 0 where there is no second number."""
    return median([(b.line - a.line) / (b.number - a.number) for a, b in pairwise(chain)] or [0.0])
