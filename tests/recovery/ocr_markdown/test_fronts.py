"""The front of a paper as engines leave it: lines glued together, labels on another's line, numbers at the words."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from tests.recovery.ocr_markdown.papers import recover

TEXT = "運河開通以後，沿岸的市鎮一個接一個地興盛起來，商人在碼頭旁邊修建會館，船工也有了自己的廟。"


def paper(*front: str) -> str:
    return (
        "\n\n".join(["# 運河沿岸的市鎮", *front, "# 1引言", TEXT, "# 2市鎮", TEXT, "# 2.1碼頭", TEXT]) + "\n"
    )


@pytest.mark.parametrize(
    "names",
    [
        "王明¹李文²」1(河東大學歷史學院 河東 100190)2(城南研究院圖書館城南 010051)",
        "王明1,2 Mary Major² 1河東大學",
        "**王明*** *(河東大學)*",
    ],
)
def test_an_abstract_is_found_below_names_that_are_not(names: str) -> None:
    front = recover(paper(names, "摘要：本文討論市鎮的興衰。", "關鍵詞：運河；市鎮", "分類號：K25")).fronts[0]
    assert front.title.visible() == "運河沿岸的市鎮"
    assert [a.visible() for a in front.abstract] == ["本文討論市鎮的興衰。"]
    assert [k.visible() for k in front.keywords] == ["運河", "市鎮"]
    assert [m.visible() for m in front.masthead] == ["分類號：K25"]


def test_names_that_were_not_told_stay_in_the_text() -> None:
    manuscript = recover(paper("王明」李文」1(河東大學 河東 100190)", "摘要：本文討論市鎮的興衰。"))
    assert manuscript.blocks[0].content.visible() == "王明」李文」1(河東大學 河東 100190)"


@pytest.mark.parametrize("names", ["王明，李文", "王明¹李文²", "王明　李文"])
def test_names_with_their_institution_in_brackets(names: str) -> None:
    front = recover(paper(f"{names}（河東大學歷史學院，河東 100190）", "摘要：本文討論市鎮的興衰。")).fronts[
        0
    ]
    assert [a.visible()[:2] for a in front.authors] == ["王明", "李文"]
    assert [a.visible() for a in front.affiliation] == ["（河東大學歷史學院，河東 100190）"]


def test_prose_above_an_abstract_ends_the_front() -> None:
    manuscript = recover(paper("這是編者的話，交代本文的來歷。作者是本地人。", "摘要：本文討論市鎮的興衰。"))
    assert manuscript.fronts[0].abstract == ()


def test_names_may_be_marked_as_a_heading_and_raised_numbers_misread() -> None:
    front = recover(paper("# ■王明 李文² 陳三'", "摘要：本文討論市鎮的興衰。")).fronts[0]
    assert [a.visible() for a in front.authors] == ["王明", "李文²", "陳三'"]


@pytest.mark.parametrize("record", ["中圖分類號：K25 文獻標識碼：A", "分類號：K25", "DOI:10.1/a"])
def test_keywords_end_where_the_record_begins_on_their_line(record: str) -> None:
    front = recover(paper("王明", "摘要：本文討論市鎮的興衰。", f"關鍵詞：運河、市鎮{record}")).fronts[0]
    assert [k.visible() for k in front.keywords] == ["運河", "市鎮"]
    assert [m.visible() for m in front.masthead] == [record]


def test_a_title_in_english_may_have_two_lines() -> None:
    english = [
        "# The towns along",
        "# the Grand Canal",
        "WANG Ming (Hedong University, 100190, China)",
        "Abstract: On towns.",
    ]
    fronts = recover(paper("王明", "摘要：本文討論市鎮的興衰。", "關鍵詞：運河；市鎮", *english)).fronts
    assert fronts[1].title is not None and fronts[1].title.visible() == "The towns along"
    assert fronts[1].subtitle is not None and fronts[1].subtitle.visible() == "the Grand Canal"
    assert [a.visible() for a in fronts[1].abstract] == ["On towns."]


def test_a_heading_of_the_engine_above_the_label_is_the_abstracts() -> None:
    front = recover(
        paper("王 明, 李 文*<br>(河東大學, 河東 100191)", "#### Abstract", "摘 要：本文討論市鎮的興衰。")
    ).fronts[0]
    assert [a.visible() for a in front.abstract] == ["本文討論市鎮的興衰。"]


def test_glued_numbers_give_headings_their_levels() -> None:
    blocks = recover(paper("王明", "摘要：本文討論市鎮的興衰。")).blocks
    heads = [(b.content.visible(), b.level) for b in blocks if b.kind is BlockKind.HEADING]
    assert heads == [("1引言", 1), ("2市鎮", 1), ("2.1碼頭", 2)]


def test_a_number_that_counts_nothing_gives_no_level() -> None:
    text = f"# 20年後的運河\n\n{TEXT}\n\n# 3座橋\n\n{TEXT}\n\n# 7個市鎮\n\n{TEXT}\n"
    assert {b.level for b in recover(text).blocks if b.kind is BlockKind.HEADING} == {1}


def test_a_line_that_announces_something_is_no_title() -> None:
    assert not recover(f"試回答下面的問題：\n\n{TEXT}\n\n# 一、市鎮\n\n{TEXT}\n").fronts[0].title


def test_thousands_in_a_formula_keep_their_space() -> None:
    blocks = recover("# 河\n\n## 一、水\n\n全長 $4 ~ 0 0 0 - 2 0 ~ 0 0 0$ 里，寬 $3 \\sim 5$ 里。\n").blocks
    assert blocks[-1].content.visible() == "全長 4 000-20 000 里，寬 3~5 里。"


@pytest.mark.parametrize("call", ["\\(^{1}\\)", "${ }^{1}$", " 1", "$^{①}$", " $^ { ① }$"])
def test_a_name_may_call_a_note_in_every_manner(call: str) -> None:
    manuscript = recover(
        f"## 運河沿岸的市鎮\n\n王明{call}\n\n河東大學歷史學院\n\n## 引言\n\n{TEXT}\\(^{{2}}\\)\n\n\\(^{{1}}\\) 王明，教授。\n\n"
        "\\(^{2}\\) 《河志》，第3頁。"
    )
    assert [a.visible()[:2] for a in manuscript.fronts[0].authors] == ["王明"]
    assert [a.visible() for a in manuscript.fronts[0].affiliation] == ["河東大學歷史學院"]


@pytest.mark.parametrize("call", ["<sup>1</sup>", "$^{1}$", "\\(^{1}\\)", "[^1]"])
def test_a_name_may_call_a_note_before_its_institution(call: str) -> None:
    body = call + (": " if call == "[^1]" else " ")
    manuscript = recover(f"# 運河沿岸的市鎮\n\n王明{call} 河東大學\n\n{TEXT}\n\n{body}王明，教授。")
    front = manuscript.fronts[0]
    assert [[p.text for p in a.pieces] for a in front.authors] == [["王明", "1"]]
    assert [a.visible() for a in front.affiliation] == ["河東大學"]
    assert [n.label for n in manuscript.notes] == ["1"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("顏素卿", ["顏素卿"]),
        ("區慧嫻", ["區慧嫻"]),
        ("Wolfgang Seidel著　顏素卿譯", ["Wolfgang Seidel著", "顏素卿譯"]),
        ("王著", ["王著"]),
    ],
)
def test_names_with_what_they_did(line: str, names: list[str]) -> None:
    assert [a.visible() for a in recover(paper(line)).fronts[0].authors] == names


@pytest.mark.parametrize(
    "line",
    [
        "城南師範大學 歷史學院，河東 城南 323000",
        "1.城南大學歷史學院，城南 323000；2.河東大學圖書館，河東，100190",
    ],
)
def test_institutions_without_brackets_have_their_postcodes(line: str) -> None:
    manuscript = recover(paper("王明", line, f"摘要：{TEXT}", "关键词：運河；市鎮"))
    assert [a.visible() for a in manuscript.fronts[0].affiliation] == [line]


def test_a_number_of_six_digits_makes_no_institution() -> None:
    manuscript = recover(paper("王明", "這個數目後來寫進了大學的章程，一共 323000", TEXT))
    assert "323000" in "".join(b.content.visible() for b in manuscript.blocks)


def below_its_journal(mark: str, names: str = "河東大學歷史學院 王明<sup>1</sup>") -> Manuscript:
    """A report whose series, title and sections are all marked alike."""
    shown = [mark.format(name) for name in ("江南傳真", "運河沿岸的市鎮與會館", "碼頭", "會館", "廟宇")]
    series, title, *sections = shown
    front = [series, "No. 2019-5", "2019年5月1日", title, names]
    text = [part for name in sections for part in (name, TEXT * 3)]
    return recover("\n\n".join([*front, TEXT, *text]) + "\n")


@pytest.mark.parametrize("mark", ["# {}", "## {}", "**{}**"])
def test_the_title_below_a_journals_name_that_is_marked_alike(mark: str) -> None:
    manuscript = below_its_journal(mark)
    front = manuscript.fronts[0]
    assert front.title.visible() == "運河沿岸的市鎮與會館"
    assert [m.visible() for m in front.masthead] == ["江南傳真", "No. 2019-5", "2019年5月1日"]
    assert [a.visible() for a in front.authors] == ["王明"]
    headings = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["碼頭", "會館", "廟宇"]


def test_without_names_below_it_the_first_of_lines_marked_alike_is_the_title() -> None:
    assert below_its_journal("# {}", "初秋的河面").fronts[0].title.visible() == "江南傳真"
