"""HTML tables of a wiki export: rows of cells; or their blocks, where a table only sets columns side by side.

Comes in: the source with its cuts masked, a table's stretch, a reader of text. Goes out: drafts of blocks.
Refused (nothing goes out): a table without rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.document.manuscript import BlockKind
from pipeline.document.traced import Traced
from pipeline.location import stripped
from pipeline.recovery.markdown.chunk_lines import html_table_end
from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.markdown.inline import Inline
from pipeline.recovery.wiki_markdown.seen import has_content
from pipeline.recovery.wiki_markdown.tables.rows import breaks_in_rows

_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>table|caption|tr|t[dh]|p|[uo]l|li|d[ldt]|div|center|blockquote|h[1-6])\b(?P<attributes>[^<>]*)>",
    re.IGNORECASE,
)
_LONE_BAR = re.compile(r"(?<=\| )\|(?! *\n)")  # Pandoc sets an empty cell with two spaces at least
_ORDER = r"(?:colspan|rowspan|style|class|align|valign|width|bgcolor|data-sort-[a-z]+)\s*=\s*"
_CELL_BEGIN = re.compile(  # a bar of wikitext that parted cells, with orders for the cell before it
    rf"(?:(?:{_ORDER}(?:\"[^\"<>|]*\"|[\w%#:;.-]+)|nowrap)\s*)*\|(?!\|)"
)
_CUT_LINK = re.compile(r"(?<=\S)\n(?=\"[^\"\n]*\"\))")  # before the title of a link: one tool cuts rows there
_EMPTY_END = re.compile(r"\|[ \t]*\|[ \t]*$")
_ORDERS = re.compile(  # an exclamation mark began a cell of its own
    rf"(?<=\|)((?: *\\?!)? *(?:(?:{_ORDER}\\?\"?[\w%#:;.-]+\\?\"?|nowrap) *)+)\|"
)
_COLSPAN = re.compile(r"colspan\s*=\s*[\"']?([0-9]{1,2})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    end: int
    attributes: str


@dataclass
class _Outline:
    """A table's rows and caption, those of tables inside left out."""

    rows: list[list[_Cell]] = field(default_factory=list)
    caption: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Run:
    """Text between block tags: a paragraph, an item, a heading, a paragraph of a quotation; or a table inside."""

    start: int
    end: int
    kind: BlockKind
    level: int = 0
    marker: str = ""


def read_table(text: str, chunk: Chunk, inline: Inline) -> list[Draft]:
    """The table, or the blocks that its cells hold."""
    return list(_table(text, chunk.inner, chunk.tail, inline))


def without_lone_bars(text: str, chunk: Chunk) -> str:
    """The text, with what wikitext set before a cell of a table of pipes as spaces: a bar, the orders for a cell.

    A bar stays in a row that was filled up at its end: a cell that showed nothing went away before the bar.
    """
    table = _CUT_LINK.sub(" ", text[chunk.start : chunk.end])
    for start, end in breaks_in_rows(table):
        table = table[:start] + " " * (end - start) + table[end:]
    text = text[: chunk.start] + table + text[chunk.end :]
    if "| |" not in table and "=" not in table:
        return text
    lines = _ORDERS.sub(_blank, table).split("\n")
    width = lines[0].count("|")
    for i, line in enumerate(lines):
        if (many := line.count("|") - width) > 0 and not _EMPTY_END.search(line):
            lines[i] = _LONE_BAR.sub(" ", line, many)
    return text[: chunk.start] + "\n".join(lines) + text[chunk.end :]


def _blank(orders: re.Match[str]) -> str:
    return " " * len(orders[1]) + ("|" if "!" in orders[1] else " ")


def without_empty_cells(draft: Draft) -> tuple[list[Draft], list[Traced]]:
    """The blocks of a table, and cells that go: rows that hold nothing, and what a bar too many put behind the last column.

    What has one cell is a paragraph. No table: as it is.
    """
    if draft.kind is not BlockKind.TABLE:
        return [draft], []
    rows = [row for row in draft.rows if any(map(has_content, row))]
    gone = [cell for row in draft.rows if not any(map(has_content, row)) for cell in row]
    if not rows:
        return [], gone
    if len(rows) == len(rows[0]) == 1:
        return [Draft(BlockKind.PARAGRAPH, [part]) for part in (*draft.parts, rows[0][0])], gone
    # What is wider has no name and holds nothing.
    width = max([len(rows[0]), *(k for row in rows for k, cell in enumerate(row, 1) if has_content(cell))])
    gone += [cell for row in rows for cell in row[width:]]
    return [replace(draft, rows=tuple(row[:width] for row in rows))], gone


