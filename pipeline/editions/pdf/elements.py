"""Elements of the printed book's tree: made, put behind another, taken out."""

from __future__ import annotations

from collections.abc import Callable, Set

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


def set_apart(
    parent: etree._Element, text: str, at: int, chosen: Set[str], make: Callable[[str], etree._Element]
) -> None:
    """Sets a text before the child ``at`` of an element anew, each of the chosen characters as an element that ``make`` gives."""
    if chosen.isdisjoint(text):
        return
    pieces, made = [""], []
    for char in text:
        if char in chosen:
            made.append(make(char))
            pieces.append("")
        else:
            pieces[-1] += char
    if at:
        parent[at - 1].tail = pieces[0]
    else:
        parent.text = pieces[0]
    for offset, (element, piece) in enumerate(zip(made, pieces[1:], strict=True)):
        element.tail = piece
        parent.insert(at + offset, element)


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
