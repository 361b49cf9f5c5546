"""Chinese marks by what they do in a line (CLREQ, prohibition rules for line start and line end)."""

from __future__ import annotations

OPENING = frozenset("（「『《〈【〔〖［｛“‘〝")
CLOSING = frozenset("）」』》〉】〕〗］｝”’〞")
PAUSING = frozenset("，。、；：！？．")
DASHES = frozenset("—…―⸺⋯")
MARKS = frozenset("·‧・～〜／％‰℃°′″＋－＝×÷")
NOT_AT_START = CLOSING | PAUSING | DASHES | frozenset("·‧・～〜％‰℃°′″,.;:!?)]}%/々〻ー")
NOT_AT_END = OPENING | frozenset("([{$£¥￥＄#＃№")


def is_han(char: str) -> bool:
    """Whether a character is set in a square like Han: ideographs, kana, Hangul, full-width forms."""
    point = ord(char)
    return (
        0x2E80 <= point < 0x3000
        or 0x3005 <= point < 0x3008
        or 0x3021 <= point < 0xA000
        or 0xAC00 <= point < 0xD7B0
        or 0xF900 <= point < 0xFB00
        or 0xFF10 <= point < 0xFF1A
        or 0xFF21 <= point < 0xFF3B
        or 0xFF41 <= point < 0xFF5B
        or 0x2460 <= point < 0x2500
        or 0x20000 <= point < 0x40000
        or point in (0x3000, 0x3007, 0x25A1, 0x25CB)
    )
