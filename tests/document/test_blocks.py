"""A document written as a master has the very form that recovery gives one."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.ast import read_document
from pipeline.document.blocks import is_given, write_document
from pipeline.document.master import write_master
from pipeline.readers import read_source
from pipeline.recovery import recover


def written(master: str) -> str:
    return write_document(read_document(master, "case"))


@pytest.mark.parametrize(
    "text",
    [
        "一段*著重*話，**粗**，[乾]{.keep}，[名]{.underline}，H~2~O，x^2^，`碼`。",
        "# 章 {#given}", "## 節", "> 一段\n>\n> 又一段", "- 甲\n  - 乙", "3. 丙\n4. 丁", "| 詩一\n| 詩二", "| 一\n|     甲", "* * *",
        "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n\n: 題", "![圖](a.png)", "::: {lang=\"en\"}\nEnglish.\n:::",
        "見<https://example.org/>與[此處](https://example.org/)。", "[]{.page n=\"12\"}頁", "一行\\\n又一行",
    ],
)  # fmt: skip
def test_what_a_master_says_stays_as_it_is(text: str) -> None:
    master = f"---\ntitle: '題'\n---\n\n{text}\n"
    assert written(master) == master


def test_notes_are_numbered_in_reading_order() -> None:
    master = "---\ntitle: '題[^z]'\n---\n\n甲[^b]乙[^a]。\n\n[^a]: 二\n\n[^b]: 一\n\n[^z]: 零\n"
    assert written(master).endswith("甲[^2]乙[^3]。\n\n[^1]: 零\n\n[^2]: 一\n\n[^3]: 二\n")


def test_notes_of_a_complex_table_keep_their_bodies() -> None:
    master = "| 甲 | 乙 |\n|---|--:|\n| 一[^x] | 二 |\n\n: 題[^y]\n\n[^x]: 格\n\n[^y]: 表\n"
    assert "一[^2]" in written(master)
    assert "[^1]: 表" in written(master)


def test_metadata_beside_the_front_matter_stays() -> None:
    assert "publisher: 無名社\nyear: '1999'\n---" in written(
        "---\ntitle: 題\npublisher: 無名社\nyear: '1999'\n---\n\n文\n"
    )


def test_emphasis_keeps_blanks_outside() -> None:
    import panflute as pf

    doc = pf.Doc(pf.Para(pf.Str("甲"), pf.Emph(pf.Space(), pf.Str("Jing"), pf.Space()), pf.Str("乙")))
    assert "甲 *Jing* 乙" in write_document(doc)


def test_names_of_headings() -> None:
    given, made = (read_document(t, "case").content[0] for t in ("# 井 {#well}\n", "# The Well\n"))
    assert is_given(given) and not is_given(made)


@pytest.mark.corpus
def test_recovered_masters_are_written_alike(corpus: Path) -> None:
    for path in sorted(corpus.glob("*.txt")):
        source = read_source(path)
        master = write_master(recover(source.text, source.form))
        assert written(master) == master, path.name
