"""Text that gives each script its own words: MediaWiki's ``-{…}-`` and the master's ``.variant`` spans.

Read as MediaWiki's language converter reads it (mediawiki.org, Writing systems/Syntax; its parser tests):
``-{text}-`` stays as it is; ``-{zh-hans:…; zh-hant:…}-`` shows the text of the edition's variant or of the nearest
one; ``-{flag|…}-`` with R (as it is), A (a rule for the text behind it, shown here), H (a rule, not shown),
- (the rule ends), T (a title, not shown), N (a variant's name), D (the rule described), or with variants as
flags (converted to those variants only); ``word=>zh-cn:…`` is a rule in one direction, for that variant alone.
Where MediaWiki prints an error, because no text is near enough, the first text is converted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

CODES = ("zh", "zh-hans", "zh-hant", "zh-cn", "zh-tw", "zh-hk", "zh-mo", "zh-sg", "zh-my")
NAMES = {
    "zh": "原文",
    "zh-hans": "简体",
    "zh-hant": "繁體",
    "zh-cn": "大陆",
    "zh-tw": "臺灣",
    "zh-hk": "香港",
    "zh-mo": "澳門",
    "zh-sg": "新加坡",
    "zh-my": "大马",
}
FALLBACKS = {
    "zh-cn": ("zh-hans", "zh-sg", "zh-my"),
    "zh-hans": ("zh-cn", "zh-sg", "zh-my"),
    "zh-tw": ("zh-hant", "zh-hk", "zh-mo"),
    "zh-hk": ("zh-mo", "zh-hant", "zh-tw"),
    "zh-hant": ("zh-tw", "zh-hk", "zh-mo"),
    "zh-mo": ("zh-hk", "zh-hant", "zh-tw"),
    "zh-sg": ("zh-my", "zh-hans", "zh-cn"),
    "zh-my": ("zh-sg", "zh-hans", "zh-cn"),
}
ONE_WAY_ONLY = {"zh", "zh-hans", "zh-hant"}  # no rule between variants changes these
_CODE = "zh(?:-han[st])?(?:-(?:cn|tw|hk|mo|sg|my))?"
_PART = re.compile(rf";\s*(?={_CODE}\s*:|[^;]*?=>\s*{_CODE}\s*:|\s*$)", re.I)
_INNER = re.compile(r"-\{((?:(?!-\{|\}-).)*)\}-", re.S)
_FLAGS = re.compile(r"([^|:=<>\[\]{}]*)\|")  # a «|» behind any of these belongs to a link or a text


@dataclass(frozen=True)
class Variant:
    """A stretch of text with its own words: what is shown.

    ``convert``: it is still to be converted; ``rules``: the variant whose rules it then follows.
    """

    start: int
    end: int
    shown: str
    convert: bool = False
    rules: str = ""


@dataclass(frozen=True)
class Rule:
    """From ``start`` on, ``word`` reads ``result`` in the variant; without a result an earlier rule ends."""

    start: int
    variant: str
    word: str
    result: str | None


@dataclass(frozen=True)
class Markup:
    """All such stretches of a text, and the rules they set for the whole of it."""

    variants: tuple[Variant, ...] = ()
    rules: tuple[Rule, ...] = ()


def choose_text(texts: Mapping[str, str], variant: str) -> str | None:
    """The text for a variant, or for the nearest one that has a text; none where no relative has.

    >>> choose_text({"zh-hans": "炮", "zh-hant": "砲"}, "zh-tw")
    '砲'
    """
    for code in (variant, *FALLBACKS[variant], "zh"):
        if code in texts:
            return texts[code]
    return None


def read_markup(text: str, variant: str) -> Markup:
    """The ``-{…}-`` of a text for a variant (``zh-cn``, ``zh-tw``, ``zh-hk``, ``zh-hans``, ``zh-hant``)."""
    if "-{" not in text:
        return Markup()
    found: list[Variant] = []
    rules: list[Rule] = []
    at = 0
    while (start := text.find("-{", at)) >= 0:
        end = _closing(text, start)
        if end < 0:
            at = start + 2
            continue
        shown = _read(text[start + 2 : end - 2], variant, end, rules)
        found.append(replace(shown, start=start, end=end))
        at = end
    return Markup(tuple(found), tuple(rules))


def _closing(text: str, start: int) -> int:
    """Where the markup that opens at ``start`` ends; -1 when it never does."""
    depth, at = 0, start
    while at < len(text) - 1:
        pair = text[at : at + 2]
        if pair == "-{":
            depth, at = depth + 1, at + 2
        elif pair == "}-":
            depth, at = depth - 1, at + 2
            if not depth:
                return at
        else:
            at += 1
    return -1


def _read(inside: str, variant: str, place: int, rules: list[Rule]) -> Variant:
    """What the inside of one ``-{…}-`` shows; the rules it sets from ``place`` on are added to ``rules``."""
    while (nested := _INNER.search(inside)) is not None:
        shown = _read(nested.group(1), variant, place, rules).shown
        inside = inside[: nested.start()] + shown + inside[nested.end() :]
    flags, inside = _flags(inside)
    if codes := flags & set(CODES):
        near = next((code for code in (variant, *FALLBACKS[variant]) if code in codes), "")
        return Variant(0, 0, inside, convert=bool(near), rules=near)
    if "R" in flags:
        return Variant(0, 0, inside)
    if "N" in flags:
        return Variant(0, 0, NAMES.get(_code(inside) or "", ""))
    table = Table.parse(inside)
    if flags & {"A", "H", "-"}:
        rules += table.rules(inside, variant, place, ends="-" in flags)
    if "-" in flags or ("D" not in flags and flags & {"H", "T"}) or {"A", "D"} <= flags:
        return Variant(0, 0, "")
    if not table:
        return Variant(0, 0, inside)
    if "D" in flags:
        return Variant(0, 0, table.describe())
    if (own := table.choose(variant)) is not None:
        return Variant(0, 0, own)
    return Variant(0, 0, table.first(), convert=True)


def _flags(inside: str) -> tuple[set[str], str]:
    """The flags before a «|», and the text behind it; what is no flag is passed over."""
    match = _FLAGS.match(inside)
    if match is None:
        return set(), inside
    named = {flag.strip() for flag in match.group(1).split(";")}
    flags = {_code(flag) or flag for flag in named if _code(flag) or flag in set("RATHDN-")}
    return flags, inside[match.end() :]


def _code(name: str) -> str | None:
    """A variant's code from what was written: zh-TW, zh-Hant-TW."""
    code = name.strip().lower()
    if code.startswith(("zh-hans-", "zh-hant-")):
        code = "zh-" + code.rsplit("-", 1)[1]
    return code if code in CODES else None


