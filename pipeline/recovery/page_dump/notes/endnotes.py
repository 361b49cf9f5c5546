"""Endnotes of a page dump: a heading such as 註釋 near the end, and behind it the bodies, one after the other.

Comes in: a layout without furniture. Goes out: a ``NotePlan`` for each such section that may be it.
Refused: a section whose numbers do not run from 1 on, or that the text does not call: then the notes, if any,
are at the feet of the pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.han import OPENING
from pipeline.recovery.notes.numbers import (
    BODY_MARKS,
    BODY_STARTS,
    LETTERED,
    Mark,
    MarkStyle,
    lettered_numbers,
    number_of,
)
from pipeline.recovery.notes.sequences import choose_bodies, choose_calls
from pipeline.recovery.page_dump.notes.missing import filled
from pipeline.recovery.page_dump.notes.open_ends import lack_body, lack_call
from pipeline.recovery.page_dump.notes.plan import Body, NotePlan
from pipeline.recovery.page_dump.notes.sections import list_end, notes_heads, plan_chapters
from pipeline.recovery.page_dump.notes.tokens import call_tokens, pages_of_lines, signed_lines
from pipeline.recovery.page_dump.notes.zones import deal_stacked
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.wording.marks import CLOSERS

_CLOSED = re.compile(rf"[{re.escape(CLOSERS)};；］0-9]\s*$")
_CALL_STYLES = (  # the bare number stands in «（註3）», too
    MarkStyle.WORD,
    MarkStyle.RAISED,
    MarkStyle.CIRCLED,
    MarkStyle.BRACKET,
    MarkStyle.PAREN,
    MarkStyle.BARE,
    MarkStyle.ROMAN,
)
RESTART = 99.0  # endnotes count on to the end
LEAST = 3  # fewer bodies may be a list
STRAYS, WORD = 2, 10.0  # so many lines, at most, of so many em

# A line that may begin a body, its label, and the notes that the label names: mostly one.
_Labelled = tuple[int, re.Match[str], tuple[int, ...]]


def endnote_plans(layout: Layout) -> Iterator[NotePlan]:
    """Endnotes bound to their calls, as each heading gives them that may stand above them."""
    for head in _headings(layout):
        if plan := plan_chapters(layout, head):
            yield plan
        bodies = _read_bodies(layout, head)
        calls = _read_calls(layout, head)
        if len(bodies) >= LEAST and len(calls) * 2 >= len(bodies):
            yield _plan(layout, head, bodies, calls)


def _headings(layout: Layout) -> list[int]:
    """Lines that say «notes» and nothing else, the last first; none in the first third of the text."""
    return [i for i in reversed(notes_heads(layout.lines)) if i * 3 > len(layout.lines)]


def _read_bodies(layout: Layout, head: int) -> list[tuple[Mark, tuple[int, ...]]]:
    """The bodies behind the heading, and the notes that each is of: the marks 1, 2, 3 … at the beginning of lines, in the style
    that finds most. A word that came out of its line (pdfminer) may stand above the first of them.
    """
    best: list[tuple[Mark, tuple[int, ...]]] = []
    behind = enumerate(layout.lines[head + 1 :], head + 1)
    marked = [(i, line.text) for i, line in behind if line.text[0] in BODY_STARTS]
    for found in (*(_labelled(marked, style) for style in MarkStyle), _lettered(marked)):
        if not found or not _begins_list(layout, head, found[0][0]):
            continue
        chain = choose_bodies(list(_weighed(layout, found)), RESTART)
        if chain and chain[0].value == 1 and chain[0].place[0] == found[0][0] and len(chain) > len(best):
            named = {i: numbers for i, _, numbers in found}
            best = [(mark, named[mark.place[0]]) for mark in chain]
    return best


def _begins_list(layout: Layout, head: int, first: int) -> bool:
    """Whether nothing but a word or two stands between the heading and the first body."""
    between = layout.lines[head + 1 : first]
    return len(between) <= STRAYS and all(line.em <= WORD for line in between)


def _labelled(marked: Sequence[tuple[int, str]], style: MarkStyle) -> list[_Labelled]:
    matches = ((i, BODY_MARKS[style].match(text)) for i, text in marked)
    return [(i, match, (number,)) for i, match in matches if match and (number := number_of(match[1]))]


def _lettered(marked: Sequence[tuple[int, str]]) -> list[_Labelled]:
    """The labels in digits and letter pairs, one of which may name several notes; none where none is in letters."""
    matches = [(i, LETTERED.match(text)) for i, text in marked]
    found = [(i, match, lettered_numbers(match[1])) for i, match in matches if match]
    return [one for one in found if one[2]] if any(match[1].isalpha() for _, match, _ in found) else []


def _weighed(layout: Layout, found: Sequence[_Labelled]) -> Iterator[Mark]:
    """The marks with their weights: if the first of bare numbers stands apart from its text, all do; a body begins where one may
    end. A mark that opens has space of its own. Where the first is alone on its line, wider labels may still stand beside their text: most of these say it then.
    """
    alone_on = [match.end() == len(layout.lines[i].text) for i, match, _ in found]
    beside = [bool(match[2]) for (_, match, _), alone in zip(found, alone_on, strict=True) if not alone]
    spaced = 2 * sum(beside) > len(beside) if alone_on[0] else beside[0]
    for k, ((i, match, numbers), alone) in enumerate(zip(found, alone_on, strict=True)):
        text = layout.lines[i].text
        bare = match[0].strip().isdigit() and text[match.end() : match.end() + 1] not in OPENING
        if k and not alone and bare and bool(match[2]) != spaced:
            continue
        ended = not k or _may_end(layout, i - 1)
        weight = 1.5 if ended else 0.5 if alone else -4.0
        yield Mark(numbers[0], (i, 0), match.end(), weight)


def _may_end(layout: Layout, i: int) -> bool:
    """Whether a body may end with this line: it is closed, or short."""
    line = layout.lines[i]
    widest = max(other.em for other in layout.lines[max(0, i - 12) : i + 12])
    return _CLOSED.search(line.text) is not None or line.width < widest * 0.7


def _read_calls(layout: Layout, head: int) -> list[Mark]:
    """The calls before the heading: the longest run 1, 2, 3 … of one style, with what only one mark can be."""
    pages, signed = pages_of_lines(layout), [i for i in signed_lines(layout) if i < head]
    runs = []
    for style in _CALL_STYLES:
        marks = [mark for marks in call_tokens(layout, pages, style, signed) for mark in marks]
        runs.append(filled(choose_calls(marks, LEAST), marks))
    return max(runs, key=len)


def _plan(
    layout: Layout, head: int, bodies: Sequence[tuple[Mark, tuple[int, ...]]], calls: Sequence[Mark]
) -> NotePlan:
    plan = NotePlan()
    plan.marks.append(layout.lines[head].span)
    starts = [body.place[0] for body, _ in bodies]
    last = list_end(layout.lines, starts[-1])
    plan.note_lines = {head, *range(starts[0], last)}
    marks = [body for body, _ in bodies]
    lines_of = {k: [*range(*bounds)] for k, bounds in enumerate(pairwise([*starts, last]))}
    deal_stacked(layout, marks, lines_of)
    for k, body in enumerate(marks):
        plan.bodies.append(Body(str(body.value), tuple(lines_of[k]), body.length))
    said_by = {number: str(body.value) for body, numbers in bodies for number in numbers}
    for mark in calls:
        label = said_by.get(mark.value, str(mark.value))
        plan.add_call(mark, label)
        if mark.value not in said_by:
            lack_body(layout, plan, mark, label)
    called = {mark.value for mark in calls}
    for body, numbers in bodies:
        if called.isdisjoint(numbers):
            lack_call(layout, plan, body.place[0], str(body.value))
    return plan
