"""Does the text of a page begin within a paragraph? Then no heading can stand above it.

Comes in: the lines of a page from its first line of text on, how wide its text is set. Goes out: yes, or not known: the
page's own first lines show how a paragraph begins, by their indents or, where the dump lost them, by their widths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.pages.layout import LOW, Line, measure_of
from pipeline.recovery.page_dump.pages.numbers import numbers_begun, numbers_called
from pipeline.recovery.page_dump.pages.widths import excuse
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.marks import STOPS

SHORT = 3.0  # em; the last line of a paragraph is as much shorter than the measure
LOST = 2.0  # em that a first line's indent took
NEAR = 0.6  # em by which a line may differ
_HALF = re.compile("[!-~]")  # their widths say little


def text_measure(lines: Sequence[Line]) -> float:
    """How wide the text of a page is set, without the notes below it: those begin with a number that stands above."""
    said: set[int] = set()
    for i, line in enumerate(lines):
        begun = numbers_begun((line.text,))
        if i >= LOW * len(lines) and not begun.isdisjoint(said):
            return measure_of(lines[:i])
        said |= begun | numbers_called((line.text,))
    return measure_of(lines)


def is_carried(above: Line, lines: Sequence[Line], measure: float) -> bool:
    """Whether the first of these lines goes on with a paragraph from the page before, and not from the line ``above``."""
    first = lines[0]
    if _reach(above, first) > measure - 2 * LOST:
        return False
    firsts = list(_firsts(lines, measure))
    if not firsts or first.indent >= 2:
        return False
    if all(line.indent >= 2 for line, _ in firsts):
        return is_full(first, lines[1], measure) or first.text[-1] in STOPS
    begins = (measure - LOST - NEAR <= _reach(line, below) < measure - LOST + NEAR for line, below in firsts)
    return all(begins) and is_full(first, lines[1], measure) and not _HALF.search(first.text)


def _firsts(lines: Sequence[Line], measure: float) -> Iterator[tuple[Line, Line]]:
    """The first lines of paragraphs, as far as what stands above them tells, each with the line below it."""
    for (above, line), (_, below) in pairwise(pairwise(lines)):
        if (
            not is_han(line.text[0])
            or heading_mark(line.text) is not None
            or line.width < measure - 2 * SHORT
        ):
            continue
        ended = is_closed(above.text) and above.text[-1] in STOPS and above.width < measure - SHORT
        if ended or heading_mark(above.text) is not None:
            yield line, below


def is_full(line: Line, below: Line, measure: float) -> bool:
    """Whether a line is as wide as the text, with what begins the one ``below``."""
    return _reach(line, below) >= measure - NEAR and line.width <= measure + NEAR


def _reach(line: Line, below: Line) -> float:
    return line.width + excuse(below.text)
