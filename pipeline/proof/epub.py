"""An e-book read back: its notes, headings and pages, as a reading system finds them.

Comes in: a finished ``.epub``. Goes out: ``EditionFacts``. Nothing here comes from the writer but the standard:
container → package → spine → content documents, noterefs and footnotes by their ``epub:type`` (EPUB 3.3).
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from pipeline.errors import EditionError
from pipeline.proof.facts import CONTEXT, EditionFacts, HeadingFact, NoteFact, squash

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS_TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
NOTES = frozenset({"footnotes", "footnote", "endnotes"})
PART = "\f"  # stands where a heading parts the text; no XML can hold one
CONTAINER = "META-INF/container.xml"
_HEADINGS = tuple(f"{XHTML}h{level}" for level in range(1, 7))
_PARAGRAPHS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "figcaption",
    "caption",
    "div",
    "pre",
)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True)
class Item:
    """A line of the manifest; ``name`` is the file's path in the zip."""

    id: str
    name: str
    media: str
    properties: frozenset[str]


@dataclass(frozen=True)
class Book:
    """An opened e-book: its files, its package, its content documents in reading order."""

    files: dict[str, bytes]
    package_name: str
    package: etree._Element
    items: dict[str, Item]
    spine: list[str]  # names of files
    documents: dict[str, etree._Element] = field(default_factory=dict)  # every XHTML file
    ids: dict[str, dict[str, etree._Element]] = field(default_factory=dict)  # by file; the first of each id

    @property
    def nav(self) -> etree._Element | None:
        """The navigation document."""
        name = next((item.name for item in self.items.values() if "nav" in item.properties), "")
        return self.documents.get(name)


def read_epub(path: Path) -> EditionFacts:
    """What a finished e-book says. Raises ``EditionError`` when it is none."""
    book = open_epub(path)
    notes: list[NoteFact] = []
    headings: list[HeadingFact] = []
    text: list[str] = []
    for name in book.spine:
        if (root := book.documents.get(name)) is not None:
            notes += _read_notes(book, name, root, len(notes))
            headings += _read_headings(root)
            own = set(_heading_elements(root))
            text += (said for body in root.iter(f"{XHTML}body") for said in _texts(body, NOTES, own))
    return EditionFacts(
        notes=notes,
        headings=headings,
        pages=[text_of(a) for a in _nav_links(book, "page-list")],
        title=_first(book, "title"),
        authors=[(e.text or "").strip() for e in book.package.iter(f"{DC}creator")],
        lang=_first(book, "language"),
        sections="".join(text).split(PART),
    )


def open_epub(path: Path) -> Book:
    """Opens an e-book and parses its package and documents. Raises ``EditionError``."""
    try:
        with zipfile.ZipFile(path) as archive:
            files = {info.filename: archive.read(info) for info in archive.infolist()}
        container = etree.fromstring(files[CONTAINER], _PARSER)
        package_name = next(e.get("full-path", "") for e in container.iter("{*}rootfile"))
        package = etree.fromstring(files[package_name], _PARSER)
    except (OSError, zipfile.BadZipFile, KeyError, StopIteration, etree.XMLSyntaxError) as e:
        raise EditionError(f"cannot be read as an e-book ({e}). Make it again.", str(path)) from e
    items = {item.id: item for item in _manifest(package, posixpath.dirname(package_name))}
    spine = [items[ref].name for e in package.iter(f"{OPF}itemref") if (ref := e.get("idref", "")) in items]
    book = Book(files, package_name, package, items, spine)
    for item in items.values():
        if item.media == "application/xhtml+xml" and item.name in files:
            try:
                book.documents[item.name] = etree.fromstring(files[item.name], _PARSER)
            except etree.XMLSyntaxError as e:
                raise EditionError(f"holds {item.name}, which is not well-formed ({e}).", str(path)) from e
            book.ids[item.name] = _ids(book.documents[item.name])
    return book


def _manifest(package: etree._Element, folder: str) -> Iterator[Item]:
    for e in package.iter(f"{OPF}item"):
        name = posixpath.normpath(posixpath.join(folder, unquote(e.get("href", ""))))
        yield Item(e.get("id", ""), name, e.get("media-type", ""), frozenset(e.get("properties", "").split()))


