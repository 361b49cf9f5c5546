"""Where a paragraph's lines end, chosen for all of them together (total fit, after Knuth and Plass 1981).

Comes in: the places where a line may end, each with where on one endless line its ink ends and the next line
begins, and how far the gaps between can stretch and shrink. Goes out: the places to break at. It knows no engine.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from math import inf

EVEN = 0.1  # em by which every gap of a line may widen at a cost of 1
HOLE, OVERFULL = 400.0, 1e6  # what a line costs that cannot be filled, or does not fit
TWO_HYPHENS, LAST_HYPHEN, LONE = 2.0, 3.0, 300.0
HAIR = 0.015  # em, unseen, that all characters move apart where no gap can take the room
GIVE = 3.0  # em that a line can give up at most
REACH = 4.0  # em that a line may be short where there is a choice
PATIENT_REACH = 12.0  # the same where there is little
FULL_GIVE = 0.995  # of what a line can give up that may be asked for


@dataclass(slots=True)
class Places:
    """Places where a line may end, in order; the last is the paragraph's end. Lengths in pixels.

    ``at``: the character the next line begins with; ``tail``: the last one on this line. ``lone_after``: a last
    line that begins after this character has too few of them.
    """

    at: list[int] = field(default_factory=list)
    tail: list[int] = field(default_factory=list)
    end: list[float] = field(default_factory=list)
    begin: list[float] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    hyphen: list[bool] = field(default_factory=list)
    lone_after: int = 1 << 60

    def add(self, at: int, tail: int, end: float, begin: float, cost: float, hyphen: bool) -> None:
        """One more place."""
        self.at.append(at)
        self.tail.append(tail)
        self.end.append(end)
        self.begin.append(begin)
        self.cost.append(cost)
        self.hyphen.append(hyphen)


@dataclass(frozen=True, slots=True)
class Gaps:
    """Sums over the gaps before each character: pixels they stretch and shrink, and the type sizes of those that stretch."""

    stretch: list[float]
    shrink: list[float]
    sizes: list[float]


@dataclass(frozen=True, slots=True)
class Measure:
    """The line to fill: width in pixels, the type's size; whether its edges come flush, the last line's too."""

    width: float
    size: float
    flush: bool = True
    last_flush: bool = False


def break_lines(
    places: Places,
    gaps: Gaps,
    start: int,
    begin: float,
    measure: Measure,
    patient: bool = False,
    reach: float | None = None,
) -> list[int] | None:
    """The numbers of the places to break at, the last included; None where a line would have a hole.

    ``start`` and ``begin``: the first character and where it stands. ``patient``: a hole is better than nothing.
    ``reach``: the pixels that a line may be short.
    """
    if reach is None:
        reach = (PATIENT_REACH if patient else REACH) * measure.size
    ways = _Ways(places, gaps, measure, patient, [start, *places.at], [begin, *places.begin])
    for number in range(len(places.at)):
        ways.add(number, reach)
    whole = ways.costs[-1]
    if whole == inf:
        return None
    if whole >= OVERFULL and reach < measure.width:  # something so long that the line before it stays short
        return break_lines(places, gaps, start, begin, measure, patient, measure.width)
    return ways.breaks()


@dataclass(slots=True)
class _Ways:
    """The cheapest way to each place so far, counted from the paragraph's beginning, which is 0: place ``n`` is ``n + 1`` here.

    ``firsts`` and ``begins``: the first character of a line that begins there, and where it stands. ``origins``: the place
    before it on its way.
    """

    places: Places
    gaps: Gaps
    measure: Measure
    patient: bool
    firsts: list[int]
    begins: list[float]
    costs: list[float] = field(default_factory=lambda: [0.0])
    origins: list[int] = field(default_factory=lambda: [0])

    def add(self, number: int, reach: float) -> None:
        """Finds the cheapest last line to the next place; a patient way takes one that does not fit rather than none."""
        cost, origin = self._last_line(number, reach)
        if origin < 0 and self.patient and self.costs[number] < inf:
            cost, origin = self.costs[number] + OVERFULL, number
        self.costs.append(cost)
        self.origins.append(origin)

    def breaks(self) -> list[int]:
        """The places of the cheapest way to the last one."""
        out, at = [], len(self.origins) - 1
        while at:
            out.append(at - 1)
            at = self.origins[at]
        return out[::-1]

    def _last_line(self, number: int, reach: float) -> tuple[float, int]:
        """What the cheapest way to a place costs and where its last line begins; infinite and -1 where no line fits."""
        places, measure, begins = self.places, self.measure, self.begins
        end, tail, width = places.end[number], places.tail[number], measure.width
        is_last = number + 1 == len(places.at)
        free = is_last and not measure.last_flush
        low = bisect_left(begins, end - width - GIVE * measure.size, 0, number + 1)
        high = number + 1 if free else bisect_right(begins, end - width + reach, low, number + 1)
        least, origin = inf, -1
        for i in range(low, high):
            if self.costs[i] == inf:
                continue
            cost = _cost(self.gaps, self.firsts[i], tail, width - (end - begins[i]), measure, free)
            if cost == inf or (cost >= HOLE / 4 and not self.patient):
                continue
            cost += self.costs[i] + places.cost[number]
            if i and places.hyphen[i - 1]:
                cost += TWO_HYPHENS * places.hyphen[number] + LAST_HYPHEN * is_last
            if is_last and i and self.firsts[i] > places.lone_after:
                cost += LONE
            if cost < least:
                least, origin = cost, i
        return least, origin


def _cost(gaps: Gaps, first: int, tail: int, room: float, measure: Measure, free: bool) -> float:
    """What a line costs that leaves ``room`` pixels when its gaps are natural; infinite where it does not fit."""
    if room < -1e-6:
        give = (gaps.shrink[tail] - gaps.shrink[first]) * FULL_GIVE
        return inf if -room > give else 0.1 + 3.0 * (room / give) ** 2
    if free:
        return 0.0
    if not measure.flush:
        return (room / (3 * measure.size)) ** 2
    missing = (room - gaps.stretch[tail] + gaps.stretch[first]) / measure.size
    if missing > 1e-6:
        return missing * 200 + (HOLE if missing > HAIR * (tail - first) else HOLE / 4)
    sizes = gaps.sizes[tail] - gaps.sizes[first]
    return 0.1 + float((room / sizes / EVEN) ** 2) if room > 0.01 else 0.1
