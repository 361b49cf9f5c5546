"""A document as one neutral HTML tree, from which both the PDF and the EPUB are made.

Comes in: an ``Edition``. Goes out: a ``Composition``: the title page's parts, the chapters, the notes, the
contents. Pandoc writes the HTML of everything but the notes, which it would put where it likes: each call
becomes ``<a class="call" data-note="12" id="c12" href="#n12">12</a>`` and each body a ``NoteHtml``. What
only one format needs (page-bottom floats, ``aside``) its own module makes of these.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from urllib.parse import unquote

import lxml.html
import panflute as pf
from lxml import etree

from pipeline.document import ast
from pipeline.document.languages import mark_languages
from pipeline.document.parallel.notes import side_of
from pipeline.editions.bibliography import mark_bibliographies
from pipeline.editions.composition import Chapter, Composition, Entry, NoteHtml, Translation, text_of
from pipeline.editions.edition import Edition
from pipeline.editions.emphasis import mark_emphasis
from pipeline.editions.labels import label, labels
from pipeline.programs import pandoc

NOTES_ID, FRONT_ID, TRANSLATIONS_ID = "fanjian-notes", "fanjian-front", "fanjian-translations"
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def compose(edition: Edition) -> Composition:
    """The edition as neutral HTML; the edition's document is not changed."""
    doc = ast.duplicate(edition.doc)
    _name_anchors(doc)
    translated = _lay_translations(doc)
    front_keys = _lay_front(doc)
    doc.metadata = pf.MetaMap()
    mark_languages(doc)
    bodies = _take_notes(doc, edition.languages)
    html = pandoc.write(ast.dump(doc), "html5", "--no-highlight", name=edition.title).decode("utf-8")
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    _flatten_sections(root)
    front = _front(root, front_keys)
    translations = _translations(root, translated)
    notes_root = _pop(root, NOTES_ID)
    chapters = _chapters(root)
    mark_bibliographies(chapter.element for chapter in chapters)
    where = _chapters_of_calls(chapters)
    shown = [label(n, edition.settings.notes.style) for n in edition.numbers] or labels(
        [where.get(n, -1) for n in range(1, len(bodies) + 1)], edition.settings.notes
    )
    notes = [
        NoteHtml(n, shown[n - 1], where.get(n, -1), div, ast.is_missing(bodies[n - 1]))
        for n, div in enumerate([] if notes_root is None else list(notes_root), 1)
    ]
    parts = [div for divs in front.values() for div in divs] + [c.element for c in chapters]
    for part in parts:
        _label_calls(part, notes)
    translated_parts = [div for t in translations for divs in t.parts.values() for div in divs]
    for element in [*parts, *(note.body for note in notes), *translated_parts]:
        mark_emphasis(element)
    return Composition(front, chapters, notes, _contents(chapters), translations)


def _lay_front(doc: pf.Doc) -> list[str]:
    """Puts the title page's texts before the text, in Divs, so that Pandoc writes them along; their keys."""
    laid = _front_divs(doc.metadata.content)
    doc.content.insert(0, pf.Div(*[div for _, div in laid], identifier=FRONT_ID))
    return [key for key, _ in laid]


def _front_divs(meta: Mapping[str, pf.MetaValue]) -> list[tuple[str, pf.Div]]:
    """The title page's texts in order, each with its key."""
    out = []
    for key in ast.FRONT_KEYS:
        value = meta.get(key)
        if value is None:
            continue
        for item in value.content if isinstance(value, pf.MetaList) else [value]:
            match item:
                case pf.MetaInlines():
                    blocks = [pf.Plain(*item.content)]
                case pf.MetaBlocks():
                    blocks = list(item.content)
                case _:
                    blocks = [pf.Plain(pf.Str(ast.plain(item)))]
            out.append((key, pf.Div(*blocks, classes=["front", key])))
    return out


def _lay_translations(doc: pf.Doc) -> list[tuple[str, list[str]]]:
    """Puts the title page's texts in other languages after the text; language and keys of each."""
    value = doc.metadata.content.get("translations")
    out: list[tuple[str, list[str]]] = []
    holder = pf.Div(identifier=TRANSLATIONS_ID)
    for item in value.content if isinstance(value, pf.MetaList) else []:
        if not isinstance(item, pf.MetaMap):
            continue
        item.walk(lambda e, _: [] if isinstance(e, pf.Note) else None)
        lang = ast.plain(item.content.get("lang")) or "en"
        laid = _front_divs(item.content)
        holder.content.append(pf.Div(*[div for _, div in laid], attributes={"lang": lang}))
        out.append((lang, [key for key, _ in laid]))
    if out:
        doc.content.append(holder)
    return out


