"""Page markers stand where the printed page begins, or where the source's did."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pipeline.document.ast import read_document
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import make_epub
from pipeline.editions.epub.pages import END, PageMark, mark_printed, place_start
from pipeline.editions.pages import PageStart, flow_text
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import open_epub, read_epub
from pipeline.settings import EpubSettings, Settings


def part(xml: str) -> etree._Element:
    return etree.fromstring(f"<section>{xml}</section>")


def flow(element: etree._Element) -> str:
    """The text with a bar at each marker, calls left out."""
    out = "|" if element.get("role") == "doc-pagebreak" else element.text or ""
    if element.get("class") == "call":
        return ""
    return out + "".join(flow(child) + (child.tail or "") for child in element)


def test_markers_stand_before_the_character_that_opens_the_page() -> None:
    text = part("<h1>一</h1>\n<p>甲 乙<a class='call'>1</a>丙<em>丁戊</em></p>\n<p>己</p>")
    marks = mark_printed([text], [(0, 0, "1"), (0, 3, "2"), (0, 5, "3"), (0, 6, "4")])
    assert flow(text).replace("\n", "") == "|一甲 乙|丙丁|戊|己"
    assert marks == [PageMark(f"p{n}", str(n), 0) for n in (1, 2, 3, 4)]


def test_pages_that_begin_at_one_place_keep_their_order() -> None:
    text = part("<p>甲乙</p>")
    mark_printed([text], [(0, 1, "1"), (0, 1, "2"), (0, 9, "3"), (0, 9, "4")])
    assert [e.get("aria-label") for e in text.iter("span")] == ["1", "2", "3", "4"]
    assert flow(text) == "甲||乙||"


@pytest.mark.parametrize(
    ("start", "place"),
    [
        (PageStart("i", -1, 0, "title"), (0, 0)),
        (PageStart("ii", -1, 0, "contents"), (1, 0)),
        (PageStart("iii", -1, 0, "abstract"), (0, 0)),  # a part that the e-book lacks
        (PageStart("iv", -1, 0), (0, 0)),
        (PageStart("2", 1, 44), (3, 44)),
        (PageStart("3", 1, 90, "translation"), (3, END)),
        (PageStart("4", 1, 90, "colophon"), (4, 0)),
        (PageStart("5", 7, 0), (3, END)),
    ],
)
def test_every_page_has_its_place(start: PageStart, place: tuple[int, int]) -> None:
    assert place_start(start, ["title", "contents", 0, 1, "colophon"]) == place


TEXTS = st.text(alphabet="甲乙丙 \n12", max_size=8)


@st.composite
def sections(draw: st.DrawFn) -> etree._Element:
    root = etree.Element("section")
    for _ in range(draw(st.integers(0, 4))):
        p = etree.SubElement(root, draw(st.sampled_from(["p", "h2"])))
        p.text = draw(TEXTS)
        for _ in range(draw(st.integers(0, 3))):
            child = etree.SubElement(p, draw(st.sampled_from(["em", "a", "span"])))
            if child.tag == "a":
                child.set("class", "call")
            child.text, child.tail = draw(TEXTS), draw(TEXTS)
    return root


@given(sections(), st.lists(st.integers(0, 40), max_size=8))
def test_markers_change_no_text_and_stand_at_their_offsets(text: etree._Element, offsets: list[int]) -> None:
    offsets.sort()
    before = flow_text(flow(text))
    mark_printed([text], [(0, offset, str(n)) for n, offset in enumerate(offsets)])
    after = flow_text(flow(text))
    assert after.replace("|", "") == before
    places, count = [], 0
    for character in after:
        if character == "|":
            places.append(count)
        else:
            count += 1
    assert places == [min(offset, len(before)) for offset in offsets]
    assert [e.get("aria-label") for e in text.iter("span") if e.get("role")] == [
        str(n) for n in range(len(offsets))
    ]


MASTER = "# 一\n\n[]{.page n=155}甲乙[]{.page n=156}丙\n\n# 二\n\n丁[]{.page n=157}戊\n"


def _make(tmp_path: Path, pages: str, starts: tuple[PageStart, ...] = ()) -> Path:
    settings = Settings(folder=tmp_path, epub=EpubSettings(pages=pages))  # type: ignore[arg-type]
    edition = Edition(read_document(MASTER, "m"), "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant"))
    make_epub(edition, tmp_path / "a.epub", starts)
    return tmp_path / "a.epub"


def test_the_page_list_follows_the_source_when_asked(tmp_path: Path) -> None:
    path = _make(tmp_path, "source", (PageStart("1", 0, 0),))
    assert read_epub(path).pages == ["155", "156", "157"]
    assert check_epub(path) == []
    assert b"pageBreakSource" in open_epub(path).files["EPUB/content.opf"]


def test_the_page_list_follows_the_pdf(tmp_path: Path) -> None:
    path = _make(tmp_path, "pdf", (PageStart("i", -1, 0), PageStart("1", 0, 0), PageStart("2", 1, 2)))
    assert read_epub(path).pages == ["i", "1", "2"]
    assert check_epub(path) == []
    chapter = etree.tostring(open_epub(path).documents["EPUB/chapter-01.xhtml"], encoding="unicode")
    assert "155" not in chapter


def test_without_pages_there_is_no_list(tmp_path: Path) -> None:
    for path in (_make(tmp_path, "none", (PageStart("1", 0, 0),)), _make(tmp_path, "pdf")):
        assert read_epub(path).pages == []
        assert b"pageBreakSource" not in open_epub(path).files["EPUB/content.opf"]
        assert check_epub(path) == []
