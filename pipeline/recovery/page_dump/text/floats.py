"""Figures and tables that stand inside a sentence: a page is set so, or a picture had no room elsewhere.

Comes in: the text lines, and what they were gathered into. Goes out: their order with such figures behind their paragraphs. Refused: a
caption behind a line that a paragraph may end with, or before one that may begin one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.page_dump.captions import SOURCE, is_caption
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.wording.marks import CLOSERS

FULL = 2.5  # em short of the measure: a shorter line may end a paragraph


def figures_behind(flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> list[int]:
    """The order of the flows in which each figure inside a sentence stands behind its paragraph; empty where there is none."""
    order: list[int] = []
    moved = False
    i = 0
    while i < len(runs):
        order += range(runs[i].first, runs[i].last)
        end = _end_of_figure(flows, runs, i + 1)
        i += 1
        if end == i or end >= len(runs) or not _goes_on(flows, runs[i - 1], runs[end], profile):
            continue
        order += range(runs[end].first, runs[end].last)
        order += range(runs[i].first, runs[end].first)
        moved, i = True, end + 1
    return order if moved else []


def _end_of_figure(flows: Sequence[Flow], runs: Sequence[Run], begin: int) -> int:
    """The run behind a caption, the lines of its table and what says where it is from; ``begin`` itself where none begins there."""
    captioned = False
    i = begin
    while i < len(runs):
        text = flows[runs[i].first].line.text
        named = runs[i].last - runs[i].first == 1 and is_caption(text)
        if not (named or runs[i].loose or (captioned and SOURCE.match(text))):
            break
        captioned = captioned or named
        i += 1
    return i if captioned else begin


def _goes_on(flows: Sequence[Flow], run: Run, behind: Run, profile: Profile) -> bool:
    """Whether a paragraph breaks off at the end of a full line, and what stands behind the figure begins none."""
    if any(one.mark or one.item or one.loose or one.listed for one in (run, behind)):
        return False
    last, first = flows[run.last - 1], flows[behind.first]
    apart = first.line.gap and first.page == flows[behind.first - 1].page
    indented = profile.indents and first.line.indent >= 2
    return is_cut(last, profile) and not indented and not apart


def is_cut(flow: Flow, profile: Profile) -> bool:
    """Whether a full line ends inside a sentence."""
    open_end = flow.last not in CLOSERS and flow.last not in "：:" and not flow.called
    return open_end and flow.width >= profile.measure - FULL
