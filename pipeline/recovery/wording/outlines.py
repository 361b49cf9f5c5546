"""Which of a document's headings are none, and of which levels are the others?

Comes in: the numbering of each line that could be a heading (``headings``). Goes out: those that are, and their levels. Refused:
an outline of chapters inside the text, for many headings on end with nothing between them are a list; a number alone that does not count on.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.wording.headings import NAMED, SUMMED, UNNUMBERED, HeadingMark

CHAPTER, SECTION = 1, 2  # ranks: 第一章, 第一節
OUTLINE = 4  # so many headings on end are an outline


def drop_strays(marks: Sequence[HeadingMark | None]) -> list[HeadingMark | None]:
    """The marks without Arabic numbers that do not count on: one alone is a number of the text."""
    out = list(marks)
    for rank in {m.rank for m in marks if m is not None and m.rank >= 8}:
        places = [i for i, m in enumerate(marks) if m is not None and m.rank == rank]
        values = [m.value for m in marks if m is not None and m.rank == rank]
        for k, i in enumerate(places):
            goes_on = k > 0 and values[k] == values[k - 1] + 1
            begins = values[k] == 1 and k + 1 < len(values) and values[k + 1] == 2
            if not goes_on and not begins:
                out[i] = None
    return out


def drop_outlines(marks: Sequence[HeadingMark | None]) -> list[HeadingMark | None]:
    """The marks without those of outlines. ``marks`` has an entry for every paragraph, ``None`` for text.

    A chapter heading with its section heading right behind it is none; many on end are. The last heading
    before the text goes on stays, and so does a chapter's when it follows the outline.
    """
    out = list(marks)
    i = 0
    while i < len(out):
        k = i
        while k < len(out) and out[k] is not None:
            k += 1
        if k - i >= OUTLINE and _repeats(out[i:k]):
            keep = _chapter_behind(out, i, k)
            for n in range(_outline_start(out, i, k), keep):
                out[n] = None
        i = max(k, i + 1)
    for first, last in _lists(out):
        out[first:last] = [None] * (last - first)
    return out


def _lists(marks: Sequence[HeadingMark | None]) -> list[tuple[int, int]]:
    """Neighbouring headings of one low rank that count on: entries of a list, for nothing stands below them."""
    out = []
    begin = 0
    for k in range(1, len(marks) + 1):
        before = marks[k - 1]
        mark = marks[k] if k < len(marks) else None
        if mark is None or before is None or mark.rank != before.rank or mark.value != before.value + 1:
            if before is not None and k - begin >= (2 if before.rank >= 8 else 3) and before.rank >= 6:
                out.append((begin, k))
            begin = k
    return out


def _repeats(run: Sequence[HeadingMark | None]) -> bool:
    """Whether two headings of one rank count on directly: no text came between them."""
    values: dict[float, list[int]] = {}
    for mark in run:
        if mark is not None and mark.number:
            values.setdefault(mark.rank, []).append(mark.value)
    return any(len(v) > 2 for v in values.values())


def _outline_start(marks: Sequence[HeadingMark | None], first: int, last: int) -> int:
    """Where the outline begins: headings before it are of ranks that it does not have itself."""
    ranks = [m.rank if m is not None else -1 for m in marks[first:last]]
    at = 0
    while at < len(ranks) and ranks.count(ranks[at]) == 1:
        at += 1
    return first + at


def _chapter_behind(marks: Sequence[HeadingMark | None], first: int, last: int) -> int:
    """Where the outline ends: a heading at the run's end belongs to the text that follows, be it a chapter's, or higher than
    all entries and the next one of the text.
    """
    ranks = [m.rank for m in marks[first:last] if m is not None]
    for n in range(last - 1, max(first, last - 4), -1):
        mark = marks[n]
        if mark is None:
            continue
        told, own = (_last_of(marks[:first], mark.rank), _last_of(marks[first:n], mark.rank))
        chapter = mark.rank <= 2 and mark.rank <= min(ranks) and own != mark.value - 1
        if chapter or (mark.rank < min(ranks[: n - first]) and told == mark.value - 1):
            return n
    return last


def _last_of(marks: Sequence[HeadingMark | None], rank: float) -> int | None:
    """The number of the last heading of a rank."""
    return next((m.value for m in reversed(marks) if m is not None and m.rank == rank), None)


def heading_levels(marks: Sequence[HeadingMark]) -> list[int]:
    """Levels for the headings of a document, from 1: each below the last one of a lower rank; what ends a chapter stands with its sections.

    >>> heading_levels([HeadingMark(r, "", 0) for r in (1, 3, 6, 6, 3, 1, 2, 6)])
    [1, 2, 3, 3, 2, 1, 2, 3]
    >>> [heading_levels([HeadingMark(r, "", 0) for r in ranks]) for ranks in ((1, 2, 6, SUMMED, 1), (6, 7, SUMMED, 6))]
    [[1, 2, 3, 2, 1], [1, 2, 1, 1]]
    """
    numbered = {mark.rank for mark in marks if mark.rank not in UNNUMBERED}
    top = min(numbered, default=NAMED)
    summed = max(top, SECTION) if top <= CHAPTER else top
    stack: list[float] = []
    out = []
    for mark in marks:
        rank = {NAMED: top, SUMMED: summed}.get(mark.rank, mark.rank)
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        out.append(len(stack))
    return out
