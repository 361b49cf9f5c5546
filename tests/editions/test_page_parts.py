"""The printed page's parts: tags, dots, titles, tables, contents, what is copied, what no font has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import etree

from pipeline.editions.bibliography import mark_bibliographies
from pipeline.editions.matter import colophon_rows, describe
from pipeline.editions.pdf import PdfResult, make_pdf
from pipeline.editions.pdf.blocks import keep_ending
from pipeline.editions.pdf.sheet import style_sheet
from pipeline.editions.pdf.tables import fit_table
from pipeline.editions.pdf.turning import turn_line
from pipeline.editions.pictures import letter_drawing
from pipeline.editions.style.load import load_style
from pipeline.editions.titles import turns
from pipeline.proof.glyphs import ARTIFACT, Glyph, read_glyphs
from pipeline.proof.lines import measure_lines
from tests.editions import books

HEAD = "---\ntitle: 渡口紀事\nlang: zh-Hant-TW\n---\n\n"
ROWS = "\n".join(f"| {1800 + n} | 第{n}閘 | 水漲 {n} 尺 |" for n in range(60))
TABLE = f"| 年 | 閘 | 記事 |\n|---|---|---|\n{ROWS}\n\n: 表一　水位\n"


def make(tmp_path: Path, text: str, **settings: Any) -> tuple[PdfResult, Path]:
    result = make_pdf(books.edition(HEAD + text, folder=tmp_path, **settings), tmp_path / "book.pdf")
    return result, tmp_path / "book.pdf"


def glyphs(path: Path) -> list[Glyph]:
    with pikepdf.open(path) as pdf:
        fonts: dict[Any, Any] = {}
        return [glyph for page in pdf.pages for glyph in read_glyphs(page, fonts)]


def walk(element: Any) -> Iterator[Any]:
    """A structure element and all below it, in the order of the tree."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from walk(kid)


def kinds(path: Path) -> list[str]:
    with pikepdf.open(path) as pdf:
        return [str(element.S)[1:] for element in walk(pdf.Root.StructTreeRoot.K[0])]


def test_tags_follow_the_text_and_not_the_pages(tmp_path: Path) -> None:
    text = f"# 上篇\n\n{books.paragraph(0, 40)}[^1]\n\n{books.paragraph(1)}\n\n[^1]: 註文。\n"
    result, path = make(tmp_path, text)
    assert result.pages > 2
    found = [kind for kind in kinds(path) if kind in ("Sect", "H1", "P", "Note", "Reference")]
    assert found == ["Sect", "Sect", "H1", "P", "Reference", "Note", "P"]


def test_contents_lists_and_tables_are_tagged_as_such(tmp_path: Path) -> None:
    text = f"# 上篇\n\n3. 甲\n4. 乙\n\n- 丙\n\n{TABLE}"
    _, path = make(tmp_path, text, page={"contents": True})
    found = kinds(path)
    assert found.count("TOC") == found.count("TOCI") == found.count("Table") == found.count("THead") == 1
    assert found[found.index("TOCI") :][:3] == ["TOCI", "Reference", "Link"]
    with pikepdf.open(path) as pdf:
        elements = list(walk(pdf.Root.StructTreeRoot.K[0]))
        assert {str(e.A.Scope) for e in elements if e.S == "/TH"} == {"/Column"}
        assert [str(e.A.ListNumbering) for e in elements if e.S == "/L"] == ["/Decimal", "/Disc"]
        assert sum(1 for e in elements if e.S == "/TR") == 61
    assert "3. " in "".join(glyph.text for glyph in glyphs(path))  # the list begins with the number it says


def test_an_item_has_one_body_whatever_it_holds(tmp_path: Path) -> None:
    text = "# 上篇\n\n- 甲\n\n    甲的第二段\n\n- 乙\n\n    > 引\n\n1. 丙\n    - 丁\n"
    _, path = make(tmp_path, text)
    with pikepdf.open(path) as pdf:
        items = [e for e in walk(pdf.Root.StructTreeRoot.K[0]) if e.S == "/LI"]
        assert [[str(kid.S) for kid in item.K] for item in items] == [["/Lbl", "/LBody"]] * 4


def test_what_belongs_to_the_page_is_no_text(tmp_path: Path) -> None:
    _, path = make(tmp_path, f"# 上篇\n\n{books.paragraph(0, 40)}\n\n{TABLE}", page={"contents": True})
    aside = "".join(glyph.text for glyph in glyphs(path) if glyph.mark == ARTIFACT)
    for part in ("渡口紀事", "上篇", "年閘記事", "····"):
        assert part in aside
    assert "表一" not in aside


def test_a_language_is_said_where_it_changes(tmp_path: Path) -> None:
    _, path = make(tmp_path, "# 上篇\n\n書名 *River **Craft** Notes* 與 Пекин。\n")
    with pikepdf.open(path) as pdf:
        said = [str(e.Lang) for e in walk(pdf.Root.StructTreeRoot.K[0]) if "/Lang" in e]
    assert said == ["en", "ru"] or said == ["en", "en", "en", "ru"], said
    assert "zh-Hant-TW" not in said


