"""Recognised papers recovered, and what tests ask of them in plain strings."""

from __future__ import annotations

from pipeline.document.manuscript import Manuscript
from pipeline.document.master import write_master
from pipeline.document.traced import PieceKind
from pipeline.recovery.ledger import account
from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings


def recover(text: str) -> Manuscript:
    """The manuscript, every character of it accounted for."""
    manuscript = recover_ocr_markdown(text, RecoverSettings(), "zh-Hant")
    assert account(manuscript) == []
    return manuscript


def body(text: str) -> str:
    """The master without its metadata."""
    return write_master(recover(text)).split("---\n\n", 1)[-1].rstrip("\n")


def texts(manuscript: Manuscript) -> list[str]:
    """The blocks without their calls."""
    return [block.content.visible() for block in manuscript.blocks]


def notes(manuscript: Manuscript) -> dict[str, str]:
    """The notes that are there, by their labels."""
    return {
        note.label: "".join(block.content.visible() for block in note.blocks)
        for note in manuscript.notes
        if not note.missing
    }


def calls(manuscript: Manuscript) -> list[str]:
    """The labels of the calls in their order."""
    return [p.text for b in manuscript.blocks for p in b.content.pieces if p.kind is PieceKind.CALL]


def codes(manuscript: Manuscript) -> set[str]:
    """The rules of the findings."""
    return {finding.rule for finding in manuscript.findings}
