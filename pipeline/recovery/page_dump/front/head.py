"""The front at the beginning of a text: title, authors, where they work, abstract and keywords, in its own language.

Comes in: the paragraphs. Goes out: the roles of those that are front matter. Refused: a title without anything that speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from pipeline.recovery.page_dump.captions import is_caption
from pipeline.recovery.page_dump.front.roles import HEAD, FrontPart, Para, Role, is_line, label_length
from pipeline.recovery.page_dump.front_lines import (
    ABSTRACT,
    AUTHOR,
    AUTHOR_LABEL,
    AUTHOR_LATIN,
    ENGLISH,
    KEYWORDS,
    PLACE,
    UNFINISHED,
    WORK,
    is_keywords,
    is_label_line,
    is_masthead,
    names_person,
    opens_front,
)
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import QUOTE_ENDS, is_sentence_end
from pipeline.recovery.wording.papers import RANK

TITLE = 3  # lines of a title set large, at most
BROKEN = 12  # characters; a shorter title needs no second line
_JOINED = "與与及暨之的"  # and no name begins with one of these
_ENDS = f"：:？?！!{QUOTE_ENDS}"  # a title may end with one of these
_ADDRESS = re.compile(r"[\w.-]@[\w-]+\.")
_WORKS = re.compile(f"(?:[系所院]|中心|大[學学]|[员員生]|{RANK})[）)]?$")


def read_head(
    paras: Sequence[Para], latin: Sequence[bool], own_latin: bool, columns: Container[str] = ()
) -> list[FrontPart]:
    """The front of the text's own language; ``latin`` are the paragraphs in letters, ``own_latin`` says that the text is.

    ``columns``: names of the journal and its columns.
    """
    begin = _behind_masthead(paras, columns)
    first = paras[begin]
    limit = next((i for i, p in enumerate(paras[:HEAD]) if i > begin and p.heading), min(HEAD, len(paras)))
    if first.heading or not _may_be_title(paras, begin) or (latin[begin] and not own_latin):
        return []
    if first.text[-1] in "。；" or is_caption(first.text):
        return []  # a sentence, a table
    out = [FrontPart(i, Role.MASTHEAD) for i in range(begin)]
    out.append(FrontPart(begin, Role.TITLE))
    at, sure = begin + 1, begin > 0
    while (
        at < min(limit, begin + TITLE) and is_line(paras[at]) and _goes_on([p.text for p in paras[at - 1 :]])
    ):
        out.append(FrontPart(at, Role.TITLE))  # its second line, or third
        at += 1
    if at < limit and re.match(r"(?:——|──|—|──)", paras[at].text) and is_line(paras[at]):
        out.append(FrontPart(at, Role.SUBTITLE))
        at += 1
    while at < limit and is_line(paras[at]) and (role := _person(paras[at].text, out)):
        out.append(FrontPart(at, role, mark=label_length(paras[at].text, AUTHOR_LABEL)))
        at, sure = at + 1, True
    rest = _read_abstract(paras, at, limit, latin, own_latin)
    dated = (rest[-1].index if rest else at - 1) + 1
    while dated < limit and is_line(paras[dated]) and is_masthead(paras[dated].text):
        rest.append(FrontPart(dated, Role.MASTHEAD))
        dated += 1
    if (
        rest
        or sure
        or (len(paras) > 1 and paras[1].heading)
        or (len(paras) > 2 and first.lines == 1 and first.gap)
    ):
        return out + rest
    return out if len(first.text) <= 30 and len(paras) > 1 and not is_line(paras[1]) else []


def _may_be_title(paras: Sequence[Para], at: int) -> bool:
    """Whether a paragraph is of two lines and no prose. Where a person is named below it, or a label stands there, it may be of three
    lines and end with a colon, a question or a word in quotation marks.
    """
    first, texts = paras[at], [para.text for para in paras[at + 1 : at + 2 + TITLE]]
    below = zip(texts[:TITLE], [*texts[1:], ""], strict=False)
    if any(names_person(text, behind) or is_label_line(text) for text, behind in below):
        bare = first.text if is_sentence_end(first.text[:-1]) else first.text.rstrip(_ENDS)
        first = replace(first, text=bare or first.text, lines=1 if first.lines <= TITLE else first.lines)
    return is_line(first)


def _behind_masthead(paras: Sequence[Para], columns: Container[str]) -> int:
    """The first paragraph behind those that name the journal, its name in English among them, or its column above a title."""
    for i, para in enumerate(paras[:6]):
        english = i > 0 and ENGLISH.fullmatch(para.text) is not None
        column = squashed(para.text) in columns and len(paras) > i + 1 and not opens_front(paras[i + 1].text)
        if not is_masthead(para.text) and not english and not column:
            return i
    return 0


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether the line behind a title, the first of the ``texts``, belongs to it: the title breaks off, the author comes only
    then (a line as short as a name is none without a surname), or the text says elsewhere what the two have where they meet.
    """
    title, second, *behind = texts
    if PLACE.search(second) and _WORKS.search(second):
        return False
    if title[-1] in UNFINISHED or second[0] in _JOINED or len(second) == 1:
        return True
    if any(title[-1] + second[:2] in text for text in behind):
        return True
    author = bool(behind) and _is_author(behind[0])
    if author and _is_author(second) and len(title) >= BROKEN:
        return not names_person(second, behind[0])
    named = author or (bool(behind) and names_person(behind[0]))
    return named and not opens_front(second) and not is_masthead(second)


def _is_author(text: str) -> bool:
    return opens_front(text) and not is_label_line(text) and not re.match("[—─]{2}", text)


def _person(text: str, before: Sequence[FrontPart]) -> Role | None:
    """Whether a line names an author or says where he works."""
    named = any(part.role is Role.AUTHOR for part in before)
    if AUTHOR.fullmatch(text) and not PLACE.search(text) and not ABSTRACT.fullmatch(text):
        return Role.AUTHOR if not named or len(text) <= 5 or re.match(WORK, text) else None
    if PLACE.search(text) or (named and _ADDRESS.search(text)):
        return Role.AFFILIATION
    if AUTHOR_LATIN.fullmatch(text) and not named:
        return Role.AUTHOR
    return None


def _read_abstract(
    paras: Sequence[Para], at: int, limit: int, latin: Sequence[bool], own_latin: bool
) -> list[FrontPart]:
    """Abstract and keywords: by their labels, or what stands between the author and the keywords."""
    out: list[FrontPart] = []
    keywords = next((i for i in range(at, min(HEAD, len(paras))) if is_keywords(paras[i].text)), None)
    label = next(
        (i for i in range(at, min(HEAD, len(paras))) if (m := ABSTRACT.match(paras[i].text)) and m.end() > 1),
        None,
    )
    if label is not None and (keywords is None or label < keywords):
        start, match = label, ABSTRACT.match(paras[label].text)
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
        if (
            keywords + 1 < len(paras)
            and KEYWORDS.fullmatch(paras[keywords].text)
            and is_line(paras[keywords + 1])
        ):
            out.append(FrontPart(keywords, Role.LABEL))
            keywords += 1
        out.append(FrontPart(keywords, Role.KEYWORDS, mark=label_length(paras[keywords].text, KEYWORDS)))
    return out


def _abstract_end(paras: Sequence[Para], at: int) -> int:
    """Without keywords an unlabelled end: the next heading, and at most three paragraphs."""
    end = at
    while end < len(paras) and not paras[end].heading and end - at < 3:
        end += 1
    return end if end < len(paras) and paras[end].heading else min(at + 1, len(paras))
