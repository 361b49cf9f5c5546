"""Passages of a text, a document or a file converted together: characters, own words, marks, choices.

Every way into this room ends here. Comes in: passages (a paragraph's whole text each) and a plan. Goes out:
the passages' cells filled, every choice and every finding.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from pipeline.document.manuscript import Finding
from pipeline.hanzi.converter import Converted, Converter, Standard
from pipeline.hanzi.engine import convert_cells
from pipeline.hanzi.glossary import load_glossaries
from pipeline.hanzi.lexicon import Lexicon, spread
from pipeline.hanzi.overlay import choices as known_choices
from pipeline.hanzi.passage import Passage
from pipeline.hanzi.punctuation import convert_marks
from pipeline.hanzi.records import Choice
from pipeline.hanzi.scripts import count_scripts, detect_region, detect_script
from pipeline.hanzi.variants import Rule, Variant, read_markup
from pipeline.settings import HANS, HANT, HanziSettings, Script

CONTEXT = 8  # characters shown on either side of a choice
VARIANTS = {"zh-Hans-CN": "zh-cn", "zh-Hant-TW": "zh-tw", "zh-Hant-HK": "zh-hk"}
MIXED = 20  # one character of a script for so many of the other: a mixed source
MASK = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Plan:
    """What is done to every passage. ``lang`` is the edition's; ``variant`` its MediaWiki code."""

    converter: Converter
    marks: bool
    titles: str
    lang: str
    variant: str


@dataclass(frozen=True)
class Wish:
    """What a conversion is to do. ``lang`` is the source's language; what it does not tell is told by the text."""

    to: Script
    settings: HanziSettings
    lang: str = ""
    standard: Standard | None = None  # the forms that Simplified text is given
    folder: Path = Path()  # where the book's glossaries are
    variant: str = ""  # MediaWiki's code, for -{…}-; by default that of the edition's language


def make_plan(whole: str, wish: Wish, rare: bool = False) -> Plan:
    """The plan for a text. ``rare``: whether forms that few fonts hold may be used."""
    settings, to = wish.settings, wish.to
    source = script_of(wish.lang) or detect_script(whole, HANS if to == HANT else HANT)
    stated = settings.region or _region_of(wish.lang)
    region = stated or detect_region(whole)
    if settings.traditional != "as-is":
        forms: Standard = settings.traditional
    else:
        forms = wish.standard or ("hk" if region == "hk" else "tw")
    glossary = load_glossaries(settings.glossaries, to, "hk" if forms == "hk" else "tw", wish.folder)
    words = _own_words(glossary.words, settings)
    converter = Converter(
        source,
        to,
        forms,
        unify=settings.traditional != "as-is",
        words=words,
        rare=rare,
        hong_kong=stated == "hk",
        mixed=_is_mixed(whole),
        whole=glossary.whole & words.keys(),
    )
    edition = _edition_lang(converter, region)
    marks = settings.punctuation == "convert" and (source != to or converter.mixed)
    return Plan(converter, marks, settings.titles, edition, wish.variant or VARIANTS[edition])


def _own_words(glossary: Mapping[str, str], settings: HanziSettings) -> dict[str, tuple[str, str]]:
    """The book's own words, each with its form and why: what was decided last goes before the others."""
    words = {word: (result, "the book's glossary") for word, result in glossary.items()}
    words |= {word: (word, "kept by the book's settings") for word in settings.keep}
    return words | {word: (result, "decided by the book") for word, result in settings.decisions.items()}


def _is_mixed(text: str) -> bool:
    """Whether a text has both scripts, neither of them by chance."""
    traditional, simplified = count_scripts(text)
    return min(traditional, simplified) * MIXED > max(traditional, simplified)


def script_of(lang: str) -> Script | None:
    """The script that a language tag names: zh-Hans-CN, zh-TW."""
    parts = lang.lower().split("-")
    if parts[0] != "zh" or len(parts) == 1:
        return None
    return HANS if "hans" in parts or parts[-1] in {"cn", "sg", "my"} else HANT


def _region_of(lang: str) -> str:
    last = lang.lower().rsplit("-", 1)[-1]
    return last if last in {"tw", "hk", "cn"} else ""


def _edition_lang(converter: Converter, region: str) -> str:
    if converter.to == HANS:
        return "zh-Hans-CN"
    if converter.unify or converter.source == HANS:
        return "zh-Hant-HK" if converter.standard == "hk" else "zh-Hant-TW"
    return "zh-Hant-HK" if region == "hk" else "zh-Hant-TW"


