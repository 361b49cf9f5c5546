"""The Word file: what an editor finds in it, and that its bytes never differ."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from pipeline.document import ast, word
from pipeline.editions.docx import make_docx
from pipeline.editions.docx.runs import segments
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.missing import reword_missing
from pipeline.errors import EditionError
from pipeline.proof.docx_conformance import check_docx
from pipeline.readers.docx import read_docx
from pipeline.settings import (
    BookSettings,
    DocxSettings,
    EditionSettings,
    NoteSettings,
    PageSettings,
    Settings,
)

MakeEdition = Callable[..., Edition]


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory, project: Path) -> MakeEdition:
    """Makes editions of the case, or of any master, in a folder that holds its picture."""
    folder = tmp_path_factory.mktemp("book")
    Image.new("RGB", (1600, 900), "#446688").save(folder / "field.png")
    case = (project / "tests/cases/docx/everything.md").read_text(encoding="utf-8")

    def make(master: str = case, lang: str = "zh-Hant-TW", **settings: object) -> Edition:
        wording = read_wording(lang[:7])
        doc = reword_missing(ast.read_document(master, "case"), wording["missing_note"])
        return Edition(doc, lang[:7], lang, Settings(folder=folder, **settings), wording)  # type: ignore[arg-type]

    return make


@pytest.fixture(scope="module")
def parts(book: MakeEdition, tmp_path_factory: pytest.TempPathFactory) -> dict[str, etree._Element]:
    """The parts of the case as a Word file."""
    path = tmp_path_factory.mktemp("docx") / "a.docx"
    assert make_docx(book(), path).findings == []
    return read(path)


def read(path: Path) -> dict[str, etree._Element]:
    with zipfile.ZipFile(path) as archive:
        return {n: word.parse(archive.read(n)) for n in archive.namelist() if n.endswith((".xml", ".rels"))}


def styles_of(parts: dict[str, etree._Element], text: str) -> set[str]:
    """The names of the styles of paragraphs that hold a text."""
    names = word.style_names(parts["word/styles.xml"])
    body = word.find(parts["word/document.xml"], "w:body")[0]
    paragraphs = [p for b in body if word.local(b) != "sdt" for p in b.iter(word.qualified("w:p"))]
    return {names[word.style_of(p)] for p in paragraphs if text in "".join(str(t) for t in p.itertext())}


def run_of(parts: dict[str, etree._Element], text: str, part: str = "word/document.xml") -> etree._Element:
    """The first run that holds a text."""
    return next(
        r
        for r in word.find(parts[part], ".//w:r")
        if text in "".join(t.text or "" for t in word.find(r, "w:t"))
    )


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("堤與田", "Title"), ("一份", "Subtitle"), ("顧汀", "Author"), ("水利學塾", "Affiliation"),
        ("第一段摘要", "Abstract"), ("關鍵詞", "Keywords"), ("第一章", "heading 1"), ("其一", "heading 2"),
        ("引文的第一段", "Block Text"), ("甲項", "List Paragraph"), ("東堤", "Table Text"),
        ("表一", "caption"), ("圖一", "caption"), ("第二段講", "Body Text"), ("詩的一行", "Quoted Verse"),
        ("Dykes and Fields", "Translated Title"), ("水渠", "Definition Term"),
    ],
)  # fmt: skip
def test_every_part_has_its_style(parts: dict[str, etree._Element], text: str, style: str) -> None:
    assert style in styles_of(parts, text)


BOOK = BookSettings(publisher="水利學塾", date="2026-03", isbn="978-7-5000-0001-0")


def front_and_back(path: Path) -> list[tuple[str, str]]:
    """Style and text of what has a title's or a colophon's style, and of the contents and the chapters' headings."""
    out = []
    for block in word.find(read(path)["word/document.xml"], "w:body")[0]:
        style = "contents" if word.local(block) == "sdt" else word.style_of(block)
        if style in ("contents", "Title", "Heading1") or style.startswith("Colophon"):
            out.append((style, "" if style == "contents" else "".join(str(t) for t in block.itertext())))
    return out


