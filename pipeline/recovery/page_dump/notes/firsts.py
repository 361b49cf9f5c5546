"""First lines of notes that came out elsewhere on their page: pdfminer gives them a block of their own, apart from label and rest.

Comes in: a layout without furniture. Goes out: the same with those lines behind their labels. Refused: pages that have not as many
labels alone as lines left over, and dumps that kept the indents of their paragraphs: there the white space says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.notes.numbers import CIRCLED, LONGEST_LABEL, PAIR, number_of
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page

_LABEL = re.compile(rf"[\[［〔【（(]?([0-9]{{1,3}}|{PAIR}|[{CIRCLED}])[\]］〕】)）]?")
INDENTED = 0.02  # of the lines: in a dump without indents no more stand farther in
MORE = 2  # times as many lines as labels, at most, begin with a space: torn lines do so, too
SPACE = 2  # half-widths that stood between a label and its note


def place_firsts(layout: Layout) -> Layout:
    """The layout with the first line of each note behind its label, where they are as many as the labels alone."""
    lines = list(layout.lines)
    begun = sum(0 < line.indent <= SPACE for line in lines)
    deep = sum(line.indent > SPACE for line in lines)
    if not begun or deep > INDENTED * len(lines):
        return layout
    alone = sum(len(line.text) <= LONGEST_LABEL and _LABEL.fullmatch(line.text) is not None for line in lines)
    if begun > MORE * alone + MORE:
        return layout
    for page in layout.pages:
        labels = [i for i in range(page.first, page.last) if _is_alone(lines, i, page)]
        firsts = [i for i in range(page.first, page.last) if _is_left_over(lines, i, page)]
        if (
            labels
            and len(labels) == len(firsts)
            and _count_on(lines, labels)
            and firsts[0] >= _foot(lines, page, labels) - len(firsts)
        ):
            lines[page.first : page.last] = _placed(lines, page, labels, firsts)
    return replace(layout, lines=tuple(lines))


def _is_alone(lines: Sequence[Line], i: int, page: Page) -> bool:
    """Whether a line is a label, and its note's first line with the space between them does not stand below it."""
    if _LABEL.fullmatch(lines[i].text) is None or _is_stacked(lines, i, page):
        return False
    behind = lines[i + 1] if i + 1 < page.last else None
    in_place = behind is not None and 0 < behind.indent <= SPACE and not behind.gap
    return not in_place


def _is_stacked(lines: Sequence[Line], i: int, page: Page) -> bool:
    """Whether it is one of several labels on end, with as many lines that begin with a space behind them: all the notes."""
    first, last = i, i + 1
    while first > page.first and _LABEL.fullmatch(lines[first - 1].text):
        first -= 1
    while last < page.last and _LABEL.fullmatch(lines[last].text):
        last += 1
    end = next((k for k in range(last, page.last) if _LABEL.fullmatch(lines[k].text)), page.last)
    return last - first > 1 and last - first == sum(0 < line.indent <= SPACE for line in lines[last:end])


def _is_left_over(lines: Sequence[Line], i: int, page: Page) -> bool:
    """Whether a line begins with the space behind a label that is not there, and a block or behind another such line."""
    if not 0 < lines[i].indent <= SPACE or lines[i].hidden or _LABEL.match(lines[i].text):
        return False
    begins = (
        not lines[i].tight if any(line.tight for line in lines[page.first : page.last]) else lines[i].gap > 0
    )
    return begins or (i > page.first and _is_left_over(lines, i - 1, page))


def _foot(lines: Sequence[Line], page: Page, labels: Sequence[int]) -> int:
    """The first line with a label at the foot of a page: one of those alone, or the one that counts up to these."""
    at = labels[0]
    for i in reversed(range(page.first, at)):
        if _value(lines[i]) == _value(lines[at]) - 1:
            at = i
    return at


def _value(line: Line) -> int:
    """The number of the label that a line begins with, 0 where there is none."""
    match = _LABEL.match(line.text)
    return number_of(match[1]) if match else 0


def _count_on(lines: Sequence[Line], labels: Sequence[int]) -> bool:
    """Whether the labels rise: a number of the text among them would not."""
    return all(_value(lines[a]) < _value(lines[b]) for a, b in pairwise(labels))


def _placed(lines: Sequence[Line], page: Page, labels: Sequence[int], firsts: Sequence[int]) -> list[Line]:
    first_of = dict(zip(labels, firsts, strict=True))
    moved = set(firsts)
    out = []
    for i in range(page.first, page.last):
        if i not in moved:
            out.append(lines[i])
        if i in first_of:
            out.append(lines[first_of[i]]._replace(indent=0, gap=0, rule=0, tight=lines[i].tight))
    return out
