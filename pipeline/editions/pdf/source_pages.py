"""The source's page numbers beside the text: at the outer edge of every page, where the eye runs down for them.

Reads and changes the finished layout: CSS sets them all to the left of the type area, because no selector knows
on which side of a sheet an element comes to stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def set_outside(document: Any) -> None:
    """Moves the numbers of right-hand pages from the spine to the outer margin, as far from the text as they were."""
    for page in document.pages:
        sheet = page._page_box
        if sheet.page_type.side != "right":
            continue
        left, right = sheet.content_box_x(), sheet.content_box_x() + sheet.width
        for box in _numbers(sheet):
            line = box.children[0]
            box.translate(right + left - 2 * line.position_x - line.width)


def _numbers(box: Any) -> Iterator[Any]:
    """The boxes of the numbers in a laid-out box."""
    for child in getattr(box, "children", ()):
        if (
            child.element is not None
            and child.element.get("class") == "page"
            and not child.is_in_normal_flow()
        ):
            yield child
        else:
            yield from _numbers(child)
