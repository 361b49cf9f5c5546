"""Where the notes of a laid-out document stand: on which pages, whether all of each, and the rule above them.

Reads and changes the finished layout; how notes come to their pages is ``footnotes``' matter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pipeline.editions.pdf.notes.boxes import count_of, length_of, lines_of, note_number, texts_of


@dataclass
class PlacedNote:
    """Where a note came to stand: pages from 0; ``shown`` and ``whole`` count its characters."""

    number: int
    call_page: int = -1
    pages: list[int] = field(default_factory=list)
    shown: int = 0
    whole: int = 0
    outside: bool = False


def areas(document: Any) -> list[tuple[int, Any]]:
    """The note areas of a laid-out document, each with its page's index."""
    from weasyprint.formatting_structure import boxes

    return [
        (index, child)
        for index, page in enumerate(document.pages)
        for child in page._page_box.children
        if isinstance(child, boxes.FootnoteAreaBox) and child.children
    ]


def shorten_rules(document: Any, width: float, facing: float = 0) -> None:
    """Makes the rule above the notes ``width`` pixels long: CSS borders only know the area's whole width.

    ``facing``: where the right page's type area begins on a sheet of two pages, in pixels from the left one's.
    """
    for _, area in areas(document):
        rule = area.copy_with_children([])
        rule.width, rule.height = min(width, area.width), 0
        for side in ("top", "bottom", "left", "right"):
            setattr(rule, f"padding_{side}", 0)
            setattr(rule, f"margin_{side}", 0)
        rule.position_x, rule.position_y = area.content_box_x(), area.border_box_y()
        area.padding_top += area.border_top_width
        area.border_top_width = 0
        rules = [rule]
        if facing and area.width > facing:
            rules.append(rule.copy())
            rules[-1].position_x += facing
        area.children = [*rules, *area.children]


def check_notes(document: Any) -> dict[int, PlacedNote]:
    """Where every note of a laid-out document stands, and whether all of it does."""
    out: dict[int, PlacedNote] = {}
    for index, page in enumerate(document.pages):
        for box in page._page_box.descendants():
            if box.footnote is not None:
                if (number := note_number(box.footnote)) is None:
                    continue
                note = out.setdefault(number, PlacedNote(number))
                if note.call_page < 0:  # a table's head, said again overleaf, calls its notes again
                    note.call_page, note.whole = index, count_of(box.footnote)
    for index, area in areas(document):
        page_box = document.pages[index]._page_box
        top, bottom = page_box.content_box_y(), page_box.content_box_y() + page_box.height
        for child in area.children:
            if (number := note_number(child)) is None:
                continue
            note = out.setdefault(number, PlacedNote(number))
            note.pages.append(index)
            for line in lines_of(child):
                note.shown += sum(length_of(text) for text in texts_of(line))
                note.outside |= line.position_y < top - 1 or line.position_y + line.height > bottom + 1
    return out
