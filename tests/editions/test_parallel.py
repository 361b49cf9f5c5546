"""Two texts side by side in all three formats: pairs stay pairs, notes carry one number, nothing is lost."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.document import ast, word
from pipeline.document.parallel import set_side_by_side
from pipeline.document.parallel.notes import side_numbers
from pipeline.editions.docx import make_docx
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import make_epub
from pipeline.editions.html import compose
from pipeline.editions.pdf import make_pdf
from pipeline.editions.pdf.parallel.facing import facing_labels
from pipeline.editions.style.columns import columns_style
from pipeline.editions.style.load import load_style
from pipeline.proof.docx import read_docx
from pipeline.proof.epub import read_epub
from pipeline.proof.facts import squash
from pipeline.proof.pdf import read_pdf
from pipeline.settings import BookSettings, EditionSettings, PageSettings, Settings

LONG = "這一條註釋寫得很長，為的是在一頁之中放不下，要到下一頁去繼續，而兩邊仍在同一高度斷開。" * 22
LEFT = f"""---
title: 水與城
author: [顧汀]
lang: zh-Hant-TW
---

# 引言 {{#a}}

城中有水[^1]，水邊有市[^2]。

> 引文一段，自成一行。

| 甲 | 乙 |
|----|----|
| 丙 | 丁 |

# 後記 {{#b}}

{"井水與河水同時存在，各有各的用處。" * 60}[^3]

末段。[^4]

[^1]: 其一。

[^2]: 其二。

[^3]: {LONG}

[^4]: 其四。
"""
LONG_EN = "This note is long enough to run over to the next page, on both sides at one height. " * 24
RIGHT = f"""---
title: Water and the City
author: [Gu Ting]
lang: en
---

# Introduction {{#a}}

There is water[^1] in the city, and a market[^2] beside it.

> A quotation of its own.

| A | B |
|---|---|
| C | D |

# Afterword {{#b}}

{"Well water and river water exist together, each for its purpose. " * 40}[^3]

The end.[^4]

[^1]: One.

[^2]: Two.

[^3]: {LONG_EN}

[^4]: Four.
"""
EXPECTED = ["1", "2", "1", "2", "3", "3", "4", "4"]


def parallel(layout: str = "columns") -> Edition:
    """The edition of the two texts above."""
    left, right = ast.read_document(LEFT, "a.md"), ast.read_document(RIGHT, "b.md")
    both = set_side_by_side(left, right, ("zh-Hant-TW", "en"))
    assert both.findings == []
    settings = Settings(
        book=BookSettings(date="2026-01-02"),
        page=PageSettings(trim="a5", half_title=False, chapter_break=False),
        editions=EditionSettings(parallel_layout=layout),  # type: ignore[arg-type]
    )
    numbers = tuple(side_numbers(both.doc))
    edition = Edition(both.doc, "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant"))
    return replace(edition, numbers=numbers, languages=("zh-Hant-TW", "en"))


@pytest.fixture(scope="module", params=["columns", "pages"])
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A PDF of each layout."""
    path = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
    make_pdf(parallel(request.param), path)
    return request.param, path


def texts(facts: Any) -> list[str]:
    return [squash(note.text) for note in facts.notes]


def wanted() -> list[str]:
    notes = [ast.plain(block) for note in ast.notes(parallel().doc) for block in note.content]
    return [squash(text) for text in notes]


def test_a_printed_page_loses_no_note_and_numbers_both_sides_alike(printed: tuple[str, Path]) -> None:
    facts = read_pdf(printed[1])
    assert [note.label for note in facts.notes] == EXPECTED
    assert texts(facts) == wanted()
    assert [h.text for h in facts.headings] == ["引言Introduction", "後記Afterword"]


def test_all_pages_are_of_one_size(printed: tuple[str, Path]) -> None:
    with pikepdf.open(printed[1]) as pdf:
        assert len({tuple(round(float(v)) for v in page.mediabox) for page in pdf.pages}) == 1


@pytest.mark.parametrize("printed", ["pages"], indirect=True)
def test_even_pages_stand_on_the_left(printed: tuple[str, Path]) -> None:
    with pikepdf.open(printed[1]) as pdf:
        labels = [page.label for page in pdf.pages]
        texts = [page_text(page) for page in pdf.pages]
    start = labels.index("2")
    assert start % 2 == 1  # a left-hand page: the first page of a book is a right-hand one
    assert labels[start:] == [str(n) for n in range(2, 2 + len(labels) - start)]
    assert "城中有水" in texts[start] and "There is" not in texts[start]
    assert "There is" in texts[start + 1] and "城中有水" not in texts[start + 1]


def page_text(page: pikepdf.Page) -> str:
    from pipeline.proof.glyphs import read_glyphs

    return "".join(glyph.text for glyph in read_glyphs(page, {}))


@pytest.mark.parametrize("printed", ["pages"], indirect=True)
def test_the_running_heads_of_facing_pages_stand_at_one_height(printed: tuple[str, Path]) -> None:
    with pikepdf.open(printed[1]) as pdf:
        start = [page.label for page in pdf.pages].index("2")
        heights = [head_heights(page) for page in pdf.pages[start:]]
    pairs = [pair for pair in zip(heights[::2], heights[1::2], strict=False) if pair != (set(), set())]
    assert pairs
    assert all(left == right and len(left) == 1 for left, right in pairs)


