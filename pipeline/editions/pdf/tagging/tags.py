"""Fuller tags than WeasyPrint writes: notes, calls, contents, lists and tables as what they are, languages.

PDF/UA-1 (ISO 14289-1) asks for the language of text (7.2), scopes in tables (7.5), kinds of lists (7.6), notes
with an ID (7.9). While ``full_tags`` is entered, every structure element gets what its box says on its way
into the file. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from pipeline.editions.pdf.notes.boxes import note_number
from pipeline.editions.pdf.replaced import replaced
from pipeline.editions.pdf.tagging.artifacts import artifact_of, without_artifacts
from pipeline.editions.pdf.tagging.reading_order import Tags

LIST_NUMBERING = {
    "decimal": "Decimal",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "lower-alpha": "LowerAlpha",
    "upper-alpha": "UpperAlpha",
    "lower-roman": "LowerRoman",
    "upper-roman": "UpperRoman",
}
CONTENTS = {("nav", "entries"): "/TOC", ("p", "entry"): "/TOCI"}
PARAGRAPHS = ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/TOCI")


@contextmanager
def full_tags(lang: str, joined: bool = True) -> Iterator[None]:
    """While entered, PDFs are written with the fuller tags; ``lang`` is the document's language.

    ``joined``: what a page's end cuts is one element, and notes stand behind their calls.
    """
    origins: dict[int, Any] = {}

    def ordered(add_tags: Callable[..., None]) -> Callable[..., None]:
        def add_and_order(pdf: Any, *rest: Any) -> None:
            add_tags(pdf, *rest)
            tree = Tags(pdf, origins)
            if joined:
                tree.join(tree.root, {})
                tree.place_notes(tree.root)
            tree.name_languages(tree.root, lang)

        return add_and_order

    building = replaced("weasyprint.pdf.tags", "_build_box_tree", partial(_fuller, origins=origins))
    with building, replaced("weasyprint.pdf", "add_tags", ordered):
        yield


def _fuller(original: Callable[..., Iterator[Any]], origins: dict[int, Any]) -> Callable[..., Iterator[Any]]:
    """Elements with what their boxes say; ``origins`` learns from which element of the page each comes."""
    seen: set[str] = set()

    def build(box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)
        if artifact_of(box):
            return
        without_artifacts(box)
        for element in original(box, parent, pdf, page, *rest):
            if hasattr(element, "fanjian_lang"):  # of a box inside, handed on
                yield element
                continue
            mended = _mended(box, element, parent, pdf, page, seen)
            mended.fanjian_lang = element.fanjian_lang = box.style["lang"]
            if box.element is not None:
                origins[mended.number] = (box.element, box.element_tag, type(box).__name__)
            if parent["S"] != "/LI" or (mended := _in_item(mended, parent, pdf, page)) is not None:
                yield mended

    return build


def _mended(box: Any, element: Any, parent: Any, pdf: Any, page: int, seen: set[str]) -> Any:
    """A box's structure element with what WeasyPrint leaves out, as the note, call, list or table that it is."""
    import pydyf
    from weasyprint.formatting_structure import boxes

    name = box.element.get("class", "") if box.element is not None else ""
    element["S"] = CONTENTS.get((box.element_tag, name.split(" ")[0]), element["S"])
    if element["S"] == parent["S"] and element["S"] in PARAGRAPHS:
        element["S"] = "/NonStruct"  # an anonymous block inside the paragraph
    number = note_number(box) if box.element is not None else None
    is_note = number is not None and name == "note"
    if isinstance(box, boxes.TableCellBox) and box.element is not None and box.element.get("data-half"):
        is_note, number = True, int(box.element.get("data-half"))  # one of two languages
    if is_note and box.element_tag == "span":
        _name_note(element, number, seen)
    elif name in ("missing", "page"):
        element["T"] = pydyf.String(name)  # a source's page number is no text of its own
    elif element["S"] == "/TH":
        scope = "Row" if box.element.get("scope") == "row" else "Column"
        element["A"]["Scope"] = f"/{scope}"
    elif element["S"] == "/L" and (kind := _list_numbering(box)):
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{kind}"})
    elif element["S"] == "/Link" and box.element_tag == "a" and name in ("call", "entry-link"):
        reference = _around(element, "/Reference", parent, pdf, page)
        if name == "call":
            reference.fanjian_calls = [box.element.get("href", "").removeprefix("#n")]
        return reference
    return element


def _in_item(element: Any, item: Any, pdf: Any, page: int) -> Any:
    """What a list's item holds, as its one body (ISO 14289-1, 7.2); None for what has gone into the body before it."""
    if element["S"] == "/Lbl":
        return element
    body = getattr(item, "fanjian_body", None)
    if body is None:
        item.fanjian_body = body = (
            element if element["S"] == "/LBody" else _around(element, "/LBody", item, pdf, page)
        )
        return body
    element["P"] = body.reference
    element["S"] = "/NonStruct" if element["S"] == "/LBody" else element["S"]
    body["K"].append(element.reference)
    return None


def _name_note(element: Any, number: int | None, seen: set[str]) -> None:
    import pydyf

    element["S"] = "/Note"
    element.fanjian_note = str(number)
    name = f"note-{number}"
    while name in seen:  # the rest of a note on the next page
        name += "+"
    seen.add(name)
    element["ID"] = pydyf.String(name)


def _list_numbering(box: Any) -> str:
    """How a list's items are numbered or marked; empty where they are not."""
    items = [child for child in getattr(box, "children", ()) if child.element_tag == "li"]
    style = items[0].style["list_style_type"] if items else "none"
    return LIST_NUMBERING.get(style, "Disc" if isinstance(style, tuple) else "") if style != "none" else ""


def _around(element: Any, kind: str, parent: Any, pdf: Any, page: int) -> Any:
    """A new structure element of a kind around another."""
    import pydyf

    outer = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": kind,
            "K": pydyf.Array([element.reference]),
            "Pg": pdf.page_references[page],
            "P": parent.reference,
        }
    )
    pdf.add_object(outer)
    element["P"] = outer.reference
    return outer
