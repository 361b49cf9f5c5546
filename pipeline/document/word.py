"""The names of a Word file that several rooms must agree on: namespaces, styles, bookmarks, element order.

The writer gives every paragraph one of these styles; the proof and the way back know by it what a
paragraph is. Orders are those of ISO/IEC 29500-1 (CT_PPr, CT_RPr, CT_SectPr): Word refuses others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

# Front matter: the master's key → the style of its paragraphs. A translation's styles have their own names.
FRONT_STYLES = {
    "title": "Title",
    "subtitle": "Subtitle",
    "author": "Author",
    "affiliation": "Affiliation",
    "masthead": "Masthead",
    "abstract": "Abstract",
    "keywords": "Keywords",
}
TRANSLATION_STYLES = {key: f"Translated {name}" for key, name in FRONT_STYLES.items()}
ABSTRACT_TITLE, TRANSLATED_ABSTRACT_TITLE = "Abstract Title", "Translated Abstract Title"
LABEL = "Label"  # the word before keywords: written by Fanjian, so the way back drops it
MISSING = "Missing"  # marks a note body that the source lacks
KEEP = "Keep"  # protected text: looks like any other, and comes back as {.keep}
FOREIGN = "Foreign"  # text whose language the master says itself
MARKED = "Marked"  # text of which the master says something that Word has no place for
RUNNING_TITLE = "Running Title"  # the book's title as the running heads repeat it (STYLEREF)
CALL_GAP = "Call Gap"  # the space between two note calls that touch: made, so the way back drops it
HAN_EMPHASIS = "Han Emphasis"  # emphasis of Han characters: dots, never slanted
ITEM_QUOTE = "List Block Text"  # a quotation in an item
QUOTED_LIST = "Block Text List"  # a list in a quotation
# The colophon: made of book.toml, so no text, and the way back drops it.
COLOPHON_TITLE, COLOPHON, COLOPHON_DESCRIPTION = "Colophon Title", "Colophon", "Colophon Description"
TERM, DEFINITION, CONTINUED = "Definition Term", "Definition", "Definition Continued"
ADDED_STYLES = (HAN_EMPHASIS, "Emphasis", "Strong")  # behind another style's name: a run that is both
BREAK = "Section Break"  # a break between sections with no heading

PAGE_BOOKMARK = "_Page_"  # a page of the source begins here; Word hides names that begin with a line
NOTE_BOOKMARK = "_Note_"  # around a note call: which note of the master it is, wherever an editor moves it
HEADING_BOOKMARK = "_Toc"
METADATA_PROPERTY = "Fanjian metadata"  # what the master says and Word has no place for
MARKS_PROPERTY = "Fanjian marks"  # what the master says of marked texts, by the text
PICTURES_PROPERTY = "Fanjian pictures"  # what the master says of a picture: its identifier, its width


def _names(text: str) -> list[str]:
    return text.split()


PPR_ORDER = _names(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
RPR_ORDER = _names(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
    "em lang eastAsianLayout specVanish oMath ins del moveFrom moveTo rPrChange"
)
SECTPR_ORDER = _names(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)

# Children first: no subset, no place outside the file is read (promise 8).
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)

PROPERTY_LENGTH = 240  # characters of a custom property that Word keeps: it knows no longer ones than 255


def divided(name: str, text: str) -> dict[str, str]:
    """A long property as several: ``Fanjian marks 1``, ``Fanjian marks 2`` and so on.

    >>> divided("a", "甲" * 241)["a 2"]
    '甲'
    """
    pieces = [text[at : at + PROPERTY_LENGTH] for at in range(0, len(text), PROPERTY_LENGTH)]
    return {f"{name} {number}": piece for number, piece in enumerate(pieces, 1)}


def joined(name: str, properties: dict[str, str]) -> str:
    """The whole of a divided property; empty where there is none.

    >>> joined("a", divided("a", "甲乙"))
    '甲乙'
    """
    parts = {key: text for key, text in properties.items() if re.fullmatch(re.escape(name) + r" \d+", key)}
    return "".join(parts[key] for key in sorted(parts, key=lambda k: int(k.rpartition(" ")[2])))


def qualified(name: str) -> str:
    """A prefixed name as lxml wants it.

    >>> qualified("xml:space")
    '{http://www.w3.org/XML/1998/namespace}space'
    """
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def local(element: etree._Element) -> str:
    """An element's name without its namespace; empty for comments."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def make(
    name: str, attributes: dict[str, str] | None = None, *children: etree._Element | str
) -> etree._Element:
    """An element of a Word part, by prefixed names: ``make("w:jc", {"w:val": "center"})``."""
    element = etree.Element(
        qualified(name), {qualified(k): v for k, v in (attributes or {}).items()}, nsmap=_nsmap(name)
    )
    for child in children:
        if isinstance(child, str):
            element.text = (element.text or "") + child
        else:
            element.append(child)
    return element


