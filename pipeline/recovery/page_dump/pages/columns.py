"""Pages set in two columns that a dump kept side by side, as ``pdftotext -layout`` does.

Comes in: a layout. Goes out: the same with each page's left column before its right one, and a finding that says so.
Refused: pages whose lines do not leave the same place blank, and tables and lists of contents: their columns hold few words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.document.manuscript import Finding
from pipeline.location import make
from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.numbers import LONG_HEAD, find_folio, lone_number
from pipeline.recovery.page_dump.pages.tangled import alternates
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.wording.letters import is_mostly_han, squashed

_PART = re.compile(r"\S+(?: \S+)*")  # what wide spaces part
_GAP = re.compile(r"\s(?<=[\u3400-\u9fff，。、；：？！」』》〉）]\s)\s*(?=[\u3400-\u9fff「『《〈（])")
_LABEL = re.compile(r"[（(\[〔]?([0-9]{1,3})(?:[)）\]〕.．、]|\s)")
SIDE = 8.0  # em: no column is narrower
ACROSS = 0.05  # of the wide lines hold two columns
LEAST = 12  # lines of a page whose columns can tell
LEFTMOST = 20  # characters: no column is so narrow
PARTS = 0.25  # of a page's lines have a part in each column
FEWER = 0.12  # of them, where the other pages are set in two columns
NEAR = 8  # characters: so much the columns of one document shift
WORDS = 10  # characters: shorter parts are cells
CLEAN = 0.8  # of a page's lines leave the place between the columns blank
PAGES, SOME = 0.5, 0.33  # of the pages are set so, and tell it by themselves
OTHER = 1.6  # times as far right, or left, another page may have the place
TABLE = 2  # parts of a line, at most


class _Row(NamedTuple):
    """A line and where its text begins on the physical line, in characters."""

    line: Line
    at: int

    def parts(self) -> list[tuple[int, int]]:
        """The parts that wide spaces divide it into, from and to where on the physical line."""
        text = self.line.text
        if "  " not in text and text.isprintable():  # of white space only single spaces are printable
            return [(self.at, self.at + len(text))]
        return [(self.at + m.start(), self.at + m.end()) for m in _PART.finditer(text)]


@dataclass(frozen=True, slots=True)
class Columned:
    """The layout with its columns one behind the other; where in the source right columns begin; what to look at."""

    layout: Layout
    begins: frozenset[int] = frozenset()
    findings: tuple[Finding, ...] = ()


def part_columns(layout: Layout) -> Columned:
    """The layout with its columns one behind the other, where most of its pages have two, or the pages of its notes."""
    edges = _edges(layout)
    if noted := not any(edges):
        edges = [_edge_of_notes(layout, page) for page in layout.pages]
    if not any(edges):
        return Columned(layout, findings=_told_in_turn(layout) or _read_across(layout))
    begins: set[int] = set()
    lines: list[Line] = []
    pages = []
    for page, edge in zip(layout.pages, edges, strict=True):
        first = len(lines)
        rows = _rows(layout, page) if edge else []
        last = _end_of_list(rows, edge) if noted else len(rows)
        lines += _unwoven(rows[:last], edge, begins) if edge else layout.lines[page.first : page.last]
        lines += [row.line for row in rows[last:]]
        pages.append(Page(first, len(lines), page.number))
    message = (
        "the pages are set in two columns side by side: the left one was read before the right one. "
        "Look whether every line found its column."
    )
    begin = next(page.first for page, edge in zip(layout.pages, edges, strict=True) if edge)
    finding = Finding("L21", message, layout.lines[begin].span)
    layout = replace(layout, lines=tuple(lines), pages=tuple(pages), spread=False)
    return Columned(layout, frozenset(begins), (finding,))


def divide_pages(layout: Layout, begins: frozenset[int]) -> Layout:
    """The layout with a page for each column: notes stand at the foot of their own."""
    pages: list[Page] = []
    for page in layout.pages:
        inner = [i for i in range(page.first + 1, page.last) if layout.lines[i].start in begins]
        bounds = [page.first, *inner, page.last]
        pages += [Page(a, b, page.number if a == page.first else "") for a, b in pairwise(bounds)]
    return replace(layout, pages=tuple(pages)) if begins else layout


def _told_in_turn(layout: Layout) -> tuple[Finding, ...]:
    """What to look at where the lines of two columns alternate."""
    if not layout.lines or not alternates(layout):
        return ()
    message = (
        "the pages seem to be set in two columns whose lines came out in turn: nearly every line goes on two lines below. "
        "Extract them column by column (pdftotext -layout keeps the columns apart)."
    )
    return (Finding("L22", message, layout.lines[0].span),)


def _read_across(layout: Layout) -> tuple[Finding, ...]:
    """What to look at where lines hold the texts of two columns, a space between them at one and the same place."""
    places = []
    for line in layout.lines:
        if (" " not in line.text and line.text.isprintable()) or line.width <= 2 * SIDE:
            continue  # no white space, or no room for two columns
        left, at = 0.0, 0
        for match in _GAP.finditer(line.text):
            left, at = left + width_of(line.text[at : match.start()]), match.start()
            if min(left, line.em - left - width_of(match[0])) >= SIDE:
                places.append((round(left), line))
    counts = Counter(place for place, _ in places)
    around = {place: sum(counts.get(place + k, 0) for k in (-1, 0, 1)) for place in counts}
    top = max(around, key=lambda place: (around[place], -place), default=0)
    if around.get(top, 0) < LEAST:
        return ()
    if around[top] < ACROSS * sum(line.width > 2 * SIDE for line in layout.lines):
        return ()
    first = next(line for place, line in places if abs(place - top) <= 1)
    message = (
        f"{around[top]} lines hold two pieces of text side by side: the pages seem to be set in two columns and "
        "read across. Extract them column by column (pdftotext -layout keeps the columns apart)."
    )
    return (Finding("L22", message, first.span),)


def _rows(layout: Layout, page: Page) -> list[_Row]:
    rows, end = [], layout.lines[page.first - 1].end if page.first else 0
    find_last = layout.source.rfind
    for line in layout.lines[page.first : page.last]:
        broken = max(find_last("\n", end, line.start), find_last("\f", end, line.start))
        rows.append(make(_Row, (line, line.start - 1 - broken)))
        end = line.end
    return rows


def _may_have_columns(lines: Sequence[Line]) -> bool:
    """Whether wide spaces part lines, or stand before them: else no text begins where a right column may."""
    text = "".join([line.text for line in lines])
    far = any(b.start - a.end >= LEFTMOST for a, b in pairwise(lines))
    return far or "  " in text or not text.isprintable()  # of white space only single spaces are printable


def _edges(layout: Layout) -> list[int]:
    """Where the right columns of the pages begin. Where enough tell it, they tell it for others, which may be printed narrower; in letters
    most must, for there tables look so.
    """
    edges = [_edge(layout, page) for page in layout.pages]
    told = [edge for edge, page in zip(edges, layout.pages, strict=True) if page.last - page.first >= LEAST]
    han = any(edges) and is_mostly_han(squashed(layout.source))
    if sum(edge > 0 for edge in told) < (SOME if han else PAGES) * len(told) or not any(told):
        return [0] * len(edges)
    usual = int(median(edge for edge in edges if edge))
    out = []
    for edge, page in zip(edges, layout.pages, strict=True):
        other = 0 if edge or not han else _edge(layout, page, columned=True)
        likely = other if usual / OTHER <= other <= usual * OTHER else 0
        out.append(edge or _edge(layout, page, usual) or likely)
    told = [edge for edge, page in zip(out, layout.pages, strict=True) if page.last - page.first >= LEAST]
    return out if sum(edge > 0 for edge in told) >= PAGES * len(told) else [0] * len(out)


def _edge(layout: Layout, page: Page, usual: int = 0, columned: bool = False) -> int:
    """Where the right column of a page begins, in characters; 0 when it has none.

    ``usual`` is where those of the other pages begin: then a table does not hide it. ``columned``: other pages have two, so that lines
    which begin at one place tell it, however short they are.
    """
    if page.last - page.first < LEAST or not _may_have_columns(layout.lines[page.first : page.last]):
        return 0
    rows = _rows(layout, page)
    parts = [row.parts() for row in rows]
    begins = Counter(
        start
        for found in parts
        for start, _ in found
        if start >= LEFTMOST and (not usual or abs(start - usual) <= NEAR)
    )
    near = {at: begins[at] + begins.get(at + 1, 0) for at in begins}
    edge = max(near, key=lambda at: (near[at], -at), default=0)
    if not edge:
        return 0
    left = [end - start for found in parts for start, end in found if end < edge]
    right = [end - start for found in parts for start, end in found if start >= edge]
    across = sum(any(start < edge <= end for start, end in found) for found in parts)
    if usual:
        return edge if min(len(left), len(right)) >= FEWER * len(rows) and across * 2 <= len(rows) else 0
    fair = min(len(left), len(right)) >= PARTS * len(rows) and across <= (1 - CLEAN) * len(rows)
    wordy = all(sum(size >= WORDS for size in sizes) * 2 > len(sizes) for sizes in (left, right))
    if columned:  # also beside the rows of a table
        return edge if fair and near[edge] >= PARTS * len(rows) else 0
    return edge if fair and wordy and max(map(len, parts)) <= 2 * TABLE else 0


def _edge_of_notes(layout: Layout, page: Page) -> int:
    """Where the right column of a list of notes begins, in characters: its labels stand below each other and count on from those
    of the left one; 0 where a page has no such list.
    """
    if not _may_have_columns(layout.lines[page.first : page.last]):
        return 0
    found = [
        (start, int(match[1]))
        for row in _rows(layout, page)
        for start, _ in row.parts()
        if (match := _LABEL.match(row.line.text, start - row.at))
    ]
    edge, right = _labels_below_each_other(found, LEFTMOST)
    _, left = _labels_below_each_other([(start, number) for start, number in found if start < LEFTMOST], 0)
    steps = [b - a for a, b in pairwise([*left, *right])]
    return edge if min(len(left), len(right)) > 1 and set(steps[-len(right) - 1 :]) == {1} else 0


def _labels_below_each_other(labels: Sequence[tuple[int, int]], least: int) -> tuple[int, list[int]]:
    """The place at which most labels stand from ``least`` on, and their numbers; each label has its place and number."""
    places = Counter(start for start, _ in labels if start >= least)
    place = max(places, key=lambda at: (places[at] + places.get(at + 1, 0), -at), default=0)
    return place, [number for start, number in labels if places and place <= start <= place + 1]


def _end_of_list(rows: Sequence[_Row], edge: int) -> int:
    """The row behind a list in two columns: behind a blank line, below the last row that has both."""
    both = [k for k, row in enumerate(rows) if any(start >= edge for start, _ in row.parts())]
    below = range(both[-1] + 1, len(rows)) if both else ()
    return next((k for k in below if rows[k].line.gap), len(rows))


def _unwoven(rows: Sequence[_Row], edge: int, begins: set[int]) -> list[Line]:
    """A page's lines: above each line that goes over both columns the left one, then the right one.

    ``begins`` takes in where right columns begin. What stands at the page's edge and in neither column stays there.
    """
    margin = min(row.at for row in rows)
    last = len(rows)
    while last > 1 and _is_set_apart(rows[last - 1], edge, margin):
        last -= 1
    headed = _is_set_apart(rows[0], edge, margin) or find_folio(rows[0].line.text) is not None
    first = int(headed and last > 1)
    out = [row.line for row in rows[:first]]
    left: list[Line] = []
    right: list[Line] = []
    for row in rows[first:last]:
        parts = row.parts()
        if any(start < edge <= end for start, end in parts):
            begins.update(line.start for line in right[:1] if left)
            out += [*left, *right, row.line]
            left, right = [], []
            continue
        line = row.line._replace(gap=0, tight=False)
        mine = [end for _, end in parts if end < edge]
        others = [start for start, _ in parts if start >= edge]
        cut = row.line.start - row.at
        if mine:
            end = cut + mine[-1]
            text = line.text[: mine[-1] - row.at]
            whole = line._replace(end=end, text=text, em=width_of(text), indent=row.at - margin)
            left.append(whole._replace(after=cut + others[0], trailing=False) if others else whole)
        if others:
            text = line.text[others[0] - row.at :]
            indent = others[0] - edge
            right.append(line._replace(start=cut + others[0], text=text, em=width_of(text), indent=indent))
    begins.update(line.start for line in right[:1] if left)
    return [*out, *left, *right, *(row.line for row in rows[last:])]


def _is_set_apart(row: _Row, edge: int, margin: int) -> bool:
    """Whether a line is one short part that begins where no column does: a page number, a running head; or names a journal and its
    issue, left and right.
    """
    text = row.line.text
    if lone_number(text) >= 0 or is_masthead(text):
        return True
    short = len(text) <= LONG_HEAD and len(row.parts()) == 1
    return short and min(abs(row.at - edge), abs(row.at - margin)) > NEAR
