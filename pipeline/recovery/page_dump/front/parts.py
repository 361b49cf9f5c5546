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

from pipeline.recovery.marks import NEVER_LAST_OF_TITLES
from pipeline.recovery.notes import CIRCLED
from pipeline.recovery.page_dump.front.cover import CoverLine
from pipeline.recovery.page_dump.front_lines import (
    ABSTRACT,
    AUTHOR,
    AUTHOR_LABEL,
    AUTHOR_LATIN,
    ENGLISH,
    KEYWORDS,
    PLACE,
    RESPONSIBLE,
    UNFINISHED,
    WORK,
    is_keywords,
    is_label_line,
    is_latin_text,
    is_masthead,
    opens_front,
)

KEYWORD_PARTS = re.compile(r"\s*[、；;，,]\s*|[\s\u3000]{2,}")
_ENDS = f"{NEVER_LAST_OF_TITLES}」"
_CALLED = re.compile(rf"[。，；！？][」』”]?[0-9{CIRCLED}]{{1,3}}$")  # a sentence ends, and calls a note
_JOINED = "與与及暨之的"  # and no name begins with one of these
_CITED = re.compile(r"(?:[,:(]\s?|\(\w+\.? )(?:1[5-9]|20)[0-9]{2}[a-z]?\b|\b(?:pp?\.|no\.|[Vv]ol\.)\s?[0-9]")
HEAD = 14  # a front stands among so many paragraphs
TAIL = 24
SECTIONS = 60  # an abstract without a title stands among so many
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
    untitled = not out or ABSTRACT.fullmatch(paras[out[0].index].text) is not None
    sections = _read_sections(paras[:SECTIONS], 0) if untitled else []
    if sections and not sections[0].lang:
        return sections
    if not own_latin:
        english = _read_english(paras, {part.index for part in out})
        taken = {part.index for part in english}  # a short text's own head may have read its abstract, too
        out = [*(part for part in out if part.index not in taken), *english]
    return out


def _read_sections(paras: Sequence[Para], at: int) -> list[FrontPart]:
    """Abstracts and keywords between the cover and the first chapter, each below its own label."""
    out: list[FrontPart] = []
    end = next((i for i, p in enumerate(paras) if i >= at and p.rank > 0 and p.numbered), len(paras))
    i = at
    while i < end:
        text = paras[i].text
        if not ((match := ABSTRACT.fullmatch(text)) and match.end() > 1):
            i += 1
            continue
        last = next(
            (k for k in range(i + 1, end) if paras[k].heading or ABSTRACT.fullmatch(paras[k].text)), end
        )
        keywords = next((k for k in range(i + 1, last) if is_keywords(paras[k].text)), None)
        stop = last if keywords is None else keywords
        body = range(i + 1, stop)
        if not body or len(body) > SECTION:
            i += 1
            continue
        lang = "en" if sum(is_latin_text(paras[k].text) for k in body) * 2 > len(body) else ""
        out.append(FrontPart(i, Role.LABEL, lang))
        out += [FrontPart(k, Role.ABSTRACT, lang) for k in body]
        if keywords is not None:
            mark = _label_length(paras[keywords].text, KEYWORDS)
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
        out.append(FrontPart(at, role, mark=_label_length(paras[at].text, AUTHOR_LABEL)))
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
        english = i > 0 and ENGLISH.fullmatch(para.text) is not None
        if not is_masthead(para.text) and not english:
            return i
    return 0


def _goes_on(title: str, behind: Sequence[str]) -> bool:
    """Whether the line behind a title belongs to it: the title breaks off, or the author comes only then."""
    if title[-1] in UNFINISHED or behind[0][0] in _JOINED or len(behind[0]) == 1:
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
    short = para.lines <= 2 and len(para.text) <= 110
    return short and para.text[-1] not in _ENDS and not _CALLED.search(para.text)


def _person(text: str, before: Sequence[FrontPart]) -> Role | None:
    """Whether a line names an author or says where he works."""
    named = any(part.role is Role.AUTHOR for part in before)
    if AUTHOR.fullmatch(text) and not PLACE.search(text) and not ABSTRACT.fullmatch(text):
        return Role.AUTHOR if not named or len(text) <= 5 or re.match(WORK, text) else None
    if PLACE.search(text):
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
        out.append(FrontPart(keywords, Role.KEYWORDS, mark=_label_length(paras[keywords].text, KEYWORDS)))
    return out


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
    while end > HEAD and RESPONSIBLE.match(paras[end - 1].text):
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
        found = [] if _are_works(paras[first:last]) else _english_parts(paras, first, last)
        if found:
            return found
    return []


def _are_works(paras: Sequence[Para]) -> bool:
    """Whether these are entries of a list of works: most name a year and where it was printed, and none says what it is."""
    if any(is_keywords(p.text) or ((m := ABSTRACT.match(p.text)) and m.end() > 3) for p in paras):
        return False
    return 2 * sum(_CITED.search(p.text) is not None for p in paras) > len(paras)


def _is_label_behind(paras: Sequence[Para], at: int, last: int) -> bool:
    match = ABSTRACT.match(paras[at].text) if at < last else None
    return match is not None and match.end() > 3


def _english_parts(paras: Sequence[Para], first: int, last: int) -> list[FrontPart]:
    out: list[FrontPart] = []
    at = first
    if not _is_line(paras[at]) or is_keywords(paras[at].text):
        return []
    if not ABSTRACT.fullmatch(paras[at].text):
        out.append(FrontPart(at, Role.TITLE, "en"))
        at += 1
    while at < last and _is_line(paras[at]) and not ABSTRACT.fullmatch(paras[at].text):
        text = paras[at].text
        if is_keywords(text) or _label_length(text, ABSTRACT) > 3:
            break
        role = (
            Role.AFFILIATION if PLACE.search(text) else Role.AUTHOR if AUTHOR_LATIN.fullmatch(text) else None
        )
        titled = role is None and len(out) == 1 and out[0].role is Role.TITLE and at + 1 < last
        if titled and _is_line(paras[at + 1]) and AUTHOR_LATIN.fullmatch(paras[at + 1].text):
            role = Role.TITLE  # its second line
        if role is None and out and out[-1].role is Role.AUTHOR and _is_label_behind(paras, at + 1, last):
            role = Role.AFFILIATION  # whatever stands between the author and the abstract
        if role is None:
            return []
        out.append(FrontPart(at, role, "en"))
        at += 1
    for i in range(at, last):
        text = paras[i].text
        match = ABSTRACT.match(text)
        if match and match.end() == len(text):
            out.append(FrontPart(i, Role.LABEL, "en"))
        elif is_keywords(text):
            out.append(FrontPart(i, Role.KEYWORDS, "en", _label_length(text, KEYWORDS)))
        elif paras[i].heading:
            return []
        else:
            out.append(FrontPart(i, Role.ABSTRACT, "en", match.end() if match and match.end() > 3 else 0))
    return out if any(part.role is Role.ABSTRACT for part in out) and len(out) > 1 else []
