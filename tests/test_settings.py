"""Settings: what is refused is refused by name."""

from __future__ import annotations

import pickle
import re
import tomllib
from pathlib import Path

import pytest

from pipeline.errors import MISUSED, SettingsError
from pipeline.resources import templates_folder
from pipeline.settings import SECTIONS, Settings, load_settings


def write(folder: Path, text: str, name: str = "book.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_defaults_need_no_file() -> None:
    assert load_settings() == Settings(folder=Path())


def test_a_book_goes_over_the_house(tmp_path: Path) -> None:
    house = write(tmp_path, '[page]\ntrim = "16k"\nrecto = true\n', "fanjian.toml")
    book = write(tmp_path, '[page]\ntrim = "a5"\n[book]\nauthor = "王明"\ndate = 2026-01-31\n')
    settings = load_settings(house, book)
    assert (settings.page.trim, settings.page.recto) == ("a5", True)
    assert settings.book.author == ("王明",)
    assert settings.book.date == "2026-01-31"
    assert settings.folder == tmp_path


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pages]\n", "there is no section [pages]"),
        ('title = "水"\n', "«title» stands in no section. Write it under [book]."),
        ('trim = "a5"\n', "«trim» stands in no section. Write it under [page]."),
        ("notes = 3\n", "«notes» must be a section: write [notes]."),
        ('[book]\nsource = "."\n', "[book] source '.' is a folder. Name one file."),
        ("[page]\nsize = 3\n", "[page] has no key «size»"),
        ('[notes]\nnumbering = "line"\n', "must be one of 'book', 'chapter', 'page'"),
        ('[book]\ntitle = "水\\u0007"\n', "[book] title holds the control character U+0007"),
        ('[hanzi.decisions]\n"水" = "\\u0001"\n', "[hanzi] decisions.水 holds the control character U+0001"),
        ("[page]\nrecto = 1\n", "[page] recto must be true or false, not 1"),
        ("[book]\nauthor = 3\n", "[book] author must be a list"),
        ('[recover]\nglyphs = "u"\n', "[recover] glyphs must be a table"),
        ("[page]\nchapter_break = 1\n", "must be one of 'auto', true, false"),
        ("[book]\ntitle = 3\n", "[book] title must be a text in quotes, not 3"),
        ('[book]\ndate = "2026-13-45"\n', "[book] date is '2026-13-45', and there is no such day"),
        ('[book]\ndate = "spring 2026"\n', "[book] date is 'spring 2026', which is no date"),
        ("[book]\ndate = 12:00:00\n", "[book] date is '12:00:00', which is no date"),
        ('[book]\nlang = "xx"\n', "[book] lang is 'xx', which is no tag of Chinese"),
        ('[book]\nlang = "zh_TW"\n', "[book] lang is 'zh_TW'"),
        ('[book]\nisbn = "nonsense"\n', "[book] isbn is 'nonsense'. An ISBN has 13 digits"),
        (
            '[book]\nisbn = "978-7-101-00304-0"\n',
            "[book] isbn is '978-7-101-00304-0', whose check digit is wrong",
        ),
        ('[book]\nsource = "none.txt"\n', "[book] source 'none.txt' is not there"),
        ('[book]\ncover = "../x.png"\n', "[book] cover '../x.png' lies outside the book's folder"),
        ('[docx]\nreference = "none.docx"\n', "[docx] reference 'none.docx' is not there"),
        ('[editions]\nstyle = "none.toml"\n', "[editions] style 'none.toml' is not there"),
        ("[editions]\nformats = []\n", "[editions] formats is empty"),
        ("[page]\nbleed = -3\n", "[page] bleed is -3. It must be between 0 and 30"),
        ("[page]\nbleed = nan\n", "[page] bleed is nan"),
        (
            '[recover.decisions]\nx = "maybe"\n',
            "[recover] decisions x is 'maybe'. It must be 'accept' or 'refuse'",
        ),
        ('[recover.glyphs]\n"" = "x"\n', "[recover] glyphs has an empty key"),
        ("[page\n", "is not valid TOML"),
        ("page = 3\n", "must be a section"),
        ('[editions]\nscripts = ["zh-TW"]\n', "must be one of 'zh-Hant', 'zh-Hans'"),
    ],
)
def test_what_is_refused_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as error:
        load_settings(path)
    assert str(error.value).startswith(f"{path}: ")
    assert said in str(error.value)
    assert error.value.exit_code == MISUSED


@pytest.mark.parametrize(
    "text",
    [
        'date = "2026"',
        'date = "2026-02"',
        "date = 2026-01-31T10:00:00",
        'isbn = "978-7-101-00304-8"',
        'isbn = "0-306-40615-2"',
        'isbn = "ISBN 080442957X"',
        'lang = "lzh-Hant"',
        'title = ""',
    ],
)
def test_what_can_be_meant_is_taken(tmp_path: Path, text: str) -> None:
    load_settings(write(tmp_path, f"[book]\n{text}\n"))


def test_a_file_that_is_not_utf8_gets_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes("[book]\ntitle = '大'\n".encode("big5"))
    with pytest.raises(SettingsError, match="is not UTF-8"):
        load_settings(path)


def test_the_template_holds_every_setting_and_loads() -> None:
    template = templates_folder() / "book.toml"
    assert load_settings(template, folder=Path()) == Settings(folder=Path(), file=template)
    text = template.read_text(encoding="utf-8")
    defaults = Settings()
    for section in SECTIONS:
        assert f"[{section}]" in text
        for key in vars(getattr(defaults, section)):
            assert f"{key} =" in text or f"[{section}.{key}]" in text, (
                f"[{section}] {key} is not in the template"
            )


def test_what_the_template_shows_can_be_taken_as_it_is() -> None:
    text = (templates_folder() / "book.toml").read_text(encoding="utf-8")
    shown = re.sub(r"^# (?=\[|[^#=\s]+ = )", "", text, flags=re.MULTILINE)
    found = tomllib.loads(shown)
    assert found["hanzi"]["decisions"] and found["recover"]["glyphs"] and found["book"]["keywords"] == []


def test_settings_travel_to_other_processes(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, '[recover.glyphs]\nu = "着"\n'))
    assert pickle.loads(pickle.dumps(settings)) == settings


def test_a_byte_order_mark_as_windows_editors_write_it_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_bytes("\ufeff[book]\r\ntitle = '水'\r\n".encode())
    assert load_settings(path).book.title == "水"
