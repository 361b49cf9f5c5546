"""The way of a page dump: pages, furniture, notes, paragraphs, headings, front matter, characters.

Comes in: the text of a dump. Goes out: a manuscript. The order matters: notes are bound while the pages are
known, lines are joined next, and characters are repaired on the joined text, where their neighbours are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.document.manuscript import Block, Finding, Front, Manuscript, NoteBody
from pipeline.document.traced import Edit
from pipeline.recovery.characters import fingerprint
from pipeline.recovery.ledger import account
from pipeline.recovery.page_dump.anchors import carry_anchor, find_anchors
from pipeline.recovery.page_dump.blocks import read_blocks
from pipeline.recovery.page_dump.front.parts import find_front
from pipeline.recovery.page_dump.front.records import take_records
from pipeline.recovery.page_dump.furniture.clearing import Furnished, clear_furniture
from pipeline.recovery.page_dump.furniture.contents import take_contents, take_heads
from pipeline.recovery.page_dump.furniture.glued import part_glued
from pipeline.recovery.page_dump.furniture.titles import columns_among
from pipeline.recovery.page_dump.furniture.untold.division import split_untold
from pipeline.recovery.page_dump.holes import put_back, put_in_place, reordered, without
from pipeline.recovery.page_dump.lines.hyphens import find_lost_hyphens
from pipeline.recovery.page_dump.lines.moved import find_moved
from pipeline.recovery.page_dump.lines.pieces import join_numbers, mend_lines
from pipeline.recovery.page_dump.lines.torn import mend_torn
from pipeline.recovery.page_dump.metadata import read_fronts, with_records
from pipeline.recovery.page_dump.note_bodies import read_notes, without_note_heads
from pipeline.recovery.page_dump.notes.firsts import place_firsts
from pipeline.recovery.page_dump.notes.inner_labels import divide_notes
from pipeline.recovery.page_dump.notes.labels import sort_labels
from pipeline.recovery.page_dump.notes.numbering import Numbering, rank_styles
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.notes.raised import place_raised
from pipeline.recovery.page_dump.notes.readings import plan_notes
from pipeline.recovery.page_dump.notes.resumed import part_behind_notes
from pipeline.recovery.page_dump.overlays.inset import find_inset
from pipeline.recovery.page_dump.overlays.strays import find_strays
from pipeline.recovery.page_dump.overlays.watermarks import find_overlay
from pipeline.recovery.page_dump.pages.columns import divide_pages, part_columns
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.scan import read_layout
from pipeline.recovery.page_dump.tables.loose_lines import LooseTable
from pipeline.recovery.page_dump.tables.wrapped import find_wraps
from pipeline.recovery.page_dump.text.floats import figures_behind
from pipeline.recovery.page_dump.text.flows import Run, para_of, read_flows
from pipeline.recovery.page_dump.text.printed import ALWAYS
from pipeline.recovery.page_dump.text.profile import Flow, profile_of, set_widths
from pipeline.recovery.page_dump.text.runs import find_cover, split_runs
from pipeline.recovery.page_dump.text.unnumbered import mark_unnumbered
from pipeline.recovery.page_dump.weave import Weaver, fill_layout
from pipeline.recovery.page_dump.work import Work
from pipeline.recovery.wording.headings import HeadingMark
from pipeline.recovery.wording.script import detect_script
from pipeline.settings import RecoverSettings

DIVISIONS = 4  # so many notes, at most, stand on one line
TELLING = 3  # so many calls, at least, tell where in their lines the document has them


def recover_page_dump(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of a page dump."""
    layout = read_layout(text)
    if strays := find_strays(layout, split_untold) or find_inset(layout):
        bare = read_layout(without(text, strays))
        return put_back(_in_order(bare, settings, lang), text, strays, "L5", "a letter of the watermark")
    return _in_order(layout, settings, lang)


def _in_order(layout: Layout, settings: RecoverSettings, lang: str) -> Manuscript:
    """The manuscript of a layout, read with the marks behind the labels that came out before these."""
    if spans := find_moved(layout):
        bare = _with_wraps(read_layout(reordered(layout.source, spans)), settings, lang)
        manuscript = put_in_place(bare, layout.source, spans)
        if not account(manuscript):  # no edit took one of two that changed places
            return manuscript
    return _with_wraps(layout, settings, lang)


def _with_wraps(layout: Layout, settings: RecoverSettings, lang: str) -> Manuscript:
    """The manuscript of a layout, read without the line ends in the cells of tables."""
    if wraps := find_wraps(layout):
        bare = read_layout(without(layout.source, wraps))
        return put_back(_recovered(bare, settings, lang), layout.source, wraps, "L1", "the cell goes on")
    return _recovered(layout, settings, lang)


