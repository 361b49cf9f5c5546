"""Web pages of a wiki as the tools that clip them write them: the article stays, what the page puts around it goes."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.readers.detect import detect_form
from tests.recovery.wiki_markdown.articles import body, recover

# --- calls and bodies, by tool


CALLS = {
    "pandoc": "^[\\[{0}\\]](#cite_note-{0})^",
    "pandoc without raised text": "^([\\[{0}\\]](#cite_note-{0}))",
    "pandoc with tags": "<sup>[\\[{0}\\]](#cite_note-{0})</sup>",
    "markdownify": "[[{0}]](#cite_note-{0})",
    "turndown": "[\\[{0}\\]](#cite_note-a_b-{0})",
    "trafilatura": " <sup>[\\[{0}\\]](#cite_note-{0})</sup>",
    "html2text": "[{0}]",
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_calls_of_every_tool(call: str) -> None:
    source = (
        f"甲{call.format(1)}乙，{call.format(2)}丙。\n\n1. **[^](#cite_ref-1)** 見《河志》\n2. ^ 見《江志》\n"
    )
    assert body(source) == "甲[^1]乙，[^2]丙。\n\n[^1]: 見《河志》\n\n[^2]: 見《江志》"


@pytest.mark.parametrize(
    "back",
    [
        "**[^](#cite_ref-1)**",
        "**[\\^](#cite_ref-1)**",
        "[**↑**](#cite_ref-1)",
        "**^**",
        "^ [***1.0***](#cite_ref-甲_1-0) [***1.1***](#cite_ref-甲_1-1)",
        "^ [^***1.0***^](#cite_ref-1) [^(***1.1***)](#cite_ref-b)",
        "^ [<sup>***1.0***</sup>](#cite_ref-x_(y)_1-0)",
        "^ _**1.0**_ _**1.1**_",
        "^ ^([**1.0**](#cite_ref-甲_1-0)) ^([**1.1**](#cite_ref-甲_1-1))",
        "^ <sup>***1.0***</sup>",
        "^\n    <sup>[**1.0**](#cite_ref-甲_1-0)</sup>\n    <sup>[**1.1**](#cite_ref-甲_1-1)</sup>",
        "[跳转到：**1.0**](#cite_ref-1) [**1.1**](#cite_ref-1)",
        '<span class="mw-cite-backlink">**[^](#cite_ref-1)**</span>',
        "[**[\\^](#cite_ref-1)**]{.mw-cite-backlink}",
    ],
)
def test_the_way_back_goes(back: str) -> None:
    assert body(f"甲[[1]](#cite_note-1)。\n\n1. {back} 見《河志》，第1.0頁\n").endswith(
        "[^1]: 見《河志》，第1.0頁"
    )


def test_notes_and_sources_under_underlined_headings() -> None:
    source = (
        "甲[[註 1]](#cite_note-a)乙[[1]](#cite_note-1)。\n\n註釋\n--\n\n1. **[^](#cite_ref-a)** 說明\n\n"
        "參考文獻\n----\n\n1. **[^](#cite_ref-1)** 一\n"
    )
    assert body(source) == "甲[^注1]乙[^1]。\n\n[^1]: 一\n\n[^注1]: 說明"


def test_bodies_behind_numbers_in_brackets() -> None:
    source = '甲[1]乙<a href="河" class="wikilink" title="河">河</a>[2]。\n\n[1] 見《河志》\n第3頁。\n\n[2] 見《江志》，\\[1936\\]\n'
    assert body(source) == "甲[^1]乙河[^2]。\n\n[^1]: 見《河志》第3頁。\n\n[^2]: 見《江志》，[1936]"


# --- what the page puts around the article


def test_the_site_its_editor_contents_and_categories_go() -> None:
    source = (
        "# 運河\n\n維基百科，自由的百科全書\n\n**運河**很長。\n\n## 目录\n\n- [1 歷史](#歷史)\n  - [1.1 開鑿](#開鑿)\n- [2 水文](#水文)\n\n"
        '## 歷史\n\n\\[[编辑](/w/index.php?title=A&action=edit&section=1 "编辑章节：歷史")\\]\n\n很久。\n\n'
        '- 甲\n- 乙\n\n[分类](/wiki/Special:Categories "Special:Categories")：\n\n- [河](/wiki/Category:%E6%B2%B3)\n- [江](/wiki/Category:D)\n'
    )
    manuscript = recover(source)
    assert manuscript.fronts[0].title.visible() == "運河"
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。", "歷史", "很久。", "甲", "乙"]
    assert manuscript.findings == ()


def test_the_name_of_the_site_behind_the_title() -> None:
    assert recover("# 運河 - 维基百科，自由的百科全书\n\n很長。\n").fronts[0].title.visible() == "運河"
    twice = recover("運河 - 維基百科，自由的百科全書\n\n運河\n====\n\n很長。\n\n歷史\n--\n\n很久。\n")
    assert twice.fronts[0].title.visible() == "運河"
    assert [b.content.visible() for b in twice.blocks] == ["很長。", "歷史", "很久。"]


def test_a_list_that_is_no_contents_stays() -> None:
    assert body("## 目录\n\n- 河志\n- 江志\n") == "# 目录\n\n- 河志\n- 江志"
    assert body("分類：\n\n- 大河\n- 小河\n\n河有兩種。\n").startswith("分類：\n\n- 大河")


def test_the_divisions_and_attributes_of_pandoc_go() -> None:
    source = (
        '# 運河 {#first .heading}\n\n::::: {#content .text}\n::: note\n[甲]{.a}[乙](b){.c .d\nrel="e"}丙。\n:::\n\n'
        '## 歷史 {#h}\n\n很[久]{lang="en"}。\n:::::\n'
    )
    manuscript = recover(source)
    assert [(b.kind, b.content.visible()) for b in manuscript.blocks] == [
        (BlockKind.PARAGRAPH, "甲乙丙。"),
        (BlockKind.HEADING, "歷史"),
        (BlockKind.PARAGRAPH, "很久。"),
    ]


def test_the_plain_signs_of_pandoc_are_marks() -> None:
    source = '他說："運河\'很長\'--第1--2頁。"他[說](說){.wikilink}："it\'s \\"long\\"..."'
    assert body(source) == '他說：“運河‘很長’–第1–2頁。”他說：“it’s "long"…”'
    assert body('他[說](說){.wikilink}："運河') == '他說："運河'
    assert body('他[說](說){.wikilink}：“運河"很長') == '他說：“運河"很長'


def test_a_table_of_which_only_the_inner_bars_are_drawn() -> None:
    source = "運河  \n---  \n一張圖  \n長度| 1,250千米[1]  \n  \n甲[2]。\n\n1. **^** 一\n2. **^** 二\n"
    assert body(source).startswith(
        "| 運河 |  |\n|---|---|\n| 一張圖 |  |\n| 長度 | 1,250千米[^1] |\n\n甲[^2]。"
    )


def test_a_table_that_pandoc_left_out_is_said() -> None:
    manuscript = recover("甲。\n\n[TABLE]\n\n乙。")
    assert [b.content.visible() for b in manuscript.blocks] == ["甲。", "乙。"]
    assert [f.rule for f in manuscript.findings] == ["L222"]


# --- the form


@pytest.mark.parametrize(
    "source",
    [
        "# 運河\n\n维基百科，自由的百科全书\n\n很長。[1]\n\n## 歷史\n\n[编辑]\n\n很久。\n\n1. **^** 見《河志》\n",
        "# 運河\n\n[江南](江南){.wikilink}的[河](河){.wikilink}，很[長](長){.wikilink}。[^1]\n\n[^1]: 一\n",
        '<a href="江" class="wikilink">江</a>與<a href="河" class="wikilink">河</a>、<a href="海" class="wikilink">海</a>。\n',
    ],
)
def test_a_clipped_page_is_a_wiki_export(source: str) -> None:
    assert detect_form(source, "a.md") == "wiki-markdown"


def test_markdown_that_points_into_an_encyclopedia_is_none() -> None:
    source = "# 運河\n\n見[運河](https://zh.wikipedia.org/wiki/A)與[河](https://zh.wikipedia.org/wiki/B)。[^1]\n\n1. 甲\n\n[^1]: 一\n"
    assert detect_form(source, "a.md") == "markdown"


# --- clippers' heads, calls in HTML, pictures of formulas


HEAD = '---\ntitle: "河 - 维基百科，自由的百科全书"\nsource: "https://zh.wikipedia.org/wiki/河"\nauthor:\n  - "[[王明]]"\ntags:\n  - "clippings"\n---\n'


def test_a_clippers_head_gives_the_title_and_goes() -> None:
    manuscript = recover(HEAD + "**大河**很長。[^1]\n\n[^1]: 一\n")
    assert manuscript.fronts[0].title.text == "河"
    assert body(HEAD + "**大河**很長。[^1]\n\n[^1]: 一\n") == "**大河**很長。[^1]\n\n[^1]: 一"


def test_a_table_right_behind_a_clippers_head_stays() -> None:
    table = "<table><tr><th>長</th><td>5<wbr>里</td></tr><tr><th>寬</th><td>1里</td></tr></table>\n"
    assert body(HEAD + table) == "| 長 | 5里 |\n|---|---|\n| 寬 | 1里 |"


def test_a_rule_and_a_line_of_text_are_no_clippers_head() -> None:
    assert body("---\n\n河很長，title: 船。\n\n---\n") == "河很長，title: 船。"


def test_a_call_in_html_is_one() -> None:
    call = (
        '<sup><a href="https://zh.wikipedia.org/wiki/#cite_note-a-1"><span>[</span>1<span>]</span></a></sup>'
    )
    source = (
        f"<table><tr><th>長</th><td>5里{call}</td></tr><tr><th>寬</th><td>1里</td></tr></table>\n\n[^1]: 一\n"
    )
    assert body(source) == "| 長 | 5里[^1] |\n|---|---|\n| 寬 | 1里 |\n\n[^1]: 一"


@pytest.mark.parametrize(
    "inside, tex",
    [("{\\displaystyle {\\frac {a}{b_{1}}}}", "{\\frac {a}{b_{1}}}"), ("{\\\\textstyle a\\_{1}}", "a_{1}")],
)
def test_a_picture_of_a_formula_is_the_formula(inside: str, tex: str) -> None:
    picture = f"![{inside}](https://wikimedia.org/api/rest_v1/media/math/render/svg/12ab)"
    assert body(f"其中{picture}很大。") == f"其中${tex}$很大。"


def test_the_braces_of_a_formula_end_no_template() -> None:
    assert "{\\\\frac {a}{b}}}" in body("其中{\\displaystyle {\\frac {a}{b}}}很大。")


def test_a_link_that_shows_a_long_number_shows_what_it_leads_to() -> None:
    numbered = recover("見RFC [4918](https://example.org/rfc4918)，又[12](https://example.org/b)。")
    assert [f.rule for f in numbered.findings] == ["L224"]


# --- what other sites' pages put around an article


def edit(words: str = "编辑", more: str = "") -> str:
    return f'[{words}](https://example.org/index.php?title=河&{more}action=edit&section=1 "{words}章节")'


@pytest.mark.parametrize(
    "heading",
    [
        f"水路\\[{edit()}\\]\n------\n",
        "水路[编辑]\n------\n",
        f"## \\[{edit()}\\] 水路\n",
        f"## 水路\n\n\\[{edit(more='ve')} | {edit('编辑源代码')}\\]\n",
        f'## 水路 <span class="b">[</span>{edit()}  <span class="b">|</span>  {edit("编辑源代码")}]\n',
    ],
)
def test_links_to_the_editor_go_wherever_they_stand(heading: str) -> None:
    assert body(f"船。\n\n{heading}\n河很長。") == "船。\n\n# 水路\n\n河很長。"


def test_a_menu_behind_the_article_goes_with_what_names_the_source() -> None:
    source = (
        "# 河\n\n来自甲城Wiki\n\n[跳转到导航](#mw-head) [跳转到搜索](#searchInput)\n\n河很長。\n\n"
        "检索自“[https://example.org/河](https://example.org/河)”\n\n隐藏分类：\n\n"
        "-   [水](/w/Category:%E6%B0%B4)\n\n## 导航菜单\n\n### 个人工具\n\n-   [登录](/w/Special:UserLogin)\n"
    )
    assert body(source) == "河很長。"


@pytest.mark.parametrize(
    "line", ["*Source: [River](https://example.org/River)*", "[Source](https://example.org/River)"]
)
def test_a_last_line_that_names_the_source_goes(line: str) -> None:
    assert body(f"# 河\n\n河很長。[1]\n\n## 注释\n\n1. ^ 一\n\n---\n{line}\n") == "河很長。[^1]\n\n[^1]: 一"


def test_words_about_sources_and_menus_in_a_text_stay() -> None:
    source = "河水取自山中。\n\n船來自甲城，導航菜單很長。\n\n完。"
    assert body(source) == source


@pytest.mark.parametrize("name", ["注釋", "校勘記"])
def test_two_lists_of_notes_are_told_by_where_their_ways_back_lead(name: str) -> None:
    source = (
        "甲[[1]](#cite_note-1)，乙[[校 1]](#cite_note-志-2)，丙[[2]](#cite_note-3)。\n\n## 注\n\n1. [↑](#cite_ref-1) 《河志》\n"
        f"2. [↑](#cite_ref-3) 同上\n\n### {name}\n\n1. [↑](#cite_ref-志_2-0) 一作乙\n"
    )
    assert body(source).startswith("甲[^1]，乙[^注1]，丙[^2]。")
    assert body(source).endswith("[^1]: 《河志》\n\n[^2]: 同上\n\n[^注1]: 一作乙")


def test_without_ways_back_the_list_that_has_all_numbers_is_the_notes() -> None:
    source = "甲[1]，乙[校 1]，丙[2]，丁[3]。\n\n## 注釋\n\n1. ↑ 《河志》\n2. ↑ 同上\n3. ↑ 又同上\n\n### 校勘\n\n1. ↑ 一作乙\n"
    assert body(source) == (
        "甲[^1]，乙[^注1]，丙[^2]，丁[^3]。\n\n[^1]: 《河志》\n\n[^2]: 同上\n\n[^3]: 又同上\n\n[^注1]: 一作乙"
    )


def test_a_heading_whose_words_html2text_cut_from_its_marks() -> None:
    source = (
        "# 橋梁 ##\n\n甲[1]乙。\n\n##\n歷史[[編輯](https://zh.wikipedia.org/w/index.php?title=x&action=edit&section=1)]\n\n"
        "丙。\n\n###\n橋墩與\n\n丁。\n\n## 參考\n\n  1. **^** 見《河志》\n"
    )
    manuscript = recover(source)
    heads = [(b.level, b.content.visible()) for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert heads == [(1, "歷史"), (2, "橋墩與")]
    assert not any(f.rule == "L229" for f in manuscript.findings)


def test_marks_of_a_heading_without_words() -> None:
    assert body("# 橋梁\n\n甲。\n\n##\n\n乙。\n") == "甲。\n\n乙。"


def test_a_table_behind_the_last_note_is_no_part_of_it() -> None:
    table = "  相關條目\n  ----------\n  河志\n"
    source = f"甲[[1]](#cite_note-1)。\n\n1.  **[^](#cite_ref-1)** 見《河志》\n\n{table}"
    found = recover(source)
    assert "".join(b.content.visible() for b in found.notes[0].blocks) == "見《河志》"
    more = source.replace(table, "    又見《江志》。\n")
    assert "又見《江志》。" in "".join(b.content.visible() for b in recover(more).notes[0].blocks)


def test_line_ends_of_html2text_between_words_and_between_an_address_and_its_title() -> None:
    link = '[東海](https://zh.wikipedia.org/wiki/東海\n"東海")'
    assert body(f"**河島** （英語：River\nIsland）是{link}的島，屬{link}。\n").endswith(
        "（英語：River Island）是東海的島，屬東海。"
    )
