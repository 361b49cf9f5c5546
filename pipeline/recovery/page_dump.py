"""The way of a page dump: pages, furniture, notes, paragraphs, headings, front matter, characters.

Comes in: the text of a dump. Goes out: a manuscript. The order matters: notes are bound while the pages are
known, lines are joined next, and characters are repaired on the joined text, where their neighbours are.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.document.manuscript import (
    Block,
    BlockKind,
    Edit,
    Finding,
    Front,
    Manuscript,
    NoteBody,
    Piece,
    PieceKind,
    Traced,
)
from pipeline.location import Span
from pipeline.recovery.characters import Repair, fingerprint
from pipeline.recovery.endnotes import plan_endnotes
from pipeline.recovery.footnotes import plan_notes
from pipeline.recovery.front import KEYWORD_PARTS, FrontPart, Para, Role, find_front, is_label_line
from pipeline.recovery.furniture import Furnished, clear_furniture
from pipeline.recovery.headings import HeadingMark, drop_outlines, drop_strays, heading_levels, heading_mark
from pipeline.recovery.noteplan import NotePlan
from pipeline.recovery.pages import Line, read_layout, width_of
from pipeline.recovery.paragraphs import (
    BOUNDARY,
    CLOSERS,
    Flow,
    Profile,
    is_narrow,
    is_spaced,
    profile_of,
    set_widths,
    weigh_break,
)
from pipeline.recovery.script import detect_script
from pipeline.recovery.tables import LooseTable, find_tables, split_columns
from pipeline.recovery.weave import Weaver, fill_layout
from pipeline.settings import RecoverSettings

_LONE_LETTER = re.compile("(?<=[\u3000-\u9fff\uff00-\uff5e])[A-Za-z»](?=[\u3000-\u9fff\uff00-\uff5e]|$)")
_NUMBER_SPACE = re.compile(r"(.{1,4}[、）])[ \u3000]+(?=\S)")
LABELS = "【[［關关主中英內内摘提KkAa"  # what a label of the front matter can begin with
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


@dataclass(frozen=True)
class _Run:
    """Flows ``first`` up to ``last``: a paragraph, a heading, or a line of a table."""

    first: int
    last: int
    mark: HeadingMark | None = None
    loose: bool = False
    item: HeadingMark | None = None  # an entry of an outline


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
    furnished = clear_furniture(read_layout(text), settings)
    layout = furnished.layout
    plan = plan_endnotes(layout) or plan_notes(layout, furnished.measure)
    marks = fingerprint(text, settings)
    flows, numbers = _flow(furnished, plan, marks.private)
    flows, measure, brackets = set_widths(flows)
    profile = profile_of(flows, measure, brackets)
    weaver = Weaver(text, marks, plan.calls)
    work = _Work(furnished, plan, flows, numbers, profile, weaver, _anchors(furnished, plan, settings))
    runs, tables = _runs(work)
    lang = lang or detect_script(text)
    parts = find_front([_para(work, run) for run in runs])
    fronts = _fronts(work, runs, parts, lang)
    used = {part.index for part in parts}
    rest = _without_note_heads(work, [run for i, run in enumerate(runs) if i not in used])
    _carry_anchor(work, runs, used, rest)
    blocks = _blocks(work, rest, tables)
    notes = _notes(work)
    return _manuscript(text, lang, work, fronts, blocks, notes)


def _flow(furnished: Furnished, plan: NotePlan, private: bool) -> tuple[list[Flow], list[int]]:
    """The text lines, with what the calls at their ends hide.

    ``private``: single letters stand for Han characters, so they are as wide.
    """
    layout = furnished.layout
    flows: list[Flow] = []
    numbers: list[int] = []
    for number, page in enumerate(layout.pages):
        for i in range(page.first, page.last):
            if i in plan.note_lines:
                continue
            line = layout.lines[i]
            follows = bool(numbers) and numbers[-1] == i - 1 and i > page.first
            head, tail, called, width = line.text, line.text, False, line.width
            width += 0.5 * len(_LONE_LETTER.findall(line.text)) if private else 0
            opens = any(call.start == 0 for call in plan.calls.get(i, ()))
            for call in plan.calls.get(i, ()):
                width -= 0.5 * width_of(line.text[call.start : call.end])
                if call.start == 0:
                    head = line.text[call.end :]
                if call.end == len(line.text):
                    tail, called = line.text[: call.start].rstrip(), True
            if called and not tail and flows:  # a call alone on its line hangs on the line before
                tail, width = flows[-1].tail, flows[-1].width
            flows.append(Flow(line, number, head[:12], tail[-12:], called, follows, width, opens))
            numbers.append(i)
    return flows, numbers


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


# --- paragraphs


def _runs(work: _Work) -> tuple[list[_Run], list[LooseTable]]:
    """The flows as paragraphs and headings."""
    flows, profile = work.flows, work.profile
    marks = [_line_mark(flows, i, profile) for i in range(len(flows))]
    tables = find_tables(
        [f.line.text for f in flows],
        [f.width for f in flows],
        profile.measure,
        [m is not None and m.rank < 8 for m in marks],
    )
    loose = {i for t in tables for i in range(t.first, t.last)}
    captions = {t.first - 1 for t in tables}
    fixed = {*loose, *captions, *(i for i, mark in enumerate(marks) if mark is not None)}
    fixed |= {i for i in range(1, len(flows)) if _is_title(flows, marks, i, profile)}
    labels = {
        i for i, flow in enumerate(flows) if flow.line.text[0] in LABELS and is_label_line(flow.line.text)
    }
    fixed |= {i for i in labels if len(flows[i].line.text) <= 12}
    starts = [0] if flows else []
    for i in range(1, len(flows)):
        first = starts[-1] == i - 1
        before = flows[i - 2] if starts[-1] <= i - 2 else None
        following = flows[i + 1] if i + 1 < len(flows) else None
        forced = i in fixed or i - 1 in fixed or i in labels
        if forced or weigh_break(flows[i - 1], flows[i], profile, following, first, before) >= BOUNDARY:
            starts.append(i)
    runs = []
    for a, b in pairwise([*starts, len(flows)]):
        runs.append(_Run(a, b, marks[a] if b == a + 1 else None, a in loose))
    numbered = drop_strays([None if run.loose else run.mark for run in runs])
    headings = drop_outlines(numbered)
    runs = [
        _Run(r.first, r.last, m, r.loose, n if m is None else None)
        for r, n, m in zip(runs, numbered, headings, strict=True)
    ]
    return _titled(runs, flows, profile), tables


def _is_title(flows: Sequence[Flow], marks: Sequence[HeadingMark | None], i: int, profile: Profile) -> bool:
    """Whether a line is the title below a heading that is only a number («第一章»)."""
    mark, flow = marks[i - 1], flows[i]
    if mark is None or not mark.number or mark.length < len(flows[i - 1].line.text) or marks[i] is not None:
        return False
    return flow.width < 0.8 * profile.measure and flow.line.text[-1] not in "。，；：" and not flow.called


def _line_mark(flows: Sequence[Flow], i: int, profile: Profile) -> HeadingMark | None:
    """The line's numbering, if it can be a heading where it stands."""
    flow = flows[i]
    if flow.opens:
        return None
    text = flow.line.text
    mark = heading_mark(text) if len(text) < 60 else None
    if (
        mark is None
        or flow.width > max(0.85 * profile.measure, 12)
        or (flow.line.tight and not flow.line.indent)
    ):
        return None
    if i and flows[i - 1].tail[-1:] not in CLOSERS:
        before = weigh_break(flows[i - 1], flow, profile)
        if (
            before < BOUNDARY
            and not (heading_mark(flows[i - 1].line.text))
            and flows[i - 1].page == flow.page
        ):
            return None
    if profile.trailing and not flow.line.trailing and not flow.called:
        return None
    return mark


