"""The value of a numeral as headings and notes are numbered: Chinese, formal, a stem, Roman or Arabic."""

from __future__ import annotations

NUMERAL = "一二三四五六七八九十百零〇兩"  # as headings count with them
STEMS = "甲乙丙丁戊己庚辛壬癸"
ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"  # a character each
_LETTERS = {"I": 1, "V": 5, "X": 10, "L": 50}
_DIGITS = {char: value for row in ("〇一二三四五六七八九", "零壹貳參肆伍陸柒捌玖") for value, char in enumerate(row)} | {
    "兩": 2, "叁": 3, "贰": 2, "叄": 3, "参": 3, "陆": 6,
}  # fmt: skip


def value_of(numeral: str) -> int:
    """The value of a Chinese, formal, Roman or Arabic numeral, 0 when it is none.

    >>> [value_of(n) for n in ("十二", "參", "IV", "3", "二十")]
    [12, 3, 4, 3, 20]
    """
    if numeral.isascii() and numeral.isdigit():
        return int(numeral)
    if numeral and numeral[0] in ROMAN:
        return ROMAN.index(numeral[0]) + 1
    if numeral and all(char in _LETTERS for char in numeral):
        digits = [_LETTERS[char] for char in numeral]
        return sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))
    if len(numeral) == 1 and numeral in STEMS:
        return STEMS.index(numeral) + 1
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
