"""Which lines of a dump are one paragraph, which a heading, a quotation, an entry of an outline?

Comes in: a layout without furniture, and which of its lines are notes. Goes out: ``Run`` values, each over some
text lines in order. Refused: nothing; what no sign speaks for is a plain paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.location import record
from pipeline.recovery.headings import HeadingMark, drop_outlines, drop_strays, ends_sentence, heading_mark
from pipeline.recovery.page_dump.front.cover import LONGEST, CoverLine, read_cover
from pipeline.recovery.page_dump.front.lines import is_label_line, is_masthead
from pipeline.recovery.page_dump.front.parts import Para
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.pages.contents import squashed
from pipeline.recovery.page_dump.pages.furniture import Furnished
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.page_dump.text.announced import counts_on, find_announced, find_verse
from pipeline.recovery.page_dump.text.bibliography import find_entries
from pipeline.recovery.page_dump.text.letters import CLOSERS
from pipeline.recovery.page_dump.text.lists import REACH, entry_of, find_counted
from pipeline.recovery.page_dump.text.paragraphs import (
    BOUNDARY,
    CENTRED,
    NARROW,
    is_flush,
    is_narrow,
    weigh_break,
)
from pipeline.recovery.page_dump.text.printed import printed_lines, whole_line
from pipeline.recovery.page_dump.text.profile import Flow, Profile, first_indents, reach_of
from pipeline.recovery.page_dump.text.speakers import find_speakers
from pipeline.recovery.page_dump.text.tables import SOURCE, LooseTable, find_tables, is_caption

_LONE_LETTER = re.compile("[A-Za-z»](?<=[\u3000-\u9fff\uff00-\uff5e].)(?=[\u3000-\u9fff\uff00-\uff5e]|$)")
_PAUSE = re.compile("[，、。；：]")
WIDE, NEAR = 20.0, 3  # em of a line, and lines to each side of it
EVEN = 0.4  # em: so much may lines of one column differ
FRONT = 8  # lines of a title and what stands below it
MASTHEAD = 40  # so many lines from the top a journal's masthead and dates may stand


@record
class Run:
    """Flows ``first`` up to ``last``: a paragraph, a heading, or a line of a table."""

    first: int
    last: int
    mark: HeadingMark | None = None
    loose: bool = False
    item: HeadingMark | None = None  # an entry of an outline
    listed: bool = False  # an entry of a list of works


def read_flows(furnished: Furnished, plan: NotePlan, private: bool) -> tuple[list[Flow], list[int]]:
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
            if i == page.first and line.tight:  # a page's own space, behind its number
                line = line._replace(tight=False, indent=max(0, line.indent - 1))
            head, tail, called, width = line.text, line.text, False, line.width
            width += 0.5 * len(_LONE_LETTER.findall(line.text)) if private else 0
            calls = plan.calls.get(i, ())
            opens = any(call.start == 0 for call in calls) if calls else False
            for call in calls:
                width -= 0.5 * width_of(line.text[call.start : call.end])
                if call.start == 0:
                    head = line.text[call.end :]
                if call.start < call.end == len(line.text):
                    tail, called = line.text[: call.start].rstrip(), True
            if called and not tail and flows:  # a call alone on its line hangs on the line before
                tail, width = flows[-1].tail, flows[-1].width
            flows.append(
                Flow(line, number, head[:12], tail[-12:], head[:1], tail[-1:], called, follows, width, opens)
            )
            numbers.append(i)
    return _with_loose_fronts(flows) if layout.spread else flows, numbers


def _with_loose_fronts(flows: list[Flow]) -> list[Flow]:
    """The flows without the missing blank lines that say nothing: of titles and authors, at the beginning and above an abstract."""
    ends = [0, *(i for i, flow in enumerate(flows) if flow.line.tight and is_label_line(flow.line.text))]
    for end in ends:
        step = -1 if end else 1
        for i in range(end or 1, max(0, end - FRONT) if end else min(FRONT, len(flows)), step):
            if not flows[i].line.tight:
                break
            flows[i] = flows[i]._replace(line=flows[i].line._replace(tight=False))
    return flows


def split_runs(
    flows: Sequence[Flow],
    profile: Profile,
    titles: Mapping[str, HeadingMark],
    calls_at_ends: float = 0.0,
    cover: int = 0,
) -> tuple[list[Run], list[LooseTable]]:
    """The flows as paragraphs and headings. ``titles`` are those that the book's contents list names.

    ``calls_at_ends``: the share of the calls that end their lines. ``cover`` lines at the beginning stand each by itself.
    """
    marks = [
        None
        if i < cover
        else (titles.get(squashed(flow.line.text)) if titles else None) or _line_mark(flows, i, profile)
        for i, flow in enumerate(flows)
    ]
    marks = _without_questions(flows, marks)
    tables = find_tables(
        [f.line.text for f in flows],
        [f.width for f in flows],
        profile.measure,
        [m is not None and m.rank < 8 for m in marks],
        [f.called or f.opens for f in flows],
    )
    loose = {i for t in tables for i in range(t.first, t.last)}
    captions = {t.first - 1 for t in tables if t.first and is_caption(flows[t.first - 1].line.text)}
    captions |= _captions(flows, profile)
    fixed = {*loose, *captions, *(i for i, mark in enumerate(marks) if mark is not None)}
    fixed |= set(range(min(cover + 1, len(flows)) if cover else 0))
    fixed |= {i for i in range(1, len(flows)) if _is_title(flows, marks, i, profile)}
    labels = {i for i, flow in enumerate(flows) if is_label_line(flow.line.text)}
    fixed |= {i for i in labels if len(flows[i].line.text) <= 12}
    fixed |= {
        i
        for i, flow in enumerate(flows[:MASTHEAD])
        if (flow.width < 0.85 * profile.measure or flow.line.gap or flows[i - 1].last in CLOSERS)
        and is_masthead(flow.line.text)
    }
    listed, entries = find_entries(flows, marks, profile.measure)
    counted = find_counted(flows, {*fixed, *listed}) | find_speakers(flows)
    parts = list(printed_lines(flows, profile, {*fixed, *labels, *counted}, calls_at_ends))
    rows = [whole_line(flows[part.start : part.stop]) for part in parts]
    forced = labels.union(fixed, (i + 1 for i in fixed), counted, (i + 1 for i in listed))
    starts = [0] if flows else []
    begun = 0  # the row of the last start
    for k in range(1, len(rows)):
        i = parts[k].start
        if i in listed:
            starts += [i] if i in entries else []
            continue
        lone = parts[k - 1].start in labels and reach_of(rows[k - 1], rows[k]) < profile.measure - 2
        if i in forced or lone or _is_sourced(rows, k) or _weigh_row(rows, k, begun, profile) >= BOUNDARY:
            starts.append(i)
            begun = k
    runs = []
    for a, b in pairwise([*starts, len(flows)]):
        runs.append(Run(a, b, marks[a] if b == a + 1 else None, a in loose, None, a in listed))
    numbered = drop_strays([None if run.loose else run.mark for run in runs])
    headings = drop_outlines(numbered)
    runs = [
        Run(r.first, r.last, m, r.loose, n if m is None else None, r.listed)
        for r, n, m in zip(runs, numbered, headings, strict=True)
    ]
    return _titled(runs, flows, profile), tables


def _is_sourced(rows: Sequence[Flow], k: int) -> bool:
    """Whether a row says where a figure or a table is from."""
    return rows[k - 1].last in CLOSERS and SOURCE.match(rows[k].line.text) is not None


def _weigh_row(rows: Sequence[Flow], k: int, begun: int, profile: Profile) -> float:
    """What speaks for a paragraph's end before row ``k`` of one that began with row ``begun``."""
    before = rows[k - 2] if begun <= k - 2 else None
    if before is not None and begun == k - 2 and abs(rows[k - 1].width - before.width - 2) < EVEN:
        before = before._replace(width=rows[k - 1].width)  # its indent was lost
    following = rows[k + 1] if k + 1 < len(rows) else None
    first, inner = begun == k - 1, begun < k - 2
    weight = weigh_break(rows[k - 1], rows[k], profile, following, first, before, inner)
    return 0.0 if weight >= BOUNDARY and _is_in_title(rows[k - 1].line.text) else weight


