"""In what style are the notes numbered, and which run of bodies weighs most over the whole document?

Comes in: a layout without furniture. Goes out: the numberings for which something speaks, with what could call their bodies.
Refused: lists that begin again behind the notes of a page, and numbers that a gap alone would explain.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline.recovery.notes.calls import glued_label
from pipeline.recovery.notes.numbers import (
    BODY_MARKS,
    BODY_STARTS,
    CALL_MARKS,
    CIRCLED,
    Mark,
    MarkStyle,
    Place,
)
from pipeline.recovery.notes.sequences import BEGUN, PAGED, RESTART, SKIPPED, choose_bodies, left_out
from pipeline.recovery.page_dump.notes.bodies import body_candidates
from pipeline.recovery.page_dump.notes.tokens import call_tokens, first_lines, pages_of_lines, signed_lines
from pipeline.recovery.page_dump.pages.layout import Layout

_DIVIDED = re.compile(r"[1-9][0-9]{0,3}\s?[\u3400-\u9fff]")  # what a note may begin with
CALLED = 0.5  # of the bodies: where fewer are called as labels are written, calls may be written otherwise
OTHER_CALLS = (MarkStyle.BARE, MarkStyle.CIRCLED, MarkStyle.BRACKET, MarkStyle.PAREN, MarkStyle.RAISED)
EXCERPT = 200  # lines; so short a text may be some pages of a longer one
EXCERPTED = 3.0  # what it costs there, at most, that the first note is not number 1
FAR = 3.0  # speaks against a number that no call is near to, where each page has its own
BEHIND = 3  # notes, at least, behind numbers that a lost page left out; fewer are entries of a list


class Numbering(NamedTuple):
    """A style of labels, the run of bodies that it gives, and page by page what could call them."""

    style: MarkStyle
    bodies: list[Mark]
    tokens: list[list[Mark]]

    @property
    def weight(self) -> float:
        """What speaks for the bodies."""
        return sum(mark.weight for mark in self.bodies)


def is_excerpt(layout: Layout) -> bool:
    """Whether a text is so short that notes before its own may stand elsewhere."""
    return len(layout.lines) <= EXCERPT


def rank_styles(layout: Layout) -> list[Numbering]:
    """The numberings for which something speaks, most for the first.

    Calls are written as the labels are, or, where such hardly stand on the labels' pages, as another style writes them
    (¹² in the text, 12 at the foot).
    """
    known: dict[re.Pattern[str], list[list[Mark]]] = {}
    pages, signed = pages_of_lines(layout), signed_lines(layout)

    def tokens(style: MarkStyle) -> list[list[Mark]]:
        if style is MarkStyle.MIXED:
            return call_tokens(layout, pages, style, signed)
        key = CALL_MARKS[style]
        known[key] = known.get(key) or call_tokens(layout, pages, style, signed)
        return known[key]

    labels = _labels_of(layout)
    runs = [_choose_run(layout, pages, style, found, tokens(style)) for style, found in labels.items()]
    best = max(runs, key=lambda one: one.weight, default=None)
    if best is not None and share_called(best) < CALLED:
        crossed = (
            _choose_run(layout, pages, style, found, marks)
            for other in OTHER_CALLS
            if any(marks := tokens(other))
            for style, found in labels.items()
            if CALL_MARKS[style] is not CALL_MARKS[other]
        )
        runs += [one for one in crossed if share_called(one) >= CALLED]
    return sorted((one for one in runs if one.weight > 0), key=lambda one: -one.weight)


def _without_strays(bodies: Sequence[Mark]) -> list[Mark]:
    """The run without one or two numbers far above the ones around them: pages that were lost had more notes behind them."""
    jumps = [k for k in range(1, len(bodies)) if bodies[k].value > bodies[k - 1].value + SKIPPED]
    starts = [0, *(k for k in range(1, len(bodies)) if k in jumps or bodies[k].value <= bodies[k - 1].value)]
    parts = [(a, b) for a, b in pairwise([*starts, len(bodies)]) if a not in jumps or b - a >= BEHIND]
    return [mark for a, b in parts for mark in bodies[a:b]]


def share_called(choice: Numbering) -> float:
    """How many of the bodies something above them on their page may call."""
    called = _called(choice.bodies, choice.tokens)
    return sum(called) / len(called) if called else 0.0


def _called(bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]]) -> list[bool]:
    """For each body whether something above it on its page, and no other body's label, may call it."""
    labels = {body.place for body in bodies}
    lines = first_lines(tokens, labels)
    return [lines[body.page].get(body.value, inf) < body.place[0] for body in bodies]


def _called_near(bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]]) -> list[Mark]:
    """Bodies numbered by the page; those that nothing on it or on the page before calls weigh less: calls elsewhere are others'."""
    lines = first_lines(tokens)
    near = (
        any(lines[page].get(body.value, inf) < body.place[0] for page in {max(0, body.page - 1), body.page})
        for body in bodies
    )
    return [
        body if called else body._replace(weight=body.weight - FAR)
        for body, called in zip(bodies, near, strict=True)
    ]