def _table(text: str, start: int, end: int, inline: Inline) -> Iterator[Draft]:
    outline = _outline(text, start, end)
    rows = [[(cell, list(_runs(text, cell.start, cell.end))) for cell in row] for row in outline.rows if row]
    caption = [_joined(list(_runs(text, *outline.caption)), inline)] if outline.caption else []
    if _sets_columns([[runs for _, runs in row] for row in rows]):
        yield from (Draft(BlockKind.PARAGRAPH, [c]) for c in caption if has_content(c))
        for run in (run for row in rows for _, runs in row for run in runs):
            if run.kind is BlockKind.TABLE:
                yield from _table(text, run.start, run.end, inline)
            else:
                yield Draft(run.kind, [inline.read(run.start, run.end)], run.level, run.marker)
    elif rows:
        cells = tuple(tuple(_cells(row, inline)) for row in rows)
        yield Draft(BlockKind.TABLE, [c for c in caption if has_content(c)], rows=cells)


def _sets_columns(rows: list[list[list[_Run]]]) -> bool:
    """Whether a table is one for the eye only: it holds tables, or one row of lists and paragraphs."""
    filled = [row for row in rows if any(row)]
    if any(run.kind is BlockKind.TABLE for row in filled for runs in row for run in runs):
        return True
    return len(filled) == 1 and (
        any(len(runs) > 1 for runs in filled[0]) or sum(bool(runs) for runs in filled[0]) == 1
    )


def _cells(row: list[tuple[_Cell, list[_Run]]], inline: Inline) -> Iterator[Traced]:
    """The cells of a row. One over several columns is followed by empty ones."""
    for cell, runs in row:
        yield _joined(runs, inline)
        if span := _COLSPAN.search(cell.attributes):
            yield from [Traced()] * (int(span[1]) - 1)


def _joined(runs: list[_Run], inline: Inline) -> Traced:
    """The runs of a cell as its lines. Items say their number."""
    parts: list[Traced] = []
    is_list = sum(run.kind is BlockKind.ITEM for run in runs) > 1
    for i, run in enumerate(runs):
        at = runs[i - 1].end if i else inline.source.rfind("<", 0, run.start)
        mark = f"{run.marker} " if is_list and run.marker not in ("", "-") else ""
        if i or mark:
            line = ("\n" if i else "") + mark
            why = "number of an item in a cell" if mark else "line break tag"
            parts.append(Traced.edited(inline.source[at : run.start], at, line, "L902", why))
        parts.append(inline.read(run.start, run.end))
    return Traced.joined(parts)


def _outline(text: str, start: int, end: int) -> _Outline:
    out, depth = _Outline(), 0
    opened: tuple[int, str | None] | None = None  # a cell with its attributes, or a caption
    for m in _TAG.finditer(text, start, end):
        name, closes = m["name"].lower(), bool(m["end"])
        if name == "table":
            depth += -1 if closes else 1
        if depth > 1 or name not in ("table", "caption", "tr", "td", "th"):
            continue
        if opened is not None and not (name == "table" and closes and depth):
            if opened[1] is None:
                out.caption = (opened[0], m.start())
            else:
                out.rows[-1].append(_Cell(opened[0], m.start(), opened[1]))
            opened = None
        if closes or name == "table":
            continue
        if name == "tr":
            out.rows.append([])
        elif name == "caption":
            opened = (m.end(), None)
        elif out.rows:
            opened = (m.end(), m["attributes"])
    return out


def _runs(text: str, start: int, end: int) -> Iterator[_Run]:
    """The runs of text in a cell, in order."""
    lists: list[int] = []  # how many items each open list of numbers has; -1 for bullets
    at, quotes, marker, heading = start, 0, "", 0
    inside = start  # where a table inside ends
    is_first = True
    for m in [*_TAG.finditer(text, start, end), None]:
        stop = m.start() if m else end
        if stop < inside:
            continue
        if text[at:stop].strip():
            lo, hi = stripped(text, at, stop)
            if is_first and (bar := _CELL_BEGIN.match(text, lo, hi)) and bar.end() < hi:
                lo, hi = stripped(text, bar.end(), hi)
            is_first = False
            kind = BlockKind.QUOTE if quotes else BlockKind.PARAGRAPH
            if marker:
                yield _Run(lo, hi, BlockKind.ITEM, 2 * len(lists), marker)
            elif heading:
                yield _Run(lo, hi, BlockKind.HEADING, heading)
            else:
                yield _Run(lo, hi, kind)
            marker = ""
        if m is None:
            return
        at, name, closes = m.end(), m["name"].lower(), bool(m["end"])
        heading = int(name[1]) if name[0] == "h" and not closes else 0
        if name == "table" and not closes:
            at = inside = min(end, html_table_end(text, m.start(), end))
            yield _Run(m.start(), inside, BlockKind.TABLE)
        elif name in ("ul", "ol", "li"):
            marker = _item_marker(lists, name, closes)
        elif name == "blockquote":
            quotes = max(0, quotes + (-1 if closes else 1))


def _item_marker(lists: list[int], name: str, closes: bool) -> str:
    """The marker of the item that a tag begins; empty where it ends one, begins a list or ends it. ``lists`` are those open."""
    if name == "li" and not closes and lists:
        lists[-1] += lists[-1] >= 0
        return "-" if lists[-1] < 0 else f"{lists[-1]}."
    if name != "li" and not closes:
        lists.append(0 if name == "ol" else -1)
    elif name != "li" and lists:
        lists.pop()
    return ""