def _is_in_title(text: str) -> bool:
    """Whether a line ends within the title of a work: no paragraph does.

    >>> _is_in_title("見《橋志》、《河"), _is_in_title("見《橋志》")
    (True, False)
    """
    return any(text.rfind(mark) > text.rfind(end) for mark, end in ("《》", "〈〉"))


def _captions(flows: Sequence[Flow], profile: Profile) -> set[int]:
    """The lines that name a figure or a table: short, and the text before them had come to an end or goes on behind."""
    out = set()
    for i, flow in enumerate(flows):
        if flow.width < 0.85 * profile.measure and is_caption(flow.line.text):
            before = flows[i - 1].last if i else ""
            if (
                not i
                or before in CLOSERS
                or flow.line.gap
                or flow.line.indent >= 2
                or flow.page != flows[i - 1].page
            ):
                out.add(i)
    return out


def _is_title(flows: Sequence[Flow], marks: Sequence[HeadingMark | None], i: int, profile: Profile) -> bool:
    """Whether a line is the title below a heading that is only a number («第一章»)."""
    mark, flow = marks[i - 1], flows[i]
    if mark is None or not mark.number or mark.length < len(flows[i - 1].line.text) or marks[i] is not None:
        return False
    return flow.width < 0.8 * profile.measure and flow.line.text[-1] not in "。，；：" and not flow.called


