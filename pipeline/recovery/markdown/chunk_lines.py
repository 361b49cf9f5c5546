"""What does each line of a recognised page or a wiki export look like by itself?

Comes in: the source. Goes out: a chunk for every line, or for several where a sign opens and another closes them: code, a
formula, a table of HTML. Refused: an open fence is no code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from pipeline.page_signs import (
    is_page_aside,
    is_tex_break,
    number_in_comment,
    number_in_mark,
    number_in_sheet,
    sheet_heads,
)
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind, speaks_of_tex

_RULE = re.compile(
    r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\\?\*[ \t]*){3,}|(?:\\?_[ \t]*){3,}|(?:=[ \t]*){4,}|(?:[—―─━][ \t]*){3,}|(?:~[ \t]*){4,})$"
)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?P<inner>.*?)[ \t]*#*[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:>[ ]?)+(?P<inner>.*)$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-+*•]|[0-9]{1,3}[.)])[ \t]+(?P<inner>\S.*?)[ \t]*$")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_FIGURE = re.compile(
    r"[ \t]*!\[(?P<inner>[^\[\]]*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)(?:\{[^{}\n]*\})?[ \t]*$"
)
_INCLUDED = re.compile(r"[ \t]*\\includegraphics(?:\[[^\]]*\])?\{(?P<target>[^{}\s]+)(?P<inner>)\}[ \t]*$")
_APART = re.compile(  # Mistral's, of a table that stands in a file of its own
    r"[ \t]*\[(?P<inner>)(?P<target>tbl-[0-9]{1,4}\.(?:html|md))\]\((?P=target)\)[ \t]*$"
)
_IMAGE_TAG = re.compile(r"[ \t]*<img\s[^<>]*>[ \t]*$|[ \t]*<img>[^<>]*</img>[ \t]*$", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[^`]*$")
_COMMENT = re.compile(r"[ \t]*<!--(?P<inner>.*?)-->[ \t]*$")
_NOTE_COMMENT = re.compile(r"[ \t]*<!--[ ]*Footnote=\"(?P<inner>.*\S)[ ]*\"[ ]*-->[ \t]*$")  # Azure's
_TEX = re.compile(
    r"\\(?P<name>title|author|caption|(?:sub){0,2}section|footnotetext)\*?(?P<number>\[[0-9]{1,3}\])?\{\s*(?P<inner>[^\s{}](?:[^{}\n]|\{[^{}\n]*\}){0,4000}?)\s*\}[ \t]*(?=\n|$)"
)
_TABLE = re.compile(r"[ \t]*(?:<div\b[^<>]*>\s*)?(?:<html>\s*<body>\s*)?(<table)", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<table\b|<(/)table>", re.IGNORECASE)
_BLANKS = " \t"  # white space that Markdown knows
_BEHIND_TABLE = re.compile(r"(?:</body></html>)?(?:</div>)?")
_TABULAR_END = "\\end{tabular}"
_DEEPEST = 12  # tables inside tables
_GROUP_OPEN = re.compile(
    r"\\(footnotetext|author)\{[ \t]*$"
)  # LaTeX's: a page's notes, names and institutions
_ROW_END = re.compile(r"[ \t]*\\{2}[ \t]*$")
_TEX_ITEM = re.compile(r"[ \t]*\\item[ \t]+(?P<inner>\S.*?)[ \t]*$")
_TEX_LIST = re.compile(r"\\(?P<what>begin|end)\{(?P<name>itemize|enumerate)\}")
_ENVIRONMENT = re.compile(  # what opens and closes, and what dresses a picture
    r"\\(?:(?:begin|end)\{(?:abstract|figure|table|center|document|itemize|enumerate)\}(?:\[[^\]\n]*\])?|captionsetup\{[^{}\n]*\}|maketitle|centering)"
    r"[ \t]*(?=\n|$)"
)
# An echo of calls, right above their bodies.
_ECHO = re.compile(r"(?:\[\^[^\]\s]{1,8}\][ \t]*)+\n(?=\[\^[^\]\s]{1,8}\]:)")
# A formula of its own.
_DISPLAY = re.compile(r"[ \t]*(?P<inner>\$\$(?:(?!\n[ \t]*\n)[^$]){1,3000}?\$\$)[ \t]*(?=\n|$)")
_INDENT = re.compile(r"(?:[ \t\u3000\xa0]|&(?:emsp|ensp|nbsp|#12288);)*")
_ANCHORS = re.compile(  # of HTML, and Pandoc's
    r"[ \t]*(?:(?:<(?:span|a)\b[^<>]*\b(?:id|name)=[^<>]*>\s*</(?:span|a)>|\[\]\{#[^{}\n]*\})[ \t]*)+"
)
_ENGINE_LINE = re.compile(  # where something stands on the page, and of what kind it is
    r"[ \t]*(?:<\|ref\|>[a-z_ ]{1,30}<\|/ref\|>(?:<\|det\|>[\[\]0-9, ]*<\|/det\|>)?"
    r"|:(?:un)?selected:(?:[ \t]*:(?:un)?selected:)*|\[MISSING_PAGE_EMPTY(?::[0-9]+)?\]|[\[【](?:[圖图]片|[圖图]像|image|figure)(?:[ \t]?[0-9]{1,3})?[\]】])[ \t]*$",
    re.IGNORECASE,
)


def lines_of(source: str, fences: Collection[int] = ()) -> Iterator[Chunk | None]:
    """A chunk for every line, None for a blank one. ``fences``: where lines begin that fence text."""
    lines = _read_lines(source, fences)
    return _with_markers(source, lines) if "\\item" in source else lines


def _read_lines(source: str, fences: Collection[int]) -> Iterator[Chunk | None]:
    at, size = 0, len(source)
    group = ""  # of LaTeX's, that is open
    while at < size:
        end = source.find("\n", at)
        end = size if end < 0 else end
        line = source[at:end].rstrip("\r")
        if line[-1:].isspace() and line[-1] not in _BLANKS:
            line = line.rstrip()  # a wide or unbroken space at a line's end is none of its own
        if not line.strip():
            yield None
        elif at in fences or _is_aside(source, at, line):
            yield Chunk.whole(ChunkKind.COMMENT, at, at + len(line))
        elif (opened := _GROUP_OPEN.match(line)) and not (opened[1] == "author" and _TEX.match(source, at)):
            group = opened[1]
            kind = ChunkKind.COMMENT if group == "author" else ChunkKind.RULE
            yield Chunk.whole(kind, at, at + len(line), "{")
        elif found := _read_block(source, at, line):
            chunk, end = found
            yield chunk
        elif group and line.strip() == "}":
            group = ""
            yield Chunk.whole(ChunkKind.COMMENT, at, at + len(line))
        elif group == "author":  # each line names others
            yield from (line_at(_ROW_END.sub("", line), at), None)
        else:
            yield line_at(line, at)
        at = end + 1


def _with_markers(source: str, lines: Iterator[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines, the items of LaTeX's lists with their numbers and depth; outside one they are text."""
    lists: list[int] = []  # of each that is open the next item's number, 0 where it has none
    for line in lines:
        if line is not None and (m := _TEX_LIST.match(source, line.start)):
            if m["what"] == "begin":
                lists.append(int(m["name"] == "enumerate"))
            elif lists:
                lists.pop()
        if line is None or line.marker != "\\item":
            yield line
        elif not lists:
            yield Chunk.whole(ChunkKind.TEXT, line.start, line.end)
        else:
            marker = f"{lists[-1]}." if lists[-1] else "-"
            yield Chunk(line.kind, line.start, line.end, line.inner, line.tail, 4 * len(lists) - 4, marker)
            lists[-1] += bool(lists[-1])


