"""Headings of a recognised paper: which are none, of which level are they?

Comes in: a heading's text, or all headings. Goes out: the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.recovery.wording.headings import NAMED, HeadingMark, heading_mark
from pipeline.recovery.wording.marks import is_sentence_end
from pipeline.recovery.wording.outlines import heading_levels

_LONGEST_HEADING = 40  # characters; with a full stop behind so many it is none
_CAPTION = re.compile(
    r"[圖图表]\s?[0-9一二三四五六七八九十]{1,3}(?:[-–—.．][0-9]{1,3})?(?:[ \u3000：:．.]+\S|(?<=[0-9])(?![中所是為为顯显和與与及的、，])[\u3400-\u9fff])"
)
_GLUED = re.compile(r"[1-9][0-9]?(?:\.[1-9][0-9]?){0,3}(?=[A-Z\u3400-\u9fff])")  # «2.1方法»
_BOLD = ("**", "__")


def is_sentence(heading: str) -> bool:
    """Whether what an engine took for a heading is a sentence, or names a table or picture."""
    text = heading.strip(" *_")
    is_long = len(text) >= _LONGEST_HEADING and is_sentence_end(text)
    return (is_long and heading_mark(text) is None) or (
        len(text) <= _LONGEST_HEADING and _CAPTION.match(text) is not None
    )


def bold_around(text: Traced) -> tuple[int, int] | None:
    """The pieces that open and close the bold in which a whole text stands; a page start or a call may stand outside."""
    marks = [k for k, p in enumerate(text.pieces) if p.kind is PieceKind.MARKUP and p.text in _BOLD]
    if len(marks) != 2:
        return None
    outside = [*text.pieces[: marks[0]], *text.pieces[marks[1] + 1 :]]
    is_whole = not any(p.kind in (PieceKind.TEXT, PieceKind.MARKUP) and p.text.strip() for p in outside)
    return (marks[0], marks[1]) if is_whole else None


def unbolded(heading: Traced) -> Traced:
    """A heading without the bold in which all of it stands: being a heading says it."""
    if (marks := bold_around(heading)) is None:
        return heading
    pieces = list(heading.pieces)
    for k in marks:
        span = pieces[k].span
        pieces[k] = Piece("", span, Edit(span, pieces[k].text, "", "L118", "bold of a whole heading"))
    return Traced(tuple(pieces))


def _contradict(headings: Sequence[tuple[int, str]], marks: Sequence[HeadingMark]) -> bool:
    """Whether a heading and the next one, which counts on from it, were given different levels."""
    return any(
        a.rank == b.rank != NAMED and b.value == a.value + 1 and high != low
        for (a, b), ((high, _), (low, _)) in zip(pairwise(marks), pairwise(headings), strict=True)
    )


def unglued(headings: Sequence[str]) -> list[str]:
    """The headings, a number that an engine set right before its words apart: where most of these numbers count on."""
    numbers = [[int(n) for n in m.group().split(".")] for text in headings if (m := _GLUED.match(text))]
    steps = sum(
        b[:-1] == a[: len(b) - 1] and b[-1] == (a[len(b) - 1] if len(b) <= len(a) else 0) + 1
        for a, b in pairwise([[0], *numbers])
    )
    if len(numbers) < 2 or steps * 3 < len(numbers) * 2:
        return list(headings)
    return [
        _GLUED.sub(lambda m: m.group() + " ", text, count=1) if _GLUED.match(text) else text
        for text in headings
    ]


def heading_levels_of(headings: Sequence[tuple[int, str]]) -> Iterator[int]:
    """Levels from 1. Where the engine gave all headings one level, their numbering tells them apart."""
    given = sorted({level for level, _ in headings})
    texts = unglued([text.strip() for _, text in headings])
    marks = [heading_mark(text) or HeadingMark(NAMED, "", 0) for text in texts]
    if len(headings) > 1 and (len(given) == 1 or _contradict(headings, marks)):
        return iter(heading_levels(marks))
    return iter([given.index(level) + 1 for level, _ in headings])