def _line_mark(flows: Sequence[Flow], i: int, profile: Profile) -> HeadingMark | None:
    """The line's numbering, if it can be a heading where it stands."""
    flow = flows[i]
    if flow.opens or (flow.called and ends_sentence(flow.tail)):
        return None
    text = flow.line.text
    mark = heading_mark(text) if len(text) < 60 else None
    centred = flow.line.indent / 2 if flow.line.indent >= CENTRED else 0
    if (
        mark is None
        or flow.width - centred > max(0.85 * profile.measure, 12)
        or (flow.line.tight and not flow.line.indent)
    ):
        return None
    if i and flows[i - 1].last not in CLOSERS:
        before = weigh_break(flows[i - 1], flow, profile)
        if (
            before < BOUNDARY
            and not (heading_mark(flows[i - 1].line.text))
            and flows[i - 1].page == flow.page
        ):
            return None
    if profile.trailing and not flow.line.trailing and not flow.called:
        return None
    return None if _fills_column(flows, i, mark.length) else mark


def _fills_column(flows: Sequence[Flow], i: int, number: int) -> bool:
    """Whether a line with a pause behind its ``number`` is as wide as lines near it: an entry of a quotation, which goes on."""
    flow = flows[i]
    if flow.width < WIDE or not _PAUSE.search(flow.line.text, number) or flow.line.text[-1] in CLOSERS:
        return False
    near = (*flows[max(0, i - NEAR) : i], *flows[i + 1 : i + 1 + NEAR])
    return any(abs(other.width - flow.width) <= EVEN and other.follows for other in near)


def _without_questions(
    flows: Sequence[Flow], marks: Sequence[HeadingMark | None]
) -> list[HeadingMark | None]:
    """The marks without those of questions among entries: the entry before or behind them is a sentence."""
    out = list(marks)
    for i, mark in enumerate(marks):
        entry = None
        if mark is not None and flows[i].last in ("？", "?"):
            entry = entry_of(flows[i].line.text)
        if entry is None:
            continue
        for step in (-1, 1):
            reach = range(i + step, max(-1, min(len(flows), i + step * REACH)), step)
            near = (k for k in reach if entry_of(flows[k].line.text) == (entry[0], entry[1] + step))
            if (k := next(near, i)) != i and marks[k] is None:
                out[i] = None
    return out


def _titled(runs: Sequence[Run], flows: Sequence[Flow], profile: Profile) -> list[Run]:
    """Headings that are only a number («第一章») take the line below them, their title."""
    out: list[Run] = []
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
                out[-1] = Run(before.first, run.last, before.mark)
                continue
        out.append(run)
    return out


def para_of(flows: Sequence[Flow], run: Run) -> Para:
    """The run as the front matter is told by."""
    flows = flows[run.first : run.last]
    first = flows[0].line
    text = first.text if len(flows) == 1 else " ".join(f.line.text for f in flows)
    rank = run.mark.rank if run.mark else 0.0
    numbered = run.mark is not None and bool(run.mark.number)
    return Para(text, len(flows), run.mark is not None, rank, bool(first.gap), numbered)


