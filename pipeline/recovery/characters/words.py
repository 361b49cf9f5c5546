"""Words of two characters: how likely they are, and how much of a text they make.

Source: ``hanzi/tables/words.txt``, Simplified words with what each costs; a Traditional text is asked in Simplified form.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True)
class Words:
    """What single characters and words of two characters cost, in tenths of -ln of their frequency."""

    single: Mapping[str, int]
    behind: Mapping[str, Mapping[str, int]]  # by the first character: the second, the cost
    before: Mapping[str, Mapping[str, int]]  # by the second character: the first, the cost


@functools.cache
def conversion(lang: str) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """A character of the document's script in Simplified form, and the way back."""
    if lang != "zh-Hant":
        return str, str
    from opencc import OpenCC

    to_hans, to_hant = OpenCC("t2s").convert, OpenCC("s2t").convert
    return functools.lru_cache(4096)(to_hans), functools.lru_cache(4096)(to_hant)


@functools.cache
def known_words() -> Words:
    single: dict[str, int] = {}
    behind: defaultdict[str, dict[str, int]] = defaultdict(dict)
    before: defaultdict[str, dict[str, int]] = defaultdict(dict)
    table = resources.files("pipeline") / "hanzi" / "tables" / "words.txt"
    for line in table.read_text(encoding="utf-8").split("\n"):
        length, _, rest = line.partition("\t")
        cost, _, row = rest.partition("\t")
        if length == "1":
            single.update(dict.fromkeys(row, int(cost)))
        elif length == "2":
            for first, second in zip(row[::2], row[1::2], strict=False):
                behind[first][second] = before[second][first] = int(cost)
    return Words(single, behind, before)


def share_in_words(text: str, lang: str) -> float:
    """The share of the characters that make a word with a neighbour.

    >>> share_in_words("中國人民", "zh-Hant")
    1.0
    """
    behind = known_words().behind
    simplified = "".join(map(conversion(lang)[0], text))
    covered = {
        at
        for i in range(len(simplified) - 1)
        if simplified[i + 1] in behind.get(simplified[i], ())
        for at in (i, i + 1)
    }
    return len(covered) / len(text) if text else 0.0
