"""The tables themselves: sorted, unique, each row with a reason; strict loading."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from pipeline.errors import SettingsError
from pipeline.hanzi import overlay
from pipeline.hanzi.engine import CHAINS, REIMPLEMENTED, dictionary_lines, find_library
from pipeline.hanzi.overlay import TABLES, choices, context_rules, read_rows, read_table

WORDS = ["hans", "hant", "rare"]


@pytest.mark.parametrize("name", WORDS)
def test_words_are_sorted_and_unique_and_have_reasons(name):
    rows = [row for _, row in read_rows(TABLES / f"{name}.tsv")]
    words = [row[0] for row in rows]
    assert words == sorted(words)
    assert len(words) == len(set(words))
    assert all(len(row) == 3 and all(cell.strip() == cell and cell for cell in row) for row in rows)


@pytest.mark.parametrize("name", ["hans", "hant"])
def test_words_keep_their_length_and_are_normal(name):
    for word, (result, _) in read_table(TABLES / f"{name}.tsv").items():
        assert len(word) == len(result), word
        assert unicodedata.normalize("NFC", word + result) == word + result


def test_regional_words_are_sorted_name_their_regions_and_differ_from_the_library():
    rows = [row for _, row in read_rows(TABLES / "regional.tsv")]
    assert [row[1] for row in rows] == sorted(row[1] for row in rows)
    for regions, word, result, why in rows:
        assert set(regions.split(" ")) <= set(overlay.REGIONS)
        assert len(word) == len(result)
        assert why
    places = [(region, row[1]) for row in rows for region in row[0].split(" ")]
    assert len(places) == len(set(places))


def test_the_librarys_rows_are_sorted_and_unique():
    rows = [row for _, row in read_rows(TABLES / "opencc.tsv")]
    keys = [(row[0], row[1]) for row in rows]
    assert keys == sorted(keys)
    assert len(keys) == len(set(keys))
    known = {name for chain in CHAINS.values() for group in chain for name in group}
    assert {name for name, _ in keys} <= known


@pytest.mark.skipif(
    find_library().name != REIMPLEMENTED, reason="the other package's dictionaries are binary"
)
def test_no_row_repeats_the_library():
    own = {}
    for name in {row[0] for _, row in read_rows(TABLES / "opencc.tsv")}:
        own[name] = dict(line.partition("\t")[::2] for line in dictionary_lines(name))
    for _, (name, word, result) in read_rows(TABLES / "opencc.tsv"):
        assert own[name].get(word, "-").split(" ")[0] != result, word


@pytest.mark.parametrize("direction", ["hans", "hant"])
def test_choices_have_two_forms(direction):
    table = choices(direction)
    assert len(table) > 40
    assert all(len(c) == 1 and len(set(forms)) == len(forms) >= 2 for c, forms in table.items())


@pytest.mark.parametrize("direction", ["hans", "hant"])
def test_context_rules_name_their_character(direction):
    for rule in context_rules(direction):
        assert len(rule.character) == len(rule.result) == 1
        assert rule.pattern.groups == 1
        assert rule.why


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("甲\t乙\n", r"table.tsv:1: the row needs a word, its result and a reason, with tabs between\."),
        ("# x\n甲\t乙\tr\n甲\t丙\tr\n", r"table.tsv:3: «甲» is given twice\. Keep one of the two rows\."),
    ],
)
def test_a_wrong_row_is_refused_by_its_line(tmp_path: Path, text, message):
    path = tmp_path / "table.tsv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        read_table(path)


def test_a_byte_order_mark_is_no_part_of_the_first_word(tmp_path: Path):
    path = tmp_path / "table.tsv"
    path.write_bytes("\ufeff甲\t乙\t丙\r\n".encode())
    assert read_table(path) == {"甲": ("乙", "丙")}


def test_a_table_that_is_not_utf8_is_refused(tmp_path: Path):
    path = tmp_path / "table.tsv"
    path.write_bytes("甲\t乙\t丙\n".encode("big5"))
    with pytest.raises(SettingsError, match=r"is not UTF-8\. Save it as UTF-8\."):
        read_table(path)


def test_what_the_library_gives_too_only_shields():
    assert "一只" in overlay.shields("hant")
    assert "徐乾學" not in overlay.shields("hans")
