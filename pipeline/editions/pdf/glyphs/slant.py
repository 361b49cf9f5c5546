"""Latin italics in faces that have none: the upright letters are slanted when they are drawn.

WeasyPrint names such a face «Oblique» in the PDF and draws it upright. While ``slanted`` is entered, text of an
italic style is drawn on a slanted base, unless its family brings italics of its own. Internal API, guarded
like ``justify``.
"""

from __future__ import annotations

import functools
from contextlib import AbstractContextManager
from typing import Any

from pipeline.editions.pdf.replaced import replaced
from pipeline.programs import fonts

SLANT = 0.2  # tangent of the angle, about 11°: that of most Latin italics


@functools.cache
def _own_italics() -> frozenset[str]:
    """Families with an italic face of their own."""
    return frozenset(f.family for f in fonts.installed() if "Italic" in f.style or "Oblique" in f.style)


def slanted() -> AbstractContextManager[None]:
    """While it is entered, italic text is slanted; in another WeasyPrint it stays upright."""
    return replaced("weasyprint.draw.text", "draw_first_line", _slanting)


def _slanting(draw: Any) -> Any:
    from weasyprint.matrix import Matrix

    def draw_slanted(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        style = box.style
        if style["font_style"] != "normal" and style["font_family"][0] not in _own_italics():
            a, b, c, d, e, f = matrix.values
            matrix = Matrix(a, b, c + SLANT * a, d, e, f)
        return draw(stream, box, overflow, ellipsis, matrix)

    return draw_slanted
