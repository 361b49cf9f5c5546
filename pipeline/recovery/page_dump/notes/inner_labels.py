"""Labels in the middle of a note's line: the extractor set the next note behind the one before (``…頁3。 24 同上``).

Comes in: a layout and its note plan. Goes out: the layout with such lines divided before the label. Refused: a number that the
bodies do not miss, one that could stand there twice, and one behind which no note can begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.characters.codepoints import unified
from pipeline.recovery.notes.numbers import CIRCLED, number_of
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.wording.marks import CLOSERS

_ENDED = f"(?<=[{re.escape(CLOSERS)}])"
_BEGINS = r"(?=\s*(?:[\u3400-\u9fff《〈「『“]|[A-Za-z\u0400-\u04ff]{2}))"
_LABEL = re.compile(f"[0-9]{{1,3}}|[{CIRCLED}]")


def divide_notes(layout: Layout, plan: NotePlan) -> Layout:
    """The layout with each line in two that holds the end of a note and the label of the next."""
    cuts: dict[int, int] = {}
    for before in (*_gaps(plan), *_lasts(layout, plan)):
        mark = _label(layout, before)
        if mark is None:
            continue
        value = number_of(mark[0]) + 1
        label = str(value) if mark[0].isascii() else CIRCLED[min(value, len(CIRCLED)) - 1]
        sought = re.compile(rf"{_ENDED}\s*(?<![0-9]){label}(?![0-9.．,，:：\-–—年月日頁页]){_BEGINS}")
        places = [
            (i, m.end() - len(label))
            for k, i in enumerate(before.lines)
            for m in sought.finditer(layout.lines[i].text, 0 if k else before.mark)
        ]
        if len(places) == 1 and places[0][0] not in cuts:
            cuts[places[0][0]] = places[0][1]
    return _divided(layout, cuts) if cuts else layout


def _gaps(plan: NotePlan) -> Iterator[Body]:
    """The bodies behind which the next number is missing."""
    present = sorted((b for b in plan.bodies if b.lines and b.label.isdigit()), key=lambda b: int(b.label))
    known = {int(body.label) for body in present}
    wanted = {int(body.label) for body in plan.bodies if body.label.isdigit()}
    for body in present:
        behind = int(body.label) + 1
        if behind not in known and (behind in wanted or any(label > behind for label in known)):
            yield body


def _lasts(layout: Layout, plan: NotePlan) -> Iterator[Body]:
    """The last bodies of pages where circled numbers start again on the next and the text calls one more note."""
    bodies = [body for body in plan.bodies if body.lines] if CIRCLED[0] in unified(layout.source) else []
    page = 0
    for body, behind in pairwise(bodies):
        mark, following = _label(layout, body), _label(layout, behind)
        if mark is None or following is None or following[0] != CIRCLED[0] or mark[0] not in CIRCLED[:-1]:
            continue
        while layout.pages[page].last <= body.lines[0]:
            page += 1
        sought = CIRCLED[CIRCLED.index(mark[0]) + 1]
        text = (i for i in range(*layout.pages[page][:2]) if i not in plan.note_lines)
        if any(sought in layout.lines[i].text for i in text):
            yield body


def _label(layout: Layout, body: Body) -> re.Match[str] | None:
    return _LABEL.search(layout.lines[body.lines[0]].text[: body.mark])


def _divided(layout: Layout, cuts: dict[int, int]) -> Layout:
    lines: list[Line] = []
    moved: list[int] = []
    for i, line in enumerate(layout.lines):
        moved.append(len(lines))
        if i not in cuts:
            lines.append(line)
            continue
        start = line.start + cuts[i]
        head = line.text[: cuts[i]].rstrip()
        lines.append(line._replace(end=line.start + len(head), after=start, text=head, trailing=False))
        lines.append(
            line._replace(start=start, text=line.text[cuts[i] :], indent=0, gap=0, rule=0, tight=False)
        )
    moved.append(len(lines))
    pages = tuple(Page(moved[p.first], moved[p.last], p.number) for p in layout.pages)
    return replace(layout, lines=tuple(lines), pages=pages)
