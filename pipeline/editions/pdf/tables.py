"""Tables as they are printed: how wide the columns want to be, which size that asks for, where they may break.

``columns_measured`` tells WeasyPrint how wide a cell's text is with the gaps that Chinese lines have between Han
and letters or digits; without them a short cell would be broken in two. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

import re
from contextlib import AbstractContextManager
from typing import Any

from lxml import etree

from pipeline.editions.composition import text_of
from pipeline.editions.pdf.lines import justify
from pipeline.editions.pdf.replaced import replaced
from pipeline.editions.titles import width

CELL_ROOM = 1.4  # characters between the texts of two columns
CROWDED = 1.6  # times the room there is, from which on a table is set small
SMALL, SMALL_ROOM = 0.8, 0.6  # a crowded table's type, and what stands around the texts of its cells
DIGITS = 1.15  # of a Song's are wider than half a character
ROUNDING = 0.05  # pixels
PIECE = re.compile(r"[^\s\u2e80-\U0003ffff]+|\S")  # what a line's end does not part
MOST_ROWS = 12  # of a table that stands on one page


def natural_width(table: etree._Element) -> float:
    """The width of a table whose cells do not wrap, in characters of its own."""
    return sum(_columns(table))


def _columns(table: etree._Element) -> list[float]:
    """How wide each column is whose cells do not wrap."""
    columns: dict[int, float] = {}
    for row in table.iter("tr"):
        for index, cell in enumerate(row):
            columns[index] = max(columns.get(index, 0.0), width(text_of(cell)) + CELL_ROOM)
    return list(columns.values())


def least_width(table: etree._Element) -> float:
    """The width of a table whose cells wrap wherever they may, in characters of its own."""
    columns: dict[int, float] = {}
    for row in table.iter("tr"):
        for index, cell in enumerate(row):
            widest = max(map(width, PIECE.findall(text_of(cell))), default=0.0)
            columns[index] = max(columns.get(index, 0.0), widest * DIGITS + SMALL_ROOM)
    return sum(columns.values())


def fit_table(table: etree._Element, room: float) -> bool:
    """Names a table by what it needs: smaller type (wide, crowded, packed), breaks between its rows (long).

    ``room``: characters of its type that a line holds. The widths that Pandoc reads off a source's columns of
    dashes are let go: they say how a text was typed. False for a table so wide that its words may be broken.
    """
    for group in list(table.iter("colgroup")):
        parent = group.getparent()
        if parent is not None:
            parent.remove(group)
    table.attrib.pop("style", "")
    names = [table.get("class", "")]
    wanted = natural_width(table)
    is_packed = least_width(table) * SMALL > room
    if is_packed:
        names.append("packed")
    elif wanted > room:
        names.append("crowded" if wanted > CROWDED * room else "wide")
        _keep_narrow(table, room)
    if sum(1 for _ in table.iter("tr")) > MOST_ROWS:
        names.append("long")
    if name := " ".join(filter(None, names)):
        table.set("class", name)
    return not is_packed


def _keep_narrow(table: etree._Element, room: float) -> None:
    """Names the cells of the columns that need no more than their share of the room: they do not wrap for the others."""
    if any(cell.get("colspan") or cell.get("rowspan") for cell in table.iter("td", "th")):
        return
    widths = _columns(table)
    narrow: set[int] = set()
    for left, column in enumerate(sorted(range(len(widths)), key=widths.__getitem__)):
        if widths[column] > room / (len(widths) - left):
            break
        narrow.add(column)
        room -= widths[column]
    for row in table.iter("tr"):
        for index, cell in enumerate(row):
            if index in narrow:
                cell.set("class", f"{cell.get('class', '')} narrow".strip())


def columns_measured() -> AbstractContextManager[None]:
    """While entered, together with ``chinese_lines``, columns are as wide as their texts will be."""
    return replaced("weasyprint.layout.preferred", "split_first_line", _with_set_width)


def _with_set_width(original: Any) -> Any:
    def split_first_line(
        text: str, style: Any, context: Any, max_width: float | None, *rest: Any, **more: Any
    ) -> Any:
        line = original(text, style, context, max_width, *rest, **more)
        width = _set_width(text, style) if max_width is None and line[2] is None else 0.0
        return (*line[:3], max(line[3], width), *line[4:])

    return split_first_line


def _set_width(text: str, style: Any) -> float:
    """How wide a text will be set on one line, in pixels; 0 where WeasyPrint itself sets it."""
    engine = justify.ENGINE
    if engine is None or not text:
        return 0.0
    shaper = getattr(style, "fanjian_shaper", None) or engine._make_shaper(style, call=False)
    measured = shaper.measure(text) if shaper else None
    return measured.width(0, len(measured.text)) + ROUNDING if measured else 0.0
