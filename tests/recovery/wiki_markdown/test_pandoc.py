"""Wikitext as Pandoc's own Markdown holds it: raw text, drawn tables, terms, verse, readings, formulas, files of the wiki."""

from __future__ import annotations

import pytest

from pipeline.document.master import write_master
from pipeline.recovery import recover as recover_form
from tests.recovery.wiki_markdown.articles import body, codes, recover

LINK = '[河](河 "河"){.wikilink}'


def test_raw_text_shows_what_a_reader_saw() -> None:
    source = f"**甲**（`{{{{lang|en|Jia}}}}`{{=mediawiki}}）是{LINK}，`<u>`{{=html}}乙`</u>`{{=html}}。"
    assert body(source) == "**甲**（Jia）是河，乙。"


@pytest.mark.parametrize(
    ("template", "shown"),
    [
        ("tsl|fr|Émile|艾米", "艾米"),
        ("tsl|fr|Émile||", "Émile"),
        ("link-en|艾米|Emile", "艾米"),
        ("link-en|艾米 (作家)|Emile|艾米", "艾米"),
        ("lang-fr|Émile|links=no", "Émile"),
        ("flag|俄國", "俄國"),
        ("僻字|淖|水卓", "淖"),
    ],
)
def test_a_template_shows_what_a_reader_saw_of_it(template: str, shown: str) -> None:
    assert body(f"**甲**是{LINK}，`{{{{{template}}}}}`{{=mediawiki}}說。") == f"**甲**是河，{shown}說。"


def test_a_template_that_shows_what_its_code_means_is_a_finding() -> None:
    assert codes(f"**甲**是{LINK}，`{{{{flag|RUS}}}}`{{=mediawiki}}說。") == ["L221"]


def test_what_stands_behind_a_raw_block_in_an_item_is_no_code() -> None:
    source = f'**甲**是{LINK}。\n\n- ```{{=mediawiki}}\n  {{{{河流表}}}}\n  ```\n\n[fr:Jia](fr:Jia "fr:Jia"){{.wikilink}}\n'
    assert body(source) == "**甲**是河。"


def test_a_raw_block_of_a_template_goes_with_its_finding() -> None:
    source = (
        f"```{{=mediawiki}}\n{{{{main|河史}}}}\n```\n甲是{LINK}。\n\n```{{=mediawiki}}\n{{{{河流表}}}}\n```\n"
    )
    assert body(source) == "甲是河。"
    assert codes(source) == ["L221"]


def test_a_raw_block_with_words_begins_a_paragraph_or_an_item() -> None:
    source = f"甲是{LINK}。\n\n- ```{{=mediawiki}}\n  {{{{lang|en|Wang, M.}}}}\n  ```\n  `{{{{lang|en|Rivers}}}}`{{=mediawiki}}, 2.\n\n```{{=mediawiki}}\n{{{{lang|en|Jia}}}}\n```\n是河。"
    assert body(source) == "甲是河。\n\n- Wang, M. Rivers, 2.\n\nJia是河。"


def test_code_of_another_format_stays() -> None:
    assert "`x`{=latex}" in body(f"甲`x`{{=latex}}是{LINK}。")


def test_a_table_drawn_with_dashes() -> None:
    source = f"甲是{LINK}。\n\n  段     長度\n  ------ ------------\n  上段   九里[^1]\n  下段   \n\n  : 各段\n\n乙。\n\n[^1]: 註\n"
    assert (
        body(source)
        == "甲是河。\n\n| 段 | 長度 |\n|---|---|\n| 上段 | 九里[^1] |\n| 下段 |  |\n\n: 各段\n\n乙。\n\n[^1]: 註"
    )


def test_a_drawn_table_without_a_head_and_one_whose_rows_have_lines() -> None:
    bare = "  ------ ------\n  上段   九里\n  中段   十里\n  ------ ------\n"
    assert body(f"甲是{LINK}。\n\n{bare}").endswith("| 上段 | 九里 |\n|---|---|\n| 中段 | 十里 |")
    lines = "  ---------------\n  段     長度\n  ------ --------\n  上段   九里，\n         不足\n\n  下段   long\n         river\n  ---------------\n"
    assert body(f"甲是{LINK}。\n\n{lines}").endswith(
        "| 段 | 長度 |\n|---|---|\n| 上段 | 九里，不足 |\n| 下段 | long river |"
    )


def test_a_line_break_in_a_cell_of_a_grid() -> None:
    grid = "+------+------+\n| 段   | 長   |\n+======+======+\n| 上\\  | 九里 |\n| 下   |      |\n+------+------+\n"
    assert "| 上 下 | 九里 |" in body(f"甲是{LINK}。\n\n{grid}")


def test_raised_and_lowered_signs() -> None:
    assert body(f"{LINK}有H~2~O，10^3^千克，3~5天。") == "河有H~2~O，10^3^千克，3\\~5天。"
    assert body('[河](/wiki/R "河")有2^3^。') == "河有2\\^3^。"


