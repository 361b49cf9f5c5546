"""Letters of a slanting watermark within the lines of a page alone, or of two.

Where no other pages say which letters the mark has, its place does: line by line it stands farther to one side.

Comes in: a layout. Goes out: the spans of letters of an alphabet that stand behind a line of the text, or between Han characters along
the slant. Refused: Han letters, numbers, and pages on which no letters stand alone between the lines.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.location import Span
from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.page_dump.overlays.scattered import PAGES, find_parting
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.widths import width_of

_BEHIND = re.compile(  # the text's line ends with Han characters, or with a sentence and its call
    rf"(?:[。！？」』”][0-9{CIRCLED}]{{1,3}}|[\u3000-\u9fff\uff00-\uff5e”’…])((?: [A-Za-z]){{1,2}})$"
)
_BETWEEN = re.compile(r"(?<=[\u3400-\u9fff，、])[A-Za-z](?=[\u3400-\u9fff])")
LEAST = 3  # letters between Han characters that the slant goes through
SHARE = 0.75  # of all such letters


def find_inset(layout: Layout) -> list[Span]:
    """The spans of the mark's letters within lines, in order."""
    if len(layout.pages) >= PAGES or not (alone := find_parting(layout)):
        return []
    out: list[Span] = []
    for page in layout.pages:
        between: list[tuple[float, Span]] = []
        for i in range(page.first, page.last):
            line = layout.lines[i]
            if i in alone:
                continue
            if (match := _BEHIND.search(line.text)) is not None:
                out.append(Span(line.start + match.start(1), line.start + match.end()))
            for match in _BETWEEN.finditer(line.text):
                span = Span(line.start + match.start(), line.start + match.end())
                between.append((width_of(line.text[: match.start()]), span))
        ems = [em for em, _ in between]
        along = max(_falling(ems), _falling([-em for em in ems]), key=len)
        if len(along) >= max(LEAST, SHARE * len(between)):
            out += (between[k][1] for k in along)
    return sorted(out, key=lambda span: span.start)


def _falling(values: Sequence[float]) -> list[int]:
    """The places of the longest run of values that fall, others left out."""
    ends: list[float] = []
    lasts: list[int] = []
    before = [-1] * len(values)
    for k, value in enumerate(values):
        at = bisect_left(ends, -value)
        before[k] = lasts[at - 1] if at else -1
        ends[at : at + 1], lasts[at : at + 1] = [-value], [k]
    out: list[int] = []
    at = lasts[-1] if lasts else -1
    while at >= 0:
        out.append(at)
        at = before[at]
    return out[::-1]
