"""What do a number's neighbours say for and against its being a note's call?

Comes in: a line, the place of a number in it, the lines beside. Goes out: a weight (positive: for, negative: against).
Refused: deciding, which the sequence of all calls and bodies does (``sequences``).
"""

from __future__ import annotations

import re

from pipeline.recovery.notes.units import HARD_UNIT, PLAIN_TEXT, UNIT
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.marks import BEHIND_WORDS, PAUSES, STOPS

NEVER = -9.0  # speaks so much against a call that nothing speaks for it
_LABEL_ENDS = "第圖图表附約约№頁页卷冊册號号."  # one of these ends what the pattern below finds
_LABELLED = re.compile(
    r"(?:[第圖图表附約约№]|(?<![一二三四五六七八九十百千兩两數数幾几0-9\s])[頁页卷冊册號号]|(?<![A-Za-z])(?:[Nn]o|pp?|[Vv]ols?|[Pp]t|[Cc]h|[Ff]ig)\.)\s?$"
)
# At the beginning of a line such a number is a list's, or a heading's.
_LISTED = re.compile(r"[.．](?![0-9])|\u3000(?=[\u3400-\u9fff])")
# A range, a version, a measure; before it, the name of a file.
_NO_CALL_BEHIND = re.compile(
    r"[-–—－~～.．,，/:]\s?[0-9](?<!，[12](?=[0-9]{3}\s?年))(?<!，[0-9](?=[0-9]?\s?月\s?[0-9]))|[%％℃°]|\.[a-z]|\s?(?:[kKMGT]i?B|[kcm]m|kg|[kKMG]?Hz)(?![A-Za-z])"
)
_ROW = re.compile(r" [0-9.,]+(?: |$)")  # the next cell of a table's row
_IN_PATH = re.compile(r"/[A-Za-z0-9_.-]*$")
_SECTION = re.compile(r"(?<![A-Za-z.])[A-Z]\.$")
_CODED = re.compile(r"(?<![A-Za-z.&])[A-Z]$")  # a letter alone: the number is one with it
_YEAR_BEFORE = re.compile(r"[（(](?:1[0-9]|20)[0-9]{2}[)）]\s{0,3}$")  # «昭和17年（1942）9月»
_ERA = re.compile(
    "(?:民[國国]|[西公]元|昭和|大正|明治|平成|光[緒绪]|宣[統统]|同治|咸[豐丰]|道光|嘉[慶庆]|乾隆|雍正|康熙)\\s{0,3}$"
)
_COUNTED = "近達达共有為为是在至到於于從从自期章條条"
_PARTING, _COUNTING = tuple(f"{STOPS}{PAUSES}.,;:!?"), tuple(f"{STOPS}{PAUSES}．.,;:)）")
# Before a space and one of these stands no number of the text, but a raised one.
_ENDS = tuple(STOPS + PAUSES)
_OPENERS = "「『“‘（《〈([［【〔"


def weigh_call(
    text: str, start: int, end: int, before: str = "", behind: str = "", glued: bool = False
) -> float:
    """What the neighbours of a number say about its being a call: above 0 for, below against.

    >>> weigh_call("對中國的支持2。", 6, 7) >= 3 > 0 > weigh_call("在20世紀", 1, 3)
    True
    >>> weigh_call("洩露行市。2年", 5, 6, behind="輕的學徒") >= 3 > 0 > weigh_call("洩露行市。2年", 5, 6, behind="之內")
    True
    >>> weigh_call("未必有意義 1 。所謂", 6, 7) > 0 >= weigh_call("未必有意義 1 與 2", 6, 7)
    True
    >>> weigh_call("6", 0, 1, before="夜裡的鼓聲。") >= 3 > weigh_call("6", 0, 1, before="52")
    True
    >>> weigh_call("鹽船 6 12 年", 3, 4) < -5 < weigh_call("鹽船， 6 12 年", 4, 5)
    True
    >>> weigh_call("2　河道", 0, 1, before="夜裡的鼓聲。") < 0 < weigh_call("2其餘", 0, 1, before="夜裡的鼓聲。")
    True
    >>> weigh_call("（S3，第一次", 2, 3) < weigh_call("結尾三處，3其", 5, 6)
    True
    >>> weigh_call("民國 31 年", 3, 5) < -5
    True
    >>> weigh_call("（1942）9 月", 6, 7) < -5 < weigh_call("（1942）9 其", 6, 7)
    True
    """
    if start and text[start - 1].isascii() and _IN_PATH.search(text, max(0, start - 24), start):
        return NEVER
    left = text[max(0, start - 8) : start] or before
    right = text[end : end + 8]
    if (_is_letter(left[-1:]) and _is_letter(right[:1])) or (left[-1:] == "." and _SECTION.search(left)):
        return NEVER  # sha1sum, A.1
    last = left.rstrip()[-1:]
    spaced = _weigh_space(last, right) if left[-1:].isspace() else 0.0
    if spaced == NEVER:
        return NEVER
    begins = not text[:start].strip()
    alone = start < 8 and begins and not right.strip()
    weight = spaced + _weigh_left(left, last, right or behind, start, alone, not right.strip())
    if glued:
        return weight
    if begins and _LISTED.match(right):
        return weight - 4
    hangs = alone and not last.isdigit()  # no cell of a table below another
    return weight + _weigh_right(last, right, behind) + (3 if hangs else 0)


