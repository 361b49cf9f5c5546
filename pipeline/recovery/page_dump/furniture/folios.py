"""Page numbers: on lines of their own, in Roman numerals, between dots or dashes; which page has which.

Comes in: a layout, and lines that could tell a number. Goes out: those that do, as ``Head``, and the numbers of the pages.
Refused: a number that does not go on where the pages before it stopped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import LONG_HEAD, ROMAN, head_length, roman_value

_DASHES = "-–—－"
_DECOR = "．·•‧・-–—－"
_DECORATED = re.compile(
    r"[．·•‧・\-–—－](?:(?<=[．·•‧・])\s*([0-9]{1,4})\s*[．·•‧・]|(?<=[-–—－])\s+?([0-9]{1,4})\s+?[-–—－])"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A running head or page number: the line's index, how much of it, and the number it tells."""

    index: int
    length: int  # of the line's text, from its start; all of it when it is a line of its own
    number: int
    rule: str
    why: str


def lone_numbers(
    layout: Layout, lone: list[tuple[int, int, int]], gone: dict[int, tuple[str, str]]
) -> list[Head]:
    """Lone numbers at page edges that keep step with the pages, or stand behind a watermark."""
    steps = Counter(number - page for page, _, number in lone)
    usual, support = steps.most_common(1)[0] if steps else (0, 0)
    out = []
    last = -1
    chain = _chain(lone)
    if len(chain) >= max(4, 1.3 * support) and not any(i - 1 in gone or i + 1 in gone for _, i, _ in lone):
        return [Head(i, len(layout.lines[i].text), n, "L4", "a page number") for i, n in chain]
    for page, i, number in lone:
        beside = (i - 1 in gone or i + 1 in gone) and not _ends_a_sentence(layout, i)
        steady = support > 1 and abs(number - page - usual) <= (0 if not beside else 6)
        if number > last and (steady or beside or _is_named(layout, page, i)):
            out.append(Head(i, len(layout.lines[i].text), number, "L4", "a page number"))
            last = number
    return out


def _is_named(layout: Layout, page: int, i: int) -> bool:
    """Whether a line says «第 12 頁», and no citation that the line above began."""
    text, (first, _, _) = layout.lines[i].text, layout.pages[page]
    apart = i == first or is_closed(layout.lines[i - 1].text)
    return text[0] == "第" and text[-1] in "頁页" and apart and not _ends_a_sentence(layout, i)


def _ends_a_sentence(layout: Layout, i: int) -> bool:
    """Whether a number is the last word of the lines before it: a full stop stands behind it, or a comma before it."""
    text, before = layout.lines[i].text, layout.lines[i - 1].text if i else ""
    return (text[-1] in ".。" and text[0].isdigit()) or before[-1:] in tuple(",，、；;：:（(")


def _chain(lone: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The lone numbers that keep step with the pages where blank pages, counted and not in the dump, fall out."""
    best: dict[int, tuple[float, int]] = {}  # number minus page → (score, step of the chain)
    steps: list[tuple[int, int, int]] = []  # (line, number, step before)
    at = 0
    while at < len(lone):
        end = at
        while end < len(lone) and lone[end][0] == lone[at][0]:
            end += 1
        found = []
        for page, i, number in lone[at:end]:
            offset = number - page
            before = [
                (best[offset - k][0] - 0.5 * k, best[offset - k][1]) for k in range(3) if offset - k in best
            ]
            score, step = max(before, default=(0.0, -1))
            found.append((offset, score + 1, len(steps)))
            steps.append((i, number, step))
        for offset, score, step in found:
            best[offset] = max(best.get(offset, (0.0, -1)), (score, step))
        at = end
    out = []
    step = max(best.values())[1] if best else -1
    while step >= 0:
        i, number, step = steps[step]
        out.append((i, number))
    return out[::-1]


def roman_numbers(layout: Layout, edges: Iterable[tuple[int, int]]) -> list[Head]:
    """Roman numbers alone at the edges of pages, in step with them: the folios of what comes before. ``edges``: pages and lines."""
    found = []
    for number, i in sorted(set(edges)):
        if match := ROMAN.fullmatch(layout.lines[i].text):
            framed = match[1] != layout.lines[i].text
            found.append((roman_value(match[1].lower()) - number, i, framed))
    steps = Counter(step for step, _, _ in found)
    told = {i for step, i, framed in found if framed or steps[step] > 1}
    told |= set(_framed(layout))
    return [Head(i, len(layout.lines[i].text), -1, "L4", "a page number") for i in sorted(told)]


def _framed(layout: Layout) -> list[int]:
    """Lines anywhere that are a Roman number between dashes, more than one of them and rising."""
    framed = [
        (i, roman_value(match[1].lower()))
        for i, line in enumerate(layout.lines)
        if line.text[0] in _DASHES and line.text[-1] in _DASHES and (match := ROMAN.fullmatch(line.text))
    ]
    rising = all(b > a for (_, a), (_, b) in pairwise(framed))
    return [i for i, _ in framed] if rising and len(framed) > 1 else []


def decorated_numbers(layout: Layout) -> list[Head]:
    """Short lines with a page number between dots or dashes: `．155．`."""
    out = []
    for i, line in enumerate(layout.lines):
        if line.text[0] not in _DECOR and line.text[-1] not in _DECOR:
            continue
        match = _DECORATED.search(line.text) if head_length(line.text) <= LONG_HEAD else None
        if match and (match.start() == 0 or match.end() == len(line.text)):
            number = int(match[1] or match[2])
            out.append(Head(i, len(line.text), number, "L3", "a running head with its page number"))
    if len(out) == 1 and out[0].index not in {i for p in layout.pages for i in (p.first, p.last - 1)}:
        return []
    rising = [head for k, head in enumerate(out) if not k or head.number > out[k - 1].number]
    return rising if len(rising) == len(out) else []


def told_numbers(layout: Layout, heads: Sequence[Head]) -> dict[int, int]:
    """The numbers that heads tell, by the page's place among the pages."""
    firsts = [page.first for page in layout.pages]
    out: dict[int, int] = {}
    for head in heads:
        if head.number >= 0:
            out.setdefault(bisect_right(firsts, head.index) - 1, head.number)
    return out


def number_pages(layout: Layout, told: dict[int, int]) -> Layout:
    """Numbers for the pages: those told, and those between and around them where the count is steady."""
    numbers = dict(told)
    places = sorted(told)
    for a, b in pairwise(places):
        if told[b] - told[a] == b - a:
            numbers.update({k: told[a] + k - a for k in range(a, b)})
    if len(places) > 1 and len({told[k] - k for k in places}) == 1:
        step = told[places[0]] - places[0]
        numbers.update({k: k + step for k in range(len(layout.pages)) if k + step > 0})
    pages = tuple(p._replace(number=str(numbers.get(k, ""))) for k, p in enumerate(layout.pages))
    return replace(layout, pages=pages)
