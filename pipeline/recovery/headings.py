"""Which lines are headings, and of which level?

Comes in: the text of a line or paragraph. Goes out: its numbering, and levels for a whole document's
headings. Refused: a numbered sentence (it ends with a full stop or comma, or runs over lines), and an
outline of chapters inside the text: many headings on end with nothing between them are a list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.han import FORMAL

_NUMERAL = "一二三四五六七八九十百零〇兩"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = {"I": 1, "V": 5, "X": 10}
_DIGITS = {char: value for row in ("〇一二三四五六七八九", "零壹貳參肆伍陸柒捌玖") for value, char in enumerate(row)} | {
    "兩": 2, "叁": 3, "贰": 2, "叄": 3, "参": 3, "陆": 6,
}  # fmt: skip

# rank → pattern. A higher rank stands below a lower one.
_MARKS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (0, re.compile(rf"第\s?([{_NUMERAL}0-9]{{1,4}})\s?[部編编篇卷](?:[\s：:]|$|(?=[^，。]{{1,24}}$))")),
    (
        1,
        re.compile(rf"第\s?([{_NUMERAL}{FORMAL}0-9]{{1,4}})\s?[章回講讲](?:[\s：:]|$|(?=[^，。]{{1,40}}$))"),
    ),
    (
        1,
        re.compile(
            rf"附\s?[錄录]\s?([{_NUMERAL}{FORMAL}0-9]{{1,3}})(?:[\s：:、.．]\s?|$)(?=[^，。]{{0,40}}$)"
        ),
    ),
    (2, re.compile(rf"第\s?([{_NUMERAL}{FORMAL}0-9]{{1,4}})\s?[節节](?:[\s：:]|$|(?=[^，。]{{1,40}}$))")),
    # Of a law thesis; a treaty has such lines, too, but with a sentence or nothing behind the number.
    (
        2.3,
        re.compile(
            rf"第\s?([{_NUMERAL}]{{1,3}})\s?[項项][\s：:]*(?:$|(?![規规之及或但所前後])(?=[^，。；：]{{2,30}}$))"
        ),
    ),
    (2.6, re.compile(rf"第\s?([{_NUMERAL}]{{1,3}})\s?款[\s：:]+(?=[^，。；：]{{2,30}}$)")),
    (3, re.compile(rf"([{FORMAL}]{{1,3}})\s?[、．.]\s?")),
    (4, re.compile(rf"([{_STEMS}])\s?[、．.]\s?")),
    (5, re.compile(r"([IVX]{1,5}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ])\s?[、．.]\s?(?=\S)")),
    (6, re.compile(rf"([{_NUMERAL}]{{1,3}})(?:\s?[、．.]\s?|[\u3000 ]+(?=\S))")),
    (7, re.compile(rf"[（(]([{_NUMERAL}]{{1,3}})[)）]\s?")),
    (
        8,
        re.compile(
            r"([0-9]{1,2}(?:\.[0-9]{1,2}){0,3})(?:[.．、]\s?(?![0-9])|\s+)"
            r"(?=日[本俄]|世界|[時时][代間间]|[個个][人案]|[^\s0-9年月日號号時时世萬万億亿個个])"
        ),
    ),
    (9, re.compile(r"[（(]([0-9]{1,2})[)）]\s?(?=\S)")),
)
_NAMED = frozenset(
    [
        "前言",
        "序",
        "自序",
        "代序",
        "序言",
        "引言",
        "緒論",
        "绪论",
        "緒言",
        "绪言",
        "導言",
        "导言",
        "導論",
        "导论",
        "結論",
        "结论",
        "結語",
        "结语",
        "餘論",
        "余论",
        "餘音",
        "余音",
        "餘話",
        "余话",
        "小結",
        "小结",
        "本章小結",
        "本章小结",
        "結束語",
        "结束语",
        "尾聲",
        "尾声",
        "楔子",
        "後記",
        "后记",
        "跋",
        "附錄",
        "附录",
        "致謝",
        "致谢",
        "謝辭",
        "谢辞",
        "誌謝",
        "志謝",
        "志谢",
        "謝誌",
        "凡例",
        "年表",
        "参考文献",
        "參考文獻",
        "參考書目",
        "徵引文獻",
        "征引文献",
        "引用文獻",
        "引用文献",
        "书目",
        "書目",
        "参考书目",
        "徵引書目",
        "引用書目",
        "參考資料",
        "参考资料",
        "注釋",
        "註釋",
        "注释",
        "Introduction",
        "Conclusion",
        "Conclusions",
        "References",
        "Bibliography",
        "Notes",
        "Acknowledgements",
    ]
)
# One of these begins every mark and every name.
_FIRST = frozenset(f"第附{_NUMERAL}{FORMAL}{_STEMS}IVXⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ（(0123456789").union(
    name[0] for name in _NAMED
)
_SENTENCE_END = "。，；、：！,;:…"
LONGEST = 45  # characters; no heading is longer
OUTLINE = 4  # so many headings on end are an outline
NAMED = 0.5  # the rank of a heading without number, when none around it says otherwise


@dataclass(frozen=True, slots=True)
class HeadingMark:
    """A heading's numbering: rank, number as written, length of the mark."""

    rank: float
    number: str
    length: int

    @property
    def value(self) -> int:
        """The number, 0 when there is none."""
        return value_of(self.number)

    def is_all_of(self, text: str) -> bool:
        """Whether a line is only the number («第一章»): the title stands below."""
        return bool(self.number) and self.length >= len(text)


