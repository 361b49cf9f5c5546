"""Quotation marks in Kai that fill their square: some faces (LXGW WenKai) have “ ” ‘ ’ for Latin text alone.

Where the house's Kai has none, those of Chinese text stand in Song. Marks inside words of another language stay narrow.
"""

from __future__ import annotations

from lxml import etree

from pipeline.editions.pdf.elements import new, set_apart
from pipeline.editions.pdf.lines import spacing
from pipeline.programs import fonts

QUOTES = frozenset("“”‘’")
CLASS = "square"  # the class of such a mark
IN_KAI, IN_SONG = {"line-block", "author", "missing"}, {"note", "call"}


def square_quotes(body: etree._Element, kai: str) -> None:
    """Sets the quotation marks of what stands in Kai apart, if the face ``kai`` has narrow ones."""
    if fonts.width_of(kai, "“") < spacing.SQUARE:
        _walk(body, False)


def _walk(element: etree._Element, in_kai: bool) -> None:
    """Changes an element's own texts, those behind its children among them; ``in_kai``: what it stands in."""
    classes = set(element.get("class", "").split())
    in_kai = (in_kai or element.tag == "blockquote" or bool(classes & IN_KAI)) and not classes & IN_SONG
    own = in_kai and element.get("lang", "zh").startswith("zh")
    for at, child in reversed(list(enumerate(element, 1))):
        _walk(child, in_kai)
        if own:
            _set(element, child.tail or "", at)
    if own:
        _set(element, element.text or "", 0)


def _set(parent: etree._Element, text: str, at: int) -> None:
    set_apart(parent, text, at, QUOTES, lambda char: new("span", char, **{"class": CLASS}))
