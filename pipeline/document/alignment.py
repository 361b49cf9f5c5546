"""Which blocks of two texts belong together, where one has more than the other.

Comes in: two rows of items with their kind, length and notes. Goes out: pairs in order; what has no partner
stands alone. The cheapest row of pairs wins (Gale and Church 1993: lengths of a text and its translation agree).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# costs: two blocks alone cost more than any likely pair
ALONE, UNLIKE, OTHER_NOTES = 1.5, 2.0, 0.7
SHORT = 10  # characters that make the lengths of short blocks matter less


@dataclass(frozen=True)
class Item:
    """A block, or a section with its heading first, as the alignment sees it."""

    blocks: tuple[Any, ...]
    kind: tuple[str, int]
    size: int  # characters
    notes: int


def align(left: list[Item], right: list[Item], ratio: float) -> Iterator[tuple[Item | None, Item | None]]:
    """The cheapest pairs in order. Where kinds agree one by one, nothing is asked further."""
    if [item.kind for item in left] == [item.kind for item in right]:
        yield from zip(left, right, strict=True)
        return
    costs = [[ALONE * (i + j) for j in range(len(right) + 1)] for i in range(len(left) + 1)]
    for i, a in enumerate(left, 1):
        for j, b in enumerate(right, 1):
            alone = min(costs[i - 1][j], costs[i][j - 1]) + ALONE
            costs[i][j] = min(costs[i - 1][j - 1] + _difference(a, b, ratio), alone)
    pairs: list[tuple[Item | None, Item | None]] = []
    i, j = len(left), len(right)
    while i or j:
        if i and j and costs[i][j] == costs[i - 1][j - 1] + _difference(left[i - 1], right[j - 1], ratio):
            i, j = i - 1, j - 1
            pairs.append((left[i], right[j]))
        elif j and costs[i][j] == costs[i][j - 1] + ALONE:
            j -= 1
            pairs.append((None, right[j]))
        else:
            i -= 1
            pairs.append((left[i], None))
    yield from reversed(pairs)


def _difference(a: Item, b: Item, ratio: float) -> float:
    """How unlike two blocks are: in kind, in notes, in length for their languages."""
    if a.kind != b.kind and "Header" in (a.kind[0], b.kind[0]):
        return math.inf
    length = abs(math.log((b.size + SHORT) / (a.size * ratio + SHORT)))
    return length + UNLIKE * (a.kind != b.kind) + OTHER_NOTES * (a.notes != b.notes)
