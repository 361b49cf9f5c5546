"""Broken character maps that are in no table: a near-dead character in the place of a common one.

Comes in: a whole document. Goes out: for each character that hardly any text has and this one has often, the common
character near it in code that makes words with its neighbours and that the document lacks. Always a proposal: a name or a
term may be written so. Refused: characters with few different neighbours, as in a name, those for which no other clearly
fits, those that no font of the script has or that make words themselves, and texts in Cantonese.
Sources: Big5 and GB 2312, whose first levels are the common characters; ``hanzi/tables/words.txt``, words of two characters.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set
from unicodedata import normalize

from pipeline.han import COMMON, HAN
from pipeline.recovery.characters.words import conversion, known_words
from pipeline.recovery.wording.occurrence import times
from pipeline.recovery.wording.script import detect_script

_LEAST = 8  # so often must it stand in the document,
_NEIGHBOURS = 16  # with so many different neighbours on both sides together
_OFTEN = 3  # times that a pair counts
_NO_WORD = -12  # tenths, for a pair that is no word
_PLEADS = -8  # so much must a pair speak for the character on average,
_CLEARLY = 1  # and so much more than for the next one
_NEAR = 0x100  # code points: a map gives a neighbour in the font's order, which is much like that of Unicode
_EXPECTED = 3  # so often at least should a text of this length have the character that it lacks
_OWN_WORDS = 3  # words that a character has itself: so many, and it is no near-dead one
_HAN = re.compile(f"[{HAN}]")
_DIALECT = "嘅咗嚟啲喺嗰唔佢哋冇咁噉乜"  # Cantonese has characters of its own, and lacks common ones
# To count what these leave is several times faster: they are most of any text, and none of them is near-dead.
_EVERYDAY = re.compile(f"[\x00-\u052f\u1d00-\u2eff\u2fd6-\u3006{''.join(sorted(COMMON))}]+")


def uncommon(text: str) -> str:
    """What is left of ``text`` without everyday characters, Latin, Greek and Cyrillic letters and signs; radicals stay."""
    return _EVERYDAY.sub("", text)


def unknown_pairs(text: str, rest: str | None = None) -> dict[str, str]:
    """Near-dead characters of the document, each with the common one that seems to be meant; ``rest`` is its ``uncommon``."""
    found: dict[str, tuple[float, str]] = {}  # by the common character: how well it fits, instead of what
    often = sorted(
        c
        for c, count in Counter(uncommon(text) if rest is None else rest).items()
        if count >= _LEAST and _HAN.match(c)
    )
    rare = (c for c in often if not _is_common(c) and normalize("NFC", c) == c)
    met = [(c, *_neighbours(text, c)) for c in rare]
    asked = [one for one in met if len(one[1]) + len(one[2]) >= _NEIGHBOURS]
    if not asked or times(text, _DIALECT) * 100 >= len(text):
        return {}
    lang, there = detect_script(text), frozenset(text)
    for character, before, behind in asked:
        if not _is_of_font(character, lang):
            continue
        fit, meant = _meant(text, there, character, before, behind, lang)
        if meant and not _has_other_form(character):
            found[meant] = max(found.get(meant, (fit, character)), (fit, character))
    return {character: meant for meant, (_, character) in sorted(found.items())}


def find_unknown_pairs(text: str, pairs: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The places of the document's near-dead characters."""
    return ((i, i + 1, pairs[c]) for i, c in enumerate(text) if c in pairs)


def _is_of_font(character: str, lang: str) -> bool:
    """Whether a font of the document's script has it, and it is in no words of its own: what a broken map may give."""
    words = known_words()
    own = len(words.behind.get(character, ())) + len(words.before.get(character, ()))
    return own < _OWN_WORDS and bool(character.encode("big5" if lang == "zh-Hant" else "gbk", "ignore"))


@functools.lru_cache(maxsize=8192)
def _is_common(character: str) -> bool:
    """Whether it is on the first level of Big5 or of GB 2312."""
    return any(
        first <= int.from_bytes(character.encode(code, "ignore"), "big") <= last
        for code, first, last in (("gb2312", 0xB0A1, 0xD7FE), ("big5", 0xA440, 0xC67E))
    )


def _neighbours(text: str, character: str) -> tuple[Counter[str], Counter[str]]:
    """The Han characters before and behind it, and how often."""
    before: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    for m in re.finditer(character, text):
        before.update(_HAN.findall(text[m.start() - 1 : m.start()]))
        behind.update(_HAN.findall(text[m.end() : m.end() + 1]))
    return before, behind


def _meant(
    text: str, there: Set[str], character: str, before: Counter[str], behind: Counter[str], lang: str
) -> tuple[float, str]:
    """The common character for which most of the pairs speak, and how much; empty where none is clearly meant."""
    words = known_words()
    to_hans, to_hant = conversion(lang)
    here = ord(character)
    near = {other: to_hant(other) for other in map(to_hans, map(chr, range(here - _NEAR, here + _NEAR + 1)))}
    near = {
        other: form
        for other, form in near.items()
        if other in words.single and there.isdisjoint((other, form)) and 0 < abs(ord(form) - here) <= _NEAR
    }
    scores: Counter[str] = Counter()
    total = 0
    for neighbours, table in ((before, words.behind), (behind, words.before)):
        for neighbour, count in neighbours.items():
            weight = min(count, _OFTEN)
            total += weight
            simplified = to_hans(neighbour)
            row = table.get(simplified, {})
            for other in near.keys() & row.keys():
                gain = words.single.get(simplified, 0) + words.single[other] - row[other]
                scores[other] += weight * (max(0, gain) - _NO_WORD)
    ranked = [(score / total + _NO_WORD, other) for other, score in scores.items()]
    best, other = max(ranked, default=(_PLEADS, ""))
    second = max((score for score, o in ranked if o != other), default=_PLEADS - _CLEARLY)
    if not other or best < _PLEADS or best - second < _CLEARLY:
        return best, ""
    expected = len(text) * math.exp(-words.single[other] / 10)
    is_missed = expected >= _EXPECTED and expected * 60 >= text.count(character)
    return best, to_hant(other) if is_missed else ""


def _has_other_form(character: str) -> bool:
    """Whether it is the Traditional or variant form of another, and so no broken map's."""
    return bool(conversion("zh-Hant")[0](character) != character)
