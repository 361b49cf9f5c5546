"""What the cells of tables look like: years below years, amounts below amounts.

Comes in: the texts of cells. Goes out: their shapes, and how alike those of a column are. Refused: what a table is (``cells``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from typing import NamedTuple

_NUMBER = re.compile(  # with its thousands apart
    "[0-9]{1,3}(?: [0-9]{3})+(?![0-9])|[0-9０-９〇零一二三四五六七八九十百千兩两]+(?:[.,][0-9]+)*"
)
_YEAR = re.compile("(?:1[5-9]|20)[0-9]{2}")
_LETTERS = re.compile("[A-Za-z\u00c0-\u052f]+")
_LISTED = re.compile("[^、]+")
YEARLY = "年0年"  # the shape of a year: other numbers are less like it than other years
NUMBERS = frozenset((YEARLY, *"0-–—－…"))  # the shapes of numbers, and of cells that have none
ROWS = 3  # the head and two more
COLUMNS = 2
MOST = 12  # columns
ALIKE = 0.5  # so alike are the cells of a column that tells itself
CLEAR = 0.12  # so much more alike are cells of one column than cells of two


class Cell(NamedTuple):
    """Characters ``start`` up to ``end`` of line ``line`` (counted from the first line of the table)."""

    line: int
    start: int
    end: int


Rows = list[list[Cell]]


def shape_of(text: str) -> str:
    """The text with one sign for each number, each word in letters and each word that 、 parts from others; a bare year is more
    like another one.
    """
    if _YEAR.fullmatch(text):
        return YEARLY
    return _LISTED.sub("A", text) if "、" in text else _LETTERS.sub("A", _NUMBER.sub("0", text))


@lru_cache(maxsize=1 << 12)
def _counted(text: str) -> Counter[str]:
    return Counter(text)


@lru_cache(maxsize=1 << 13)
def _alike(a: str, b: str) -> float:
    common = sum((_counted(a) & _counted(b)).values())
    return common / max(len(a), len(b), 1)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def evenness(shapes: Sequence[str], columns: int) -> float:
    """How alike the cells of such rows are to those below them."""
    return _mean([_alike(a, b) for a, b in zip(shapes, shapes[columns:], strict=False)])


def likeness(shapes: Sequence[Sequence[str]], least: int) -> float:
    """How much more alike the cells of ``shapes`` below the head are in their columns than across them; 0 where too little.

    ``least``: so many columns must tell themselves.
    """
    columns = list(zip(*shapes[1:], strict=True))
    within = [_mean([_alike(a, b) for a, b in _neighbours(column)]) for column in columns]
    if sum(score >= ALIKE for score in within) < least:
        return 0.0
    across = [
        _alike(a, b) for one, other in combinations(columns, 2) for a, b in zip(one, other[1:], strict=False)
    ]
    clear = _mean(within) - _mean(across)
    return clear if clear >= CLEAR else 0.0


def _neighbours(column: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from pairwise(column)
    yield from zip(column, column[2:], strict=False)
