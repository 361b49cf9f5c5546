"""Which numbers belong to the text: they count, date or measure something, and call no note.

Comes in: plain strings. Goes out: patterns for what stands behind such a number, and whether digits are one.
"""

from __future__ import annotations

import re

# Words whose first character alone would be a unit: «3 日本外務省», «認為3日本政府».
NO_UNIT = (
    "日本|日[軍军俄誌志治僑侨商]|日[記记](?!者)|日[報报](?![道導导告])|日[據据](?![說说報报新悉外])|人民|人[物口類类文們们士]|年[譜谱報报鑑鉴輕轻]|月[刊報报]|世[界宗說说襲袭]|[萬万][曆历國国]|元[史代朝稹豐丰祐佑]"
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
HARD_UNIT = re.compile(rf"\s{{0,3}}(?!{NO_UNIT})(?:[年月日時时世萬万億亿％%℃個个]|年代)")
PLAIN_TEXT = re.compile(rf"(?!\s{{0,3}}(?!{NO_UNIT})[{_UNITS}])[\u3400-\u9fff]")
_REST = re.compile(  # of digits: a year, a decade, a year of the Republic, a month, a day
    r"(?:1[0-9]{3}|20[0-9]{2})(?=\s{0,3}(?:年|[-–—~～至到]|[^0-9]|$))|[1-9]0(?=\s{0,3}年代)"
    r"|1[01][0-9](?=\s{0,3}[學学]?年)|[5-9][0-9](?=\s{0,3}[學学]年)"
    r"|(?:1[0-2]|[1-9])(?=\s{0,3}月)|(?:3[01]|[12][0-9]|[1-9])(?=\s{0,3}日)"
)


def is_own_number(rest: str, behind: str) -> bool:
    """Whether the digits behind a call make a number of the text: a year, a decade, a day or month."""
    match = _REST.match(rest + behind)
    return match is not None and match.end() == len(rest)
