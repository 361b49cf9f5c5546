"""Which lines are notes and which marks are calls: what binding the notes of a dump yields."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.notes.numbers import Mark


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

    def parts(self, start: int, end: int) -> bool:
        """Whether a line between these places says that notes follow: no paragraph goes on behind such notes."""
        return any(start <= mark.start < end for mark in self.marks)

    def add_call(self, mark: Mark, label: str) -> None:
        """Takes a mark for the call of the note ``label``."""
        line, start = mark.place
        self.calls[line].append(Call(start, start + mark.length, label))
        if mark.tail:
            self.calls[line + 1].append(Call(0, mark.tail, ""))
