"""The chunks of an OCR'd page in Markdown: what each line, or run of lines, looks like by itself.

Comes in: the source. Goes out: chunks in order, each with its kind and span; blank lines lie between them.
Nothing is decided here that needs the neighbours: a rule may end a page or a section, a short line may be
a running head or a heading. That is the business of ``pages``, ``notes`` and the way of the form.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from unicodedata import east_asian_width


class ChunkKind(StrEnum):
    """What a chunk looks like."""

    TEXT = "text"
    HEADING = "heading"
    RULE = "rule"
    QUOTE = "quote"
    ITEM = "item"
    TABLE = "table"  # pipes
    HTML_TABLE = "html-table"
    FIGURE = "figure"
    CODE = "code"
    PAGE = "page"  # says which page of the source begins or ends here
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class Chunk:
    """``start`` up to ``end`` is the whole, ``inner`` where its text begins, ``tail`` where it ends.

    ``level``: of a heading; the indent of a list item; 1 for a text that begins with an ideographic space.
    """

    kind: ChunkKind
    start: int
    end: int
    inner: int
    tail: int
    level: int = 0
    marker: str = ""


_RULE = re.compile(
    r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\\?\*[ \t]*){3,}|(?:\\?_[ \t]*){3,}|(?:=[ \t]*){4,}|(?:—[ \t]*){3,}|(?:~[ \t]*){4,})$"
)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(?P<inner>.*?)[ \t]*#*[ \t]*$")
_QUOTE = re.compile(r" {0,3}(?:>[ ]?)+(?P<inner>.*)$")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-+*•]|[0-9]{1,3}[.)])[ \t]+(?P<inner>\S.*?)[ \t]*$")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_FIGURE = re.compile(
    r"[ \t]*!\[(?P<inner>[^\[\]]*)\]\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)(?:\{[^{}\n]*\})?[ \t]*$"
)
_INCLUDED = re.compile(r"[ \t]*\\includegraphics(?:\[[^\]]*\])?\{(?P<target>[^{}\s]+)(?P<inner>)\}[ \t]*$")
_IMAGE_TAG = re.compile(r"[ \t]*<img\s[^<>]*>[ \t]*$|[ \t]*<img>[^<>]*</img>[ \t]*$", re.IGNORECASE)
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[^`]*$")
_COMMENT = re.compile(r"[ \t]*<!--(?P<inner>.*?)-->[ \t]*$")
_PAGE_WORD = re.compile(
    r"(?:page(?:_?(?:number|num|no))?|p\.|頁|页|第)\s*[-_:：#=\"]{0,2}\s*(?P<number>[0-9]{1,4})",
    re.IGNORECASE,
)
_PAGE_HEAD = re.compile(r"\s*page-?_?(?:header|footer)", re.IGNORECASE)
_PAGE_MARK = re.compile(  # {12}-----, <page_number>12</page_number>, --- Page 12 ---, [Page 12], ## Page 12
    r"[ \t]*(?:\{(?P<a>[0-9]{1,4})\}-{8,}"
    r"|<page_?(?:number|num)?>\s*[-–—·]?\s*(?P<b>[0-9]{1,4})\s*[-–—·]?\s*</page_?(?:number|num)?>"
    r"|(?:-{2,}|={2,}|\[|#{1,6})[ \t]*(?:page|第)[ \t]*(?P<c>[0-9]{1,4})[ \t]*(?:頁|页)?[ \t]*(?:-{2,}|={2,}|\])?)[ \t]*$",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(
    r"[。！？…：；][」』”’）]*(?:<sup>[^<>]{1,12}</sup>|\$[^$]{1,20}\$|\[\^[^\]]{1,6}\]|\\\[(?:[註注] ?)?[0-9]{1,3}\\\]|[①-⑳¹²³])*[」』”’）。]*$"
)
_TEX = re.compile(
    r"\\(?P<name>title|author|caption|(?:sub){0,2}section|footnotetext)\*?\{\s*(?P<inner>[^\s{}](?:[^{}\n]|\{[^{}\n]*\}){0,4000}?)\s*\}[ \t]*(?=\n|$)"
)
_TABLE = re.compile(r"[ \t]*(?:<html>\s*<body>\s*)?(<table)", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<table\b|<(/)table>", re.IGNORECASE)
_DEEPEST = 12  # tables inside tables
_NOTES_OPEN = re.compile(r"\\footnotetext\{[ \t]*$")
_ENVIRONMENT = re.compile(  # what opens and closes, and what dresses a picture
    r"\\(?:(?:begin|end)\{(?:abstract|figure|table|center|document)\}(?:\[[^\]\n]*\])?|captionsetup\{[^{}\n]*\}|maketitle|centering)"
    r"[ \t]*(?=\n|$)"
)
_ECHO = re.compile(
    r"(?:\[\^[^\]\s]{1,8}\][ \t]*)+\n(?=\[\^[^\]\s]{1,8}\]:)"
)  # of calls, right above their bodies
_NUMBERED = re.compile(r"[0-9]{1,3}(?:[．、](?=\S)|[.)）](?=[\u3400-\u9fff《〈“「]))")
_SUBITEM = re.compile(r"[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})[)）]")
_DISPLAY = re.compile(
    r"[ \t]*(?P<inner>\$\$(?:(?!\n[ \t]*\n)[^$]){1,3000}?\$\$)[ \t]*(?=\n|$)"
)  # a formula of its own
_ANCHORS = re.compile(r"[ \t]*(?:<(?:span|a)\b[^<>]*\b(?:id|name)=[^<>]*>\s*</(?:span|a)>[ \t]*)+")
_LABELLED = re.compile(  # a line of a paper's record, or of its front
    r"(?:(?:中[圖图])?分[類类][號号]|文[獻献][標标][識识誌志][碼码]|文章[編编][號号]|收稿日期|基金[項项]目|作者[簡简]介|[關关][鍵键][詞词]|DOI)[】\]］*_]*\s*[:：]"
)
_NAMES_FIGURE = re.compile(
    r"[*_]*(?:[圖图表]\s?[0-9]{1,3}|Fig(?:ure|\.)?\s?[0-9]|Table\s?[0-9])", re.IGNORECASE
)
_NOTES_NAME = re.compile(
    r"[【\[［〔*]*(?:[註注][ \u3000]?[釋释]|[註注]解|附[註注]|尾[註注]|[腳脚][註注])[】\]］〕*：: ]*(?=\n|$)"
)
_HAN = re.compile("[\u3400-\u9fff]")
_CAPTION_LENGTH = 120  # characters
_LONG_LINE = 24  # characters; a page's own lines are shorter, or as long as the one above
_UNDERLINE = re.compile(r"={2,}|-{2,}")
_DRAWN = re.compile(r"-{3,}(?:[ \t]*\|[ \t]*-{3,})*")
_ALONE = re.compile(  # a formula between TeX's brackets
    r"\\\[(?=[^\n]*(?:\\[A-Za-z]{2}|[\^=]|_\{))(?:(?!\\[\[\]])[^\n\u3400-\u9fff])+\\\][。，；.,;]?"
)
_INLINE_ALONE = re.compile(r"\\\((?:(?!\\[()])[^\n\u3400-\u9fff])+\\\)[，。；.,;]?")
_FIRST_WORD = re.compile(r"(?:\]\([^\s()]*(?:\\[()][^\s()]*)*\s\"[^\"\n]*\"\)|\S)+")
_COLUMNS = 68  # Pandoc fills 72, and counts a few marks otherwise
_NO_TEXT = re.compile(
    r"[ \t]*(?:[-*]|(?<!\S\n)\+)[ \t]*|#{1,6}[ \t]*"
)  # a plus between lines of text is one of a sum
_ENGINE_LINE = re.compile(  # where something stands on the page, and of what kind it is; where a page ends
    r"[ \t]*(?:<\|ref\|>[a-z_ ]{1,30}<\|/ref\|>(?:<\|det\|>[\[\]0-9, ]*<\|/det\|>)?|</?page-?break[ \t]*/?>"
    r"|<-{2,}[ \t]*page[ \t]?(?:split|break)[ \t]*-{2,}>|\[?-{2,}[ \t]*page[ \t]?break[ \t]*-{2,}\]?)[ \t]*$",
    re.IGNORECASE,
)
_WATERMARK_TAG = re.compile(
    r"[ \t]*<(watermark|(?:page_?)?(?:header|footer))>.*</\1>[ \t]*$|[ \t]*</?page_?(?:header|footer)>[ \t]*$",
    re.IGNORECASE,
)


def read_chunks(source: str) -> list[Chunk]:
    """The chunks of an OCR'd source, in order."""
    lines = list(_lines(source))
    apart = _lines_are_paragraphs(source, lines)
    return list(_merged(lines, lambda last, line: _continues(source, last, line, apart)))


