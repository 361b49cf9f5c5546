"""Notes at the foot of the page, as WeasyPrint lays them out."""

from __future__ import annotations

from typing import Any


def areas(document: Any) -> list[Any]:
    """The note area of every page that has notes."""
    from weasyprint.formatting_structure import boxes

    return [
        child
        for page in document.pages
        for child in page._page_box.children
        if isinstance(child, boxes.FootnoteAreaBox) and child.children
    ]


def shorten_rules(document: Any, width: float) -> None:
    """Makes the rule above the notes ``width`` pixels long: CSS borders only know the area's whole width."""
    for area in areas(document):
        rule = area.copy_with_children([])
        rule.width, rule.height = min(width, area.width), 0
        for side in ("top", "bottom", "left", "right"):
            setattr(rule, f"padding_{side}", 0)
            setattr(rule, f"margin_{side}", 0)
        rule.position_x, rule.position_y = area.content_box_x(), area.border_box_y()
        area.padding_top += area.border_top_width
        area.border_top_width = 0
        area.children = [rule, *area.children]
