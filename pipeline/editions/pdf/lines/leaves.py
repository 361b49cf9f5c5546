"""The texts that a box of lines holds, as a paragraph's leaves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pipeline.document.languages import guess_latin
from pipeline.editions.pdf.lines.division import Hyphens
from pipeline.editions.pdf.lines.measure import Measured, Shaper
from pipeline.editions.pdf.lines.paragraph import Leaf

Shapers = Callable[[Any], Shaper | None]  # the shaper of a text box
SIDES = [f"{what}_{side}" for what in ("margin", "padding") for side in ("left", "right")]


def collect_leaves(box: Any, shaper_of: Shapers, leaves: list[Leaf], numbers: dict[int, int]) -> bool:
    """Adds the leaves of an inline box; whether all are texts that we set, or of a width known beforehand.

    ``numbers`` takes the leaves' numbers, by the text box's identity.
    """
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if not child.is_in_normal_flow():
            if child.is_floated():
                return False
        elif isinstance(child, boxes.TextBox):
            if not child.text:
                continue
            shaper = shaper_of(child)
            measured = shaper.measure(child.text) if shaper else None
            if measured is None:
                return False
            numbers[id(child)] = len(leaves)
            leaves.append(_leaf(child, shaper, measured))
        elif isinstance(child, boxes.InlineBox):
            if (
                child.is_leader
                or not _is_bare(child.style)
                or not collect_leaves(child, shaper_of, leaves, numbers)
            ):
                return False
        elif isinstance(child, boxes.InlineBlockBox) and (width := _fixed_width(child.style)) is not None:
            leaves.append(Leaf(None, None, width, None, False, ""))
        else:
            return False
    return True


def _leaf(box: Any, shaper: Any, measured: Measured) -> Leaf:
    style = box.style
    hyphens = None
    if style["hyphens"] == "auto" and style["lang"]:
        # Nobody said that a text is English: all that is in Latin letters is taken for it.
        lang = guess_latin(measured.text) if style["lang"] == "en" else style["lang"]
        hyphens = Hyphens(lang, *style["hyphenate_limit_chars"])
    return Leaf(measured, shaper, 0.0, hyphens, style["white_space"] != "nowrap", style["lang"] or "")


def _is_bare(style: Any) -> bool:
    """Whether an inline box has nothing at its sides."""
    if not hasattr(style, "fanjian_bare"):
        style.fanjian_bare = not (style["border_left_width"] or style["border_right_width"]) and all(
            getattr(style[side], "value", 1) == 0 for side in SIDES
        )
    return bool(style.fanjian_bare)


def _fixed_width(style: Any) -> float | None:
    """The width in pixels of an inline block that says it."""
    width = style["width"]
    if getattr(width, "unit", None) != "px" or not _is_bare(style):
        return None
    return float(width.value)
