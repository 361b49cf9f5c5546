"""A chunk of a Markdown source: a line, or a run of lines, with what it looks like by itself and its span.

Nothing is decided here that needs the neighbours: a rule may end a page or a section, a short line may be
a running head or a heading. That is the business of ``pages``, ``notes`` and the way of the form.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

_CODE = re.compile(r"\\(?:documentclass|usepackage|(?:re)?newcommand|textbackslash)\b")


class ChunkKind(StrEnum):
    """What a chunk looks like."""

    TEXT = "text"
    HEADING = "heading"
    RULE = "rule"
    QUOTE = "quote"
    ITEM = "item"
    TABLE = "table"  # pipes
    HTML_TABLE = "html-table"
    FIGURE = "figure"
    CODE = "code"
    PAGE = "page"  # says which page of the source begins or ends here
    COMMENT = "comment"


# Running text; a note's body may be any of them.
PROSE = (ChunkKind.TEXT, ChunkKind.ITEM, ChunkKind.QUOTE)
LINES = (ChunkKind.TEXT, ChunkKind.HEADING)  # what stands alone on its line
PARTING = (ChunkKind.RULE, ChunkKind.PAGE, ChunkKind.COMMENT)  # what may stand between two pages


@dataclass(frozen=True, slots=True)
class Chunk:
    """``start`` up to ``end`` is the whole, ``inner`` where its text begins, ``tail`` where it ends.

    ``level``: of a heading; the indent of a list item; 1 for a text that begins with an ideographic space.
    """

    kind: ChunkKind
    start: int
    end: int
    inner: int
    tail: int
    level: int = 0
    marker: str = ""

    @classmethod
    def whole(cls, kind: ChunkKind, start: int, end: int, marker: str = "") -> Chunk:
        """A chunk without anything around its text."""
        return cls(kind, start, end, start, end, marker=marker)


@lru_cache(maxsize=4)
def speaks_of_tex(source: str) -> bool:
    """Whether a text shows LaTeX's code: then commands in it are what it speaks of, and no engine's."""
    return _CODE.search(source) is not None
