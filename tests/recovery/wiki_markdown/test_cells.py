"""What wikitext leaves in cells, captions and lines of an export, and where an address ends."""

from __future__ import annotations

import pytest

from tests.recovery.wiki_markdown.articles import body, codes, link, recover

TAIL = "[Category:甲](../Category/甲.md)\n[Category:乙](../Category/乙.md)\n"  # of an export that wraps lines


def _table(*rows: str) -> str:
    return "<table>\n" + "\n".join(f"<tr>\n{row}\n</tr>" for row in rows) + "\n</table>\n"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| 南 | |三 |", "| 南 | 三 |"),  # nothing stood between the bars
        ("| |三 | 四 |  |", "|  | 三 | 四 |"),  # a cell that showed nothing, and the row filled up again
        ('| style="width:9em"|南 | 三 |', "| 南 | 三 |"),
        ("| \\!colspan=2|南 | 三 |", "|  | 南 | 三 |"),
    ],
)
def test_what_wikitext_sets_before_a_cell_is_no_cell(row: str, cells: str) -> None:
    width = cells.count("|") - 1
    head = f"| {' | '.join('港船人'[:width])} |"
    source = f"{head}\n|{' --- |' * width}\n{row}\n"
    assert body(source) == f"{head}\n|{'---|' * width}\n{cells}"


def test_orders_before_a_cell_of_html() -> None:
    source = _table(
        '<td><p>data-sort-value="9"| 北港</p></td>\n<td><p>| 三</p></td>', "<td>南港</td><td>|</td>"
    )
    assert body(source) == "| 北港 | 三 |\n|---|---|\n| 南港 | \\| |"


def test_a_call_in_a_cell_counts_on_from_one_in_a_lost_caption() -> None:
    picture = '[橋.jpg](https://zh.wikipedia.org/wiki/File:橋.jpg "fig:橋.jpg")的橋\\[2\\]\\]\\]'
    table = _table("<th>船數[3]</th><th>人</th>", "<td>三</td><td>四</td>")
    source = f"河很長\\[1\\]。\n\n{picture}\n\n{table}\n1.  甲\n2.  乙\n3.  丙\n"
    assert "| 船數[^3] | 人 |" in body(source)


def test_a_table_without_a_word_is_said() -> None:
    source = "河很長。\n\n|  |\n|  |\n|  |\n\n船很多。\n"
    assert body(source) == "河很長。\n\n船很多。"
    assert codes(source) == ["L222"]


def test_a_folded_box_without_words_is_said() -> None:
    head = '<div class="NavFrame">\n\n<div class="NavHead">\n\n**世系**\n\n</div>\n\n'
    source = f'河很長。\n\n{head}<div class="NavContent" style="display:none;">\n\n<center>\n\n</center>\n\n</div>\n\n</div>\n'
    assert body(source) == "河很長。\n\n**世系**"
    assert codes(source) == ["L229"]


def test_a_field_of_a_template_that_lost_its_value_goes() -> None:
    source = '碑文如下：\n\n| source =\n\n<div style="text-align: right;">\n\n《河志》\n\n</div>\n\n}}\n\n船很多。\n'
    assert body(source) == "碑文如下：\n\n《河志》\n\n船很多。"
    assert "L221" in codes(source)


def test_the_rest_of_a_note_above_the_article_goes() -> None:
    source = "大河|「河」的其他意思|河 (消歧義)}}\n\n**河**很長。\n"
    assert body(source) == "**河**很長。"
    assert codes(source) == ["L221"]
    assert body("**河**很長|也很寬}}。\n") == "**河**很長|也很寬。"


def test_the_rest_of_a_box_above_the_article_goes_with_all_its_paragraphs() -> None:
    fields = "南國 |flag_s7 = F.svg |s8 = 群島 |image_map =地圖（一年）\n\n  -\n\n|song = 《[歌](../Page/歌.md)》\n（）\n\n"
    source = f"{fields}|capital = 城\\[1\\]<small>（二年）</small>\n |today = |footnotes = }}}}\n\n**北國**很大\\[2\\]。\n\n1.  甲\n2.  乙\n"
    assert body(source).startswith("**北國**很大[^2]。")
    assert codes(source) == ["L221", "N11"]