def _titled(runs: Sequence[_Run], flows: Sequence[Flow], profile: Profile) -> list[_Run]:
    """Headings that are only a number («第一章») take the line below them, their title."""
    out: list[_Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before is not None and before.mark is not None and before.mark.number and not run.loose:
            flow = flows[run.first]
            bare = before.last - before.first == 1 and before.mark.length >= len(
                flows[before.first].line.text
            )
            named = run.mark is None or not run.mark.number
            short = run.last - run.first == 1 and flow.width < 0.8 * profile.measure
            if bare and named and short and flow.line.text[-1] not in "。，；：":
                out[-1] = _Run(before.first, run.last, before.mark)
                continue
        out.append(run)
    return out


def _text_of(work: _Work, run: _Run) -> str:
    return "".join(f.line.text for f in work.flows[run.first : run.last])


def _para(work: _Work, run: _Run) -> Para:
    flows = work.flows[run.first : run.last]
    first = flows[0].line
    text = first.text if len(flows) == 1 else " ".join(f.line.text for f in flows)
    rank = run.mark.rank if run.mark else 0.0
    return Para(
        text, len(flows), run.mark is not None, rank, bool(first.gap), is_narrow(flows, work.profile) is True
    )


def _woven(work: _Work, run: _Run, skip: int = 0, between: str | None = None) -> Traced:
    numbered = [(work.numbers[i], work.flows[i].line) for i in range(run.first, run.last)]
    if skip:
        start = numbered[0][1].start
        work.marks.append(Span(start, start + skip))
    return work.weaver.weave(numbered, work.profile.spaced, skip, work.anchors, between)


def _carry_anchor(work: _Work, runs: Sequence[_Run], used: Container[int], rest: Sequence[_Run]) -> None:
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


def _without_note_heads(work: _Work, runs: Sequence[_Run]) -> list[_Run]:
    """The runs without headings of lists of notes: the notes stand at their calls now."""
    out: list[_Run] = []
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


def _fronts(work: _Work, runs: Sequence[_Run], parts: Sequence[FrontPart], lang: str) -> tuple[Front, ...]:
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
            woven = _woven(work, runs[part.index], part.mark)
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
            )
        )
    work.anchors = anchors
    return tuple(fronts)


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
    bare = text.rstrip("*＊※†")
    if bare == text or not bare or author.pieces[-1].kind is PieceKind.CALL:
        return author
    span = author.span_at(len(bare), len(text))
    message = f"the author carries {text[len(bare) :]}, the call of a note that the source lacks. Add it if you have it."
    work.weaver.findings.append(Finding("N13", message, span))
    return author.replaced(
        len(bare), len(text), "", "N4", "the call of a note on the author that the source lacks"
    )


