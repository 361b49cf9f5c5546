"""How notes' numbers are written: before a body, in a call, in digits, circles, brackets, letters of a raised font.

Comes in: plain strings. Goes out: patterns for each style, the number that a mark stands for, and ``Mark``, a candidate
that ``calls`` and the rooms of the forms weigh. Places are any tuples that sort in the order of the document.
"""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from pipeline.recovery.wording.numerals import value_of

Place = tuple[int, int]

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
_RAISED = {ord(c): str(i) for i, c in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}
_WIDE = {ord("０") + i: str(i) for i in range(10)}

_NUMERALS = "[一二三四五六七八九十百]{1,4}"  # of «註一», only where its bracket or colon follows
_YEAR = r"(?:1[0-9]|20)[0-9]{2}\s?年"  # a note may begin with one: «13.1961年»
_BACK = r"(?:\s*[\^↑])?"  # what leads back from a printed web page's note to its call
PAIR = "[b-j][k-t]"  # letters of a raised font: a number from 10 on
_ROMAN = "(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})(?![A-Za-z])"
CIRCLES = 9  # the least number that a program has circles for: Word has ten


class MarkStyle(StrEnum):
    """How a document writes its note numbers."""

    BARE = "bare"
    CIRCLED = "circled"
    MIXED = "mixed"  # circled as far as the program's circles go, plain behind them
    BRACKET = "bracket"
    PAREN = "paren"
    WORD = "word"
    DOT = "dot"
    RAISED = "raised"
    ROMAN = "roman"  # as Word and LibreOffice number endnotes, where nobody says otherwise


# At the start of a line, a body's mark. The second group is what white space it takes with it.
BODY_MARKS: dict[MarkStyle, re.Pattern[str]] = {
    MarkStyle.BARE: re.compile(
        rf"([0-9]{{1,3}}|{PAIR}(?=[\s\u3000-\u9fff]|$)(?!\s[a-z]))(?![0-9.．,，/:：%％°\-–—~～)）\]］])(\s*)"
    ),
    MarkStyle.CIRCLED: re.compile(f"([{CIRCLED}])(\\s*)"),
    MarkStyle.MIXED: re.compile(
        rf"([{CIRCLED}]|[1-9][0-9]{{1,2}}(?![0-9.．,，/:：%％°\-–—~～)）\]］]))(\s*)"
    ),
    MarkStyle.BRACKET: re.compile(
        rf"\\?[\[［〔【]\s?(?:[註注]\s?)?([0-9]{{1,3}})\s?\\?[\]］〕】]({_BACK}\s*)"
    ),
    MarkStyle.PAREN: re.compile(r"[（(]([0-9]{1,3})[)）](\s*)"),
    MarkStyle.WORD: re.compile(
        r"[（(\[［〔【]?(?:註釋|注釋|註|注|注释)\s?([0-9]{1,3}|["
        + CIRCLED
        + rf"]|{_NUMERALS}(?=[)）\]］〕】：:．.、]))[)）\]］〕】]?[：:．.、]?(\s*)"
    ),
    MarkStyle.DOT: re.compile(rf"([0-9]{{1,3}})[.．、](?:(?![0-9])|(?={_YEAR}))({_BACK}\s*)"),
    MarkStyle.RAISED: re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(\s*)"),
    MarkStyle.ROMAN: re.compile(rf"({_ROMAN})(?=[\s\u3000-\u9fff]|$)(\s*)"),
}
# Where numbers from 10 on are letters of a raised font, one digit is one number: «2bl» labels what notes 2 and 11 say.
LETTERED = re.compile(rf"((?:[1-9]|{PAIR})+)(?=[\s\u3000-\u9fffA-ZА-Я“]|$)(?!\s[a-z])(\s*)")
# One of these characters begins every body's mark.
BODY_STARTS = frozenset(f"0123456789bcdefghijlvx{CIRCLED}\\[［〔【（(註注⁰¹²³⁴⁵⁶⁷⁸⁹")
# One class stands first, so it is found much faster.
_NUMBER_OR_LETTERS = re.compile(r"[0-9b-j](?:(?<=[0-9])[0-9]{0,6}|(?<=[b-j])(?<![A-Za-z].)[k-t](?![A-Za-z]))")
CALL_SIGN = re.compile(rf"[0-9b-jlvx{CIRCLED}⁰¹²³⁴⁵⁶⁷⁸⁹註注]")  # one of these is in every call
# In the text, a call.
CALL_MARKS: dict[MarkStyle, re.Pattern[str]] = {
    MarkStyle.BARE: _NUMBER_OR_LETTERS,
    MarkStyle.CIRCLED: BODY_MARKS[MarkStyle.CIRCLED],
    MarkStyle.BRACKET: re.compile(
        r"[\\\[［〔【](?:(?<!\\)|(?<=\\)[\[［〔【])\s?(?:[註注]\s?)?([0-9]{1,3})\s?\\?[\]］〕】]"
    ),
    MarkStyle.PAREN: re.compile(r"[（(]([0-9]{1,3})[)）]"),
    MarkStyle.WORD: re.compile(
        r"(?:[（(\[［〔【]|(?<![同見见參参如詳详至附備备])(?<![同見见參参如詳详在於]前))(?:註釋|注釋|註|注|注释)\s?"
        r"([0-9]{1,7}(?![0-9])|[" + CIRCLED + rf"]|{_NUMERALS}(?=[)）\]］〕】]))[)）\]］〕】]?"
    ),
    MarkStyle.DOT: _NUMBER_OR_LETTERS,
    MarkStyle.MIXED: _NUMBER_OR_LETTERS,
    MarkStyle.RAISED: re.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"),
    MarkStyle.ROMAN: re.compile(rf"(?<![A-Za-z])({_ROMAN})"),
}
# With one of these a call begins; other styles begin with what nearly every line has.
CALL_STARTS: dict[MarkStyle, str] = {
    MarkStyle.CIRCLED: CIRCLED,
    MarkStyle.BRACKET: "\\[［〔【",
    MarkStyle.PAREN: "（(",
    MarkStyle.RAISED: "⁰¹²³⁴⁵⁶⁷⁸⁹",
    MarkStyle.ROMAN: "ivxl",
}


