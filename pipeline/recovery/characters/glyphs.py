"""Private-encoded glyphs: single letters that stand for Han characters outside a font's encoding.

A journal's font draws a few characters in places of Latin letters and symbols, so an extracted text says
``隨u蘇聯`` for 隨着蘇聯, and note numbers from 10 on come out as letter pairs. Whether a document has them is
decided over the whole document; which letter may stand for a character is decided by its neighbours, so
that ``k線``, ``U型`` and ``N. G. Sudarikov`` stay.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from pipeline.han import CLOSING, HAN, OPENING
from pipeline.recovery.notes.numbers import PAIR, number_of

# What a letter stands before when it is a letter of its own: U型, k線, B股, T恤, X光, Q版, N次, C調, p值.
TERMS = "型形線线股恤光版次調调值級级類类組组座幣币餐班點点盤盘字碼码軸轴層层段區区團团軍军隊队檢检染波射罩車车國国君先小女某公市縣县項项式品片款"
_BEFORE_ZHE = (
    "隨随有在味誌志領领約约長长視视藏會会看聽听想說说講讲寫写坐站躺走跑跟沿順顺朝向對对接着抱帶带拿握捧舉举提拉推笑哭叫喊唱活"
    "守等望盯瞪瞧指靠憑凭趁照按循繞绕圍围包懷怀含存留住開开關关放擺摆掛挂穿戴披圍夾夹擁拥擠挤壓压逼迫催引吸示徵征顯显露透閃闪發发"
    "燃燒烧流漂飄飘飛飞滾滚動动轉转變变演進进行持續续延伸展擴扩聯联繫系連连牽牵涉及影響响支撐撑維维護护保衛卫堅坚執执信仰盼"
    "望期待夢梦想念思考慮虑計计劃划謀谋圖图忙顧顾忍受忍承擔担負负背扛面臨临處处於于過过睡醒沉默靜静懸悬垂低抬昂挺彎弯蹲跪伏趴"
    "倚搖摇揮挥舞敲打擊击拍摸撫抚摟搂牽攙搀扶陪伴領导導率統统治管監监盤盘旋"
    "彈弹改貼贴載载記记隔差冒哼唸念印刻繡绣鋪铺擱搁架映照伸插"
    "究析喝候閒闲談谈吃燒煮養养騎骑搬挑扛遞递攀爬游逛晃聊吵鬧闹吹奏演練练讀读描教勸劝爭争拖討讨吆嚷罵骂聞闻嚼熬"
)
_IN_LI = (
    "這这那哪眼心子家夜手嘴口水屋城村鄉乡山海店房懷怀屜屉袋囊箱盒井河湖溪田園园林洞窟廟庙寺宮宫殿府衙獄狱牢營营寨廳厅堂廚厨室樓楼館馆"
    "倉仓庫库車车船艙舱轎轿巷街鎮镇縣县省邦區区校班隊队黨党會会院所局廠厂社報报書书信詩诗文詞词句話话語语章卷冊册頁页圖图畫画夢梦"
    "憶忆腦脑頭头肚腹胸骨血身體体鏡镜眶喉暗背內内日月年期程雨雪霧雾霄風风懷界宇泥土沙灰塵尘網网籠笼窩窝圈層层群堆代"
    "史稿圍围門门片篇集檔档課课鍋锅杯碗缸桶瓶屏櫃柜牆墙"
)
_HERE = f"[{HAN}]"
_END = f"(?=[{HAN}{CLOSING}{OPENING}\\d\\s]|$)"

# Before these no noun ends: «在G國» is a letter, «檔案G» is a place.
_NO_NOUN = "圖图表例題题式節节甲乙丙丁號号代類类型母組组級级在於于的是為为和與与或及從从由向對对以把將将被第每各某如像稱称叫即和之到約约達达共用按據据"
_NOT_U = "(?![型形盤盘值管檢检分布波線线])"
_NOT_G = "(?![型形點点弦大小調调蛋白網网級级國国值君先女類类組组區区座車车])"

# letter → (character, where it stands for it for certain)
TABLE: dict[str, tuple[str, re.Pattern[str]]] = {
    "u": (
        "着",
        re.compile(
            f"(?:(?<={_HERE})|(?<={_HERE}k))u(?:(?=重)|{_NOT_U}(?=[{HAN}{OPENING}\\d\\s]))"
            f"|(?<=[{_BEFORE_ZHE}])u(?=[{CLOSING}]|$)|(?:(?<=[，。；：、「])|^)u(?=重[^量]|眼|力(?![學学矩臂值])|手[^A-Za-z])"
        ),
    ),
    "G": (
        "裏",
        re.compile(
            f"(?<=[{_IN_LI}》])G{_NOT_G}{_END}|(?<={_HERE})(?<![{_NO_NOUN}])(?<!附[錄录])G{_NOT_G}(?=[{HAN}，。、])"
        ),
    ),
    "»": (
        "敍",
        re.compile("»(?=[利述事說说論论文別别舊旧寫写永功用])|(?<=[記记平倒插追自補补銓铨直詳详略暢畅])»"),
    ),
    "k": (
        "衞",
        re.compile(
            "(?<=[保自捍守防警侍護护前後后禁近])k(?![線线])|k(?=[生星士戍視视冕道兵隊队國国青]|靈公|灵公)"
        ),
    ),
}
_LETTERS_OR_DIGITS = rf"(?:{PAIR}|[0-9]{{1,3}})"
_REFERENCE = re.compile(
    rf"(?<=[註注])\s?{_LETTERS_OR_DIGITS}(?:\s?[、，,及和與与至–—-]\s?{_LETTERS_OR_DIGITS})*(?![A-Za-z0-9])"
)
_ANY = re.compile(f"[{''.join(TABLE)}]")
# A note's number behind a sentence or a quotation, where no word in letters begins.
_PAIR_CALLS = re.compile(f"{PAIR}(?<=[。！？」』”’）》]..)(?![A-Za-z0-9])")
# Verbs that take 着 and hardly an object of one letter: they prove the profile.
_PROOF = "隨随味誌志領领約约視视藏繞绕懷怀沿臨临負负憑凭抱帶带笑哭走跑跟坐站躺響响徵征示示閃闪漂飄飘燃持"
_PROOF_U = re.compile(f"u(?:(?<=[{_PROOF}]u)(?=\\s*[{HAN}])|(?<={_HERE}u)(?=重[指申強强視视點点]))")
# The letter stands first and what is before it in a look behind: so the text is searched much faster.
_VARIABLE_U = re.compile(
    "u(?:\\s?[=＝<>≤≥≠∈+/^_(（]|(?:(?<=[=＝(（+/]u)|(?<=[=＝(（+/]\\su)|(?<=[令設设若取當当0-9]u))(?![A-Za-z])"
    "|(?<=[與与和及或、（]u)(?![重手眼力陸陆落色A-Za-z])|軸|轴|向量|分量|坐標|坐标|座標|函數|函数)"
)
_VARIABLE_CAPITAL = re.compile("U(?<=[令設设若取當当]U)(?![A-Za-z])")
_REAL_ZHE = re.compile(r"[隨随有意味在沿看懷怀帶带向][着著](?!\s*[作名述者書书錄录稱称])")
_LETTERS = "A-Za-z¡-¦¨-¯²-¶¸-ÖØ-öø-ÿ"  # those of Latin-1, and its signs but ·×÷°±§
_STRAY = re.compile(f"[{_LETTERS}](?<=[{HAN}].)(?=[{HAN}])")
_DOUBTFUL = re.compile(f"[Gk»](?<=[{HAN}].)(?<!素.)(?=[{HAN}、，。（）])")
_INSIDE = re.compile(f"G(?<=[這那哪夜心家手嘴村山]G)(?=[{HAN}，。])(?![{TERMS}])")
_REAL_LI = re.compile("[這那哪夜心家手嘴村山][裏裡]")
_LI = re.compile(f"G(?<=[{_IN_LI}]G){_NOT_G}{_END}")

SURE = 2  # verbs that prove the profile
FEW = 4  # letters, behind one word less, of which one proves it

# Hong Kong's and the font's further characters outside Big5, with words that show them.
FURTHER = {
    "説": "說明 小說 學說 說法 說話 說服 據說 傳說 解說 演說 說過 來說 所說 說的",
    "温": "溫度 氣溫 溫和 溫暖 體溫 高溫 溫州 溫家",
    "税": "稅收 關稅 賦稅 納稅 徵稅 稅制 稅務 稅率 免稅 租稅",
    "脱": "脫離 擺脫 脫節 逃脫 解脫 脫胎 推脫 脫險",
    "悦": "喜悅 愉悅 不悅",
    "閲": "閱讀 查閱 檢閱 參閱 閱覽 批閱 傳閱",
    "鋭": "尖銳 敏銳 銳利 新銳 精銳 銳減",
    "兑": "兌換 兌現 匯兌",
    "户": "客戶 戶口 農戶 門戶 用戶 住戶 帳戶 戶籍",
    "綫": "路線 戰線 陣線 防線 前線 航線 界線 線索 直線",
    "葱": "蔥嶺 洋蔥",
    "啓": "啟發 啟示 開啟 啟動 啟程 啟蒙",
    "峯": "高峰 山峰 頂峰 峰會",
    "麪": "麵包 麵粉",
    "碁": "宏碁",
    "銹": "生鏽 鐵鏽",
    "墻": "圍牆 城牆 牆壁",
    "恒": "永恆 恆星 恆常",
    "粧": "化妝 梳妝",
}
_USUAL = str.maketrans("說溫稅脫悅閱銳兌戶線蔥啟峰麵鏽牆恆妝", "説温税脱悦閲鋭兑户綫葱啓峯麪銹墻恒粧")
_CONTEXT: dict[tuple[str, bool], str] = {
    (word.translate(_USUAL).replace(char, ""), word.translate(_USUAL).startswith(char)): char
    for char, words in FURTHER.items()
    for word in words.split()
}


def private_signs(text: str) -> tuple[bool, bool]:
    """Does the document have private-encoded glyphs? And if not, is there a sign of them that a person should see?

    For certain: three different verbs before ``u``, or two and other letters of the table, or nouns before ``G``; five verbs
    where 着 or 著 stands in that role too; one verb or noun, where a note is called by two letters; two verbs, or one and others that
    it may follow, where no other letter stands between Han characters; and no ``u`` as a variable.
    """
    verbs = {text[m.start() - 1] for m in _PROOF_U.finditer(text)}
    inside = {text[m.start() - 1] for m in _INSIDE.finditer(text)}
    if not verbs and not inside:
        return False, False
    if _VARIABLE_U.search(text) or _VARIABLE_CAPITAL.search(text):
        return False, False
    is_sure = _is_sure(text, len(verbs), len(inside))
    return is_sure, not is_sure and (len(verbs) >= 1 or len(inside) >= 2)


def _is_sure(text: str, verbs: int, inside: int) -> bool:
    lacking = (verbs and not _REAL_ZHE.search(text)) or (inside and not _REAL_LI.search(text))
    if lacking and calls_by_pairs(text):
        return True
    if verbs and _fill_all_places(text, verbs):
        return True
    if verbs < 2:
        return inside >= 4 and _REAL_LI.search(text) is None
    if _REAL_ZHE.search(text):  # another font of the document may have it: then the proof must be plain
        return verbs >= 5
    others = len({text[m.start() - 1] for m in _LI.finditer(text)})
    others += len(
        {m[0] for m in _ANY.finditer(text) if m[0] in "»k" and TABLE[m[0]][1].match(text, m.start())}
    )
    return verbs >= 3 or others >= 1


def calls_by_pairs(text: str) -> bool:
    """Whether a sentence or quotation ends with two letters as note numbers come out."""
    return _PAIR_CALLS.search(text) is not None


def _fill_all_places(text: str, verbs: int) -> bool:
    """Whether the letters of the table are all that stand alone between Han characters, where theirs would, and 着 stands nowhere."""
    if _REAL_ZHE.search(text):
        return False
    stray = list(_STRAY.finditer(text))
    if not all(m[0] in TABLE and TABLE[m[0]][1].match(text, m.start()) for m in stray):
        return False
    before = {text[m.start() - 1] for m in stray}
    return verbs >= SURE or (len(stray) >= FEW and len(before) >= FEW - 1)


def find_private(text: str) -> Iterator[tuple[int, int, str]]:
    """The letters of the table in places where they stand for their characters."""
    for m in _ANY.finditer(text):  # only the letters are asked: much faster than a search
        char, place = TABLE[m[0]]
        if place.match(text, m.start()) and not (m[0] == "»" and "«" in text):
            yield m.start(), m.end(), char


def find_references(text: str) -> Iterator[tuple[int, int, str]]:
    """Letter pairs that name a note: «同註bk», «註9、bl»."""
    for reference in _REFERENCE.finditer(text):
        for m in re.finditer(PAIR, reference[0]):
            start = reference.start() + m.start()
            yield start, start + 2, str(number_of(m[0]))


def find_hinted(text: str) -> Iterator[tuple[int, int, str]]:
    """Letters that would stand for their characters, in a document that shows too few of them."""
    for sign, letter in ((_PROOF_U, "u"), (_INSIDE, "G")):
        yield from ((m.start(), m.end(), TABLE[letter][0]) for m in sign.finditer(text))


def find_doubtful(text: str) -> Iterator[tuple[int, int, str]]:
    """Letters of the table behind Han characters, where the neighbours do not settle it."""
    for m in _DOUBTFUL.finditer(text):
        known = TABLE.get(m.group())
        follower = text[m.end()] if m.end() < len(text) else ""
        if known is not None and follower not in TERMS and not known[1].match(text, m.start()):
            yield m.start(), m.end(), known[0]


def find_unknown(text: str, unknown: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Recurring stray letters that no table knows, with the character their neighbours ask for."""
    for m in _STRAY.finditer(text):
        if m.group() in unknown and text[m.end()] not in TERMS:
            yield m.start(), m.end(), unknown[m.group()]


