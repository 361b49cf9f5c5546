"""Entries that count inside the text: 1. … ； 2. … 。, （一）… （二）…, (a) … (b) …, 第一條　…, or begin with a bullet, each a paragraph of its own.

Comes in: the text lines. Goes out: the lines that begin an entry. Refused: a number that none counts
on from, one in the middle of a sentence, notes' calls, a bullet that stands once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from pipeline.recovery.page_dump.text.profile import Flow
from pipeline.recovery.wording.entries import ARTICLE, SPOKEN, entry_of
from pipeline.recovery.wording.marks import CLOSERS

_BULLETS = frozenset("•●○◆◇■□▪➢-–")
_DASHES = frozenset("-–")  # these may part words, too
BEFORE = CLOSERS + "；;：:"  # what an entry can stand behind
_BOXES = "□☐"  # to tick: an entry behind a line of them, too
REACH = 16  # no entry has more lines
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}(?=\s?年)")
ROOM = 4.0  # em short of the measure: the next words had room, also in a quotation, which is set narrower
YEARS, YEAR_REACH = 4, 6  # so many entries with rising years, none of more lines, are a chronology


def find_counted(flows: Sequence[Flow], fixed: Collection[int], measure: float) -> set[int]:
    """The lines that begin an entry, each one more than the entry before, the first of them 1; the articles of a law.

    ``fixed`` lines are something else. What a sentence can say too («第一，») is an entry only behind a line that ``measure`` shows to
    have ended, or set apart from it.
    """
    found: set[int] = set()
    last: dict[int, tuple[int, int]] = {}  # by kind of number: the entry before and its line
    for i, flow in enumerate(flows):
        if flow.opens:
            continue
        if i in fixed:  # a short entry may read as a heading does
            if (entry := entry_of(flow.line.text)) is not None:
                last[entry[0]] = entry[1], i
            continue
        before = flows[i - 1] if i else None
        ended = before is None or before.last in BEFORE or i - 1 in fixed or _has_boxes(before.line.text)
        if (sign := flow.line.text[0]) in _BULLETS and flow.line.text[1:2].isspace():
            if not ended and sign in _DASHES:
                continue
            if i - (line := last.get(ord(sign), (0, -REACH))[1]) <= REACH:
                found.update((line, i) if line >= 0 else (i,))
            last[ord(sign)] = 0, i
            continue
        if not ended:
            continue
        entry = entry_of(flow.line.text)
        if entry is None or (entry[0] in SPOKEN and not _is_apart(flows, i, measure)):
            continue
        (kind, value), (number, line) = entry, last.get(entry[0], (0, -REACH))
        if number and value == number + 1 and (i - line <= REACH or kind == ARTICLE):
            found.update((line, i))
            last[kind] = value, i
        elif value == 1 or kind == ARTICLE:
            last[kind] = value, i
    return found | _find_years(flows, fixed)


def _has_boxes(text: str) -> bool:
    return any(box in text for box in _BOXES)


def _is_apart(flows: Sequence[Flow], i: int, measure: float) -> bool:
    """Whether the line stands farther in than the one before it, or that one had room for its first words."""
    if not i:
        return True
    before, flow = flows[i - 1], flows[i]
    return (
        flow.line.indent > before.line.indent + 1
        or (flow.follows and bool(flow.line.gap))
        or before.width < (before.column or measure) - ROOM
    )


def _find_years(flows: Sequence[Flow], fixed: Collection[int]) -> set[int]:
    """The lines that begin an entry of a chronology: years that rise, behind lines that come to an end."""
    found: set[int] = set()
    run: list[tuple[int, int]] = []  # lines and years
    for i, flow in enumerate(flows):
        match = _YEAR.match(flow.line.text) if flow.line.text[0] in "12" and i not in fixed else None
        if match is None or (i and i - 1 not in fixed and flows[i - 1].last not in CLOSERS):
            continue
        if run and not (run[-1][1] <= int(match[0]) and i - run[-1][0] <= YEAR_REACH):
            run = []
        run.append((i, int(match[0])))
        if len(run) >= YEARS:
            found.update(line for line, _ in run)
    return found
