"""Tracked changes of a Word file, all accepted (ISO/IEC 29500-1 §17.13.5).

Comes in: a part's tree. Goes out: the same tree as Word leaves it when its user accepts everything; how many
changes there were.
"""

from __future__ import annotations

from lxml import etree

from pipeline.document import word

GONE, KEPT = ("del", "moveFrom"), ("ins", "moveTo")
SILENT = (
    "r",
    "rPr",
    "hyperlink",
    "bookmarkStart",
    "bookmarkEnd",
    "proofErr",
    "lastRenderedPageBreak",
    "commentRangeStart",
    "commentRangeEnd",
)
RANGES = ("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd")


def accept_revisions(root: etree._Element) -> int:
    """Accepts the changes of a part in place; how many."""
    count = sum(1 for e in root.iter() if word.local(e) in (*GONE, *KEPT))
    for e in [e for e in root.iter() if word.local(e).endswith("Change") or word.local(e) in RANGES]:
        remove(e)
    for row in word.find(root, ".//w:tr"):
        if word.first(row, "w:trPr/w:del") is not None:
            remove(row)
    for table in word.find(root, ".//w:tbl"):
        if word.first(table, "w:tr") is None:
            remove(table)
    ended = [p for p in word.find(root, ".//w:p") if _ends_no_more(p)]
    for e in [e for e in root.iter() if word.local(e) in (*GONE, *KEPT)]:
        parent = e.getparent()
        if word.local(e) in GONE or (parent is not None and word.local(parent) in ("rPr", "trPr")):
            remove(e)
        else:
            unwrap(e)
    for paragraph in ended:
        _join_next(paragraph)
    return count


def _ends_no_more(paragraph: etree._Element) -> bool:
    return any(word.first(paragraph, f"w:pPr/w:rPr/w:{name}") is not None for name in GONE)


def _join_next(paragraph: etree._Element) -> None:
    """What is left of a paragraph whose end was deleted goes before the next one, which keeps its own style."""
    inner = [e for e in paragraph if word.local(e) != "pPr"]
    if not any(word.local(e) not in SILENT for child in inner for e in child.iter()):
        inner = []  # a picture's paragraph must hold nothing beside it, bookmarks neither
    following = paragraph.getnext()
    if following is None or word.local(following) != "p":
        parent = paragraph.getparent()
        if not inner and parent is not None and word.local(parent) == "body":
            remove(paragraph)
        return
    at = 1 if word.first(following, "w:pPr") is not None else 0
    for number, e in enumerate(inner):
        following.insert(at + number, e)
    remove(paragraph)


def remove(element: etree._Element) -> None:
    """Takes an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def unwrap(element: etree._Element) -> None:
    """Puts an element's children in its place."""
    for child in list(element):
        element.addprevious(child)
    remove(element)
