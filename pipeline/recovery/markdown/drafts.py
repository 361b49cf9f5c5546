"""Blocks that still grow while a Markdown source is read, and what is done to each when it is whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document.manuscript import BlockKind, Finding
from pipeline.document.traced import Traced
from pipeline.recovery.characters import Fingerprint
from pipeline.recovery.characters.traced import repaired
from pipeline.recovery.markdown.emphasis import balanced


@dataclass
class Draft:
    """A block that may still grow."""

    kind: BlockKind
    parts: list[Traced]
    level: int = 0
    marker: str = ""
    rows: tuple[tuple[Traced, ...], ...] = ()
    last: int = -1  # the chunk of its last line

    def tail(self) -> str:
        """The text of its last parts: enough to see how it ends."""
        return "".join(p.visible() for p in self.parts[-2:])


def finished(text: Traced, fingerprint: Fingerprint, findings: list[Finding]) -> Traced:
    """A whole text: its emphasis balanced, its characters repaired; what is doubtful joins ``findings``."""
    return repaired(balanced(text), fingerprint, findings)


def item_levels(drafts: Sequence[Draft]) -> list[int]:
    """How deep each list item stands, from its indent; 0 for all else."""
    out: list[int] = []
    stack: list[int] = []
    for draft in drafts:
        if draft.kind is not BlockKind.ITEM:
            stack = []
            out.append(0)
            continue
        while stack and draft.level < stack[-1]:
            stack.pop()
        if not stack or draft.level > stack[-1] + 1:
            stack.append(draft.level)
        out.append(len(stack) - 1)
    return out
