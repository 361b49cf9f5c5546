"""Links and identifiers over the files of an e-book: every target is there, none leads out of the book unasked.

Comes in: the parts of the book with the names of their files. Goes out: the same parts, where each id is
unique, each link inside the book carries its file's name, and each link that leads nowhere or to an address
that a book may not use has become plain text, with a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from pipeline.document.addresses import web_address
from pipeline.document.manuscript import Finding
from pipeline.editions.epub.xhtml import unwrap

_OURS = frozenset({"doc-noteref", "doc-footnote", "doc-pagebreak"})


def settle_links(parts: Sequence[tuple[str, etree._Element]]) -> list[Finding]:
    """Makes ids unique and links right in ``parts`` (file name, element); what was wrong."""
    places: dict[str, str] = {}
    for name, part in parts:
        _settle_ids(name, part, places)
    findings = []
    for name, part in parts:
        for link in list(part.iter("a")):
            if (href := link.get("href")) is not None and (said := _settle(link, href.strip(), name, places)):
                findings.append(said)
    return findings


def _settle_ids(name: str, part: etree._Element, places: dict[str, str]) -> None:
    """Renames ids that the source gave, so that none is taken twice or not an XML name."""
    for element in part.iter():
        if not isinstance(element.tag, str) or (given := element.get("id")) is None:
            continue
        if _is_ours(element):
            places[given] = f"{name}#{given}"
        else:
            new = f"x-{name.partition('.')[0]}-{len(places) + 1}"
            element.set("id", new)
            places.setdefault(given, f"{name}#{new}")
            places[f"{given} {new}"] = ""  # counted, so that the next id differs; no link can name it


def _is_ours(element: etree._Element) -> bool:
    """Whether the id is one that Fanjian gave: chapters, headings, calls, notes, page markers."""
    return element.get("role") in _OURS or element.tag in ("section", "h1", "h2", "h3", "h4", "h5", "h6")


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
