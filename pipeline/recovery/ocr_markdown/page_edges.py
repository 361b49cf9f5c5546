"""Where does a page of a recognised paper begin or end, and how often is often enough?

Comes in: the source's chunks and what is known of them. Goes out: the answer for one chunk.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.joins import Closing, closing_of

LEAST = 3  # so often must a page number or running head occur


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
    if ChunkKind.RULE in (chunks[before].kind, chunks[i + 1].kind):
        return chunks[i].kind is ChunkKind.TEXT
    tail = source[max(chunks[before].inner, chunks[before].tail - 60) : chunks[before].tail]
    return chunks[before].kind is ChunkKind.TEXT and closing_of(tail) is Closing.OPEN and len(tail) >= 25
