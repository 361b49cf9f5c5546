"""The way of a page dump: pages, furniture, notes, paragraphs, headings, front matter, characters.

Comes in: the text of a dump. Goes out: a manuscript. The order matters: notes are bound while the pages are
known, lines are joined next, and characters are repaired on the joined text, where their neighbours are.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pipeline.document.manuscript import (
    Block,
    BlockKind,
    Edit,
    Finding,
    Front,
    Manuscript,
    NoteBody,
    PieceKind,
    Traced,
)
from pipeline.location import Span
from pipeline.recovery.characters import Repair, fingerprint
from pipeline.recovery.headings import heading_levels
from pipeline.recovery.page_dump.columns import divide_pages, part_columns
from pipeline.recovery.page_dump.contents import take_contents, take_heads
from pipeline.recovery.page_dump.endnotes import plan_endnotes
from pipeline.recovery.page_dump.firsts import place_firsts
from pipeline.recovery.page_dump.footnotes import plan_notes
from pipeline.recovery.page_dump.front import KEYWORD_PARTS, FrontPart, Role, find_front
from pipeline.recovery.page_dump.furniture import Furnished, clear_furniture
from pipeline.recovery.page_dump.inner_labels import divide_notes
from pipeline.recovery.page_dump.labels import sort_labels
from pipeline.recovery.page_dump.noteplan import NotePlan
from pipeline.recovery.page_dump.pages import Layout, Line, read_layout
from pipeline.recovery.page_dump.paragraphs import Flow, Profile, is_spaced, profile_of, set_widths
from pipeline.recovery.page_dump.pieces import join_numbers, mend_lines
from pipeline.recovery.page_dump.raised import place_raised
from pipeline.recovery.page_dump.resumed import part_behind_notes
from pipeline.recovery.page_dump.runs import Run, find_cover, find_quotes, para_of, read_flows, split_runs
from pipeline.recovery.page_dump.stars import STARS
from pipeline.recovery.page_dump.tables import LooseTable
from pipeline.recovery.page_dump.weave import Weaver, fill_layout
from pipeline.recovery.script import detect_script
from pipeline.settings import RecoverSettings

DIVISIONS = 4  # so many notes, at most, stand on one line
_NUMBER_SPACE = re.compile(r"(.{1,4}[、）])[ \u3000]+(?=\S)")
NOTE_HEADS = frozenset(
    [
        "注釋",
        "註釋",
        "注释",
        "注",
        "註",
        "尾註",
        "尾注",
        "註解",
        "注解",
        "附註",
        "附注",
        "Notes",
        "NOTES",
        "參考文獻",
        "参考文献",
    ]
)


@dataclass
class _Work:
    """What the steps hand on."""

    furnished: Furnished
    plan: NotePlan
    flows: list[Flow]
    numbers: list[int]  # the layout's line of each flow
    profile: Profile
    weaver: Weaver
    anchors: dict[int, str]
    marks: list[Span] = field(default_factory=list)
    removed: list[Edit] = field(default_factory=list)


def recover_page_dump(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of a page dump."""
    columned = part_columns(join_numbers(read_layout(text)))
    layout, listed, titles = take_contents(columned.layout)
    furnished = take_heads(clear_furniture(layout, settings, titles), titles)
    layout = divide_pages(place_firsts(place_raised(furnished.layout)), columned.begins)
    layout = sort_labels(mend_lines(layout))
    layout, inferred = part_behind_notes(layout, furnished.measure)
    layout, plan = _bound(layout, furnished.measure)
    furnished = replace(
        furnished, layout=layout, findings=(*columned.findings, *furnished.findings, *inferred)
    )
    marks = fingerprint(text, settings)
    flows, numbers = read_flows(furnished, plan, marks.private)
    flows, measure, brackets = set_widths(flows)
    profile = profile_of(flows, measure, brackets, _without_calls(flows, numbers, plan))
    weaver = Weaver(text, marks, plan.calls)
    work = _Work(furnished, plan, flows, numbers, profile, weaver, _anchors(furnished, plan, settings))
    work.removed += listed
    cover = find_cover(flows, profile)
    runs, tables = split_runs(flows, profile, titles, _calls_at_ends(layout, plan), len(cover))
    lang = lang or detect_script(text)
    parts = find_front([para_of(flows, run, profile) for run in runs], cover)
    fronts = _fronts(work, runs, parts, lang)
    used = {part.index for part in parts}
    rest = _without_note_heads(work, [run for i, run in enumerate(runs) if i not in used])
    _carry_anchor(work, runs, used, rest)
    blocks = _blocks(work, rest, tables)
    notes = _notes(work)
    return _manuscript(text, lang, work, fronts, blocks, notes)


