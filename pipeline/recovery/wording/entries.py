"""How do entries of a list begin: 1. …, （一）…, (b) …, 其一，…, 案例一：…, H1：…, 第一條　…?

Comes in: the text of a line. Goes out: the kind of its number and its value. Refused: whether it is an entry, which the lines around it tell.
"""

from __future__ import annotations

import re

from pipeline.recovery.wording.numerals import value_of

_NUMERAL = "一二三四五六七八九十"
_ENTRIES = (
    re.compile(rf"([{_NUMERAL}]{{1,3}})、\s*(?=\S)"),
    re.compile(rf"[（(]([{_NUMERAL}]{{1,3}})[)）]\s*(?=\S)"),
    re.compile(r"([0-9]{1,2})(?:[.．](?:\s+|(?![0-9]))|、\s*)(?=\S)"),
    re.compile(r"[（(]([0-9]{1,2})[)）]\s*(?=\S)"),
    re.compile(r"([0-9]{1,2})[)）]\s*(?=\S)"),
    re.compile(
        rf"[\u3400-\u9fff]{{2,4}}\s?([{_NUMERAL}]{{1,3}}|[0-9]{{1,2}})\s?[：:](?=\s?\S)"
    ),  # 案例一：, 假設二：
    re.compile(r"[（(]([a-h])[)）]\s*(?=\S)"),
    re.compile(r"H([0-9]{1,2})\s?[：:](?=\s?\S)"),  # hypotheses: H1：, H1-1：, H1a：
    re.compile(r"H[0-9]{1,2}[-–.]?([a-h]|(?<=[-–.])[0-9]{1,2})\s?[：:](?=\s?\S)"),
    re.compile(rf"第([{_NUMERAL}]{{1,2}})[，：:、](?!第)"),
    re.compile(rf"其([{_NUMERAL}]{{1,2}})[，：:]"),
    re.compile(rf"第\s?([{_NUMERAL}百零〇]{{1,7}}|[0-9]{{1,3}})\s?[條条][\s：:]+(?=\S)"),
)
ARTICLE = len(_ENTRIES) - 1  # of a law: it is as long as it likes, and an excerpt begins with any
SPOKEN = (ARTICLE - 2, ARTICLE - 1)  # which count within paragraphs, too
_BEGINS = re.compile(rf"[{_NUMERAL}0-9（(第其H]|.{{3,7}}[：:]")
_LETTERS = "abcdefgh"


def entry_of(text: str) -> tuple[int, int] | None:
    """The kind of an entry's number and its value; ``None`` where the line begins with none.

    >>> entry_of("（二）碼頭"), entry_of("2. 1923 年的碼頭"), entry_of("2.19 丈"), entry_of("碼頭")
    ((1, 2), (2, 2), None, None)
    >>> entry_of("1.  碼頭，在縣城南"), entry_of("（二）  碼頭")
    ((2, 1), (1, 2))
    >>> entry_of("第二，碼頭"), entry_of("第二、第三個碼頭"), entry_of("(b) 碼頭")
    ((9, 2), None, (6, 2))
    >>> entry_of("H2：碼頭"), entry_of("H2-1：碼頭"), entry_of("H2b: 碼頭")
    ((7, 2), (8, 1), (8, 2))
    """
    for kind, pattern in enumerate(_ENTRIES) if _BEGINS.match(text) else ():
        if match := pattern.match(text):
            return kind, _LETTERS.find(match[1]) + 1 or value_of(match[1])
    return None


def is_counted(text: str) -> bool:
    """Whether a line begins an entry that the text counts itself; the articles of a law are quoted with their numbers."""
    entry = entry_of(text)
    return entry is not None and entry[0] != ARTICLE


def counts_on(before: str, text: str) -> bool:
    """Whether a line begins the entry behind the one that ``before`` begins.

    >>> counts_on("（一）碼頭；", "（二）河道。"), counts_on("1. 碼頭", "3. 河道"), counts_on("1. 碼頭", "(2) 河道")
    (True, False, False)
    """
    first, second = entry_of(before), entry_of(text)
    return first is not None and second == (first[0], first[1] + 1)
