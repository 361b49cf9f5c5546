"""Quotations that only what stands around them tells: a colon before them, space before and behind.

Comes in: the paragraphs, and which of them are told as quotations by their widths. Goes out: groups of neighbouring
paragraphs that are one quotation. Refused: a group with a paragraph as wide as the text, or with an indent of its own, or
entries that stand apart from each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, takewhile

from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.page_dump.captions import is_caption, is_formula
from pipeline.recovery.page_dump.text.flows import Run
from pipeline.recovery.page_dump.text.profile import Flow, Profile, reach_of, texts_of
from pipeline.recovery.page_dump.text.speakers import speaker_of
from pipeline.recovery.wording.entries import counts_on, entry_of, is_counted
from pipeline.recovery.wording.marks import PAUSES, STOPS, ends_in_source

_VERSE = re.compile(
    rf"((?:[\u3400-\u9fff]{{4,7}}[，、；。！？]){{1,4}})[\s0-9{CIRCLED}⁰¹²³⁴-⁹\[\]［］〔〕()（）註注]*"
)
_MARKS = re.compile(f"[{STOPS}{PAUSES}]")
_ENDS = frozenset(STOPS + PAUSES)
_BULLETS = frozenset("-–—*+•·●○◆◇■□▪<\\$#|")  # what entries, commands and rows begin with
_SPEAKS = re.compile(
    r"(?:[說说稱称云曰謂谓道言]|[寫写][道著着到]?|指出|[記记][載载]|[報报][導导道]|表示|回[憶忆]|[敘叙]述|自述|如下|[內内]容|略[以謂谓]|解[釋释]|[認认][為为]|[規规]定|寫下|提到|中有)[^。]{0,6}[：:][0-9]{0,3}$"
)
COLONS = ("：", ":")
SHORT = 0.75  # of the measure: no line of a poem is wider
LABEL = 12  # characters; more before a colon are a sentence
TURNS = 3  # so many show that two speak in turn
COUPLET, QUATRAIN = 2, 4  # lines
WHOLE = 0.75  # em: a line that wants less for the measure is as wide as the text
LOST = 2.6  # em: a first line that goes on and is so much narrower than the measure has lost more than its indent


def find_announced(
    flows: Sequence[Flow], runs: Sequence[Run], told: Sequence[bool | None], profile: Profile
) -> set[int]:
    """The runs behind a colon that are quoted: what stands around them tells it, or they do by themselves, or they are verse.

    ``told``: what the widths say of each run.
    """
    out = {k for group in _groups(flows, runs, told, profile) for k in range(*group)}
    for begin in range(1, len(runs)):
        if flows[runs[begin - 1].last - 1].last in COLONS:
            spoken = range(begin, begin + _count_spoken(flows, runs, begin))
            out.update(k for k in spoken if told[k] is not False)
            out.update(range(begin, begin + _count_verse(flows, runs, begin)))
    return out


def _groups(
    flows: Sequence[Flow], runs: Sequence[Run], told: Sequence[bool | None], profile: Profile
) -> list[tuple[int, int]]:
    """Runs ``first`` up to ``last`` that are one quotation, too short to tell it by their widths.

    A page's end may have hidden one of the two blank lines.
    """
    groups: list[tuple[int, int]] = []
    if profile.firsts:
        groups += _flush(flows, runs, profile.measure - WHOLE)
    if not profile.gaps:
        return groups if profile.indents else list(_spoken(flows, runs, profile.measure - WHOLE))
    for begin in range(1, len(runs)):
        first = flows[runs[begin].first]
        if not is_announcing(flows, runs[begin - 1]) or (first.follows and not first.line.gap):
            continue
        if not profile.indents and not _is_narrow(flows[runs[begin].first : runs[begin].last], profile):
            continue
        end = begin
        while end < len(runs) and _belongs(flows, runs, end, end == begin) and told[end] is not False:
            end += 1
        if end > begin and _ends(flows, runs, end, first.follows):
            groups.append((begin, end))
    return groups


def _flush(flows: Sequence[Flow], runs: Sequence[Run], full: float) -> Iterator[tuple[int, int]]:
    """Flush paragraphs between a colon and an indented one, in a text that indents all others; no line of them is ``full``."""
    for begin in range(1, len(runs)):
        begun = flows[runs[begin].first].line.text
        if not is_announcing(flows, runs[begin - 1]) or begun[0] in _BULLETS or is_counted(begun):
            continue
        end = begin
        while end < len(runs) and _belongs(flows, runs, end, True):
            if end > begin and not flows[runs[end].first].follows:
                break  # overleaf an indent may be lost
            end += 1
        if not begin < end < len(runs):
            continue
        behind = flows[runs[end].first]
        if behind.follows and behind.line.indent < 2:
            continue
        if all(flow.width < full for run in runs[begin:end] for flow in flows[run.first : run.last - 1]):
            yield begin, end


def _spoken(flows: Sequence[Flow], runs: Sequence[Run], full: float) -> Iterator[tuple[int, int]]:
    """Paragraphs behind a colon that lets somebody speak, in a text that kept neither indents nor space: no line is ``full``.

    A single line may be anything.
    """
    for k in range(1, len(runs)):
        run = runs[k]
        if (
            run.last - run.first < 2
            or not _belongs(flows, runs, k, True)
            or not is_announcing(flows, runs[k - 1])
        ):
            continue
        begun = flows[run.first].line.text
        if entry_of(begun) is not None or begun[0] in _BULLETS:
            continue
        said = "".join(
            flow.line.text for flow in flows[max(runs[k - 1].first, runs[k - 1].last - 2) : runs[k - 1].last]
        )
        if _SPEAKS.search(said) and all(flow.width < full for flow in flows[run.first : run.last - 1]):
            yield k, k + 1


def _count_spoken(flows: Sequence[Flow], runs: Sequence[Run], begin: int) -> int:
    """How many runs on end, from run ``begin``, tell by themselves that they are quoted: each says where it is from in brackets
    behind its last sentence, or is a line in quotation marks of its own, with another one below it; or two speakers take turns.
    """
    sourced = _count(runs, begin, lambda run: _ends_in_source(flows, run))
    said = _count(runs, begin, lambda run: is_all_said(flows, run))
    turns = _count_turns(flows, runs, begin)
    return max(sourced, said if said >= COUPLET else 0, turns if turns >= TURNS else 0)


def _count_verse(flows: Sequence[Flow], runs: Sequence[Run], begin: int) -> int:
    """How many runs on end, from run ``begin``, are lines of a poem: as many characters between all their marks."""
    feet = _feet(flows, runs[begin])
    lines = _count(runs, begin, lambda run: len(feet) == 1 and _feet(flows, run) == feet)
    end = begin + lines
    whole = end == len(runs) or not _feet(flows, runs[end])
    return lines if lines >= (COUPLET if whole else QUATRAIN) else 0


def _count(runs: Sequence[Run], begin: int, is_one: Callable[[Run], bool]) -> int:
    """How many runs on end, from run ``begin``, are of one kind."""
    return sum(1 for _ in takewhile(is_one, islice(runs, begin, None)))


def _count_turns(flows: Sequence[Flow], runs: Sequence[Run], begin: int) -> int:
    """How many runs on end, from run ``begin``, two speakers begin in turn."""
    speakers: list[str] = []
    for k in range(begin, len(runs)):
        run = runs[k]
        speaker = "" if run.mark or run.item or run.loose else speaker_of(flows[run.first].line.text)
        if not speaker or speaker in speakers[-1:] or (len(speakers) > 1 and speaker != speakers[-2]):
            break
        speakers.append(speaker)
    return len(speakers)


def _ends_in_source(flows: Sequence[Flow], run: Run) -> bool:
    lines = flows[max(run.first, run.last - 2) : run.last]
    return not (run.mark or run.item or run.loose or run.listed or lines[-1].called) and ends_in_source(
        "".join(flow.line.text for flow in lines)
    )


def is_all_said(flows: Sequence[Flow], run: Run) -> bool:
    """Whether a paragraph is one line in quotation marks of its own."""
    text = flows[run.first].line.text
    whole = text[0] in "「“" and text[-1] in "」”" and text.count(text[0]) == 1
    return whole and run.last - run.first == 1 and not run.loose


def verse_lines(flows: Sequence[Flow], full: float) -> set[int]:
    """The lines of poems: all with as many characters between their marks, none nearly ``full``; two behind a colon, else four."""
    out: set[int] = set()
    begin = 0
    for i in range(len(flows) + 1):
        feet = _feet_of(flows[i].line.text) if i < len(flows) and flows[i].width < SHORT * full else set()
        if begin < i and feet != _feet_of(flows[begin].line.text):
            least = COUPLET if begin and flows[begin - 1].last in COLONS else QUATRAIN
            out.update(range(begin, i) if i - begin >= least else ())
            begin = i
        if len(feet) != 1:
            begin = i + 1
    return out | _short_lines(flows, SHORT * full)


def _short_lines(flows: Sequence[Flow], widest: float) -> set[int]:
    """Lines on end behind a colon, none of them wide, that end in marks, two of them within a sentence: a song, or parts of a list."""
    out: set[int] = set()
    for begin in range(1, len(flows)):
        if flows[begin - 1].last not in COLONS:
            continue
        end = begin
        while end < len(flows) and flows[end].width < widest and flows[end].last in _ENDS:
            end += 1
        if sum(flow.last in PAUSES for flow in flows[begin:end]) >= COUPLET:
            out.update(range(begin, end))
    return out


def _feet(flows: Sequence[Flow], run: Run) -> set[int]:
    """How many characters stand between the marks of a line; nothing where it is no line of a poem."""
    lines = texts_of(flows[run.first : run.last])
    if len(lines) != 1 or run.mark or run.item or run.loose or run.listed:
        return set()
    return _feet_of(lines[0].line.text)


def _feet_of(text: str) -> set[int]:
    match = _VERSE.fullmatch(text)
    return {len(part) for part in _MARKS.split(match[1]) if part} if match else set()


def is_announcing(flows: Sequence[Flow], run: Run) -> bool:
    """Whether a paragraph ends in a colon and is no label («關鍵詞：»)."""
    if flows[run.last - 1].last not in COLONS:
        return False
    text = flows[run.first].line.text
    spoken = run.last - run.first > 1 or any(mark in text for mark in "，。；")
    return spoken or len(text) > LABEL or _SPEAKS.search(text) is not None


def _is_narrow(flows: Sequence[Flow], profile: Profile) -> bool:
    return len(flows) > 1 and reach_of(flows[0], flows[1]) < profile.measure - LOST


def _belongs(flows: Sequence[Flow], runs: Sequence[Run], k: int, first: bool) -> bool:
    """Whether a run can belong to the group: flush, and without space above where it is not the first."""
    run, start = runs[k], flows[runs[k].first]
    text = start.line.text
    if run.mark or run.item or run.loose or run.listed or is_caption(text) or is_formula(text):
        return False
    if start.line.indent >= 2 or start.line.hidden:
        return False
    return first or (not start.line.gap if start.follows else run_counts_on(flows, runs, k))


def _ends(flows: Sequence[Flow], runs: Sequence[Run], k: int, apart: bool) -> bool:
    """Whether the group is over before run ``k``; ``apart``: space stands above its first run."""
    if k == len(runs):
        return True
    behind = flows[runs[k].first]
    if not behind.follows:
        return apart
    return bool(behind.line.gap) and not run_counts_on(flows, runs, k)


def run_counts_on(flows: Sequence[Flow], runs: Sequence[Run], k: int) -> bool:
    """Whether a paragraph is the next entry of what the one before it belongs to."""
    return counts_on(flows[runs[k - 1].first].line.text, flows[runs[k].first].line.text)
