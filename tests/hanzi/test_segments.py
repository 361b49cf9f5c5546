"""Where words begin and end: no phrase of a table is found across two words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.hanzi import convert_text
from pipeline.hanzi.segments import WORDS, Vocabulary, common_words, cut_text, vocabulary
from pipeline.settings import HANT, HanziSettings

HAN_AND_MORE = st.text(st.sampled_from("中国发展后来干部历史制度里面只有一条头发，。 a1\n𠀀"), max_size=30)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("工资分配制度", ["工资", "分配制度"]),
        ("百年历史", ["百年", "历史"]),
        ("好干部，亲人", ["好", "干部", "，亲人"]),
        ("公有制为主体", ["公有", "制", "为", "主体"]),
        ("他来过", ["他来过"]),
    ],
)
def test_text_is_cut_into_its_likeliest_words(text, pieces):
    assert cut_text(text) == pieces


# Across each of these borders the library's dictionary has a phrase: 配制, 年历, 征发, 布现, 手表, 私有制为, 面包机.
@pytest.mark.parametrize(
    ("source", "edition"),
    [
        ("工资分配制度改革", "工資分配制度改革"),
        ("总结百年历史", "總結百年歷史"),
        ("模范检察干部", "模範檢察幹部"),
        ("湖北省二手表现不佳", "湖北省二手表現不佳"),
        ("防止传染病发展", "防止傳染病發展"),
        ("私有制为基础", "私有制為基礎"),
        ("烤面包机", "烤麵包機"),
        ("五元复合肥料", "五元複合肥料"),
        ("湖南岳阳、河南", "湖南岳陽、河南"),
    ],
)
def test_no_phrase_is_found_across_words(source, edition):
    keep = HanziSettings(punctuation="keep")
    assert convert_text(source, HANT, keep, "zh-Hans", "tw").text == edition


def test_a_text_may_hold_any_character():
    source = "分配\ufdd0制度\ufdd0\ufdd0发展"
    assert convert_text(source, HANT, HanziSettings(), "zh-Hans").text == "分配\ufdd0制度\ufdd0\ufdd0發展"


@given(HAN_AND_MORE)
def test_the_pieces_are_the_text(text):
    pieces = cut_text(text)
    assert "".join(pieces) == text
    assert len(common_words(pieces)) == len(text)


def test_a_word_that_is_added_is_found_whole():
    words = Vocabulary({"复": 60, "合肥": 50, "肥": 80, "复合": 70}, unseen=90)
    assert list(words.cut("复合肥")) == ["复", "合肥"]
    words.add("复合肥")
    assert list(words.cut("复合肥")) == ["复合肥"]


def test_a_compound_is_taken_apart():
    words = Vocabulary({"制为": 60, "公有": 70, "公有制": 60, "制": 60, "为": 50}, 90, ["公有制"])
    assert list(words.cut("公有制为")) == ["公有", "制", "为"]


def test_the_list_names_each_word_once_and_its_sources():
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    head = "\n".join(line for line in lines if line.startswith("#"))
    assert "MIT License" in head
    assert "Apache License 2.0" in head
    words = []
    for line in lines:
        if not line.startswith("#"):
            length, cost, run = line.split("\t")
            size = int(length.rstrip("+"))
            assert int(cost) > 0
            words += [run[i : i + size] for i in range(0, len(run), size or 1)]
    assert len(words) == len(set(words)) > 100_000
    assert set(words) <= vocabulary().costs.keys()
