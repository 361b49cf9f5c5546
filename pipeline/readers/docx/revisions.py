"""Tracked changes of a Word file, all accepted (ISO/IEC 29500-1 §17.13.5).

Comes in: a part's tree. Goes out: the same tree as Word leaves it when its user accepts everything; what each
paragraph says then, and whether it was changed.
"""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Revised:
    """A paragraph with its changes accepted: its texts from one note call to the next. Without texts: it is gone."""

    texts: tuple[str, ...]
    is_changed: bool


def accept_revisions(root: etree._Element) -> list[Revised]:
    """Accepts the changes of a part in place; its paragraphs in order, then one for all that is gone."""
    changed = {_holder(e) for e in root.iter() if word.local(e) in (*GONE, *KEPT)}
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
        changed.update(_join_next(paragraph))
    left = word.find(root, ".//w:p")
    revised = [Revised(_texts(paragraph), paragraph in changed) for paragraph in left]
    return [*revised, Revised((), True)] if changed.difference(left) else revised


def _holder(change: etree._Element) -> etree._Element:
    """The paragraph that a change stands in; of a paragraph's own change, or one of a row, the next thing around it."""
    paragraph = next(change.iterancestors(word.qualified("w:p")), None)
    return change if paragraph is None else paragraph


def _texts(paragraph: etree._Element) -> tuple[str, ...]:
    texts = [""]
    for e in paragraph.iter():
        match word.local(e):
            case "t":
                texts[-1] += e.text or ""
            case "footnoteReference" | "tab" | "br":
                texts.append("")
    return tuple(filter(None, texts))


def _ends_no_more(paragraph: etree._Element) -> bool:
    return any(word.first(paragraph, f"w:pPr/w:rPr/w:{name}") is not None for name in GONE)


def _join_next(paragraph: etree._Element) -> list[etree._Element]:
    """What is left of a paragraph whose end was deleted goes before the next one, which keeps its own style; that one."""
    inner = [e for e in paragraph if word.local(e) != "pPr"]
    if not any(word.local(e) not in SILENT for child in inner for e in child.iter()):
        inner = []  # a picture's paragraph must hold nothing beside it, bookmarks neither
    following = paragraph.getnext()
    if following is None or word.local(following) != "p":
        parent = paragraph.getparent()
        if not inner and parent is not None and word.local(parent) == "body":
            remove(paragraph)
        return []
    at = 1 if word.first(following, "w:pPr") is not None else 0
    for number, e in enumerate(inner):
        following.insert(at + number, e)
    remove(paragraph)
    return [following] if inner else []


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
