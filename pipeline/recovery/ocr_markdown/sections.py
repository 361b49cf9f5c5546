"""Headings of a recognised paper: which are none, which the engine did not mark, of which level are they?

Comes in: a heading's text, or the drafts of the document. Goes out: the answer. Refused: one numbered line alone, and
lines whose numbers do not count on from 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.document.manuscript import BlockKind
from pipeline.recovery.drafts import Draft
from pipeline.recovery.headings import NAMED, HeadingMark, heading_levels, heading_mark
from pipeline.recovery.ocr_markdown.joins import Closing, closing_of

_HEADLINE = 30  # characters of a heading that the engine did not mark
_CHAPTERS, _PARTS = 6.0, 7.0  # the ranks of «一、» and «（一）»
_LONGEST_HEADING = 40  # characters; with a full stop behind so many it is none
_CAPTION = re.compile(
    r"[圖图表]\s?[0-9一二三四五六七八九十]{1,3}(?:[-–—.．][0-9]{1,3})?(?:[ \u3000：:．.]+\S|(?<=[0-9])(?![中所是為为顯显和與与及的、，])[\u3400-\u9fff])"
)
_GLUED = re.compile(r"[1-9][0-9]?(?:\.[1-9][0-9]?){0,3}(?=[A-Z\u3400-\u9fff])")  # «2.1方法»
_FULL_STOPS = ("。", "。」", "。”", "！", "？")


def is_sentence(heading: str) -> bool:
    """Whether what an engine took for a heading is a sentence, or names a table or picture."""
    text = heading.strip(" *_")
    is_long = len(text) >= _LONGEST_HEADING and text.endswith(_FULL_STOPS)
    return (is_long and heading_mark(text) is None) or (
        len(text) <= _LONGEST_HEADING and _CAPTION.match(text) is not None
    )


def promote(drafts: Sequence[Draft]) -> None:
    """Where the engine marked no heading at all: short lines «一、…» that count on from 1, and «（一）…» among them."""
    if any(d.kind is BlockKind.HEADING for d in drafts):
        return
    found: dict[float, list[tuple[int, int]]] = {_CHAPTERS: [], _PARTS: []}
    for k, draft in enumerate(drafts[:-1]):
        text = unicodedata.normalize("NFC", "".join(p.visible() for p in draft.parts).strip())
        mark = heading_mark(text) if draft.kind is BlockKind.PARAGRAPH and len(text) <= _HEADLINE else None
        if mark is not None and mark.rank in found and _may_be_headed(drafts[k + 1]):
            found[mark.rank].append((k, mark.value))
    chapters = [n for _, n in found[_CHAPTERS]]
    parts = [n for _, n in found[_PARTS]]
    if len(chapters) < 2 or chapters != list(range(1, len(chapters) + 1)):
        return
    if not all(b in (1, a + 1) for a, b in pairwise([0, *parts])):
        found[_PARTS] = []
    for level, rank in enumerate((_CHAPTERS, _PARTS), 1):
        for k, _ in found[rank]:
            drafts[k].kind, drafts[k].level = BlockKind.HEADING, level


def _may_be_headed(draft: Draft) -> bool:
    """Whether a block is text that a heading stands above, or another such line."""
    tail = draft.tail()
    mark = heading_mark(tail.strip())
    return (
        draft.kind is BlockKind.TABLE
        or len(tail) > _HEADLINE
        or closing_of(tail) is Closing.CLOSED
        or (mark is not None and mark.rank == _PARTS and mark.value == 1)
    )


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
