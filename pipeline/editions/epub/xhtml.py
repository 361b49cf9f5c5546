"""Content documents of an e-book: HTML elements without a namespace → XHTML bytes (EPUB 3.3 §6.1).

Comes in: elements as ``lxml.html`` builds them. Goes out: one well-formed XHTML file. Left out: comments,
control characters XML refuses, and every element and attribute that has no place in a book (scripts, forms,
event handlers): what is unknown becomes a ``span`` or a ``div`` and keeps its text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import lxml.html
from lxml import etree

from pipeline.document.attributes import STYLE

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
XML = "http://www.w3.org/XML/1998/namespace"
EPUB_TYPE = f"{{{OPS}}}type"
XML_LANG = f"{{{XML}}}lang"

_BLOCKS = (
    "address aside blockquote div dl dt dd figure figcaption h1 h2 h3 h4 h5 h6 header hr li nav ol p pre section "
    "table caption colgroup col thead tbody tfoot tr th td ul article footer main"
)
_INLINES = (
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small span strong sub "
    "sup time u var wbr"
)
_ATTRIBUTES = (
    "id class href src alt title lang dir colspan rowspan scope headers start reversed value type width height "
    "role cite datetime hidden style span"
)
BLOCKS = frozenset(_BLOCKS.split())
INLINES = frozenset(_INLINES.split())
ATTRIBUTES = frozenset(_ATTRIBUTES.split())
VOID = frozenset({"br", "col", "hr", "img", "wbr"})
DROPPED = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "object",
        "iframe",
        "svg",
        "math",
        "head",
        "link",
        "meta",
        "base",
    }
)
_LANGUAGE = re.compile("[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")  # BCP 47, as far as a reader looks
_REFUSED = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class ContentFile:
    """One content document of the book: its name, the title of its head, and what its body holds."""

    name: str
    title: str
    content: Sequence[etree._Element]
    kind: str = ""  # the body's epub:type
    properties: tuple[str, ...] = ()
    in_spine: bool = True
    heads: Sequence[etree._Element] = field(default_factory=tuple)  # more elements of the head


def element(
    tag: str, text: str = "", *children: etree._Element, kind: str = "", **attributes: str
) -> etree._Element:
    """An element; ``kind`` is its epub:type, ``aria_label`` becomes ``aria-label``, ``class_`` ``class``."""
    new: etree._Element = lxml.html.Element(tag)
    for name, value in attributes.items():
        new.set(name.rstrip("_").replace("_", "-"), value)
    if kind:
        new.set(EPUB_TYPE, kind)
    if text:
        new.text = text
    new.extend(children)
    return new


def unwrap(old: etree._Element) -> None:
    """Takes an element away and leaves what it holds in its place."""
    parent = old.getparent()
    if parent is None:
        return
    at = parent.index(old)
    _join(parent, at, old.text)
    for child in list(old):
        parent.insert(parent.index(old), child)
    at = parent.index(old)
    tail, old.tail = old.tail, None
    parent.remove(old)
    _join(parent, at, tail)


def replace_by(old: etree._Element, new: etree._Element) -> None:
    """Puts ``new`` where ``old`` stands; the text behind stays behind."""
    new.tail = old.tail
    if (parent := old.getparent()) is not None:
        parent.replace(old, new)


def _join(parent: etree._Element, at: int, text: str | None) -> None:
    """Adds ``text`` to ``parent`` before its child number ``at``."""
    if not text:
        return
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def write_xhtml(file: ContentFile, lang: str, style: str, body_class: str = "") -> bytes:
    """The file's bytes. ``style`` is the style sheet's address; ``lang`` a BCP 47 tag."""
    names: Any = {None: XHTML, "epub": OPS}  # the stubs know no default namespace
    root = etree.Element(f"{{{XHTML}}}html", nsmap=names)
    root.set("lang", lang)
    root.set(XML_LANG, lang)
    head = etree.SubElement(root, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}meta", charset="utf-8")
    etree.SubElement(head, f"{{{XHTML}}}title").text = clean(file.title)
    etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=style)
    head.extend(file.heads)
    body = etree.SubElement(root, f"{{{XHTML}}}body")
    if file.kind:
        body.set(EPUB_TYPE, file.kind)
    if body_class:
        body.set("class", body_class)
    body.text = "\n"
    for child in file.content:
        _copy(child, body, inline=False)
        if len(body):
            body[-1].tail = "\n"
    content: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")
    return content + b"\n"


def scrub(part: etree._Element) -> None:
    """Takes the characters that XML refuses out of a part's texts, which lxml's HTML parser lets in."""
    for node in part.iter():
        if node.text and _REFUSED.search(node.text):
            node.text = clean(node.text)
        if node.tail and _REFUSED.search(node.tail):
            node.tail = clean(node.tail)


def clean(text: str) -> str:
    """``text`` without the characters that XML 1.0 refuses."""
    return _REFUSED.sub("", text)


def _copy(source: etree._Element, parent: etree._Element, inline: bool) -> None:
    """Appends a namespaced copy of ``source`` to ``parent``; comments keep only what follows them."""
    tag = source.tag
    if not isinstance(tag, str) or tag in DROPPED:
        _append_text(parent, source.tail)
        return
    if tag.startswith("{"):  # an inline SVG of our own
        parent.append(source)
        return
    if tag == "input":  # a task list's box
        _append_text(parent, "☑" if source.get("checked") is not None else "☐")
        _append_text(parent, source.tail)
        return
    if tag not in BLOCKS and tag not in INLINES:
        tag = "span" if inline or parent.tag.endswith(("}p", "}span")) else "div"
    new = etree.SubElement(parent, f"{{{XHTML}}}{tag}")
    _copy_attributes(source, new)
    if tag not in VOID:
        new.text = clean(source.text or "")
    below = inline or tag in INLINES or tag in ("p", "h1", "h2", "h3", "h4", "h5", "h6")
    for child in source:
        _copy(child, new, below)
    if source.tail:
        new.tail = clean(source.tail)


def _append_text(parent: etree._Element, text: str | None) -> None:
    _join(parent, len(parent), clean(text or ""))


def _copy_attributes(source: etree._Element, new: etree._Element) -> None:
    for key, given in source.attrib.items():
        name, value = str(key), str(given)
        if name == "xml:lang" or name == XML_LANG:
            continue
        if name == "lang":
            if _LANGUAGE.fullmatch(value):
                new.set("lang", clean(value))
                new.set(XML_LANG, clean(value))
        elif name == "dir":
            if value in ("ltr", "rtl"):
                new.set(name, value)
        elif name == "style":
            if kept := [rule.strip() for rule in value.split(";") if STYLE.fullmatch(rule.strip())]:
                new.set("style", "; ".join(kept))
        elif name in ATTRIBUTES or name.startswith("aria-") or name == EPUB_TYPE:
            new.set(name, clean(value))
