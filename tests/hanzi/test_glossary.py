"""Glossaries: only on request, longest match, whole words, both ways."""

from __future__ import annotations

import pytest

from pipeline.errors import SettingsError
from pipeline.hanzi import convert_text
from pipeline.hanzi.glossary import BUILT_IN, built_in_names, load_glossaries
from pipeline.hanzi.overlay import read_rows
from pipeline.settings import HANS, HANT, HanziSettings


def test_names_of_persons_only_when_asked_for():
    text = "史達林與赫魯雪夫"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hant").text == "史达林与赫鲁雪夫"
    asked = HanziSettings(glossaries=("persons",))
    assert convert_text(text, HANS, asked, "zh-Hant").text == "斯大林与赫鲁晓夫"
    assert convert_text("斯大林与赫鲁晓夫", HANT, asked, "zh-Hans", "tw").text == "史達林與赫魯雪夫"
    assert convert_text("斯大林与赫鲁晓夫", HANT, asked, "zh-Hans", "hk").text == "史太林與赫魯曉夫"


def test_a_books_own_glossary_wins_and_takes_the_longest(tmp_path):
    (tmp_path / "own.tsv").write_text("# own\n史達林\t斯大林同志\n史達林格勒\t斯大林格勒\n", encoding="utf-8")
    settings = HanziSettings(glossaries=("persons", "own.tsv"))
    done = convert_text("史達林在史達林格勒", HANS, settings, "zh-Hant", folder=tmp_path)
    assert done.text == "斯大林同志在斯大林格勒"


def test_whole_words(tmp_path):
    (tmp_path / "own.tsv").write_text("軟體\t软件\twhole\nKGB\t克格勃\n", encoding="utf-8")
    settings = HanziSettings(glossaries=("own.tsv",))
    text = "軟體、軟體動物，KGB 與 KGBX"
    done = convert_text(text, HANS, settings, "zh-Hant", folder=tmp_path)
    assert done.text == "软件、软体动物，克格勃 与 KGBX"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("甲\n", r"own.tsv:1: the row needs a Traditional and a Simplified word, with a tab between\."),
        (None, r"there is no glossary «own.tsv»\. Give a TSV file .* one of: persons, places\."),
    ],
)
def test_a_wrong_glossary_is_refused(tmp_path, content, message):
    if content is not None:
        (tmp_path / "own.tsv").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        load_glossaries(["own.tsv"], HANS, "tw", tmp_path)


@pytest.mark.parametrize("name", built_in_names())
def test_built_in_glossaries_are_complete_and_unique(name):
    rows = [row for _, row in read_rows(BUILT_IN / f"{name}.tsv")]
    assert rows[0] == ["tw", "hk", "cn"]
    assert all(len(row) == 3 and all(row) for row in rows)
    for column in (0, 2):
        words = [row[column] for row in rows[1:]]
        assert len(words) == len(set(words))
