"""What a line of a paper's front says of itself: its label, its language, whether it is prose.

Comes in: a chunk of the source. Goes out: the answer, as spans. Refused: what needs the neighbours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.front.people import CALLS, PLACE
from pipeline.recovery.wording import papers

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LABELS = {
    "abstract": re.compile(
        rf"[\s*_【\[［〔]*(?:{papers.ABSTRACT}|Summary)[】\]］〕*_]*"
        r"(?:\s*(?:[:：]|(?=$)|(?<=[】\]］〕*_]))|(?<!Summary)[ \t　]+(?=[^a-z\n][^\n]{30}))[\s*_　]*"
    ),
    "keywords": re.compile(
        rf"[\s*_【\[［〔]*(?:{papers.KEYWORDS})[】\]］〕*_]*"
        r"(?:\s*(?:[:：]|(?=$)|(?<=[】\]］〕*_]))|[ \t　]+(?=[^\n。]*[^\n。\s][；;，、,　 ][^\n。]*$))[\s*_　]*"
    ),
    "author": re.compile(rf"[\s*_]*(?:{papers.AUTHOR}|研究生|博士生|[碩硕]士生)(?:姓名)?\s*[:：／/][\s*_]*"),
    "masthead": re.compile(
        r"[\s*_]*(?:指導教[授師师]|指导教[授师]|指導老師|指导老师|導師|导师|學號|学号|專業|专业|研究方向)(?:姓名)?\s*[:：][\s*_]*"
    ),
    "affiliation": re.compile(r"[\s*_]*(?:單位|单位|作者單位|作者单位|機構|机构)\s*[:：]\s*"),
}
# Names and institutions that an engine wrote as one: «王明¹ 李文²(1某某大學 某地 100190)».
_ADDRESS = re.compile(rf"(?=[^。！？]{{1,300}}$)(?=.*{PLACE.pattern}).*[(（].*[0-9]{{5,6}}.*[)）]")
_RECORD_INSIDE = re.compile(rf"[【\[［〔]?(?:{papers.CODE})[】\]］〕]?\s*[:：]")
STOP = re.compile(r"[。！？；]")
LONG = 60  # a chunk this long, or with a full stop, is text


class Label(NamedTuple):
    """The role that a line's label names, and where the text behind it begins; no role, where the line has none."""

    role: str
    end: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A span of front matter. What stands in its chunk before ``start`` is a label."""

    chunk: int
    role: str  # masthead, title, subtitle, author, affiliation, abstract, keywords, separator
    lang: str  # "en", or empty for the document's own
    start: int
    end: int


def bare_text(source: str, chunk: Chunk) -> str:
    """The chunk's text without calls and emphasis; compatibility ideographs as the common ones."""
    return unicodedata.normalize("NFC", CALLS.sub("", source[chunk.inner : chunk.tail]).strip())


def is_prose(source: str, chunk: Chunk) -> bool:
    """Whether it is prose: long, or a sentence."""
    bare = bare_text(source, chunk)
    return (
        chunk.kind is ChunkKind.TEXT
        and not _ADDRESS.match(bare)
        and (len(bare) > LONG or (len(bare) > 12 and STOP.search(bare) is not None))
    )


def label_of(source: str, chunk: Chunk) -> Label:
    """What the chunk's label, or LaTeX's command, says of it."""
    if source.startswith("\\author", chunk.start):
        return Label("author", chunk.inner)
    for role, pattern in _LABELS.items():
        if m := pattern.match(source, chunk.inner, chunk.tail):
            return Label(role, m.end())
    return Label("", chunk.inner)


def lang_of(source: str, start: int, end: int) -> str:
    return "" if HAN.search(source, start, end) or not re.search("[A-Za-z]", source[start:end]) else "en"


def trimmed(source: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and (source[start].isspace() or source[start] in "*_"):
        start += 1
    while end > start and (source[end - 1].isspace() or source[end - 1] in "*_。"):
        end -= 1
    return (start, end) if end > start else None


def record_at(source: str, start: int, end: int) -> int:
    """Where the journal's record begins that an engine wrote on the keywords' line."""
    m = _RECORD_INSIDE.search(source, start, end)
    return m.start() if m and m.start() > start else end


def keyword_spans(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The keywords, parted by the strongest separator that the line has."""
    line = source[start:end]
    parting = next((p for p in (r"[；;]", r"[、，,]", r"[ 　]{1,}") if re.search(p, line.strip())), "$")
    if parting.startswith("[ ") and not HAN.search(line):
        parting = "$"
    at = start
    for m in re.compile(parting).finditer(source, start, end):
        if part := trimmed(source, at, m.start()):
            yield part
        at = m.end()
    if part := trimmed(source, at, end):
        yield part
