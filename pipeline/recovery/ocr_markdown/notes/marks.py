"""What a mark of a note says: its number, its style, whether it calls a note or begins a body.

Comes in: a match or a place. Goes out: numbers and styles. What marks look like stands in ``note_signs``; a raised number is a call by
itself (strong), ①, [1] and ¹ only where a body asks for it (weak).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from pipeline.note_signs import (
    COUNTED,
    LIST_POINT,
    MARKED_BODIES,
    MAY_BEGIN,
    PLAIN_BODIES,
    STARS,
    STRONG_BODIES,
)
from pipeline.own_marks import own_marks
from pipeline.recovery.markdown.chunks import PROSE, Chunk, ChunkKind
from pipeline.recovery.notes.numbers import CIRCLED, number_of
from pipeline.recovery.notes.units import UNIT_AT_START

_RINGED = {chr(first + i): CIRCLED[i] for first, many in ((0x2474, 20), (0x2776, 10)) for i in range(many)}
_NOTHING = str.maketrans("", "", "\\ ")
_ASTERISKS = str.maketrans("＊∗", "**")
_MARKED = [re.compile(p) for p in MARKED_BODIES]
# The pattern of a body's mark, and whether nothing else begins so.
BODY_MARKS = [
    *((re.compile(p), True) for p in STRONG_BODIES),
    *((p, False) for p in _MARKED),
    *((re.compile(p), False) for p in PLAIN_BODIES),
]
# A plain number that may begin one at a page's foot, also where it touches its text.
_FOOT_NUMBER = (
    rf"[ \t]*(?P<mark>[(（\[註注]?[ \t]?(?P<n>[0-9]{{1,3}})[)）\]]?(?P<list>{LIST_POINT})?)"
    r"(?:[ \t　:：]+|[ \t]*\n|(?:(?<=[.．、)）])|(?P<glued>))(?=[\u3400-\u9fff《〈“「A-ZÀ-ÖА-ЯЁ]))"
    rf"(?=[^\s0-9]|{COUNTED})"
)
FOOT_NUMBER = re.compile(rf"{_FOOT_NUMBER}(?(list)|(?!{UNIT_AT_START}))")
FOOT_NUMBER_OF_UNITS = re.compile(_FOOT_NUMBER)  # as it seems: it must be the next
_LISTED = re.compile(rf"[ \t]*[(（]?(?P<n>[0-9]{{1,3}}){LIST_POINT}")
_CITES = re.compile(
    r"[《〈]|[頁页]|檔案|档案|[參参][見见閱阅看]|^[見见引]|同上|同前|轉引|转引|出版社|書局|书局|Ibid|\bpp?\.|\bVol\.|\bop\. ?cit|\bcf\.|https?://"
    r"|\bno\. ?[0-9]|(?<![0-9])(?:1[0-9]|20)[0-9]{2}\)[:,] ?[0-9]|[訪访][談谈]|口述|函告|[刻抄稿]本|未刊|全宗|案卷"
    r"|\b(?:ф|оп|д|л|с|т)\. ?[0-9]|№ ?[0-9]|\b(?:S|Bd)\. ?[0-9]|判[決决][書书]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Call:
    """A mark in the text that is, or may be, a call."""

    start: int
    end: int
    number: int
    mark: str
    strong: bool
    closed: bool = False  # a sentence or quotation ends right before it
    listed: bool = False  # it seems to number the parts of a sentence: a call only where nothing else is

    @property
    def key(self) -> int | str:
        """What a call and its body share: the number, or the stars."""
        return self.number or _signs(self.mark)


@dataclass(frozen=True, slots=True)
class Body:
    """A chunk that begins a note's body. ``text`` is where the text begins behind the mark."""

    chunk: int
    start: int
    text: int
    number: int  # 0 for a star
    mark: str
    label: str = ""

    @property
    def key(self) -> int | str:
        return self.number or _signs(self.mark)


def _signs(mark: str) -> str:
    return mark.translate(_ASTERISKS)


def cites(source: str, start: int, end: int) -> bool:
    """Whether a text points to a book, a page, an archive."""
    return _CITES.search(source, start, end) is not None


