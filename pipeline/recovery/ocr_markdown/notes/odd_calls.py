"""Calls that an engine wrote together or read wrongly: «2,3», «⁹¹⁰», «l», «1O».

Comes in: the source, and the calls that are found. Goes out: more of them. Refused: a reading that the numbers around it do not
count on with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from pipeline.note_signs import DIGITS, raised
from pipeline.recovery.ocr_markdown.blanks import begins_line, with_blanks
from pipeline.recovery.ocr_markdown.notes.marks import Call, style

_SEVERAL = re.compile(  # several numbers raised together
    raised(rf"(?P<all>{DIGITS}(?:(?:\s*[,，、;；]\s*{DIGITS})+|\s*(?P<dash>[-–—~])\s*{DIGITS}))\s*")
)
_TOUCHING = re.compile(  # two numbers that an engine read as one: «⁹¹⁰»
    rf"(?P<raised>[¹²³⁴-⁹][⁰¹²³⁴-⁹]{{1,5}})|{raised('(?P<n>[1-9][0-9]{1,5})')}"
)
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LETTERS = re.compile(raised("(?P<n>(?=[0-9]*[lIiOo|§SsBZzgq])[0-9lIiOo|§SsBZzgq]{1,3})"))
_DIGITS = str.maketrans("lIi|Oo§BSsZzgq", "11110088552299")


def raised_together(source: str) -> Iterator[Call]:
    """Each number of a raised ``2,3`` or ``2-4`` as a call. Sure, where they count on; else a body must ask for them."""
    for m in _SEVERAL.finditer(source):
        places = [n.span() for n in re.finditer(r"[0-9]+", source[m.start("all") : m.end("all")])]
        numbers = [int(m["all"][a:b]) for a, b in places]
        ends = [m.start("all") + b for _, b in places]
        if m["dash"]:
            if numbers[1] - numbers[0] == 2:
                numbers.insert(1, numbers[0] + 1)
                ends.insert(1, m.end("dash"))
            if len(numbers) != numbers[-1] - numbers[0] + 1:
                continue
        sure = all(b == a + 1 for a, b in pairwise(numbers))
        start, end = with_blanks(source, *m.span(), sure)
        for number, a, b in zip(numbers, [start, *ends[:-1]], [*ends[:-1], end], strict=True):
            yield Call(a, b, number, str(number), sure)


def touching_calls(source: str, found: Mapping[int, Call]) -> Iterator[tuple[Call, Call]]:
    """Two calls whose numbers touch, where the call before has the number before the first, and no other counts on from both as one."""
    numbers = {at: c for at, c in found.items() if c.number and not begins_line(source, at)}
    for m in _TOUCHING.finditer(source):
        if begins_line(source, m.start()):
            continue
        digits, at = (m["raised"] or m["n"]).translate(_PLAIN), m.start("raised" if m["raised"] else "n")
        size = next((k for k in range(1, len(digits)) if digits == f"{digits[:k]}{int(digits[:k]) + 1}"), 0)
        if not size:
            continue
        same = [a for a, c in numbers.items() if c.strong == (not m["raised"]) and style(c.mark) != "circled"]
        before = max((a for a in same if a < m.start()), default=-1)
        behind = min((a for a in same if a >= m.end()), default=-1)
        last = numbers[before].number if before >= 0 else 0
        next_one = numbers[behind].number if behind >= 0 else 0
        if int(digits[:size]) != last + 1 or next_one == int(digits) + 1:
            continue
        number, middle, sure = last + 1, at + size, not m["raised"]
        start, end = with_blanks(source, *m.span(), True)
        marks = (str(number), str(number + 1)) if sure else (source[at:middle], source[middle : m.end()])
        yield Call(start, middle, number, marks[0], sure), Call(middle, end, number + 1, marks[1], sure)


def misread_calls(source: str, found: Mapping[int, Call]) -> Iterator[Call]:
    """A raised ``l``, ``1O`` or ``§`` between numbers that it counts on with: a one, a nought, an eight."""
    letters = {m.start(): m for m in _LETTERS.finditer(source) if not begins_line(source, m.start())}
    if not letters:
        return
    numbers = {at: c.number for at, c in found.items() if c.strong and not begins_line(source, at)}
    if not numbers:
        return
    numbers |= {at: int(m["n"].translate(_DIGITS)) for at, m in letters.items()}
    before = 0
    places = sorted(numbers)
    for at, next_at in pairwise([*places, -1]):
        number, behind = numbers[at], numbers.get(next_at, numbers[at] + 1)
        if (m := letters.get(at)) is None:
            before = number or before
        elif before + 1 == number == behind - 1:
            yield Call(*with_blanks(source, *m.span(), True), number, str(number), True)
            before = number
