"""The lines between title and text: names, institutions, dates, the journal's record.

Comes in: a line and its neighbours. Goes out: entries. Refused: a line of which a part is neither name nor institution.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.front.labels import (
    LONG,
    STOP,
    Entry,
    Label,
    bare_text,
    label_of,
    lang_of,
    trimmed,
)
from pipeline.recovery.ocr_markdown.front.people import CALLS, PLACE, parts_of, role_of, with_calls
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.papers import CODE, RECORD

SUBTITLE = re.compile(r"[\s*_]*(?:——|―|—|──|–|－－|--)\s*")
_DATE = re.compile(
    r"(?:中華民國|民國|公元|西元)?[0-9〇一二三四五六七八九十]{2,4}\s*年(?:\s*[0-9一二三四五六七八九十]{1,3}\s*月)?(?:\s*[0-9一二三四五六七八九十]{1,3}\s*日)?|No\.?\s*[0-9-]+|第\s*[0-9一二三四五六七八九十]+\s*[期卷號号]"
)
_INSTITUTIONS = re.compile(  # «(1. 甲大學，城市 邮编；2. …)», or without brackets, each with its postcode
    r"[(（][^()（）]{4,200}[)）]$"
    r"|(?:(?:[0-9]{1,2}[.．、]?[ ]?)?[\u3400-\u9fff（）()·]{2,30}[系所院館馆社會会局部室學学心][ ,，][^。！？；;\n]{0,60}?[ ,，\u3000][0-9]{6}(?:[;；]\s*|$))+$"
)
_NAMES_AND_PLACE = re.compile(r"(?P<names>[^()（）。]{2,80}?)[ ]?(?P<place>[(（][^()（）。]{4,300}[)）])")
_RECORD = re.compile(
    rf"[\s*_【\[［〔]*(?:{CODE}|{RECORD}|ISSN)[】\]］〕*_]*\s*[:：]?",
    re.IGNORECASE,
)
_FEW = 4  # characters of a name
_NAME_ALONE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]{2,6}")  # also of another country


def read_line(
    source: str, chunks: Sequence[Chunk], i: int, label: Label, lang: str, at: int
) -> Iterator[Entry]:
    """What a short line below the title is."""
    chunk = chunks[i]
    bare = bare_text(source, chunk)
    if chunk.kind is ChunkKind.HEADING:
        if i == at and SUBTITLE.match(source, chunk.inner):
            yield Entry(i, "subtitle", lang, chunk.inner, chunk.tail)
        elif i == at and (names := list(_people(source, chunk, i, label, lang, True))) and not lang:
            yield from (names if all(name.role == "author" for name in names) else ())
        elif (
            lang == "en"
            and heading_mark(bare) is None
            and (i <= at + 3 or _abstract_follows(source, chunks, i))
        ):
            before = chunks[i - 1]
            is_second = (
                before.kind is ChunkKind.HEADING and lang_of(source, before.inner, before.tail) == "en"
            )
            yield Entry(i, "subtitle" if is_second else "title", "en", chunk.inner, chunk.tail)
        return
    if len(bare) > LONG or STOP.search(bare) or "\n" in source[chunk.inner : chunk.tail].strip():
        return
    if SUBTITLE.match(source, chunk.inner, chunk.tail) and i <= at + 1:
        yield Entry(i, "subtitle", lang, chunk.inner, chunk.tail)
    elif _DATE.fullmatch(bare) or label.role == "masthead":
        yield Entry(i, "masthead", "", chunk.inner, chunk.tail)
    else:
        yield from _people(source, chunk, i, label, lang, i == at)


def _people(source: str, chunk: Chunk, i: int, label: Label, lang: str, is_first: bool) -> Iterator[Entry]:
    """Names and institutions of a line; nothing when a part is neither. ``is_first``: it stands right below the title."""
    begin = chunk.tail - len(source[label.end : chunk.tail].lstrip("■●◆□▲ "))
    parts = with_calls(source, list(parts_of(source, begin, chunk.tail, lang)))
    roles = [role_of(source[a:b]) for a, b in parts]
    if label.role == "affiliation":
        roles = ["affiliation"] * len(parts)
    is_told = label.role == "author"
    if is_told or is_first or "affiliation" in roles:  # whatever the surname
        names = [_is_name(source[a:b], is_told) for a, b in parts]
        roles = [role or "author" * name for role, name in zip(roles, names, strict=True)]
    if not parts or "" in roles:
        return
    for (a, b), role in zip(parts, roles, strict=True):
        yield Entry(i, role, lang, a, b)


def _is_name(part: str, is_told: bool) -> bool:
    """Whether a part may be a name: where a label does not tell so, one of few characters that calls a note."""
    name = CALLS.sub("", part).strip()
    is_called = len(name) <= _FEW and name != part.strip() and heading_mark(name) is None
    return _NAME_ALONE.fullmatch(name) is not None and (is_told or is_called)


def read_record(source: str, chunk: Chunk, i: int) -> Iterator[Entry]:
    """The institutions in brackets, or a journal's record of the paper: its class, its number."""
    text = source[chunk.inner : chunk.tail]
    if m := _NAMES_AND_PLACE.fullmatch(text):
        names = list(parts_of(source, chunk.inner, chunk.inner + m.end("names"), ""))
        if PLACE.search(m["place"]) and all(role_of(source[a:b]) == "author" for a, b in names):
            yield from (Entry(i, "author", "", a, b) for a, b in names)
            yield Entry(i, "affiliation", "", chunk.inner + m.start("place"), chunk.inner + m.end("place"))
        return
    if chunk.kind is ChunkKind.TEXT and _INSTITUTIONS.match(text) and PLACE.search(text):
        yield Entry(i, "affiliation", lang_of(source, chunk.inner, chunk.tail), chunk.inner, chunk.tail)
    elif chunk.kind is ChunkKind.TEXT and _RECORD.match(text) and len(text) <= 4 * LONG:
        yield Entry(i, "masthead", "", chunk.inner, chunk.tail)


