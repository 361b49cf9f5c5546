"""Where notes begin whose labels came out elsewhere: by what they say, how wide they are, what stands before them.

Comes in: the last lines of a page, and how many notes they end with. Goes out: the lines where those begin. Refused: lines
that speak against it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.recovery.page_dump.front_lines import is_label_line
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.page_dump.pages.widths import evenness
from pipeline.recovery.wording.letters import is_han, is_latin, is_mostly_han
from pipeline.recovery.wording.marks import NEVER_FIRST

_CITES = re.compile(
    r"[《〈]|[A-Za-zА-я]{3}|(?:^|[，。；：、])[可並并]?[见見]|参|參|同上|同前|同注|同註|引自|轉引|详|詳|頁|页|出版|檔案|档案"
)
_CLOSED = re.compile(r"(?:[。.！？!?）)》〉>]|(?<![,，、；;：:])[」』”’])\s*[0-9]*$")
_GOES_ON = re.compile("[，。、；：！？）」』》〉（(的了]")  # no note begins with one of these
_POINT = re.compile(r"[A-Za-z\u0400-\u04ff]\.$")  # so a title ends, or a name
OFF, EACH = 4.0, 2.0  # what the only blank line says before the notes, and one of several before one of them
COMMAS = "，、；,;"
BROKEN = 2.0  # the price of a line inside a note that is so much shorter than the others:
SHORTER = 3.0  # em
WORD = 1.5  # what a word says that goes on from the text's last line: into the notes, or overleaf
ABSTRACT = 6.0  # the price of a note that begins directly below the head of an abstract, or holds one
WIDER = 1.8  # em by which a line of the notes may exceed the text's
LETTERS = 0.8  # so wide are letters at least, of what half-width characters count
WIDE, ENOUGH = 12.0, 12  # em of a line that tells the measure, and so many such lines
SMALLER = 5  # so many wider lines: notes are set smaller
LEAST = -2.0  # a division may speak against itself by so much: the labels are called, so there is one
# This share of the lines begins with a mark that begins none in print: the others say nothing of their widths.
TORN = 0.02
FAR = 2  # lines, at most, that notes have whose labels stand close
MISFIT = 3.0  # the price of a note that does not fit what the blank lines between labels say
REACH = 45  # no notes of a page take more lines


class Setting(NamedTuple):
    """How a dump's text and notes are set."""

    measure: float  # of the text, in em
    notes: float  # of the notes, in em; the same where they are not set smaller, 0 where lines were torn
    pairs: Counter[tuple[str, str]]  # how often two characters stand together


def setting_of(layout: Layout, texts: Sequence[range]) -> Setting:
    """The setting that the pages agree on; ``texts`` are lines that are text and no notes."""
    lines = layout.lines
    measure = _text_measure(lines, texts)
    wider = evenness(
        [line.width for line in lines if line.width > measure + WIDER and is_mostly_han(line.text)]
    )
    torn = sum(line.text[0] in NEVER_FIRST for line in lines) > TORN * len(lines)
    notes = 0.0 if torn else wider.width if wider.lines >= SMALLER else measure
    return Setting(measure, notes, Counter(pairwise(layout.source)))


def _text_measure(lines: Sequence[Line], texts: Sequence[range]) -> float:
    """How wide the text is: by its own lines, where they are enough; notes may be the longer part."""
    widths = [lines[i].width for text in texts for i in text]
    if sum(width > WIDE for width in widths) < ENOUGH:
        widths = [line.width for line in lines] if texts else []
    return evenness(widths).width


def divide(
    lines: Sequence[Line],
    numbers: range,
    labels: Sequence[int],
    setting: Setting,
    opening: Line | None,
    top: bool,
) -> list[int]:
    """Where as many bodies as ``labels`` begin in the lines ``numbers``: the last of them ends there.

    ``top``: no other note of the page stands above them. ``opening``: the first line of the next page.
    """
    numbers = range(max(numbers.start, numbers.stop - REACH), numbers.stop)
    found = [
        division
        for apart in _partings(lines, labels)
        for division in _divisions(lines, numbers, apart, setting, opening, top)
    ]
    score, starts = max(found, default=(0.0, []))
    return starts if score > LEAST else []


def deal(lines: Sequence[Line], numbers: range, labels: Sequence[int], setting: Setting) -> list[int]:
    """Where as many bodies as ``labels`` begin in the lines ``numbers`` if the first begins with the first line; empty for others."""
    inner = range(numbers.start + 1, numbers.stop)
    broken = _broken(lines, numbers, setting)
    found = [
        (
            score
            - BROKEN * sum(broken[i] for i in range(numbers.start, starts[0] - 1))
            - _misfit(first, starts[0] - numbers.start),
            starts,
        )
        for first, *apart in _partings(lines, labels)
        for score, starts in _divisions(lines, inner, apart, setting, None, top=False)
    ]
    return [numbers.start, *max(found)[1]] if found else []


