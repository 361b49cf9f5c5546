"""Characters and phrases: words, hard sentences, mixed sources, the book's own words, choices."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.hanzi import convert_text
from pipeline.hanzi.overlay import read_rows
from pipeline.settings import HANS, HANT, HanziSettings

CASES = Path(__file__).parent.parent / "cases" / "hanzi"
KEEP_MARKS = HanziSettings(punctuation="keep")


def rows(name: str) -> list[list[str]]:
    return [row for _, row in read_rows(CASES / name)]


def converted(direction: str, text: str) -> str:
    if direction == "hans":
        return convert_text(text, HANS, KEEP_MARKS, "zh-Hant").text
    return convert_text(text, HANT, KEEP_MARKS, "zh-Hans", "tw").text


@pytest.mark.parametrize(("direction", "source", "edition"), rows("words.tsv"))
def test_words(direction, source, edition):
    assert converted(direction, source) == edition


@pytest.mark.parametrize(("direction", "source", "edition"), rows("sentences.tsv"))
def test_hard_sentences(direction, source, edition):
    assert converted(direction, source) == edition


def test_compatibility_ideographs_are_words_too():
    assert convert_text("歷史裏的年代", HANS, KEEP_MARKS, "zh-Hant").text == "历史里的年代"


@pytest.mark.parametrize(
    ("standard", "expected"),
    [("opencc", "羣衆爲了裏面的麪"), ("tw", "群眾為了裡面的麵"), ("hk", "羣眾為了裏面的麪")],
)
def test_simplified_text_is_given_a_standards_forms(standard, expected):
    assert convert_text("群众为了里面的面粉", HANT, KEEP_MARKS, "zh-Hans", standard).text[:-1] == expected


@pytest.mark.parametrize(
    "text", ["他看着這裏的説明，為衆人敍述。", "台灣的后里，臺灣的裡面，著者于右任。", "恒心猫群够了"]
)
def test_a_traditional_text_stays_as_it_is(text):
    assert convert_text(text, HANT, HanziSettings(), "zh-Hant-TW").text == text


def test_traditional_forms_can_be_unified():
    text = "這裏的羣眾，這裡的群眾，爲為"
    assert (
        convert_text(text, HANT, HanziSettings(traditional="tw"), "zh-Hant").text
        == "這裡的群眾，這裡的群眾，為為"
    )
    assert (
        convert_text(text, HANT, HanziSettings(traditional="hk"), "zh-Hant").text
        == "這裏的羣眾，這裏的羣眾，為為"
    )


def test_of_a_mixed_text_only_the_simplified_is_converted():
    text = "后妃住在后宮，這是台灣的說法。他说这里发现了头发。"
    done = convert_text(text, HANT, HanziSettings(), "zh-Hant-TW")
    assert done.text == "后妃住在后宮，這是台灣的說法。他說這裡發現了頭髮。"


def test_a_simplified_text_stays_simplified():
    text = "什么是乾隆的著作？瞭望台上的魏徵说：“这么多人。”"
    assert convert_text(text, HANS, HanziSettings(), "zh-Hans").text == text


def test_kept_words_and_decisions():
    settings = HanziSettings(keep=("後山",), decisions={"計程車": "出租车", "范先生": "範先生"})
    done = convert_text("後山有計程車，范先生在後面", HANS, settings, "zh-Hant")
    assert done.text == "後山有出租车，範先生在后面"


def test_a_decision_for_one_place():
    settings = HanziSettings(decisions={"第二個【乾】": "乾"})
    assert convert_text("第一個乾，第二個乾。", HANS, settings, "zh-Hant").text == "第一个干，第二个乾。"


def test_every_choice_is_recorded_with_its_place():
    done = convert_text("他看著乾隆。\n乾了。", HANS, HanziSettings(), "zh-Hant")
    choices = {(c.where, c.word): c for c in done.choices}
    assert choices["line 1", "看著"].choice == "看着"
    qian = choices["line 1", "乾"]
    assert (qian.choice, qian.alternatives, qian.context) == ("乾", ("干",), "他看著【乾】隆。")
    assert qian.why == "a word of the library's dictionary"
    assert choices["line 2", "乾"].why == "the usual form"


def test_choices_of_an_edition_in_taiwans_forms_name_taiwans_forms():
    done = convert_text("里", HANT, HanziSettings(), "zh-Hans", "tw")
    assert done.choices[0].choice == "裡"
    assert "裏" not in done.choices[0].alternatives


def test_what_a_decision_settled_says_so():
    done = convert_text("乾了", HANS, HanziSettings(decisions={"乾": "乾"}), "zh-Hant")
    assert [c.why for c in done.choices] == ["decided by the book"]


def test_a_text_that_writes_zhe_means_to_write_by_zhu():
    text = "看着走着說着聽着想着。此書為某著與某合著，學界著錄。"
    assert "某著与某合著" in convert_text(text, HANS, KEEP_MARKS, "zh-Hant-HK").text


def test_taiwans_own_forms():
    assert convert_text("账目", HANT, KEEP_MARKS, "zh-Hans", "tw").text == "帳目"
    assert convert_text("账目", HANT, KEEP_MARKS, "zh-Hans", "hk").text == "賬目"


@pytest.mark.parametrize("to", [HANS, HANT])
def test_an_empty_text(to):
    assert convert_text("", to, HanziSettings()).text == ""
