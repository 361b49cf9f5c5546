"""Vertical setting: numbers stand upright (縱中橫): up to two digits in one square, more one under the other.

CLREQ §vertical writing mode. Marks are turned by the reader (UTR 50); Latin words lie on their side.
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.editions.epub.xhtml import element

_NUMBER = re.compile(r"(?<![A-Za-z0-9.,/:–-])(?:[0-9]{1,2}|[0-9]{4})(?![A-Za-z0-9/–-]|[.,:][0-9])")


def set_upright(part: etree._Element) -> None:
    """Wraps the numbers of a part so that they stand upright in a vertical line."""
    for node in list(part.iter()):
        if not isinstance(node.tag, str) or node.tag.startswith("{"):
            continue
        if node.tail and node.getparent() is not None and not _is_foreign(node.getparent()):
            _wrap_tail(node)
        if node.text and not _is_foreign(node):
            _wrap_text(node)


def _is_foreign(node: etree._Element | None) -> bool:
    """Whether the text stands in another language than Chinese, or in code: it lies on its side."""
    while node is not None:
        if node.tag in ("pre", "code"):
            return True
        if lang := node.get("lang"):
            return not lang.startswith("zh")
        node = node.getparent()
    return False


def _pieces(text: str) -> tuple[str, list[etree._Element]]:
    """The text before the first number, and an element per number with the text behind it."""
    elements: list[etree._Element] = []
    first, at = text, 0
    for found in _NUMBER.finditer(text):
        if elements:
            elements[-1].tail = text[at : found.start()]
        else:
            first = text[: found.start()]
        elements.append(element("span", found[0], class_="tcy" if len(found[0]) <= 2 else "upright"))
        at = found.end()
    if elements:
        elements[-1].tail = text[at:]
    return first, elements


def _wrap_text(node: etree._Element) -> None:
    node.text, new = _pieces(node.text or "")
    for index, child in enumerate(new):
        node.insert(index, child)


def _wrap_tail(node: etree._Element) -> None:
    parent = node.getparent()
    assert parent is not None  # only such nodes are given
    node.tail, new = _pieces(node.tail or "")
    at = parent.index(node) + 1
    for index, child in enumerate(new):
        parent.insert(at + index, child)
