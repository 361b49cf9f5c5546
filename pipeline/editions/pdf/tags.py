"""Fuller tags than WeasyPrint writes: notes as notes, their calls as references, the language of foreign runs.

PDF/UA-1 (ISO 14289-1) 7.9 asks for notes with an ID; 7.2 for the language of text. While ``full_tags`` is
entered, every structure element gets what its box says on its way into the file. Internal API, guarded like
``justify``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.pdf.note_boxes import note_number
from pipeline.editions.pdf.set_line import is_call, is_supported


@contextmanager
def full_tags(lang: str) -> Iterator[None]:
    """While entered, PDFs are written with the fuller tags; ``lang`` is the document's language."""
    if not is_supported():
        yield
        return
    from weasyprint.pdf import tags

    original = tags._build_box_tree
    seen: set[str] = set()

    def build(box: Any, parent: Any, pdf: Any, page: int, *rest: Any) -> Iterator[Any]:
        for element in original(box, parent, pdf, page, *rest):
            yield _mended(getattr(box, "_box", box), element, parent, pdf, page, lang, seen)

    tags._build_box_tree = build
    try:
        yield
    finally:
        tags._build_box_tree = original


def _mended(box: Any, element: Any, parent: Any, pdf: Any, page: int, lang: str, seen: set[str]) -> Any:
    """A box's structure element with language, note, reference and leader as they are."""
    import pydyf
    from weasyprint.formatting_structure import boxes

    if element["S"] == parent["S"] and element["S"] in ("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6"):
        element["S"] = "/NonStruct"  # an anonymous block inside the paragraph
    own = box.style["lang"]
    above = getattr(parent, "fanjian_lang", lang)
    if own and own != lang and own != above:
        element["Lang"] = pydyf.String(own)
    number = note_number(box) if box.element is not None else None
    is_note = number is not None and box.element.get("class") == "note"
    if isinstance(box, boxes.TableCellBox) and box.element is not None and box.element.get("data-half"):
        is_note, number = True, int(box.element.get("data-half"))  # one of two languages
    if is_note and box.element_tag == "span":
        element["S"] = "/Note"
        name = f"note-{number}"
        while name in seen:  # the rest of a note on the next page
            name += "+"
        seen.add(name)
        element["ID"] = pydyf.String(name)
    elif box.element is not None and box.element.get("class") in ("missing", "page"):
        element["T"] = pydyf.String(box.element.get("class"))  # a source's page number is no text of its own
    elif box.is_leader:
        element["ActualText"] = pydyf.String(" ")
    elif element["S"] == "/Link" and is_call(box) and box.element_tag == "a":
        reference = pydyf.Dictionary(
            {
                "Type": "/StructElem",
                "S": "/Reference",
                "K": pydyf.Array([element.reference]),
                "Pg": pdf.page_references[page],
                "P": parent.reference,
            }
        )
        pdf.add_object(reference)
        element["P"] = reference.reference
        return reference
    return element
