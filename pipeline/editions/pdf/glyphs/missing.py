"""Characters that no installed font has: a 〓 stands for each, as in a proof sheet, never an empty box.

The file still says the character itself (its actual text), and a finding names it with its place.
"""

from __future__ import annotations

from lxml import etree

from pipeline.editions.pdf.elements import new, set_apart

GETA = "\N{GETA MARK}"
NO_GLYPH = "no-glyph"  # the class of the mark's element
CHAR = "data-char"


def stand_in(root: etree._Element, missing: frozenset[str]) -> None:
    """Puts the mark in place of each of the missing characters in a tree's texts and running heads."""
    for element in list(root.iter()):
        if "data-head" in element.attrib:
            head = element.get("data-head", "")
            element.set("data-head", "".join(GETA if char in missing else char for char in head))
        if element.tag in ("head", "title", "meta"):
            continue
        _replace(element, element.text or "", missing, 0)
        parent = element.getparent()
        if parent is not None:
            _replace(parent, element.tail or "", missing, parent.index(element) + 1)


def _replace(parent: etree._Element, text: str, missing: frozenset[str], at: int) -> None:
    """Sets a text before the child ``at`` of an element anew, with marks."""
    set_apart(parent, text, at, missing, lambda char: new("span", GETA, **{"class": NO_GLYPH, CHAR: char}))