def _bound(layout: Layout, measure: float) -> tuple[Layout, NotePlan]:
    """The notes of a layout, and the layout with the lines divided that hold more than one of them."""
    plan = plan_endnotes(layout) or plan_notes(layout, measure)
    for _ in range(DIVISIONS):
        divided = divide_notes(layout, plan)
        if divided is layout:
            break
        layout = divided
        plan = plan_endnotes(layout) or plan_notes(layout, measure)
    return layout, plan


def _calls_at_ends(layout: Layout, plan: NotePlan) -> float:
    """The share of the calls that end their lines, 0 where they are too few to tell."""
    ends = [
        call.end >= len(layout.lines[number].text.rstrip())
        for number, calls in plan.calls.items()
        for call in calls
    ]
    return sum(ends) / len(ends) if len(ends) >= 3 else 0.0


def _without_calls(flows: Sequence[Flow], numbers: Sequence[int], plan: NotePlan) -> Iterator[str]:
    """The lines' texts with a full stop for each call: a call is no number of the text."""
    for number, flow in zip(numbers, flows, strict=True):
        text = flow.line.text
        for call in sorted(plan.calls.get(number, ()), key=lambda c: -c.start):
            text = f"{text[: call.start]}。{text[call.end :]}"
        yield text


def _anchors(furnished: Furnished, plan: NotePlan, settings: RecoverSettings) -> dict[int, str]:
    """The page numbers, by the first text line of each page."""
    if not settings.page_numbers:
        return {}
    out = {}
    for page in furnished.layout.pages:
        first = next((i for i in range(page.first, page.last) if i not in plan.note_lines), None)
        if first is not None and page.number:
            out[first] = page.number
    return out


def _woven(work: _Work, run: Run, skip: int = 0, between: str | None = None) -> Traced:
    numbered = [(work.numbers[i], work.flows[i].line) for i in range(run.first, run.last)]
    if skip:
        start = numbered[0][1].start
        work.marks.append(Span(start, start + skip))
    return work.weaver.weave(numbered, work.profile.spaced, skip, work.anchors, between)


def _carry_anchor(work: _Work, runs: Sequence[Run], used: Container[int], rest: Sequence[Run]) -> None:
    """The page that is open when the front matter ends begins with the first text behind it."""
    if not rest:
        return
    first = work.numbers[rest[0].first]
    fronts = [work.numbers[run.first] for i, run in enumerate(runs) if i in used]
    before = [
        number
        for line, number in sorted(work.anchors.items())
        if line <= max((n for n in fronts if n < first), default=-1)
    ]
    if before:
        work.anchors.setdefault(first, before[-1])


def _without_note_heads(work: _Work, runs: Sequence[Run]) -> list[Run]:
    """The runs without headings of lists of notes: the notes stand at their calls now."""
    out: list[Run] = []
    for k, run in enumerate(runs):
        number = work.numbers[run.first]
        text = "".join(work.flows[run.first].line.text.split())
        last = k + 1 == len(runs) or runs[k + 1].mark is not None
        if run.mark is not None and last and text in NOTE_HEADS and number + 1 in work.plan.note_lines:
            span = work.flows[run.first].line.span
            before = work.weaver.source[span.start : span.end]
            work.removed.append(
                Edit(span, before, "", "N5", "the heading of the notes, which stand at their calls")
            )
        else:
            out.append(run)
    return out


# --- front matter


