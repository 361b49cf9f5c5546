"""Words and what they become, found in a text by the longest match from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from operator import add


@dataclass(frozen=True, slots=True)
class Match:
    """A word of a lexicon, found in a text at ``start`` up to ``end``."""

    start: int
    end: int
    word: str
    result: str


class Lexicon:
    """Words of two and more characters, and single characters, each with its result.

    >>> "".join(Lexicon({"乾隆": "乾隆"}, {"乾": "干"}).convert("乾隆乾杯"))
    '乾隆干杯'
    """

    def __init__(self, words: Mapping[str, str], characters: Mapping[str, str] | None = None) -> None:
        self.words = {word: result for word, result in words.items() if len(word) > 1}
        self.characters = {word: result for word, result in words.items() if len(word) == 1}
        self.characters |= characters or {}
        lengths: dict[str, set[int]] = {}
        for word in self.words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {start: sorted(found, reverse=True) for start, found in lengths.items()}
        single = {word: result for word, result in self.characters.items() if len(result) == 1}
        self._single_forms = str.maketrans(single)
        self._long_forms = {w: r for w, r in self.characters.items() if w not in single}

    def __bool__(self) -> bool:
        return bool(self.words or self.characters)

    def convert(self, text: str) -> list[str]:
        """Cells: a result for each character of the text (see ``pipeline.hanzi.engine``)."""
        cells = list(text.translate(self._single_forms))
        if self._long_forms:
            cells = [self._long_forms.get(c, cell) for c, cell in zip(text, cells, strict=True)]
        for match in self.find_words(text):
            cells[match.start : match.end] = spread(match.result, match.end - match.start)
        return cells

    def find_words(self, text: str) -> Iterator[Match]:
        """The words of two and more characters in the text, the longest at each place, none overlapping."""
        words, at = self.words, 0
        for start, lengths in enumerate(map(self._lengths.get, map(add, text, text[1:]))):
            if lengths is None or start < at:
                continue
            for length in lengths:
                word = text[start : start + length]  # shorter than ``length`` at the text's end
                if word in words:
                    at = start + len(word)
                    yield Match(start, at, word, words[word])
                    break

    def find(self, text: str) -> Iterator[Match]:
        """All matches, single characters too where no word covers them."""
        words = list(self.find_words(text))
        yield from words
        if not self.characters:
            return
        covered = bytearray(len(text))
        for match in words:
            covered[match.start : match.end] = b"\1" * (match.end - match.start)
        for found in self._any_character.finditer(text):
            at, character = found.start(), found.group()
            if not covered[at]:
                yield Match(at, at + 1, character, self.characters[character])

    @cached_property
    def _any_character(self) -> re.Pattern[str]:
        return re.compile(f"[{re.escape(''.join(self.characters))}]")


def spread(result: str, length: int) -> list[str]:
    """A word's result as cells: character by character where the length is the same, else all in the first."""
    return list(result) if len(result) == length else [result, *[""] * (length - 1)]