def _weigh_space(last: str, right: str) -> float:
    """What a space before a number says, with the character before the space."""
    if last.isdigit():
        return NEVER
    if last in BEHIND_WORDS or (last.isascii() and last.isalpha()):
        return -0.5
    return NEVER if _ROW.match(right) else -2


def _weigh_left(left: str, last: str, right: str, start: int, alone: bool, closes: bool) -> float:
    """What stands before a number; ``last`` is the last character that is no space. ``closes``: it ends its line."""
    if last == "，" and left[-2:-1].isdigit() and PLAIN_TEXT.match(right):
        return 0.5  # «第 29 條之 2，39 明定»; between the numbers of a list units or signs stand
    if last == ":" and is_han(left.rstrip()[-2:-1]) and closes:
        return 2  # above a quotation; a page's number behind a title rarely ends its line
    if last.isdigit() or last in "-–—－~～/:" or (last in ".,，．：" and left[-2:-1].isdigit()):
        return 0 if alone else NEVER if start or last.isdigit() else -3
    if right.lstrip()[:1] == "年" and _ERA.search(left):
        return NEVER
    if last in tuple("）)") and right.lstrip()[:1] == "月" and _YEAR_BEFORE.search(left):
        return NEVER
    if last in _OPENERS or (last in _LABEL_ENDS and _LABELLED.search(left[-6:])):
        return -5 if last == "第" or last in _OPENERS else -2.5
    if _CODED.search(left):
        return 0.5  # «S3», as the people asked are named
    if last in BEHIND_WORDS:
        return 3
    return (0.5 if last in _COUNTED else 2) if last else 0


def _weigh_right(last: str, right: str, behind: str) -> float:
    """What stands behind a number, on its line and on the next one."""
    first = right[:1]
    if last in _PARTING and first in _COUNTING:
        return NEVER  # a member of an enumeration: «：1、木樁；2、麻繩»; no call has a mark on either side
    if first.isdigit() or (not "\u3001" <= first <= "\ufaff" and _NO_CALL_BEHIND.match(right)):
        return NEVER
    if UNIT.match(right) and (len(right) > 1 or UNIT.match(right + behind[:2])):  # 年|輕 counts nothing
        return -4 if HARD_UNIT.match(right) or last not in "，。」』；！？》" else -1.5
    if not right and UNIT.match(behind):
        return -1
    is_beside_mark = first in _OPENERS or first in BEHIND_WORDS or right.lstrip()[:1] in _ENDS
    return 1 if is_beside_mark or not right else 0


def weigh_letters(text: str, start: int, end: int) -> float:
    """What speaks for letters that may stand for a number: nothing where they are a word between others.

    >>> weigh_letters("消滅」bl。", 3, 5) > 0 > weigh_letters("the king is dead", 9, 11)
    True
    """
    is_apart = text[start - 1 : start].isspace() if start else end < len(text)
    beside = text[:start].rstrip()[-1:] if start else text[end:].lstrip()[:1]
    return NEVER if is_apart and beside.isascii() else 4.0


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()
