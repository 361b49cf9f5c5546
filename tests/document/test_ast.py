"""What several rooms ask of a document."""

from __future__ import annotations

import pytest

from pipeline.document import ast
from pipeline.errors import MasterError


@pytest.mark.parametrize(
    ("master", "is_book"),
    [
        ("# 一、前言\n\n短。\n\n# 二、結論\n\n短。\n", False),
        ("# 第一章\n\n短。\n\n# 第二章　水\n\n短。\n", True),
        ("# 上編\n\n短。\n\n# 第一章\n\n# 第二章\n\n# 附錄\n\n# 書目\n\n# 索引\n\n短。\n", True),
        ("# 井\n\n" + "長" * 7000 + "\n", True),
        ("沒有標題。\n", False),
    ],
)
def test_a_book_is_told_from_an_article(master: str, is_book: bool) -> None:
    assert ast.is_book(ast.read_document(master, "a.md")) is is_book


def test_notes_come_in_the_order_of_the_page() -> None:
    master = (
        "---\ntitle: 甲[^t]\nauthor: 乙[^a]\n---\n\n文[^1]\n\n| 頭[^3] |\n|---|\n| 格[^4] |\n\n: 題[^2]\n\n"
        + "".join(f"[^{n}]: {n}\n\n" for n in "ta1234")
    )
    doc = ast.read_document(master, "a.md")
    assert [ast.plain(list(note.content)) for note in ast.notes(doc)] == ["t", "a", "1", "2", "3", "4"]


def test_plain_text_has_no_notes_and_keeps_its_marks() -> None:
    doc = ast.read_document("「甲」*乙*[^1] “丙”\n\n[^1]: 丁\n", "a.md")
    assert ast.plain(doc) == "「甲」乙 “丙”"


def test_a_broken_master_is_a_sentence() -> None:
    with pytest.raises(MasterError, match=r"^a\.md:3: the metadata is no YAML: mapping values"):
        ast.read_document("---\nlang: zh\ntitle: 水: 城\n---\n", "a.md")


def test_headings_without_words_are_dropped() -> None:
    doc = ast.read_document("# 甲\n\n#\n\n## **乙**\n\n### \n\n# [^1]\n\n[^1]: 註。\n", "a.md")
    ast.drop_empty_headings(doc)
    assert [ast.plain(e) for e in doc.content] == ["甲", "乙", ""]
