"""Which mark of the text calls which body? One alignment over the whole document, near the bodies' pages.

Comes in: the bodies in their order, and what in the text could call a note. Goes out: the plan with calls and findings. Refused: marks
far from the page of their body, but for endnotes; a mark between two calls that is not the only one of its number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.recovery.notes.calls import GUESSED
from pipeline.recovery.notes.numbers import Mark, MarkStyle
from pipeline.recovery.notes.sequences import align_calls
from pipeline.recovery.page_dump.notes.missing import DOUBTFUL
from pipeline.recovery.page_dump.notes.open_ends import call_behind_outer, find_doubles, find_gaps, lack_call
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.pages.layout import Layout

OVERLEAF = -3.4  # DOUBTFUL for a mark on the page before or behind the body's, where it weighs less already
NEAR = {0: 0.0, -1: -2.0, 1: -2.5}  # the call's page minus the body's → weight


def bind(
    layout: Layout,
    plan: NotePlan,
    bodies: Sequence[Mark],
    labels: Sequence[str],
    tokens: Sequence[Sequence[Mark]],
    style: MarkStyle,
) -> None:
    """Gives each body its call, near its page; what stays open becomes findings of the plan."""
    found: dict[tuple[int, int], list[Mark]] = defaultdict(list)  # by page and value
    wanted = {body.value for body in bodies}
    for marks in tokens:
        for mark in marks:
            parted = mark.tail > 0 and mark.place[0] + 1 in plan.note_lines
            if mark.value in wanted and mark.place[0] not in plan.note_lines and not parted:
                found[mark.page, mark.value].append(mark)
    options = [_near(body, found) for body in bodies]
    called = sum(1 for choices in options if any(c.weight > 0 for c in choices))
    if called * 2 < len(bodies):  # endnotes: the bodies stand far from their calls
        by_value: dict[int, list[Mark]] = defaultdict(list)
        for (_, value), marks in found.items():
            by_value[value] += marks
        options = [by_value[body.value] for body in bodies]
    calls = _second_look(bodies, options, align_calls(bodies, options))
    for label, call in zip(labels, calls, strict=True):
        if call is not None:
            plan.add_call(call, label)
    for body, label, call in zip(bodies, labels, calls, strict=True):
        if call is None and not call_behind_outer(layout, plan, tokens, body, label):
            lack_call(layout, plan, body.place[0], label)
    find_gaps(layout, plan, bodies, labels, calls, tokens)
    find_doubles(layout, plan, tokens)


def _second_look(
    bodies: Sequence[Mark], options: Sequence[Sequence[Mark]], calls: Sequence[Mark | None]
) -> list[Mark | None]:
    """For bodies still without a call: the only mark of their number between the calls around them.

    Between those of the numbers before and behind it may be glued to a number that could as well be longer.
    """
    out = list(calls)
    for k, call in enumerate(out):
        if call is not None:
            continue
        low = next((c.place for c in reversed(out[:k]) if c is not None), (-1, 0))
        high = next((c.place for c in out[k + 1 :] if c is not None), (1 << 60, 0))
        inner = [m for m in options[k] if low < m.place < high]
        between = [m for m in inner if m.weight > (DOUBTFUL if m.page == bodies[k].page else OVERLEAF)]
        glued = [m for m in inner if m.weight == GUESSED]
        beside = 0 < k < len(out) - 1 and out[k - 1] is not None and calls[k + 1] is not None
        if len(glued) == 1 and beside and all(m.weight <= 0 for m in between):
            between = glued
        out[k] = between[0] if len(between) == 1 else None
    return out


def _near(body: Mark, found: Mapping[tuple[int, int], Sequence[Mark]]) -> list[Mark]:
    return [
        mark._replace(weight=mark.weight + NEAR[step])
        for step in sorted(NEAR)
        for mark in found.get((body.page + step, body.value), ())
    ]
