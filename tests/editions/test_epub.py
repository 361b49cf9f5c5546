"""The e-book as a file: what is in it, that it conforms, that its bytes never differ."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree

from pipeline.document.addresses import web_address
from pipeline.document.ast import read_document
from pipeline.editions.edition import Edition, Facts, read_wording
from pipeline.editions.epub import EpubResult, cover, make_epub
from pipeline.editions.pages import PageStart
from pipeline.editions.titles import width
from pipeline.proof.compare import compare_editions
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import open_epub, read_epub
from pipeline.proof.master import read_facts
from pipeline.settings import BookSettings, EpubSettings, NoteSettings, PageSettings, Settings

XHTML = "{http://www.w3.org/1999/xhtml}"
OPF = "{http://www.idpf.org/2007/opf}"
TYPE = "{http://www.idpf.org/2007/ops}type"
MASTER = """---
title: 井與渠[^1]
subtitle: 一個試樣
author: [顧汀, Joseph Needham]
abstract: 本文只為試驗而寫。
keywords: [水, 城]
lang: zh-Hant-TW
translations:
- lang: en
  title: Wells and Channels
  author: [Gu Ting, Joseph Needham]
  abstract: Written for a test.
  keywords: [water]
---

楔子一段，在第一章之前。

# 第一章　井 {#well}

井水清*冽*，見 *The Well*[^2]，又見 [Колодец]{lang=ru}。[^3]接著說。

## 其一

#### 跳級的小節

> 引文一段。[^4]

| 名 | 深 |
|----|----|
| 甲 | 三丈 |

![井的剖面](well.png)

# 第二章　渠

