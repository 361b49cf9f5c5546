"""Elements of the printed book's tree: made, put behind another, taken out."""

from __future__ import annotations

from lxml import etree


def new(tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """An element of its own."""
    element = etree.Element(tag, attributes)
    element.text = text
    return element


def add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    """An element behind a parent's last one."""
    element = new(tag, text, **attributes)
    parent.append(element)
    return element


def remove(element: etree._Element) -> None:
    """Takes an element out and leaves the text behind it."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
