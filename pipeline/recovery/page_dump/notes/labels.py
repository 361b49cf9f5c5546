"""Labels of notes that came out behind their bodies: some extractors give raised numbers last on the page.

Comes in: a layout without furniture. Goes out: the same lines with those labels before their bodies. Refused: a number
at a page's foot that its text does not call, and a page whose lines do not divide into as many notes as there are labels.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.recovery.notes.calls import call_marks
from pipeline.recovery.notes.numbers import BODY_MARKS, LONGEST_LABEL, MarkStyle, label_number, number_of
from pipeline.recovery.page_dump.notes.unlabelled import divide, setting_of
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page

_STYLES = (MarkStyle.BARE, MarkStyle.CIRCLED, MarkStyle.RAISED, MarkStyle.BRACKET)
SURE = 3.0  # weighs a number right behind a mark
LONG = 8.0  # em of a line that something stood far behind


def sort_labels(layout: Layout) -> Layout:
    """The layout with each page's stacked labels before the bodies that they belong to."""
    lines = _lifted(layout)
    found = []
    for number, page in enumerate(layout.pages):
        labels = _labels(lines, page)
        if not (stack := _stack(lines, labels, page)):
            continue
        end = _first_labelled(labels, stack)
        before = layout.pages[number - 1] if number else Page(0, 0)
        if (low := _last_call(lines, page, labels, stack, end, before)) is not None:
            found.append((number, page, labels, stack, end, low))
    if not found:
        return replace(layout, lines=tuple(lines))
    setting = setting_of(layout, [range(page.first, low + 1) for _, page, *_, low in found])
    for number, page, labels, stack, end, low in found:
        behind = layout.pages[number + 1] if number + 1 < len(layout.pages) else None
        opening = lines[behind.first] if behind is not None and behind.first < behind.last else None
        kept = _label_before(labels, low, end, stack)
        starts = divide(lines, range(max(low, kept + 1) + 1, end), stack, setting, opening, kept < 0)
        if starts:
            lines[page.first : page.last] = _sorted(lines, page, stack, starts)
    return replace(layout, lines=tuple(lines))


def _lifted(layout: Layout) -> list[Line]:
    """The lines with each label that came out below the first line of its note above it.

    That line stands farther in, as first lines of notes do, and the label leads to nothing: behind it stands a blank line,
    or the rest of the note farther out, or the rest of that line far behind.
    """
    lines = list(layout.lines)
    for page in layout.pages:
        for i in range(page.first + 1, page.last - 1):
            first, label, behind = lines[i - 1 : i + 2]
            if not first.indent or label.gap or not label_number(label.text) or label_number(first.text):
                continue
            torn = (  # half-widths: it stands where the line would go on
                first.em >= LONG and not behind.gap and behind.indent > 1.5 * first.em
            )
            if torn or (behind.gap and first.gap) or behind.indent < label.indent < first.indent:
                lines[i - 1 : i + 1] = [
                    label._replace(gap=first.gap, rule=first.rule),
                    first._replace(gap=0, rule=0),
                ]
    return lines


def _labels(lines: Sequence[Line], page: Page) -> dict[int, int]:
    """The numbers of the page's lines that are only labels, in order."""
    return {
        i: value
        for i in range(page.first, page.last)
        if len(lines[i].text) <= LONGEST_LABEL and (value := label_number(lines[i].text))
    }


def _stack(lines: Sequence[Line], labels: dict[int, int], page: Page) -> list[int]:
    """The labels in rising order, or from 1 again, one below the other, that end the page or come behind the next label.

    A label that stands before the next, too, is in its place there: below it begins the note of another page.
    """
    above = list(labels)
    while above:
        last = first = above.pop()
        while above and above[-1] == first - 1:
            first = above.pop()
        values = [labels[i] for i in range(first, last + 1)]
        if first > page.first + 1 and all(b in (a + 1, 1) for a, b in pairwise(values)):
            following = values[-1] + 1
            passed = any(
                labels[i] == following and (not k or labels[above[k - 1]] != values[-1])
                for k, i in enumerate(above)
            )
            if last + 1 == page.last or (passed and not _begins_note(lines[last + 1 : page.last], following)):
                return list(range(first, last + 1))
    return []


def _begins_note(lines: Sequence[Line], value: int) -> bool:
    """Whether one of the lines begins with the label of this note."""
    marks = (BODY_MARKS[style].match(line.text) for line in lines for style in _STYLES)
    return any(number_of(mark[1]) == value for mark in marks if mark)


def _last_call(
    lines: Sequence[Line],
    page: Page,
    labels: dict[int, int],
    stack: Sequence[int],
    end: int,
    before: Page,
) -> int | None:
    """The line where the page's text calls the last of its notes; ``None`` where nothing calls one of the stack.

    The notes that the page ``before`` calls stand first: its last line had no room for them.
    """
    stacked = {labels[i] for i in stack}
    here = [i for i in range(page.first, end) if i not in labels or labels[i] in stacked]
    found = _calls(lines, here, set(labels.values()))
    missing = stacked - found.keys()
    if missing and missing == {labels[i] for i in stack[: len(missing)]}:
        missing -= _calls(lines, range(before.first, before.last), missing).keys()
    return None if missing else max(found.values(), default=page.first)


def _calls(lines: Sequence[Line], numbers: Iterable[int], values: Container[int]) -> dict[int, int]:
    """Where each of the notes ``values`` is called, as far as it looks: the line.

    Of several sure ones it is the first: the others stand in the notes.
    """
    found: dict[int, tuple[float, int]] = {}  # weight, and the line counted down
    for i in numbers:
        behind = lines[i + 1].text if i + 1 < len(lines) else ""
        for style in _STYLES:
            marks = call_marks(lines[i].text, style, i, 0, lines[i - 1].text if i else "", behind)
            for mark in marks:
                if mark.weight > 0 and mark.value in values:
                    found[mark.value] = max((min(mark.weight, SURE), -i), found.get(mark.value, (0.0, 0)))
    return {value: -line for value, (_, line) in found.items()}


def _first_labelled(labels: dict[int, int], stack: Sequence[int]) -> int:
    """The line of the first label that stands where it belongs and goes on behind the stacked ones."""
    # The last of each: one above may be a call.
    alone = {value: i for i, value in labels.items() if i < stack[0]}
    # A 1 before a stacked 2 is the note before, before a stacked 1 a call.
    begins_again = alone.get(1, stack[0]) if labels[stack[0]] > 2 else stack[0]
    return alone.get(labels[stack[-1]] + 1, begins_again)


def _label_before(labels: dict[int, int], low: int, end: int, stack: Sequence[int]) -> int:
    """The line of the label that stayed in its place and comes before the stacked ones; -1 where none did."""
    found = [i for i in labels if low < i < end - 1]
    return found[-1] if found and labels[found[-1]] == labels[stack[0]] - 1 else -1


def _sorted(lines: Sequence[Line], page: Page, stack: Sequence[int], starts: Sequence[int]) -> list[Line]:
    """The page's lines with each stacked label before its body, set off as the body was."""
    out: list[Line] = []
    label_of = dict(zip(starts, stack, strict=True))
    for i in range(page.first, page.last):
        line = lines[i]
        if i in stack:
            continue
        if i in label_of:
            out.append(lines[label_of[i]]._replace(gap=line.gap, rule=line.rule))
            line = line._replace(gap=0, rule=0)
        out.append(line)
    return out
