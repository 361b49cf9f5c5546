"""Chinese prose from a stock of our own: deterministic by seed, varied, and clean.

Comes in: a ``random.Random``. Goes out: sentences, headings, quotations, notes. They tell of the public works
of cities that never were. 著 is never written for 着, so that a text may be set in a font that lacks 着.
"""

from __future__ import annotations

import random
import re

PLACES = [
    "海門",
    "臨江",
    "柳州",
    "石橋",
    "東渡",
    "白沙",
    "平湖",
    "鹿港",
    "青浦",
    "雲溪",
    "北塘",
    "南屏",
    "西涼",
    "楓林",
    "長堤",
    "大通",
    "烏石",
    "金灘",
    "沙井",
    "古渡",
]
PEOPLE = [
    "陳望之",
    "林采薇",
    "何子墨",
    "周敬亭",
    "沈若水",
    "趙伯庸",
    "錢有容",
    "孫景行",
    "李慕白",
    "王思齊",
    "吳鶴年",
    "鄭南山",
    "馮遠志",
    "褚文清",
    "衛長風",
    "蔣一葦",
]
WESTERN = [
    "Harold Finch",
    "J. M. Whitlock",
    "Clara Voss",
    "N. G. Sudakov",
    "Robert Ellery",
    "A. P. Lindqvist",
    "Martha Keene",
]
BODIES = [
    "工務局",
    "水利會",
    "市議會",
    "測量隊",
    "商會",
    "鐵路公司",
    "圖書館",
    "築港處",
    "省政府",
    "公所",
    "同鄉會",
    "救火會",
    "農會",
    "學堂",
    "報館",
]
THINGS = [
    "水閘",
    "渡口",
    "堤岸",
    "電報線",
    "自來水管",
    "公共浴室",
    "鐵橋",
    "碼頭",
    "糧倉",
    "蒸汽機",
    "地籍圖",
    "閱報室",
    "戲園",
    "菜市",
    "燈塔",
    "防波堤",
    "下水道",
    "檔案庫",
    "印刷所",
    "氣象站",
    "公墓",
    "苗圃",
    "驛站",
    "造船廠",
    "鹽田",
    "義倉",
    "消防車",
    "路燈",
    "電車",
    "學校",
]
IDEAS = [
    "公共生活",
    "地方自治",
    "城市記憶",
    "行政效率",
    "民間信用",
    "技術轉移",
    "勞動紀律",
    "衛生觀念",
    "土地制度",
    "財政負擔",
    "社會信任",
    "知識傳播",
]
VERBS = [
    "修築",
    "改建",
    "測繪",
    "接管",
    "出售",
    "籌辦",
    "拆除",
    "擴充",
    "抵押",
    "租用",
    "重修",
    "登記",
    "視察",
    "承包",
    "廢棄",
    "遷移",
]
TIMES = [
    "同年秋天",
    "次年三月",
    "兩年以後",
    "開春以後",
    "到了年底",
    "洪水退去之後",
    "合約期滿時",
    "消息傳來以後",
    "工程過半時",
    "入冬之前",
]
JUDGED = [
    "並非偶然",
    "值得注意",
    "頗有爭議",
    "出人意料",
    "難以估量",
    "不言而喻",
    "尚無定論",
    "影響深遠",
    "有跡可循",
    "未必如此",
]
CAUSES = [
    "經費不足",
    "材料短缺",
    "人手有限",
    "意見分歧",
    "風俗不同",
    "圖紙遺失",
    "匯率下跌",
    "航道淤塞",
    "疫病流行",
    "連年歉收",
]
ENDS = [
    "只好暫時停工",
    "終於達成協議",
    "引起了不小的風波",
    "反而加快了進度",
    "成為後來的慣例",
    "留下了大量文書",
    "不了了之",
    "得到各方的讚許",
]
SENTENCES = (
    "{time}，{place}的{body}決定{verb}{thing}",
    "{body}與{body2}就{thing}的歸屬問題爭論了{count}個月",
    "由於{cause}，{thing}的工程{end}",
    "{person}認為，{thing}不僅是一項工程，也是{idea}的一面鏡子",
    "{year}，{place}已有{thing}{count}處，居{rank}",
    "隨着{idea}的變化，{place}的{thing}也有了新的用途",
    "這一點{judged}：{idea}往往先於{thing}而改變",
    "從{place}到{place2}，沿着河岸分布着大大小小的{thing}",
    "{person}在《{place}{thing}志》中說：「{thing}之設，利在百年。」",
    "當時的人把{thing}看作「{idea}」的象徵，而{body}卻只看見賬目",
    "{western}曾於{year}到過{place}，他的日記裏提到了{thing}",
    "{body}的報告（共{count}頁）詳細記載了{verb}{thing}的經過",
    "這意味着{body}必須在{idea}與{idea2}之間作出取捨",
    "至於{thing}究竟由誰{verb}，{place}的檔案裏有着三種不同的說法",
    "{year}以後，{body}每年撥款{sum}元{verb}{thing}",
    "如果沒有{person}的堅持，{thing}恐怕早已不存在",
    "{place}人心裏明白，{thing}一旦{verb}，{idea}便無從談起",
    "有人主張{verb}，有人主張{verb2}，{body}{end}",
    "我們在這裏看到的，是{idea}與{idea2}的一次正面相遇",
    "{person}後來回憶，那裏的{thing}存在着嚴重的毛病",
    "據{body}統計，{year}經過{place}的船隻多達{sum}艘",
    "對{place}而言，{thing}標誌着一個時代的結束",
    "為了保衞{thing}，{body}在{place}架起了瞭望台",
    "{person}的敍述與{body}的記錄大致相符，只是日期相差{count}天",
    "{time}，{body}的門口貼出告示，說{thing}暫停使用",
    "{place}的孩子們只知道{thing}好玩，不知道它是{person}借債造的",
    "這種看法（以{person}為代表）把{idea}放在{thing}之前",
    "第一，{cause}；第二，{body}不願{verb}；第三，{idea}尚未成熟",
    "直到{year}，{body}才派人到{place}去查看{thing}",
    "與{place}相比，{place2}的{thing}規模更小，卻更受歡迎",
    "{body}給{body2}的覆信只有一句話：「{thing}之事，容後再議。」",
    "於是{thing}就這樣留了下來，直到{year}",
    "{idea}與{idea2}孰輕孰重，{person}始終沒有說明",
    "在{body}看來，{verb}{thing}比{verb2}{thing2}划算得多",
    "賬目上的{sum}元究竟去了哪裏，沒有人說得清楚",
    "{person}把這些材料編成《{place}紀事》，分為{count}卷",
    "{place}一帶地勢低窪，{thing}年年被淹，{body}年年修補",
    "不過，{cause}並不是唯一的理由",
    "{western}把它稱為“the {title} of {name}”，這個名稱沿用至今",
    "我以為，{idea}的變化不能只用{cause}來解釋",
)
HEADINGS = (
    "{place}的{thing}", "{thing}與{idea}", "{idea}的由來", "{body}的設立", "{thing}的{verb}", "從{thing}到{thing2}",
    "{place}與{place2}", "{person}的設想", "{idea}的轉變", "經費與人事", "爭議的餘波", "前言", "結論", "研究的回顧", "材料與方法",
)  # fmt: skip
NOTES = (
    "{person}，《{place}{thing}志》（{city}：{press}，{y}），頁{p}。",
    "{person}，〈{place}{thing}考〉，《{place}學報》，第{n}期（{y}），頁{p}-{q}。",
    "參見{person}編，《{idea}與{thing}》（{city}：{press}，{y}），{p}-{q}。",
    "{western}, The {title} of {name} ({town}: {firm}, {y}), {p}-{q}.",
    "{western}, “{title} and {title2} in {name},” Journal of {name} Studies {n} ({y}), {p}.",
    "《{place}日報》，{y}年{m}月{d}日，第{n}版。",
    "{body}檔案，{y}年卷，第{n}宗，{place}市檔案館藏。",
    "關於{thing}的數目，各家說法不一。{person}以為有{p}處，{person2}則以為不過{q}處，今從前說。",
    "這一說法最早見於{person}的文章，後來為{body}的報告所採用。",
)
LATIN = [
    "Waterworks",
    "Harbour",
    "Memory",
    "Ledger",
    "Lantern",
    "Embankment",
    "Granary",
    "Railway",
    "Archive",
    "Survey",
]
TOWNS, FIRMS = (
    ["London", "Leiden", "Boston", "Oslo"],
    ["Arden Press", "Quay Books", "Northgate", "Lamp House"],
)
CITIES, PRESSES = ["臨江", "北塘", "海門", "金灘"], ["長河出版社", "遠山書局", "三閘書店", "石橋書社"]
_APART = re.compile("(?<=[\u4e00-\u9fff])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[\u4e00-\u9fff])")
NAMES = ["Haimen", "Linjiang", "Dongdu", "Beitang"]