def number_of(mark: str) -> int:
    """The number that a mark stands for; 0 when it is none.

    >>> [number_of(m) for m in ("12", "⑫", "¹²", "bm", "xii")]
    [12, 12, 12, 12, 12]
    """
    if not mark.isascii():
        mark = mark.translate(_RAISED).translate(_WIDE)
    if mark.isascii() and mark.isdigit():
        return int(mark)
    if mark in CIRCLED and mark:
        return CIRCLED.index(mark) + 1
    return decode_letters(mark) or value_of(mark.upper())


# A line that is only a note's label.
LABEL = re.compile(rf"[0-9]{{1,3}}|{PAIR}|[{CIRCLED}]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,3}}|[\[［〔【][0-9]{{1,3}}[\]］〕】]")


LONGEST_LABEL = 5  # characters


def label_number(line: str) -> int:
    """The number of a line that is only a label; 0 for any other.

    >>> label_number("[12]"), label_number("⑫"), label_number("[12] 同上。")
    (12, 12, 0)
    """
    return number_of(line.strip("[]［］〔〕【】")) if LABEL.fullmatch(line) else 0


def decode_letters(mark: str) -> int:
    """A note number from 10 on that came out as two letters of a raised font: b–j are the tens, k–t the units.

    >>> decode_letters("bk"), decode_letters("ct"), decode_letters("ok")
    (10, 29, 0)
    """
    if len(mark) == 2 and "b" <= mark[0] <= "j" and "k" <= mark[1] <= "t":
        return (ord(mark[0]) - ord("a")) * 10 + ord(mark[1]) - ord("k")
    return 0


def lettered_numbers(label: str) -> tuple[int, ...]:
    """The notes that a label in digits and letter pairs names; none where they do not rise.

    >>> lettered_numbers("2bl"), lettered_numbers("569"), lettered_numbers("bk"), lettered_numbers("65")
    ((2, 11), (5, 6, 9), (10,), ())
    """
    numbers = tuple(number_of(part) for part in re.findall(f"[1-9]|{PAIR}", label))
    return numbers if all(a < b for a, b in pairwise(numbers)) else ()


class Mark(NamedTuple):
    """A candidate: the number it could be, where, how long, and what speaks for it."""

    value: int
    place: Place  # (line, character) or (block, character)
    length: int
    weight: float
    page: int = 0
    tail: int = 0  # so many characters of the next line belong to it too
