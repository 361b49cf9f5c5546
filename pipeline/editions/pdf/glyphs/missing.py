"""Characters that no installed font has: a 〓 stands for each, as in a proof sheet, never an empty box.

The file still says the character itself (its actual text), and a finding names it with its place.
"""

from __future__ import annotations

from lxml import etree

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
    if missing.isdisjoint(text):
        return
    pieces, marks = [""], []
    for char in text:
        if char in missing:
            mark = etree.Element("span", {"class": NO_GLYPH, CHAR: char})
            mark.text = GETA
            marks.append(mark)
            pieces.append("")
        else:
            pieces[-1] += char
    if at:
        parent[at - 1].tail = pieces[0]
    else:
        parent.text = pieces[0]
    for offset, (mark, piece) in enumerate(zip(marks, pieces[1:], strict=True)):
        mark.tail = piece
        parent.insert(at + offset, mark)
