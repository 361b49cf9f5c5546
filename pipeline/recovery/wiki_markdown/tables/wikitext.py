"""Tables that an export left as wikitext: an indent before their beginning is enough for that.

Comes in: the source, a table's stretch, a reader of text. Goes out: where such tables stand, and each as rows of cells; the
rows stand on lines of their own, or run together on one. Refused: a table that does not close, one inside another, and
one that has less than two cells. Source: MediaWiki, Help:Tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.document.manuscript import BlockKind
from pipeline.document.traced import Traced
from pipeline.location import Span, stripped
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.markdown.inline import Inline
from pipeline.recovery.wording.occurrence import matches

_TABLE = re.compile(
    r"(?m)^[ \t]*\\?\{\|(?P<orders>[^\n]*)\n(?P<inner>(?:(?!\{\||^\#)[\s\S]){1,20000}?)\\?\|\}(?!\})[ \t]*$"
)
_ORDERS = r"(?:[a-z]{3,12}\s*=\s*(?:\\?\"[^\"]{0,400}\"|[\w%\#.:;\\-]+)\s*)"  # to set a row or cell
_PART = re.compile(
    r"(?P<row>(?:(?<=\s)|^)\\?\|-+(?:[ \t]*" + _ORDERS + r"+)?)"
    r"|(?P<caption>(?:(?<=\s)|^)\\?\|\+)"
    r"|(?P<cell>(?:(?<=\s)\|(?=\|\|)|\|\||\\?!\\?!|(?:(?<=\s)|^)\\?\||(?<=\s)\\!|^[ \t]*!)(?:\s*(?P<orders>"
    + _ORDERS
    + r"+)\\?\|(?!\|))?)",
    re.MULTILINE,
)
_SPAN = re.compile(r"(row|col)span\s*=\s*\\?\"?\s*([0-9]{1,2})")


class _Cell(NamedTuple):
    start: int
    end: int
    columns: int = 1
    rows: int = 1


def wikitext_tables(source: str) -> Iterator[Span]:
    """Where tables stand that can be read."""
    for m in matches(_TABLE, source, "{|"):
        rows, _ = _outline(source, *m.span("inner"))
        if sum(map(len, rows)) > 1:
            yield Span(*m.span())


def read_wikitext_table(text: str, span: Span, inline: Inline) -> Draft | None:
    """The table; none, where what held it was cut. ``text``: the source with its cuts masked."""
    table = _TABLE.match(text, *span)
    if table is None:
        return None
    rows, caption = _outline(text, *table.span("inner"))
    parts = [inline.read(caption.start, caption.end)] if caption is not None else []
    return Draft(BlockKind.TABLE, parts, rows=tuple(tuple(row) for row in _grid(rows, inline)))


def _outline(text: str, start: int, end: int) -> tuple[list[list[_Cell]], Span | None]:
    """The rows, and where the caption stands."""
    rows: list[list[_Cell]] = [[]]
    caption: Span | None = None
    parts = list(_PART.finditer(text, start, end))
    for i, m in enumerate(parts):
        stop = parts[i + 1].start() if i + 1 < len(parts) else end
        place = stripped(text, m.end(), stop)
        if m["row"]:
            rows.append([])
        elif m["caption"]:
            caption = place if len(place) else None
        else:
            spans = dict(_SPAN.findall(m["orders"] or ""))
            rows[-1].append(_Cell(*place, int(spans.get("col", 1)), int(spans.get("row", 1))))
    return [row for row in rows if row], caption


def _grid(rows: list[list[_Cell]], inline: Inline) -> Iterator[list[Traced]]:
    """The cells in their columns; one over several columns or rows is followed by empty ones."""
    taken: dict[int, int] = {}  # by column: rows that a cell above still covers
    for row in rows:
        line: list[Traced] = []
        for cell in row:
            line += _covered(taken, len(line))
            first = len(line)
            line += [inline.read(cell.start, cell.end), *[Traced()] * (cell.columns - 1)]
            taken.update(dict.fromkeys(range(first, len(line)), cell.rows - 1))
        line += _covered(taken, len(line))
        yield line


def _covered(taken: dict[int, int], column: int) -> Iterator[Traced]:
    while taken.get(column, 0) > 0:
        taken[column] -= 1
        column += 1
        yield Traced()
