"""What exports of real articles left over: lists that touch, indents, galleries, ends of templates and rules."""

from __future__ import annotations

import pytest

from tests.recovery.wiki_markdown.articles import body, codes, link, recover


def picture(name: str) -> str:
    return f'[{name}](https://zh.wikipedia.org/wiki/File:{name} "fig:{name}")'


# --- lists


def test_a_list_behind_the_mark_of_an_end_stands_at_the_first_level() -> None:
    between = "\n\n<!-- end list -->\n\n"
    source = f"  - 河{between}1.  一\n2.  二{between}  - 湖{between}1.  三\n"
    assert [b.level for b in recover(source).blocks] == [0] * 5


def test_an_end_inside_an_item_ends_no_outer_list() -> None:
    source = "  - 河\n      - 水\n\n    <!-- end list -->\n\n      - 船\n  - 湖\n"
    assert [b.level for b in recover(source).blocks] == [0, 1, 1, 0]


def test_an_indent_of_an_indent_has_lost_no_words() -> None:
    source = "他說：\n\n  -\n\n      -\n        河水很長。\n\n又說：\n\n  -\n    船很多。\n"
    assert body(source) == "他說：\n\n河水很長。\n\n又說：\n\n船很多。"
    assert codes(source) == []


def test_an_indented_picture_is_said_once() -> None:
    source = f"河如下圖。\n\n  -\n\n      -\n        {picture('河.png')}\n\n船很多。\n"
    assert body(source) == "河如下圖。\n\n船很多。"
    assert codes(source) == ["L223"]


def test_items_without_words_are_said() -> None:
    assert codes("河：\n\n  - 甲\n      -\n      - 丁\n") == ["L229"]


def test_an_escaped_bullet_behind_an_indent_is_an_item() -> None:
    assert body(":\\*河水很長。\n\n:\\* 船很多。\n") == "- 河水很長。\n- 船很多。"


# --- spaces


def test_the_space_before_a_call_goes_behind_a_link_too() -> None:
    notes = "\n\n1.  一\n2.  二\n"
    place = link("甲港", "../Page/甲港_\\(北岸\\).md")
    source = f"河很長，到{place} \\[1\\]，每年 12 mas \\[2\\]。{notes}"
    assert body(source) == "河很長，到甲港[^1]，每年 12 mas [^2]。\n\n[^1]: 一\n\n[^2]: 二"


def test_the_space_between_two_calls_goes() -> None:
    notes = "\n\n1.  一\n2.  二\n"
    assert (
        body(f"河很長。\\[1\\] \\[2\\]船很多。{notes}") == "河很長。[^1][^2]船很多。\n\n[^1]: 一\n\n[^2]: 二"
    )


@pytest.mark.parametrize(
    "source, master",
    [
        ("  - 河志 —\n    在甲城\n", "- 河志 — 在甲城"),
        ("  - 河水——\n    長\n", "- 河水——長"),
        ("  - King\n    & 王明\n", "- King & 王明"),
    ],
)
def test_a_sign_between_spaces_keeps_both(source: str, master: str) -> None:
    wrapped = "\n[Category:河](https://zh.wikipedia.org/wiki/Category:河)\n[Category:湖](https://zh.wikipedia.org/wiki/Category:湖)\n"
    assert body(source + wrapped) == master


def test_a_line_end_in_an_item_was_a_space_where_its_line_was_full() -> None:
    """In an article without other cut lines, too: Pandoc has 72 columns."""
    place = link("王明", "../Page/王明.md")
    title = "河水在秋天總是最先安靜下來"
    source = f"{place}的書：\n\n  - {place} 等.《{title * 2}》.\n    河口書局. 1931年\n  - 《{title * 2}》 81:1 \\[民20\\]\n    頁37\n"
    assert body(source) == (
        f"王明的書：\n\n- 王明 等.《{title * 2}》. 河口書局. 1931年\n- 《{title * 2}》 81:1 [民20] 頁37"
    )


def test_a_line_end_in_an_item_stays_where_there_was_room() -> None:
    source = f"{link('王明', '../Page/王明.md')}的書：\n\n  - 著作\n    《河志》\n    《河報》\n"
    assert body(source).endswith("- 著作\\\n  《河志》\\\n  《河報》")


