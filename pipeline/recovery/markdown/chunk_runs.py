"""Which lines of a recognised page are one chunk?

Comes in: the source. Goes out: its chunks in order; blank lines lie between them. Refused: joining what begins a note's body,
a record of the paper, or stands under a line that ended early.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.note_signs import ANY_CALL, NOTES_WORDS, begins_note
from pipeline.own_marks import own_marks
from pipeline.recovery.markdown.chunk_lines import line_at, lines_of
from pipeline.recovery.markdown.chunks import PROSE, Chunk, ChunkKind
from pipeline.recovery.markdown.dress import find_fences, undressed
from pipeline.recovery.wording import papers

SENTENCE_END = re.compile(rf"[。！？…：；][」』”’）]*{ANY_CALL}*[」』”’）。]*$")
_NUMBERED = re.compile(r"[0-9]{1,3}(?:[．、](?=\S)|[.)）](?=[\u3400-\u9fff《〈“「]))")
_SUBITEM = re.compile(r"[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）]")
_STOPS, _CLOSERS = "：；。:;", ".」』”’）)"
_LABELLED = re.compile(  # a line of a paper's record, or of its front
    rf"(?:{papers.CODE}|{papers.RECORD}|{papers.KEYWORDS})[】\]］*_]*\s*[:：]"
)
_NAMES_FIGURE = re.compile(
    r"[*_]*(?:[圖图表]\s?[0-9]{1,3}|Fig(?:ure|\.)?\s?[0-9]|Table\s?[0-9])", re.IGNORECASE
)
_NOTES_NAME = re.compile(rf"[【\[［〔*]*{NOTES_WORDS}[】\]］〕*：: ]*(?=\n|$)")
_NOTES_LABEL = re.compile(r"[*_【\[]*(?:[註注][釋释]|[腳脚][註注]|Footnotes|Notes)[】\]*_]*[:：][*_]*[ \t]*")
_HAN = re.compile("[\u3400-\u9fff]")
_CAPTION_LENGTH = 120  # characters
_WIDEST, _SEVERAL, _FEW = 56, 8, 3  # characters of a printed line; lines
_SHORT = 40  # characters of a mark in its tags
_LONG_LINE = 24  # characters; a page's own lines are shorter, or as long as the one above
_BREAK = re.compile(r"(?<![ \t])[ \t]*+<br\s*/?>[ \t]*(?=\S)", re.IGNORECASE)
_CALL = re.compile(ANY_CALL)
_LABEL = re.compile(rf"[ \t]*{ANY_CALL}[ \t]*")
_INDENT = re.compile("\u3000|&(?:emsp|ensp);|\xa0{2}")


def read_chunks(source: str) -> list[Chunk]:
    """The chunks of an OCR'd source, in order."""
    lines = undressed(source, list(_at_breaks(source, lines_of(source, find_fences(source)))))
    if _are_unwrapped(lines):
        return [line for line in lines if line is not None]
    apart = _lines_are_paragraphs(source, lines)
    chunks = list(merged(lines, lambda last, line: _continues(source, last, line, apart)))
    return _with_labels(source, chunks)


def _with_labels(source: str, chunks: list[Chunk]) -> list[Chunk]:
    """The chunks, each mark that stands alone with the text below it, where these count on and the text calls them: the labels of notes."""
    short = (i for i, c in enumerate(chunks[:-1]) if c.kind is ChunkKind.TEXT and c.tail - c.inner <= _SHORT)
    alone = {i: m for i in short if (m := _LABEL.fullmatch(source, chunks[i].inner, chunks[i].tail))}
    labels = [i for i in alone if chunks[i + 1].kind is ChunkKind.TEXT and i + 1 not in alone]
    if len(labels) < _FEW:
        return chunks
    called = Counter(m.group().strip() for m in _CALL.finditer(source))
    if any(called[alone[i].group().strip()] < 2 for i in labels):
        return chunks
    gone = {i + 1 for i in labels}
    return [
        replace(c, end=chunks[i + 1].end, tail=chunks[i + 1].tail) if i + 1 in gone else c
        for i, c in enumerate(chunks)
        if i not in gone
    ]


