"""Pages, and columns of them, that only their notes tell: where the text goes on behind a note, a page or column has ended.

Comes in: a layout with a page too long to be one, or as narrow as a column. Goes out: the same, parted behind the notes at each page's foot.
Refused: parting where no later note is called between two bodies, for then the text does not come between them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.document.manuscript import Finding
from pipeline.recovery.notes.numbers import Mark
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.notes.numbering import Numbering, rank_styles, share_called
from pipeline.recovery.page_dump.notes.tokens import pages_of_lines
from pipeline.recovery.page_dump.pages.layout import LONG_PAGE, Layout
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.section_names import HEADING_NAMES

_NOTE = re.compile(r"[《〈]|[A-Za-zА-я]{3}|[頁页](?![a-z])|出版|同上|同註|同注|前引|[)）][，,]\s?[0-9]")
TWICE = 1.8  # times as long as the usual page: two of them, the second without a trace
COLUMN = 26.0  # em: of two columns none is wider
LEAST = 2  # so many times the text goes on behind notes, in a dump without pages
FEW, NEARLY = 3, 0.8  # notes of two pages, and how many of them are called there
PLAIN, SURE = 1.0, 2.0  # the next note's call weighs more than this, and that of one of the next few
AHEAD = 4  # notes
SAYS, LACKS, SHORT = 0.5, 1.0, 0.5  # what a line says for and against its being a note's
ENDED = 1.5  # what speaks against a note that goes on behind a closed sentence short of the measure
MOST_NOTE = 30  # lines of a note's body


def part_behind_notes(
    layout: Layout, measure: float, numberings: Sequence[Numbering]
) -> tuple[Layout, list[Finding]]:
    """The layout with a page for each time that the text goes on behind notes, and a finding where there are such.

    ``numberings``: those that its notes may have, the likeliest first.
    """
    long = _long_pages(layout, measure)
    if not long:
        return layout, []
    pages = pages_of_lines(layout)
    starts = _starts(layout, numberings[0].bodies, numberings[0].tokens, measure) if numberings else []
    starts = [i for i in starts if pages[i] in long]
    if not starts or (
        len(starts) < LEAST and len(layout.pages) == 1 and not _are_called(layout.split(starts))
    ):
        return layout, []
    message = (
        f"nothing but the notes tells where {len(starts)} of the pages or columns end. "
        "Look where these notes end; a form feed between the pages makes it sure."
    )
    return layout.split(starts), [Finding("L13", message, layout.lines[starts[0]].span)]


def _long_pages(layout: Layout, measure: float) -> set[int]:
    """The pages that may be several: all where nothing tells pages, or lines are as narrow as columns, each with its notes at its foot;
    else those about twice as long as the usual one.
    """
    lengths = [page.last - page.first for page in layout.pages]
    most = min(LONG_PAGE, TWICE * median(lengths)) if layout.told and measure > COLUMN else 0
    return {number for number, length in enumerate(lengths) if length > most}


def _are_called(layout: Layout) -> bool:
    """Whether something on their own pages calls nearly all notes: one end of a page alone is believed then."""
    ranked = rank_styles(layout)
    return bool(ranked) and len(ranked[0].bodies) >= FEW and share_called(ranked[0]) >= NEARLY


def _starts(
    layout: Layout, bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]], measure: float
) -> list[int]:
    """The lines that the text goes on with: behind one body and not behind the call of the next."""
    calls = _by_value(tokens)
    out: list[int] = []
    first = -1  # the line of the first body of the notes under way
    above: dict[int, float] = {}  # what the text above them says for a number's being called there
    for k, (body, following) in enumerate(pairwise(bodies)):
        low, high = body.place[0], following.place[0]
        if first < 0:
            first, above = low, {}
        if body.page != following.page:
            first = -1
            continue
        begin = max([layout.pages[body.page].first, *out[-1:]])
        value = following.value
        ahead = {other.value for other in bodies[k + 1 : k + 1 + AHEAD]}
        for other in ahead - above.keys():
            weights = (m.weight for m in _between(calls[body.page, other], begin, first))
            above[other] = max(weights, default=PLAIN)
        found = [
            m.place[0]
            for other in ahead
            for m in _between(calls[body.page, other], low + 1, high)
            if m.weight > (above[value] if other == value else max(SURE, min(above[value], above[other])))
            and (other == value or not _NOTE.search(layout.lines[m.place[0]].text))
        ]
        if found:
            out.append(_resumed(layout, first, low, max(found), measure))
            first = -1
    last = bodies[-1] if bodies else None
    end = layout.pages[last.page].last if last is not None else 0
    if last is not None and (head := _section_behind(layout, last.place[0], end)):
        out.append(head)
    elif last is not None and end > last.place[0] + MOST_NOTE:
        out.append(_resumed(layout, first if first >= 0 else last.place[0], last.place[0], end - 1, measure))
    return out


def _section_behind(layout: Layout, body: int, end: int) -> int:
    """The heading of a section without a number, behind a closed line, that stands below the last body; 0 where none does."""
    lines = layout.lines
    behind = (i for i in range(body + 1, end) if is_closed(lines[i - 1].text))
    return next((i for i in behind if squashed(lines[i].text) in HEADING_NAMES), 0)


def _by_value(tokens: Sequence[Sequence[Mark]]) -> dict[tuple[int, int], list[Mark]]:
    """Possible calls by page and number, in order."""
    out: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for page, marks in enumerate(tokens):
        for mark in sorted(marks, key=lambda m: m.place):
            out[page, mark.value].append(mark)
    return out


def _between(marks: Sequence[Mark], low: int, high: int) -> Sequence[Mark]:
    """Those on lines ``low`` up to ``high``."""
    return marks[bisect_left(marks, low, key=_line) : bisect_left(marks, high, key=_line)]


def _line(mark: Mark) -> int:
    return mark.place[0]


def _resumed(layout: Layout, first: int, body: int, call: int, measure: float) -> int:
    """The line, behind a body's first and up to the next call's, that most looks like the text going on.

    ``first`` is the first line of all notes that stand there.
    """
    lines = layout.lines
    above = lines[first - 1].text if first else ""
    open_text = bool(above) and not is_closed(above)
    best, where = -99.0, call
    worth = 0.0  # of what the lines before say, if they belong to the note
    for i in range(body + 1, min(call, body + MOST_NOTE) + 1):
        before, line = lines[i - 1], lines[i]
        if i > body + 1:
            worth += SAYS if _NOTE.search(before.text) else -LACKS
        ends = 0.0 if not is_closed(before.text) else 2.0 + SHORT if before.width < measure - 2 else 2.0
        score = worth + ends
        score += (1.0 if line.indent < 2 else -1.5) if open_text else (1.0 if line.indent >= 2 else 0.0)
        score += 1.0 if line.gap else 0.0
        score -= 1.0 if _NOTE.search(line.text) else 0.0
        if score > best:
            best, where = score, i
        worth -= ENDED if ends > 2 else 0.0  # a note is mostly one paragraph
    return where