def _take_notes(doc: pf.Doc, languages: tuple[str, ...]) -> list[pf.Note]:
    """Replaces every note by its call and appends the bodies; the notes in reading order.

    ``languages``: of two texts side by side; the right one's notes are in its language.
    """
    taken = ast.notes(doc)
    foreign = [bool(languages) and side_of(note) == 1 for note in taken]
    numbers = {id(note): number for number, note in enumerate(taken, 1)}

    def call(e: pf.Element, _: pf.Doc | None) -> pf.Element | None:
        if not isinstance(e, pf.Note):
            return None
        number = numbers.get(id(e))
        if number is None:
            return []  # in a picture's text, which shows no calls
        return pf.Link(
            pf.Str(str(number)),
            url=f"#n{number}",
            identifier=f"c{number}",
            classes=["call"],
            attributes={"note": str(number)},
        )

    doc.walk(call)
    doc.content.append(
        pf.Div(
            *[
                pf.Div(*note.content, classes=["note"], attributes={"lang": languages[1]} if other else {})
                for note, other in zip(taken, foreign, strict=True)
            ],
            identifier=NOTES_ID,
        )
    )
    return taken


def _name_anchors(doc: pf.Doc) -> None:
    """Gives each heading an id that does not depend on its wording, so both scripts have the same, and each other anchor
    one that none of our own parts has.

    Links in the text follow to the new ids.
    """
    names: dict[str, str] = {}
    headings, others = itertools.count(1), itertools.count(1)

    def name(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Header):
            new = f"h{next(headings)}"
        elif getattr(e, "identifier", ""):
            new = f"a{next(others)}"
        else:
            return
        names.setdefault(e.identifier, new)
        e.identifier = new

    def follow(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Link) and e.url[:1] == "#" and (new := names.get(unquote(e.url[1:]))):
            e.url = f"#{new}"

    doc.walk(name)
    doc.walk(follow)


def _flatten_sections(root: etree._Element) -> None:
    """Pandoc makes a Div that begins with a heading a <section> and gives it the heading's id: undone."""
    for section in list(root.iter("section")):
        section.tag = "div"
        identifier = section.get("id")
        if identifier and len(section) and section[0].tag in HEADINGS:
            del section.attrib["id"]
            section[0].set("id", identifier)


def _pop(root: etree._Element, identifier: str) -> etree._Element | None:
    found = root.find(f".//div[@id='{identifier}']")
    if found is not None and (parent := found.getparent()) is not None:
        parent.remove(found)
    return found


def _front(root: etree._Element, keys: list[str]) -> dict[str, list[etree._Element]]:
    out: dict[str, list[etree._Element]] = {}
    holder = _pop(root, FRONT_ID)
    for key, div in zip(keys, [] if holder is None else list(holder), strict=True):
        out.setdefault(key, []).append(div)
    return out


def _translations(root: etree._Element, laid: list[tuple[str, list[str]]]) -> list[Translation]:
    holder = _pop(root, TRANSLATIONS_ID)
    out = []
    for (lang, keys), div in zip(laid, [] if holder is None else list(holder), strict=True):
        parts: dict[str, list[etree._Element]] = {}
        for key, part in zip(keys, list(div), strict=True):
            parts.setdefault(key, []).append(part)
        out.append(Translation(lang, parts))
    return out


def _chapters(root: etree._Element) -> list[Chapter]:
    """The blocks gathered into sections at every h1."""
    out: list[Chapter] = []
    for block in list(root):
        if block.tag == "h1" or not out:
            identifier = f"ch{len(out) + 1}"
            title = text_of(block) if block.tag == "h1" else ""
            out.append(Chapter(identifier, title, etree.Element("section", id=identifier)))
        out[-1].element.append(block)
    return out


def _chapters_of_calls(chapters: list[Chapter]) -> dict[int, int]:
    return {
        int(a.get("data-note", "0")): index
        for index, chapter in enumerate(chapters)
        for a in chapter.element.iterfind(".//a[@class='call']")
    }


def _label_calls(part: etree._Element, notes: list[NoteHtml]) -> None:
    for a in part.iterfind(".//a[@class='call']"):
        a.text = notes[int(a.get("data-note", "0")) - 1].label


def _contents(chapters: list[Chapter]) -> list[Entry]:
    return [
        Entry(int(h.tag[1]), h.get("id") or chapter.id, text_of(h), index)
        for index, chapter in enumerate(chapters)
        for h in chapter.element.iter("h1", "h2", "h3", "h4", "h5", "h6")
    ]
