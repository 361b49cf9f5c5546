"""Which lines of a dump are one paragraph, which a heading, a quotation, an entry of an outline?

Comes in: a layout without furniture, and which of its lines are notes. Goes out: ``Run`` values, each over some
text lines in order. Refused: nothing; what no sign speaks for is a plain paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from pipeline.recovery.page_dump.captions import SOURCE, is_caption
from pipeline.recovery.page_dump.front.cover import LONGEST, CoverLine, read_cover
from pipeline.recovery.page_dump.front_lines import (
    is_keywords,
    is_label_line,
    is_latin_text,
    names_journal,
    names_person,
)
from pipeline.recovery.page_dump.tables.loose_lines import LooseTable, find_tables
from pipeline.recovery.page_dump.text.announced import verse_lines
from pipeline.recovery.page_dump.text.bibliography import find_entries
from pipeline.recovery.page_dump.text.floats import is_cut
from pipeline.recovery.page_dump.text.flows import Run, title_block
from pipeline.recovery.page_dump.text.line_marks import EVEN, line_marks
from pipeline.recovery.page_dump.text.lists import find_counted
from pipeline.recovery.page_dump.text.paragraphs import BOUNDARY, SHORT, weigh_break
from pipeline.recovery.page_dump.text.printed import printed_lines, whole_line
from pipeline.recovery.page_dump.text.profile import Flow, Profile, reach_of
from pipeline.recovery.page_dump.text.speakers import find_speakers
from pipeline.recovery.wording.headings import HeadingMark, heading_mark
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.marks import CLOSERS
from pipeline.recovery.wording.outlines import drop_outlines, drop_strays

_GOES_ON = frozenset("、，；,;")  # a list of keywords does behind one of these
LABEL = 12  # characters; a longer label is a line that begins with one
WIDE = 0.85  # of the measure: a line of text, and no caption or masthead
MASTHEAD = 40  # so many lines from the top a journal's masthead and dates may stand


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
    marks = line_marks(flows, profile, titles, cover)
    tight = any(f.line.tight for f in flows)
    tables = find_tables(
        [f.line.text for f in flows],
        [f.width for f in flows],
        profile.measure,
        [_ends_table(flows, marks, i, profile.measure) for i in range(len(flows))],
        [f.called or f.opens for f in flows],
        [f.line.gap > 0 or (tight and not f.line.tight) for f in flows],
    )
    loose = {i for t in tables for i in range(t.first, t.last)}
    labels = {i for i, flow in enumerate(flows) if is_label_line(flow.line.text)}
    people = _people(flows, profile)
    fixed = loose | people | _fixed_lines(flows, marks, profile, cover)
    above = [i for t in tables for i in (t.first - 1, t.first - 2) if i >= 0]
    captions = {i for i in above if is_caption(flows[i].line.text)}
    fixed |= captions | {i + 1 for i in captions} - loose
    fixed |= {i for i in labels if len(flows[i].line.text) <= LABEL and flows[i].last not in _GOES_ON}
    listed, entries = find_entries(flows, marks, profile.measure)
    listed -= loose  # a table is no entry, nor is what follows it a part of one
    entries |= {t.last for t in tables}
    counted = find_counted(flows, {*fixed, *listed}, profile.measure) | find_speakers(flows)
    verse = {i for i in verse_lines(flows, profile.measure) if not flows[i].opens}
    sung = {i for i in verse if i + 1 < len(flows) and not flows[i + 1].opens}  # its call may stand below
    whole = fixed.union(labels, counted, verse, (i + 1 for i in people))  # a star ends these
    parts = list(printed_lines(flows, profile, whole, calls_at_ends))
    behind_notes = (i for i, flow in enumerate(flows) if flow.begins)
    forced = labels.union(fixed, counted, verse, behind_notes, (i + 1 for i in {*fixed, *listed} | sung))
    starts = _starts(flows, parts, profile, _Told(forced, labels, listed, entries))
    runs = [
        Run(a, b, marks[a] if b == a + 1 else None, a in loose, None, a in listed)
        for a, b in pairwise([*starts, len(flows)])
    ]
    return _titled(_outlined(runs), flows, profile), tables


def _ends_table(flows: Sequence[Flow], marks: Sequence[HeadingMark | None], i: int, measure: float) -> bool:
    """Whether a line is a heading and no row of a table: one with a plain number is, where no other stands above it and the text
    begins behind it or behind the heading below it.
    """
    mark = marks[i]
    if mark is None or mark.rank < 8:
        return mark is not None
    if i and marks[i - 1] is not None:
        return False
    below = i + 2 if i + 1 < len(flows) and marks[i + 1] is not None else i + 1
    return below < len(flows) and flows[below].width >= WIDE * measure


def _fixed_lines(
    flows: Sequence[Flow], marks: Sequence[HeadingMark | None], profile: Profile, cover: int
) -> set[int]:
    """The lines that are a paragraph or heading each whatever their width: headings, captions, a masthead, a cover's."""
    out = {i for i, mark in enumerate(marks) if mark is not None} | _captions(flows, profile)
    out |= set(range(min(cover + 1, len(flows)) if cover else 0))
    out |= {i for i in range(1, len(flows)) if _is_title(flows, marks, i, profile)}
    return out | {
        i
        for i, flow in enumerate(flows[:MASTHEAD])
        if (flow.width < WIDE * profile.measure or flow.line.gap or flows[i - 1].last in CLOSERS)
        and names_journal(flow.line.text)
    }