def test_the_line_end_before_a_call_goes_where_no_other_line_was_cut() -> None:
    source = f"{link('王明', '../Page/王明.md')}說河志有誤\n\\[1\\]。\n\n1.  《河報》\n"
    assert body(source) == "王明說河志有誤[^1]。\n\n[^1]: 《河報》"


def test_a_bracket_whose_caption_went_goes_with_its_picture() -> None:
    assert (
        body(f"河水很長。\n{picture('河.png')}\\]\n\n## 船\n\n船很多。\n") == "河水很長。\n\n# 船\n\n船很多。"
    )


def test_a_category_that_broke_goes() -> None:
    place = link("王明", "../Page/王明.md")
    assert body(f"{place}的河。\n\n\\[\\[Category:河|W\\]文\\]\\]\n") == "王明的河。"
    assert "分類" in body(f"{place}的河，見\\[分類:河\\]。\n")


def test_a_space_inside_wikitexts_emphasis_goes() -> None:
    assert body("Smith, J. '' River Book'' (2006)") == "Smith, J. *River Book* (2006)"


# --- templates, rules, galleries


def test_the_fields_of_a_template_without_a_beginning_go() -> None:
    source = "|collapsed=yes |width=320px }}\n\n**河**很長。\n"
    assert body(source) == "**河**很長。"
    finding = recover(source).findings[0]
    assert finding.rule == "L221" and "collapsed=yes" in finding.message


FIELDS = f"|縣長= {link('王明')} |設立始年= 1900年（建城）\n1915年（設縣） |2人口= |面積（約）=\n"
FRAME = '<div style="font-size:85%">\n\n</div>\n\n'


@pytest.mark.parametrize(
    "above",
    [
        f"河城 {FIELDS}\n{FRAME}}}}} ",  # its beginning is lost, its end stands before the article
        f"{{{{Infobox county | 名= 河縣 {FIELDS}\n` `\n\n| 簡稱= 河\n\n` `\n\n",  # its end is lost
    ],
)
def test_a_box_above_the_article_goes_also_where_its_fields_have_han_names(above: str) -> None:
    source = f"{above}**河縣**在河口。\n\n## 歷史\n\n河縣很老。\n"
    assert body(source) == "**河縣**在河口。\n\n# 歷史\n\n河縣很老。"
    assert codes(source) == ["L221"]


def test_the_rest_of_a_template_in_a_section_goes() -> None:
    source = f"## 信號\n\n－{{{{\\#time:H:i|1900}}}}-待查 {FIELDS}}}}}\n\n船不出港。\n"
    assert body(source) == "# 信號\n\n船不出港。"
    assert codes(source) == ["L221"]


def test_a_template_without_an_end_takes_no_text_along() -> None:
    source = "{{Infobox |a=一 |b=二\n\n河縣在河口，很老。\n\n**河縣**很大。\n"
    assert body(source).endswith("河縣在河口，很老。\n\n**河縣**很大。")


def test_words_before_an_end_of_a_template_stay() -> None:
    assert body("河很長，船很多。 }}\n\n完。\n") == "河很長，船很多。\n\n完。"


def test_a_rule_around_paragraphs_shows_them() -> None:
    source = "\\-{zh-hans;zh-hant|\n\n  - 河\n  - 湖\n\n}- {{-}}\n\n完。\n"
    assert body(source) == "- 河\n- 湖\n\n完。"
    assert codes(source) == []


def test_a_rule_around_paragraphs_that_does_not_close_is_said() -> None:
    assert codes("\\-{zh-hans;zh-hant|\n\n  - 河\n") == ["L225"]


def test_a_gallery_of_bare_names_goes_with_its_captions() -> None:
    source = (
        "河很長。\n\nRiver at\nnight.jpg|[河](https://zh.wikipedia.org/wiki/河)在夜裡\nBoats.PNG|船\n\n完。\n"
    )
    assert body(source) == "河很長。\n\n完。"
    finding = recover(source).findings[0]
    assert finding.rule == "L223" and "河在夜裡" in finding.message


