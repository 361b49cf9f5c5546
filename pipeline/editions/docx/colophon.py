"""The colophon (版權頁) of a Word file, on a page of its own.

Comes in: an edition. Goes out: paragraphs in styles of their own, by which the way back knows that they are none of the text. What
they say comes from book.toml; a correction belongs there.
"""

from __future__ import annotations

from itertools import starmap

from lxml import etree

from pipeline.document import word
from pipeline.editions.edition import Edition
from pipeline.editions.matter import colophon_on_verso, colophon_rows, describe


def make_colophon(edition: Edition) -> list[etree._Element]:
    """The paragraphs: on the mainland with the book's description above them; none where the book asks for no colophon."""
    if not edition.settings.page.colophon:
        return []
    description = describe(edition) if colophon_on_verso(edition.lang) else []
    areas = [_paragraph(word.COLOPHON_DESCRIPTION, word.make_run(area)) for area in description]
    name = _paragraph(word.COLOPHON_TITLE, word.make_run(edition.title))
    return [*areas, name, *starmap(_row, colophon_rows(edition))]


def _row(key: str, text: str) -> etree._Element:
    tab = word.make("w:r", {}, word.make("w:tab"))
    return _paragraph(word.COLOPHON, word.make_run(key, word.LABEL), tab, word.make_run(text))


def _paragraph(style: str, *runs: etree._Element) -> etree._Element:
    named = word.make("w:pStyle", {"w:val": style.replace(" ", "")})
    return word.make("w:p", {}, word.make("w:pPr", {}, named), *runs)
