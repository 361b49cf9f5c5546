"""Tables below a head of words whose rows begin alike and are numbers behind that: dates, years, what counts on.

Comes in: the texts of lines and the cells in them. Goes out: the cells of each row. Refused: rows of other lengths, but for a last
column of remarks.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from pipeline.recovery.page_dump.tables.shapes import COLUMNS, MOST, NUMBERS, ROWS, Cell, Rows, shape_of


def dated_rows(texts: Sequence[str], cells: Sequence[Cell]) -> Rows | None:
    """The rows below a head of words that begin with a date or the like and are numbers behind it, or that begin with cells of one form,
    go on in numbers and end in words where there is something to note: without it the last cell is empty.

    >>> def told(line):
    ...     texts = line.split()
    ...     rows = dated_rows(texts, [Cell(i, 0, len(text)) for i, text in enumerate(texts)]) or []
    ...     return [" ".join(texts[i][a:b] for i, a, b in row) for row in rows[1:]]
    >>> told("年份 額設 實在 嘉靖二十三年 2400 2133 隆慶六年 2100 1672 萬曆二十年 1801 1357")
    ['嘉靖二十三年 2400 2133', '隆慶六年 2100 1672', '萬曆二十年 1801 1357']
    >>> told("年份 漁船 產值 附記 1881 240 39 大水 1884 262 41 1887 251 38 改制")
    ['1881 240 39 大水', '1884 262 41 ', '1887 251 38 改制']
    """
    shapes = [shape_of(texts[i][a:b]) for i, a, b in cells]
    columns = next((k for k, shape in enumerate(shapes) if "0" in shape), 0)
    if not COLUMNS <= columns <= MOST or len(cells) < ROWS * (columns - 1) + 1:
        return None
    dated = {shape for shape in shapes if "0" in shape} - NUMBERS
    firsts = dated or {shapes[columns]}
    rows = _rows_of(cells, shapes, firsts, columns, columns) if dated else None
    return rows or (_rows_of(cells, shapes, firsts, columns, columns - 1) if columns > COLUMNS else None)


def _rows_of(
    cells: Sequence[Cell], shapes: Sequence[str], firsts: Set[str], columns: int, counted: int
) -> Rows | None:
    """The rows of which each begins with one of ``firsts`` and has ``counted`` cells up to its last number; words may follow in the
    column behind, in some rows and not in all.
    """
    rows, at, noted = [list(cells[:columns])], columns, 0
    while at < len(cells):
        end = at + counted
        if end > len(cells) or shapes[at] not in firsts or not NUMBERS.issuperset(shapes[at + 1 : end]):
            return None
        row = list(cells[at:end])
        if counted < columns:
            is_noted = end < len(cells) and shapes[end] not in NUMBERS | firsts
            line, _, last = row[-1]
            row.append(cells[end] if is_noted else Cell(line, last, last))
            noted, end = noted + is_noted, end + is_noted
        rows.append(row)
        at = end
    return rows if len(rows) >= ROWS and (counted == columns or 0 < noted < len(rows) - 1) else None
