"""What a paper says of itself, in both scripts: the words of its labels and records, and of the places where authors work.

Each is the alternatives of a pattern. What may stand around them, brackets, a colon, emphasis, is a matter of the source's form.
"""

from __future__ import annotations

ABSTRACT = r"(?:中文|英文)?\s*+(?:內容|内容)?\s*+(?:摘\s*要|提\s*要|[Aa]bstract|ABSTRACT)"
KEYWORDS = r"(?:關\s*鍵\s*[字詞]|关\s*键\s*[字词])(?:語|语)?|主題詞|主题词|[Kk]ey\s?-?[Ww]ords?|KEY\s?WORDS?"
AUTHOR = "作者|著者|撰文|撰稿|文|[Bb]y|[Aa]uthors?"

INSTITUTION = (
    "大學|大学|學院|学院|研究所|研究院|研究室|研究中心|學系|学系|系所|"
    "University|Institute|Department|College|Academy|School of|Cent(?:er|re) for"
)
RANK = "教授|講師|讲师|研究員|研究员|博士生|碩士|硕士"

# Numbers under which libraries and indexes find it.
CODE = r"(?:中\s?[图圖]\s?)?分\s?[类類]\s?[号號]|文\s?[献獻]\s?[标標]\s?[識识誌志]\s?[码碼]|文\s?章\s?[编編]\s?[号號]|DOI|doi"
# When it came and was taken, who paid for it, who wrote it, how to cite it.
RECORD = (
    "(?:收稿|投稿|[来來]稿|修[回改订訂]|定稿|接受|[录錄]用|刊登|[网網][络絡](?:首[发發]|出版)|上[网網])(?:日期|[时時][间間])|收稿[日期]"
    "|(?:基金|[课課][题題]|[资資]助)[项項]目|[项項]目基金|基金[资資]助|(?:第一)?作者[简簡]介|第一作者|通[讯訊信]作者"
    "|引用(?:本文|格式)|Reference format"
)
EDITOR = "[責责]任[編编][輯辑]"

PERIODICAL = "學報|学报|集刊|季刊|年刊|月刊|叢刊|丛刊|雜誌|杂志|學刊|学刊"  # what its name ends with
ORDINAL = r"第?\s?[0-9〇零一二三四五六七八九十百]+\s?"  # of a volume or an issue
ISSUE = rf"{ORDINAL}[卷期輯辑號号]"
