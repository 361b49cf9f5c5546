"""What a note's number looks like in a recognised text, and the words that notes and sources stand under.

Below all rooms, because reading (was this text recognised?) and recovery (which marks call, which tell?) ask the same.
"""

from __future__ import annotations

import re

RINGED = "①-⒇㉑-㉟㊱-㊿❶-❿"  # in rings, parentheses, dark rings; of a character class
RAISED = "⁰¹²³⁴-⁹"
HAN_NUMBER = "[一二三四五六七八九十百〇]{1,4}"
NUMBER = rf"[0-9]{{1,3}}|[{RINGED}]"
# ^1^, ^[1]^, ^(1)^ and as Pandoc escapes them.
_OPENED, _CLOSED = r"\^(?:\\?\[|[(（])", r"(?:\\?\]|[)）])\^"
CARET_BRACKETS = rf"{_OPENED}(?P<n>[0-9]{{1,3}}){_CLOSED}"
# What raises a formula, behind its dollar or bracket: ^, ^{, { }^{. No blank may be taken in two ways.
RAISING = r"\s*+(?:\{\s*+\}\s*+)?\^\s*+(?:\{\s*+)?"
CALL = (  # any of them, where only its place is asked
    r"(?:<sup>(?:[^<>\n]{1,12}|\[[^<>\n]{1,40}\))</sup>|\[\^[^\]\s]{1,6}\]"
    rf"|\${RAISING}[^$\n]{{1,30}}\$|\\\({RAISING}[^()\n]{{1,30}}\\\)|\$?[ ]?\\(?:text)?circled\s*\{{[^{{}}\n]{{1,12}}\}}[ ]?\$?"
    rf"|\^[0-9]{{1,3}}\^|{_OPENED}[0-9]{{1,3}}{_CLOSED}"
    rf"|\\?[\[［〔﹝（(](?:[註注]?[0-9]{{1,3}}|(?<=[〔﹝]){HAN_NUMBER}|[註注]{HAN_NUMBER})\\?[\]］〕﹞）)]"
    rf"|[{RINGED}{RAISED}])"
)
NOTES_WORDS = (
    r"(?:[註注][ \u3000]?[釋释]|[註注]解|附[註注]|尾[註注]|[腳脚][註注]|[註注]|Notes?|Endnotes?|Footnotes?)"
)
SOURCES_WORDS = r"(?:參考文獻|参考文献|參考書目|参考书目|引用書目|徵引書目|References|Bibliography)"
_WIDE = re.compile(r"(?<=[\[［〔﹝【(（])[０-９]{1,3}(?=[\]］〕﹞】)）])")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


def with_narrow_numbers(text: str) -> str:
    """The text, as long as it is, with the full-width numbers in brackets as others write them.

    >>> with_narrow_numbers("渡口［１２］，１２戶")
    '渡口［12］，１２戶'
    """
    return _WIDE.sub(lambda m: m.group().translate(_NARROW), text)
