"""Which units and notes of an edited text were which before.

Units with one key are one; between them, units are paired in order by how much of their text is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import panflute as pf

from pipeline.document.collation.units import Unit, key_of_note

ALIKE = 0.5  # the share of a unit's text that must have stayed
MOST = 40_000  # pairs that are compared; beyond them an edit is too large to be looked into


def pair_units(made: Sequence[Unit], edited: Sequence[Unit]) -> dict[int, int]:
    """The number of the edited unit for each unit that is still there; both in order."""
    return pair_closest([u.key for u in made], [u.key for u in edited])


def pair_closest(made: Sequence[str], edited: Sequence[str]) -> dict[int, int]:
    """The same of texts: those that are the same, and between them those that are alike."""
    pairs: dict[int, int] = {}
    for kind, start, end, first, last in SequenceMatcher(None, made, edited, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs.update(zip(range(start, end), range(first, last), strict=True))
        elif kind == "replace":
            pairs.update((start + a, first + b) for a, b in _closest(made[start:end], edited[first:last]))
    return pairs


def _closest(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """The pairs in order that keep most of the text."""
    if len(one) * len(other) > MOST:
        return []
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    likeness = [[_likeness(a, b) for b in other] for a in one]
    for a in range(len(one) - 1, -1, -1):
        for b in range(len(other) - 1, -1, -1):
            own = likeness[a][b] + best[a + 1][b + 1] if likeness[a][b] else 0.0
            best[a][b] = max(own, best[a + 1][b], best[a][b + 1])
    pairs = []
    a = b = 0
    while a < len(one) and b < len(other):
        if likeness[a][b] and best[a][b] == likeness[a][b] + best[a + 1][b + 1]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return pairs


def _likeness(one: str, other: str) -> float:
    """How much of the longer text is in the other, weighed by its length; nothing where it is too little."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio * (1 + min(len(one), len(other))) if ratio >= ALIKE else 0.0


def pair_notes(
    made: Sequence[pf.Note], edited: Sequence[pf.Note], known: Mapping[int, pf.Note]
) -> Iterator[tuple[pf.Note | None, pf.Note]]:
    """Each edited note with the one it was, or none. ``known`` tells it of some, by the object's ``id``.

    Where of the others as many stand between two that are the same, they are paired in order: their bodies were changed.
    """
    told = {id(old) for old in known.values()}
    old, new = [n for n in made if id(n) not in told], [n for n in edited if id(n) not in known]
    keys = [key_of_note(n) for n in old], [key_of_note(n) for n in new]
    found = dict(known)
    for _, start, end, first, last in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        alike = list(zip(range(start, end), range(first, last), strict=False))
        if end - start != last - first:
            alike = [(start + a, first + b) for a, b in _closest(keys[0][start:end], keys[1][first:last])]
        found |= {id(new[b]): old[a] for a, b in alike}
    yield from ((found.get(id(n)), n) for n in edited)
