"""Which lines of a wiki export are one chunk?

Comes in: the source. Goes out: its chunks in order. A bullet without text is an indent; a line may be underlined as a heading.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from unicodedata import east_asian_width

from pipeline.location import Span
from pipeline.recovery.markdown.chunk_lines import lines_of
from pipeline.recovery.markdown.chunk_runs import SENTENCE_END, may_continue, merged
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.wiki_markdown.cuts.plain_page import BETWEEN_SIGNS
from pipeline.recovery.wiki_markdown.verse import are_verses

_UNDERLINE = re.compile(r"={2,}|-{2,}")
_DRAWN = re.compile(r"-{3,}(?:[ \t]*\|[ \t]*-{3,})*")
FORMULA_ALONE = re.compile(  # between TeX's brackets
    r"\\\[(?=[^\n]*(?:\\[A-Za-z]{2}|[\^=]|_\{))(?:(?!\\[\[\]])[^\n\u3400-\u9fff])+\\\][。，；.,;]?"
)
_INLINE_ALONE = re.compile(r"\\\((?:(?!\\[()])[^\n\u3400-\u9fff])+\\\)[，。；.,;]?")
_FIRST_WORD = re.compile(r"(?:\]\([^\s()]*(?:\\[()][^\s()]*)*\s\"[^\"\n]*\"\)|\S)+")
_COLUMNS = 68  # Pandoc fills 72, and counts a few marks otherwise
_TOLD = re.compile(r"[ \t]*:[ \t]{2,3}(?=\S)")  # what Pandoc's Markdown says of the term above
_INDENT_INSIDE = re.compile("(?<=[。：！？」”\\]]) \u3000{2,}(?=\\S)")  # of a line whose end became a space
# A plus between lines of text is one of a sum.
_MARKS_ALONE = re.compile(r"#{1,6}[ \t]*")
_NO_TEXT = re.compile(r"[ \t]*(?:[-*]|:(?=[ \t]{2})|(?<!\S\n)\+)[ \t]*|#{1,6}[ \t]*")


def read_wiki_chunks(
    source: str,
    wrapped: bool,
    dashes: Collection[int] = (),
    tables: Sequence[Span] = (),
    apart: bool = False,
) -> list[Chunk]:
    """The chunks of a wiki export. A bullet without text is an indent; a line may be underlined as a heading.

    Where lines are not ``wrapped``, indented ones that end in a full stop are paragraphs; so is one that comes out
    of an indent. Where they are, an indented line is one behind a full stop, or if its first word had room on the line
    above. Indented verses stay together. A formula that has a line for itself is a paragraph. ``dashes``: where lines begin
    whose dash is no bullet. ``tables``: those drawn with dashes, each one chunk. ``apart``: each line is a paragraph.
    """
    whole = _with_marks_ahead(source, lines_of(source))
    lines = [part for line in whole for part in _at_indents(source, _line(source, line, dashes))]
    if tables:
        lines = list(_with_tables(lines, tables))

    def goes_on(last: Chunk, line: Chunk) -> bool:
        if apart and line.kind is ChunkKind.TEXT and last.kind in (ChunkKind.TEXT, ChunkKind.ITEM):
            return False
        if not may_continue(last, line) or not last.kind is line.kind is ChunkKind.TEXT:
            return may_continue(last, line)
        if any(FORMULA_ALONE.fullmatch(source, c.inner, c.tail) for c in (last, line)):
            return False
        if _TOLD.match(source, line.start):
            return False
        return line.inner - line.start < 2 or _goes_on_indented(source, last, line, wrapped)

    return list(merged(_underlined(source, lines), goes_on))


def _goes_on_indented(source: str, last: Chunk, line: Chunk, wrapped: bool) -> bool:
    """Whether an indented line goes on with the text above it."""
    indent = line.inner - line.start
    begin = source.rfind("\n", last.start, last.tail) + 1
    above, text = source[max(last.start, begin) : last.tail], source[line.inner : line.tail]
    formula = source[max(last.inner, begin + indent) : last.tail]
    if _INLINE_ALONE.fullmatch(text) and _INLINE_ALONE.fullmatch(formula):
        return False
    if are_verses(above, text):
        return True
    is_whole = SENTENCE_END.search(source, max(last.inner, last.tail - 24), last.tail) is not None
    if wrapped:
        return not (above[:1].isspace() and (is_whole or _has_room(above, text)))
    return not (is_whole or above[: indent + 1].isspace())


def _with_marks_ahead(source: str, lines: Iterable[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines, the marks of a heading with the words right below them as one: html2text cuts a line there."""
    marks: Chunk | None = None
    for line in lines:
        if marks is not None and line is not None and line.kind is ChunkKind.TEXT:
            level = source.count("#", marks.start, marks.end)
            yield Chunk(ChunkKind.HEADING, marks.start, line.end, line.inner, line.tail, level)
            marks = None
            continue
        if marks is not None:
            yield marks
        marks = line if line is not None and _MARKS_ALONE.fullmatch(source, line.start, line.end) else None
        if marks is None:
            yield line
    if marks is not None:
        yield marks


