"""Which script a text is in, and which region's forms: told from its own characters.

A character is *only Traditional* when it becomes another in Simplified and the mainland's basic set (GB 2312)
lacks it; *only Simplified* the other way round, measured by Big5. 后, 里, 干 are neither: they prove nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pipeline.hanzi.engine import convert_cells
from pipeline.settings import HANS, HANT, Script

Region = Literal["tw", "hk", "cn"]

_HAN = [*map(chr, range(0x3400, 0x4DC0)), *map(chr, range(0x4E00, 0xA000))]
# Forms that one region prints and the others do not (HKSCS-2016 and Taiwan's standard forms of 1982).
HONG_KONG = frozenset("説裏衞敍綫羣啓峯污粧卧台為眾户鋭脱悦税閲温葱鈎兑")
TAIWAN = frozenset("裡眾群啟臺衛敘線峰說著為麵汙糧戶銳脫悅稅閱溫蔥鉤兌")
# forms that a region prints although another region's list has a different one: they prove no script
BOTH = frozenset(
    "冲决况凉减凑凛却厢厦厨厩叠咏够奥姹强恒惧晒毁泪温溆灶烟牦猪猫疱疴碱祢禀秆稆窑笋粮糇糍耻脚腭葱虬蝎衅踪迹韵鼹亘兖椁橱殁潜蘖衮皋麽珐"
)
MAINLAND = frozenset("爲衆裏羣啓着鷄牀麪")


@cache
def traditional_only() -> frozenset[str]:
    """The characters that no Simplified text holds."""
    return _changed("x2s", "gb2312")


@cache
def simplified_only() -> frozenset[str]:
    """The characters that no Traditional text holds."""
    return _changed("s2t", "big5")


def _changed(route: str, basic_set: str) -> frozenset[str]:
    results = convert_cells("\n".join(_HAN), route)[::2]
    return frozenset(
        c
        for c, result in zip(_HAN, results, strict=True)
        if c != result and not _encodes(c, basic_set) and c not in BOTH
    )


def _encodes(character: str, basic_set: str) -> bool:
    try:
        character.encode(basic_set)
    except UnicodeEncodeError:
        return False
    return True


def count_scripts(text: str) -> tuple[int, int]:
    """How many characters are only Traditional, and how many only Simplified."""
    traditional, simplified = traditional_only(), simplified_only()
    return sum(c in traditional for c in text), sum(c in simplified for c in text)


@cache
def likely_simplified() -> frozenset[str]:
    """Simplified characters that Big5's second level holds as rare characters of their own (万, 广, 从)."""
    results = convert_cells("\n".join(_HAN), "s2t")[::2]
    return frozenset(
        c
        for c, result in zip(_HAN, results, strict=True)
        if c != result and _encodes(c, "gb2312") and _encodes(c, "big5") and c.encode("big5")[0] >= 0xC9
    )


def detect_script(text: str, otherwise: Script = HANT) -> Script:
    """The script of most of the text; ``otherwise`` where nothing tells.

    >>> detect_script("东西南北"), detect_script("東西南北")
    ('zh-Hans', 'zh-Hant')
    """
    traditional, simplified = count_scripts(text)
    if not traditional and not simplified:
        weak = likely_simplified()
        return HANS if any(c in weak for c in text) else otherwise
    return HANS if simplified > traditional else HANT


def detect_region(text: str) -> Region:
    """Whose forms a text is printed in: ``cn`` for Simplified text; Taiwan where nothing tells.

    >>> detect_region("説明這裏的綫索"), detect_region("說明這裡的線索")
    ('hk', 'tw')
    """
    if detect_script(text) == HANS:
        return "cn"
    hong_kong = sum(c in HONG_KONG and c not in TAIWAN for c in text)
    taiwan = sum(c in TAIWAN and c not in HONG_KONG for c in text)
    return "hk" if hong_kong > taiwan else "tw"
