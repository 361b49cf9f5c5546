"""What book.toml says over what the master says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.document import ast
from pipeline.schedule.books import Book
from pipeline.schedule.metadata import complete_metadata, with_own_date
from pipeline.settings import BookSettings, Settings

MASTER = """---
title: '閘座考[^1]'
author:
- '沈渡[^2]'
- '何以寧[^3]'
---

正文。[^4]

[^1]: 題註。

[^2]: 得到資助。

[^3]: 通訊作者。

[^4]: 文註。
"""


def completed(**said: object) -> tuple[list[str], list[str]]:
    """The notes that are left, and what was found."""
    doc = ast.read_document(MASTER, "a.md")
    settings = replace(Settings(), book=BookSettings(**said))  # type: ignore[arg-type]
    findings = complete_metadata(doc, Book("a", Path("a.md"), settings, Path("out")))
    return [ast.plain(note.content[0]) for note in ast.notes(doc)], [f.message for f in findings]


def test_what_reads_as_before_keeps_its_notes() -> None:
    said = completed(title="閘座考", author=("沈渡", "何以寧"), keywords=("閘",))
    assert said == (["題註。", "得到資助。", "通訊作者。", "文註。"], [])


def test_a_new_title_takes_the_notes_over() -> None:
    assert completed(title="運河閘座考")[0][0] == "題註。"


def test_a_language_that_is_none_is_told_and_the_text_tells_its_script() -> None:
    for lang, wrong in (("zh-Hant", False), ("''", False), ("zh_TW", True), ("繁體", True), ("en", True)):
        doc = ast.read_document(f"---\ntitle: 題\nlang: {lang}\n---\n\n正文。\n", "a.md")
        found = complete_metadata(doc, Book("a", Path("a.md"), Settings(), Path("out")))
        assert [f.rule for f in found] == ["L89"] * wrong
        assert ast.meta_text(doc, "lang") == ("zh-Hant" if lang == "zh-Hant" else "")


@pytest.mark.parametrize(
    ("own", "books", "shown", "told"),
    [
        ("2026-03", "", "2026-03", ""),
        ("2026-03", "2025", "2025", ""),
        ("2026年3月", "", "", "is '2026年3月', which is no date. Write it as YYYY, YYYY-MM or YYYY-MM-DD."),
        ("2026-02-30", "", "", "is '2026-02-30', and there is no such day."),
        ("2026-02-30", "2025", "2025", ""),  # nobody asks for it
    ],
)
def test_the_masters_date_holds_where_book_toml_gives_none(
    own: str, books: str, shown: str, told: str
) -> None:
    doc = ast.read_document(f"---\ntitle: 題\ndate: {own}\n---\n\n正文。\n", "a.md")
    settings = replace(Settings(), book=BookSettings(date=books))
    found = complete_metadata(doc, Book("a", Path("a.md"), settings, Path("out")))
    assert with_own_date(settings, doc).book.date == shown
    assert [f.message.startswith(f"the master's date {told}") for f in found] == [True] * bool(told)


def test_a_text_without_a_title_is_told() -> None:
    for master, title, told in (
        ("正文。\n", "", True),
        ("正文。\n", "題", False),
        ("---\ntitle: 題\n---\n\n正文。\n", "", False),
    ):
        doc = ast.read_document(master, "a.md")
        settings = replace(Settings(), book=BookSettings(title=title))
        found = complete_metadata(doc, Book("thesis-2", Path("a.md"), settings, Path("out")))
        assert ast.meta_text(doc, "title") == ("thesis-2" if told else "題")
        assert [(f.rule, "«thesis-2»" in f.message) for f in found] == [("L86", True)] * told


def test_a_key_that_only_resembles_one_is_told() -> None:
    master = (
        "---\ntitle: 閘座考\nauthors: [沈渡]\nTitel: 考\ndate: 2026\nbibliography: a.bib\n---\n\n正文。\n"
    )
    found = complete_metadata(
        ast.read_document(master, "a.md"), Book("a", Path("a.md"), Settings(), Path("out"))
    )
    assert sorted(f.message.split("«")[1] for f in found) == [
        "Titel», which no edition shows. Write title, if that is meant.",
        "authors», which no edition shows. Write author, if that is meant.",
    ]


def test_a_note_of_a_name_that_is_gone_is_told() -> None:
    notes, (message,) = completed(author=("沈渡",))
    assert notes == ["題註。", "得到資助。", "文註。"]
    assert message.startswith("the note «通訊作者。» stands with a name")
