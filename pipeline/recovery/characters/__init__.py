"""Which characters are wrong? A document's fingerprint first, then the repairs of each text of it.

Comes in: the source's text (for the fingerprint), then plain strings: joined paragraphs and notes. Goes
out: ``Repair`` values, sorted and never overlapping. Refused: guessing. What a table and its guards do not
decide is a repair that is not ``safe``: the caller makes a finding of it and changes nothing.

The rules are data (``pipeline/recovery/rules/*.toml``); this module asks them in turn.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import NamedTuple

from pipeline.han import COMMON
from pipeline.location import make
from pipeline.recovery.characters import broken_maps, codepoints, glyphs, mojibake, spacing, unknown_maps
from pipeline.recovery.characters.fingerprint import Fingerprint, read_fingerprint
from pipeline.recovery.rules import Rule, load_rules
from pipeline.settings import RecoverSettings

__all__ = ["FUNCTIONS", "Fingerprint", "Repair", "apply_repairs", "find_repairs", "fingerprint", "rules"]


class Repair(NamedTuple):
    """Characters ``start`` up to ``end`` should read ``after``. Not ``safe``: only a proposal.

    An empty ``after`` of a repair that is not safe says that nothing can be proposed.
    """

    start: int
    end: int
    after: str
    rule: str
    why: str
    safe: bool = True


# A repair's fields: bare tuples are compared and sorted much faster.
_Found = tuple[int, int, str, str, str, bool]
Hits = Iterable[tuple[int, int, str]]
Search = Callable[[str, Fingerprint], Hits]


def _plain(search: Callable[[str], Hits]) -> Search:
    return lambda text, fingerprint: search(text)


_OWN = "C201"  # the rule of the user's own table
_SHOWN = "C301"  # the rule whose words show a broken map
# A text that names a character's code means that character.
_CODE_POINT = re.compile(r"U\+([0-9A-Fa-f]{4,6})")
_QUOTES = {"「": "」", "『": "』", "“": "”", "‘": "’", '"': '"', "'": "'", "`": "`"}
# The names that a rule's ``function`` may have.
FUNCTIONS: dict[str, Search] = {
    "compatibility": _plain(codepoints.find_compatibility),
    "radicals": _plain(codepoints.find_radicals),
    "decomposed": _plain(codepoints.find_decomposed),
    "controls": _plain(codepoints.find_controls),
    "full_width": _plain(codepoints.find_full_width),
    "bars": _plain(codepoints.find_bars),
    "bullets": _plain(codepoints.find_bullets),
    "hong_kong": _plain(codepoints.find_hong_kong),
    "mainland": _plain(codepoints.find_mainland),
    "private_use": lambda text, f: codepoints.find_private_use(text, f.region),
    "misread": _plain(mojibake.find_misread),
    "unread": _plain(mojibake.find_unread),
    "misread_latin": _plain(mojibake.find_misread_latin),
    "glyph_numbers": lambda text, f: (h for h in mojibake.find_glyph_numbers(text, f.glyph_offset) if h[2]),
    "odd_scripts": lambda text, f: (h for h in mojibake.find_glyph_numbers(text, f.glyph_offset) if not h[2]),
    "own_glyphs": lambda text, f: glyphs.find_own(text, dict(f.glyphs)),
    "private_glyphs": _plain(glyphs.find_private),
    "coded_references": _plain(glyphs.find_references),
    "hinted_glyphs": _plain(glyphs.find_hinted),
    "doubtful_glyphs": _plain(glyphs.find_doubtful),
    "unknown_glyphs": lambda text, f: glyphs.find_unknown(text, dict(f.unknown)),
    "proved": lambda text, f: broken_maps.find_proved(text, f.broken),
    "unknown_pairs": lambda text, f: unknown_maps.find_unknown_pairs(text, dict(f.pairs)),
    "unproved": lambda text, f: broken_maps.find_unproved(text, f.broken),
    "spaced": _plain(spacing.find_spaced),
    "letterspaced": _plain(spacing.find_letterspaced),
    "spaced_run": _plain(spacing.find_spaced_run),
}


@functools.cache
def rules() -> tuple[Rule, ...]:
    """The package's own rules, loaded once."""
    return load_rules(functions=frozenset(FUNCTIONS))


def fingerprint(text: str, settings: RecoverSettings) -> Fingerprint:
    """What the extraction did to the characters of this document."""
    return read_fingerprint(text, settings, next(rule.pattern for rule in rules() if rule.id == _SHOWN))


@dataclass(frozen=True)
class _Plan:
    """The rules that a document needs, and the signs of which a text must hold one before a rule is asked.

    By sign: the words of tables, or else the sign itself, each with the number of the rule that cannot hit without them.
    """

    rules: tuple[Rule, ...]
    letters: Sequence[str]  # signs of ASCII: texts have them again and again, so they are sought one by one
    signs: re.Pattern[str]  # the others
    by_sign: Mapping[str, Sequence[tuple[str, int]]]


@functools.lru_cache(maxsize=64)
def _plan(fingerprint: Fingerprint) -> _Plan:
    active = tuple(rule for rule in rules() if fingerprint.fits(rule.when))
    own = {
        "own_glyphs": [letter[:1] for letter, _ in fingerprint.glyphs if letter],
        "unknown_glyphs": [letter for letter, _ in fingerprint.unknown],
        "unknown_pairs": [character for character, _ in fingerprint.pairs],
    }
    by_sign: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
    for number, rule in enumerate(active):
        words = [] if rule.find else rule.table
        for word in words or own.get(rule.function, rule.signs):
            by_sign[_sign(word, rule.signs)].append((word, number))
    letters = [sign for sign in by_sign if sign.isascii() and sign.isprintable()]
    return _Plan(active, letters, _one_of(by_sign.keys() - set(letters)), by_sign)