def curves(path: Path) -> int:
    """How many curves the pages draw: four a dot."""
    with pikepdf.open(path) as pdf:
        return sum(
            str(operator) in ("c", "v", "y")
            for page in pdf.pages
            for _, operator in pikepdf.parse_content_stream(page)
        )


@pytest.mark.parametrize(("han", "dots"), [("dots", 5), ("hei", 0), ("kai", 0)])
def test_emphasised_han_has_dots_but_not_marks_and_letters(tmp_path: Path, han: str, dots: int) -> None:
    (tmp_path / "house.toml").write_text(f'[emphasis]\nhan = "{han}"\n', encoding="utf-8")
    text = "# 上篇\n\n他說*要緊，three 個[^1]字「呢」*。\n\n[^1]: 註文。\n"
    _, path = make(tmp_path, text, editions={"style": "house.toml"})
    assert curves(path) == dots * 4
    shown = "".join(glyph.text for glyph in glyphs(path))
    assert "要緊，three 個" in shown
    faces = {glyph.font.split("+")[1] for glyph in glyphs(path) if glyph.text == "緊"}
    assert faces == {{"dots": "Noto-Serif-CJK-TC", "hei": "Noto-Sans-CJK-TC", "kai": "LXGW-WenKai"}[han]}


def test_characters_that_share_a_glyph_are_copied_as_they_are(tmp_path: Path) -> None:
    for text in ("甲‧乙•丙·丁", "甲•乙‧丙⋯丁…戊"):
        _, path = make(tmp_path, f"# 上篇\n\n{text}\n")
        assert text in "".join(glyph.text for glyph in glyphs(path))


def test_a_character_without_a_glyph_is_named_marked_and_copied(tmp_path: Path) -> None:
    result, path = make(tmp_path, "# 上篇\n\n古字\U0002a6a5一個，*又\U0002a6a5*一個。藏文\u0f56\u0f51\n")
    assert [f.message for f in result.findings if f.rule == "F002"] == [
        "no installed font has \U0002a6a5 \u0f56 \u0f51 (U+2A6A5, U+0F56, U+0F51), in «上篇»: "
        "〓 is printed. Install one that does."
    ]
    assert "古字\U0002a6a5一個，又\U0002a6a5一個。" in "".join(glyph.text for glyph in glyphs(path))
    with pikepdf.open(path) as pdf:
        drawn = b"".join(page.Contents.read_bytes() for page in pdf.pages)
    assert b"ffff" not in drawn  # no reference to a glyph that is not there


def test_a_long_table_runs_on_under_its_head(tmp_path: Path) -> None:
    result, path = make(tmp_path, f"# 上篇\n\n{books.paragraph(0)}\n\n{TABLE}")
    heads = [glyph for glyph in glyphs(path) if glyph.text == "閘" and "Sans" in glyph.font]
    assert len(heads) == result.pages - 2  # title page and its blank back


def test_cells_are_not_broken_where_there_is_room(tmp_path: Path) -> None:
    _, path = make(tmp_path, "# 上篇\n\n| 年份 | 記事 |\n|---|---|\n| 1762年至1768年 | 第3閘水漲 7 尺 |\n")
    row = [glyph for glyph in glyphs(path) if glyph.mark >= 0]
    assert (
        len(
            {
                round(glyph.y, 1)
                for glyph in row
                if glyph.text in "1762年至8第3閘水漲7尺" and "Serif" in glyph.font
            }
        )
        <= 2
    )


def test_wide_tables_are_set_smaller() -> None:
    cells = "".join(f"<td>{'字' * 8}</td>" for _ in range(6))
    table = etree.fromstring(f"<table><colgroup><col/></colgroup><tr>{cells}</tr></table>")
    fit_table(table, 60)
    assert table.get("class") is None
    assert table.find("colgroup") is None
    fit_table(table, 50)
    assert table.get("class") == "wide"
    fit_table(etree.SubElement(table, "table"), 10)
    table.set("class", "")
    fit_table(table, 20)
    assert table.get("class") == "crowded"


def test_narrow_columns_do_not_wrap_for_wide_ones() -> None:
    cells = [["年份", "說明", "引"], ["乾隆二十九年", "字" * 60, "1,204"]]
    rows = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells]
    table = etree.fromstring(f"<table>{''.join(rows)}</table>")
    fit_table(table, 40)
    assert [cell.get("class") for cell in table.iter("td")] == ["narrow", None, "narrow"] * 2
    crowd = etree.fromstring("<table><tr>" + f"<td>{'字' * 20}</td>" * 3 + "</tr></table>")
    fit_table(crowd, 40)
    assert not any(cell.get("class") for cell in crowd.iter("td"))


def test_no_column_leaves_the_page(tmp_path: Path) -> None:
    table = "\n".join("|" + f" {cell} |" * 24 for cell in ("年", "---", "12,000")) + "\n\n: 各年糧價\n"
    result, path = make(tmp_path, f"# 上篇\n\n{books.paragraph(0)}\n\n{table}")
    assert measure_lines(path).outside == 0
    assert [f.rule for f in result.findings] == ["F005"] and "各年糧價" in result.findings[0].message


