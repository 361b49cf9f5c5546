"""The house style for two texts in columns, in all formats that have them.

Comes in: the house style and the name of a trim. Goes out: the same with smaller type and a wider type area.
"""

from __future__ import annotations

import dataclasses
import math

from pipeline.editions.style import MM, Style


def columns_style(style: Style, name: str) -> Style:
    """The house style for columns on the trim ``name``: smaller type, a wider type area.

    Each column then holds a whole number of characters, and so does the gutter (CLREQ, line length).
    """
    own = style.parallel
    trim = style.trim(name)
    wanted = math.floor(trim.width * MM * own.measure / own.size)
    column = (wanted - own.gutter) // 2
    height = trim.lines * style.text.leading
    trim = dataclasses.replace(
        trim, characters=2 * column + own.gutter, lines=math.floor(height / own.leading)
    )
    return dataclasses.replace(
        style,
        text=dataclasses.replace(style.text, size=own.size, leading=own.leading),
        quote=dataclasses.replace(style.quote, size=own.size, leading=own.leading, left=1.0),
        note=dataclasses.replace(style.note, size=own.note_size, leading=own.note_leading),
        table=dataclasses.replace(style.table, size=own.note_size, leading=own.note_leading),
        trims={**style.trims, name: trim},
    )
