"""-{…}-: each script its own text."""

from __future__ import annotations

import pytest

from pipeline.hanzi import convert_text
from pipeline.hanzi.variants import choose_text, read_markup
from pipeline.settings import HANS, HANT, HanziSettings


def shown(text: str, variant: str) -> str:
    markup = read_markup(text, variant)
    for v in reversed(markup.variants):
        text = text[: v.start] + v.shown + text[v.end :]
    return text


@pytest.mark.parametrize(
    ("text", "variant", "expected"),
    [
        ("-{zh-hans:炮; zh-hant:砲;}-", "zh-cn", "炮"),
        ("-{zh-hans:炮; zh-hant:砲;}-", "zh-tw", "砲"),
        ("-{zh-cn:计算机;zh-tw:電腦}-", "zh-hk", "電腦"),  # Hong Kong's next of kin
        ("-{zh-cn:计算机;zh-tw:電腦}-", "zh-hans", "计算机"),
        ("-{zh-hant:\n砲;\nzh-hans:炮;}-", "zh-cn", "炮"),
        ("-{ZH-Hant-TW:甲; zh-Hans-CN:乙}-", "zh-tw", "甲"),
        ("-{zh:甲;zh-tw:乙}-", "zh-cn", "甲"),
        ("-{乾}-", "zh-cn", "乾"),
        ("-{}-", "zh-cn", ""),
        ("-{R|zh-hans:不是規則}-", "zh-cn", "zh-hans:不是規則"),
        ("-{zh-cn:http://a.b/?c=d;e;zh-tw:x}-", "zh-cn", "http://a.b/?c=d;e"),
        ("-{zh-cn:外-{zh-cn:內;zh-tw:裡}-;zh-tw:y}-", "zh-cn", "外內"),
        ("-{A|zh-cn:程序;zh-tw:程式}-", "zh-tw", "程式"),
        ("-{H|zh-cn:程序;zh-tw:程式}-", "zh-tw", ""),
        ("-{T|zh-cn:甲;zh-tw:乙}-", "zh-tw", ""),
        ("-{N|zh-tw}-", "zh-cn", "臺灣"),
        ("-{D|zh-cn:甲;zh-tw:乙}-", "zh-cn", "大陆：甲；臺灣：乙；"),
        ("-{H;D|詞=>zh-tw:乙;詞=>zh-cn:甲}-", "zh-cn", "詞⇒臺灣：乙；詞⇒大陆：甲；"),
        ("-{-|zh-cn:甲;zh-tw:乙}-", "zh-cn", ""),
        ("a -{ b", "zh-cn", "a -{ b"),
        ("a }- b", "zh-cn", "a }- b"),
    ],
)
def test_what_is_shown(text, variant, expected):
    assert shown(text, variant) == expected


def test_no_text_for_the_variant_shows_the_first_converted():
    assert convert_text("-{zh-tw:電腦}-", HANS, HanziSettings(), "zh-Hant").text == "电脑"


def test_a_filter_converts_to_its_variants_only():
    assert convert_text("-{zh-hans|電腦}-與電腦", HANS, HanziSettings(), "zh-Hant").text == "电脑与电脑"
    assert convert_text("-{zh-hans|電腦}-與電腦", HANT, HanziSettings(), "zh-Hant").text == "電腦與電腦"


def test_a_rule_counts_from_its_place_on():
    text = "程式。-{A|zh-cn:程序;zh-tw:程式}-，程式。-{-|zh-cn:程序;zh-tw:程式}-程式。"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hant").text == "程式。程序，程序。程式。"


def test_a_rule_in_one_direction():
    text = "-{H|巨集=>zh-cn:宏;}-巨集與宏"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hant").text == "宏与宏"


def test_a_markup_over_line_ends():
    text = "關注-{zh-hans:\n着;\nzh-hant:著;}-後"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hant").text == "关注着后"


def test_the_nearest_variant():
    assert choose_text({"zh-hk": "甲"}, "zh-tw") == "甲"
    assert choose_text({"zh-cn": "甲"}, "zh-tw") is None
