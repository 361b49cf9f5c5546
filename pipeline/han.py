"""Han characters: which code points they are, and how much a text reads like Chinese.

Below all rooms, because reading (which encoding?) and recovery (which damage?) ask the same questions.
"""

from __future__ import annotations

# For character classes of regular expressions. Compatibility ideographs count as Han: they are read as such.
HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
CLOSING = "。，、；：？！」』”’）〕】》〉…—"
OPENING = "「『“‘（〔【《〈"
FORMAL = "壹貳贰參叁叄参肆伍陸陆柒捌玖拾"  # the numerals of documents, as headings count with them (參、資料); 参 in a converted text

# The characters that make up about two thirds of any modern Chinese text, in both scripts.
COMMON = frozenset(
    "的一是不了在人有我他這个個們们中来來上大為为和國国地到以說说時时要就出會会可也你對对生能而子那得于於着著下自之年過过發发後后"
    "作里裡用道行所然家種种事成方多經经麼么去法學学如都同現现當当沒没動动面起看定天分還还進进好小部其些主樣样理心她本前開开但因只"
    "從从想實实日軍军者意無无力它與与長长把機机十民第公此已工使情明性知全三又關关點点正業业外將将兩两高間间由問问很最重並并物手"
    "應应戰战向頭头文體体政美相見见被利什二等產产或新己制身果加西斯月話话合回特代內内信表化老給给世位次度門门任常先海通教兒儿"
    "原東东聲声提立及比員员解水名真論论處处走義义各入幾几口認认條条平系氣气題题活爾尔更別别打女變变四神總总何電电數数安少報报"
    "才結结反受目太量再感建務务做接必場场件計计管期市直德資资命山金指克許许統统區区保至隊队形社便空決决治展馬马科司五基眼書书"
    "非則则聽听白卻却界達达光放強强即像難难且權权思王象完設设式色路記记南品住告類类求據据程北邊边死張张該该交規规萬万取拉格望"
    "覺觉術术領领共確确傳传師师觀观清今切院讓让識识候帶带導导爭争運运笔筆族士轉转往六角極极研究調调九八七零聯联英法俄蘇苏華华"
    "史料歷历早晚初末中期間會議议黨党革命經濟济文件檔案档選选舉举農农村城縣县省省州京港台臺灣湾館馆編编版頁页卷冊册"
    "，。、；：「」『』（）《》〈〉“”？！\u3000"
)


def score(text: str, limit: int = 200_000) -> float:
    """How much a text reads like Chinese: the share of everyday characters among all beyond ASCII."""
    beyond = [c for c in text[:limit] if c > "\x7f"]
    return sum(c in COMMON for c in beyond) / len(beyond) if beyond else 0.0
