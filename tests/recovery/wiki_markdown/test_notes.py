"""Calls of an article, the list that answers to them, and notes that stand elsewhere."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.document.master import write_master
from pipeline.readers.detect import detect_form
from tests.recovery.wiki_markdown.articles import body, link, recover, rules_of


def test_tags_around_the_list_of_notes_go_with_its_section() -> None:
    source = '甲\\[1\\]。\n\n## 參考文獻\n\n<div class="references-small">\n\n<references>\n\n</references>\n\n</div>\n\n1.  一\n'
    assert body(source) == "甲[^1]。\n\n[^1]: 一"


def test_a_note_whose_citation_broke_goes_and_its_sentence_stays_whole() -> None:
    broken = "<ref> Canal Press\n\n`|publisher = Town`\n`|archiveurl = `<http://a/b>\n\n}}</ref>"
    manuscript = recover(f"## 一\n\n運河（舊河） {broken}是人開的，\\[1\\]很長。\n\n乙。\n\n1.  一\n")
    assert [b.content.visible() for b in manuscript.blocks[1:]] == ["運河（舊河）是人開的，很長。", "乙。"]
    assert rules_of(manuscript) == ["L233"] and "Canal Press" in manuscript.findings[0].message


def test_a_note_that_was_not_converted_is_a_finding() -> None:
    manuscript = recover('運河很長<ref>見《河志》。又<ref name="a" />。')
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長見《河志》。又。"]
    assert rules_of(manuscript) == ["L233", "L233"]


def test_calls_are_bound_to_the_list_at_the_end() -> None:
    source = f"運河很長\\[1\\]。水很深\\[2\\]，很{link('清')}\\[3\\]。\n\n## 參考文獻\n\n1.  見{link('《河志》')}，第3頁\n2.\n3.  [同上](http://example.org)\n    第8頁。\n"
    assert body(source) == (
        "運河很長[^1]。水很深[^2]，很清[^3]。\n\n[^1]: 見《河志》，第3頁\n\n[^2]: [原註闕]{.missing}\n\n[^3]: [同上](http://example.org) 第8頁。"
    )


def test_a_body_of_marks_alone_is_missing() -> None:
    manuscript = recover("甲\\[1\\]乙\\[2\\]丙\\[3\\]。\n\n1.  。\n2.  \\* .\n3.\n    ，第3頁\n")
    assert [(n.label, n.missing) for n in manuscript.notes] == [("1", True), ("2", True), ("3", False)]
    assert rules_of(manuscript) == ["L229", "N10", "N10"]


def test_the_space_between_a_call_and_han_text_goes_with_the_call() -> None:
    source = f"河道。\\[1\\] {link('碼頭')}。\\[2\\] The river\\[3\\] is long.\\[4\\] 3月淤。\n\n1.  甲\n2.  乙\n3.  丙\n4.  丁\n"
    assert body(source).split("\n")[0] == "河道。[^1]碼頭。[^2] The river[^3] is long.[^4]3月淤。"


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


@pytest.mark.parametrize(
    ("items", "texts", "rules"),
    [
        ("1.  一\n3.  三\n4.  四\n", ["一", "", "三", "四"], ["N10"]),  # an item is lost
        ("2.  二\n3.  三\n4.  四\n", ["", "二", "三", "四"], ["N10"]),  # the first
        ("1.  一\n3.  三\n2.  二\n4.  四\n", ["一", "二", "三", "四"], []),
        ("1.  一\n2.  二\n\n又。\n\n3.  三\n4.  四\n", ["一", "二又。", "三", "四"], []),
        ("1.  一\n2.  二\n2.  又\n3.  三\n4.  四\n", ["一", "二 2.  又", "三", "四"], ["N15"]),
    ],
)
def test_one_broken_line_breaks_no_list(items: str, texts: list[str], rules: list[str]) -> None:
    manuscript = recover(f"甲\\[1\\]乙\\[2\\]丙\\[3\\]丁\\[4\\]。\n\n## 參考文獻\n\n{items}")
    assert ["".join(b.content.visible() for b in n.blocks) for n in manuscript.notes] == texts
    assert rules_of(manuscript) == rules


def test_a_heading_ends_a_list_of_notes() -> None:
    manuscript = recover("甲\\[1\\]乙\\[2\\]。\n\n## 註釋\n\n1.  一\n2.  二\n\n## 外部連結\n\n3.  三\n")
    assert [n.label for n in manuscript.notes] == ["1", "2"]
    assert manuscript.blocks[-1].content.visible() == "三"


def test_a_list_without_calls_stays_a_list() -> None:
    assert body("三件事：\n\n1.  第一\n2.  第二\n3.  第三\n") == "三件事：\n\n1. 第一\n2. 第二\n3. 第三"


def test_back_links_of_a_body_go() -> None:
    source = "甲[\\[1\\]](#cite_note-1)乙。\n\n1.  [**^**](#cite_ref-1) 見《河志》\n"
    assert body(source) == "甲[^1]乙。\n\n[^1]: 見《河志》"


def test_a_name_over_the_list_alone_goes_before_other_items() -> None:
    source = "甲\\[1\\]。\n\n## 參考文獻\n\n  - 引用\n\n<!-- end list -->\n\n  - 王明《河志》\n\n1.  一\n"
    assert body(source) == "甲[^1]。\n\n# 參考文獻\n\n- 王明《河志》\n\n[^1]: 一"


def test_names_of_parts_of_the_notes_go_with_them() -> None:
    source = "甲\\[1\\]。\n\n## 註釋與來源\n\n  - 註釋\n\n<!-- end list -->\n\n**參考來源**\n\n## 參考書目\n\n  - 資料\n\n1.  一\n"
    assert body(source) == "甲[^1]。\n\n# 參考書目\n\n- 資料\n\n[^1]: 一"


def test_the_empty_section_of_the_notes_goes_and_another_is_said() -> None:
    manuscript = recover("甲\\[1\\]。\n\n## 參考文獻\n\n## 圖集\n\n## 參見\n\n  - 乙\n\n1.  一\n")
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == ["圖集", "參見"]
    assert rules_of(manuscript) == ["L227"]


def test_a_section_of_notes_goes_also_where_their_list_is_lost() -> None:
    assert body("甲\\[1\\]。\n\n## 注釋\n") == "甲[^1]。\n\n[^1]: [原註闕]{.missing}"


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
    assert rules_of(manuscript) == ["N10"]


def test_a_number_that_stands_again_in_an_export_of_pandocs_is_text() -> None:
    manuscript = recover(
        f"{link('運河')}長\\[1\\]，又寬\\[2\\]，見\\[1\\]。\n\n1.  《河志》。\n2.  《江志》。\n"
    )
    assert "見[1]。" in write_master(manuscript)
    assert rules_of(manuscript) == ["N15"]


def test_one_number_misprinted_costs_no_other_call() -> None:
    calls = "".join(f"句{n}\\[{8 if n == 2 else n}\\]。" for n in range(1, 9))
    manuscript = recover(
        f"{link('運河')}：{calls}\n\n" + "".join(f"{n}.  《河志》卷{n}。\n" for n in range(1, 9))
    )
    assert "句1[^1]。句2[8]。句3[^3]。" in write_master(manuscript)
    assert write_master(manuscript).count("[^") == 7 + 8
    assert rules_of(manuscript) == ["N11", "N15"]


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
    assert rules_of(manuscript) == []
    assert body(BAIKE).split("\n\n[^1]:")[0] == (
        "漱石橋在震澤，萬曆年間始建。[^1]清人題額[^2][^3]，至今清晰。[^1][^4]\n\n# 沿革\n\n咸豐年間毀。[^4][^5][^6]光緒初重修。"
    )
    assert [n.blocks[0].content.visible() for n in manuscript.notes][1] == "《石橋》：212-215"


def test_a_range_of_many_numbers_stays_text() -> None:
    source = BAIKE.replace("[4-6]", "[2-6]")
    assert "毀。 [2-6] 光緒" in body(source)


def test_a_caption_inside_a_table_is_said_once() -> None:
    assert "|\n\n: 河長\n\n" in body(table_with_notes())
    again = body(table_with_notes("\n河長\n"))
    assert again.count("\n河長\n") == 1
    assert ": 河長" not in again
