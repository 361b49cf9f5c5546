"""Which lines belong to the page and not to the text? Running heads, page numbers, rules, overlays.

Comes in: a layout. Goes out: the layout without them, with the numbers its pages have, the edits that took
them away, and findings. Which lines are heads ``heads`` tells, the other modules of this room the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document.manuscript import Finding
from pipeline.document.traced import Edit
from pipeline.location import Span
from pipeline.recovery.page_dump.furniture.folios import (
    Head,
    number_pages,
    told_numbers,
)
from pipeline.recovery.page_dump.furniture.heads import find_heads
from pipeline.recovery.page_dump.furniture.own_lines import EDGE
from pipeline.recovery.page_dump.furniture.script_marks import find_marks
from pipeline.recovery.page_dump.furniture.titles import titles_below
from pipeline.recovery.page_dump.furniture.untold.division import split_untold
from pipeline.recovery.page_dump.overlays.displaced import in_order
from pipeline.recovery.page_dump.overlays.pull_quotes import PullQuote, find_pull_quotes
from pipeline.recovery.page_dump.overlays.scattered import find_scattered
from pipeline.recovery.page_dump.overlays.watermarks import find_stamps
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page, measure_of
from pipeline.recovery.page_dump.pages.numbers import LONE
from pipeline.settings import RecoverSettings


@dataclass(frozen=True)
class Furnished:
    """A layout without furniture, what was taken away, and what was noticed."""

    layout: Layout
    removed: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    measure: float


def clear_furniture(
    layout: Layout, settings: RecoverSettings, titles: Container[str] = (), overlay: Container[int] = ()
) -> Furnished:
    """Takes away what belongs to the page; tells the pages' numbers.

    ``titles``: what the contents list names. ``overlay``: where the lines of a watermark begin.
    """
    gone: dict[int, tuple[str, str]] = {}
    for i, line in enumerate(layout.lines):
        if line.start in overlay:
            gone[i] = ("L5", "a letter of the watermark")
    layout = _ended_by_overlay(layout, gone)
    if marks := find_marks(layout):
        for page in marks:
            gone |= dict.fromkeys(page, ("L4", "a mark that a script put between the pages"))
        layout = layout.split([page[0] for page in marks])
    layout = split_untold(layout)
    scattered = find_scattered(layout)
    layout = in_order(_close_up(layout, scattered), scattered)
    gone |= dict.fromkeys(scattered, ("L5", "a letter of the watermark"))
    heads = find_heads(layout, gone, settings, titles)
    parted = _begun_by_heads(layout, heads, gone)
    if len(layout.pages) == 1 < len(parted.pages):  # what stands at the edges of pages shows only now
        heads = find_heads(parted, gone, settings, titles)
    layout = parted
    stamps = find_stamps(layout)
    stamps -= titles_below(layout, stamps, {head.index for head in heads})
    gone |= {i: ("L5", "the same words within the text of most pages") for i in stamps if i not in gone}
    heads = [head for head in heads if head.index not in stamps]
    told = told_numbers(layout, heads)
    layout = number_pages(layout, told)
    findings = _lost_firsts(layout, heads, told)
    layout, removed = _take(layout, gone, heads)
    measure = measure_of(layout.lines)
    starts = {page.first for page in layout.pages}
    pulled = find_pull_quotes(layout.lines, measure, starts)
    findings += [_untold(layout, quote) for quote in pulled if not quote.told]
    layout, more = _take_runs(layout, pulled)
    drawn = [removal(layout.source, span, "L6", "a rule") for span in layout.drawn]
    return Furnished(layout, (*removed, *more, *drawn), tuple(findings), measure)


def removal(source: str, span: Span, rule: str, why: str) -> Edit:
    """The edit that takes ``span`` of the source away."""
    return Edit(span, source[span.start : span.end], "", rule, why)


# --- where pages begin that left no trace of their own


def _ended_by_overlay(layout: Layout, gone: dict[int, tuple[str, str]]) -> Layout:
    """Behind a watermark and the page number beside it a page begins, also where it left no trace, unless it begins above them.

    Without a number the watermark says so only on a page that is much longer than the others.
    """
    if layout.fed:
        return layout
    if not gone:
        return layout.split(())
    lengths = sorted(page.last - page.first for page in layout.pages)
    usual = lengths[len(lengths) // 2] if lengths else 0
    length = {i: page.last - page.first for page in layout.pages for i in range(page.first, page.last)}
    starts = []
    firsts = {page.first for page in layout.pages if layout.lines[page.first].parted}
    above = False  # the page begins with the watermark
    for i in sorted(gone):
        above = i in firsts or (above and i - 1 in gone)
        if above:
            continue
        if i + 1 < len(layout.lines) and i + 1 not in gone:
            if LONE.fullmatch(layout.lines[i + 1].text):
                starts.append(i + 2)
            elif len(layout.pages) == 1 or length[i] > 1.6 * usual:
                starts.append(i + 1)
    return layout.split(starts)


def _begun_by_heads(layout: Layout, heads: Sequence[Head], gone: Collection[int]) -> Layout:
    """A running head that is no page's first or last line, but for what is ``gone``, begins a page that left no trace."""
    if layout.fed:
        return layout
    edges = {i for page in layout.pages for i in (page.first, page.first + 1, page.last - 1, page.last - 2)}
    known = {*gone, *(head.index for head in heads)}
    for step in (1, -1):  # a head in pieces
        for i in sorted(known, reverse=step < 0):
            if i - step in edges and i - step in known:
                edges.add(i)
    last = heads[-1].index == len(layout.lines) - 1 and heads[0].index >= EDGE if heads else False
    starts = []
    for head in heads:
        if head.index not in edges:
            foot = last or head.rule == "L4"
            starts.append(head.index + 1 if foot else head.index)
    return layout.split(starts)


