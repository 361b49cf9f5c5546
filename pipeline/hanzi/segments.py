"""Where words begin and end in Simplified text, so that no phrase of a table is found across two words.

分配制度 is 分配 and 制度: the 配制 (配製) in its middle is no word here. Comes in: a text. Goes out: its pieces, cut
by the likeliest words (``tables/words.txt``: what each costs; the cheapest row of words wins).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.hanzi.overlay import REGIONS, choices, overlay

_HAN = re.compile("[\u3400-\u9fff]+")
_BONUS = 30  # a word of the overlay costs so much less than its parts
_RARE = 110  # the cost of a word that stands once in 60,000
WORDS = Path(__file__).with_name("tables") / "words.txt"


class Vocabulary:
    """Words with their costs.

    >>> list(Vocabulary({"分配": 5, "配制": 6, "制度": 4}, unseen=9).cut("分配制度"))
    ['分配', '制度']

    A compound is found whole and then taken apart.
    """

    def __init__(self, costs: Mapping[str, int], unseen: int, compounds: Iterable[str] = ()) -> None:
        self.costs: dict[str, float] = dict(costs)
        self.unseen = unseen
        self.compounds: dict[str, list[str]] = {word: [] for word in compounds}
        lengths: dict[str, set[int]] = {}
        for word in self.costs:
            if len(word) > 2:
                lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {start: sorted(found) for start, found in lengths.items()}

    def add(self, word: str) -> None:
        """Adds a word that is to be found whole wherever its parts would be."""
        self.compounds.pop(word, None)
        cost = self._search(word, without=word)[0] - _BONUS
        self.costs[word] = min(cost, self.costs.get(word, cost))
        if len(word) > 2:
            known = self._lengths.get(word[:2], [])
            self._lengths[word[:2]] = sorted({*known, len(word)})

    def cut(self, text: str) -> Iterator[str]:
        """The words of a text without marks."""
        for word in self._cut(text):
            if word in self.compounds:
                self.compounds[word] = self.compounds[word] or list(self._cut(word, without=word))
                yield from self.compounds[word]
            else:
                yield word

    def _cut(self, text: str, without: str = "") -> Iterator[str]:
        starts = self._search(text, without)[1]
        ends, end = [], len(text)
        while end:
            ends.append(end)
            end = starts[end]
        start = 0
        for end in reversed(ends):
            yield text[start:end]
            start = end

    def _search(self, text: str, without: str = "") -> tuple[float, list[int]]:
        """The cost of the cheapest words, and for each place where the word that ends there began."""
        costs, lengths, unseen = self.costs, self._lengths, self.unseen
        size = len(text)
        best, starts = [0.0] + [math.inf] * size, [0] * (size + 1)
        for at, character in enumerate(text):
            here = best[at]
            cost = here + costs.get(character, unseen)
            if cost < best[at + 1]:
                best[at + 1], starts[at + 1] = cost, at
            pair = text[at : at + 2]
            if pair in costs and pair != without:
                cost = here + costs[pair]
                if len(pair) == 2 and cost < best[at + 2]:
                    best[at + 2], starts[at + 2] = cost, at
            for length in lengths.get(pair, ()):
                word = text[at : at + length]
                if word in costs and len(word) == length and word != without:
                    cost = here + costs[word]
                    if cost < best[at + length]:
                        best[at + length], starts[at + length] = cost, at
        return best[size], starts


@cache
def vocabulary() -> Vocabulary:
    """The words of the list and of the overlay."""
    costs: dict[str, int] = {}
    compounds: list[str] = []
    unseen = 0
    for line in WORDS.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            length, cost, words = line.split("\t")
            size = int(length.rstrip("+"))
            if not size:
                unseen = int(cost)
                continue
            listed = [words[i : i + size] for i in range(0, len(words), size)]
            costs.update(dict.fromkeys(listed, int(cost)))
            compounds += listed if length.endswith("+") else ()
    found = Vocabulary(costs, unseen, compounds)
    for table in ("hant", *REGIONS):
        for word in overlay(table).words:
            found.add(word)
    return found


@cache
def _doubtful() -> re.Pattern[str]:
    return re.compile(f"[{''.join(choices('hant'))}]")


def cut_text(text: str) -> list[str]:
    """The pieces of a text, word by word where a character with several Traditional forms stands near.

    Joined, they are the text again.
    """
    words, doubtful, pieces, at = vocabulary(), _doubtful(), [], 0
    for run in _HAN.finditer(text):
        if len(run.group()) > 1 and doubtful.search(run.group()):
            pieces.append(text[at : run.start()])
            pieces += words.cut(run.group())
            at = run.end()
    pieces.append(text[at:])
    return [piece for piece in pieces if piece]


def common_words(pieces: Sequence[str]) -> bytes:
    """For each character of the pieces whether it stands in a word of two and more that is often used."""
    costs = vocabulary().costs
    return b"".join(
        (b"\1" if len(piece) > 1 and costs.get(piece, _RARE) < _RARE else b"\0") * len(piece)
        for piece in pieces
    )