def find_cover(flows: Sequence[Flow], profile: Profile) -> list[CoverLine]:
    """What the lines of the cover say; empty where the text begins without one."""
    texts: list[str] = []
    for flow in flows:
        text = flow.line.text
        mark = heading_mark(text)
        if texts and (
            (mark is not None and mark.rank != 6) or is_label_line(text) or flow.page != flows[0].page
        ):
            break
        if flow.width - flow.line.indent / 2 > 0.92 * profile.measure and text[-1] in CLOSERS + "，":
            return []
        texts.append(text)
    return read_cover(texts) if len(texts) <= LONGEST else []


def find_quotes(flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> list[bool]:
    """Which paragraphs are block quotations: those set narrow, and single lines among them."""
    told: list[bool | None] = []
    usual = first_indents(flows)
    for k, run in enumerate(runs):
        lines = flows[run.first : run.last]
        if run.mark is not None or run.loose or run.listed:
            told.append(False)
        elif len(lines) == 1 and entry_of(lines[0].line.text) is not None:
            told.append(None)  # entries of a list stand farther in, too
        else:
            first = max(profile.first, usual.get(lines[0].page, 0))
            told.append(is_narrow(lines, profile, first, headed=k > 0 and runs[k - 1].mark is not None))
    flush = [k for k in range(1, len(runs)) if _stands_flush(flows, runs, k, profile)]
    if all(told[k] is not False for k in flush):
        for k in flush:
            told[k] = True
    for first, last in find_announced(flows, runs, told, profile):
        told[first:last] = [True] * (last - first)
    for k in find_verse(flows, runs):
        told[k] = True
    for k in range(1, len(runs)):
        lines = flows[runs[k].first : runs[k].last]
        overleaf = told[k] is None and told[k - 1] and not lines[0].follows
        if overleaf and max(f.width for f in lines) >= profile.measure - NARROW:
            told[k] = False  # no line of a quotation is so wide
    for step in (1, -1):
        for k in range(1, len(runs))[::step]:
            one, other = (k - 1, k) if step == 1 else (k, k - 1)
            if told[one] and told[other] is None and counts_on(flows, runs, k):
                told[other] = not (runs[other].mark or runs[other].item)
    out = [bool(t) for t in told]
    for first, last in _quote_groups(flows, runs, told, profile):
        if any(told[k] for k in range(first, last)):
            out[first:last] = [True] * (last - first)
    return out


def _stands_flush(flows: Sequence[Flow], runs: Sequence[Run], k: int, profile: Profile) -> bool:
    """Whether a paragraph behind another stands flush between blank lines, where all paragraphs are indented."""
    if any(run.mark or run.item or run.loose or run.listed for run in runs[k - 1 : k + 1]):
        return False
    first, last = flows[runs[k].first], flows[runs[k].last - 1]
    behind = flows[runs[k].last] if runs[k].last < len(flows) else None
    apart = first.follows and behind is not None and behind.follows and bool(behind.line.gap)
    return apart and is_flush(first, profile) and last.last in CLOSERS


def _quote_groups(
    flows: Sequence[Flow], runs: Sequence[Run], told: Sequence[bool | None], profile: Profile
) -> list[tuple[int, int]]:
    """Neighbouring paragraphs that are one quotation if one of them is: no gap, no indent between them."""
    groups: list[tuple[int, int]] = []
    begin = 0
    for k in range(len(runs) + 1):
        first = flows[runs[k].first].line if k < len(runs) else None
        parted = first is None or told[k] is False or bool(first.gap) or _is_indented(flows, runs[k], profile)
        if parted or (k and told[k - 1] is False):
            if k > begin:
                groups.append((begin, k))
            begin = (
                k + 1
                if first is not None and (told[k] is False or _is_indented(flows, runs[k], profile))
                else k
            )
    return [(a, b) for a, b in groups if profile.gaps or profile.indents]


def _is_indented(flows: Sequence[Flow], run: Run, profile: Profile) -> bool:
    return profile.indents and flows[run.first].line.indent >= 2
