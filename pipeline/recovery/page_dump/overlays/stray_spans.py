"""What goes with the letters of a slanting watermark: blanks beside them, their lines, the end of a line that they tore.

Comes in: a layout and the places of the letters. Goes out: spans. Refused: putting halves together that no word or sentence joins.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pipeline.location import Span
from pipeline.recovery.page_dump.pages.layout import Layout, Line, usual_measure
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.marks import PAUSES

INDENT = 2.0  # em: an indent that was lost is so many more
OVER, UNDER = 1.5, 2.6  # em by which the halves of a printed line may be wider or narrower than the text
OFTEN = 3  # a pair that is so often elsewhere is a word
BESIDE = 2.0  # em from the letter that parted them


def off(em: float, where: float) -> float:
    """How far off a place is; the line's indent may have been lost."""
    return min(abs(em - where), abs(em + INDENT - where))


def spans_of(
    layout: Layout, ems: Mapping[tuple[int, int], float], pairs: Mapping[tuple[str, str], int]
) -> list[Span]:
    """The letters with the blanks that parted them from the text; whole lines where nothing else stands there.

    Where such a line parts the two halves of a printed one, the line's end before it goes, too. ``ems``: by its line and
    its place there, how far in each stands. ``pairs``: how often characters stand side by side.
    """
    lines = layout.lines
    by_line: dict[int, dict[int, float]] = {}
    for (line_number, at), em in sorted(ems.items()):
        by_line.setdefault(line_number, {})[at] = em
    whole = {i for i, places in by_line.items() if len(places) == len(lines[i].text.replace(" ", ""))}
    measure = usual_measure(lines)
    out: list[Span] = []
    torn = False
    for i, places in by_line.items():
        line = lines[i]
        if i not in whole:
            out += (_with_blanks(line, at) for at in places)
            continue
        if i - 1 not in whole:
            end = next((k for k in range(i, len(lines)) if k not in whole), len(lines))
            near = [em for k in range(i, end) for em in by_line[k].values()]
            torn = 0 < i < end < len(lines) and _is_torn(lines[i - 1 : end + 1], near, measure, pairs)
            if torn:
                out.append(Span(lines[i - 1].end, line.start))
        out.append(Span(line.start, line.after if torn else _line_end(layout.source, line.end)))
    return out


def _line_end(source: str, at: int) -> int:
    """Where the next line begins: blank lines and form feeds behind this one stay."""
    return source.find("\n", at) + 1 or len(source)


def _is_torn(
    lines: Sequence[Line], ems: Iterable[float], measure: float, pairs: Mapping[tuple[str, str], int]
) -> bool:
    """Whether the first and the last of the lines were one: letters between them stand where the first ends, and a word or a
    sentence goes on.
    """
    a, b = lines[0], lines[-1]
    both = a.em + b.em
    if both > measure + OVER or any(line.gap or line.feed or line.rule for line in lines[1:]):
        return False
    filled, there = both >= measure - UNDER, any(off(a.em, em) <= BESIDE for em in ems)
    if filled and there and (a.text[-1] in PAUSES or is_han(a.text[-1])):
        return True
    known = pairs[a.text[-1], b.text[0]] if is_han(a.text[-1]) else 0
    return known >= (1 if filled or there else OFTEN)


def _with_blanks(line: Line, at: int) -> Span:
    """A letter with the blank before it, and with that behind it where Han characters are on both sides.

    Before a line's first word the blank goes, too: one alone there would tell a page's beginning.
    """
    text, low, high = line.text, at, at + 1
    if text[:at].endswith(" "):
        low -= 1
        if is_han(text[:low].rstrip()[-1:]) and text[high : high + 1] == " ":
            high += 1
    elif not at and text[high : high + 1] == " ":
        high += 1
    return Span(line.start + low, line.start + high)
