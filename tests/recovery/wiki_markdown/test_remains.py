"""What an export could not convert: tables, notes, frames and marks that stayed as the wiki writes them."""

from __future__ import annotations

import pytest

from tests.recovery.wiki_markdown.articles import body, codes, link, recover

ROWS = (
    '|+各港的船 \\! colspan="2" |港 \\!船 \\!人 |- \\! rowspan="2" | 北 |甲港||三\\[1\\]||九 |- |乙港||二||五 |- '
    "\\! 南 | style=width:30%; | 丙港 || 一 || 四 |}"
)
TABLE = "| 港 |  | 船 | 人 |\n|---|---|---|---|\n| 北 | 甲港 | 三[^1] | 九 |\n|  | 乙港 | 二 | 五 |\n| 南 | 丙港 | 一 | 四 |"


def test_an_indented_table_of_wikitext_is_a_table() -> None:
    source = (
        f'各港如下：\n\n  -\n    {{| class="wikitable" style="width:9em"\n\n{ROWS}\n\n河很長。\n\n1.  河志\n'
    )
    assert body(source) == f"各港如下：\n\n{TABLE}\n\n: 各港的船\n\n河很長。\n\n[^1]: 河志"
    assert codes(source) == []


def test_a_table_of_wikitext_on_its_own_lines_is_a_table() -> None:
    source = '{| class="wikitable"\n|-\n! 甲 !! 乙\n|-\n| 一 || 二\n|-\n|三\n|四！\n|}\n\n河很長。\n'
    assert body(source) == "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |\n| 三 | 四！ |\n\n河很長。"


def test_a_table_of_wikitext_at_the_end() -> None:
    assert body("船：\n\n{|\n| 甲 || 乙\n|}\n") == "船：\n\n| 甲 | 乙 |\n|---|---|"


def test_a_table_of_wikitext_that_cannot_be_read_is_said() -> None:
    assert codes("{|\n| 甲\n|}\n\n河很長。\n") == ["L222"]
    end = 'ound: \\#efefef;" colspan="2" | 甲 | 乙 | | 丙 | |}\n\n河很長。\n'
    assert body(end) == "河很長。"
    assert codes(end) == ["L222"]


def test_a_bar_inside_a_formula_parts_no_cells() -> None:
    source = "| 式 | 值 |\n| --- | --- |\n| \\(\\left |x\\right |\\) | 一 |\n| \\(a\\) | \\(\\ln |y|\\) |\n"
    assert body(source) == "| 式 | 值 |\n|---|---|\n| $\\left |x\\right |$ | 一 |\n| $a$ | $\\ln |y|$ |"


def test_formulas_on_lines_of_an_indent_are_paragraphs() -> None:
    source = "於是\n\n  -\n    \\(x_{1} = a^{2}\\)\n    \\(y = b_{3}\\)。\n"
    assert body(source) == "於是\n\n$x_{1} = a^{2}$\n\n$y = b_{3}$。"


def test_a_template_that_lost_its_beginning_goes_with_its_fields() -> None:
    source = "弈{{\\`}}棋 |tradchi=弈棋{{\\`}}棋 |simpchi= |zhuyin=一 |kana= }}\n\n**弈棋**很久。\n"
    assert body(source) == "**弈棋**很久。"
    assert codes(source) == ["L221"]
    assert body("河很長。船|a=一|b=二|c=三}}\n\n船很多。\n") == "河很長。船\n\n船很多。"


def test_a_frame_around_a_picture_is_a_picture() -> None:
    source = (
        '河很長。\n\n<div class="thumb tright">\n\n<div class="thumbinner" style="width:9px">\n\n'
        '<div class="thumbcaption">\n\n渡口\n\n</div>\n\n</div>\n\n</div>\n\n船很多。\n'
    )
    assert body(source) == "河很長。\n\n船很多。"
    assert [(f.rule, "«渡口»" in f.message) for f in recover(source).findings] == [("L223", True)]