def _lists_among(layout: Layout, bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]]) -> set[Place]:
    """The places of numbers that start again and that nothing calls, among notes called on their pages: lists.

    They begin behind other notes of their page, or with number 1 and no rule above them, and are several: one or two that are
    the first on their page may only have lost their calls.
    """
    steps = enumerate(pairwise(bodies), 1)
    starts = [k for k, (a, b) in steps if b.value <= a.value or b.page != a.page]

    def is_list(first: int, last: int) -> bool:
        begins = bodies[first].value == 1 and not layout.lines[bodies[first].place[0]].rule
        return bodies[first - 1].page == bodies[first].page or (begins and last - first >= BEHIND)

    parts = [(a, b) for a, b in pairwise([*starts, len(bodies)]) if is_list(a, b)]
    called = _called(bodies, tokens) if parts else []
    if sum(called) < CALLED * len(bodies):
        return set()
    return {body.place for a, b in parts if not any(called[a:b]) for body in bodies[a:b]}


def _without_headings(bodies: list[Mark], tokens: Sequence[Sequence[Mark]]) -> list[Mark]:
    """The run without the few numbers before note 1 of its first page that are headings («2 陶窯的類型»): they stand behind the call of
    this note, or count from 1 themselves and are not called: the notes start again below.
    """
    first = next((k for k, body in enumerate(bodies) if k and body.value == 1), 0)
    if not first or {b.page for b in bodies[: 2 * first + 1]} != {bodies[0].page}:
        return bodies
    page, begin = bodies[0].page, bodies[0].place
    called = any(m.value == 1 and m.weight > 0 and m.place[1] and m.place < begin for m in tokens[page])
    return bodies[first:] if called is (bodies[0].value > 1) else bodies


def _with_divided(
    layout: Layout, pages: Sequence[int], bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]]
) -> list[Mark]:
    """The run with the notes that it leaves out and that begin with a number, glued to their own: «1013通碑刻» is note 10.

    Between the two around it only one line begins with its number and another one behind it, and its page calls it above.
    """
    texts = [line.text for line in layout.lines]
    called = first_lines(tokens, {body.place for body in bodies})
    out = list(bodies[:1])
    for before, body in pairwise(bodies):
        for value in left_out(before, body):
            label = str(value)
            between = range(out[-1].place[0] + 1, body.place[0])
            found = [
                i for i in between if texts[i].startswith(label) and _DIVIDED.match(texts[i], len(label))
            ]
            if len(found) == 1 and called[page := pages[found[0]]].get(value, inf) < found[0]:
                out.append(Mark(value, (found[0], 0), len(label), 0.0, page))
        out.append(body)
    return out


def _labels_of(layout: Layout) -> dict[MarkStyle, list[tuple[int, re.Match[str]]]]:
    """The lines that could begin a note, with their labels, by the style of these."""
    marked = [(i, line.text) for i, line in enumerate(layout.lines) if line.text[0] in BODY_STARTS]
    out = {}
    for style in MarkStyle:
        pattern, glued = BODY_MARKS[style], style is MarkStyle.BARE
        found = [
            (i, m) for i, text in marked if (m := pattern.match(text)) or (glued and (m := glued_label(text)))
        ]
        if found and (style is not MarkStyle.MIXED or any(m[1] in CIRCLED for _, m in found)):
            out[style] = found
    return out


def _choose_run(
    layout: Layout,
    pages: Sequence[int],
    style: MarkStyle,
    found: Sequence[tuple[int, re.Match[str]]],
    tokens: list[list[Mark]],
) -> Numbering:
    """The run of bodies among the labels of one style."""
    candidates = body_candidates(layout, pages, found, tokens)
    restart = PAGED / 2 if style is MarkStyle.CIRCLED else RESTART
    begun = EXCERPTED if is_excerpt(layout) else BEGUN
    chain = choose_bodies(candidates, restart, begun)
    if sum(mark.value == 1 for mark in chain) >= 3:  # numbered by the page: to start again is usual
        candidates = _called_near(candidates, tokens)
        chain = choose_bodies(candidates, restart := PAGED, begun)
    if lists := _lists_among(layout, chain, tokens):
        chain = choose_bodies([mark for mark in candidates if mark.place not in lists], restart, begun)
    chain = _without_headings(_without_strays(chain), tokens)
    if style is MarkStyle.BARE:
        chain = _with_divided(layout, pages, chain, tokens)
    if chain and chain[0].weight < 0 and chain[0].place[0] == layout.pages[chain[0].page].first:
        chain = chain[1:]  # the call of a note whose body is elsewhere
    if style is MarkStyle.MIXED and all(layout.lines[m.place[0]].text[0] in CIRCLED for m in chain):
        chain = []  # circled, all of them
    return Numbering(style, chain, tokens)
