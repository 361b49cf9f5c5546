"""The e-book: one edition as EPUB 3.3, valid, accessible, its pages in step with the printed ones.

Comes in: an ``Edition`` and, where its PDF was made, the places where that PDF's pages begin. Goes out: one
file and the findings of its making (E1 pictures left out, E2 no alternative text, E3 links that lead nowhere,
E4 characters without a font). Inside, in the order of the printed book: cover, title page, abstract, contents,
a file per chapter with its notes at the end, front matter in other languages, colophon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.editions.composition import Composition, text_of
from pipeline.editions.edition import Edition
from pipeline.editions.epub import cover as epub_cover
from pipeline.editions.epub import nav as epub_nav
from pipeline.editions.epub import pages as epub_pages
from pipeline.editions.epub.figures import settle_pictures
from pipeline.editions.epub.fonts import embed_fonts
from pipeline.editions.epub.front import write_abstract, write_colophon, write_title_page, write_translation
from pipeline.editions.epub.links import settle_links
from pipeline.editions.epub.marks import mark_tables
from pipeline.editions.epub.metadata import Holdings, write_metadata
from pipeline.editions.epub.notes import turn_calls, write_notes
from pipeline.editions.epub.package import Package, Part, write_package
from pipeline.editions.epub.style import write_css
from pipeline.editions.epub.vertical import set_upright
from pipeline.editions.epub.xhtml import EPUB_TYPE, ContentFile, element, scrub, write_xhtml
from pipeline.editions.html import compose
from pipeline.editions.matter import colophon_on_verso
from pipeline.editions.pages import PageStart
from pipeline.editions.style.load import load_style

TITLE, NAV, COLOPHON, CSS = "title.xhtml", "nav.xhtml", "colophon.xhtml", "style.css"
XHTML_TYPE = "application/xhtml+xml"


@dataclass(frozen=True)
class EpubResult:
    """What was noticed while the e-book was made, and how many notes it holds."""

    findings: list[Finding] = field(default_factory=list)
    notes: int = 0


@dataclass(frozen=True)
class Leaf:
    """A content document before it is written. ``key``: a chapter's index, or the matter it holds."""

    key: int | str
    file: ContentFile

    @property
    def part(self) -> etree._Element:
        """The element that holds its text."""
        return self.file.content[0]


def make_epub(edition: Edition, path: Path, page_starts: Sequence[PageStart] = ()) -> EpubResult:
    """Writes the edition as an e-book to ``path``, whole or not at all; the same input gives the same bytes.

    ``page_starts``: where the pages of the printed edition begin (EPUB Accessibility 1.1, page navigation).
    """
    composition = compose(edition)
    leaves = _gather(edition, composition)
    parts = [leaf.part for leaf in leaves]
    for part in [*parts, *(note.body for note in composition.notes)]:
        scrub(part)
    marks = _mark_pages(edition, leaves, page_starts)
    _finish_text(edition, composition, parts)
    pictures, findings = settle_pictures(parts, edition)
    findings += settle_links([(leaf.file.name, leaf.part) for leaf in leaves])
    if edition.settings.epub.writing == "vertical":
        for part in parts:
            set_upright(part)
    style = load_style(edition.settings.folder, edition.settings.editions.style)
    fonts, lacking = embed_fonts(parts, edition, style)
    cover, wrong = epub_cover.make_cover(edition, style)
    findings += lacking + wrong
    contents = _write_contents(edition, composition, leaves)
    pages = [(f"{leaves[mark.part].file.name}#{mark.id}", mark.label) for mark in marks]
    _fill_nav(edition, leaves, contents, pages)
    holdings = Holdings(
        pages=edition.settings.epub.pages if pages else "",
        has_pictures=bool(pictures),
        is_accessible=not any(finding.rule == "E2" for finding in findings),
    )
    files = [
        Part(cover.picture.name, cover.picture.media, cover.picture.content, ("cover-image",)),
        *(_pack(edition, file) for file in [cover.page, *(leaf.file for leaf in leaves)]),
        Part(CSS, "text/css", write_css(edition, style, [font.face for font in fonts])),
        *(Part(picture.name, picture.media, picture.content) for picture in pictures),
        *(Part(font.face.name, "font/otf", font.content) for font in fonts),
    ]
    write_package(Package(edition, files, write_metadata(edition, holdings), contents), path)
    return EpubResult(findings, len(composition.notes))


def _finish_text(edition: Edition, composition: Composition, parts: Sequence[etree._Element]) -> None:
    """Each part's notes at its end, its calls as links to them, its tables told."""
    for part in parts:
        if own := turn_calls(part, composition.notes, edition.wording):
            part.append(write_notes(own, edition.wording))
        mark_tables(part)


