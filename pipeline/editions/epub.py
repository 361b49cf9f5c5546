"""The e-book: one edition as EPUB 3.3, valid, accessible, its pages in step with the printed ones.

Comes in: an ``Edition`` and, where its PDF was made, the places where that PDF's pages begin. Goes out: one
file and the findings of its making (E1 pictures left out, E2 no alternative text, E3 links that lead nowhere,
E4 characters without a font). Inside: cover, title page, contents, a file per chapter with its notes at the
end, front matter in other languages, colophon.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.editions import epub_cover, epub_nav, epub_pages
from pipeline.editions.edition import Edition
from pipeline.editions.epub_figures import settle_pictures
from pipeline.editions.epub_fonts import embed_fonts
from pipeline.editions.epub_front import write_colophon, write_title_page, write_translation
from pipeline.editions.epub_links import settle_links
from pipeline.editions.epub_marks import mark_emphasis, mark_tables
from pipeline.editions.epub_metadata import Holdings, write_metadata
from pipeline.editions.epub_notes import turn_calls, write_notes
from pipeline.editions.epub_package import Package, Part, write_package
from pipeline.editions.epub_style import write_css
from pipeline.editions.epub_vertical import set_upright
from pipeline.editions.epub_xhtml import EPUB_TYPE, ContentFile, write_xhtml
from pipeline.editions.html import Composition, compose, text_of
from pipeline.editions.pages import FRONT, PageStart
from pipeline.editions.style import load_style

TITLE, NAV, COLOPHON, CSS = "title.xhtml", "nav.xhtml", "colophon.xhtml", "style.css"
XHTML_TYPE = "application/xhtml+xml"


@dataclass(frozen=True)
class EpubResult:
    """What was noticed while the e-book was made, and how many notes it holds."""

    findings: list[Finding] = field(default_factory=list)
    notes: int = 0


def make_epub(edition: Edition, path: Path, page_starts: Sequence[PageStart] = ()) -> EpubResult:
    """Writes the edition as an e-book to ``path``, whole or not at all; the same input gives the same bytes.

    ``page_starts``: where the pages of the printed edition begin (EPUB Accessibility 1.1, page navigation).
    """
    composition = compose(edition)
    files = _gather(edition, composition)
    bound = [file.content[0] for file in files]
    text = bound[: len(composition.chapters) + 1]  # title page and chapters: what has notes and pages
    for part in bound:
        mark_emphasis(part)
        mark_tables(part)
    marks = _mark_pages(edition, text, page_starts)
    for index, part in enumerate(text, FRONT):
        turn_calls(part, composition.notes, edition.wording)
        if own := [note for note in composition.notes if note.chapter == index]:
            part.append(write_notes(own, edition.wording))
    pictures, findings = settle_pictures(bound, edition.settings.folder)
    findings += settle_links([(file.name, part) for file, part in zip(files, bound, strict=True)])
    if edition.settings.epub.writing == "vertical":
        for part in bound:
            set_upright(part)
    style = load_style(edition.settings.folder, edition.settings.editions.style)
    fonts, lacking = embed_fonts(bound, edition, style)
    cover, wrong = epub_cover.make_cover(edition, style)
    findings += lacking + wrong
    contents = _write_contents(edition, composition, files)
    pages = [(f"{files[mark.chapter - FRONT].name}#{mark.id}", mark.label) for mark in marks]
    files.insert(1, _write_nav(edition, files, contents, pages))
    holdings = Holdings(
        pages=edition.settings.epub.pages if pages else "",
        has_pictures=bool(pictures),
        is_accessible=not any(finding.rule == "E2" for finding in findings),
    )
    parts = [
        *([Part(cover.picture.name, cover.picture.media, cover.picture.content, ("cover-image",))]),
        *(_pack(edition, file) for file in [cover.page, *files]),
        Part(CSS, "text/css", write_css(edition, style, [font.face for font in fonts])),
        *(Part(picture.name, picture.media, picture.content) for picture in pictures),
        *(Part(font.face.name, "font/otf", font.content) for font in fonts),
    ]
    write_package(Package(edition, parts, write_metadata(edition, holdings), contents), path)
    return EpubResult(findings, len(composition.notes))


def _gather(edition: Edition, composition: Composition) -> list[ContentFile]:
    """The content documents in reading order, without cover and contents."""
    files = [ContentFile(TITLE, edition.title, [write_title_page(edition, composition)], "frontmatter")]
    width = max(2, len(str(len(composition.chapters))))
    for number, chapter in enumerate(composition.chapters, 1):
        section = chapter.element
        section.set(EPUB_TYPE, "chapter")
        section.set("role", "doc-chapter")
        name = f"chapter-{number:0{width}}.xhtml"
        files.append(ContentFile(name, chapter.title or edition.title, [section], "bodymatter"))
    for number, translation in enumerate(composition.translations, 1):
        section = write_translation(translation, number)
        name = f"translation-{number}.xhtml"
        title = next((text_of(h) for h in section.iter("h1")), "") or edition.title
        files.append(ContentFile(name, title, [section], "backmatter"))
    if edition.settings.page.colophon:
        files.append(
            ContentFile(COLOPHON, edition.wording["colophon"], [write_colophon(edition)], "backmatter")
        )
    return files


def _mark_pages(
    edition: Edition, parts: Sequence[etree._Element], starts: Sequence[PageStart]
) -> list[epub_pages.PageMark]:
    """Puts the page markers in that the book asks for."""
    if edition.settings.epub.pages == "source":
        return epub_pages.mark_source(parts, FRONT)
    epub_pages.drop_source(parts)
    return epub_pages.mark_printed(parts, FRONT, starts) if edition.settings.epub.pages == "pdf" else []


def _write_contents(
    edition: Edition, composition: Composition, files: Sequence[ContentFile]
) -> list[epub_nav.Node]:
    """Title page, every heading of the text, what follows it; a text without headings is one line."""
    lines = [(1, TITLE, edition.wording["title_page"])]
    for entry in composition.contents:
        if entry.text:
            lines.append((entry.level, f"{files[entry.chapter - FRONT].name}#{entry.id}", entry.text))
    if composition.chapters and len(lines) == 1:
        lines.append((1, files[1].name, edition.title))
    lines += [(1, file.name, file.title) for file in files[len(composition.chapters) + 1 :]]
    return epub_nav.nest(lines)


def _write_nav(
    edition: Edition,
    files: Sequence[ContentFile],
    contents: Sequence[epub_nav.Node],
    pages: Sequence[tuple[str, str]],
) -> ContentFile:
    words = edition.wording
    landmarks = [("cover", epub_cover.COVER, words["cover"]), ("titlepage", TITLE, words["title_page"])]
    landmarks.append(("toc", f"{NAV}#toc", words["contents"]))
    if body := next((file for file in files if file.kind == "bodymatter"), None):
        landmarks.append(("bodymatter", body.name, edition.title))
    if files[-1].name == COLOPHON:
        landmarks.append(("colophon", COLOPHON, words["colophon"]))
    nav = epub_nav.write_nav(contents, landmarks, pages, words)
    return ContentFile(NAV, words["contents"], nav, "frontmatter", ("nav",), edition.settings.page.contents)


def _pack(edition: Edition, file: ContentFile) -> Part:
    content = write_xhtml(file, edition.lang, CSS)
    return Part(file.name, XHTML_TYPE, content, file.properties, "yes" if file.linear else "no")
