"""Marks that came out before or within the label of the note which they begin: pdfplumber sorts characters by where their boxes begin,
and that of an opening mark which was set closer begins before the label (``《3 橋志》``, ``1〈5 橋志〉``).

Comes in: a layout. Goes out: the whole source in the order in which such lines are to be read. Refused: a number without the one before
it or behind it at the beginning of a line near by.
"""

from __future__ import annotations

import re
from collections import defaultdict

from pipeline.location import Span
from pipeline.recovery.notes.units import UNIT_AT_START
from pipeline.recovery.page_dump.pages.layout import Layout

_MARK = "[《〈「『“‘]"
_BEGINS = rf" ?(?!\s?{UNIT_AT_START})(?=[\u3400-\u9fffA-Za-z《〈「『“‘])"
_LABEL = re.compile(rf"([0-9]{{1,3}}){_BEGINS}")
_MOVED = re.compile(rf"(?P<before>[0-9]?)(?P<mark>{_MARK})(?P<behind>[0-9]{{1,2}}{_BEGINS})")
NEAR = 12  # lines


def find_moved(layout: Layout) -> list[Span]:
    """The spans of the source in their order; none where no mark was moved."""
    moved: dict[int, re.Match[str]] = {}
    labelled: dict[int, list[int]] = defaultdict(list)  # the lines that a number labels
    for i, line in enumerate(layout.lines):
        if match := _MOVED.match(line.text):
            moved[i] = match
            labelled[_number(match)].append(i)
        elif match := _LABEL.match(line.text):
            labelled[int(match[1])].append(i)
    out: list[Span] = []
    at = 0
    for i, match in moved.items():
        number, start = _number(match), layout.lines[i].start
        above = any(0 < i - k <= NEAR for k in labelled[number - 1])
        if above or any(0 < k - i <= NEAR for k in labelled[number + 1]):
            mark, end = start + match.start("mark"), start + match.end()
            out += [Span(at, mark), Span(mark + 1, end), Span(mark, mark + 1)]
            at = end
    return [*out, Span(at, len(layout.source))] if out else []


def _number(match: re.Match[str]) -> int:
    return int(match["before"] + match["behind"].rstrip())
