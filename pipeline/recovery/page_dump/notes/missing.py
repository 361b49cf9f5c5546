"""Calls of a dump whose notes' bodies are not in it: the numbers run on, and nothing else explains them.

Comes in: a layout without furniture. Goes out: a ``NotePlan`` whose bodies are all missing. Refused: entries of lists, numbers of
sections, works cited by their number.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.notes.calls import STRONG
from pipeline.recovery.notes.numbers import BODY_MARKS, Mark, MarkStyle
from pipeline.recovery.notes.sequences import choose_calls
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.notes.numbering import is_excerpt
from pipeline.recovery.page_dump.notes.open_ends import lack_body
from pipeline.recovery.page_dump.notes.plan import NotePlan
from pipeline.recovery.page_dump.notes.standing import stand_as_calls
from pipeline.recovery.page_dump.notes.tokens import call_tokens, signed_lines
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import numbers_begun
from pipeline.recovery.wording.marks import HAN_CLOSERS, NEVER_FIRST, PAUSES, QUOTE_ENDS

PLAIN = 2 / 3  # of the numbers without bodies stand as calls do, at least
UNLISTED = (MarkStyle.BARE, MarkStyle.RAISED)  # lists and works are numbered otherwise
DOUBTFUL = -4.5  # a mark that weighs less is no call, even if it is the only one


def _is_list_mark(layout: Layout, mark: Mark) -> bool:
    """Whether a number begins a line like an entry of a list, or a paragraph («圖①»): nothing called it there."""
    number, at = mark.place
    line = layout.lines[number]
    if line.text[:at].strip("圖图表例"):
        return False
    return opens_paragraph(layout, number) or line.text[at + mark.length :][:1] in tuple(" \u3000.．、")


def opens_paragraph(layout: Layout, number: int) -> bool:
    """Whether a line may begin a paragraph: behind a gap, indented, or where a sentence ended."""
    line = layout.lines[number]
    return not number or bool(line.gap or line.indent) or is_closed(layout.lines[number - 1].text)


def _lists_works(layout: Layout) -> bool:
    """Whether lines begin with [1], [2], [3]: the works that these numbers cite, in whatever order."""
    label = BODY_MARKS[MarkStyle.BRACKET]
    found = (label.match(line.text) for line in layout.lines if line.text[0] in "[［〔【")
    return len({match[1] for match in found if match} & {"1", "2", "3"}) == 3


def _stand_alone(layout: Layout, marks: Sequence[Mark]) -> bool:
    """Whether most marks are all of their lines, as the numbers of sections are where their titles came out below."""
    return 2 * sum(mark.length == len(layout.lines[mark.place[0]].text) for mark in marks) > len(marks)


def filled(chain: Sequence[Mark], marks: Sequence[Mark]) -> list[Mark]:
    """The chain with the numbers it leaves out, where only one mark between its neighbours can be meant."""
    out: list[Mark] = []
    for mark in chain:
        low, last = (out[-1].place, out[-1].value) if out else ((-1, 0), 0)
        for value in range(last + 1, mark.value):
            between = [
                m for m in marks if m.value == value and low < m.place < mark.place and m.weight > DOUBTFUL
            ]
            if len(between) == 1:
                out.append(between[0])
                low = between[0].place
        out.append(mark)
    return out


def _excerpted(layout: Layout, marks: Sequence[Mark]) -> list[Mark]:
    """Calls of some pages of a longer text: they count on from any number, and no other number stands so surely as a third of them.

    Verses are numbered behind sentences, too, but hardly before marks and behind quotations. Where lines begin with these numbers the
    notes may stand there, or nothing counts but a list.
    """
    certainty = {mark: _certainty(layout, mark) for mark in marks if mark.weight >= STRONG}
    chain = choose_calls([mark for mark, sure in certainty.items() if sure >= 0], 1, excerpted=True)
    sure = {mark for mark, sure in certainty.items() if sure > 0}
    inner = layout.lines[1:-1]  # at the edges stands the page's own number
    begun = numbers_begun(line.text for line in inner)
    if 3 * len(sure) < len(chain) or not sure <= set(chain) or any(mark.value in begun for mark in chain):
        return []
    return chain


def _certainty(layout: Layout, mark: Mark) -> int:
    """How surely a mark that looks much like a call is one: 1, 0 where others must stand with it, -1 where it is an entry's or a word."""
    (number, at), end = mark.place, mark.place[1] + mark.length
    text = layout.lines[number].text
    before, behind = text[:at].rstrip()[-1:], text[end:].lstrip()[:1]
    if behind in tuple(".．、)）") or (before == "’" and "‘" not in text[:at]):
        return -1  # an entry, or a year («’97»)
    closed, closing = before in tuple(HAN_CLOSERS), behind in ("", *NEVER_FIRST)
    if not text[at].isalpha():
        if not behind and _goes_on(layout, number):
            return -1
        return closed and (mark.weight > STRONG or before in tuple(QUOTE_ENDS))
    if not closing and (behind.isascii() or text[end].isspace()):
        return -1
    return 1 if closed else 0 if closing or before in tuple(PAUSES) else -1


def _goes_on(layout: Layout, number: int) -> bool:
    """Whether the line below begins with digits: the end of the line may have cut a year."""
    return number + 1 < len(layout.lines) and layout.lines[number + 1].text[0].isdigit()


def plan_missing(layout: Layout, pages: Sequence[int]) -> NotePlan:
    """Calls of a source that has no bodies at all."""
    plan = NotePlan()
    signed = signed_lines(layout)
    for style in (MarkStyle.BARE, MarkStyle.RAISED, MarkStyle.CIRCLED, MarkStyle.BRACKET):
        if style is MarkStyle.BRACKET and _lists_works(layout):
            continue
        marks = [
            m
            for marks in call_tokens(layout, pages, style, signed)
            for m in marks
            if not _is_list_mark(layout, m)
        ]
        chain = filled(choose_calls(marks), marks)
        if not chain and style in UNLISTED and is_excerpt(layout):
            chain = _excerpted(layout, marks)
        if len(chain) <= len(plan.bodies) or _stand_alone(layout, chain):
            continue
        places = [(mark.place[0], mark.place[1], mark.place[1] + mark.length) for mark in chain]
        if stand_as_calls(layout, places, PLAIN, lost=True):
            plan = NotePlan()
            for mark in chain:
                label = str(mark.value)
                plan.add_call(mark, label)
                lack_body(layout, plan, mark, label)
    return plan
