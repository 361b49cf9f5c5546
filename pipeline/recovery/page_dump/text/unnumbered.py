"""Headings without a number: short lines between paragraphs, in a text that has several of them.

Comes in: the runs of a text behind its front matter. Goes out: the same with such lines marked as headings. Refused: one or two in a
whole text, lines that end in a mark, name a figure, a date or a source, stand three and more on end (verse, lists), or have the
indent of a paragraph; and texts in which such lines are as many as paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.recovery.page_dump.captions import tells_of_figure
from pipeline.recovery.page_dump.front_lines import reads_as_title
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.line_ends import CENTRED
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.page_dump.text.quotes import find_quotes
from pipeline.recovery.wording.headings import ABOVE, BELOW, NAMED, UNDER, HeadingMark, heading_mark
from pipeline.recovery.wording.marks import CLOSERS

WIDTH = 0.55  # of the measure; a longer line may be a paragraph's last
PROSE = 0.75  # of the measure: so full is the first line of the paragraph behind
LEAST = 3  # in a text
PILE = 2  # on end: a chapter's and a section's
SHARE = 0.45  # of the paragraphs, at most


def mark_unnumbered(flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> list[Run]:
    """The runs with their unnumbered headings."""
    could = [_could_be(flows, run, profile) for run in runs]
    if sum(could) < LEAST:
        return list(runs)
    quotes = find_quotes(flows, runs, profile)
    could = [
        could[k] and (not quote or flows[runs[k].first].line.indent >= CENTRED)
        for k, quote in enumerate(quotes)
    ]
    found: list[list[int]] = []  # piles of them
    k = 0
    while k < len(runs):
        end = k
        while end < len(runs) and could[end]:
            end += 1
        if 0 < end - k <= PILE and end < len(runs) and _stands_between(flows, runs, k, end, profile):
            found.append(list(range(k, end)))
        k = max(end, k + 1)
    paragraphs = sum(run.mark is None and not run.loose for run in runs)
    if len(found) < LEAST or sum(map(len, found)) > SHARE * paragraphs:
        return list(runs)
    out = list(runs)
    numbered = [run.mark.rank for run in runs if run.mark is not None and run.mark.number]
    alone = max(numbered) + UNDER if numbered else NAMED
    for pile in found:
        if len(pile) == PILE and not numbered:
            alone = BELOW
        for n, at in enumerate(pile):
            rank = ABOVE if len(pile) == PILE and not n and not numbered else alone
            named = heading_mark(flows[runs[at].first].line.text.split("：")[0])
            if named is not None and named.rank == NAMED:  # «結語：…»
                rank = NAMED
            out[at] = replace(runs[at], mark=HeadingMark(rank, "", 0))
    return out


def _could_be(flows: Sequence[Flow], run: Run, profile: Profile) -> bool:
    """Whether a run is a line that reads as a title."""
    flow = flows[run.first]
    line = flow.line
    plain = run.last - run.first == 1 and not (run.mark or run.loose or run.item or run.listed)
    if not plain or flow.called or flow.opens or line.em > WIDTH * profile.measure or line.hidden:
        return False
    text = line.text
    if not reads_as_title(text) or tells_of_figure(text):
        return False
    if profile.trailing and not line.trailing:
        return False
    return not profile.indents or not 2 <= line.indent < CENTRED


def _stands_between(
    flows: Sequence[Flow], runs: Sequence[Run], first: int, last: int, profile: Profile
) -> bool:
    """Whether a paragraph ended before the runs ``first`` up to ``last``, and one begins behind them."""
    before, behind = runs[first - 1] if first else None, runs[last]
    text = before is not None and not (before.mark or before.loose or before.item or before.listed)
    if before is not None and text and flows[before.last - 1].last not in CLOSERS:
        return False
    if behind.mark is not None or behind.loose or behind.item or behind.listed:
        return False
    return flows[behind.first].width >= PROSE * profile.measure
