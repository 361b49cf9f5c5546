"""One paragraph from script to script: the library's result, corrected by the overlay and the book's words.

Comes in: the whole text of a paragraph. Goes out: cells (``pipeline.hanzi.engine``), so that whoever cut the
paragraph into inlines can lay the result back by position, and the reasons wherever the overlay or the book
decided. A clause of the other script inside a text (a mixed source) is told by its own characters and treated
as what it is: a Traditional edition changes only what is Simplified, a Simplified one what is Traditional.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pipeline.hanzi.engine import compose, convert_cells
from pipeline.hanzi.lexicon import Lexicon, Match, spread
from pipeline.hanzi.overlay import context_rules, overlay, rare_forms, reasons, shields, variant_forms
from pipeline.hanzi.scripts import (
    any_of,
    count_scripts,
    likely_simplified,
    simplified_only,
    traditional_only,
)
from pipeline.hanzi.segments import common_words, cut_text
from pipeline.settings import HANS, HANT, Script

Standard = Literal["opencc", "tw", "hk"]

CLAUSE = re.compile(r"[^，。；：！？、\s「」『』“”‘’《》〈〉（）()]+")
# Compatibility ideographs (U+F900…, U+2F800…) miss every dictionary; each stands for one unified character.
COMPATIBILITY = {
    code: unified
    for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20))
    if (unified := unicodedata.normalize("NFC", chr(code))) != chr(code)
}
SEPARATOR = "\ufdd0"  # a noncharacter of Unicode: no word holds it
LOOSE = "只个干采出制"  # what a common word makes of these, its neighbours may overrule: 干了, 多采
ENOUGH = 5  # 着 in a text before it proves the text's habit
# what a region prints where OpenCC's tables leave a rarer form
OWN_FORMS = {
    "tw": dict(zip("賬溼巖燬譭孃慼嫋伕歎悽", "帳濕岩毀毀娘戚裊夫嘆淒", strict=True)),
    "hk": dict(zip("巖燬譭孃慼嫋伕", "岩毀毀娘戚裊夫", strict=True)),
}
PLACE = re.compile(r"^(.*)【(.+)】(.*)$", re.S)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the characters ``start`` up to ``end`` of a text read as they do."""

    start: int
    end: int
    why: str


@dataclass
class Converted:
    """A text's cells, the reasons in the order in which they were given (a later one wins), and for each
    character whether it was taken from the other script."""

    cells: list[str]
    reasons: list[Reason] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)


@dataclass(frozen=True)
class Converter:
    """How one book goes to one script.

    ``standard``: the Traditional forms that Simplified text is given; ``unify``: the author's Traditional
    forms go to that standard too; ``words``: the book's own, with the reason each; ``rare``: whether forms
    that few fonts hold may be used.
    """

    source: Script
    to: Script
    standard: Standard = "tw"
    unify: bool = False
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    rare: bool = False
    hong_kong: bool = False  # the book says that it follows Hong Kong's usage, where 着 is the particle
    mixed: bool = False  # a good part of the source is in the other script
    # words of glossaries that count only where no letter or Han character touches them
    whole: frozenset[str] = frozenset()

    @cached_property
    def own(self) -> Lexicon:
        """The book's own words."""
        return Lexicon({w: result for w, (result, _) in self.words.items() if not PLACE.match(w)})

    @cached_property
    def _places(self) -> tuple[tuple[str, str, str, str], ...]:
        """Decisions for one place: text before, the word, text behind, what it becomes."""
        found = ((PLACE.match(key), result) for key, (result, _) in self.words.items())
        return tuple((m[1], m[2], m[3], result) for m, result in found if m)

    def convert(self, text: str) -> Converted:
        """The text in the other script."""
        plain = text.translate(COMPATIBILITY)
        done = self._to_hans(plain) if self.to == HANS else self._to_hant(plain)
        self._apply_own(done, plain)
        return done

    def _apply_own(self, done: Converted, text: str) -> None:
        for match in self.own.find(text) if self.own else ():
            if match.word in self.whole and _touches(text, match):
                continue
            done.cells[match.start : match.end] = spread(match.result, match.end - match.start)
            done.reasons.append(Reason(match.start, match.end, self.words[match.word][1]))
        for before, word, behind, result in self._places:
            context, at = before + word + behind, -1
            while (at := text.find(context, at + 1)) >= 0:
                start, end = at + len(before), at + len(before) + len(word)
                done.cells[start:end] = spread(result, len(word))
                done.reasons.append(Reason(start, end, "decided for this place"))

    def _to_hans(self, text: str) -> Converted:
        done = Converted(convert_cells(text, "x2s"), taken=bytearray(b"\1" * len(text)))
        if self.rare:
            forms = rare_forms()
            done.cells = [forms.get(cell, cell) for cell in done.cells]
        correct_words(done, overlay("hans").find(text), "hans")
        correct_characters(done, text, "hans")
        if _writes_zhe(text, self.hong_kong):
            done.cells = [c if c == "著" else cell for c, cell in zip(text, done.cells, strict=True)]
        only = traditional_only() | variant_forms()
        for start, end in self._clauses(text, HANS):
            for at in range(start, end):
                if text[at] not in only:
                    done.cells[at], done.taken[at] = text[at], 0
        return done

    def _to_hant(self, text: str) -> Converted:
        done = Converted(self._unified(text) if self.unify else list(text), taken=bytearray(len(text)))
        only = simplified_only() | (likely_simplified() if self.mixed else frozenset())
        foreign = list(self._clauses(text, HANS))
        if not foreign and not any(c in only for c in text):
            return done
        hant = _by_words(text, self.standard)
        for at, c in enumerate(text):
            if c in only:
                done.cells[at], done.taken[at] = hant.cells[at], 1
        for start, end in foreign:
            done.cells[start:end] = hant.cells[start:end]
            done.taken[start:end] = b"\1" * (end - start)
        if self.source == HANT and not self.unify:
            _leave_own_forms(done, text, foreign)
        done.reasons = hant.reasons
        return done

    def _unified(self, text: str) -> list[str]:
        cells = list(text)
        routes = ("hk2t", "t2tw") if self.standard == "tw" else ("tw2t", "t2hk")
        for route in routes:
            cells = compose(cells, convert_cells("".join(cells), route))
        return cells

    def _clauses(self, text: str, script: Script) -> Iterator[tuple[int, int]]:
        """The clauses of the text that are in ``script``; those that show nothing are in the book's."""
        if self.source != script and not any_of(script).search(text):
            return
        for match in CLAUSE.finditer(text):
            hant, hans = count_scripts(match.group())
            if (hans > hant) if hans != hant else (self.source == script and not hant):
                yield match.span()


