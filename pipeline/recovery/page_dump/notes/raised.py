"""Raised numbers that came out on a line of their own: behind the line in which they stand, for pdftotext sorts them by their
height, or before the line that they end, for so PyMuPDF sorts its blocks.

Comes in: a layout without furniture. Goes out: the same with each such call where it was called: before its line when it began it,
at the hole that it left there, or behind the line below it. Refused: a number whose note does not stand further down its page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from pipeline.recovery.notes.numbers import CIRCLED, PAIR
from pipeline.recovery.page_dump.notes.tokens import pages_of_lines
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.wording.marks import CLOSERS, NEVER_FIRST

_CALL = re.compile(rf"[0-9]{{1,3}}|{PAIR}|[{CIRCLED}]")
LONGEST = 3  # characters of a call
_HOLE = re.compile("(?<=[\u3400-\u9fff，。、；：？！」』》〉）]) (?=[\u3400-\u9fff「『《〈（])")
INDENTED = 0.1  # of the lines of a dump that kept where its lines begin
HOLED = 0.03  # of the lines, at most, have a space between Han characters of another reason
LEAST = 10.0  # em: shorter lines are no lines of a text
NEAR = 2  # half-widths
ABOVE = 3  # so many numbers, at least, stand above the ends of sentences
OTHERS = 4  # and so many times as many as below them
STRAY = 0.3  # of its place, in half-widths: Han characters do not keep to the columns of a dump


def place_raised(layout: Layout) -> Layout:
    """The layout with calls that came out behind their line before it, or in the middle of it."""
    lines = layout.lines
    alone = [i for i in range(1, len(lines) - 1) if _is_number(lines[i].text)]
    above = _stand_above(layout, alone)
    if not alone or (layout.spread and not above):
        return layout
    placed = sum(line.indent > 0 for line in lines) > INDENTED * len(lines)
    before = {i - 1 for i in alone}
    holes = sum(i not in before and _HOLE.search(line.text) is not None for i, line in enumerate(lines))
    holed = holes > HOLED * len(lines)
    order = _below if above else partial(_ordered, placed=placed, holed=holed)
    out: list[Line] = []
    pages: list[Page] = []
    for page in layout.pages:
        first = len(out)
        out += order(layout, page)
        pages.append(Page(first, len(out), page.number))
    return replace(layout, lines=tuple(out), pages=tuple(pages))


def _is_number(text: str) -> bool:
    return len(text) <= LONGEST and _CALL.fullmatch(text) is not None


def _stand_above(layout: Layout, alone: Sequence[int]) -> bool:
    """Whether numbers came out above the lines that they end: these end sentences, those above them end within one."""
    pages = pages_of_lines(layout)
    ends = [
        _closed_around(layout.lines, i) for i in alone if _is_called(layout.lines, i, layout.pages[pages[i]])
    ]
    above = ends.count((False, True))
    return above >= ABOVE and above > OTHERS * ends.count((True, False))


def _closed_around(lines: Sequence[Line], i: int) -> tuple[bool, bool]:
    """Whether the lines above and below a line end sentences."""
    return lines[i - 1].text[-1] in CLOSERS, lines[i + 1].text[-1] in CLOSERS


def _below(layout: Layout, page: Page) -> Iterator[Line]:
    """The lines of a page with each number behind the line below it, unless that above it ends a sentence and that does not."""
    lines = layout.lines
    i = page.first
    while i < page.last:
        called = i + 1 < page.last and _is_called(lines, i, page)
        if called and _closed_around(lines, i) != (True, False):
            yield from (lines[i + 1], lines[i]._replace(gap=0, indent=0, tight=True))
            i += 2
        else:
            yield lines[i]
            i += 1


def _ordered(layout: Layout, page: Page, placed: bool, holed: bool) -> Iterator[Line]:
    lines = layout.lines
    i = page.first
    while i < page.last:
        call = lines[i + 1] if i + 2 < page.last else None
        if call is None or lines[i].em < LEAST or not _is_called(lines, i + 1, page):
            yield lines[i]
            i += 1
            continue
        hole = None if holed or call.gap else _hole(layout.source, lines[i], call, placed)
        if hole is not None:
            head, tail = _divided(lines[i], hole)
            yield from (head, call._replace(indent=0), tail)
        elif _begins(lines[i], call, lines[i + 2], placed):
            yield from (call._replace(indent=0, gap=lines[i].gap), lines[i]._replace(gap=0, tight=True))
        else:
            yield from (lines[i], call)
        i += 2


def _is_called(lines: Sequence[Line], i: int, page: Page) -> bool:
    """Whether a line is only a number, and a note of that number begins further down the page: no «4, 12 September»."""
    number = lines[i].text
    if not _is_number(number):
        return False
    behind = (
        lines[k].text[len(number) :] for k in range(i + 1, page.last) if lines[k].text.startswith(number)
    )
    return any(not rest[:1].isdigit() and not rest.startswith((",", "，")) for rest in behind)


def _begins(line: Line, call: Line, behind: Line, placed: bool) -> bool:
    """Whether the call stands at the beginning of the line above it.

    It is as far in, or, where the dump did not keep that, set apart: at the line's end it would follow directly. A line that
    ends a sentence may have had no room for its call.
    """
    if placed:
        inner = line.text[0] in NEVER_FIRST or line.text[-1] not in CLOSERS
        return inner and abs(call.indent - line.indent) <= NEAR and behind.gap > 0
    return call.gap > 0 and behind.gap > 0


def _hole(source: str, line: Line, call: Line, placed: bool) -> int | None:
    """The only place in a line where a call can have stood, in characters; where pieces were put together there is none."""
    holes = [match.start() for match in _HOLE.finditer(line.text)]
    holes = [hole for hole in holes if source[line.start + hole] != "\n"]
    if len(holes) != 1:
        return None
    at = line.indent + 2 * width_of(line.text[: holes[0]])
    return holes[0] if not placed or abs(call.indent - at) <= max(NEAR, STRAY * at) else None


def _divided(line: Line, hole: int) -> tuple[Line, Line]:
    start = line.start + hole
    head, tail = line.text[:hole], line.text[hole + 1 :]
    first = line._replace(end=start, after=start + 1, text=head, em=width_of(head), trailing=False)
    rest = line._replace(start=start + 1, text=tail, em=width_of(tail), indent=0, gap=0, rule=0, tight=True)
    return first, rest
