"""The whole printed book as one HTML tree: half title, title page, abstract, contents, text, colophon.

Comes in: an edition and its ``Composition``. Goes out: an <html> element in the order in which the book is
bound, with each note standing behind the text it belongs to, ready to float to the foot of its page.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path

from lxml import etree

from pipeline.editions.composition import Composition, text_of
from pipeline.editions.edition import Edition
from pipeline.editions.pdf.blocks import drop_blanks, keep_ending, lay_blocks, set_lines
from pipeline.editions.pdf.elements import add, new, remove
from pipeline.editions.pdf.fetch import book_address
from pipeline.editions.pdf.front import FrontPages, spaced_class
from pipeline.editions.pdf.glyphs.dots import mark_dotted
from pipeline.editions.pdf.glyphs.square import square_quotes
from pipeline.editions.pdf.sheet import set_level
from pipeline.editions.pdf.tables import fit_table
from pipeline.editions.pdf.turning import turn_line
from pipeline.editions.pictures import Picture, read_picture
from pipeline.editions.style import Style

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
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
        self.head_room = int(characters * style.text.size * HEAD_SHARE / style.running_head.size)
        self.left_out: list[tuple[str, str]] = []  # pictures, and why
        self.too_wide: list[str] = []  # tables
        self.root = self._book()

    def _book(self) -> etree._Element:
        root = new("html", lang=self.edition.lang)
        head = add(root, "head")
        add(head, "title", self.edition.title)
        for name, content in self._meta():
            add(head, "meta", name=name, content=content)
        body = add(root, "body", **{"data-head": self._head(self.edition.title)})
        front = FrontPages(self.edition, self.composition, self.style, self.measure, self._set)
        for section in (*front.before(), *self._chapters(), *front.behind()):
            body.append(section)
        lay_blocks(body)
        square_quotes(body, self.style.faces_of(self.edition.lang).kai.print[0])
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

    def _chapters(self) -> Iterable[etree._Element]:
        """The text's sections. Pages change their name from chapter to chapter, which is how openers are known."""
        own_pages = self.edition.settings.page.chapter_break
        holder = new("div", **{"class": "text"})
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
            for heading in section.iter(*HEADINGS):
                self._set_heading(heading)
            keep_ending(section)
            if own_pages:
                yield section
            else:
                holder.append(section)
        if not own_pages:
            yield holder

    def _set_heading(self, heading: etree._Element) -> None:
        title = text_of(heading)
        heading.set("data-title", title)
        heading.set("data-head", self._head(title))
        classes = ["chapter"] if heading.tag == "h1" else []
        before = heading.getprevious()
        if before is not None and before.tag in HEADINGS and not (before.tail or "").strip():
            classes.append("follows")
        room = self._heading_room(int(heading.tag[1]))
        spaced = spaced_class(title) if heading.tag == "h1" and room else ""
        heading.set("class", " ".join(classes) + spaced)
        turn_line(heading, room)

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
                remove(span)
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
        note = new("span", id=f"n{number}", **{"class": "note"})
        body = self._set(copy.deepcopy(self.composition.notes[number - 1].body))
        drop_blanks(body)
        back = add(note, "a", label, href=f"#c{number}", **{"class": "label"})
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

    def _pictures(self, body: etree._Element) -> None:
        """Gives pictures of the book's folder their address and takes all others out, saying why."""
        for image in list(body.iter("img")):
            source = image.get("src", "")
            found = read_picture(source, self.edition.folder_of(source))
            if isinstance(found, Picture):
                image.set("src", book_address(source))
                image.set("alt", image.get("alt") or image.get("title") or Path(source).stem)
            else:
                self.left_out.append((source, found))
                image.tag = "span"
                image.text = f"［{image.get('alt') or source}］"
                image.attrib.clear()
                image.set("class", "left-out")


def _table_name(table: etree._Element) -> str:
    """What a table is called: by its caption, or the first words in it."""
    caption = table.find("caption")
    text = "".join(map(str, (table if caption is None else caption).itertext()))
    return " ".join(text.split())[:30]