def read_wiki_chunks(source: str, wrapped: bool) -> list[Chunk]:
    """The chunks of a wiki export. A bullet without text is an indent; a line may be underlined as a heading.

    Where lines are not ``wrapped``, indented ones that end in a full stop are paragraphs; so is one that comes out
    of an indent. Where they are, an indented line is one if its first word had room on the line above. A formula that
    has a line for itself is a paragraph.
    """
    lines = [
        None if c is not None and _NO_TEXT.fullmatch(source, c.start, c.end) else c for c in _lines(source)
    ]

    def goes_on(last: Chunk, line: Chunk) -> bool:
        if not _goes_on(last, line) or not last.kind is line.kind is ChunkKind.TEXT:
            return _goes_on(last, line)
        if any(_ALONE.fullmatch(source, c.inner, c.tail) for c in (last, line)):
            return False
        indent = line.inner - line.start
        if indent < 2:
            return True
        if _INLINE_ALONE.fullmatch(source, line.inner, line.tail) and _INLINE_ALONE.fullmatch(
            source, max(last.inner, source.rfind("\n", last.start, last.tail) + 1 + indent), last.tail
        ):
            return False
        above = max(last.start, source.rfind("\n", last.start, last.tail) + 1)
        if wrapped:
            return not (
                source[above].isspace()
                and _has_room(source[above : last.tail], source[line.inner : line.tail])
            )
        comes_out = source[above : above + indent + 1].isspace()
        return not (comes_out or _SENTENCE_END.search(source, max(last.inner, last.tail - 24), last.tail))

    return list(_merged(_underlined(source, lines), goes_on))


