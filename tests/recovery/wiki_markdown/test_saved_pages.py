"""Whole pages of a wiki as tools save them: menus, boxes, lines that lead elsewhere, formulas told twice, plain text."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.readers.detect import detect_form
from tests.recovery.wiki_markdown.articles import body, codes, recover

CITED = "[[{0}]](#cite_note-{0})"
NOTE = "1. **[^](#cite_ref-1)** 見《河志》\n"
READER = (
    "Title: 甲河 - 维基百科，自由的百科全书\n\nURL Source: https://zh.wikipedia.org/wiki/A\n\n"
    "Published Time: 2005-03-02T10:00:00Z\n\nMarkdown Content:\n"
)
MENU = "[跳转到内容](https://zh.wikipedia.org/wiki/A#bodyContent)\n\n*   [首页](https://zh.wikipedia.org/wiki/B)\n\n"
SITE = "維基百科，自由的百科全書\n\n"
FOOT = (
    "取自“[https://zh.wikipedia.org/w/index.php?title=A&oldid=1](https://zh.wikipedia.org/w/index.php?title=A&oldid=1)”\n\n"
    "*   本站的全部文字在[知识共享](https://zh.wikipedia.org/wiki/C)之条款下提供\n*   [隐私政策](https://a.org/)\n\n搜索\n"
)


@pytest.mark.parametrize(
    "menu", [MENU + "甲河\n==\n\n*   [条目](https://zh.wikipedia.org/wiki/A)\n\n" + SITE, MENU + SITE, ""]
)
def test_a_page_that_a_service_read(menu: str) -> None:
    source = (
        READER + menu + f"**甲河**很長[[1]](https://zh.wikipedia.org/wiki/A#cite_note-1)。\n\n{NOTE}\n{FOOT}"
    )
    assert detect_form(source, "a.md") == "wiki-markdown"
    manuscript = recover(source)
    assert manuscript.fronts[0].title.visible() == "甲河"
    assert body(source) == "**甲河**很長[^1]。\n\n[^1]: 見《河志》"


def test_a_service_behind_a_title_alone() -> None:
    assert body(READER + "甲河\n==\n\n很長。\n") == "很長。"


def test_a_page_with_its_menus() -> None:
    source = (
        f"{MENU}# 甲河\n\n*   [讨论](/wiki/Talk:A)\n\n{SITE}**甲河**很長{CITED.format(1)}。\n\n{NOTE}\n{FOOT}"
    )
    assert body(source) == "**甲河**很長[^1]。\n\n[^1]: 見《河志》"


def test_what_follows_the_line_of_the_source_stays_where_it_is_no_foot() -> None:
    source = (
        f"**甲河**很長{CITED.format(1)}。\n\n{NOTE}\n取自“https://a.org/w/index.php?oldid=1”\n\n我的話：很好。\n"
        + "好。\n\n" * 3
    )
    assert "我的話：很好。" in body(source)


def test_a_title_below_tags() -> None:
    source = f'<div id="content">\n\n<span id="top"></span>\n\n# <span class="t">甲河</span>\n\n很長{CITED.format(1)}。\n\n{NOTE}'
    assert recover(source).fronts[0].title.visible() == "甲河"
    assert body(source).startswith("很長[^1]。")


# --- parts of the page


BOXES = {
    "rows": '| * [查](/wiki/Template:A "t") * [论](/wiki/Template_talk:A) 河 | |\n| --- | --- |\n| 人物 | * [乙](/wiki/B) |\n',
    "lists": "| \n*   [查](/wiki/Template:A)\n*   [论](/wiki/Template_talk:A)\n\n[河](/wiki/H)\n\n |\n| --- |\n| 人物 |\n\n*   [乙](/wiki/B)\n |\n",
    "words": "  * 查\n  * 论\n  * 编\n\n河  \n---  \n人物|\n\n  * 乙\n  * 丙\n",
    "tags": '<div role="navigation" class="navbox">\n\n<div>\n\n河\n\n</div>\n\n</div>\n',
    "fences": '::::: {.navbox role="navigation"}\n::: a\n河\n:::\n:::::\n',
}


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES.keys())
def test_boxes_of_links_go(box: str) -> None:
    source = f"**甲**很長{CITED.format(1)}。\n\n## 注\n\n{NOTE}\n{box}"
    assert body(source) == "**甲**很長[^1]。\n\n[^1]: 見《河志》"


def test_a_box_above_the_sections_takes_no_section_along() -> None:
    source = f"**甲**{CITED.format(1)}。\n\n{BOXES['rows']}\n## 歷史\n\n很久。\n\n{NOTE}"
    assert body(source).startswith("**甲**[^1]。\n\n# 歷史\n\n很久。")


@pytest.mark.parametrize(
    "line",
    [
        '主条目：[乙](/wiki/B)、[丙](/wiki/C "丙")',
        "*參見：[乙](/wiki/B)和[丙](/wiki/C)*",
        "關於[村](/wiki/B)，請見「[丙](/wiki/C)」。",
        '「乙」重定向至此。关于河，请见[丙](/wiki/C\n"丙")。',
        "[坐标](/wiki/Z)：[北緯31° 東經120°](https://geohack.toolforge.org/geohack.php?p=1)",
        "此條目需要擴充。請協助[改善](/wiki/Wikipedia:A)。",
        "| ![img](a.png) | 此条目**需要来源**，请协助[补充](https://zh.wikipedia.org/wiki/Wikipedia:A)。 |\n| --- | --- |\n|  |  |",
    ],
)
def test_lines_of_the_page_go(line: str) -> None:
    source = f"{line}\n\n**甲**很長{CITED.format(1)}。\n\n{NOTE}"
    assert body(source) == "**甲**很長[^1]。\n\n[^1]: 見《河志》"


@pytest.mark.parametrize(
    "line",
    [
        "主條目：河的歷史很長，見[乙](/wiki/B)。",
        "關於[乙](/wiki/B)，史書說法不一。",
        "參見《河志》卷三。",
        "水在[北緯](/wiki/B)31°。",
    ],
)
def test_sentences_of_the_article_stay(line: str) -> None:
    source = f"**甲**很長{CITED.format(1)}。\n\n{line}\n\n{NOTE}"
    assert line.split("[")[0] in body(source)


def test_captions_below_small_pictures_go() -> None:
    picture = "[![](//u.org/thumb/a.jpg/9px-a.jpg)](/wiki/File:A.jpg)"
    source = f"{picture}\n\n石閘，攝於1936年{CITED.format(1)}\n\n**甲**很長{CITED.format(1)}。\n\n{picture}\n\n乙河很長。\n\n- {picture}\n\n  石橋。\n- {picture}\n\n  古墓\n\n{NOTE}"
    assert body(source).startswith("**甲**很長[^1]。\n\n乙河很長。\n\n[^1]")
    assert codes(source).count("L223") == 4


def test_a_page_of_another_wiki() -> None:
    page = (
        " 甲河 - 河流Wiki   \n\n   \n\n# 甲河\n\n来自河流Wiki\n\n[跳转到导航](#mw-head) [跳转到搜索](#searchInput)\n\n"
        '![](/images/Sign.svg?1bb41)本条目介绍的是河。关于船，请见“**[甲船](/w/S "甲船")**”。\n\n'
        '**甲河**出![港](/images/Port.svg?3a597)港\\[[需要更多信息](/w/Special:TalkPage/A "甲")\\]，见`/[data](/w/D "命令")`[\\[1\\]](#cite_note-24w-1)。\n\n'
        "## 参考\n\n1.  ↑ [1.0](#cite_ref-24w_1-0) [1.1](#cite_ref-24w_1-1) 《河志》\n\n"
        '## 导航\n\n\\[[编辑](/w/A?section=2&veaction=edit "编辑章节：导航")\\]\n\n[河](/w/R "河")\n\n-   [乙河](/w/B "乙河")\n-   `[a.b](/w/C "c")`\n\n相关条目\n\n'
        "检索自“[https://a.wiki/w/甲?oldid=1](https://a.wiki/w/甲?oldid=1)”\n\n[分类](/w/Special:Categories)：\n\n-   [河](/w/Category:R)\n"
    )
    manuscript = recover(page)
    assert manuscript.fronts[0].title.visible() == "甲河"
    assert body(page) == "**甲河**出港，见`/data`[^1]。\n\n[^1]: 《河志》"


def test_sections_that_lead_to_an_editor_tell_a_wiki() -> None:
    edit = '[[编辑](https://a.org/w/index.php?title=A&action=edit&section={} "编辑章节")]'
    page = (
        "<!--yml\n\ndate: 2024\n\n-->\n\n# 甲河 - Wikipedia\n\n> 来源：[https://a.org/wiki/A](https://a.org/wiki/A)\n\n"
        f"**甲河**很长。\n\n### \\[{edit.format(1)[1:-1]}\\] 上段\n\n长九里。\n\n## 下段{edit.format(2)[:-1]})\n\n长十里。\n"
    )
    assert detect_form(page, "a.md") == "wiki-markdown"
    assert recover(page).fronts[0].title.visible() == "甲河"
    assert body(page) == "**甲河**很长。\n\n## 上段\n\n长九里。\n\n# 下段\n\n长十里。"
    assert detect_form("## 甲[编辑](https://a.org/edit)\n\n[编辑](/b?action=edit)\n", "a.md") == "markdown"


def test_a_row_that_breaks_in_a_cell() -> None:
    table = "| 段 | 長 |\n| --- | --- |\n| 上  \n（北）  \n岸 | 九里 |\n| 下 | 十里 |\n"
    assert body(f'甲是[河](/wiki/R "河")。\n\n{table}').endswith("| 上 （北） 岸 | 九里 |\n| 下 | 十里 |")


def test_a_section_of_links_with_text_stays() -> None:
    links = '- [乙](/wiki/B "乙")\n- [丙](/wiki/C "丙")\n- [丁](/wiki/D "丁")\n'
    assert "導航" not in body(f"**甲**很長。\n\n## 導航\n\n{links}")
    assert "# 導航" in body(
        f"**甲**很長。\n\n## 導航\n\n船靠星辰導航，也靠羅盤，後來又靠燈塔和海圖。\n\n{links}"
    )


# --- calls


@pytest.mark.parametrize(
    "call",
    [
        '<sup>[<span class="cite-bracket">\\[</span>甲 1<span class="cite-bracket">\\]</span>](#cite_note-1)</sup>',
        "^[[\\[]{.cite-bracket}註\\ 1[\\]]{.cite-bracket}](#cite_note-1)^",
        "[[備註 1]](#cite_note-1)",
        '<sup class="reference"><a href="/wiki/A#cite_note-1"><span>[</span>甲 1<span>]</span></a></sup>',
        "[a 1]",
        "[甲 1]",
    ],
)
def test_calls_of_any_group(call: str) -> None:
    source = f"乙{call}丙。\n\n## 備註\n\n1. **[^](#cite_ref-1)** 說明\n"
    assert body(source) == "乙[^注1]丙。\n\n[^注1]: 說明"


def test_several_calls_that_are_raised_together() -> None:
    source = "甲^([\\[1\\]](#cite_note-1)[\\[2\\]](#cite_note-2))，乙^([\\[1\\]](#cite_note-1)[\\[來源請求\\]](/wiki/W:A))。\n\n1. **[^](#cite_ref-1)** 一\n2. **[^](#cite_ref-2)** 二\n"
    assert body(source).startswith("甲[^1][^2]，乙[^1]。")


@pytest.mark.parametrize("raised", ["^({})", "^{}^", "<sup>{}</sup>"])
@pytest.mark.parametrize(
    "asked", ["\\[*[來源請求](/wiki/W:A)*\\]", '[\\[*[來源請求](/wiki/W:A "W:A")*\\]]{style="a: b;"}']
)
def test_requests_raised_alone_or_with_a_call(raised: str, asked: str) -> None:
    call = "[\\[1\\]](#cite_note-1)"
    source = f"甲（*乙*{raised.format(asked)}）丙{raised.format(call + asked)}。\n\n{NOTE}"
    assert body(source).startswith("甲（*乙*）丙[^1]。")


def test_a_box_of_links_whose_name_is_underlined() -> None:
    box = "  * [查](/wiki/Template:A)\n  * [论](/wiki/Template_talk:A)\n\n城北的河  \n---  \n  \n  * [乙](/wiki/B)\n  * [丙](/wiki/C)\n\n"
    page = f"甲河很長{CITED.format(1)}。\n\n{NOTE}\n"
    assert body(page + box) == body(page)
    assert body(page + box.replace("  \n---  \n", "\n---\n")).count("- 丙") == 1


def test_an_article_whose_calls_are_more_than_its_links() -> None:
    link, call = (
        "[甲](https://zh.wikipedia.org/wiki/A)",
        "<sup>[\\[1\\]](https://zh.wikipedia.org#cite_note-1)</sup>",
    )
    assert detect_form(f"{link * 3}河{call * 9}。\n", "a.md") == "wiki-markdown"


def test_a_caption_behind_its_picture_on_its_line() -> None:
    picture = (
        "[![](//upload.wikimedia.org/wikipedia/commons/thumb/1/1a/A.jpg/{}px-A.jpg)](/wiki/File:A.jpg)城北"
    )
    assert body(f"甲河。\n\n{picture.format(220)}\n\n乙河。\n") == "甲河。\n\n乙河。"
    assert body(f"甲河。\n\n{picture.format(22)}\n\n乙河。\n") == "甲河。\n\n城北\n\n乙河。"


def test_a_line_of_dashes_below_a_caption_in_a_table() -> None:
    rows = "| 港 |  | \n|---|---|\n| 名 | 船 | \n|---|---|\n| 甲港 | - | \n"
    assert [[c.visible() for c in row] for row in recover(f"{rows}\n甲。\n").blocks[0].rows] == [
        ["港", ""],
        ["名", "船"],
        ["甲港", "-"],
    ]


def test_numbers_in_brackets_behind_words_where_bodies_have_their_ways_back() -> None:
    source = "見Smith[1]，12,000[2]人。\n\n1. **^** 一\n2. **^** 二\n"
    assert body(source).startswith("見Smith[^1]，12,000[^2]人。")
    assert body("x[1]是數組，y[2]也是。\n\n1. 一\n2. 二\n").startswith("x[1]")


def test_a_call_inside_a_note_leaves_its_number() -> None:
    source = f"甲{CITED.format(1)}乙{CITED.format(2)}。\n\n1. **[^](#cite_ref-1)** 見{CITED.format(2)}\n2. **[^](#cite_ref-2)** 二\n"
    assert "[^1]: 見[2]" in body(source)


def test_a_body_goes_on_behind_its_line_break() -> None:
    source = "甲[1]乙[2]。\n\n  1. **^** 一。  \n又見二。\n  2. **^** 三\n"
    assert body(source) == "甲[^1]乙[^2]。\n\n[^1]: 一。\\\n    又見二。\n\n[^2]: 三"


def test_links_and_pictures_cut_at_a_lines_end() -> None:
    table = '年代| 國  \n---|---  \n一| [宋](/wiki/S\n"宋")朝  \n'
    picture = "[![](https://u.org/thumb/a.jpg/9px-\nb.jpg)](/wiki/File:A.jpg)"
    assert body(f'甲是[河](/wiki/R "河")。\n\n{table}\n{picture}乙。\n') == (
        "甲是河。\n\n| 年代 | 國 |\n|---|---|\n| 一 | 宋朝 |\n\n乙。"
    )


# --- formulas and marks


def test_a_formula_before_its_picture_with_other_signs() -> None:
    picture = "![t_{{i}}](https://wikimedia.org/api/rest_v1/media/math/render/svg/8b)"
    source = f"詞{{\\displaystyle t_{{i}} }}{picture}很長。\n\n{NOTE}"
    assert body(source).startswith("詞$t_{i}$很長。")
    assert "L223" not in codes(source)


@pytest.mark.parametrize(
    "formula",
    [
        "F = a × 2 {\\displaystyle F=a\\times 2} ![{\\displaystyle F=a\\times 2}](https://w.org/math/render/svg/a)",
        "![Image 5: {\\displaystyle F=a\\times 2}](https://w.org/math/render/svg/a)",
        "$`{\\displaystyle F=a\\times 2}`$![{\\displaystyle F=a\\times 2}](https://w.org/math/render/svg/a)",
        "![{\\\\displaystyle\nF=a\\\\times 2}](https://w.org/math/render/svg/a)",
    ],
)
def test_a_formula_is_told_once(formula: str) -> None:
    assert body(f"設{formula}為長{CITED.format(1)}。\n\n{NOTE}").startswith("設$F=a\\times 2$為長[^1]。")


def test_a_formula_of_its_own_is_a_paragraph() -> None:
    source = f"甲{CITED.format(1)}：\n\n![{{\\displaystyle a}}](https://w.org/math/render/svg/a)\n\n{NOTE}"
    assert recover(source).blocks[1].kind is BlockKind.PARAGRAPH
    assert "\n\n$a$\n" in body(source)


def test_italics_between_han_characters() -> None:
    assert body(f"其中_a_為河，_書_在此，a_b_c{CITED.format(1)}。\n\n{NOTE}").startswith(
        "其中*a*為河，*書*在此，a_b_c[^1]。"
    )


def test_a_table_right_below_the_text() -> None:
    source = f"甲{CITED.format(1)}：\n段  | 長  \n---|---  \n上  | 九[1]  \n\n乙。\n\n{NOTE}"
    assert body(source).startswith("甲[^1]：\n\n| 段 | 長 |\n|---|---|\n| 上 | 九")


def test_a_link_whose_address_has_spaces() -> None:
    source = f"見[甲 (乙)](https://a.org/b c/d/)，長{CITED.format(1)}。\n\n{NOTE}"
    assert body(source).startswith("見[甲 (乙)](https://a.org/b%20c/d/)，長[^1]。")


# --- plain text


def test_a_page_as_plain_text() -> None:
    source = "甲河\n\n甲河很長[1]。\n\n歷史\n\n[编辑]\n\n很久[2]，\n\n下游[编辑]\n\n- 河\n\n參考\n\n[编辑]\n\n1. ^ 一\n2. ^ 二\n"
    assert detect_form(source, "a.txt") == "wiki-markdown"
    manuscript = recover(source)
    assert manuscript.fronts[0].title.visible() == "甲河"
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == ["歷史", "下游"]
    assert [n.label for n in manuscript.notes] == ["1", "2"]


def test_a_page_as_plain_text_whose_lines_are_paragraphs() -> None:
    source = "甲河\n甲河很長[1]。\n歷史\n[编辑]\n很久[2]。\n- 上\n- 下\n又久[3]。\n水文\n[编辑]\n很清。\n"
    manuscript = recover(source)
    assert [b.content.visible() for b in manuscript.blocks] == [
        "甲河很長。",
        "歷史",
        "很久。",
        "上",
        "下",
        "又久。",
        "水文",
        "很清。",
    ]
    assert [n.missing for n in manuscript.notes] == [True, True, True]


def test_baidus_page_as_a_service_reads_it() -> None:
    source = (
        "Title: 甲河_百度百科\n\nURL Source: https://baike.baidu.com/item/A/1\n\nMarkdown Content:\n网页新闻\n登录\n甲河\n播报\n讨论\n"
        "甲河，很长。\n\n目录\n1历史\n2水文\n▪上游\n▪下游\n历史\n播报\n编辑\n很久。\n水文\n播报\n编辑\n很清。\n"
    )
    assert body(source) == "甲河，很长。\n\n# 历史\n\n很久。\n\n# 水文\n\n很清。"
    assert recover(source).fronts[0].title.visible() == "甲河"


def test_an_extract_names_its_sections_between_signs() -> None:
    source = "甲河很長。\n它在城北。\n\n\n== 歷史 ==\n\n\n=== 古代 ===\n古代很清。\n說是：a == b。\n\n\n== 水量 ==\n很多。\n"
    assert detect_form(source, "a.txt") == "wiki-markdown"
    assert (
        body(source)
        == "甲河很長。\n\n它在城北。\n\n# 歷史\n\n## 古代\n\n古代很清。\n\n說是：a == b。\n\n# 水量\n\n很多。"
    )


@pytest.mark.parametrize(
    "source", ["= 甲 =\n\n== 乙\n\n== 丙\n", "# 甲\n\n== 乙 ==\n\n== 丙 ==\n", "甲。\n\n== 乙 ==\n\n丙。\n"]
)
def test_other_lines_with_signs_are_no_extract(source: str) -> None:
    assert detect_form(source, "a.txt") != "wiki-markdown"


def test_a_page_that_wikiextractor_wrote() -> None:
    source = (
        '<doc id="12" url="https://zh.wikipedia.org/wiki?curid=12" title="甲河">\n甲河\n\n甲河很長。\n它在城北。\n\n歷史.\n'
        "古代很清，見Wang et al.\n\n\n</doc>\n"
    )
    assert detect_form(source, "wiki_00") == "wiki-markdown"
    manuscript = recover(source)
    assert manuscript.fronts[0].title.visible() == "甲河"
    assert body(source) == "甲河很長。\n\n它在城北。\n\n# 歷史\n\n古代很清，見Wang et al."


def test_lines_that_lead_elsewhere_without_links_and_a_list_of_abbreviations() -> None:
    source = f"**甲河**很長{CITED.format(1)}。\n\n## 歷史\n\n主条目：甲河史\n\n主条目：一種說法，很長。\n\n{NOTE}\n分类：\n\n  * 河\n\n\n  *[查]: 查看该模板\n  *[论]: 讨论\n"
    assert body(source) == "**甲河**很長[^1]。\n\n# 歷史\n\n主条目：一種說法，很長。\n\n[^1]: 見《河志》"


def test_an_item_that_explains_a_word_in_brackets_stays() -> None:
    assert "查" in body(f"**甲河**很長{CITED.format(1)}。\n\n  *[查]: 一說。\n\n乙。\n\n{NOTE}")


def test_the_buttons_of_a_sites_page() -> None:
    link = "河"
    source = (
        f"# 甲河\n\n播报编辑讨论上传视频\n\n城北的河\n\n收藏\n\n查看我的收藏\n\n0有用+1\n\n12\n\n甲河是{link} [1]。收藏很多 [2]。\n\n"
        f"## 收藏\n\n乙{link}，{link} [3]。\n\n参考资料\n\n1.  《河志》[引用日期2015-03-04]\n\n2.  同上\n\n3.  又\n"
    )
    assert body(source).startswith("城北的河\n\n甲河是河[^1]。收藏很多[^2]。\n\n# 收藏\n\n乙河，河[^3]。")


PARSOID = (  # as the wiki's newer parser writes a page, through Pandoc: calls, ways back
    "^[[[\\[]{{#x\n.cite-bracket}}{0}[\\]]{{.cite-bracket}}]{{#b\n.mw-reflink-text}}](./T#cite_note-a-{0}){{#c}}",
    "[[{0} ]{{#d .mw-linkback-text}}](./T#cite_ref-a_1-{0}){{#e}}",
)


def test_calls_and_ways_back_between_attributes() -> None:
    call, back = PARSOID
    two = call.format(1) + call.format(2)[1:] + "^"
    asked = '^[\\[*[來源請求](./W:A "W:A"){rel="b"}*\\]]{style="c: d;"}' + call.format(1)[1:] + "^"
    notes = f"1.  [{back.format(1)}{back.format(2)}]{{.mw-cite-backlink}} [《河志》]{{.reference-text}}\n2.  [↑](./T#cite_ref-2) 同上\n"
    source = f"甲{call.format(1)}^，乙{two}，丙{asked}。\n\n{notes}"
    assert detect_form(source, "a.md") == "wiki-markdown"
    assert body(source) == "甲[^1]，乙[^1][^2]，丙[^1]。\n\n[^1]: 《河志》\n\n[^2]: 同上"


def test_what_only_names_a_note_of_a_wiki_makes_no_page_of_it() -> None:
    assert (
        detect_form(
            "# 甲\n\n見[乙](https://a.org/w#cite_note-1)、[丙](b#cite_note-2)、[丁](c#cite_note-3)。\n",
            "a.md",
        )
        == "markdown"
    )


def test_a_call_cut_behind_the_name_of_its_group() -> None:
    source = "甲[甲\n1]，乙[1]。\n\n  1. **^** 說明\n\n## 參考文獻\n\n  1. **^** 《河志》\n"
    source = source.replace("\n\n  1. **^** 說明", "\n\n## 註釋\n\n  1. **^** 說明")
    assert body(source).startswith("甲[^注1]，乙[^1]。")
