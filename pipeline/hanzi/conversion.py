"""Passages of a text, a document or a file converted together: characters, own words, marks, choices.

Every way into this room ends here. Comes in: passages (a paragraph's whole text each) and a plan. Goes out:
the passages' cells filled, every choice and every finding.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from pipeline.hanzi.scripts import detect_region, detect_script
from pipeline.hanzi.variants import read_markup
from pipeline.settings import HANS, HANT, HanziSettings, Script

CONTEXT = 8  # characters shown on either side of a choice
MASK = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Plan:
    """What is done to every passage. ``lang`` is the edition's; ``variant`` its MediaWiki code."""

    converter: Converter
    marks: bool
    titles: str
    lang: str
    variant: str


def make_plan(
    whole: str,
    to: Script,
    settings: HanziSettings,
    lang: str = "",
    standard: Standard | None = None,
    folder: Path = Path(),
    rare: bool = False,
) -> Plan:
    """The plan for a text. ``lang`` is the source's language; what it does not tell is told by the text."""
    source = script_of(lang) or detect_script(whole, HANS if to == HANT else HANT)
    region = settings.region or _region_of(lang) or detect_region(whole)
    if settings.traditional != "as-is":
        forms: Standard = settings.traditional
    else:
        forms = standard or ("hk" if region == "hk" else "tw")
    glossary = load_glossaries(settings.glossaries, to, "hk" if forms == "hk" else "tw", folder)
    words = {word: (result, "the book's glossary") for word, result in glossary.words.items()}
    words |= {word: (word, "kept by the book's settings") for word in settings.keep}
    words |= {word: (result, "decided by the book") for word, result in settings.decisions.items()}
    converter = Converter(
        source, to, forms, settings.traditional != "as-is", words, rare, glossary.whole & words.keys()
    )
    edition = _edition_lang(converter, region)
    variant = {"zh-Hans-CN": "zh-cn", "zh-Hant-HK": "zh-hk"}.get(edition, "zh-tw")
    if to == HANT and forms == "opencc":
        variant = "zh-hant"
    marks = settings.punctuation == "convert" and source != to
    return Plan(converter, marks, settings.titles, edition, variant)


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
    """Fills the passages' cells; the choices made and the findings."""
    found: list[Choice] = []
    rules: dict[str, str] = {}
    for passage in passages:
        markup = read_markup(passage.text, plan.variant)
        text = passage.text
        for variant in markup.variants:
            text = text[: variant.start] + MASK * (variant.end - variant.start) + text[variant.end :]
        done = plan.converter.convert(text)
        _apply_rules(done, text, rules, markup.rules)
        passage.cells = done.cells
        found += _choices(passage, text, done, plan.converter)
        for variant in markup.variants:
            shown = variant.shown
            if not variant.final:
                shown = "".join(plan.converter.convert(shown).cells)
            passage.show(variant.start, variant.end, shown)
    findings = convert_marks(passages, plan.converter.to, plan.titles) if plan.marks else []
    for passage in passages:
        passage.restore()
    return found, findings


def _apply_rules(done: Converted, text: str, rules: dict[str, str], changes: Iterable[object]) -> None:
    """The rules of ``-{A|…}-`` and ``-{H|…}-``: each counts from its place to the end of the text."""
    at = 0
    for change in [*changes, None]:
        end = getattr(change, "start", len(text))
        if rules:
            for match in Lexicon(rules).find(text[at:end]):
                start = at + match.start
                done.cells[start : at + match.end] = spread(match.result, match.end - match.start)
        at = end
        if change is not None:
            word, result = change.word, change.result  # type: ignore[attr-defined]
            rules.pop(word, None)
            if result is not None:
                rules[word] = result


# --- choices


@cache
def _table(direction: str, standard: str) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    table = known_choices(direction)
    if direction == "hant" and standard != "opencc":
        forms = {c: tuple("".join(convert_cells(f, f"t2{standard}")) for f in fs) for c, fs in table.items()}
        table = {c: tuple(dict.fromkeys(fs)) for c, fs in forms.items()}
    return re.compile(f"[{''.join(table)}]"), table


def _choices(passage: Passage, text: str, done: Converted, converter: Converter) -> Iterator[Choice]:
    pattern, table = _table("hans" if converter.to == HANS else "hant", converter.standard)
    places = [m.start() for m in pattern.finditer(text) if done.taken[m.start()]]
    if not places:
        return
    spans = {at: r for r in done.reasons for at in range(r.start, r.end)}
    for at in places:
        reason = spans.get(at)
        start, end = (reason.start, reason.end) if reason else (at, at + 1)
        chosen = "".join(done.cells[start:end])
        forms = table[text[at]]
        yield Choice(
            word=text[start:end],
            choice=chosen,
            alternatives=tuple(f for f in forms if f != done.cells[at]),
            why=reason.why if reason else _why(done.cells[at], forms),
            context=f"{text[max(0, start - CONTEXT) : start]}【{text[start:end]}】{text[end : end + CONTEXT]}",
            where=passage.where,
        )


def _why(chosen: str, forms: Sequence[str]) -> str:
    return "the usual form" if chosen == forms[0] else "a word of the library's dictionary"
