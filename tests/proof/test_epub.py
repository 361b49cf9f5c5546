"""An e-book read back: what it says is found without the writer's help, and a spoiled book is reported."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.document.ast import read_document
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import make_epub
from pipeline.editions.pages import PageStart
from pipeline.errors import EditionError
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import read_epub
from pipeline.settings import Settings

MASTER = """---
title: 水記[^1]
author: 顧汀
---

# 上篇[^2]

前文甲乙丙丁，[^3]後文*戊*[^4]己。

## 小節

> 引一段。[^5]

[^1]: 題註。

[^2]: 章題之註。

[^3]: 第一段。

    第二段，有 *Latin* 字。

[^4]: [原註闕]{.missing}

[^5]: - 甲
    - 乙
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("epub")
    doc = read_document(MASTER, "m")
    edition = Edition(doc, "zh-Hant", "zh-Hant-TW", Settings(folder=folder), read_wording("zh-Hant"))
    make_epub(edition, folder / "a.epub", (PageStart("1", -1, 0), PageStart("2", 0, 4)))
    return folder / "a.epub"


def test_notes_are_read_as_a_reader_sees_them(book: Path) -> None:
    facts = read_epub(book)
    assert [(n.number, n.label, n.place) for n in facts.notes] == [
        (1, "1", ""),
        (2, "2", "上篇"),
        (3, "3", "上篇"),
        (4, "4", "上篇"),
        (5, "5", "上篇"),
    ]
    assert facts.notes[2].text.split() == ["第一段。", "第二段，有", "Latin", "字。"]
    assert [n.missing for n in facts.notes] == [False, False, False, True, False]
    assert [n.before for n in facts.notes] == [
        "水記",
        "上篇",
        "前文甲乙丙丁，",
        "前文甲乙丙丁，後文戊",
        "引一段。",
    ]
    assert facts.notes[4].text.split() == ["甲", "乙"]


def test_headings_pages_and_names_are_read(book: Path) -> None:
    facts = read_epub(book)
    assert [(h.level, h.text) for h in facts.headings] == [(1, "上篇"), (2, "小節")]
    assert facts.pages == ["1", "2"]
    assert (facts.title, facts.authors, facts.lang) == ("水記", ["顧汀"], "zh-Hant-TW")


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_e_book_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.epub").write_bytes(content)
    with pytest.raises(EditionError, match="cannot be read as an e-book"):
        read_epub(tmp_path / "a.epub")


def spoil(book: Path, out: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """A copy of the book with some files changed, or left out where ``change`` gives none."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            content = change(info.filename, old.read(info))
            if content is not None:
                new.writestr(info, content)
    return out


def replace(name: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes | None]:
    def change(file: str, content: bytes) -> bytes:
        if file.endswith(name):
            assert old in content, name
            return content.replace(old, new)
        return content

    return change


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("E20", replace("mimetype", b"epub", b"EPUB")),
        ("E21", lambda name, content: None if name.endswith("style.css") else content),
        ("E21", replace("content.opf", b'properties="nav"', b"")),
        ("E21", replace("content.opf", b'idref="i3-title"', b'idref="i9-none"')),
        ("E22", replace("chapter-01.xhtml", b'href="#n3"', b'href="#n99"')),
        ("E22", replace("chapter-01.xhtml", b'id="n4"', b'id="n3"')),
        ("E22", replace("toc.ncx", b"#h1", b"#h77")),
        ("E22", replace("content.opf", b'<itemref idref="i4-nav"/>', b"")),
        ("E23", replace("chapter-01.xhtml", b'href="#c3"', b'href="#c2"')),
        ("E23", replace("chapter-01.xhtml", b'href="#n3"', b'href="#n2"')),
        ("E23", replace("chapter-01.xhtml", b'role="doc-footnote"', b"")),
        (
            "E24",
            replace("nav.xhtml", b'<li><a href="chapter-01.xhtml#h2">\xe5\xb0\x8f\xe7\xaf\x80</a></li>', b""),
        ),
        ("E24", replace("nav.xhtml", b'href="colophon.xhtml">', b'href="cover.xhtml">')),
        ("E25", replace("nav.xhtml", b'<li><a href="title.xhtml#p1">1</a></li>', b"")),
        ("E25", replace("content.opf", b'property="pageBreakSource"', b'property="dcterms:source"')),
        ("E26", replace("content.opf", b"<dc:language>zh-Hant-TW</dc:language>", b"")),
        ("E26", replace("content.opf", b'refines="#title"', b'refines="#none"')),
        ("E27", replace("chapter-01.xhtml", b' xml:lang="zh-Hant-TW"', b"")),
        ("E28", replace("chapter-01.xhtml", b"</section>\n</body>", b"<script/></section>\n</body>")),
    ],
)
def test_each_breach_is_reported(
    book: Path, tmp_path: Path, code: str, change: Callable[[str, bytes], bytes | None]
) -> None:
    assert check_epub(book) == []
    found = check_epub(spoil(book, tmp_path / "spoiled.epub", change))
    assert code in {finding.rule for finding in found}, found
    assert all(finding.message.startswith("spoiled.epub: ") for finding in found)
