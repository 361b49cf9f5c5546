"""Which script a text is in, and which region's forms: told from its own characters.

A character is *only Traditional* when it becomes another in Simplified and the mainland's basic set (GB 2312)
lacks it; *only Simplified* the other way round, measured by Big5. 后, 里, 干 are neither: they prove nothing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from pipeline.hanzi.engine import convert_cells
from pipeline.settings import HANS, HANT, Script

Region = Literal["tw", "hk", "cn"]

_HAN = [*map(chr, range(0x3400, 0x4DC0)), *map(chr, range(0x4E00, 0xA000))]
# Forms in pairs: what Hong Kong prints (HKSCS-2016), what Taiwan prints (its standard forms of 1982).
PAIRS = "裏裡 説說 衞衛 敍敘 綫線 着著 羣群 啓啟 峯峰 鋭銳 脱脫 温溫 閲閱 税稅 悦悅 葱蔥 鈎鉤 兑兌 麪麵 污汙 爲為 衆眾"
HONG_KONG = frozenset(pair[0] for pair in PAIRS.split())
TAIWAN = frozenset(pair[1] for pair in PAIRS.split())
# Forms that Traditional books print too, whatever the library makes of them: they prove no script.
BOTH = frozenset(
    "冲决况凉减凑凛却厢厦厨厩叠咏够奥姹强恒惧晒毁泪温溆灶烟牦猪猫疱疴碱祢禀秆稆窑笋粮糇糍耻脚腭葱虬蝎衅踪迹韵鼹迳亘兖椁橱殁潜蘖衮皋麽珐"
)


@cache
def traditional_only() -> frozenset[str]:
    """The characters that no Simplified text holds."""
    return _changed("x2s", "gb2312") - _changed("s2t", "big5")


@cache
def simplified_only() -> frozenset[str]:
    """The characters that no Traditional text holds."""
    return _changed("s2t", "big5") - _changed("x2s", "gb2312")


@cache
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


@cache
def any_of(script: Script) -> re.Pattern[str]:
    """One character that only this script has."""
    return re.compile(f"[{''.join(simplified_only() if script == HANS else traditional_only())}]")


def count_scripts(text: str) -> tuple[int, int]:
    """How many characters are only Traditional, and how many only Simplified."""
    return len(any_of(HANT).findall(text)), len(any_of(HANS).findall(text))


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
    hong_kong = sum(c in HONG_KONG for c in text)
    taiwan = sum(c in TAIWAN for c in text)
    return "hk" if hong_kong > taiwan else "tw"
