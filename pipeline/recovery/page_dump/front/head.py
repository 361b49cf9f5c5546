"""The front at the beginning of a text: title, authors, where they work, abstract and keywords, in its own language.

Comes in: the paragraphs. Goes out: the roles of those that are front matter. Refused: a title without anything that speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile

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
    STOP,
    UNFINISHED,
    WORK,
    is_issue,
    is_keywords,
    is_label_line,
    is_masthead,
    names_house,
    names_person,
    opens_front,
)
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import QUOTE_ENDS, is_left_open, is_sentence_end
from pipeline.recovery.wording.papers import RANK

TITLE = 3  # lines of a title set large, at most
SHORT = 30  # characters
BROKEN = 12  # characters; a shorter title needs no second line
_JOINED = "與与及暨之的"  # and no name begins with one of these
_ENDS = f"：:？?！!{QUOTE_ENDS}"  # a title may end with one of these
_SUBTITLE = re.compile("—|──")
_ADDRESS = re.compile(r"[\w.-]@[\w-]+\.")
_WORKS = re.compile(f"(?:[系所院]|中心|大[學学]|[员員生]|{RANK})[）)]?$")


def read_head(
    paras: Sequence[Para], latin: Sequence[bool], own_latin: bool, columns: Container[str] = ()
) -> list[FrontPart]:
    """The front of the text's own language; ``latin`` are the paragraphs in letters, ``own_latin`` says that the text is.

    ``columns``: names of the journal and its columns.
    """
    begin = _behind_masthead(paras, columns)
    limit = next((i for i, p in enumerate(paras[:HEAD]) if i > begin and p.heading), min(HEAD, len(paras)))
    if not _may_be_title(paras, begin) or (latin[begin] and not own_latin):
        return []
    out = [FrontPart(i, Role.MASTHEAD) for i in range(begin)]
    out += _title(paras, begin, limit)
    behind = out[-1].index + 1
    out += _people(paras, behind, limit)
    told = begin > 0 or out[-1].index >= behind
    behind = out[-1].index + 1
    out += _read_abstract(paras, behind, limit, latin, own_latin)
    out += _dates(paras, out[-1].index + 1, limit)
    return out if told or out[-1].index >= behind or _stands_alone(paras, begin) else []


def _title(paras: Sequence[Para], begin: int, limit: int) -> Iterator[FrontPart]:
    """The title's lines, and its subtitle."""
    yield FrontPart(begin, Role.TITLE)
    at = begin + 1
    while (
        at < min(limit, begin + TITLE)
        and (is_line(paras[at]) or (is_left_open(paras[at - 1].text) and paras[at].lines == 1))
        and _goes_on([p.text for p in paras[at - 1 :]])
    ):
        yield FrontPart(at, Role.TITLE)
        at += 1
    if at < limit and _SUBTITLE.match(paras[at].text) and is_line(paras[at]):
        yield FrontPart(at, Role.SUBTITLE)


def _people(paras: Sequence[Para], at: int, limit: int) -> list[FrontPart]:
    """The lines that name authors and say where they work."""
    out: list[FrontPart] = []
    while at < limit and is_line(paras[at]) and (role := _person(paras[at].text, out)):
        out.append(FrontPart(at, role, mark=label_length(paras[at].text, AUTHOR_LABEL)))
        at += 1
    return out


def _dates(paras: Sequence[Para], at: int, limit: int) -> Iterator[FrontPart]:
    """The lines behind the abstract that name the journal or say when the article came."""
    while at < limit and is_line(paras[at]) and is_masthead(paras[at].text):
        yield FrontPart(at, Role.MASTHEAD)
        at += 1


def _stands_alone(paras: Sequence[Para], begin: int) -> bool:
    """Whether a title of which nothing else speaks is followed by a heading, by a blank line or by prose."""
    first, behind = paras[begin], paras[1:]
    if not behind:
        return False
    apart = len(behind) > 1 and first.lines == 1 and first.gap
    return behind[0].heading or apart or (len(first.text) <= SHORT and not is_line(behind[0]))


def _may_be_title(paras: Sequence[Para], at: int) -> bool:
    """Whether a paragraph is of two lines and neither prose nor a heading or caption. Where a person is named below it, or a label stands there, it may be of three
    lines and end with a colon, a question or a word in quotation marks.
    """
    first, texts = paras[at], [para.text for para in paras[at + 1 : at + 2 + TITLE]]
    if first.heading or first.text[-1] in "。；" or is_caption(first.text):
        return False
    below = zip(texts[:TITLE], [*texts[1:], ""], strict=False)
    if any(names_person(text, behind) or is_label_line(text) for text, behind in below):
        bare = first.text if is_sentence_end(first.text[:-1]) else first.text.rstrip(_ENDS)
        first = replace(first, text=bare or first.text, lines=1 if first.lines <= TITLE else first.lines)
    return is_line(first)


def _behind_masthead(paras: Sequence[Para], columns: Container[str]) -> int:
    """The first paragraph behind those that name the journal: its name in English among them, where it is made, its column above
    a title.
    """
    texts = [para.text for para in paras]
    for i, para in enumerate(paras[:6]):
        english = i > 0 and ENGLISH.fullmatch(para.text) is not None
        column = squashed(para.text) in columns and len(paras) > i + 1 and not opens_front(paras[i + 1].text)
        house = i > 0 and names_house(para.text) and not opens_front("".join(texts[i + 1 : i + 2]))
        if not (
            is_masthead(para.text) or english or column or house or (not i and _begins_with_journal(texts))
        ):
            return i
    return 0


def _begins_with_journal(texts: Sequence[str]) -> bool:
    """Whether the first of the lines is a journal's name, whatever it is called: its issue stands below it, its name in English
    between them perhaps, then a title and an author.
    """
    if STOP.search(texts[0]):
        return False
    behind = texts[2:] if ENGLISH.fullmatch("".join(texts[1:2])) else texts[1:]
    if len(behind) == len(texts) - 1 and not (behind and is_issue(behind[0])):
        return False
    below = [*dropwhile(is_masthead, behind)]
    told = len(below) < len(behind) and len(below) > 1 and not opens_front(below[0])
    return told and any(map(_is_author, below[1 : 1 + TITLE]))


def _goes_on(texts: Sequence[str]) -> bool:
    """Whether the line behind a title, the first of the ``texts``, belongs to it: the title breaks off, the author comes only
    then (a line as short as a name is none without a surname), or the text says elsewhere what the two have where they meet.
    """
    title, second, *behind = texts
    if PLACE.search(second) and _WORKS.search(second):
        return False
    if title[-1] in UNFINISHED or is_left_open(title) or second[0] in _JOINED or len(second) == 1:
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
