"""Where the pages of the source begin in the text: the marks by which an edition can cite them."""

from __future__ import annotations

from collections.abc import Container, Sequence

from pipeline.recovery.page_dump.furniture.clearing import Furnished
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.work import Work
from pipeline.settings import RecoverSettings


def find_anchors(furnished: Furnished, plan: NotePlan, settings: RecoverSettings) -> dict[int, str]:
    """The page numbers, by the first text line of each page."""
    if not settings.page_numbers:
        return {}
    out = {}
    for page in furnished.layout.pages:
        first = next((i for i in range(page.first, page.last) if i not in plan.note_lines), None)
        if first is not None and page.number:
            out[first] = page.number
    return out


def carry_anchor(work: Work, runs: Sequence[Run], used: Container[int], rest: Sequence[Run]) -> None:
    """The page that is open when the front matter ends begins with the first text behind it."""
    if not rest:
        return
    first = work.numbers[rest[0].first]
    fronts = [work.numbers[run.first] for i, run in enumerate(runs) if i in used]
    before = [
        number
        for line, number in sorted(work.anchors.items())
        if line <= max((n for n in fronts if n < first), default=-1)
    ]
    if before:
        work.anchors.setdefault(first, before[-1])
