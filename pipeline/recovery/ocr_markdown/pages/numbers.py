"""Which lines of a recognised paper are page numbers?

Comes in: the paper's chunks and what is known of them. Goes out: the numbers. Refused: one that does not count on
with the others, as a section's may, and years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.location import Span
from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.pages.edges import HEAD, LEAST, Paper

_NUMBER = re.compile(
    r"(?P<tex>\$)?[*_\[(（]*+(?:第\s*+|page\s*+|p\.\s*+|[頁页][碼码]?\s*+[:：]\s*+)?(?:[-–—－·•．.~〜\s|\[［]|\\(?:cdot|bullet|-|\.))*+(?P<n>[0-9]{1,4}|[〇一二三四五六七八九]{2,4})"
    r"(?:[-–—－·•．.~〜\s|\]］]|\\(?:cdot|bullet|-|\.))*+(?:[頁页])?(?:[ ]?(?:[/／]|of)[ ]?[0-9]{1,4}|[ ，,]*[共/][ ]?[0-9]{1,4}[ ]?[頁页])?[*_\])）]*(?(tex)\$)$",
    re.IGNORECASE,
)
_DRESSED = re.compile(r"[ \t]*(?P<mark>[-–—－·•．])[ \t]*[0-9]{1,4}[ \t]*(?P=mark)[ \t]*$")
_DASHED = re.compile(r"[0-9]{1,4}[ \t]+-")  # behind the dash of an item
_NAMED = re.compile(
    r"[ \t*_]*(?:第[ ]?[0-9]{1,4}[ ]?[頁页](?:[ ，,/]*共[ ]?[0-9]{1,4}[ ]?[頁页])?|[頁页][碼码]?[ ]?[:：][ ]?[0-9]{1,4})[ \t*_]*"
)
_WORN = re.compile(
    r"[ \t]*(?P<mark>\\?[-–—－·•．])[ \t]*[0-9]{1,4}[ \t]*\\?[-–—－·•．][ \t]*|\$[^$]*\\(?:cdot|bullet)\$|<.*>|[〇一二三四五六七八九]{2,4}"
)
_IN_HEAD = re.compile(r"(?:(?<=[\s·•．])|^)(?P<n>[0-9]{1,4})(?=[\s·•．]|$)")
_LONGEST = 24  # characters of a line that is a number
_YEARS = 1000
_FAR = 100  # three lines on end that count on from here are pages
_INSIDE = 20  # a journal's or book's page; no section's number begins there


class _Number(NamedTuple):
    """A line that is a number: its chunk, what it says, where its digits stand."""

    chunk: int
    value: int
    span: Span


def find_page_numbers(paper: Paper) -> dict[int, Span]:
    """Lines that are a number and count on through the document."""
    found = list(_numbers(paper))
    return {number.chunk: number.span for number in _of_pages(paper, found)}


def _numbers(paper: Paper) -> Iterator[_Number]:
    """The lines that are a number."""
    source = paper.source
    for i, chunk in enumerate(paper.chunks):
        if (
            i in paper.bodies
            or chunk.kind not in (*LINES, ChunkKind.ITEM)
            or chunk.tail - chunk.inner > _LONGEST
        ):
            continue
        if chunk.kind is ChunkKind.ITEM and not _DASHED.fullmatch(source, chunk.inner, chunk.tail):
            continue  # «- 1 -» looks like an item
        if m := _NUMBER.match(source, chunk.inner, chunk.tail):
            yield _Number(i, _value_of(m["n"]), Span(*m.span("n")))


def _of_pages(paper: Paper, found: Sequence[_Number]) -> Sequence[_Number]:
    """Those that are page numbers; none, where sections may be numbered so, or years told."""
    lines = [paper.source[paper.chunks[n.chunk].start : paper.chunks[n.chunk].end] for n in found]
    dressed = {n for n, line in zip(found, lines, strict=True) if _DRESSED.match(line)}
    below = [n.chunk - 1 in paper.bodies for n in found]
    if len(found) == 1 and found[0].chunk == len(paper.chunks) - 1 and (dressed or below[0]):
        return found  # of a single page, or of the last
    # «· 146 ·»: some may be lost between them.
    if len(dressed) >= LEAST and _rise(found):
        return found
    chain = [found[k] for k in _counting_on([n.value for n in found])]
    edges = sum(paper.is_at_edge(n.chunk, ends=False) for n in chain)
    is_dressed = edges == len(chain) == 2 and dressed.issuperset(chain)
    if _are_sure(found, lines, all(below)):
        return found
    if (len(chain) < LEAST and not is_dressed) or len(chain) * 4 < len(found) * 3:
        return _between_halves(paper, found)
    first, last = chain[0].value, chain[-1].value
    if last >= _YEARS:
        return chain if edges * 3 >= len(chain) * 2 else []
    counts = len(chain) == len(found) and last - first == len(chain) - 1
    is_run = counts and first >= (_INSIDE if len(found) > LEAST else _FAR)
    return chain if is_run or edges * 3 >= len(chain) else []


def _between_halves(paper: Paper, found: Sequence[_Number]) -> Sequence[_Number]:
    """Those inside sentences, where no section's number stands, and the others at pages' edges that rise with them."""
    sure = [n for n in found if paper.cuts_sentence(n.chunk)]
    at_edge = [n for n in found if n in sure or paper.is_at_edge(n.chunk, ends=False)]
    return next((numbers for numbers in (at_edge, sure) if sure and _rise(numbers)), [])


def _rise(numbers: Sequence[_Number], step: int = 0) -> bool:
    """Whether each is more than the one before; with a ``step``, by so much."""
    return all(b.value == a.value + step if step else b.value > a.value for a, b in pairwise(numbers))


def find_first_number(paper: Paper) -> dict[int, Span]:
    """The number at the foot of the first page, alone on its line, where the heads of the next pages count on from it."""
    heads = [i for i in sorted(paper.removed) if paper.removed[i] is HEAD]
    told = number_in(paper.source, paper.chunks[heads[0]]) if heads else 0
    if not told:
        return {}
    for i, chunk in enumerate(paper.chunks[: heads[0]]):
        if chunk.kind is ChunkKind.TEXT and i not in paper.bodies and i not in paper.removed:
            m = _NUMBER.match(paper.source, chunk.inner, chunk.tail)
            if m is not None and _value_of(m["n"]) == told - 1:
                return {i: Span(*m.span("n"))}
    return {}


def number_in(source: str, chunk: Chunk) -> int:
    """The page's number that a line of furniture has; 0 where it has none."""
    m = _NUMBER.match(source, chunk.inner, chunk.tail)
    if m is not None:
        return _value_of(m["n"])
    m = _IN_HEAD.search(source, chunk.inner, chunk.tail)
    return int(m["n"]) if m is not None else 0


