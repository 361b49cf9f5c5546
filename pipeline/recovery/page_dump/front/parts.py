"""Which paragraphs are title, authors, affiliation, abstract and keywords?

Comes in: the paragraphs of a text, short and long, as ``Para`` values. Goes out: a role for those that are
front matter, in the text's own language and in English. Refused: a title without anything that speaks for
it, a front in the middle of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.recovery.page_dump.front.cover import CoverLine

_HAN = "\u3400-\u9fff"
_NAME = rf"[{_HAN}·‧•]{{2,5}}(?:[ \u3000][{_HAN}]{{1,2}})?[*＊∗⁎﹡※†0-9①-⑳㉑-㉟㊱-㊿]{{0,3}}"
_BULLET = r"[●○◆◇■□★☆▲◎◉]\s*"  # what some journals put before an author's name
_WORK = r"(?:[訪访][問问談谈]|[採采][訪访]|[紀記记][錄录](?:整理)?|整理|口述|主[講讲]|[講讲]者|翻?[譯译]|校[訂订])(?:者|人)?\s*[：:]\s*"
_AUTHOR = re.compile(
    rf"(?:(?:作者|著者|撰文|文|作者簡介)\s*[：:／/]\s*|{_WORK}|{_BULLET})?({_NAME}(?:(?:[、，,／/]|\s+|\s*與\s*|\s*与\s*){_NAME}){{0,5}})\s*[著撰編编譯译]?"
)
_AUTHOR_LABEL = re.compile(rf"(?:作者|著者|撰文|文|[Bb]y|[Aa]uthors?)\s*[：:／/ ]\s*|{_BULLET}")
_STARRED = r"[A-Z][\w.'’\-]*[*＊∗⁎﹡†]{0,3}"
_AUTHOR_LATIN = re.compile(rf"(?:[Bb]y\s+)?{_STARRED}(?:[ ,]+(?:and\s+|&\s*)?{_STARRED}){{1,11}}")
_PLACE = re.compile(
    r"大學|大学|學院|学院|研究所|研究院|研究室|研究中心|學系|学系|系所|博士生|碩士生|硕士|教授|研究員|研究员|講師|讲师|"
    r"University|Institute|Department|College|Academy|Professor|Student|School of|Center for|Centre for"
)
_ABSTRACT = re.compile(
    r"[【\[［]?\s*(?:中文|英文|內容|内容)?\s*(?:摘\s*要|提\s*要|[Aa]bstract|ABSTRACT)\s*[】\]］]?\s*[：:.]?\s*"
)
_KEYWORDS = re.compile(
    r"[【\[［]?\s*(?:關\s*鍵\s*[字詞]|关\s*键\s*[字词]|主題詞|主题词|[Kk]ey\s?-?[Ww]ords?|KEY\s?WORDS?)\s*[】\]］]?\s*[：:]?\s*"
)
KEYWORD_PARTS = re.compile(r"\s*[、；;，,]\s*|[\s\u3000]{2,}")
_MASTHEAD = re.compile(
    r"(?:DOI|doi|ISSN|https?://|[Vv]ol(?:ume|\.)|[Nn]o\.)[\s:：.]*\S|第?\s?[0-9〇一二三四五六七八九十百]+\s?[卷期輯辑號号](?:[\s，,・·第（(頁页0-9]|$)"
    r"|[^，。：；]{2,14}(?:學報|学报|集刊|季刊|年刊|月刊|叢刊|丛刊|雜誌|杂志|學刊|学刊)(?:[\s，,]*(?:[0-9]{4}\s?年\s?)?第.{1,30})?$"
    r"|《[^》]{2,16}》\s*第?\s?[0-9〇一二三四五六七八九十百]+\s?[卷期輯辑].{0,40}$"
    r"|(?:收稿|投稿|修訂|修订|通過|通过|接受|刊登|審查|审查)(?:日期|時間|时间)?\s*[：:]|民國\s?[0-9]+\s?年\s?[0-9]+\s?月"
    r"|[0-9]{4}\s?年\s?第\s?[0-9]{1,2}\s?期$|[0-9]{4}\s?年\s?[0-9]{1,2}\s?月[\s，,・·]*(?:[頁页]\s?[0-9]+\s?[-–—－~～]\s?[0-9]+)?$|[頁页]\s?[0-9]+\s?[-–—－~～]\s?[0-9]+$"
)
_RESPONSIBLE = re.compile(
    r"(?:[（(［\[【〔]\s?(?:本文)?(?:[责責]任?[编編]|[编編][辑輯]|校[对對]|(?:收|投|[来來])稿)|[责責]任\s?(?:[编編][辑輯]|校[对對]))[^：:／/。]{0,4}[：:／/]"
)  # what a journal prints last: who edited it, when it came
_STOP = re.compile("[。！？]")
_WIDE = re.compile(r"\s{3,}")  # parts of a line stand so far apart
_ENGLISH = re.compile(r"[A-Z][A-Za-z&'’.\- ]{5,60}")  # a journal's name in English, beside or below its own
_ENDS = "。，；：、！？」,;:!?"
_UNFINISHED = "與和及暨的之、：—─与"  # no title ends with one of these
_JOINED = "與与及暨之的"  # and no name begins with one of these
_LATIN = re.compile("[\x00-\u02af\u2010-\u2027\u0370-\u052f]+")
HEAD = 14  # a front stands among so many paragraphs
TAIL = 24
SECTION = 12  # no abstract has more paragraphs


class Role(StrEnum):
    """What a paragraph of the front is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    AFFILIATION = "affiliation"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    MASTHEAD = "masthead"  # institution, degree, adviser, date
    LABEL = "label"  # a line that only says «摘要»


