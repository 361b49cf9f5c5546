"""OCR Markdown becomes whole paragraphs with bound notes, whatever the engine's habits."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.document.manuscript import BlockKind
from pipeline.document.master import write_master
from pipeline.recovery.ledger import edits
from tests.recovery.ocr_markdown.papers import body, codes, recover, texts

LONG = "運河開通以後，沿岸的市鎮一個接一個地興盛起來，商人在碼頭旁邊修建會館和貨棧"


# --- notes

CALLS = {
    "sup": ("<sup>{}</sup>", "<sup>{}</sup> "),
    "sup with brackets": ("<sup>[{}]</sup>", "<sup>[{}]</sup> "),
    "mathematics": ("$^{{{}}}$", "$^{{{}}}$ "),
    "short mathematics": ("$^{}$", "$^{}$ "),
    "text in mathematics": ("$^{{\\text{{{}}}}}$", "$^{{\\text{{{}}}}}$ "),
    "Pandoc's own": ("[^{}]", "[^{}]: "),
    "caret": ("^{}^", "^{}^ "),
    "sup, body as a list": ("<sup>{}</sup>", "{}. "),
    "sup, body with a bare number": ("<sup>{}</sup>", "{} "),
    "mathematics, body with sup": ("$^{{{}}}$", "<sup>{}</sup>"),
}


@pytest.mark.parametrize("kind", CALLS)
def test_calls_and_bodies_of_every_engine(kind: str) -> None:
    call, mark = CALLS[kind]
    source = (
        f"茶葉先由陸路運出，{call.format(1)}後來改走水路。{call.format(2)}\n\n---\n\n"
        f"{mark.format(1)}見《茶路記》，第3頁。\n\n{mark.format(2)}同上，第8頁。\n"
    )
    assert body(source) == (
        "茶葉先由陸路運出，[^1]後來改走水路。[^2]\n\n[^1]: 見《茶路記》，第3頁。\n\n[^2]: 同上，第8頁。"
    )


@pytest.mark.parametrize(("call", "mark"), [("①②", "①②"), ("¹²", "¹²"), (("[1]", "[2]"), ("[1] ", "[2] "))])
def test_weak_marks_are_calls_where_bodies_ask_for_them(call: str, mark: str) -> None:
    source = f"茶葉先由陸路運出{call[0]}，後來改走水路{call[1]}。\n\n---\n\n{mark[0]}見《茶路記》，第3頁。\n\n{mark[1]}同上，第8頁。\n"
    assert body(source).startswith("茶葉先由陸路運出[^1]，後來改走水路[^2]。\n\n[^1]: 見《茶路記》")


def test_circled_numbers_of_an_enumeration_stay_text() -> None:
    source = f"原因有三：①天旱，②兵亂，③河道淤塞。\n\n①天旱使收成減少，各地都一樣。\n\n{LONG}。\n"
    assert body(source) == f"原因有三：①天旱，②兵亂，③河道淤塞。\n\n①天旱使收成減少，各地都一樣。\n\n{LONG}。"


def test_powers_and_units_are_no_calls() -> None:
    source = (
        "面積為20m<sup>2</sup>，約合10<sup>3</sup>分。<sup>1</sup>\n\n---\n\n<sup>1</sup> 見《量地志》。\n"
    )
    assert body(source) == "面積為20m^2^，約合10^3^分。[^1]\n\n[^1]: 見《量地志》。"


def test_numbering_that_restarts_on_each_page_runs_on() -> None:
    page = "第{0}頁的事情在這裡說得很清楚。①還有另一件事。②\n\n---\n\n① 見《甲書》，第{0}頁。\n\n② 見《乙書》，第{0}頁。\n\n"
    manuscript = recover("".join(page.format(n) for n in (1, 2, 3)))
    assert [n.label for n in manuscript.notes] == ["1", "2", "3", "4", "5", "6"]
    assert texts(manuscript)[2] == "第3頁的事情在這裡說得很清楚。還有另一件事。"
    assert manuscript.notes[4].blocks[0].content.visible() == "見《甲書》，第3頁。"


def test_a_call_without_body_is_missing_and_said() -> None:
    manuscript = recover(f"{LONG}<sup>1</sup>。又一句<sup>2</sup>。\n\n---\n\n<sup>1</sup> 見《河志》。\n")
    assert [(n.label, n.missing) for n in manuscript.notes] == [("1", False), ("2", True)]
    assert "N10" in codes(manuscript)


def test_a_body_without_call_is_kept_and_said() -> None:
    manuscript = recover(f"{LONG}。\n\n---\n\n<sup>1</sup> 見《河志》。\n")
    assert [n.label for n in manuscript.notes] == ["1"]
    assert "N11" in codes(manuscript)


def test_a_misread_call_is_read_by_its_neighbours() -> None:
    source = "甲事<sup>1</sup>，乙事<sup>8</sup>，丙事<sup>3</sup>。\n\n---\n\n<sup>1</sup> 一。\n\n<sup>2</sup> 二。\n\n<sup>3</sup> 三。\n"
    assert body(source).startswith("甲事[^1]，乙事[^2]，丙事[^3]。")


def test_endnotes_behind_a_heading() -> None:
    source = f"# 水路\n\n{LONG}[1]。後來又改了[2]。\n\n## 註釋\n\n[1] 見《河志》。\n\n[2] 見《鎮志》。\n"
    manuscript = recover(source)
    assert [n.label for n in manuscript.notes] == ["1", "2"]


def test_numbered_references_stay_a_list() -> None:
    source = f"# 水路\n\n{LONG}[1]。後來又改了[2]。\n\n## 參考文獻\n\n[1] 王明：《河志》。\n\n[2] 李華：《鎮志》。\n"
    manuscript = recover(source)
    assert manuscript.notes == ()
    assert "[1]" in texts(manuscript)[0]


@pytest.mark.parametrize("call", ["<sup>[{}]</sup>", "$^{{[{}]}}$"])
def test_raised_numbers_into_the_sources_are_citations(call: str) -> None:
    one, two = call.format(1), call.format(2)
    source = f"# 水路\n\n{LONG}{one}。後來又改了{two}，再改{one}。\n\n## 參考文獻\n\n[1] 王明：《河志》。\n\n[2] 李華：《鎮志》。\n"
    manuscript = recover(source)
    assert manuscript.notes == () and manuscript.findings == ()
    assert "再改^\\[1]^。" in write_master(manuscript)


def test_numbers_written_as_formulas_are_text() -> None:
    assert body("到$1 9 5 0$年，占$50\\%$，共$3\\sim5$艘，即$x^2$。") == "到1950年，占50%，共3~5艘，即$x^2$。"


def test_a_numbered_list_in_the_text_is_no_note() -> None:
    source = f"{LONG}：\n\n1. 第一件\n2. 第二件\n\n說完了。<sup>1</sup>\n\n---\n\n<sup>1</sup> 見《河志》。\n"
    assert "1. 第一件\n2. 第二件" in body(source)


# --- pages


def test_a_paragraph_cut_by_notes_is_whole_again() -> None:
    source = f"{LONG}<sup>1</sup>，於是人口\n\n---\n\n<sup>1</sup> 見《河志》。\n\n也跟著多了起來。\n\n另起一段。\n"
    assert body(source) == f"{LONG}[^1]，於是人口也跟著多了起來。\n\n另起一段。\n\n[^1]: 見《河志》。"


def test_a_paragraph_cut_by_notes_without_rule_is_whole_again() -> None:
    source = f"{LONG}<sup>1</sup>，於是人口\n\n<sup>1</sup> 見《河志》。\n\n也跟著多了起來。\n"
    assert body(source) == f"{LONG}[^1]，於是人口也跟著多了起來。\n\n[^1]: 見《河志》。"


def test_a_semicolon_at_the_end_of_a_page_ends_no_paragraph() -> None:
    source = f"{LONG}；\n\n<sup>1</sup> 注。\n\n人口也跟著多了起來。\n\n{LONG}；\n\n<sup>2</sup> 注。\n\n（二）人口也多了。\n"
    assert texts(recover(source)) == [f"{LONG}；人口也跟著多了起來。", f"{LONG}；", "（二）人口也多了。"]


def test_whole_paragraphs_are_not_joined_over_a_page() -> None:
    source = f"{LONG}<sup>1</sup>。\n\n---\n\n<sup>1</sup> 見《河志》。\n\n第二段從這裡開始。\n"
    assert body(source).split("\n\n")[:2] == [f"{LONG}[^1]。", "第二段從這裡開始。"]


def test_a_body_goes_on_at_the_foot_of_the_next_page() -> None:
    source = (
        f"{LONG}<sup>1</sup>。\n\n---\n\n<sup>1</sup> 這一點前人說得不少，但是\n\n{LONG}<sup>2</sup>。\n\n---\n\n"
        "都沒有說到要害。\n\n<sup>2</sup> 見《鎮志》。\n"
    )
    assert "[^1]: 這一點前人說得不少，但是都沒有說到要害。" in body(source)


def test_rules_between_pages_do_not_stand_above_notes() -> None:
    source = f"{LONG}<sup>1</sup>。\n\n<sup>1</sup> 見《河志》卷三\n\n---\n\n{LONG}<sup>2</sup>。\n\n<sup>2</sup> 見《鎮志》\n\n---\n\n{LONG}。\n"
    manuscript = recover(source)
    assert len(manuscript.blocks) == 3
    assert manuscript.notes[0].blocks[0].content.visible() == "見《河志》卷三"


def test_emphasis_cut_by_a_page_is_one_again() -> None:
    source = f"{LONG}，見 *The Grand*\n\n---\n\n<sup>1</sup> 注。\n\n*Canal of China* 一書所說。\n"
    assert "*The Grand Canal of China*" in body(source)
    source = f"{LONG}，見*大運河的*\n\n---\n\n<sup>1</sup> 注。\n\n*歷史*一書所說。\n"
    assert "見*大運河的歷史*一書" in body(source)


def test_a_latin_word_divided_by_a_page_is_whole_again() -> None:
    source = f"{LONG}，這就是 the navigation of the canals，又叫 inland navi-\n\n---\n\n<sup>1</sup> 注。\n\ngation 的意思。\n"
    assert "inland navigation 的意思。" in body(source)


def test_page_numbers_become_page_starts() -> None:
    page = f"也跟著多了起來。{LONG}。\n\n{LONG}，於是人口\n\n{{}}\n\n"
    manuscript = recover("".join(page.format(n) for n in (21, 22, 23, 24)))
    assert texts(manuscript)[2] == f"{LONG}，於是人口也跟著多了起來。{LONG}。"
    assert write_master(manuscript).count('[]{.page n="') == 4
    assert [number for _, number in manuscript.pages] == ["21", "22", "23", "24"]


@pytest.mark.parametrize("numbers", [(1, 2, 3, 4), (1949, 1950, 1951, 1952)])
def test_numbers_between_whole_paragraphs_are_text(numbers: tuple[int, ...]) -> None:
    manuscript = recover("".join(f"{n}\n\n{LONG}。\n\n" for n in numbers))
    assert texts(manuscript)[::2] == [str(n) for n in numbers]


def test_a_number_that_does_not_count_on_is_text() -> None:
    assert texts(recover(f"{LONG}。\n\n1958\n\n{LONG}。\n\n12\n\n{LONG}。\n"))[1] == "1958"


def test_running_heads_go_where_a_page_begins() -> None:
    page = f"{LONG}，於是人口\n\n{{}}\n\n水路與市鎮\n\n也跟著多了起來。\n\n"
    manuscript = recover("".join(page.format(n) for n in (3, 4, 5)))
    assert texts(manuscript) == [f"{LONG}，於是人口也跟著多了起來。"] * 3
    assert [e.before for e in edits(manuscript) if e.rule == "L114"] == ["水路與市鎮"] * 3
    assert [number for _, number in manuscript.pages] == ["3", "4", "5"]


def test_a_section_that_recurs_is_no_running_head() -> None:
    chapter = f"# 第{{}}章 水路\n\n{LONG}。\n\n## 小結\n\n{LONG}。\n\n"
    manuscript = recover("# 河與鎮\n\n" + "".join(chapter.format(n) for n in "一二三"))
    assert [t for t in texts(manuscript) if t == "小結"] == ["小結"] * 3


def test_the_list_of_contents_of_the_source_goes() -> None:
    source = f"# 運河\n\n## 目 錄\n\n一、河 ........ 1\n\n二、鎮……………… 15\n三、人．．．．．．30\n\n## 一、河\n\n{LONG}。\n\n## 二、鎮\n\n{LONG}……\n"
    assert texts(recover(source)) == ["一、河", f"{LONG}。", "二、鎮", f"{LONG}……"]


def test_page_marks_of_the_engine() -> None:
    source = f"<!-- Page 7 -->\n\n{LONG}，於是人口\n\n<!-- Page 8 -->\n\n也跟著多了起來。\n\n<!-- Page 9 -->\n\n{LONG}。\n"
    manuscript = recover(source)
    assert texts(manuscript) == [f"{LONG}，於是人口也跟著多了起來。", f"{LONG}。"]
    assert '於是人口[]{.page n="8"}也跟著' in write_master(manuscript)


def test_a_rule_between_whole_paragraphs_is_a_break() -> None:
    assert "* * *" in body(f"{LONG}。\n\n* * *\n\n{LONG}。\n")


def test_a_caption_is_not_joined_to_the_text() -> None:
    source = f"{LONG}，於是人口\n\n![](a.png)\n\n圖3 乾隆年間的運河碼頭，遠處為會館與貨棧的屋頂\n\n也跟著多了起來，不只一處。\n"
    assert texts(recover(source)) == [
        f"{LONG}，於是人口也跟著多了起來，不只一處。",
        "",
        "圖3 乾隆年間的運河碼頭，遠處為會館與貨棧的屋頂",
    ]


def test_a_heading_without_its_mark_is_not_joined_to_the_text() -> None:
    source = f"{LONG}。\n\n**三、市鎮的興起**\n\n<sup>1</sup> 注。\n\n運河開通以後，人口多了起來。\n"
    assert texts(recover(source))[1:] == ["三、市鎮的興起", "運河開通以後，人口多了起來。"]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = [f"{LONG}。", "第二段也說得很清楚。", "第三段又說了一遍。", "第四段不再說了。", "第五段。"]
    assert texts(recover("\n".join(lines))) == lines
    indented = [f"\u3000\u3000{line}" for line in lines]
    assert texts(recover("\n".join(indented))) == lines


def test_lines_broken_by_the_engine_are_joined() -> None:
    source = "\n".join([LONG[:20], LONG[20:], "，都有人住。", LONG[:20], LONG[20:] + "。"])
    assert texts(recover(source)) == [f"{LONG}，都有人住。{LONG}。"]


# --- front matter


def test_title_author_and_masthead_are_metadata() -> None:
    source = (
        "# 水利叢刊\n\n某某出版社  \n某某學會\n\n第3期\n\n\\*\\*\\*\n\n## 運河與市鎮——以三個碼頭為例\n\n江南大學 王明<sup>1</sup>\n\n"
        f"{LONG}。\n\n---\n\n<sup>1</sup> 本文得到資助。\n\n### 一條河\n\n{LONG}。\n"
    )
    front = recover(source).fronts[0]
    assert front.title.visible() == "運河與市鎮——以三個碼頭為例"
    assert [a.visible() for a in front.authors] == ["王明"]
    assert [a.visible() for a in front.affiliation] == ["江南大學"]
    assert [m.visible() for m in front.masthead] == ["水利叢刊", "某某出版社", "某某學會", "第3期"]
    assert "- '王明[^1]'" in write_master(recover(source))


@pytest.mark.parametrize(
    ("call", "mark"), [("\\*", "\\* "), ("＊", "＊"), ("*", "* "), ("<sup>*</sup>", "<sup>*</sup> ")]
)
def test_a_star_on_the_author_is_a_note(call: str, mark: str) -> None:
    source = f"# 運河與市鎮\n\n王明{call}\n\n{LONG}<sup>1</sup>。\n\n---\n\n{mark}作者是船工。\n\n<sup>1</sup> 見《河志》。\n"
    manuscript = recover(source)
    assert {n.label: n.blocks[0].content.visible() for n in manuscript.notes} == {
        "1": "見《河志》。",
        "*": "作者是船工。",
    }
    assert "- '王明[^*]'" in write_master(manuscript)


def test_abstract_and_keywords_in_two_languages() -> None:
    source = (
        f"# 運河與市鎮\n\n王明  李華\n\n摘要：{LONG}。\n\n關鍵詞：運河；市鎮；茶\n\n# Canals and Towns\n\nWang Ming, Li Hua\n\n"
        f"**Abstract:** Towns grew where boats stopped for the night.\n\n**Keywords:** canal; town\n\n## 一、河\n\n{LONG}。\n\n## 二、鎮\n\n{LONG}。\n"
    )
    manuscript = recover(source)
    han, english = manuscript.fronts
    assert [a.visible() for a in han.authors] == ["王明", "李華"]
    assert han.abstract[0].visible() == f"{LONG}。"
    assert [k.visible() for k in han.keywords] == ["運河", "市鎮", "茶"]
    assert english.title.visible() == "Canals and Towns"
    assert [k.visible() for k in english.keywords] == ["canal", "town"]
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == [
        "一、河",
        "二、鎮",
    ]


def test_a_line_that_is_neither_name_nor_place_stays_text() -> None:
    assert (
        texts(recover(f"# 運河與市鎮\n\n獻給所有的船工與縴夫們\n\n{LONG}。\n"))[0] == "獻給所有的船工與縴夫們"
    )


@pytest.mark.parametrize("line", ["楔子", "題記", "前記"])
def test_a_short_line_that_is_no_name_stays_text(line: str) -> None:
    manuscript = recover(f"# 運河與市鎮\n\n{line}\n\n{LONG}。\n")
    assert manuscript.fronts[0].authors == ()
    assert texts(manuscript)[0] == line


def test_sections_without_a_title_stay_sections() -> None:
    manuscript = recover(f"## 背景\n\n{LONG}。\n\n## 過程\n\n{LONG}。\n")
    assert not manuscript.fronts[0].title
    assert texts(manuscript)[0] == "背景"


def test_headings_of_one_level_are_told_apart_by_their_numbers() -> None:
    source = f"# 運河\n\n# 一、河\n\n{LONG}。\n\n# （一）水\n\n{LONG}。\n\n# 二、鎮\n\n{LONG}。\n"
    heads = [(b.level, b.content.visible()) for b in recover(source).blocks if b.kind is BlockKind.HEADING]
    assert heads == [(1, "一、河"), (2, "（一）水"), (1, "二、鎮")]


# --- other blocks


def test_tables_of_pipes_and_html_are_tables() -> None:
    source = "| 年 | 船 |\n|---|:-:|\n| 1736 | 12 |\n\n<table><tr><th>年</th><th>船</th></tr><tr><td>1737</td><td>13</td></tr></table>\n"
    manuscript = recover(source)
    assert [[c.visible() for c in row] for b in manuscript.blocks for row in b.rows] == [
        ["年", "船"],
        ["1736", "12"],
        ["年", "船"],
        ["1737", "13"],
    ]


def test_a_quotation_over_lines_is_one() -> None:
    assert body("> 河水清且漣，\n> 舟行十里。\n\n他這樣寫。\n") == "> 河水清且漣，舟行十里。\n\n他這樣寫。"


def test_inline_tags_entities_and_escapes() -> None:
    source = "他說<b>不行</b>，價是5 &lt; 6，\\*不變\\*，<i>船</i>走了。<br>又一行"
    assert body(source) == "他說**不行**，價是5 < 6，\\*不變\\*，*船*走了。\\\n又一行"


# --- promises


def test_plain_prose_has_an_empty_ledger() -> None:
    assert edits(recover(f"{LONG}。\n\n另有*書名*與**重點**。\n")) == []


alphabet = st.sampled_from(
    [
        *"中文，。\n\n \t*_`[]()<>{}#-|$^~\\&;:.1234①②¹²³A",
        "\n\n",
        "<sup>1</sup>",
        "<sup>2</sup> ",
        "\n\n---\n\n",
        "\n\n# ",
        "$^{3}$",
        "[^1]: ",
        "\n\n12\n\n",
        "<table><tr><td>",
        "</td></tr></table>",
        "摘要：",
        "![圖](a.png)",
        "```\n",
        "> ",
        "- ",
        "<!-- ",
        " -->",
        "<b>",
        LONG,
        " ",
        "\\footnotetext{\n",
        "\n}\n",
        "Footnote 1: ",
        "[^0]: ",
        "。1",
        "\n\n1 ",
        "\\(x_{1}\\)",
        "\\begin{figure}\n",
        "\\includegraphics{a.jpg}\n",
        "\n\n**Abstract:** A b.",
        "†",
    ]
)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(alphabet, max_size=60).map("".join))
def test_garbage_is_accounted_for(text: str) -> None:
    manuscript = recover(text)
    write_master(manuscript)
    han = re.findall(r"[\u3400-\u9fff]", text)
    kept = re.findall(r"[\u3400-\u9fff]", "".join(t.text for t in manuscript.texts()))
    gone = re.findall(r"[\u3400-\u9fff]", "".join(e.before for e in edits(manuscript)))
    assert len(kept) + len(gone) >= len(han)


@pytest.mark.corpus
def test_the_corpus_paper_is_whole() -> None:
    folder = os.environ.get("FANJIAN_CORPUS")
    if not folder:
        pytest.skip("FANJIAN_CORPUS does not name the folder with the corpus")
    text = next(Path(folder).glob("002_*.txt")).read_text(encoding="utf-8")
    manuscript = recover(text)
    assert [n.label for n in manuscript.notes] == [str(n) for n in range(1, 108)]
    assert not any(n.missing for n in manuscript.notes)
    assert len(manuscript.blocks) == 53
    assert manuscript.findings == ()


def test_a_call_that_begins_a_page_is_no_body() -> None:
    source = (
        "# 河渠\n\n渠成於1930年，\n\n<sup>1</sup> 《河志》，第3頁。\n\n"
        f"{LONG}，至1931年，\n\n<sup>2</sup>至於下游，別有一書。\n\n<sup>2</sup> 《江志》，第5頁。\n"
    )
    manuscript = recover(source.replace("1930年，", "1930年<sup>1</sup>。"))
    assert codes(manuscript) == set()
    assert texts(manuscript)[-1].endswith("至1931年，至於下游，別有一書。")


def test_a_body_without_its_full_stop_goes_on_where_all_others_have_one() -> None:
    calls = "".join(f"甲{n}事<sup>{n}</sup>，" for n in range(1, 7))
    bodies = "\n\n".join(f"<sup>{n}</sup> 《河志》，第{n}頁。" for n in range(1, 6))
    source = (
        f"# 河渠\n\n{LONG}。{calls}沿岸的\n\n{bodies}\n\n<sup>6</sup> 《商會公報》第3卷\n\n"
        f"市鎮也興盛起來，是為乙事<sup>7</sup>，{LONG}而後\n\n第14號，頁9。\n\n<sup>7</sup> 同上。\n\n衰落下去。\n"
    )
    manuscript = recover(source)
    six = next(n for n in manuscript.notes if n.label == "6")
    assert six.blocks[0].content.visible() == "《商會公報》第3卷第14號，頁9。"
    assert texts(manuscript)[-1].endswith("貨棧而後衰落下去。")


def test_a_paragraph_cannot_begin_with_the_particle() -> None:
    head, tail = f"{LONG}，人稱「南河」", "的水運由此大盛，商人往來不絕。"
    assert (
        texts(recover(f"# 河渠\n\n{head}\n\n{tail}\n\n乙<sup>1</sup>。\n\n<sup>1</sup> 注。"))[0]
        == head + tail
    )
    assert (
        len(
            texts(
                recover(f"# 河渠\n\n{head}\n\n的確如此，不必多說。\n\n乙<sup>1</sup>。\n\n<sup>1</sup> 注。")
            )
        )
        == 3
    )


@pytest.mark.parametrize("label", ["摘要", "摘　要", "Abstract"])
def test_an_abstract_behind_its_label_and_a_space(label: str) -> None:
    abstract = (
        f"{LONG}。"
        if label != "Abstract"
        else "This paper follows the canals of the north for a hundred years."
    )
    words = "關鍵詞 運河；市鎮" if label != "Abstract" else "Key words canal; towns"
    manuscript = recover(
        f"# 河渠\n\n{label} {abstract}\n\n{words}\n\n## 一、起\n\n甲<sup>1</sup>。\n\n<sup>1</sup> 注。"
    )
    assert texts(manuscript) == ["一、起", "甲1。"] or texts(manuscript) == ["一、起", "甲。"]


def test_a_cell_that_ends_in_a_backslash_is_kept() -> None:
    manuscript = recover(
        "# 河渠\n\n甲乙。\n\n| 年 | 令 |\n|---|---|\n| 1736 | \\渡{河}\\\\|\n| 1737 | 甲\\|\n"
    )
    rows = next(block.rows for block in manuscript.blocks if block.rows)
    assert ["河" in row[1].text or "甲" in row[1].text for row in rows[1:]] == [True, True]
    assert not manuscript.removed


def test_the_caption_inside_a_table_is_text() -> None:
    table = "<table><caption>表1 河長</caption><tr><td>甲</td><td>5里</td></tr></table>"
    assert "表1 河長\n\n|" in body(f"# 河渠\n\n甲<sup>1</sup>。\n\n{table}\n\n乙。\n\n<sup>1</sup> 注。")


# --- what engines misread


def test_several_numbers_raised_together_call_each_its_note() -> None:
    bodies = "\n\n".join(f"<sup>{n}</sup> 《河志》，第{n}頁。" for n in range(1, 7))
    source = f"# 河渠\n\n甲<sup>1</sup>，乙<sup>2,3</sup>；丙<sup>4-6</sup>。\n\n{bodies}\n"
    manuscript = recover(source)
    assert codes(manuscript) == set()
    assert "甲[^1]，乙[^2][^3]；丙[^4][^5][^6]。" in body(source)


def test_a_range_of_too_many_numbers_is_no_call() -> None:
    bodies = "\n\n".join(f"<sup>{n}</sup> 《河志》，第{n}頁。" for n in range(1, 3))
    assert "丙^3-9^。" in body(f"# 河渠\n\n甲<sup>1</sup>，乙<sup>2</sup>；丙<sup>3-9</sup>。\n\n{bodies}\n")


def test_letters_between_numbers_are_the_digits_they_look_like() -> None:
    bodies = "\n\n".join(f"<sup>{n}</sup> 《河志》，第{n}頁。" for n in (1, 2, 3))
    assert "甲[^1]，乙[^2]，丙[^3]。" in body(
        f"# 河渠\n\n甲<sup>l</sup>，乙<sup>2</sup>，丙<sup>3</sup>。\n\n{bodies}\n"
    )
    assert "甲^l^" in body(f"# 河渠\n\n乙<sup>1</sup>，甲<sup>l</sup>，丙<sup>2</sup>。\n\n{bodies}\n")


def test_bodies_with_bare_numbers_may_begin_with_what_looks_like_a_unit() -> None:
    source = (
        "# 河渠\n\n甲<sup>1</sup>，乙<sup>2</sup>；丙<sup>3</sup>。\n\n1 日本外務省外交史料館藏，第3卷。\n\n"
        "2 人民日報，1953年4月2日。\n\n3 天津檔案館編：《檔案》，第7頁。\n"
    )
    notes = {n.label: n.blocks[0].content.visible() for n in recover(source).notes}
    assert notes["1"].startswith("日本") and notes["2"].startswith("人民") and notes["3"].startswith("天津")


def test_a_divided_word_is_not_proved_by_its_own_half() -> None:
    source = "# 河渠\n\n甲<sup>1</sup>，乙<sup>2</sup>。\n\n<sup>1</sup> Leonard, *The Manage-\nment of Canals*, p. 2.\n\n<sup>2</sup> 同上。\n"
    assert "Management of" in body(source)


def test_a_heading_that_is_a_sentence_or_a_caption_is_none() -> None:
    sentence = f"{LONG}，這是本地歷史的轉折點。"
    source = f"# 河渠考\n\n## 一、甲\n\n乙<sup>1</sup>，丙<sup>2</sup>。\n\n## {sentence}\n\n# 表1 河長\n\n<sup>1</sup> 注。\n\n<sup>2</sup> 注。\n"
    kinds = {b.content.visible(): b.kind for b in recover(source).blocks}
    assert kinds[sentence] is BlockKind.PARAGRAPH
    assert kinds["表1 河長"] is BlockKind.PARAGRAPH
    assert kinds["一、甲"] is BlockKind.HEADING
