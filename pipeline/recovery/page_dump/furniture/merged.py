"""Running heads that came out on the first line of their page's text, with the page number before or behind them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.recovery.page_dump.furniture.carried import LOST, NEAR, text_measure
from pipeline.recovery.page_dump.furniture.folios import Head
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import APART, HEAD_WORDS, LEAST, SHORT, UNEVEN, YEARS

# A running head with its number, and the text behind it on the same line.
_MERGED = re.compile(r"([0-9]{1,4})\s+(\S.{1,28}?\S)\s+(?=\S)|(\S.{1,28}?\S)\s+([0-9]{1,4})\s+(?=\S)")
LEAST_MERGED = 12  # characters
SEVERAL = 2  # pages
SHORTEST = 3.0  # em; no head is less wide
WHY = "a running head that ran into the page's first line"


def merged_heads(layout: Layout) -> list[int]:
    """Lines that begin with a number, words that come again with it, and then the text: the numbers count on."""
    said: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for i, line in enumerate(layout.lines):
        long = line.text[0].isdigit() or len(line.text) > LEAST_MERGED
        if long and (head := merged_head(line.text)) is not None:
            said[head.words].append((i, head.number))
    return sorted(i for told in said.values() if len(told) >= LEAST and keep_pace(told) for i, _ in told)


class MergedHead(NamedTuple):
    """A running head at the beginning of a line of text: its words, the page number, and where the text begins."""

    words: str
    number: int
    end: int


def merged_head(text: str) -> MergedHead | None:
    """The running head that a line may begin with, its number before or behind it.

    >>> merged_head("30 城市史研究 河道兩岸"), merged_head("30 河道：兩岸 城市")
    (MergedHead(words='城市史研究', number=30, end=9), None)
    """
    head = run_in(text)
    return head if head is not None and HEAD_WORDS.fullmatch(head.words) else None


def run_in(text: str) -> MergedHead | None:
    """A number and whatever words stand apart at the beginning of a line.

    >>> run_in("30 河道：兩岸 城市")
    MergedHead(words='河道：兩岸', number=30, end=9)
    """
    match = _MERGED.match(text)
    if match is None:
        return None
    words, number = (match[2], match[1]) if match[1] else (match[3], match[4])
    return MergedHead(words, int(number), match.end())


def keep_pace(told: Sequence[tuple[int, int]]) -> bool:
    """Whether page numbers (line, number) grow with the lines, a page's worth of them for each."""
    if any(b[1] <= a[1] for a, b in pairwise(told)):
        return False
    paces = [(b[0] - a[0]) / (b[1] - a[1]) for a, b in pairwise(told)]
    usual = median(paces)
    return usual >= APART and all(usual / UNEVEN <= pace <= usual * UNEVEN for pace in paces)


class _Place(NamedTuple):
    """Where a merged head stands: its line, where the text begins in it, the page's number, the page."""

    line: int
    end: int
    number: int
    page: int


def find_merged(layout: Layout) -> list[Head]:
    """Heads at the beginning of a page's first text line: ``30 城市史研究 河道兩岸…``."""
    found: dict[str, list[_Place]] = defaultdict(list)
    firsts = {page.first: k for k, page in enumerate(layout.pages)}
    page = 0
    for i, line in enumerate(layout.lines):
        page = firsts.get(i, page)
        if (i not in firsts and not line.gap) or line.rule:
            continue
        if (head := merged_head(line.text)) is not None:
            found[head.words].append(_Place(i, head.end, head.number, page))
    out: list[Head] = []
    for places in found.values():
        if not _tell_each_other(layout, places):
            places = [place for place in places if _is_too_wide(layout, place)]
        out += [Head(place.line, place.end, place.number, "L3", WHY) for place in places]
    return out


def _tell_each_other(layout: Layout, places: Sequence[_Place]) -> bool:
    """Whether the same words begin several pages, and their numbers count these."""
    if sum(layout.pages[place.page].first == place.line for place in places) < SEVERAL:
        return False
    steady = all(_keeps_step(a, b) for a, b in pairwise(places))
    return steady or (not layout.told and keep_pace([(place.line, place.number) for place in places]))


def _is_too_wide(layout: Layout, place: _Place) -> bool:
    """Whether a line with its head is wider than any below it on its page, and without it as wide as the text.

    In lines of notes so stand years, behind words.
    """
    page = layout.pages[place.page]
    first, *below = layout.lines[place.line : page.last]
    within = place.line > page.first and not first.text[0].isdigit()
    if within or place.number >= YEARS or len(below) < SHORT - 1:
        return False
    if max(line.width for line in below) + SHORTEST > first.width:
        return False
    measure = text_measure([first, *below])
    return abs(first.without_prefix(place.end).width - measure) <= LOST + 2 * NEAR


def _keeps_step(before: _Place, place: _Place) -> bool:
    """Whether its number grows with the pages as that of the place before does (one page may have no trace)."""
    return (
        place.number > before.number and abs((place.number - before.number) - (place.page - before.page)) <= 1
    )
