"""Line ends where an export wraps its lines: which were a space that shows, which were nothing, which a dash stood behind."""

from __future__ import annotations

import pytest

from tests.recovery.wiki_markdown.articles import body, codes, link

WRAPPED = "\n[Category:河](https://zh.wikipedia.org/wiki/Category:河)\n[Category:湖](https://zh.wikipedia.org/wiki/Category:湖)\n"


@pytest.mark.parametrize(
    ("source", "master"),
    [
        ("甲船,\n乙船;\n丙船:\n丁船。", "甲船, 乙船; 丙船: 丁船。"),  # a half-width mark has its space
        ("甲船，\n乙船。", "甲船，乙船。"),
        ("河港\n(北岸)很大。", "河港 (北岸)很大。"),
        ("河港(北岸)\n很大。", "河港(北岸)很大。"),
        (f"長女\n{link('**甲**')}嫁於北岸。", "長女 **甲**嫁於北岸。"),
        ("長女\n**甲**（一說乙）。", "長女 **甲**（一說乙）。"),
        ("長女，\n**甲**。", "長女，**甲**。"),
        ("長**女**\n甲。", "長**女**甲。"),
        ("① 甲船，②\n《乙集》。", "① 甲船，② 《乙集》。"),  # behind a label
        (
            "  - 第一條\n    凡船皆可入港，\n    夜間除外。",
            "- 第一條 凡船皆可入港，夜間除外。",
        ),  # no author ends a line in an item
        (f"  - 卷二十三\n    {link('河')}《乙集》\n    （北岸）", "- 卷二十三 河《乙集》（北岸）"),
        ("  - 甲曰：「河水\n    很長。」", "- 甲曰：「河水很長。」"),
        ("河水\n很長。", "河水很長。"),
        ("河水\n─ 或者是湖 ─\n很長。", "河水 ─ 或者是湖 ─ 很長。"),
        ("  - 甲社，三月九日\n    \\[引於四月\\]。", "- 甲社，三月九日 [引於四月]。"),
    ],
)
def test_a_line_end_that_was_a_space(source: str, master: str) -> None:
    assert body(source + WRAPPED) == master


def test_behind_a_stop_and_its_calls_a_line_end_is_nothing() -> None:
    source = "船到了。\\[1\\]\\[2\\]\n7月，船走了\\[3\\]\n8月回來。" + WRAPPED
    assert body(source).startswith("船到了。[^1][^2]7月，船走了[^3] 8月回來。\n\n[^1]:")


@pytest.mark.parametrize("behind", ["", WRAPPED])
def test_indented_verses_stay_together_and_sentences_apart(behind: str) -> None:
    lines = (
        f"船過河口{link('水')}連天，不見人歸又一年。\n    渡口有人歌一曲，\\[1\\]明朝又見水如煙。\\[2\\]\n"
    )
    source = f"詩云：\n\n  -\n    {lines}\n又云：\n\n  -\n    河很長。\n    船很多，人也很多。\n"
    poem = "船過河口水連天，不見人歸又一年。\\\n渡口有人歌一曲，[^1]明朝又見水如煙。[^2]"
    end = "\n\n[^1]: 一\n\n[^2]: 二"
    assert (
        body(f"{source}{behind}\n1.  一\n2.  二\n")
        == f"詩云：\n\n{poem}\n\n又云：\n\n河很長。\n\n船很多，人也很多。{end}"
    )


def test_a_line_end_before_a_call_is_nothing() -> None:
    source = "船走了三成\n\\[1\\]，高度超過\n\\[2\\]。\n" + WRAPPED + "\n1.  一\n2.  二\n"
    assert body(source).startswith("船走了三成[^1]，高度超過[^2]。\n\n[^1]:")


