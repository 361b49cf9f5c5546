"""A page's foot that an engine took for a table: each row a note, its number in the first cell, its text in the second.

Comes in: the source and its chunks. Goes out: for each such table its rows. Refused: a table of any other shape, one whose numbers do not
count on or are not called above it, and one that cites nothing; all of them, where none cites in half of its rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.note_signs import CELL, DIGITS, RINGED, STARS
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.notes.numbers import number_of
from pipeline.recovery.ocr_markdown.notes.marks import Call, cites

_MARK = rf"(?P<mark>{DIGITS}|[{RINGED}]|\\?[{STARS}])?"  # none, where a note goes on
_HTML_ROW = re.compile(
    rf"<tr\b[^<>]*>\s*<td\b[^<>]*>\s*{_MARK}{CELL}(?P<text>(?:(?!</?t[dr]\b).)+?)\s*</td>\s*</tr>", re.DOTALL
)
_PIPE_ROW = re.compile(rf"(?m)^[ \t]*\|[ \t]*{_MARK}{CELL}(?P<text>[^|\s][^|\n]*?)[ \t]*\|[ \t]*$")
_ROW_BEGIN = re.compile(r"<tr\b|(?m:^[ \t]*\|(?![ \t:|-]*$))")


def note_rows(
    source: str, chunks: Sequence[Chunk], calls: Sequence[Call]
) -> Iterator[tuple[int, list[Chunk]]]:
    """The tables that are feet, by their chunks, each as its rows."""
    found = {
        i: rows
        for i, chunk in enumerate(chunks)
        if (rows := _rows(source, chunk)) and _are_called(rows, calls)
    }
    cited = {i: sum(cites(source, *row.span("text")) for row in rows) for i, rows in found.items()}
    is_habit = any(cited[i] * 2 >= len(rows) for i, rows in found.items())
    for i, rows in found.items() if is_habit else ():
        if cited[i]:
            begins = [chunks[i].start, *(row.start() for row in rows[1:]), chunks[i].end]
            spans = zip(pairwise(begins), rows, strict=True)
            yield i, [Chunk(ChunkKind.TEXT, a, b, _begin(row), row.end("text")) for (a, b), row in spans]


def _rows(source: str, chunk: Chunk) -> list[re.Match[str]]:
    """The rows of a table that has two cells in each, a mark in the first."""
    if chunk.kind not in (ChunkKind.TABLE, ChunkKind.HTML_TABLE):
        return []
    pattern = _PIPE_ROW if chunk.kind is ChunkKind.TABLE else _HTML_ROW
    rows = list(pattern.finditer(source, chunk.start, chunk.end))
    return rows if len(rows) == len(_ROW_BEGIN.findall(source, chunk.start, chunk.end)) else []


def _begin(row: re.Match[str]) -> int:
    return row.start("mark" if row["mark"] else "text")


def _are_called(rows: Sequence[re.Match[str]], calls: Sequence[Call]) -> bool:
    """Whether the numbers of rows count on and are called above the table."""
    numbers = [number_of(row["mark"]) for row in rows if (row["mark"] or "*").strip("\\") not in STARS]
    called = {call.number for call in calls if call.start < rows[0].start()}
    return bool(numbers) and all(b == a + 1 for a, b in pairwise(numbers)) and set(numbers) <= called