def value_of(numeral: str) -> int:
    """The value of a Chinese, formal, Roman or Arabic numeral, 0 when it is none.

    >>> [value_of(n) for n in ("十二", "參", "IV", "3", "二十")]
    [12, 3, 4, 3, 20]
    """
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if numeral and numeral[0] in "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ":
        return "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ".index(numeral[0]) + 1
    if numeral and all(char in _ROMAN for char in numeral):
        digits = [_ROMAN[char] for char in numeral]
        return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))
    if len(numeral) == 1 and numeral in _STEMS:
        return _STEMS.index(numeral) + 1
    total = unit = 0
    for char in numeral:
        if char in "十拾":
            total, unit = total + (unit or 1) * 10, 0
        elif char == "百":
            total, unit = total + (unit or 1) * 100, 0
        elif (digit := _DIGITS.get(char)) is not None:
            unit = unit * 10 + digit if unit and "十" not in numeral and "拾" not in numeral else digit
        else:
            return 0
    return total + unit


def ends_sentence(text: str) -> bool:
    """Whether the text ends as no heading does; a question may be one.

    >>> [ends_sentence(text) for text in ("一、他說：「不行。」", "一、論「商戰」", "一、誰之過？")]
    [True, False, False]
    """
    bare = text.rstrip("」』”’")
    return bare != "" and bare[-1] in _SENTENCE_END


def heading_mark(text: str) -> HeadingMark | None:
    """The numbering at the beginning of ``text``, if it could be a heading by its wording.

    >>> heading_mark("第一節 背景").rank, heading_mark("二、問題").value, heading_mark("一、他說，不行。")
    (2, 2, None)
    """
    if not text or len(text) > LONGEST:
        return None
    if ((first := text[0]) not in _FIRST and not first.isspace()) or ends_sentence(text):
        return None
    if "".join(text.split()) in _NAMED or text in _NAMED:
        return HeadingMark(NAMED, "", 0)
    for rank, pattern in _MARKS:
        match = pattern.match(text)
        if match and value_of(match[1].split(".")[0]):
            if rank == 8 and "." in match[1]:
                return HeadingMark(8 + match[1].count(".") / 10, match[1].rsplit(".", 1)[1], match.end())
            return HeadingMark(rank, match[1], match.end())
    return None


