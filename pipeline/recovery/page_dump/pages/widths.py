"""How wide text is set: in em, full-width characters counting one, all others half.

Comes in: texts, and the widths of lines. Goes out: widths, and how often whole ones occur. Refused: nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import ceil, floor
from typing import NamedTuple

from pipeline.han import OPENING
from pipeline.recovery.characters.codepoints import high_bytes

# Half-width by design: everything before Hangul Jamo (Latin, Greek, Cyrillic) is set proportionally. By high bytes:
_NARROW = bytes(high < 0x11 for high in range(0x100))
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")  # of two units in UTF-16, both of them wide

_WORD_AT_START = re.compile("[\x21-\x7e\u00a1-\u052f]+")
LEAST = 3  # fewer lines may be wider by chance
FULL = 2.5  # em short of the measure: a shorter line may end a paragraph, and has room for a call
BELOW = 0.3  # of the first lines, at least, have a full line below them
_OPENING = f"{OPENING}(["
_UNIT = re.compile(
    f"[{re.escape(_OPENING)}]*[^，。、；：？！）」』》〉】〕”’][，。、；：？！）」』》〉】〕”’]*"
)


def width_of(text: str) -> float:
    """Width in em: full-width characters count one, all others half.

    >>> width_of("共1958年")
    4.0
    """
    if text.isascii():
        return len(text) / 2
    return len(text) - high_bytes(text).translate(_NARROW).count(1) / 2


def narrow_of(text: str) -> bytes:
    """For each character of a text, 1 where it is half-width: so the widths of its parts are counted much faster."""
    narrow = high_bytes(text).translate(_NARROW)
    return narrow if len(narrow) == len(text) else narrow_of(_ASTRAL.sub("\u4e00", text))


@lru_cache(maxsize=1 << 10)
def whole(width: float) -> tuple[int, ...]:
    """A width in whole em. A half counts for both sides: ``round`` makes 35.5 and 36.5 both to 36, a false measure.

    >>> whole(35.25), whole(35.5)
    ((35,), (35, 36))
    """
    low, high = ceil(width - 0.5), floor(width + 0.5)
    return (low,) if low == high else (low, high)


def whole_widths(widths: Iterable[float]) -> Counter[int]:
    """How often widths in whole em occur; those that come first stand first."""
    out: Counter[int] = Counter()
    for width, count in Counter(widths).items():
        for em in whole(width):
            out[em] = out.get(em, 0) + count
    return out


def set_in(counts: Mapping[int, int]) -> tuple[int, int, int]:
    """The width, between its neighbours, that most of the text is set in: rows of a table may be more, but hold less.

    >>> set_in({9: 40, 34: 3, 35: 20})
    (34, 35, 36)
    """
    around = {w: n + counts.get(w - 1, 0) + counts.get(w + 1, 0) for w, n in counts.items()}
    top = max(around, key=lambda w: (around[w] * w, w))
    return top - 1, top, top + 1


def usual_width(widths: Iterable[float]) -> float:
    """The commonest width of full lines in em; 0 where there is none."""
    counts = whole_widths(widths)
    return float(max(set_in(counts), key=lambda w: (counts.get(w, 0), w))) if counts else 0.0


class Evenness(NamedTuple):
    """How wide a text is set: how many lines are as wide, or narrower by an indent that was lost; most of them are of one width."""

    lines: int
    width: float
    most: int


def evenness(widths: Sequence[float]) -> Evenness:
    """How wide the lines of these widths are set.

    Of short paragraphs most full lines are first ones, whose indent was lost: the width is that of those below them.

    >>> evenness([34.0] * 30 + [35.0] * 3 + [36.0] * 12)[:2], evenness([34.0] * 30 + [35.0] * 14 + [36.0] * 12)[:2]
    ((42, 36.0), (30, 34.0))
    """
    counts = whole_widths([w for w in widths if w > 8])
    if not counts:
        return Evenness(0, 0.0, 0)
    near = set_in(counts)
    most = max(counts.get(w, 0) for w in near)
    best = max(w for w in near if counts.get(w, 0) >= 0.6 * most)
    if counts.get(best + 2, 0) >= max(LEAST, BELOW * most, counts.get(best + 1, 0) + 1):
        best += 2
    return Evenness(counts.get(best, 0) + counts.get(best - 2, 0), float(best), most)


@lru_cache(maxsize=1 << 12)
def excuse(text: str) -> float:
    """How many em a full line may be short because this text begins the next one: a word or number is not divided.

    An opening mark does not end a line, a closing one does not begin one but takes the character before it along
    (CLREQ, line breaking).

    >>> excuse("1958 年"), excuse("「橋」"), excuse("橋頭")
    (2.0, 2.0, 0.0)
    """
    opening = len(text) - len(text.lstrip(_OPENING))
    word = _WORD_AT_START.match(text, opening)
    if word:
        return min(10.0, opening + len(word[0]) / 2)
    unit = _UNIT.match(text)
    return min(3.0, unit.end() - 1.0) if unit else 0.0
