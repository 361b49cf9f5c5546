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
from pipeline.recovery.wiki_markdown.variants import VariantKind, read_variant
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
    assert body(source) == "- [河的故事](http://example.org/?a=1&b=2)--王明著\n- 河志"


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


def test_a_bullet_without_text_is_an_indent() -> None:
    assert (
        body("甲：\n\n  -\n\n      -\n        附說一句。\n\n  -\n    又一句。\n")
        == "甲：\n\n附說一句。\n\n又一句。"
    )


def test_addresses_and_links_that_the_export_did_not_know() -> None:
    assert (
        body("見 <http://example.org/a_b> 與\\[//example.org/c 河的 故事\\]。")
        == "見 http://example.org/a_b 與[河的 故事](https://example.org/c)。"
    )


def test_tags_around_the_list_of_notes_go_with_its_section() -> None:
    source = '甲\\[1\\]。\n\n## 參考文獻\n\n<div class="references-small">\n\n<references>\n\n</references>\n\n</div>\n\n1.  一\n'
    assert body(source) == "甲[^1]。\n\n[^1]: 一"


def test_a_table_of_html_with_calls_and_paragraphs() -> None:
    source = (
        '<table>\n<thead>\n<tr class="header">\n<th><p>年</p></th>\n<th><p>船</p></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td><p>1736</p>\n'
        "<p>[1]</p></td>\n<td></td>\n</tr>\n</tbody>\n</table>\n\n甲\\[2\\]。\n\n1.  一\n2.  二\n"
    )
    assert body(source).startswith("| 年 | 船 |\n|---|---|\n| 1736 [^1] |  |\n\n甲[^2]。")


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
    assert codes(manuscript) == ["L223"] * 3
    assert "「" not in manuscript.findings[0].message and "上的石橋。" in manuscript.findings[0].message


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
        "運河很長[^1]。水很深[^2]，很清[^3]。\n\n[^1]: 見《河志》，第3頁\n\n[^2]: [原註闕]{.missing}\n\n[^3]: [同上](http://example.org)第8頁。"
    )


def test_the_space_between_a_call_and_han_text_goes_with_the_call() -> None:
    source = f"河道。\\[1\\] {link('碼頭')}。\\[2\\] The river\\[3\\] is long.\n\n1.  甲\n2.  乙\n3.  丙\n"
    assert body(source).split("\n")[0] == "河道。[^1]碼頭。[^2] The river[^3] is long."


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
        "他說：「、二軍都來了。」",
        "《》一書。",
        "船20艘、96艘、車3輛。",
        "甲、，乙。",
        "他寫道：\n\n後來又走了。",
    ],
)
def test_lost_words_are_findings(source: str) -> None:
    found = [c for c in codes(recover(f"## 一\n\n{source}\n\n## 二\n\n完。")) if c in ("L228", "L229")]
    assert len(found) == 1


@pytest.mark.parametrize(
    "source", ["他寫道：\n\n> 水很清。", "有兩種：\n\n  - 甲\n  - 乙", "甲，乙、丙。「丁」"]
)
def test_whole_texts_have_no_holes(source: str) -> None:
    assert codes(recover(f"## 一\n\n{source}\n\n## 二\n\n完。")) == []


# --- promises


def test_plain_prose_has_an_empty_ledger() -> None:
    assert edits(recover("運河很長。\n\n## 歷史\n\n開於**隋**代。\n")) == []


alphabet = st.sampled_from(
    [
        *"中文，。\n\n \t*_`[]()<>{}#-|$^~\\&;:.123'A=",
        "\n\n",
        '[甲](../Page/乙.md "wikilink")',
        '[x.jpg](https://a/File:x.jpg "fig:x.jpg")',
        "\\]\\]",
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
    assert body(table_with_notes()).count("河長\n\n|") == 1
    assert body(table_with_notes("\n河長\n")).count("\n河長\n") == 1


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
    assert codes(manuscript) == ["L223", "L223"]


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


def test_an_indent_of_wikitext_before_a_quotation_mark() -> None:
    assert body(":「一字一金。」") == "「一字一金。」"


def test_very_many_parts_of_a_line_are_read_one_after_another() -> None:
    assert body("<poem>\n甲\n" * 3000).count("甲") == 3000
    assert body("甲\n\n" + "== 乙 == " * 3000).count("乙") == 3000