def _are_sure(found: Sequence[_Number], lines: Sequence[str], are_below: bool) -> bool:
    """Whether lines are page numbers, however few: «第155頁»; or two that count on, below bodies or in a dress that no section wears."""
    if found and all(map(_NAMED.fullmatch, lines)):
        return _rise(found)
    counts = len(found) > 1 and _rise(found, 1) and found[0].value >= _INSIDE
    return counts and (are_below or all(map(_WORN.fullmatch, lines)))


def _value_of(digits: str) -> int:
    """The number that digits of either kind write."""
    return int("".join(str("〇一二三四五六七八九".find(c)) if c > "9" else c for c in digits))


def _counting_on(numbers: Sequence[int]) -> list[int]:
    """The positions of the longest run that counts on by one to three."""
    best: dict[int, tuple[int, int]] = {}  # number → (length, position)
    origin = [-1] * len(numbers)
    top = (0, -1)
    for k, n in enumerate(numbers):
        length, before = max(
            ((best[n - s][0], best[n - s][1]) for s in (1, 2, 3) if n - s in best), default=(0, -1)
        )
        origin[k] = before
        if length + 1 > best.get(n, (0, -1))[0]:
            best[n] = (length + 1, k)
        top = max(top, (length + 1, k))
    out, k = [], top[1]
    while k >= 0:
        out.append(k)
        k = origin[k]
    return out[::-1]