def _has_room(above: str, line: str) -> bool:
    """Whether the line's first word would have stood on the line above it: then its end is the author's."""
    word = _FIRST_WORD.match(line)
    text = above + " " + (word.group() if word else "")
    return sum(1 + (east_asian_width(c) in "WF") for c in text) <= _COLUMNS


def _underlined(source: str, lines: Sequence[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines, a heading with its underline as one; and so a table of which only the inner bars are drawn."""
    k = 0
    while k < len(lines):
        line, below = lines[k], lines[k + 1] if k + 1 < len(lines) else None
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
            yield Chunk(ChunkKind.TABLE, line.start, last.end, line.start, last.end)
            k = stop
        elif _UNDERLINE.fullmatch(rule):
            yield Chunk(ChunkKind.HEADING, line.start, below.end, line.inner, line.tail, 1 + (rule[0] == "-"))
            k += 2
        else:
            yield line
            k += 1


def _lines_are_paragraphs(source: str, lines: Sequence[Chunk | None]) -> bool:
    """Whether lines without a blank one between them are paragraphs: nearly all end in a full stop."""
    pairs = ends = 0
    for a, b in pairwise(lines):
        if a is not None and b is not None and a.kind is b.kind is ChunkKind.TEXT:
            pairs += 1
            ends += _SENTENCE_END.search(source, max(a.inner, a.tail - 24), a.tail) is not None
    return pairs >= 3 and ends * 10 >= pairs * 7


def _lines(source: str) -> Iterator[Chunk | None]:
    """A chunk for every line, None for a blank one."""
    at, size = 0, len(source)
    in_notes = False  # LaTeX's group of a page's notes is open
    while at < size:
        end = source.find("\n", at)
        end = size if end < 0 else end
        line = source[at:end].rstrip("\r")
        if not line.strip():
            yield None
            at = end + 1
            continue
        if (fence := _FENCE.match(line)) and (close := _fence_end(source, end, fence[1])) > 0:
            yield Chunk(ChunkKind.CODE, at, close, at, close)
            at = close + 1
            continue
        if "$$" in line and (m := _DISPLAY.match(source, at)):
            yield Chunk(ChunkKind.CODE, *m.span("inner"), *m.span("inner"))
            at = m.end() + 1
            continue
        if _NOTES_OPEN.match(line):
            in_notes = True
            yield Chunk(ChunkKind.RULE, at, at + len(line), at, at + len(line), marker="{")
            at = end + 1
            continue
        if line.startswith("\\") and (m := _ENVIRONMENT.match(source, at)):
            yield Chunk(ChunkKind.COMMENT, *m.span(), *m.span())
            at = m.end() + 1
            continue
        if line.startswith("\\") and (m := _TEX.match(source, at)):
            yield _tex_chunk(m)
            at = m.end() + 1
            continue
        if line.startswith("[^") and _ECHO.match(source, at):
            yield Chunk(ChunkKind.COMMENT, at, at + len(line), at, at + len(line))
            at = end + 1
            continue
        if (table := _TABLE.match(line)) and (close := html_table_end(source, at, at + 200_000)) > 0:
            end = close + (len("</body></html>") if source.startswith("</body></html>", close) else 0)
            yield Chunk(ChunkKind.HTML_TABLE, at, end, at + table.start(1), close)
            at = end
            continue
        if in_notes and line.strip() == "}":
            in_notes = False
            yield Chunk(ChunkKind.COMMENT, at, at + len(line), at, at + len(line))
            at = end + 1
            continue
        yield _line(line, at)
        at = end + 1


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
    return Chunk(kind, *match.span(), *match.span("inner"), level)


def _fence_end(source: str, at: int, fence: str) -> int:
    """Where the code block closes, or 0: an open fence is no code block."""
    close = re.compile(r"\n[ \t]*" + re.escape(fence) + r"[`~]*[ \t]*(?=\n|$)").search(
        source, at, at + 20_000
    )
    return close.end() if close else 0


def _line(line: str, at: int) -> Chunk:
    end = at + len(line)

    def chunk(kind: ChunkKind, match: re.Match[str] | None = None, level: int = 0, marker: str = "") -> Chunk:
        if match is not None and "inner" in match.re.groupindex:
            return Chunk(kind, at, end, at + match.start("inner"), at + match.end("inner"), level, marker)
        return Chunk(kind, at, end, at, end, level, marker)

    if m := _PAGE_MARK.match(line):
        return chunk(ChunkKind.PAGE, marker=m["a"] or m["b"] or m["c"])
    if m := _COMMENT.match(line):
        page = None if _PAGE_HEAD.match(m["inner"]) else _PAGE_WORD.search(m["inner"])
        return chunk(ChunkKind.PAGE, marker=page["number"]) if page else chunk(ChunkKind.COMMENT)
    if _WATERMARK_TAG.match(line) or _IMAGE_TAG.match(line) or _ENGINE_LINE.match(line):
        return chunk(ChunkKind.COMMENT)
    if _RULE.match(line):
        return chunk(ChunkKind.RULE, marker="*" if "*" in line else line.strip()[0])
    if m := _HEADING.match(line):
        return chunk(ChunkKind.HEADING, m, level=len(m[1]))
    if m := _QUOTE.match(line):
        return chunk(ChunkKind.QUOTE, m)
    if m := _FIGURE.match(line) or _INCLUDED.match(line):
        return chunk(ChunkKind.FIGURE, m, marker=m["target"])
    if _TABLE_ROW.match(line):
        return chunk(ChunkKind.TABLE)
    if m := _ITEM.match(line):
        marker = "-" if m["marker"] in "-+*•" else m["marker"]
        return chunk(ChunkKind.ITEM, m, level=len(m["indent"].expandtabs(4)), marker=marker)
    anchors = _ANCHORS.match(line)
    bare = line[anchors.end() :] if anchors else line.lstrip(" \t\u3000")
    indent = 1 if "\u3000" in line[: len(line) - len(bare)] else 0
    return Chunk(
        ChunkKind.TEXT, at, end, at + len(line) - len(bare), at + len(line.rstrip(" \t\u3000")), indent
    )


def _merged(lines: Iterable[Chunk | None], goes_on: Callable[[Chunk, Chunk], bool]) -> Iterator[Chunk]:
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


def _goes_on(last: Chunk, line: Chunk) -> bool:
    """Whether a line can belong to the chunk before."""
    if line.kind is not ChunkKind.TEXT:
        return line.kind is last.kind is ChunkKind.TABLE
    return not line.level and last.kind in (ChunkKind.TEXT, ChunkKind.ITEM, ChunkKind.QUOTE)


def _continues(source: str, last: Chunk, line: Chunk, apart: bool) -> bool:
    """Whether it does. ``apart``: lines are paragraphs in this source."""
    if line.kind is not ChunkKind.TEXT or not _goes_on(last, line):
        return _goes_on(last, line)
    if (
        apart
        and last.kind is ChunkKind.TEXT
        and _SENTENCE_END.search(source, max(last.inner, last.tail - 24), last.tail)
    ):
        return False
    if _NUMBERED.match(source, line.inner) and _NUMBERED.match(source, last.inner):
        return False
    if _LABELLED.match(source, line.inner) or _NOTES_NAME.match(source, line.inner):
        return False
    if _ends_early(source, last, line):
        return False
    if _SUBITEM.match(source, line.inner) and source[last.tail - 1 : last.tail] in "：；。:;":
        return False
    return NOTE_START.match(source, line.inner) is None


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
    return is_short and (is_caption or _SENTENCE_END.search(above[-24:]) is not None)


# A line that begins with one of these begins a note's body, never goes on with a paragraph.
NOTE_START = re.compile(
    r"(?:\[?<sup>\s*[\[［]*[(（〔註注]?\s?(?:[0-9]{1,3}|[①-⑳㉑-㉟㊱-㊿]|[*＊†‡])[\])）〕]*(?:\(#[^()\s]*\))?\s*</sup>"
    r"|(?:\$|\\\()\s*(?:\{\s*\}\s*)?\^\s*\{?\s*(?:\\(?:text|mathrm|textcircled)\s*\{)?\s*[(（]?(?:[0-9]{1,3}|[①-⑳]|\*+)[)）]?[\s}]*(?:\$|\\\))"
    r"|\$\s*\\textcircled\s*\{\s*[0-9]{1,2}\s*\}\s*\$"
    r"|\[\^[^\]\s]{1,8}\]:|Footnote [0-9]{1,3}: |[†‡]"
    r"|\^\{?[0-9]{1,3}\}?\^?(?=[ \t\S])|\^\[[0-9]{1,3}\]\^|\*\*[\[〔［(（]?(?:[0-9]{1,3}|[①-⑳])[\]〕］)）]?[.．、:：]?\*\*"
    r"|[①-⑳㉑-㉟㊱-㊿]"
    r"|[⁰¹²³⁴-⁹]{1,3}(?=\S|[ \t])"
    r"|\\?[\[〔［][0-9]{1,3}\\?[\]〕］](?!\())(?![ \t]*[，。；：、！？）」』”’])"
)