def test_a_frame_that_does_not_close_stays() -> None:
    assert body('<div class="thumb">\n\n渡口\n\n河很長。\n') == "渡口\n\n河很長。"


def test_a_caption_is_told_without_its_tags() -> None:
    source = '[圖： <span style="color:#00A">河</span>、\n<small>船</small>](https://zh.wikipedia.org/wiki/File:A.svg "fig:圖： 河、船")\n\n河很長。\n'
    assert [f.message.split("»")[0] for f in recover(source).findings] == [
        "a picture is not there, with the caption «圖： 河、 船"
    ]


def test_marks_around_paragraphs_that_are_never_converted_go() -> None:
    source = (
        "下表是字源。 -{\n\n<center>\n\n| あ | い |\n| - | - |\n| 安 | 以 |\n\n</center>\n\n}-\n\n河很長。\n"
    )
    assert body(source) == "下表是字源。\n\n| あ | い |\n|---|---|\n| 安 | 以 |\n\n河很長。"
    assert codes(source) == []


def test_a_link_to_another_language_over_two_lines() -> None:
    source = (
        '河很長。\n\n[sv:Flod\n(vatten)](https://zh.wikipedia.org/wiki/sv:Flod_\\(vatten\\) "wikilink")\n'
    )
    assert body(source) == "河很長。"


def test_half_converted_marks_of_bold_italics() -> None:
    assert body("橫軸（***x**'' 軸）與***y**''。") == "橫軸（***x*** 軸）與***y***。"
    assert body("**河**''很長''。") == "**河***很長*。"


def test_links_that_show_no_words() -> None:
    page = link("河")
    source = f"{page}見[](http://example.org/a)，王氏[1](https://en.wikipedia.org/wiki/Wang)、[2](http://example.org/b)與{link('3')}。"
    assert body(source) == "河見，王氏、[2](http://example.org/b)與3。"
    assert codes(source) == ["L224", "L224", "L224"]


def test_a_note_without_a_text_parts_no_sentence() -> None:
    source = '甲港、乙港<ref name="a">\n\n</ref>都在河口。\n\n  - 船<ref>\n\n</ref>\n\n  - 人\n'
    assert body(source) == "甲港、乙港都在河口。\n\n- 船\n- 人"
    assert codes(source) == ["L233", "L233"]


def test_a_note_of_two_paragraphs_at_its_call() -> None:
    source = "河很長<ref>河志，卷一\n\n又卷二。</ref>。船很多。\n"
    assert body(source) == "河很長[^注1]。船很多。\n\n[^注1]: 河志，卷一\n\n    又卷二。"
    assert "L233" in codes("河很長<ref>見\n\n1.  河志\n\n</ref>。\n")


def test_words_missing_behind_a_colon() -> None:
    assert codes("《河志》說：  《船志》也有。") == ["L229"]


def test_a_picture_for_each_script_is_no_word() -> None:
    one, two = (
        f'<a href="https://zh.wikipedia.org/wiki/File:{n}.png" title="fig:{n}.png">{n}.png</a>' for n in "ab"
    )
    source = f"<table><tr><td>-{{zh-hans:{one};zh-hant:{two}}}-</td><td>河</td></tr><tr><td>船</td><td>人</td></tr></table>\n"
    assert body(source) == "|  | 河 |\n|---|---|\n| 船 | 人 |"


def test_a_rule_ends_a_list() -> None:
    source = "1.  一\n2.  二\n\n-----\n\n  - 河\n  - 湖\n"
    assert [b.level for b in recover(source).blocks] == [0] * 4


def test_a_sentence_that_ends_in_a_call_ends_its_line() -> None:
    source = "如下：\n\n  -\n    直行時是步數。\\[1\\]\n    斜行時是位置。\\[2\\]\n    退時可省略。\n\n1.  一\n2.  二\n"
    assert body(source).startswith(
        "如下：\n\n直行時是步數。[^1]\n\n斜行時是位置。[^2]\n\n退時可省略。\n\n[^1]"
    )


# --- formulas