class Prose:
    """A writer with a seed. ``spaced``: numbers and Latin words stand apart from Han characters."""

    def __init__(self, rng: random.Random, spaced: bool = False, latin: bool = True) -> None:
        self.rng = rng
        self.spaced = spaced
        self.templates = SENTENCES if latin else [s for s in SENTENCES if "{western}" not in s]

    def _filled(self, template: str) -> str:
        pick = self.rng.choice
        place, place2 = self.rng.sample(PLACES, 2)
        body, body2 = self.rng.sample(BODIES, 2)
        thing, thing2 = self.rng.sample(THINGS, 2)
        idea, idea2 = self.rng.sample(IDEAS, 2)
        verb, verb2 = self.rng.sample(VERBS, 2)
        person, person2 = self.rng.sample(PEOPLE, 2)
        title, title2 = self.rng.sample(LATIN, 2)
        p = self.rng.randint(3, 380)
        return template.format(
            place=place, place2=place2, body=body, body2=body2, thing=thing, thing2=thing2, idea=idea, idea2=idea2,
            verb=verb, verb2=verb2, person=person, person2=person2, title=title, title2=title2,
            western=pick(WESTERN), time=pick(TIMES), cause=pick(CAUSES), end=pick(ENDS), judged=pick(JUDGED),
            count=pick("三四五六七八九十"), rank=pick(["全省之首", "各縣之末", "第二", "前列"]),
            year=pick([f"{self.rng.randint(1905, 1978)}年", f"民國{pick('二三四五六七八九')}年", "光緒末年"]),
            sum=self.rng.randint(12, 980), y=self.rng.randint(1931, 2009), m=self.rng.randint(1, 12),
            d=self.rng.randint(1, 28), n=self.rng.randint(2, 48), p=p, q=p + self.rng.randint(1, 30),
            city=pick(CITIES), press=pick(PRESSES), town=pick(TOWNS), firm=pick(FIRMS), name=pick(NAMES),
        )  # fmt: skip

    def sentence(self) -> str:
        """A sentence with its full stop."""
        text = self._filled(self.rng.choice(self.templates))
        if self.spaced:
            text = _APART.sub(" ", text)
        if text.endswith("」"):
            return text
        return text + self.rng.choice("。。。。。。。。？；。！") if self.rng.random() < 0.08 else text + "。"

    def sentences(self, least: int, most: int) -> list[str]:
        """Sentences for a paragraph; it ends with a full stop."""
        out = [self.sentence() for _ in range(self.rng.randint(least, most))]
        if out[-1][-1] in "；":
            out[-1] = out[-1][:-1] + "。"
        return out

    def heading(self) -> str:
        """The words of a heading."""
        return self._filled(self.rng.choice(HEADINGS))

    def note(self) -> str:
        """The text of a note: a reference or a remark, in Chinese or English."""
        text = self._filled(self.rng.choice(NOTES))
        while self.rng.random() < 0.25:
            text += self._filled(self.rng.choice(NOTES[-2:]))
        return text

    def title(self) -> str:
        """A title for the whole."""
        return self._filled("{place}{thing}與{idea}")