def test_a_caption_in_a_block_of_its_own_goes_with_its_picture() -> None:
    source = "河很長。\n\n<File:He> jiu.jpg|\n\n<center>\n\n河口\n\n</center>\n\n船很多。\n"
    assert body(source) == "河很長。\n\n船很多。"
    assert ["«河口»" in f.message for f in recover(source).findings] == [True]
    words = source.replace("jpg|", "jpg|渡口")  # it has one: what is centred is the author's
    assert body(words) == "河很長。\n\n河口\n\n船很多。"


@pytest.mark.parametrize(
    "source", ["他說：「看a.jpg|b。」", "| a.jpg|b |\n|---|---|\n| c | d |", "見 a.jpg。"]
)
def test_a_name_of_a_picture_in_a_sentence_or_table_stays(source: str) -> None:
    assert "a.jpg" in body(source)
    assert codes(source) == []


def test_the_tag_of_a_picture_goes() -> None:
    tag = '<a href="https://zh.wikipedia.org/wiki/File:河.SVG" title="fig:河.SVG">河.SVG</a>'
    source = (
        f"<table>\n<tr><th>名</th><th>形</th></tr>\n<tr><td>河</td><td><p>{tag}長</p></td></tr>\n</table>\n"
    )
    assert body(source) == "| 名 | 形 |\n|---|---|\n| 河 | 長 |"
    assert codes(source) == ["L223"]


def test_a_link_to_a_picture_that_shows_but_its_room_goes() -> None:
    tag = '<a href="https://zh.wikipedia.org/wiki/檔案:He_2.jpg" title="wikilink">70px</a>'
    page = '<a href="../Page/河.md" title="wikilink">河</a>'
    table = f"<table><tr><td>船</td><td>圖</td></tr><tr><td>{page}</td><td>{tag}</td></tr></table>\n"
    assert body(table) == "| 船 | 圖 |\n|---|---|\n| 河 |  |"


def test_a_caption_that_ends_in_a_word_of_place_keeps_it() -> None:
    source = "<File:河.jpg>|碑文自右至左\n<File:湖.jpg>|湖|右\n"
    assert "自右至左" in recover(source).findings[0].message


# --- sounds in brackets, objects, spaces that show a loss


NOTES = "\n\n## 註釋\n\n1.  一\n2.  二\n"


@pytest.mark.parametrize(
    "text", ["元音\\[a\\]和\\[b\\]、\\[ə\\]。", "\\[p\\]、\\[t\\]無對應濁音。", "見\\[a\\]。\\[p\\]。"]
)
def test_sounds_in_brackets_are_no_calls(text: str) -> None:
    manuscript = recover(f"河\\[1\\]很長\\[2\\]。\n\n{text}{NOTES}")
    assert sorted(n.label for n in manuscript.notes) == ["1", "2"]
    assert not any(n.missing for n in manuscript.notes)


def test_letters_that_a_list_of_notes_answers_are_calls() -> None:
    source = "河\\[a\\]很長\\[b\\]。\\[1\\]\n\n## 註釋\n\n1.  甲\n2.  乙\n\n## 來源\n\n1.  一\n"
    assert [n.label for n in recover(source).notes] == ["1", "注a", "注b"]


def test_a_sign_for_an_object_goes_and_is_said() -> None:
    assert body("王明，甲城人\N{OBJECT REPLACEMENT CHARACTER}，作家。") == "王明，甲城人，作家。"
    assert codes("王明，甲城人\N{OBJECT REPLACEMENT CHARACTER}，作家。") == ["L223"]


def test_two_spaces_before_a_mark_go() -> None:
    assert body("河很長  。船很多。") == "河很長。船很多。"


@pytest.mark.parametrize(
    "text",
    ["發音為 ，但只寫一個。", "因此產生  的音變。", "河()很長。", "河有數種，如；船也是。"],
)
def test_spaces_and_brackets_that_show_lost_words_are_said(text: str) -> None:
    assert codes(text) == ["L229"]


@pytest.mark.parametrize("text", ["河很長 ，但很淺。", "船  的名字。", "用main()開始。", "何如；又如何。"])
def test_those_that_show_nothing_are_not(text: str) -> None:
    assert codes(text) == []