def find_own(text: str, own: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """The user's own table: its letters beside Han characters or Chinese marks, never inside a Latin word."""
    for letter, char in own.items():
        if letter and letter in text:
            side = f"[{HAN}{CLOSING}{OPENING}]"
            place = (
                f"(?<={side}){re.escape(letter)}(?![A-Za-z0-9])|(?<![A-Za-z0-9]){re.escape(letter)}(?={side})"
            )
            yield from ((m.start(), m.end(), char) for m in re.finditer(place, text))


def unknown_glyphs(text: str, own: Mapping[str, str]) -> dict[str, str]:
    """Letters that recur between Han characters and stand in no table → what could stand there, or ``""``."""
    found: Counter[str] = Counter()
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for m in _STRAY.finditer(text):
        letter, before, after = m.group(), text[m.start() - 1], text[m.end()]
        if letter in TABLE or letter in own or after in TERMS:
            continue
        found[letter] += 1
        for context in ((before, False), (after, True)):
            if char := _CONTEXT.get(context):
                votes[letter][char] += 1
    return {letter: _elected(votes[letter]) for letter, times in found.items() if times >= 2}


def _elected(votes: Counter[str]) -> str:
    ranked = votes.most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] > ranked[1][1]):
        return ranked[0][0]
    return ""