def test_a_formula_over_paragraphs_is_one() -> None:
    source = "如：\n\n\\(\\begin{bmatrix}\n1 & 2\\\\\n\\end{bmatrix}\n\n\\begin{bmatrix}\n0\\\\\n\\end{bmatrix}\\)。\n\n河很長，\\(a^{2}\\)。\n"
    one = "$\\begin{bmatrix} 1 & 2\\\\ \\end{bmatrix} \\begin{bmatrix} 0\\\\ \\end{bmatrix}$"
    assert body(source) == f"如：\n\n{one}。\n\n河很長，$a^{{2}}$。"
    assert codes(source) == []


def test_a_formula_that_was_not_converted() -> None:
    source = (
        "如：\n\n  -\n    <math>\n\n\\\\mathbf{A} = a_{1} \\\\\\\\\nb_{2} & c \\\\quad </math>\n\n河很長。\n"
    )
    assert body(source) == "如：\n\n$\\mathbf{A} = a_{1} \\\\ b_{2} & c \\quad$\n\n河很長。"
    assert body("速率<math>\\frac{a}{b}</math>。") == "速率$\\frac{a}{b}$。"


def test_a_formula_of_htmls_holds_no_entities_and_no_line_ends() -> None:
    cell = '<span class="math inline">$\\begin{bmatrix}\n1 &amp; 0 \\\\\n\\end{bmatrix}$</span>'
    source = f"<table><tr><td>式</td><td>{cell}</td></tr><tr><td>名</td><td>陣</td></tr></table>\n"
    assert body(source).startswith("| 式 | $\\begin{bmatrix} 1 & 0 \\\\ \\end{bmatrix}$ |\n")


def test_texs_space_at_a_formulas_end_goes() -> None:
    source = "若\n\n\\[\\det(A) = 0.\\\\]\\[1\\]這個定義。\n\n1.  河志\n"
    assert body(source) == "若\n\n$$\\det(A) = 0.$$[^1]這個定義。\n\n[^1]: 河志"


def test_a_paragraph_of_marks_alone_is_said() -> None:
    assert body("河很長。\n\n。\n\n船很多。\n") == "河很長。\n\n船很多。"
    assert codes("河很長。\n\n。\n\n船很多。\n") == ["L229"]


def test_a_citation_in_a_list_of_notes_keeps_the_notes_before_it() -> None:
    source = "河\\[1\\]、湖\\[2\\]。\n\n1.  一\n2.  二 |url=甲 |publisher=乙 |date=丙}}\n"
    assert body(source).endswith("[^1]: 一\n\n[^2]: 二")


def test_a_link_of_which_the_export_knew_half_the_address() -> None:
    source = "河\\[[http://a.example/s?@9^12](http://a.example/s?@9%5E12)^^^70^4@@2\n    卷九／水\\]，湖。\n"
    assert body(source) == "河[卷九／水](http://a.example/s?@9^12^^^70^4@@2)，湖。"
    assert body("河\\[[http://a.example/](http://a.example/)\\]。\n") == (
        "河\\[[http://a.example/](http://a.example/)\\]。"
    )


def test_a_number_between_brackets_of_a_formula_is_a_number() -> None:
    boat = link("船", "../Page/船_\\(1999\\).md")
    source = f"前\\(281\\)年{link('河')}改道，見{boat}。\n"
    assert body(source) == "前281年河改道，見船。"
    assert body("見\\(281\\)。\n") == "見(281)。"


def test_spaces_on_both_sides_of_a_picture_go_behind_a_stop() -> None:
    picture = '[A.jpg](https://zh.wikipedia.org/wiki/File:A.jpg "fig:A.jpg")'
    assert body(f"河很長。 {picture} 《河志》說船很多。\n") == "河很長。《河志》說船很多。"
    assert body(f"河 {picture} River。\n") == "河 River。"


