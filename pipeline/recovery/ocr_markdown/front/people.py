"""Names and institutions: what the parts of a line below a title are.

Comes in: a line of the source. Goes out: its parts and what each is. Refused: a word of two to four Han
characters that does not begin with a surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.note_signs import CALL

CALLS = re.compile(  # of any shape, with what an engine leaves of them
    r"\[[^\[\]\n]{1,6}\]\(#[^()\s]*\)|\\footnote\{[^{}\n]*\}|<footnote>[^<>\n]*</footnote>|\^\[[^\[\]\n]{4,}\]"
    rf"|{CALL}|\\?\[\\?[*＊∗]\\?\]|[*＊∗_†‡]|\\"
)
PLACE = re.compile(
    r"(?:大學|大学|學院|学院|研究院|研究所|研究室|研究中心|中心|學系|学系|學會|学会|博物館|博物馆|圖書館|图书馆|出版社|雜誌社|杂志社|"
    r"University|Institute|College|Academy|School|Department|Center|Centre)"
)
_PLACE_END = re.compile(r"[\u3400-\u9fff]{3,}(?:系|所|院|館|馆|社|會|会|局|部)$|[\u3400-\u9fff]{2}系$")
_GROUP = re.compile(r"(?:課題|课题|編寫|编写|調查|调查|寫作|写作)[組组]$|[編编][輯辑]部$")
_RANK = re.compile(
    r"(?:教授|副教授|助理教授|講師|讲师|研究員|研究员|副研究員|副研究员|博士|博士生|碩士|硕士|研究生|主任|院士)$"
)
_DEED = re.compile(r"(?<=\S\S)[ ]?(?:[著撰譯译]|編譯|编译)$")  # «王明遠譯»
_HAN_NAME = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,4}")
_NAME = re.compile(
    r"[\u3400-\u9fff]{1,8}[·・．][\u3400-\u9fff]{1,8}|[A-Z][\w.'’-]*(?:[ ][A-Z][\w.'’-]*){1,4}"
)
_SPACED_NAME = re.compile(
    r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?P<gap>[ \u3000]{1,4})[\u3400-\u9fff](?:(?P=gap)[\u3400-\u9fff])?(?![\u3400-\u9fff])"
)
_BRACKETED = re.compile(
    r"(?<![^\s\\])[(（][^()（）\n]{4,200}[)）](?![^\s\\])"
)  # an institution with its place
_SURNAMES = frozenset(  # in the order of their frequency; both scripts
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡郭何高林羅罗鄭郑梁謝谢宋唐許许鄧邓韓韩馮冯曹彭曾蕭肖萧田董潘袁蔡蔣蒋余于杜葉叶程魏蘇苏呂吕"
    "丁任盧卢姚沈鍾钟姜崔譚谭陸陆范汪廖石金韋韦賈贾夏付傅方鄒邹熊白孟秦邱丘侯江尹薛閻阎段雷龍龙黎史陶賀贺毛郝顧顾龔龚邵萬万覃武錢钱戴嚴严莫孔向常湯汤康易喬乔"
    "賴赖文樊蘭兰施殷洪溫温倪龐庞章申尤季安俞虞梅盛魯鲁蒲翟耿葛柯尚費费甘裴鮑鲍裘祝霍房路寧宁榮荣岳齊齐華华饒饒饶辛柳管卞巫牟童焦左麥麦應应景莊庄聶聂"
    "凌詹塗涂關关瞿桂牛連连伍柴解單单滕鄔邬茅成吉戚游古艾屈欒栾冉卓冷符藍蓝婁娄包卜歐欧查勞劳隋祁鄺邝繆缪仇雲云浦车車簡简闕阙阮駱骆穆項项"
    "區区顏颜翁席衛卫褚邊边樓楼冼甄佘敖苟桑晉晋閔闵闞阚郗郜厲厉譙谯刁喻姬屠庾廉扈揭曠旷晁桓湛濮烏乌皮祖竺胥茹荀莘蓋盖薄諶谌豐丰貝贝郁郎鈕钮雍鞏巩"
    "紀纪舒苗宗鞠曲樂乐靳儲储封池荊荆惠麻臧宮宫寇晏佟壽寿農农巴璩楚竇窦束原上官邢畢毕岑倫伦容匡尉談谈逯逄"
)
_DOUBLE_SURNAMES = frozenset(
    [
        "歐陽",
        "欧阳",
        "司馬",
        "司马",
        "上官",
        "諸葛",
        "诸葛",
        "司徒",
        "東方",
        "东方",
        "皇甫",
        "令狐",
        "端木",
        "公孫",
        "公孙",
    ]
)


def parts_of(source: str, start: int, end: int, lang: str) -> Iterator[tuple[int, int]]:
    parting = re.compile(
        r"[、，,；;\n]+\s*|\s{2,}"
        if lang
        else r"\s*\\{2}\s*|[\s　]*\$?[ ]?\\q?quad[ ]?\$?[\s　]*|[\s　]*[、，；;][\s　]*|[\s,　]+(?![.\w]*[A-Z])|　+|(?<=[⁰¹²³⁴-⁹])(?=[\u3400-\u9fff])"
    )
    at = start
    whole = [
        m.span()
        for pattern in (_SPACED_NAME, CALLS, _BRACKETED)
        for m in pattern.finditer(source, start, end)
    ]
    for m in parting.finditer(source, start, end):
        if any(a < m.start() < b for a, b in whole):
            continue
        if m.start() > at:
            yield at, m.start()
        at = m.end()
    if at < end:
        yield at, end


def with_calls(source: str, parts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts, a call that a space parted from its name with the name."""
    out: list[tuple[int, int]] = []
    for a, b in parts:
        if out and not CALLS.sub("", source[a:b]).strip("0123456789 "):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def role_of(text: str) -> str:
    # An engine may have read a raised number as a quotation mark.
    bare = re.sub(r"[0-9,\s]+$", "", CALLS.sub("", text)).strip(" 　()（）'’」")
    if not bare:
        return ""
    if _GROUP.search(bare):
        return "author"
    if PLACE.search(bare) or _PLACE_END.search(bare) or _RANK.search(bare):
        return "affiliation"
    bare = _DEED.sub("", bare)
    if _SPACED_NAME.fullmatch(bare):
        bare = re.sub(r"\s", "", bare)
    if _HAN_NAME.fullmatch(bare):
        return "author" if bare[0] in _SURNAMES or bare[:2] in _DOUBLE_SURNAMES else ""
    return "author" if _NAME.fullmatch(bare) else ""