def _sign(word: str, signs: Set[str]) -> str:
    """The character of a word that tells most of it: one of the rule's signs, and no everyday one if it can be."""
    found = [char for char in word if char in signs]
    return min(found, key=COMMON.__contains__) if found else word


def _one_of(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern that finds these characters; neighbours are a range of it, or it would take long to compile."""
    codes = sorted(map(ord, characters))
    runs = [
        [chr(code) for _, code in run] for _, run in groupby(enumerate(codes), lambda pair: pair[1] - pair[0])
    ]
    return re.compile("[" + "".join(f"{re.escape(run[0])}-{re.escape(run[-1])}" for run in runs) + "]")


def find_repairs(text: str, fingerprint: Fingerprint) -> list[Repair]:
    """What should be repaired in ``text`` (a joined paragraph or a note): sorted, without overlap."""
    plan = _plan(fingerprint)
    found = _hits_of(plan, text, fingerprint)
    if (
        found and (read := codepoints.unified(text)) != text
    ):  # a word may hold both, what a font and what a map made of it
        known = set(found)
        found += [hit for hit in _hits_of(plan, read, fingerprint, tables=True) if hit not in known]
    if not found:
        return []
    named = {chr(int(m[1], 16)) for m in _CODE_POINT.finditer(text)} if "U+" in text else set()
    # A letter that the user's own table gives itself (u = "u") is a letter, whatever the rules say.
    return [
        make(Repair, hit)
        for hit in _without_overlap(found)
        if ((before := text[hit[0] : hit[1]]) != hit[2] or not hit[5])
        and (not named or named.isdisjoint(before))
    ]


def _hits_of(plan: _Plan, text: str, fingerprint: Fingerprint, tables: bool = False) -> list[_Found]:
    """What the rules of the plan find in the text; ``tables``: only those whose words a table has."""
    signs = {*plan.signs.findall(text), *[letter for letter in plan.letters if letter in text]}
    numbers = {
        number for sign in signs for word, number in plan.by_sign[sign] if len(word) == 1 or word in text
    }
    return [
        (start, end, after, rule.id, rule.why, rule.safe)
        for rule in map(plan.rules.__getitem__, sorted(numbers))
        if rule.table or not tables
        for start, end, after in _hits(rule, text, fingerprint)
    ]


def _hits(rule: Rule, text: str, fingerprint: Fingerprint) -> Hits:
    return (FUNCTIONS[rule.function] if rule.function else functools.partial(_found, rule))(text, fingerprint)


def _found(rule: Rule, text: str, fingerprint: Fingerprint) -> Iterator[tuple[int, int, str]]:
    for m in rule.pattern.finditer(text):
        after = rule.table[m.group()] if rule.table else m.expand(rule.replace)
        is_shown = rule.safe and not fingerprint.dense and fingerprint.broken.isdisjoint(m.group())
        if is_shown and _is_quoted(text, m.start(), m.end()):  # a text that speaks of the misprint
            continue
        if not any(_is_inside(text, m.start(), m.end(), word) for word in rule.unless):
            yield _narrowed(text, m.start(), m.end(), after)


def _is_quoted(text: str, start: int, end: int) -> bool:
    """Whether a word stands in quotation marks, alone or with a character or two."""
    for at in range(max(0, start - 3), start):
        if (close := _QUOTES.get(text[at])) and close in text[end : end + 3]:
            return start - at == 1 or text[end : end + 1] == close
    return False


def _is_inside(text: str, start: int, end: int, word: str) -> bool:
    """Does a longer word of the text cover the hit in whole or in part?"""
    at = text.find(word, max(0, start - len(word) + 1), end + len(word) - 1)
    return at >= 0


def _narrowed(text: str, start: int, end: int, after: str) -> tuple[int, int, str]:
    """The hit without what stays the same at its ends: 必頇 → 必須 is an edit of one character."""
    while end > start and after and text[start] == after[0]:
        start, after = start + 1, after[1:]
    while end > start and after and text[end - 1] == after[-1]:
        end, after = end - 1, after[:-1]
    return start, end, after


def _without_overlap(found: list[_Found]) -> list[_Found]:
    """The user's own before safe ones before proposals, longer before shorter, then in the rules' order; each character once."""
    found.sort()
    if all(a[0] < b[0] >= a[1] for a, b in pairwise(found)):
        return found
    kept: list[_Found] = []
    taken: set[int] = set()
    for hit in sorted(found, key=_precedence):
        start, end, *_ = hit
        places = range(start, max(end, start + 1))
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(hit)
    return sorted(kept)


def _precedence(hit: _Found) -> tuple[bool, bool, int, str, int]:
    start, end, _, rule, _, safe = hit
    return rule != _OWN, not safe, start - end, rule, start


def apply_repairs(text: str, repairs: Iterable[Repair]) -> str:
    """``text`` with its safe repairs made."""
    for repair in sorted(repairs, reverse=True):
        if repair.safe:
            text = text[: repair.start] + repair.after + text[repair.end :]
    return text
