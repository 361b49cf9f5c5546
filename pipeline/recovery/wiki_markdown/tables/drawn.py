"""Tables that Pandoc draws with dashes, or with dashes and bars: columns told by where they stand on the page.

Comes in: the source, also with what is no text masked. Goes out: each table's stretch, its rows as stretches of their cells, its
caption. Refused (no table): a border that does not reach over all columns.
Source: Pandoc's manual, extensions ``simple_tables``, ``multiline_tables``, ``grid_tables``, ``table_captions``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple
from unicodedata import combining, east_asian_width

from pipeline.document.traced import Traced
from pipeline.location import Span, stripped
from pipeline.recovery.markdown.inline import HAN_SIDE, Inline

_SIGNS = ("\n  --", "\n+--", "\n  +--", "\n+==")  # without one of these nothing is found
_DASHES = re.compile(r" {2,}-{2,}(?: +-{2,})*[ ]*$")
_BORDER = re.compile(r" *\+(?:[-=:]+\+)+[ ]*$")
_CAPTION = re.compile(r"(?:[ \t]*\n)?[ ]{0,4}:[ ](?P<words>[^\s][^\n]*(?:\n(?![ \t]*\n)[^\n]+)*)(?=\n|\Z)")
_ITEM = re.compile(r"(?:[-*]|[0-9]{1,3}\.)[ ]+\S")
_MOST_LINES = 400  # of a table


_Cells = tuple[tuple[tuple[Span, ...], ...], ...]  # by rows; each cell as its lines


@dataclass(frozen=True)
class DrawnTable:
    """A table's stretch, the stretches of its cells' lines, its caption."""

    span: Span
    rows: _Cells
    caption: Span | None


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str


class _Found(NamedTuple):
    """The first line of a table, the line behind it, its rows; no rows, where what begins as a table is none."""

    first: int
    stop: int
    rows: _Cells


def find_drawn_tables(text: str, source: str) -> list[DrawnTable]:
    """The tables; ``text`` is the source with what is no text masked."""
    if not any(sign in text for sign in _SIGNS):
        return []
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(_Line(at, line))
        at += len(line) + 1
    return list(_tables(lines, text, source))


def _tables(lines: Sequence[_Line], text: str, source: str) -> Iterator[DrawnTable]:
    k = 0
    while k < len(lines):
        found = None
        if _BORDER.match(lines[k].text):
            found = _grid(lines, k, source)
        elif _DASHES.match(lines[k].text):
            found = _simple(lines, k, source)
        if found is None:
            k += 1
            continue
        first, stop, rows = found
        if not rows:
            k = stop
            continue
        end = lines[stop - 1].start + len(lines[stop - 1].text)
        caption = _CAPTION.match(text, end + 1)
        words = Span(*caption.span("words")) if caption else None
        yield DrawnTable(Span(lines[first].start, words.end if words else end), rows, words)
        k = stop


def _simple(lines: Sequence[_Line], k: int, source: str) -> _Found | None:
    """A table whose lines of dashes draw its columns; one over all columns begins a table in which others do."""
    groups = _columns(lines[k])
    if k == 0 or not lines[k - 1].text.strip():
        return _multiline(lines, k, source) if len(groups) == 1 else _headless(lines, k, source)
    if k > 1 and lines[k - 2].text.strip():
        return None  # several lines above: no head
    if not _fits(lines[k - 1], groups, source) or not lines[k - 1].text.startswith("  "):
        return None
    stop = k + 1
    while stop < len(lines) and lines[stop].text.strip() and stop - k < _MOST_LINES:
        stop += 1
    body = lines[k + 1 : stop]
    if body and _DASHES.match(body[-1].text):
        body = body[:-1]
    return _Found(k - 1, stop, _rows([[line] for line in (lines[k - 1], *body)], groups, source))


def _headless(lines: Sequence[_Line], k: int, source: str) -> _Found | None:
    """Rows between two lines of dashes, parted by blank lines if they go over lines."""
    stop = _drawn_again(lines, k)
    if stop is None:
        return None
    inside = lines[k + 1 : stop]
    is_parted = any(not line.text.strip() for line in inside)
    rows = _parted(inside) if is_parted else [[line] for line in inside]
    return _Found(k, stop + 1, _rows(rows, _columns(lines[k]), source))


def _multiline(lines: Sequence[_Line], k: int, source: str) -> _Found | None:
    """A table between two lines over all columns, its rows parted by blank lines."""
    stop = _drawn_again(lines, k)
    if stop is None:
        return None
    drawn = next((i for i in range(k + 1, stop) if _DASHES.match(lines[i].text)), None)
    if drawn is None:
        return _Found(k, stop, ())
    rows = [list(lines[k + 1 : drawn]), *_parted(lines[drawn + 1 : stop])]
    return _Found(k, stop + 1, _rows(rows, _columns(lines[drawn]), source))


def _drawn_again(lines: Sequence[_Line], k: int) -> int | None:
    """Where the line stands again, which closes a table."""
    drawn = lines[k].text.rstrip()
    below = range(k + 1, min(len(lines), k + _MOST_LINES))
    return next((i for i in below if lines[i].text.rstrip() == drawn), None)


def _columns(line: _Line) -> list[tuple[int, int]]:
    """The columns that a line of dashes draws."""
    return [m.span() for m in re.finditer("-+", line.text)]


def _grid(lines: Sequence[_Line], k: int, source: str) -> _Found | None:
    """A table of cells with borders on all sides."""
    border = lines[k].text.rstrip()
    places = [m.start() for m in re.finditer(r"\+", border)]
    stop, rows = k + 1, list[list[_Line]]()
    row: list[_Line] = []
    while stop < len(lines) and stop - k < _MOST_LINES:
        line = lines[stop].text.rstrip()
        if _BORDER.match(line):
            if [m.start() for m in re.finditer(r"\+", line)] != places:
                return _Found(k, stop + 1, ())
            rows.append(row)
            row = []
        elif line.lstrip().startswith("|") and line.endswith("|"):
            row.append(lines[stop])
        else:
            break
        stop += 1
    if row or not rows:
        return _Found(k, stop, ())
    told = [_rows([row], _groups(row, places, source), source)[0] for row in rows]
    whole = [_filled(row, cells, places, source) for row, cells in zip(rows, told, strict=True)]
    return _Found(k, stop, tuple(whole))


def _groups(row: Sequence[_Line], places: Sequence[int], source: str) -> list[tuple[int, int]]:
    """The columns of a row of a grid: where no line has a bar, a cell goes on."""
    kept = [
        p for p in places if p in (places[0], places[-1]) or any(_has_bar(line, p, source) for line in row)
    ]
    return [(a + 1, b) for a, b in pairwise(kept)]


def _filled(
    row: Sequence[_Line], cells: tuple[tuple[Span, ...], ...], places: Sequence[int], source: str
) -> tuple[tuple[Span, ...], ...]:
    """The cells with empty ones behind each that goes over several columns."""
    out: list[tuple[Span, ...]] = []
    for (begin, end), cell in zip(_groups(row, places, source), cells, strict=True):
        out += [cell, *[()] * (sum(begin <= p < end for p in places))]
    return tuple(out)


def _has_bar(line: _Line, column: int, source: str) -> bool:
    at, shown = 0, 0
    text = source[line.start : line.start + len(line.text)]
    while at < len(text) and shown < column:
        shown += _width(text[at])
        at += 1
    return shown == column and text[at : at + 1] in ("|", "+")


def _parted(lines: Sequence[_Line]) -> list[list[_Line]]:
    rows: list[list[_Line]] = [[]]
    for line in lines:
        if line.text.strip():
            rows[-1].append(line)
        elif rows[-1]:
            rows.append([])
    return [row for row in rows if row]


def _rows(rows: Sequence[Sequence[_Line]], groups: Sequence[tuple[int, int]], source: str) -> _Cells:
    """The cells of each row: of each of its lines what stands in the column."""
    out = []
    for row in rows:
        cells: list[list[Span]] = [[] for _ in groups]
        for line in row:
            for cell, span in zip(cells, _slices(line, groups, source), strict=True):
                if len(span):
                    cell.append(span)
        out.append(tuple(tuple(cell) for cell in cells))
    return tuple(out)


def _slices(line: _Line, groups: Sequence[tuple[int, int]], source: str) -> Iterator[Span]:
    """What stands in each column of a line, without the white space around it. The last one is open at its end."""
    shown = source[line.start : line.start + len(line.text)]
    at = column = 0
    places = []  # the character at the column where each group begins and the next one does
    for begin, _ in [*groups, (1 << 30, 0)]:
        while at < len(shown) and column < begin:
            column += _width(shown[at])
            at += 1
        places.append(at)
    is_barred = shown.lstrip().startswith("|") and shown.rstrip().endswith("|")
    if is_barred:
        places[-1] = len(shown.rstrip())
    for a, b in pairwise(places):
        b = max(a, b - is_barred)  # the bar behind it
        a, b = stripped(line.text, a, b)
        yield Span(line.start + a, line.start + b)


def _fits(line: _Line, groups: Sequence[tuple[int, int]], source: str) -> bool:
    """Whether a head has its words where the columns are."""
    return sum(bool(len(span)) for span in _slices(line, groups, source)) * 2 > len(groups)


def _width(character: str) -> int:
    if combining(character):
        return 0
    return 1 + (east_asian_width(character) in "WF")


def read_drawn_table(table: DrawnTable, inline: Inline) -> tuple[tuple[Traced, ...], ...]:
    """The rows of a table as texts; lines of a cell are one text."""
    return tuple(tuple(_cell(cell, inline) for cell in row) for row in table.rows)


def _cell(lines: Sequence[Span], inline: Inline) -> Traced:
    parts: list[Traced] = []
    for i, span in enumerate(lines):
        is_cut = i < len(lines) - 1 and inline.source[span.end - 1] == "\\"  # a line break of the author's
        if i and inline.source[lines[i - 1].end - 1] == "\\":
            at = lines[i - 1].end - 1
            parts.append(Traced.edited("\\", at, "\n", "L902", "line break in a cell"))
        elif i:
            sides = inline.source[lines[i - 1].end - 1] + inline.source[span.start]
            is_item = _ITEM.match(inline.source, span.start) is not None
            joint = "\n" if is_item else "" if HAN_SIDE.search(sides) else " "
            parts.append(Traced.edited("", lines[i - 1].end, joint, "L101", "line end inside a cell"))
        parts.append(inline.read(span.start, span.end - is_cut))
    return Traced.joined(parts)
