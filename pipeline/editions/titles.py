"""Where a title that is too long for one line turns, and which titles are set apart: in print and on the cover.

Comes in: a title's text and a line's room in characters. Goes out: places in the text.
"""

from __future__ import annotations

import math
import unicodedata
from itertools import pairwise

from pipeline.editions.composition import BOTH
from pipeline.editions.marks import CLOSING, NOT_AT_END, NOT_AT_START, OPENING, PAUSING, is_han

DASHES = "—―⸺"
LAST, FIRST = "的", "與与和及"  # what a line may well end with, and begin with
STRONG, NEAR, WEAK = 0.0, 1.0, 6.0  # what a place costs, in characters off the middle


def is_pair(title: str) -> bool:
    """Whether a heading is two Han characters, which Chinese books set apart.

    >>> is_pair("結論"), is_pair("目次表"), is_pair("a論")
    (True, False, False)
    """
    return len(title) == 2 and all(is_han(char) for char in title)


def width(text: str) -> float:
    """The width of a text in characters, about: letters and digits take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def turns(title: str, room: float) -> list[int]:
    """Where the lines of a title begin that is wider than ``room`` characters, the first left out.

    A line turns after a colon and before a dash, with which a subtitle begins (GB/T 15834-2011, 4.10.3); what is still too
    wide is shared out evenly, best at a mark.

    >>> turns("經緯與丈尺：清代前期輿圖測繪的三種尺度", 15), turns("經緯與丈尺——清代前期輿圖測繪的三種尺度", 15)
    ([6], [5])
    >>> turns("短題", 15)
    []
    """
    if room <= 0 or width(title) <= room:
        return []
    if BOTH in title:  # two languages: the second begins a line
        return [title.index(BOTH) + len(BOTH)]
    out = [0, *(at for at in range(2, len(title) - 1) if _begins_part(title, at))]
    parts = [title[a:b] for a, b in pairwise([*out, len(title)])]
    return sorted(
        {at for start, part in zip(out, parts, strict=True) for at in (start, *_shared(part, start, room))}
        - {0}
    )


def may_part_a_word(title: str, at: int) -> bool:
    """Whether nothing says that a word ends before ``at``: no mark, no blank, none of the small words.

    >>> may_part_a_word("古琴與律學的轉折", 4), may_part_a_word("古琴與律學的轉折", 6)
    (True, False)
    """
    return not _begins_part(title, at) and _cost(title[at - 1], title[at]) == WEAK


def _begins_part(title: str, at: int) -> bool:
    """Whether what stands behind a colon, or begins with a dash of two squares, begins at ``at``."""
    if title[at - 1] in DASHES:
        return False
    return title[at + 1] in DASHES if title[at] in DASHES else title[at - 1] in "：:"


def _shared(part: str, start: int, room: float) -> list[int]:
    """Where the lines of a part begin, all about equally wide; ``start`` is where the part begins."""
    lines = math.ceil(width(part) / room - 1e-9)
    places = [_best(part, width(part) / lines * line, room) for line in range(1, lines)]
    return [start + at for at in places if at is not None]


def _best(title: str, wanted: float, room: float) -> int | None:
    """The place nearest to ``wanted`` characters at which a line may turn."""
    best: tuple[float, int] | None = None
    at_width = 0.0
    for at, char in enumerate(title):
        if at and abs(at_width - wanted) < room / 4 and _may_turn(title[at - 1], char):
            cost = abs(at_width - wanted) + _cost(title[at - 1], char)
            best = min(best, (cost, at)) if best else (cost, at)
        at_width += width(char)
    return best[1] if best else None


def _may_turn(before: str, after: str) -> bool:
    if after in NOT_AT_START or before in NOT_AT_END or after.isspace():
        return False
    return before.isspace() or is_han(before) or is_han(after) or before in CLOSING or before in PAUSING


def _cost(before: str, after: str) -> float:
    if before in PAUSING or before in CLOSING or before.isspace() or after in OPENING:
        return STRONG
    return NEAR if before in LAST or after in FIRST else WEAK
