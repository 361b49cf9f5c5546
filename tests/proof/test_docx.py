"""A finished Word file read back, and the faults that its check must find."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipeline.document.ast import read_document
from pipeline.editions.docx import make_docx
from pipeline.editions.edition import Edition, read_wording
from pipeline.errors import EditionError
from pipeline.proof.docx import read_docx
from pipeline.proof.docx_conformance import check_docx
from pipeline.settings import NoteSettings, Settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    Image.new("RGB", (80, 40), "#446688").save(folder / "field.png")
    return folder


def make(folder: Path, project: Path, notes: NoteSettings | None = None) -> Path:
    master = (project / "tests/cases/docx/everything.md").read_text(encoding="utf-8")
    settings = Settings(folder=folder, notes=notes or NoteSettings())
    edition = Edition(
        read_document(master, "case"), "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant")
    )
    make_docx(edition, folder / "a.docx")
    return folder / "a.docx"


@pytest.fixture(scope="module")
def word_file(folder: Path, project: Path) -> Path:
    return make(folder, project)


def test_it_says_what_the_master_says(word_file: Path) -> None:
    facts = read_docx(word_file)
    assert (facts.title, facts.authors, facts.lang) == ("堤與田", ["顧汀", "陸行"], "zh-Hant-TW")
    assert [(h.level, h.text) for h in facts.headings] == [(1, "第一章　堤"), (2, "其一"), (1, "第二章　田")]
    assert [n.number for n in facts.notes] == list(range(1, 9))
    third = facts.notes[2]
    assert third.text == "見 Dykes of the North，又見 北堤考。 註的第二段。 註中的引文。"
    assert (third.place, third.label, third.missing) == ("第一章　堤", "3", False)
    assert third.before.endswith("慎之。")
    assert facts.notes[3].missing
    assert facts.notes[0].place == ""


def test_labels_follow_the_numbering(folder: Path, project: Path) -> None:
    path = make(folder, project, NoteSettings(numbering="chapter", style="circled"))
    assert [n.label for n in read_docx(path).notes] == ["①", "②", "①", "②", "③", "④", "⑤", "①"]
    path = make(folder, project, NoteSettings(numbering="page"))
    assert {n.label for n in read_docx(path).notes} == {""}


def test_what_is_no_word_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"none")
    with pytest.raises(EditionError, match=r"is no Word file\. Build it again\."):
        read_docx(tmp_path / "a.docx")
    assert [f.rule for f in check_docx(tmp_path / "a.docx")] == ["W10"]


def broken(path: Path, out: Path, part: str, change: Callable[[str], str]) -> Path:
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, change(text.decode()) if name == part else text)
    return out


def once(pattern: str, by: str) -> Callable[[str], str]:
    def change(xml: str) -> str:
        new, count = re.subn(pattern, by, xml, count=1)
        assert count == 1, pattern
        return new

    return change


DOCUMENT = "word/document.xml"


@pytest.mark.parametrize(
    ("part", "pattern", "by", "rule"),
    [
        (DOCUMENT, r'(<w:pPr>)(<w:pStyle w:val="Title"/>)', r'\1<w:jc w:val="left"/>\2', "W11"),
        (DOCUMENT, r"<w:pgSz", r"<w:cols/><w:pgSz", "W11"),
        (DOCUMENT, r'w:name="_Page_156"', 'w:name="_Page_155"', "W12"),
        (DOCUMENT, r'w:anchor="_Toc000001"', 'w:anchor="_Toc999999"', "W12"),
        ("word/_rels/document.xml.rels", r'Target="media/', 'Target="gone/', "W13"),
        ("word/_rels/document.xml.rels", r'Target="styles.xml"', 'Target="http://example.org/a" TargetMode="External"', "W13"),
        (DOCUMENT, r'<w:pPr><w:pStyle w:val="BlockText"/></w:pPr>', "", "W14"),
        (DOCUMENT, r'w:val="BlockText"', 'w:val="Nothing"', "W14"),
        (DOCUMENT, r'(<w:pStyle w:val="BlockText"/>)', r'\1<w:spacing w:before="20"/>', "W15"),
        (DOCUMENT, r'<w:footnoteReference w:id="2"/>', '<w:footnoteReference w:id="1"/>', "W16"),
        ("word/footnotes.xml", r'<w:footnote w:id="3">', '<w:footnote w:id="33">', "W16"),
        (DOCUMENT, r'descr="[^"]*"', 'descr=""', "W17"),
    ],
)  # fmt: skip
def test_faults_are_found(
    word_file: Path, tmp_path: Path, part: str, pattern: str, by: str, rule: str
) -> None:
    path = broken(word_file, tmp_path / "b.docx", part, once(pattern, by))
    assert rule in {f.rule for f in check_docx(path)}