def convert_passages(passages: Sequence[Passage], plan: Plan) -> tuple[list[Choice], list[Finding]]:
    """Fills the passages' cells; the choices made and the findings.

    The passages go through the converter as one text, a line each: no phrase and no rule crosses a line.
    """
    starts: list[int] = []
    texts: list[str] = []
    rules: list[Rule] = []
    variants: list[tuple[Passage, Variant, int]] = []
    at = 0
    for passage in passages:
        markup = read_markup(passage.text, plan.variant)
        text = passage.text
        for variant in markup.variants:
            text = text[: variant.start] + MASK * (variant.end - variant.start) + text[variant.end :]
        starts.append(at)
        texts.append(text)
        rules += [replace(rule, start=at + rule.start) for rule in markup.rules]
        variants += [(passage, variant, at + variant.start) for variant in markup.variants]
        at += len(text) + 1
    whole = "\n".join(texts)
    done = plan.converter.convert(whole)
    _apply_rules(done.cells, whole, [rule for rule in rules if rule.variant == plan.variant])
    for passage, start in zip(passages, starts, strict=True):
        passage.cells = done.cells[start : start + len(passage.text)]
    found = list(_choices(passages, starts, whole, done, plan.converter))
    for passage, variant, at in variants:
        passage.show(variant.start, variant.end, _show(variant, plan, [r for r in rules if r.start <= at]))
    findings = convert_marks(passages, plan.converter.to, plan.titles) if plan.marks else []
    for passage in passages:
        passage.restore()
    return found, findings


def _show(variant: Variant, plan: Plan, rules: Sequence[Rule]) -> str:
    """What a ``-{…}-`` shows; ``rules`` are those set before it."""
    if not variant.convert:
        return variant.shown
    cells = plan.converter.convert(variant.shown).cells
    _apply_rules(cells, variant.shown, [replace(r, start=0) for r in rules if r.variant == variant.rules])
    return "".join(cells)


def _apply_rules(cells: list[str], text: str, changes: Sequence[Rule]) -> None:
    """The rules of ``-{A|…}-`` and ``-{H|…}-``: each counts from its place to the end of the text."""
    rules: dict[str, str] = {}
    ends = [*(change.start for change in changes), len(text)][1:]
    for change, end in zip(changes, ends, strict=True):
        rules.pop(change.word, None)
        if change.result is not None:
            rules[change.word] = change.result
        if change.start == end:
            continue  # the next rule begins at the same place
        for match in Lexicon(rules).find(text[change.start : end]):
            start = change.start + match.start
            cells[start : change.start + match.end] = spread(match.result, match.end - match.start)


# --- choices


@cache
def _table(direction: str, standard: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table = known_choices(direction)
    if direction == "hant" and standard != "opencc":
        forms = {c: tuple("".join(convert_cells(f, f"t2{standard}")) for f in fs) for c, fs in table.items()}
        table = {c: tuple(dict.fromkeys(fs)) for c, fs in forms.items()}
    return re.compile(f"[{''.join(table)}]"), table


def _choices(
    passages: Sequence[Passage], starts: Sequence[int], text: str, done: Converted, converter: Converter
) -> Iterator[Choice]:
    pattern, table = _table("hans" if converter.to == HANS else "hant", converter.standard)
    taken, cells = done.taken, done.cells
    places = [m.start() for m in pattern.finditer(text) if taken[m.start()]]
    spans = {at: r for r in done.reasons for at in range(r.start, r.end)}
    for at in places:
        reason = spans.get(at)
        start, end = (reason.start, reason.end) if reason else (at, at + 1)
        forms = table[text[at]]
        before = text[max(0, start - CONTEXT) : start].rpartition("\n")[2]
        behind = text[end : end + CONTEXT].partition("\n")[0]
        yield Choice(
            word=text[start:end],
            choice="".join(cells[start:end]),
            alternatives=tuple(f for f in forms if f != cells[at]),
            why=reason.why if reason else _why(cells[at], forms),
            context=f"{before}【{text[start:end]}】{behind}",
            where=passages[bisect_right(starts, at) - 1].where,
        )


def _why(chosen: str, forms: Sequence[str]) -> str:
    return "the usual form" if chosen == forms[0] else "a word of the library's dictionary"
