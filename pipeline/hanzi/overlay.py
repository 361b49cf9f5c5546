"""The overlay: tables over the library's dictionaries, and a book's own words over those.

Comes in: TSV files (``tables/*.tsv``, a book's glossaries) and the book's settings. Goes out: lexicons.
Refused by file and line: a row without two columns, a word given twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.hanzi.engine import convert_cells
from pipeline.hanzi.lexicon import Lexicon
from pipeline.location import Place
from pipeline.settings import read_settings_text

_BOTH_PRINT = frozenset("藉迳疋")  # GB 2312 has them
ALWAYS = "always:"
ROUTES = {"hans": "x2s", "hant": "s2t"}
REGIONS = ("tw", "hk")
TABLES = Path(__file__).with_name("tables")


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a TSV file with their line numbers; empty lines and lines that begin with # are left out."""
    for number, line in enumerate(read_settings_text(path).splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


def read_table(path: Path) -> dict[str, tuple[str, str]]:
    """A table's words, each with its result and its source or reason. Raises ``SettingsError``."""
    table: dict[str, tuple[str, str]] = {}
    for number, row in read_rows(path):
        if len(row) < 3 or not row[0] or not row[1]:
            raise SettingsError(
                "the row needs a word, its result and a reason, with tabs between.", Place(str(path), number)
            )
        if row[0] in table:
            raise SettingsError(
                f"«{row[0]}» is given twice. Keep one of the two rows.", Place(str(path), number)
            )
        table[row[0]] = (row[1], row[2])
    return table


@cache
def _table(name: str) -> dict[str, tuple[str, str]]:
    """``hans``, ``hant``, ``rare``; ``tw`` and ``hk`` from ``regional.tsv``, whose rows begin with their regions."""
    if name not in REGIONS:
        return read_table(TABLES / f"{name}.tsv")
    return {
        row[1]: (row[2], row[3]) for _, row in read_rows(TABLES / "regional.tsv") if name in row[0].split(" ")
    }


@cache
def overlay(direction: str) -> Lexicon:
    """The overlay's words to Simplified (``hans``), to Traditional (``hant``), and to a region's usage (``tw``, ``hk``)."""
    return Lexicon({word: result for word, (result, _) in _table(direction).items()})


@cache
def shields(direction: str) -> frozenset[str]:
    """The overlay's words that the library gives too: they only keep shorter words of the overlay away.

    Where the library found a longer word around one, its result stands, unless the row's reason begins with
    ``always:``.
    """
    if direction in REGIONS:
        return frozenset()
    table = _table(direction)
    results = "".join(convert_cells("\n".join(table), ROUTES[direction])).split("\n")
    return frozenset(
        w
        for (w, (result, why)), own in zip(table.items(), results, strict=True)
        if result == own and not why.startswith(ALWAYS)
    )


@cache
def reasons(direction: str) -> dict[str, str]:
    """Why each word of the overlay stands there."""
    return {word: why for word, (_, why) in _table(direction).items()}


@cache
def variant_forms() -> frozenset[str]:
    """Single characters of the overlay that no Simplified text prints either (砲, 妳): they go in any clause."""
    return (
        frozenset(c for c in overlay("hans").characters if overlay("hans").characters[c] != c) - _BOTH_PRINT
    )


@cache
def rare_forms() -> dict[str, str]:
    """Simplified forms that few fonts hold: for plain text only."""
    return {word: result for word, (result, _) in _table("rare").items()}


@cache
def choices(direction: str) -> dict[str, tuple[str, ...]]:
    """The characters with more than one form in the other script, the usual one first."""
    return {
        row[1]: tuple(row[2].split(" "))
        for _, row in read_rows(TABLES / "choices.tsv")
        if row[0] == direction
    }


@dataclass(frozen=True, slots=True)
class ContextRule:
    """What a character becomes between certain neighbours."""

    character: str
    pattern: re.Pattern[str]  # its group is the character
    result: str
    why: str


@cache
def context_rules(direction: str) -> tuple[ContextRule, ...]:
    """The rules of ``context.tsv`` for ``hans`` or ``hant``, in the table's order."""
    path, rules = TABLES / "context.tsv", []
    for number, row in read_rows(path):
        try:
            to, character, left, right, result, why = row
            pattern = re.compile(f"{_side(left)}({character}){_side(right)}", re.M)
        except (ValueError, re.error) as e:
            raise SettingsError(f"the row is no rule: {e}.", Place(str(path), number)) from e
        if to == direction:
            rules.append(ContextRule(character, pattern, result, why))
    return tuple(rules)


def _side(pattern: str) -> str:
    """A side's pattern with the classes that several rows share; «-» is an empty side."""
    for name, members in CLASSES.items():
        pattern = pattern.replace(name, members)
    return "" if pattern == "-" else pattern


_SURNAMES = (
    "王李刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾萧蕭田董袁潘蔡蒋蔣余于"
    "杜叶葉程苏蘇魏吕呂丁沈姚卢盧姜崔钟鍾谭譚陆陸范汪廖石韦韋贾賈夏傅方邹鄒熊孟秦邱侯江尹薛阎閻段龙龍史陶贺賀顾顧毛郝"
    "龚龔邵钱錢严嚴武孔汤湯"
)
# verbs that take 著 (zhe), by their last character
_VERBS = (
    "看讀念唸拿走跑坐站躺跪哭笑說講聽寫想望盯瞧瞪等待忍吃喝穿戴帶背抱扛提舉握抓拉推跟隨沿朝向對為爲憑藉順接活睡醒開關亮"
    "燃燒響叫喊唱跳流淌滴飄浮掛貼放擺躲藏守護留住含連映照顯膠執附沉沈急擁持有存在維繫保嗎過到去來捧翻頂懷哼談指用靠印題"
    "夾依循刻載抄及就賣買送圍繞伴味徵誌志演臨渡冒試伸張裝頂攜扶挑挺挽捏揣摸撐撫擋攔敲敞昂朝染枕架案歪沖沾注泛洋浸淹游演"
    "漂滾灑炒煮熬爬牽玩瞇瞞瞪磨祝禱站笑等簇籠紅綁緊織繃纏罩羞翹聚肩背腫臥苦蒙藏蘊蠕衝裹覺訴談論護讀賴趁趕趴跟踏踩蹲躺輪轉透逗逼過遞遮邁醒配釘鎖鑲閃閉閒開附陪隔隱露靜靠頂頭順顧飄飛飽騎騙驅鬧點"
)
CLASSES = {
    "{HAN}": "[\u4e00-\u9fff]",
    "{NOT_HAN}": "(?<![\u4e00-\u9fff])",
    "{SURNAME}": f"[{_SURNAMES}]",
    "{VERB}": f"[{_VERBS}]",
    "{NUMBER}": "[0-9０-９〇零一二三四五六七八九十百千万萬亿億两兩几幾数數半]",
    "{ROLE}": "(?:先生|女士|教授|博士|同志|小姐|老师|院士|将军|主任|校长|书记|部长|指出|认为|说|著|编|主编|译|校|等|：|、|，《|《|（|的《)",
}
