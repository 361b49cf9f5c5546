"""What kind of character a line ends and begins with: Han, or a letter of an alphabet."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from itertools import pairwise

HAN = "\u3400-\u9fff\uf900-\ufaff\u3007\U00020000-\U0003ffff"
HAN_CHARACTER = re.compile(f"[{HAN}]")
_LATIN = re.compile("[\x21-\x7e\u00a1-\u02af\u0370-\u052f\u1e00-\u1eff]")
LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f"  # of the alphabets in which words are divided
WIDE = "\u3000"  # no character from here on is of an alphabet whose words stand apart
FEW = 100  # pairs that are looked for one by one


@lru_cache(maxsize=1 << 14)
def is_han(char: str) -> bool:
    """Whether it is a Han character.

    >>> is_han("年"), is_han("，"), is_han("a")
    (True, False, False)
    """
    return bool(char) and HAN_CHARACTER.match(char) is not None


@lru_cache(maxsize=1 << 14)
def is_latin(char: str) -> bool:
    """Whether it is a letter, digit or mark of a Latin, Greek or Cyrillic text."""
    return bool(char) and _LATIN.match(char) is not None


def last_of(tail: str) -> str:
    """The last character, or the one before a curly quotation mark where that is Latin."""
    if tail[-1:] not in ("”", "’"):
        return tail[-1:]
    bare = tail.rstrip("”’")
    return bare[-1:] if bare and is_latin(bare[-1]) else tail[-1:]


def is_mostly_han(text: str) -> bool:
    """Whether Han characters are most of a line: letters are of many widths.

    >>> is_mostly_han("見 Smith，頁 8"), is_mostly_han("漁業年報，頁 8")
    (False, True)
    """
    return sum(map(is_han, text)) * 2 >= len(text)


def known_pairs(source: str, asked: Set[str]) -> Set[str]:
    """Those of the pairs of characters that a text has side by side: a few are looked for one by one, which is faster."""
    if len(asked) <= FEW:
        return {pair for pair in asked if pair in source}
    return asked & set(map("".join, pairwise(source)))


def squashed(text: str) -> str:
    """A text without its blanks: so the words of heads, titles and lists are compared.

    >>> squashed("第一章　 碼 頭")
    '第一章碼頭'
    """
    return "".join(text.split())
