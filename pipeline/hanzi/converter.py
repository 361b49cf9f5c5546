"""One paragraph from script to script: the library's result, corrected by the overlay and the book's words.

Comes in: the whole text of a paragraph. Goes out: cells (``pipeline.hanzi.engine``), so that whoever cut the
paragraph into inlines can lay the result back by position. A clause of the other script inside a text
(a mixed source) is told by its own characters and treated as what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.hanzi.engine import compose, convert_cells
from pipeline.hanzi.lexicon import Lexicon, spread
from pipeline.hanzi.overlay import context_rules, overlay
from pipeline.hanzi.scripts import simplified_only, traditional_only
from pipeline.settings import HANS, Script

Standard = Literal["opencc", "tw", "hk"]

CLAUSE = re.compile(r"[^，。；：！？、\s「」『』“”‘’《》〈〉（）()]+")
COMPATIBILITY = {
    cp: c
    for cp in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    if (c := __import__("unicodedata").normalize("NFC", chr(cp))) != chr(cp)
}


@dataclass(frozen=True)
class Converter:
    """How one book goes to one script. ``standard``: the Traditional forms of what was Simplified;
    ``unify``: the author's Traditional forms go to that standard too."""

    source: Script
    to: Script
    standard: Standard = "tw"
    unify: bool = False
    words: Mapping[str, str] = field(default_factory=dict)  # the book's own: keep, glossaries, decisions

    @cached_property
    def own(self) -> Lexicon:
        """The book's own words."""
        return Lexicon(self.words)

    def convert(self, text: str) -> list[str]:
        """The text in the other script, a cell for each character."""
        plain = text.translate(COMPATIBILITY)
        cells = self._to_hans(plain) if self.to == HANS else self._to_hant(plain)
        for match in self.own.find(plain) if self.own else ():
            cells[match.start : match.end] = spread(match.result, match.end - match.start)
        return cells

    def _to_hans(self, text: str) -> list[str]:
        cells = convert_cells(text, "x2s")
        correct(cells, text, "hans")
        only = traditional_only()
        for start, end in self._clauses(text, HANS):
            for at in range(start, end):
                if text[at] not in only:
                    cells[at] = text[at]
        return cells

    def _to_hant(self, text: str) -> list[str]:
        cells = self._unified(text) if self.unify else list(text)
        only = simplified_only()
        foreign = list(self._clauses(text, HANS))
        if not foreign and not any(c in only for c in text):
            return cells
        hant = convert_cells(text, "s2t")
        correct(hant, text, "hant")
        if self.standard != "opencc":
            hant = compose(hant, convert_cells("".join(hant), f"t2{self.standard}"))
        for at, c in enumerate(text):
            if c in only:
                cells[at] = hant[at]
        for start, end in foreign:
            cells[start:end] = hant[start:end]
        return cells

    def _unified(self, text: str) -> list[str]:
        cells = list(text)
        routes = ("hk2t", "t2tw") if self.standard == "tw" else ("tw2t", "t2hk")
        for route in routes:
            cells = compose(cells, convert_cells("".join(cells), route))
        return cells

    def _clauses(self, text: str, script: Script) -> Iterator[tuple[int, int]]:
        """The clauses of the text that are in ``script``; those that show nothing are in the book's."""
        traditional, simplified = traditional_only(), simplified_only()
        if self.source != script and not any(c in simplified for c in text):
            return
        for match in CLAUSE.finditer(text):
            hant = sum(c in traditional for c in match.group())
            hans = sum(c in simplified for c in match.group())
            if (hans > hant) if hans != hant else (self.source == script and not hant):
                yield match.span()


def correct(cells: list[str], text: str, direction: str) -> None:
    """Puts the overlay's results into the cells: its words, then the characters that their neighbours decide."""
    for match in overlay(direction).find(text):
        cells[match.start : match.end] = spread(match.result, match.end - match.start)
    for rule in context_rules(direction):
        if rule.character in text:
            for found in rule.pattern.finditer(text):
                cells[found.start(1)] = rule.result
