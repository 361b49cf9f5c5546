"""Emphasis dots under Han characters (CLREQ, emphasis dots): WeasyPrint knows none, so they are drawn.

While ``dots_drawn`` is entered, a dot stands under each emphasised Han character, none under marks and letters.
The text, its width and its tags stay as they are. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from lxml import etree

from pipeline.editions.pdf.lines.measure import TYPE_UNITS
from pipeline.editions.pdf.lines.set_line import SetLine
from pipeline.editions.pdf.lines.spacing import HAN
from pipeline.editions.pdf.replaced import replaced

DOTTED = "data-dots"  # the attribute of elements whose Han has dots
BELOW, RADIUS = 0.27, 0.065  # of the size: from the baseline to a dot's middle, and its radius
ROUND = 0.5523  # of the radius, for a circle of four curves


def mark_dotted(root: etree._Element) -> None:
    """Marks the elements whose Han gets dots: emphasis, and what stands in it but notes."""

    def walk(element: etree._Element) -> None:
        element.set(DOTTED, "")
        for child in element:
            if child.get("class") not in ("call", "note"):
                walk(child)

    for element in root.iter("em", "i", "cite"):
        if element.get("class") == "han":
            walk(element)


def dots_drawn() -> AbstractContextManager[None]:
    """While entered, WeasyPrint draws the dots of marked elements."""
    return replaced("weasyprint.draw", "draw_text", _with_dots)


def _with_dots(original: Any) -> Any:
    def draw_text(stream: Any, textbox: Any, *arguments: Any) -> None:
        original(stream, textbox, *arguments)
        line = textbox.pango_layout
        if textbox.element is not None and DOTTED in textbox.element.attrib and isinstance(line, SetLine):
            _draw_dots(stream, textbox, line)

    return draw_text


def _draw_dots(stream: Any, textbox: Any, line: SetLine) -> None:
    size = line.shaper.size
    y = textbox.position_y + textbox.baseline + BELOW * size
    kinds, units = line.measured.kinds[line.start : line.end], line.measured.units[line.start : line.end]
    gaps = [*line.gaps, *[0] * (len(kinds) - len(line.gaps))]
    at = 0
    for kind, unit, gap in zip(kinds, units, gaps, strict=False):
        if kind == HAN:
            _draw_dot(stream, textbox.position_x + (at + unit / 2) * size / TYPE_UNITS, y, RADIUS * size)
        at += unit + gap


def _draw_dot(stream: Any, x: float, y: float, radius: float) -> None:
    near = radius * ROUND
    stream.move_to(x + radius, y)
    stream.curve_to(x + radius, y + near, x + near, y + radius, x, y + radius)
    stream.curve_to(x - near, y + radius, x - radius, y + near, x - radius, y)
    stream.curve_to(x - radius, y - near, x - near, y - radius, x, y - radius)
    stream.curve_to(x + near, y - radius, x + radius, y - near, x + radius, y)
    stream.fill()
