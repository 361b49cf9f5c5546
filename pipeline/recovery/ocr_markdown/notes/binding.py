"""Which call belongs to which body: labels, missing bodies, doubles and gaps.

Comes in: the bodies in order and everything that may be a call. Goes out: the notes. A group of bodies ends where the
numbering starts again; labels run on from group to group. Refused: guessing a number that is not between two right ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import CallMark, Cut, Elsewhere
from pipeline.recovery.ocr_markdown.notes.marks import Body, Call, style

_NEAR = 1500  # characters between two calls of a page


@dataclass(frozen=True)
class Notes:
    """What the document's notes are. ``missing`` are the labels of calls without a body."""

    bodies: tuple[Body, ...] = ()
    calls: Mapping[int, CallMark | Cut | Elsewhere] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    inset: tuple[tuple[str, int, int], ...] = ()  # told in their sentences: label, begin and end of the text


class _Binder:
    """Brings calls and bodies together, group by group; a group ends where the numbering starts again."""

    def __init__(self) -> None:
        self.calls: dict[int, CallMark] = {}
        self.bodies: list[Body] = []
        self.missing: list[str] = []
        self.findings: list[Finding] = []
        self._labels: set[str] = set()
        self._doubles: Counter[str] = Counter()
        self._offset = 0

    def bind(self, group: Sequence[Body], window: Sequence[Call]) -> None:
        """The calls of the window to the bodies of the group; labels run on from group to group."""
        bound = _bind_group(group, window)
        told = {b.key for b in group}
        for call in bound:
            label = self._label_of(call)
            where = Span(call.start, call.end)
            if label in self._labels:
                self._tell("N15", f"note {label} is called twice. Look which call is its own.", where)
            elif call.key not in told:
                self.missing.append(label)
                self._tell(
                    "N10", f"note {label} is called and has no body in the source. Add its text.", where
                )
            self._labels.add(label)
            self.calls[call.start] = CallMark(call.end, label)
        self._label(group, {c.key for c in bound})
        self._offset += max([c.number for c in bound] + [b.number for b in group], default=0)

    def _tell(self, code: str, message: str, where: Span) -> None:
        self.findings.append(Finding(code, message, where))

    def _label_of(self, mark: Call | Body) -> str:
        return str(self._offset + mark.number) if mark.number else str(mark.key)

    def _label(self, group: Sequence[Body], called: set[int | str]) -> None:
        taken: set[int | str] = set()
        for body in group:
            label = self._label_of(body)
            where = Span(body.start, body.text)
            if body.key in taken:
                self._doubles[label] += 1
                self._tell("N15", f"note {label} has two bodies. Look which is its own.", where)
                label = f"{label}-{self._doubles[label] + 1}"
            elif body.key not in called:
                message = f"note {label} has a body and no call in the text. Put its call where it belongs."
                self._tell("N11", message, where)
            taken.add(body.key)
            self.bodies.append(replace(body, label=label))


def _is_authors(bodies: Sequence[Body], candidates: Sequence[Call]) -> bool:
    """Whether stars are called above all numbers, and their bodies stand behind others."""
    stars = [body for body in bodies if not body.number]
    called = [call for call in candidates if not call.number]
    is_above = bool(called) and candidates[: len(called)] == called
    return is_above and {c.key for c in called} == {b.key for b in stars} and bodies[0] is not stars[0]


def bind_notes(bodies: Sequence[Body], candidates: Sequence[Call]) -> Notes:
    """The notes of a document: its calls brought to its bodies."""
    binder = _Binder()
    if _is_authors(bodies, candidates):  # the notes may stand by chapter, the author's behind all of them
        star = [body for body in bodies if not body.number]
        binder.bind(star, [call for call in candidates if not call.number])
        bodies = [body for body in bodies if body.number]
        candidates = [call for call in candidates if call.number]
    groups = _groups(bodies)
    runs = _restarts(candidates)
    # The notes are numbered by chapter and stand behind all of them.
    if 1 < len(groups) == len(runs) and candidates[-1].start < groups[0][0].start:
        for group, run in zip(groups, runs, strict=True):
            binder.bind(group, run)
        groups = []
    k = 0
    for number, group in enumerate(groups):
        window = []
        while k < len(candidates) and (number == len(groups) - 1 or candidates[k].start < group[-1].start):
            window.append(candidates[k])
            k += 1
        runs = _runs(window) if len(groups) > 1 or not bodies else [window]
        own = _own_run(group, runs)
        for run in runs[:own]:  # numbered anew, and the bodies are not there
            binder.bind((), run)
        binder.bind(group, runs[own])
        k -= sum(map(len, runs[own + 1 :]))  # of the next page, where a body stands overleaf
    for run in _runs(candidates[k:]) if groups else ():
        binder.bind((), run)
    binder.findings.extend(_gaps(binder.bodies, binder.calls))
    return Notes(tuple(binder.bodies), binder.calls, tuple(binder.missing), tuple(binder.findings))


