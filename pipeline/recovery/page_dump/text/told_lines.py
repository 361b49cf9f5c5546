"""Of which lines of a dump is more known than where they end: captions, a masthead, labels, entries, verse, tables?

Comes in: the flows, their headings, the table lines. Goes out: ``Told``, sets of the numbers of lines. Refused: lines that
nothing tells; where their paragraphs end is weighed (``paragraphs``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from pipeline.recovery.page_dump.captions import is_caption, is_formula
from pipeline.recovery.page_dump.front_lines import is_label_line, names_journal, names_person
from pipeline.recovery.page_dump.tables.loose_lines import LooseTable
from pipeline.recovery.page_dump.text.announced import COLONS, verse_lines
from pipeline.recovery.page_dump.text.bibliography import find_entries
from pipeline.recovery.page_dump.text.floats import is_cut
from pipeline.recovery.page_dump.text.flows import title_block
from pipeline.recovery.page_dump.text.line_marks import runs_over, title_over_lines
from pipeline.recovery.page_dump.text.lists import find_counted
from pipeline.recovery.page_dump.text.paragraphs import SHORT
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.page_dump.text.speakers import find_records, find_speakers
from pipeline.recovery.wording.headings import HeadingMark
from pipeline.recovery.wording.marks import CLOSERS

GOES_ON = frozenset("、，；,;")  # a list of keywords does behind one of these
LABEL = 12  # characters; a longer label is a line that begins with one
WIDE = 0.85  # of the measure: a line of text, and no caption or masthead
MASTHEAD = 40  # so many lines from the top a journal's masthead and dates may stand


class Told(NamedTuple):
    """Lines of which more than their ends is known.

    ``forced``: those that begin a paragraph; ``whole``: those whose ends say nothing of how the text was printed; ``labels``;
    ``listed`` and ``entries``: those of a bibliography, and the first of each entry; ``loose``: those of tables.
    """

    forced: Set[int]
    whole: Set[int]
    labels: Set[int]
    listed: Set[int]
    entries: Set[int]
    loose: Set[int]


def tell_lines(
    flows: Sequence[Flow],
    marks: Sequence[HeadingMark | None],
    profile: Profile,
    tables: Sequence[LooseTable],
    cover: int,
    titles: Mapping[str, HeadingMark],
) -> Told:
    """What is known of the lines. ``cover`` lines at the beginning are a title page's; ``titles`` the contents list's."""
    loose = {i for t in tables for i in range(t.first, t.last)}
    labels = {i for i, flow in enumerate(flows) if is_label_line(flow.line.text)}
    people = _people(flows, profile)
    captions = _table_captions(flows, tables)
    fixed = loose | people | captions | _fixed_lines(flows, marks, profile, cover, titles)
    fixed |= {i + 1 for i in captions} - loose
    fixed |= {i for i in labels if len(flows[i].line.text) <= LABEL and flows[i].last not in GOES_ON}
    listed, entries = find_entries(flows, marks, profile.measure)
    listed -= loose  # a table is no entry, nor is what follows it a part of one
    entries |= {t.last for t in tables}
    counted = find_counted(flows, {*fixed, *listed}, profile.measure)
    counted |= find_speakers(flows) | find_records(flows, profile.measure)
    verse = {i for i in verse_lines(flows, profile.measure) if not flows[i].opens}
    sung = {i for i in verse if i + 1 < len(flows) and not flows[i + 1].opens}  # its call may stand below
    whole = fixed.union(labels, counted, verse, (i + 1 for i in people))  # a star ends these
    behind_notes = (i for i, flow in enumerate(flows) if flow.begins)
    behind = (i + 1 for i in {*fixed, *listed} | sung)
    forced = fixed.union(labels, counted, verse, behind_notes, behind)
    return Told(forced, whole, labels, listed, entries, loose)


def _people(flows: Sequence[Flow], profile: Profile) -> set[int]:
    """The lines below the title that say who wrote the text and where he works."""
    texts = [flow.line.text for flow in flows[: title_block(flows, SHORT * profile.measure) + 1]]
    return {i for i in range(1, len(texts) - 1) if names_person(texts[i], texts[i + 1])}


def _table_captions(flows: Sequence[Flow], tables: Sequence[LooseTable]) -> set[int]:
    """The captions right above tables, or one line further up."""
    above = [i for t in tables for i in (t.first - 1, t.first - 2) if i >= 0]
    return {i for i in above if is_caption(flows[i].line.text)}


def _fixed_lines(
    flows: Sequence[Flow],
    marks: Sequence[HeadingMark | None],
    profile: Profile,
    cover: int,
    titles: Mapping[str, HeadingMark],
) -> set[int]:
    """The lines that are a paragraph or heading each whatever their width: headings, captions, a masthead, a cover's."""
    out = {i for i, mark in enumerate(marks) if mark is not None} | _captions(flows, profile)
    out |= set(range(min(cover + 1, len(flows)) if cover else 0))
    out |= {i for i in range(1, len(flows)) if ends_title(flows, marks[i - 1 : i + 1], i, profile, titles)}
    return out | {
        i
        for i, flow in enumerate(flows[:MASTHEAD])
        if (flow.width < WIDE * profile.measure or flow.line.gap or flows[i - 1].last in CLOSERS)
        and names_journal(flow.line.text)
    }


def _captions(flows: Sequence[Flow], profile: Profile) -> set[int]:
    """The lines that name a figure or a table or are a formula: short, and the text before them had come to an end, or to that of a full line."""
    out = set()
    for i, flow in enumerate(flows):
        formula = is_formula(flow.line.text)
        if flow.width < WIDE * profile.measure and (formula or is_caption(flow.line.text)):
            announced = formula and i > 0 and flows[i - 1].last in COLONS
            if not i or announced or _begins_anew(flows[i - 1], flow, profile):
                out.add(i)
    return out


def _begins_anew(before: Flow, flow: Flow, profile: Profile) -> bool:
    set_apart = flow.line.gap > 0 or flow.line.indent >= 2 or flow.page != before.page
    return set_apart or before.last in CLOSERS or is_cut(before, profile)


def ends_title(
    flows: Sequence[Flow],
    marks: Sequence[HeadingMark | None],
    i: int,
    profile: Profile,
    titles: Mapping[str, HeadingMark],
) -> bool:
    """Whether a line is the title below a heading that is only a number («第一章»), or the rest of one that the contents list has.

    ``marks``: those of the line above and of line ``i``.
    """
    mark, own = marks
    if mark is None or flows[i].called:
        return False
    if title_over_lines(flows, i - 1, titles) is not None or runs_over(flows, i - 1, mark, profile):
        return True
    return own is None and mark.is_all_of(flows[i - 1].line.text) and may_be_title(flows[i], profile)


def may_be_title(flow: Flow, profile: Profile) -> bool:
    """Whether a line is short and does not end as a sentence or a part of one does."""
    return flow.width < 0.8 * profile.measure and flow.line.text[-1] not in "。，；："
