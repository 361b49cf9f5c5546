"""What stays open when the notes of a dump are bound: bodies without calls, calls without bodies, numbers left out.

Comes in: the layout, the plan so far, and what could be calls. Goes out: the plan with its findings; a note that another note
calls has its call behind that one's. Refused: deciding which of several marks was meant.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.notes.numbers import Mark
from pipeline.recovery.notes.sequences import left_out
from pipeline.recovery.page_dump.notes.plan import INNER, Body, Call, NotePlan
from pipeline.recovery.page_dump.pages.layout import Layout

INSIDE = 3.0  # a number inside a note must look as much like a call as this to be a finding


def lack_body(layout: Layout, plan: NotePlan, mark: Mark, label: str) -> None:
    """Adds a note that is called by ``mark`` and has no body, with its finding."""
    plan.bodies.append(Body(label))
    message = f"note {label} is called and has no body in the source. Add its text."
    plan.findings.append(Finding("N10", message, span_of_mark(layout, mark)))


def lack_call(layout: Layout, plan: NotePlan, line: int, label: str) -> None:
    """Says that nothing calls the note whose body begins with this line."""
    message = f"note {label} has a body and no call in the text. Put its call where it belongs."
    plan.findings.append(Finding("N11", message, layout.lines[line].span))


def begin_before(layout: Layout, plan: NotePlan, rest: Sequence[int], first: str) -> None:
    """Adds the note before the ``first`` one, of which the dump has only the last lines, with its finding."""
    label = str(int(first) - 1)
    plan.bodies.append(Body(label, tuple(rest)))
    message = f"the dump begins within note {label}: its first lines and its call stand on the page before."
    plan.findings.append(Finding("N17", message, layout.lines[rest[0]].span))


def span_of_mark(layout: Layout, mark: Mark) -> Span:
    """Where a mark stands in the source."""
    start = layout.lines[mark.place[0]].start + mark.place[1]
    return Span(start, start + mark.length)


def call_behind_outer(
    layout: Layout, plan: NotePlan, tokens: Sequence[Sequence[Mark]], body: Mark, label: str
) -> bool:
    """Calls a note that another note calls behind the call of that one: no note holds a note."""
    owner = {i: other for other in plan.bodies for i in other.lines if other.label != label}
    inner = [
        (mark, owner[mark.place[0]])
        for page in range(max(0, body.page - 1), body.page + 1)
        for mark in tokens[page]
        if mark.value == body.value and mark.weight >= INSIDE and mark.place[1] and mark.place[0] in owner
    ]
    if len(inner) != 1 or inner[0][1].label != str(int(label) - 1):
        return False
    mark, outer = inner[0]
    for calls in plan.calls.values():
        place = next((call.end for call in calls if call.label == outer.label), None)
        if place is not None and not any(call.start == place for call in calls):
            calls.append(Call(place, place, label))
            message = (
                f"note {label} is called inside note {outer.label}, and no note holds a note: "
                f"its call stands behind that of note {outer.label} now. Look whether it may."
            )
            plan.findings.append(Finding(INNER, message, span_of_mark(layout, mark)))
            return True
    return False


def find_gaps(
    layout: Layout,
    plan: NotePlan,
    bodies: Sequence[Mark],
    labels: Sequence[str],
    calls: Sequence[Mark | None],
    tokens: Sequence[Sequence[Mark]],
) -> None:
    """Numbers that the bodies leave out: a call without body where the text has it, else a gap."""
    for k in range(1, len(bodies)):
        before, after = bodies[k - 1], bodies[k]
        for number, value in enumerate(left_out(before, after), 1):
            label = str(int(labels[k - 1]) + number)
            earlier, later = calls[k - 1], calls[k]
            low = earlier.place if earlier is not None else (before.place[0] - 40, 0)
            high = later.place if later is not None else after.place
            marks = [
                m
                for page in range(earlier.page if earlier is not None else before.page, after.page + 1)
                for m in tokens[page]
                if m.value == value
                and low < m.place < high
                and m.weight >= 2
                and m.place[0] not in plan.note_lines
            ]
            if len(marks) == 1:
                mark = marks[0]
                plan.add_call(mark, label)
                lack_body(layout, plan, mark, label)
            else:
                message = (
                    f"the notes go from {labels[k - 1]} to {labels[k]}: {label} is missing. Look for it."
                )
                plan.findings.append(Finding("N12", message, layout.lines[after.place[0]].span))


def find_doubles(layout: Layout, plan: NotePlan, tokens: Sequence[Sequence[Mark]]) -> None:
    """A note's number that stands again inside its own text, where a call would: a person must look. Each note is told once."""
    told: set[Body] = set()
    owner = {i: body for body in plan.bodies for i in body.lines}
    for marks in tokens:
        for mark in marks:
            body = owner.get(mark.place[0])
            if body is None or str(mark.value) != body.label or mark.weight < INSIDE or not mark.place[1]:
                continue
            following = layout.lines[mark.place[0]].text[mark.place[1] + mark.length :]
            if following[:1] in (".", "．", "、"):
                continue  # an entry of a list
            if body not in told and (mark.place[1] >= body.mark or mark.place[0] != body.lines[0]):
                told.add(body)
                message = f"the number of note {body.label} stands again inside its text. Is another note lost there?"
                plan.findings.append(Finding("N14", message, span_of_mark(layout, mark)))
