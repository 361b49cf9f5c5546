"""Which reading of all notes explains them best: behind each section, behind the text, at the feet of pages, or lost?

Comes in: a layout without furniture. Goes out: the ``NotePlan`` in which most notes have a body and a call, less those that lack one
of the two. Refused: deciding from the first sign of one manner: sections that happen to begin their pages look like lists behind
sections, and calls that begin their lines like bodies.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.page_dump.notes.endnotes import endnote_plans
from pipeline.recovery.page_dump.notes.footnotes import footnote_plans
from pipeline.recovery.page_dump.notes.missing import plan_missing
from pipeline.recovery.page_dump.notes.numbering import Numbering
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.notes.sections import plan_sections
from pipeline.recovery.page_dump.notes.stars import bind_stars
from pipeline.recovery.page_dump.notes.tokens import pages_of_lines
from pipeline.recovery.page_dump.pages.layout import Layout

FEW = 12  # bodies: the headings of a text whose notes are lost may look like so many


def plan_notes(layout: Layout, measure: float, numberings: Sequence[Numbering]) -> NotePlan:
    """Binds the notes of a page dump, in the way that explains most of them; of two that explain as many, the first.

    ``numberings``: those of its notes that may be, the likeliest first.
    """
    sections = plan_sections(layout)
    readings = [sections] if sections else []
    readings += endnote_plans(layout)
    doubted: list[NotePlan] = []
    for footnotes, is_sure in footnote_plans(layout, measure, numberings):
        (readings if is_sure else doubted).append(footnotes)
    plan = max(readings, key=_worth, default=NotePlan())
    if len(plan.bodies) <= FEW:
        plan = _unless_lost(layout, plan, doubted)
    bind_stars(layout, plan)
    return plan


def _unless_lost(layout: Layout, plan: NotePlan, doubted: Sequence[NotePlan]) -> NotePlan:
    """The plan, or a doubted one, that answers most calls of the text; where none does, they call notes that the dump lacks."""
    lost = plan_missing(layout, pages_of_lines(layout))
    wanted = _called(lost)
    if not wanted:
        return plan
    readings = [plan, *sorted(doubted, key=_worth, reverse=True)]
    return next((found for found in readings if 2 * len(_called(found) & wanted) > len(wanted)), lost)


def _called(plan: NotePlan) -> set[str]:
    return {call.label for calls in plan.calls.values() for call in calls if call.label}


def _worth(plan: NotePlan) -> int:
    return plan.worth
