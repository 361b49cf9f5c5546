"""The navigation of an e-book: contents, landmarks and page list (EPUB 3.3 §7), and the NCX of old readers.

Comes in: the contents' lines with their files, the page marks. Goes out: the elements of ``nav.xhtml``, and
the same contents as EbookLib wants them for the NCX.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ebooklib import epub
from lxml import etree

from pipeline.editions.epub.xhtml import element


@dataclass
class Node:
    """A line of the contents with the lines below it."""

    level: int
    href: str
    text: str
    children: list[Node] = field(default_factory=list)


def nest(lines: Sequence[tuple[int, str, str]]) -> list[Node]:
    """(level, address, text) in reading order → a tree. A level that is skipped is not made up.

    >>> [child.text for child in nest([(1, "a", "甲"), (3, "b", "乙")])[0].children]
    ['乙']
    """
    roots: list[Node] = []
    open_nodes: list[Node] = []
    for level, href, text in lines:
        node = Node(level, href, text)
        while open_nodes and open_nodes[-1].level >= level:
            open_nodes.pop()
        (open_nodes[-1].children if open_nodes else roots).append(node)
        open_nodes.append(node)
    return roots


def write_nav(
    nodes: Sequence[Node],
    landmarks: Sequence[tuple[str, str, str]],
    pages: Sequence[tuple[str, str]],
    words: Mapping[str, str],
) -> list[etree._Element]:
    """The three navs. ``landmarks``: (type, address, text); ``pages``: (address, label)."""
    toc = element("nav", id="toc", kind="toc", role="doc-toc", aria_label=words["contents"])
    toc.append(element("h1", words["contents"]))
    toc.append(_list(nodes))
    out = [
        toc,
        _flat("landmarks", words["landmarks"], [(kind, href, text) for kind, href, text in landmarks]),
    ]
    if pages:
        page_list = _flat("page-list", words["page_list"], [("", href, text) for href, text in pages])
        page_list.set("role", "doc-pagelist")
        out.append(page_list)
    return out


def _list(nodes: Sequence[Node]) -> etree._Element:
    ol = element("ol")
    for node in nodes:
        li = element("li", "", element("a", node.text, href=node.href))
        if node.children:
            li.append(_list(node.children))
        ol.append(li)
    return ol


def _flat(kind: str, name: str, links: Sequence[tuple[str, str, str]]) -> etree._Element:
    """A nav that only reading systems show."""
    nav = element("nav", kind=kind, id=kind, hidden="", aria_label=name)
    ol = element("ol")
    for own_kind, href, text in links:
        ol.append(element("li", "", element("a", text, href=href, kind=own_kind)))
    nav.append(ol)
    return nav


def ncx_toc(nodes: Sequence[Node]) -> list[object]:
    """The contents as EbookLib's ``book.toc``."""
    out: list[object] = []
    for node in nodes:
        uid = "nav-" + node.href.replace("#", "-").replace("/", "-").replace(".", "-")
        link = epub.Link(node.href, node.text, uid)
        out.append((link, ncx_toc(node.children)) if node.children else link)
    return out