@dataclass(frozen=True)
class Table:
    """What one markup says: of words in all directions (code → text), and in one (code → word → text)."""

    both: Mapping[str, str]
    single: Mapping[str, Mapping[str, str]]

    @classmethod
    def parse(cls, inside: str) -> Table:
        """The table written in ``inside``; an unknown variant voids all of it."""
        both: dict[str, str] = {}
        single: dict[str, dict[str, str]] = {}
        for part in _PART.split(inside.replace("=&gt;", "=>")):
            name, colon, text = part.partition(":")
            if not colon:
                continue
            word, arrow, target = name.rpartition("=>")
            code = _code(target)
            if code is None:
                return cls({}, {})
            if arrow and word.strip():
                single.setdefault(code, {})[word.strip()] = text.strip()
            elif not arrow and text.strip():
                both[code] = text.strip()
        return cls(both, single)

    def __bool__(self) -> bool:
        return bool(self.both or self.single)

    def choose(self, variant: str) -> str | None:
        """The text for the variant."""
        own = choose_text(self.both, variant)
        return own if own is not None else next(iter(self.single.get(variant, {}).values()), None)

    def first(self) -> str:
        """The first text of all."""
        texts = [*self.both.values(), *(text for words in self.single.values() for text in words.values())]
        return texts[0]

    def describe(self) -> str:
        """The table in words, as MediaWiki writes them."""
        parts = [f"{NAMES[code]}：{text}；" for code, text in self.both.items()]
        for code, words in self.single.items():
            parts += [f"{word}⇒{NAMES[code]}：{text}；" for word, text in words.items()]
        return "".join(parts)

    def rules(self, inside: str, variant: str, place: int, ends: bool) -> Iterator[Rule]:
        """What words become from ``place`` on, for the variant and its relatives (a filter may ask for theirs)."""
        for code in (variant, *FALLBACKS[variant]):
            found = self._words(code) if self else {inside: inside} if inside else {}
            for word, result in found.items():
                yield Rule(place, code, word, None if ends else result)

    def _words(self, code: str) -> dict[str, str]:
        near = (self.both.get(c) for c in (code, *FALLBACKS[code]))
        own = None if code in ONE_WAY_ONLY else next((text for text in near if text), None)
        found = {} if own is None else dict.fromkeys(self.both.values(), own)
        return {**self.single.get(code, {}), **found}
