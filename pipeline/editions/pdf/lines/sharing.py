"""How the room that a line leaves, or lacks, is shared out over its gaps. Results are in em of each gap's type."""

from __future__ import annotations

from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.breaking import HAIR
from pipeline.editions.pdf.lines.characters import Characters
from pipeline.editions.pdf.lines.spacing import KINDS, LATIN, OTHER, QUIET, STRETCHES, WIDEST

SMALL = (LATIN, OTHER, QUIET)
MOST_IN_ADDRESS = 0.1  # em by which the marks of an address may stand apart where nothing else stretches


def spread(characters: Characters, room: float) -> list[float]:
    """``room`` pixels shared out over the gaps that stretch.

    All widen alike until one is as wide as a gap may be (half a character), when the others can take the rest;
    where they cannot, the marks of an address stand apart a little.
    """
    kinds, sizes, there = characters.kinds, characters.sizes, characters.wide()
    free = [i for i in range(len(kinds) - 1) if STRETCHES[kinds[i] * KINDS + kinds[i + 1]] and sizes[i]]
    extra = [0.0] * len(kinds)
    most = sum(max(0.0, WIDEST - there[i]) * sizes[i] for i in free)
    if most < room:
        room -= _open_address(kinds, sizes, room - most, extra)
    capped = most >= room - 1e-6
    while free and room > 1e-9:
        level = room / sum(sizes[i] for i in free)
        full = {i for i in free if capped and there[i] + level > WIDEST}
        if not full:
            for i in free:
                extra[i] += level
            return extra
        for i in sorted(full):
            extra[i] = max(0.0, WIDEST - there[i])
            room -= extra[i] * sizes[i]
        free = [i for i in free if i not in full]
    return extra


def _open_address(kinds: list[int], sizes: list[float], room: float, extra: list[float]) -> float:
    """Takes ``room`` pixels that no gap can: behind the marks of an address, then a hair everywhere; how many."""
    inside = [i for i in range(len(kinds) - 1) if kinds[i] in SMALL and kinds[i + 1] in SMALL and sizes[i]]
    taken = 0.0
    for most, places in (
        (MOST_IN_ADDRESS, [i for i in inside if kinds[i] != LATIN and kinds[i + 1] == LATIN]),
        (HAIR, inside),
    ):
        size = sum(sizes[i] for i in places)
        level = min(most, (room - taken) / size) if size else 0.0
        for i in places:
            extra[i] += level
        taken += level * size
    return taken


def shrink(characters: Characters, room: float) -> list[float]:
    """What gaps give up when a line is ``-room`` pixels too full: spaces, mixed gaps, marks, Han gaps a little."""
    kinds = characters.kinds
    give = [0.0] * len(kinds)
    for i, rules in enumerate(characters.rules[: len(kinds) - 1]):
        if rules is not None:
            give[i] = spacing.shrinks(rules.centred, rules.mixed)[kinds[i] * KINDS + kinds[i + 1]]
    total = sum(g * size for g, size in zip(give, characters.sizes, strict=True))
    share = min(1.0, -room / total) if total else 0.0
    return [-g * share for g in give]
