"""Links over the files of an e-book: every target is there, none leads out of the book unasked.

Comes in: the parts of the book with the names of their files. Goes out: the same parts, where each link inside
the book carries its file's name, and each link that leads nowhere or to an address that a book may not use has
become plain text, with a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.document.addresses import web_address
from pipeline.document.manuscript import Finding
from pipeline.editions.epub.xhtml import unwrap


def settle_links(parts: Sequence[tuple[str, etree._Element]]) -> list[Finding]:
    """Makes links right in ``parts`` (file name, element), whose ids are unique; what was wrong."""
    places = {i: f"{name}#{i}" for name, part in parts for e in part.iter() if (i := e.get("id"))}
    findings = []
    for name, part in parts:
        for link in list(part.iter("a")):
            if (href := link.get("href")) is not None and (said := _settle(link, href.strip(), name, places)):
                findings.append(said)
    return findings


def _settle(link: etree._Element, href: str, name: str, places: dict[str, str]) -> Finding | None:
    if href.startswith("#"):
        target = places.get(href[1:])
        if target is not None:
            own, _, fragment = target.partition("#")
            link.set("href", f"#{fragment}" if own == name else target)
            return None
        unwrap(link)
        return Finding(
            "E3",
            f"a link leads to «{href}», which is not in the book; it is plain text in the e-book. Mend it in the master.",
        )
    if (address := web_address(href)) is not None:
        link.set("href", address)
        return None
    unwrap(link)
    said = f"a link leads to «{href[:80]}», which is no address on the web; it is plain text in the e-book."
    return Finding("E3", f"{said} Mend it in the master.")
