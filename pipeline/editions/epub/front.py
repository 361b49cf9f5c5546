"""The pages of an e-book around the text: title page, abstract, front matter in other languages, colophon.

Comes in: the edition and its composition. Goes out: content elements with structural semantics (EPUB 3.3 §D).
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pipeline.editions.composition import Composition, Translation, append_list
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub.xhtml import EPUB_TYPE, element
from pipeline.editions.matter import colophon_rows


def write_title_page(edition: Edition, composition: Composition) -> etree._Element:
    """The title page: title, subtitle, authors, what the source says of itself, imprint."""
    page = element("section", id="titlepage", kind="titlepage", class_="title-page")
    front = composition.front
    title = element("h1", class_="title")
    if titles := front.get("title"):
        _fill(title, titles[0])
    else:
        title.text = edition.title
    page.append(title)
    for div in front.get("subtitle", []):
        page.append(_fill(element("p", class_="subtitle", role="doc-subtitle"), div))
    for key in ("author", "affiliation", "masthead"):
        for div in front.get(key, []):
            page.append(_fill(element("p", class_=key), div))
    book = edition.settings.book
    if imprint := edition.wording["list_separator"].join(
        x for x in (book.place, book.publisher, book.date) if x
    ):
        page.append(element("p", imprint, class_="imprint"))
    return page


def write_abstract(edition: Edition, composition: Composition) -> etree._Element | None:
    """Abstract and keywords; none where the book has neither."""
    divs, keywords = (composition.front.get(key, []) for key in ("abstract", "keywords"))
    words = edition.wording
    if not divs and not keywords:
        return None
    section = element("section", id="abstract", class_="abstract")
    section.append(element("h1", words["abstract" if divs else "keywords"]))
    if divs:
        section.set(EPUB_TYPE, "abstract")
        section.set("role", "doc-abstract")
    section.extend(block for div in divs for block in _blocks(div))
    if keywords:
        section.append(_write_keywords(keywords, words))
    return section


def _write_keywords(keywords: list[etree._Element], words: Mapping[str, str]) -> etree._Element:
    line = element("p", class_="keywords")
    line.append(element("strong", words["keywords"] + words["label_separator"]))
    append_list(line, keywords, words["list_separator"])
    return line


def write_translation(translation: Translation, number: int) -> etree._Element:
    """The front matter in another language, in that language's own words and marks."""
    words = read_wording("en") | read_wording(translation.lang.split("-")[0])
    section = element("section", id=f"translation{number}", class_="translation", lang=translation.lang)
    parts = translation.parts
    for div in parts.get("title", []):
        section.append(_fill(element("h1", class_="title"), div))
    for key in ("subtitle", "author", "affiliation", "masthead"):
        section.extend(_fill(element("p", class_=key), div) for div in parts.get(key, []))
    if abstract := parts.get("abstract", []):
        section.append(element("h2" if parts.get("title") else "h1", words["abstract"]))
        section.extend(block for div in abstract for block in _blocks(div))
    if keywords := parts.get("keywords"):
        section.append(_write_keywords(keywords, words))
    return section


def write_colophon(edition: Edition) -> etree._Element:
    """The colophon (版權頁): what the book is, from which source, with how many corrections."""
    words = edition.wording
    section = element("section", id="colophon", kind="colophon", role="doc-colophon", class_="colophon")
    section.append(element("h1", words["colophon"]))
    section.append(element("p", edition.title, class_="colophon-title"))
    table = element("dl")
    for name, text in colophon_rows(edition):
        table.append(element("dt", name))
        table.append(element("dd", text))
    section.append(table)
    section.append(element("p", words["made_with"], class_="made-with"))
    return section


def _blocks(div: etree._Element) -> list[etree._Element]:
    """The blocks of a front part; a part of words alone is one paragraph."""
    if (div.text or "").strip() or not len(div):
        return [_fill(element("p"), div)]
    return list(div)


def _fill(target: etree._Element, source: etree._Element) -> etree._Element:
    """``target`` with what ``source`` holds."""
    append_list(target, [source])
    return target
