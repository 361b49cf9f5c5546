"""What stands around the text of a recognised paper: names, titles, heads, engines' marks, levels."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.readers.detect import detect_form
from pipeline.recovery.ledger import edits
from tests.recovery.ocr_markdown.papers import recover, texts

LONG = "運河開通以後，沿岸的市鎮一個接一個地興盛起來，商人在碼頭旁邊修建會館和貨棧"
NOTES = "\n\n<sup>1</sup> 《河志》，第3頁。\n\n<sup>2</sup> 同上。\n"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("王 明 遠", ["王 明 遠"]),
        ("王  明", ["王  明"]),
        ("王 明  李 華", ["王 明", "李 華"]),
        ("王明　李華", ["王明", "李華"]),
    ],
)
def test_names_whose_characters_stand_apart(line: str, names: list[str]) -> None:
    manuscript = recover(
        f"# 河渠考\n\n{line}\n\n## 一、緣起\n\n{LONG}<sup>1</sup>，至今猶盛<sup>2</sup>。{NOTES}"
    )
    assert [a.visible() for a in manuscript.fronts[0].authors] == names


def test_characters_that_are_no_name_stay_text() -> None:
    manuscript = recover(
        f"# 河渠考\n\n天 下 太 平\n\n## 一、緣起\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}"
    )
    assert texts(manuscript)[0] == "天 下 太 平"


def test_a_title_in_another_language_above_the_title() -> None:
    source = f"# ON CANALS\n\n## 河渠考\n\n王明\n\n# 一 緣起\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}\n\n# 二 結語\n\n{LONG}。"
    front = recover(source).fronts[0]
    assert front.title.visible() == "河渠考"
    assert [m.visible() for m in front.masthead] == ["ON CANALS"]


def paper(second: str, third: str) -> str:
    return (
        "第38卷第2期　　水利史學刊　　2014年6月\n\n# 江南河渠考：一條河的歷史\n\n王明\n\n## 一、緣起\n\n"
        f"{LONG}<sup>1</sup>，兩岸的\n\n<sup>1</sup> 《河志》，第3頁。\n\n{second}\n\n居民日多。{LONG}<sup>2</sup>，以至於\n\n"
        f"<sup>2</sup> 同上。\n\n{third}\n\n今日。\n"
    )


@pytest.mark.parametrize("number", ["7", "- 7 -", "**7**", "7/24", "第7頁", '<div align="right">7</div>'])
def test_a_page_number_inside_a_sentence_goes_though_it_stands_once(number: str) -> None:
    source = paper(number, "").replace("\n\n\n\n", "\n\n")
    assert texts(recover(source)) == ["一、緣起", f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"]


def test_a_number_between_whole_sentences_stays() -> None:
    source = paper("2", "").replace("兩岸的\n", "兩岸的居民日多。\n").replace("\n\n居民日多。", "\n\n")
    assert "2" in texts(recover(source))


@pytest.mark.parametrize("head", ["# 江南河渠考：一條河的歷史", "水利叢刊 No. 12", "水利叢刊 No. 12　7"])
def test_heads_below_the_name_of_a_series(head: str) -> None:
    """The title as a heading, and the series with the number that its masthead tells below the name."""
    masthead = "# 水利叢刊\n\nNo. 12\n\n2014年6月5日\n\n#"
    source = masthead + paper(head, "").split("\n\n", 1)[1].replace("\n\n\n\n", "\n\n")
    manuscript = recover(source)
    assert texts(manuscript)[-1] == f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"
    assert [e.before for e in edits(manuscript) if e.rule in ("L113", "L114")] == [head]


def test_heads_that_say_the_title_or_the_journal_go_though_they_stand_once() -> None:
    manuscript = recover(paper("水利史學刊　2014年第2期", "江南河渠考"))
    assert texts(manuscript) == ["一、緣起", f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"]
    assert [e.before for e in edits(manuscript) if e.rule == "L114"] == [
        "水利史學刊　2014年第2期",
        "江南河渠考",
    ]


@pytest.mark.parametrize("head", ["渡口資料", "江南河渠考：一條河的歷史", "一條河的歷史——以運河為例"])
def test_heads_that_say_some_of_the_masthead_or_title(head: str) -> None:
    source = paper(head, "江南河渠考").replace(
        "# 江南河渠考：一條河的歷史", "渡口資料\n\n# 江南河渠考：一條河的歷史——以運河為例"
    )
    assert texts(recover(source)) == ["一、緣起", f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"]


def test_a_heading_that_a_list_of_contents_names_is_no_head() -> None:
    source = paper("二、河的兩岸", "江南河渠考").replace("# 江南河渠考", "二、河的兩岸\n\n# 江南河渠考")
    assert "二、河的兩岸" in "".join(texts(recover(source)))


def test_other_lines_at_a_pages_edge_are_text() -> None:
    kept = "".join(texts(recover(paper("另見學刊所載，2014年第2期", "渠考"))))
    assert "另見學刊所載，2014年第2期" in kept
    assert "渠考" in kept


def test_a_journal_with_its_issue_alone_on_a_line_at_a_pages_edge_is_a_head() -> None:
    manuscript = recover(paper("民俗與社會 2011年第3期", "2011年第3期　民俗與社會"))
    assert texts(manuscript) == ["一、緣起", f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"]


@pytest.mark.parametrize("name", ["高橋由美子", "小野寺史郎", "王明"])
def test_a_name_that_stands_where_an_author_stands(name: str) -> None:
    manuscript = recover(
        f"# 河渠考\n\n{name}\n\n某大學東洋史學科\n\n摘要：{LONG}。\n\n## 一\n\n甲<sup>1</sup>，乙<sup>2</sup>。{NOTES}"
    )
    front = manuscript.fronts[0]
    assert [a.visible() for a in front.authors] == [name]
    assert [a.visible() for a in front.affiliation] == ["某大學東洋史學科"]


@pytest.mark.parametrize(
    "line", ["某大學 全以敏<sup>1</sup>", "全以敏<sup>1</sup>", "全以敏<sup>1</sup> 某大學"]
)
def test_a_name_that_calls_a_note_below_the_title_needs_no_known_surname(line: str) -> None:
    foot = "---\n\n<sup>1</sup> 副教授。\n\n<sup>2</sup> 《河志》，第3頁。"
    manuscript = recover(
        f"## 河渠考\n\n{line}\n\n{LONG}。<sup>2</sup>\n\n{foot}\n\n### 一、緣起\n\n{LONG}。\n"
    )
    assert [a.visible() for a in manuscript.fronts[0].authors] == ["全以敏"]
    assert texts(manuscript) == [f"{LONG}。", "一、緣起", f"{LONG}。"]


@pytest.mark.parametrize("line", ["某大學 全以敏", "引言<sup>1</sup>"])
def test_other_words_below_the_title_are_no_names(line: str) -> None:
    source = f"## 河渠考\n\n{line}\n\n{LONG}。<sup>2</sup>\n\n---\n\n<sup>1</sup> 見下。\n\n<sup>2</sup> 《河志》，第3頁。\n"
    assert not [a for front in recover(source).fronts for a in front.authors]


def test_marks_of_place_and_page_that_an_engine_left() -> None:
    box = "<|ref|>text<|/ref|><|det|>[[100, 220, 900, 600]]<|/det|>"
    source = (
        f"<|ref|>title<|/ref|><|det|>[[1, 2, 3, 4]]<|/det|>\n# 河渠考\n\n{box}\n王明\n\n{box}\n{LONG}<sup>1</sup>，兩岸的\n\n"
        f"{box}\n<sup>1</sup> 《河志》。\n\n<--- Page Split --->\n{box}\n居民日多<sup>2</sup>。\n\n{box}\n<sup>2</sup> 同上。\n"
    )
    manuscript = recover(source)
    assert texts(manuscript) == [f"{LONG}，兩岸的居民日多。"]
    assert [a.visible() for a in manuscript.fronts[0].authors] == ["王明"]


def test_levels_that_contradict_the_numbers_give_way_to_them() -> None:
    source = f"# 河渠考\n\n王明\n\n# 一、甲\n\n# 1．子\n\n{LONG}<sup>1</sup>。\n\n## 2．丑\n\n{LONG}<sup>2</sup>。{NOTES}\n\n# 二、乙\n\n{LONG}。"
    levels = [(b.content.visible(), b.level) for b in recover(source).blocks if b.kind is BlockKind.HEADING]
    assert levels == [("一、甲", 1), ("1．子", 2), ("2．丑", 2), ("二、乙", 1)]


def test_levels_that_agree_with_the_numbers_stay() -> None:
    source = f"# 河渠考\n\n王明\n\n## 一、甲\n\n### 1．子\n\n{LONG}<sup>1</sup>。\n\n## 附\n\n{LONG}<sup>2</sup>。{NOTES}"
    levels = [(b.content.visible(), b.level) for b in recover(source).blocks if b.kind is BlockKind.HEADING]
    assert levels == [("一、甲", 1), ("1．子", 2), ("附", 1)]


def test_a_body_that_a_blank_line_cut_goes_on_before_the_next_one() -> None:
    source = (
        f"# 河渠考\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。\n\n<sup>1</sup> Smith, *Rivers*, Cambridge: Cambridge Univer-\n\n"
        "sity Press, 1970, p. 41.\n\n<sup>2</sup> 同上。\n"
    )
    first = recover(source).notes[0]
    assert (
        first.blocks[0].content.visible()
        == "Smith, Rivers, Cambridge: Cambridge University Press, 1970, p. 41."
    )


def test_no_space_stands_behind_a_comma_in_prose() -> None:
    source = f"# 河渠考\n\n駝倌十四人、領房一人、騎馬先生二人， 以及狗八至十條。茶磚每箱裝二十四塊，每駝馱四箱<sup>1</sup>，至今<sup>2</sup>。{NOTES}"
    assert "二人，以及狗" in texts(recover(source))[0]


def test_a_star_on_the_author_without_a_rule_above_its_note() -> None:
    source = (
        f"# 河渠考\n\n孫 大 偉*\n\n## 一、緣起\n\n{LONG}<sup>1</sup>，兩岸的\n\n\\* 某大學博士候選人\n\n"
        f"<sup>1</sup> 《河志》。\n\n居民日多<sup>2</sup>。\n\n<sup>2</sup> 同上。\n"
    )
    manuscript = recover(source)
    bodies = {n.label: n.blocks[0].content.visible() for n in manuscript.notes}
    assert bodies == {"*": "某大學博士候選人", "1": "《河志》。", "2": "同上。"}
    assert texts(manuscript)[-1] == f"{LONG}，兩岸的居民日多。"


def test_the_cover_of_a_thesis() -> None:
    source = (
        "**某師範大學**\n\n**碩士學位論文**\n\n# 河渠考\n\n**研究生：** 田 野\n\n**指導教師：** 周明 教授\n\n二〇一九年五月\n\n"
        f"## 摘　要\n\n{LONG}。\n\n**關鍵詞：** 運河；市鎮\n\n# 緒論\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}"
    )
    front = recover(source).fronts[0]
    assert [a.visible() for a in front.authors] == ["田 野"]
    assert [m.visible() for m in front.masthead][-2:] == ["指導教師： 周明 教授", "二〇一九年五月"]
    assert [k.visible() for k in front.keywords] == ["運河", "市鎮"]


def test_page_numbers_that_look_like_list_items() -> None:
    pages = "".join(
        f"{LONG}<sup>{n}</sup>，{n}事的\n\n<sup>{n}</sup> 《河志》，第{n}頁。\n\n- {n} -\n\n"
        for n in (1, 2, 3)
    )
    manuscript = recover(f"# 河渠考\n\n{pages}而已。\n")
    assert [e.before for e in edits(manuscript) if e.rule == "L113"] == ["- ", " -"] * 3
    assert "1事的運河" in texts(manuscript)[0]


def test_a_list_that_looks_like_page_numbers_at_no_edge_stays() -> None:
    source = f"# 河渠考\n\n{LONG}<sup>1</sup>：\n\n- 1 -\n\n{LONG}<sup>2</sup>。{NOTES}"
    assert any("1 -" in t for t in texts(recover(source)))


def test_comments_of_pages_tell_the_form_and_the_pages() -> None:
    source = (
        '<!-- PageHeader="史學集刊　第12輯" -->\n\n# 河渠考\n\n<!-- PageNumber="201" -->\n\n'
        + f"{LONG}。①兩岸的\n\n① 《河志》。\n\n"
        '<!-- PageBreak -->\n\n<!-- PageNumber="202" -->\n\n' + "居民日多。①\n\n① 《江志》。\n"
    )
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source)
    assert texts(manuscript) == [f"{LONG}。兩岸的居民日多。"]
    assert [p for _, p in manuscript.pages] == ["201", "202"]


def test_the_rest_of_a_note_at_the_foot_of_a_page_without_a_rule() -> None:
    source = (
        f"# 河渠考\n\n{LONG}<sup>1</sup>，甲事的\n\n---\n\n<sup>1</sup> 某書，第3頁。關於\n\n後事<sup>2</sup>。{LONG}，電報的費用，\n\n"
        f"這份報告，參見《河志》。\n\n<sup>2</sup> 同上。\n\n由公司負擔<sup>3</sup>。\n\n<sup>3</sup> 又同上。\n\n{LONG}<sup>4</sup>。\n\n<sup>4</sup> 同上。\n"
    )
    manuscript = recover(source)
    assert manuscript.notes[0].blocks[0].content.visible() == "某書，第3頁。關於這份報告，參見《河志》。"
    assert any(t.endswith("電報的費用，由公司負擔。") for t in texts(manuscript))


def test_a_call_that_a_space_parts_from_the_name() -> None:
    source = f"# 河渠考\n\n某某社會科學院 鄭 懷 遠 <sup>1</sup>\n\n## 一、緣起\n\n{LONG}<sup>2</sup>。{NOTES}"
    front = recover(source).fronts[0]
    assert [a.visible() for a in front.affiliation] == ["某某社會科學院"]
    assert front.authors[0].text.startswith("鄭 懷 遠")


def test_two_page_numbers_between_dots_are_enough_where_notes_stand_above_them() -> None:
    source = (
        f"# 河渠考\n\n{LONG}。①\n\n① 《河志》，第3頁。\n\n· 146 ·\n\n{LONG}。①沿岸的\n\n① 《江志》，第5頁。\n\n· 147 ·\n\n居民日多。①\n\n"
        "① 同上。\n"
    )
    manuscript = recover(source)
    assert texts(manuscript) == [f"{LONG}。", f"{LONG}。沿岸的居民日多。"]
    assert [p for _, p in manuscript.pages] == ["146", "147"]


def test_numbers_between_dashes_that_part_an_essay_stay() -> None:
    source = f"# 河渠考\n\n— 1 —\n\n{LONG}<sup>1</sup>。\n\n— 2 —\n\n{LONG}<sup>2</sup>。{NOTES}"
    assert "— 2 —" in texts(recover(source))


@pytest.mark.parametrize("foot", ["\n\n- 77 -", "\n\n---"])
def test_the_rest_of_a_note_behind_a_blank_line_at_the_foot_of_its_page(foot: str) -> None:
    pages = "".join(
        f"{LONG}<sup>{n}</sup>，其{n}。\n\n<sup>{n}</sup> 《河志》，第{n}頁。{foot.replace('77', str(76 + n))}\n\n"
        for n in (2, 3, 4)
    )
    first = f"{LONG}<sup>1</sup>，麻布一丈、\n\n<sup>1</sup> 《報告》，頁9，恐係包括崗房、\n\n魚洞二寨。{foot.replace('77', '77')}\n\n漆油四兩。\n\n"
    manuscript = recover(f"# 河渠考\n\n{first}{pages}")
    assert manuscript.notes[0].blocks[0].content.visible() == "《報告》，頁9，恐係包括崗房、魚洞二寨。"
    assert texts(manuscript)[0].endswith("麻布一丈、漆油四兩。")


def test_a_source_of_a_table_is_no_rest_of_a_note() -> None:
    source = (
        f"# 河渠考\n\n{LONG}<sup>1</sup>，至今。\n\n<sup>1</sup> 《報告》，恐係包括崗房、\n\n乙<sup>2</sup>。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n"
        "資料來源：同註2。\n\n<sup>2</sup> 同上。\n"
    )
    assert "資料來源：同註2。" in texts(recover(source))


def test_bodies_numbered_with_a_wide_stop_and_no_space() -> None:
    source = f"# 河渠考\n\n{LONG}$^{{1}}$，至今$^{{2}}$。\n\n1．张元济：《跋》，第1078页。\n2．同上。\n\n其中：\n\n1．甲；\n2．乙。\n"
    manuscript = recover(source)
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        "张元济：《跋》，第1078页。",
        "同上。",
    ]
    assert texts(manuscript)[-2:] == ["1．甲；", "2．乙。"]


def test_headings_that_an_engine_marked_nowhere() -> None:
    source = (
        f"## 河渠考\n\n王明\n\n一、緣起\n\n{LONG}<sup>1</sup>。\n\n二、沿革\n\n{LONG}<sup>2</sup>。{NOTES}"
    )
    kinds = [(b.kind, b.content.visible()) for b in recover(source).blocks]
    assert kinds[0] == (BlockKind.HEADING, "一、緣起")
    assert kinds[2] == (BlockKind.HEADING, "二、沿革")


def test_a_single_numbered_line_or_a_list_is_no_heading() -> None:
    source = f"## 河渠考\n\n王明\n\n{LONG}<sup>1</sup>：\n\n一、緣起\n\n二、沿革\n\n三、結語\n\n{LONG}<sup>2</sup>。{NOTES}"
    assert all(b.kind is not BlockKind.HEADING for b in recover(source).blocks)
    assert all(
        b.kind is not BlockKind.HEADING
        for b in recover(
            f"## 河渠考\n\n王明\n\n一、緣起\n\n{LONG}<sup>1</sup>。\n\n{LONG}<sup>2</sup>。{NOTES}"
        ).blocks
    )


def test_a_name_in_latin_letters_behind_a_chinese_one() -> None:
    source = (
        f"# 河渠考\n\n黃蕙如、Thomas Reid\n\n## 一、緣起\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}"
    )
    assert [a.visible() for a in recover(source).fronts[0].authors] == ["黃蕙如", "Thomas Reid"]


def test_parts_below_headings_that_an_engine_marked_nowhere() -> None:
    source = f"## 河渠考\n\n王明\n\n一、緣起\n\n（一）水源\n\n{LONG}<sup>1</sup>。\n\n（二）河道\n\n{LONG}。\n\n二、沿革\n\n{LONG}<sup>2</sup>。{NOTES}"
    levels = [(b.content.visible(), b.level) for b in recover(source).blocks if b.kind is BlockKind.HEADING]
    assert levels == [("一、緣起", 1), ("（一）水源", 2), ("（二）河道", 2), ("二、沿革", 1)]


def test_headers_and_footers_between_tags() -> None:
    source = (
        f"<page_header>史學集刊　第十九期</page_header>\n\n# 河渠考\n\n# 高 俊 宏\n\n# 摘　要\n\n{LONG}。\n\n# 一、緣起\n\n{LONG}$^{{1}}$，又$^{{2}}$，沿岸的\n\n"
        "<page_footer>\n\n1 《河志》，頁3。\n\n</page_footer>\n\n居民日多。\n\n<page_footer>\n\n2 《江志》，頁5。\n\n</page_footer>\n"
    )
    manuscript = recover(source)
    assert [a.visible() for a in manuscript.fronts[0].authors] == ["高 俊 宏"]
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == ["《河志》，頁3。", "《江志》，頁5。"]
    assert texts(manuscript) == ["一、緣起", f"{LONG}，又，沿岸的居民日多。"]


def test_the_tags_of_headers_and_footers_may_say_how_they_look() -> None:
    tags = "<header id='9' style='font-size:16px'>河渠學刊</header>\n\n{}\n\n<footer id='12'>33</footer>\n\n"
    source = f"# 河渠考\n\n王明\n\n{tags.format(LONG + '，沿岸的')}{tags.format('居民日多<sup>1</sup>。')}<sup>1</sup> 見縣志。\n"
    assert texts(recover(source)) == [f"{LONG}，沿岸的居民日多。"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("河渠考　一條河", "head"),
        ("· {n} ·　江南的市鎮", "head"),
        ("江南的市鎮", "text"),
    ],
    ids=["the title", "with its number between points", "another line"],
)
def test_a_line_that_says_the_title_twice_at_pages_edges_is_a_head(head: str, kind: str) -> None:
    page = f"{LONG}<sup>{{n}}</sup>，其{{n}}。\n\n<sup>{{n}}</sup> 《河志》，第{{n}}頁。\n\n"
    pages = "".join((head + "\n\n" if n > 1 else "") + page.replace("{n}", str(n)) for n in (1, 2, 3))
    if "·" in head:
        pages = "".join(f"{head}\n\n{page}".replace("{n}", str(n)) for n in (1, 2, 3, 4))
    shown = texts(recover(f"# 河渠考　一條河\n\n王明\n\n{pages}"))
    said = [text for text in shown if text.endswith(("一條河", "市鎮"))]
    assert bool(said) is (kind == "text")


def test_a_head_that_names_issue_author_and_title() -> None:
    manuscript = recover(paper("第3期　　　王明：江南河渠考：一條河的歷史", "江南河渠考"))
    assert texts(manuscript) == ["一、緣起", f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"]


@pytest.mark.parametrize(
    "even", ["{n} 王明 河渠考：市鎮的興起", "{n}　河渠考：市鎮的興起", "河渠考：市鎮的興起 {n}"]
)
def test_a_title_with_a_rising_page_number_is_a_head_wherever_it_stands(even: str) -> None:
    pages = "".join(f"{even.format(n=n)}\n\n{LONG}。\n\n" for n in (156, 158, 160))
    manuscript = recover(f"# 河渠考：市鎮的興起\n\n王明\n\n{LONG}。\n\n{pages}{LONG}<sup>1</sup>。{NOTES}")
    assert set(texts(manuscript)) == {LONG + "。"}


@pytest.mark.parametrize(("first", "gone"), [(155, True), (1, False), (1955, False)])
def test_numbers_alone_that_count_on_are_pages_where_no_section_begins_so(first: int, gone: bool) -> None:
    pages = "".join(f"{LONG}。\n\n{n}\n\n## 第{n}節\n\n" for n in range(first, first + 5))
    manuscript = recover(f"# 河渠考\n\n{pages}{LONG}<sup>1</sup>。{NOTES}")
    assert (str(first + 1) not in texts(manuscript)) is gone


def levels(manuscript: Manuscript) -> list[tuple[int, str]]:
    return [(b.level, b.content.visible()) for b in manuscript.blocks if b.kind is BlockKind.HEADING]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["引言", "一、緣起", "（一）開河", "結語"], [1, 1, 2, 1]),
        (["1 問題", "1.1 文獻", "2 方法"], [1, 2, 1]),
        (["壹、緣起", "貳、興起"], [1, 1]),
    ],
)
def test_lines_in_bold_are_headings_where_the_engine_marked_no_other(
    lines: list[str], expected: list[int]
) -> None:
    body = "".join(f"**{line}**\n\n{LONG}。\n\n" for line in lines)
    manuscript = recover(f"# 河渠考\n\n{body}{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}")
    assert levels(manuscript) == list(zip(expected, lines, strict=True))
    assert "**" not in "".join(p.text for b in manuscript.blocks for p in b.content.pieces)


@pytest.mark.parametrize(
    "lines", [["緣起", "興起"], ["一、緣起。", "二、興起。"], ["表1 船數", "圖2 河道"], ["一、緣起"]]
)
def test_lines_in_bold_that_no_heading_says_stay_text(lines: list[str]) -> None:
    body = "".join(f"**{line}**\n\n{LONG}。\n\n" for line in lines)
    assert levels(recover(f"# 河渠考\n\n{body}{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}")) == []


def test_a_title_all_in_bold_is_a_title_by_itself() -> None:
    manuscript = recover(f"# **運河*碼頭*考**\n\n**王明**\n\n## 一、開通\n\n{LONG}。{NOTES}")
    front = manuscript.fronts[0]
    assert "**" not in front.title.text
    assert front.title.visible() == "運河碼頭考"
    assert ["".join(t.text) for t in front.authors] == ["王明"]


def test_a_heading_all_in_bold_is_a_heading_by_itself() -> None:
    manuscript = recover(
        f"# **河渠考**\n\n## **一、緣起**\n\n{LONG}。\n\n## 二、**興**起\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。{NOTES}"
    )
    assert [
        "".join(p.text for p in b.content.pieces) for b in manuscript.blocks if b.kind is BlockKind.HEADING
    ] == [
        "一、緣起",
        "二、**興**起",
    ]


def test_numbers_between_signs_are_pages_though_some_are_lost() -> None:
    pages = "".join(f"{LONG}。\n\n· {n} ·\n\n## 第{n}節\n\n" for n in (7, 9, 16))
    manuscript = recover(f"# 河渠考\n\n{pages}{LONG}。")
    assert not any("·" in text for text in texts(manuscript))


SHEET = "---\nprimary_language: zh\nis_rotation_valid: True\nrotation_correction: 0\nis_table: False\nis_diagram: False\n---\n"


def test_what_an_engine_says_of_each_sheet_is_no_text() -> None:
    source = f"{SHEET}# 河渠考\n\n王明\n\n{LONG}\n\n{SHEET}，至今猶盛。\n"
    assert detect_form(source, "a.md") == "ocr-markdown"
    manuscript = recover(source)
    assert texts(manuscript) == [LONG + "，至今猶盛。"]
    assert [a.visible() for a in manuscript.fronts[0].authors] == ["王明"]


def test_a_head_may_name_the_authors_before_the_title() -> None:
    source = f"# 運河沿岸的市鎮與商人\n\n王明　李文\n\n{LONG}\n\n王明　李文：運河沿岸的市鎮與商人\n\n，市鎮於是有了自己的樣子。{NOTES}"
    manuscript = recover(source)
    assert [e.rule for e in edits(manuscript) if "王明　李文：" in e.before] == ["L114"]
    assert texts(manuscript)[0] == LONG + "，市鎮於是有了自己的樣子。"


@pytest.mark.parametrize(
    ("lines", "is_heading"),
    [
        (["河邊的聲音", "碼頭的分配", "在船歌之間"], True),
        (["王明遠", "李文", "王明遠"], False),
    ],
    ids=["headings", "speakers"],
)
def test_lines_in_bold_over_sections_are_headings_without_numbers(lines: list[str], is_heading: bool) -> None:
    body = "".join(f"**{line}**\n\n{LONG}。{LONG}。\n\n{LONG}。{LONG}。\n\n" for line in lines)
    manuscript = recover(f"# 河渠考\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。\n\n{body}{NOTES}")
    assert levels(manuscript) == ([(1, line) for line in lines] if is_heading else [])


@pytest.mark.parametrize("dress", ["－ {} －", "－{}－"])
def test_page_numbers_between_full_width_dashes(dress: str) -> None:
    pages = "".join(f"{LONG}，{LONG}\n\n{dress.format(n)}\n\n" for n in range(4, 8))
    manuscript = recover(f"# 河渠考\n\n{pages}{NOTES}")
    assert [number for _, number in manuscript.pages] == ["4", "5", "6", "7"]
    assert "－" not in "".join(texts(manuscript))


@pytest.mark.parametrize("rule", ["<hr>", "<hr/>", "<hr />"])
def test_a_rule_in_html_is_a_rule(rule: str) -> None:
    manuscript = recover(f"# 河渠考\n\n{LONG}<sup>1</sup>和<sup>2</sup>\n\n{rule}\n{NOTES}\n{rule}\n\n貨棧。")
    assert texts(manuscript) == [f"{LONG}和貨棧。"]


def test_a_journal_s_collection_at_a_page_s_edge_is_a_head() -> None:
    manuscript = recover(f"# 河渠考\n\n{LONG}\n\n河渠集刊　2016年第2輯\n\n，市鎮於是有了自己的樣子。{NOTES}")
    assert texts(manuscript)[0] == LONG + "，市鎮於是有了自己的樣子。"


@pytest.mark.parametrize(
    "line",
    [
        "**3.2　結果**",
        "**引言**",
        "**河邊的聲音**",
        "S = a + bT",
        "船戶唱了兩天便改了.⁷",
        "船戶唱,後來改了",
        "船戶改行做了腳夫.<sup>3</sup>",
    ],
)
def test_a_short_line_beside_a_page_number_that_no_other_says_is_no_head(line: str) -> None:
    pages = "".join(f"{LONG}，{LONG}\n\n- {n} -\n\n" for n in range(41, 44))
    manuscript = recover(f"# 河渠考\n\n{pages}{line}\n\n{LONG}。{NOTES}")
    bare = line.replace("*", "").split("<")[0]
    assert any(bare in text for text in ("\n".join(texts(manuscript)), *texts(manuscript)))
    assert not [e for e in edits(manuscript) if e.rule == "L114"]


@pytest.mark.parametrize(
    "dress", ["页码：{}", "第{}页 共20页", "第 {} 頁，共 20 頁", "{}/20", "{} / 20", "Page {} of 20"]
)
def test_page_numbers_that_tell_how_many_there_are(dress: str) -> None:
    pages = "".join(f"{LONG}，{LONG}\n\n{dress.format(n)}\n\n" for n in range(4, 8))
    manuscript = recover(f"# 河渠考\n\n{pages}{NOTES}")
    assert [number for _, number in manuscript.pages] == ["4", "5", "6", "7"]
    assert "20" not in "".join(texts(manuscript))


def test_a_line_all_in_bold_goes_on_with_no_sentence() -> None:
    manuscript = recover(f"# 河渠考\n\n{LONG}\n\n**河邊的聲音**\n\n{LONG}。{NOTES}")
    assert texts(manuscript) == [LONG, "河邊的聲音", LONG + "。"]


def test_an_issue_of_the_masthead_is_a_head_where_a_page_s_edge_says_it_again() -> None:
    issue = "第41期，2014年12月，頁33-72"
    page = f"{LONG}。<sup>1</sup>\n\n<sup>1</sup> 《河志》。\n\n---\n\n"
    source = f"河渠學刊\n\n{issue}\n\n# 運河碼頭考\n\n{page}{issue}\n\n{page}"
    assert issue not in texts(recover(source))
    other = issue.replace("41", "42")
    assert other in texts(recover(source.replace(f"\n{issue}\n\n{LONG}", f"\n{other}\n\n{LONG}")))


@pytest.mark.parametrize("anchor", ["[]{#bookmark3 .anchor}", '<span id="page-0-1"></span>'])
def test_anchors_before_a_heading_are_no_part_of_it(anchor: str) -> None:
    manuscript = recover(f"# {anchor}運河碼頭考\n\n## {anchor}一、開通\n\n{LONG}。{NOTES}")
    assert manuscript.fronts[0].title.visible() == "運河碼頭考"
    assert texts(manuscript)[0] == "一、開通"


def test_three_numbers_beside_heads_are_pages() -> None:
    pages = "".join(
        f"{head}\n\n{n}\n\n{LONG}。{n}\n\n{n} 《河志》。\n\n"
        for n, head in enumerate(("2015年第4期", "運河碼頭考", "2015年第4期"), 4)
    )
    manuscript = recover(f"2015年第4期\n\n# 運河碼頭考\n\n{LONG}。3\n\n3 《河志》。\n\n{pages}")
    assert [number for _, number in manuscript.pages] == ["4", "5", "6"]
    assert [t for t in texts(manuscript) if len(t) < 9] == []


@pytest.mark.parametrize("head", ["河渠學刊　第{n}頁", "第{n}页 河渠學刊"])
def test_heads_that_name_their_page(head: str) -> None:
    pages = [f"{LONG}<sup>{n}</sup>，其{n}。\n\n<sup>{n}</sup> 《河志》，第{n}頁。" for n in range(1, 5)]
    source = pages[0] + "".join(
        f"\n\n---\n\n{head.format(n=30 + n)}\n\n{page}" for n, page in enumerate(pages[1:])
    )
    manuscript = recover(f"# 河渠考\n\n{source}\n")
    assert not any("學刊" in b.content.visible() for b in manuscript.blocks)


def test_a_head_beside_page_numbers_is_one_though_it_comes_twice_only() -> None:
    pages = [f"{LONG}<sup>{n}</sup>，其{n}。\n\n<sup>{n}</sup> 《河志》，第{n}頁。" for n in range(1, 5)]
    heads = ["", "河渠學刊\n\n", "", "河渠學刊\n\n"]
    source = "".join(
        f"{head}{page}\n\n{n + 32}\n\n" for n, (head, page) in enumerate(zip(heads, pages, strict=True))
    )
    shown = [b.content.visible() for b in recover(f"# 河渠考\n\n{source}").blocks]
    assert len(shown) == 4 and "河渠學刊" not in shown


@pytest.mark.parametrize("between", ["", "<!-- PAGE BREAK -->\n\n"])
def test_the_chapter_above_the_title_is_a_head_where_it_comes_again_beside_a_page_number(
    between: str,
) -> None:
    pages = [
        f"{LONG}<sup>{n}</sup>，其{n}。\n\n<sup>{n}</sup> 《河志》，第{n}頁。\n\n{n + 32}\n\n{between}"
        for n in range(1, 5)
    ]
    source = "第三章\n\n# 河渠考\n\n" + pages[0] + "第三章\n\n" + pages[1] + pages[2] + pages[3]
    shown = recover(source)
    assert "第三章" not in [b.content.visible() for b in shown.blocks]
    assert shown.fronts[0].masthead or "第三章" in source[:3]


def test_a_section_that_another_chapter_has_too_is_no_head() -> None:
    chapters = [
        f"## 第{n}節　河渠\n\n### 一、經費與人事\n\n{LONG}。\n\n=== 第 {k} 頁 ==="
        for n, k in (("一", 3), ("二", 4))
    ]
    source = chapters[0] + "\n\n" + chapters[1].replace("### 一", "=== 第 5 頁 ===\n\n### 一")
    kinds = [
        b.content.visible() for b in recover(f"# 河渠考\n\n{source}\n").blocks if b.kind is BlockKind.HEADING
    ]
    assert kinds.count("一、經費與人事") == 2


@pytest.mark.parametrize(
    ("name", "place"), [("王明", "（海東大學 歷史學系）"), ("宓明遠", "（海東大學文學院，海東 100190）")]
)
def test_latex_s_abstract_and_authors(name: str, place: str) -> None:
    names = f"\\author{{\n{name}${{ }}^{{*}}$ \\\\ {place}\n}}"
    source = f"\\title{{\n河渠考\n}}\n\n{names}\n\n\\begin{{abstract}}\n{LONG}。\n\\end{{abstract}}\n\n關鍵詞：河渠；渡口\n\n\\section*{{一、緣起}}\n\n{LONG}。\n"
    front = recover(source).fronts[0]
    assert [a.visible() for a in front.abstract] == [f"{LONG}。"]
    assert [k.visible() for k in front.keywords] == ["河渠", "渡口"]
    assert next(a.visible() for a in front.authors).startswith(name)


def test_the_dressed_number_of_a_single_page_and_a_department_of_three_characters() -> None:
    source = f"# 河渠考\n\n王明\n\n海東大學　歷史系\n\n摘要：{LONG}。\n\n## 一、緣起\n\n{LONG}。\n\n- 33 -\n"
    manuscript = recover(source)
    assert [p for _, p in manuscript.pages] == ["33"]
    assert [a.visible() for a in manuscript.fronts[0].abstract] == [f"{LONG}。"]
    assert not any("33" in b.content.visible() for b in manuscript.blocks)


def test_a_line_beside_a_head_that_cuts_a_sentence_once_is_text() -> None:
    entries = [
        f"{LONG[: 30 + n]}\n\n新修：一七三六年\n\n此令用於{said}的木樁" for n, said in enumerate("甲乙丙丁")
    ]
    manuscript = recover("# 河渠考\n\n" + "\n\n".join(entries) + f"\n\n{LONG}。\n")
    assert all(f"此令用於{said}的木樁" in "".join(texts(manuscript)) for said in "甲乙丙丁")


def test_an_author_with_a_page_number_at_a_pages_edge_is_a_head() -> None:
    source = paper("王明 **34**", "李文遠 35").replace("王明\n\n##", "王明、李文遠\n\n##")
    assert texts(recover(source)) == ["一、緣起", f"{LONG}，兩岸的居民日多。{LONG}，以至於今日。"]


def test_another_name_with_a_number_is_text() -> None:
    source = paper("趙晨 34", "江南河渠考").replace("王明\n\n##", "王明、李文遠\n\n##")
    assert "趙晨 34" in "".join(texts(recover(source)))


@pytest.mark.parametrize("label", ["*腳註：*", "【註釋】", "Notes:"])
def test_the_name_of_the_notes_above_each_foot_is_no_head(label: str) -> None:
    feet = (
        "<sup>1</sup> 王明：《河志》，河東書局，第3頁，又見李文所編的碑刻和沿岸各",
        "縣的方志。\n\n<sup>2</sup> 同上。",
        "<sup>3</sup> 同上。",
    )
    pages = (f"{LONG}<sup>1</sup>，兩岸的", f"居民日多。{LONG}<sup>2</sup>，以至於", "今日<sup>3</sup>。")
    source = "# 江南河渠考\n\n## 一、緣起\n\n" + "\n\n".join(
        f"{page}\n\n---\n\n{label}\n\n{foot}" for page, foot in zip(pages, feet, strict=True)
    )
    manuscript = recover(source)
    assert next(n.blocks[0].content.visible() for n in manuscript.notes).endswith("沿岸各縣的方志。")
    assert label.strip("*") not in "".join(texts(manuscript))


def test_page_numbers_that_an_engine_tells_the_place_of() -> None:
    def box(kind: str, text: str) -> str:
        return f"<|ref|>{kind}<|/ref|><|det|>[[92, 40, 905, 80]]<|/det|>\n{text}\n\n"

    pages = (
        f"{LONG}<sup>①</sup>。",
        f"兩岸的居民日多<sup>①</sup>。{LONG}。",
        f"船也多了<sup>①</sup>。{LONG}。",
    )
    source = box("title", "# 江南河渠考") + "".join(
        box("text", page) + box("text", f"① 《河志》，第{n}頁。") + box("page_number", str(n))
        for n, page in enumerate(pages, 3)
    )
    manuscript = recover(source)
    assert not any(text[-1].isdigit() for text in texts(manuscript)) and len(texts(manuscript)) == 3
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        f"《河志》，第{n}頁。" for n in (3, 4, 5)
    ]


@pytest.mark.parametrize("mark", ["**— 第 {n} 页 —**", "— 第{n}頁 —", "=== 第 {n} 页 ===", "【第{n}頁】"])
def test_marks_of_pages_in_words(mark: str) -> None:
    pages = (f"{LONG}<sup>1</sup>。", f"兩岸的居民日多。{LONG}<sup>2</sup>。")
    source = (
        "# 河渠考\n\n"
        + "".join(f"{mark.format(n=n)}\n\n{page}\n\n" for n, page in enumerate(pages, 4))
        + NOTES
    )
    assert texts(recover(source)) == [f"{LONG}。", f"兩岸的居民日多。{LONG}。"]


def test_a_sentence_that_begins_with_a_dash_and_a_page_is_text() -> None:
    source = f"# 河渠考\n\n{LONG}<sup>1</sup>，至今<sup>2</sup>。\n\n— 第5頁的圖是他畫的。\n{NOTES}"
    assert texts(recover(source))[-1] == "— 第5頁的圖是他畫的。"
