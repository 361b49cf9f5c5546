"""What a line says that is only a number, and which numbers of a page are notes': called in its text, or begun."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.recovery.wording.marks import NEVER_FIRST

DECOR = r"[．·•‧・.\-–—－─~～|｜│]"
LONE = re.compile(
    rf"(?=[<\#第Pp0-9\s（(]|{DECOR})(?![^（(]*[)）])(?:<!--\s*|\#{{1,3}}\s+)?(?:第\s*|[Pp]age\s+)?{DECOR}*\s*"
    rf"(?:[（(]\s*(?=[0-9]{{1,3}}\s*[)）]$))?([0-9]{{1,4}})\s*[)）]?{DECOR}*"
    r"(?:\s*[頁页](?:\s*[，,、/]?\s*共\s*[0-9]{1,4}\s*[頁页])?|\s*(?:/|of)\s*[0-9]+)?(?:\s*-->)?"
)
# Such marks and blanks stand between a page's number and the words beside it.
_APART = r"[\s．·•‧・\-–—－─~～|｜│/]"
_BEFORE_WORDS = re.compile(rf"{_APART}*([0-9]{{1,4}}){_APART}+(?=[^\s0-9年月日期卷輯辑號号])")
_BEHIND_WORDS = re.compile(rf"(?<=[^\s0-9]){_APART}+([0-9]{{1,4}})(?:/[0-9]{{1,4}})?{_APART}*$")
ADDRESS = re.compile(r"\w{3,5}://\S+")
_PRINTED = re.compile(
    rf"{ADDRESS.pattern}\s+([0-9]{{1,4}})/[0-9]{{1,4}}"
)  # at the foot of each page, by a browser
ROMAN = re.compile(r"(?:第\s*(?=.*[頁页]))?[-–—－\s]*([ivxlIVXL]{1,6})[-–—－\s]*[頁页]?")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_LABEL = re.compile(r"[（(\[［〔【]?([0-9]{1,3})(?![0-9年月日])")
_CALLED = re.compile(
    rf"(?:(?<=[^\s0-9])|(?<=[{NEVER_FIRST}] )|(?<=[^\s0-9] )(?=[0-9]{{1,4}}[{NEVER_FIRST}]))([0-9]{{1,4}})(?![0-9年月日])"
)
# What a running head says: no marks, no numbers.
HEAD_WORDS = re.compile(
    "[^，。；：！？、《》〈〉「」『』“”（）()0-9]*[\u3400-\u9fff]{2}[^，。；：！？、《》〈〉「」『』“”（）()0-9]*"
)
LONG_HEAD = 40  # characters; no running head is longer
LONGEST = 24  # characters of a line that tells a page's number and no more: «<!-- page 12/140 -->»
APART = 5  # lines between two page numbers, at least
LEAST = 3  # so many numbers make pages
SHORT = 5  # lines; fewer are no page
YEARS = 1000  # no page has a number so high beside words: a title may end in a year, and a note name one
UNEVEN = 3.0  # no page is so many times longer or shorter than the usual one, or few are


def roman_value(text: str) -> int:
    """The value of a Roman number in small letters.

    >>> roman_value("xiv")
    14
    """
    values = [_ROMAN_VALUES[c] for c in text]
    return sum(-a if a < b else a for a, b in pairwise([*values, 0]))


def without_address(text: str) -> str:
    """What a browser prints at the foot of a page, without the address and the number of pages.

    >>> without_address("https://example.org/2021/ferries.html 3/8")
    '… 3'
    """
    match = _PRINTED.fullmatch(text) if "://" in text else None
    return f"… {match[1]}" if match else text


def head_length(text: str) -> int:
    """How long a line is where wide spaces count once, and those between single letters not at all.

    >>> head_length("國 立 臨 江 大 學  N a t i o n a l  L i n j i a n g  U n i v e r s i t y")
    32
    >>> head_length("https://example.org/history/2021/a-river-and-its-ferries.html 3/8")
    3
    """
    text = without_address(text)
    if len(text) <= LONG_HEAD:
        return len(text)
    words = text.split()
    letters = sum(map(len, words))
    return letters if letters < 2 * len(words) else letters + len(words) - 1


def lone_number(text: str) -> int:
    """The page number that a line consists of; -1 when it says anything else.

    >>> [lone_number(text) for text in ("- 12 -", "第 3 頁，共 9 頁", "(12)", "12)", "(1921)", "12 月")]
    [12, 3, 12, -1, -1, -1]
    """
    match = LONE.fullmatch(text) if len(text) <= LONGEST else None
    return int(match[1]) if match else -1


def find_folio(text: str) -> re.Match[str] | None:
    """A page's number before or behind the words of a line no longer than a head, set apart from them; its first group is the number.

    Of two numbers one is the words' own: that nearer to them, or the first one, as headings have it.

    >>> [match and int(match[1]) for match in map(find_folio, ("12　城市與河道", "河道．12．", "城市與河道", "12 月的河道"))]
    [12, 12, None, None]
    >>> [match and int(match[1]) for match in map(find_folio, ("2　河道　　　13", "12　　　河道 2", "2 河道 13"))]
    [13, 12, 13]
    >>> find_folio("https://example.org/a-river.html 3/8")[1]
    '3'
    """
    if head_length(text) > LONG_HEAD:
        return None
    before, behind = _BEFORE_WORDS.match(text), _BEHIND_WORDS.search(text)
    if before is None or behind is None:
        return before or behind
    return before if len(before[0]) - len(before[1]) > len(behind[0]) - len(behind[1]) else behind


def numbers_called(texts: Iterable[str]) -> set[int]:
    """The numbers that stand behind a word or mark in the lines, as a note's does.

    >>> sorted(numbers_called(["船先走12，水後到。 3 其後 4 年，1958年"]))
    [3, 12]
    """
    return {int(match[1]) for text in texts for match in _CALLED.finditer(text)}


def is_called(number: int, texts: Iterable[str]) -> bool:
    """Whether a number stands so in one of the lines."""
    return any(number in numbers_called([text]) for text in texts)


def numbers_begun(texts: Iterable[str]) -> set[int]:
    """The numbers that lines begin with, as notes do."""
    return {int(match[1]) for match in map(_LABEL.match, texts) if match}