def _is_aside(source: str, at: int, line: str) -> bool:
    """Whether a line repeats the calls of the bodies below it, or is LaTeX's command that ends a page."""
    if line.startswith("\\"):
        return is_tex_break(line) and not speaks_of_tex(source)
    return line.startswith("[^") and _ECHO.match(source, at) is not None


def _read_block(source: str, at: int, line: str) -> tuple[Chunk, int] | None:
    """What a line opens that another one closes, or what begins with a sign of its own; and where its last line ends."""
    if (fence := _FENCE.match(line)) and (close := _fence_end(source, at + len(line), fence[1])) > 0:
        return Chunk.whole(ChunkKind.CODE, at, close), close
    if "$$" in line and (m := _DISPLAY.match(source, at)):
        return Chunk.whole(ChunkKind.CODE, *m.span("inner")), m.end()
    if line.startswith("---") and (m := sheet_heads(source).get(at)):
        number = number_in_sheet(m)
        return Chunk.whole(ChunkKind.PAGE if number else ChunkKind.COMMENT, *m.span(), number), m.end()
    if line.startswith("\\") and (found := _read_tex(source, at, line)):
        return found
    if (table := _TABLE.match(line)) and (close := html_table_end(source, at, at + 200_000)) > 0:
        behind = _BEHIND_TABLE.match(source, close)
        end = behind.end() if behind is not None else close
        chunk = Chunk(ChunkKind.HTML_TABLE, at, end, at + table.start(1), close)
        return chunk, end - 1  # what stands behind it is a line of its own
    return None


