"""The page list is in step with the printed book: behind each marker stands what its page begins with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from lxml import etree

from pipeline.document.ast import read_document
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import make_epub
from pipeline.editions.pages import PageStart
from pipeline.editions.pdf import make_pdf
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import kinds, open_epub, read_epub
from pipeline.proof.facts import squash
from pipeline.settings import PageSettings, Settings

MARK = "\N{OBJECT REPLACEMENT CHARACTER}"
WORDS = "春水滿城人聲遠近橋下有船載米載鹽客從北來問路於井邊老人"


def master() -> str:
    """Two chapters over several small pages; sentences differ, so that every page begins in its own way."""
    out = ["---\ntitle: 城與水\nauthor: 顧汀\nabstract: 摘要一段。\n---\n"]
    for chapter in "上下":
        out.append(f"# {chapter}篇\n")
        for n in range(8):
            turned = [
                WORDS[(n * 5 + k * 3 + ord(chapter)) % len(WORDS) :] + str(n * 100 + k) for k in range(9)
            ]
            out.append("，".join(turned) + f"。[^{chapter}{n}]\n")
        out.append("| 名 | 數 |\n|---|---|\n| 橋 | 三 |\n")
    out += [f"[^{c}{n}]: 註文{c}{n}。\n" for c in "上下" for n in range(8)]
    return "\n".join(out)


@pytest.fixture(scope="module", params=["zh-Hant", "zh-Hans"])
def book(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path, list[PageStart]]:
    folder = tmp_path_factory.mktemp("both")
    script, lang = request.param, {"zh-Hant": "zh-Hant-TW", "zh-Hans": "zh-Hans-CN"}[request.param]
    settings = Settings(folder=folder, page=PageSettings(trim="a5"))
    edition = Edition(read_document(master(), "m"), script, lang, settings, read_wording(script))
    made = make_pdf(edition, folder / "a.pdf")
    make_epub(edition, folder / "a.epub", made.page_starts)
    return folder / "a.pdf", folder / "a.epub", list(made.page_starts)


def test_every_printed_page_is_in_the_list(book: tuple[Path, Path, list[PageStart]]) -> None:
    pdf, epub, starts = book
    document = pdfium.PdfDocument(pdf)
    assert read_epub(epub).pages == [start.label for start in starts]
    assert len(starts) == len(document) > 6
    assert check_epub(epub) == []


def test_each_marker_stands_where_its_page_begins(book: tuple[Path, Path, list[PageStart]]) -> None:
    pdf, epub, starts = book
    document = pdfium.PdfDocument(pdf)
    opened = open_epub(epub)
    flow = "".join(t for name in opened.spine for t in _texts(opened.documents[name].find("{*}body")))
    begins = [squash(text)[:10] for text in flow.split(MARK)[1:]]
    compared = 0
    for start, page, begin in zip(starts, document, begins, strict=True):
        if not start.matter:
            printed = squash(page.get_textpage().get_text_range())
            assert begin in printed, start
            compared += 1
    assert compared >= 4


def _texts(element: etree._Element | None) -> Iterator[str]:
    """The text of a document with a mark for each page marker; no notes, no calls."""
    if element is None or not isinstance(element.tag, str) or "noteref" in kinds(element):
        return
    if "footnotes" in kinds(element):
        return
    yield MARK if "pagebreak" in kinds(element) else element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
