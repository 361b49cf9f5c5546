"""The surnames by which a line of names is known, and a name behind a number; all in both scripts.

Rare ones begin many a common word: they tell a name where only names are expected.
"""

from __future__ import annotations

# The commonest surnames, of about nine in ten people.
COMMON_SURNAMES = frozenset(
    "王李張张劉刘陳陈楊杨黃黄趙赵吳吴周徐孫孙馬马朱胡林郭何高羅罗鄭郑梁謝谢宋唐許许鄧邓馮冯韓韩曹曾彭蕭萧蔡潘田董袁于余葉叶"
    "蔣蒋杜蘇苏魏程呂吕丁沈任姚盧卢傅鍾钟姜崔譚谭廖范汪陸陆金石戴賈贾韋韦夏邱方侯鄒邹熊孟秦白江閻阎薛尹段雷黎史龍龙陶賀贺顧顾"
    "毛郝龔龚邵萬万錢钱嚴严賴赖洪武莫孔湯汤常溫温康施文牛樊葛邢安齊齐易喬乔伍龐庞顏颜倪莊庄聶聂章魯鲁岳翟殷詹申歐欧耿關关蘭兰焦"
    "俞左柳甘祝包寧宁尚符舒阮柯紀纪梅童凌畢毕單单季裴霍成苗谷盛曲翁冉駱骆藍蓝路游辛靳管柴蒙鮑鲍華华喻祁蒲房滕屈饒饶解牟艾尤陽阳"
)
# With the rare ones.
SURNAMES = COMMON_SURNAMES | frozenset(
    "肖付丘覃向虞費费裘榮荣卞巫麥麦應应景塗涂瞿桂連连鄔邬茅吉戚古欒栾卓冷婁娄卜查勞劳隋鄺邝繆缪仇雲云浦车車簡简闕阙穆項项區区"
    "席衛卫褚邊边樓楼冼甄佘敖苟桑晉晋閔闵闞阚郗郜厲厉譙谯刁姬屠庾廉扈揭曠旷晁桓湛濮烏乌皮祖竺胥茹荀莘蓋盖薄諶谌豐丰貝贝郁郎鈕"
    "钮雍鞏巩宗鞠樂乐儲储封池荊荆惠麻臧宮宫寇晏佟壽寿農农巴璩楚竇窦束原上官岑倫伦容匡尉談谈逯逄"
)
_DOUBLE = "歐陽 欧阳 司馬 司马 上官 諸葛 诸葛 司徒 東方 东方 皇甫 令狐 端木 公孫 公孙"
DOUBLE_SURNAMES = frozenset(_DOUBLE.split())
