"""What could be a note's call, and what do its neighbours say for and against?

Comes in: plain strings. Goes out: marks with places and weights. Refused: deciding. A digit is a call because the
sequence of all calls and bodies needs it there (``sequences``); what a line says is only its weight (positive: for).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.location import make
from pipeline.recovery.notes.numbers import (
    CALL_MARKS,
    CALL_SIGN,
    CIRCLED,
    CIRCLES,
    Mark,
    MarkStyle,
    number_of,
)
from pipeline.recovery.wording.marks import BEHIND_WORDS, PAUSES, STOPS

STRONG, WEAK = 3.0, 1.0  # weights of a call that nothing but the run of numbers proves

# Words whose first character alone would be a unit: «3 日本外務省», «認為3日本政府».
NO_UNIT = (
    "日本|日[軍军俄記记報报誌志據据治僑侨商]|人民|人[物口類类文們们士]|年[譜谱報报鑑鉴輕轻]|月[刊報报]|世[界宗說说襲袭]|[萬万][曆历國国]|元[史代朝稹豐丰祐佑]"
    "|天[津下主工啟启朝地順顺聰聪命寶宝監监台]|[時时][報报事務务代人任常]|[條条][約约例目]|至[於于正今]|次年|[點点][石校評评]|分[省類类析裂別别布佈子支配工期歧為为]|[個个][人別别案]|[種种][族痘]|位[於于]"
    "|名[臣義义稱称]|[億亿][萬万]|美[國国軍军蘇苏援]|英[國国美軍军]|公[司使社報报]|成[為为立果]|所[以謂谓有]|家[族庭屬属]|[軍军][隊队閥阀事]|[師师]範|周恩|周[\u3400-\u9fff]{1,2}[：:]"
)
# What a number at a line's beginning counts, where it is no note's.
UNIT_AT_START = rf"(?!{NO_UNIT})[年月日號号時时世萬万億亿個个歲岁位人名條条種种次天週周點点分秒元至到]"
# What follows a number that counts or dates something; such a number is rarely a call.
_UNITS = (
    "年月日號号時时分秒歲岁世個个名人位次條条項项種种件章節节頁页卷冊册期屆届樓路段萬万億亿千百十多餘余倍成國国省市縣县軍军師师團团營营"
    "噸吨元圓美公英哩里米尺吋度架艘輛辆座所家口戶户天週周點点％%℃"
)
UNIT = re.compile(rf"\s{{0,3}}(?!{NO_UNIT})[{_UNITS}]")
_REST = re.compile(  # of digits: a year, a decade, a year of the Republic, a month, a day
    r"(?:1[0-9]{3}|20[0-9]{2})(?=\s{0,3}(?:年|[-–—~～至到]|[^0-9]|$))|[1-9]0(?=\s{0,3}年代)"
    r"|1[01][0-9](?=\s{0,3}[學学]?年)|[5-9][0-9](?=\s{0,3}[學学]年)"
    r"|(?:1[0-2]|[1-9])(?=\s{0,3}月)|(?:3[01]|[12][0-9]|[1-9])(?=\s{0,3}日)"
)
HARD_UNIT = re.compile(rf"\s{{0,3}}(?!{NO_UNIT})(?:[年月日時时世萬万億亿％%℃個个]|年代)")
_LABEL_ENDS = "第圖图表附約约№頁页卷冊册號号."  # one of these ends what the pattern below finds
_LABELLED = re.compile(
    r"(?:[第圖图表附約约№]|(?<![一二三四五六七八九十百千兩两數数幾几0-9\s])[頁页卷冊册號号]|(?<![A-Za-z])(?:[Nn]o|pp?|[Vv]ols?|[Pp]t|[Cc]h|[Ff]ig)\.)\s?$"
)
# At the beginning of a line such a number is a list's, or a heading's.
_LISTED = re.compile(r"[.．](?![0-9])|\u3000(?=[\u3400-\u9fff])")
# A range, a version, a measure; before it, the name of a file.
_NO_CALL_BEHIND = re.compile(
    r"[-–—－~～.．,，/:]\s?[0-9](?<!，[12](?=[0-9]{3}\s?年))|[%％℃°]|\.[a-z]|\s?(?:[kKMGT]i?B|[kcm]m|kg|[kKMG]?Hz)(?![A-Za-z])"
)
_ROW = re.compile(r" [0-9.,]+(?: |$)")  # the next cell of a table's row
_IN_PATH = re.compile(r"/[A-Za-z0-9_.-]*$")
_SECTION = re.compile(r"(?<![A-Za-z.])[A-Z]\.$")
_CODED = re.compile(r"(?<![A-Za-z.&])[A-Z]$")  # a letter alone: the number is one with it
_IS_TEXT = re.compile(rf"(?!\s{{0,3}}(?!{NO_UNIT})[{_UNITS}])[\u3400-\u9fff]")
_LAYER = re.compile(rf"(?:[、，—–～~至和及與与][{CIRCLED}])*[层層]")  # of a dig
_FIND = re.compile("[：:][0-9]")
_COUNTED = "近達达共有為为是在至到於于從从自期章條条"
_PARTING, _COUNTING = tuple(f"{STOPS}{PAUSES}.,;:!?"), tuple(f"{STOPS}{PAUSES}．.,;:)）")
# Before a space and one of these stands no number of the text, but a raised one.
_ENDS = tuple(STOPS + PAUSES)
_OPENERS = "「『“‘（《〈([［【〔"
WHOLE = 2.5  # speaks against a call glued to a number that is one with it
NEVER = -9.0  # speaks so much against a call that nothing speaks for it
_DIGITS = re.compile(r"[1-9][0-9]{1,6}")
_LABELS = {size: re.compile(rf"([0-9]{{{size}}})()") for size in (1, 2, 3)}
# A line's end may cut these in two.
_PARTED = (MarkStyle.BARE, MarkStyle.BRACKET, MarkStyle.PAREN, MarkStyle.WORD)
# Asked of every line; to ask the class each time takes as long as a call.
_BARE, _WORD, _MIXED, _CIRCLED = MarkStyle.BARE, MarkStyle.WORD, MarkStyle.MIXED, MarkStyle.CIRCLED
_NUMBERED = (_BARE, MarkStyle.DOT, _MIXED)


def call_marks(
    text: str,
    style: MarkStyle,
    line: int = 0,
    page: int = 0,
    before: str = "",
    behind: str = "",
    wanted: Callable[[int], bool] = lambda _: True,
) -> Iterator[Mark]:
    """What in ``text`` could be a call. ``before`` and ``behind`` are the neighbouring lines' text."""
    if style is _WORD and not ("註" in text or "注" in text or "註" in behind[:6] or "注" in behind[:6]):
        return
    if behind and style in _PARTED and (style is not _BARE or text[-1:].isdigit()):
        yield from _parted_marks(text, style, behind, before, (line, page), wanted)
    if style is _MIXED:
        yield from call_marks(text, MarkStyle.CIRCLED, line, page, before, behind, wanted)
        wanted = _above(CIRCLES, wanted)
    if style not in _NUMBERED and CALL_SIGN.search(text) is None:
        return
    for match in CALL_MARKS[style].finditer(text):
        if style not in _NUMBERED:
            value = number_of(match[1])
            if value and wanted(value):
                start, end = match.span()
                weight = NEVER if style is _CIRCLED and _numbers_layer(text, start, end) else 5.0
                yield make(Mark, (value, (line, start), end - start, weight, page, 0))
            continue
        run = match.group()
        if (value := number_of(run)) and len(run) <= 3 and run[0] != "0" and wanted(value):
            # Letters are no number of the text, whatever stands beside them: 圖ct1956年 is note 29 and a year.
            start, end = match.span()
            weight = (
                weigh_letters(text, start, end)
                if run.isalpha()
                else weigh_call(text, start, end, before, behind)
            )
            yield make(Mark, (value, (line, match.start()), len(run), weight, page, 0))
        if len(run) > 1 and run.isdigit() and run[0] != "0":
            yield from _glued_marks(text, match.start(), run, behind, (line, page, before, wanted))


