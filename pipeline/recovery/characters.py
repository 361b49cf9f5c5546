"""Which characters are wrong? A document's fingerprint first, then the repairs of each text of it.

Comes in: the source's text (for the fingerprint), then plain strings: joined paragraphs and notes. Goes
out: ``Repair`` values, sorted and never overlapping. Refused: guessing. What a table and its guards do not
decide is a repair that is not ``safe``: the caller makes a finding of it and changes nothing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.settings import RecoverSettings


@dataclass(frozen=True, order=True, slots=True)
class Repair:
    """Characters ``start`` up to ``end`` should read ``after``. Not ``safe``: only a proposal."""

    start: int
    end: int
    after: str
    rule: str
    why: str
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What one document's extraction did to its characters. Decided once, for the whole document."""

    private: bool = False  # single letters stand for Han characters outside the font's encoding
    coded_notes: bool = False  # note numbers from 10 on came out as letter pairs (bk = 10)
    dense: bool = False  # nearly every character of some words is a neighbour's code (癿 for 的)
    spaced: bool = False  # spaces between Han characters are damage, not design
    glyphs: tuple[tuple[str, str], ...] = ()  # the user's own table


_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_AFTER_VERB = re.compile(f"(?<=[{_HAN}])u(?=[{_HAN}\n])")
_CODED_NOTE = re.compile(f"(?<=[{_HAN}。，」』”）》、；：！？])[b-j][k-t](?=[{_HAN}。，、；：「『（《\n]|$)")


def fingerprint(text: str, settings: RecoverSettings) -> Fingerprint:
    """What the extraction did to the characters of this document."""
    verbs = {text[m.start() - 1] for m in _AFTER_VERB.finditer(text)}
    private = len(verbs) >= 3
    coded = len({m.group() for m in _CODED_NOTE.finditer(text)})
    return Fingerprint(private, private and coded >= 2, glyphs=tuple(settings.glyphs.items()))


_COMPATIBLE = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1d]")
_GLYPH = re.compile(f"(?<=[{_HAN}])(?:u(?=[{_HAN}，。])|G(?=[{_HAN}，。])|k(?=[{_HAN}]))|»(?=[{_HAN}])")
_MEANS = {"u": "着", "G": "裏", "»": "敍", "k": "衞"}


def find_repairs(text: str, fingerprint: Fingerprint) -> list[Repair]:
    """What should be repaired in ``text``: sorted, without overlap."""
    out = []
    for m in _COMPATIBLE.finditer(text):
        if (after := unicodedata.normalize("NFC", m.group())) != m.group():
            out.append(Repair(m.start(), m.end(), after, "C101", "compatibility ideograph"))
    if fingerprint.private:
        for m in _GLYPH.finditer(text):
            out.append(Repair(m.start(), m.end(), _MEANS[m.group()], "C201", "private glyph"))
    return sorted(out)
