"""The whole printed book as one HTML tree: half title, title page, abstract, contents, text, colophon.

Comes in: an edition and its ``Composition``. Goes out: an <html> element in the order in which the book is
bound, with each note standing behind the text it belongs to, ready to float to the foot of its page.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from pipeline.editions.composition import Composition, Entry, append_list, text_of
from pipeline.editions.edition import Edition
from pipeline.editions.matter import colophon_rows, describe
from pipeline.editions.pdf.blocks import drop_blanks, keep_ending, lay_blocks, set_lines
from pipeline.editions.pdf.fetch import book_address
from pipeline.editions.pdf.glyphs.dots import mark_dotted
from pipeline.editions.pdf.sheet import colophon_on_verso, set_level
from pipeline.editions.pdf.tables import fit_table
from pipeline.editions.pdf.titles import is_pair, turn_line
from pipeline.editions.pictures import Picture, read_picture
from pipeline.editions.style import Style

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ENTRY_ROOM = 4.0  # characters of a line of the contents kept for leader and number
HALF_TITLE_SPACED = 1.1  # its letters are set apart
HEAD_SHARE = 0.85  # of the type area's width that a running head may take


class Printed:
    """The tree, why pictures were left out, and which tables find no room."""

    def __init__(
        self,
        edition: Edition,
        composition: Composition,
        style: Style,
        labels: Mapping[int, str],
        characters: int,
    ) -> None:
        self.edition, self.composition, self.style = edition, composition, style
        self.labels = labels
        self.measure = characters * style.text.size  # of the type area, in points
        self.words = edition.wording
        self.head_room = int(characters * style.text.size * HEAD_SHARE / style.running_head.size)
        self.left_out: list[str] = []
        self.too_wide: list[str] = []  # tables
        self.root = self._book()

    def _book(self) -> etree._Element:
        root = _new("html", lang=self.edition.lang)
        head = _add(root, "head")
        _add(head, "title", self.edition.title)
        for name, content in self._meta():
            _add(head, "meta", name=name, content=content)
        body = _add(root, "body", **{"data-head": self._head(self.edition.title)})
        page = self.edition.settings.page
        if page.half_title:
            half_title = _add(_add(body, "section", **{"class": "half-title"}), "p", self.edition.title)
            turn_line(half_title, self.measure / (self.style.title_page.half_title * HALF_TITLE_SPACED))
        body.append(self._title_page())
        verso = colophon_on_verso(self.edition.lang)
        if page.colophon and verso:
            body.append(self._colophon())
        if "abstract" in self.composition.front:
            body.append(self._abstract())
        if page.contents and self.composition.contents:
            body.append(self._contents())
        for section in self._chapters():
            body.append(section)
        for translation in self.composition.translations:
            body.append(self._translation(translation.lang, translation.parts))
        if page.colophon and not verso:
            body.append(self._colophon())
        lay_blocks(body)
        if self.style.emphasis.han == "dots":
            mark_dotted(body)
        for table in body.iter("table"):
            if not fit_table(table, self.measure / self.style.table.size):
                self.too_wide.append(_table_name(table))
        self._pictures(body)
        if self.edition.settings.pdf.standard == "x-4":  # annotations have no place on a printed page
            for link in body.iter("a"):
                link.attrib.pop("href", "")
        return root

    def _meta(self) -> Iterable[tuple[str, str]]:
        for author in self.edition.authors:
            yield "author", author
        if words := self.composition.front.get("keywords"):
            yield "keywords", ", ".join(map(text_of, words))
        if description := self.edition.settings.book.description:
            yield "description", description
        stamp = self.edition.date.strftime("%Y-%m-%dT%H:%M:%SZ")
        yield "dcterms.created", stamp
        yield "dcterms.modified", stamp
        yield "generator", "Fanjian"

    def _title_page(self) -> etree._Element:
        page = _new("section", **{"class": "title-page"})
        front = self.composition.front
        book = self.edition.settings.book
        if book.series:
            _add(page, "p", book.series, **{"class": "series"})
        for key in ("title", "subtitle"):
            for div in front.get(key, []):
                page.append(self._front_part(div, key))
        if "title" not in front:
            _add(page, "p", self.edition.title, **{"class": "title"})
        authors = _add(page, "div", **{"class": "authors"})
        for key in ("author", "affiliation", "masthead"):
            for div in front.get(key, []):
                authors.append(self._front_part(div, key))
        imprint = [book.place, book.publisher, str(self.edition.date.year) if book.date else ""]
        if "abstract" not in front:  # keywords alone are no page
            self._keywords(page, front, self.words)
        if page.find(".//span[@class='note']") is not None:
            page.set("class", "title-page noted")
        if any(imprint):
            _add(page, "p", "\N{IDEOGRAPHIC SPACE}".join(filter(None, imprint)), **{"class": "imprint"})
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
        section = _new("section", **{"class": "contents"})
        self._part_title(section, self.words["contents"])
        nav = _add(section, "nav", **{"class": "entries"})
        for entry in self._entries():
            line = _add(nav, "p", **{"class": f"entry l{entry.level}"})
            if lang := self._foreign(entry):
                line.set("lang", lang)
            link = _add(line, "a", href=f"#{entry.id}", **{"class": "entry-link"})
            turn_line(_add(link, "span", entry.text), self._entry_room(entry.level))
            _add(link, "span", **{"class": "to", "data-target": f"#{entry.id}"})
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
        section = _new("section", **{"class": "front-abstract"})
        self._part_title(section, self.words["abstract"])
        for div in self.composition.front.get("abstract", []):
            section.append(self._front_part(div, "abstract"))
        self._keywords(section, self.composition.front, self.words)
        return section

    def _part_title(self, parent: etree._Element, title: str) -> None:
        _add(parent, "p", title, **{"class": f"part-title{_spaced(title)}", "data-title": title})

    def _keywords(
        self, parent: etree._Element, parts: Mapping[str, list[etree._Element]], words: Mapping[str, str]
    ) -> None:
        if keywords := parts.get("keywords"):
            line = _add(parent, "p", **{"class": "keywords"})
            _add(line, "b", words["keywords"] + words["label_separator"])
            append_list(line, [self._set(copy.deepcopy(div)) for div in keywords], words["list_separator"])

    def _translation(self, lang: str, parts: Mapping[str, list[etree._Element]]) -> etree._Element:
        from pipeline.editions.edition import read_wording

        words = read_wording(lang.split("-")[0]) or read_wording("en")
        section = _new("section", lang=lang, **{"class": "translation"})
        title = _parts_text(parts, "title")
        for key in ("title", "subtitle", "author", "affiliation", "masthead"):
            for div in parts.get(key, []):
                part = self._front_part(div, key, self.style.heading(1).size)
                part.tag = "p"
                if key == "title":
                    part.set("data-title", title)
                    part.set("id", f"t{1 + self._translation_index(parts)}")
                section.append(part)
        for div in parts.get("abstract", []):
            section.append(self._front_part(div, "abstract"))
        self._keywords(section, parts, words)
        return section

    def _translation_index(self, parts: Mapping[str, list[etree._Element]]) -> int:
        return next(i for i, t in enumerate(self.composition.translations) if t.parts is parts)

    def _chapters(self) -> Iterable[etree._Element]:
        """The text's sections. Pages change their name from chapter to chapter, which is how openers are known."""
        own_pages = self.edition.settings.page.chapter_break
        holder = _new("div", **{"class": "text"})
        if not own_pages:
            holder.set("style", "page: text; break-before: recto")
        for index, chapter in enumerate(self.composition.chapters):
            section = self._set(copy.deepcopy(chapter.element))
            if own_pages:
                if index == 0:
                    section.set("style", "page: text; break-before: recto")
                    section.set("class", "chapter")
                else:
                    section.set("class", f"new-page chapter-{'even' if index % 2 else 'odd'}")
            for level in HEADINGS:
                for heading in section.iter(level):
                    title = text_of(heading)
                    heading.set("data-title", title)
                    heading.set("data-head", self._head(title))
                    classes = ["chapter"] if level == "h1" else []
                    before = heading.getprevious()
                    if before is not None and before.tag in HEADINGS and not (before.tail or "").strip():
                        classes.append("follows")
                    room = self._heading_room(int(level[1]))
                    spaced = _spaced(title) if level == "h1" and room else ""
                    heading.set("class", " ".join(classes) + spaced)
                    turn_line(heading, room)
            keep_ending(section)
            if own_pages:
                yield section
            else:
                holder.append(section)
        if not own_pages:
            yield holder

    def _heading_room(self, level: int) -> float:
        """How many characters of a centred heading fit on a line; 0 where lines run full."""
        heading = set_level(level, self.style, self.edition.settings.page.chapter_break)
        return self.measure / heading.size if heading.align == "center" else 0.0

    def _head(self, title: str) -> str:
        return title if len(title) <= self.head_room else title[: self.head_room - 1] + "…"

    def _set(self, element: etree._Element) -> etree._Element:
        """An element of the composition with its notes behind their calls' places."""
        for call in list(element.iter("a")):
            if call.get("class") == "call":
                self._set_call(call)
        for span in list(element.iter("span")):
            if span.get("class") == "page" and not self.edition.settings.page.source_pages:
                _remove(span)
        return element

    def _set_call(self, call: etree._Element) -> None:
        number = int(call.get("data-note", "0"))
        label = self.labels[number]
        call.text = label
        note = self._note(number, label)
        parent = call.getparent()
        if parent is not None:
            parent.insert(parent.index(call), note)

    def _note(self, number: int, label: str) -> etree._Element:
        note = _new("span", id=f"n{number}", **{"class": "note"})
        body = self._set(copy.deepcopy(self.composition.notes[number - 1].body))
        drop_blanks(body)
        back = _add(note, "a", label, href=f"#c{number}", **{"class": "label"})
        blocks = list(body)
        if blocks and blocks[0].tag == "p":  # on the label's line
            first, *lines = set_lines(blocks.pop(0))
            back.tail = first.text
            note.extend(list(first))
            note.extend(lines)
        for block in blocks:
            block.tail = None
            note.append(block)
        return note

    def _colophon(self) -> etree._Element:
        """The 版權頁: on the mainland with the book's description above it, as the data of its catalogue card."""
        section = _new("section", **{"class": "colophon"})
        if colophon_on_verso(self.edition.lang) and (description := describe(self.edition)):
            card = _add(section, "div", **{"class": "card"})
            for area in description:
                _add(card, "p", area)
        box = _add(section, "div", **{"class": "imprint-page"})
        _add(box, "p", self.edition.title, **{"class": "name"})
        for key, value in colophon_rows(self.edition):
            row = _add(box, "p", **{"class": "row"})
            _add(row, "span", key, **{"class": f"key{' apart' if is_pair(key) else ''}"}).tail = value
        return section

    def _pictures(self, body: etree._Element) -> None:
        """Gives pictures of the book's folder their address and takes all others out, saying why."""
        for image in list(body.iter("img")):
            source = image.get("src", "")
            found = read_picture(source, self.edition.folder_of(source))
            if isinstance(found, Picture):
                image.set("src", book_address(source))
                image.set("alt", image.get("alt") or image.get("title") or Path(source).stem)
            else:
                self.left_out.append(found)
                image.tag = "span"
                image.text = f"［{image.get('alt') or source}］"
                image.attrib.clear()
                image.set("class", "left-out")


def _table_name(table: etree._Element) -> str:
    """What a table is called: by its caption, or the first words in it."""
    caption = table.find("caption")
    text = "".join(map(str, (table if caption is None else caption).itertext()))
    return " ".join(text.split())[:30]


def _spaced(title: str) -> str:
    """The class of a heading of two characters, which are set apart (結　論)."""
    return " spaced" if is_pair(title) else ""


def _parts_text(parts: Mapping[str, list[etree._Element]], key: str) -> str:
    return " ".join(" ".join(text_of(div).split()) for div in parts.get(key, []))


def _new(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.Element(tag, attributes)
    element.text = text
    return element


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = _new(tag, text, **attributes)
    parent.append(element)
    return element


def _remove(element: etree._Element) -> None:
    """Takes an element out and leaves the text behind it."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
