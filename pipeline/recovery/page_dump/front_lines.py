"""What a single line of a front says of itself: a name, a label, a journal and its issue, letters.

Comes in: a line's text. Goes out: yes or no, or the patterns that ``parts`` reads on with. Refused: sentences.
"""

from __future__ import annotations

import re

from pipeline.recovery.characters.codepoints import high_bytes
from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.wording import papers
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.marks import CLOSERS, PAUSES, STOPS
from pipeline.recovery.wording.surnames import SURNAMES, has_surname

UNFINISHED = "與和及暨的之、：—─与"  # no title ends with one of these
_HAN = "\u3400-\u9fff"
_APART = rf"[{''.join(sorted(SURNAMES))}][ \u3000]{{1,2}}[{_HAN}](?![{_HAN}])"  # a name of two characters, set as wide as one of three
STARS = "*＊∗⁎﹡※†‡"  # call the note on a title or an author
_NAME = rf"(?:{_APART}|[{_HAN}·‧•]{{2,5}}(?:[ \u3000][{_HAN}]{{1,2}})?)(?:\s?(?:[{STARS}0-9{CIRCLED}]{{1,3}}|[\[［][0-9]{{1,2}}[\]］]))?"
_BULLET = r"[●○◆◇■□★☆▲◎◉]\s*"  # what some journals put before an author's name
WORK = r"(?:[訪访][問问談谈]|[採采][訪访]|[紀記记][錄录](?:整理)?|整理|口述|主[講讲]|[講讲]者|翻?[譯译]|校[訂订])(?:者|人)?\s*[：:]\s*"
AUTHOR = re.compile(
    rf"(?:(?:作者|著者|撰文|文|作者簡介)\s*[：:／/]\s*|{WORK}|{_BULLET})?({_NAME}(?:(?:[、，,／/]|\s+|\s*與\s*|\s*与\s*){_NAME}){{0,5}})\s*[著撰編编譯译]?"
)
AUTHOR_LABEL = re.compile(rf"(?:{papers.AUTHOR})\s*[：:／/ ]\s*|{_BULLET}")
_STARRED = r"[A-Z][\w.'’\-]*[*＊∗⁎﹡†]{0,3}"
AUTHOR_LATIN = re.compile(rf"(?:[Bb]y\s+)?{_STARRED}(?:[ ,]+(?:and\s+|&\s*)?{_STARRED}){{1,11}}")
PLACE = re.compile(f"{papers.INSTITUTION}|{papers.RANK}|Professor|Student")
ABSTRACT = re.compile(rf"[【\[［〔（(]?\s*+(?:{papers.ABSTRACT})\s*[】\]］〕）)]?\s*[：:.]?\s*")
KEYWORDS = re.compile(rf"[【\[［〔]?\s*(?:{papers.KEYWORDS})\s*[】\]］〕]?\s*[：:]?\s*")
_HOUSE = re.compile(  # where a journal is made: no title says only that
    r"[^，。：；、—的與与論论從从\s]{2,10}(?:大學|大学|學院|学院|書院|书院|研究院)(?:[^，。：；、—的與与論论從从\s]{2,10}(?:學院|学院|學系|学系|系|研究所|中心))?"
)
LABEL_STARTS = frozenset("【[［（(〔關关主中英內内摘提責责KkAa")  # one of these begins every label
_PAGES = r"[頁页]\s?[0-9]+\s?[-–—－~～]\s?[0-9]+"
# Fewer words than ``papers.RECORD`` has: at a page's edge such a line may be taken away.
_MASTHEAD = re.compile(
    r"(?:DOI|doi|ISSN|https?://|[Vv]ol(?:ume|\.)|[Nn]o\.)[\s:：.]*\S"
    rf"|{papers.ISSUE}(?:[\s，,・·第（(頁页0-9]|$)"
    rf"|[^，。：；]{{2,14}}(?:{papers.PERIODICAL})(?:[（(][^()（）]{{2,12}}[)）])?"
    rf"(?:[\s，,]*(?:[0-9]{{4}}\s?年\s?)?(?=第){papers.ORDINAL}[卷期輯辑號号本冊册].{{0,30}})?$"
    rf"|(?=第){papers.ORDINAL}[屆届][^，。：；《〈]{{2,24}}(?:論文集|论文集|研討會|研讨会)$"
    rf"|《[^》]{{2,16}}》\s*{papers.ORDINAL}[卷期輯辑].{{0,40}}$"
    r"|(?:收稿|投稿|修訂|修订|通過|通过|接受|刊登|審查|审查)(?:日期|時間|时间)?\s*[：:]|民國\s?[0-9]+\s?年\s?[0-9]+\s?月"
    r"|(?:[^，。：；、《〈0-9]{2,16})?[0-9]{4}\s?年\s?第\s?[0-9]{1,2}\s?期(?:\s?[（(][总總]第?\s?[0-9]{1,4}\s?期[)）])?$"
    rf"|[0-9]{{4}}\s?年\s?[0-9]{{1,2}}\s?月[\s，,・·]*(?:{_PAGES})?$|{_PAGES}(?:\s?[（(][^（()）]{{2,16}}[)）])?$"
)
_ISSUE = re.compile(papers.ISSUE)
DEGREE = re.compile("[\u3400-\u9fff]{2,}大[學学][\u3400-\u9fff]{0,20}[碩硕博]士[學学]?位?[論论]文")
# What a journal prints last: who edited it, when it came.
RESPONSIBLE = re.compile(
    r"(?:[（(［\[【〔]\s?(?:本文)?(?:[责責]任?[编編]|[编編][辑輯]|校[对對]|(?:收|投|[来來])稿)|[责責]任\s?(?:[编編][辑輯]|校[对對]))[^：:／/。]{0,4}[：:／/]"
)
_SIGNED = re.compile(rf"[{_HAN}]{{2,4}}(?:、[{_HAN}]{{2,4}}){{0,3}}[ \u3000]+(?=[{_HAN}])")
STOP = re.compile(f"[{STOPS}]")
_TITLE = re.compile(
    "[\u3400-\u9fff「『《〈“‘][\u3400-\u9fff「」『』《》〈〉“”‘’·、，：—\u3000 A-Za-z0-9（）()-]*"
)
_TWO_HAN = re.compile("[\u3400-\u9fff].*[\u3400-\u9fff]")
_ENDS = CLOSERS + PAUSES + ":;,—"
_DATED = re.compile(r"[年月日號号]$|^[（(〔\[]|[0-9]$")
_WIDE = re.compile(r"\s{3,}")  # parts of a line stand so far apart
ENGLISH = re.compile(  # a journal's name in English, beside or below its own, and its issue
    r"[A-Z][A-Za-z&'’.\- ]{5,60}(?:(?:, [A-Z][A-Za-z ]{2,30})?[ ,]+(?:[Vv]ol|[Nn]o|[Ii]ssue)\b[^a-z]{0,4}[0-9].{0,40})?"
)
_LATIN = re.compile("[\x00-\u02af\u2010-\u2027\u0370-\u052f]+")
# By high bytes: no paragraph in Han characters is searched.
_MAY_BE_LATIN = bytes(high <= 0x20 for high in range(0x100))


