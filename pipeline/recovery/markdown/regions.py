"""What an engine names each part of a page before it tells it: ``<|ref|>footnote<|/ref|>``, ``**【页眉】** 渡口志``.

Comes in: the source and its lines. Goes out: the lines: names as comments, those of notes as marks that notes begin and end at, heads and
feet of pages as comments, their numbers as marks of pages. Refused: names where none is a page's head, foot or number, as editions have
them («【注释】»).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from pipeline.recovery.markdown.chunks import Chunk, ChunkKind

NOTES_BEGIN, NOTES_END = "{", "}"  # mark what stands above and behind a page's notes


class _Region(Enum):
    """What a name says of the lines below it, up to the next name."""

    EDGE = r"(?:page[ _])?(?:header|footer)|[页頁][眉首脚腳]|[书書]眉|天[头頭]"
    NUMBER = r"page[ _]?number|number|[页頁][码碼]"
    NOTES = r"(?:page[ _])?footnotes?|[脚腳][註注]|[页頁]下[註注]|[註注][释釋]"
    TEXT = r"[a-z]+(?:[ _][a-z]+)?|正文|主[体體]|[标標][题題]|[图圖]片?|表格?|引文"


_WHICH = {region: re.compile(region.value, re.IGNORECASE) for region in _Region}
_NAME = re.compile(
    r"[ \t]*(?:<\|ref\|>(?P<name>[a-z_ ]{1,30})<\|/ref\|>(?:<\|det\|>[\[\]0-9, ]*<\|/det\|>)?"
    r"|(?P<bold>\*\*)?【(?P<zone>[^【】\n]{2,12})】(?(bold)\*\*)[:：]?)[ \t]*(?P<rest>\S[^\n]*)?"
)
_PAGE_NUMBER = re.compile(r"[^0-9\n]{0,4}(?P<n>[0-9]{1,4})[^0-9\n]{0,4}")
_LEAST = 2  # parts at a page's edge


def in_regions(source: str, lines: Sequence[Chunk | None]) -> Sequence[Chunk | None]:
    """The lines as what the names above them say; unchanged where an engine named no parts of pages."""
    names = [_name_of(source, line) for line in lines] if "<|ref|>" in source or "】" in source else []
    edges = sum(name is not None and name[0] in (_Region.EDGE, _Region.NUMBER) for name in names)
    return list(_told(source, lines, names)) if edges >= _LEAST else lines


def begins_notes(line: Chunk) -> Chunk:
    """A mark that notes stand behind: a rule."""
    return replace(line, kind=ChunkKind.RULE, marker=NOTES_BEGIN)


def ends_notes(line: Chunk) -> Chunk:
    """A mark that notes end at: a comment."""
    return replace(line, kind=ChunkKind.COMMENT, marker=NOTES_END)


def _name_of(source: str, line: Chunk | None) -> tuple[_Region, re.Match[str]] | None:
    """The region that a line names, if it does."""
    if line is None or line.kind not in (ChunkKind.TEXT, ChunkKind.COMMENT):
        return None
    m = _NAME.fullmatch(source, line.start, line.end)
    name = m["name"] or m["zone"] if m is not None else ""
    region = next((region for region, which in _WHICH.items() if which.fullmatch(name.strip())), None)
    return (region, m) if m is not None and region is not None else None


def _told(
    source: str, lines: Sequence[Chunk | None], names: Sequence[tuple[_Region, re.Match[str]] | None]
) -> Iterator[Chunk | None]:
    region = _Region.TEXT
    for line, name in zip(lines, names, strict=True):
        if line is None:
            yield None
        elif name is not None:
            last, (region, m) = region, name
            yield from _named(source, line, last, region, m)
        elif line.kind in (ChunkKind.RULE, ChunkKind.PAGE):
            region = _Region.TEXT
            yield line
        else:
            yield _as(source, line, region)


def _named(source: str, line: Chunk, last: _Region, region: _Region, m: re.Match[str]) -> Iterator[Chunk]:
    """The line of a name, and what stands behind it."""
    has_rest = m["rest"] is not None
    mark = replace(line, end=m.start("rest"), tail=m.start("rest")) if has_rest else line
    if (last is _Region.NOTES) is (region is _Region.NOTES):
        yield replace(mark, kind=ChunkKind.COMMENT)
    else:
        yield ends_notes(mark) if last is _Region.NOTES else begins_notes(mark)
    if has_rest:
        rest = replace(line, kind=ChunkKind.TEXT, start=m.start("rest"), inner=m.start("rest"))
        yield _as(source, rest, region)


def _as(source: str, line: Chunk, region: _Region) -> Chunk:
    """A line of a region."""
    if region is _Region.NUMBER and (m := _PAGE_NUMBER.fullmatch(source, line.inner, line.tail)):
        return replace(line, kind=ChunkKind.PAGE, marker=m["n"])
    return replace(line, kind=ChunkKind.COMMENT) if region in (_Region.EDGE, _Region.NUMBER) else line