# --- blocks


def _blocks(work: _Work, runs: Sequence[_Run], tables: Sequence[LooseTable]) -> list[Block]:
    levels = iter(heading_levels([run.mark for run in runs if run.mark is not None]))
    quotes = _quotes(work, runs)
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
            blocks.append(Block(BlockKind.HEADING, _set_heading(_woven(work, run, between=" ")), next(levels)))
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


def _entries(runs: Sequence[_Run], i: int) -> int:
    """How many entries of an outline stand on end from ``i`` on."""
    k = i
    while k < len(runs) and runs[k].item is not None:
        k += 1
    return k - i


def _outline(work: _Work, runs: Sequence[_Run]) -> list[Block]:
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


def _quotes(work: _Work, runs: Sequence[_Run]) -> list[bool]:
    """Which paragraphs are block quotations: those set narrow, and single lines among them."""
    told: list[bool | None] = []
    for run in runs:
        flows = work.flows[run.first : run.last]
        told.append(False if run.mark is not None or run.loose else is_narrow(flows, work.profile))
    out = [bool(t) for t in told]
    for first, last in _quote_groups(work, runs, told):
        if any(told[k] for k in range(first, last)):
            out[first:last] = [True] * (last - first)
    return out


def _quote_groups(work: _Work, runs: Sequence[_Run], told: Sequence[bool | None]) -> list[tuple[int, int]]:
    """Neighbouring paragraphs that are one quotation if one of them is: no gap, no indent between them."""
    groups: list[tuple[int, int]] = []
    begin = 0
    for k in range(len(runs) + 1):
        first = work.flows[runs[k].first].line if k < len(runs) else None
        parted = first is None or told[k] is False or bool(first.gap) or _is_indented(work, runs[k])
        if parted or (k and told[k - 1] is False):
            if k > begin:
                groups.append((begin, k))
            begin = k + 1 if first is not None and (told[k] is False or _is_indented(work, runs[k])) else k
    return [(a, b) for a, b in groups if work.profile.gaps or work.profile.indents]


def _is_indented(work: _Work, run: _Run) -> bool:
    return work.profile.indents and work.flows[run.first].line.indent >= 2


def _table(work: _Work, table: LooseTable) -> list[Block]:
    """A table below its caption: rebuilt where its columns are told apart, else line by line."""
    lines: list[tuple[int, Line]] = [
        (work.numbers[i], work.flows[i].line) for i in range(table.first, table.last)
    ]
    span = Span(lines[0][1].start, lines[-1][1].end)
    columns = split_columns([line.text for _, line in lines])
    if columns is None or any(work.plan.calls.get(n) for n, _ in lines):
        message = "a table came out as loose lines and could not be rebuilt: its lines are kept. Rebuild it by hand."
        work.weaver.findings.append(Finding("L20", message, span))
        return [Block(BlockKind.LINE, _woven(work, _Run(i, i + 1))) for i in range(table.first, table.last)]
    rows = []
    for (_, line), cells in zip(lines, columns, strict=True):
        kept = []
        at = 0
        for start, end in cells:
            work.marks.append(Span(line.start + at, line.start + start))
            source = work.weaver.source[line.start + start : line.start + end]
            kept.append(work.weaver.repaired(Traced.kept(source, line.start + start)))
            at = end
        work.marks.append(Span(line.start + at, line.end))
        rows.append(tuple(kept))
    return [Block(BlockKind.TABLE, rows=tuple(rows))]


# --- notes, and everything together


def _notes(work: _Work) -> list[NoteBody]:
    layout = work.furnished.layout
    texts = [layout.lines[i].text for body in work.plan.bodies for i in body.lines]
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
    claimed = [p.span for t in bare.texts() for p in _pieces(t)]
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


def _pieces(text: Traced) -> tuple[Piece, ...]:
    return text.pieces
