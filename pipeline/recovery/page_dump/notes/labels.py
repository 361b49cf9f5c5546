"""Labels of notes that came out behind their bodies: some extractors give raised numbers last on the page.

Comes in: a layout without furniture. Goes out: the same lines with those labels before their bodies. Refused: a number
at a page's foot that its text does not call, and a page whose lines do not divide into as many notes as there are labels.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.notes import MarkStyle, call_marks, number_of
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.text.letters import is_han
from pipeline.recovery.page_dump.text.profile import evenness

_LABEL = re.compile(r"[0-9]{1,3}|[①-⑳]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}")
_CITES = re.compile(
    r"[《〈“「]|[A-Za-zА-я]{3}|見|参|參|同上|同前|同注|同註|引自|轉引|详|詳|頁|页|出版|檔案|档案"
)
_CLOSED = re.compile(r"[。.！？!?」』”’）)》〉>]\s*[0-9]*$")
WIDER = 1.8  # em by which a line of the notes may exceed the text's
SHORT = 2.0  # what speaks against a note that ends its first line early and has another
WIDE, ENOUGH = 12.0, 12  # em of a line that tells the measure, and so many such lines
REACH = 45  # no notes of a page take more lines


def sort_labels(layout: Layout) -> Layout:
    """The layout with each page's stacked labels before the bodies that they belong to."""
    lines = list(layout.lines)
    found = []
    for number, page in enumerate(layout.pages):
        stack = _stack(lines, page)
        end = _first_labelled(lines, page, stack) if stack else page.first
        low = _last_call(lines, page, stack, end) if stack else None
        if low is not None:
            found.append((number, page, stack, end, low))
    measure = _text_measure(lines, [(page.first, low + 1) for _, page, _, _, low in found])
    for number, page, stack, end, low in found:
        behind = layout.pages[number + 1] if number + 1 < len(layout.pages) else None
        opening = lines[behind.first] if behind is not None and behind.first < behind.last else None
        kept = _label_before(lines, low, end, stack)
        starts = _divide(lines, max(low, kept + 1) + 1, end, len(stack), measure, opening, kept < 0)
        if starts:
            lines[page.first : page.last] = _sorted(lines, page, stack, starts)
    return replace(layout, lines=tuple(lines))


def _text_measure(lines: Sequence[Line], called: Sequence[tuple[int, int]]) -> float:
    """How wide the text is: by the lines down to each page's last call, where they are enough; notes may be the longer part."""
    widths = [line.width for first, last in called for line in lines[first:last]]
    if sum(width > WIDE for width in widths) < ENOUGH:
        widths = [line.width for line in lines] if called else []
    return evenness(widths)[1]


def _stack(lines: Sequence[Line], page: Page) -> list[int]:
    """The lines at the page's end that are only labels, one after the other in rising order or from 1 again."""
    at = page.last
    while at > page.first and _LABEL.fullmatch(lines[at - 1].text):
        at -= 1
    stack = list(range(at, page.last))
    values = [number_of(lines[i].text) for i in stack]
    rising = all(b in (a + 1, 1) for a, b in pairwise(values))
    return stack if rising and at > page.first + 1 else []


def _last_call(lines: Sequence[Line], page: Page, stack: Sequence[int], end: int) -> int | None:
    """The line where the page's text calls the last of its notes; ``None`` where it does not call all of the stack."""
    values = {
        number_of(lines[i].text) for i in range(page.first, page.last) if _LABEL.fullmatch(lines[i].text)
    }
    stacked = {number_of(lines[i].text) for i in stack}
    found: dict[int, tuple[float, int]] = {}
    for i in range(page.first, end):
        if _LABEL.fullmatch(lines[i].text) and number_of(lines[i].text) not in stacked:
            continue  # a label in its place
        behind = lines[i + 1].text if i + 1 < end else ""
        for style in (MarkStyle.BARE, MarkStyle.CIRCLED, MarkStyle.RAISED):
            marks = call_marks(lines[i].text, style, i, 0, lines[i - 1].text if i else "", behind)
            for mark in marks:
                if mark.weight > 0 and mark.value in values:
                    found[mark.value] = max((mark.weight, -i), found.get(mark.value, (0.0, 0)))
    called = all(number_of(lines[i].text) in found for i in stack)
    return max(-line for _, line in found.values()) if called else None


