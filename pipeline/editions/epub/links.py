"""Links over the files of an e-book: which file holds what a link leads to?

Comes in: the parts of the book with the names of their files. Goes out: the same parts, where each link inside the book carries
its file's name. ``pipeline.document.links`` has settled a document's links for all formats; what leads nowhere even so (to a
picture that is left out) becomes plain text, with a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from pipeline.document.addresses import web_address
from pipeline.document.links import explain
from pipeline.document.manuscript import Finding
from pipeline.editions.epub.xhtml import unwrap


def settle_links(parts: Sequence[tuple[str, etree._Element]]) -> list[Finding]:
    """Makes links right in ``parts`` (file name, element), whose ids are unique; what was wrong."""
    places = {i: f"{name}#{i}" for name, part in parts for e in part.iter() if (i := e.get("id"))}
    findings = []
    for name, part in parts:
        for link in list(part.iter("a")):
            if (href := link.get("href")) is None:
                continue
            address = _address(href.strip(), name, places)
            if address is None:
                unwrap(link)
                findings.append(Finding("E3", explain(href)))
            else:
                link.set("href", address)
    return findings


def _address(href: str, name: str, places: Mapping[str, str]) -> str | None:
    """What a link of the file ``name`` must say; none where nothing is there."""
    if not href.startswith("#"):
        return web_address(href)
    target = places.get(href[1:])
    return href if target == f"{name}{href}" else target
