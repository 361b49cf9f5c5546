"""Which lines name a figure or a table, say where it comes from, or are a numbered formula?"""

from __future__ import annotations

import re

_NUMBER = r"(?:\s*[（(]?\s*[一二三四五六七八九十0-9]{1,3}(?:\s*[-–—－.．]\s*[一二三四五六七八九十0-9]{1,3})?\s*[)）]?)"
CAPTION = re.compile(rf"[表]{_NUMBER}(?:\s*[：:、.]?\s*\S|$)")
BARE = re.compile(rf"表{_NUMBER}")  # all of a line: the table's name stands below its number
FIGURE = re.compile(
    r"[圖图]\s*[（(]?\s*[一二三四五六七八九十0-9]{1,3}(?:\s*[-–—－.．]\s*[一二三四五六七八九十0-9]{1,3})?\s*[)）]?(?:\s*[：:、.．]\s*|\s+)\S"
)
_PICTURE = re.compile(r"[圖图]片?\s*(?:[:：]\s*|[為为])\S")  # without a number
_CAPTIONED = "表圖图"  # what captions begin with
_TELLS = re.compile(  # «表一列出…»: the text speaks of a table
    r"[表圖图]\s*[（(]?[一二三四五六七八九十0-9.\-–—]{1,6}[)）]?(?:\s?的|列|顯|显|所|是|為|为|可|的|及|和|與|与|則|则|畫|画|說|说|表明|反映)"
)
SOURCE = re.compile(
    r"(?:資料來源|资料来源|圖片來源|图片来源|表格來源|來源|来源|出處|出处|說明|说明|附註|附注|[註注]|備註|备注|Sources?|Notes?)\s*[：:]"
)

_FORMULA = re.compile(
    r"[^。；！？「」]*[=＝≈≤≥<>≦≧][^。；！？「」]*\s[（(]式?\s?[0-9]{1,2}(?:\s?[-–—－.．]\s?[0-9]{1,2})?[)）]"
)


def is_formula(text: str) -> bool:
    """Whether a line is a formula with its number.

    >>> is_formula("V = a + bx　　（3-1）"), is_formula("式中 V = 3.2 (1998)"), is_formula("流速 V 見（3-1）")
    (True, False, False)
    """
    return text[-1] in "）)" and _FORMULA.fullmatch(text) is not None


def is_caption(text: str) -> bool:
    """Whether a line names a figure or a table, and no sentence does so.

    >>> is_caption("圖 2-1 碼頭位置"), is_caption("圖2所示的碼頭，今已不存。"), is_caption("表一列出幾種。深度各地")
    (True, False, False)
    >>> is_caption("表 4-9 的數字，兩地的碼頭與 1911 年")
    False
    >>> is_caption("圖為河口的碼頭（1911年）"), is_caption("圖為河口的碼頭，今已不存。")
    (True, False)
    """
    if (
        text[0] not in _CAPTIONED
        or len(text) > 45
        or text[-1] in "。，；、：,;"
        or "。" in text
        or _TELLS.match(text)
    ):
        return False
    return any(pattern.match(text) for pattern in (FIGURE, CAPTION, _PICTURE))


def tells_of_figure(text: str) -> bool:
    """Whether a line is the caption of a figure or table, or says where it comes from.

    >>> tells_of_figure("資料來源：作者自行整理"), tells_of_figure("表 3-1（續）"), tells_of_figure("河渠學報")
    (True, True, False)
    """
    return SOURCE.match(text) is not None or is_caption(text)
