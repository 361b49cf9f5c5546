"""Punctuation by edition: 「」『』 and “”‘’, interpuncts, over whole paragraphs and across them.

Simplified (mainland, GB/T 15834-2011 and CLREQ): “ ” outside, ‘ ’ inside. Traditional: 「 」 outside, 『 』
inside. Quotation marks that do not balance are left alone and become a finding.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.settings import HANS, Script

TO_HANS = {"「": "“", "」": "”", "『": "‘", "』": "’", "‧": "·", "・": "·", "•": "·"}
TO_HANT = {"“": "「", "”": "」", "‘": "『", "’": "』", "‧": "·", "・": "·", "•": "·"}


def convert_marks(cells: list[str], text: Sequence[str], to: Script) -> list[str]:
    """The cells of a paragraph with the edition's marks."""
    table = TO_HANS if to == HANS else TO_HANT
    return [
        table.get(cell, cell) if cell == source else cell for cell, source in zip(cells, text, strict=True)
    ]
