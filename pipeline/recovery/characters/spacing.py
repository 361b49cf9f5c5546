"""Spaces between Han characters: damage of the extraction, or the design of a heading.

A single space between two Han characters may be meant (``王 明`` in a list, ``沈志華 著``); so spaces go only
where a document has them between nearly all characters, or in a heading whose words are well known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.han import CLOSING, FORMAL, HAN, OPENING

Hit = tuple[int, int, str]

# Words of headings that printers set with spaces.
_HEADING_WORDS = (
    "結論 结论 緒論 绪论 導論 导论 引論 引论 餘論 余论 前言 引言 序言 導言 导言 結語 结语 小結 小结 總結 总结 後記 后记 附錄 附录 "
    "目錄 目录 目次 摘要 提要 註釋 注釋 注释 註解 注解 附註 附注 附記 附记 討論 讨论 分析 背景 序論 序论 概論 概论 總論 总论 序 跋 "
    "參考文獻 参考文献 參考書目 参考书目 徵引書目 關鍵詞 关键词 關鍵字 关键字 致謝 致谢 謝辭 谢辞 凡例 索引 方法 結束語 结束语 文獻回顧"
)
HEADINGS = frozenset(_HEADING_WORDS.split())
# The commonest surnames, about nine in ten people: behind a number, ``三　王 明`` may be a name.
SURNAMES = frozenset(
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡林郭何高羅罗鄭郑梁謝谢宋唐許许鄧邓馮冯韓韩曹曾彭蕭萧蔡潘田董袁于余葉叶"
    "蔣蒋杜蘇苏魏程呂吕丁沈任姚盧卢傅鍾钟姜崔譚谭廖范汪陸陆金石戴賈贾韋韦夏邱方侯鄒邹熊孟秦白江閻阎薛尹段雷黎史龍龙陶賀贺顧顾"
    "毛郝龔龚邵萬万錢钱嚴严賴赖洪武莫孔湯汤常溫温康施文牛樊葛邢安齊齐易喬乔伍龐庞顏颜倪莊庄聶聂章魯鲁岳翟殷詹申歐欧耿關关蘭兰焦"
    "俞左柳甘祝包寧宁尚符舒阮柯紀纪梅童凌畢毕單单季裴霍成苗谷盛曲翁冉駱骆藍蓝路游辛靳管柴蒙鮑鲍華华喻祁蒲房滕屈饒饶解牟艾尤陽阳"
)
_MARK = f"(?:第?[一二三四五六七八九十百\\d]{{1,4}}[章節节部編编]?|[{FORMAL}]{{1,2}})[、．.]?[ \u3000]+"
_LETTERSPACED = "((?:[\u4e00-\u9fff][ \u3000])+[\u4e00-\u9fff])\\s*"
_HEADING = (re.compile(f"\\s*{_LETTERSPACED}"), re.compile(f"\\s*{_MARK}{_LETTERSPACED}"))
_RUN = re.compile(f" (?<=[{HAN}] )[{HAN}](?: [{HAN}]){{3,}}")  # found by its first space: much faster
_SPACED_HEAD = re.compile(
    r"\s*第 ?(?:[〇零一二三四五六七八九十百] ?|\d+ ?)+[章節节回篇編编部卷講讲] +(?=[^ ])"
)
_BETWEEN = re.compile(f"(?<=[{HAN}{CLOSING}{OPENING}]) +(?=[{HAN}{CLOSING}{OPENING}])")


def find_spaced(text: str) -> Iterator[Hit]:
    """Spaces between Han characters and marks, in a document that has them everywhere."""
    head = _SPACED_HEAD.match(text)  # its name stands apart from its number
    kept = head.end() if head else 0
    yield from ((m.start(), m.end(), "") for m in _BETWEEN.finditer(text) if m.end() != kept)


def find_letterspaced(text: str) -> Iterator[Hit]:
    """The spaces inside a heading's word, where the text is that heading and nothing else."""
    if len(text) > 40:
        return
    m = next((m for m in (heading.fullmatch(text) for heading in _HEADING) if m and _is_heading(m)), None)
    if m is None:
        return
    for at in range(m.start(1), m.end(1)):
        if text[at] == " " or (text[at] == "\u3000" and m.end(1) - m.start(1) > 3):
            yield at, at + 1, ""


def _is_heading(m: re.Match[str]) -> bool:
    """A well-known word; or, behind a number and an ideographic space, any word that cannot be a name."""
    word = re.sub("[ \u3000]", "", m.group(1))
    if word in HEADINGS:
        return True
    numbered = m.start(1) > 0 and m.string[m.start(1) - 1] == "\u3000" and not m.string.startswith(" ")
    return numbered and len(word) in (2, 3) and word[0] not in SURNAMES and "\u3000" not in m.group(1)


def find_spaced_run(text: str) -> Iterator[Hit]:
    """Five Han characters and more with a space between all of them, in a text that is not so."""
    for m in _RUN.finditer(text):
        run = text[m.start() - 1 : m.end()]
        if len(run) < len(text.strip()):
            yield m.start() - 1, m.end(), run.replace(" ", "")
