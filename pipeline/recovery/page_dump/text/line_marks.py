"""Which lines could be headings by their numbers, or by the contents list? No entry of a list, and no row of a table, is one.

Comes in: lines with their indents and widths, the titles that the contents list names. Goes out: a mark or none for each
line. Refused: a number in the middle of a sentence, a question beside an answer, a line as wide as a column around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.recovery.page_dump.captions import is_caption
from pipeline.recovery.page_dump.front_lines import is_keywords
from pipeline.recovery.page_dump.tables.loose_lines import ROWS, is_row
from pipeline.recovery.page_dump.tables.shapes import MOST
from pipeline.recovery.page_dump.text.flows import title_block
from pipeline.recovery.page_dump.text.line_ends import CENTRED, Around
from pipeline.recovery.page_dump.text.lists import REACH
from pipeline.recovery.page_dump.text.paragraphs import BOUNDARY, SHORT, weigh_break
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.wording.entries import entry_of
from pipeline.recovery.wording.headings import HeadingMark, ends_sentence, heading_mark
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import CLOSERS, PAUSES, STOPS

_PAUSE = re.compile(f"[{STOPS}{PAUSES}]")
WIDE, NEAR = 20.0, 3  # em of a line, and lines to each side of it
SECTION = 2  # the rank of 第一節
HEAD = 2  # lines below a caption that are no rows yet, at most
NUMBER = 6  # characters of a row's number
ASKED, ON_END = 3, 2  # so many questions, so many lines from one to the next, are entries of a list
EVEN = 0.4  # em: so much may lines of one column differ


def line_marks(
    flows: Sequence[Flow], profile: Profile, titles: Mapping[str, HeadingMark], cover: int
) -> list[HeadingMark | None]:
    """For each line what its number, or the contents list, says of it as a heading; ``cover`` lines at the beginning are none."""
    top = title_block(flows, SHORT * profile.measure)
    marks = [
        None
        if i < cover
        else (_title_mark(flows, i, titles) if titles else None) or _line_mark(flows, i, profile, i <= top)
        for i in range(len(flows))
    ]
    return _without_rows(flows, _without_questions(flows, marks))


def _title_mark(flows: Sequence[Flow], i: int, titles: Mapping[str, HeadingMark]) -> HeadingMark | None:
    """What the contents list says of a line: a title, or the first line of one that goes on below it."""
    mark = titles.get(squashed(flows[i].line.text))
    return mark if mark is not None or i + 1 == len(flows) else title_over_lines(flows, i, titles)


def title_over_lines(flows: Sequence[Flow], i: int, titles: Mapping[str, HeadingMark]) -> HeadingMark | None:
    """What the contents list says of a line and the one below it, which are a title of it together."""
    return titles.get(squashed(flows[i].line.text) + squashed(flows[i + 1].line.text))


def runs_over(flows: Sequence[Flow], i: int, mark: HeadingMark, profile: Profile) -> bool:
    """Whether a chapter's or section's title goes on below its line: set larger, it broke before the measure, and white space that
    ends paragraphs stands behind the next line only.
    """
    if not profile.trailing or mark.rank > SECTION or i + 1 == len(flows):
        return False
    flow, below = flows[i], flows[i + 1]
    broken = below.line.trailing and not (flow.line.trailing or below.line.gap) and below.page == flow.page
    return broken and below.last not in STOPS + PAUSES and below.width < flow.width


def _line_mark(flows: Sequence[Flow], i: int, profile: Profile, top: bool) -> HeadingMark | None:
    """The line's numbering, if it can be a heading where it stands. ``top``: behind title and authors, which are no sentences."""
    flow = flows[i]
    if flow.opens or (flow.called and ends_sentence(flow.tail)):
        return None
    text = flow.line.text
    mark = heading_mark(text) if len(text) < 60 else None
    centred = flow.line.indent / 2 if flow.line.indent >= CENTRED else 0
    if mark is None or flow.width - centred > max(0.85 * profile.measure, 12) or flow.line.piece:
        return None
    if i and not top and flows[i - 1].last not in CLOSERS and not _ends_keywords(flows, i):
        before = weigh_break(Around(flows[i - 1], flow), profile)
        if (
            before < BOUNDARY
            and not (heading_mark(flows[i - 1].line.text))
            and flows[i - 1].page == flow.page
        ):
            return None
    if (
        profile.trailing
        and not flow.line.trailing
        and not (flow.called or runs_over(flows, i, mark, profile))
    ):
        return None
    return None if _fills_column(flows, i, mark.length) else mark


