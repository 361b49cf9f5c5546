"""Pictures of an e-book: only those of the book's own folder, each with its alternative text.

Comes in: the parts of the book and its edition. Goes out: the picture files to pack. What ``read_picture``
refuses is a finding, and its alternative text stands in the picture's place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from pipeline.document.addresses import line_with
from pipeline.document.manuscript import Finding
from pipeline.editions.edition import Edition
from pipeline.editions.epub.xhtml import element, replace_by
from pipeline.editions.pictures import SUFFIXES, Picture, read_picture

_TAGS = ("img", "embed", "video", "audio", "object", "iframe")


def settle_pictures(parts: Sequence[etree._Element], edition: Edition) -> tuple[list[Picture], list[Finding]]:
    """Points every picture at its copy in the book; the pictures in order of first use, and what was wrong."""
    pictures: dict[str, Picture] = {}
    findings = []
    for part in parts:
        for image in [e for e in part.iter() if e.tag in _TAGS]:
            address = image.get("src") or image.get("data") or ""
            picture = pictures.get(address)
            if picture is None:
                found = read_picture(address, edition.folder_of(address))
                if isinstance(found, str):
                    findings.append(edition.left_out(address, found))
                    replace_by(image, element("span", image.get("alt") or "", class_="no-picture"))
                    continue
                name = f"images/{len(pictures) + 1}{SUFFIXES[found.media]}"
                picture = Picture(name, found.media, found.content)
                pictures[address] = picture
            if said := _place(image, picture, address):
                findings.append(replace(said, line=line_with(f"![]({address})", edition.master)))
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
