"""Fonts in the e-book: none by default, exactly the characters used where asked, rare ones always."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from pipeline.document.ast import read_document
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import EpubResult, make_epub
from pipeline.editions.epub.fonts import is_rare
from pipeline.programs import fonts, harfbuzz
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import open_epub
from pipeline.settings import EpubSettings, Settings

MASTER = "# 題\n\n文**重**字。[^1]\n\n> 引\n\n[^1]: 註\n"
needs_fonts = pytest.mark.skipif(
    fonts.find_font("Noto Serif CJK TC") is None, reason="Noto Serif CJK is not installed"
)


def make(folder: Path, master: str = MASTER, embed: bool = True) -> tuple[Path, EpubResult]:
    settings = Settings(folder=folder, epub=EpubSettings(embed_fonts=embed))
    edition = Edition(read_document(master, "m"), "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant"))
    return folder / "a.epub", make_epub(edition, folder / "a.epub")


def fonts(path: Path) -> dict[str, TTFont]:
    files = open_epub(path).files
    return {
        name.rpartition("/")[2]: TTFont(io.BytesIO(content))
        for name, content in files.items()
        if "/fonts/" in name
    }


@needs_fonts
def test_each_face_holds_what_it_sets_and_no_more(tmp_path: Path) -> None:
    path, result = make(tmp_path)
    assert result.findings == [] and check_epub(path) == []
    found = {name: {chr(c) for c in font.getBestCmap()} for name, font in fonts(path).items()}
    assert {*"文字。註"} <= found["song-normal.otf"]
    assert {*"題重"} <= found["hei-bold.otf"] and "文" not in found["hei-bold.otf"]
    assert found["kai-normal.otf"] >= {"引"} and "文" not in found["kai-normal.otf"]
    assert "井" not in found["song-normal.otf"]


@needs_fonts
def test_a_subset_goes_by_another_name_and_keeps_its_licence(tmp_path: Path) -> None:
    path, _ = make(tmp_path)
    for font in fonts(path).values():
        assert font["name"].getDebugName(1).startswith("Fanjian ")
        assert font["name"].getDebugName(0)
        assert "Open Font License" in font["name"].getDebugName(13)


@needs_fonts
def test_fonts_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    first = make(tmp_path)[0].read_bytes()
    assert make(tmp_path)[0].read_bytes() == first


@needs_fonts
def test_without_harfbuzz_font_tools_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harfbuzz, "subset", lambda *_: None)
    path, result = make(tmp_path)
    assert result.findings == []
    assert ord("文") in fonts(path)["song-normal.otf"].getBestCmap()
    assert "Open Font License" in fonts(path)["song-normal.otf"]["name"].getDebugName(13)


def test_by_default_the_reader_brings_the_fonts(tmp_path: Path) -> None:
    path, _ = make(tmp_path, embed=False)
    assert fonts(path) == {}


@needs_fonts
def test_rare_characters_bring_their_font(tmp_path: Path) -> None:
    path, result = make(tmp_path, "# 題\n\n名𠮷者，又𠮷𠮷。\n", embed=False)
    assert result.findings == [] and check_epub(path) == []
    assert set(fonts(path)) == {"rare.otf"}
    book = open_epub(path)
    spans = [
        s.text for s in book.documents["EPUB/chapter-01.xhtml"].iter("{*}span") if s.get("class") == "rare"
    ]
    assert spans == ["𠮷", "𠮷𠮷"]
    assert b'"Fanjian Rare"' in book.files["EPUB/style.css"]


@needs_fonts
def test_a_character_no_font_has_is_named(tmp_path: Path) -> None:
    path, result = make(tmp_path, "# 題\n\n字\U000323af。\n", embed=False)
    assert [f.rule for f in result.findings] == ["E4"]
    assert "U+323AF" in result.findings[0].message
    assert fonts(path) == {} and check_epub(path) == []


def test_a_missing_family_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.editions.epub.fonts.find_font", lambda *_: None)
    path, result = make(tmp_path)
    assert {f.rule for f in result.findings} == {"E4"}
    assert "is installed" in result.findings[0].message
    assert fonts(path) == {} and check_epub(path) == []


@pytest.mark.parametrize(
    ("character", "rare"),
    [("裏", False), ("敍", False), ("㐀", True), ("𠮷", True), ("a", False), ("é", False), ("…", False)],
)
def test_rare_is_what_neither_old_set_holds(character: str, rare: bool) -> None:
    assert is_rare(character) is rare


DRAW = """
import hashlib
from pipeline.editions.epub.cover import render_cover
svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1200 1700'>"
svg += "<text x='90' y='300' font-size='52' font-family='Noto Serif CJK TC'>引言與第一章</text></svg>"
print(hashlib.sha256(render_cover(svg)).hexdigest())
"""
CUT = """
from pipeline.programs.fonts import find_font
from pipeline.programs.harfbuzz import subset
file = find_font("Noto Serif CJK TC")
assert file is not None and subset(file.path, file.index, [ord("水")])
"""


@needs_fonts
def test_a_cover_is_the_same_whether_a_font_was_cut_before_or_not() -> None:
    """A library that is loaded for one edition must not lend its functions to what draws the next."""
    drawn = {
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        for program in (DRAW, CUT + DRAW)
    }
    assert len(drawn) == 1 and all(drawn)
