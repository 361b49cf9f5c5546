"""What do the rules of a recognised paper mean: do they part text and notes, pages, or sections?

Comes in: the paper's chunks, which of them are note bodies and which go. Goes out: counts, and the answer for the document.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.recovery.markdown.chunks import ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off
from pipeline.recovery.ocr_markdown.pages.edges import Paper


def count_rules(paper: Paper) -> tuple[int, int]:
    """How many rules stand above the notes of a page, and how many below them."""
    shown = [i for i in range(len(paper.chunks)) if i not in paper.removed]
    above = below = 0
    for k in range(1, len(shown) - 1):
        if paper.chunks[shown[k]].kind is ChunkKind.RULE:
            above += shown[k - 1] not in paper.bodies and _leads_to_bodies(paper, shown[k + 1 : k + 4])
            below += shown[k - 1] in paper.bodies
    return above, below


def _leads_to_bodies(paper: Paper, behind: Sequence[int]) -> bool:
    """Whether bodies follow, at once or behind the rest of one that the page before began."""
    for i in behind:
        if i in paper.bodies:
            return True
        if paper.chunks[i].kind is not ChunkKind.TEXT:
            return False
    return False


def are_furniture(paper: Paper) -> bool:
    """Whether a rule stands beside notes or page numbers or inside a sentence somewhere."""
    known = paper.bodies | paper.removed.keys()
    for i in range(1, len(paper.chunks) - 1):
        if paper.chunks[i].kind is not ChunkKind.RULE:
            continue
        is_inside = paper.chunks[i + 1].kind is ChunkKind.TEXT and breaks_off(
            paper.source, paper.chunks[i - 1]
        )
        if is_inside or i - 1 in known or i + 1 in known:
            return True
    return False
