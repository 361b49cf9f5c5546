"""The notes of a page dump: which lines of a page are notes, which body belongs to which call.

Comes in: a layout without furniture. Goes out: ``NotePlan``: the bodies with their lines, the calls with
their places, findings. The whole document is one alignment (``pipeline.recovery.notes``): bodies first,
as a run of numbers at the beginning of lines, then for each body its call, near its page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.recovery.notes import BODY_MARKS, Mark, MarkStyle, label_number, number_of
from pipeline.recovery.page_dump.notes.binding import bind
from pipeline.recovery.page_dump.notes.missing import plan_missing
from pipeline.recovery.page_dump.notes.numbering import Numbering, is_excerpt, rank_styles
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.notes.stars import bind_stars
from pipeline.recovery.page_dump.notes.tokens import pages_of_lines
from pipeline.recovery.page_dump.notes.zones import deal_stacked, find_zones
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.sequences import SKIPPED, run_on

FIRST, SECOND = 0.5, 0.75  # so many of the bodies are called, at least: in the likeliest style, in any other
WEAK = 1.0  # less speaks for each body on average where most look like something else
LIKELY = 1.5  # the same where they are numbered as lists are
HALF = 0.5  # of the lines of a page
CITING, CALLING = 3.0, 3.0  # what speaks for the only note of a text, and for its call
APART = 1.0  # for the call, where the note's label has a line of its own
LISTED = (MarkStyle.PAREN, MarkStyle.DOT)  # so lists are numbered, too


def plan_notes(layout: Layout, measure: float) -> NotePlan:
    """Binds the notes of a page dump."""
    plan = _plan_numbers(layout, measure)
    bind_stars(layout, plan)
    return plan


def _plan_numbers(layout: Layout, measure: float) -> NotePlan:
    pages = pages_of_lines(layout)
    for rank, numbering in enumerate(rank_styles(layout, pages)):
        if plan := _plan_bodies(layout, numbering, measure, SECOND if rank else FIRST):
            return plan
    return plan_missing(layout, pages)


def _plan_bodies(layout: Layout, numbering: Numbering, measure: float, least: float) -> NotePlan | None:
    """The notes that a numbering gives; None where fewer than the share ``least`` are called: a list counts on, too."""
    style, bodies, tokens = numbering
    if len(bodies) < 2 and not any(
        layout.lines[b.place[0]].rule or _stands_alone(layout, b, numbering) for b in bodies
    ):
        return None
    plan = NotePlan()
    owners = find_zones(layout, bodies, measure)
    plan.note_lines = set(owners)
    labels = run_on([body.value for body in bodies])
    lines_of: dict[int, list[int]] = defaultdict(list)
    for line, owner in sorted(owners.items()):
        lines_of[owner].append(line)
    deal_stacked(layout, bodies, lines_of)
    for number, (body, label) in enumerate(zip(bodies, labels, strict=True)):
        plan.bodies.append(Body(label, tuple(lines_of[number]), body.length))
    bind(layout, plan, bodies, labels, tokens, style)
    called = sum(map(len, plan.calls.values()))
    if style in LISTED and numbering.weight < LIKELY * len(bodies):
        return None
    weak = numbering.weight < WEAK * len(bodies)
    if style in LISTED or weak or _fills_pages(layout, plan, bodies):
        least = max(least, SECOND)
    return plan if called >= least * len(bodies) else None


def _stands_alone(layout: Layout, body: Mark, numbering: Numbering) -> bool:
    """Whether the only note of a text is one: it cites at the foot of its page, and what calls it is hardly anything else."""
    if not is_excerpt(layout) or body.weight < CITING or numbering.style in LISTED:
        return False
    page = layout.pages[body.page]
    low = body.place[0] - page.first >= HALF * (page.last - page.first)
    least = APART if label_number(layout.lines[body.place[0]].text) else CALLING
    called = any(
        mark.weight >= least and mark.value == body.value and mark.place < body.place
        for mark in numbering.tokens[body.page]
    )
    labels = (BODY_MARKS[numbering.style].match(layout.lines[i].text) for i in range(page.first, page.last))
    near = sum(m is not None and abs(number_of(m[1]) - body.value) <= SKIPPED for m in labels)
    return low and called and near == 1


def _fills_pages(layout: Layout, plan: NotePlan, bodies: Sequence[Mark]) -> bool:
    """Whether the notes take more than half of the pages that they stand on, as sections of the text do."""
    pages = [layout.pages[number] for number in {body.page for body in bodies}]
    taken = sum(i in plan.note_lines for page in pages for i in range(page.first, page.last))
    return taken > HALF * sum(page.last - page.first for page in pages)
