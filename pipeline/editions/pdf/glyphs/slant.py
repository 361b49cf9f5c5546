"""Latin italics in faces that have none: the upright letters are slanted when they are drawn.

WeasyPrint names such a face «Oblique» in the PDF and draws it upright. While ``slanted`` is entered, text of an
italic style is drawn on a slanted base, unless its family brings italics of its own. Internal API, guarded
like ``justify``.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.pdf.lines.set_line import is_supported
from pipeline.programs import fonts

SLANT = 0.2  # tangent of the angle, about 11°: that of most Latin italics


@functools.cache
def _own_italics() -> frozenset[str]:
    """Families with an italic face of their own."""
    return frozenset(f.family for f in fonts.installed() if "Italic" in f.style or "Oblique" in f.style)


@contextmanager
def slanted() -> Iterator[None]:
    """While it is entered, italic text is slanted; in another WeasyPrint it stays upright."""
    if not is_supported():
        yield
        return
    from weasyprint.draw import text
    from weasyprint.matrix import Matrix

    draw = text.draw_first_line

    def draw_slanted(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        style = box.style
        if style["font_style"] != "normal" and style["font_family"][0] not in _own_italics():
            a, b, c, d, e, f = matrix.values
            matrix = Matrix(a, b, c + SLANT * a, d, e, f)
        return draw(stream, box, overflow, ellipsis, matrix)

    text.draw_first_line = draw_slanted
    try:
        yield
    finally:
        text.draw_first_line = draw
