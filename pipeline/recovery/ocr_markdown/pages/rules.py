"""What do the rules of a recognised paper mean: do they part text and notes, pages, or sections?

Comes in: the source's chunks, which of them are note bodies and which go. Goes out: counts, and the answer for the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off


def count_rules(
    chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> tuple[int, int]:
    """How many rules stand above the notes of a page, and how many below them."""
    shown = [i for i in range(len(chunks)) if i not in removed]
    heads = parts = 0
    for k in range(1, len(shown) - 1):
        if chunks[shown[k]].kind is ChunkKind.RULE:
            heads += shown[k - 1] not in bodies and _leads_to_bodies(chunks, bodies, shown[k + 1 : k + 4])
            parts += shown[k - 1] in bodies
    return heads, parts


def _leads_to_bodies(chunks: Sequence[Chunk], bodies: frozenset[int], behind: Sequence[int]) -> bool:
    """Whether bodies follow, at once or behind the rest of one that the page before began."""
    for i in behind:
        if i in bodies:
            return True
        if chunks[i].kind is not ChunkKind.TEXT:
            return False
    return False


def are_furniture(
    source: str, chunks: Sequence[Chunk], bodies: frozenset[int], removed: dict[int, tuple[str, str]]
) -> bool:
    """Whether a rule stands beside notes or page numbers or inside a sentence somewhere."""
    for i, chunk in enumerate(chunks):
        if chunk.kind is not ChunkKind.RULE or i == 0 or i + 1 >= len(chunks):
            continue
        if {i - 1, i + 1} & (bodies | removed.keys()):
            return True
        if chunks[i + 1].kind is ChunkKind.TEXT and breaks_off(source, chunks[i - 1]):
            return True
    return False
