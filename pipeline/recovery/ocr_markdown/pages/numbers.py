"""Which lines of a recognised paper are page numbers?

Comes in: the source's chunks and which of them are note bodies. Goes out: the numbers. Refused: one that does not count on
with the others, as a section's may, and years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from itertools import pairwise

from pipeline.location import Span
from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.pages.edges import LEAST, is_at_edge

_NUMBER = re.compile(
    r"(?P<tex>\$)?[*_\[(（]*+(?:第\s*+|page\s*+)?(?:[-–—－·•．.~〜\s|\[［]|\\(?:cdot|bullet|-|\.))*+(?P<n>[0-9]{1,4}|[〇一二三四五六七八九]{2,4})"
    r"(?:[-–—－·•．.~〜\s|\]］]|\\(?:cdot|bullet|-|\.))*+(?:[頁页])?(?:[ ]?[/／][ ]?[0-9]{1,4}|[ ，,]*[共/][ ]?[0-9]{1,4}[ ]?[頁页])?[*_\])）]*(?(tex)\$)$",
    re.IGNORECASE,
)
_DRESSED = re.compile(r"[ \t]*(?P<mark>[-–—－·•．])[ \t]*[0-9]{1,4}[ \t]*(?P=mark)[ \t]*$")
_DASHED = re.compile(r"[ \t]*-[ \t]+[0-9]{1,4}[ \t]+-[ \t]*$")
_NAMED = re.compile(r"[ \t*_]*第[ ]?[0-9]{1,4}[ ]?[頁页](?:[ ，,/]*共[ ]?[0-9]{1,4}[ ]?[頁页])?[ \t*_]*")
_WORN = re.compile(
    r"[ \t]*(?P<mark>\\?[-–—－·•．])[ \t]*[0-9]{1,4}[ \t]*\\?[-–—－·•．][ \t]*|\$[^$]*\\(?:cdot|bullet)\$|<.*>|[〇一二三四五六七八九]{2,4}"
)
_IN_HEAD = re.compile(r"(?:(?<=[\s·•．])|^)(?P<n>[0-9]{1,4})(?=[\s·•．]|$)")
_YEARS = 1000
_FAR = 100  # three lines on end that count on from here are pages
_INSIDE = 20  # a journal's or book's page; no section's number begins there


def find_page_numbers(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> dict[int, Span]:
    """Lines that are a number and count on through the document."""
    found: list[tuple[int, int, Span]] = []
    for i, chunk in enumerate(chunks):
        if i in bodies or chunk.kind not in (*LINES, ChunkKind.ITEM) or chunk.tail - chunk.inner > 24:
            continue
        if chunk.kind is ChunkKind.ITEM and not _DASHED.match(source, chunk.start, chunk.end):
            continue  # «- 1 -» looks like an item
        if m := _NUMBER.match(source, chunk.inner, chunk.tail):
            found.append((i, _value_of(m["n"]), Span(m.start("n"), m.end("n"))))
    dressed = [i for i, _, _ in found if _DRESSED.match(source, chunks[i].start, chunks[i].end)]
    if len(found) == 1 and found[0][0] == len(chunks) - 1 and dressed:
        return {found[0][0]: found[0][2]}  # of a single page, or of the last
    # «· 146 ·»: some may be lost between them.
    if len(dressed) >= LEAST and all(a < b for (_, a, _), (_, b, _) in pairwise(found)):
        return {i: span for i, _, span in found}
    chain = _counting_on([n for _, n, _ in found])
    edges = sum(is_at_edge(source, chunks, bodies, {}, found[k][0], ends=False) for k in chain)
    is_dressed = edges == len(chain) == 2 and all(found[k][0] in dressed for k in chain)
    if _are_sure(source, chunks, [(i, n) for i, n, _ in found]):
        return {i: span for i, _, span in found}
    if (len(chain) < LEAST and not is_dressed) or len(chain) * 4 < len(found) * 3:
        return {}
    first, last = found[chain[0]][1], found[chain[-1]][1]
    counts = len(chain) == len(found) and last - first == len(chain) - 1
    is_run = counts and (first >= _INSIDE if len(found) > LEAST else first >= _FAR)
    years = last >= _YEARS
    if is_run and not years:
        return {found[k][0]: found[k][2] for k in chain}
    if edges * 3 < len(chain) * (2 if years else 1):  # sections may be numbered so, or years told
        return {}
    return {found[k][0]: found[k][2] for k in chain}


def find_first_number(
    source: str, chunks: Sequence[Chunk], known: Set[int], removed: Mapping[int, tuple[str, str]]
) -> dict[int, Span]:
    """The number at the foot of the first page, alone on its line, where the heads of the next pages count on from it."""
    heads = [i for i in sorted(removed) if removed[i][0] == "L114"]
    told = [(i, n) for i in heads if (n := number_in(source, chunks[i]))]
    if not told or told[0][0] != heads[0]:
        return {}
    for i, chunk in enumerate(chunks[: heads[0]]):
        m = _NUMBER.match(source, chunk.inner, chunk.tail) if chunk.kind is ChunkKind.TEXT else None
        if m is not None and i not in known and _value_of(m["n"]) == told[0][1] - 1:
            return {i: Span(m.start("n"), m.end("n"))}
    return {}


def number_in(source: str, chunk: Chunk) -> int:
    """The page's number that a line of furniture has; 0 where it has none."""
    m = _NUMBER.match(source, chunk.inner, chunk.tail)
    if m is not None:
        return _value_of(m["n"])
    m = _IN_HEAD.search(source, chunk.inner, chunk.tail)
    return int(m["n"]) if m is not None else 0


def _are_sure(source: str, chunks: Sequence[Chunk], found: Sequence[tuple[int, int]]) -> bool:
    """Whether lines are page numbers, however few: «第155頁»; or two that count on, in a dress that sections do not wear."""
    lines = [source[chunks[i].start : chunks[i].end] for i, _ in found]
    if found and all(map(_NAMED.fullmatch, lines)):
        return all(a < b for (_, a), (_, b) in pairwise(found))
    counts = all(b == a + 1 for (_, a), (_, b) in pairwise(found))
    return len(found) > 1 and counts and found[0][1] >= _INSIDE and all(map(_WORN.fullmatch, lines))


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
