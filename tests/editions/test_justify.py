"""Lines as they come out of the PDF: flush at both edges, no prohibited break, no hole."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from pipeline.editions.pdf import make_pdf
from pipeline.editions.pdf.lines import justify, leaves, set_line
from pipeline.proof.lines import measure_lines
from pipeline.settings import Script
from tests.editions import books

NOTES = {
    1: "見 Harriet Lowell, *A Short History of River Gauges and Their Keepers* (London: Fenwick, 1931), pp. 12–19。",
    3: "Смирнов А. П. Очерки по истории судоходства на малых реках. Москва: Наука, 1968. С. 44–51.",
    5: "此說又見〈渡口雜錄〉，《水鄉》第 3 期（1952），頁 8；參看第二章。",
    8: "原件藏於縣檔案館，編號 47-2，共 13 頁。",
}


@pytest.mark.parametrize("script", ["zh-Hant", "zh-Hans"])
@pytest.mark.parametrize("trim", ["d32", "170x240", "16k"])
def test_lines_are_flush(tmp_path: Path, script: Script, trim: str) -> None:
    book = books.edition(books.master(14, NOTES), script, page={"trim": trim})
    make_pdf(book, tmp_path / "book.pdf")
    facts = measure_lines(tmp_path / "book.pdf")
    assert facts.lines > 30
    assert facts.share == 1.0, facts.examples
    assert (facts.starts, facts.ends, facts.calls) == (0, 0, 0), facts.examples
    assert facts.holes == 0, facts.examples
    assert (facts.outside, facts.without_glyph) == (0, 0), facts.examples


@pytest.mark.parametrize("trim", ["d32", "16k"])
def test_addresses_and_endless_words_leave_hardly_a_hole(tmp_path: Path, trim: str) -> None:
    address = (
        "https://www.example.org/archives/river_gauges/2019/a-long-path/index.php?id=4711&view=full#part-12"
    )
    words = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk 與 1942-1945/46 年的 10.1093/acprof:oso/97801992"
    notes = {
        1: f"水見 {address}，{words}。",
        3: f"{words}, {address}, Достопримечательности высокопревосходительства.",
    }
    text = books.master(6, notes) + "".join(
        f"\n\n{'水' * n}參見 {address} 與 {words} 諸書。" for n in range(8)
    )
    make_pdf(books.edition(text, page={"trim": trim}), tmp_path / "book.pdf")
    facts = measure_lines(tmp_path / "book.pdf")
    assert (facts.share, facts.starts) == (1.0, 0), facts.examples
    assert facts.holes <= 1, facts.examples  # of more than thirty lines, each with hardly a gap
    assert facts.lines > 30


@pytest.mark.parametrize(
    "mark", ["~~{}~~", "[{}]{{.underline}}", '[{}]{{style="text-decoration: overline"}}']
)
def test_a_line_drawn_through_or_under_words_leaves_their_lines_flush(tmp_path: Path, mark: str) -> None:
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragung"
    text = f"長詞 {word} 與後文混排，又 {word} 混排，{mark.format('這裏有刪去的字和 Latin words，長得要轉行')}，還有後文。"
    make_pdf(books.edition(f"---\ntitle: 甲\n---\n\n# 章\n\n{text}\n"), tmp_path / "book.pdf")
    facts = measure_lines(tmp_path / "book.pdf")
    assert (facts.share, facts.holes) == (1.0, 0), facts.examples
    assert facts.lines >= 3


def test_the_text_itself_stays_as_it_is(tmp_path: Path) -> None:
    book = books.edition(books.master(2))
    make_pdf(book, tmp_path / "book.pdf")
    import pikepdf

    from pipeline.proof.glyphs import read_glyphs

    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        text = "".join(glyph.text for page in pdf.pages for glyph in read_glyphs(page))
    assert "記著 1887 年的雨量" in text
    assert "開閘！”——聲音" in text


def test_no_lone_character_ends_a_paragraph(tmp_path: Path) -> None:
    from pipeline.proof import lines

    text = "\n\n".join("水" * count + "。？！"[count % 3] for count in range(54, 72))
    make_pdf(books.edition(books.master(1) + "\n\n" + text), tmp_path / "book.pdf")
    import pikepdf

    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        pages = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        for block in lines._blocks(pdf.Root["/StructTreeRoot"], pages, None):
            marked: dict[int, list[lines.Glyph]] = {}
            for glyph in lines.read_glyphs(pdf.pages[block.page]):
                marked.setdefault(glyph.mark, []).append(glyph)
            rows = lines._rows(block, marked)
            if len(rows) > 1 and rows[0][0].text == "水":
                assert sum(glyph.text == "水" for glyph in rows[-1]) >= 2


def test_in_another_weasyprint_lines_stay_ragged_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(set_line, "SUPPORTED", ())
    result = make_pdf(books.edition(books.master(6)), tmp_path / "book.pdf")
    assert "F004" in [finding.rule for finding in result.findings]
    assert measure_lines(tmp_path / "book.pdf").share < 0.9


def test_weasyprint_is_left_as_it_was() -> None:
    from weasyprint.layout import LayoutContext, inline

    before = (inline.split_text_box, inline.text_align, LayoutContext.layout_footnote)
    with justify.chinese_lines(None, "zh-Hant-TW") as ours:
        assert ours
        assert inline.text_align is justify.text_align
    assert (inline.split_text_box, inline.text_align, LayoutContext.layout_footnote) == before


@pytest.mark.parametrize(
    ("words", "lang"), [("Geschichte der Brücken", "de"), ("History of the Bridges", "en")]
)
def test_words_are_divided_in_the_language_they_seem_to_be_in(words: str, lang: str) -> None:
    """Whoever says nothing of a language in Latin letters gets «en»; its commonest words tell better."""
    style = {"hyphens": "auto", "lang": "en", "hyphenate_limit_chars": (5, 2, 2), "white_space": "normal"}
    leaf = leaves._leaf(SimpleNamespace(style=style), None, SimpleNamespace(text=words))  # type: ignore[arg-type]
    assert leaf.hyphens is not None and leaf.hyphens.lang == lang
    assert leaf.lang == "en"


def test_broken_lines_of_a_note_stand_under_each_other(tmp_path: Path) -> None:
    """One leading apart, whether a line is full or not."""
    import pikepdf

    from pipeline.proof.glyphs import read_glyphs

    note = f"甲{'帳冊記著雨量，' * 12}\\\n    丙。\\\n    丁{'見 Watson 所記，' * 12}\\\n    戊。"
    make_pdf(books.edition(books.master(4, {1: note})), tmp_path / "book.pdf")
    facts = measure_lines(tmp_path / "book.pdf")
    assert (facts.share, facts.holes, facts.outside) == (1.0, 0, 0), facts.examples
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        places = {g.text: g.y for page in pdf.pages for g in read_glyphs(page)}
    assert places["丙"] - places["丁"] == pytest.approx(13.5, abs=0.1)
    for over, under in ("甲丙", "丁戊"):
        assert (places[over] - places[under]) / 13.5 == pytest.approx(
            round((places[over] - places[under]) / 13.5), abs=0.01
        )
        assert places[over] - places[under] < 13.5 * 5
