"""Tables whose cells came out one below the other, or with a single space between them.

Comes in: the texts of short lines. Goes out: the cells of each row, where the columns tell themselves by what they hold: years
below years, amounts below amounts. Refused: lines that fill no rows, verse, and columns that hold nothing alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.han import HAN
from pipeline.recovery.page_dump.tables.dated import dated_rows
from pipeline.recovery.page_dump.tables.shapes import (
    COLUMNS,
    MOST,
    NUMBERS,
    ROWS,
    YEARLY,
    Cell,
    Rows,
    evenness,
    likeness,
    shape_of,
)

_DIGIT = re.compile("[0-9]")
CELL = re.compile(r"\S*[0-9] [年月日世人元%％](?!\S)|\S+")  # a number and its unit are one cell
# And a number and what it counts: «30 歲以下», but not «S.5581 上博».
_COUNTING = re.compile(rf"(?<!\S)[0-9][0-9,.~～–-]* [{HAN}]{{1,4}}(?!\S)|\S+")
_LINE = re.compile(r"\S.*")
_NAMED = re.compile(r"[^\s（）()]+(?:[（(][^\s（）()]+[)）])?")  # with the unit behind it
_NUMERIC = re.compile(  # a shape that may stand among numbers: one with a sign or a unit, or what says that there is none
    rf"[{HAN}]?[^{HAN}]*[0\-–—－…][^{HAN}]*[{HAN}]?[^{HAN}]*|[無无缺闕佚未不][有詳详明載载知]?"
)
_SIGNS = "+-−–*＊†‡%％"  # around a number: «-0.87**»
_COUNTED = re.compile("[0A]")  # in a shape: a number, or letters
UNIT = re.compile("[（(][^（）()0-9]{1,6}[)）]")
_SPREAD = re.compile(rf"[{HAN}](?: [{HAN}])+(?![{HAN}])(?:[（(]\S+[)）])?|\S+")
LOOSE_ENDS = 2  # lines behind the table that may be as short: headings
DOWN = 0.3  # so much more alike are the cells of one column than of two where one column was told after the other: most of them must tell themselves then
SAME = 0.85  # of the best: fewer columns that are as good are meant


def stacked_rows(texts: Sequence[str]) -> Rows | None:
    """The rows that the lines fill from the first on, the last one or two of them left over perhaps; else ``None``.

    >>> rows = stacked_rows(["次序", "年", "地點", "第一次", "1762年", "碼頭", "第二次", "1778年", "縣城", "第三次", "1785年", "河口"])
    >>> [[cell.line for cell in row] for row in rows or []]
    [[0, 1, 2], [3, 4, 5], [6, 7, 8], [9, 10, 11]]
    >>> cells = "年份 上江 下江 1881 2.31 2.52 1884 2.40 12.61 1887 2.75 2.93".split()
    >>> [[cells[cell.line] for cell in row] for row in stacked_rows(cells) or []][1:]
    [['1881', '2.31', '2.52'], ['1884', '2.40', '12.61'], ['1887', '2.75', '2.93']]
    """
    whole = [Cell(i, 0, len(text)) for i, text in enumerate(texts)]
    kept = [len(texts) - left for left in range(LOOSE_ENDS + 1)]
    told = (rows for end in kept if (rows := dated_rows(texts, whole[:end])))
    return next(told, None) or best_rows(texts)[1]


def best_rows(texts: Sequence[str]) -> tuple[float, Rows | None, int]:
    """The same, with what speaks for it before, and behind how many lines are left over: all where no rows are found."""
    if len(texts) < ROWS * COLUMNS or len(_even_run(texts)) >= max(ROWS, len(texts) / 2):
        return 0.0, None, len(texts)  # too few, or rows themselves
    heads, end = _headed(texts)
    if heads and (rows := _headed_rows(texts, heads, end)):
        return 1.0, rows, len(texts) - end
    if heads >= COLUMNS:
        return 0.0, None, len(texts)
    whole = [Cell(i, 0, len(text)) for i, text in enumerate(texts)]
    divided = [Cell(i, *m.span()) for i, text in enumerate(texts) for m in CELL.finditer(text)]
    best: tuple[float, Rows | None, int] = (0.0, None, len(texts))
    are_rows = 2 * sum(text.count(" ") > COLUMNS for text in texts) > len(texts)
    ways = [*([] if are_rows else [whole]), *([divided] if len(divided) > len(whole) else [])]
    for cells in ways:
        for left in range(LOOSE_ENDS + 1):
            kept = [cell for cell in cells if cell.line < len(texts) - left]
            for score, rows in _divisions(texts, kept):
                if score > best[0] * (1 / SAME if best[1] is not None else 1):
                    best = (score, rows, left)
    return best


def lined_rows(texts: Sequence[str], named: bool = False) -> Rows | None:
    """The rows of lines in which one space parts the cells: each line a row, all with as many cells; the head may have more lines.

    ``named``: a caption says that they are a table, so that one column tells it, or four lines with as many cells.

    >>> texts = ["年份 漁船（艘）", "產值（千元）", "1931 240 3,900", "1934 262 4,150", "1937 251 3,800", "合計 753 11,850"]
    >>> [len(row) for row in lined_rows(texts) or []]
    [3, 3, 3, 3, 3]
    >>> texts = ["船種 船齡 艘數", "漁船 10 年以上 240", "漁船 3-9 年 262", "渡船 不詳 118", "渡船 無 20", "渡船 有 98"]
    >>> [len(row) for row in lined_rows(texts, named=True) or []]
    [3, 3, 3, 3, 3, 3]
    """
    pattern = CELL
    if named and len(_even_run(texts)) < len(texts) == len(_even_run(texts, _COUNTING)):
        pattern = _COUNTING
    lines = [[Cell(i, *m.span()) for m in pattern.finditer(text)] for i, text in enumerate(texts)]
    divided = [cell for line in lines for cell in line]
    if (dated := dated_rows(texts, divided)) and not any(row[0].start for row in dated[1:]):
        return dated
    run = _even_run(texts, pattern)
    head = _divided(texts, range(run.start), len(lines[run.start])) if run else []
    if len(run) < ROWS or (run.start and not head):
        return None
    rows = [*([head] if head else []), *lines[run.start : run.stop]]
    firsts = {texts[row[0].line][row[0].start : row[0].end] for row in rows[1:]}
    if len(rows[0]) > MOST or len(firsts) == 1:
        return None  # the same bullet or word begins each line: entries of a list, commands
    shapes = _shapes(texts, rows)
    told = _has_numbers(shapes) or likeness(shapes, 1 if named else 2) > 0
    return rows if told or (named and len(rows) > ROWS) else None


def _even_run(texts: Sequence[str], cell: re.Pattern[str] = CELL) -> range:
    """The most lines on end that one space parts into as many cells, and into more than two."""
    best, begin = range(0), 0
    for count, group in groupby(texts, lambda text: len(cell.findall(text))):
        end = begin + sum(1 for _ in group)
        if count > COLUMNS and end - begin > len(best):
            best = range(begin, end)
        begin = end
    return best


def _headed(texts: Sequence[str]) -> tuple[int, int]:
    """How many lines before the first number are the heads of columns that hold numbers alone, and where the last number
    ends; 0 where other lines stand among them.
    """
    are_numbers = [all(shape_of(part) in NUMBERS for part in text.split()) for text in texts]
    heads = are_numbers.index(True) if True in are_numbers else 0
    end = next((i for i in range(heads, len(texts)) if not are_numbers[i]), len(texts))
    found = 0 < heads <= MOST and end > 2 * heads and len(texts) - end <= LOOSE_ENDS
    return (heads, end) if found else (0, end)


def _headed_rows(texts: Sequence[str], heads: int, end: int) -> Rows | None:
    """The rows of numbers alone: as many in each as there are heads, where no other division makes the numbers below each
    other more alike.
    """
    numbers = [Cell(i, *m.span()) for i in range(heads, end) for m in CELL.finditer(texts[i])]
    shapes = [_DIGIT.sub("0", texts[cell.line][cell.start : cell.end]) for cell in numbers]
    are_years = [shape_of(texts[cell.line][cell.start : cell.end]) == YEARLY for cell in numbers]
    even = {n: evenness(shapes, n) for n in range(COLUMNS, MOST + 1) if len(shapes) % n == 0}
    for columns in even:
        head, count = _divided(texts, range(heads), columns), len(shapes) // columns
        # Years behind each other, and none behind them, are a column.
        told = are_years[:count].count(True) == count == are_years.count(True)
        straight = all(even[n] < even[columns] for n in even if n % columns)
        if head and columns < len(shapes) and (told or straight):
            turned = [i + k * count for i in range(count) for k in range(columns)]  # columns on end
            if told or evenness([shapes[i] for i in turned], columns) > even[columns]:
                numbers = [numbers[i] for i in turned]
            return [head, *(numbers[i : i + columns] for i in range(0, len(numbers), columns))]
    return None


def column_rows(texts: Sequence[str], opens: Sequence[bool]) -> Rows | None:
    """The rows of a table whose columns came out one after the other, a blank line between them, as pdfminer gives them.

    ``opens`` are lines behind a blank one. The heads stand alone or begin their columns; one column at least is of numbers alone.
    PyMuPDF's blocks are rows: there the cells at the same place in each are more alike.

    >>> lines = "年份 1881 1884 產地 河口 平湖 兩 30 112".split()
    >>> rows = column_rows(lines, [line in ("年份", "1881", "產地", "河口", "兩", "30") for line in lines])
    >>> [[lines[cell.line] for cell in row] for row in rows or []]
    [['年份', '產地', '兩'], ['1881', '河口', '30'], ['1884', '平湖', '112']]
    """
    starts = [i for i in range(len(texts)) if opens[i] or not i]
    blocks = [range(a, b) for a, b in pairwise([*starts, len(texts)])]
    columns = [block for block in blocks if len(block) > 1]
    if len(columns) < COLUMNS or len({len(column) for column in columns}) > 1:
        return None
    single = [block.start for block in blocks if len(block) == 1]
    alone = [start for start in single if start < columns[-1].start]
    heads = _divided(texts, alone, len(columns))
    # The columns' first cells, and behind them the other rows cell by cell, as pdftotext gives them.
    rest = [] if alone else single[: len(single) - len(single) % len(columns)]
    if len(single) - len(alone) - len(rest) > LOOSE_ENDS or (alone and not heads):
        return None
    told = [[Cell(i, 0, len(texts[i])) for i in column] for column in columns]
    rows = [heads] if heads else []
    rows += map(list, zip(*told, strict=True))
    rows += (
        [Cell(i, 0, len(texts[i])) for i in rest[k : k + len(columns)]]
        for k in range(0, len(rest), len(columns))
    )
    if (
        not heads
        and not rest
        and len(told) >= ROWS
        and likeness(_shapes(texts, told), 1) > likeness(_shapes(texts, rows), 1)
    ):
        return told
    below = zip(*([shape_of(texts[cell.line]) in NUMBERS for cell in row] for row in rows[1:]), strict=True)
    return rows if len(rows) >= ROWS and any(map(all, below)) else None


def _shapes(texts: Sequence[str], rows: Rows) -> list[list[str]]:
    return [[shape_of(texts[cell.line][cell.start : cell.end]) for cell in row] for row in rows]


def _divided(texts: Sequence[str], lines: Sequence[int], columns: int) -> list[Cell]:
    """These lines as the cells of as many columns: each a cell, or divided by spaces and behind units in brackets; else none.

    Characters that stand apart, each by itself, are one cell that was set as wide as its column.

    >>> [cell[1:] for cell in _divided(["年份 漁船（艘）產值（元）"], [0], 3)]
    [(0, 2), (3, 8), (8, 13)]
    """
    for pattern in (_LINE, CELL, _NAMED, _SPREAD):
        cells = [Cell(i, *m.span()) for i in lines for m in pattern.finditer(texts[i])]
        if len(cells) == columns and not any(UNIT.fullmatch(texts[i], a, b) for i, a, b in cells):
            return cells
    return []


def _has_numbers(shapes: Sequence[Sequence[str]]) -> bool:
    """Whether a column has numbers alone below its head, where no cell of the head is one."""
    head, *below = shapes
    return NUMBERS.isdisjoint(head) and any(map(NUMBERS.issuperset, zip(*below, strict=True)))


def _divisions(texts: Sequence[str], cells: Sequence[Cell]) -> Iterator[tuple[float, Rows]]:
    """The ways to divide the cells into rows, told one by one or column by column, few columns first, with what speaks for them."""
    for columns in range(COLUMNS, min(MOST, len(cells) // ROWS) + 1):
        if len(cells) % columns == 0:
            rows = [list(cells[i : i + columns]) for i in range(0, len(cells), columns)]
            # Two cells may be alike by chance.
            least = max(1 if columns > 2 else 2, columns // 2 if len(rows) == ROWS else 0)
            # Most rows begin lines.
            sure = len(rows) > ROWS or not any(row[0].start for row in rows)
            shapes = _shapes(texts, rows)
            if sure and (score := likeness(shapes, least)) > 0 and _is_headed(shapes):
                yield score, rows
            if len(rows) <= ROWS or cells[-1].line + 1 < len(texts):
                continue  # so few cells below each other are alike by chance
            rows = [list(cells[i :: len(rows)]) for i in range(len(rows))]
            shapes = _shapes(texts, rows)
            score = likeness(shapes, columns // 2 + 1)
            if score > DOWN and _is_headed(shapes) and not _names_rows(shapes):
                yield score, rows


def _is_headed(shapes: Sequence[Sequence[str]]) -> bool:
    """Whether the first row is a head over all columns or over none, and no words stand in columns of numbers: else cells were told
    out of turn.

    A head may come again overleaf.
    """
    heads, *told = shapes
    counted = any("0" in shape for shape in heads)  # a row may look like the one before it, then
    below = [row for row in told if counted or row != heads]
    alike = set()
    for cells in zip(heads, *below, strict=True):
        head, *column = (shape.strip(_SIGNS) or shape for shape in cells)
        numbers = sum(shape in ("0", YEARLY) for shape in column)
        words = any(not _NUMERIC.fullmatch(shape) for shape in column)
        if 4 * numbers > len(column) and words:
            return False
        if 2 * numbers > len(column) or _COUNTED.search(head):
            alike.add(head == "0" or 2 * column.count(head) >= len(column))
    return len(alike) < 2


def _names_rows(shapes: Sequence[Sequence[str]]) -> bool:
    """Whether the heads count on, where what names the rows does not: they name the rows themselves, each of which came out as such."""
    head, *below = shapes
    return _count_on(head[1:]) and not _count_on([row[0] for row in below])


def _count_on(shapes: Sequence[str]) -> bool:
    """Whether cells are words with a number each, the words always the same."""
    return len({*shapes}) == 1 and "0" in shapes[0] and shapes[0] not in NUMBERS
