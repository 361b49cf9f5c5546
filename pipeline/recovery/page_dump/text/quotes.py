"""Which runs are block quotations: by their indent, by what announces them, by their neighbours."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.page_dump.captions import SOURCE, is_caption, is_formula
from pipeline.recovery.page_dump.text.announced import (
    COLONS,
    find_announced,
    is_all_said,
    is_announcing,
    run_counts_on,
)
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.line_ends import CENTRED
from pipeline.recovery.page_dump.text.narrow import NARROW, is_flush, is_narrow
from pipeline.recovery.page_dump.text.profile import Flow, Profile, first_indents, texts_of
from pipeline.recovery.page_dump.text.speakers import takes_turn
from pipeline.recovery.wording.entries import entry_of
from pipeline.recovery.wording.letters import HAN_CHARACTER
from pipeline.recovery.wording.marks import CLOSERS

_COMMENTS = re.compile(
    "[由據据如]此|[從从][這这此上]|可[見见]|上[述引]|[綜综]上|[這这此][段番句首]|引文|[這这此][一種种處处裡裏里]|此[即乃]"
)
_NAMED = re.compile("「([^「」]{2,12})」|“([^“”]{2,12})”")  # words that a line speaks of
TABLE = 24  # paragraphs from a table's caption to the line that says where it is from, at most
_SOURCED = re.compile(r"[（(][^（）()]*[0-9][^（）()]*[)）][。.]?$")


def find_quotes(flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> list[bool]:
    """Which paragraphs are block quotations: those set narrow, and single lines among them."""
    told = _told_by_width(flows, runs, profile)
    _tell_flush(told, flows, runs, profile)
    _tell_announced(told, flows, runs, profile)
    _tell_wide(told, flows, runs, profile)
    _tell_entries(told, flows, runs)
    _tell_rows(told, flows, runs)
    out = [bool(t) for t in told]
    for first, last in _quote_groups(flows, runs, told, profile):
        sure = next((k for k in range(first, last) if told[k]), last)
        if sure < last:
            before = (k for k in range(sure - 1, first - 1, -1) if _introduces(flows, runs, k))
            begin = next(before, first - 1) + 1
            out[begin:last] = [True] * (last - begin)
    return out


def _told_by_width(flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> list[bool | None]:
    """Whether each paragraph is a quotation, as far as its own lines tell; the steps below tell more of those they leave open."""
    told: list[bool | None] = []
    usual = first_indents(flows)
    for k, run in enumerate(runs):
        lines = texts_of(flows[run.first : run.last]) or flows[run.first : run.last]
        text = lines[0].line.text
        if run.mark is not None or run.loose or run.listed or is_caption(text) or is_formula(text):
            told.append(False)
        elif len(lines) == 1 and (entry_of(text) is not None or _is_signed(lines[0])):
            told.append(None)  # entries of a list stand farther in, too
        else:
            first = max(profile.first, usual.get(lines[0].page, 0))
            told.append(is_narrow(lines, profile, first, headed=k > 0 and runs[k - 1].mark is not None))
    return told


def _tell_flush(
    told: list[bool | None], flows: Sequence[Flow], runs: Sequence[Run], profile: Profile
) -> None:
    """Flush paragraphs among indented ones are quotations, where none of them is as wide as the text."""
    flush = [k for k in range(1, len(runs)) if _stands_flush(flows, runs, k, profile)]
    if all(told[k] is not False for k in flush):
        for k in flush:
            told[k] = True


def _tell_announced(
    told: list[bool | None], flows: Sequence[Flow], runs: Sequence[Run], profile: Profile
) -> None:
    """Behind a colon a quotation is set closer than the text, or in letters, or tells itself by the space around it."""
    for k in range(1, len(runs)):
        lines = flows[runs[k].first : runs[k].last]
        closer = lines[0].line.close and flows[runs[k - 1].last - 1].last in COLONS
        if told[k] is None:
            told[k] = closer or (is_announcing(flows, runs[k - 1]) and _is_in_letters(lines, profile)) or None
    for k in find_announced(flows, runs, told, profile):
        told[k] = True


def _tell_wide(told: list[bool | None], flows: Sequence[Flow], runs: Sequence[Run], profile: Profile) -> None:
    """What begins a page behind a quotation and has a line as wide as the text is none."""
    for k in range(1, len(runs)):
        lines = flows[runs[k].first : runs[k].last]
        overleaf = told[k] is None and told[k - 1] and not lines[0].follows
        if overleaf and max(f.width for f in lines) >= profile.measure - NARROW:
            told[k] = False


def _tell_entries(told: list[bool | None], flows: Sequence[Flow], runs: Sequence[Run]) -> None:
    """Entries that count on are told by their neighbours: downwards first, then upwards."""
    for step in (1, -1):
        for k in range(1, len(runs))[::step]:
            one, other = (k - 1, k) if step == 1 else (k, k - 1)
            if told[one] and told[other] is None and run_counts_on(flows, runs, k):
                told[other] = not (runs[other].mark or runs[other].item)


def _tell_rows(told: list[bool | None], flows: Sequence[Flow], runs: Sequence[Run]) -> None:
    """What stands between a table's caption and the line that says where it is from is none, however narrow its cells are."""
    begin = None
    for k, run in enumerate(runs):
        text = flows[run.first].line.text
        if text[0] == "表" and is_caption(text):
            begin = k
        elif run.mark is not None or (begin is not None and k - begin > TABLE):
            begin = None
        elif begin is not None and SOURCE.match(text):
            told[begin : k + 1] = [False] * (k + 1 - begin)
            begin = None