def _gather(edition: Edition, composition: Composition) -> list[Leaf]:
    """The content documents in the order of the printed book, without the cover; the contents still empty."""
    words, settings = edition.wording, edition.settings
    colophon = Leaf(
        "colophon", ContentFile(COLOPHON, words["colophon"], [write_colophon(edition)], "backmatter")
    )
    is_early = colophon_on_verso(edition.lang)
    leaves = [
        Leaf(
            "title",
            ContentFile(TITLE, edition.title, [write_title_page(edition, composition)], "frontmatter"),
        )
    ]
    if settings.page.colophon and is_early:
        leaves.append(Leaf("colophon", replace(colophon.file, kind="frontmatter")))
    nav = ContentFile(
        NAV, words["contents"], [element("div")], "frontmatter", ("nav",), settings.page.contents
    )
    if (abstract := write_abstract(edition, composition)) is not None:
        title = text_of(abstract[0])
        leaves.append(Leaf("abstract", ContentFile("abstract.xhtml", title, [abstract], "frontmatter")))
    leaves.append(Leaf("contents", nav))
    leaves += _gather_chapters(edition, composition)
    for number, translation in enumerate(composition.translations, 1):
        section = write_translation(translation, number)
        title = next((text_of(h) for h in section.iter("h1")), "") or edition.title
        file = ContentFile(f"translation-{number}.xhtml", title, [section], "backmatter")
        leaves.append(Leaf("translation", file))
    if settings.page.colophon and not is_early:
        leaves.append(colophon)
    return leaves


def _gather_chapters(edition: Edition, composition: Composition) -> Iterator[Leaf]:
    width = max(2, len(str(len(composition.chapters))))
    for index, chapter in enumerate(composition.chapters):
        section = chapter.element
        section.set(EPUB_TYPE, "chapter")
        section.set("role", "doc-chapter")
        name = f"chapter-{index + 1:0{width}}.xhtml"
        yield Leaf(index, ContentFile(name, chapter.title or edition.title, [section], "bodymatter"))


def _mark_pages(
    edition: Edition, leaves: Sequence[Leaf], starts: Sequence[PageStart]
) -> list[epub_pages.PageMark]:
    """Puts the page markers in that the book asks for."""
    parts = [leaf.part for leaf in leaves]
    if edition.settings.epub.pages == "source":
        return epub_pages.mark_source(parts)
    epub_pages.drop_source(parts)
    if edition.settings.epub.pages == "none":
        return []
    order = [leaf.key if leaf.file.in_spine else "" for leaf in leaves]
    placed = [(*epub_pages.place_start(start, order), start.label) for start in starts]
    return epub_pages.mark_printed(parts, placed)


def _write_contents(
    edition: Edition, composition: Composition, leaves: Sequence[Leaf]
) -> list[epub_nav.Node]:
    """Every heading of the text and the matter around it; a chapter without headings gets the book's title."""
    lines: list[tuple[int, str, str]] = []
    for leaf in leaves:
        name = leaf.file.name
        headings = [e for e in composition.contents if e.chapter == leaf.key and e.text]
        lines += [(entry.level, f"{name}#{entry.id}", entry.text) for entry in headings]
        if isinstance(leaf.key, str) and leaf.key != "contents":
            title = edition.wording["title_page"] if leaf.key == "title" else leaf.file.title
            lines.append((1, name, title))
        elif leaf.key != "contents" and not composition.contents:
            lines.append((1, name, edition.title))
    return epub_nav.nest(lines)


def _fill_nav(
    edition: Edition,
    leaves: Sequence[Leaf],
    contents: Sequence[epub_nav.Node],
    pages: Sequence[tuple[str, str]],
) -> None:
    """Puts contents, landmarks and page list into the navigation document, behind its page markers."""
    words = edition.wording
    landmarks = [
        ("cover", epub_cover.COVER, words["cover"]),
        ("titlepage", TITLE, words["title_page"]),
    ]
    if edition.settings.page.contents:
        landmarks.append(("toc", f"{NAV}#toc", words["contents"]))
    if body := next((leaf.file.name for leaf in leaves if leaf.key == 0), ""):
        landmarks.append(("bodymatter", body, edition.title))
    if any(leaf.key == "colophon" for leaf in leaves):
        landmarks.append(("colophon", COLOPHON, words["colophon"]))
    holder = next(leaf.part for leaf in leaves if leaf.key == "contents")
    holder.extend(epub_nav.write_nav(contents, landmarks, pages, words))


def _pack(edition: Edition, file: ContentFile) -> Part:
    content = write_xhtml(file, edition.lang, CSS)
    return Part(file.name, XHTML_TYPE, content, file.properties, file.in_spine)
