"""Pictures of an e-book: only those of the book's own folder, each with its alternative text.

Comes in: the parts of the book and the book's folder. Goes out: the picture files to pack. Refused, with a
finding and with the alternative text in the picture's place: addresses on a network, files outside the
folder, kinds that EPUB 3.3 does not name as core media types, SVG with scripts or references to the outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.editions.epub.xhtml import element, replace_by

LARGEST = 20_000_000  # bytes of one picture
MEDIA = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}
_SIGNS = {
    "image/png": (b"\x89PNG\r\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/gif": (b"GIF87a", b"GIF89a"),
    "image/webp": (b"RIFF",),
}
_TAGS = ("img", "embed", "video", "audio", "object", "iframe")


@dataclass(frozen=True)
class Picture:
    """A picture in the book: its name there, its media type and its bytes."""

    name: str
    media: str
    content: bytes


def settle_pictures(
    parts: Sequence[etree._Element], folder_of: Callable[[str], Path]
) -> tuple[list[Picture], list[Finding]]:
    """Points every picture at its copy in the book; the pictures in order of first use, and what was wrong.

    ``folder_of`` says of an address in which folder it lies.
    """
    pictures: dict[str, Picture] = {}
    findings = []
    for part in parts:
        for image in [e for e in part.iter() if e.tag in _TAGS]:
            address = image.get("src") or image.get("data") or ""
            picture = pictures.get(address)
            if picture is None:
                found = read_picture(address, folder_of(address))
                if isinstance(found, str):
                    findings.append(Finding("E1", found))
                    replace_by(image, element("span", image.get("alt") or "", class_="no-picture"))
                    continue
                suffix = next(s for s, media in MEDIA.items() if media == found.media)
                picture = Picture(f"images/{len(pictures) + 1}{suffix}", found.media, found.content)
                pictures[address] = picture
            if said := _place(image, picture, address):
                findings.append(said)
    return list(pictures.values()), findings


def _place(image: etree._Element, picture: Picture, address: str) -> Finding | None:
    alt = (image.get("alt") or "").strip() or _caption(image)
    new = element("img", src=picture.name, alt=alt)
    for name in ("id", "class", "style", "width", "height", "lang"):
        if value := image.get(name):
            new.set(name, value)
    replace_by(image, new)
    if alt:
        return None
    return Finding(
        "E2",
        f"the picture {address} has no alternative text. Write it between the brackets of ![…]({address}).",
    )


def _caption(image: etree._Element) -> str:
    """The caption of the figure around the picture: better than silence for who cannot see it."""
    for parent in image.iterancestors("figure"):
        for caption in parent.iter("figcaption"):
            return "".join(map(str, caption.itertext())).strip()
    return ""


def read_picture(address: str, folder: Path) -> Picture | str:
    """The picture at an address inside ``folder``, or the sentence that says why not."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return f"the picture {address[:80]} is not a file of the book; it is left out. Put it into the book's folder."
    path = (folder / unquote(parts.path)).resolve()
    if not path.is_relative_to(folder.resolve()):
        return (
            f"the picture {address} lies outside the book's folder; it is left out. Copy it into the folder."
        )
    try:
        if not path.is_file():
            return f"the picture {address} is not there; it is left out. Put it into the book's folder."
        if path.stat().st_size > LARGEST:
            return f"the picture {address} has more than {LARGEST // 1_000_000} MB; it is left out. Make it smaller."
        content = path.read_bytes()
    except OSError as e:
        return f"the picture {address} cannot be read ({e.strerror}); it is left out. Mend the file."
    media = MEDIA.get(path.suffix.lower(), "")
    if media == "image/svg+xml":
        said = _refuse_svg(content)
    else:
        said = "" if content.startswith(_SIGNS.get(media, ())) else "is no PNG, JPEG, GIF, WebP or SVG"
    if said:
        return f"the picture {address} {said}; it is left out. Save it in one of these kinds."
    return Picture(address, media, content)


def _refuse_svg(content: bytes) -> str:
    """Why an SVG may not go into a book; empty when it may."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return "is no well-formed SVG"
    if etree.QName(root).localname != "svg":
        return "is no SVG"
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        if etree.QName(node).localname in ("script", "foreignObject", "iframe", "handler"):
            return "holds a script or foreign content"
        for key, given in node.attrib.items():
            name, value = str(key).rpartition("}")[2], str(given)
            leads_out = name in ("href", "src") and not value.startswith(("#", "data:image/"))
            if leads_out or name.startswith("on"):
                return "holds a script or refers to something outside"
    return ""