def test_the_colophon_stands_where_printed_books_have_it(book: MakeEdition, tmp_path: Path) -> None:
    orders = {
        ("zh-Hant-TW", True): ["Title", "contents", "Heading1", "Heading1", "ColophonTitle", *["Colophon"] * 5],
        ("zh-Hans-CN", True): ["Title", *["ColophonDescription"] * 2, "ColophonTitle", *["Colophon"] * 5, "contents", "Heading1", "Heading1"],
        ("zh-Hans-CN", False): ["Title", "contents", "Heading1", "Heading1", *["ColophonDescription"] * 2, "ColophonTitle", *["Colophon"] * 5],
    }  # fmt: skip
    for (lang, on_pages), order in orders.items():
        page = PageSettings(chapter_break=on_pages)
        make_docx(book(lang=lang, book=BOOK, page=page), tmp_path / "a.docx")
        found = front_and_back(tmp_path / "a.docx")
        assert [style for style, _ in found] == order
        assert ("Colophon", "日期2026年3月") in found
        assert check_docx(tmp_path / "a.docx") == []
        make_docx(book(lang=lang, book=BOOK, page=replace(page, colophon=False)), tmp_path / "without.docx")
        without = [(style, text) for style, text in found if not style.startswith("Colophon")]
        assert front_and_back(tmp_path / "without.docx") == without
        # The way back knows that it is no text.
        assert read_docx(tmp_path / "a.docx").text == read_docx(tmp_path / "without.docx").text


def test_built_in_styles_have_the_names_that_word_translates(parts: dict[str, etree._Element]) -> None:
    for style in word.find(parts["word/styles.xml"], "w:style"):
        name = word.value(word.first(style, "w:name"))
        if name in {
            "heading 1",
            "footnote text",
            "footnote reference",
            "toc 1",
            "caption",
            "Title",
            "Body Text",
        }:
            assert style.get(word.qualified("w:customStyle")) is None, name
    assert (
        word.value(word.find(parts["word/styles.xml"], "w:style[@w:styleId='Author']/w:aliases")[0]) == "作者"
    )


def test_indents_are_in_characters_and_faces_apart(parts: dict[str, etree._Element]) -> None:
    (body,) = word.find(parts["word/styles.xml"], "w:style[@w:styleId='BodyText']")
    assert word.value(word.first(body, "w:pPr/w:ind"), "w:firstLineChars") == "200"
    fonts = word.first(parts["word/styles.xml"], "w:docDefaults/w:rPrDefault/w:rPr/w:rFonts")
    assert word.value(fonts, "w:eastAsia") == "新細明體"
    assert word.value(fonts, "w:ascii") == "Times New Roman"
    assert word.find(parts["word/fontTable.xml"], "w:font/w:altName")


def test_notes_are_native_and_stand_in_reading_order(parts: dict[str, etree._Element]) -> None:
    calls = [word.value(c, "w:id") for c in word.find(parts["word/document.xml"], ".//w:footnoteReference")]
    assert calls == [str(n) for n in range(1, 9)]
    notes = {word.value(n, "w:id"): "".join(t.text or "" for t in n.iter(word.qualified("w:t"))).strip()
             for n in parts["word/footnotes.xml"]}  # fmt: skip
    assert [notes[c][:4] for c in calls] == [
        "題目的註",
        "作者的註",
        "見 Dy",
        "原註闕",
        "Плот",
        "表題的註",
        "格子的註",
        "A no",
    ]


def test_between_two_calls_that_touch_stands_a_space(book: MakeEdition, tmp_path: Path) -> None:
    master = "甲[^1][^2]乙[^3]。[^4]\n\n" + "\n\n".join(f"[^{n}]: 註。" for n in range(1, 5)) + "\n"
    make_docx(book(master), tmp_path / "a.docx")
    gaps = [
        (word.local(run.getprevious()), word.local(run.getnext()))
        for run in word.find(read(tmp_path / "a.docx")["word/document.xml"], ".//w:r")
        if word.value(word.first(run, "w:rPr/w:rStyle")) == "CallGap"
    ]
    assert gaps == [("bookmarkEnd", "bookmarkStart")]
    assert check_docx(tmp_path / "a.docx") == []
    assert "甲[^1][^2]乙[^3]。[^4]" in read_docx(tmp_path / "a.docx").text


def test_a_missing_body_has_the_words_of_the_script(book: MakeEdition, tmp_path: Path) -> None:
    make_docx(book(lang="zh-Hans-CN"), tmp_path / "a.docx")
    parts = read(tmp_path / "a.docx")
    run = run_of(parts, "原注阙", "word/footnotes.xml")
    assert word.value(word.first(run, "w:rPr/w:rStyle")) == "Missing"


def test_emphasis_is_a_style_and_han_is_never_slanted(parts: dict[str, etree._Element]) -> None:
    assert word.value(word.first(run_of(parts, "The Dyke"), "w:rPr/w:rStyle")) == "Emphasis"
    assert word.value(word.first(run_of(parts, "堤記"), "w:rPr/w:rStyle")) == "HanEmphasis"
    (dotted,) = word.find(parts["word/styles.xml"], "w:style[@w:styleId='HanEmphasis']")
    assert word.first(dotted, "w:rPr/w:em") is not None
    assert word.first(dotted, "w:rPr/w:i") is None


