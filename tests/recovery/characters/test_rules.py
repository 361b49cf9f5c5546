"""Every rule proves itself, and the loader refuses what is no rule."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsError
from pipeline.recovery.characters import FUNCTIONS, Fingerprint, Repair, apply_repairs, rules
from pipeline.recovery.characters import _hits as hits
from pipeline.recovery.characters import _without_overlap as without_overlap
from pipeline.recovery.rules import OF_DOCUMENT, Rule, read_rules

EVERYTHING = Fingerprint(
    private=True,
    coded_notes=True,
    hinted=True,
    wide=True,
    spaced=True,
    radicals=True,
    kanbun=True,
    vertical=True,
    region="hk",
    glyphs=(("§", "裏"),),
    unknown=(("¶", "説"),),
    pairs=(("冏", "兵"),),
)
PROVED = Fingerprint(broken=frozenset("帄貣"))
GOOD = """
[[rule]]
id = "C999"
title = "A rule"
why = "a reason"
safe = true
table = { "甲" = "乙" }
examples = [["甲", "乙"]]
keeps = ["丙"]
"""


def alone(rule: Rule, text: str) -> str:
    """``text`` with what this rule alone does to it, its proposals taken."""
    fingerprint = PROVED if rule.when == "broken" else EVERYTHING
    found = [Repair(a, b, after, rule.id, rule.why) for a, b, after in hits(rule, text, fingerprint)]
    return apply_repairs(text, without_overlap(found))


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_a_rule_changes_its_examples_and_keeps_the_rest(rule: Rule) -> None:
    for example in rule.examples:
        assert alone(rule, example.before) == example.after
        assert alone(rule, example.after) == example.after, "the repaired text needs no repair"
    for text in rule.keeps:
        assert alone(rule, text) == text


@pytest.mark.parametrize("rule", rules(), ids=lambda r: r.id)
def test_the_signs_of_a_rule_are_in_all_its_examples(rule: Rule) -> None:
    """Or the rule would never be asked (``find_repairs`` looks for the signs first)."""
    if rule.function not in OF_DOCUMENT:
        for example in rule.examples:
            assert rule.signs & set(example.before)


@pytest.mark.parametrize("rule", [r for r in rules() if r.table and not r.find], ids=lambda r: r.id)
def test_a_table_is_sorted_where_it_is_long_and_every_row_changes(rule: Rule) -> None:
    words = list(rule.table)
    if len(words) > 30:
        assert words == sorted(words)
    for word, after in rule.table.items():
        assert word != after
        assert rule.signs & set(word)
        if len(word) > 1 and not rule.when:
            assert alone(rule, word) == after, "a longer row or a guard hides it"


def test_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in rules()]
    assert ids == sorted(set(ids))


def test_every_function_is_used() -> None:
    assert {rule.function for rule in rules() if rule.function} == set(FUNCTIONS)


def test_a_good_rule_loads() -> None:
    (rule,) = read_rules(GOOD, "x.toml", frozenset())
    assert (rule.id, rule.safe, rule.table["甲"]) == ("C999", True, "乙")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('title = "A rule"', 'titel = "A rule"', "has no key «titel»"),
        ('examples = [["甲", "乙"]]', "", "has no «examples»"),
        ('examples = [["甲", "乙"]]', "examples = []", "has no «examples»"),
        ('keeps = ["丙"]', "", "has no «keeps»"),
        ('keeps = ["丙"]', "keeps = []", "has no «keeps»"),
        ('why = "a reason"', 'why = ""', "has no «why»"),
        ("safe = true", "", "has no «safe»"),
        ("safe = true", 'safe = "yes"', "«safe» must be true or false"),
        ('"C999"', '"C9"', "a letter and three digits"),
        ('[["甲", "乙"]]', '[["甲", "甲"]]', "does not change"),
        ('[["甲", "乙"]]', '["甲"]', "list of pairs"),
        ('table = { "甲" = "乙" }', 'find = "("\nsigns = "("', "does not compile"),
        ('table = { "甲" = "乙" }', 'find = "甲"', "without «signs»"),
        ('table = { "甲" = "乙" }', 'function = "guess"', "no function «guess»"),
        ('table = { "甲" = "乙" }', "", "must have «table»"),
        ('table = { "甲" = "乙" }', "table = { 甲 = 1 }", "is not valid TOML"),
        ('table = { "甲" = "乙" }', 'table = { "甲" = 1 }', "must map texts to texts"),
        ('title = "A rule"', 'title = "A rule"\nwhen = "always"', "has when = 'always'"),
        ("[[rule]]", "[rules]\n[[rule]]", "outside a rule"),
    ],
)
def test_what_is_no_rule_is_refused_by_name(old: str, new: str, message: str) -> None:
    assert old in GOOD
    with pytest.raises(SettingsError, match=r"x\.toml") as refused:
        read_rules(GOOD.replace(old, new), "x.toml", frozenset())
    assert message in str(refused.value)


def test_an_id_is_used_once(tmp_path) -> None:  # type: ignore[no-untyped-def]
    from pipeline.recovery.rules import load_rules

    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(SettingsError, match="C999 is there twice"):
        load_rules(frozenset(), tmp_path)
