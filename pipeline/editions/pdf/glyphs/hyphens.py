"""The hyphens of divided words: drawn when they are, and marked as no part of the text that is copied.

Internal API of WeasyPrint, guarded like ``justify``.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from pipeline.editions.pdf.lines.measure import TYPE_UNITS
from pipeline.editions.pdf.lines.set_line import HYPHEN, SetLine
from pipeline.editions.pdf.replaced import replaced


def hyphens_drawn() -> AbstractContextManager[None]:
    """While entered, WeasyPrint draws the hyphens of divided words."""
    return replaced("weasyprint.draw", "draw_text", _with_hyphens)


def _with_hyphens(original: Any) -> Any:
    import pydyf

    def draw_text(stream: Any, textbox: Any, *arguments: Any) -> None:
        original(stream, textbox, *arguments)
        if (hyphen := _hyphen_behind(textbox)) is not None:
            stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(HYPHEN)}))
            original(stream, hyphen, *arguments)
            stream.end_marked_content()

    return draw_text


def _hyphen_behind(textbox: Any) -> Any:
    """The box of the hyphen at the end of a set line; None where no word is divided."""
    line = textbox.pango_layout
    if not isinstance(line, SetLine) or not line.hyphen or not (measured := line.shaper.measure("-")):
        return None
    hyphen = textbox.copy()
    hyphen.text, hyphen.pango_layout = "-", SetLine(line.shaper, measured, 0, 1, "")
    hyphen.position_x += textbox.width - line.shaper.hyphen * line.shaper.size / TYPE_UNITS
    return hyphen