def _numbers_layer(text: str, start: int, end: int) -> bool:
    """Whether a circled number is an ordinal or that of a layer of a dig, alone or in the number of a find.

    >>> [_numbers_layer(text, text.index("③"), text.index("③") + 1) for text in ("第③層", "②、③層", "T0308③：116", "陶鉢③：")]
    [True, True, True, False]
    """
    left = text[start - 1 : start]
    coded = left.isascii() and left.isalnum()
    return (
        left == "第" or _LAYER.match(text, end) is not None or (coded and _FIND.match(text, end) is not None)
    )


def _above(least: int, wanted: Callable[[int], bool]) -> Callable[[int], bool]:
    return lambda value: value > least and wanted(value)


def _glued_marks(
    text: str, start: int, run: str, behind: str, rest: tuple[int, int, str, Callable[[int], bool]]
) -> Iterator[Mark]:
    """Calls glued to a number of the text: ``221981年`` is 22 and 1981."""
    line, page, before, wanted = rest
    end = start + len(run)
    if behind[:1].isdigit():
        behind = ""  # no number of the text is divided: another one, mostly a note's, begins the next line
    following = (text[end : end + 6] + behind)[:6]
    is_whole = len(run) < 4 and _is_own_number(run, following)  # «19日»
    if is_whole and text[start - 1 : start] in ("年", "月"):
        return  # «5月31日»
    for size in range(1, min(3, len(run) - 1) + 1):
        value = int(run[:size])
        if wanted(value) and _is_own_number(run[size:], following):
            weight = weigh_call(text, start, start + size, before, behind, glued=True)
            yield make(Mark, (value, (line, start), size, weight - (WHOLE if is_whole else 1), page, 0))