def test_a_line_end_between_two_scripts_was_a_space() -> None:
    wrapped = "\n[Category:河](https://zh.wikipedia.org/wiki/Category:河)\n[Category:湖](https://zh.wikipedia.org/wiki/Category:湖)\n"
    source = "河\\[1\\]很\n長，船。\n1990年開\nRiver\n號。" + wrapped + "\n1.  甲城日報\n    2019-01-16\n"
    assert body(source) == "河[^1]很長，船。1990年開 River 號。\n\n[^1]: 甲城日報 2019-01-16"


def test_a_bar_that_parted_cells_goes() -> None:
    source = "<table>\n<tr><td><p>甲</p></td><td><p>|乙</p></td></tr>\n<tr><td>丙</td><td>丁|戊</td></tr>\n</table>\n"
    assert body(source) == "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁\\|戊 |"


def test_a_plus_before_a_count_is_a_plus() -> None:
    assert body("<chem>CH4 + H2O -\\> CO +3H2</chem>") == "CH~4~ + H~2~O → CO +3H~2~"


# --- notes that stand at their calls


def test_notes_between_tags_are_notes_and_a_name_calls_one_again() -> None:
    source = '河<ref>王明《河志》。</ref>很長<ref name="li">見[湖](https://zh.wikipedia.org/wiki/湖 "wikilink")。</ref>，船<ref name="li" />很多。'
    assert body(source) == "河[^注1]很長[^注2]，船[^注2]很多。\n\n[^注1]: 王明《河志》。\n\n[^注2]: 見湖。"
    assert codes(source) == []


def test_a_note_in_a_templates_braces_is_a_note_behind_those_of_its_list() -> None:
    source = '河\\[1\\]很長{{\\#tag:ref|也說*不長*|group="註"}}，船\\[注 1\\]很多。\n\n## 註釋\n\n1.  甲\n\n## 來源\n\n1.  一\n'
    notes = "[^1]: 一\n\n[^注1]: 甲\n\n[^注2]: 也說*不長*"
    assert body(source) == f"河[^1]很長[^注2]，船[^注1]很多。\n\n{notes}"


@pytest.mark.parametrize(
    "source",
    [
        "河<ref></ref>很長。",
        "| 河<ref>王明。</ref> | 湖 |\n|---|---|\n| 一 | 二 |\n",
        "河<ref>王明：\n\n1.  李安。</ref>",
    ],
)
def test_no_note_without_words_in_a_row_of_bars_or_with_a_numbered_list(source: str) -> None:
    assert recover(source).notes == ()


def test_an_article_that_begins_behind_its_name_is_said() -> None:
    assert codes("是一艘船，很大。\n\n是船。\n") == ["L229"]
    assert codes("是年大水。\n") == codes("為了過河，有船。\n") == []


def test_items_of_which_a_bracket_is_left_are_said() -> None:
    assert codes("## 首航\n\n  - （三月）\n\n  - （五月）\n") == ["L229"]
    assert codes("  - （三月）\n  - 河口（五月）\n") == []


def test_an_item_that_begins_with_a_dash_has_lost_words() -> None:
    assert codes("  - \\- 得三門，後來除役\n\n  - \\-得四門\n") == ["L229", "L229"]
    assert codes("  - -5度\n  - 甲 - 乙\n") == []


def test_a_space_between_bold_type_and_a_mark_goes() -> None:
    assert body("稱為**河** ，又稱**湖** 。") == "稱為**河**，又稱**湖**。"


@pytest.mark.parametrize(
    "text",
    [
        "這裡後來稱為。",
        "日語稱為或。",
        "名為，譯作、",
        "化學式為，無色。",
        "山嶺，海拔，多雲。",
        "船長約，寬十尺。",
    ],
)
def test_a_name_that_was_dropped_is_said(text: str) -> None:
    assert "L229" in codes(text)


@pytest.mark.parametrize("end", ["", "\n\n## 湖\n\n湖很深。"])
def test_a_comma_that_nothing_of_its_section_follows_breaks_off(end: str) -> None:
    said = "河水很長很長很長很長，水也很清很清很清，"
    assert "L228" in codes(f"## 河\n\n{said}{end}\n")
    assert "L228" not in codes(f"## 河\n\n{said}\n\n  - 甲\n{end}\n")