def kinds(element: etree._Element) -> list[str]:
    """The structural semantics of an element."""
    return (element.get(OPS_TYPE) or "").split()


def resolve(name: str, href: str) -> tuple[str, str]:
    """The file and the id that an address in file ``name`` means."""
    address, _, fragment = href.partition("#")
    file = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(address))) if address else name
    return file, unquote(fragment)


def _ids(root: etree._Element) -> dict[str, etree._Element]:
    """The elements of a document by id; the first where an id is taken twice."""
    found: dict[str, etree._Element] = {}
    for e in root.iter():
        if isinstance(e.tag, str) and (identifier := e.get("id")) is not None:
            found.setdefault(identifier, e)
    return found


def text_of(element: etree._Element) -> str:
    """The text of an element without note calls, links back and page markers; paragraphs apart."""
    return "".join(_texts(element)).strip()


def _texts(
    element: etree._Element,
    but: frozenset[str] = frozenset(),
    headings: Set[etree._Element] = frozenset(),
) -> Iterator[str]:
    """The texts; of what is of a kind in ``but`` nothing, ``PART`` for each of the ``headings``."""
    if element in headings:
        yield PART
        return
    if not isinstance(element.tag, str) or "noteref" in kinds(element) or not but.isdisjoint(kinds(element)):
        return
    if element.get("role") == "doc-backlink" or "pagebreak" in kinds(element):
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child, but, headings)
        yield child.tail or ""
    if element.tag.removeprefix(XHTML) in _PARAGRAPHS:
        yield "\n"


def _read_notes(book: Book, name: str, root: etree._Element, count: int) -> Iterator[NoteFact]:
    """The notes that a document calls, in the order of their calls."""
    place = next((text_of(e) for e in _openers(root)), "")
    for call in root.iter(f"{XHTML}a"):
        if "noteref" not in kinds(call):
            continue
        count += 1
        file, identifier = resolve(name, call.get("href") or "")
        body = book.ids.get(file, {}).get(identifier)
        yield NoteFact(
            number=count,
            label="".join(map(str, call.itertext())).strip(),
            text="" if body is None else text_of(body),
            place=place,
            missing=body is not None
            and any("missing" in (s.get("class") or "").split() for s in body.iter(f"{XHTML}span")),
            before=_before(call),
        )


def _openers(root: etree._Element) -> Iterator[etree._Element]:
    """The heading that opens a document's chapter: a heading further inside opens nothing."""
    for section in root.iter(f"{XHTML}section"):
        if "chapter" in kinds(section):
            yield from section.iterchildren(f"{XHTML}h1")


def _before(call: etree._Element) -> str:
    """The text right before a call, inside its paragraph."""
    block = next((e for e in call.iterancestors() if str(e.tag).removeprefix(XHTML) in _PARAGRAPHS), None)
    if block is None:
        return ""
    parts: list[str] = []
    _collect(block, call, parts)
    return squash("".join(parts))[-2 * CONTEXT :]


def _collect(element: etree._Element, stop: etree._Element, parts: list[str]) -> bool:
    """Adds the texts before ``stop``; whether ``stop`` was met."""
    if element is stop:
        return True
    if not isinstance(element.tag, str) or "noteref" in kinds(element):
        return False
    if element.get("role") == "doc-backlink":
        return False
    parts.append(element.text or "")
    for child in element:
        if _collect(child, stop, parts):
            return True
        parts.append(child.tail or "")
    return False


def _read_headings(root: etree._Element) -> Iterator[HeadingFact]:
    for e in _heading_elements(root):
        yield HeadingFact(int(str(e.tag)[-1]), text_of(e))


def _heading_elements(root: etree._Element) -> Iterator[etree._Element]:
    for section in root.iter(f"{XHTML}section"):
        if "chapter" in kinds(section):
            yield from (e for e in section.iter(*_HEADINGS) if text_of(e))


def _nav_links(book: Book, kind: str) -> list[etree._Element]:
    if book.nav is None:
        return []
    return [a for nav in book.nav.iter(f"{XHTML}nav") if kind in kinds(nav) for a in nav.iter(f"{XHTML}a")]


def _first(book: Book, name: str) -> str:
    return next(((e.text or "").strip() for e in book.package.iter(f"{DC}{name}")), "")