class _Parting(NamedTuple):
    """Whether a blank line stands behind a label, and how many lines a note has, at most, where none does."""

    blank: bool | None
    most: int


def _partings(lines: Sequence[Line], labels: Sequence[int]) -> Iterator[list[_Parting]]:
    """What the blank lines say that pdftotext puts between labels far apart, however far that is: the notes of those have more lines
    than the others'.
    """
    blanks = [lines[b].gap > 0 if b == a + 1 else None for a, b in pairwise(labels)]
    told = {True, False} <= set(blanks)
    for most in range(1, FAR + 1) if told else (1,):
        yield [_Parting(blank if told else None, most) for blank in (*blanks, None)]


def _misfit(parting: _Parting, length: int) -> float:
    """The price of a note of so many lines behind its label."""
    fits = parting.blank is None or parting.blank is (length > parting.most)
    return 0.0 if fits else MISFIT


def _divisions(
    lines: Sequence[Line],
    numbers: range,
    partings: Sequence[_Parting],
    setting: Setting,
    opening: Line | None,
    top: bool,
) -> list[tuple[float, list[int]]]:
    """What speaks for each line as the one that the first of the bodies begins with, and all beginnings then."""
    low, end = numbers.start, numbers.stop
    count = len(partings)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(count, end): (0.0, [])}
    worth = {i: _looks_noted(lines[i], setting.measure) for i in range(low, end)}
    headed = {i for i in range(low, end) if is_label_line(lines[i].text)}
    apart = [i for i in range(low, end) if lines[i].gap or lines[i].rule]
    off = apart[0] if len(apart) == 1 else -1
    broken = _broken(lines, range(low, end), setting)
    for k in range(count, 0, -1):
        for to in [at for left, at in best if left == k]:
            score, starts = best[k, to]
            inside = 0.0
            for i in range(to - 1, low - 1, -1):
                inside += worth[i] - (BROKEN if broken[i] and i < to - 1 else 0.0)
                inside -= ABSTRACT if i in headed else 0.0
                here = score + inside - (ABSTRACT if i - 1 in headed else 0.0)
                here += _begins(lines, i, setting, top and k == 1, opening)
                here += OFF - EACH if i == off and top and k == 1 else 0.0
                here -= _misfit(partings[k - 1], to - i)
                if here > best.get((k - 1, i), (float("-inf"), []))[0]:
                    best[k - 1, i] = (here, [i, *starts])
    return [value for (left, _), value in best.items() if left == 0]


def _broken(lines: Sequence[Line], numbers: range, setting: Setting) -> dict[int, bool]:
    """Which of the lines are so short that a note ends with them, unless one that goes on was broken.

    With a comma none ends: the extraction broke it there.
    """
    return {
        i: is_mostly_han(lines[i].text)
        and lines[i].width < setting.notes - SHORTER
        and lines[i].text[-1] not in COMMAS
        for i in numbers
    }


def _looks_noted(line: Line, measure: float) -> float:
    """Notes are set smaller: their lines hold more than the text's."""
    if not is_mostly_han(line.text):
        return 1.0 if LETTERS * line.width > measure + WIDER else -0.1
    if line.width > measure + WIDER:
        return 1.0
    return -0.7 if abs(line.width - measure) <= 1 else -0.1


def _begins(lines: Sequence[Line], i: int, setting: Setting, top: bool, opening: Line | None) -> float:
    """What speaks for a body's beginning at line ``i``; ``top``: the text ends before it."""
    before, line = lines[i - 1], lines[i]
    closed = _CLOSED.search(before.text) is not None
    weight = 1.5 if _CITES.search(line.text[:40]) else -0.5
    weight -= BROKEN if _GOES_ON.match(line.text) else 0
    if line.gap or line.rule:
        weight += EACH
    if not top:
        return weight + (0.5 if _POINT.search(before.text) else 1.5 if closed else -3)
    full = abs(before.width - setting.measure) <= WIDER
    weight -= WORD if _goes_on(before, line, setting, 2) else 0
    weight += WORD if opening is not None and _goes_on(before, opening, setting, 1) else 0
    if closed:
        return weight + (1.0 if opening is not None and (opening.indent >= 2 or full) else 0.3)
    if opening is None and full:  # where the dump ends the text may go on
        return weight + 0.3
    if full and opening is not None and opening.indent < 2:
        return weight + 1.5
    latin = opening is not None and is_latin(opening.text[0]) and is_latin(before.text[-1])
    if (
        opening is not None
        and latin
        and (opening.text[0].islower() or is_mostly_han(line.text) > is_mostly_han(opening.text))
    ):
        return weight + 1.5  # the text goes on overleaf in letters, whose widths say nothing
    return weight if line.gap else weight - 2


def _goes_on(before: Line, behind: Line, setting: Setting, least: int) -> bool:
    """Whether a word that the text has elsewhere, so often at ``least``, goes on in the line ``behind``."""
    a, b = before.text[-1], behind.text[0]
    return is_han(a) and is_han(b) and setting.pairs[a, b] >= least
