"""Which of two orders of lines reads on: by the words that go on over their ends.

Comes in: a text, and lines of it one behind the other. Goes out: how much its words speak for another order. Refused: Latin letters and
marks, which stand beside whatever comes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.recovery.characters.words import conversion, known_words
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.script import detect_script

RARE = 120  # what a character costs that is in no table, in tenths of -ln


class Neighbours:
    """How much oftener than by chance Han characters stand side by side: as a known word, and as a text has them."""

    def __init__(self, text: str) -> None:
        self._pairs = Counter(pairwise(text))
        self._singles = Counter(text)
        self._size = len(text)
        self._simplified = conversion(detect_script(text))[0]

    def reading(self, lines: Sequence[str]) -> float:
        """The sum over the ends of these lines, natural logarithms; a raised number at an end is none of its words."""
        ends = ((a.rstrip("0123456789")[-1:], b[:1]) for a, b in pairwise(lines))
        return sum(self._weigh(before, behind) for before, behind in ends)

    def _weigh(self, before: str, behind: str) -> float:
        if not (before and is_han(before) and behind and is_han(behind)):
            return 0.0
        words = known_words()
        a, b = self._simplified(before), self._simplified(behind)
        cost = words.behind.get(a, {}).get(b)
        single = words.single.get(a, RARE) + words.single.get(b, RARE)
        weight = 0.0 if cost is None else max(0.0, (single - cost) / 10)
        if together := self._pairs[before, behind]:
            by_chance = self._singles[before] * self._singles[behind] / self._size
            weight += max(0.0, math.log(together / by_chance))
        return weight