def _by_words(text: str, standard: Standard) -> Converted:
    """Simplified text in a standard's Traditional forms, word by word."""
    pieces = cut_text(text)
    cut = SEPARATOR.join(pieces)
    places = [at + number for number, piece in _numbered(pieces) for at in piece]
    order = {place: at for at, place in enumerate(places)}
    cells = convert_cells(cut, "s2t")
    done = Converted([cells[place] for place in places])
    correct_words(done, _place(overlay("hant"), cut, order), "hant")
    correct_characters(done, text, "hant", common_words(pieces))
    if standard == "opencc":
        return done
    done.cells = compose(done.cells, convert_cells("".join(done.cells), f"t2{standard}"))
    own = OWN_FORMS[standard]
    done.cells = [own.get(cell, cell) for cell in done.cells]
    correct_words(done, _place(overlay(standard), cut, order), standard)
    return done


def _numbered(pieces: Sequence[str]) -> Iterator[tuple[int, range]]:
    """Each piece's number and the places of its characters in the text."""
    at = 0
    for number, piece in enumerate(pieces):
        yield number, range(at, at + len(piece))
        at += len(piece)


def _place(words: Lexicon, cut: str, order: Mapping[int, int]) -> Iterator[Match]:
    """The words found in a text that is cut, with their places in the text itself."""
    for match in words.find(cut):
        start = order[match.start]
        yield Match(start, start + len(match.word), match.word, match.result)


def _leave_own_forms(done: Converted, text: str, clauses: Sequence[tuple[int, int]]) -> None:
    """In a mixed text's Simplified clauses: Traditional characters, and 台 for 臺, are the author's choice."""
    only = traditional_only()
    for start, end in clauses:
        for at in range(start, end):
            if text[at] in only or (text[at] == "台" and done.cells[at] == "臺"):
                done.cells[at], done.taken[at] = text[at], 0


def _writes_zhe(text: str, hong_kong: bool) -> bool:
    """Whether a text has its own 着 for the particle, as Hong Kong's do: its 著 then is always to write."""
    zhe, zhu = text.count("着"), text.count("著")
    return zhe >= max(1, zhu) if hong_kong else zhe >= ENOUGH and zhe > zhu


def correct_words(done: Converted, found: Iterable[Match], direction: str) -> None:
    """Puts the overlay's words into the cells where they were found."""
    whys, only_shields = reasons(direction), shields(direction)
    for match in found:
        if match.word not in only_shields:
            done.cells[match.start : match.end] = spread(match.result, match.end - match.start)
        elif "".join(done.cells[match.start : match.end]) != match.result:
            continue  # the library found a longer word here
        done.reasons.append(Reason(match.start, match.end, whys[match.word]))


def correct_characters(done: Converted, text: str, direction: str, common: bytes = b"") -> None:
    """Puts in the characters that their neighbours decide.

    To Traditional, whose words are cut and known (``common``), none in a common word nor in one of the overlay's, but for those of
    ``LOOSE``. To Simplified the neighbours overrule the overlay: its words say what a character mostly is (配合著 → 配合着), a row
    of neighbours says where it is not (配合著名).
    """
    worded = bytearray(len(text))
    for reason in done.reasons if common else ():
        if reason.end - reason.start > 1:
            worded[reason.start : reason.end] = b"\1" * (reason.end - reason.start)
    for rule in context_rules(direction):
        if rule.character in text:
            for found in rule.pattern.finditer(text):
                if (
                    common
                    and (common[found.start(1)] or worded[found.start(1)])
                    and rule.character not in LOOSE
                ):
                    continue
                done.cells[found.start(1)] = rule.result
                done.reasons.append(Reason(found.start(1), found.end(1), rule.why))


def _touches(text: str, match: Match) -> bool:
    """Whether a letter or Han character stands right before or behind the match."""
    return text[match.start - 1 : match.start].isalpha() or text[match.end : match.end + 1].isalpha()
