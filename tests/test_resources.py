"""Templates filled in, ours and a book's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import cli
from pipeline.errors import SettingsError
from pipeline.resources import fill_template

VALUES = {"name": "水 & 城", "lang": "zh-Hant", "title": [], "subtitle": [], "authors": [], "publisher": ""}


def test_a_copy_beside_the_book_goes_over_ours(tmp_path: Path) -> None:
    ours = fill_template("cover.svg.jinja", tmp_path, **VALUES, song="Song", kai="Kai")
    (tmp_path / "cover.svg.jinja").write_text("<svg>{{ name }}</svg>", encoding="utf-8")
    assert fill_template("cover.svg.jinja", tmp_path, **VALUES) == "<svg>水 &amp; 城</svg>"
    assert "水 &amp; 城" in ours and len(ours) > 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("甲\n{% if %}", r"cover\.svg\.jinja:2: .*Mend your copy"),
        ("{{ nobody }}", r"cover\.svg\.jinja: 'nobody' is undefined"),
        ("{{ ''.__class__.__mro__ }}", r"cover\.svg\.jinja: .*unsafe"),  # it reaches nothing but its values
    ],
)
def test_a_copy_that_cannot_be_filled_in_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "cover.svg.jinja").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        fill_template("cover.svg.jinja", tmp_path, **VALUES)


def test_a_changed_copy_makes_the_book_anew(tmp_path: Path) -> None:
    (tmp_path / "water.md").write_text("# 水\n\n水道。\n", encoding="utf-8")
    command = [
        "build",
        str(tmp_path / "water.md"),
        "-o",
        str(tmp_path / "out"),
        "--format",
        "epub",
        "-j",
        "1",
    ]
    assert CliRunner().invoke(cli, command).exit_code == 0
    assert "unchanged" in CliRunner().invoke(cli, command).output
    (tmp_path / "cover.svg.jinja").write_text("<svg", encoding="utf-8")
    again = CliRunner().invoke(cli, command)
    assert again.exit_code == 2 and "cover.svg.jinja: gives no SVG" in again.output