def glued_label(text: str) -> re.Match[str] | None:
    """A note's label at the beginning of a line, glued to the number that its note begins with; group 2 is empty.

    >>> [m[1] if (m := glued_label(text)) else "" for text in ("331898年", "25214日", "1945年", "1990年代", "12日")]
    ['33', '252', '', '', '']
    """
    run = _DIGITS.match(text)
    if run is None or len(run[0]) < 3:
        return None
    behind = text[run.end() : run.end() + 6]
    if _is_own_number(run[0], behind) and behind.lstrip()[:1] not in ("月", "日"):
        return None  # a year
    sizes = range(min(3, len(run[0]) - 2), 0, -1)
    return next((_LABELS[n].match(text) for n in sizes if _is_own_number(run[0][n:], behind)), None)


def _parted_marks(
    text: str,
    style: MarkStyle,
    behind: str,
    before: str,
    where: tuple[int, int],
    wanted: Callable[[int], bool],
) -> Iterator[Mark]:
    """A call that the line's end cut in two."""
    line, page = where
    if style is not _BARE:
        left, whole = text[-6:], text[-6:] + behind[:6]
        for match in CALL_MARKS[style].finditer(whole):
            start = len(text) - len(left) + match.start()
            if match.start() < len(left) < match.end() and (value := number_of(match[1])) and wanted(value):
                yield Mark(value, (line, start), len(text) - start, 4.0, page, match.end() - len(left))
    elif text[-1:].isdigit() and behind[:1].isdigit():
        one, two = re.search(r"[0-9]+$", text), re.match(r"[0-9]+", behind)
        if one and two and len(one[0]) + len(two[0]) in (2, 3) and one[0][0] != "0":
            value = int(one[0] + two[0])
            if wanted(value) and not UNIT.match(behind[two.end() :]):
                weight = weigh_call(text, one.start(), len(text), before, glued=True) - 1.5
                yield Mark(value, (line, one.start()), len(one[0]), weight, page, two.end())


def _is_own_number(rest: str, behind: str) -> bool:
    """Whether the digits behind a call make a number of the text: a year, a decade, a day or month."""
    match = _REST.match(rest + behind)
    return match is not None and match.end() == len(rest)


def weigh_letters(text: str, start: int, end: int) -> float:
    """What speaks for two letters that may stand for a number: nothing where they are a word between others.

    >>> weigh_letters("消滅」bl。", 3, 5) > 0 > weigh_letters("the king is dead", 9, 11)
    True
    """
    is_apart = text[start - 1 : start].isspace() if start else end < len(text)
    beside = text[:start].rstrip()[-1:] if start else text[end:].lstrip()[:1]
    return NEVER if is_apart and beside.isascii() else 4.0


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


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
    >>> [weigh_call(text, at, at + 1) < -5 for text, at in (("磁碟/dev/sda1。", 10), ("約2 GiB", 1), ("版3.x的", 1))]
    [True, True, True]
    >>> weigh_call("2　河道", 0, 1, before="夜裡的鼓聲。") < 0 < weigh_call("2其餘", 0, 1, before="夜裡的鼓聲。")
    True
    >>> weigh_call("（S3，第一次", 2, 3) < weigh_call("結尾三處，3其", 5, 6)
    True
    """
    if start and text[start - 1].isascii() and _IN_PATH.search(text, max(0, start - 24), start):
        return NEVER
    left = text[max(0, start - 8) : start] or before
    right = text[end : end + 8]
    if (_is_letter(left[-1:]) and _is_letter(right[:1])) or (left[-1:] == "." and _SECTION.search(left)):
        return NEVER  # sha1sum, A.1
    alone = start < 8 and not right.strip() and not text[:start].strip()
    last = left[-1:]
    weight = 0.0
    if last.isspace():
        last = left.rstrip()[-1:]
        if last.isdigit():
            return NEVER
        beside = last in BEHIND_WORDS or (last.isascii() and last.isalpha())
        if not beside and _ROW.match(right):
            return NEVER
        weight += -0.5 if beside else -2
    weight += _weigh_left(left, last, right or behind, start, alone)
    if glued:
        return weight
    if not text[:start].strip() and _LISTED.match(right):
        return weight - 4
    hangs = alone and not last.isdigit()  # no cell of a table below another
    return weight + _weigh_right(last, right, behind) + (3 if hangs else 0)


def _weigh_left(left: str, last: str, right: str, start: int, alone: bool) -> float:
    """What stands before a number; ``last`` is the last character that is no space."""
    if last == "，" and left[-2:-1].isdigit() and _IS_TEXT.match(right):
        return 0.5  # «第 29 條之 2，39 明定»; between the numbers of a list units or signs stand
    if last.isdigit() or last in "-–—－~～/:" or (last in ".,，．：" and left[-2:-1].isdigit()):
        return 0 if alone else NEVER if start or last.isdigit() else -3
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