def drop_strays(marks: Sequence[HeadingMark | None]) -> list[HeadingMark | None]:
    """The marks without Arabic numbers that do not count on: one alone is a number of the text."""
    out = list(marks)
    for rank in {m.rank for m in marks if m is not None and m.rank >= 8}:
        places = [i for i, m in enumerate(marks) if m is not None and m.rank == rank]
        values = [m.value for m in marks if m is not None and m.rank == rank]
        for k, i in enumerate(places):
            goes_on = k > 0 and values[k] == values[k - 1] + 1
            begins = values[k] == 1 and k + 1 < len(values) and values[k + 1] == 2
            if not goes_on and not begins:
                out[i] = None
    return out


def drop_outlines(marks: Sequence[HeadingMark | None]) -> list[HeadingMark | None]:
    """The marks without those of outlines. ``marks`` has an entry for every paragraph, ``None`` for text.

    A chapter heading with its section heading right behind it is none; many on end are. The last heading
    before the text goes on stays, and so does a chapter's when it follows the outline.
    """
    out = list(marks)
    i = 0
    while i < len(out):
        k = i
        while k < len(out) and out[k] is not None:
            k += 1
        if k - i >= OUTLINE and _repeats(out[i:k]):
            keep = _chapter_behind(out, i, k)
            for n in range(_outline_start(out, i, k), keep):
                out[n] = None
        i = max(k, i + 1)
    for first, last in _lists(out):
        out[first:last] = [None] * (last - first)
    return out


def _lists(marks: Sequence[HeadingMark | None]) -> list[tuple[int, int]]:
    """Neighbouring headings of one low rank that count on: entries of a list, for nothing stands below them."""
    out = []
    begin = 0
    for k in range(1, len(marks) + 1):
        before = marks[k - 1]
        mark = marks[k] if k < len(marks) else None
        if mark is None or before is None or mark.rank != before.rank or mark.value != before.value + 1:
            if before is not None and k - begin >= (2 if before.rank >= 8 else 3) and before.rank >= 6:
                out.append((begin, k))
            begin = k
    return out


def _repeats(run: Sequence[HeadingMark | None]) -> bool:
    """Whether two headings of one rank count on directly: no text came between them."""
    values: dict[float, list[int]] = {}
    for mark in run:
        if mark is not None and mark.number:
            values.setdefault(mark.rank, []).append(mark.value)
    return any(len(v) > 2 for v in values.values())


def _outline_start(marks: Sequence[HeadingMark | None], first: int, last: int) -> int:
    """Where the outline begins: headings before it are of ranks that it does not have itself."""
    ranks = [m.rank if m is not None else -1 for m in marks[first:last]]
    at = 0
    while at < len(ranks) and ranks.count(ranks[at]) == 1:
        at += 1
    return first + at


def _chapter_behind(marks: Sequence[HeadingMark | None], first: int, last: int) -> int:
    """Where the outline ends: a chapter heading at the run's end belongs to the text that follows."""
    ranks = [m.rank for m in marks[first:last] if m is not None]
    for n in range(last - 1, max(first, last - 4), -1):
        mark = marks[n]
        if mark is not None and mark.rank <= 2 and mark.rank <= min(ranks):
            return n
    return last


def heading_levels(marks: Sequence[HeadingMark]) -> list[int]:
    """Levels for the headings of a document, from 1: each below the last one of a lower rank.

    >>> heading_levels([HeadingMark(r, "", 0) for r in (1, 3, 6, 6, 3, 1, 2, 6)])
    [1, 2, 3, 3, 2, 1, 2, 3]
    """
    numbered = {mark.rank for mark in marks if mark.rank != NAMED}
    top = min(numbered, default=NAMED)
    stack: list[float] = []
    out = []
    for mark in marks:
        rank = top if mark.rank == NAMED else mark.rank
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        out.append(len(stack))
    return out