def test_a_template_that_is_a_sign_shows_it() -> None:
    source = "北港{{→}}南港{{→}}海{{-}}\n"
    assert body(source) == "北港→南港→海"
    assert codes(source) == []


def test_room_inside_the_marks_of_bold() -> None:
    assert body("河很長。\n\n''' 主要的港 '''\n\n船很多。\n") == "河很長。\n\n**主要的港**\n\n船很多。"
    cells = "| <span lang=\"eo\">'''F f '''</span> | 一 |\n| --- | --- |\n| 二 | 三 |\n"
    assert body(cells).startswith("| **F f** | 一 |")
    assert body("'''河'''是 '''水'''。\n") == "**河**是 **水**。"


def test_a_caption_over_the_end_of_a_block() -> None:
    picture = '[橋.gif](https://zh.wikipedia.org/wiki/File:橋.gif "fig:橋.gif")'
    source = f"河很長。\n\n{picture}），和渡口不同。\n\n</div>\n\n\\]\\] 船很多。\n"
    assert body(source) == "河很長。\n\n船很多。"
    assert codes(source) == ["L223"]


def test_an_address_that_ran_into_the_text_ends_before_it() -> None:
    address = "http://www.example.org/he"
    source = f"見[{address}，船很多。]({address}，船很多。)\n\n回收水\\[[{address}\\]等]({address}%5D等)。\n"
    shown = f"[{address}]({address})"
    assert body(source) == f"見{shown}，船很多。\n\n回收水\\[{shown}\\]等。"


def test_a_link_whose_words_are_no_address_stays_whole() -> None:
    source = f"{link('河')}見[河，船](http://www.example.org)。\n"
    assert body(source) == "河見[河，船](http://www.example.org)。"
    assert not recover(source).findings


def test_italics_right_beside_bold() -> None:
    source = f"{link('河')}與**Z**/*p***Z**（**F**<sub>*p*</sub>），**Z***p*，***全***。\n"
    assert body(source) == "河與**Z**/*p***Z**（**F**~*p*~），**Z***p*，***全***。"


def test_a_plus_alone_between_lines_of_a_paragraph_is_one_of_a_sum() -> None:
    source = f"{link('河')}由具a\n+\nbi形式的數。\n\n  - 甲\n  +\n  - 乙\n\n{TAIL}"
    assert body(source) == "河由具a + bi形式的數。\n\n- 甲\n- 乙"


def test_a_bare_address_is_parted_from_the_text_on_the_next_line() -> None:
    source = f"{link('河')}見 <http://www.example.org/he.jpg>\n河圖：3 ·\n4。\n\n{TAIL}"
    assert body(source) == "河見 http://www.example.org/he.jpg 河圖：3 · 4。"


def test_a_picture_whose_name_goes_over_lines_of_an_item() -> None:
    target = '(https://zh.wikipedia.org/wiki/File:Bridge_of.png "fig:Bridge of stone")'
    source = f"  - 橋\n    [Bridge of\n    stone]{target}\n  - 船\n"
    assert body(source) == "- 橋\n- 船"
    assert codes(source) == ["L223"]


def test_texs_space_at_the_end_of_a_formula_of_htmls() -> None:
    cell = '<td><p><span class="math inline">$\\displaystyle x^{2} \\$</span></p></td>'
    assert "| $\\displaystyle x^{2}$ |" in body(_table(cell + "<td>三</td>", "<td>甲</td><td>四</td>"))


def test_items_of_a_cell_keep_their_numbers() -> None:
    listed = "<ol>\n<li>甲</li>\n<li><strong>乙</strong></li>\n</ol>", "<ul>\n<li>丙</li>\n<li>丁</li>\n</ul>"
    rows = "".join(f"<tr><td>河</td><td>{cell}</td></tr>\n" for cell in (*listed, "<ul><li>戊</li></ul>"))
    assert body(f"<table>\n{rows}</table>\n") == (
        "| 河 | 1. 甲 2. **乙** |\n|---|---|\n| 河 | 丙 丁 |\n| 河 | 戊 |"
    )