def _ends_keywords(flows: Sequence[Flow], i: int) -> bool:
    """Whether a list of keywords, of two lines at most, ends above line ``i``."""
    return any(is_keywords(flow.line.text) for flow in flows[max(0, i - 2) : i])


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
    """The marks without those of questions among entries: they count on with nothing between them, as the questions of an
    interview do, or the entry before or behind them is a sentence, or such a question.
    """
    out = list(marks)
    asked = [i for i, mark in enumerate(marks) if mark is not None and flows[i].last in ("？", "?")]
    for run in _entries_on_end([(i, entry_of(flows[i].line.text)) for i in asked]):
        for i in run:
            out[i] = None
    for i in (*asked, *reversed(asked)):
        entry = entry_of(flows[i].line.text) if out[i] is not None else None
        if entry is None:
            continue
        for step in (-1, 1):
            reach = range(i + step, max(-1, min(len(flows), i + step * REACH)), step)
            near = (k for k in reach if entry_of(flows[k].line.text) == (entry[0], entry[1] + step))
            if (k := next(near, i)) != i and out[k] is None:
                out[i] = None
    return out


def _entries_on_end(entries: Sequence[tuple[int, tuple[int, int] | None]]) -> Iterator[list[int]]:
    """The lines of three and more entries of a kind that count on, each right behind the one before."""
    run: list[int] = []
    kind = value = 0
    for i, entry in entries:
        if entry is None:
            continue
        if not run or entry != (kind, value + 1) or i - run[-1] > ON_END:
            if len(run) >= ASKED:
                yield run
            run = []
        run.append(i)
        kind, value = entry
    if len(run) >= ASKED:
        yield run


def _without_rows(flows: Sequence[Flow], marks: Sequence[HeadingMark | None]) -> list[HeadingMark | None]:
    """The marks without those of a table's rows: below a caption, as many cells as in the lines around («第二篇 12 40 9»),
    or evenly apart.
    """
    texts = [flow.line.text for flow in flows]
    out = list(marks)
    for i, text in enumerate(texts):
        if text[0] != "表" or not is_caption(text):
            continue
        for first in range(i + 1, min(i + 2 + HEAD, len(texts))):
            last = first + 1
            while last < len(texts) and is_row(texts[last - 1], texts[last]):
                last += 1
            if last - first >= ROWS:
                out[first:last] = [None] * (last - first)
                break
    bare = {
        i: mark
        for i, text in enumerate(texts)
        if len(text) <= NUMBER and (mark := heading_mark(text)) is not None and mark.is_all_of(text)
    }
    for i in _evenly_apart(bare):
        out[i] = None
    return out


def _evenly_apart(bare: Mapping[int, HeadingMark]) -> list[int]:
    """The lines that are only a number and count on, as many lines from one to the next: each begins a row whose cells came out below."""
    out: list[int] = []
    lines = list(bare)
    begin = 0
    for k in range(1, len(lines) + 1):
        if k < len(lines):
            one, two, step = bare[lines[k - 1]], bare[lines[k]], lines[k] - lines[k - 1]
            even = k - begin == 1 or step == lines[k - 1] - lines[k - 2]
            if (one.rank, one.value + 1) == (two.rank, two.value) and 1 < step <= MOST and even:
                continue
        if k - begin >= ROWS:
            out += lines[begin:k]
        begin = k
    return out