def _fronts(work: _Work, runs: Sequence[Run], parts: Sequence[FrontPart], lang: str) -> tuple[Front, ...]:
    fronts = []
    anchors, work.anchors = work.anchors, {}
    for own in ("", "en"):
        mine = [part for part in parts if part.lang == own]
        if not mine:
            continue
        texts: dict[Role, list[Traced]] = {role: [] for role in Role}
        for part in mine:
            if part.role is Role.LABEL:
                run = runs[part.index]
                work.marks += [work.flows[i].line.span for i in range(run.first, run.last)]
                continue
            if part.role is Role.TITLE and texts[Role.TITLE]:
                continue  # the rest of a title on a second line: woven with its first
            woven = _woven(work, _whole_title(runs, mine, part), part.mark)
            if part.tail:
                work.marks += [p.span for p in woven.sliced(len(woven) - part.tail, len(woven)).pieces]
                woven = woven.sliced(0, len(woven) - part.tail)
            texts[part.role] += _keywords(work, woven) if part.role is Role.KEYWORDS else [woven]
        fronts.append(
            Front(
                own or lang,
                title=texts[Role.TITLE][0] if texts[Role.TITLE] else Traced(),
                subtitle=texts[Role.SUBTITLE][0] if texts[Role.SUBTITLE] else Traced(),
                authors=tuple(_starless(work, t) for t in texts[Role.AUTHOR]),
                affiliation=tuple(texts[Role.AFFILIATION]),
                abstract=tuple(texts[Role.ABSTRACT]),
                keywords=tuple(texts[Role.KEYWORDS]),
                masthead=tuple(texts[Role.MASTHEAD]),
            )
        )
    work.anchors = anchors
    return tuple(fronts)


def _whole_title(runs: Sequence[Run], parts: Sequence[FrontPart], part: FrontPart) -> Run:
    """The run of a part; of a title with those behind it that are its further lines."""
    if part.role is not Role.TITLE:
        return runs[part.index]
    last = max(p.index for p in parts if p.role is Role.TITLE)
    return Run(runs[part.index].first, runs[last].last)


def _keywords(work: _Work, text: Traced) -> list[Traced]:
    """Keywords one by one; what stands between them is layout."""
    out, at = [], 0
    for match in KEYWORD_PARTS.finditer(text.text):
        out.append(text.sliced(at, match.start()))
        work.marks += [p.span for p in text.sliced(match.start(), match.end()).pieces]
        at = match.end()
    out.append(text.sliced(at, len(text)))
    return [t for t in out if t]


def _starless(work: _Work, author: Traced) -> Traced:
    """The author without a mark of a note that the source does not have; that is a finding."""
    text = author.text
    bare = text.rstrip(STARS)
    if bare == text or not bare or author.pieces[-1].kind is PieceKind.CALL:
        return author
    span = author.span_at(len(bare), len(text))
    message = f"the author carries {text[len(bare) :]}, the call of a note that the source lacks. Add it if you have it."
    work.weaver.findings.append(Finding("N13", message, span))
    return author.replaced(
        len(bare), len(text), "", "N4", "the call of a note on the author that the source lacks"
    )


# --- blocks


def _blocks(work: _Work, runs: Sequence[Run], tables: Sequence[LooseTable]) -> list[Block]:
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
            blocks.append(
                Block(BlockKind.HEADING, _set_heading(_woven(work, run, between=" ")), next(levels))
            )
            i += 1
            continue
        if run.item is not None:
            count = _entries(runs, i)
            blocks += _outline(work, runs[i : i + count])
            i += count
            continue
        kind = BlockKind.QUOTE if quotes[i] else BlockKind.PARAGRAPH
        blocks.append(Block(kind, _woven(work, run)))
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


def _outline(work: _Work, runs: Sequence[Run]) -> list[Block]:
    """The entries of an outline as a list; numbers that Markdown lists know become their marks."""
    seen: list[float] = []  # in an outline the order of the ranks is its own
    out = []
    for run in runs:
        item = run.item
        rank = item.rank if item is not None else 0.0
        if rank not in seen:
            seen.append(rank)
        level = seen.index(rank)
        numbered = item is not None and item.rank >= 8 and item.number.isdigit()
        skip = item.length if item is not None and numbered else 0
        marker = f"{item.number}." if item is not None and numbered else "-"
        out.append(Block(BlockKind.ITEM, _woven(work, run, skip), level, marker))
    return out


