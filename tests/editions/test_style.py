"""The house style: complete, frozen, and refused by name where it is wrong."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from pipeline.editions.pdf.sheet import families, set_heading
from pipeline.editions.style import MM
from pipeline.editions.style.load import load_style
from pipeline.errors import SettingsError


def test_the_type_area_is_whole_characters_and_lines() -> None:
    style = load_style()
    for name in [*style.trims, "130x184", "190×250"]:
        page = style.geometry(name)
        assert page.text_width == page.characters * style.text.size
        assert page.text_height == page.lines * style.text.leading
        assert page.text_width + page.inner + page.outer == pytest.approx(page.width)
        assert page.text_height + page.top + page.bottom == pytest.approx(page.height)
        assert min(page.inner, page.outer, page.top, page.bottom) > 10 * MM


def test_trims_are_those_of_the_standard() -> None:
    style = load_style()
    assert (style.trim("16k").width, style.trim("16k").height) == (185, 260)
    assert (style.trim("d32").width, style.trim("d32").height) == (140, 203)


@pytest.mark.parametrize("name", ["b5!", "20x20", "9999x9999", "x"])
def test_a_trim_that_is_none_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="trim"):
        load_style().geometry(name)


def test_faces_follow_the_region() -> None:
    style = load_style()
    assert style.faces_of("zh-Hant-HK").song.print == ("Noto Serif CJK HK",)
    assert style.faces_of("zh-Hans").song.word == "宋体"
    assert style.faces_of("zh-Hant").kai.word == "標楷體"
    assert style.faces_of("en").hei == style.faces_of("zh-Hant-TW").hei


def test_headings_stand_on_the_grid() -> None:
    style = load_style()
    for level in range(1, 7):
        heading = set_heading(style.heading(level), style)
        lines = (heading.before + heading.leading + heading.after) / style.text.leading
        assert lines == pytest.approx(round(lines))


def test_a_book_changes_only_what_it_names(tmp_path: Path) -> None:
    (tmp_path / "house.toml").write_text(
        "[text]\nsize = 11\n[headings.1]\nalign = 'left'\n", encoding="utf-8"
    )
    ours, theirs = load_style(), load_style(tmp_path, "house.toml")
    assert theirs.text.size == 11.0
    assert theirs.heading(1).align == "left"
    assert dataclasses.replace(theirs.text, size=ours.text.size) == ours.text
    assert theirs.note == ours.note


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[text]\nsise = 11", "has no key «sise»"),
        ("[text]\nsize = 'big'", "text.size must be a number, not 'big'"),
        ("[text]\nsize = 200", "cannot be set"),
        ("[text]\nleading = 5", "Lines would overlap"),
        ("[folio]\nplace = 'top'", "must be one of 'outer', 'centre'"),
        ("[marks]\nadjacent = 3", "must be 1 to 2"),
        ("[text", "not valid TOML"),
        ("[new]\na = 1", "has no key «new»"),
        ("[trims.mine]\nwidth = 100.0", "lacks height"),
    ],
)
def test_a_wrong_house_style_is_refused(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "house.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=says) as refused:
        load_style(tmp_path, "house.toml")
    assert str(refused.value).startswith(str(tmp_path / "house.toml"))


def test_a_house_style_outside_the_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="outside the book's folder"):
        load_style(tmp_path, "../house.toml")


def test_family_names_cannot_leave_their_quotes() -> None:
    assert families(('A"; } @import url(x); {', "B")) == '"A  @import url(x) ", "B"'
