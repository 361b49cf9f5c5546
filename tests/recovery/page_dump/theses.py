"""Theses of random prose set in lines, and what a manuscript says of them in plain strings."""

from __future__ import annotations

import random

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.traced import PieceKind
from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from tests.soiler.compare import shown
from tests.soiler.prose import Prose
from tests.soiler.typeset import atoms, lines

WIDTH = 34.0


def paragraphs(count: int, seed: int = 1, least: int = 4) -> list[str]:
    prose = Prose(random.Random(f"manners {seed}"), latin=False)
    return ["".join(prose.sentences(least, 6)) for _ in range(count)]


def set_in_lines(text: str, indent: str = "", narrower: float = 0.0, first: bool = True) -> list[str]:
    """Lines of one width, the first with an indent, told or lost."""
    wide = WIDTH - narrower
    found = lines(atoms((text,), {}), wide - 2 * first, wide)
    return [(indent if not k else "") + line for k, (line, _) in enumerate(found)]


def recovered(text: str) -> Manuscript:
    manuscript = recover(text, "page-dump")
    assert account(manuscript) == []
    return manuscript


def texts(manuscript: Manuscript, kind: BlockKind) -> list[str]:
    return [shown(block.content) for block in manuscript.blocks if block.kind is kind]


def notes(manuscript: Manuscript) -> dict[str, str]:
    return {n.label: "".join(shown(b.content) for b in n.blocks) for n in manuscript.notes}


def called(manuscript: Manuscript) -> list[str]:
    return [p.text for b in manuscript.blocks for p in b.content.pieces if p.kind is PieceKind.CALL]


def pages_of(body: list[str], height: int = 26) -> list[list[str]]:
    return [body[i : i + height] for i in range(0, len(body), height)]


def with_calls(text: str, calls: list[str]) -> str:
    """The text with these calls behind its first sentences."""
    parts = text.split("。")
    return "".join(
        part + ("。" + (calls[k] if k < len(calls) else "") if k < len(parts) - 1 else "")
        for k, part in enumerate(parts)
    )