def test_a_space_between_foreign_words_gets_no_dots(book: MakeEdition, tmp_path: Path) -> None:
    make_docx(book("見*River Река*，*堤記 2*。\n"), tmp_path / "a.docx")
    runs = word.find(read(tmp_path / "a.docx")["word/document.xml"], ".//w:r")
    styles = {"".join(map(str, r.itertext())): word.value(word.first(r, "w:rPr/w:rStyle")) for r in runs}
    assert {text for text, style in styles.items() if style == "HanEmphasis"} == {"堤記 2"}
    assert styles[" "] == "Emphasis"


def test_the_figures_of_a_latin_title_get_no_dots(book: MakeEdition, tmp_path: Path) -> None:
    make_docx(book("見*China 1912–1949*與*Т. IV*，*堤2–3River*。\n"), tmp_path / "a.docx")
    runs = word.find(read(tmp_path / "a.docx")["word/document.xml"], ".//w:r")
    styles = [("".join(map(str, r.itertext())), word.value(word.first(r, "w:rPr/w:rStyle"))) for r in runs]
    assert "".join(text for text, style in styles if style == "Emphasis") == "China 1912–1949Т. IVRiver"
    assert [text for text, style in styles if style == "HanEmphasis"] == ["堤2–3"]
    assert not any(word.find(r, "w:rPr/w:rFonts") for r in runs if "1949" in "".join(map(str, r.itertext())))


@pytest.mark.parametrize(
    ("han", "said"), [("dots", '<w:em w:val="dot"/>'), ("kai", '<w:rFonts w:eastAsia="標楷體"/>')]
)
def test_a_run_that_is_two_things_has_a_style_for_both(
    book: MakeEdition, tmp_path: Path, han: str, said: str
) -> None:
    (tmp_path / "house-style.toml").write_text(f'[emphasis]\nhan = "{han}"\n', encoding="utf-8")
    made = book("***重*要**，[*乾*]{.keep}。\n")
    own = replace(made.settings, folder=tmp_path, editions=EditionSettings(style="house-style.toml"))
    make_docx(replace(made, settings=own), tmp_path / "a.docx")
    parts = read(tmp_path / "a.docx")
    for text, style in (("重", "StrongHanEmphasis"), ("乾", "KeepHanEmphasis")):
        run = run_of(parts, text)
        assert [word.local(e) for e in word.find(run, "w:rPr/*")] == ["rStyle"]
        assert word.value(word.first(run, "w:rPr/w:rStyle")) == style
        (found,) = word.find(parts["word/styles.xml"], f"w:style[@w:styleId='{style}']")
        assert said in etree.tostring(found, encoding="unicode")
    assert read_docx(tmp_path / "a.docx").text.endswith("***重*要**，[*乾*]{.keep}。\n")


def test_runs_know_their_language_and_wide_marks_their_face(parts: dict[str, etree._Element]) -> None:
    assert word.value(word.first(run_of(parts, "Плотина"), "w:rPr/w:lang")) == "ru-RU"
    assert word.value(word.first(run_of(parts, "“三丈”"), "w:rPr/w:rFonts"), "w:hint") == "eastAsia"
    default = word.first(parts["word/styles.xml"], "w:docDefaults/w:rPrDefault/w:rPr/w:lang")
    assert word.value(default, "w:eastAsia") == "zh-TW"


def test_an_apostrophe_in_a_word_is_latin() -> None:
    assert segments("don’t") == [("west", "don’t")]
    assert segments("引“Jing”文") == [("east", "引“"), ("west", "Jing"), ("east", "”文")]


def test_heads_repeat_titles_by_field_and_not_on_openers(parts: dict[str, etree._Element]) -> None:
    fields = {n: "".join(str(t) for t in parts[n].itertext()) for n in parts if n.startswith("word/header")}
    assert any('STYLEREF "Running Title"' in f and "堤與田" in f for f in fields.values())
    assert any("STYLEREF 1" in f and "第一章" in f for f in fields.values())
    sections = word.find(parts["word/document.xml"], ".//w:sectPr")
    assert all(word.first(s, "w:titlePg") is not None for s in sections)
    assert word.first(parts["word/settings.xml"], "w:evenAndOddHeaders") is not None


