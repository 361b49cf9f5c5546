"""The package of an e-book: metadata, manifest and spine by EbookLib, packed so that the bytes never differ.

Comes in: the files and what is to be said of the book. Goes out: one ``.epub`` whose entries have a fixed
order, fixed times (the book's date) and fixed rights. EbookLib writes its XML in order but its zip with the
clock; so its parts are collected and packed here (EPUB 3.3 §4.2: ``mimetype`` first and stored).
"""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ebooklib import epub
from lxml import etree

from pipeline.editions.edition import Edition
from pipeline.editions.epub.nav import Node, ncx_toc
from pipeline.editions.epub.xhtml import XML_LANG, clean
from pipeline.files import written_whole

FOLDER = "EPUB"
EARLIEST = datetime(1980, 1, 1)  # of a time in a zip


@dataclass(frozen=True)
class Part:
    """A file of the book as it is packed. ``in_spine``: whether it is read in order."""

    name: str
    media: str
    content: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True)
class Meta:
    """A metadata element: ``dc:NAME`` or, with a property, ``<meta property=…>``; ``refines`` an id."""

    name: str
    text: str
    id: str = ""
    property: str = ""
    refines: str = ""
    scheme: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Package:
    """Everything that goes into one e-book."""

    edition: Edition
    parts: Sequence[Part]
    metadata: Sequence[Meta]
    contents: Sequence[Node]
    prefixes: dict[str, str] = field(default_factory=dict)


def write_package(package: Package, path: Path) -> None:
    """Writes the e-book to ``path``, whole or not at all."""
    edition = package.edition
    book = epub.EpubBook()
    book.metadata = {}
    book.set_identifier(edition.identifier)
    book.title, book.language = clean(edition.title), edition.lang
    book.toc = ncx_toc(package.contents)
    if edition.settings.epub.writing == "vertical":
        book.set_direction("rtl")
    for prefix, address in package.prefixes.items():
        book.add_prefix(prefix, address)
    book.add_metadata("OPF", "generator", "", {"name": "generator", "content": "Fanjian"})
    for meta in package.metadata:
        _add_meta(book, meta)
    for number, part in enumerate(package.parts, 1):
        item = epub.EpubItem(_part_id(part, number), part.name, part.media, part.content)
        item.properties = list(part.properties)
        book.add_item(item)
        if part.in_spine:
            book.spine.append((item, "yes"))
        if "cover-image" in part.properties:  # for readers of EPUB 2
            book.add_metadata("OPF", "cover", "", {"name": "cover", "content": item.id})
    book.add_item(epub.EpubNcx())
    writer = _Writer(str(path), book, {"mtime": edition.date, "epub2_guide": False})
    with written_whole(path) as beside:
        beside.write_bytes(pack(writer.collect(), edition.date))


def _part_id(part: Part, number: int) -> str:
    name = part.name.rpartition("/")[2].rpartition(".")[0]
    return f"i{number}-{name}"


def _add_meta(book: epub.EpubBook, meta: Meta) -> None:
    attributes = {"id": meta.id, "property": meta.property, "scheme": meta.scheme, XML_LANG: meta.lang}
    attributes["refines"] = f"#{meta.refines}" if meta.refines else ""
    kept = {name: value for name, value in attributes.items() if value}
    book.add_metadata(
        None if meta.property or meta.name == "meta" else "DC", meta.name, clean(meta.text), kept
    )


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, made to hand over its parts and to name the package's language."""

    def collect(self) -> list[tuple[str, bytes]]:
        """The parts of the book in their order, container first."""
        self.out = _Parts()
        self._write_container()
        self._write_opf()
        self._write_items()
        return self.out.files

    def _write_opf_file(self, root: etree._Element) -> None:
        root.set(XML_LANG, self.book.language)
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        root = etree.fromstring(super()._get_ncx())
        root.set(XML_LANG, self.book.language)
        depth = max(
            (len(list(n.iterancestors("{*}navPoint"))) + 1 for n in root.iter("{*}navPoint")), default=0
        )
        for meta in root.iter("{*}meta"):
            if meta.get("name") == "dtb:depth":
                meta.set("content", str(depth))
        content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
        return content


class _Parts:
    """What EbookLib takes for a zip file: keeps what is written."""

    def __init__(self) -> None:
        self.files: list[tuple[str, bytes]] = []

    def writestr(self, name: str, content: bytes | str) -> None:
        self.files.append((name, content.encode("utf-8") if isinstance(content, str) else content))


def pack(files: Sequence[tuple[str, bytes]], date: datetime) -> bytes:
    """A zip of these files as an e-book wants it: ``mimetype`` first, stored; the rest deflated."""
    import io

    moment = max(date.replace(tzinfo=None), EARLIEST)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in [("mimetype", b"application/epub+zip"), *files]:
            info = zipfile.ZipInfo(name, moment.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            info.external_attr = 0o100644 << 16
            info.create_system = 3  # the same on every machine
            archive.writestr(info, content, compresslevel=9)
    return stream.getvalue()
