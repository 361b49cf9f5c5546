"""Numbers in brackets or circles that count the members of an enumeration, and call no note.

Comes in: a page's possible calls in their order. Goes out: the same without those that count on from a colon, are parted
by semicolons, or in brackets begin paragraphs. Refused: a mark that a closing mark follows, or nothing: so calls stand, and no member is
that short.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.recovery.notes.numbers import Mark
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.wording.marks import BEHIND_WORDS

APART = 8  # lines between two numbers of an enumeration, at most
SHORT = 2.0  # a line so many em shorter than the widest beside it ends a paragraph
_COLONS, _SEMICOLONS = "：:", "；;"


def without_enumerations(lines: Sequence[Line], marks: Sequence[Mark], circled: bool) -> list[Mark]:
    """The marks that may call notes; ``circled`` numbers need semicolons between them to be an enumeration's."""
    marks = sorted(marks, key=lambda mark: mark.place)
    counting = {
        mark.place for run in _runs(lines, marks) if _is_enumeration(lines, run, circled) for mark in run
    }
    begin = [mark for mark in marks if not mark.place[1] and _is_followed(lines, mark)]
    often = Counter(mark.value for mark in begin)  # what begins a line again below has its note there
    if not circled:
        counting |= {m.place for m in _in_steps(begin) if often[m.value] == 1 and _begins_entry(lines, m)}
    return [mark for mark in marks if mark.place not in counting]


def _in_steps(marks: Sequence[Mark]) -> Iterator[Mark]:
    """The marks that their neighbours count on from or to: a call that came to stand first on its line has none such."""
    for k, mark in enumerate(marks):
        near = [
            other for other in marks[max(0, k - 1) : k + 2] if abs(other.place[0] - mark.place[0]) <= APART
        ]
        if any(other.value - mark.value == (1 if other.place > mark.place else -1) for other in near):
            yield mark


def _runs(lines: Sequence[Line], marks: Sequence[Mark]) -> Iterator[list[Mark]]:
    """The runs 1, 2, 3 … of marks with text behind them, each near the one before."""
    run: list[Mark] = []
    for mark in marks:
        if not _is_followed(lines, mark):
            continue
        last = run[-1] if run else None
        if last is not None and mark.value == last.value + 1 and mark.place[0] - last.place[0] <= APART:
            run.append(mark)
            continue
        if len(run) > 1:
            yield run
        run = [mark] if mark.value == 1 else []
    if len(run) > 1:
        yield run


def _is_followed(lines: Sequence[Line], mark: Mark) -> bool:
    """Whether text follows the mark, on its line or the next."""
    line, start = mark.place
    text = lines[line].text[start + mark.length :]
    if not text and line + 1 < len(lines):
        text = lines[line + 1].text[mark.tail :]
    return text.lstrip()[:1] not in ("", *BEHIND_WORDS)


def _left_of(lines: Sequence[Line], mark: Mark) -> str:
    """What stands before the mark: on its line, else on the line above."""
    line, start = mark.place
    text = lines[line].text[:start].rstrip()
    return text or (lines[line - 1].text if line else "")


def _is_enumeration(lines: Sequence[Line], run: Sequence[Mark], circled: bool) -> bool:
    parted = sum(_left_of(lines, mark).endswith(tuple(_SEMICOLONS)) for mark in run[1:])
    announced = run[0].place[1] > 0 and _left_of(lines, run[0]).endswith(tuple(_COLONS))
    if parted * 2 >= len(run) - 1 and (parted > 1 or announced):  # one call may well stand behind a semicolon
        return True
    return not circled and announced


def _begins_entry(lines: Sequence[Line], mark: Mark) -> bool:
    """Whether a mark that begins its line begins a paragraph: a list's entry, or a note's body."""
    line = mark.place[0]
    if not line:
        return False
    own, before = lines[line], lines[line - 1]
    if own.indent > before.indent or own.gap or before.text.endswith((*_COLONS, *_SEMICOLONS)):
        return True
    widest = max(other.width for other in lines[max(0, line - 4) : line + 4])
    return is_closed(before.text) and before.width < widest - SHORT