@pytest.mark.parametrize(("heading", "is_lost"), [("## 湖", True), ("### 湖", True), ("#### 湖", False)])
def test_a_colon_is_answered_by_a_part_of_its_section_and_not_by_the_next(
    heading: str, is_lost: bool
) -> None:
    source = f"## 水\n\n水有兩種。\n\n### 河\n\n河的地址如下：\n\n{heading}\n\n湖很深。\n"
    assert ("L228" in codes(source)) is is_lost


def test_code_behind_a_colon_answers_it() -> None:
    assert "L228" in codes("河的地址如下：\n\n水也一樣。\n")
    assert "L228" not in codes("河的地址如下： `a=1`\n\n水也一樣。\n")


@pytest.mark.parametrize(
    ("source", "master"),
    [
        ("> 船過河口，  \n> 人不見歸。", "> 船過河口，\\\n> 人不見歸。"),
        ("> 船過河口，\\\n> 人不見歸。", "> 船過河口，\\\n> 人不見歸。"),
        ("> 船過河口，\n> 人不見歸。", "> 船過河口，人不見歸。"),
        ("> The boat\n> is old.", "> The boat is old."),
    ],
)
def test_lines_of_a_quotation_end_where_the_export_breaks_them(source: str, master: str) -> None:
    assert body(source) == master


def test_a_picture_before_words_in_bold_leaves_no_space_there() -> None:
    picture = "![](https://upload.wikimedia.org/a/b.svg)"
    assert body(f"**{picture} 河水很長。**") == "**河水很長。**"
    assert body(f"**River**{picture} runs.") == "**River** runs."


def test_two_spaces_behind_a_colon_stand_for_words_before_figures_too() -> None:
    assert "L229" in codes("《河志》說：  1961年後河水很深。")


def test_an_indented_line_without_a_stop_breaks_nothing_off() -> None:
    source = "  - 上面三個字，水、土、泥\n      -\n        以水的偏旁，與土組合，意思是水與土混合為泥\n\n表示例如這個字的意思是水。\n"
    assert "L228" not in codes(source)


@pytest.mark.parametrize(
    ("source", "master"),
    [
        ("河水很長。\n;甲港\n甲港很深。", "河水很長。\n\n甲港\n\n甲港很深。"),
        (";甲港\n甲港很深。", "甲港\n\n甲港很深。"),
        ("甲船\n;乙船。", "甲船;乙船。"),
    ],
)
def test_a_term_of_wikitext_is_a_paragraph(source: str, master: str) -> None:
    wrapped = "\n\n[Category:河](https://zh.wikipedia.org/wiki/Category:河)\n[Category:湖](https://zh.wikipedia.org/wiki/Category:湖)\n"
    assert body(source + wrapped) == master


def test_a_link_that_should_have_stayed_wikitext_is_read() -> None:
    source = "《[河的\\[\\[甲港|甲港\\<nowiki\\>\\]\\]](https://example.org/a)》很好。"
    assert body(source) == "《[河的甲港](https://example.org/a)》很好。"
    assert body("甲\\<nowiki\\>河\\</nowiki\\>很長。") == "甲河很長。"


def test_nothing_is_taken_out_of_fenced_code() -> None:
    code = "``` html\n<!-- 船 -->\n甲： 5， b\n```"
    assert (
        body(f"{link('河')}很長。\n\n{code}\n\n見下： 《河志》。\n")
        == f"河很長。\n\n{code}\n\n見下：《河志》。"
    )


def test_fields_of_a_box_are_no_citation() -> None:
    assert (
        codes(
            '{{Infobox 河|date=1924年|title=河}}\n\n**甲**是[河](../Page/河.md "wikilink")，[水](../Page/水.md "wikilink")，[山](../Page/山.md "wikilink")。'
        )
        == []
    )


def test_wikitexts_bold_around_nothing_goes_and_is_said() -> None:
    source = f"{link('運河')}由''''''開鑿，'''官'''辦。\n"
    assert [finding.rule for finding in recover(source).findings] == ["L229"]
    assert body(source) == "運河由開鑿，**官**辦。"
