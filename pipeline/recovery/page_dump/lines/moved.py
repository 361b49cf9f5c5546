"""Marks that came out before or within the label of the note which they begin: pdfplumber sorts characters by where their boxes begin,
and that of an opening mark which was set closer begins before the label (``《3 橋志》``, ``1〈5 橋志〉``).

Comes in: a layout. Goes out: the whole source in the order in which such lines are to be read. Refused: a number that is not the next one
behind the label of a line above.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.location import Span
from pipeline.recovery.notes.units import UNIT_AT_START
from pipeline.recovery.page_dump.pages.layout import LONG_PAGE, Layout

_MARK = "[《〈「『“‘（〔【]"
_BEGINS = rf" ?(?![0-9.．,，/:：%％°\-–—~～)）\]］〕】》〉」』”]|\s?{UNIT_AT_START})"
_LABEL = re.compile(rf"([0-9]{{1,3}}){_BEGINS}")
_MOVED = re.compile(rf"(?P<before>[0-9]?)(?P<mark>{_MARK})(?P<behind>[0-9]{{1,3}}{_BEGINS})")


def find_moved(layout: Layout) -> list[Span]:
    """The spans of the source in their order; none where no mark was moved."""
    out: list[Span] = []
    at = 0
    for start, match in _moved(layout):
        mark, end = start + match.start("mark"), start + match.end()
        out += [Span(at, mark), Span(mark + 1, end), Span(mark, mark + 1)]
        at = end
    return [*out, Span(at, len(layout.source))] if out else []


def _moved(layout: Layout) -> Iterator[tuple[int, re.Match[str]]]:
    """The lines, by their places, whose label is the next one behind a label a page or less above."""
    last: dict[int, int] = {}  # number → the last line that it labels
    for i, line in enumerate(layout.lines):
        moved = _MOVED.match(line.text)
        number = int(moved["before"] + moved["behind"].rstrip()) if moved else 0
        if moved and i - last.get(number - 1, -LONG_PAGE - 1) <= LONG_PAGE:
            last[number] = i
            yield line.start, moved
        elif label := _LABEL.match(line.text):
            last[int(label[1])] = i
