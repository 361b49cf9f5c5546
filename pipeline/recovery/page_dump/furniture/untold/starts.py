"""Where the pages begin that only their numbers tell: behind the number at a foot, above the words of a head, at a blank line.

Comes in: a layout and the numbers of its pages. Goes out: the lines its pages begin at, those without a number among them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.furniture.folio_lines import NAMES, TITLE, Folio
from pipeline.recovery.page_dump.furniture.untold.chains import pace_of
from pipeline.recovery.page_dump.furniture.untold.few_pages import EDGE
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.page_dump.pages.numbers import (
    HEAD_WORDS,
    LEAST,
    LONGEST,
    ROMAN,
    UNEVEN,
    head_length,
    roman_value,
)
from pipeline.recovery.wording.letters import squashed

PIECES = 3  # lines, at most, make a head that came out in pieces
MOST = 0.7  # of the pages
LONG = 1.5  # so much longer than the usual one is a page that holds two


def find_starts(layout: Layout, found: Sequence[Folio]) -> list[int]:
    """The lines that the pages with the numbers ``found`` begin at, and those between, before and behind them."""
    if heads := _behind_blanks(layout, found):
        return [*heads, *_unnumbered(layout, found, heads)]
    titled = _are_foot_and_head(found)
    found = found[1:] if titled else found
    foot = int(not titled and found[0].line >= EDGE and _ends_pages(layout, found))
    worded = _stand_beside(layout, found, -1)  # the head's words stand above its number
    if foot and found[-1].line + 1 < len(layout.lines) and _stand_beside(layout, found, 1):
        foot += 1  # and of a foot the last words below it
    if worded and not foot:
        found = [folio if not folio.line else replace(folio, line=folio.line - 1) for folio in found]
    few = not foot and len(found) < LEAST  # too few for their heads to come again
    starts = [folio.line + foot - (few and _is_below_words(layout, folio)) for folio in found]
    romans = [i + foot for i in _roman_folios(layout, found[0].line)]
    return [*romans, *starts, *_unnumbered(layout, found, starts)]


def _stand_beside(layout: Layout, found: Sequence[Folio], step: int) -> bool:
    """Whether the same words stand on the line before or behind most of the numbers."""
    beside = (folio.line + step for folio in found)
    said = Counter(layout.lines[i].text for i in beside if 0 <= i < len(layout.lines))
    return max(said.values(), default=0) >= MOST * len(found)


def _ends_pages(layout: Layout, found: Sequence[Folio]) -> bool:
    """Whether numbers of which none begins the text end their pages: blank lines stand behind most and before none of them, or the last
    page has less text behind its number than the first one before its own. Where the first page has no head, the second one tells
    the first number.
    """
    gaps = [[line.gap > 0 for line in layout.lines[folio.line : folio.line + 2]] for folio in found]
    if gaps.count([False, True]) >= MOST * len(found) and not any(before for before, *_ in gaps):
        return True
    return len(layout.lines) - found[-1].line <= min(found[0].line, pace_of(found) / 2)


def _are_foot_and_head(found: Sequence[Folio]) -> bool:
    """Whether the second number stands right below the first: the page of the title has it at its foot, the others at their heads."""
    return len(found) > 1 and found[1].line - found[0].line == 1 == found[1].number - found[0].number


def _is_below_words(layout: Layout, folio: Folio) -> bool:
    """Whether a number alone stands below words that are a head, behind the end of the page before."""
    if folio.words or folio.line < 2:
        return False
    above, words = (layout.lines[folio.line - k].text for k in (2, 1))
    short = head_length(words) <= LONGEST and HEAD_WORDS.fullmatch(words)
    return bool(short) and is_closed(above)


def _behind_blanks(layout: Layout, found: Sequence[Folio]) -> list[int]:
    """The lines behind blank ones that the pages' heads begin with, the number last; none where most do not show so."""
    lines = layout.lines
    begins = []
    for folio in found:
        above = range(folio.line, max(folio.line - PIECES, -1), -1)
        ends = folio.line + 1 < len(lines) and lines[folio.line + 1].gap > 0
        begin = next((i for i in above if lines[i].gap or not i), folio.line)
        begins.append(-1 if ends or begin == folio.line else begin)
    if sum(begin >= 0 for begin in begins) < MOST * len(found):
        return []
    return [folio.line if begin < 0 else begin for folio, begin in zip(found, begins, strict=True)]


def _roman_folios(layout: Layout, end: int) -> list[int]:
    """The lines before line ``end`` that are Roman numbers and count on: the pages before the first chapter."""
    out: list[int] = []
    value = 0
    for i, line in enumerate(layout.lines[:end]):
        match = ROMAN.fullmatch(line.text) if len(line.text) <= LONGEST else None
        number = roman_value(match[1].lower()) if match else 0
        if number and (number == value + 1 or (not out and number <= EDGE + 1)):
            out.append(i)
            value = number
    return out if len(out) > 1 else []


def _unnumbered(layout: Layout, found: Sequence[Folio], starts: Sequence[int]) -> Iterator[int]:
    """Further starts where pages told no number: those that the numbers around them count, else one where a neighbour is too long.

    A first page ends with the name of its journal; others begin with a head that most of them have, or at the blank lines inside, where
    one parts the others, too.
    """
    lines = layout.lines
    inner = [i for i in starts if 0 < i < len(lines)]
    blanks = sum(lines[i].gap > 0 for i in inner) >= 0.8 * len(inner)
    numbers = [0, *(folio.number for folio in found), 0]
    bounds = [0, *starts, len(lines)]
    parts = list(zip(pairwise(bounds), pairwise(numbers), strict=True))
    counted = [(b - a) / (following - n) for (a, b), (n, following) in parts if n and following]
    usual = median(counted or [b - a for (a, b), _ in parts])
    margin = int(usual / UNEVEN)
    long: list[tuple[int, range]] = []
    for (a, b), (n, following) in parts:
        lacking = following - n - 1 if n and following else int(b - a > LONG * usual)
        if lacking > 0:
            long.append((lacking, range(a + margin, b - margin + 1)))
    heads = _said_by_most(lines, [inside for _, inside in long])
    for lacking, inside in long:
        named = [
            i
            for i in inside
            if inside.start == margin and is_masthead(lines[i - 1].text) and not is_masthead(lines[i].text)
        ]
        again = [i for i in inside if lines[i].text in heads]
        parted = [i for i in inside if blanks and lines[i].gap]
        yield from next((ends for ends in (again, named, parted) if len(ends) == lacking), [])


def _said_by_most(lines: Sequence[Line], parts: Sequence[range]) -> set[str]:
    """What most of these parts of the text have one short line of; the title of the text says it, too."""
    said = Counter(text for part in parts for text in {lines[i].text for i in part})
    top = "".join(squashed(line.text) for line in lines[:TITLE])
    said.update([text for text in said if len(text) >= NAMES and squashed(text) in top])
    return {
        text
        for text, times in said.items()
        if times >= max(LEAST, MOST * len(parts)) and head_length(text) <= LONGEST
    }