回到[井](#well)，也看[別處](https://example.org/a b)、[無處](#none)、[本機](file:///etc/passwd)。

- [x] 已修
- [ ] 未修

[^1]: 題名之註。

[^2]: *The Well*, London, 1920.

    第二段。

[^3]: [原註闕]{.missing}

[^4]: > 只有引文的註。
"""
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
Make = Callable[..., tuple[Path, EpubResult]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes an e-book of a master in a folder of its own."""

    def made(
        master: str = MASTER,
        settings: Settings | None = None,
        starts: tuple[PageStart, ...] = (),
        script: str = "zh-Hant",
    ) -> tuple[Path, EpubResult]:
        (tmp_path / "well.png").write_bytes(PIXEL)
        settings = settings or Settings(folder=tmp_path)
        lang = {"zh-Hant": "zh-Hant-TW", "zh-Hans": "zh-Hans-CN"}[script]
        doc = read_document(master, "master.md")
        edition = Edition(doc, script, lang, settings, read_wording(script), Facts("井.txt", "plain", 3, 1))  # type: ignore[arg-type]
        path = tmp_path / f"book.{script}.epub"
        return path, make_epub(edition, path, starts)

    return made


def test_a_book_conforms_and_says_what_was_wrong(make: Make) -> None:
    path, result = make()
    assert check_epub(path) == []
    assert result.notes == 4
    assert [f.rule for f in result.findings] == ["E3", "E3"]
    assert "«#none»" in result.findings[0].message
    assert "passwd" in result.findings[1].message


def test_the_files_are_those_of_a_book(make: Make) -> None:
    path, _ = make()
    book = open_epub(path)
    names = [name.removeprefix("EPUB/") for name in book.spine]
    assert names == [
        "cover.xhtml",
        "title.xhtml",
        "abstract.xhtml",
        "nav.xhtml",
        "chapter-01.xhtml",
        "chapter-02.xhtml",
        "chapter-03.xhtml",
        "translation-1.xhtml",
        "colophon.xhtml",
    ]
    assert {"EPUB/cover.png", "EPUB/images/1.png", "EPUB/toc.ncx", "EPUB/style.css"} <= set(book.files)


def test_calls_and_notes_are_bound_both_ways(make: Make) -> None:
    path, _ = make()
    book = open_epub(path)
    chapter = book.documents["EPUB/chapter-02.xhtml"]
    calls = [a for a in chapter.iter(f"{XHTML}a") if a.get(TYPE) == "noteref"]
    assert [a.text for a in calls] == ["2", "3", "4"]
    assert all(a.get("role") == "doc-noteref" and a.getparent().tag == f"{XHTML}sup" for a in calls)
    asides = list(chapter.iter(f"{XHTML}aside"))
    assert [a.get("id") for a in asides] == ["n2", "n3", "n4"]
    for aside in asides:
        first = aside[0][0]
        assert aside[0].tag == f"{XHTML}p" and first.get("role") == "doc-backlink"
        assert first.text in first.get("aria-label", "")
        assert "返回正文" in first.get("aria-label", "")
    assert len(asides[0]) == 2  # both paragraphs of note 2
    title = book.documents["EPUB/title.xhtml"]
    assert [a.get("id") for a in title.iter(f"{XHTML}aside")] == ["n1"]


def test_no_line_can_begin_with_a_call(make: Make) -> None:
    path, _ = make()
    chapter = open_epub(path).documents["EPUB/chapter-02.xhtml"]
    held = [s for s in chapter.iter(f"{XHTML}span") if s.get("class") == "held"]
    assert [s.text for s in held] == ["\N{WORD JOINER}", "。", "。"]  # behind markup the joiner has to do


def test_a_call_stands_apart_from_the_call_before_it_and_the_figure_behind_it(make: Make) -> None:
    path, _ = make(
        "# 章\n\n甲[^1][^2]，乙**丙**[^3][^4]丁[^5]。[^6]4 月\n\n"
        + "\n\n".join(f"[^{n}]: 註。" for n in range(1, 7))
    )
    book = open_epub(path)
    sups = book.documents["EPUB/chapter-01.xhtml"].iter(f"{XHTML}sup")
    assert [s.get("class") for s in sups] == [
        "call",
        "call apart",
        "call",
        "call apart",
        "call",
        "call ahead",
    ]
    assert b"sup.apart { margin-left: 0.3em; }" in book.files["EPUB/style.css"]


def test_marks_of_latin_words_are_narrow_where_the_face_has_such(make: Make) -> None:
    path, _ = make("# 章\n\n見 *L’École française* 一書。\n")
    book = open_epub(path)
    (span,) = book.documents["EPUB/chapter-01.xhtml"].iter(f"{XHTML}em")
    assert span[0].get("lang") == "en"
    (rule,) = [line for line in book.files["EPUB/style.css"].decode().split("\n") if '"pwid"' in line]
    assert rule.startswith(":lang(en), ")


def test_numbering_by_chapter_begins_anew(make: Make, tmp_path: Path) -> None:
    path, _ = make(settings=Settings(folder=tmp_path, notes=NoteSettings("chapter", "circled")))
    root = open_epub(path).documents["EPUB/chapter-02.xhtml"]
    assert [a.text for a in root.iter(f"{XHTML}a") if a.get(TYPE) == "noteref"] == ["①", "②", "③"]
    assert check_epub(path) == []


def test_contents_hold_every_heading_and_skip_no_text(make: Make) -> None:
    path, _ = make()
    nav = open_epub(path).nav
    assert nav is not None
    toc = next(e for e in nav.iter(f"{XHTML}nav") if e.get(TYPE) == "toc")
    lines = ["".join(a.itertext()) for a in toc.iter(f"{XHTML}a")]
    assert lines == [
        "書名頁",
        "摘要",
        "第一章　井",
        "其一",
        "跳級的小節",
        "第二章　渠",
        "Wells and Channels",
        "版權頁",
    ]
    kinds = [e.get(TYPE) for e in nav.iter(f"{XHTML}a") if e.get(TYPE)]
    assert kinds == ["cover", "titlepage", "toc", "bodymatter", "colophon"]


def test_ncx_has_the_contents_and_their_depth(make: Make) -> None:
    path, _ = make()
    ncx = etree.fromstring(open_epub(path).files["EPUB/toc.ncx"])
    assert len(list(ncx.iter("{*}navPoint"))) == 8
    depth = next(m.get("content") for m in ncx.iter("{*}meta") if m.get("name") == "dtb:depth")
    assert depth == "3"


def _metadata(path: Path) -> list[tuple[str, str]]:
    root = open_epub(path).package
    metadata = next(root.iter(f"{OPF}metadata"))
    return [
        (e.get("property") or etree.QName(e).localname, e.text or "")
        for e in metadata
        if isinstance(e.tag, str)
    ]


def test_metadata_say_title_authors_and_their_names_elsewhere(make: Make, tmp_path: Path) -> None:
    book = BookSettings(
        publisher="試書社", isbn="978-0-00-000000-2", date="2026-03", series="試叢", rights="CC0"
    )
    path, _ = make(settings=Settings(folder=tmp_path, book=book))
    said = _metadata(path)
    for pair in [
        ("title", "井與渠"),
        ("title", "一個試樣"),
        ("creator", "顧汀"),
        ("alternate-script", "Wells and Channels"),
        ("alternate-script", "Gu Ting"),
        ("file-as", "顧汀"),
        ("file-as", "Needham, Joseph"),
        ("role", "aut"),
        ("subject", "水"),
        ("subject", "water"),
        ("description", "本文只為試驗而寫。"),
        ("publisher", "試書社"),
        ("source", "urn:isbn:9780000000002"),
        ("belongs-to-collection", "試叢"),
        ("language", "zh-Hant-TW"),
        ("dcterms:modified", "2026-03-01T00:00:00Z"),
        ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"),
        ("a11y:certifiedBy", "試書社"),
        ("schema:accessibilityFeature", "alternativeText"),
    ]:
        assert pair in said, pair
    summary = next(text for name, text in said if name == "schema:accessibilitySummary")
    assert "註釋與正文互相連結" in summary


def test_each_script_speaks_its_own_words(make: Make) -> None:
    path, _ = make(script="zh-Hans")
    text = "".join(open_epub(path).documents["EPUB/colophon.xhtml"].itertext())
    assert "版权页" in text and "简体中文" in text and "3 处" in text


def test_same_input_same_bytes(make: Make) -> None:
    starts = (PageStart("1", 0, 0), PageStart("2", 1, 3))
    first = make(starts=starts)[0].read_bytes()
    assert make(starts=starts)[0].read_bytes() == first


def test_the_zip_begins_with_its_type_and_knows_no_clock(make: Make) -> None:
    path, _ = make()
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    assert entries[0].filename == "mimetype" and entries[0].compress_type == zipfile.ZIP_STORED
    assert {entry.date_time for entry in entries} == {(2000, 1, 1, 0, 0, 0)}


def test_identifiers_differ_by_script_and_stay(make: Make) -> None:
    identifiers = [
        dict(_metadata(make(script=s)[0]))["identifier"] for s in ("zh-Hant", "zh-Hans", "zh-Hant")
    ]
    assert identifiers[0] == identifiers[2] != identifiers[1]


def test_a_failure_leaves_the_old_file(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path, _ = make()
    before = path.read_bytes()
    monkeypatch.setattr("pipeline.editions.epub.package.pack", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        make()
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir() if p.name.endswith(".part")] == []


def test_han_emphasis_is_not_slanted(make: Make) -> None:
    path, _ = make()
    chapter = open_epub(path).documents["EPUB/chapter-02.xhtml"]
    emphasised = [("".join(e.itertext()), e.get("class")) for e in chapter.iter(f"{XHTML}em")]
    assert emphasised == [("冽", "han"), ("The Well", None), ("The Well", None)]


def test_foreign_runs_say_their_language(make: Make) -> None:
    path, _ = make()
    book = open_epub(path)
    spans = [e for e in book.documents["EPUB/chapter-02.xhtml"].iter() if e.get("lang") == "ru"]
    assert ["".join(s.itertext()) for s in spans] == ["Колодец"]
    translation = next(book.documents["EPUB/translation-1.xhtml"].iter(f"{XHTML}section"))
    assert translation.get("lang") == "en"


def test_links_follow_their_targets_over_files(make: Make) -> None:
    path, _ = make()
    links = [
        (a.text, a.get("href"))
        for a in open_epub(path).documents["EPUB/chapter-03.xhtml"].iter(f"{XHTML}a")
        if not a.get(TYPE)
    ]
    assert links == [("井", "chapter-02.xhtml#h1"), ("別處", "https://example.org/a%20b")]


def test_style_sheet_sets_no_colour_and_no_fixed_size(make: Make) -> None:
    path, _ = make()
    css = open_epub(path).files["EPUB/style.css"].decode("utf-8")
    assert "color: inherit" in css and css.count("color:") == 1
    assert "pt;" not in css and "text-indent: 2.0em" in css
    assert "cursive" in css and "@font-face" not in css


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("../outside.png", "lies outside"),
        ("none.png", "is not there"),
        ("https://example.org/a.png", "not a file of the book"),
        ("text.png", "is no picture"),
        ("evil.svg", "script"),
        ("link.svg", "script or refers to something outside"),
        ("film.mp4", "is no picture"),
    ],
)
def test_pictures_are_the_books_own(make: Make, tmp_path: Path, address: str, said: str) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (tmp_path / "outside.png").write_bytes(PIXEL)
    (folder / "text.png").write_text("no picture")
    (folder / "film.mp4").write_bytes(b"\0\0\0\x18ftyp")
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    (folder / "evil.svg").write_text(svg.format("<script>1</script>"))
    (folder / "link.svg").write_text(svg.format('<image href="http://example.org/a.png"/>'))
    path, result = make(f"# 圖\n\n看![一幅圖]({address})圖。\n", Settings(folder=folder))
    assert [f.rule for f in result.findings] == ["L92"]
    assert said in result.findings[0].message
    if address != "film.mp4":  # of a film Pandoc hands on no words
        assert "一幅圖" in "".join(open_epub(path).documents["EPUB/chapter-01.xhtml"].itertext())
    assert check_epub(path) == []


