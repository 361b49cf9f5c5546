"""Which lines of a page are notes, and whose: from a page's rule, its first body or the rest of a note before, to its end.

Comes in: a layout, and the bodies in their order. Goes out: for each note line the body that it belongs to.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from pipeline.recovery.notes.numbers import Mark
from pipeline.recovery.page_dump.captions import CAPTION
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import is_star
from pipeline.recovery.page_dump.notes.firsts import SPACE
from pipeline.recovery.page_dump.notes.overleaf import UNSEEN, Above, notes_start
from pipeline.recovery.page_dump.notes.unlabelled import Setting, deal, setting_of
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.widths import usual_width
from pipeline.recovery.wording.letters import is_mostly_han

SURE = 1.5  # so much speaks for a call that its line is no note's
BEFORE = -1  # the note of which the dump has no more than the rest, at the foot of its first page
_OPEN_END = re.compile(r"[)）]$|[^\W\d_]\.$")
ROOM = 0.75  # of the measure of notes: behind a shorter line the next word had room: a note ends there


def find_zones(
    layout: Layout, bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]], measure: float
) -> dict[int, int]:
    """Which body each note line belongs to (by the body's number in the run, or ``BEFORE``). ``tokens`` are what could call them, page by page."""
    starts = {body.place[0]: number for number, body in enumerate(bodies)}
    by_page: dict[int, list[int]] = defaultdict(list)
    values: dict[int, set[int]] = defaultdict(set)
    for body in bodies:
        by_page[body.page].append(body.place[0])
        values[body.page].add(body.value)
    note_measure = _note_measure(layout, by_page)
    owners: dict[int, int] = {}
    owner = BEFORE
    carried = UNSEEN if by_page[0] and bodies[0].value > 1 else None
    for number, page in enumerate(layout.pages):
        starts_here = by_page.get(number, [])
        calls = (m.place[0] for m in tokens[number] if m.weight >= SURE and m.value in values[number])
        text = max((line + 1 for line in calls if starts_here and line < starts_here[0]), default=page.first)
        begin = notes_start(layout, page, starts_here, carried, Above(text, measure, note_measure))
        end = _zone_end(layout, begin, page, set(starts_here))
        for i in range(begin, end):
            owner = owners[i] = starts.get(i, owner)
        if begin < end:
            last = layout.lines[end - 1]
            carried = "" if _has_ended(last, note_measure) else last.text
    return owners


def _has_ended(last: Line, measure: float) -> bool:
    """Whether a note ends with this line: it is closed, or had room for more.

    At the end of a full line in letters neither a bracket closes it nor the point behind letters, which may shorten a word.
    """
    if last.em < ROOM * measure:
        return True
    lettered = not is_mostly_han(last.text) and _OPEN_END.search(last.text)
    return is_closed(last.text) and not lettered


def deal_stacked(layout: Layout, bodies: Sequence[Mark], lines_of: dict[int, list[int]]) -> None:
    """Labels that stand in a column of their own came out first, their bodies behind the last of them.

    Each gets its own body where as many lines begin with the space behind a label as there are labels above, or end a sentence
    short of the measure, or where there are no more lines than labels; else the bodies divide the lines as they fit best.
    A star above the labels is one, too: its body, the first, is left to it. Above the bodies the note before may go on.
    """
    lines = layout.lines

    @cache
    def setting() -> Setting:
        return setting_of(layout, _texts(layout, lines_of))

    at = 0
    while at < len(bodies):
        last = _last_stacked(lines, bodies, lines_of, at)
        rest = lines_of[last][1:]
        above = bodies[at].place[0] - 1
        starred = above >= 0 and is_star(lines[above].text)
        labels = range(bodies[at].place[0] - starred, bodies[last].place[0] + 1)
        if (count := len(labels)) > 1:
            starts = _stacked_starts(lines, rest, labels, setting)
            before = lines_of[at - 1][-1:] if at and bodies[at - 1].page == bodies[at].page else []
            ended = all(is_closed(lines[i].text) for i in before)
            if len(starts) == count and ended is not (starts[0] > 0):
                if starts[0]:
                    lines_of[at - 1] += rest[: starts[0]]
                for k, (a, b) in enumerate([*pairwise([*starts, len(rest)])][starred:]):
                    lines_of[at + k] = [bodies[at + k].place[0], *rest[a:b]]
        at = last + 1
    for k in range(1, len(bodies) - 1):
        if bodies[k].page == bodies[k + 1].page:  # the last of a page may be its number
            _deal_last(lines, bodies[k], lines_of[k - 1], lines_of[k], setting)


def _deal_last(
    lines: Sequence[Line], body: Mark, before: list[int], own: list[int], setting: Callable[[], Setting]
) -> None:
    """A label alone with nothing below it came out behind its body: the lines ``before`` it are of two notes."""
    label = body.place[0]
    alone = own == [label] and body.length >= len(lines[label].text)
    if not alone or len(before) < 2 or before != list(range(before[0], label)):
        return
    start = deal(lines, range(before[0], label), (before[0], label), setting())[-1]
    if is_closed(lines[start - 1].text):
        own += range(start, label)
        del before[start - before[0] :]


def _last_stacked(
    lines: Sequence[Line], bodies: Sequence[Mark], lines_of: dict[int, list[int]], at: int
) -> int:
    """The last of the bodies from ``at`` on whose labels stand alone, each on the line below the one before."""
    last = at
    while (
        last + 1 < len(bodies)
        and len(lines_of[last]) == 1
        and lines_of[last + 1][:1] == [lines_of[last][0] + 1]
        and all(bodies[k].length >= len(lines[bodies[k].place[0]].text) for k in (last, last + 1))
    ):
        last += 1
    return last


def _stacked_starts(
    lines: Sequence[Line], rest: Sequence[int], labels: Sequence[int], setting: Callable[[], Setting]
) -> list[int]:
    """Which of the lines ``rest`` begin the bodies of ``labels``, counted from the first of them; another number of them where nothing
    tells.
    """
    count = len(labels)
    spaced = [k for k, i in enumerate(rest) if 0 < lines[i].indent <= SPACE]
    if len(spaced) == count:
        return spaced
    if len(rest) == count:
        return list(range(count))
    wide = max((lines[i].width for i in rest), default=0.0)
    starts = [0] + [
        k + 1 for k, i in enumerate(rest[:-1]) if lines[i].width < wide - 1.5 and is_closed(lines[i].text)
    ]
    if len(starts) == count or not rest or rest != list(range(rest[0], rest[-1] + 1)):
        return starts
    return [start - rest[0] for start in deal(lines, range(rest[0], rest[-1] + 1), labels, setting())]


def _texts(layout: Layout, lines_of: dict[int, list[int]]) -> list[range]:
    """The lines of each page above its notes."""
    noted = {i for lines in lines_of.values() for i in lines}
    firsts = (next((i for i in range(*page[:2]) if i in noted), page.last) for page in layout.pages)
    return [range(page.first, first) for page, first in zip(layout.pages, firsts, strict=True)]


def _note_measure(layout: Layout, by_page: dict[int, list[int]]) -> float:
    """How wide most of the notes' full lines are, in em: labels and letters make others wider."""
    ems = (
        layout.lines[i].em
        for number, first in by_page.items()
        for i in range(first[0], layout.pages[number].last)
    )
    return usual_width(em for em in ems if em > 8)


def _zone_end(layout: Layout, begin: int, page: Page, starts: set[int]) -> int:
    """Notes go on to the page's end, but for a table that was set below them."""
    for i in range(begin + 1, page.last):
        text = layout.lines[i].text
        if i in starts or not CAPTION.match(text) or text[-1] in "。，；,." or len(text) > 40:
            continue
        if not any(s > i for s in starts) and is_closed(layout.lines[i - 1].text):
            return i
    return page.last
