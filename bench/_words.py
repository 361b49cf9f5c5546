"""Makes the word list by which Simplified text is cut into words (``pipeline/hanzi/tables/words.txt``).

Comes in: jieba's ``dict.txt`` (word, count, class; MIT License) and OpenCC's folder of dictionaries (Apache License
2.0). Goes out: for each length and cost the words, run together. A word's cost is the logarithm of how rarely it
stands, in tenths; a phrase of OpenCC costs ``BONUS`` less than the words it is made of, so that it is found whole.

    python -m bench._words dict.txt FOLDER > pipeline/hanzi/tables/words.txt
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from pathlib import Path

from pipeline.hanzi.overlay import choices

HAN = re.compile(r"[\u3400-\u9fff]+")
BONUS = 3.0
UNSEEN = 0.5  # how often a character stands that was never counted
LONG = 20  # a compound of three and four characters is listed when it was counted so often
COMMON = 500  # words that end in 的 or 了 are mostly two words; not those that are counted so often

HEAD = """\
# Words of Simplified Chinese with their costs: made by bench/_words.py, not by hand.
# From jieba 0.42.1 (MIT License, Copyright 2013 Sun Junyi), words of one and two characters,
# and OpenCC 1.4.2 (Apache License 2.0, Carbo Kuo and contributors), the phrases that its characters alone do not give.
# Compounds (length with «+») are found whole and then taken apart: 公有制 is 公有 and 制, whatever follows.
# length, cost in tenths, words."""


def main() -> None:
    """Prints the list."""
    counts = read_counts(Path(sys.argv[1]))
    characters, phrases = read_phrases(Path(sys.argv[2]))
    costs = word_costs(counts)
    total = sum(counts.values())
    unseen = math.log(total / UNSEEN)
    for word in sorted(phrases, key=lambda w: (len(w), w)):
        parts, cost = split(word, costs, unseen)
        if word in counts:
            cost = min(cost, math.log(total / max(counts[word], 1)) + BONUS)
        plain = "".join(phrases.get(p, "".join(characters.get(c, c) for c in p)) for p in parts)
        if (len(word) == 2 or plain != phrases[word]) and cost - BONUS < costs.get(word, unseen * 9):
            costs[word] = cost - BONUS
    print(HEAD)
    print(f"0\t{tenths(unseen)}\t")
    lines: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word, cost in costs.items():
        lines[str(len(word)), tenths(cost)].append(word)
    for word, count in counts.items():
        if is_compound(word, count) and word not in costs:
            lines[f"{len(word)}+", tenths(math.log(total / count))].append(word)
    for (length, cost), words in sorted(lines.items()):
        print(f"{length}\t{cost}\t{''.join(sorted(words))}")


def is_compound(word: str, count: int) -> bool:
    """Whether a word is long, often used and holds a character with several Traditional forms."""
    return len(word) in (3, 4) and count >= LONG and not set(word).isdisjoint(choices("hant"))


def tenths(cost: float) -> int:
    """A cost as the list writes it."""
    return round(cost * 10)


def read_counts(path: Path) -> dict[str, int]:
    """jieba's words with their counts."""
    counts = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, count, _ = line.split(" ")
        if HAN.fullmatch(word):
            counts[word] = int(count)
    return counts


def read_phrases(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """OpenCC's characters and phrases from Simplified, each with its first result."""
    tables: list[dict[str, str]] = [{}, {}]
    for path in sorted(folder.glob("ST*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            word, _, results = line.partition("\t")
            if results and HAN.fullmatch(word):
                tables["Phrases" in path.name][word] = results.split(" ")[0]
    return tables[0], tables[1]


def word_costs(counts: dict[str, int]) -> dict[str, float]:
    """The costs of characters and of words of two."""
    total = sum(counts.values())
    return {
        word: math.log(total / max(count, 1))
        for word, count in counts.items()
        if len(word) == 1 or (len(word) == 2 and (word[-1] not in "的了" or count >= COMMON))
    }


def split(word: str, costs: dict[str, float], unseen: float) -> tuple[list[str], float]:
    """The cheapest words that make up a phrase, itself excepted, and their cost."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * len(word)
    for start in range(len(word)):
        for end in range(start + 1, len(word) + 1):
            part = word[start:end]
            cost = costs.get(part, unseen if len(part) == 1 else math.inf) + best[start][0]
            if part != word and cost < best[end][0]:
                best[end] = (cost, start)
    parts, end = [], len(word)
    while end:
        start = best[end][1]
        parts.append(word[start:end])
        end = start
    return parts[::-1], best[len(word)][0]


if __name__ == "__main__":
    main()