@pytest.mark.parametrize(
    ("title", "room", "lines"),
    [
        ("短題", 10, ["短題"]),
        ("經緯與丈尺：清代前期輿圖測繪", 12, ["經緯與丈尺：", "清代前期輿圖測繪"]),
        ("弦上的算術——古琴與律學", 10, ["弦上的算術", "——古琴與律學"]),
        ("河流與渡口、閘門與抄本的地方史", 10, ["河流與渡口、", "閘門與抄本的地方史"]),
        ("Water and the City: Five Scenes", 12, ["Water and the City:", " Five Scenes"]),
        ("井：改邑 ‖ The Well: The Town", 9, ["井：改邑 ‖ ", "The Well: The Town"]),
        ("一二三四五六七八九十「甲乙」", 8, ["一二三四五六七", "八九十「甲乙」"]),
    ],
)
def test_titles_turn_where_the_sense_does(title: str, room: float, lines: list[str]) -> None:
    places = [0, *turns(title, room), len(title)]
    assert [title[a:b] for a, b in pairwise(places)] == lines


def test_a_turned_title_keeps_its_text_and_its_parts() -> None:
    title = etree.fromstring("<h1>甲乙丙丁<em>戊：己</em>庚辛壬癸<a class='call'>12</a>子丑</h1>")
    turn_line(title, 7)
    assert "".join(title.itertext()) == "甲乙丙丁戊：己庚辛壬癸12子丑"
    assert title[0].tag == "em"
    assert title[0][0].get("class") == "turn"


def test_two_characters_are_set_apart_and_copied_together(tmp_path: Path) -> None:
    _, path = make(tmp_path, "# 結論\n\n文。\n")
    with pikepdf.open(path) as pdf:
        assert any("結論" in "".join(g.text for g in read_glyphs(page)) for page in pdf.pages)
    wide = [g for g in glyphs(path) if g.size > 15 and "Sans" in g.font]
    assert wide[1].x - wide[0].x == pytest.approx(2 * wide[0].size, abs=0.2)


def test_a_bibliography_hangs_and_ends_with_its_section() -> None:
    chapter = etree.fromstring(
        "<section><h1>結論</h1><p>文</p><h2>六、參考文獻</h2><p>甲書</p><h3>中文</h3><p>乙書</p><h2>附記</h2><p>文</p></section>"
    )
    mark_bibliographies([chapter])
    assert [p.text for p in chapter.iter("p") if p.get("class") == "bib"] == ["甲書", "乙書"]


def test_a_last_paragraph_of_one_line_is_kept_with_the_text_before_it() -> None:
    note = "<span class='note'>一條很長很長很長很長很長很長很長很長很長很長很長很長很長很長的註</span>"
    for last, kept in ((f"短句。{note}", True), ("字" * 31, False)):
        section = etree.fromstring(f"<section><p>前文</p><p>{last}</p></section>")
        keep_ending(section)
        assert (section[-1].get("class") == "ending") is kept


def test_an_article_sets_its_sections_one_level_smaller() -> None:
    style = load_style()
    for is_book, size in ((True, 16), (False, 13)):
        edition = books.edition(HEAD, page={"chapter_break": is_book})
        css = style_sheet(edition, style, style.geometry("d32"))
        assert f"font-size: {size}pt" in css[css.index("h1 {") :][:200]


def test_the_colophon_says_the_date_in_chinese_and_describes_the_book() -> None:
    book = {"publisher": "江岸書店", "place": "武漢", "date": "2026-03-15", "series": "水利叢書"}
    edition = books.edition(HEAD, book=book)
    assert ("日期", "2026年3月15日") in colophon_rows(edition)
    assert describe(edition) == ["渡口紀事. — 武漢：江岸書店，2026.3", "（水利叢書）"]
    assert describe(books.edition(HEAD)) == []


def test_drawings_are_lettered_in_the_house_style() -> None:
    faces = load_style().faces_of("zh-Hans-CN")
    drawing = '<svg width="9"><text font-family="Own, sans-serif">字</text><text style="font-family: cursive; x: y">字</text></svg>'
    out = letter_drawing(drawing, faces)
    assert out.startswith("<svg font-family=\"'Noto Serif CJK SC'\" width")
    assert "Own, 'Noto Sans CJK SC'" in out
    assert "font-family: 'LXGW WenKai'; x" in out


def test_stanzas_stand_apart_and_verse_is_set_in_kai(tmp_path: Path) -> None:
    _, path = make(tmp_path, "水位。\n\n| 甲乙\n| 丙丁\n|\n| 戊己\n\n| 庚辛\n")
    drawn = {glyph.text: glyph for glyph in glyphs(path) if glyph.text in "位甲丙戊庚"}
    gaps = [round(one.y - other.y, 1) for one, other in pairwise(drawn[c] for c in "位甲丙戊庚")]
    assert gaps == [gaps[0], gaps[0], 2 * gaps[0], gaps[0]]
    assert {c: "Kai" in drawn[c].font for c in drawn} == {
        "位": False,
        "甲": True,
        "丙": True,
        "戊": True,
        "庚": True,
    }
