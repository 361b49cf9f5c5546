"""Inside a word: where it may be divided when a line would be loose otherwise.

Comes in: a text and its language. Goes out: places, each with what it costs and whether a hyphen is drawn there:
syllables (Pyphen), the marks of an address and of long numbers, and, where nothing else helps, any letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any, NamedTuple

import pyphen

LONG = 9  # letters and marks without a place to break: an address, which may break after its marks
TOKEN = re.compile(r"[^\s\u2e80-\U0003ffff\u2018-\u201d\u2026\u2014]{5,}")
ADDRESS = re.compile(r"://|^www\.|@|_|[?&]\w+=|/.*/|^10\.\d{4}")
AFTER = re.compile(
    r"(?<=[/.\-_?&=%:,;)\]])(?=[^\W\d_])|(?<=[/_?&=%\-~–～])(?=\d)|(?<=\w)(?=[(\[])|(?<=\d{5})(?=\d{5})"
)
LETTERS = re.compile(r"[^\W\d_]{2,}")
LEAST, LEAST_ANYWHERE = 4, 2  # characters of an address before a break
SYLLABLE, MARK, ANY_MARK, ANY_LETTER = 1.0, 0.5, 15.0, 40.0
KEPT = 2  # letters on either side where a word is divided anywhere


class Division(NamedTuple):
    """A place inside a word: the character the next line begins with, its cost, whether a hyphen is drawn."""

    at: int
    cost: float
    hyphen: bool


class Hyphens(NamedTuple):
    """How a text's words are divided: its language, the least letters of a word, before and after the hyphen."""

    lang: str
    least: int
    left: int
    right: int


def divisions(
    text: str, hyphens_at: Callable[[int], Hyphens | None], anywhere: bool = False
) -> list[Division]:
    """All places inside the words of a text; ``anywhere``: also those that only an unbreakable word needs.

    ``hyphens_at``: how the word that begins with a character is divided.

    >>> [d.at for d in divisions("hydrography", lambda at: Hyphens("en", 5, 2, 2))]
    [2, 5]
    >>> [d.at for d in divisions("https://example.org/a-b", lambda at: None)]
    [8, 16, 20, 22]
    """
    out: dict[int, Division] = {}
    for token in TOKEN.finditer(text):
        word, start = token[0], token.start()
        is_address = bool(ADDRESS.search(word))
        least = LEAST_ANYWHERE if anywhere else LEAST
        for match in AFTER.finditer(word) if anywhere or len(word) >= LONG else ():
            if match.start() >= least:
                cost = MARK if match.start() >= LEAST and len(word) >= LONG else ANY_MARK
                out[start + match.start()] = Division(start + match.start(), cost, False)
        if anywhere and is_address:
            for at in range(LEAST, len(word) - LEAST + 1):
                out.setdefault(start + at, Division(start + at, ANY_MARK, False))
        if is_address:
            continue
        for letters in LETTERS.finditer(word):
            first = start + letters.start()
            for at, cost in _syllables(letters[0], hyphens_at(first), anywhere).items():
                out.setdefault(first + at, Division(first + at, cost, True))
    return [out[at] for at in sorted(out)]


@lru_cache(maxsize=8192)
def _syllables(word: str, hyphens: Hyphens | None, anywhere: bool) -> dict[int, float]:
    """The places inside a word of letters, each with its cost."""
    places: dict[int, float] = {}
    if hyphens and len(word) >= hyphens.least:
        dictionary = _dictionary(hyphens.lang, hyphens.left, hyphens.right)
        places = {int(at): SYLLABLE for at in (dictionary.positions(word) if dictionary else ())}
    if anywhere:
        places = dict.fromkeys(range(KEPT, len(word) - KEPT + 1), ANY_LETTER) | places
    return places


@cache
def _dictionary(lang: str, left: int, right: int) -> Any:
    known = pyphen.language_fallback(lang)
    return pyphen.Pyphen(lang=known, left=left, right=right) if known else None
