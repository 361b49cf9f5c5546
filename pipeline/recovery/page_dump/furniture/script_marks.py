"""Marks that a script put between the pages of a dump: ``--- Page 3 ---``, ``<!-- page 3/24 -->``, ``【第3頁】``.

Comes in: a layout. Goes out: the lines of the marks. A script may tell a page twice (``<!-- Page 3 -->`` above ``## Page 3``), below
a rule. Refused: marks that do not count on one by one, and bare ones (``第 3 頁``): these were printed at the foot or head of their page.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.page_signs import number_in_comment, number_in_mark
from pipeline.recovery.page_dump.pages.layout import Layout, Line

_COMMENT = re.compile(r"<!--(?P<inner>[^<>]*)-->")
_AS_BRACKETS = str.maketrans("<(（>)）", "[[[]]]")  # what stands in these, too, where it counts on
_BEGINS = frozenset("<{-=*~_─—#[【(（")
_RULE = re.compile(r"[-=*]{3,}")
LEAST = 2  # marks
LONGEST = 60  # characters of one


def find_marks(layout: Layout) -> list[list[int]]:
    """The lines that are marks between pages, those of each page together; empty where they do not count on."""
    pages: list[list[int]] = []
    numbers: list[int] = []
    for i, line in enumerate(layout.lines):
        if (number := _number(line)) < 0:
            continue
        if pages and number == numbers[-1] and pages[-1][-1] == i - 1:
            pages[-1].append(i)
            continue
        is_ruled = i > 0 and _RULE.fullmatch(layout.lines[i - 1].text) is not None
        pages.append([i - 1, i] if is_ruled else [i])
        numbers.append(number)
    counts = len(pages) >= LEAST and all(b == a + 1 for a, b in pairwise(numbers))
    return pages if counts else []


def _number(line: Line) -> int:
    text = line.text
    if text[0] not in _BEGINS or len(text) > LONGEST:
        return -1
    comment = _COMMENT.fullmatch(text)
    if comment is not None:
        return int(number_in_comment(comment["inner"]) or -1)
    return int(number_in_mark(text) or number_in_mark(text.translate(_AS_BRACKETS)) or -1)