def _table(work: _Work, table: LooseTable) -> list[Block]:
    """A table below its caption: rebuilt where its cells are told apart, else line by line."""
    lines: list[tuple[int, Line]] = [
        (work.numbers[i], work.flows[i].line) for i in range(table.first, table.last)
    ]
    if not table.rows:
        message = "a table came out as loose lines and could not be rebuilt: its lines are kept. Rebuild it by hand."
        span = Span(lines[0][1].start, lines[-1][1].end)
        work.weaver.findings.append(Finding("L20", message, span))
        bare = [_is_call(work, i) for i in range(table.first, table.last)]
        starts = [i for i, call in enumerate(bare, table.first) if i == table.first or not call]
        return [Block(BlockKind.LINE, _woven(work, Run(a, b))) for a, b in pairwise([*starts, table.last])]
    ends = [line.start for _, line in lines]  # how far each line is told
    rows = []
    for cells in table.rows:
        row = []
        for cell in cells:
            number, line = lines[cell.line]
            work.marks.append(Span(ends[cell.line], line.start + cell.start))
            row.append(work.weaver.cell(number, line, cell.start, cell.end))
            ends[cell.line] = line.start + cell.end
        rows.append(tuple(row))
    work.marks += [Span(end, line.end) for end, (_, line) in zip(ends, lines, strict=True)]
    return [Block(BlockKind.TABLE, rows=tuple(rows))]


def _is_call(work: _Work, i: int) -> bool:
    """Whether a line is nothing but a call: it hangs on the line before."""
    line = work.flows[i].line
    return any(c.end - c.start == len(line.text) for c in work.plan.calls.get(work.numbers[i], ()))


# --- notes, and everything together


def _notes(work: _Work) -> list[NoteBody]:
    layout = work.furnished.layout
    texts = [
        layout.lines[i].text[0 if k else body.mark :]
        for body in work.plan.bodies
        for k, i in enumerate(body.lines)
    ]
    spaced = is_spaced(texts)
    out = []
    for body in sorted(
        work.plan.bodies, key=lambda b: (not b.label.isdigit(), int(b.label) if b.label.isdigit() else 0)
    ):
        if not body.lines:
            out.append(NoteBody(body.label, missing=True))
            continue
        numbered = [(i, layout.lines[i]) for i in body.lines]
        first = numbered[0][1]
        work.marks.append(Span(first.start, first.start + body.mark))
        if body.mark >= len(first.text):
            numbered = numbered[1:]
            woven = work.weaver.weave(numbered, spaced) if numbered else Traced()
        else:
            woven = work.weaver.weave(numbered, spaced, body.mark)
        out.append(NoteBody(body.label, (Block(BlockKind.PARAGRAPH, woven),)))
    return out


def _manuscript(
    text: str,
    lang: str,
    work: _Work,
    fronts: tuple[Front, ...],
    blocks: Sequence[Block],
    notes: Sequence[NoteBody],
) -> Manuscript:
    layout = work.furnished.layout
    pages = tuple(
        (layout.lines[page.first].start if page.first < len(layout.lines) else len(text), page.number)
        for page in layout.pages
    )
    bare = Manuscript(text, "page-dump", lang, fronts, tuple(blocks), tuple(notes))
    removed = (*work.furnished.removed, *work.removed)
    claimed = [p.span for t in bare.texts() for p in t.pieces if p.span.end > p.span.start]
    claimed += [edit.span for edit in removed]
    work.marks.extend(work.plan.marks)
    findings = (*work.furnished.findings, *work.plan.findings, *work.weaver.findings)
    return Manuscript(
        text,
        "page-dump",
        lang,
        fronts,
        tuple(blocks),
        tuple(notes),
        fill_layout(text, claimed, work.marks),
        removed,
        findings,
        pages if len(pages) > 1 else (),
    )
