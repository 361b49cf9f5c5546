"""Tables of a Markdown source: pipes or HTML → rows of traced cells.

Refused (an empty result): a table without a row of dashes, and one whose HTML does not close.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.document.traced import Traced
from pipeline.location import Span, stripped
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.markdown.inline import Inline

Rows = tuple[tuple[Traced, ...], ...]

_DASHES = re.compile(r"[ \t]*+\|?(?:[ \t]*+:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*$|[ \t]*-{3,}[ \t]*$")
_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")  # behind a backslash that is itself escaped, too
_TEX_WITH_BAR = re.compile(r"\\\((?=(?:(?!\\[()]).)*\\[A-Za-z]{2})(?:(?!\\[()])[^|])*\|(?:(?!\\[()]).)*\\\)")
_HTML_ROW = re.compile(r"<tr\b[^>]*>(.*?)</tr>", re.IGNORECASE | re.DOTALL)
_HTML_CELL = re.compile(r"<(t[dh])\b(?P<attributes>[^>]*)>(?P<inner>.*?)</\1>", re.IGNORECASE | re.DOTALL)
_CAPTION = re.compile(r"<caption\b[^>]*>(?P<inner>.*?)</caption>", re.IGNORECASE | re.DOTALL)
_TABULAR = re.compile(r"\\begin\{tabular\}(?:\[[^\]]*\])?\{(?:[^{}]|\{[^{}]*\})*\}")
_TEX_ROW_END = re.compile(r"\\\\(?:\[[^\]\n]*\])?")
_TEX_LINES = re.compile(
    r"(?:\s*\\(?:hline|toprule|midrule|bottomrule|c(?:mid)?(?:line|rule)(?:\([lr]+\))?\{[^{}]*\}))+"
)
_TEX_BAR = re.compile(r"(?<!\\)&")
_TEX_SPAN = re.compile(
    r"\s*\\multi(?:column\{(?P<many>[0-9]{1,2})\}|row\{[^{}]*\}(?:\[[^\]]*\])?)\{(?:[^{}]|\{[^{}]*\})*\}\{(?P<inner>[^{}]*)\}\s*"
)
_COLSPAN = re.compile(r"colspan\s*=\s*[\"']?([0-9]{1,2})", re.IGNORECASE)


def read_rows(source: str, chunk: Chunk, inline: Inline) -> Rows:
    """The rows of a table of any kind."""
    if chunk.kind is ChunkKind.TABLE:
        return read_pipe_table(source, chunk, inline)
    read = _read_tex_table if source.startswith("\\", chunk.start) else _read_html_table
    return read(source, chunk, inline)


def read_pipe_table(source: str, chunk: Chunk, inline: Inline) -> Rows:
    """The rows of a table of pipes; lines of dashes are dropped: one tool sets one below a caption, too."""
    rows = []
    at, dashes = chunk.start, False
    for line in source[chunk.start : chunk.end].split("\n"):
        if _DASHES.match(line) and (not dashes or "---" in line):
            dashes = True
        elif line.strip():
            rows.append(_cells(line, at))
        at += len(line) + 1
    if not dashes or not rows:
        return ()
    return tuple(tuple(_cell(source, a, b, inline) for a, b in row) for row in rows)


def _cells(line: str, at: int) -> list[tuple[int, int]]:
    if "\\(" in line:  # a bar inside a formula parts no cells
        line = _TEX_WITH_BAR.sub(lambda m: m.group().replace("|", " "), line)
    bars = [m.end() - 1 for m in _BAR.finditer(line)]
    if not line.lstrip().startswith("|"):
        bars.insert(0, -1)
    if bars[-1:] != [len(line.rstrip()) - 1]:
        bars.append(len(line))
    return [(at + a + 1, at + b) for a, b in pairwise(bars)]


def _cell(source: str, start: int, end: int, inline: Inline) -> Traced:
    return inline.read(*stripped(source, start, end))


def read_caption(source: str, chunk: Chunk, inline: Inline) -> Traced:
    """The caption inside an HTML table; nothing, where the same words stand again right behind the table."""
    span = own_caption(source, chunk)
    return _cell(source, *span, inline) if span is not None else Traced()


def own_caption(source: str, chunk: Chunk, text: str = "") -> Span | None:
    """Where the words of a table's caption are, if they do not stand again right behind the table.

    ``text`` is the source without what is no text, if any of it is known.
    """
    match = _CAPTION.search(source, chunk.start, chunk.end) if chunk.kind is ChunkKind.HTML_TABLE else None
    if match is None:
        return None
    words = _words(match["inner"])
    behind = (text or source)[chunk.end : chunk.end + 60_000].lstrip()[: 3 * len(match["inner"])]
    return Span(*match.span("inner")) if words and not _words(behind).startswith(words) else None


def _words(text: str) -> str:
    return re.sub(r"<[^<>]*>|\([^()\s]*\)|[\W_]", "", text)


def _read_tex_table(source: str, chunk: Chunk, inline: Inline) -> Rows:
    """The rows of a LaTeX ``tabular``. A cell over several columns is followed by empty ones."""
    begin = _TABULAR.match(source, chunk.start, chunk.end)
    if begin is None:
        return ()
    rows = []
    at, end = begin.end(), chunk.end - len("\\end{tabular}")
    for stop in [*_TEX_ROW_END.finditer(source, at, end), None]:
        a, b = at, stop.start() if stop else end
        at = stop.end() if stop else end
        if lines := _TEX_LINES.match(source, a, b):
            a = lines.end()
        if not source[a:b].strip():
            continue
        bars = [a - 1, *(m.start() for m in _TEX_BAR.finditer(source, a, b)), b]
        cells: list[Traced] = []
        for left, right in pairwise(bars):
            m = _TEX_SPAN.match(source, left + 1, right)
            cells.append(_cell(source, *(m.span("inner") if m else (left + 1, right)), inline))
            cells.extend([Traced()] * (int(m["many"] or 1) - 1 if m else 0))
        rows.append(tuple(cells))
    return tuple(rows)


def _read_html_table(source: str, chunk: Chunk, inline: Inline) -> Rows:
    """The rows of an HTML table. A cell over several columns is followed by empty ones."""
    rows = []
    for row in _HTML_ROW.finditer(source, chunk.start, chunk.end):
        cells: list[Traced] = []
        for cell in _HTML_CELL.finditer(source, row.start(1), row.end(1)):
            cells.append(_cell(source, *cell.span("inner"), inline))
            if span := _COLSPAN.search(cell["attributes"]):
                cells.extend([Traced()] * (int(span[1]) - 1))
        if cells:
            rows.append(tuple(cells))
    return tuple(rows)
