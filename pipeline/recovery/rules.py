"""The rules of character repair as data: ``rules/*.toml`` → frozen, checked ``Rule`` values.

Comes in: TOML files with ``[[rule]]`` entries. Goes out: the rules, in the order of their ids. Refused, by
name: unknown or missing keys, a wrong type, an id used twice, a pattern that does not compile, a rule
without an example that changes and a text that must not change (promise 3).

A rule finds its places by a ``table`` (a character or word → what it should be), by ``find`` (a regular
expression, with ``replace`` as its template or with a ``table`` of what each match becomes) or by a
``function`` (a name that ``pipeline.recovery.characters`` knows). ``signs`` are the characters, ``a-z`` for a
range, of which one must be in a text before the rule is asked: it makes clean text fast. A rule that is
not ``safe`` only proposes: it makes a finding.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Set
from dataclasses import MISSING, dataclass, field, fields, replace
from importlib import resources
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any

from pipeline.errors import SettingsError
from pipeline.han import COMMON

# Functions whose signs the document itself gives.
OF_DOCUMENT = ("own_glyphs", "unknown_glyphs", "unknown_pairs")
RULE_ID = re.compile(r"[CLNPHEWF]\d{3}")
PROFILES = (
    "",
    "private",
    "coded_notes",
    "hinted",
    "dense",
    "sparse",
    "spaced",
    "radicals",
    "kanbun",
    "vertical",
    "wide",
    "hong_kong",
    "broken",
    "mainland",
)


@dataclass(frozen=True)
class Example:
    """A text with the fault, and the same text without it."""

    before: str
    after: str


@dataclass(frozen=True)
class Rule:
    """One rule. ``when`` names the profile a document must fit before the rule is asked at all."""

    id: str
    why: str
    safe: bool
    examples: tuple[Example, ...]
    keeps: tuple[str, ...]
    title: str
    when: str = ""
    table: MappingProxyType[str, str] = field(default_factory=lambda: MappingProxyType({}))
    unless: tuple[str, ...] = ()  # words around a hit of ``table`` in which it is right as it stands
    find: str = ""
    replace: str = ""
    function: str = ""
    signs: frozenset[str] = frozenset()

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds the rule's places: ``find``, or the longest words of ``table`` first."""
        words = sorted(self.table, key=lambda w: (-len(w), w))
        return re.compile(self.find or "|".join(map(re.escape, words)))


def load_rules(functions: Set[str], folder: Traversable | None = None) -> tuple[Rule, ...]:
    """The rules of all TOML files of ``folder`` (by default the package's own). Raises ``SettingsError``.

    ``functions`` are the names that a rule's ``function`` may have.
    """
    folder = folder if folder is not None else resources.files("pipeline.recovery") / "rules"
    rules: dict[str, Rule] = {}
    for file in sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        for rule in read_rules(file.read_text(encoding="utf-8"), file.name, functions):
            if rule.id in rules:
                raise SettingsError(f"rule {rule.id} is there twice. Give each rule its own id.", file.name)
            rules[rule.id] = rule
    return tuple(rules[key] for key in sorted(rules))


def read_rules(text: str, name: str, functions: Set[str]) -> list[Rule]:
    """The rules of one file. Raises ``SettingsError`` naming the file, the rule and the fault."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as e:
        raise SettingsError(f"is not valid TOML: {e}.", name) from e
    if unknown := sorted(set(data) - {"rule"}):
        raise SettingsError(f"has «{unknown[0]}» outside a rule. Write [[rule]] entries only.", name)
    return [_rule(entry, name, functions) for entry in data.get("rule", [])]


def _rule(entry: dict[str, Any], name: str, functions: Set[str]) -> Rule:
    known = {f.name: f for f in fields(Rule)}
    where = f"{name}: rule {entry.get('id', '?')}"
    if unknown := sorted(set(entry) - set(known)):
        raise SettingsError(f"has no key «{unknown[0]}». Its keys are {', '.join(known)}.", where)
    needed = [k for k, f in known.items() if f.default is MISSING and f.default_factory is MISSING]
    for key in needed:
        if key not in entry or entry[key] in ("", []):
            raise SettingsError(f"has no «{key}». Every rule needs {', '.join(needed)}.", where)
    rule = Rule(**{key: _value(key, value, where) for key, value in entry.items()})
    _check(rule, where, functions)
    return rule if rule.signs or rule.function in OF_DOCUMENT else replace(rule, signs=_signs(rule))


def _value(key: str, value: Any, where: str) -> Any:
    """``value`` as the type that ``Rule`` holds."""
    is_strings = isinstance(value, list) and all(isinstance(v, str) for v in value)
    if key == "examples":
        if isinstance(value, list) and all(
            isinstance(v, list) and len(v) == 2 and all(isinstance(x, str) for x in v) for v in value
        ):
            return tuple(Example(*pair) for pair in value)
        raise SettingsError("«examples» must be a list of pairs [before, after].", where)
    if key == "table":
        if isinstance(value, dict) and all(isinstance(v, str) for v in value.values()):
            return MappingProxyType(dict(value))
        raise SettingsError("«table» must map texts to texts.", where)
    if key in ("keeps", "unless"):
        if is_strings:
            return tuple(value)
        raise SettingsError(f"«{key}» must be a list of texts.", where)
    if key == "signs" and isinstance(value, str):
        return frozenset(_expanded(value))
    kind = bool if key == "safe" else str
    if not isinstance(value, kind):
        raise SettingsError(f"«{key}» must be {'true or false' if kind is bool else 'a text'}.", where)
    return value


def _expanded(signs: str) -> Iterator[str]:
    """The characters of a class: ``a-c`` is a, b and c; a hyphen at an end is one."""
    at = 0
    while at < len(signs):
        if signs[at + 1 : at + 2] == "-" and at + 2 < len(signs):
            yield from map(chr, range(ord(signs[at]), ord(signs[at + 2]) + 1))
            at += 3
        else:
            yield signs[at]
            at += 1


def _signs(rule: Rule) -> frozenset[str]:
    """A character of each word of the table: the one that is wrong, or a rare one."""
    return frozenset(
        next((c for c in word if c not in COMMON and c not in after), None)
        or next((c for c in word if c not in after), word[0])
        for word, after in rule.table.items()
    )


def _check(rule: Rule, where: str, functions: Set[str]) -> None:
    if not RULE_ID.fullmatch(rule.id):
        raise SettingsError("must have an id of a letter and three digits, such as C101.", where)
    if rule.when not in PROFILES:
        raise SettingsError(f"has when = {rule.when!r}. It must be one of {', '.join(PROFILES[1:])}.", where)
    if bool(rule.table or rule.find) == bool(rule.function):
        raise SettingsError("must have «table» or «find», or else «function».", where)
    if rule.function and rule.function not in functions:
        raise SettingsError(
            f"has no function «{rule.function}». There are {', '.join(sorted(functions))}.", where
        )
    if rule.find and not rule.signs:
        raise SettingsError(
            "has «find» without «signs». Name the characters that every hit holds one of.", where
        )
    if any(e.before == e.after for e in rule.examples):
        raise SettingsError("has an example that does not change. Move it to «keeps».", where)
    try:
        _ = rule.pattern
    except re.error as e:
        raise SettingsError(f"has a «find» that does not compile: {e}.", where) from e
