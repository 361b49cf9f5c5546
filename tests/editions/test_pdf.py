"""The printed edition: notes on their pages, the same bytes, whole files, an untrusted source, standards."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from pipeline.document.manuscript import Finding
from pipeline.editions import pdf as pdf_module
from pipeline.editions.html import compose
from pipeline.editions.pages import flow_text
from pipeline.editions.pdf import PdfResult, make_pdf
from pipeline.editions.pdf.notes.placed import PlacedNote
from pipeline.errors import EditionError
from pipeline.proof.compare import compare_editions
from pipeline.proof.glyphs import read_glyphs
from pipeline.proof.lines import measure_lines
from pipeline.proof.master import read_facts
from pipeline.proof.pdf import read_pdf
from tests.editions import books

SHORT = {number: f"第 {number} 條附註，寫得很短。" for number in range(12)}
LONG = {
    2: books.paragraph(1, 60),
    5: books.paragraph(3, 14) + "*Journal of River Craft* 4 (1921)。",
    6: "短。",
}


def make(tmp_path: Path, text: str, name: str = "book.pdf", **settings: Any) -> tuple[PdfResult, Path]:
    book = books.edition(text, folder=tmp_path, **settings)
    return make_pdf(book, tmp_path / name), tmp_path / name


def rules(result: PdfResult) -> list[str]:
    return [finding.rule for finding in result.findings]


def test_the_file_says_what_the_master_says(tmp_path: Path) -> None:
    text = books.master(12, SHORT | LONG | {7: "[原註闕]{.missing}"})
    book = books.edition(text, page={"half_title": True, "colophon": True, "contents": True})
    make_pdf(book, tmp_path / "book.pdf")
    facts = read_pdf(tmp_path / "book.pdf")
    assert compare_editions(read_facts(book.doc, book.settings.notes), {"pdf": facts}) == []
    assert [heading.text for heading in facts.headings] == ["上篇 水", "下篇 岸", "石階"]
    assert sum(note.missing for note in facts.notes) == 1
    assert (facts.title, facts.authors, facts.lang) == ("渡口紀事", ["林舟"], "zh-Hant-TW")


def test_a_note_longer_than_its_page_runs_over_and_is_whole(tmp_path: Path) -> None:
    book = books.edition(books.master(10, LONG))
    result = make_pdf(book, tmp_path / "book.pdf")
    facts = read_pdf(tmp_path / "book.pdf")
    assert compare_editions(read_facts(book.doc, book.settings.notes), {"pdf": facts}) == []
    lines = measure_lines(tmp_path / "book.pdf")
    assert lines.outside == 0, lines.examples
    assert "F003" not in rules(result)
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        notes = [e for e in pdf.objects if is_note(e)]
        assert len({str(e["/ID"]) for e in notes}) == len(notes) == len(LONG)
        assert max(len(pages_of(note)) for note in notes) > 1  # one element on several pages


def pages_of(element: Any) -> set[Any]:
    """The pages on which a structure element has marks."""
    kids = element.get("/K", [])
    out = {element["/Pg"].objgen} if any(isinstance(kid, int) for kid in kids) else set()
    return out.union(*(pages_of(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid))


def is_note(element: Any) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Note"


def test_a_lost_note_stops_the_edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lost = {1: PlacedNote(1, call_page=3, pages=[3], shown=10, whole=12)}
    monkeypatch.setattr(pdf_module, "check_notes", lambda document: lost)
    with pytest.raises(EditionError, match=r"渡口紀事: note 1 does not fit .*10 of 12"):
        make(tmp_path, books.master(2, {0: "註。"}))
    assert not (tmp_path / "book.pdf").exists()


def test_numbers_begin_anew_on_every_page(tmp_path: Path) -> None:
    result, path = make(tmp_path, books.master(12, SHORT), notes={"numbering": "page", "style": "circled"})
    by_page: dict[int, list[str]] = {}
    for number, page in result.note_pages.items():
        by_page.setdefault(page, []).append(result.note_labels[number])
    assert len(by_page) > 2
    assert all(labels == ["①", "②", "③", "④", "⑤", "⑥"][: len(labels)] for labels in by_page.values())
    assert [note.label for note in read_pdf(path).notes] == list(result.note_labels.values())


def test_page_starts_lead_through_the_whole_text(tmp_path: Path) -> None:
    book = books.edition(books.master(14, SHORT), page={"contents": True, "colophon": True})
    result = make_pdf(book, tmp_path / "book.pdf")
    chapters = [flow_text(own_text(chapter.element)) for chapter in compose(book).chapters]
    places = [(start.chapter, start.offset) for start in result.page_starts]
    assert places == sorted(places)
    assert all(chapter < 0 or offset <= len(chapters[chapter]) for chapter, offset in places)
    labels = [start.label for start in result.page_starts]
    assert labels == read_pdf(tmp_path / "book.pdf").pages[: len(labels)]
    assert labels[0] == "i"
    assert "1" in labels


def own_text(element: Any) -> str:
    if element.get("class") == "call":
        return ""
    return (element.text or "") + "".join(own_text(child) + (child.tail or "") for child in element)


def test_the_same_bytes_from_another_process_and_path(tmp_path: Path) -> None:
    text = books.master(4, {1: "一條註。"})
    _, here = make(tmp_path, text, "here.pdf")
    _, again = make(tmp_path, text, "again.pdf")
    assert here.read_bytes() == again.read_bytes()
    code = (
        "import sys; from pathlib import Path; from tests.editions import books\n"
        "from pipeline.editions.pdf import make_pdf\n"
        f"make_pdf(books.edition({text!r}), Path(sys.argv[1]))"
    )
    there = tmp_path / "elsewhere" / "there.pdf"
    subprocess.run([sys.executable, "-c", code, str(there)], check=True, cwd=Path(__file__).parents[2])
    assert there.read_bytes() == here.read_bytes()


def test_a_failure_leaves_the_old_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, path = make(tmp_path, books.master(2))
    old = path.read_bytes()

    def fail(*_: Any) -> bytes:
        raise OSError("disk full")

    monkeypatch.setattr(pdf_module, "write", fail)
    with pytest.raises(OSError, match="disk full"):
        make(tmp_path, books.master(3))
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


def test_a_source_opens_nothing_outside_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = tmp_path / "book"
    book.mkdir()
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (book / "tricky.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        f'<image xlink:href="{secret.as_uri()}" width="9" height="9"/></svg>'
    )
    opened: list[str] = []
    monkeypatch.setattr(socket.socket, "connect", lambda self, address: opened.append(str(address)))
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.resolve() == secret:
            opened.append(str(path))
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    pictures = [
        "http://example.com/a.png",
        secret.as_uri(),
        "../secret.svg",
        str(secret),
        "%2e%2e/secret.svg",
    ]
    text = books.master(2) + "\n".join(f"\n![圖]({picture})\n" for picture in [*pictures, "tricky.svg"])
    text += '\n<img src="file:///etc/passwd">\n\n[x]{style="background: url(file:///etc/passwd)"}\n'
    result = make_pdf(books.edition(text, folder=book), book / "book.pdf")
    assert opened == []
    assert rules(result).count("L92") == len(pictures) + 1
    assert b"root:" not in (book / "book.pdf").read_bytes()


def test_a_picture_of_the_book_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#aa0000"/></svg>'
    )
    result, path = make(tmp_path, books.master(2) + "\n![渡口平面](a.svg)\n")
    assert rules(result) == []
    with pikepdf.open(path) as pdf:
        assert any(str(e.get("/Alt", "")) for e in pdf.objects if isinstance(e, pikepdf.Dictionary))


def test_a_drawing_keeps_its_lettering(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"><text x="5" y="20">河道圖</text></svg>'
    (tmp_path / "a.svg").write_text(drawing, encoding="utf-8")
    result, path = make(tmp_path, books.master(2) + "\n![渡口平面](a.svg)\n")
    assert rules(result) == []
    with pypdfium2.PdfDocument(path) as pdf:
        assert any("河道圖" in page.get_textpage().get_text_range() for page in pdf)


def test_a_note_of_a_heading_is_neither_in_running_heads_nor_in_bookmarks(tmp_path: Path) -> None:
    text = books.master(24).replace("# 下篇 岸", "# 下篇 岸[^h]") + "\n[^h]: 曾在會上宣讀。\n"
    _, path = make(tmp_path, text, page={"recto": True})
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert [str(item.title) for item in outline.root] == ["上篇 水", "下篇 岸"]
    with pypdfium2.PdfDocument(path) as pdf:
        pages = [page.get_textpage().get_text_range() for page in pdf]
    assert sum("曾在會上宣讀" in page for page in pages) == 1
    assert sum("下篇 岸" in page for page in pages) > 1


def test_a_character_without_a_glyph_is_named_with_its_place(tmp_path: Path) -> None:
    result, _ = make(tmp_path, books.master(3, {1: "此字\ue5a3不可識。"}))
    found = [finding for finding in result.findings if finding.rule == "F002"]
    assert [f.message for f in found] == [
        "no installed font has \ue5a3 (U+E5A3), in note 1: 〓 is printed. Install one that does."
    ]
    assert isinstance(found[0], Finding)


def test_a_face_that_is_not_installed_is_named(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text('[faces.zh-Hant-TW.song]\nprint = ["Kein Song"]\n', encoding="utf-8")
    with pytest.raises(
        EditionError, match=r"Kein Song: the face is not installed\. Install it, or name another"
    ):
        make(tmp_path, books.master(2), editions={"style": "house.toml"})


@pytest.mark.parametrize("standard", ["ua-1", "a-2u", "a-3a", "x-4", "none"])
def test_a_standard_is_claimed_and_its_keys_are_there(tmp_path: Path, standard: str) -> None:
    (tmp_path / "a.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40" fill="#aa0000"/></svg>'
    )
    text = books.master(3, {1: "見 Fenwick 1931。"}) + "\n![圖](a.svg)\n"
    _, path = make(
        tmp_path, text, pdf={"standard": standard}, page={"bleed": 3.0 if standard == "x-4" else 0.0}
    )
    with pikepdf.open(path) as pdf:
        claims = bytes(pdf.Root["/Metadata"].read_bytes()).decode() if "/Metadata" in pdf.Root else ""
        assert ("pdfuaid" in claims) == (standard in ("ua-1", "a-2u", "a-3a"))
        assert str(pdf.Root["/Lang"]) == "zh-Hant-TW"
        notes = [e for e in pdf.objects if is_note(e)]
        assert len(notes) == 1
        langs = {
            str(e["/Lang"])
            for e in pdf.objects
            if isinstance(e, pikepdf.Dictionary) and "/S" in e and "/Lang" in e
        }
        assert langs == {"en"}
        if standard == "x-4":
            assert str(pdf.Root["/OutputIntents"][0]["/S"]) == "/GTS_PDFX"
            page = pdf.pages[0]
            assert page.trimbox[0] > page.bleedbox[0] >= page.mediabox[0]
            drawn = b"".join(page.Contents.read_bytes() for page in pdf.pages)
            assert not re.search(rb"[\d.]+ [\d.]+ [\d.]+ (rg|RG)\b", drawn)
            assert b"/DeviceCMYK cs" in drawn
            assert all("/Annots" not in page for page in pdf.pages)


def test_links_lead_from_call_to_note_and_back(tmp_path: Path) -> None:
    _, path = make(tmp_path, books.master(3, {1: "一條註。"}))
    with pikepdf.open(path) as pdf:
        targets = {str(a["/Dest"]) for page in pdf.pages for a in page.get("/Annots", [])}
        names = pdf.Root["/Names"]["/Dests"]["/Names"]
        assert {"n1", "c1"} <= targets <= {str(name) for name in list(names)[::2]}


def test_anchors_of_the_text_are_never_taken_for_parts_of_the_book(tmp_path: Path) -> None:
    """A heading «N1» has the name of the first note, and an editor may call an anchor anything."""
    text = books.master(3, {1: "一條註。"}).replace("## 石階", "## N1\n\n見[岸](#n1)、[渡](#c1)、[閘](#閘)。")
    text = text.replace("秋水初退", "[秋]{#c1}水[初]{#n2}[退]{#閘}[的]{#ch2}", 1)
    result, path = make(tmp_path, text)
    assert result.findings == []
    with pikepdf.open(path) as pdf:
        links = [str(a["/Dest"]) for page in pdf.pages for a in page.get("/Annots", [])]
    assert sorted(links) == ["a1", "a3", "c1", "h3", "n1"]


def test_the_sources_page_numbers_stand_in_the_margin_and_are_no_text(tmp_path: Path) -> None:
    text = books.master(6, {1: "一條註。"}).replace("# 下篇", '# []{.page n="47"}下篇')
    text = text.replace("秋水初退", '秋水[]{.page n="46"}初退', 1)
    book = books.edition(text, page={"source_pages": True})
    make_pdf(book, tmp_path / "book.pdf")
    facts = read_pdf(tmp_path / "book.pdf")
    assert compare_editions(read_facts(book.doc, book.settings.notes), {"pdf": facts}) == []
    assert [heading.text for heading in facts.headings] == ["上篇 水", "下篇 岸", "石階"]
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        glyphs = [glyph for page in pdf.pages for glyph in read_glyphs(page)]
    shown = "".join(glyph.text for glyph in glyphs)
    assert "46" in shown
    assert "47" in shown


def test_the_sources_page_numbers_stand_in_the_outer_margin_and_alike(tmp_path: Path) -> None:
    text = (
        books.master(40)
        .replace("測量隊", '[]{.page n="777"}測量隊')
        .replace("# 下篇", '# []{.page n="777"}下篇')
    )
    make_pdf(books.edition(text, page={"source_pages": True}), tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        pages = [read_glyphs(page) for page in pdf.pages]
    seen = set()
    for number, glyphs in enumerate(pages):
        numbers = [g for g in glyphs if g.text == "7" and g.size < 8]
        text_glyphs = [g for g in glyphs if g.size > 10 and g.text not in "7"]
        for glyph in numbers:
            outside = (
                glyph.x > max(g.end for g in text_glyphs)
                if number % 2 == 0
                else glyph.end < min(g.x for g in text_glyphs)
            )
            assert outside, (number, glyph)
            seen.add((number % 2, glyph.font, round(glyph.size, 2)))
    assert len(seen) == 2  # one face and one size on left and right pages


def test_a_heading_that_is_set_apart_does_not_set_its_note_apart(tmp_path: Path) -> None:
    make(tmp_path, "---\ntitle: 題\n---\n\n# 結論[^1]\n\n文。\n\n[^1]: 初稿曾刊。\n", page={"trim": "a5"})
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        (page,) = (p for p in map(read_glyphs, pdf.pages) if any(g.text == "稿" for g in p))
    at = {glyph.text: glyph for glyph in page}
    assert at["稿"].x - at["初"].x == pytest.approx(at["初"].size, abs=0.1)
    assert at["論"].x - at["結"].x == pytest.approx(2 * at["論"].size, abs=0.5)
    (call,) = (g for g in page if g.text == "1" and g.y > at["文"].y)
    assert call.x - at["論"].x == pytest.approx(at["論"].size, abs=0.5)


def test_no_line_of_a_stanza_stands_alone_on_a_page(tmp_path: Path) -> None:
    verse = "| 白日依山，\n| 黃河入海。\n|\n| 欲窮千里，\n| 更上層樓，\n| 山窮水盡。"
    for before in range(17, 24):  # lines of text above
        text = "\n\n".join(["# 章", *["水。"] * before, verse, "完。"])
        make_pdf(books.edition(f"---\ntitle: 甲\n---\n\n{text}\n"), tmp_path / "book.pdf")
        with pikepdf.open(tmp_path / "book.pdf") as pdf:
            pages = ["".join(glyph.text for glyph in read_glyphs(page)) for page in pdf.pages]
        for stanza in ("白黃", "欲更山"):
            assert any(all(sign in page for sign in stanza) for page in pages), (before, stanza)


def test_quotations_in_kai_have_wide_quotation_marks_and_latin_ones_in_them_narrow(tmp_path: Path) -> None:
    text = "# 章\n\n> 他說“開閘”，又見 *The “Great” Wall of “China”* 一書。\n"
    make_pdf(books.edition(f"---\ntitle: 甲\n---\n\n{text}", "zh-Hans"), tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        glyphs = [glyph for page in pdf.pages for glyph in read_glyphs(page)]
    quotes = [(glyph.end - glyph.x) / glyph.size for glyph in glyphs if glyph.text in "“”"]
    assert [width > 0.75 for width in quotes] == [True] * 2 + [False] * 4
    assert "他說“開閘”，又見" in "".join(glyph.text for glyph in glyphs)


def test_an_edition_of_one_sentence_is_a_book(tmp_path: Path) -> None:
    result, path = make(tmp_path, "---\ntitle: 一句\n---\n\n水。\n")
    assert result.pages >= 2
    assert read_pdf(path).title == "一句"


def slanted_letters(path: Path) -> dict[str, bool]:
    """Whether each letter of a file is drawn on a slanted base."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    slanted: dict[str, bool] = {}
    document = pdfium.PdfDocument(path)
    for page in document:
        chars = page.get_textpage()
        for i in range(chars.count_chars()):
            matrix = raw.FS_MATRIX()
            raw.FPDFText_GetMatrix(chars, i, matrix)
            slanted[chars.get_text_range(i, 1)] = abs(matrix.c) > 0.05 * abs(matrix.a)
    document.close()
    return slanted


