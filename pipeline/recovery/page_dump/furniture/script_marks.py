"""Marks that a script put between the pages of a dump: ``--- Page 3 ---``, ``<!-- page 3/24 -->``, ``【第3頁】``.

Comes in: a layout. Goes out: the lines of the marks. Refused: marks that do not count on one by one, and bare ones (``第 3 頁``):
these were printed at the foot or head of their page.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.recovery.page_dump.pages.layout import Layout, Line

_SIGNS = r"[-=*~_─—#\s]"
_WORDS = (
    r"(?:(?:[Pp]age|PAGE)\s*[:：#]?\s*([0-9]{1,4})(?:\s*(?:of|/)\s*[0-9]{1,4})?|第\s*([0-9]{1,4})\s*[頁页])"
)
_MARK = re.compile(
    rf"<!--\s*{_WORDS}\s*-->|(?:[-=*~_─—]{{2,}}|\#{{1,3}}\s){_SIGNS}*{_WORDS}{_SIGNS}*|[\[【<(（]\s*{_WORDS}\s*[\]】>)）]"
)
_BEGINS = frozenset("<-=*~_─—#[【(（")
LEAST = 2  # marks
LONGEST = 60  # characters of one


def find_marks(layout: Layout) -> list[int]:
    """The lines that are marks between pages; empty where they do not count on."""
    found = [(i, number) for i, line in enumerate(layout.lines) if (number := _number(line)) >= 0]
    counts = len(found) >= LEAST and all(b == a + 1 for (_, a), (_, b) in pairwise(found))
    return [i for i, _ in found] if counts else []


def _number(line: Line) -> int:
    text = line.text
    if text[0] not in _BEGINS or len(text) > LONGEST:
        return -1
    match = _MARK.fullmatch(text)
    return int(next(group for group in match.groups() if group)) if match else -1
