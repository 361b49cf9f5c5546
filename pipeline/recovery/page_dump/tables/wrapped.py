"""Cells of a table that run over two lines: where their second lines stand.

Comes in: a layout. Goes out: the white space between the lines of one cell. Refused: lines that are no table without it, and
a second line that may be something else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import groupby, pairwise

from pipeline.han import HAN
from pipeline.location import Span
from pipeline.recovery.page_dump.captions import is_caption
from pipeline.recovery.page_dump.pages.layout import Layout, Line, measure_of
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.page_dump.tables.cells import CELL, UNIT, best_rows
from pipeline.recovery.page_dump.tables.loose_lines import LOOSE, is_named_below, is_row
from pipeline.recovery.page_dump.tables.shapes import ROWS
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import is_han, known_pairs
from pipeline.recovery.wording.marks import STOPS

_NO_CELL = re.compile(f"[{STOPS}；，：:]")
_NAMED_UNIT = re.compile(f"[{HAN}]{UNIT.pattern}(?: |$)")
SHORT = 22.0  # em: no line of a table in pieces is wider, however wide the text
LEAST, MOST = 5, 120  # lines of a table
CHAPTER = 2  # the rank of a section; those below have no lines of their own for their numbers
_BEGUN = re.compile("[0-9][-–—]$")
EVEN = 0.3  # em by which full lines of a cell differ
TINY = 2.0  # em: so short a line is no heading behind the table
CELLS = 3  # at least
BETTER = 1.5  # times as much must speak for rows as for others that all lines fill, too
CLEAR = 0.3  # so much must speak for rows that only a short line without a known word would fill


def find_wraps(layout: Layout) -> list[Span]:
    """What parts the lines of the cells that run over several."""
    lines = layout.lines
    runs = [run for run in _runs(lines, SHORT) if len(run) >= LEAST]
    if not runs:
        return []
    loose = min(LOOSE * measure_of(lines), SHORT)
    parts = (
        lines[run.start + part.start : run.start + part.stop]
        for run in runs
        for part in _runs(lines[run.start : run.stop], loose)
    )
    tables = [table for part in parts for table in _below_captions(part) if len(table) >= LEAST]
    pairs = known_pairs(
        layout.source, {a.text[-1] + b.text[0] for table in tables for a, b in pairwise(table)}
    )
    out: list[Span] = []
    for table in tables:
        found = _behind_rows(table, pairs) or _stacked(table, pairs)
        blanks = {line.trailing for line in table}  # where some have one behind them, it stands behind a cell
        out += (
            Span(table[i - 1].end, table[i].start)
            for i in found
            if len(blanks) == 1 or not table[i - 1].trailing
        )
    return [span for span in out if layout.source[span.start : span.end].isspace()]  # no caption, no rule


def _runs(lines: Sequence[Line], widest: float) -> Iterator[range]:
    """Short lines on end, of one page, that hold no mark of a sentence and no chapter's number."""
    begin = 0
    for i, line in enumerate(lines):
        wide = line.em > widest and not is_row(line.text, line.text)
        no_cell = wide or _NO_CELL.search(line.text) is not None or _is_chapter(line.text)
        if no_cell or line.feed:
            if i > begin:
                yield range(begin, i)
            begin = i + no_cell
    if begin < len(lines):
        yield range(begin, len(lines))


def _below_captions(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """The lines without captions, and what these part."""
    texts = [line.text for line in lines]
    captions = {i for i, text in enumerate(texts) if is_caption(text)}
    captions |= {i + 1 for i in captions if is_named_below(texts, i)}
    for captioned, rows in groupby(range(len(lines)), key=captions.__contains__):
        if not captioned:
            yield [lines[i] for i in rows]


def _is_chapter(text: str) -> bool:
    """Whether a line is the number of a chapter or section: its title may stand below it."""
    mark = heading_mark(text)
    return mark is not None and mark.rank <= CHAPTER and mark.is_all_of(text)


def _behind_rows(table: Sequence[Line], pairs: Set[str]) -> list[int]:
    """The lines that go on with the last cell of the row before, where each row has a line of its own."""
    if not any(" " in line.text for line in table):
        return []
    cells = [CELL.findall(line.text) for line in table]
    counts = Counter(len(row) for row in cells if len(row) >= CELLS)
    count, rows = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    if rows < ROWS:
        return []
    whole = [i for i, row in enumerate(cells) if len(row) == count]
    widest = max(width_of(cells[i][-1]) for i in whole)
    head = sum(map(len, cells[: whole[0]]))
    out = [i for i in _units(table, head - count) if i < whole[0]]
    for i in range(whole[0] + 1, min(whole[-1] + 2, len(table))):
        if len(cells[i]) == count:
            continue
        text = table[i].text
        full = i - 1 in whole and width_of(cells[i - 1][-1]) >= widest - EVEN
        sure = _goes_on(table[i - 1].text, text, pairs) or (table[i].em <= TINY and all(map(is_han, text)))
        if full and sure and len(cells[i]) == 1 and table[i].em <= widest:
            out.append(i)
        elif i < whole[-1]:
            return []
    return out


def _stacked(table: Sequence[Line], pairs: Set[str]) -> list[int]:
    """The lines that go on with the cell before, where each cell has a line and only together they fill the rows."""
    full = max(line.em for line in table) - EVEN
    units = _units(table)
    steps = enumerate(pairwise(table), 1)
    behind = [
        i
        for i, (a, b) in steps
        if i in units or _is_span(a.text, b.text) or (a.em >= full > b.em and _is_word(a, b))
    ]
    known = [i for i in behind if i in units or _goes_on(table[i - 1].text, table[i].text, pairs)]
    if not behind:
        return []
    apart, _, left = best_rows([line.text for line in table])
    for wraps in ([i for i in behind if i in known or table[i].em <= TINY], known):
        if not wraps or len(wraps) * ROWS > len(table):
            continue
        worth, rows, rest = best_rows(_texts(table, wraps))
        sure = wraps == known or (not rest and worth >= CLEAR)
        fuller = rest < left or (not rest and worth >= BETTER * apart)
        if rows and len(rows[0]) >= CELLS and sure and fuller:
            return wraps
    return []


def _units(table: Sequence[Line], surplus: int = 0) -> list[int]:
    """The lines that are only a unit in brackets: 漁船 ⏎（艘）.

    Where other cells of the head have theirs behind the name, where there are several, or as many as the head has too many cells.
    """
    found = [
        i
        for i, (a, b) in enumerate(pairwise(table), 1)
        if UNIT.fullmatch(b.text) and is_han(a.text[-1]) and not any(map(str.isdigit, a.text))
    ]
    named = any(_NAMED_UNIT.search(line.text) for line in table)
    return found if named or len(found) > 1 or len(found) == surplus else []


def _texts(table: Sequence[Line], wraps: Sequence[int]) -> list[str]:
    texts: list[str] = []
    for i, line in enumerate(table):
        if i in wraps:
            texts[-1] += line.text
        else:
            texts.append(line.text)
    return texts


def _is_word(a: Line, b: Line) -> bool:
    return is_han(a.text[-1]) and all(map(is_han, b.text))


def _goes_on(a: str, b: str, pairs: Set[str]) -> bool:
    """Whether a word that the text has elsewhere, or a span of years, goes on in the second line."""
    return _is_span(a, b) or (is_han(a[-1]) and is_han(b[0]) and a[-1] + b[0] in pairs)


def _is_span(a: str, b: str) -> bool:
    """Whether the first of two years or pages ends a line: 1736— ⏎ 1795."""
    return _BEGUN.search(a) is not None and b[0].isdigit()
