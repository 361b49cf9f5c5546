"""Where does a page of a recognised paper begin or end, and how often is often enough?

Comes in: the source's chunks and what is known of them. Goes out: the answer for one chunk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.note_signs import CALL
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off

_TURNS = re.compile(
    r"page[ _-]?(?:split|break)|is_rotation_valid|\A[ \t]*```|\\(?:new|clear)page", re.IGNORECASE
)
_TEXT_END = re.compile(  # a mark, and a call behind it
    r"(?:[。！？；，：]|(?<=[\u3400-\u9fff0-9”’」』》〉）)])[.!?;,:])[」』”’）)]*"
    rf"{CALL}*$|[\u3400-\u9fff]{CALL}[.,。，；：;:]$"
)
LEAST = 3  # so often must a page number or running head occur


def turns_page(source: str, chunk: Chunk) -> bool:
    """Whether an engine says there that a page ends."""
    return chunk.kind is ChunkKind.COMMENT and _TURNS.search(source[chunk.start : chunk.end]) is not None


def ends_as_text(line: str) -> bool:
    """Whether a line ends as no head of a page does: with a mark, full or half as wide, or a call behind one.

    >>> [ends_as_text(line) for line in ("唱了兩天便改了.⁷", "渡口考　王明 et al.", "渡口考：船戶")]
    [True, False, False]
    """
    return _TEXT_END.search(line.rstrip()) is not None


def stands_at_rule(chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a heading stands beside a rule."""
    beside = (chunks[i - 1].kind, chunks[i + 1].kind) if 0 < i < len(chunks) - 1 else ()
    return chunks[i].kind is ChunkKind.HEADING and ChunkKind.RULE in beside


def is_at_edge(
    source: str,
    chunks: Sequence[Chunk],
    bodies: frozenset[int],
    removed: dict[int, tuple[str, str]],
    i: int,
    ends: bool = True,
) -> bool:
    """Whether a page begins or ends here: by a rule, a page number, notes, or a sentence cut in two."""
    before = i - 1
    if before < 0 or i + 1 >= len(chunks):
        return ends
    if before in removed or i + 1 in removed or before in bodies:
        return True
    if any(c.kind is ChunkKind.PAGE or turns_page(source, c) for c in (chunks[before], chunks[i + 1])):
        return True
    if ChunkKind.RULE in (chunks[before].kind, chunks[i + 1].kind):
        return chunks[i].kind is ChunkKind.TEXT
    return breaks_off(source, chunks[before])
