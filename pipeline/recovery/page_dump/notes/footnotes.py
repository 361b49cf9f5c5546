"""The notes of a page dump: which lines of a page are notes, which body belongs to which call.

Comes in: a layout without furniture. Goes out: ``NotePlan``: the bodies with their lines, the calls with
their places, findings. The whole document is one alignment (``pipeline.recovery.notes``): bodies first,
as a run of numbers at the beginning of lines, then for each body its call, near its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.recovery.notes.sequences import run_on
from pipeline.recovery.page_dump.notes.binding import bind
from pipeline.recovery.page_dump.notes.doubts import (
    LISTED,
    are_announced,
    fills_pages,
    least_weight,
    stands_alone,
)
from pipeline.recovery.page_dump.notes.numbering import Numbering
from pipeline.recovery.page_dump.notes.open_ends import begin_before
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.notes.sections import plan_unnamed
from pipeline.recovery.page_dump.notes.standing import stand_as_calls
from pipeline.recovery.page_dump.notes.zones import BEFORE, deal_stacked, find_zones
from pipeline.recovery.page_dump.pages.layout import Layout

FIRST, SECOND = 0.5, 0.75  # so many of the bodies are called, at least: in the likeliest style, in any other
SOME = 0.4  # of the calls that are plain digits stand as calls do, at least
WEAK = 1.0  # less speaks for each body on average where most look like something else


def footnote_plans(
    layout: Layout, measure: float, numberings: Sequence[Numbering]
) -> Iterator[tuple[NotePlan, bool]]:
    """The notes as each numbering gives them: at the feet of the pages, or behind the sections that call them.

    With each, whether it is sure: others are called often enough for notes, but not for what looks like a list.
    """
    for rank, numbering in enumerate(numberings):
        if not _may_be_notes(layout, numbering):
            continue
        for plan in _plans(layout, numbering, measure):
            if _stands_as_notes(layout, plan, numbering):
                share = sum(map(len, plan.calls.values())) / len(numbering.bodies)
                least = SECOND if rank else _least_share(layout, plan, numbering)
                if share >= FIRST:
                    yield plan, share >= least


def _plans(layout: Layout, numbering: Numbering, measure: float) -> Iterator[NotePlan]:
    feet = _plan_feet(layout, numbering, measure)
    yield feet
    explained = feet.worth == len(numbering.bodies)  # no other reading has more
    if not explained and (plan := plan_unnamed(layout, numbering)):
        yield plan


def _may_be_notes(layout: Layout, numbering: Numbering) -> bool:
    """Whether the bodies may be notes at all: more than one, or one that stands as notes do, and no announced list."""
    style, bodies, _ = numbering
    if len(bodies) < 2 and not any(
        layout.lines[b.place[0]].rule or stands_alone(layout, b, numbering) for b in bodies
    ):
        return False
    return style not in LISTED or not are_announced(layout, bodies)


def _plan_feet(layout: Layout, numbering: Numbering, measure: float) -> NotePlan:
    """The notes that a numbering gives at the feet of the pages."""
    style, bodies, tokens = numbering
    plan = NotePlan()
    owners = find_zones(layout, bodies, tokens, measure)
    plan.note_lines = set(owners)
    labels = run_on(bodies)
    lines_of: dict[int, list[int]] = defaultdict(list)
    for line, owner in sorted(owners.items()):
        lines_of[owner].append(line)
    deal_stacked(layout, bodies, lines_of)
    for number, (body, label) in enumerate(zip(bodies, labels, strict=True)):
        plan.bodies.append(Body(label, tuple(lines_of[number]), body.length))
    bind(layout, plan, bodies, labels, tokens, style)
    if rest := lines_of.get(BEFORE):
        begin_before(layout, plan, rest, labels[0])
    return plan


def _stands_as_notes(layout: Layout, plan: NotePlan, numbering: Numbering) -> bool:
    """Whether the bodies weigh enough, and what calls them stands as calls do."""
    places = [(i, call.start, call.end) for i, calls in plan.calls.items() for call in calls if call.label]
    if places and not stand_as_calls(layout, places, SOME):
        return False
    return numbering.weight >= least_weight(layout, plan, numbering.style) * len(numbering.bodies)


def _least_share(layout: Layout, plan: NotePlan, numbering: Numbering) -> float:
    """So many of the bodies are called, at least: a list counts on, too."""
    style, bodies, _ = numbering
    weak = numbering.weight < WEAK * len(bodies)
    return SECOND if style in LISTED or weak or fills_pages(layout, plan, bodies) else FIRST
