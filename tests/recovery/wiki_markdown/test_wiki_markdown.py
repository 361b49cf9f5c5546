"""Wiki Markdown becomes the article as a book would have it; what the export lost is said, not restored."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.master import write_master
from pipeline.readers.detect import detect_form
from pipeline.recovery.ledger import account, edits
from pipeline.recovery.wiki_markdown import recover_wiki_markdown
from pipeline.recovery.wiki_markdown.text.variants import VariantKind, read_variant
from pipeline.settings import RecoverSettings


def recover(text: str, lang: str = "zh-Hant") -> Manuscript:
    manuscript = recover_wiki_markdown(text, RecoverSettings(), lang)
    assert account(manuscript) == []
    return manuscript


def body(text: str, lang: str = "zh-Hant") -> str:
    """The master without its metadata."""
    return write_master(recover(text, lang)).split("---\n\n", 1)[-1].rstrip("\n")


def codes(manuscript: Manuscript) -> list[str]:
    return sorted(f.rule for f in manuscript.findings)


def link(text: str, target: str = "https://zh.wikipedia.org/wiki/X") -> str:
    return f'[{text}]({target} "wikilink")'


# --- links and markup


def test_links_leave_their_text_wherever_the_brackets_stand() -> None:
    town = link("市鎮", "../Page/福建省_\\(某地\\).md")
    source = f"**運河**在{link('江南開通')}以後，{town}興盛。"
    assert body(source) == "**運河**在江南開通以後，市鎮興盛。"


def test_links_inside_emphasis_and_book_titles() -> None:
    assert body(f"**第2次{link('水災')}**見《{link('河志')}》。") == "**第2次水災**見《河志》。"


def test_a_link_out_of_the_wiki_is_kept() -> None:
    source = "  - [河的\n    故事](http://example.org/?a=1&b=2)--王明著\n  - [河志](https://zh.wikisource.org/wiki/A)"
    assert body(source) == "- [河的 故事](http://example.org/?a=1&b=2)--王明著\n- 河志"


def test_a_tag_of_a_link_out_of_the_wiki_is_a_link() -> None:
    source = (
        '見<a href="http://example.org/a_(b)|c" class="external text"\nrel="nofollow">河的**故事**</a>、'
        '<a href="江南" class="wikilink"\ntitle="江南">江南</a>與<a href="http://example.org/d"></a>。'
    )
    assert body(source) == "見[河的**故事**](http://example.org/a_%28b%29%7Cc)、江南與。"


def test_a_link_that_shows_only_its_number_is_a_finding() -> None:
    manuscript = recover("見 [1](http://example.org/a)。")
    assert [(f.rule, f.proposal) for f in manuscript.findings] == [("L224", "http://example.org/a")]


def test_wikitext_that_was_not_converted() -> None:
    assert (
        body("'''運河'''在[[江南|江南地方]]，''很長''，見[[河志]]。")
        == "**運河**在江南地方，*很長*，見河志。"
    )


def test_escapes_are_read() -> None:
    assert body("價5\\*6，見\\[附錄\\]，U.S\\. 與\\'甲\\'。") == "價5\\*6，見[附錄]，U.S. 與'甲'。"


def test_categories_templates_comments_and_switches_go() -> None:
    source = (
        "運河很長。\n\n{{-}}\n\n<!-- end list -->\n\n__NOTOC__\n\n"
        f"{link('Category:運河', 'https://zh.wikipedia.org/wiki/Category:運河')} {link('分類:江南')}\n\n{link('en:Canal')}\n"
    )
    manuscript = recover(source)
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。"]
    assert manuscript.findings == ()


def test_templates_over_lines_go_whole_and_say_so() -> None:
    manuscript = recover("前文。\n\n{{某模板\n| 甲 = {{內|1}}\n\n| 乙 = 二\n}}\n\n後文。")
    assert [b.content.visible() for b in manuscript.blocks] == ["前文。", "後文。"]
    assert codes(manuscript) == ["L221"]


def test_a_template_that_is_a_mark_is_that_mark() -> None:
    manuscript = recover("見《河志》{{〈}}水文{{〉}}，{{某}}完。")
    assert [b.content.visible() for b in manuscript.blocks] == ["見《河志》〈水文〉，完。"]
    assert codes(manuscript) == ["L221"]


def test_an_item_that_lost_all_words_goes() -> None:
    assert body("  -\n  - .\n  - 甲。\n  - 。\n") == "- 甲。"


def test_formulas_of_html_hold_together() -> None:
    long = "\\frac{1}{2\\pi}" * 30
    cell = f'<em>a</em><em>t</em>, <em>e</em><sup> − <em>i</em>2</sup><span class="math inline">${long} \\,$</span>'
    source = html_table(f"<td>{cell}</td>\n<td>x<sup>two words</sup></td>")
    assert body(source) == f"| *at*, *e*^−*i*2^${long} \\,$ | xtwo words |\n|---|---|"


def test_a_template_that_a_reader_saw_keeps_its_words() -> None:
    assert body("英語叫{{lang|en|Grand Canal}}，很長。") == "英語叫Grand Canal，很長。"


def test_requests_to_editors_go() -> None:
    assert body("運河很長\\[來源請求\\]，水很深。") == "運河很長，水很深。"


def test_lines_wrapped_by_the_export_are_joined() -> None:
    source = (
        '**運河**在[Grand\nCanal的\n兩岸](https://a/b\n"wikilink")，\n\\[1\\]用-{zh-hans:软件;\nzh-hant:軟體}-管理。\n\n'
        "  - 第一項很長，\n    還沒有完\n\n1.  見《河志》，\n    第3頁\n"
    )
    assert body(source) == (
        '**運河**在Grand Canal的兩岸，[^1]用[軟體]{.variant zh-hans="软件" zh-hant="軟體"}管理。\n\n'
        "- 第一項很長，還沒有完\n\n[^1]: 見《河志》，第3頁"
    )


def test_code_that_the_export_could_not_cut_tells_nothing_of_its_lines() -> None:
    source = "甲（Grand\nCanal）乙（Old\nTown）。\n\n" + "很長的一行，" * 20 + "`3 4`完。"
    assert body(source).startswith("甲（Grand Canal）乙（Old Town）。\n\n很長")


def test_a_bullet_without_text_is_an_indent() -> None:
    assert (
        body("甲：\n\n  -\n\n      -\n        附說一句。\n\n  -\n    又一句。\n")
        == "甲：\n\n附說一句。\n\n又一句。"
    )


def test_indented_lines_of_less_depth_are_a_paragraph() -> None:
    source = (
        "甲：\n\n  -\n    東岸\n      -\n        王明\n        李四\n    西岸\n\n"
        + "很長的一行，" * 20
        + " 有空格。"
    )
    assert body(source).startswith("甲：\n\n東岸\n\n王明\\\n李四\n\n西岸\n\n")


def test_a_formula_on_its_own_line_is_a_paragraph() -> None:
    long = "很長的一行，" * 20 + " 有空格。"
    assert body(f"甲：\n\n\\[a^2=b\\]\n是定理。\n\n{long}").startswith("甲：\n\n$$a^2=b$$\n\n是定理。\n\n")


def test_lines_of_a_formula_are_no_lists() -> None:
    assert body("設\\(x_{1}=\\begin{bmatrix}\n- 1\\\\\n+ 2\n\\end{bmatrix}\\)。\n\n\\[y = z\\]") == (
        "設$x_{1}=\\begin{bmatrix}\n- 1\\\\\n+ 2\n\\end{bmatrix}$。\n\n$$y = z$$"
    )


def test_chemical_formulas_are_raised_and_lowered() -> None:
    source = "由<chem>2H2 + O2 -\\> 2H2O</chem>得，<chem>^2H</chem>與**<chem>SO4^2-</chem>**，<chem>\\frac</chem>。"
    assert body(source) == "由2H~2~ + O~2~ → 2H~2~O得，^2^H與**SO~4~^2-^**，\\\\frac。"


def test_an_indented_line_of_a_wrapped_export_with_room_above_is_a_paragraph() -> None:
    source = "用（Old\nTown）：\n\n  -\n    Iron and water\n    Gold and air\n    and what else there is on this earth, with its seas and its skies and\n    its stars\n"
    assert body(source).split("\n\n")[1:] == [
        "Iron and water",
        "Gold and air",
        "and what else there is on this earth, with its seas and its skies and its stars",
    ]


def test_round_brackets_with_backslashes_hold_formulas_where_some_hold_tex() -> None:
    assert body("組\\((a,b)\\)與\\(ABCD\\)，\\(x_{1}\\)。") == "組$(a,b)$與$ABCD$，$x_{1}$。"
    assert body("見\\(2\\)。") == "見(2)。"
    assert codes(recover("設：\\(x_{1}\\)，\\(y\\)、\\(z\\)。")) == []


def test_addresses_and_links_that_the_export_did_not_know() -> None:
    assert (
        body("見 <http://example.org/a_b> 與\\[//example.org/c 河的 故事\\]。")
        == "見 http://example.org/a_b 與[河的 故事](https://example.org/c)。"
    )
    assert body("見\\[<http://example.org/a,b>, 河的 故事\\]。") == "見[河的 故事](http://example.org/a,b)。"
    source = "  - 見\\[\n    <http://example.org/a>\n    issue 3\\]，[A\n    B](http://example.org/b)"
    assert body(source) == "- 見[issue 3](http://example.org/a)，[A B](http://example.org/b)"


def test_tags_around_the_list_of_notes_go_with_its_section() -> None:
    source = '甲\\[1\\]。\n\n## 參考文獻\n\n<div class="references-small">\n\n<references>\n\n</references>\n\n</div>\n\n1.  一\n'
    assert body(source) == "甲[^1]。\n\n[^1]: 一"


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
    assert codes(manuscript) == ["L222"]


def test_a_quotation_in_tags_is_a_quotation() -> None:
    assert (
        body("他說：\n\n<blockquote>\n\n河水很清。\n\n</blockquote>\n\n後來不清了。")
        == "他說：\n\n> 河水很清。\n\n後來不清了。"
    )


def test_edit_links_go_from_headings_only() -> None:
    assert body("## 歷史\\[編輯\\]\n\n王明\\[編輯\\]\n\n## 水文[編輯](http://a/b)\n\n完。") == (
        "# 歷史\n\n王明[編輯]\n\n# 水文\n\n完。"
    )


# --- pictures


def test_a_broken_picture_goes_with_the_rest_of_its_caption() -> None:
    picture = '[Canal.jpg](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:Canal.jpg")'
    manuscript = recover(
        f"{picture}上的{link('石橋')}。\\]\\] 運河很長。\n\n{picture}\n\n{picture}\\]\\] 水很深。"
    )
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。", "水很深。"]
    assert codes(manuscript) == ["L223"] * 2  # the same picture without words is said once
    assert "「" not in manuscript.findings[0].message and "上的石橋。" in manuscript.findings[0].message


def test_a_picture_with_links_in_its_caption_goes_whole() -> None:
    caption = f"石橋，攝於{link('春')}、{link('夏')}|thumb|200px"
    picture = (
        f'[{caption}](https://zh.wikipedia.org/wiki/File:Canal_1.jpg "fig:石橋，攝於春、夏|thumb|200px")'
    )
    manuscript = recover(f"{picture} {picture} 運河很長。")
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。"]
    assert [f.message.split("«")[1].split("»")[0] for f in manuscript.findings] == ["石橋，攝於春、夏"] * 2


def test_the_rest_of_a_caption_without_words_is_not_said() -> None:
    picture = '[缩略图](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:缩略图")|右\\]\\]'
    manuscript = recover(f"{picture} 運河很長。")
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。"]
    assert "caption" not in manuscript.findings[0].message


@pytest.mark.parametrize(
    "gallery",
    [
        f"<File:Canal> of 1736.svg|圖：{link('石橋')} <File:Boat> 2.jpg|{link('船')}。",
        f"[File:Canal.jpg|圖：石橋上的](File:Canal.jpg%7C圖：石橋上的){link('船')} <File:Boat> (2).JPG|船。",
    ],
)
def test_a_gallery_that_the_export_took_for_text_goes(gallery: str) -> None:
    manuscript = recover(f"甲。\n\n{gallery}\n\n乙。")
    assert [b.content.visible() for b in manuscript.blocks] == ["甲。", "乙。"]
    assert codes(manuscript) == ["L223"]
    assert "石橋" in manuscript.findings[0].message and "File" not in manuscript.findings[0].message


def test_a_note_of_a_caption_says_where_its_call_was() -> None:
    picture = '[Canal.jpg](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:Canal.jpg")石橋\\[2\\]\\]\\]'
    manuscript = recover(f"{picture} 甲\\[1\\]乙\\[3\\]。\n\n1.  一\n2.  二\n3.  三\n")
    assert [f.message for f in manuscript.findings if f.rule == "N11"] == [
        "note 2 is called where something was taken away. Put its call where it belongs."
    ]


def test_a_note_whose_citation_broke_goes_and_its_sentence_stays_whole() -> None:
    broken = "<ref> Canal Press\n\n`|publisher = Town`\n`|archiveurl = `<http://a/b>\n\n}}</ref>"
    manuscript = recover(f"## 一\n\n運河（舊河） {broken}是人開的，\\[1\\]很長。\n\n乙。\n\n1.  一\n")
    assert [b.content.visible() for b in manuscript.blocks[1:]] == ["運河（舊河）是人開的，很長。", "乙。"]
    assert codes(manuscript) == ["L233"] and "Canal Press" in manuscript.findings[0].message


def test_a_note_that_was_not_converted_is_a_finding() -> None:
    manuscript = recover('運河很長<ref>見《河志》。又<ref name="a" />。')
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長見《河志》。又。"]
    assert codes(manuscript) == ["L233", "L233"]


def test_a_gallery_goes_and_is_said() -> None:
    manuscript = recover("甲。\n\n<gallery>\nFile:a.jpg|圖一\n\nFile:b.jpg|圖二\n</gallery>\n\n乙。")
    assert [b.content.visible() for b in manuscript.blocks] == ["甲。", "乙。"]
    assert codes(manuscript) == ["L223"]


def test_a_bracket_of_the_text_ends_no_caption() -> None:
    picture = '[Canal.jpg](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:Canal.jpg")'
    assert [
        b.content.visible() for b in recover(f"{picture}\n\n運河\\[一\\]與\\[二\\[三\\]\\]。").blocks
    ] == ["運河[一]與[二[三]]。"]
    assert [b.content.visible() for b in recover(f"{picture}，運河\\[二\\[三\\]\\]。").blocks] == [
        "，運河[二[三]]。"
    ]


# --- variants


@pytest.mark.parametrize(
    ("source", "lang", "written"),
    [
        ("金-{zh-hans:炮; zh-hant:砲;}-戰", "zh-Hant", '金[砲]{.variant zh-hans="炮" zh-hant="砲"}戰'),
        ("金-{zh-hans:炮; zh-hant:砲;}-戰", "zh-Hans", '金[炮]{.variant zh-hans="炮" zh-hant="砲"}戰'),
        (
            "用-{zh-cn:软件;zh-tw:軟體;zh-hk:軟件}-",
            "zh-Hant-HK",
            '用[軟件]{.variant zh-cn="软件" zh-tw="軟體" zh-hk="軟件"}',
        ),
        ("姓-{于}-名", "zh-Hant", "姓[于]{.keep}名"),
        ("姓-{R|于}-名", "zh-Hant", "姓[于]{.keep}名"),
        ("前-{H|zh-cn:博客;zh-tw:部落格}-後", "zh-Hant", "前後"),
        ("前-{T|zh-cn:博客;zh-tw:部落格}-後", "zh-Hant", "前後"),
        (
            "前-{A|zh-cn:博客;zh-tw:部落格}-後",
            "zh-Hant",
            '前[部落格]{.variant zh-cn="博客" zh-tw="部落格"}後',
        ),
        ("前-{H|甲=>zh-cn:乙;}-後", "zh-Hant", "前後"),
        ("前-{}-後", "zh-Hant", "前後"),
        ("前-{沒有完", "zh-Hant", "前-{沒有完"),
    ],
)
def test_conversion_marks(source: str, lang: str, written: str) -> None:
    assert body(source, lang) == written


def test_a_mark_inside_a_link_and_a_heading() -> None:
    source = "## 金-{zh-hans:炮; zh-hant:砲}-\n\n[金-{zh-hans:炮; zh-hant:砲}-戰](http://example.org/a)的事。"
    assert body(source) == (
        '# 金[砲]{.variant zh-hans="炮" zh-hant="砲"} {}\n\n[金[砲]{.variant zh-hans="炮" zh-hant="砲"}戰](http://example.org/a)的事。'
    )


def test_the_title_for_each_script() -> None:
    said = "-{T|zh-hans:炮战; zh-hant:砲戰}-"
    for text in (f"# 炮戰\n\n{said}\n\n甲乙。\n", f"# 炮戰\n\n甲{said}乙。\n"):
        written = write_master(recover(text))
        assert """title: '[炮戰]{.variant zh-hans="炮战" zh-hant="砲戰"}'""" in written
        assert "甲乙。" in written and "T|" not in written
        assert codes(recover(text)) == []
    assert "title" not in write_master(recover(f"甲。\n\n{said}\n"))  # the page itself names none


def test_rules_for_the_whole_article_and_open_marks_are_findings() -> None:
    assert codes(recover("甲-{H|zh-cn:博客;zh-tw:部落格}-乙")) == ["L226"]
    assert codes(recover("甲-{乙")) == ["L225"]


def test_a_mark_with_foreign_text_is_kept_as_it_is() -> None:
    assert read_variant("a:b; c:d", "zh-Hant").kind is VariantKind.KEEP


# --- notes


def test_calls_are_bound_to_the_list_at_the_end() -> None:
    source = f"運河很長\\[1\\]。水很深\\[2\\]，很{link('清')}\\[3\\]。\n\n## 參考文獻\n\n1.  見{link('《河志》')}，第3頁\n2.\n3.  [同上](http://example.org)\n    第8頁。\n"
    assert body(source) == (
        "運河很長[^1]。水很深[^2]，很清[^3]。\n\n[^1]: 見《河志》，第3頁\n\n[^2]: [原註闕]{.missing}\n\n[^3]: [同上](http://example.org) 第8頁。"
    )


def test_a_body_of_marks_alone_is_missing() -> None:
    manuscript = recover("甲\\[1\\]乙\\[2\\]丙\\[3\\]。\n\n1.  。\n2.  \\* .\n3.\n    ，第3頁\n")
    assert [(n.label, n.missing) for n in manuscript.notes] == [("1", True), ("2", True), ("3", False)]
    assert codes(manuscript) == ["L229", "N10", "N10"]


def test_the_space_between_a_call_and_han_text_goes_with_the_call() -> None:
    source = f"河道。\\[1\\] {link('碼頭')}。\\[2\\] The river\\[3\\] is long.\\[4\\] 3月淤。\n\n1.  甲\n2.  乙\n3.  丙\n4.  丁\n"
    assert body(source).split("\n")[0] == "河道。[^1]碼頭。[^2] The river[^3] is long.[^4]3月淤。"


def test_a_picture_s_brackets_may_close_below_blank_lines() -> None:
    picture = '[A.jpg](https://zh.wikipedia.org/wiki/File:A.jpg "fig:A.jpg")'
    assert body(f"{picture}\n\n\\]\\]\n\n甲乙丙。\n") == "甲乙丙。"
    assert body(f"{picture}\n\n甲\\]\\]\n\n乙丙。\n") == "甲\\]\\]\n\n乙丙。"


def test_the_call_of_a_note_alone_is_no_caption() -> None:
    source = '[A.jpg](https://zh.wikipedia.org/wiki/File:A.jpg "fig:A.jpg")\\[1\\]\\]\\] 甲\\[2\\]。\n\n1.  一\n2.  二\n'
    assert [f.message for f in recover(source).findings if f.rule == "L223"] == [
        "a picture is not there. Add it if you have it."
    ]


def test_one_body_may_be_called_twice() -> None:
    manuscript = recover("甲\\[1\\]乙\\[2\\]丙\\[1\\]。\n\n1.  一\n2.  二\n")
    assert write_master(manuscript).count("[^1]") == 3
    assert manuscript.findings == ()


def test_notes_and_sources_in_two_lists() -> None:
    manuscript = recover(
        "甲\\[1\\]乙\\[注 1\\]丙\\[2\\]。\n\n## 注释\n\n1.  說明\n\n## 參考文獻\n\n1.  一\n2.  二\n"
    )
    assert {n.label: n.blocks[0].content.visible() for n in manuscript.notes} == {
        "1": "一",
        "2": "二",
        "注1": "說明",
    }
    assert [b.content.visible() for b in manuscript.blocks] == ["甲乙丙。"]


def test_a_year_in_brackets_is_no_call() -> None:
    assert body("開於\\[605\\]年\\[1\\]。\n\n1.  見《河志》\n") == "開於[605]年[^1]。\n\n[^1]: 見《河志》"


def test_a_list_without_calls_stays_a_list() -> None:
    assert body("三件事：\n\n1.  第一\n2.  第二\n3.  第三\n") == "三件事：\n\n1. 第一\n2. 第二\n3. 第三"


def test_back_links_of_a_body_go() -> None:
    source = "甲[\\[1\\]](#cite_note-1)乙。\n\n1.  [**^**](#cite_ref-1) 見《河志》\n"
    assert body(source) == "甲[^1]乙。\n\n[^1]: 見《河志》"


# --- title and sections


def test_the_title_stands_in_the_line_that_names_the_source() -> None:
    manuscript = recover(
        f"> 本文内容由[運河](https://zh.wikipedia.org/wiki/運河)转换而来。\n\n**運河**很長。\n\n## 歷史\n\n### 起源\n\n開於{link('隋')}。\n"
    )
    assert manuscript.fronts[0].title.visible() == "運河"
    assert [(b.level, b.content.visible()) for b in manuscript.blocks if b.kind is BlockKind.HEADING] == [
        (1, "歷史"),
        (2, "起源"),
    ]


def test_an_only_highest_heading_is_the_title() -> None:
    manuscript = recover("# 運河\n\n很長。\n\n## 歷史\n\n很久。\n")
    assert manuscript.fronts[0].title.visible() == "運河"
    assert manuscript.blocks[1].level == 1


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("**運河**（）很長。", "運河"),
        (
            '[a.jpg](https://a/File:a.jpg "fig:a.jpg")《**河志**》，又稱**水志**。\n\n## 版本\n\n完。',
            "河志",
        ),
        ("關於別的河。\n\n**-{于}-家河**很長。", "[于]{.keep}家河"),
        ("\\-{zh-hans:**运河**（）;zh-hant:**運河**}-很長，水很深，船來往不絕。", "運河"),
        ("，又稱**運河**。", ""),
        ("很長。\n\n## 名稱\n\n**運河**。", ""),
    ],
)
def test_the_first_words_in_bold_are_the_title_where_none_is_named(source: str, title: str) -> None:
    manuscript = recover(source)
    assert manuscript.fronts[0].title.text == title


def test_a_name_over_the_list_alone_goes_before_other_items() -> None:
    source = "甲\\[1\\]。\n\n## 參考文獻\n\n  - 引用\n\n<!-- end list -->\n\n  - 王明《河志》\n\n1.  一\n"
    assert body(source) == "甲[^1]。\n\n# 參考文獻\n\n- 王明《河志》\n\n[^1]: 一"


def test_names_of_parts_of_the_notes_go_with_them() -> None:
    source = "甲\\[1\\]。\n\n## 註釋與來源\n\n  - 註釋\n\n<!-- end list -->\n\n**參考來源**\n\n## 參考書目\n\n  - 資料\n\n1.  一\n"
    assert body(source) == "甲[^1]。\n\n# 參考書目\n\n- 資料\n\n[^1]: 一"


def test_the_empty_section_of_the_notes_goes_and_another_is_said() -> None:
    manuscript = recover("甲\\[1\\]。\n\n## 參考文獻\n\n## 圖集\n\n## 參見\n\n  - 乙\n\n1.  一\n")
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == ["圖集", "參見"]
    assert codes(manuscript) == ["L227"]


def test_lists_keep_their_levels() -> None:
    assert body("  - 甲\n      - 乙\n      - 丙\n  - 丁\n\n<!-- end list -->\n\n1.  一\n2.  二\n") == (
        "- 甲\n  - 乙\n  - 丙\n- 丁\n\n1. 一\n2. 二".replace("- 丁\n\n1.", "- 丁\n\n::: {}\n:::\n\n1.")
    )


# --- holes


@pytest.mark.parametrize(
    "source",
    [
        "，又稱運河。",
        "的長約兩里。",
        "是一種船，長約兩里。",
        "河〔River，〕很長。",
        '  - ——[Fortran](../Page/Fortran.md "wikilink")語言說',
        "他說：「、二軍都來了。」",
        "《》一書。",
        "船20艘、96艘、車3輛。",
        "甲、，乙。",
        "他寫道：\n\n後來又走了。",
        "他寫道：\n後來又走了。",
        "叫做「鷹」，）。",
        "  -\n  -\n\n  - 甲",
    ],
)
def test_lost_words_are_findings(source: str) -> None:
    found = [c for c in codes(recover(f"## 一\n\n{source}\n\n## 二\n\n完。")) if c in ("L228", "L229")]
    assert len(found) == 1


@pytest.mark.parametrize(
    "source",
    [
        "他寫道：\n\n> 水很清。",
        "有兩種：\n\n  - 甲\n  - 乙",
        "甲，乙、丙。「丁」",
        "有兩種：\n\n分別是甲，以及乙。",
        "見[水很清。](http://a/b)，甲",
        "甲：\n\n  -\n    乙",
    ],
)
def test_whole_texts_have_no_holes(source: str) -> None:
    assert codes(recover(f"## 一\n\n{source}\n\n## 二\n\n完。")) == []


# --- promises


def test_plain_prose_has_an_empty_ledger() -> None:
    assert edits(recover("運河很長。\n\n## 歷史\n\n開於**隋**代。\n")) == []


def test_links_left_as_wikitext_show_their_text_and_one_that_breaks_off_is_said() -> None:
    source = "甲流過\\[\\[乙|乙城\\]\\]與\\[\\[丙\\]\\]，到\\[\\[丁城|丁\n\n又\\[\\[1\\]\\]。\n"
    assert body(source) == "甲流過乙城與丙，到丁城\n\n又\\[[^1]\\]。\n\n[^1]: [原註闕]{.missing}"
    assert [f.message for f in recover(source).findings if f.rule == "L235"] == [
        "the text breaks off in a link to «丁城». Add what follows."
    ]


def test_a_space_beside_a_full_width_mark_goes() -> None:
    source = '甲\\[1\\] 。 [乙](../Page/乙.md "wikilink") ，丙： 丁（一） （二），戊： 「己」，Latin. 庚。 8月， Ji.\n\n1.  [戊](http://a/b) ：己\n'
    assert (
        body(source)
        == "甲[^1]。乙，丙：丁（一） （二），戊：「己」，Latin. 庚。8月，Ji.\n\n[^1]: [戊](http://a/b)：己"
    )


def test_a_bar_too_many_is_no_column_and_no_text() -> None:
    table = "| 名 | 生 |\n| --- | --- |\n| |（一年） | 子 |   |\n| 甲 | 二年 |\n"
    assert body(table) == "| 名 | 生 |  |\n|---|---|---|\n|  | （一年） | 子 |\n| 甲 | 二年 |  |"
    table = "| 名 | 生 | 母 |\n| --- | --- | --- |\n| |（一年） | 乙 |   |\n"
    assert body(table) == "| 名 | 生 | 母 |\n|---|---|---|\n|  | （一年） | 乙 |"
    assert body("見《甲史》[| 卷一](https://zh.wikisource.org/wiki/甲)。\n") == "見《甲史》卷一。"


def test_items_that_held_nothing_but_items() -> None:
    source = "  - 甲\n\n  -   - 乙\n      - 丙\n\n  - 丁\n"
    assert body(source) == "- 甲\n  - 乙\n  - 丙\n- 丁"
    assert [f.message for f in recover(source).findings] == [
        "an item of the list has lost all words. Add them."
    ]


def test_a_section_of_notes_goes_also_where_their_list_is_lost() -> None:
    assert body("甲\\[1\\]。\n\n## 注釋\n") == "甲[^1]。\n\n[^1]: [原註闕]{.missing}"


def test_a_citation_that_stayed_a_template_is_said() -> None:
    source = "  - 甲\n\n  - {{ cite book | author=乙 |title=丙\n    丁 | year=2005 | url=http://a/b |}}\n"
    assert "a citation was not converted: «乙, 丙 丁, 2005». Write it." in [
        f.message for f in recover(source).findings
    ]


def test_ends_of_templates_without_a_partner_go_and_do_not_take_words_along() -> None:
    source = "約2 · 10}}條{{-}}，{{Lang|en|River\n\n乙\\(x_{a_{b}}\\)與\\[\\frac{1}{{p + 2}}\\]。\n\n## 資料\n\n{{ Quote|丁}}丙}}。\n"
    assert body(source) == "約2 · 10條，River\n\n乙$x_{a_{b}}$與$$\\frac{1}{{p + 2}}$$。\n\n# 資料\n\n丙。"
    messages = [f.message for f in recover(source).findings if f.rule == "L221"]
    assert messages == [
        "only «}}» is left of a template. Look for words that are missing.",
        "only «{{Lang|en|» is left of a template. Look for words that are missing.",
        "template «Quote» was taken away. Add its words where they are missing.",
        "only «}}» is left of a template. Look for words that are missing.",
    ]


def test_a_formula_with_a_stop_has_a_line_for_itself() -> None:
    source = "甲為\n\n\\[\\sqrt{a} = b\\]。\n乙為2<sup>2<sup>*k*</sup></sup>，π(1)\n=\n5。\n"
    assert body(source) == "甲為\n\n$$\\sqrt{a} = b$$。\n\n乙為2$^{2^{k}}$，π(1)\\\n=\\\n5。"


def test_a_picture_is_known_by_its_title_and_its_words_are_told() -> None:
    source = '[甲之圖 a\n(b)。](https://zh.wikipedia.org/wiki/File:A.svg "fig:甲之圖")\n乙是河。\n'
    assert body(source) == "乙是河。"
    assert "a picture is not there, with the caption «甲之圖 a (b)。». Add both if you have them." in [
        f.message for f in recover(source).findings
    ]


def test_an_indent_with_emphasis_has_lost_no_words() -> None:
    source = "若\n\n  -\n    *n* = 2\n\n例如：\n\n  -\n    *b* = 3\n\n其中\\[1\\] 甲。\n"
    manuscript = recover(source)
    assert (
        write_master(manuscript)
        .split("---\n\n", 1)[-1]
        .startswith("若\n\n*n* = 2\n\n例如：\n\n*b* = 3\n\n其中[^1]甲。")
    )
    assert [f.rule for f in manuscript.findings] == ["N10"]


def test_a_paragraph_that_breaks_off_before_another_is_said() -> None:
    first = "丙年，河邊的人在城門口貼出了一張告示，說明了河工的辦法"

    def said(text: str) -> bool:
        return any(f.message.startswith("the paragraph breaks off") for f in recover(text).findings)

    assert said(f"{first}\n\n次日，河工開始。\n")
    for text in (
        f"{first}。\n\n次日，河工開始。\n",
        f"{first}\n\n  - 次日。\n",
        f"{first}\n\n次日的事情\n",
        "甲，乙\n\n次日。\n",
    ):
        assert not said(text)


def test_categories_on_lines_of_their_own_tell_that_lines_are_cut() -> None:
    one, two = (
        '[Category:河](http://a/Category:河 "wikilink")',
        '[Category:山](http://a/Category:山 "wikilink")',
    )
    assert body(f"甲是河。\n乙是山。\n\n{one}\n{two}\n") == "甲是河。乙是山。"
    assert body(f"甲是河。\n乙是山。\n\n{one} {two}\n") == "甲是河。\\\n乙是山。"


def test_a_link_to_a_sister_of_the_wiki_shows_its_page() -> None:
    assert (
        body('《[s:河志/卷一\\#水](https://zh.wikipedia.org/wiki/s:河志/卷一#水 "wikilink")》')
        == "《河志/卷一#水》"
    )


alphabet = st.sampled_from(
    [
        *"中文，。\n\n \t*_`[]()<>{}#-|$^~\\&;:.123'A=",
        "\n\n",
        '[甲](../Page/乙.md "wikilink")',
        '[x.jpg](https://a/File:x.jpg "fig:x.jpg")',
        "\\]\\]",
        "{{lang|en|",
        "}}",
        "\\[a^{b}=c\\]。\n",
        "<sup>2<sup>k</sup></sup>",
        "\\[1\\]",
        "\\[2\\]",
        "\n\n1.  一\n2.\n",
        "-{zh-hans:炮; zh-hant:砲;}-",
        "-{",
        "}-",
        "{{",
        "}}",
        "[[",
        "]]",
        "<!-- ",
        " -->",
        "## ",
        "  - ",
        "\n    - ",
        "\\[[http://a](http://a)b 甲\\]",
        "[Category:甲](b)",
        "{|\n",
        "\n|}",
        "'''",
        "> 本文内容由[甲](乙)转换而来。",
        '<a href="http://a/b">',
        "</a>",
        "[乙](http://c/d)",
        "[[1]](#cite_note-1)",
        "\n1. **[^](#cite_ref-1)** ",
        ":::\n",
        "]{.a}",
        "\n--\n",
        "维基百科，自由的百科全书\n",
        "\\(x_{1}\\)",
        "\\[\\[甲|",
        "\\]\\]",
        " ，",
        "\n  -   - ",
        "<ref>",
        '<ref name="甲">',
        '<ref name="甲" />',
        "</ref>",
        "{{\\#tag:ref|",
        '|group="註"}}',
        "\n<!-- end list -->\n",
        "\\-{zh-hans;zh-hant|\n",
        "\n}-",
        "\nA b.jpg|",
        ":\\*",
        "\\[a\\]",
        "<table><tr><td>",
        "</td></tr></table>",
        "|甲=",
        "[[1\\]](https://x/w#cite_note-1)",
        "[^a-2]",
        "1.[ ](u#ref_[1]_2)",
        "- 参考资料\n",
        " [1]  ",
        "\n\\1. ",
        "![img](https://a/b.png)\n\n\n\n图\n\n",
        "[查](u)[论](u)[编](Template:u)",
        "[[编辑](u?action=edit x )]",
        "\n## 目录\n\n- [1水](u#a)\n",
        "[编辑](javascript:;)",
        "[![图](https://a/b.png)](u)图",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(alphabet, max_size=60).map("".join))
def test_garbage_is_accounted_for(text: str) -> None:
    write_master(recover(text))


@pytest.mark.corpus
def test_the_corpus_article_is_whole() -> None:
    folder = os.environ.get("FANJIAN_CORPUS")
    if not folder:
        pytest.skip("FANJIAN_CORPUS does not name the folder with the corpus")
    text = next(Path(folder).glob("003_*.txt")).read_text(encoding="utf-8")
    manuscript = recover(text)
    assert [n.label for n in manuscript.notes] == [str(n) for n in range(1, 105)]
    assert sum(not n.missing for n in manuscript.notes) == 40
    master = write_master(manuscript)
    for trace in ("wikilink", "wikipedia.org", "../Page/", "\\]\\]", "{{", "Category:", "<!--", "-{"):
        assert trace not in master


# --- tables that Pandoc writes as HTML


def table_with_notes(behind: str = "") -> str:
    return (
        f"河長見表\\[1\\]。\n\n<table>\n<caption>河長</caption>\n<tbody>\n<tr><td><p>{link('甲河')}</p></td>"
        '<td><p>5里<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a></p></td></tr>\n'
        '<tr><td>乙河</td><td>3里<a href="#fn2" class="footnote-ref" id="fnref2"><sup>2</sup></a></td></tr>\n'
        '</tbody>\n</table>\n<section class="footnotes">\n<hr />\n<ol>\n'
        '<li id="fn1"><p>一說6里。<a href="#fnref1" class="footnote-back">↩</a></p></li>\n'
        '<li id="fn2"></li>\n</ol>\n</section>\n'
        + behind
        + "\n餘不詳\\[2\\]。\n\n1.  《河志》。\n2.  《江志》。\n"
    )


def test_notes_behind_a_table_are_the_tables_own() -> None:
    manuscript = recover(table_with_notes())
    bodies = {n.label: "".join(t.visible() for b in n.blocks for t in b.texts()) for n in manuscript.notes}
    assert bodies == {"1": "《河志》。", "2": "《江志》。", "表1": "一說6里。", "表2": ""}
    assert "| 甲河 | 5里[^表1] |" in write_master(manuscript)
    assert codes(manuscript) == ["N10"]


def test_a_caption_inside_a_table_is_said_once() -> None:
    assert "|\n\n: 河長\n\n" in body(table_with_notes())
    again = body(table_with_notes("\n河長\n"))
    assert again.count("\n河長\n") == 1
    assert ": 河長" not in again


def test_a_number_that_stands_again_in_an_export_of_pandocs_is_text() -> None:
    manuscript = recover(
        f"{link('運河')}長\\[1\\]，又寬\\[2\\]，見\\[1\\]。\n\n1.  《河志》。\n2.  《江志》。\n"
    )
    assert "見[1]。" in write_master(manuscript)
    assert codes(manuscript) == ["N15"]


def test_a_gallery_without_its_tags_goes_with_a_finding_for_each_picture() -> None:
    source = f"甲。\n\n<File:Old> pier.jpg|舊碼頭\nFile:B.png|{link('天后宮')}\n\n乙。"
    manuscript = recover(source)
    assert body(source) == "甲。\n\n乙。"
    assert [f.message for f in manuscript.findings if "天后宮" in f.message]
    assert set(codes(manuscript)) == {"L223"}


def test_the_tags_of_verse_leave_no_empty_line() -> None:
    assert body("民謠云：\n<poem>\n山尖尖，\n水彎彎。\n</poem>") == "民謠云：\n\n山尖尖，\\\n水彎彎。"


# --- other encyclopedias

BAIKE = """#  漱石橋