def test_a_picture_without_words_is_found_and_nothing_is_claimed(make: Make) -> None:
    path, result = make("# 圖\n\n看![](well.png)圖。\n")
    assert [f.rule for f in result.findings] == ["E2"]
    assert "dcterms:conformsTo" not in dict(_metadata(path))


def test_a_book_without_contents_keeps_its_navigation(make: Make, tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, page=PageSettings(contents=False, colophon=False))
    path, _ = make(settings=settings, starts=(PageStart("i", -1, 0, "contents"), PageStart("1", 0, 0)))
    book = open_epub(path)
    assert "EPUB/nav.xhtml" not in book.spine and book.nav is not None
    assert "EPUB/colophon.xhtml" not in book.files
    assert check_epub(path) == []


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("弦上的算術 —— 古琴律學", ["弦上的算術", "——古琴律學"]),
        (
            "弦上的算術——古琴與律學的三次轉折",
            ["弦上的算術", "——古琴", "與律學的三次轉折"],
        ),  # smaller, and no word parted
        ("Metternich und die orientalische Frage", ["Metternich", "und die orientalische Frage"]),
        ("井：改邑 ‖ The Well: The Town", ["井：改邑 ‖", "The Well: The Town"]),
        ("井", ["井"]),
    ],
)
def test_the_covers_title_turns_as_in_print_and_stays_within_its_measure(
    title: str, lines: list[str]
) -> None:
    made = cover._lines(title, 130, 560, 60)
    assert [line.text for line in made] == lines
    assert all(width(line.text) * line.size <= cover.MEASURE + 1 for line in made)


