"""Which lines of a dump are one paragraph, which a heading, a quotation, an entry of an outline?

Comes in: a layout without furniture, and which of its lines are notes. Goes out: ``Run`` values, each over some
text lines in order. Refused: nothing; what no sign speaks for is a plain paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.recovery.page_dump.captions import SOURCE
from pipeline.recovery.page_dump.front.cover import LONGEST, CoverLine, read_cover
from pipeline.recovery.page_dump.front_lines import (
    is_keywords,
    is_label_line,
    is_latin_text,
    is_star,
)
from pipeline.recovery.page_dump.tables.loose_lines import LooseTable, find_tables
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.line_ends import Around
from pipeline.recovery.page_dump.text.line_marks import EVEN, line_marks
from pipeline.recovery.page_dump.text.paragraphs import BOUNDARY, weigh_break
from pipeline.recovery.page_dump.text.printed import printed_lines, whole_line
from pipeline.recovery.page_dump.text.profile import Flow, Profile, reach_of
from pipeline.recovery.page_dump.text.told_lines import GOES_ON, WIDE, Told, ends_title, tell_lines
from pipeline.recovery.wording.headings import HeadingMark, heading_mark
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.marks import CLOSERS
from pipeline.recovery.wording.outlines import drop_outlines, drop_strays

ALIKE = 2.0  # em by which the lines of a narrow block may differ


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
    tables = _tables(flows, marks, profile.measure)
    told = tell_lines(flows, marks, profile, tables, cover, titles)
    parts = list(printed_lines(flows, profile, told.whole, calls_at_ends))
    starts = _starts(flows, parts, profile, told)
    runs = [
        Run(a, b, marks[a] if b == a + 1 else None, a in told.loose, None, a in told.listed)
        for a, b in pairwise([*starts, len(flows)])
    ]
    return _titled(_outlined(runs), flows, profile, titles), tables


def _tables(flows: Sequence[Flow], marks: Sequence[HeadingMark | None], measure: float) -> list[LooseTable]:
    """The tables whose cells stand each on a line."""
    tight = any(f.line.tight for f in flows)
    return find_tables(
        [f.line.text for f in flows],
        [f.width for f in flows],
        measure,
        [_ends_table(flows, marks, i, measure) for i in range(len(flows))],
        [f.called or f.opens for f in flows],
        [f.line.gap > 0 or (tight and not f.line.tight) for f in flows],
    )


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


def _starts(flows: Sequence[Flow], parts: Sequence[range], profile: Profile, told: Told) -> list[int]:
    """The lines with which paragraphs begin, of printed lines that are ``parts`` of the flows."""
    rows = [whole_line(flows[part.start : part.stop]) for part in parts]
    starts = [0] if flows else []
    begun = 0  # the row of the last start
    for k in range(1, len(rows)):
        i = parts[k].start
        if i in told.listed:
            starts += [i] if i in told.entries else []
            continue
        if rows[k].called and is_star(rows[k].line.text):
            continue  # raised behind the name above it
        lone = parts[k - 1].start in told.labels and (
            _is_lone(rows[k - 1 : k + 2], profile) or _is_in_letters(rows[k - 1], rows[k])
        )
        ends = i in told.forced or lone or _is_sourced(rows, k)
        if ends or _weigh_row(rows, k, begun, profile) >= BOUNDARY:
            starts.append(i)
            begun = k
    return starts


def _is_lone(rows: Sequence[Flow], profile: Profile) -> bool:
    """Whether a line that begins with a label is all there is; the first line of an abstract may have lost its indent, and the abstract
    may be set narrower than the text.
    """
    row, below = rows[:2]
    if is_keywords(row.line.text):
        lost = 0
    elif len(rows) > 2 and all(abs(row.width - r.width) < ALIKE for r in rows):
        return False
    else:
        lost = 0 if profile.indents else 2
    return row.last not in GOES_ON and reach_of(row, below) < profile.measure - 2 - lost


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
    weight = weigh_break(Around(rows[k - 1], rows[k], following, before, first, inner), profile)
    return 0.0 if weight >= BOUNDARY and _is_inside(rows[k - 1].line.text) else weight


def _is_inside(text: str) -> bool:
    """Whether a line ends within the title of a work, or within brackets: no paragraph does.

    >>> _is_inside("見《橋志》、《河"), _is_inside("見《橋志》"), _is_inside("兩者相關（p")
    (True, False, True)
    """
    return any(text.rfind(mark) > text.rfind(end) for mark, end in ("《》", "〈〉", "（）"))


def _outlined(runs: Sequence[Run]) -> list[Run]:
    """The runs without the marks of headings that are strays, and with those of an outline's entries apart."""
    numbered = drop_strays([None if run.loose else run.mark for run in runs])
    headings = drop_outlines(numbered)
    return [
        Run(run.first, run.last, mark, run.loose, number if mark is None else None, run.listed)
        for run, number, mark in zip(runs, numbered, headings, strict=True)
    ]


def _titled(
    runs: Sequence[Run], flows: Sequence[Flow], profile: Profile, titles: Mapping[str, HeadingMark]
) -> list[Run]:
    """Headings that are only a number («第一章») take the line below them, their title; others what the contents list has of them there."""
    out: list[Run] = []
    for run in runs:
        before = out[-1] if out else None
        if before is not None and before.mark is not None and not run.loose:
            lines = before.last - before.first == run.last - run.first == 1
            marks = (before.mark, None if run.mark is None or not run.mark.number else run.mark)
            if lines and ends_title(flows, marks, run.first, profile, titles):
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
