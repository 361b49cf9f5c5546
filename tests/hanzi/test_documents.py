"""Documents: the whole paragraph, protected text, metadata; the source stays."""

from __future__ import annotations

import pytest

from pipeline.document import ast
from pipeline.hanzi import convert_document
from pipeline.hanzi.compare import compare_scripts
from pipeline.settings import HANS, HANT, HanziSettings

MASTER = """---
title: 徐乾學之「研究」[^t]
author:
- 王汎森
abstract: |
  論述歷史。

  第二段後。
keywords:
- 後漢
lang: zh-Hant-TW
translations:
- lang: en
  title: On 後
---

# 第一章 {#ch後}

他看*著*這裡的「乾*隆*『皇』帝」[^1]，頭`後`髮。

[乾]{.keep}與[Traditional 後]{lang=en}與[砲]{.variant zh-hans="炮" zh-tw="砲"}，見https://x.tw/a後[鏈接後](http://x.tw/後)。

::: {.keep}
這裡後面不變。
:::

| 甲後 | 12 |
|-----|----|
| 頭髮 | 34 |

![後圖](後.png)

[^1]: 參見《後漢書》12。
[^t]: 題後註。
"""


@pytest.fixture(scope="module")
def source():
    return ast.read_document(MASTER, "master.md")


@pytest.fixture(scope="module")
def hans(source):
    return convert_document(source, HANS, HanziSettings())


def text_of(doc) -> str:
    return "\n".join(ast.plain(block) for block in doc.content)


def test_phrases_run_through_emphasis_and_calls(hans):
    assert "他看着这里的“乾隆‘皇’帝”，头後发。" in text_of(hans.doc)


def test_inlines_stay_where_they_were(source, hans):
    assert [e.tag for e in source.content[1].content] == [e.tag for e in hans.doc.content[1].content]


def test_protected_text_stays(hans):
    text = text_of(hans.doc)
    assert "乾与Traditional 後与炮，" in text
    assert "這裡後面不變。" in text
    assert "http://x.tw/後" in str(hans.doc.content[2])


def test_a_variant_span_gives_each_script_its_text(source):
    done = convert_document(source, HANT, HanziSettings())
    assert "與砲，" in text_of(done.doc)


def test_metadata_follows_but_not_other_languages(hans):
    assert hans.lang == "zh-Hans-CN"
    assert ast.meta_text(hans.doc, "lang") == "zh-Hans-CN"
    assert ast.meta_text(hans.doc, "title") == "徐乾学之“研究”"
    assert ast.meta_texts(hans.doc, "author") == ["王汎森"]
    assert ast.meta_text(hans.doc, "keywords") == "后汉"
    assert "On 後" in ast.dump(hans.doc).decode() or "後" in ast.dump(hans.doc).decode()


def test_notes_are_converted_each_in_its_own_flow(hans):
    notes = [ast.plain(note.content[0]) for note in ast.notes(hans.doc)]
    assert notes == ["题后注。", "参见《后汉书》12。"]


def test_the_source_is_untouched(source):
    before = ast.dump(source)
    convert_document(source, HANS, HanziSettings())
    assert ast.dump(source) == before


def test_a_traditional_edition_of_a_traditional_source_is_the_source(source):
    done = convert_document(source, HANT, HanziSettings(), "zh-Hant-TW")
    assert done.lang == "zh-Hant-TW"
    assert text_of(done.doc) == text_of(source)


@pytest.mark.parametrize(
    ("lang", "region", "traditional", "expected"),
    [
        ("zh-Hant-HK", "", "as-is", "zh-Hant-HK"),
        ("zh-Hant", "hk", "as-is", "zh-Hant-HK"),
        ("zh-Hant-HK", "", "tw", "zh-Hant-TW"),
        ("", "", "as-is", "zh-Hant-TW"),
    ],
)
def test_the_editions_language(source, lang, region, traditional, expected):
    settings = HanziSettings(region=region, traditional=traditional)
    assert convert_document(source, HANT, settings, lang).lang == expected


def test_both_scripts_are_the_same_book(source, hans):
    assert compare_scripts(source, hans.doc, HANS) == []


def test_a_lost_note_is_found(source, hans):
    broken = ast.duplicate(hans.doc)
    paragraph = broken.content[1]
    paragraph.content = [e for e in paragraph.content if e.tag != "Note"]
    assert [f.rule for f in compare_scripts(source, broken, HANS)] == ["H90"]


def test_another_number_link_or_script_is_found(source, hans):
    broken = ast.duplicate(hans.doc)
    broken.content[1].content[0].text = "他看13這"
    link = next(e for e in broken.content[2].content if e.tag == "Link")
    link.url = "http://y.tw"
    rules = sorted(f.rule for f in compare_scripts(source, broken, HANS))
    assert rules == ["H91", "H92", "H93"]


def test_what_is_found_has_its_line_in_the_master(source, hans):
    broken = ast.duplicate(hans.doc)
    broken.content[0].content[0].text = "第這章"
    title = compare_scripts(source, broken, HANS, master=MASTER)[-1]
    assert (title.rule, MASTER.splitlines()[title.line - 1]) == ("H93", "# 第一章 {#ch後}")
    lonely = MASTER.replace("這裡後面不變", "這裡「後面不變")
    (mark,) = convert_document(ast.read_document(lonely, "m"), HANS, HanziSettings(), master=lonely).findings
    assert (mark.rule, lonely.splitlines()[mark.line - 1][:2]) == ("P40", "這裡")


def test_simplified_characters_in_a_traditional_edition_are_found(source):
    broken = ast.duplicate(source)
    broken.content[1].content[0].text = "他看这"
    finding = compare_scripts(source, broken, HANT)[0]
    assert finding.rule == "H93"
    assert "这 is Simplified only" in finding.message


def test_what_the_settings_keep_is_no_finding(source):
    settings = HanziSettings(keep=("頭髮",))
    done = convert_document(source, HANS, settings)
    assert compare_scripts(source, done.doc, HANS, settings) == []
    assert compare_scripts(source, done.doc, HANS) != []


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("此處應作「干」而不作「乾」。", ["H94"]),
        ("「裏」字或作「裡」。[^1]\n\n[^1]: 又作『里』、『裏』。", ["H94", "H94"]),
        ("此處應作「干」而不作[「乾」]{.keep}。", []),
        ("「乾」與「坤」，「乾」與「乾」。", []),
        ("「干」是一個字，它在這部書裏出現了許多次；「乾」是另一個。", []),
        ("他說「干戈」、「乾旱」。", []),
    ],
)
def test_characters_set_against_each_other_that_become_one_are_found(text, rules):
    doc = ast.read_document(text, "x.md")
    assert [
        f.rule for f in compare_scripts(doc, convert_document(doc, HANS, HanziSettings()).doc, HANS)
    ] == rules


def test_mediawikis_markup_in_a_document_leaves_no_space():
    doc = ast.read_document("大-{zh-hans:炮; zh-hant:砲;}-後。", "x.md")
    assert text_of(convert_document(doc, HANS, HanziSettings(), "zh-Hant").doc) == "大炮后。"
    assert text_of(convert_document(doc, HANT, HanziSettings(), "zh-Hant").doc) == "大砲後。"


def test_an_empty_document():
    done = convert_document(ast.read_document("", "x.md"), HANS, HanziSettings())
    assert (done.choices, done.findings) == ((), ())
