"""What the steps of a page dump hand on, and the text of a run of its lines."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.document.traced import Edit, Traced
from pipeline.location import Span
from pipeline.recovery.page_dump.furniture.clearing import Furnished
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.page_dump.weave import Weaver


@dataclass
class Work:
    """What the steps hand on."""

    furnished: Furnished
    plan: NotePlan
    flows: list[Flow]
    numbers: list[int]  # the layout's line of each flow
    profile: Profile
    weaver: Weaver
    anchors: dict[int, str]
    marks: list[Span] = field(default_factory=list)
    removed: list[Edit] = field(default_factory=list)


def woven(work: Work, run: Run, skip: int = 0, between: str | None = None) -> Traced:
    """The lines of a run as one text; ``skip`` characters of the first are a mark, ``between`` stands between lines."""
    numbered = [(work.numbers[i], work.flows[i].line) for i in range(run.first, run.last)]
    first = numbered[0][1]
    if skip >= len(first.text) and len(numbered) > 1:  # the mark is all of its line
        work.marks.append(first.span)
        numbered, skip = numbered[1:], 0
    elif skip:
        work.marks.append(Span(first.start, first.start + skip))
    return work.weaver.weave(numbered, work.profile.spaced, skip, work.anchors, between)