def _people(flows: Sequence[Flow], profile: Profile) -> set[int]:
    """The lines below the title that say who wrote the text and where he works."""
    texts = [flow.line.text for flow in flows[: title_block(flows, SHORT * profile.measure) + 1]]
    return {i for i in range(1, len(texts) - 1) if names_person(texts[i], texts[i + 1])}


class _Told(NamedTuple):
    """Lines of which more than their ends is known: where one must begin, labels, entries of a list and their first lines."""

    forced: Set[int]
    labels: Set[int]
    listed: Set[int]
    entries: Set[int]


def _starts(flows: Sequence[Flow], parts: Sequence[range], profile: Profile, told: _Told) -> list[int]:
    """The lines with which paragraphs begin, of printed lines that are ``parts`` of the flows."""
    rows = [whole_line(flows[part.start : part.stop]) for part in parts]
    starts = [0] if flows else []
    begun = 0  # the row of the last start
    for k in range(1, len(rows)):
        i = parts[k].start
        if i in told.listed:
            starts += [i] if i in told.entries else []
            continue
        lone = parts[k - 1].start in told.labels and (
            _is_lone(rows[k - 1], rows[k], profile) or _is_in_letters(rows[k - 1], rows[k])
        )
        ends = i in told.forced or lone or _is_sourced(rows, k)
        if ends or _weigh_row(rows, k, begun, profile) >= BOUNDARY:
            starts.append(i)
            begun = k
    return starts


def _is_lone(row: Flow, below: Flow, profile: Profile) -> bool:
    """Whether a line that begins with a label is all there is; the first line of an abstract may have lost its indent."""
    lost = 0 if profile.indents or is_keywords(row.line.text) else 2
    return row.last not in _GOES_ON and reach_of(row, below) < profile.measure - 2 - lost


def _is_in_letters(row: Flow, below: Flow) -> bool:
    """Whether keywords end and the title in English is below them: none begins in Han and goes on in letters."""
    return is_han(row.last) and is_keywords(row.line.text) and is_latin_text(below.line.text)


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
    return 0.0 if weight >= BOUNDARY and _is_inside(rows[k - 1].line.text) else weight


def _is_inside(text: str) -> bool:
    """Whether a line ends within the title of a work, or within brackets: no paragraph does.

    >>> _is_inside("見《橋志》、《河"), _is_inside("見《橋志》"), _is_inside("兩者相關（p")
    (True, False, True)
    """
    return any(text.rfind(mark) > text.rfind(end) for mark, end in ("《》", "〈〉", "（）"))


def _captions(flows: Sequence[Flow], profile: Profile) -> set[int]:
    """The lines that name a figure or a table: short, and the text before them had come to an end, or to that of a full line."""
    out = set()
    for i, flow in enumerate(flows):
        if flow.width < WIDE * profile.measure and is_caption(flow.line.text):
            before = flows[i - 1].last if i else ""
            if (
                not i
                or before in CLOSERS
                or flow.line.gap
                or flow.line.indent >= 2
                or flow.page != flows[i - 1].page
                or is_cut(flows[i - 1], profile)
            ):
                out.add(i)
    return out


def _is_title(flows: Sequence[Flow], marks: Sequence[HeadingMark | None], i: int, profile: Profile) -> bool:
    """Whether a line is the title below a heading that is only a number («第一章»)."""
    mark, flow = marks[i - 1], flows[i]
    if mark is None or not mark.is_all_of(flows[i - 1].line.text) or marks[i] is not None:
        return False
    return _may_be_title(flow, profile) and not flow.called


def _may_be_title(flow: Flow, profile: Profile) -> bool:
    return flow.width < 0.8 * profile.measure and flow.line.text[-1] not in "。，；："


def _outlined(runs: Sequence[Run]) -> list[Run]:
    """The runs without the marks of headings that are strays, and with those of an outline's entries apart."""
    numbered = drop_strays([None if run.loose else run.mark for run in runs])
    headings = drop_outlines(numbered)
    return [
        Run(run.first, run.last, mark, run.loose, number if mark is None else None, run.listed)
        for run, number, mark in zip(runs, numbered, headings, strict=True)
    ]


def _titled(runs: Sequence[Run], flows: Sequence[Flow], profile: Profile) -> list[Run]:
    """Headings that are only a number («第一章») take the line below them, their title."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before is not None and before.mark is not None and not run.loose:
            flow = flows[run.first]
            alone = before.last - before.first == 1
            bare = alone and before.mark.is_all_of(flows[before.first].line.text)
            named = run.mark is None or not run.mark.number
            if bare and named and run.last - run.first == 1 and _may_be_title(flow, profile):
                out[-1] = Run(before.first, run.last, before.mark)
                continue
        out.append(run)
    return out


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
