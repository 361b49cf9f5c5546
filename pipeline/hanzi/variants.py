"""Text that gives each script its own words: MediaWiki's ``-{…}-`` and the master's ``.variant`` spans.

Read as MediaWiki's language converter reads it (mediawiki.org, Writing systems/Syntax): ``-{text}-`` stays as it
is; ``-{zh-hans:…; zh-hant:…}-`` shows the text of the edition's variant or of the nearest one;
``-{flag|…}-`` with R (as it is), A (a rule for the whole text, shown here), H (a rule, not shown),
- (the rule ends), T (a title, not shown), N (a variant's name), D (the rule described), or with variants as
flags (converted to that variant only); ``word=>zh-cn:…`` is a rule in one direction.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

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
    "zh-cn": ("zh-cn", "zh-hans", "zh-sg", "zh-my", "zh"),
    "zh-hans": ("zh-hans", "zh-cn", "zh-sg", "zh-my", "zh"),
    "zh-tw": ("zh-tw", "zh-hant", "zh-hk", "zh-mo", "zh"),
    "zh-hk": ("zh-hk", "zh-mo", "zh-hant", "zh-tw", "zh"),
    "zh-hant": ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "zh"),
}
_CODE = "[Zz][Hh](?:-[Hh][Aa][Nn][STst](?:-(?:[A-Za-z]{2}))?|-[A-Za-z]{2})?"
_RULE = re.compile(
    rf"(?:(?P<word>[^;]*?)=>)?\s*(?P<code>{_CODE})\s*:(?P<text>.*?)(?=;\s*(?:[^;:]*?=>\s*)?{_CODE}\s*:|;?\s*$)",
    re.S,
)
_INNER = re.compile(r"-\{((?:(?!-\{|\}-).)*)\}-", re.S)
_FLAGS = re.compile(rf"\s*((?:[RATHDN+\-]|{_CODE})?(?:\s*;\s*(?:[RATHDN+\-]|{_CODE}))*)\s*\|", re.S)


@dataclass(frozen=True)
class Variant:
    """A stretch of text with its own words: what is shown, and whether that is still to be converted."""

    start: int
    end: int
    shown: str
    final: bool = True


@dataclass(frozen=True)
class Rule:
    """From ``start`` on, ``word`` reads ``result``; without a result an earlier rule ends."""

    start: int
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
    for code in FALLBACKS[variant]:
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
        set_here: dict[str, str | None] = {}
        shown, final = _read(text[start + 2 : end - 2], variant, set_here)
        found.append(Variant(start, end, shown, final))
        rules += [Rule(end, word, result) for word, result in set_here.items()]
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


def _read(inside: str, variant: str, rules: dict[str, str | None]) -> tuple[str, bool]:
    """What the inside of one ``-{…}-`` shows, and whether it is final; the rules it sets go into ``rules``."""
    while (nested := _INNER.search(inside)) is not None:
        shown, _ = _read(nested.group(1), variant, rules)
        inside = inside[: nested.start()] + shown + inside[nested.end() :]
    flags: set[str] = set()
    if (match := _FLAGS.match(inside)) is not None:
        flags = {_code(flag) or flag.strip() for flag in match.group(1).split(";") if flag.strip()}
        inside = inside[match.end() :]
    if codes := flags & set(CODES):
        return inside, not any(code in codes for code in FALLBACKS[variant])
    if "N" in flags:
        return NAMES.get(_code(inside) or "", inside.strip()), True
    rule = Rules.parse(inside)
    if flags & {"A", "H", "-"}:
        rules.update(rule.for_text(inside, variant, ends="-" in flags))
    if "D" in flags and "A" not in flags:
        return rule.describe(), True
    if flags & {"H", "T", "-"} or ("D" in flags):
        return "", True
    if "R" in flags or not rule:
        return inside, True
    if (shown_text := rule.choose(variant)) is not None:
        return shown_text, True
    return next(iter(rule.both.values()), ""), False


def _code(name: str) -> str | None:
    """A variant's code from what was written: zh-TW, zh-Hant-TW."""
    code = name.strip().lower()
    if code.startswith(("zh-hans-", "zh-hant-")):
        code = "zh-" + code.rsplit("-", 1)[1]
    return code if code in CODES else None


@dataclass(frozen=True)
class Rules:
    """The rules in one markup: in both directions (code → text), and in one (word → code → text)."""

    both: Mapping[str, str]
    single: Mapping[str, Mapping[str, str]]

    @classmethod
    def parse(cls, inside: str) -> Rules:
        """The rules written in ``inside``."""
        both: dict[str, str] = {}
        single: dict[str, dict[str, str]] = {}
        for match in _RULE.finditer(inside):
            code, text = _code(match["code"]), match["text"].strip()
            word = (match["word"] or "").strip(" ;\n")
            if code and word:
                single.setdefault(word, {})[code] = text
            elif code:
                both[code] = text
        return cls(both, single)

    def __bool__(self) -> bool:
        return bool(self.both or self.single)

    def choose(self, variant: str) -> str | None:
        """The text for the variant."""
        texts = [self.both, *self.single.values()]
        return next((text for t in texts if (text := choose_text(t, variant)) is not None), None)

    def describe(self) -> str:
        """The rules in words, as MediaWiki writes them."""
        parts = [f"{NAMES[code]}：{text}；" for code, text in self.both.items()]
        for word, texts in self.single.items():
            parts += [f"{word}⇒{NAMES[code]}：{text}；" for code, text in texts.items()]
        return "".join(parts)

    def for_text(self, inside: str, variant: str, ends: bool) -> dict[str, str | None]:
        """What words of the text become from here on; when the rules end, nothing of their own."""
        if not self:
            return {inside: None if ends else inside}
        found: dict[str, str | None] = {}
        own = choose_text(self.both, variant)
        for word in self.both.values():
            if word and (ends or own is not None):
                found[word] = None if ends else own
        for word, texts in self.single.items():
            own = choose_text(texts, variant)
            if ends or own is not None:
                found[word] = None if ends else own
        return found