def _restarts(calls: Sequence[Call]) -> list[list[Call]]:
    """The calls, parted wherever they start again at 1."""
    out: list[list[Call]] = [[]]
    for call in calls:
        if call.number == 1 and out[-1]:
            out.append([])
        out[-1].append(call)
    return out


def _runs(window: Sequence[Call]) -> list[list[Call]]:
    """The calls of a window, parted where they start again at 1."""
    runs: list[list[Call]] = [[]]
    last = 0
    for call in window:
        is_sure = call.strong or (call.closed and not call.listed)
        if is_sure and call.number == 1 and last > 0:
            runs.append([])
        runs[-1].append(call)
        last = call.number if is_sure and call.number else last
    return runs


def _own_run(group: Sequence[Body], runs: Sequence[Sequence[Call]]) -> int:
    """The run that calls most of a group's bodies before they are told: the last of them."""
    told = {b.number: b.start for b in group}
    called = [
        len({c.number for c in run if c.start < told.get(c.number, -1) and not c.listed}) for run in runs
    ]
    return max(range(len(runs)), key=lambda r: (called[r], r))


def _groups(bodies: Sequence[Body]) -> list[list[Body]]:
    """Runs of rising numbers. A single number out of order is no new start: that takes two, or a 1."""
    groups: list[list[Body]] = [[]]
    last = 0
    for body, follower in zip_longest(bodies, bodies[1:]):
        if body.number and body.number <= last:
            behind = follower.number if follower is not None else 0
            if body.number == 1 or (behind == body.number + 1 and body.number < last):
                groups.append([])
                last = 0
        groups[-1].append(body)
        last = max(last, body.number) if body.number else last
    return groups


def _bind_group(group: Sequence[Body], window: Sequence[Call]) -> list[Call]:
    """The calls of the window that are calls, numbers misread put right where only one reading is possible."""
    needed = {b.key for b in group}
    chosen = [c for c in window if c.strong]
    have = {c.key for c in chosen}
    may_be_listed = not any(
        c.number for c in chosen
    )  # where calls are raised, a mark of an enumeration is none
    options: dict[int | str, list[Call]] = {}
    for call in window:
        if not call.strong and call.key in needed and (may_be_listed or not call.listed):
            options.setdefault(call.key, []).append(call)
    last_place = last_body = 0
    for body in group:
        if body.key in have:
            last_body = body.start
            continue
        after = last_place if body.number else -1  # a star's place says nothing about the numbers
        near = [c for c in options.get(body.key, ()) if after < c.start < body.start]
        near = [c for c in near if c.start > last_body] or near  # where the page before lost some
        near = [c for c in near if not c.listed] or [c for c in near if style(c.mark) == style(body.mark)]
        last_body = body.start
        option = next((c for c in near if style(c.mark) == style(body.mark)), next(iter(near), None))
        if option is not None:
            chosen.append(option)
            have.add(option.key)
            last_place = option.start if body.number else last_place
    chosen.extend(_bodiless(chosen, [c for c in window if not c.strong], group[-1].start if group else 0))
    chosen.sort(key=lambda c: c.start)
    for i, call in enumerate(chosen):
        if call.key in needed or not call.number:
            continue
        before = chosen[i - 1].number if i else 0
        behind = chosen[i + 1].number if i + 1 < len(chosen) else before + 2
        if before + 2 == behind and before + 1 in needed and before + 1 not in have:
            chosen[i] = replace(call, number=before + 1)
            have.add(before + 1)
    return chosen


def _bodiless(chosen: Sequence[Call], weak: Sequence[Call], foot: int) -> Iterator[Call]:
    """The weak calls whose bodies are lost: behind a sentence, above the bodies, and between numbers of their kind that they count on with."""
    numbers = {c.number: c for c in chosen if not c.strong and c.number}
    for call in weak:
        if not call.closed or call.listed or not call.number or call.number in numbers or call.start > foot:
            continue
        low, high = numbers.get(call.number - 1), numbers.get(call.number + 1)
        beside = [c for c in (low, high) if c is not None and style(c.mark) == style(call.mark)]
        is_between = (low is None or low.start < call.start) and (high is None or call.start < high.start)
        is_near = all(abs(c.start - call.start) < _NEAR for c in beside)
        if beside and is_between and is_near and all(c.closed for c in beside):
            numbers[call.number] = call
            yield call


def _gaps(bodies: Sequence[Body], calls: dict[int, CallMark]) -> Iterator[Finding]:
    """Numbers that neither a call nor a body has."""
    numbers = {int(c.label) for c in calls.values() if c.label.isdigit()}
    numbers |= {int(b.label) for b in bodies if b.label.isdigit()}
    places = {int(c.label): Span(at, c.end) for at, c in calls.items() if c.label.isdigit()}
    ordered = sorted(numbers)
    for low, high in pairwise(ordered):
        if high > low + 1:
            which = f"note {low + 1} is" if high == low + 2 else f"notes {low + 1} to {high - 1} are"
            yield Finding(
                "N12", f"{which} missing: the numbers go from {low} to {high}. Look for it.", places.get(high)
            )