def make_run(text: str, style: str = "") -> etree._Element:
    """A run of text, in the character style of that name where one is given."""
    properties = [make("w:rPr", {}, make("w:rStyle", {"w:val": style.replace(" ", "")}))] if style else []
    return make("w:r", {}, *properties, make("w:t", {"xml:space": "preserve"}, text))


def text_of(element: etree._Element) -> str:
    """The text of all the runs in an element."""
    return "".join(text.text or "" for text in find(element, ".//w:t"))


def _nsmap(name: str) -> dict[str, str]:
    return {prefix: NAMESPACES[prefix] for prefix in ("w", "r")} if name.startswith("w:") else {}


def parse(xml: bytes) -> etree._Element:
    """A part's XML as a tree; entities stay unresolved."""
    return etree.fromstring(xml, PARSER)


def find(element: etree._Element, path: str) -> list[etree._Element]:
    """The elements at a path of prefixed names: ``find(p, "w:pPr/w:pStyle")``."""
    return list(element.iterfind(path, NAMESPACES))


def first(element: etree._Element, path: str) -> etree._Element | None:
    """The first element at a path, or none."""
    return element.find(path, NAMESPACES)


def value(element: etree._Element | None, name: str = "w:val") -> str:
    """An attribute of an element that may not be there."""
    return "" if element is None else (element.get(qualified(name)) or "")


def put(parent: etree._Element, child: etree._Element, order: Sequence[str]) -> etree._Element:
    """Puts a child at its place in the order, over one of the same name; the child."""
    name = local(child)
    for old in [e for e in parent if local(e) == name]:
        parent.remove(old)
    rank = order.index(name)
    for at, sibling in enumerate(parent):
        if local(sibling) in order and order.index(local(sibling)) > rank:
            parent.insert(at, child)
            return child
    parent.append(child)
    return child


def properties(element: etree._Element, name: str) -> etree._Element:
    """A paragraph's ``w:pPr`` or a run's ``w:rPr``, made when there is none."""
    found = first(element, name)
    if found is None:
        found = make(name)
        element.insert(0, found)
    return found


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style; empty where it has none."""
    return value(first(paragraph, "w:pPr/w:pStyle"))


def style_names(styles: etree._Element) -> dict[str, str]:
    """Style ids and the names they stand for, of ``word/styles.xml``."""
    return {value(s, "w:styleId"): value(first(s, "w:name")) for s in find(styles, "w:style")}


def heading_level(name: str) -> int:
    """The level of a heading style by its name, whatever the case; 0 for other styles.

    >>> heading_level("heading 2"), heading_level("Title")
    (2, 0)
    """
    match = re.fullmatch(r"heading ([1-9])", name, re.I)
    return int(match[1]) if match else 0


def serialize(root: etree._Element) -> bytes:
    """A part's bytes, the same from run to run."""
    # Pandoc reads formulas and pictures of notes by the names that the document's own part declares.
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r", "m", "wp", "a", "pic"])
    out: Any = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return bytes(out)
