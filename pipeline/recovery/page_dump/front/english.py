"""The front in English: behind the text's own one, or the last thing in the text.

Comes in: the paragraphs. Goes out: the roles of those that are front matter. Refused: a list of works, and a front without an abstract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.recovery.page_dump.front.roles import HEAD, FrontPart, Para, Role, is_line, label_length
from pipeline.recovery.page_dump.front_lines import (
    ABSTRACT,
    AUTHOR_LATIN,
    KEYWORDS,
    PLACE,
    RESPONSIBLE,
    is_keywords,
    is_latin_text,
)

_CITED = re.compile(r"(?:[,:(]\s?|\(\w+\.? )(?:1[5-9]|20)[0-9]{2}[a-z]?\b|\b(?:pp?\.|no\.|[Vv]ol\.)\s?[0-9]")
_TAIL = 24


def read_english(paras: Sequence[Para], used: set[int]) -> list[FrontPart]:
    """A front in English: behind the own one, or the last thing in the text."""
    head = next(
        (i for i in range(min(HEAD, len(paras))) if i not in used and is_latin_text(paras[i].text)), None
    )
    end = len(paras)
    while end > HEAD and RESPONSIBLE.match(paras[end - 1].text):
        end -= 1
    tail = end
    while tail > 0 and is_latin_text(paras[tail - 1].text) and end - tail < _TAIL:
        tail -= 1
    spans = []
    if head is not None and head <= max(used, default=-1) + 2:
        last = head
        while last < min(HEAD, len(paras)) and is_latin_text(paras[last].text):
            last += 1
        spans.append((head, last))
    if tail < end and tail > HEAD and end - tail < _TAIL:
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
    title = replace(paras[at], text=paras[at].text.rstrip(":?") or ":")  # its second line is below
    if not is_line(title) or is_keywords(paras[at].text):
        return []
    if not ABSTRACT.fullmatch(paras[at].text):
        out.append(FrontPart(at, Role.TITLE, "en"))
        at += 1
    while at < last and is_line(paras[at]) and not ABSTRACT.fullmatch(paras[at].text):
        text = paras[at].text
        if is_keywords(text) or label_length(text, ABSTRACT) > 3:
            break
        role = (
            Role.AFFILIATION if PLACE.search(text) else Role.AUTHOR if AUTHOR_LATIN.fullmatch(text) else None
        )
        titled = role is None and len(out) == 1 and out[0].role is Role.TITLE and at + 1 < last
        below = paras[at + 1].text if titled and is_line(paras[at + 1]) else ""
        if AUTHOR_LATIN.fullmatch(below) or ABSTRACT.fullmatch(below):
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
        if (match and match.end() == len(text)) or (KEYWORDS.fullmatch(text) and i + 1 < last):
            out.append(FrontPart(i, Role.LABEL, "en"))
        elif i > at and KEYWORDS.fullmatch(paras[i - 1].text):
            out.append(FrontPart(i, Role.KEYWORDS, "en"))
        elif is_keywords(text):
            out.append(FrontPart(i, Role.KEYWORDS, "en", label_length(text, KEYWORDS)))
        elif paras[i].heading:
            return []
        else:
            out.append(FrontPart(i, Role.ABSTRACT, "en", match.end() if match and match.end() > 3 else 0))
    return out if any(part.role is Role.ABSTRACT for part in out) and len(out) > 1 else []
