"""What in the text could call a note: page by page, in one style.

Comes in: a layout. Goes out: marks with their weights. Refused: members of an enumeration.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from itertools import pairwise

from pipeline.recovery.characters.codepoints import unified
from pipeline.recovery.notes.calls import call_marks
from pipeline.recovery.notes.numbers import CALL_SIGN, CALL_STARTS, Mark, MarkStyle, Place
from pipeline.recovery.page_dump.notes.enumerations import without_enumerations
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.wording.occurrence import occurring

COLUMN = 8  # lines from one number of a column to the next, at most
CELL = 6.0  # speaks against a number of a column: more than being alone on its line speaks for it


def pages_of_lines(layout: Layout) -> list[int]:
    """The page of every line."""
    out = [0] * len(layout.lines)
    for number, page in enumerate(layout.pages):
        out[page.first : page.last] = [number] * (page.last - page.first)
    return out


def signed_lines(layout: Layout) -> list[int]:
    """The lines in which a call can stand, in whole or in part."""
    signs = [CALL_SIGN.search(line.text) is not None for line in layout.lines]
    return [i for i, (own, behind) in enumerate(pairwise([*signs, False])) if own or behind]


def call_tokens(
    layout: Layout, pages: Sequence[int], style: MarkStyle, signed: Sequence[int]
) -> list[list[Mark]]:
    """Possible calls, page by page; ``signed`` are the lines to look at."""
    out: list[list[Mark]] = [[] for _ in layout.pages]
    lines = layout.lines
    begins = CALL_STARTS.get(style)
    there = occurring(begins, unified(layout.source)) if begins is not None else [""]  # which every line has
    for i in signed if there else ():
        line = lines[i]
        for sign in there:
            if sign in line.text:
                break
        else:
            continue
        before = lines[i - 1].text if i and pages[i - 1] == pages[i] else ""
        ended = line.trailing and not line.text.isdigit()  # white space behind a paragraph, not behind a call
        behind = "" if ended or i + 1 >= len(lines) or pages[i + 1] != pages[i] else lines[i + 1].text
        marks = call_marks(line.text, style, i, pages[i], before, behind)
        # Nothing stands before the text, but raised numbers told apart stand before their line.
        apart = i or not line.text.strip("0123456789 ")
        out[pages[i]].extend(mark for mark in marks if apart or mark.place[1])
    if style is MarkStyle.BARE:
        out = [_weigh_columns(lines, marks) for marks in out]
    if style in (MarkStyle.PAREN, MarkStyle.CIRCLED):
        out = [without_enumerations(lines, marks, style is MarkStyle.CIRCLED) for marks in out]
    return out


def _weigh_columns(lines: Sequence[Line], marks: list[Mark]) -> list[Mark]:
    """The marks of a page, with less for numbers alone on their lines that do not rise from one to the next near by, twice: a column's."""
    alone = {mark.place[0]: mark.value for mark in marks if mark.length == len(lines[mark.place[0]].text)}
    falls = [(a, b) for a, b in pairwise(alone) if b - a <= COLUMN and alone[b] <= alone[a]]
    cells = {line for pair in falls for line in pair} if len(falls) > 1 else ()
    return [mark._replace(weight=mark.weight - CELL) if mark.place[0] in cells else mark for mark in marks]


def first_lines(tokens: Sequence[Sequence[Mark]], labels: Container[Place] = ()) -> list[dict[int, int]]:
    """Page by page, the line where each number stands first that may well call; ``labels`` are none."""
    out = []
    for marks in tokens:
        first: dict[int, int] = {}
        for mark in marks:
            if mark.weight > 0 and mark.place not in labels:
                first.setdefault(mark.value, mark.place[0])
        out.append(first)
    return out