def _at_breaks(source: str, lines: Iterable[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines, each that a tag breaks before a note's body or an indent as several, and one that names the notes before the first."""
    for line in lines:
        at = line.start if line is not None else 0
        if line is not None and line.kind in (ChunkKind.TEXT, ChunkKind.ITEM):
            m = _NOTES_LABEL.match(source, line.inner, line.tail)
            if m is not None and begins_note(source, m.end()):
                yield line_at(source[at : m.end()], at)
                at = m.end()
            for m in _BREAK.finditer(source, line.inner, line.tail):
                if _INDENT.match(source, m.end()) or begins_note(source, m.end()):
                    yield line_at(source[at : m.start()], at)
                    at = m.end()
        yield line_at(source[at : line.end], at) if line is not None and at > line.start else line


def _is_boxed(source: str, line: Chunk) -> bool:
    return source[line.inner - 1 : line.inner] in (">", '"') or (
        line.tail < line.end and source[line.tail] == "<"
    )


def _lines_are_paragraphs(source: str, lines: Sequence[Chunk | None]) -> bool:
    """Whether lines without a blank one between them are paragraphs: nearly all end in a full stop."""
    pairs = ends = 0
    for a, b in pairwise(lines):
        if a is not None and b is not None and a.kind is b.kind is ChunkKind.TEXT:
            pairs += 1
            ends += SENTENCE_END.search(source, max(a.inner, a.tail - 24), a.tail) is not None
    return pairs >= 3 and ends * 10 >= pairs * 7


def _are_unwrapped(lines: Sequence[Chunk | None]) -> bool:
    """Whether an engine parts paragraphs by a line's end alone: no blank lines, and many lines are longer than any page is wide."""
    shown = [line for line in lines if line is not None]
    if len(shown) < _SEVERAL or (len(lines) - len(shown)) * 5 > len(lines):
        return False
    sizes = [line.tail - line.inner for line in shown if line.kind is ChunkKind.TEXT]
    wide = [size for size in sizes if size > _WIDEST]
    return len(wide) >= _FEW and sum(wide) * 3 >= sum(sizes)


def merged(lines: Iterable[Chunk | None], goes_on: Callable[[Chunk, Chunk], bool]) -> Iterator[Chunk]:
    """Lines of one paragraph, quotation paragraph, item or table as one chunk."""
    last: Chunk | None = None
    for line in lines:
        if line is not None and last is not None and goes_on(last, line):
            last = Chunk(last.kind, last.start, line.end, last.inner, line.tail, last.level, last.marker)
            continue
        if last is not None:
            yield last
        last = line
    if last is not None:
        yield last


def may_continue(last: Chunk, line: Chunk) -> bool:
    """Whether a line can belong to the chunk before."""
    if line.kind is not ChunkKind.TEXT:
        return line.kind is last.kind is ChunkKind.TABLE
    return not line.level and last.kind in PROSE


def _continues(source: str, last: Chunk, line: Chunk, apart: bool) -> bool:
    """Whether it does. ``apart``: lines are paragraphs in this source."""
    if line.kind is not ChunkKind.TEXT or not may_continue(last, line):
        return may_continue(last, line)
    if (
        apart
        and last.kind is ChunkKind.TEXT
        and SENTENCE_END.search(source, max(last.inner, last.tail - 24), last.tail)
    ):
        return False
    if _NUMBERED.match(source, line.inner) and _NUMBERED.match(source, last.inner):
        return False
    if source.endswith("</div>", last.inner, last.tail) or source.startswith("<div", line.inner):
        return False  # a caption's own box
    if _is_boxed(source, last) or _is_boxed(source, line):
        return False
    if _NOTES_NAME.fullmatch(source, last.inner, last.tail) or _NOTES_NAME.match(source, line.inner):
        return False
    if _LABELLED.match(source, line.inner):
        return False
    if _ends_early(source, last, line):
        return False
    if _SUBITEM.match(source, line.inner):
        stops = _STOPS + _CLOSERS if _SUBITEM.match(source, last.inner) else _STOPS
        if source[last.tail - 1] in stops:
            return False
    own = own_marks(source)
    return not begins_note(source, line.inner) and (own is None or own.body.match(source, line.inner) is None)


def _ends_early(source: str, last: Chunk, line: Chunk) -> bool:
    """Whether a line above another is no full one.

    A caption above another caption or text in another script, or a short line that ends in a stop above a long one.
    """
    begin = max(last.start, source.rfind("\n", last.start, last.tail) + 1)
    above, width = source[begin : last.tail].lstrip(), line.tail - line.inner
    is_caption = len(above) <= _CAPTION_LENGTH and _NAMES_FIGURE.match(above) is not None
    is_foreign = _HAN.search(above) is None and _HAN.match(source, line.inner) is not None
    if is_caption and (is_foreign or _NAMES_FIGURE.match(source, line.inner)):
        return True
    is_short = width >= _LONG_LINE and len(above) * 10 < width * 7
    return is_short and (is_caption or SENTENCE_END.search(above[-24:]) is not None)
