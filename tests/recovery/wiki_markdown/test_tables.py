"""Tables of HTML and what is left of them."""

from __future__ import annotations

from tests.recovery.wiki_markdown.articles import body, recover, rules_of


def test_a_table_of_html_with_calls_and_paragraphs() -> None:
    source = (
        '<table>\n<thead>\n<tr class="header">\n<th><p>年</p></th>\n<th><p>船</p></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><p>1736</p>\n'
        "<p>[1]</p></td>\n<td></td>\n</tr>\n</tbody>\n</table>\n\n甲\\[2\\]。\n\n1.  一\n2.  二\n"
    )
    assert body(source).startswith("| 年 | 船 |\n|---|---|\n| 1736 [^1] |  |\n\n甲[^2]。")


def html_table(*rows: str, head: str = "") -> str:
    return (
        f"<table>\n{head}<tbody>\n"
        + "\n".join(f"<tr>\n{row}\n</tr>" for row in rows)
        + "\n</tbody>\n</table>"
    )


def test_a_table_that_only_sets_columns_is_its_blocks() -> None:
    left = "<p>東岸：</p>\n<ul>\n<li>王明\n<ul>\n<li>李<a href='../Page/A.md' title='wikilink'>四</a></li>\n</ul></li>\n</ul>"
    right = "<p>西岸：</p>\n<ol>\n<li>張三[1]</li>\n<li>趙六</li>\n</ol>\n<blockquote>水很清。</blockquote>"
    table = html_table(f"<td></td>\n<td>{left}</td>\n<td>{right}</td>")
    source = f"甲：\n\n{table}\n\n乙\\[2\\]。\n\n1.  一\n2.  二\n"
    assert body(source).startswith(
        "甲：\n\n東岸：\n\n- 王明\n  - 李四\n\n西岸：\n\n1. 張三[^1]\n2. 趙六\n\n> 水很清。\n\n乙[^2]。"
    )


def test_tables_inside_a_table_stand_by_themselves() -> None:
    inner = html_table("<td>甲</td>\n<td>乙</td>", "<td>丙</td>\n<td>丁</td>")
    table = html_table(f"<td>{inner}</td>\n<td>附說</td>")
    source = f"前。\n\n{table}\n\n後。"
    assert body(source) == "前。\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n\n附說\n\n後。"


def test_a_table_keeps_its_caption_and_loses_rows_without_content() -> None:
    head = "<caption><strong>船</strong>的年表</caption>\n"
    source = html_table(
        "<td>年</td>\n<td>船</td>", "<td></td>\n<td> </td>", "<td>1736</td>\n<td>三</td>", head=head
    )
    assert body(source) == "| 年 | 船 |\n|---|---|\n| 1736 | 三 |\n\n: **船**的年表"
    assert body("|  |  |\n| - | - |\n| 年 | 船 |\n| 1736 | 三 |\n|  |  |\n") == (
        "| 年 | 船 |\n|---|---|\n| 1736 | 三 |"
    )


def test_a_table_of_one_cell_is_a_paragraph() -> None:
    assert body("甲：\n\n|  |\n| --- |\n| \\(x_{1}=2\\) |\n\n乙。") == "甲：\n\n$x_{1}=2$\n\n乙。"


def test_rows_that_are_left_of_a_table_go_and_say_so() -> None:
    rows = '|- |width="30%" align="center"|**前任：**\n《河志》 |- |colspan="2"|**後任**\n至今 |-'
    manuscript = recover(f"甲。\n\n{{{{-}}}}  {rows}\n\n乙。")
    assert [b.content.visible() for b in manuscript.blocks] == ["甲。", "乙。"]
    assert rules_of(manuscript) == ["L222"]


def test_a_bar_too_many_is_no_column_and_no_text() -> None:
    table = "| 名 | 生 |\n| --- | --- |\n| |（一年） | 子 |   |\n| 甲 | 二年 |\n"
    assert body(table) == "| 名 | 生 |  |\n|---|---|---|\n|  | （一年） | 子 |\n| 甲 | 二年 |  |"
    table = "| 名 | 生 | 母 |\n| --- | --- | --- |\n| |（一年） | 乙 |   |\n"
    assert body(table) == "| 名 | 生 | 母 |\n|---|---|---|\n|  | （一年） | 乙 |"
    assert body("見《甲史》[| 卷一](https://zh.wikisource.org/wiki/甲)。\n") == "見《甲史》卷一。"


def test_the_sign_of_a_link_in_a_table_goes() -> None:
    source = '甲\\[1\\]。\n\n<table><tr><td><a href="https://zh.wikipedia.org/wiki/A">台北ⓦ</a>影印</td></tr></table>\n\n1.  乙。\n'
    assert "台北影印" in body(source)


def test_formulas_of_html_hold_together() -> None:
    long = "\\frac{1}{2\\pi}" * 30
    cell = f'<em>a</em><em>t</em>, <em>e</em><sup> − <em>i</em>2</sup><span class="math inline">${long} \\,$</span>'
    source = html_table(f"<td>{cell}</td>\n<td>x<sup>two words</sup></td>")
    assert body(source) == f"| *at*, *e*^−*i*2^${long} \\,$ | xtwo words |\n|---|---|"