def stands_as_name(source: str, chunks: Sequence[Chunk], i: int) -> bool:
    """Whether a line below the title is where an author stands: an institution or the abstract is next."""
    if not _NAME_ALONE.fullmatch(re.sub(r"\s", "", bare_text(source, chunks[i]))):
        return False
    behind = chunks[i + 1] if i + 1 < len(chunks) else None
    if behind is None or behind.kind not in LINES:
        return False
    bare = bare_text(source, behind)
    is_place = len(bare) <= LONG and not STOP.search(bare) and role_of(bare) == "affiliation"
    return is_place or label_of(source, behind).role in ("abstract", "affiliation")


def abstract_comes(source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int]) -> bool:
    """Whether the abstract stands below a line that is none of the front's: then the line stays in the text."""
    for i in range(at, min(at + 6, len(chunks))):
        if i in bodies or chunks[i].kind not in LINES:
            return False
        bare = bare_text(source, chunks[i])
        if i > at and label_of(source, chunks[i]).role == "abstract":
            return True
        if (
            len(bare) > 5 * LONG
            or "。" in bare
            or (chunks[i].kind is ChunkKind.HEADING and heading_mark(bare))
        ):
            return False
    return False


def _abstract_follows(source: str, chunks: Sequence[Chunk], at: int) -> bool:
    """Whether a heading is a title in another language: its abstract comes soon."""
    for chunk in chunks[at + 1 : at + 5]:
        role = label_of(source, chunk).role
        if not role and chunk.kind is ChunkKind.HEADING and lang_of(source, chunk.inner, chunk.tail):
            continue  # its second line
        if role or chunk.kind is not ChunkKind.TEXT:
            return role in ("abstract", "author", "affiliation")
    return False


def english_names(source: str, chunk: Chunk, i: int) -> Iterator[Entry]:
    """The lines between an English title and its abstract: institutions, or names."""
    for line in re.finditer(r"[^\n]+", source[chunk.inner : chunk.tail]):
        start, end = chunk.inner + line.start(), chunk.inner + line.end()
        if PLACE.search(line.group()):
            parts = [trimmed(source, start, end)]
            role = "affiliation"
        else:
            parts = [trimmed(source, start + a, start + b) for a, b in _split(line.group())]
            role = "author"
        yield from (Entry(i, role, "en", *part) for part in parts if part)


def _split(names: str) -> Iterator[tuple[int, int]]:
    """The names of a line, parted by commas or «and»."""
    at = 0
    for m in re.finditer(r"[*_]*[,;，；、][*_\s]*|\s+(?:and|&)\s+", names):
        yield at, m.start()
        at = m.end()
    yield at, len(names)


def text_comes(source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int]) -> bool:
    """Whether behind a rule no more front matter comes."""
    for i in range(at, min(at + 3, len(chunks))):
        if i in bodies:
            return True
        if label_of(source, chunks[i]).role in ("abstract", "keywords"):
            return False
    return True
