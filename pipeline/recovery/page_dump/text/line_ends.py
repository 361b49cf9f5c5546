"""What stands around a line end: the two lines and their neighbours, what the first one says and how far it reaches.

Comes in: lines with their indents and widths, the document's ``Profile``. Goes out: ``Break`` and ``Width``, which
``paragraphs`` weighs.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.recovery.page_dump.text.profile import Flow, Profile, excuse_of
from pipeline.recovery.wording.letters import is_han, is_latin, last_of
from pipeline.recovery.wording.marks import (
    BRACKET_ENDS,
    CLOSERS,
    NEVER_FIRST,
    SENTENCE_ENDS,
    TO_WIDE,
    ends_in_source,
    is_initial,
    is_sentence_end,
)

CENTRED = 12  # half-widths of indent that no paragraph has: the line was set in the middle
FAR = 3.0  # em short of the measure: a paragraph may end here although a quotation mark alone says so
TITLE = 0.55  # of the measure: no line that goes on is shorter
ROOM = 1.5  # em by which the pieces of a printed line may exceed the measure


class Around(NamedTuple):
    """Lines ``a`` and ``b`` on end, between which a paragraph may end, with those around them.

    ``c`` is the line behind; ``first``: ``a`` is itself a paragraph's first line; ``z`` is the line before
    ``a`` in its paragraph; ``inner``: ``z`` is not that paragraph's first line.
    """

    a: Flow
    b: Flow
    c: Flow | None = None
    z: Flow | None = None
    first: bool = False
    inner: bool = False


class Break:
    """Two lines on end with those around them, and what the first of them ends with."""

    __slots__ = (
        "a", "announced", "apart", "b", "c", "centred", "closed", "colon", "first", "indents",
        "inner", "last", "profile", "tight", "titled", "told", "weak", "z",
    )  # fmt: skip

    def __init__(self, around: Around, last: str, profile: Profile) -> None:
        self.a, self.b, self.c, self.z, self.first, self.inner = a, b, c, z, first, _ = around
        self.last, self.profile = last, profile
        quoted = last in '」』”’"' and not is_sentence_end(a.tail)
        far = a.width < profile.measure - FAR
        cited = far and last == "）" and ends_in_source(f"{z.line.text if z else ''}{a.line.text}")
        self.closed = cited or (last in SENTENCE_ENDS and not is_initial(a.tail) and (far or not quoted))
        self.weak = (last in BRACKET_ENDS and not cited) or (quoted and not self.closed)
        self.colon = last in "：:"
        self.told = self.closed or self.weak or self.colon  # a sentence, or something else, may end here
        self.announced = (
            self.colon
            and profile.trailing
            and a.line.trailing
            and (profile.blanks or is_narrower(b, profile, c))
        )
        self.indents = profile.indents and not profile.partly
        self.titled = first and _is_centred(a, profile) and b.line.indent < CENTRED
        self.centred = min(a.line.indent, b.line.indent) >= CENTRED and a.line.indent != b.line.indent
        indented = self.indents and b.line.indent > max(1, a.line.indent + 1) and not (a.called or a.opens)
        self.apart = b.follows and bool(b.line.gap)
        fit = a.width + b.width - b.line.indent / 2 <= profile.measure + ROOM
        torn = fit or a.called or b.opens  # both may be one printed line; a call counts wider than it was set
        set_in = self.titled or self.centred or indented or a.line.indent >= 2
        self.tight = b.follows and b.line.piece and torn and not set_in


class Width:
    """How far the first of two lines reaches, and whether that is all the room it had."""

    __slots__ = ("extent", "full", "lost", "measure", "paired", "reach")

    def __init__(self, at: Break) -> None:
        a, b, c, z, profile = at.a, at.b, at.c, at.z, at.profile
        blanks = profile.trailing and not a.called
        self.lost = (not at.indents and not blanks) or b.line.hidden  # widths are all there is
        self.extent = a.line.em if a.line.indent >= CENTRED and not a.column else a.width
        self.reach = self.extent + _torn_off(z, a, profile)
        self.measure = a.column if a.column and a.column == b.column else profile.measure
        wants = 4 if a.line.hidden else 1.4 + 2 * at.first if self.lost else 2
        # Shorter by the indent that was lost, or not at all: both are lines of a column.
        shorter = b.width - self.extent
        fits = abs(shorter) <= 0.3 or (self.lost and at.closed and abs(shorter - 2) <= 0.3)
        self.paired = z is None and fits and is_narrower(b, profile, c)
        self.full = (
            self.reach + excuse_of(b) >= self.measure - wants
            or self.paired
            or (z is not None and self._fills_column(z, at))
        )

    def _fills_column(self, z: Flow, at: Break) -> bool:
        """Whether it is as wide as those around it: a narrow column has its own measure."""
        even = abs(self.extent - z.width) <= 1.3
        return (even and in_column(z, at.a, at.profile, 3)) or _is_even(z, at.b, at.a, at.c)


def _torn_off(z: Flow | None, a: Flow, profile: Profile) -> float:
    """How much of the printed line stands on the one before: a raised number may have broken it."""
    if z is None or (
        z.width >= profile.measure - 2 and not (a.opens and z.width + a.width <= profile.measure + 1.5)
    ):
        return 0.0
    return z.width if z.called or a.opens or a.first in NEVER_FIRST else 0.0


def last_mark(a: Flow, profile: Profile) -> str:
    """What a line ends with; a half-width mark in Chinese text as the full-width one."""
    last = last_of(a.tail)
    if is_han(a.tail[-2:-1]) or (len(a.tail) == 1 and not profile.latin):
        return last.translate(TO_WIDE)
    return last


def _is_centred(line: Flow, profile: Profile) -> bool:
    """Whether a short line was set in the middle."""
    return line.line.indent >= CENTRED and line.line.em < TITLE * profile.measure and not line.column


def in_column(z: Flow, a: Flow, profile: Profile, narrower: float) -> bool:
    """Whether a line that goes on is narrower than the text for no other reason than its column."""
    return not z.line.piece and z.width + excuse_of(a) <= profile.measure - narrower


def is_column(z: Flow, a: Flow, b: Flow, c: Flow | None, profile: Profile) -> bool:
    """Whether line ``b`` is no first line but one of a narrow column, as those around it are."""
    if _is_even(z, b, c):
        return True
    widest = max(b.width, c.width if c is not None else 0.0)
    return in_column(z, a, profile, 2.6) and widest <= z.width + 1.2


def _is_even(z: Flow, b: Flow, *others: Flow | None) -> bool:
    """Whether lines are equally wide, and no sentence ends with the first two: entries of a list end theirs."""
    widths = [line.width if line is not None else 0.0 for line in (z, b, *others)]
    return max(widths) - min(widths) <= 0.3 and z.last not in CLOSERS and b.last not in CLOSERS


def is_narrower(b: Flow, profile: Profile, c: Flow | None) -> bool:
    """Whether a line that goes on ends so far from the measure that only a narrower column explains it."""
    if c is None or not c.follows or b.called or b.width < 0.5 * profile.measure:
        return False
    if b.last in CLOSERS + "：:" or is_latin(b.last) or c.line.gap:
        return False
    return b.width + excuse_of(c) < profile.measure - 2.6
