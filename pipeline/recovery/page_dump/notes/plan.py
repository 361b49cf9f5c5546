"""Which lines are notes and which marks are calls: what binding the notes of a dump yields."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.notes.numbers import Mark

INNER = "N15"  # the finding for a note that only another note calls


class Call(NamedTuple):
    """A call: characters ``start`` up to ``end`` of a line stand for the note ``label``.

    An empty label is the rest of a call that the line's end cut in two.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Body:
    """A body: its lines, and how many characters of the first are its mark. Empty lines: it is missing."""

    label: str
    lines: tuple[int, ...] = ()
    mark: int = 0


@dataclass
class NotePlan:
    """What is note and what is call, by line."""

    bodies: list[Body] = field(default_factory=list)
    calls: dict[int, list[Call]] = field(default_factory=lambda: defaultdict(list))
    note_lines: set[int] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)  # lines that only say that notes follow

    @property
    def worth(self) -> int:
        """How well bodies and calls explain each other: so many notes have both, less the bodies that nothing in the text calls."""
        called = {call.label for calls in self.calls.values() for call in calls if call.label}
        here = {body.label for body in self.bodies if body.lines}
        inner = sum(finding.rule == INNER for finding in self.findings)
        return len(called & here) - len(here - called) - 2 * inner

    def parts(self, start: int, end: int) -> bool:
        """Whether a line between these places says that notes follow: no paragraph goes on behind such notes."""
        return any(start <= mark.start < end for mark in self.marks)

    def add_call(self, mark: Mark, label: str) -> None:
        """Takes a mark for the call of the note ``label``."""
        line, start = mark.place
        self.calls[line].append(Call(start, start + mark.length, label))
        if mark.tail:
            self.calls[line + 1].append(Call(0, mark.tail, ""))