def test_a_grid_with_a_cell_over_two_columns() -> None:
    grid = "+------+------+\n| 甲河          |\n+======+======+\n| 長   | 九里 |\n+------+------+\n| - 乙 | 丙   |\n| - 丁 |      |\n+------+------+\n"
    assert body(f"甲是{LINK}。\n\n{grid}").endswith(
        "| 甲河 |  |\n|---|---|\n| 長 | 九里 |\n| - 乙 - 丁 | 丙 |"
    )


@pytest.mark.parametrize(
    "text", ["+---+---+\n| a | b |", "  --- ---\n甲 乙\n", "甲乙\n  ----\n丙", "+--+\n| |\n+--+--+\n"]
)
def test_what_is_no_drawn_table_is_accounted_for(text: str) -> None:
    recover(f"甲是{LINK}。\n\n{text}\n")


def test_a_caption_below_a_table_of_pipes() -> None:
    source = f"甲是{LINK}。\n\n| 段 | 長 |\n|----|----|\n| 上 | 九 |\n\n: 各段的長\n\n乙。"
    assert body(source) == "甲是河。\n\n| 段 | 長 |\n|---|---|\n| 上 | 九 |\n\n: 各段的長\n\n乙。"


def test_terms_and_what_is_said_of_them_are_paragraphs() -> None:
    source = f"甲是{LINK}，分為\n\n上段\n:   九里。\n:   又作十里。\n\n1.  一。\n\n:   \n\n    :   答：二。\n"
    assert body(source) == "甲是河，分為\n\n上段\n\n九里。\n\n又作十里。\n\n1. 一。\n\n答：二。"


@pytest.mark.parametrize("tags", [("\\<poem\\>", "\\</poem\\>"), ("&lt;poem&gt;", "&lt;/poem&gt;")])
def test_verse_has_its_lines_again(tags: tuple[str, str]) -> None:
    source = f"甲是{LINK}。\n\n{tags[0]} 水清 又清， 一渠長。\n年年說。\n\n第二 段落 {tags[1]}\n\n乙 丙。"
    assert body(source) == "甲是河。\n\n水清\\\n又清，\\\n一渠長。\\\n年年說。\n\n第二\\\n段落\n\n乙 丙。"


def test_readings_stand_behind_their_characters() -> None:
    source = f"<ruby>粟<rt>sù</rt></ruby>是{LINK}，<ruby>米<rp>(</rp><rt>mǐ</rt><rp>)</rp></ruby>。"
    assert body(source) == "粟（sù）是河，米(mǐ)。"


def test_formulas_of_githubs_markdown() -> None:
    source = f"設$`a^2`$為{LINK}：\n\n``` math\nF = a \\times 2\n```\n\n$$F = a$$ 得$`b`$。"
    assert body(source) == "設$a^2$為河：\n\n$$F = a \\times 2$$\n\n$$F = a$$ 得$b$。"


def test_files_of_the_wiki_are_not_there() -> None:
    source = f'![一[^1]](Jia.jpg "一"){{width="200"}} **甲**是{LINK}。\n\n<figure>\n<img src="B.jpg" title="二" width="9" />\n<figcaption>二<a href="#fn1"><sup>1</sup></a></figcaption>\n</figure>\n<section id="footnotes" class="footnotes">\n<hr />\n<ol><li id="fn1">註。</li></ol>\n</section>\n\n乙。\n'
    assert body(source) == "**甲**是河。\n\n乙。"
    assert codes(source) == ["L223", "L223"]
    brought = "![圖](pictures/jia.jpg)"
    assert brought in body(f"{brought}\n\n甲是{LINK}。")


def test_a_gallery_whose_bars_are_escaped() -> None:
    assert body(f"甲是{LINK}。\n\nA1.jpg\\|一 A2.jpg\\|二[^1]\n\n[^1]: 註\n").startswith("甲是河。\n\n[^1]")


def test_links_to_other_languages_go_in_both_forms() -> None:
    tag = '<a href="en:River" class="wikilink" title="en:River">en:River</a>'
    assert body(f"甲是{LINK}。\n\n[en:River](en:River){{.wikilink}}\n\n{tag}\n") == "甲是河。"


def test_bodies_that_nothing_calls_are_bodies() -> None:
    source = f"甲是{LINK}。\n\n[^1]: 註。\n"
    assert body(source) == "甲是河。\n\n[^1]: 註。"
    assert codes(source) == ["N11"]


def test_a_call_inside_a_note_is_its_number() -> None:
    source = f"甲是{LINK}[^1]，長[^2]。\n\n[^1]: 見[^2]。\n\n[^2]: 註。\n"
    assert body(source).endswith("[^1]: 見[2]。\n\n[^2]: 註。")
    assert codes(source) == ["N16"]


def test_the_master_of_such_an_export_passes_untouched() -> None:
    source = f"**甲**是{LINK}。\n\n  段     長度\n  ------ ------\n  上段   九里\n\n  : 各段\n\n$$a$$ 乙<ruby>粟<rt>sù</rt></ruby>。"
    master = write_master(recover(source))
    assert write_master(recover_form(master, "markdown")) == master
