"""Which lines belong to the page and not to the text? Running heads, page numbers, rules, overlays.

Comes in: a layout. Goes out: the layout without them, with the numbers its pages have, the edits that took
them away, and findings. Refused: a line that is like a running head but stands on one page only, a number
that does not go on where the pages before it stopped.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.document.manuscript import Finding
from pipeline.document.traced import Edit
from pipeline.location import Span
from pipeline.recovery.page_dump.front.parts import is_masthead, opens_front
from pipeline.recovery.page_dump.pages.folios import (
    Head,
    decorated_numbers,
    folios_in_step,
    lone_numbers,
    number_pages,
    roman_numbers,
    told_numbers,
)
from pipeline.recovery.page_dump.pages.headlines import find_headlines
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.overlays import (
    find_pull_quotes,
    find_stamps,
    find_watermarks,
    measure_of,
)
from pipeline.recovery.page_dump.pages.script_marks import find_marks
from pipeline.recovery.page_dump.pages.singles import find_singles
from pipeline.recovery.page_dump.pages.untold import (
    LONE,
    LONG_HEAD,
    head_length,
    keep_pace,
    merged_head,
    split_untold,
)
from pipeline.settings import RecoverSettings

_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"\s+")
_NO_WORDS = re.compile("[0-9，。；：、？！,.;:()（）]")
MASTHEAD = 5  # lines of the first page that name the journal
EDGE = 2  # furniture stands among so many lines from the top or the foot of a page


@dataclass(frozen=True)
class Furnished:
    """A layout without furniture, what was taken away, and what was noticed."""

    layout: Layout
    removed: tuple[Edit, ...]
    findings: tuple[Finding, ...]
    measure: float


def clear_furniture(layout: Layout, settings: RecoverSettings, titles: Container[str] = ()) -> Furnished:
    """Takes away what belongs to the page; tells the pages' numbers. ``titles``: what the contents list names."""
    gone: dict[int, tuple[str, str]] = {}
    for i in find_watermarks(layout.lines, settings.watermark):
        gone[i] = ("L5", "a letter of the watermark")
    layout = _ended_by_overlay(layout, gone)
    if marks := find_marks(layout):
        gone |= dict.fromkeys(marks, ("L4", "a mark that a script put between the pages"))
        layout = layout.split(marks)
    layout = split_untold(layout)
    heads = _find_heads(layout, gone, settings, titles)
    parted = _begun_by_heads(layout, heads)
    if len(layout.pages) == 1 < len(parted.pages):  # what stands at the edges of pages shows only now
        heads = _find_heads(parted, gone, settings, titles)
    layout = parted
    stamps = find_stamps(layout)
    gone |= {i: ("L5", "the same words within the text of most pages") for i in stamps if i not in gone}
    heads = [head for head in heads if head.index not in stamps]
    told = told_numbers(layout, heads)
    layout = number_pages(layout, told)
    findings = _lost_firsts(layout, heads, told)
    layout, removed = _take(layout, gone, heads)
    measure = measure_of(layout.lines)
    starts = {page.first for page in layout.pages}
    pulled = find_pull_quotes(layout.lines, measure, starts)
    layout, more = _take_runs(layout, pulled)
    drawn = [removal(layout.source, span, "L6", "a rule") for span in layout.drawn]
    return Furnished(layout, (*removed, *more, *drawn), tuple(findings), measure)


def removal(source: str, span: Span, rule: str, why: str) -> Edit:
    """The edit that takes ``span`` of the source away."""
    return Edit(span, source[span.start : span.end], "", rule, why)


# --- where pages begin that left no trace of their own