ITALICS = "---\ntitle: 題\nlang: zh-Hant-TW\n---\n\n# 章\n\n他讀過*River Craft 1921*，也讀過*要緊的話*，還有 Plain。\n"


def test_latin_titles_are_in_italics_and_han_is_not(tmp_path: Path) -> None:
    make(tmp_path, ITALICS)
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        fonts = {glyph.text: glyph.font for page in pdf.pages for glyph in read_glyphs(page)}
    assert all("Italic" in fonts[c] for c in "Rvft9")
    assert not any("Italic" in fonts[c] or "Oblique" in fonts[c] for c in "要緊話P他")
    assert not any(slanted_letters(tmp_path / "book.pdf").values())  # true italics are not slanted besides


def test_a_title_in_italics_in_a_quotation_and_its_note_is_set_as_elsewhere(tmp_path: Path) -> None:
    make(tmp_path, "---\ntitle: 題\n---\n\n# 章\n\n> 引*Река*。[^1]\n\n[^1]: 見*Вода*。\n")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        fonts = {glyph.text: glyph.font for page in pdf.pages for glyph in read_glyphs(page)}
    assert all("Italic" in fonts[c] for c in "РекаВод")


def test_without_a_face_for_italics_latin_titles_are_slanted(tmp_path: Path) -> None:
    own = '[faces.zh-Hant-TW]\nlatin = { italic = "No Such Face" }\n'
    (tmp_path / "house.toml").write_text(own, encoding="utf-8")
    make(tmp_path, ITALICS, editions={"style": "house.toml"})
    slanted = slanted_letters(tmp_path / "book.pdf")
    assert all(slanted[c] for c in "Rvft9")
    assert not any(slanted[c] for c in "要緊話P他")


def test_a_formula_of_its_own_stands_in_the_middle(tmp_path: Path) -> None:
    line = books.paragraph(1, 8)
    _, path = make(
        tmp_path, f"---\ntitle: 律管\nlang: zh-Hant\n---\n\n# 一\n\n{line}\n\n$$f = g + h$$\n\n{line}\n"
    )
    with pikepdf.open(path) as pdf:
        pages = [read_glyphs(page) for page in pdf.pages]
    glyphs = next(page for page in pages if any(g.text == "=" for g in page))
    height = next(g.y for g in glyphs if g.text == "=")
    formula = [g for g in glyphs if g.y == height and g.text.strip()]
    text = [g for g in glyphs if "\u4e00" <= g.text <= "\u9fff" and g.y < height]
    left, right = min(g.x for g in text), max(g.end for g in text)
    assert abs((formula[0].x - left) - (right - formula[-1].end)) < formula[0].size
