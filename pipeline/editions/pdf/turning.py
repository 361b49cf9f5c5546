"""Line breaks in titles and headings that are too long for one line.

Comes in: a heading's element. Goes out: the same element with line breaks where ``titles`` has its lines turn. Its
text stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from pipeline.editions.titles import turns

TURN = "turn"  # the class of such a line break


def turn_line(element: etree._Element, room: float) -> None:
    """Breaks the lines of a title's element; one with line breaks of its own stays as it is."""
    if element.find(".//br") is not None:
        return
    pieces = list(_pieces(element))
    title = "".join(text for _, _, text in pieces)
    for at in reversed(turns(title.rstrip(), room)):
        before = 0
        for holder, is_tail, text in pieces:
            if before <= at < before + len(text):
                _break(holder, is_tail, at - before)
                break
            before += len(text)


def _pieces(element: etree._Element) -> Iterator[tuple[etree._Element, bool, str]]:
    """The texts of an element in order, each with the element whose text or tail it is; notes are left out."""
    yield element, False, element.text or ""
    for child in element:
        if child.get("class") not in ("call", "note"):
            yield from _pieces(child)
        yield child, True, child.tail or ""


def _break(holder: etree._Element, is_tail: bool, at: int) -> None:
    text = (holder.tail if is_tail else holder.text) or ""
    turn = etree.Element("br", {"class": TURN})
    turn.tail = text[at:]
    parent = holder.getparent()
    if is_tail and parent is not None:
        holder.tail = text[:at]
        parent.insert(parent.index(holder) + 1, turn)
    else:
        holder.text = text[:at]
        holder.insert(0, turn)
