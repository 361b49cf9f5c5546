"""Two columns that break together: where the left side of a pair stops, the right one goes no further.

The notes float from the left side's calls. Where a note has no room, its line waits for the next page; the right
side would go on without it, and its call would stand on another page than the note. While ``level_columns`` is
entered, WeasyPrint gives the right side no more room than the left one took. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from pipeline.editions.pdf.notes.boxes import lines_of
from pipeline.editions.pdf.replaced import replaced

NOTHING: Any = (None, None, {"break": "any", "page": None}, [], False, None)


def level_columns() -> AbstractContextManager[None]:
    """While entered, the two sides of a pair break at one height."""
    return replaced("weasyprint.layout.block", "block_container_layout", _levelled)


def _levelled(original: Any) -> Any:
    limit: list[float | None] = [None]  # where the left side stopped; minus infinity where nothing of it fits

    def lay(context: Any, box: Any, bottom_space: float, *rest: Any, **keywords: Any) -> Any:
        side = _side(box)
        if side == 1 and limit[0] is not None:
            if limit[0] == float("-inf"):
                return NOTHING
            bottom_space = max(bottom_space, context.page_bottom - limit[0])
        result = original(context, box, bottom_space, *rest, **keywords)
        if side == 0:
            limit[0] = _stop(result[0], result[1])
        return result

    return lay


def _side(box: Any) -> int:
    """0 for the left side of a pair, 1 for the right, -1 for any other box (or an emptied cell)."""
    from weasyprint.formatting_structure import boxes

    if not isinstance(box, boxes.TableCellBox) or box.element is None or not box.children:
        return -1
    classes = (box.element.get("class") or "").split()
    return -1 if "side" not in classes else int("side-b" in classes)


def _stop(box: Any, resume_at: Any) -> float | None:
    """The lower edge of what stands of a left side that breaks; None where it does not break."""
    if box is None:
        return float("-inf")
    if not resume_at:
        return None
    lines = [line for line in lines_of(box) if hasattr(line, "position_y")]  # markers are laid out later
    return max((line.position_y + line.height for line in lines), default=float("-inf"))
