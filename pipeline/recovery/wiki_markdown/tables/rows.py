"""Rows of a table of pipes that a tool cut at the line breaks of their cells.

Comes in: the source. Goes out: the breaks. Refused: a line below a table that does not end its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CUT_ROW = re.compile(
    r"(?m)^\|[^\n]*[^|\s][ ]{2,}\n(?:(?![|#\n])[^\n|]*[^|\s][ ]{2,}\n){0,20}(?![|#\n])[^\n]*\|[ \t]*$"
)
_BREAK = re.compile(r"(?<= )[ ]+\n")  # a space stays


def breaks_in_rows(source: str) -> Iterator[tuple[int, int]]:
    """Where rows break."""
    if "| --" in source or "|--" in source:
        for row in _CUT_ROW.finditer(source):
            yield from (m.span() for m in _BREAK.finditer(source, *row.span()))
