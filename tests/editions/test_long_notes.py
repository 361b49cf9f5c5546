"""Notes longer than their page: on the page of their call from the first line on, whole, never lost."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pikepdf
import pytest

from pipeline.editions.pdf import PdfResult, make_pdf
from pipeline.editions.pdf.notes.lists import Reported, Waiting
from pipeline.proof.compare import compare_editions
from pipeline.proof.glyphs import read_glyphs
from pipeline.proof.lines import measure_lines
from pipeline.proof.master import read_facts
from pipeline.proof.pdf import read_pdf
from tests.editions import books

HEAD = "---\ntitle: 渡口紀事\nlang: zh-Hant-TW\n---\n\n# 上篇 水\n\n"


def note(characters: int) -> str:
    """A note of about so many characters."""
    return "".join(books.paragraph(number, 5) for number in range(characters // 100))[:characters]


def make(text: str, bodies: list[str], path: Path) -> PdfResult:
    """A book of these notes, made and read back."""
    text = HEAD + text + "".join(f"\n\n[^{n}]: {body}" for n, body in zip(count(1), bodies, strict=False))
    book = books.edition(text + "\n")
    result = make_pdf(book, path)
    assert compare_editions(read_facts(book.doc, book.settings.notes), {"pdf": read_pdf(path)}) == []
    facts = measure_lines(path)
    assert (facts.share, facts.outside, facts.holes, facts.calls) == (1.0, 0, 0, 0), facts.examples
    return result


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        (books.paragraph(1) + "[^1]又[^2]。", (2600, 900)),  # the document ends before its notes do
        (
            books.paragraph(1)
            + "[^1]\n\n# 下篇 岸[^2]\n\n"
            + "\n\n".join(f"{books.paragraph(n, 1)}[^{n + 3}]{books.paragraph(n, 2)}" for n in range(4)),
            (2600, 300, 100, 200, 300, 40),  # notes called beside the rest of a longer one, in a heading too
        ),
        ("水" + "".join(f"[^{n}]水" for n in range(1, 21)), (90,) * 20),  # more than a page in one line
    ],
)
def test_every_note_stands_on_its_calls_page(tmp_path: Path, text: str, lengths: tuple[int, ...]) -> None:
    result = make(text, [note(length) for length in lengths], tmp_path / "book.pdf")
    assert not [finding.message for finding in result.findings if finding.rule == "F003"]


def test_notes_of_two_chapters_share_a_page(tmp_path: Path) -> None:
    """The rest of a note and the notes after it belong to sheets of different names."""
    text = f"{books.paragraph(1)}[^1]\n\n# 下篇 岸\n\n{books.paragraph(2)}[^2]\n\n{books.paragraph(3)}[^3]"
    long = note(1000)
    result = make(text, [long, note(60), note(60)], tmp_path / "book.pdf")
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        shared = "".join(glyph.text for glyph in read_glyphs(pdf.pages[result.note_pages[2] - 1]))
    assert result.note_pages[1] + 1 == result.note_pages[2]
    assert long[-6:] in "".join(shared.split())


def test_notes_that_wait_are_known_by_identity() -> None:
    one, other = object(), object()
    waiting = Waiting([one])
    assert one in waiting
    assert None not in waiting
    waiting.append(other)
    waiting.remove(one)
    assert one not in waiting
    assert other in waiting


def test_a_divided_note_leaves_its_line_in_place_once() -> None:
    reported = Reported(["rest"])
    reported.quiet = True
    assert [bool(reported), bool(reported)] == [False, True]


@pytest.mark.parametrize("before", range(3, 15, 2))
def test_a_note_with_lists_is_divided_as_others_are(tmp_path: Path, before: int) -> None:
    lists = "列目如下：\n\n    - 石樁\n    - 纜繩\n\n    1. 水準儀\n    2. 經緯儀\n    3. 氣壓計"
    text = "\n\n".join([*["秋水初退，石樁半露。"] * before, f"船家說[^1]。{books.paragraph(1)}"])
    make(text, [lists], tmp_path / "book.pdf")
