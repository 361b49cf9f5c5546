"""Wiki Markdown becomes the article as a book would have it; what the export lost is said, not restored."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document.manuscript import BlockKind
from pipeline.document.master import write_master
from pipeline.recovery.ledger import edits
from tests.recovery.wiki_markdown.articles import body, link, recover, rules_of

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
    assert rules_of(manuscript) == ["L221"]


def test_a_template_that_is_a_mark_is_that_mark() -> None:
    manuscript = recover("見《河志》{{〈}}水文{{〉}}，{{某}}完。")
    assert [b.content.visible() for b in manuscript.blocks] == ["見《河志》〈水文〉，完。"]
    assert rules_of(manuscript) == ["L221"]


def test_an_item_that_lost_all_words_goes() -> None:
    assert body("  -\n  - .\n  - 甲。\n  - 。\n") == "- 甲。"


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
    assert rules_of(recover("設：\\(x_{1}\\)，\\(y\\)、\\(z\\)。")) == []


def test_addresses_and_links_that_the_export_did_not_know() -> None:
    assert (
        body("見 <http://example.org/a_b> 與\\[//example.org/c 河的 故事\\]。")
        == "見 http://example.org/a_b 與[河的 故事](https://example.org/c)。"
    )
    assert body("見\\[<http://example.org/a,b>, 河的 故事\\]。") == "見[河的 故事](http://example.org/a,b)。"
    source = "  - 見\\[\n    <http://example.org/a>\n    issue 3\\]，[A\n    B](http://example.org/b)"
    assert body(source) == "- 見[issue 3](http://example.org/a)，[A B](http://example.org/b)"


def test_a_quotation_in_tags_is_a_quotation() -> None:
    assert (
        body("他說：\n\n<blockquote>\n\n河水很清。\n\n</blockquote>\n\n後來不清了。")
        == "他說：\n\n> 河水很清。\n\n後來不清了。"
    )


def test_edit_links_go_from_headings_only() -> None:
    assert body("## 歷史\\[編輯\\]\n\n王明\\[編輯\\]\n\n## 水文[編輯](http://a/b)\n\n完。") == (
        "# 歷史\n\n王明[編輯]\n\n# 水文\n\n完。"
    )


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
    found = [c for c in rules_of(recover(f"## 一\n\n{source}\n\n## 二\n\n完。")) if c in ("L228", "L229")]
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
    assert rules_of(recover(f"## 一\n\n{source}\n\n## 二\n\n完。")) == []


# --- links, lists and lines


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


def test_items_that_held_nothing_but_items() -> None:
    source = "  - 甲\n\n  -   - 乙\n      - 丙\n\n  - 丁\n"
    assert body(source) == "- 甲\n  - 乙\n  - 丙\n- 丁"
    assert [f.message for f in recover(source).findings] == [
        "an item of the list has lost all words. Add them."
    ]


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


# --- wikitext


def test_the_tags_of_verse_leave_no_empty_line() -> None:
    assert body("民謠云：\n<poem>\n山尖尖，\n水彎彎。\n</poem>") == "民謠云：\n\n山尖尖，\\\n水彎彎。"


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