def _close_up(layout: Layout, scattered: Set[int]) -> Layout:
    """The layout without the blank lines that only the letters of a watermark made, before and behind them."""
    if not scattered:
        return layout
    beside = {i + 1 for i in scattered} - scattered
    lines = [
        line._replace(gap=0) if i in beside and line.gap else line for i, line in enumerate(layout.lines)
    ]
    return replace(layout, lines=tuple(lines))


# --- taking away


def _take(
    layout: Layout, gone: dict[int, tuple[str, str]], heads: Sequence[Head]
) -> tuple[Layout, list[Edit]]:
    """The layout without whole lines and without merged heads; pages keep their bounds."""
    by_line = {head.index: head for head in heads}
    lines: list[Line] = []
    moved: list[int] = []
    removed: list[Edit] = []
    for i, line in enumerate(layout.lines):
        moved.append(len(lines))
        head = by_line.get(i)
        if i in gone:
            removed.append(removal(layout.source, line.span, *gone[i]))
        elif head is None:
            lines.append(line)
        elif head.length >= len(line.text):
            removed.append(removal(layout.source, line.span, head.rule, head.why))
        else:
            kept = line.without_prefix(head.length)
            removed.append(removal(layout.source, Span(line.start, kept.start), head.rule, head.why))
            lines.append(kept._replace(indent=0, hidden=True))
    moved.append(len(lines))
    pages = tuple(Page(moved[p.first], moved[p.last], p.number) for p in layout.pages)
    return replace(layout, lines=tuple(lines), pages=pages), removed


def _take_runs(layout: Layout, runs: Sequence[PullQuote]) -> tuple[Layout, list[Edit]]:
    """The layout without these runs of lines, each run one edit but where something else was taken out of it."""
    told, untold = "a pull quote: it repeats what the text says", "a pull quote: it stands inside a sentence"
    removed = [
        removal(layout.source, span, "L7", told if quote.told else untold)
        for quote in runs
        for span in _unbroken(layout, layout.lines[quote.first : quote.last])
    ]
    return layout.without({i for first, last, _ in runs for i in range(first, last)}), removed


def _untold(layout: Layout, quote: PullQuote) -> Finding:
    """What to say of a pull quote whose words are not all in the dump."""
    message = "a column of short lines inside a sentence was taken for a pull quote, and the text does not say all of it. Look whether it is one."
    return Finding("L14", message, Span(layout.lines[quote.first].start, layout.lines[quote.last - 1].end))


def _unbroken(layout: Layout, lines: Sequence[Line]) -> Iterator[Span]:
    """The spans of the lines between which the source has nothing but blanks; a displaced line has one of its own."""
    start = lines[0].start
    for line, following in pairwise(lines):
        if following.start < line.end or layout.source[line.end : following.start].strip():
            yield Span(start, line.end)
            start = following.start
    yield Span(start, lines[-1].end)


# --- what is missing


def _lost_firsts(layout: Layout, heads: Sequence[Head], told: dict[int, int]) -> list[Finding]:
    """Pages whose likes have their head merged into the first line and which have none: a line is missing."""
    merged = [head for head in heads if head.length < len(layout.lines[head.index].text)]
    sides = {head.number % 2 for head in merged}
    if len(merged) < 2 or len(sides) > 1:
        return []
    begin = min(told)
    out = []
    for k, page in enumerate(layout.pages):
        if k < begin or k in told or not page.number or page.first >= page.last:
            continue
        if int(page.number) % 2 not in sides:
            continue
        message = (
            f"page {page.number} has no running head, and pages like it have theirs merged into the first "
            "line: the first line of this page may be lost with its head. Compare with the original."
        )
        out.append(Finding("L12", message, layout.lines[page.first].span))
    return out
