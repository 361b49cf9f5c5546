"""A line that came out before the line above it: pdftotext sorts blocks, and a slanting mark parts them.

Comes in: a layout, and which of its lines are letters of a mark. Goes out: the same lines in the order of the page. Refused: lines
without such a letter beside them; a paragraph's last line where first lines are not narrower than the others; others over whose ends
no words go on so much better in the other order.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.page_dump.overlays.neighbours import Neighbours
from pipeline.recovery.page_dump.pages.layout import Layout, Line, usual_measure
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.marks import CLOSERS, is_sentence_end

SHORT = 4.0  # em that a paragraph's last line wants, at least
FULL = 1.0  # em that a line that goes on may want: an indent that was lost is wider
INDENT, EVEN = 2.0, 0.6  # em of it, and by which a first line may differ
READS = 12.0  # what words say for the other order, at least, in natural logarithms
TITLE = 0.6  # of the measure: no heading is longer


def in_order(layout: Layout, scattered: Set[int]) -> Layout:
    """The layout with such lines behind those that they came out before."""
    if not scattered:
        return layout
    measure = usual_measure(layout.lines)
    lines = list(layout.lines)
    narrower = _are_narrower([line for i, line in enumerate(lines) if i not in scattered], measure)
    words = Neighbours(layout.source)
    for page in layout.pages:
        kept = [i for i in range(page.first, page.last) if i not in scattered]
        for window in zip(kept, kept[1:], kept[2:], kept[3:], strict=False):
            _, second, third, _ = window
            beside = {second - 1, second + 1}
            if scattered.isdisjoint(beside | {third - 1, third + 1}):
                continue
            before, last, above, behind = (lines[i] for i in window)
            told = narrower and scattered & beside and _came_before(before, last, above, behind, measure)
            if told or _reads_on(words, before, last, above, behind):
                lines[second], lines[third] = above, last._replace(gap=0)
    return replace(layout, lines=tuple(lines))


def _reads_on(words: Neighbours, before: Line, last: Line, above: Line, behind: Line) -> bool:
    """Whether words go on over the ends of these lines in the other order, and hardly in this one."""
    here = words.reading([line.text for line in (before, last, above, behind)])
    other = words.reading([line.text for line in (before, above, last, behind)])
    return other - here > READS


def _are_narrower(lines: Sequence[Line], measure: float) -> bool:
    """Whether first lines are narrower by an indent that was lost: more of those behind short ones are than fill the measure."""
    behind = [b for a, b in pairwise(lines) if a.em < measure - SHORT and is_sentence_end(a.text)]
    full = sum(abs(line.em - measure) <= EVEN for line in behind)
    return sum(_is_first(line, measure) for line in behind) > full


def _is_first(line: Line, measure: float) -> bool:
    return abs(measure - INDENT - line.em) <= EVEN


def _came_before(before: Line, last: Line, above: Line, behind: Line, measure: float) -> bool:
    """Whether a paragraph's last line came out before the full line ``above`` it, with which no paragraph can begin."""
    if before.em < measure - FULL - INDENT or before.text[-1] in CLOSERS + "：:":
        return False
    if not is_sentence_end(last.text) or last.em > measure - SHORT or heading_mark(last.text):
        return False
    full = abs(above.em - measure) <= FULL and above.text[-1] not in CLOSERS + "：:"
    titled = behind.em < TITLE * measure and behind.text[-1] not in CLOSERS + "，、；：:"
    return full and (_is_first(behind, measure) or titled)
