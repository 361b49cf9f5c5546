"""Finished PDFs read back: what is wrong in the file shows."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from pipeline.editions.pdf import make_pdf
from pipeline.errors import EditionError
from pipeline.proof.compare import compare_editions
from pipeline.proof.glyphs import _texts, read_glyphs
from pipeline.proof.lines import measure_lines
from pipeline.proof.master import read_facts
from pipeline.proof.pdf import read_pdf
from tests.editions import books

TEXT = books.master(6, {1: "頭一條。", 3: "第二條，見 Fenwick 1931。", 4: "[原註闕]{.missing}"})


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pdf") / "book.pdf"
    make_pdf(books.edition(TEXT), path)
    return path


def codes(path: Path) -> set[str]:
    edition = books.edition(TEXT)
    wanted = read_facts(edition.doc, edition.settings.notes)
    return {finding.rule for finding in compare_editions(wanted, {"pdf": read_pdf(path)})}


def test_a_right_file_has_no_findings(book: Path) -> None:
    assert codes(book) == set()


def test_a_note_that_is_gone_shows(book: Path, tmp_path: Path) -> None:
    with pikepdf.open(book) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/ID") == "note-2":
                element["/K"] = pikepdf.Array()
        pdf.save(tmp_path / "gone.pdf")
    assert "F82" in codes(tmp_path / "gone.pdf")


def test_a_paragraph_that_is_gone_shows(book: Path, tmp_path: Path) -> None:
    with pikepdf.open(book) as pdf:
        last = [e for e in pdf.objects if isinstance(e, pikepdf.Dictionary) and e.get("/S") == "/P"][-1]
        last["/K"] = pikepdf.Array()
        pdf.save(tmp_path / "gone.pdf")
    assert "F88" in codes(tmp_path / "gone.pdf")


def test_two_notes_that_changed_places_show(book: Path, tmp_path: Path) -> None:
    with pikepdf.open(book) as pdf:
        notes = {
            str(element["/ID"]): element
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Note"
        }
        notes["note-1"]["/ID"], notes["note-2"]["/ID"] = pikepdf.String("note-2"), pikepdf.String("note-1")
        pdf.save(tmp_path / "swapped.pdf")
    assert "F82" in codes(tmp_path / "swapped.pdf")


def test_a_call_that_is_gone_shows(book: Path, tmp_path: Path) -> None:
    with pikepdf.open(book) as pdf:
        first = next(
            element
            for element in pdf.objects
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Reference"
        )
        first["/S"] = pikepdf.Name("/Span")
        pdf.save(tmp_path / "uncalled.pdf")
    assert "F80" in codes(tmp_path / "uncalled.pdf")


def test_what_is_no_tagged_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.pdf").write_text("no PDF")
    with pytest.raises(EditionError, match=r"text\.pdf: is no PDF that can be read"):
        read_pdf(tmp_path / "text.pdf")
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(tmp_path / "bare.pdf")
    with pytest.raises(EditionError, match=r"bare\.pdf: has no tags"):
        read_pdf(tmp_path / "bare.pdf")


def test_glyphs_stand_inside_the_page(book: Path) -> None:
    with pikepdf.open(book) as pdf:
        for page in pdf.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            for glyph in read_glyphs(page):
                assert 0 < glyph.x < width
                assert 0 < glyph.y < height


def test_ragged_lines_are_counted(book: Path, tmp_path: Path) -> None:
    good = measure_lines(book)
    assert (good.share, good.holes, good.starts) == (1.0, 0, 0)
    with pikepdf.open(book) as pdf:
        for page in pdf.pages:  # every gap a little wider: what was flush runs over
            operators = []
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) == "TJ":
                    wider = [
                        part - 12 if not isinstance(part, pikepdf.String) else part for part in operands[0]
                    ]
                    operands = [pikepdf.Array(wider)]
                operators.append((operands, operator))
            page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(operators))
        pdf.save(tmp_path / "wide.pdf")
    assert measure_lines(tmp_path / "wide.pdf").share < 0.7


def test_a_character_map_is_read() -> None:
    cmap = b"2 beginbfchar\n<0001> <5C71>\n<0002><00660069>\nendbfchar\n1 beginbfrange\n<0010> <0012> <0041>\nendbfrange\n1 beginbfrange\n<0020> <0021> [<6C34> <706B>]\nendbfrange"
    assert _texts(cmap) == {1: "山", 2: "fi", 16: "A", 17: "B", 18: "C", 32: "水", 33: "火"}
