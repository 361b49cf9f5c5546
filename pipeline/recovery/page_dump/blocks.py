"""The body of a page dump as blocks: headings, paragraphs, quotations, outlines, tables.

Comes in: the runs behind the front matter, and tables among them. Goes out: ``Block`` values in order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.document.manuscript import Block, BlockKind, Finding
from pipeline.document.traced import Traced
from pipeline.location import Span
from pipeline.recovery.characters import Repair
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.page_dump.tables.loose_lines import LooseTable
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.quotes import find_quotes
from pipeline.recovery.page_dump.work import Work, woven
from pipeline.recovery.wording.outlines import heading_levels

_MARKER = re.compile(r"[0-9]{1,2}\.")  # of a list in Markdown
_NUMBER_SPACE = re.compile(r"(.{1,4}[、）])[ \u3000]+(?=\S)")


def read_blocks(work: Work, runs: Sequence[Run], tables: Sequence[LooseTable]) -> list[Block]:
    """The blocks of the runs; ``tables`` begin with the first of their lines."""
    levels = iter(heading_levels([run.mark for run in runs if run.mark is not None]))
    quotes = find_quotes(work.flows, runs, work.profile)
    by_first = {t.first: t for t in tables}
    blocks: list[Block] = []
    i = 0
    while i < len(runs):
        run = runs[i]
        if run.loose and run.first in by_first:
            table = by_first[run.first]
            blocks += _table(work, table)
            while i < len(runs) and runs[i].first < table.last:
                i += 1
            continue
        if run.mark is not None:
            between = " " if run.mark.is_all_of(work.flows[run.first].line.text) else None
            blocks.append(
                Block(BlockKind.HEADING, _set_heading(woven(work, run, between=between)), next(levels))
            )
            i += 1
            continue
        if run.item is not None:
            count = _entries(runs, i)
            blocks += _outline(work, runs[i : i + count])
            i += count
            continue
        kind = BlockKind.QUOTE if quotes[i] else BlockKind.PARAGRAPH
        blocks.append(Block(kind, woven(work, run)))
        i += 1
    return blocks


def _set_heading(heading: Traced) -> Traced:
    """The heading without the space behind «一、»: the mark has its own (CLREQ, punctuation)."""
    match = _NUMBER_SPACE.match(heading.visible())
    if match is None:
        return heading
    why = "the mark behind a heading's number has a space of its own"
    return heading.corrected([Repair(match.end(1), match.end(), "", "L9", why)])


def _entries(runs: Sequence[Run], i: int) -> int:
    """How many entries of an outline stand on end from ``i`` on."""
    k = i
    while k < len(runs) and runs[k].item is not None:
        k += 1
    return k - i


def _outline(work: Work, runs: Sequence[Run]) -> list[Block]:
    """The entries of an outline as a list, or, where one has a number that Markdown's lists do not know, as lines with theirs."""
    items = [run.item for run in runs if run.item is not None]
    ranks = list(dict.fromkeys(item.rank for item in items))  # in an outline their order is its own
    texts = (work.flows[run.first].line.text for run in runs)
    numbers = [text[: item.length].strip() for text, item in zip(texts, items, strict=True)]
    listed = all(map(_MARKER.fullmatch, numbers))
    return [
        Block(BlockKind.ITEM, woven(work, run, item.length), ranks.index(item.rank), number)
        if listed
        else Block(BlockKind.LINE, woven(work, run), ranks.index(item.rank))
        for run, item, number in zip(runs, items, numbers, strict=True)
    ]


def _table(work: Work, table: LooseTable) -> list[Block]:
    """A table below its caption: rebuilt where its cells are told apart, else line by line."""
    lines: list[tuple[int, Line]] = [
        (work.numbers[i], work.flows[i].line) for i in range(table.first, table.last)
    ]
    if not table.rows:
        message = "a table came out as loose lines and could not be rebuilt: its lines are kept. Rebuild it by hand."
        span = Span(lines[0][1].start, lines[-1][1].end)
        work.weaver.findings.append(Finding("L20", message, span))
        behind = range(table.first + 1, table.last)
        blanks = sum(flow.line.trailing for flow in work.flows[table.first : table.last])
        told = work.profile.blanks and 2 * blanks >= table.last - table.first
        starts = [
            table.first,
            *(i for i in behind if not (_is_call(work, i) or (told and _is_within_cell(work, i)))),
        ]
        return [Block(BlockKind.LINE, woven(work, Run(a, b))) for a, b in pairwise([*starts, table.last])]
    cells = sorted(cell for row in table.rows for cell in row)  # the source's order, not that of columns
    ends = [line.start for _, line in lines]  # how far each line is told
    for cell in cells:
        start = lines[cell.line][1].start
        work.marks.append(Span(ends[cell.line], start + cell.start))
        ends[cell.line] = start + cell.end
    work.marks += [Span(end, line.end) for end, (_, line) in zip(ends, lines, strict=True)]
    rows = [
        tuple(work.weaver.cell(*lines[cell.line], cell.start, cell.end) for cell in row) for row in table.rows
    ]
    return [Block(BlockKind.TABLE, rows=tuple(rows))]


def _is_within_cell(work: Work, i: int) -> bool:
    """Whether nothing stands behind the line before, where white space stands behind each paragraph of a cell."""
    before = work.flows[i - 1]
    return not before.line.trailing and not before.called and work.flows[i].follows


def _is_call(work: Work, i: int) -> bool:
    """Whether a line is nothing but a call: it hangs on the line before."""
    line = work.flows[i].line
    return any(c.end - c.start == len(line.text) for c in work.plan.calls.get(work.numbers[i], ()))
