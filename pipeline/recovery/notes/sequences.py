"""Which of many marks are a run of numbers? Bodies first, then for each its call, over the whole document.

Comes in: candidates with places and weights. Goes out: the heaviest run of numbers that count on. Refused: deciding
line by line.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pipeline.recovery.notes.numbers import Mark, Place

BEGUN = 8.0  # the price of beginning with another number than 1, at most
SKIPPED = 4  # so many numbers may be left out one by one; more are pages that the source lost
LOST = 10.0  # what these cost, as much as two bodies weigh
RESTART = 6.0  # the price of starting again at 1
PAGED = 2.0  # the price of starting again, at most, where notes are numbered by the page
FIRST = 1.0  # and that of doing so with number 2
LIGHT = 1.0  # less than so much speaks for no call whose body is not there


def choose_bodies(candidates: Sequence[Mark], restart: float = RESTART, begun: float = BEGUN) -> list[Mark]:
    """The run of bodies through the document: numbers count on, may skip at a price and start again at 1.

    ``restart`` is the price of starting again, ``begun`` that of beginning in the midst; the candidates are in the order of the document.
    """
    best: dict[int, tuple[float, int]] = {}  # last value → (score, index)
    peaks = _Peaks(max((mark.value for mark in candidates), default=0))
    origin: list[int] = [-1] * len(candidates)
    top: tuple[float, int] = (0.0, -1)
    finish: tuple[float, int] = (0.0, -1)
    for i, mark in enumerate(candidates):
        options = [(-1.0 * min(mark.value - 1, begun), -1)]
        for skip in range(SKIPPED):
            if (found := best.get(mark.value - 1 - skip)) is not None:
                options.append((found[0] + (2.0 if not skip else -2.5 * skip), found[1]))
        score, index = peaks.below(mark.value - SKIPPED)
        options.append((score - LOST, index))
        if mark.value == 1 and top[1] >= 0:
            options.append((top[0] - restart, top[1]))
        elif mark.value == 2 and restart <= PAGED and _lacks_first(candidates, origin, top[1], mark.page):
            options.append((top[0] - restart - FIRST, top[1]))
        score, origin[i] = max(options)
        score += mark.weight
        if score > best.get(mark.value, (float("-inf"), -1))[0]:
            best[mark.value] = (score, i)
            peaks.put(mark.value, (score, i))
        top = max(top, (score, i))
        finish = max(finish, (score, i))
    chain, i = [], finish[1]
    while i >= 0:
        chain.append(candidates[i])
        i = origin[i]
    return chain[::-1]


class _Peaks:
    """The best score among all smaller values (a binary indexed tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._tree = [(float("-inf"), -1)] * (size + 1)

    def put(self, value: int, peak: tuple[float, int]) -> None:
        """``value`` has come to this score."""
        while 0 < value < len(self._tree):
            self._tree[value] = max(self._tree[value], peak)
            value += value & -value

    def below(self, value: int) -> tuple[float, int]:
        """The best of the values smaller than ``value``."""
        value, best = value - 1, (float("-inf"), -1)
        while value > 0:
            best = max(best, self._tree[value])
            value -= value & -value
        return best


def _lacks_first(candidates: Sequence[Mark], origin: Sequence[int], last: int, page: int) -> bool:
    """Whether a page has no number 1: the last body is on a page before, or the first of this one and counts on from another.

    That one had no room where it is called: a word processor that numbers notes by the page counts it on both.
    """
    if last < 0 or candidates[last].page != page:
        return last >= 0
    return candidates[last].value > 1 and origin[last] >= 0 and candidates[origin[last]].page != page


def align_calls(
    bodies: Sequence[Mark], options: Sequence[Sequence[Mark]], floor: float = 0.0
) -> list[Mark | None]:
    """For every body the call that fits best, all in the order of the document.

    ``options`` are each body's candidate calls. The heaviest increasing sequence is taken; a candidate
    whose weight is not above ``floor`` is never taken.
    """
    places: list[Place] = []  # the frontier: the heavier, the later
    scores: list[float] = []
    nodes: list[int] = []
    steps: list[tuple[int, Mark, int]] = []  # (body, call, step before)
    for number, choices in enumerate(options):
        found = []
        for mark in choices:
            if mark.weight <= floor:
                continue
            k = bisect_left(places, mark.place)
            before = (scores[k - 1], nodes[k - 1]) if k else (0.0, -1)
            found.append((mark.place, before[0] + mark.weight, len(steps)))
            steps.append((number, mark, before[1]))
        for place, score, node in found:
            k = bisect_left(places, place)
            if (k and scores[k - 1] >= score) or (
                k < len(places) and places[k] == place and scores[k] >= score
            ):
                continue
            drop = k
            while drop < len(places) and scores[drop] <= score:
                drop += 1
            places[k:drop], scores[k:drop], nodes[k:drop] = [place], [score], [node]
    out: list[Mark | None] = [None] * len(bodies)
    node = nodes[-1] if nodes else -1
    while node >= 0:
        number, mark, node = steps[node]
        out[number] = mark
    return out


def choose_calls(candidates: Iterable[Mark], least: int = 4, excerpted: bool = False) -> list[Mark]:
    """Calls whose bodies the source lacks: the heaviest run 1, 2, 3 …; one or two numbers may be left out.

    Empty when the run is too short, too light or too full of holes: then the numbers are the text's own. ``excerpted``: the run may
    begin with any number.
    """
    best: dict[int, tuple[float, int]] = {}
    marks: list[Mark] = []
    origin: list[int] = []
    for mark in candidates:
        if mark.weight < LIGHT:
            continue
        options = (
            [(0.0 if excerpted else -3.0 * (mark.value - 1), -1)] if excerpted or mark.value <= 3 else []
        )
        for skipped in range(3):
            if (found := best.get(mark.value - 1 - skipped)) is not None:
                options.append((found[0] - 3.0 * skipped, found[1]))
        if not options:
            continue
        before = max(options)
        score = before[0] + mark.weight
        if score > best.get(mark.value, (float("-inf"), -1))[0]:
            best[mark.value] = (score, len(marks))
            marks.append(mark)
            origin.append(before[1])
    chain = []
    i = max(best.values())[1] if best else -1
    while i >= 0:
        chain.append(marks[i])
        i = origin[i]
    weight = sum(mark.weight for mark in chain)
    full = bool(chain) and len(chain) >= 0.85 * (chain[0].value - (chain[-1].value - 1 if excerpted else 0))
    return chain[::-1] if len(chain) >= least and full and weight >= 2.7 * len(chain) else []


def left_out(before: Mark, after: Mark) -> range:
    """The numbers that a run leaves out between two bodies: also those that a page's own should begin with."""
    if after.value > before.value:
        return range(before.value + 1, after.value)
    return range(1, after.value if after.page > before.page else 1)


def run_on(bodies: Sequence[Mark]) -> list[str]:
    """Labels that run on through the document where the numbering starts again; numbers left out have theirs, too.

    >>> values = [(1, 0), (2, 0), (1, 1), (3, 1), (2, 2)]  # with their pages
    >>> run_on([Mark(value, (0, 0), length=1, weight=3.0, page=page) for value, page in values])
    ['1', '2', '3', '5', '7']
    """
    out: list[int] = []
    for k, body in enumerate(bodies):
        last = out[-1] + len(left_out(bodies[k - 1], body)) if k else body.value - 1
        out.append(last + 1)
    return [str(label) for label in out]