def is_label_line(text: str) -> bool:
    """Whether a line begins keywords or an abstract, or says who edited the article: a paragraph begins with it."""
    if (first := text[:1]) not in LABEL_STARTS and not first.isspace():
        return False
    if (
        len(text) <= 12
        and ((match := ABSTRACT.fullmatch(text)) or (match := KEYWORDS.fullmatch(text)))
        and match.end() > 1
    ):
        return True
    if (match := ABSTRACT.match(text)) and re.search("[：:】\\]］〕]", match[0]):
        return True
    return RESPONSIBLE.match(text) is not None or (
        is_keywords(text) and re.search("[：:】\\]］〕]", text[:12]) is not None
    )


def is_masthead(text: str) -> bool:
    """Whether a line names the journal, its issue or the article's dates.

    >>> is_masthead("第十二期，頁 145-178"), is_masthead("2016 年 5 月     River Studies"), is_masthead("碼頭與縣城")
    (True, True, False)
    >>> is_masthead("No. 5 (1880), pp. 114-136"), is_masthead("《江南》雜誌第一屆徵文揭曉，共收到來稿")
    (True, False)
    >>> is_masthead("No. 5 (1880), pp. 114-136."), is_masthead("第二屆河道研討會論文集")
    (False, True)
    """
    parts = [" ".join(part.split()) for part in _WIDE.split(text)]
    named = [_says_issue(part) or DEGREE.fullmatch(part) is not None for part in parts]
    return any(named) and all(
        name or ENGLISH.fullmatch(part) for name, part in zip(named, parts, strict=True)
    )


def is_issue(text: str) -> bool:
    """Whether a line begins with the issue of a journal that another line names.

    >>> [is_issue(text) for text in ("第二卷第三期（2019年12月），頁1–28", "二十三卷，二期", "2016年5月", "第二期工程的經費，")]
    [True, True, False, False]
    """
    return _ISSUE.match(text) is not None and is_masthead(text)


def _says_issue(text: str) -> bool:
    if not 0 < len(text) <= 80 or text[-1] in ".,;":  # «no. 5 (1880): 114–136.» is the rest of a note
        return False
    return not STOP.search(text) and _MASTHEAD.match(text) is not None