def head_heights(page: pikepdf.Page) -> set[int]:
    """The baselines of what stands above the type area."""
    from pipeline.proof.glyphs import read_glyphs

    edge = float(page.mediabox[3]) - 45  # points
    return {round(glyph.y) for glyph in read_glyphs(page, {}) if glyph.y > edge and glyph.text.strip()}


def test_bookmarks_and_links_of_facing_pages_lead_to_pages_of_the_file(printed: tuple[str, Path]) -> None:
    with pikepdf.open(printed[1]) as pdf:
        pages = {page.obj.objgen for page in pdf.pages}
        names = list(pdf.Root.Names.Dests.Names)
        places = {str(name): place for name, place in zip(names[::2], names[1::2], strict=True)}
        assert {f"n{n}" for n in range(1, 9)} <= set(places)
        assert all(place[0].objgen in pages for place in places.values())
        width = float(pdf.pages[0].mediabox[2])
        assert all(0 <= float(place[2]) <= width for place in places.values())
        links = [float(link.Rect[0]) for page in pdf.pages for link in page.obj.get("/Annots", [])]
        assert links and all(0 <= left <= width for left in links)


@pytest.mark.parametrize("layout", ["columns", "pages"])
def test_the_same_bytes_from_the_same_texts(layout: str, tmp_path: Path) -> None:
    made = []
    for name in ("one", "two"):
        edition = parallel(layout)
        folder = tmp_path / name
        folder.mkdir()
        make_pdf(edition, folder / "a.pdf")
        make_epub(edition, folder / "a.epub")
        make_docx(edition, folder / "a.docx")
        made.append({file.name: file.read_bytes() for file in folder.iterdir()})
    assert made[0] == made[1]


def test_an_e_book_has_pairs_languages_and_shared_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    make_epub(parallel(), path)
    facts = read_epub(path)
    assert [note.label for note in facts.notes] == EXPECTED
    assert texts(facts) == wanted()
    with zipfile.ZipFile(path) as archive:
        package = archive.read("EPUB/content.opf").decode()
        chapter = archive.read("EPUB/chapter-01.xhtml").decode()
        nav = archive.read("EPUB/nav.xhtml").decode()
    assert package.count("<dc:language>") == 2
    assert chapter.count('class="pair"') == 3
    assert '<div class="side side-b" lang="en" xml:lang="en">' in chapter
    assert 'id="n3" class="note" epub:type="footnote" lang="en"' in chapter
    assert "引言 ‖ Introduction" in nav


def test_word_has_a_table_of_two_columns_and_marks_of_our_own(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    make_docx(parallel(), path)
    facts = read_docx(path)
    assert [note.label for note in facts.notes] == EXPECTED
    assert texts(facts) == wanted()
    assert facts.authors == ["顧汀 (Gu Ting)"]
    with zipfile.ZipFile(path) as archive:
        body = word.parse(archive.read("word/document.xml"))
    tables = word.find(body, "w:body/w:tbl")
    assert [word.value(word.first(t, "w:tblPr/w:tblStyle")) for t in tables] == ["Parallel", "Parallel"]
    assert [len(word.find(t, "w:tr")) for t in tables] == [3, 2]  # neighbouring pairs share a table
    assert all(len(word.find(row, "w:tc")) == 2 for t in tables for row in word.find(t, "w:tr"))
    assert not any(word.find(table, "w:tr/w:trPr/w:cantSplit") for table in tables)
    spoken = {
        word.value(lang)
        for cell in word.find(tables[1], "w:tr/w:tc[2]")
        for lang in word.find(cell, ".//w:rPr/w:lang")
    }
    assert spoken == {"en-US"}


def test_a_column_holds_a_whole_number_of_characters() -> None:
    style = load_style()
    for trim in ("a5", "170x240", "16k", "a4", "130x184"):
        columns = columns_style(style, trim)
        geometry = columns.geometry(trim)
        column = (geometry.characters - columns.parallel.gutter) / 2
        assert column == int(column) >= 12, trim
        assert geometry.outer > 30 and geometry.inner > 30, trim


def test_the_right_notes_are_in_their_language() -> None:
    notes = compose(parallel()).notes
    assert [note.body.get("lang") for note in notes] == [None, None, "en", "en", None, "en", None, "en"]


@pytest.mark.parametrize(
    ("doubles", "labels"),
    [
        ([False, True, True], ["i", "2", "3", "4", "5"]),
        ([False, False, True, False], ["i", "ii", "iii", "2", "3", "4"]),
        ([True], ["i", "2", "3"]),
    ],
)
def test_facing_pages_are_numbered_from_two(doubles: list[bool], labels: list[str]) -> None:
    assert facing_labels(doubles) == labels


def test_pages_begin_where_the_text_goes_on_on_either_side(tmp_path: Path) -> None:
    result = make_pdf(parallel(), tmp_path / "a.pdf")
    flow = flow_of(compose(parallel()))
    facts = {
        start.label: flow[start.chapter][start.offset :] for start in result.page_starts if start.chapter >= 0
    }
    assert facts["1"].startswith("引言")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        for page in pdf.pages:
            if page.label in facts:
                assert facts[page.label][:3] in squash(page_text(page)), page.label


def flow_of(composition: Any) -> list[str]:
    """The chapters' texts as page starts count them: no white space, no calls."""
    from pipeline.editions.pages import flow_text

    out = []
    for chapter in composition.chapters:
        for call in chapter.element.iterfind(".//a[@class='call']"):
            call.text = ""
        out.append(flow_text("".join(str(part) for part in chapter.element.itertext())))
    return out