def test_what_is_left_of_a_template_in_a_links_text_goes() -> None:
    source = f"常住{link('北{{zy說法')}，名為{link('{{zy')}。\n"
    assert body(source) == "常住北說法，名為。"
    assert codes(source) == ["L221", "L221", "L229"]
    assert body("用{{zy說法。\n") == "用{{zy說法。"
    assert body(f"封{link('朱憲{{僻字')}為王。\n") == "封朱憲為王。"


def test_a_space_behind_an_opening_mark_goes() -> None:
    assert body(f"{link('王明')}說：「 水很長。」《 河志》（ 甲）\n") == "王明說：「水很長。」《河志》（ 甲）"
    assert body(f"{link('王明')}更新。 ●：停靠。 “甲”\n") == "王明更新。●：停靠。“甲”"


def test_a_heading_without_words_is_said() -> None:
    source = "## 經過\n\n###\n\n河很長。\n\n### 與\n\n船很多。\n"
    assert body(source) == "# 經過\n\n河很長。\n\n## 與\n\n船很多。"
    assert codes(source) == ["L229", "L229"]


def test_a_note_at_its_call_may_hold_a_list() -> None:
    source = "河很長<ref>三說：\n\n  - 甲說。\n  - 乙說\n    如此。</ref>。船很多。\n"
    assert body(source) == "河很長[^注1]。船很多。\n\n[^注1]: 三說：\n\n    - 甲說。\n    - 乙說 如此。"
    assert codes("河<ref>甲：\n\n1. 乙</ref>。\n") == ["L233"]


def test_a_links_words_behind_a_bar_of_its_address() -> None:
    assert (
        body("《河志》[1](http://a.example/b.htm%7C卷九)。\n") == "《河志》[卷九](http://a.example/b.htm)。"
    )
    assert codes("《河志》[1](http://a.example/b.htm%7C9)。\n") == ["L224"]


def test_a_link_to_a_category_is_text() -> None:
    wiki = "https://zh.wikipedia.org/wiki/"
    shown = f'[:Category:河]({wiki}:Category:河 "wikilink")'
    named = f'[河流]({wiki}:Category:河 "wikilink")'
    row = (
        f'<table><tr><td>甲</td><td><a href="{wiki}:Category:河" title="wikilink">河流</a></td></tr></table>'
    )
    source = f'河很長，見{shown}、{named}。\n\n{row}\n\n[Category:河]({wiki}Category:河 "wikilink")\n'
    assert body(source) == "河很長，見Category:河、河流。\n\n| 甲 | 河流 |\n|---|---|"


def test_an_item_that_leads_to_a_sister_of_the_wiki_stays() -> None:
    items = "- [河](/wiki/Category:River)\n- [河的圖](https://commons.wikimedia.org/wiki/Category:River)\n"
    assert body(f"河很長。\n\n{items}") == ("河很長。\n\n- 河的圖")


def test_the_end_of_a_template_above_the_article_goes_with_its_line() -> None:
    assert body("河-{}-志}}\n**河志**是一部書。\n") == "**河志**是一部書。"
    assert body("河很長。}}\n**河志**是一部書。\n") == "河很長。\\\n**河志**是一部書。"


def test_words_behind_a_formula_on_its_line_are_a_paragraph() -> None:
    assert body("甲為\n\n\\[a^2 = b\\] 乙為二。\n") == "甲為\n\n$$a^2 = b$$\n\n乙為二。"
    assert body("甲為\n\n\\[a^2 = b\\] . 乙為二。\n") == "甲為\n\n$$a^2 = b$$ . 乙為二。"
    assert body("甲\\[a^2 = b\\] 乙為二。\n") == "甲$$a^2 = b$$ 乙為二。"


def test_headings_in_a_table_that_sets_columns_are_headings() -> None:
    cells = "".join(
        f'<td><h3 id="{name}">{name}</h3>\n<ul>\n<li>{item}</li>\n</ul></td>'
        for name, item in (("東岸", "王明"), ("西岸", "張三"))
    )
    source = f"## 人物\n\n<table><tbody><tr>{cells}</tr></tbody></table>\n"
    assert body(source) == "# 人物\n\n## 東岸\n\n- 王明\n\n## 西岸\n\n- 張三"