def _read_tex(source: str, at: int, line: str) -> tuple[Chunk, int] | None:
    """A command of LaTeX that begins a line, and where its last line ends."""
    if m := _ENVIRONMENT.match(source, at):
        return Chunk.whole(ChunkKind.COMMENT, *m.span()), m.end()
    if m := _TEX.match(source, at):
        return _tex_chunk(m), m.end()
    if line.startswith("\\begin{tabular") and not speaks_of_tex(source):
        close = source.find(_TABULAR_END, at, at + 60_000)
        end = close + len(_TABULAR_END)
        return (Chunk.whole(ChunkKind.HTML_TABLE, at, end), end - 1) if close > 0 else None
    return None


def html_table_end(source: str, start: int, limit: int) -> int:
    """Where the table of HTML that begins here ends, with those inside it; 0 where it does not."""
    first = source.find("</table>", start, limit) + 8
    if first < 8:
        return 0
    depth = 0
    for m in _TABLE_TAG.finditer(source, start, limit):
        depth += -1 if m[1] else 1
        if not depth:
            return m.end()
        if depth > _DEEPEST:
            break
    return first


def _tex_chunk(match: re.Match[str]) -> Chunk:
    """A command of LaTeX that some engines write in their Markdown: a heading, an author, a note."""
    name = match["name"]
    kind = ChunkKind.TEXT if name in ("author", "caption", "footnotetext") else ChunkKind.HEADING
    level = 0 if kind is ChunkKind.TEXT else 1 + name.count("sub") + (name != "title")
    begin = match.start() if match["number"] else match.start("inner")  # a note's own
    return Chunk(kind, *match.span(), begin, match.end("inner"), level)


def _fence_end(source: str, at: int, fence: str) -> int:
    """Where the code block closes, or 0: an open fence is no code block."""
    close = re.compile(r"\n[ \t]*" + re.escape(fence) + r"[`~]*[ \t]*(?=\n|$)").search(
        source, at, at + 20_000
    )
    return close.end() if close else 0


def line_at(line: str, at: int) -> Chunk:
    """What a line that begins ``at`` that place is by itself."""
    end = at + len(line)

    def chunk(kind: ChunkKind, match: re.Match[str] | None = None, level: int = 0, marker: str = "") -> Chunk:
        if match is not None and "inner" in match.re.groupindex:
            inner = match.start("inner")
            tail = inner + len(match["inner"].rstrip())
            return Chunk(kind, at, end, at + inner, at + tail, level, marker)
        return Chunk(kind, at, end, at, end, level, marker)

    if number := number_in_mark(line):
        return chunk(ChunkKind.PAGE, marker=number)
    if m := _NOTE_COMMENT.match(line):
        return chunk(ChunkKind.TEXT, m)
    if m := _COMMENT.match(line):
        number = number_in_comment(m["inner"])
        return chunk(ChunkKind.PAGE, marker=number) if number else chunk(ChunkKind.COMMENT)
    if is_page_aside(line) or _IMAGE_TAG.match(line) or _ENGINE_LINE.match(line):
        return chunk(ChunkKind.COMMENT)
    if _RULE.match(line):
        return chunk(ChunkKind.RULE, marker="*" if "*" in line else line.strip()[0])
    if m := _HEADING.match(line):
        heading = chunk(ChunkKind.HEADING, m, level=len(m[1]))
        anchors = _ANCHORS.match(line, m.start("inner"))
        return replace(heading, inner=at + anchors.end()) if anchors else heading
    if m := _QUOTE.match(line):
        return chunk(ChunkKind.QUOTE, m)
    if m := _FIGURE.match(line) or _INCLUDED.match(line) or _APART.match(line):
        return chunk(ChunkKind.FIGURE, m, marker=m["target"])
    if _TABLE_ROW.match(line):
        return chunk(ChunkKind.TABLE)
    if m := _TEX_ITEM.match(line):
        return chunk(ChunkKind.ITEM, m, marker="\\item")
    if m := _ITEM.match(line):
        marker = "-" if m["marker"] in "-+*•" else m["marker"]
        return chunk(ChunkKind.ITEM, m, level=len(m["indent"].expandtabs(4)), marker=marker)
    return _text_at(line, at)


def _text_at(line: str, at: int) -> Chunk:
    """A line of text, behind its anchors or its indent; an indent of a whole character is of level 1."""
    anchors = _ANCHORS.match(line)
    bare = line[anchors.end() :] if anchors else line.lstrip(" \t\u3000")
    if bare.startswith("&"):
        bare = _INDENT.sub("", bare, count=1)
    indent = 1 if "\u3000" in line[: len(line) - len(bare)] or line.startswith("&") else 0
    return Chunk(
        ChunkKind.TEXT, at, at + len(line), at + len(line) - len(bare), at + len(line.rstrip()), indent
    )
