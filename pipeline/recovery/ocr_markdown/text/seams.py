"""Spaces between Han characters that were ends of lines or pages: which go?

Comes in: the source and its chunks. Goes out: the places of the spaces that go. Some engines join the lines of a
paragraph with a space, also in Chinese; others only the parts before and behind a page's end. Refused: spaces near
others (names, verse, old punctuation), before a name in whose honour one is left, at a label, between two halves
of equal length; and a single one whose neighbours the text has nowhere side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from pipeline.han import CLOSING, HAN, OPENING
from pipeline.recovery.markdown.chunks import PROSE, Chunk, ChunkKind
from pipeline.recovery.wording.marks import PAUSES, STOPS

_SEAM = re.compile(rf"(?<=[{HAN}{CLOSING}])[ ](?=[{HAN}{OPENING}{CLOSING}])")
_STOP = re.compile(f"[{STOPS}{PAUSES}]")
_MARK = re.compile(r"[，。；：！？、“”‘’「」『』（）《》〈〉]")
_HONOURED = re.compile(
    r"[蔣蒋]|[國国]父|[總总][統统理裁]|[皇帝聖圣御]|上[諭谕]|朝廷|天朝|主席|[領领]袖|今上|先[帝王師师考妣]|家[父母]"
)
# Where no sentence ends and no quotation begins.
_PARTED = re.compile(rf"[{HAN}，、；][ ][{HAN}]|[{HAN}][ ][{CLOSING}]")
_BETWEEN_LETTERS = re.compile(rf"[{HAN}] [{HAN}]")
_CHAPTER = re.compile(r"第[〇零一二三四五六七八九十百千0-9]{1,6}[回章节節卷編编篇折][ ]")
_NUMERAL = re.compile(r"[年月日號号卷冊册期頁页][ ][〇零一二三四五六七八九十百千]")
_COMMAS = "，、"  # no space stands behind one in prose
_NEAR = 14  # characters; nearer spaces are no ends of lines
_EVEN = 0.25  # so far from the usual distance may lines be
_STEP = 2  # columns more or fewer than a measure
_PROVED = 2  # places where a space parts a word: then all do, where the text has no other space
_LEAST = 6  # lines that show a measure
_PROSE = 80  # characters of a paragraph in which one space is looked at


def find_seams(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int]
) -> tuple[frozenset[int], tuple[int, ...]]:
    """The places of the spaces that were ends of lines or pages, and of those that may have been."""
    found = [
        (i, chunk, [m.start() for m in _SEAM.finditer(source, chunk.inner, chunk.tail)])
        for i, chunk in enumerate(chunks)
        if chunk.kind in PROSE
    ]
    if (joined := _joined(source, found, bodies)) is not None:
        return joined | frozenset(_in_headings(source, chunks)), ()
    lone = [
        at
        for i, chunk, places in found
        if i not in bodies
        for at in _lone(places)
        if _is_prose(source, chunk, _PROSE if source[at - 1] not in _COMMAS else _PROSE // 2)
        and chunk.inner + _NEAR <= at
        and _PARTED.match(source, at - 1)
        and not _is_meant(source, at)
        and not _has_halves(source, at)
    ]
    sure = frozenset(
        at for at in lone if source[at - 1] in _COMMAS or source[at - 1] + source[at + 1] in source
    )
    told = sum(len(places) for i, c, places in found if i not in bodies and _is_prose(source, c, _PROSE))
    if len(sure) >= _PROVED and told == len(lone):
        return frozenset(lone), ()
    return sure, tuple(at for at in lone if at not in sure)


def _joined(
    source: str, found: Sequence[tuple[int, Chunk, list[int]]], bodies: frozenset[int]
) -> frozenset[int] | None:
    """The spaces that go where an engine joined the lines of paragraphs; None where it did not."""
    gaps = [b - a for _, _, places in found for a, b in pairwise(places)]
    usual = median(gaps) if gaps else 0
    even = sum(abs(gap - usual) <= _EVEN * usual for gap in gaps)
    if usual >= _NEAR and even >= _LEAST and even * 10 >= len(gaps) * 7:
        return frozenset(at for _, _, places in found for at in places if not _is_meant(source, at))
    if _part_columns(source, [places for i, _, places in found if i not in bodies]):
        return frozenset(at for _, _, p in found for at in _lone(p) if not _is_meant(source, at))
    return None


def _in_headings(source: str, chunks: Sequence[Chunk]) -> Iterator[int]:
    """The spaces in headings that part, far behind a number, what the text has side by side elsewhere."""
    for chunk in chunks:
        if chunk.kind is ChunkKind.HEADING:
            for m in _SEAM.finditer(source, chunk.inner + _NEAR, chunk.tail):
                if (
                    _BETWEEN_LETTERS.match(source, m.start() - 1)
                    and source[m.start() - 1] + source[m.end()] in source
                ):
                    yield m.start()


def _part_columns(source: str, texts: Iterable[Sequence[int]]) -> bool:
    """Whether the spaces stand as far apart as lines are wide in print, or twice as far where a line ended in a number or letter: then an
    engine joined the lines that it read. A text has one measure, its quotations another.
    """
    gaps = [_columns(source[a:b]) for places in texts for a, b in pairwise(places) if b - a > _NEAR]
    rest = Counter(gaps)
    for _ in range(2):
        measure = max(rest, key=lambda gap: sum(rest[gap + d] for d in range(-_STEP, _STEP + 1)), default=0)
        for near in (m + d for m in (measure, 2 * measure) for d in range(-_STEP, _STEP + 1)):
            rest.pop(near, None)
    return len(gaps) >= 2 * _LEAST and rest.total() * 2 <= len(gaps)


def _columns(text: str) -> int:
    """How wide a text is printed: a Han character and its marks are as wide as two letters."""
    return sum(1 + (c > "\u2e7f" or c in "“”‘’…—") for c in text)


def _is_prose(source: str, chunk: Chunk, least: int) -> bool:
    """Whether it is long and has more than one stop."""
    return chunk.tail - chunk.inner >= least and len(_STOP.findall(source, chunk.inner, chunk.tail)) > 1


def _lone(places: Sequence[int]) -> Iterator[int]:
    """Those that have no other near."""
    for before, at, behind in zip([-99, *places], places, [*places[1:], 1 << 60], strict=False):
        if at - before > _NEAR and behind - at > _NEAR:
            yield at


def _is_meant(source: str, at: int) -> bool:
    """Whether it stands before a name that is honoured so, parts a date, or stands behind a chapter's number."""
    return (
        _HONOURED.match(source, at + 1) is not None
        or _NUMERAL.match(source, at - 1) is not None
        or any(m.end() == at + 1 for m in _CHAPTER.finditer(source, max(0, at - 9), at + 1))
    )


def _has_halves(source: str, at: int) -> bool:
    """Whether as many characters stand before it as behind, up to the next marks: two verses, two terms."""
    before = next((n for n in range(1, 20) if _MARK.match(source, at - n)), 20) - 1
    behind = next((n for n in range(1, 20) if _MARK.match(source, at + n) or at + n >= len(source)), 20) - 1
    return before == behind < 19