def test_a_dash_between_words_of_an_item_begins_no_list() -> None:
    items = f"1.  {link('甲卷')}\n    - {link('上')}\n2.  乙卷 - 下\n3.  {link('丙卷')}\n    -\n    {link('上')}・下\n"
    source = "各卷：\n\n" + items + "\n## 參見\n\n  - 河志\n      - 湖志\n"
    master = "各卷：\n\n1. 甲卷 - 上\n2. 乙卷 - 下\n3. 丙卷 - 上・下\n\n# 參見\n\n- 河志\n  - 湖志"
    assert body(source + WRAPPED) == master
    assert codes(source + WRAPPED) == []


# No such manner, or another.
@pytest.mark.parametrize("bullets", ["- 河志\n", "  - 河志\n\n1.  湖志\n\n    - 船志\n"])
def test_a_dash_is_a_bullet_where_bullets_stand_so(bullets: str) -> None:
    source = f"各卷：\n\n1.  甲卷\n    - 上\n2.  乙卷\n\n## 參見\n\n{bullets}"
    assert "1. 甲卷\n   - 上\n2. 乙卷" in body(source + WRAPPED)


def test_an_item_of_wikitext_that_an_indent_held_stands_under_the_item_above() -> None:
    source = "  - 甲書\n\n:\\*甲書有抄本。\n\n:\\* 甲書有刻本。\n\n  - 乙書\n"
    assert body(source + WRAPPED) == "- 甲書\n  - 甲書有抄本。\n  - 甲書有刻本。\n- 乙書"


def test_a_bracket_that_opens_nothing_is_said() -> None:
    assert codes("河水很長。\\[1\\]\n\n1.  《甲書》卷二（\n") == ["L229"]
    assert codes("河水很長。\\[1\\]\n\n1.  《甲書》卷二（乙）\n") == []

    assert codes("甲港（英語：Port；）很深。\n") == ["L229"]
    assert codes("甲港（；）很深。\n") == ["L229"]


def test_two_long_lines_of_a_paragraph_are_one() -> None:
    first, second = (f"{link('河')}{name}，" + "河水很長而船很多，" * 12 + "不歇。" for name in ("甲", "乙"))
    one, two = (f"河{name}，" + "河水很長而船很多，" * 12 + "不歇。" for name in ("甲", "乙"))
    assert body(f"{first}\n河的{second}\n") == f"{one}河的{two}"
    assert body(f"甲港很深；\n{link('河')}很長；\n") == "甲港很深；\\\n河很長；"


@pytest.mark.parametrize("words", ["كتاب\nالبحر", "Книга\nморя", "Île\nétroite"])
def test_lines_cut_between_words_of_any_alphabet(words: str) -> None:
    assert body(f"{link('河')}名為「{words}」。") == f"河名為「{words}」。".replace("\n", " ")


def test_indented_lines_that_end_in_a_stop_are_paragraphs_where_lines_are_cut_too() -> None:
    one, two = "甲站的站長，" * 7 + "已老。", "乙站的站長，" * 7 + "尚少。"
    assert body(f"  -\n    {one}\n    {two}\n{WRAPPED}") == f"{one}\n\n{two}"
    assert body(f"{one}\n{two}\n{WRAPPED}") == f"{one}{two}"


def test_a_plus_at_a_cut_line_of_an_item_is_no_bullet() -> None:
    source = f"  - 編組為[甲車](../Page/甲.md)\n    + 乙車 + 丙車 +\n    丁車。\n  - 戊\n{WRAPPED}"
    assert body(source) == "- 編組為甲車 + 乙車 + 丙車 + 丁車。\n- 戊"


def test_an_indent_inside_a_line_begins_a_paragraph() -> None:
    source = (
        "他寫道： \u3000\u3000河水很長，水也很清。 \u3000\u3000船很多。河 \u3000\u3000水：\u3000\u3000無。\n"
    )
    assert body(source) == "他寫道：\n\n河水很長，水也很清。\n\n船很多。河 \u3000\u3000水：\u3000\u3000無。"
    assert codes(source) == []
