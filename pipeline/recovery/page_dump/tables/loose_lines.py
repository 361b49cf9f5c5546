"""Tables that came out as loose lines: where they are, and whether they can be rebuilt.

Comes in: lines. Goes out: runs of lines that were a table, and its rows where they are still told apart.
Refused: a table without a caption and without columns; rows of different lengths are not made to fit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.recovery.page_dump.captions import BARE, CAPTION, FIGURE, SOURCE, is_caption
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.page_dump.tables.cells import (
    CELL,
    column_rows,
    lined_rows,
    stacked_rows,
)
from pipeline.recovery.page_dump.tables.shapes import COLUMNS, Cell
from pipeline.recovery.wording.marks import HAN_CLOSERS, STOPS

_COLUMNS = re.compile(r"\s{2,}|\t|\s*[|｜]\s*")
_HAS_COLUMNS = re.compile(r"[\s|｜](?:(?<=[\t|｜])|\s)")  # found much faster than the pattern above
_BRACKETED = re.compile("[（(][^（）()]*[)）]")
_DRAWN = re.compile("[\t|｜\u3000]")
FULL = 0.75  # of the measure: so full is a line of a text in letters, whose characters are narrower than they count
LOOSE = 0.62  # of the measure: lines of a table are shorter
MOST = 240  # lines that cells one below the other take
UNNAMED = 9  # lines of a table whose cells came out one below the other and that has no caption
_SENTENCE = f"{STOPS}；，"
_ENDED = f"{HAN_CLOSERS})：:"
LEAST = 4  # loose lines below a caption
ROWS = 3


@dataclass(frozen=True, slots=True)
class LooseTable:
    """Lines ``first`` up to ``last``; the caption is the line before ``first``, or the two lines."""

    first: int
    last: int
    rows: tuple[tuple[Cell, ...], ...] = ()  # empty where nothing tells the cells


def find_tables(
    texts: Sequence[str],
    widths: Sequence[float],
    measure: float,
    stops: Sequence[bool],
    called: Sequence[bool],
    opens: Sequence[bool],
) -> list[LooseTable]:
    """Runs of short lines below a caption, and without one rows and columns that tell themselves.

    ``stops`` are lines that no table goes over (headings), ``called`` those at whose ends notes are called: an extractor may
    have broken a line of text there. ``opens`` are those behind a blank line.
    """
    out = []
    i = tried = 0
    while i < len(texts):
        table = None
        if texts[i][0] == "表" and CAPTION.match(texts[i]) and is_caption(texts[i]):
            first = i + 1 + (not any(stops[i + 1 : i + 3]) and is_named_below(texts, i))
            table = _below_caption(texts, opens, first, _end_of_loose(texts, widths, measure, stops, first))
        elif (k := _end_of_rows(texts, stops, i)) - i >= ROWS and not _is_justified(texts[i:k], measure):
            table = _told(texts, opens, i, k) or LooseTable(i, k)
        elif i >= tried and (k := _end_of_cells(texts, widths, measure, [stops, called], i)) > i:
            tried = k
            if not i or texts[i - 1][-1] in _ENDED or widths[i - 1] < LOOSE * measure:
                table = _told(texts, opens, i, k, UNNAMED) or _told(texts, opens, i + 1, k, UNNAMED)
        if table is not None:
            out.append(table)
            i = tried = table.last - 1
        i += 1
    return out


def is_named_below(texts: Sequence[str], i: int) -> bool:
    """Whether a caption is only a number and the line below it the table's name: it has fewer cells than the line below it, or
    is longer than cells that have a line each.

    >>> is_named_below(["表 2-1", "歷年過閘船數（N = 3）", "年份", "船數"], 0), is_named_below(["表 2-1", "年份", "船數", "1905"], 0)
    (True, False)
    """
    if BARE.fullmatch(texts[i]) is None or i + 2 >= len(texts):
        return False
    cells, below = (len(CELL.findall(_BRACKETED.sub("", text))) for text in texts[i + 1 : i + 3])
    return cells < below or (below == 1 and len(texts[i + 1]) > max(map(len, texts[i + 2 : i + 2 + ROWS])))


def _end_of_loose(
    texts: Sequence[str], widths: Sequence[float], measure: float, stops: Sequence[bool], i: int
) -> int:
    """Where the lines below a caption end that are too short for a text, or rows."""
    first = i
    while i < len(texts) and not stops[i]:
        row = _cells(texts[i]) > 2 or is_row(texts[i - 1] if i > first else texts[i], texts[i])
        if (widths[i] >= LOOSE * measure and not row) or SOURCE.match(texts[i]) or FIGURE.match(texts[i]):
            break
        i += 1
    return i


def is_row(before: str, text: str) -> bool:
    """Whether one space parts a line into as many cells as the one before, three and more, and it ends no sentence.

    >>> is_row("1931 240 3,900", "1934 262 4,150"), is_row("1931 年起", "1934 年止")
    (True, False)
    >>> is_row("新渡 240 未計", "其中 6.9% 毀於大水，其餘")
    False
    """
    cells = len(CELL.findall(text))
    return (
        cells > COLUMNS and cells == len(CELL.findall(before)) and not any(mark in text for mark in _SENTENCE)
    )


def _end_of_cells(
    texts: Sequence[str], widths: Sequence[float], measure: float, stops: Sequence[Sequence[bool]], i: int
) -> int:
    """Where the short lines end, from ``i`` on, that could be cells: none ends a sentence or names the table."""
    end = min(len(texts), i + MOST)
    while i < end and widths[i] < LOOSE * measure and texts[i][-1] not in _SENTENCE:
        if any(here[i] for here in stops) or is_caption(texts[i]):
            break
        i += 1
    return i


def _below_caption(texts: Sequence[str], opens: Sequence[bool], first: int, last: int) -> LooseTable | None:
    headed = first < last and (is_row(texts[first], texts[first]) or _cells(texts[first]) > 1)
    for begin in (first, first + 1)[: 1 + headed]:  # a head of other cells than the rows stays a line
        if (table := _told(texts, opens, begin, last, named=True)) is not None:
            return table
    return LooseTable(first, last) if last - first >= LEAST else None


def _told(
    texts: Sequence[str], opens: Sequence[bool], first: int, last: int, least: int = ROWS, named: bool = False
) -> LooseTable | None:
    """The table of these lines, where its cells tell themselves; it may end before them.

    ``least``: fewer lines are no cells one below the other; ``named``: they stand below a caption.
    """
    lines = texts[first:last]
    rows = split_columns(lines) or lined_rows(lines, named)
    if rows is None and len(lines) >= least:
        rows = column_rows(lines, opens[first:last])
        stacked = stacked_rows(lines) if rows is None else None
        if stacked and _are_parted_evenly(stacked, opens[first:last]):
            rows = stacked
    if rows is None:
        return None
    end = max(cell.line for row in rows for cell in row) + 1
    return LooseTable(first, first + end, tuple(map(tuple, rows)))


def _are_parted_evenly(rows: Sequence[Sequence[Cell]], opens: Sequence[bool]) -> bool:
    """Whether blank lines part the cells of most rows alike, or all or none of them: else some cells were told out of turn.

    Before a row a blank line says nothing, nor where a line has several cells.
    """
    if any(cell.start for row in rows for cell in row):
        return True
    inner = Counter(tuple(opens[cell.line] for cell in row[1:]) for row in rows)
    usual = inner.most_common(1)[0][0]
    odd = (n for marks, n in inner.items() if marks != usual and (len(set(marks)) > 1 or len(marks) == 1))
    return sum(odd) <= len(rows) / 4


def _end_of_rows(texts: Sequence[str], stops: Sequence[bool], i: int) -> int:
    """Where the lines end, from ``i`` on, that have as many columns as this one, and at least three."""
    cells = _cells(texts[i])
    k = i
    while cells > 2 and k < len(texts) and not stops[k] and _cells(texts[k]) == cells:
        k += 1
    return k


def _is_justified(texts: Sequence[str], measure: float) -> bool:
    """Whether lines are full lines of text whose spaces were widened to two: no column is that narrow everywhere."""
    wide = any("   " in text or _DRAWN.search(text) for text in texts)
    return not wide and all(width_of(" ".join(text.split())) >= FULL * measure for text in texts)


def _cells(text: str) -> int:
    return len(_COLUMNS.split(text)) if _has_columns(text) else 1


def _has_columns(text: str) -> bool:
    if "  " in text or "|" in text or "｜" in text:
        return True
    # Single spaces are printable, no others.
    return not text.isprintable() and _HAS_COLUMNS.search(text) is not None


def split_columns(texts: Sequence[str]) -> list[list[Cell]] | None:
    """The cells of each line, when wide spaces divide all lines into the same number of them, else ``None``.

    >>> [[cell[1:] for cell in row] for row in split_columns(["年份  數量", "1958  三十", "1959  十二"]) or []]
    [[(0, 2), (4, 6)], [(0, 4), (6, 8)], [(0, 4), (6, 8)]]
    """
    rows = []
    for i, text in enumerate(texts):
        cells, at = [], 0
        for match in _COLUMNS.finditer(text):
            if match.start() > at:
                cells.append(Cell(i, at, match.start()))
            at = match.end()
        if at < len(text):
            cells.append(Cell(i, at, len(text)))
        rows.append(cells)
    counts = {len(cells) for cells in rows}
    return rows if len(rows) >= ROWS and len(counts) == 1 and counts.pop() > 1 else None
