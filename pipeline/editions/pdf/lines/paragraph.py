"""A paragraph's texts as one endless line: measured once, then divided into lines that are chosen together.

Comes in: WeasyPrint's line box with everything that stands in a paragraph. Goes out: for the character a line begins
with, the one the next begins with. Most paragraphs of Han break well one line after the other; only where
that makes a loose line, or leaves a lone character for the last one, all lines are weighed (``breaking``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from pipeline.editions.marks import CLOSING, NOT_AT_START, PAUSING
from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.breaking import Gaps, Measure, Places, break_lines
from pipeline.editions.pdf.lines.division import Hyphens, divisions
from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Measured, Shaper
from pipeline.editions.pdf.lines.spacing import CALL, HAN, LATIN, OPEN, SOLID, SPACE

LOOSE = 0.1  # em that each gap of a line may stretch before all lines are weighed
QUICK = 1.6  # em that a line of Han alone may be short of without a closer look
RAGGED = 3.0  # em that a line not set flush may be short before a word is divided
LEAST_AT_END = 2  # characters on a paragraph's last line (CLREQ, 孤字不成行)
ATOM = "\ufffc"  # what stands in a line and is no text


class Leaf(NamedTuple):
    """A text of a paragraph, or (without ``measured``) something of a fixed width."""

    measured: Measured | None
    shaper: Shaper | None
    width: float
    hyphens: Hyphens | None
    breaks: bool
    lang: str


@dataclass(eq=False)
class Paragraph:
    """The texts of a paragraph end to end. ``starts`` and ``ends``: each character's place in pixels."""

    leaves: list[Leaf]
    can_break: Callable[[str, str], bool]
    text: str = ""
    kinds: list[int] = field(default_factory=list)
    starts: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    breaks: bytearray = field(default_factory=bytearray)
    firsts: list[int] = field(default_factory=list)  # each leaf's first character
    plans: dict[Measure, dict[int, tuple[int, bool]]] = field(default_factory=dict)
    _gaps: Gaps | None = None

    def __post_init__(self) -> None:
        total = 0.0
        for number, leaf in enumerate(self.leaves):
            self.firsts.append(len(self.text))
            total = self._add(leaf, number, total)
        self.starts.append(total)
        self.breaks.append(0)
        self.is_han = LATIN not in self.kinds
        self.lone_after = self._lone_after()

    def _add(self, leaf: Leaf, number: int, total: float) -> float:
        """Puts a leaf behind those before it; where it ends."""
        measured = leaf.measured
        if measured is None:
            self.text += ATOM
            self.kinds.append(SOLID)
            self.breaks.append(0)
            self.starts.append(total)
            self.ends.append(total + leaf.width)
            return total + leaf.width
        scale = measured.size / TYPE_UNITS
        base = total + self._cross(leaf, number)
        first = len(self.text)
        self.text += measured.text
        self.kinds += measured.kinds
        self.starts += [base + x for x in measured.cumulated[:-1]]
        self.ends += [x + unit * scale for x, unit in zip(self.starts[first:], measured.units, strict=True)]
        self.breaks += measured.breaks[:-1] if leaf.breaks else bytes(len(measured.text))
        self.breaks[first] = first > 0 and self._breaks_before(leaf, number, first)
        shift = self._space_first(leaf, first)
        if shift:
            for at in range(first + 1, len(self.text)):
                self.starts[at] += shift
                self.ends[at] += shift
        return base + shift + measured.cumulated[-1]

    def _cross(self, leaf: Leaf, number: int) -> float:
        """The gap before a leaf, in pixels, by the rules of the leaf before it."""
        before = self.leaves[number - 1] if number else None
        if before is None or before.shaper is None or before.measured is None or leaf.measured is None:
            return 0.0
        rules, a, b = before.shaper.rules, self.kinds[-1], leaf.measured.kinds[0]
        if a == SPACE and len(self.kinds) > 1:
            own = before.measured.units[-1] / TYPE_UNITS
            gap = spacing.space_width(self.kinds[-2], b, own, rules.mixed) - own
        elif b == SPACE:
            gap = 0.0
        else:
            gap = rules.across(a, b)
        return gap * before.measured.size

    def _space_first(self, leaf: Leaf, first: int) -> float:
        """By how much a space at a leaf's beginning changes when it is known what stands before it."""
        measured = leaf.measured
        assert measured is not None and leaf.shaper is not None
        if (
            not first
            or measured.kinds[0] != SPACE
            or len(measured.kinds) < 2
            or self.kinds[first - 1] == SOLID
        ):
            return 0.0
        own = measured.units[0] / TYPE_UNITS
        wanted = spacing.space_width(self.kinds[first - 1], measured.kinds[1], own, leaf.shaper.rules.mixed)
        return (wanted - own) * measured.size

    def _breaks_before(self, leaf: Leaf, number: int, first: int) -> bool:
        before, after = self.text[first - 1], self.text[first]
        a, b = self.kinds[first - 1], self.kinds[first]
        if SOLID in (a, b) or not (leaf.breaks or self.leaves[number - 1].breaks):
            return False
        if a == CALL and b != SPACE:
            return b in (HAN, OPEN)
        wide = a in spacing.WIDE and b in spacing.WIDE
        return spacing.may_break(before, after, a, b, wide or self.can_break(before + after, leaf.lang))

    def _lone_after(self) -> int:
        """The character after which a last line would have too few."""
        count = 0
        for at in range(len(self.text) - 1, -1, -1):
            char, kind = self.text[at], self.kinds[at]
            if char in CLOSING or char in PAUSING or kind in (SPACE, CALL):
                continue
            count += LEAST_AT_END if kind != HAN else 1
            if count >= LEAST_AT_END:
                return at
        return 1 << 60

    def leaf_at(self, at: int) -> Leaf:
        """The leaf in which a character stands."""
        return self.leaves[bisect_right(self.firsts, at) - 1]

    def line_from(self, start: int, indent: float, measure: Measure) -> tuple[int, bool]:
        """Where the line that begins with a character ends, and whether with a hyphen."""
        plan = self.plans.setdefault(measure, {})
        if start not in plan:
            begin = self.starts[start] - indent
            if not self._one_by_one(start, begin, measure, plan):
                self._together(start, begin, measure, plan)
        return plan[start]

    def _one_by_one(
        self, start: int, begin: float, measure: Measure, plan: dict[int, tuple[int, bool]]
    ) -> bool:
        """Fills one line after the other; whether all of them are good, and then they are put into the plan."""
        count, starts, breaks = len(self.text), self.starts, self.breaks
        found: list[tuple[int, int]] = []
        at = start
        while True:
            limit = begin + measure.width + 1e-6
            reach = min(bisect_right(starts, limit + measure.size, at) + 1, count)
            end, tail = 0, at
            for here in range(reach, at, -1):
                if here == count or breaks[here]:
                    tail = self._tail(here, at)
                    if self._ink(tail) <= limit:
                        end = here
                        break
            if not end:
                return False
            found.append((at, end))
            if end == count:
                break
            if self._is_loose(at, tail, limit - self._ink(tail), measure):
                return False
            at, begin = end, starts[end]
        if len(found) > 1 and found[-1][0] > self.lone_after:
            return False
        if measure.last_flush and self._is_loose(at, tail, limit - self._ink(tail), measure):
            return False
        plan.update({a: (b, False) for a, b in found})
        return True

    def _is_loose(self, at: int, tail: int, room: float, measure: Measure) -> bool:
        if not measure.flush:
            return room > RAGGED * measure.size
        if self.is_han and room <= QUICK * measure.size and tail - at > 15:
            return False
        sizes = self.gaps.sizes
        return room > LOOSE * (sizes[tail] - sizes[at])

    def _together(
        self, start: int, begin: float, measure: Measure, plan: dict[int, tuple[int, bool]]
    ) -> None:
        """Weighs all lines from a character on and puts the best ones into the plan."""
        for anywhere in (False, True):
            places = self._places(start, anywhere)
            found = break_lines(places, self.gaps, start, begin, measure, patient=anywhere)
            if found is not None:
                break
        assert found is not None
        at = start
        for number in found:
            plan[at] = places.at[number], places.hyphen[number]
            at = places.at[number]

    def _tail(self, end: int, start: int) -> int:
        """The last character of a line before ``end``, without the spaces there."""
        at = end - 1
        while at > start and self.kinds[at] == SPACE:
            at -= 1
        return at

    def _ink(self, tail: int) -> float:
        """Where a line ends whose last character is ``tail``: in some editions in the middle of a mark."""
        kind = self.kinds[tail]
        if kind in (spacing.CLOSE, spacing.PAUSE):
            leaf = self.leaf_at(tail)
            rules = leaf.shaper.rules if leaf.shaper else None
            if rules and leaf.measured and rules.half_at_end and spacing.ends_half(kind, rules.centred):
                return self.ends[tail] - leaf.measured.size / 2
        return self.ends[tail]

    @property
    def gaps(self) -> Gaps:
        """The sums over the gaps, made when they are first asked for."""
        if self._gaps is None:
            self._gaps = self._sum_gaps()
        return self._gaps

    def _sum_gaps(self) -> Gaps:
        stretch, shrink, sizes = [0.0], [0.0], [0.0]
        kinds, starts, ends = self.kinds, self.starts, self.ends
        for number, leaf in enumerate(self.leaves):
            first = self.firsts[number]
            last = self.firsts[number + 1] if number + 1 < len(self.firsts) else len(self.text)
            size = leaf.measured.size if leaf.measured else 0.0
            rules = leaf.shaper.rules if leaf.shaper else None
            shrinks = spacing.shrinks(rules.centred, rules.mixed) if rules else [0.0] * spacing.KINDS**2
            for i in range(first, min(last, len(kinds) - 1)):
                pair = kinds[i] * spacing.KINDS + kinds[i + 1]
                if size and spacing.STRETCHES[pair]:
                    there = starts[i + 1] - (starts[i] if kinds[i] == SPACE else ends[i])
                    stretch.append(max(0.0, spacing.WIDEST * size - there))
                    sizes.append(size)
                else:
                    stretch.append(0.0)
                    sizes.append(0.0)
                shrink.append(shrinks[pair] * size)
        return Gaps(list(accumulate(stretch)), list(accumulate(shrink)), list(accumulate(sizes)))

    def _places(self, start: int, anywhere: bool) -> Places:
        """All places where a line may end after a character."""
        inside = {
            place.at: place
            for place in divisions(self.text, lambda at: self.leaf_at(at).hyphens, anywhere)
            if place.at > start and not self.breaks[place.at] and self._divides(place.at)
        }
        count = len(self.text)
        ats = sorted({at for at in range(start + 1, count) if self.breaks[at]} | inside.keys())
        out = Places(lone_after=self.lone_after)
        for at in [*ats, count]:
            tail = self._tail(at, start)
            end, place = self._ink(tail), inside.get(at)
            hyphen = place is not None and place.hyphen
            if hyphen and (shaper := self.leaf_at(tail).shaper):
                end += shaper.hyphen * shaper.size / TYPE_UNITS
            out.add(at, tail, end, self.starts[at], place.cost if place else 0.0, hyphen)
        return out

    def _divides(self, at: int) -> bool:
        """Whether a word may be divided before a character: not at a call or a mark, not in what keeps together."""
        if CALL in self.kinds[at - 1 : at + 1] or self.text[at] in NOT_AT_START:
            return False
        return self.leaf_at(at).breaks and self.leaf_at(at - 1).breaks