@dataclass(frozen=True, slots=True)
class Para:
    """What the front is told by: the text, how many lines it ran over, whether it is a heading."""

    text: str
    lines: int
    heading: bool = False
    rank: float = 0.0
    gap: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class FrontPart:
    """The role of paragraph ``index`` in the front of ``lang`` ("" for the text's own language)."""

    index: int
    role: Role
    lang: str = ""
    mark: int = 0  # so many characters at its beginning are a label
    tail: int = 0  # and so many at its end


def is_label_line(text: str) -> bool:
    """Whether a line begins keywords or an abstract, or says who edited the article: a paragraph begins with it."""
    if len(text) <= 12 and (match := _ABSTRACT.fullmatch(text)) and match.end() > 1:
        return True
    if (match := _ABSTRACT.match(text)) and re.search("[：:】\\]］]", match[0]):
        return True
    return _RESPONSIBLE.match(text) is not None or (
        _is_keywords(text) and re.search("[：:】\\]］]", text[:12]) is not None
    )


def is_masthead(text: str) -> bool:
    """Whether a line names the journal, its issue or the article's dates.

    >>> is_masthead("第十二期，頁 145-178"), is_masthead("2016 年 5 月     River Studies"), is_masthead("碼頭與縣城")
    (True, True, False)
    """
    parts = [" ".join(part.split()) for part in _WIDE.split(text)]
    named = [_names_journal(part) for part in parts]
    return any(named) and all(
        name or _ENGLISH.fullmatch(part) for name, part in zip(named, parts, strict=True)
    )


def _names_journal(text: str) -> bool:
    return 0 < len(text) <= 80 and not _STOP.search(text) and _MASTHEAD.match(text) is not None


def opens_front(text: str) -> bool:
    """Whether a line is what stands right behind a title: a subtitle, an author, a label.

    >>> [opens_front(text) for text in ("——五個場景", "顧汀", "摘要", "江南學報第十二期", "河道在秋天最先安靜下來，")]
    [True, True, True, False, False]
    """
    if re.match("[—─]{2}", text) or is_label_line(text):
        return True
    author = _AUTHOR.fullmatch(text) or _AUTHOR_LATIN.fullmatch(text)
    return author is not None and not _PLACE.search(text) and len(text) <= 40


def is_latin_text(text: str) -> bool:
    """Whether most of a text is in letters.

    >>> is_latin_text("Great Leap Forward"), is_latin_text("大躍進 1958")
    (True, False)
    """
    letters = "".join(_LATIN.findall(text))
    return len(letters) * 10 > len(text) * 7


