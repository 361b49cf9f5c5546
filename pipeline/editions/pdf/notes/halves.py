"""A note of two halves, set side by side, that runs over to the next page: both are cut at one height."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

BOTH = "note both"
Cut = Callable[[Any, int], tuple[Any, Any]]


def has_halves(note: Any) -> bool:
    """Whether a note's box is one of two halves."""
    return note.element is not None and note.element.get("class") == BOTH


def cells_of(box: Any) -> Iterator[Any]:
    """The halves in a note's box, laid out or not."""
    element = box.element
    is_half = element is not None and (element.get("class") or "").startswith("half ")
    if is_half:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from cells_of(child)


def lines_kept(cells: list[list[Any]], excess: float) -> list[int]:
    """How many lines of each half stay when the note must lose ``excess`` pixels of its height."""
    ends = [lines[-1].position_y + lines[-1].height for lines in cells if lines]
    limit = max(ends, default=0.0) - excess + 1e-6
    return [sum(1 for line in lines if line.position_y + line.height <= limit) for lines in cells]


def divide_halves(note: Any, keep: list[int], cut: Cut) -> tuple[Any, Any]:
    """A note not yet laid out as two, each with both halves; ``keep`` counts the characters that stay in each."""
    counts = iter(keep)

    def part(box: Any) -> tuple[Any, Any]:
        if any(cell is box for cell in islice(cells_of(box), 1)):
            count = next(counts)
            head, tail = (None, box) if not count else cut(box, count)
            empty = box.copy_with_children([])
            return (empty if head is None else head), (empty if tail is None else tail)
        if not any(True for _ in cells_of(box)):
            return box, None
        heads, tails = [], []
        for child in box.children:
            head, tail = part(child)
            heads.append(head)
            if tail is not None:
                tails.append(tail)
        return box.copy_with_children(heads), box.copy_with_children(tails)

    return part(note)