def _is_signed(flow: Flow) -> bool:
    """Whether a line set in the middle or at the right says no sentence: a name, a date, a place."""
    return flow.line.indent >= CENTRED and flow.last not in CLOSERS and not flow.called


def _is_in_letters(lines: Sequence[Flow], profile: Profile) -> bool:
    """Whether a sentence of several lines is in letters, in a text that is in Han characters."""
    foreign = not profile.latin and not any(HAN_CHARACTER.search(flow.line.text) for flow in lines)
    return foreign and len(lines) > 1 and lines[-1].last in CLOSERS


def _introduces(flows: Sequence[Flow], runs: Sequence[Run], k: int) -> bool:
    """Whether a paragraph lets the quotation below it speak, and is no address that begins one behind another colon."""
    before, last = (flows[runs[n].last - 1].last if n >= 0 else "" for n in (k - 1, k))
    return last in COLONS and before not in COLONS


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
    if not (profile.gaps or profile.indents):
        return []
    groups: list[tuple[int, int]] = []
    begin = 0
    for k, run in enumerate(runs):
        alone = told[k] is False or _is_indented(flows, run, profile)
        resumes = told[k] is None and any(told[begin:k]) and _resumes(flows, runs, k, told)
        if alone or resumes or flows[run.first].line.gap:
            groups.append((begin, k))
            begin = k + 1 if alone else k
    groups.append((begin, len(runs)))
    return [(first, last) for first, last in groups if first < last]


def _resumes(flows: Sequence[Flow], runs: Sequence[Run], k: int, told: Sequence[bool | None]) -> bool:
    """Whether the text goes on behind a quotation that told its source (by a call, or in brackets), behind the turns of a
    conversation, with a line that speaks of the quotation, or one that announces the next.
    """
    before, text = flows[runs[k - 1].first : runs[k - 1].last], flows[runs[k].first].line.text
    said = "".join(flow.line.text for flow in before)
    told_source = _SOURCED.search(said) is not None and not _SOURCED.search(flows[runs[k].last - 1].line.text)
    announces = bool(told[k - 1]) and flows[runs[k].last - 1].last in COLONS
    turns = [takes_turn(flows[run.first].line.text) for run in runs[max(0, k - 2) : k + 1]]
    comments = _COMMENTS.match(text) is not None or _names_words(text, said)
    spoken = is_all_said(flows, runs[k - 1]) and not is_all_said(flows, runs[k])
    return any((before[-1].called, told_source, announces, comments, spoken, turns == [True, True, False]))


def _names_words(text: str, said: str) -> bool:
    """Whether a line puts words of what was said before it into quotation marks.

    >>> _names_words("「渡口」二字頗費解", "昨至渡口"), _names_words("「河道」二字頗費解", "昨至渡口")
    (True, False)
    """
    return any((match[1] or match[2]) in said for match in _NAMED.finditer(text))


def _is_indented(flows: Sequence[Flow], run: Run, profile: Profile) -> bool:
    line = flows[run.first].line
    return profile.indents and line.indent >= 2 and not line.close