def find_front(paras: Sequence[Para], cover: Sequence[CoverLine] = ()) -> list[FrontPart]:
    """The front matter at the beginning, and the one in English behind it or at the end.

    ``cover``: what the first paragraphs say, where they are lines of a cover.
    """
    if not paras:
        return []
    if cover:
        own = [
            FrontPart(i, Role(line.said.value), "en" if line.latin else "", line.head, line.tail)
            for i, line in enumerate(cover)
        ]
        return own + _read_sections(paras, len(cover))
    latin = [is_latin_text(p.text) for p in paras[:HEAD]]
    own_latin = sum(is_latin_text(p.text) for p in paras[:: max(1, len(paras) // 200)]) * 2 > len(
        paras[:: max(1, len(paras) // 200)]
    )
    out = _read_head(paras, latin, own_latin)
    if not own_latin:
        used = {part.index for part in out}
        out += _read_english(paras, used)
    return out


def _read_sections(paras: Sequence[Para], at: int) -> list[FrontPart]:
    """Abstracts and keywords between the cover and the first chapter, each below its own label."""
    out: list[FrontPart] = []
    end = next((i for i, p in enumerate(paras) if i >= at and p.rank > 0 and p.numbered), len(paras))
    i = at
    while i < end:
        text = paras[i].text
        if not ((match := _ABSTRACT.fullmatch(text)) and match.end() > 1):
            i += 1
            continue
        last = next(
            (k for k in range(i + 1, end) if paras[k].heading or _ABSTRACT.fullmatch(paras[k].text)), end
        )
        keywords = next((k for k in range(i + 1, last) if _is_keywords(paras[k].text)), None)
        stop = last if keywords is None else keywords
        body = range(i + 1, stop)
        if not body or len(body) > SECTION:
            i += 1
            continue
        lang = "en" if sum(is_latin_text(paras[k].text) for k in body) * 2 > len(body) else ""
        out.append(FrontPart(i, Role.LABEL, lang))
        out += [FrontPart(k, Role.ABSTRACT, lang) for k in body]
        if keywords is not None:
            mark = _label_length(paras[keywords].text, _KEYWORDS)
            out.append(FrontPart(keywords, Role.KEYWORDS, lang, mark))
        i = stop + 1
    return out


def _read_head(paras: Sequence[Para], latin: Sequence[bool], own_latin: bool) -> list[FrontPart]:
    begin = _behind_masthead(paras)
    first = paras[begin]
    limit = next((i for i, p in enumerate(paras[:HEAD]) if i > begin and p.heading), min(HEAD, len(paras)))
    if first.heading or not _is_line(first) or first.lines > 2 or (latin[begin] and not own_latin):
        return []
    out = [FrontPart(i, Role.MASTHEAD) for i in range(begin)]
    out.append(FrontPart(begin, Role.TITLE))
    at, sure = begin + 1, begin > 0
    if at < limit and _is_line(paras[at]) and _goes_on(first.text, [p.text for p in paras[at : at + 2]]):
        out.append(FrontPart(at, Role.TITLE))  # its second line
        at += 1
    if at < limit and re.match(r"(?:——|──|—|──)", paras[at].text) and _is_line(paras[at]):
        out.append(FrontPart(at, Role.SUBTITLE))
        at += 1
    while at < limit and _is_line(paras[at]) and (role := _person(paras[at].text, out)):
        out.append(FrontPart(at, role, mark=_label_length(paras[at].text, _AUTHOR_LABEL)))
        at, sure = at + 1, True
    rest = _read_abstract(paras, at, limit, latin, own_latin)
    dated = (rest[-1].index if rest else at - 1) + 1
    while dated < limit and _is_line(paras[dated]) and is_masthead(paras[dated].text):
        rest.append(FrontPart(dated, Role.MASTHEAD))
        dated += 1
    if (
        rest
        or sure
        or (len(paras) > 1 and paras[1].heading)
        or (len(paras) > 2 and first.lines == 1 and first.gap)
    ):
        return out + rest
    return out if len(first.text) <= 30 and len(paras) > 1 and not _is_line(paras[1]) else []


def _behind_masthead(paras: Sequence[Para]) -> int:
    """The first paragraph behind those that name the journal, its name in English among them."""
    for i, para in enumerate(paras[:6]):
        english = i > 0 and _ENGLISH.fullmatch(para.text) is not None
        if not is_masthead(para.text) and not english:
            return i
    return 0


def _goes_on(title: str, behind: Sequence[str]) -> bool:
    """Whether the line behind a title belongs to it: the title breaks off, or the author comes only then."""
    if title[-1] in _UNFINISHED or behind[0][0] in _JOINED or len(behind[0]) == 1:
        return True
    return (
        len(behind) > 1
        and not opens_front(behind[0])
        and _is_author(behind[1])
        and not is_masthead(behind[0])
    )


def _is_author(text: str) -> bool:
    return opens_front(text) and not is_label_line(text) and not re.match("[—─]{2}", text)


def _label_length(text: str, pattern: re.Pattern[str]) -> int:
    match = pattern.match(text)
    return match.end() if match else 0


def _is_line(para: Para) -> bool:
    return para.lines <= 2 and len(para.text) <= 110 and para.text[-1] not in _ENDS


def _person(text: str, before: Sequence[FrontPart]) -> Role | None:
    """Whether a line names an author or says where he works."""
    named = any(part.role is Role.AUTHOR for part in before)
    if _AUTHOR.fullmatch(text) and not _PLACE.search(text) and not _ABSTRACT.fullmatch(text):
        return Role.AUTHOR if not named or len(text) <= 5 or re.match(_WORK, text) else None
    if _PLACE.search(text):
        return Role.AFFILIATION
    if _AUTHOR_LATIN.fullmatch(text) and not named:
        return Role.AUTHOR
    return None


def _read_abstract(
    paras: Sequence[Para], at: int, limit: int, latin: Sequence[bool], own_latin: bool
) -> list[FrontPart]:
    """Abstract and keywords: by their labels, or what stands between the author and the keywords."""
    out: list[FrontPart] = []
    keywords = next((i for i in range(at, min(HEAD, len(paras))) if _is_keywords(paras[i].text)), None)
    label = next(
        (
            i
            for i in range(at, min(HEAD, len(paras)))
            if (m := _ABSTRACT.match(paras[i].text)) and m.end() > 1
        ),
        None,
    )
    if label is not None and (keywords is None or label < keywords):
        start, match = label, _ABSTRACT.match(paras[label].text)
        length = match.end() if match else 0
        whole = length >= len(paras[label].text)
        end = keywords if keywords is not None else _abstract_end(paras, label + (1 if whole else 0))
        if whole:
            out.append(FrontPart(label, Role.LABEL))
            start += 1
        elif paras[label].lines == 1 and keywords is None:
            return []
        for i in range(start, end):
            out.append(FrontPart(i, Role.ABSTRACT, mark=length if i == label and not whole else 0))
    elif keywords is not None and keywords <= limit and not any(p.heading for p in paras[at:keywords]):
        out += [FrontPart(i, Role.ABSTRACT) for i in range(at, keywords) if not latin[i] or own_latin]
    if keywords is not None and (out or keywords <= limit):
        out.append(FrontPart(keywords, Role.KEYWORDS, mark=_label_length(paras[keywords].text, _KEYWORDS)))
    return out


def _is_keywords(text: str) -> bool:
    match = _KEYWORDS.match(text)
    return match is not None and match.end() >= 3 and len(text) < 160


def _abstract_end(paras: Sequence[Para], at: int) -> int:
    """Without keywords an unlabelled end: the next heading, and at most three paragraphs."""
    end = at
    while end < len(paras) and not paras[end].heading and end - at < 3:
        end += 1
    return end if end < len(paras) and paras[end].heading else min(at + 1, len(paras))


def _read_english(paras: Sequence[Para], used: set[int]) -> list[FrontPart]:
    """A front in English: behind the own one, or the last thing in the text."""
    head = next(
        (i for i in range(min(HEAD, len(paras))) if i not in used and is_latin_text(paras[i].text)), None
    )
    end = len(paras)
    while end > HEAD and _RESPONSIBLE.match(paras[end - 1].text):
        end -= 1
    tail = end
    while tail > 0 and is_latin_text(paras[tail - 1].text) and end - tail < TAIL:
        tail -= 1
    spans = []
    if head is not None and head <= max(used, default=-1) + 2:
        last = head
        while last < min(HEAD, len(paras)) and is_latin_text(paras[last].text):
            last += 1
        spans.append((head, last))
    if tail < end and tail > HEAD and end - tail < TAIL:
        spans.append((tail, end))
    for first, last in spans:
        found = _english_parts(paras, first, last)
        if found:
            return found
    return []


def _is_label_behind(paras: Sequence[Para], at: int, last: int) -> bool:
    match = _ABSTRACT.match(paras[at].text) if at < last else None
    return match is not None and match.end() > 3


def _english_parts(paras: Sequence[Para], first: int, last: int) -> list[FrontPart]:
    out: list[FrontPart] = []
    at = first
    if not _is_line(paras[at]) or _is_keywords(paras[at].text):
        return []
    if not _ABSTRACT.fullmatch(paras[at].text):
        out.append(FrontPart(at, Role.TITLE, "en"))
        at += 1
    while at < last and _is_line(paras[at]) and not _ABSTRACT.fullmatch(paras[at].text):
        text = paras[at].text
        if _is_keywords(text) or _label_length(text, _ABSTRACT) > 3:
            break
        role = (
            Role.AFFILIATION
            if _PLACE.search(text)
            else Role.AUTHOR
            if _AUTHOR_LATIN.fullmatch(text)
            else None
        )
        titled = role is None and len(out) == 1 and out[0].role is Role.TITLE and at + 1 < last
        if titled and _is_line(paras[at + 1]) and _AUTHOR_LATIN.fullmatch(paras[at + 1].text):
            role = Role.TITLE  # its second line
        if role is None and out and out[-1].role is Role.AUTHOR and _is_label_behind(paras, at + 1, last):
            role = Role.AFFILIATION  # whatever stands between the author and the abstract
        if role is None:
            return []
        out.append(FrontPart(at, role, "en"))
        at += 1
    for i in range(at, last):
        text = paras[i].text
        match = _ABSTRACT.match(text)
        if match and match.end() == len(text):
            out.append(FrontPart(i, Role.LABEL, "en"))
        elif _is_keywords(text):
            out.append(FrontPart(i, Role.KEYWORDS, "en", _label_length(text, _KEYWORDS)))
        elif paras[i].heading:
            return []
        else:
            out.append(FrontPart(i, Role.ABSTRACT, "en", match.end() if match and match.end() > 3 else 0))
    return out if any(part.role is Role.ABSTRACT for part in out) and len(out) > 1 else []
