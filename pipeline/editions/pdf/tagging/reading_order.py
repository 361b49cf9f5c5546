"""The tags in the order of reading: what a page's end cuts is one element again, notes stand behind their calls.

Comes in: a PDF being written, with the tags that WeasyPrint made page by page. Goes out: the same tags joined
over the pages (ISO 14289-1, 7.1: the logical structure, not the layout's), with the languages of foreign parts.
"""

from __future__ import annotations

from typing import Any

# The elements that take a note in.
TAKERS = frozenset({"/Document", "/Sect", "/Div", "/BlockQuote", "/LBody", "/TD", "/TH", "/Caption"})
JOINED = TAKERS | {"/P", "/L", "/LI", "/TOC", "/TOCI", "/Note", "/NonStruct", "/Table", "/TBody", "/TR"}


class Tags:
    """The structure elements of a PDF by their references; ``origins`` says which box an element was made of."""

    def __init__(self, pdf: Any, origins: dict[int, Any]) -> None:
        self.pdf, self.origins = pdf, origins
        self.root = self.at(self.at(pdf.catalog["StructTreeRoot"])["K"][0])

    def at(self, reference: Any) -> Any:
        """The element or object that a reference names; None for a mark's number."""
        return None if isinstance(reference, int) else self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Any) -> list[Any]:
        """An element's kids that are elements themselves."""
        found = [self.at(kid) for kid in element["K"]]
        return [kid for kid in found if kid is not None and kid.get("Type") == "/StructElem"]

    def _is_void(self, reference: Any) -> bool:
        kid = self.at(reference)
        return kid is not None and kid.get("S") == "/NonStruct" and not kid["K"]

    def join(self, element: Any, seen: dict[Any, Any]) -> None:
        """Puts the parts of one element, which pages have cut, together again, from the top down."""
        kept = []
        for reference in element["K"]:
            kid = self.at(reference)
            origin = None if kid is None else self.origins.get(kid.number)
            key = (origin, kid["S"], element.number) if origin is not None and kid["S"] in JOINED else None
            if key is None:
                kept.append(reference)
                continue
            first, page = seen.get(key, (kid, None))
            is_cut = first is not kid and page != kid["Pg"]  # two on one page are two
            seen[key] = (first if is_cut else kid, kid["Pg"])
            if is_cut:
                self._move(kid, first)
            else:
                kept.append(reference)
        element["K"][:] = kept
        for kid in self.kids(element):
            self.join(kid, seen)
        element["K"][:] = [kid for kid in element["K"] if not self._is_void(kid)]

    def place_notes(self, root: Any) -> None:
        """Takes the notes from the feet of their pages to behind the paragraphs of their calls."""
        notes = self._taken(root)
        self._set(root, notes)
        if notes:  # without a call in the tree, as on a page that nobody links to
            root["K"].extend(note.reference for note in notes.values())
            for note in notes.values():
                note["P"] = root.reference

    def _taken(self, element: Any) -> dict[str, Any]:
        """The notes below an element by what their calls link to, taken out of the tree."""
        out: dict[str, Any] = {}
        kept = []
        for reference in element["K"]:
            kid = self.at(reference)
            if kid is None or kid.get("Type") != "/StructElem":
                kept.append(reference)
            elif kid["S"] == "/Note" and getattr(kid, "fanjian_note", None) is not None:
                self._take(kid, out)
            else:
                for note in self._taken(kid).values():
                    self._take(note, out)
                if not self._is_void(reference):
                    kept.append(reference)
        element["K"][:] = kept
        return out

    def _take(self, note: Any, notes: dict[str, Any]) -> None:
        """Adds a note, or the rest of one that runs over to the next page."""
        first = notes.setdefault(note.fanjian_note, note)
        if first is not note:
            self._move(note, first)

    def _move(self, part: Any, first: Any) -> None:
        """Puts what an element holds at the end of another; it is not written then."""
        for moved in self.kids(part):
            moved["P"] = first.reference
        first["K"].extend(part["K"])
        part["K"].clear()
        part.free = "f"

    def _set(self, element: Any, notes: dict[str, Any]) -> list[str]:
        """Sets the notes whose calls stand below; those that a holder above must take are handed back."""
        kept: list[Any] = []
        waiting: list[str] = []
        for reference in element["K"]:
            kept.append(reference)
            kid = self.at(reference)
            if kid is None or kid.get("Type") != "/StructElem":
                continue
            own = [*getattr(kid, "fanjian_calls", ()), *self._set(kid, notes)]
            if element["S"] in TAKERS:
                kept += self._placed(own, notes, element)
            else:
                waiting += own
        element["K"][:] = kept
        return waiting

    @staticmethod
    def _placed(names: list[str], notes: dict[str, Any], parent: Any) -> list[Any]:
        out = []
        for name in names:
            if (note := notes.pop(name, None)) is not None:
                note["P"] = parent.reference
                out.append(note.reference)
        return out

    def name_languages(self, element: Any, above: str) -> None:
        """Says the language of each element that is not in the one around it."""
        import pydyf

        for kid in self.kids(element):
            own = getattr(kid, "fanjian_lang", None) or above
            if own != above:
                kid["Lang"] = pydyf.String(own)
            self.name_languages(kid, own)