def _recovered(layout: Layout, settings: RecoverSettings, lang: str) -> Manuscript:
    bare = _without_furniture(layout, settings)
    furnished = bare.furnished
    layout, plan, inferred = _bound_by_pages(furnished.layout, furnished.measure)
    records = take_records(layout, plan)
    furnished = replace(furnished, layout=layout, findings=(*furnished.findings, *inferred))
    work = _work(furnished, plan, settings)
    work.removed += bare.listed
    cover = find_cover(work.flows, work.profile)
    runs, tables = _runs(work, bare.titles, len(cover))
    flows = work.flows
    lang = lang or detect_script(layout.source)
    parts = find_front([para_of(flows, run) for run in runs], cover, columns_among(work.furnished.removed))
    fronts = with_records(work, read_fronts(work, runs, parts, lang), records, lang)
    used = {part.index for part in parts}
    rest = without_note_heads(work, [run for i, run in enumerate(runs) if i not in used])
    rest = mark_unnumbered(flows, rest, work.profile)
    carry_anchor(work, runs, used, rest)
    blocks = read_blocks(work, rest, tables)
    notes = read_notes(work)
    return _manuscript(layout.source, lang, work, fronts, blocks, notes)


class _Bare(NamedTuple):
    """A layout without furniture and its list of contents: ``listed`` took this away, ``titles`` are what it names."""

    furnished: Furnished
    listed: list[Edit]
    titles: Mapping[str, HeadingMark]


def _without_furniture(layout: Layout, settings: RecoverSettings) -> _Bare:
    """The pages with nothing but text and notes on them, each line whole and in its place."""
    columned = part_columns(join_numbers(mend_torn(part_glued(layout))))
    overlay = find_overlay(columned.layout.lines, settings.watermark)
    layout, listed, titles = take_contents(columned.layout, overlay)
    furnished = take_heads(clear_furniture(layout, settings, titles, overlay), titles)
    layout = divide_pages(place_firsts(place_raised(furnished.layout)), columned.begins)
    layout = sort_labels(mend_lines(layout))
    findings = (*columned.findings, *furnished.findings)
    return _Bare(replace(furnished, layout=layout, findings=findings), listed, titles)


def _work(furnished: Furnished, plan: NotePlan, settings: RecoverSettings) -> Work:
    """The text lines with what the document says of them."""
    text = furnished.layout.source
    marks = fingerprint(text, settings)
    flows, numbers = read_flows(furnished, plan, marks.private)
    flows, measure, brackets = set_widths(flows, _calls_at(furnished.layout, plan).edges >= ALWAYS)
    profile = profile_of(flows, measure, brackets, _without_calls(flows, numbers, plan))
    weaver = Weaver(text, marks, plan.calls, hyphens=find_lost_hyphens(text))
    return Work(furnished, plan, flows, numbers, profile, weaver, find_anchors(furnished, plan, settings))


def _runs(work: Work, titles: Mapping[str, HeadingMark], cover: int) -> tuple[list[Run], list[LooseTable]]:
    """The lines as runs; figures that stand in the text go behind the paragraph that they part."""
    at_ends = _calls_at(work.furnished.layout, work.plan).ends
    runs, tables = split_runs(work.flows, work.profile, titles, at_ends, cover)
    if order := figures_behind(work.flows, runs, work.profile):
        work.flows, work.numbers = [work.flows[i] for i in order], [work.numbers[i] for i in order]
        runs, tables = split_runs(work.flows, work.profile, titles, at_ends, cover)
    return runs, tables


def _bound_by_pages(layout: Layout, measure: float) -> tuple[Layout, NotePlan, list[Finding]]:
    """The notes of a layout, with the pages that only its notes tell where more of them are read so."""
    numberings = rank_styles(layout)
    bound = _bound(layout, measure, numberings)
    parted, inferred = part_behind_notes(layout, measure, numberings)
    if inferred:
        other = _bound(parted, measure, rank_styles(parted))
        if other[1].worth > bound[1].worth:
            return (*other, inferred)
    return (*bound, [])


def _bound(layout: Layout, measure: float, numberings: Sequence[Numbering]) -> tuple[Layout, NotePlan]:
    """The notes of a layout, and the layout with the lines divided that hold more than one of them."""
    plan = plan_notes(layout, measure, numberings)
    for _ in range(DIVISIONS):
        divided = divide_notes(layout, plan)
        if divided is layout:
            break
        layout = divided
        plan = plan_notes(layout, measure, rank_styles(layout))
    return layout, plan


class _CallsAt(NamedTuple):
    """The shares of the calls that end their lines, and that end or begin them."""

    ends: float
    edges: float


def _calls_at(layout: Layout, plan: NotePlan) -> _CallsAt:
    """Where in their lines the calls stand; 0 where they are too few to tell."""
    calls = [(call, len(layout.lines[i].text.rstrip())) for i, calls in plan.calls.items() for call in calls]
    if len(calls) < TELLING:
        return _CallsAt(0.0, 0.0)
    ends = sum(call.end >= length for call, length in calls)
    edges = sum(call.end >= length or call.start == 0 for call, length in calls)
    return _CallsAt(ends / len(calls), edges / len(calls))


def _without_calls(flows: Sequence[Flow], numbers: Sequence[int], plan: NotePlan) -> Iterator[str]:
    """The lines' texts with a full stop for each call: a call is no number of the text."""
    for number, flow in zip(numbers, flows, strict=True):
        text = flow.line.text
        if calls := plan.calls.get(number):
            for call in sorted(calls, key=lambda c: -c.start):
                text = f"{text[: call.start]}。{text[call.end :]}"
        yield text


def _manuscript(
    text: str,
    lang: str,
    work: Work,
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
    claimed = [piece.span for woven in bare.texts() for piece in woven.pieces]
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