def label_start(chunk: Chunk) -> int:
    """Where a number that a chunk begins with stands: it may be an item's own, or behind a bullet."""
    return chunk.start if chunk.kind is ChunkKind.ITEM and chunk.marker != "-" else chunk.inner


def is_announced(source: str, chunks: Sequence[Chunk], first: int, number: int) -> bool:
    """Whether a colon announces a numbered line, or the lines above it that count up to it from 1."""
    for chunk in reversed(chunks[:first]):
        m = _LISTED.match(source, label_start(chunk), chunk.tail)
        if m is None or int(m["n"]) != number - 1:
            return number == 1 and source.endswith(("：", ":"), chunk.inner, chunk.tail)
        number -= 1
    return False


def body_marks(source: str) -> list[tuple[re.Pattern[str], bool]]:
    """The marks of bodies, and those that this document alone has."""
    own = own_marks(source)
    return [*BODY_MARKS, (own.body, True)] if own is not None else BODY_MARKS


def may_begin(source: str, at: int) -> bool:
    """Whether a mark of a body may stand there; much faster than to ask for each."""
    own = own_marks(source)
    return MAY_BEGIN.match(source, at) is not None or (
        own is not None and own.body.match(source, at) is not None
    )


def marked_body(source: str, begin: int, end: int) -> re.Match[str] | None:
    """The mark, no plain digit, with which a body or an item may begin there: ①, ¹, [1], (1), 註1."""
    if not may_begin(source, begin):
        return None
    found = (m for pattern in _MARKED if (m := pattern.match(source, begin, end)) and m.end() < end)
    return next(found, None)


def number_at(source: str, chunk: Chunk) -> int:
    """The number that a chunk begins with, however it is marked; 0 where it has none."""
    begin = label_start(chunk)
    if not may_begin(source, begin):
        return 0
    found = (m for pattern, _ in body_marks(source) if (m := pattern.match(source, begin, chunk.tail)))
    return next((number for m in found if (number := value_of(m)[0])), 0)


def mark_at(source: str, chunk: Chunk) -> re.Match[str] | None:
    """The mark of any kind that a chunk begins with at a page's foot."""
    span = label_start(chunk), chunk.tail
    return marked_body(source, *span) or FOOT_NUMBER.match(source, *span)


def numbers_below(source: str, chunks: Sequence[Chunk], stop: int) -> Iterator[tuple[Chunk, int]]:
    """The chunks up to a place, and the number that each begins with, however it is marked; 0 where it has none."""
    for chunk in takewhile(lambda c: c.inner <= stop, chunks):
        number = number_at(source, chunk) if chunk.kind in PROSE else 0
        m = mark_at(source, chunk) if not number and chunk.kind in PROSE else None
        yield chunk, value_of(m)[0] if m is not None else number


def value_of(match: re.Match[str]) -> tuple[int, str]:
    groups = match.groupdict()
    mark = next((groups[name] for name in ("n", "m") if groups.get(name)), "").translate(_NOTHING)
    if match.group().startswith("[^") and mark.isdigit() and _counts_from_zero(match.string):
        return int(mark) + 1, mark
    return (0 if mark[:1] in STARS else number_of(_RINGED.get(mark, mark))), mark


def body_of(chunk: int, match: re.Match[str]) -> Body:
    """The body that a mark begins in a chunk."""
    return Body(chunk, *match.span(), *value_of(match))


@lru_cache(maxsize=4)
def _counts_from_zero(source: str) -> bool:
    """Whether an engine numbers the notes of a page from 0."""
    return re.search(r"(?m)^\[\^0\]:", source) is not None


def style(mark: str) -> str:
    """How a number is written: circled, in a ring of another kind (⑴ ❶), raised, in Han numerals, or plain."""
    if mark.isascii():
        return "plain"
    if mark[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return "raised"
    return "numeral" if mark[0] > "\u3006" else "ringed" if mark in _RINGED else "circled"


def style_at(source: str, start: int) -> str:
    """How the body that begins there is marked: by the kind of its first character."""
    first = source[start + (source[start] in "\\⁽")]
    if first in "[〔［﹝【(（":
        return "parenthesis" if first in "(（" else "bracket"
    if first in "註注腳脚*":
        return "word" if first != "*" else "bold"
    return "plain" if first.isdigit() and first.isascii() else style(first)
