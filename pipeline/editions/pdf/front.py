"""The printed book's pages before and behind the text: title page, abstract, contents, front matter in another language, colophon.

Comes in: an edition, its ``Composition``, and what sets an element (with the notes that it calls). Goes out: sections.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from pipeline.editions.composition import Composition, Entry, append_list, text_of
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.matter import colophon_on_verso, colophon_rows, describe
from pipeline.editions.pdf.elements import add, new
from pipeline.editions.pdf.turning import turn_line
from pipeline.editions.style import Style
from pipeline.editions.titles import is_pair

ENTRY_ROOM = 4.0  # characters of a line of the contents kept for leader and number
HALF_TITLE_SPACED = 1.1  # its letters are set apart


class FrontPages:
    """The sections, each made when it is asked for. ``measure`` is the type area's width in points."""

    def __init__(
        self,
        edition: Edition,
        composition: Composition,
        style: Style,
        measure: float,
        set_notes: Callable[[etree._Element], etree._Element],
    ) -> None:
        self.edition, self.composition, self.style, self.measure = edition, composition, style, measure
        self.words = edition.wording
        self._set = set_notes

    def before(self) -> Iterator[etree._Element]:
        """What stands before the text, in order."""
        page = self.edition.settings.page
        if page.half_title:
            yield self._half_title()
        yield self._title_page()
        if page.colophon and colophon_on_verso(self.edition.lang):
            yield self._colophon()
        if "abstract" in self.composition.front:
            yield self._abstract()
        if page.contents and self.composition.contents:
            yield self._contents()

    def behind(self) -> Iterator[etree._Element]:
        """What stands behind the text, in order."""
        for number, translation in enumerate(self.composition.translations, 1):
            yield self._translation(number, translation.lang, translation.parts)
        if self.edition.settings.page.colophon and not colophon_on_verso(self.edition.lang):
            yield self._colophon()

    def _half_title(self) -> etree._Element:
        section = new("section", **{"class": "half-title"})
        title = add(section, "p", self.edition.title)
        turn_line(title, self.measure / (self.style.title_page.half_title * HALF_TITLE_SPACED))
        return section

    def _title_page(self) -> etree._Element:
        page = new("section", **{"class": "title-page"})
        front = self.composition.front
        book = self.edition.settings.book
        if book.series:
            add(page, "p", book.series, **{"class": "series"})
        for key in ("title", "subtitle"):
            for div in front.get(key, []):
                page.append(self._front_part(div, key))
        if "title" not in front:
            add(page, "p", self.edition.title, **{"class": "title"})
        authors = add(page, "div", **{"class": "authors"})
        for key in ("author", "affiliation", "masthead"):
            for div in front.get(key, []):
                authors.append(self._front_part(div, key))
        imprint = [book.place, book.publisher, str(self.edition.date.year) if book.date else ""]
        if "abstract" not in front:  # keywords alone are no page
            self._keywords(page, front, self.words)
        if page.find(".//span[@class='note']") is not None:
            page.set("class", "title-page noted")
        if any(imprint):
            add(page, "p", "\N{IDEOGRAPHIC SPACE}".join(filter(None, imprint)), **{"class": "imprint"})
        return page

    def _front_part(self, div: etree._Element, key: str, size: float = 0.0) -> etree._Element:
        """A part of the title page; ``size`` is its type's where it is another than there."""
        part = self._set(copy.deepcopy(div))
        part.set("class", key)
        if key in ("title", "subtitle"):
            page = self.style.title_page
            turn_line(part, self.measure / (size or (page.title if key == "title" else page.subtitle)))
        return part

    def _contents(self) -> etree._Element:
        section = new("section", **{"class": "contents"})
        self._part_title(section, self.words["contents"])
        nav = add(section, "nav", **{"class": "entries"})
        for entry in self._entries():
            line = add(nav, "p", **{"class": f"entry l{entry.level}"})
            if lang := self._foreign(entry):
                line.set("lang", lang)
            link = add(line, "a", href=f"#{entry.id}", **{"class": "entry-link"})
            turn_line(add(link, "span", entry.text), self._entry_room(entry.level))
            add(link, "span", **{"class": "to", "data-target": f"#{entry.id}"})
        return section

    def _entry_room(self, level: int) -> float:
        style = self.style.contents
        return self.measure / style.size - style.step * (level - 1) - ENTRY_ROOM

    def _foreign(self, entry: Entry) -> str:
        """The language of an entry that leads to front matter in another language."""
        number = entry.id.removeprefix("t")
        is_translation = entry.id[:1] == "t" and number.isdigit()
        return self.composition.translations[int(number) - 1].lang if is_translation else ""

    def _entries(self) -> list[Entry]:
        depth = self.style.contents.depth
        entries = [e for e in self.composition.contents if e.level <= depth and e.text]
        top = min((e.level for e in entries), default=1)
        entries = [Entry(e.level - top + 1, e.id, e.text, e.chapter) for e in entries]
        for index, translation in enumerate(self.composition.translations, 1):
            if title := _parts_text(translation.parts, "title"):
                entries.append(Entry(1, f"t{index}", title, -1))
        return entries

    def _abstract(self) -> etree._Element:
        section = new("section", **{"class": "front-abstract"})
        self._part_title(section, self.words["abstract"])
        for div in self.composition.front.get("abstract", []):
            section.append(self._front_part(div, "abstract"))
        self._keywords(section, self.composition.front, self.words)
        return section

    def _part_title(self, parent: etree._Element, title: str) -> None:
        add(parent, "p", title, **{"class": f"part-title{spaced_class(title)}", "data-title": title})

    def _keywords(
        self, parent: etree._Element, parts: Mapping[str, list[etree._Element]], words: Mapping[str, str]
    ) -> None:
        if keywords := parts.get("keywords"):
            line = add(parent, "p", **{"class": "keywords"})
            add(line, "b", words["keywords"] + words["label_separator"])
            append_list(line, [self._set(copy.deepcopy(div)) for div in keywords], words["list_separator"])

    def _translation(
        self, number: int, lang: str, parts: Mapping[str, list[etree._Element]]
    ) -> etree._Element:
        words = read_wording(lang.split("-")[0]) or read_wording("en")
        section = new("section", lang=lang, **{"class": "translation"})
        title = _parts_text(parts, "title")
        for key in ("title", "subtitle", "author", "affiliation", "masthead"):
            for div in parts.get(key, []):
                part = self._front_part(div, key, self.style.heading(1).size)
                part.tag = "p"
                if key == "title":
                    part.set("data-title", title)
                    part.set("id", f"t{number}")
                section.append(part)
        for div in parts.get("abstract", []):
            section.append(self._front_part(div, "abstract"))
        self._keywords(section, parts, words)
        return section

    def _colophon(self) -> etree._Element:
        """The 版權頁: on the mainland with the book's description above it, as the data of its catalogue card."""
        section = new("section", **{"class": "colophon"})
        if colophon_on_verso(self.edition.lang) and (description := describe(self.edition)):
            card = add(section, "div", **{"class": "card"})
            for area in description:
                add(card, "p", area)
        box = add(section, "div", **{"class": "imprint-page"})
        add(box, "p", self.edition.title, **{"class": "name"})
        for key, value in colophon_rows(self.edition):
            row = add(box, "p", **{"class": "row"})
            add(row, "span", key, **{"class": f"key{' apart' if is_pair(key) else ''}"}).tail = value
        return section


def spaced_class(title: str) -> str:
    """The class of a heading of two characters, which are set apart (結　論)."""
    return " spaced" if is_pair(title) else ""


def _parts_text(parts: Mapping[str, list[etree._Element]], key: str) -> str:
    return " ".join(" ".join(text_of(div).split()) for div in parts.get(key, []))
