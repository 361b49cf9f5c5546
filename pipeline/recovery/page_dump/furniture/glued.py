"""Heads and feet on the lines of the page before or behind: the pages were put together without a line's end.

Comes in: a layout without form feeds. Goes out: the same with those heads on lines of their own, each at the
beginning of its page. Refused: words that no page number follows, and numbers that do not count on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.page_dump.furniture.untold.few_pages import EDGE
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.numbers import lone_number
from pipeline.recovery.wording.marks import PAUSES, QUOTE_ENDS, STOPS

LEAST = 3  # pages, two of them with their heads behind a line of the page before
SHORTEST, LONGEST = 4, 40  # characters of a head
_FOOT = re.compile("第\\s?([0-9]{1,4})\\s?[頁页][，,、/\\s]{0,2}共\\s{0,2}[0-9]{1,4}\\s{0,2}[頁页]")
_ENDS = re.compile(f"[{STOPS}{PAUSES}{QUOTE_ENDS}]")  # a sentence's, and no head's
_WORDS = re.compile("[\u3400-\u9fff]{2}")
SHARE = 0.6  # of the page numbers stand below the head


def part_glued(layout: Layout) -> Layout:
    """The layout with a line and a page for each head that ran behind the line before it."""
    if layout.fed:
        return layout
    layout = _part_feet(layout)
    numbered = [
        (i, number) for i, line in enumerate(layout.lines) if i and (number := lone_number(line.text)) > 0
    ]
    if len(numbered) < LEAST:
        return layout
    head = _head_above(layout.lines, [i for i, _ in numbered])
    places = [(i - 1, number) for i, number in numbered if layout.lines[i - 1].text.endswith(head)]
    glued = [i for i, _ in places if len(layout.lines[i].text) > len(head)]
    if not head or len(places) < SHARE * len(numbered) or any(b <= a for (_, a), (_, b) in pairwise(places)):
        return layout
    if len(glued) < LEAST - 1:  # heads on lines of their own are told later
        return layout
    return _parted(layout, {i for i, _ in places}, len(head))


def _part_feet(layout: Layout) -> Layout:
    """The layout with lines of their own for «第 5 頁，共 11 頁» before a page's head or behind its last line."""
    found = [
        (i, match)
        for i, line in enumerate(layout.lines)
        if "共" in line.text and (match := _FOOT.search(line.text))
        if match.start() == 0 or match.end() == len(line.text)
    ]
    if len(found) < LEAST - 1 or any(int(b[1]) != int(a[1]) + 1 for (_, a), (_, b) in pairwise(found)):
        return layout
    feet = found[0][0] >= EDGE
    lines: list[Line] = []
    starts = [0]
    marks = dict(found)
    for i, line in enumerate(layout.lines):
        match = marks.get(i)
        if match is None:
            lines.append(line)
            continue
        before, behind = match.start(), len(line.text) - match.end()
        if before:
            lines.append(line.without_suffix(len(line.text) - before)._replace(after=line.start + before))
        starts.append(len(lines) + feet)
        foot = line.without_prefix(before) if before else line
        lines.append(foot.without_suffix(behind)._replace(after=line.end - behind) if behind else foot)
        if behind:
            lines.append(line.without_prefix(match.end())._replace(gap=0, indent=0))
    bounds = sorted({0, *(start for start in starts if start < len(lines))})
    pages = tuple(Page(a, b) for a, b in pairwise([*bounds, len(lines)]))
    return replace(layout, lines=tuple(lines), pages=pages, told=True)


def _head_above(lines: Sequence[Line], numbered: Sequence[int]) -> str:
    """The longest words that most of the lines above the page numbers end with; empty where there are none."""
    tails = Counter(lines[i - 1].text[-SHORTEST:] for i in numbered)
    tail, count = tails.most_common(1)[0]
    if count < LEAST:
        return ""
    texts = [text for i in numbered if (text := lines[i - 1].text).endswith(tail)]
    size = min(map(len, texts))
    while size > SHORTEST and len({text[-size:] for text in texts}) > 1:
        size -= 1
    # The words are a line of their own: a mark inside them is the head's.
    alone = size == min(map(len, texts)) and not _ENDS.match(tail[-1])
    head = texts[0][-size:] if alone else _ENDS.split(texts[0][-size:])[-1].lstrip()
    return head if SHORTEST <= len(head) <= LONGEST and _WORDS.search(head) else ""


def _parted(layout: Layout, heads: set[int], length: int) -> Layout:
    lines: list[Line] = []
    starts = [0]
    for i, line in enumerate(layout.lines):
        if i in heads and len(line.text) > length:
            lines.append(line.without_suffix(length)._replace(after=line.end - length, trailing=False))
            line = line.without_prefix(len(line.text) - length)._replace(gap=0, indent=0)
        if i in heads and lines:
            starts.append(len(lines))
        lines.append(line)
    pages = tuple(Page(a, b) for a, b in pairwise([*starts, len(lines)]))
    return replace(layout, lines=tuple(lines), pages=pages, told=True)
