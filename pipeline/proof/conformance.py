"""Whether a finished e-book keeps the rules of EPUB 3.3 that its making could break.

Comes in: a finished ``.epub``. Goes out: findings, none for a book that conforms. Not a replacement of
EPUBCheck: what is checked is what Fanjian writes. E20 the zip, E21 the manifest and spine, E22 ids and links,
E23 notes both ways, E24 navigation, E25 page list, E26 metadata, E27 accessibility of the text, E28 what an
e-book may not hold.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.proof.epub import (
    CONTAINER,
    OPF,
    XHTML,
    Book,
    kinds,
    open_epub,
    resolve,
    text_of,
)

FAULT = "This is a fault of Fanjian: please report it."
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NEEDED = ("identifier", "title", "language")
NEEDED_META = (
    "dcterms:modified",
    "schema:accessMode",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)
CORE = frozenset(
    {
        "application/xhtml+xml",
        "application/x-dtbncx+xml",
        "text/css",
        "image/png",
        "image/jpeg",
        "image/gif",
        "image/webp",
        "image/svg+xml",
        "font/otf",
        "font/ttf",
        "font/woff",
        "font/woff2",
    }
)
FORBIDDEN = frozenset({"script", "iframe", "object", "embed", "form", "input", "base"})


def check_epub(path: Path) -> list[Finding]:
    """Every breach in a finished e-book. Raises ``EditionError`` when it cannot be opened at all."""
    book = open_epub(path)
    said = [
        *(("E20", text) for text in _check_zip(path)),
        *(("E21", text) for text in _check_manifest(book)),
        *(("E22", text) for text in _check_links(book)),
        *(("E23", text) for text in _check_notes(book)),
        *(("E24", text) for text in _check_nav(book)),
        *(("E25", text) for text in _check_pages(book)),
        *(("E26", text) for text in _check_metadata(book)),
        *(("E27", text) for text in _check_text(book)),
        *(("E28", text) for text in _check_kinds(book)),
    ]
    return [Finding(code, f"{path.name}: {text}. {FAULT}") for code, text in said]


def _check_zip(path: Path) -> Iterator[str]:
    """EPUB 3.3 §4.2.1: ``mimetype`` first, stored, without extra field."""
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        first = entries[0]
        is_right = (
            first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED and not first.extra
        )
        if not is_right or archive.read(first) != b"application/epub+zip":
            yield "the zip does not begin with a stored mimetype"
        for name, count in Counter(entry.filename for entry in entries).items():
            if count > 1:
                yield f"{name} is in the zip {count} times"
            if name.startswith("/") or ".." in name.split("/"):
                yield f"{name} is no safe name"


def _check_manifest(book: Book) -> Iterator[str]:
    listed = Counter(item.name for item in book.items.values())
    for name, count in listed.items():
        if name not in book.files:
            yield f"the manifest names {name}, which is not there"
        if count > 1:
            yield f"the manifest names {name} {count} times"
    for name in book.files:
        if name not in listed and name not in ("mimetype", CONTAINER, book.package_name):
            yield f"{name} is not in the manifest"
    identifiers = [e.get("id", "") for e in book.package.iter() if isinstance(e.tag, str) and e.get("id")]
    yield from (f"the package has the id {i} {n} times" for i, n in Counter(identifiers).items() if n > 1)
    for e in book.package.iter(f"{OPF}itemref"):
        if e.get("idref") not in book.items:
            yield f"the spine names {e.get('idref')}, which the manifest lacks"
    if len(set(book.spine)) != len(book.spine) or not book.spine:
        yield "the spine is empty or names a file twice"
    navs = [item for item in book.items.values() if "nav" in item.properties]
    covers = [item for item in book.items.values() if "cover-image" in item.properties]
    if len(navs) != 1 or len(covers) != 1:
        yield f"there are {len(navs)} navigation documents and {len(covers)} cover pictures"


def _check_links(book: Book) -> Iterator[str]:
    places: dict[str, set[str]] = {}
    for name, root in book.documents.items():
        own = [str(e.get("id")) for e in root.iter() if isinstance(e.tag, str) and e.get("id") is not None]
        places[name] = set(own)
        for identifier, count in Counter(own).items():
            if count > 1 or not identifier or any(c.isspace() for c in identifier):
                yield f"{name} has the id «{identifier}» {count} times, or it is no id"
    for name, root in [*book.documents.items(), *_ncx(book)]:
        for e in root.iter():
            for attribute in ("href", "src"):
                href = e.get(attribute) if isinstance(e.tag, str) else None
                if href is None or _is_outside(href):
                    continue
                file, fragment = resolve(name, href)
                if file not in book.files or (fragment and fragment not in places.get(file, set())):
                    yield f"{name} refers to {href}, which is not there"
                elif file in book.documents and file not in book.spine:
                    yield f"{name} refers to {href}, which is not read in order"


def _ncx(book: Book) -> Iterator[tuple[str, etree._Element]]:
    for item in book.items.values():
        if item.media == "application/x-dtbncx+xml" and item.name in book.files:
            yield item.name, etree.fromstring(book.files[item.name])


def _is_outside(href: str) -> bool:
    return ":" in href.split("/")[0].split("#")[0]


def _check_notes(book: Book) -> Iterator[str]:
    """Each call has its body in the book, each body leads back to its one call."""
    called: Counter[tuple[str, str]] = Counter()
    for name, root in book.documents.items():
        for call in root.iter(f"{XHTML}a"):
            if "noteref" not in kinds(call):
                continue
            file, fragment = resolve(name, call.get("href") or "")
            called[file, fragment] += 1
            body = book.ids.get(file, {}).get(fragment)
            if body is None or "footnote" not in kinds(body) or body.get("role") != "doc-footnote":
                yield f"the call {text_of(call) or call.get('id')} in {name} leads to no note"
                continue
            back = next((a for a in body.iter(f"{XHTML}a") if a.get("role") == "doc-backlink"), None)
            if back is None or resolve(file, back.get("href") or "") != (name, call.get("id")):
                yield f"the note {fragment} in {file} does not lead back to its call"
    for name, root in book.documents.items():
        for e in root.iter():
            if isinstance(e.tag, str) and "footnote" in kinds(e) and called[name, e.get("id") or ""] != 1:
                yield f"the note {e.get('id')} in {name} has {called[name, e.get('id') or '']} calls"


def _check_nav(book: Book) -> Iterator[str]:
    """EPUB 3.3 §7: one toc, in the order of the text, with every heading of the text."""
    if (nav := book.nav) is None:
        return
    tocs = [e for e in nav.iter(f"{XHTML}nav") if "toc" in kinds(e)]
    if len(tocs) != 1:
        yield f"there are {len(tocs)} contents"
        return
    home = next(item.name for item in book.items.values() if "nav" in item.properties)
    targets = [resolve(home, a.get("href") or "") for a in tocs[0].iter(f"{XHTML}a")]
    yield from _check_order(book, targets, "the contents")
    wanted = [
        (name, str(h.get("id")))
        for name in book.spine
        for section in book.documents[name].iter(f"{XHTML}section")
        if "chapter" in kinds(section)
        for h in section.iter(*(f"{XHTML}h{n}" for n in range(1, 7)))
        if text_of(h)
    ]
    for name, identifier in wanted:
        if (name, identifier) not in targets:
            yield f"the heading {identifier} in {name} is not in the contents"


def _check_order(book: Book, targets: list[tuple[str, str]], what: str) -> Iterator[str]:
    """Whether places follow one another as in the text."""
    order = {name: index for index, name in enumerate(book.spine)}
    positions = {
        name: {
            str(e.get("id")): index
            for index, e in enumerate(root.iter())
            if isinstance(e.tag, str) and e.get("id")
        }
        for name, root in book.documents.items()
    }
    last = (-1, -1)
    for file, fragment in targets:
        place = (order.get(file, -1), positions.get(file, {}).get(fragment, 0))
        if place < last:
            yield f"{what} put {file}#{fragment} after what follows it in the text"
        last = max(last, place)


def _check_pages(book: Book) -> Iterator[str]:
    markers = [
        (name, str(e.get("id")), e.get("aria-label") or "")
        for name in book.spine
        for e in book.documents[name].iter()
        if isinstance(e.tag, str) and "pagebreak" in kinds(e)
    ]
    nav = book.nav
    lists = [] if nav is None else [e for e in nav.iter(f"{XHTML}nav") if "page-list" in kinds(e)]
    if len(lists) != (1 if markers else 0):
        yield f"there are {len(markers)} page markers and {len(lists)} page lists"
        return
    sources = [e for e in book.package.iter(f"{OPF}meta") if e.get("property") == "pageBreakSource"]
    if bool(markers) != bool(sources):
        yield "page markers and the source of pagination do not go together"
    home = next((item.name for item in book.items.values() if "nav" in item.properties), "")
    links = [(*resolve(home, a.get("href") or ""), text_of(a)) for e in lists for a in e.iter(f"{XHTML}a")]
    if sorted(links) != sorted(markers):
        yield "the page list and the page markers are not the same"
    elif links != markers:
        yield "the page list is not in the order of the text"


def _check_metadata(book: Book) -> Iterator[str]:
    for name in NEEDED:
        if not any(
            (e.text or "").strip() for e in book.package.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}")
        ):
            yield f"dc:{name} is missing"
    metas = [e for e in book.package.iter(f"{OPF}meta") if e.get("property")]
    properties = {e.get("property") for e in metas}
    yield from (f"the metadata lack {name}" for name in NEEDED_META if name not in properties)
    if "dcterms:conformsTo" in properties and "a11y:certifiedBy" not in properties:
        yield "conformance is claimed and nobody is named who says so"
    identifiers = {e.get("id") for e in book.package.iter() if isinstance(e.tag, str)}
    for e in metas:
        if (refined := e.get("refines")) and refined.removeprefix("#") not in identifiers:
            yield f"the metadata refine {refined}, which is not there"
        if not (e.text or "").strip():
            yield f"the metadata {e.get('property')} are empty"


def _check_text(book: Book) -> Iterator[str]:
    for name, root in book.documents.items():
        if not root.get("lang") or root.get("lang") != root.get(XML_LANG):
            yield f"{name} does not say its language"
        if not (root.findtext(f"{XHTML}head/{XHTML}title") or "").strip():
            yield f"{name} has no title"
        for e in root.iter():
            if not isinstance(e.tag, str):
                continue
            if e.tag == f"{XHTML}img" and e.get("alt") is None:
                yield f"{name} has a picture without alternative text"
            if e.tag == f"{XHTML}th" and not e.get("scope"):
                yield f"{name} has a table head that does not say what it heads"
            if e.tag.startswith(XHTML) and e.get("lang") != e.get(XML_LANG):
                yield f"{name} has an element whose two languages differ"


def _check_kinds(book: Book) -> Iterator[str]:
    for item in book.items.values():
        if item.media not in CORE:
            yield f"{item.name} is of a kind that not every reader knows ({item.media})"
    for name, root in book.documents.items():
        for e in root.iter():
            if not isinstance(e.tag, str):
                continue
            local = etree.QName(e).localname
            if local in FORBIDDEN or any(str(a).startswith("on") for a in e.attrib):
                yield f"{name} holds a {local}, which a book may not"
            if (src := e.get("src")) and _is_outside(src):
                yield f"{name} fetches {src[:60]} from outside"
    for name, content in book.files.items():
        if posixpath.splitext(name)[1] == ".css" and (
            b"http:" in content.replace(b"http://www.idpf.org", b"") or b"@import" in content
        ):
            yield f"{name} fetches something from outside"