編輯

漱石橋在震澤，萬曆年間始建。 [1] 清人題額 [2-3] ，至今清晰。 [1] [4]

##  沿革

編輯

咸豐年間毀。 [4-6] 光緒初重修。

參考資料

  *  1\\.  名單．某網[引用日期2014-06-05]
  *  2\\.  《石橋》：212-215
  *  3\\.  《鎮志》：378
  *  4\\.  《橋志》
  *  5\\.  《水志》
  *  6\\.  《道志》
"""


def test_plain_brackets_that_answer_to_a_list_are_calls_and_ranges_call_each_note() -> None:
    assert detect_form(BAIKE, "a.md") == "wiki-markdown"
    manuscript = recover(BAIKE)
    assert codes(manuscript) == []
    assert body(BAIKE).split("\n\n[^1]:")[0] == (
        "漱石橋在震澤，萬曆年間始建。[^1]清人題額[^2][^3]，至今清晰。[^1][^4]\n\n# 沿革\n\n咸豐年間毀。[^4][^5][^6]光緒初重修。"
    )
    assert [n.blocks[0].content.visible() for n in manuscript.notes][1] == "《石橋》：212-215"


def test_a_range_of_many_numbers_stays_text() -> None:
    source = BAIKE.replace("[4-6]", "[2-6]")
    assert "毀。 [2-6] 光緒" in body(source)


def test_the_sign_of_a_link_in_a_table_goes() -> None:
    source = '甲\\[1\\]。\n\n<table><tr><td><a href="https://zh.wikipedia.org/wiki/A">台北ⓦ</a>影印</td></tr></table>\n\n1.  乙。\n'
    assert "台北影印" in body(source)


def test_a_bullet_behind_an_indent_of_wikitext_is_an_item() -> None:
    assert body(":\\* 艦體：平甲板；\n\n::\\* 子項。\n\n: 縮排。") == "- 艦體：平甲板；\n  - 子項。\n\n縮排。"


def test_a_heading_of_wikitext_inside_a_line() -> None:
    assert (
        body("\\== 館穀 == 年入約200兩。\n\n### 甲\n\n乙 == 丙 == 丁。")
        == "# 館穀\n\n年入約200兩。\n\n## 甲\n\n乙 == 丙 == 丁。"
    )


def test_a_raised_request_goes_with_its_tags() -> None:
    assert body("年入百兩<sup>\\[來源請求\\]</sup>。") == "年入百兩。"
    assert body('年入百兩<sup>[*[來源請求](/wiki/W:A "W:A")*]</sup>，*不*多。') == "年入百兩，*不*多。"
    assert body("年入百兩\\[_[何時？](/wiki/W:A)_\\]。") == "年入百兩。"


def test_an_indent_of_wikitext_before_a_quotation_mark() -> None:
    assert body(":「一字一金。」") == "「一字一金。」"


def test_very_many_parts_of_a_line_are_read_one_after_another() -> None:
    assert body("<poem>\n甲\n" * 3000).count("甲") == 3000
    assert body("甲\n\n" + "== 乙 == " * 3000).count("乙") == 3000