def test_a_book_may_bring_its_cover(make: Make, tmp_path: Path) -> None:
    path, _ = make(settings=Settings(folder=tmp_path, book=BookSettings(cover="well.png")))
    book = open_epub(path)
    assert book.files["EPUB/cover.png"] == PIXEL
    assert [i.get("alt") for i in book.documents["EPUB/cover.xhtml"].iter(f"{XHTML}img")] == ["封面：井與渠"]
    assert check_epub(path) == []


def test_vertical_books_turn_their_pages_the_other_way(make: Make, tmp_path: Path) -> None:
    settings = Settings(folder=tmp_path, epub=EpubSettings(writing="vertical"))
    path, _ = make("# 年\n\n民國 38 年，即 1949 年，共 12345 人，A4 紙。[^1]\n\n[^1]: 註。\n", settings)
    book = open_epub(path)
    assert next(book.package.iter(f"{OPF}spine")).get("page-progression-direction") == "rtl"
    spans = [(s.text, s.get("class")) for s in book.documents["EPUB/chapter-01.xhtml"].iter(f"{XHTML}span")]
    assert ("38", "tcy") in spans and ("1949", "upright") in spans
    assert not [s for s in spans if s[0] in ("4", "12345")]
    css = book.files["EPUB/style.css"].decode()
    assert "vertical-rl" in css
    (head,) = (line for line in css.splitlines() if line.startswith("h1 {"))
    assert "text-align: left" in head and "margin-top: 1.969em" in head
    assert check_epub(path) == []


