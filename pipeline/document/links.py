"""Links of a document, settled once for all formats: every target is there, none leads out of the book unasked.

Comes in: a document, changed in place. Goes out: what was wrong. A link that leads nowhere, or to an address that
a book may not use (promise 8), has become its text.
"""

from __future__ import annotations

from urllib.parse import unquote

import panflute as pf

from pipeline.document.addresses import web_address


def settle_links(doc: pf.Doc) -> list[str]:
    """Makes the links of ``doc`` right; the addresses of those that became text.

    >>> doc = pf.Doc(pf.Para(pf.Link(pf.Str("甲"), url="#x"), pf.Link(pf.Str("乙"), url="http://a.cn/路")))
    >>> settle_links(doc), doc.content[0].content[1].url
    (['#x'], 'http://a.cn/%E8%B7%AF')
    """
    anchors = {name for e in _elements(doc) if (name := getattr(e, "identifier", ""))}
    dropped: list[str] = []

    def settle(e: pf.Element, _: pf.Doc | None) -> pf.Element | None:
        if not isinstance(e, pf.Link) or (e.url.startswith("#") and unquote(e.url[1:]) in anchors):
            return None
        if (address := web_address(e.url.strip())) is not None:
            e.url = address
            return None
        dropped.append(e.url)
        return pf.Span(*e.content, identifier=e.identifier, classes=e.classes)

    doc.walk(settle)
    return dropped


def explain(url: str) -> str:
    """Why a link became text, and what to do."""
    why = "which is not in the book" if url.startswith("#") else "which is no address on the web"
    return f"a link leads to «{url[:80]}», {why}: its text stays, the link does not. Mend it in the master."


def settle_anchors(doc: pf.Doc) -> list[str]:
    """Takes the name from every anchor but the first that has it: links lead there. The names."""
    seen: set[str] = set()
    twice = []
    for element in _elements(doc):
        if (name := getattr(element, "identifier", "")) in seen:
            twice.append(name)
            element.identifier = ""
        elif name:
            seen.add(name)
    return twice


def _elements(doc: pf.Doc) -> list[pf.Element]:
    found: list[pf.Element] = []
    doc.walk(lambda e, _: found.append(e))
    return found
