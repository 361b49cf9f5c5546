"""-{…}-: each script its own text, as MediaWiki's converter reads it."""

from __future__ import annotations

import pytest

from pipeline.hanzi import convert_text
from pipeline.hanzi.conversion import Wish, convert_passages, make_plan
from pipeline.hanzi.texts import cut_lines
from pipeline.hanzi.variants import choose_text
from pipeline.settings import HANS, HANT, HanziSettings

STANDARDS = {"zh-tw": "tw", "zh-hk": "hk", "zh-hant": "opencc"}


def read(text: str, variant: str) -> str:
    """The text in a variant, with what its markup says."""
    to = HANT if variant in STANDARDS else HANS
    settings = HanziSettings(punctuation="keep")
    source = "zh-Hans" if to == HANT else "zh-Hant"
    plan = make_plan(text, Wish(to, settings, source, STANDARDS.get(variant), variant=variant))
    passages = cut_lines(text)
    convert_passages(passages, plan)
    return "".join(passage.result() for passage in passages)


THREE = "zh-cn:甲;zh-hk:乙;zh-tw:丙"


@pytest.mark.parametrize(
    ("text", "variants", "expected"),
    [
        # a text for each
        ("-{zh-hans:炮; zh-hant:砲;}-", "zh-cn zh-hans", "炮"),
        ("-{zh-hans:炮; zh-hant:砲;}-", "zh-tw zh-hk zh-hant", "砲"),
        ("-{zh-cn:计算机;zh-tw:電腦}-", "zh-hk", "電腦"),  # Hong Kong's next of kin
        ("-{zh-cn:计算机;zh-tw:電腦}-", "zh-hans", "计算机"),
        ("-{zh-hant:\n砲;\nzh-hans:炮;}-", "zh-cn", "炮"),
        ("-{ZH-Hant-TW:甲; zh-Hans-CN:乙}-", "zh-tw", "甲"),
        ("-{zh:甲;zh-tw:乙}-人", "zh-tw", "乙人"),
        ("-{zh:甲;zh-tw:乙}-", "zh-cn", "甲"),
        ("-{zh-cn:0;zh-sg:1;zh-tw:2}-", "zh-cn", "0"),
        ("-{zh-tw:電腦}-", "zh-cn", "电脑"),  # nothing near enough: the first, converted
        ("-{x=>zh-cn:甲;x=>zh-tw:乙}-", "zh-tw", "乙"),
        ("-{zh-cn:http://a.b/?c=d;e;zh-tw:x}-", "zh-cn", "http://a.b/?c=d;e"),
        ("-{zh-cn:甲;zh-xx:乙}-", "zh-cn", "甲;zh-xx:乙"),  # an unknown variant begins no part
        ("-{zh-xx:乙;zh-cn:甲}-", "zh-cn", "zh-xx:乙;zh-cn:甲"),  # and voids all where it is one
        ("-{zh-cn:甲;zh-tw:}-", "zh-cn", "甲"),
        # as it is
        ("-{乾}-乾", "zh-cn", "乾干"),
        ("-{R|乾}-", "zh-cn", "乾"),
        ("-{R|zh-hans:不是規則}-", "zh-cn", "zh-hans:不是規則"),
        ("-{R;A|zh-cn:a;zh-tw:b}-a", "zh-cn", "zh-cn:a;zh-tw:ba"),
        ("北-{}-韓", "zh-cn", "北韩"),
        ("-{D|語法}-", "zh-cn", "語法"),  # nothing to describe
        # flags
        (f"-{{A|{THREE}}}- 甲乙丙", "zh-cn", "甲 甲甲甲"),
        (f"-{{A|{THREE}}}- 甲乙丙", "zh-hk", "乙 乙乙乙"),
        (f"-{{A|{THREE}}}- 甲乙丙", "zh-hant", "丙 甲乙丙"),  # no rule between variants for the script alone
        (f"-{{H|{THREE}}}-甲乙丙", "zh-tw", "丙丙丙"),
        (f"-{{H|{THREE}}}-甲乙丙", "zh-hans", "甲乙丙"),
        (f"-{{H|{THREE}}}-甲乙丙-{{-|{THREE}}}- 甲乙丙", "zh-tw", "丙丙丙 甲乙丙"),
        ("-{H|zh:甲;zh-tw:乙}-甲-{H|甲}-甲", "zh-tw", "乙甲"),  # a word without variants stays
        ("-{A|電腦}-電腦", "zh-cn", "電腦電腦"),
        ("-{-|電腦}-電腦", "zh-cn", "电脑"),
        (f"-{{T|{THREE}}}-甲乙丙", "zh-cn", "甲乙丙"),
        (f"-{{T;H|{THREE}}}-甲乙丙", "zh-cn", "甲甲甲"),
        ("-{N|zh-tw}- -{D;N|zh-hk}- -{N|電腦}-", "zh-cn", "臺灣 香港 "),
        (f"-{{D|{THREE}}}-乙", "zh-cn", "大陆：甲；香港：乙；臺灣：丙；乙"),
        (f"-{{D;H|{THREE}}}-乙", "zh-cn", "大陆：甲；香港：乙；臺灣：丙；甲"),
        (f"-{{A;D|{THREE}}}-乙", "zh-cn", "甲"),
        ("-{D|x=>zh-cn:甲;zh-mo:丁;y=>zh-hk:乙}-", "zh-cn", "澳門：丁；x⇒大陆：甲；y⇒香港：乙；"),
        ("-{甲|乙}-", "zh-cn", "乙"),  # what is no flag is passed over
        ("-{[[甲|乙]]}-", "zh-cn", "[[甲|乙]]"),
        # one direction: for its variant alone
        ("-{H|巨集=>zh-cn:宏;}-巨集與宏", "zh-cn", "宏与宏"),
        ("-{H|巨集=&gt;zh-cn:宏}-巨集", "zh-cn", "宏"),
        ("-{H|x=>zh-cn:甲}-x", "zh-hans zh-hant zh-tw zh-hk", "x"),
        (
            "-{H|0=>zh-cn:B}--{H|0=>zh-cn:C;0=>zh-cn:D}--{H|0=>zh-hans:A}-01-{A|zh-tw:0;zh-cn:E;}-01",
            "zh-cn",
            "D1EE1",
        ),
        ("-{H|zh-cn:foo;zh-tw:;}-foo-{H|=>zh-cn:foo;}-foo-{H|}-foo", "zh-cn", "foofoofoo"),
        # variants as flags
        ("-{zh-hans|電腦}-與電腦", "zh-cn", "电脑与电脑"),
        ("-{zh-hans|電腦}-", "zh-tw", "電腦"),
        (f"-{{H|{THREE}}}--{{zh;zh-hans;zh-hant|甲乙}}--{{zh;zh-cn;zh-tw|甲乙}}-", "zh-tw", "甲乙丙丙"),
        (f"-{{H|{THREE}}}--{{zh;zh-cn;zh-tw|甲乙}}-", "zh-hans", "甲甲"),  # the nearest variant's rules
        # nested, unclosed
        ("-{zh-cn:外-{zh-cn:內;zh-tw:裡}-;zh-tw:y}-", "zh-cn", "外內"),
        ("-{zh-hans:a-{zh-cn:b;zh-sg:c;}-;zh-hant:d-{zh-tw:e;zh-hk:f-{g}--{}-h;}-;}-", "zh-hk", "dfgh"),
        ("-{R|甲 -{zh:乙;zh-tw:丙}- 丁}-", "zh-tw", "甲 丙 丁"),
        ("乾 -{ 乾", "zh-cn", "干 -{ 干"),
        ("-{T|乾", "zh-cn", "-{T|干"),
        ("乾 }- -{zh-cn:甲;zh-tw:乙}- 乾 }- 乾", "zh-cn", "干 }- 甲 干 }- 干"),
    ],
)
def test_what_is_read(text, variants, expected):
    for variant in variants.split():
        assert read(text, variant) == expected


def test_a_rule_counts_from_its_place_on():
    text = "程式。-{A|zh-cn:程序;zh-tw:程式}-，程式。-{-|zh-cn:程序;zh-tw:程式}-程式。"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hant").text == "程式。程序，程序。程式。"


def test_a_markup_over_line_ends():
    text = "關注-{zh-hans:\n着;\nzh-hant:著;}-後"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hant").text == "关注着后"


def test_the_nearest_variant():
    assert choose_text({"zh-hk": "甲"}, "zh-tw") == "甲"
    assert choose_text({"zh-cn": "甲"}, "zh-tw") is None