def _ended_by_overlay(layout: Layout, gone: dict[int, tuple[str, str]]) -> Layout:
    """Behind a watermark and the page number beside it a page begins, also where it left no trace.

    Without a number the watermark says so only on a page that is much longer than the others.
    """
    if any(line.feed for line in layout.lines):
        return layout
    lengths = sorted(page.last - page.first for page in layout.pages)
    usual = lengths[len(lengths) // 2] if lengths else 0
    length = {i: page.last - page.first for page in layout.pages for i in range(page.first, page.last)}
    starts = []
    for i in gone:
        if i + 1 < len(layout.lines) and i + 1 not in gone:
            if LONE.fullmatch(layout.lines[i + 1].text):
                starts.append(i + 2)
            elif len(layout.pages) == 1 or length[i] > 1.6 * usual:
                starts.append(i + 1)
    return layout.split(starts)


def _begun_by_heads(layout: Layout, heads: Sequence[Head]) -> Layout:
    """A running head that is no page's first or last line begins a page that left no trace."""
    if any(line.feed for line in layout.lines):
        return layout
    edges = {i for page in layout.pages for i in (page.first, page.first + 1, page.last - 1, page.last - 2)}
    last = heads[-1].index == len(layout.lines) - 1 and heads[0].index >= EDGE if heads else False
    starts = []
    for head in heads:
        if head.index not in edges:
            foot = last or head.rule == "L4"
            starts.append(head.index + 1 if foot else head.index)
    return layout.split(starts)


# --- finding


def _find_heads(
    layout: Layout, gone: dict[int, tuple[str, str]], settings: RecoverSettings, titles: Container[str]
) -> list[Head]:
    candidates = [*_told_heads(layout, settings), *_own_lines(layout, gone)]
    candidates += [*_chapter_heads(layout, gone, titles), *_merged(layout)]
    best: dict[int, Head] = {}
    for head in candidates:
        if head.index not in gone:
            best.setdefault(head.index, head)
    for head in _foot_of_first(layout, best):
        best.setdefault(head.index, head)
    for head in [*folios_in_step(layout, best), *find_singles(layout, best, gone)]:
        best.setdefault(head.index, head)
    best.pop(_title_among(layout, best, gone), None)
    return sorted(best.values(), key=lambda head: head.index)


def _title_among(layout: Layout, heads: dict[int, Head], gone: Container[int]) -> int:
    """The line that reads as the running heads do and is the text's own title, at the top of the first page; else -1.

    It stands there for the second time, or the author, the abstract or the text is right behind it.
    """
    if not layout.pages:
        return -1
    page = layout.pages[0]
    top = []
    for i in range(page.first, page.last):
        head = heads.get(i)
        if i in gone or (head is not None and head.number >= 0):
            continue
        if head is None or head.rule != "L3" or head.length < len(layout.lines[i].text):
            break
        top.append(i)
    if not top:
        return -1
    again = len(top) > 1 and _masked(layout.lines[top[-1]].text) == _masked(layout.lines[top[-2]].text)
    behind = layout.lines[top[-1] + 1].text if top[-1] + 1 < page.last else ""
    return top[-1] if again or opens_front(behind) else -1


def _foot_of_first(layout: Layout, heads: Container[int]) -> Iterator[Head]:
    """Lines at the foot of the first page that name the journal and its issue: some extractors give its head last."""
    if len(layout.pages) < 2:
        return
    page = layout.pages[0]
    for i in range(page.last - 1, max(page.first, page.last - 1 - MASTHEAD), -1):
        if i in heads:
            continue
        text, above = layout.lines[i].text, layout.lines[i - 1].text
        named = text.isascii() and text[-1].isalpha() and is_masthead(above)  # its name in English
        if not named and not is_masthead(text):
            return
        yield Head(
            i, len(layout.lines[i].text), -1, "L3", "the head of the first page: the journal and its issue"
        )


def _chapter_heads(layout: Layout, gone: dict[int, tuple[str, str]], titles: Container[str]) -> list[Head]:
    """Heads that change with the chapter, where most pages have one."""
    return [
        Head(head.line, len(layout.lines[head.line].text), head.number, "L3", "a running head")
        for head in find_headlines(layout, gone, titles)
    ]


def _edges(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[tuple[int, int, bool]]:
    """(page, line, at the top?) for the lines at the edges of pages."""
    out = []
    for number, page in enumerate(layout.pages):
        indices = [i for i in range(page.first, page.last) if i not in gone]
        out += [(number, i, True) for i in indices[:EDGE]]
        out += [(number, i, False) for i in indices[max(EDGE, len(indices) - EDGE) :]]
    return out


def _told_heads(layout: Layout, settings: RecoverSettings) -> list[Head]:
    """Running heads that the settings name, alone or merged into a line."""
    told = [_masked(text) for text in settings.running_heads if text.strip()]
    out = []
    for i, line in enumerate(layout.lines if told else ()):
        if _masked(line.text) in told:
            out.append(
                Head(i, len(line.text), _number_in(line.text), "L3", "a running head named in the settings")
            )
    return out


def _masked(text: str) -> str:
    return _DIGITS.sub("0", _SPACE.sub("", text))


def _number_in(text: str) -> int:
    found = _DIGITS.findall(text)
    return int(found[0]) if len(found) == 1 and len(found[0]) <= 4 else -1


def _own_lines(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[Head]:
    """Heads and numbers on lines of their own: at page edges, or anywhere when they carry a set-off number."""
    edges = _edges(layout, gone) if len(layout.pages) > 1 else []
    out = []
    lone = []
    seen: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for page, i, top in edges:
        text = layout.lines[i].text
        if match := LONE.fullmatch(text):
            lone.append((page, i, int(match[1])))
        elif head_length(text) <= LONG_HEAD:
            seen[_masked(text), top].append((page, i))
    out += lone_numbers(layout, lone, gone)
    out += roman_numbers(layout) if edges else []
    for (_key, top), places in seen.items():
        out += _recurring(layout, places, _number_of_head if top else _number_of_foot)
    out += decorated_numbers(layout)
    return out


def _recurring(
    layout: Layout, places: list[tuple[int, int]], number_of: Callable[[Layout, int], int]
) -> list[Head]:
    """Lines that stand at the edge of several pages, the same but for the number in them."""
    pages = {page for page, _ in places}
    numbers = [(number_of(layout, i), page) for page, i in places]
    steady = len({n - page for n, page in numbers if n >= 0}) == 1 and len(numbers) > 1 and numbers[0][0] >= 0
    if len(pages) < 2 or layout.lines[places[0][1]].text[-1] in "。；，！？」":
        return []
    texts = {layout.lines[i].text for _, i in places}
    if not steady and (len(pages) < 3 or len(texts) > 1 or _is_numbered_heading(min(texts))):
        return []
    return [
        Head(i, len(layout.lines[i].text), _number_in(layout.lines[i].text), "L3", "a running head")
        for _, i in places
    ]


def _number_of_head(layout: Layout, i: int) -> int:
    return _number_in(layout.lines[i].text)


def _number_of_foot(layout: Layout, i: int) -> int:
    """The number in line ``i``; in words alone, the one on the line below: some extractors give a page's head last."""
    text = layout.lines[i].text
    below = LONE.fullmatch(layout.lines[i + 1].text) if i + 1 < len(layout.lines) else None
    return int(below[1]) if below and not _NO_WORDS.search(text) else _number_in(text)


def _is_numbered_heading(text: str) -> bool:
    return bool(
        re.match(
            r"[（(]?(?:[一二三四五六七八九十壹貳參肆伍陸柒捌玖拾]+|[0-9]{1,2})[）)、．. ]|第.{1,3}[章節节]",
            text,
        )
    )


def _merged(layout: Layout) -> list[Head]:
    """Heads at the beginning of a page's first text line: ``30 城市史研究 河道兩岸…``."""
    found: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    firsts = {page.first: k for k, page in enumerate(layout.pages)}
    page = 0
    for i, line in enumerate(layout.lines):
        page = firsts.get(i, page)
        if (i not in firsts and not line.gap) or line.rule:
            continue
        if (head := merged_head(line.text)) is not None:
            found[head.words].append((i, head.end, head.number, page))
    out = []
    for places in found.values():
        sure = sum(i in firsts for i, _, _, _ in places) > 1
        steady = all(_keeps_step(a, b) for a, b in pairwise(places))
        if sure and (steady or (not layout.told and keep_pace([(i, number) for i, _, number, _ in places]))):
            why = "a running head that ran into the page's first line"
            out += [Head(i, length, number, "L3", why) for i, length, number, _ in places]
    return out


def _keeps_step(before: tuple[int, int, int, int], place: tuple[int, int, int, int]) -> bool:
    """Whether its number grows with the pages as that of the place before does (one page may have no trace)."""
    _, _, number, page = before
    return place[2] > number and abs((place[2] - number) - (place[3] - page)) <= 1


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


def _take_runs(layout: Layout, runs: Sequence[tuple[int, int]]) -> tuple[Layout, list[Edit]]:
    """The layout without these runs of lines, each run one edit."""
    removed = [
        removal(
            layout.source,
            Span(layout.lines[first].start, layout.lines[last - 1].end),
            "L7",
            "a pull quote: it repeats what the text says",
        )
        for first, last in runs
    ]
    return layout.without({i for first, last in runs for i in range(first, last)}), removed


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
