"""Pages of encyclopedias pasted into an editor of Markdown: half-escaped calls, lists of contents, boxes, buttons."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import Manuscript
from pipeline.document.master import write_master
from pipeline.readers.detect import detect_form
from pipeline.recovery.ledger import account
from pipeline.recovery.wiki_markdown import recover_wiki_markdown
from pipeline.settings import RecoverSettings

WIKI = "https://zh.wikipedia.org/wiki/"
BAIKE = "https://baike.baidu.com/item/"
EDIT = "[[编辑](https://zh.wikipedia.org/w/index.php?title=河&action=edit&section={}{})]"


def recover(text: str) -> Manuscript:
    manuscript = recover_wiki_markdown(text, RecoverSettings(), "zh-Hans")
    assert account(manuscript) == []
    return manuscript


def body(text: str) -> str:
    return write_master(recover(text)).split("---\n\n", 1)[-1].rstrip("\n")


def title(text: str) -> str:
    return next((line for line in write_master(recover(text)).split("\n") if line.startswith("title:")), "")


def told(text: str) -> list[str]:
    return sorted(f"{f.rule} {f.message}" for f in recover(text).findings)


def call(number: str, page: str = "河", name: str = "") -> str:
    return f"[[{number}\\]]({WIKI}{page}#cite_note-{name or number})"


# --- calls


def test_calls_of_which_only_the_last_bracket_is_escaped() -> None:
    source = (
        f"河很長{call('1', name='a-1')}，水深{call('2', page='河_(地理)')}。再說{call('1', name='a-1')}。\n\n"
        f"1. ^ [跳转至：**1.0**]({WIKI}河#cite_ref-a_1-0) [**1.1**]({WIKI}河#cite_ref-a_1-1) 《水志》\n"
        f"2. **[^]({WIKI}河#cite_ref-2)** 《山志》\n"
    )
    assert body(source) == "河很長[^1]，水深[^2]。再說[^1]。\n\n[^1]: 《水志》\n\n[^2]: 《山志》"


def test_a_call_that_leads_to_the_notes_is_one_without_them() -> None:
    source = f"河很長{call('15')}，水深{call('注 1', name='2')}。\n"
    text = body(source)
    assert text.startswith("河很長[^15]，水深[^注1]。")
    assert [line[:3] for line in told(source)] == ["N10", "N10"]


def test_notes_that_bear_a_name_before_their_number() -> None:
    source = "河很長[^shui-1]，水深[^2]，船多[^a_b-3]。\n\n[^shui-1]: 《水志》\n\n[^2]: 《山志》\n\n[^a_b-3]: 《船志》\n"
    assert body(source) == (
        "河很長[^1]，水深[^2]，船多[^3]。\n\n[^1]: 《水志》\n\n[^2]: 《山志》\n\n[^3]: 《船志》"
    )


@pytest.mark.parametrize(
    "request_",
    [
        f"[[来源请求\\]]({WIKI}Wikipedia:列明来源)",
        f"[来源请求]({WIKI}Wikipedia:列明来源)",
        f"\\[[来源请求]({WIKI}Wikipedia:列明来源)\\]",
        "[需要引用]",
        f'<sup class="noprint Inline-Template"><span>[<a href="{WIKI}W:L"><span>永久失效链接</span></a>]</span></sup>',
    ],
)
def test_requests_to_the_editors_go(request_: str) -> None:
    assert body(f"河很長{request_}。") == "河很長。"


# --- what the page puts around the article


def test_the_link_to_the_editor_may_hold_spaces_and_stand_at_the_title() -> None:
    source = f"# 河{EDIT.format(0, '&summary=/* top */ ')}\n\n维基百科，自由的百科全书\n\n跳到导航\n\n跳到搜索\n\n**河**很長。\n\n## 水{EDIT.format(1, '')}\n\n船。\n"
    assert title(source) == "title: '河'"
    assert body(source) == "**河**很長。\n\n# 水\n\n船。"


def test_links_to_the_menu_may_name_their_page() -> None:
    source = f"# 河\n\n[跳到导航]({WIKI}河#mw-head)[跳到搜索]({WIKI}河#searchInput)\n\n河很長。\n"
    assert body(source) == "河很長。"


@pytest.mark.parametrize(
    "entries",
    [
        f"\n\n- [1水]({WIKI}河#水)\n- 2山\n  - [2.1高山]({WIKI}河#高山)\n",
        f" \n\n [[隐藏]()] \n\n- [1水]({WIKI}河#水)\n- [2山]({WIKI}河#山)\n",
        f"\n1. 1 [水]({BAIKE}河#1)\n2. ▪ [山]({BAIKE}河#1_1)\n\n1. 2 [船]({BAIKE}河#2)\n",
    ],
)
def test_a_list_of_contents_goes_however_it_is_numbered(entries: str) -> None:
    assert body(f"河很長。\n\n## 目录\n{entries}\n## 水\n\n船多。\n") == "河很長。\n\n# 水\n\n船多。"


def test_a_list_of_a_work_under_the_same_name_stays() -> None:
    source = "河很長。\n\n## 目录\n\n- 1911年以前\n- 1912年以後\n\n## 水\n\n船多。\n"
    assert "- 1911年以前" in body(source)


def test_a_notice_above_and_a_box_of_links_below_go() -> None:
    source = (
        f"| **来聊天** | [[关闭]({WIKI}河#)] |\n| --- | --- |\n|     |     |\n\n# 河\n\n河很長。\n\n"
        f"[[隐藏]({WIKI}河#)][查]({WIKI}Template:水)[论]({WIKI}Template_talk:水)[编]({WIKI}Template:水)[水]({WIKI}水)湖[海]({WIKI}海)\n\n"
        f"[分类]({WIKI}Special:页面分类)：\n\n- [河流]({WIKI}Category:河流)\n"
    )
    assert title(source) == "title: '河'"
    assert body(source) == "河很長。"


def test_categories_in_one_line_go() -> None:
    source = (
        'River.\n\n[Categories](/wiki/Help:Category "Help:Category"): * [A](/wiki/Category:A "Category:A")\n'
        '* [B](/wiki/Category:B "Category:B")\nHidden categories: * [C](/wiki/Category:C "Category:C")\n'
    )
    assert body(source) == "River."


@pytest.mark.parametrize(
    "line", [f"{WIKI}河", "Source: https://example.org/河", f"来源：{WIKI}河", f"<{WIKI}河>"]
)
def test_the_address_below_the_title_goes(line: str) -> None:
    assert body(f"# 河\n\n{line}\n\n河很長。\n") == "河很長。"


def test_the_first_heading_is_the_title_where_the_text_says_it_in_bold() -> None:
    source = "# 河\n\n**河**很長。\n\n# 水\n\n船。\n"
    assert title(source) == "title: '河'"
    assert body(source) == "**河**很長。\n\n# 水\n\n船。"
    assert title("# 河\n\n水很長。\n\n# 水\n\n船。\n") == ""


# --- pictures


def test_words_below_a_picture_are_its_caption_where_blank_lines_part_them() -> None:
    picture = "![img](https://upload.wikimedia.org/a/b.jpg)"
    source = f"河。\n\n{picture}\n\n\n\n河上的船\n\n船很多。\n"
    assert body(source) == "河。\n\n船很多。"
    assert told(source) == [
        "L223 a picture is not there, with the caption «河上的船». Add both if you have them."
    ]
    assert body(f"河。\n\n{picture}\n\n船很多。\n") == "河。\n\n船很多。"
    assert (
        body(f"河。\n\n{picture}\n\n\n\n船從山中來，很多。\n\n完。\n") == "河。\n\n船從山中來，很多。\n\n完。"
    )


def test_a_link_goes_with_the_picture_that_it_holds() -> None:
    picture = "[![图1 河](https://example.org/a?x=1)](https://example.org/p?y=2)"
    assert body(f"水。\n\n{picture}图1 河\n\n船。\n") == "水。\n\n船。"
    assert "文件" in body(f"水。\n\n{picture[:-27]}文件]({WIKI}山)\n\n船。\n")


def test_a_picture_beside_the_page_may_have_spaces_in_its_path() -> None:
    source = "| ![img](./河 - 页.assets/50px-a b.png) | 水 |\n| --- | --- |\n| 山 | 湖 |\n"
    assert body(source) == "|  | 水 |\n|---|---|\n| 山 | 湖 |"


# --- text


def test_a_backslash_before_a_number_goes_at_the_begin_of_a_line_only() -> None:
    assert body("說明：\n\n\\1. 水\n\n\\2. 山\n") == "說明：\n\n1\\. 水\n\n2\\. 山"
    assert "C:\\\\1. x" in body("路徑 C:\\1. x")


def test_the_template_that_shows_a_sign_leaves_it() -> None:
    assert body("光速 c {{=}} 1。") == "光速 c = 1。"


def test_a_line_cut_behind_a_latin_link_leaves_a_space() -> None:
    categories = f"[Category:河]({WIKI}C)\n[Category:水]({WIKI}C)\n"
    source = f"  - [The River](http://example.org/r)\n    見第四章\n\n{categories}"
    assert body(source) == "- [The River](http://example.org/r) 見第四章"


# --- the other encyclopedia


def baike(number: int, text: str) -> str:
    return f"{number}.[ ]({BAIKE}河?fr=a#ref_[{number}]_147){text}"


@pytest.mark.parametrize(
    "notes",
    [
        f"- 参考资料\n\n  {baike(1, '《水志》275')}{baike(2, '《山志》')}",
        f"- {baike(1, '《水志》275')}\n- {baike(2, '《山志》')}",
        f"## 参考资料\n\n{baike(1, '《水志》275')}\n\n{baike(2, '《山志》')}",
    ],
)
def test_notes_that_the_other_site_numbers(notes: str) -> None:
    source = f"# 河\n\n一条河。 [1] \n\n所谓He [2]  是水 [1] ，很深。\n\n{notes}\n"
    assert body(source) == (
        "一条河。[^1]\n\n所谓He[^2]是水[^1]，很深。\n\n[^1]: 《水志》275\n\n[^2]: 《山志》"
    )


def test_buttons_and_appeals_of_the_other_site_go_and_its_links_are_text() -> None:
    names = "、".join(f"[{name}]({BAIKE}{name}/1)" for name in "水山船湖海")
    source = (
        f"# 河\n\n本词条缺少**概述图**，赶紧来编辑吧！\n\n河有{names}。\n\n## 水\n\n[编辑](javascript:;)[ 语音](javascript:;)\n\n"
        "深。\n\n词条图册[更多图册](https://baike.baidu.com/pic/河/1)\n"
    )
    assert body(source) == "河有水、山、船、湖、海。\n\n# 水\n\n深。"
    assert "](https://baike" in body(f"河有[水]({BAIKE}水/1)。")  # a source of another text


CALLED = '河水很長[\\[1\\]](#cite_note-1) [\\[2\\]](#cite_note-a-2)。\n\n1.  **[^](#cite_ref-1 "跳转")** 《甲書》。\n2.  **[^](#cite_ref-2 "跳转")** 《乙書》。\n'


def test_the_space_between_two_calls_of_a_page_goes() -> None:
    assert body(CALLED).startswith("河水很長[^1][^2]。")


def test_a_saved_page_below_a_blogs_head_is_a_wikis() -> None:
    page = f"---\ntitle: 甲河\ndate: 2020-01-01\n---\n\n**甲河**很長。\n\n歷史\\[[编辑](/w/index.php?title=A&action=edit&section=1)\\]\n----\n\n{CALLED}"
    assert detect_form(page, "a.md") == "wiki-markdown"
    assert detect_form(page.replace("#cite_", "#c_"), "a.md") == "markdown"


def test_a_box_of_links_whose_parts_are_lists_goes() -> None:
    box = '| \\[[隐藏](#)\\]\n*   [查](/wiki/Template:%E6%B2%B3 "Template:河")\n*   [论](/wiki/Template_talk:%E6%B2%B3)\n\n[河](/wiki/%E6%B2%B3)\n\n\n |\n| --- |\n\n| 北岸 | \n\n*   [甲港](/wiki/A)\n    *   [乙港](/wiki/B)（丙）\n\n\n |\n'
    assert body(f"河水很長。\n\n{box}") == "河水很長。"
    assert body(f"河水很長。\n\n{box}\n## 參見\n\n*   甲\n").endswith("- 甲")


def test_an_excerpt_that_the_first_paragraph_says_again_goes() -> None:
    head = "# 甲河 - 维基百科，自由的百科全书\n\n> 甲河（英語：A）是一條很長的河，流經北岸的甲港。\n\n"
    page = "**甲河**（英語：A）是一條[很長](/wiki/B)的河，流經北岸的甲港。乙河也很長。"
    assert body(head + page) == "**甲河**（英語：A）是一條很長的河，流經北岸的甲港。乙河也很長。"
    assert body(head + "河水很長，船很多，都在北岸的甲港停船。").startswith("> 甲河")


def test_a_line_end_in_an_item_is_no_authors() -> None:
    wide = "甲河 " * 60
    assert body(f"{wide}\n\n* 船根據\n  [甲法](http://example.org)\n  入港；\n* 其他船\n  不入。").endswith(
        "- 船根據[甲法](http://example.org)入港；\n- 其他船不入。"
    )
