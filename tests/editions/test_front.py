"""What a source says above its text stands in every format, with its notes."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.editions.docx import make_docx
from pipeline.editions.epub import make_epub
from pipeline.editions.html import compose
from pipeline.editions.pdf import make_pdf
from pipeline.proof.compare import compare_editions
from pipeline.proof.docx import read_docx
from pipeline.proof.epub import read_epub
from pipeline.proof.master import read_facts
from pipeline.proof.pdf import read_pdf
from pipeline.readers.docx import read_docx as read_edited
from tests.editions import books

ABSTRACT = "abstract: |\n  這裏略述渡口[^4]。\n"
FRONT = """---
title: '渡口紀事[^1]'
author:
- '林舟'
affiliation: '江岸學會'
{abstract}keywords:
- '渡口'
- '石樁[^5]'
- '藕'
masthead:
- '水利叢刊[^2]'
- '第3期，頁 145–178[^3]'
lang: 'zh-Hant-TW'
---

# 上篇

秋水初退[^6]。

[^1]: 題註。

[^2]: 叢刊註。

[^3]: 頁註。

[^4]: 摘要註。

[^5]: 詞註。

[^6]: 水註。
"""


@pytest.mark.parametrize("abstract", [ABSTRACT, ""], ids=["abstract", "no-abstract"])
def test_notes_of_masthead_and_keywords_are_in_every_format(tmp_path: Path, abstract: str) -> None:
    text = FRONT.replace("{abstract}", abstract)
    if not abstract:
        text = text.replace("[^4]: 摘要註。\n\n", "")
    book = books.edition(text)
    made = {}
    for name, make, read in (
        ("pdf", make_pdf, read_pdf),
        ("epub", make_epub, read_epub),
        ("docx", make_docx, read_docx),
    ):
        make(book, tmp_path / f"book.{name}")
        made[name] = read(tmp_path / f"book.{name}")
    wanted = read_facts(book.doc, book.settings.notes)
    assert [note.text for note in wanted.notes] == [
        text
        for text in ("題註。", "叢刊註。", "頁註。", "摘要註。", "詞註。", "水註。")
        if abstract or text != "摘要註。"
    ]
    assert compare_editions(wanted, made) == []


def test_the_masthead_follows_the_names_and_keywords_stand_on_one_line() -> None:
    front = compose(books.edition(FRONT.replace("{abstract}", ABSTRACT))).front
    assert list(front) == ["title", "author", "affiliation", "masthead", "abstract", "keywords"]
    assert [len(parts) for parts in front.values()] == [1, 1, 1, 2, 1, 3]


def test_a_word_file_gives_the_masthead_back(tmp_path: Path) -> None:
    text = FRONT.replace("{abstract}", ABSTRACT)
    make_docx(books.edition(text), tmp_path / "book.docx")
    back = read_edited(tmp_path / "book.docx", (tmp_path / "book.docx").read_bytes()).text
    assert "masthead:\n- '水利叢刊[^2]'\n- '第3期，頁 145–178[^3]'\n" in back