def names_journal(text: str) -> bool:
    """Whether one of the first lines names the journal: in English, too, where its issue stands behind its name.

    >>> [names_journal(text) for text in ("River Studies, Vol. 7, No. 2", "River Studies", "River, no. 2 (1999): 1-19.")]
    [True, False, False]
    """
    english = text[-1] != "." and ENGLISH.fullmatch(text) is not None and any(map(str.isdigit, text))
    return english or is_masthead(text)


def is_star(text: str) -> bool:
    """Whether a line is only a star: PyMuPDF and pdftotext give what stands apart a line of its own.

    >>> is_star("＊"), is_star("***"), is_star("* 初稿")
    (True, True, False)
    """
    return text[0] in STARS and len(text) <= 3 and not text.strip(STARS)


def names_house(text: str) -> bool:
    """Whether a line is the name of an institution and nothing else.

    >>> [names_house(text) for text in ("南江大學文學院", "南江大學的校史", "南江大學")]
    [True, False, True]
    """
    return _HOUSE.fullmatch(text) is not None


def reads_as_title(text: str) -> bool:
    """Whether a line can be a heading without a number: it ends in no mark and names neither date, journal nor label.

    >>> [reads_as_title(text) for text in ("橋工的來歷", "橋工的來歷，", "四月三日", "摘要：", "第十二期，頁 1-8")]
    [True, False, False, False, False]
    """
    if text[-1] in _ENDS or _DATED.search(text) or not _TITLE.fullmatch(text) or not _TWO_HAN.search(text):
        return False
    return not is_masthead(text) and not is_label_line(text)


def opens_front(text: str) -> bool:
    """Whether a line is what stands right behind a title: a subtitle, an author, a label.

    >>> [opens_front(text) for text in ("——五個場景", "顧汀", "摘要", "江南學報第十二期", "河道在秋天最先安靜下來，")]
    [True, True, True, False, False]
    >>> opens_front("第二章 緒論")
    False
    """
    if re.match("[—─]{2}", text) or is_label_line(text):
        return True
    author = AUTHOR.fullmatch(text) or AUTHOR_LATIN.fullmatch(text)
    return author is not None and not PLACE.search(text) and len(text) <= 40 and heading_mark(text) is None


def names_person(text: str, below: str = "") -> bool:
    """Whether a line says who wrote a text or where he works, and is no sentence.

    A line as short as a name is one, whatever its surname, where the line ``below`` says where its bearer works; a star behind it
    lets a surname tell it that begins words, too.

    >>> [names_person(text) for text in ("南江大學 顧汀①", "顧汀 *", "南江大學的歷史，", "碼頭縣城的歷史", "碼頭與縣城")]
    [True, True, False, False, False]
    >>> names_person("容易"), names_person("容溪＊")
    (False, True)
    >>> names_person("封岸"), names_person("封岸", "（南江大學 歷史系）"), names_person("封岸", "見南江大學，")
    (False, True, False)
    """
    if PLACE.search(text):
        return text[-1] not in _ENDS
    author = AUTHOR.fullmatch(text)
    if author is None or text[-1] in _ENDS:
        return False
    works = PLACE.search(below) is not None and below.rstrip("）)")[-1:] not in _ENDS
    return has_surname(author[1], expected=author[1][-1] in STARS) or works


def signs_article(text: str) -> bool:
    """Whether a line says behind the notes who wrote the article: a name, set apart, and where its bearer works.

    >>> [signs_article(text) for text in ("顧汀　南江大學歷史系教授，著有《橋》等。", "顧汀的南江大學 教授", "見南江大學　教授")]
    [True, False, False]
    """
    signed = _SIGNED.match(text)
    return (
        signed is not None
        and has_surname(text, expected=True)
        and PLACE.search(text, signed.end()) is not None
    )


def is_latin_text(text: str) -> bool:
    """Whether most of a text is in letters.

    >>> is_latin_text("Great Leap Forward"), is_latin_text("大躍進 1958")
    (True, False)
    """
    if high_bytes(text).translate(_MAY_BE_LATIN).count(1) * 10 <= len(text) * 7:
        return False
    letters = "".join(_LATIN.findall(text))
    return len(letters) * 10 > len(text) * 7


def is_keywords(text: str) -> bool:
    """Whether it is a list of keywords behind its label; a sentence may begin with the word, too.

    >>> is_keywords("關鍵詞：河道、橋樑。"), is_keywords("關鍵詞是論文的索引。每個以分號分隔。")
    (True, False)
    """
    match = KEYWORDS.match(text)
    if match is None or match.end() < 3 or len(text) >= 160:
        return False
    return match[0][-1] in "：:】]］〕 \u3000" or "。" not in text[:-1]