def test_the_words_that_stand_for_a_picture_are_no_caption() -> None:
    source = '河[替代=](https://zh.wikipedia.org/wiki/File:A.jpg "fig:替代=")很長。\n'
    assert body(source) == "河很長。"
    assert "a picture is not there. Add it if you have it." in [f.message for f in recover(source).findings]


def test_a_part_without_its_player_is_said() -> None:
    assert codes("  - [王明](../Page/王明.md) 飾 船工\n  - 飾 河伯\n") == ["L229"]


def test_a_comment_whose_marks_were_escaped_goes() -> None:
    assert body("河\\<\\!---\\>水很深，\\<---\\>很長。\\<\\!--甲--\\>\n") == "河很長。"
    assert "水很深" in body("河\\<\\!--水很深\n\n很長。--\\>\n")


@pytest.mark.parametrize(
    "item",
    ["／河志2", "[河志](../Page/河志.md) -", "河志 - 、**王明**", "\\- （2001年）", "河志 - ****（2001年）"],
)
def test_an_item_that_lost_words_at_a_dash_or_stroke_is_said(item: str) -> None:
    assert codes(f"  - 湖志 - 張三\n  - {item}\n") == ["L229"]


def test_the_button_of_a_folded_box_without_words_goes() -> None:
    box = '<div class="NavFrame">\n\n<div class="NavContent" style="display:none;">\n\n\\>展開\n\n</div>\n\n</div>'
    assert body(f"河很長。\n\n{box}\n") == "河很長。"


def test_a_note_whose_marks_were_escaped_is_said() -> None:
    source = "河很長。\\<ref name=*a*\\></ref>水深。\\<ref name=*a* /\\>很清。\n"
    assert body(source) == "河很長。水深。很清。"
    assert codes(source) == ["L233", "L233"]


def test_a_picture_that_became_a_link_inside_a_link_goes_and_is_said_once() -> None:
    wiki = "https://zh.wikipedia.org/wiki/File:arrow_r.svg"
    mark = f'<a href="{wiki}" title="fig:File:arrow r.svg"><a href="File:arrow">File:arrow</a> r.svg</a>'
    rows = "".join(f"<tr><td>{name}</td><td>{mark}大站</td></tr>" for name in ("甲站", "乙站"))
    assert body(f"<table>{rows}</table>\n") == "| 甲站 | 大站 |\n|---|---|\n| 乙站 | 大站 |"
    assert codes(f"<table>{rows}</table>\n") == ["L223"]


def test_an_alias_of_categories_goes() -> None:
    assert body('河很長。\n\n[CAT:河](https://zh.wikipedia.org/wiki/CAT:河 "wikilink")\n') == "河很長。"


def test_an_item_that_holds_items_and_has_lost_its_words_is_said() -> None:
    assert codes("  - ：\n\n      - 甲\n      - 乙\n") == ["L229"]
    assert codes("  -\n\n      - 甲\n      - 乙\n") == []


def test_an_item_that_announces_what_does_not_come_is_said() -> None:
    assert codes("## 甲\n\n  - 曲目：\n\n### 乙\n\n乙水。\n") == ["L228"]
    assert codes("  - 曲目：\n      - 甲\n\n乙水。\n") == codes("  - 曲目：\n\n甲水。\n") == []


def test_many_gaps_in_a_paragraph_are_said_once() -> None:
    said = [f.message for f in recover("在空間  中，若向量  滿足式子  及此，則記下。\n").findings]
    assert said == ["3 times two spaces: words between may be missing. Look for them."]
    assert not recover("張  三、李  四，王明。\n").findings


def test_a_number_without_words_behind_a_list_is_said() -> None:
    source = "1.  河長\n\n2.  水深\n\n3.\n## 湖\n\n湖大。\n"
    assert body(source) == "1. 河長\n2. 水深\n\n# 湖\n\n湖大。"
    assert codes(source) == ["L229"]
    assert "3" in body("河很長。\n\n3.\n\n湖大。\n")
