"""A whole text with its characters repaired, and what a person should decide of the others."""

from __future__ import annotations

from pipeline.document.manuscript import Finding
from pipeline.document.traced import Traced
from pipeline.recovery.characters import Repair, find_repairs
from pipeline.recovery.characters.fingerprint import PRIVATE_USE, Fingerprint


def repaired(text: Traced, fingerprint: Fingerprint, findings: list[Finding]) -> Traced:
    """The text with its safe repairs; what is only proposed joins ``findings``."""
    visible = text.visible()
    repairs = find_repairs(visible, fingerprint) if visible else []
    if not repairs:
        return text
    doubtful = [r for r in repairs if not r.safe]
    for repair, span in zip(doubtful, text.located(doubtful), strict=True):
        findings.append(Finding(repair.rule, _told(repair, visible), span, repair.after))
    return text.corrected([r for r in repairs if r.safe] if doubtful else repairs)


def _told(repair: Repair, text: str) -> str:
    """Why, and of a character that nobody can see or type how a book's table names it."""
    before = text[repair.start : repair.end]
    if not PRIVATE_USE.fullmatch(before):
        return repair.why
    return f'{repair.why}. If you know it, write it into book.toml: [recover.glyphs] "\\u{ord(before):04X}" = "…"'