def test_contents_are_a_field_and_filled(parts: dict[str, etree._Element]) -> None:
    frame = word.find(parts["word/document.xml"], "w:body/w:sdt")[0]
    text = "".join(str(t) for t in frame.itertext())
    assert 'TOC \\o "1-3"' in text
    assert "第一章　堤" in text and "其一" in text
    assert word.first(parts["word/settings.xml"], "w:updateFields") is None


def test_tables_repeat_their_heads_and_fill_the_measure(parts: dict[str, etree._Element]) -> None:
    (table,) = word.find(parts["word/document.xml"], ".//w:tbl")
    assert word.first(table, "w:tr/w:trPr/w:tblHeader") is not None
    widths = [int(word.value(g, "w:w")) for g in word.find(table, "w:tblGrid/w:gridCol")]
    assert sum(widths) == pytest.approx(35 * 210, abs=2)


def test_a_caption_stays_with_its_table_and_a_head_with_its_rows(parts: dict[str, etree._Element]) -> None:
    (table,) = word.find(parts["word/document.xml"], ".//w:tbl")
    head, *others = word.find(table, "w:tr")
    kept = [p for p in (table.getprevious(), *word.find(head, ".//w:p")) if p is not None]
    assert len(kept) > 2 and all(word.first(p, "w:pPr/w:keepNext") is not None for p in kept)
    assert not any(word.find(row, ".//w:keepNext") for row in others)


def test_a_picture_fits_and_says_what_it_shows(parts: dict[str, etree._Element]) -> None:
    (picture,) = word.find(parts["word/document.xml"], ".//wp:docPr")
    assert picture.get("descr") == "圖一　田的樣子"
    (extent,) = word.find(parts["word/document.xml"], ".//wp:extent")
    assert int(extent.get("cx") or 0) <= 35 * 10.5 * 12700


def test_page_starts_are_hidden_bookmarks(parts: dict[str, etree._Element]) -> None:
    names = [word.value(b, "w:name") for b in word.find(parts["word/document.xml"], ".//w:bookmarkStart")]
    assert [n for n in names if n.startswith("_Page_")] == ["_Page_155", "_Page_156"]


def test_properties_say_title_authors_language_and_keywords(parts: dict[str, etree._Element]) -> None:
    core = {word.local(e): e.text for e in parts["docProps/core.xml"]}
    assert core["title"] == "堤與田"
    assert core["creator"] == "顧汀; 陸行"
    assert core["keywords"] == "堤; 田"
    assert core["language"] == "zh-Hant-TW"
    assert core["created"] == "2000-01-01T00:00:00Z"


@pytest.mark.parametrize(
    ("numbering", "style", "restart", "form"),
    [("book", "arabic", "continuous", ""), ("chapter", "arabic", "eachSect", ""),
     ("page", "circled", "eachPage", "decimalEnclosedCircleChinese")],
)  # fmt: skip
@pytest.mark.parametrize("chapter_break", [True, False])
def test_notes_are_numbered_by_the_common_switch(
    book: MakeEdition,
    tmp_path: Path,
    numbering: str,
    style: str,
    restart: str,
    form: str,
    chapter_break: bool,
) -> None:
    edition = book(
        notes=NoteSettings(numbering=numbering, style=style),  # type: ignore[arg-type]
        page=PageSettings(chapter_break=chapter_break),
    )
    make_docx(edition, tmp_path / "a.docx")
    assert check_docx(tmp_path / "a.docx") == []
    sections = word.find(read(tmp_path / "a.docx")["word/document.xml"], ".//w:sectPr")
    assert {word.value(word.first(s, "w:footnotePr/w:numRestart")) for s in sections} == {restart}
    assert {word.value(word.first(s, "w:footnotePr/w:numFmt")) for s in sections} == {form}
    if numbering == "chapter":
        assert len(sections) >= 4  # front matter, the text before the first chapter, two chapters


def test_the_page_is_the_trim(book: MakeEdition, tmp_path: Path) -> None:
    make_docx(book(page=PageSettings(trim="16k")), tmp_path / "a.docx")
    size = word.find(read(tmp_path / "a.docx")["word/document.xml"], ".//w:pgSz")[0]
    assert round(int(word.value(size, "w:w")) / 20 / 72 * 25.4) == 185


@pytest.mark.parametrize("lang", ["zh-Hant-TW", "zh-Hant-HK", "zh-Hans-CN"])
def test_it_conforms_in_every_script(book: MakeEdition, tmp_path: Path, lang: str) -> None:
    make_docx(book(lang=lang), tmp_path / "a.docx")
    assert check_docx(tmp_path / "a.docx") == []