def _line(source: str, line: Chunk | None, dashes: Collection[int]) -> Chunk | None:
    """The line: none where it holds nothing but a sign of Markdown's, text where it begins with a sign between words.

    One between equals signs is a heading.
    """
    if line is not None and (m := BETWEEN_SIGNS.fullmatch(source, line.start, line.end)) is not None:
        return Chunk(ChunkKind.HEADING, line.start, line.end, *m.span("inner"), len(m["signs"]))
    if line is None or line.start not in dashes:
        return None if line is not None and _NO_TEXT.fullmatch(source, line.start, line.end) else line
    begin = min(at for sign in "-+" if (at := source.find(sign, line.start, line.end)) >= 0)
    tail = max(line.tail, begin + 1)
    return Chunk(ChunkKind.TEXT, line.start, line.end, begin, tail)


def _at_indents(source: str, line: Chunk | None) -> Iterator[Chunk | None]:
    """A line of text, parted where the author indented a paragraph and the export took the line's end away."""
    if line is not None and line.kind is ChunkKind.TEXT:
        for m in _INDENT_INSIDE.finditer(source, line.inner, line.tail):
            yield from (Chunk(ChunkKind.TEXT, line.start, m.start(), line.inner, m.start()), None)
            line = Chunk(ChunkKind.TEXT, m.start(), line.end, m.end(), line.tail)
    yield line


def _with_tables(lines: Sequence[Chunk | None], tables: Sequence[Span]) -> Iterator[Chunk | None]:
    """The lines, those of each table as one."""
    k, end = 0, -1
    for line in lines:
        if line is None or (line.start >= end and (k == len(tables) or line.start < tables[k].start)):
            yield line
        elif line.start >= end:
            yield from (None, Chunk.whole(ChunkKind.TABLE, *tables[k], "-"), None)
            k, end = k + 1, tables[k].end


def _has_room(above: str, line: str) -> bool:
    """Whether the line's first word would have stood on the line above it: then its end is the author's."""
    word = _FIRST_WORD.match(line)
    text = above + " " + (word.group() if word else "")
    return sum(1 + (east_asian_width(c) in "WF") for c in text) <= _COLUMNS


def _heads_table(source: str, lines: Sequence[Chunk | None], k: int) -> bool:
    """Whether a line has the names of columns: inner bars are drawn below it, or a line and then rows."""
    line, below = lines[k], lines[k + 1] if k + 1 < len(lines) else None
    row = lines[k + 2] if k + 2 < len(lines) else None
    if line is None or below is None or row is None or line.kind is not ChunkKind.TEXT:
        return False
    rule = source[below.start : below.end].strip()
    return _DRAWN.fullmatch(rule) is not None and "|" in source[row.start : row.end]


def _end_of_rows(source: str, lines: Sequence[Chunk | None], k: int) -> int:
    """Where lines without a bar follow the rows of a table that begins at line ``k``."""
    stop = k + 2
    while stop < len(lines) and (row := lines[stop]) is not None and "|" in source[row.start : row.end]:
        stop += 1
    return stop


def _underlined(source: str, lines: Sequence[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines, a heading with its underline as one; and so a table of which only the inner bars are drawn."""
    k = 0
    while k < len(lines):
        line, below = lines[k], lines[k + 1] if k + 1 < len(lines) else None
        if k and lines[k - 1] is not None and _heads_table(source, lines, k):
            yield None  # one tool sets a table right below the text
            stop = _end_of_rows(source, lines, k)
            last = lines[stop - 1]
            assert line is not None and last is not None
            yield Chunk.whole(ChunkKind.TABLE, line.start, last.end)
            yield None
            k = stop
            continue
        if (
            line is None
            or below is None
            or line.kind is not ChunkKind.TEXT
            or (k and lines[k - 1] is not None)
        ):
            yield line
            k += 1
            continue
        stop = next((i for i in range(k, len(lines)) if lines[i] is None), len(lines))
        last = lines[stop - 1]
        rule = source[below.start : below.end].strip()
        if _DRAWN.fullmatch(rule) and last is not None and "|" in source[below.end : last.end]:
            yield Chunk.whole(ChunkKind.TABLE, line.start, last.end)
            k = stop
        elif _UNDERLINE.fullmatch(rule):
            yield Chunk(ChunkKind.HEADING, line.start, below.end, line.inner, line.tail, 1 + (rule[0] == "-"))
            k += 2
        else:
            yield line
            k += 1