def _first_labelled(lines: Sequence[Line], page: Page, stack: Sequence[int]) -> int:
    """The line of the first label that stands where it belongs and goes on behind the stacked ones."""
    first, last = (number_of(lines[i].text) for i in (stack[0], stack[-1]))
    alone = {
        number_of(lines[i].text): i
        for i in range(stack[0] - 1, page.first, -1)
        if _LABEL.fullmatch(lines[i].text)
    }
    begins_again = (
        alone.get(1, stack[0]) if first != 2 else stack[0]
    )  # a 1 before a stacked 2 is the note before
    return alone.get(last + 1, begins_again)


def _label_before(lines: Sequence[Line], low: int, end: int, stack: Sequence[int]) -> int:
    """The line of the label that stayed in its place and comes before the stacked ones; -1 where none did."""
    wanted = number_of(lines[stack[0]].text) - 1
    found = [i for i in range(low + 1, end - 1) if _LABEL.fullmatch(lines[i].text)]
    return found[-1] if found and number_of(lines[found[-1]].text) == wanted else -1


def _divide(
    lines: Sequence[Line],
    first: int,
    end: int,
    count: int,
    measure: float,
    opening: Line | None,
    top: bool,
) -> list[int]:
    """Where ``count`` bodies begin in the lines before ``end``: the last of them ends there.

    ``top``: no other note of the page stands above them.
    """
    low = max(first, end - REACH)
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(count, end): (0.0, [])}
    worth = {i: _looks_noted(lines[i], measure) for i in range(low, end)}
    for k in range(count, 0, -1):
        for to in [at for left, at in best if left == k]:
            score, starts = best[k, to]
            inside = 0.0
            for i in range(to - 1, low - 1, -1):
                inside += worth[i]
                here = score + inside + _begins(lines, i, measure, top and k == 1, opening)
                here -= SHORT if to - i > 1 and lines[i].width < measure - 2 else 0
                if here > best.get((k - 1, i), (float("-inf"), []))[0]:
                    best[k - 1, i] = (here, [i, *starts])
    found = [value for (left, _), value in best.items() if left == 0]
    score, starts = max(found, default=(0.0, []))
    return starts if score > 0 else []


def _looks_noted(line: Line, measure: float) -> float:
    """Notes are set smaller: their lines hold more than the text's. Letters are of many widths and say nothing."""
    if sum(map(is_han, line.text)) * 2 < len(line.text):
        return -0.1
    if line.width > measure + WIDER:
        return 1.0
    return -0.7 if abs(line.width - measure) <= 1 else -0.1


def _begins(lines: Sequence[Line], i: int, measure: float, top: bool, opening: Line | None) -> float:
    """What speaks for a body's beginning at line ``i``; ``top``: the text ends before it."""
    before, line = lines[i - 1], lines[i]
    closed = _CLOSED.search(before.text) is not None
    weight = 1.5 if _CITES.search(line.text[:40]) else -0.5
    weight += 2 if line.gap or line.rule else 0
    if not top:
        return weight + (1.5 if closed else -3)
    full = abs(before.width - measure) <= WIDER
    if closed:
        return weight + (1.0 if opening is not None and (opening.indent >= 2 or full) else 0.3)
    if full and opening is not None and opening.indent < 2:
        return weight + 1.5
    return weight if line.gap else weight - 2


def _sorted(lines: Sequence[Line], page: Page, stack: Sequence[int], starts: Sequence[int]) -> list[Line]:
    """The page's lines with each stacked label before its body, set off as the body was."""
    out: list[Line] = []
    label_of = dict(zip(starts, stack, strict=True))
    for i in range(page.first, stack[0]):
        line = lines[i]
        if i in label_of:
            out.append(lines[label_of[i]]._replace(gap=line.gap, rule=line.rule))
            line = line._replace(gap=0, rule=0)
        out.append(line)
    return out