def test_a_text_without_headings_and_notes_is_a_book(make: Make) -> None:
    path, result = make("一段。\n")
    assert check_epub(path) == [] and result.notes == 0
    path, _ = make("")
    assert check_epub(path) == []


@pytest.mark.parametrize(
    "master",
    [
        "# 一\n\n控\x01制\ufffe字\n",
        "# a\n\n[甲]{#c1} [乙]{#n1} [丙]{#h1} 註[^1]\n\n[^1]: [丁]{#c1}\n",
        "# `#`\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n",
        "# \n\n空題\n\n## \n\n又\n",
        "# 一[^1]\n\n## 二[^2]\n\n[^1]: 甲\n\n[^2]: 乙\n",
        "------\n表頭\n------\n\n: 表題[^1]\n\n[^1]: 註\n",
        "::: {lang=en}\nAn *abstract*[^1] here.\n:::\n\n[^1]: note\n",
        "行|塊\n\n| 一行[^1]\n|   二行\n\n[^1]: 註\n",
        "定義\n\n詞[^1]\n:   釋[^2]\n\n[^1]: 甲\n\n[^2]: 乙\n",
        "$a<b$ 與 $$\\sum_1^2$$\n",
        "::: {.box #c2 lang=en}\nAn *abstract*[^1].\n:::\n\n::: {.box}\n# 框內之題\n:::\n\n[^1]: note\n",
        "[漢]{lang=ja} [م]{lang=ar dir=rtl} [x]{lang='bad lang!' dir=up onclick=alert style='color:red;width:3px'}\n",
        "x[^1] y[^2]\n\n[^1]: | a | b |\n    |---|---|\n    | 1 | 2 |\n\n[^2]: - 甲\n",
        "文\n\n### 三\n\n# 一\n\n###### 六\n\n## 二\n",
        "+---+---+\n| a | b |\n+===+===+\n| x | y |\n|   +---+\n|   | z |\n+---+---+\n",
        "*[^1]*[^2] **粗**[^3]\n\n[^1]: 1\n\n[^2]: 2\n\n[^3]: 3\n",
        "---\ntitle: '<b> [x](y)[^1]'\nauthor: ['[^2]甲', '']\nabstract: |\n  一[^3]\n\n  - 乙\ntranslations:\n- lang: ru\n  title: Заголовок\n- title: x\n- foo\n---\n\n文\n\n[^1]: a\n\n[^2]: b\n\n[^3]: c\n",
        "[甲](http://[bad) [乙](http://) [丙](relative/file.txt)\n",
    ],
)
def test_odd_masters_make_conforming_books(make: Make, master: str) -> None:
    starts = tuple(PageStart(str(n), n // 3 - 1, n % 3 * 2) for n in range(9))
    path, _ = make(master, starts=starts)
    assert check_epub(path) == []
    assert (
        compare_editions(read_facts(read_document(master, "m"), NoteSettings()), {"epub": read_epub(path)})
        == []
    )


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("https://example.org/a?b=c&d#e", "https://example.org/a?b=c&d#e"),
        ("https://example.org/路 [1]", "https://example.org/%E8%B7%AF%20%5B1%5D"),
        ("http://例子.org:8080/", "http://xn--fsqu00a.org:8080/"),
        ("http://a.org/%zz%41\\", "http://a.org/%25zz%41%5C"),
        ("mailto:a@b.org", "mailto:a@b.org"),
        ("urn:isbn:9780000000002", "urn:isbn:9780000000002"),
        ("HTTP://A.ORG/", "http://a.org/"),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("relative.html", None),
        ("//host/path", None),
        ("http://", None),
        ("http://[bad", None),
        ("http://a b/", None),
        ("http://a.org:port/", None),
        ("", None),
    ],
)
def test_only_addresses_on_the_web_stay_links(href: str, address: str | None) -> None:
    assert web_address(href) == address


def test_a_book_is_not_torn_by_odd_umasks(make: Make) -> None:
    old = os.umask(0o077)
    try:
        path, _ = make()
    finally:
        os.umask(old)
    assert path.stat().st_mode & 0o777 == 0o600
