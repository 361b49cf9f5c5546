"""Marks by edition: nesting, paragraphs, what stays."""

from __future__ import annotations

import pytest

from pipeline.hanzi import convert_text
from pipeline.settings import HANS, HANT, HanziSettings


def to_hans(text: str, **settings) -> str:
    return convert_text(text, HANS, HanziSettings(**settings), "zh-Hant").text


def to_hant(text: str) -> str:
    return convert_text(text, HANT, HanziSettings(), "zh-Hans", "tw").text


@pytest.mark.parametrize(
    ("source", "edition"),
    [
        ("他說：「好。」", "他说：“好。”"),
        ("「甲『乙』丙」", "“甲‘乙’丙”"),
        ("「甲『乙「丙」丁』戊」", "“甲‘乙“丙”丁’戊”"),
        ("『甲「乙」丙』", "“甲‘乙’丙”"),  # some houses put 『』 outside
        ("“甲「乙」丙”", "“甲‘乙’丙”"),
        ("列夫‧托爾斯泰・高爾基", "列夫·托尔斯泰·高尔基"),
        ("等等⋯⋯好的", "等等……好的"),
        ("於是──他走了", "于是——他走了"),
        ("甲,乙;丙:丁?", "甲，乙；丙：丁？"),
        ("他問: 好嗎? 好!", "他问：好吗？好！"),
        ("表 1: 說明", "表 1: 说明"),
        ('他說"好",又說"hello"。', "他说“好”,又说“hello”。"),
        ('螢幕 14" 寬', '荧幕 14" 宽'),
        ('他讀 the "New Life" movement 一文', '他读 the "New Life" movement 一文'),
        ("(見前)", "(见前)"),
        ("前文(見前)後文", "前文（见前）后文"),
        ("甲﹐乙﹑丙", "甲，乙、丙"),
        ("甲︰﹙乙﹚﹝丙﹞‥‥丁", "甲：（乙）〔丙〕……丁"),
        ("3︰2", "3︰2"),
        ("〝甲〞", "“甲”"),
        ("他問:怎麼?!不好!!", "他问：怎么？！不好！！"),
        ('他說:"好"', "他说：“好”"),
        ("詩云:「甲;乙.」", "诗云：“甲；乙。”"),
        ("(一)甲;(二)乙;", "（一）甲；（二）乙；"),
        ("甲…乙……丙", "甲……乙……丙"),
        ("於是－－他走了", "于是——他走了"),
    ],
)
def test_to_simplified(source, edition):
    assert to_hans(source) == edition


@pytest.mark.parametrize(
    ("source", "edition"),
    [
        ("他说：“好。”", "他說：「好。」"),
        ("“甲‘乙’丙”", "「甲『乙』丙」"),
        ("‘甲“乙”丙’", "「甲『乙』丙」"),
        ("他说“hello”。", "他說「hello」。"),
    ],
)
def test_to_traditional(source, edition):
    assert to_hant(source) == edition


@pytest.mark.parametrize(
    "latin",
    [
        "Mark Kramer, “The Early Post-Stalin Years,” Journal, 1999, p. 3.",
        "Khrushchev’s “secret speech” of the ’50s",
        "don’t, 3,000, 10:30, a.m. (see p. 3); x...",
    ],
)
def test_latin_text_keeps_its_own_marks(latin):
    assert to_hant(f"见{latin}") == f"見{latin}"


@pytest.mark.parametrize(
    "text",
    [
        "1937–1945年、1937-1945 年、一九三七—一九四五年、第3~5页、第3～5页",
        "12,345.67元、第1,2,3章、50%,60%、A,B,C三点",
        "比例为 3:2、1:100,000、上午 10:30",
        "1．绪论、3．14、见图1-2、A-B 线",
        "李白(701-762)、王明(Wang Ming,1904-1974)",
        '6" 管、身高 5\'10" 的人',
        "他-走了、甲－乙、甲―乙",
        "见 http://a.b/c?d=1,2;e 。",
    ],
)
def test_numbers_ranges_times_and_measures_keep_their_marks(text):
    assert to_hans(text) == text


def test_a_quotation_over_paragraphs_with_empty_lines_between():
    done = convert_text("「甲\n\n「乙\n\n「丙」", HANS, HanziSettings(), "zh-Hant")
    assert (done.text, done.findings) == ("“甲\n\n“乙\n\n“丙”", ())


def test_a_quotation_over_paragraphs_opens_again_in_each():
    source = "他說：「第一段。\n「第二段『內』。\n「第三段。」\n「另一句。」"
    done = convert_text(source, HANS, HanziSettings(), "zh-Hant")
    assert done.text == "他说：“第一段。\n“第二段‘内’。\n“第三段。”\n“另一句。”"
    assert done.findings == ()


def test_a_quotation_that_only_closes_in_a_later_paragraph():
    done = convert_text("「第一段。\n第二段。」", HANS, HanziSettings(), "zh-Hant")
    assert (done.text, done.findings) == ("“第一段。\n第二段。”", ())


@pytest.mark.parametrize(
    ("source", "edition", "message"),
    [
        ("「甲「乙」丙", "「甲“乙”丙", "「 is not closed"),
        ("甲」乙「丙」", "甲」乙“丙”", "」 is closed and was not opened"),
        ("「甲『乙」丙", "“甲『乙”丙", "『 is not closed"),
    ],
)
def test_a_mark_without_its_partner_stays_and_is_said(source, edition, message):
    done = convert_text(source, HANS, HanziSettings(), "zh-Hant")
    if "‘" not in done.text:
        assert done.text == edition
    assert [f.rule for f in done.findings] == ["P40"]
    assert message in done.findings[0].message


def test_titles_stay_or_are_doubled_outside_books():
    text = "見〈論文〉，載《書〈篇〉名》。"
    assert to_hans(text) == "见〈论文〉，载《书〈篇〉名》。"
    assert to_hans(text, titles="double") == "见《论文》，载《书〈篇〉名》。"


def test_marks_can_be_kept():
    assert to_hans("他說：「好⋯⋯」", punctuation="keep") == "他说：「好⋯⋯」"


def test_a_text_in_the_editions_script_keeps_its_marks():
    assert convert_text("这是「好」的", HANS, HanziSettings(), "zh-Hans").text == "这是「好」的"
    assert convert_text("這是“好”的", HANT, HanziSettings(), "zh-Hant").text == "這是“好”的"


def test_a_mixed_text_gets_the_editions_marks():
    source = "他說：「這裡發現了兩種說法。」这里发现了：“两种说法。”"
    assert convert_text(source, HANT, HanziSettings(), "zh-Hant").text == (
        "他說：「這裡發現了兩種說法。」這裡發現了：「兩種說法。」"
    )