def test_same_input_same_bytes(book: MakeEdition, tmp_path: Path) -> None:
    for name in ("a", "b"):
        make_docx(book(book=BookSettings(date="2024-05")), tmp_path / f"{name}.docx")
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


def test_a_failure_leaves_the_old_file(book: MakeEdition, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"old")
    with pytest.raises(EditionError, match="outside the book's folder"):
        make_docx(book(docx=DocxSettings(reference="../other.docx")), tmp_path / "a.docx")
    assert (tmp_path / "a.docx").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.docx"]


def test_a_reference_document_of_the_users_own(book: MakeEdition, tmp_path: Path) -> None:
    edition = book()
    folder = tmp_path / "own"
    folder.mkdir()
    make_docx(book(page=PageSettings(trim="a4")), folder / "own.docx")
    (folder / "field.png").write_bytes((edition.settings.folder / "field.png").read_bytes())
    settings = replace(edition.settings, folder=folder, docx=DocxSettings(reference="own.docx"))
    make_docx(replace(edition, settings=settings), tmp_path / "a.docx")
    assert check_docx(tmp_path / "a.docx") == []
    size = word.find(read(tmp_path / "a.docx")["word/document.xml"], ".//w:pgSz")[0]
    assert round(int(word.value(size, "w:w")) / 20 / 72 * 25.4) == 210


def test_a_reference_document_that_is_none(book: MakeEdition, tmp_path: Path) -> None:
    edition = book(docx=DocxSettings(reference="field.png"))
    with pytest.raises(EditionError, match="is no Word file"):
        make_docx(edition, tmp_path / "a.docx")


def test_a_picture_that_is_not_there_is_said_and_its_caption_stays(book: MakeEdition, tmp_path: Path) -> None:
    result = make_docx(book("# 章\n\n![圖二　沒有的圖](none.png){#x}\n"), tmp_path / "a.docx")
    assert [f.rule for f in result.findings] == ["L92"]
    assert "沒有的圖" in "".join(str(t) for t in read(tmp_path / "a.docx")["word/document.xml"].itertext())


def test_a_drawing_becomes_a_picture(book: MakeEdition, tmp_path: Path) -> None:
    edition = book("![一張圖](d.svg)\n")
    (edition.settings.folder / "d.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50"><rect width="100" height="50" fill="red"/></svg>'
    )
    assert make_docx(edition, tmp_path / "a.docx").findings == []
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        assert any(n.endswith(".png") for n in archive.namelist())


def test_raw_markup_never_passes(book: MakeEdition, tmp_path: Path) -> None:
    edition = book("一段`<w:p/>`{=openxml}話。\n")
    import panflute as pf

    edition.doc.content.append(pf.RawBlock("<w:p><w:r><w:t>RAW</w:t></w:r></w:p>", format="openxml"))
    make_docx(edition, tmp_path / "a.docx")
    assert "RAW" not in "".join(str(t) for t in read(tmp_path / "a.docx")["word/document.xml"].itertext())


def test_the_edition_itself_is_not_changed(book: MakeEdition, tmp_path: Path) -> None:
    edition = book()
    before = ast.dump(edition.doc)
    make_docx(edition, tmp_path / "a.docx")
    assert ast.dump(edition.doc) == before


@pytest.mark.parametrize(
    "master", ["", "一段。\n", "# 章\n", "---\ntitle: 題\n---\n", "| a |\n|---|\n| b |\n"]
)
def test_the_smallest_books(book: MakeEdition, tmp_path: Path, master: str) -> None:
    for chapter_break in (True, False):
        make_docx(book(master, page=PageSettings(chapter_break=chapter_break)), tmp_path / "a.docx")
        assert check_docx(tmp_path / "a.docx") == []


def test_links_to_figures_lead_to_their_captions(book: MakeEdition, tmp_path: Path) -> None:
    master = "見[圖](#fig)、[失](#lost)。\n\n![圖樣](field.png){#fig}\n\n![失圖](gone.png){#lost}\n"
    make_docx(book(master), tmp_path / "a.docx")
    assert check_docx(tmp_path / "a.docx") == []
    document = read(tmp_path / "a.docx")["word/document.xml"]
    anchors = [word.value(link, "w:anchor") for link in word.find(document, ".//w:hyperlink")]
    marked = {
        word.value(mark, "w:name"): p
        for p in word.find(document, ".//w:p")
        for mark in word.find(p, "w:bookmarkStart")
    }
    reached = ["".join(map(str, marked[anchor].itertext())) for anchor in anchors if anchor in marked]
    assert reached == ["圖樣", "失圖"]
