"""How deep headings and items stand.

Comes in: the article's drafts, the source. Goes out: a number for each draft. Refused: gaps. Where an export uses ``##``
and ``####`` alone, they are the first and second level.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.document.manuscript import BlockKind
from pipeline.recovery.markdown.drafts import Draft, item_levels

_END_OF_LIST = re.compile(r"(?m)^<!-- end list -->")  # Pandoc's, between two lists that touch
_RULE = re.compile(r"\n-{3,}[ \t]*(?=\n)")


def depths(drafts: Sequence[Draft], source: str) -> list[int]:
    """The level of each heading from 1, of each item from 0; 0 for all else."""
    ranks = sorted({d.level for d in drafts if d.kind is BlockKind.HEADING})
    ends = sorted(m.start() for pattern in (_END_OF_LIST, _RULE) for m in pattern.finditer(source))
    items = _item_levels(drafts, ends)
    return [
        ranks.index(draft.level) + 1 if draft.kind is BlockKind.HEADING else item
        for draft, item in zip(drafts, items, strict=True)
    ]


def _item_levels(drafts: Sequence[Draft], ends: Sequence[int]) -> Iterator[int]:
    """How deep each item stands in its own list; the list ends where the export says so."""
    for _, own in groupby(drafts, lambda d: bisect_right(ends, _start(d))):
        yield from item_levels(list(own))


def _start(draft: Draft) -> int:
    cells = [cell for row in draft.rows for cell in row]
    return next((p.span.start for text in (*draft.parts, *cells) for p in text.pieces), 0)
