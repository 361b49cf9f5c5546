"""Figures and tables that stand inside a sentence: a page is set so, or a picture had no room elsewhere.

Comes in: the text lines, and what they were gathered into. Goes out: their order with such figures behind their paragraphs. Refused: a
caption behind a line that a paragraph may end with, or before one that may begin one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.page_dump.captions import SOURCE, is_caption
from pipeline.recovery.page_dump.endings import ENDED
from pipeline.recovery.page_dump.pages.widths import FULL
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.wording.marks import CLOSERS


def figures_behind(flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> list[int]:
    """The order of the flows in which each figure inside a sentence stands behind its paragraph; empty where there is none."""
    order: list[int] = []
    moved = False
    i = 0
    while i < len(runs):
        order += range(runs[i].first, runs[i].last)
        begin = i + 1
        if _breaks_off(flows, runs[i], profile):
            end = _end_of_figure(flows, runs, begin)
            if begin < end < len(runs) and _may_go_on(flows, runs[end], profile):
                order += range(runs[end].first, runs[end].last)
                order += range(runs[begin].first, runs[end].first)
                moved, begin = True, end + 1
        i = begin
    return order if moved else []


def _end_of_figure(flows: Sequence[Flow], runs: Sequence[Run], begin: int) -> int:
    """The run behind a caption, the lines of its table and what says where it is from; ``begin`` itself where none begins there."""
    for i in range(begin, len(runs)):
        text = flows[runs[i].first].line.text
        named = runs[i].last - runs[i].first == 1 and is_caption(text)
        if not (named or (i > begin and (runs[i].loose or SOURCE.match(text)))):
            return i
    return len(runs)


def _breaks_off(flows: Sequence[Flow], run: Run, profile: Profile) -> bool:
    """Whether a paragraph breaks off at the end of a full line."""
    return _is_paragraph(run) and is_cut(flows[run.last - 1], profile)


def _may_go_on(flows: Sequence[Flow], run: Run, profile: Profile) -> bool:
    """Whether a paragraph need not begin with the run."""
    first = flows[run.first]
    apart = first.line.gap and first.page == flows[run.first - 1].page
    indented = profile.indents and first.line.indent >= 2
    return _is_paragraph(run) and not indented and not apart


def _is_paragraph(run: Run) -> bool:
    return not (run.mark or run.item or run.loose or run.listed)


def is_cut(flow: Flow, profile: Profile) -> bool:
    """Whether a full line ends inside a sentence; a number behind one may be a call that nothing bound."""
    ended = flow.last in CLOSERS or flow.last in "：:" or flow.called or ENDED.search(flow.tail)
    return not ended and flow.width >= profile.measure - FULL
