"""The surnames by which a name is known."""

from __future__ import annotations

# The commonest surnames, of more than nine in ten people, in both scripts: first the commonest, then those that begin few words.
SURNAMES = frozenset(
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡林郭何高羅罗鄭郑梁謝谢宋唐許许鄧邓馮冯韓韩曹曾彭蕭萧蔡潘田董袁于余葉叶"
    "蔣蒋杜蘇苏魏程呂吕丁沈任姚盧卢傅鍾钟姜崔譚谭廖范汪陸陆金石戴賈贾韋韦夏邱方侯鄒邹熊孟秦白江閻阎薛尹段雷黎史龍龙陶賀贺顧顾"
    "毛郝龔龚邵萬万錢钱嚴严賴赖洪武莫孔湯汤常溫温康施文牛樊葛邢安齊齐易喬乔伍龐庞顏颜倪莊庄聶聂章魯鲁岳翟殷詹申歐欧耿關关蘭兰焦"
    "俞左柳甘祝包寧宁尚符舒阮柯紀纪梅童凌畢毕單单季裴霍成苗谷盛曲翁冉駱骆藍蓝路游辛靳管柴蒙鮑鲍華华喻祁蒲房滕屈饒饶解牟艾尤陽阳"
    "肖覃虞裘卞巫麥麦瞿鄔邬茅戚古欒栾卓婁娄卜隋鄺邝繆缪仇浦闕阙穆項项褚冼甄佘敖苟桑閔闵闞阚郗郜譙谯刁姬屠庾廉扈晁桓湛濮竺胥茹荀莘諶谌郁郎鈕钮雍鞠荊荆臧寇晏佟璩楚竇窦岑逯逄"
)
# These begin as many words as names: they tell a name only where one is expected.
WORDS_TOO = frozenset(
    "付丘向費费榮荣應应景塗涂桂連连吉冷查勞劳雲云车車簡简區区席衛卫邊边樓楼晉晋厲厉揭曠旷烏乌皮祖蓋盖薄豐丰貝贝鞏巩宗樂乐儲储封池惠麻宮宫壽寿農农巴束原上官倫伦容匡尉談谈"
)
_DOUBLE = "歐陽 欧阳 司馬 司马 上官 諸葛 诸葛 司徒 東方 东方 皇甫 令狐 端木 公孫 公孙"
DOUBLE_SURNAMES = frozenset(_DOUBLE.split())


def has_surname(name: str, expected: bool = False) -> bool:
    """Whether a word can be a name by its first character, or its first two; ``expected``: names stand here.

    >>> [has_surname(name) for name in ("顧汀", "東方既白", "容易")], has_surname("容易", expected=True)
    ([True, True, False], True)
    """
    return name[0] in SURNAMES or name[:2] in DOUBLE_SURNAMES or (expected and name[0] in WORDS_TOO)
