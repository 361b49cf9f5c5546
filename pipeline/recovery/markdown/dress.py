"""Lines that an engine dressed in tags of HTML, underlined, or set into fences: what they are without it.

Comes in: the source and its lines. Goes out: the lines, each as the kind that its tags say; a tag alone on its line as a
comment. Refused: tags inside a sentence, and fences around code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.note_signs import DIGITS, NUMBERED_TAG, OF_NOTE, RAISED_NUMBER, begins_note
from pipeline.recovery.markdown.chunk_lines import line_at
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.markdown.regions import NOTES_BEGIN, begins_notes, ends_notes, in_regions

_NOTE_NAMES = r"aside|(?:page[-_]?)?foot-?notes?"
_BOX = re.compile(  # around one line; a note's own, or what only places it
    rf"[ \t]*<(?P<name>small|sub|{_NOTE_NAMES}|fn|note|summary|p|div|center|section|span(?=[^<>]*note))\b[^<>]*>[ \t]*"
    r"(?P<inner>\S(?:[^\n]*\S)?)[ \t]*</(?P=name)>[ \t]*",
    re.IGNORECASE,
)
_PLACED = re.compile(r"<(?:div|center|section)\b(?![^<>]*note)", re.IGNORECASE)
_NUMBERED = re.compile(rf"[ \t]*{NUMBERED_TAG}")
_NOTE_TAG = re.compile(
    rf"[ \t]*<(?P<end>/?)(?:(?:{_NOTE_NAMES})\b[^<>]*|(?:div|section|ol)\b[^<>]*note[^<>]*)>[ \t]*",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"[ \t]*</?(?:p|div|details|center|section|article|figure|ol|ul|body|main|small|sub)\b[^<>]*>(?:[ \t]*</[a-z]+>)?[ \t]*",
    re.IGNORECASE,
)
_BEGIN_OF_TAG, _END_OF_TAG = (
    re.compile(r"[ \t]*<(?P<name>[A-Za-z]+)\b"),
    re.compile(r"[ \t]*</(?P<name>[A-Za-z]+)>[ \t]*"),
)
_RULE_TAG = re.compile(r"[ \t]*<hr[ \t]*/?>[ \t]*", re.IGNORECASE)
_DIV = re.compile(r":{3,}[ \t]*(?P<name>\{?\.?(?:foot)?notes?\}?)?")  # Pandoc's own
_OPEN_DIV = re.compile(r"(?m)^[ \t]*:{3,}[ \t]*\{?\.?(?:foot)?notes?")
_QUOTE_TAG = re.compile(r"[ \t]*<(?P<end>/?)blockquote\b[^<>]*>[ \t]*", re.IGNORECASE)
_QUOTED = re.compile(
    r"[ \t]*<blockquote\b[^<>]*>(?:[ \t]*<p>)?[ \t]*(?P<inner>\S(?:[^\n]*?\S)?)[ \t]*(?:</p>[ \t]*)?</blockquote>[ \t]*",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"[ \t]*<h(?P<level>[1-6])\b[^<>]*>[ \t]*(?P<inner>\S(?:[^\n]*?\S)?)[ \t]*</h(?P=level)>[ \t]*",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"[ \t]*(?:<figure\b[^<>]*>[ \t]*)?(?:<img\b[^<>]*>[ \t]*)?<figcaption>[ \t]*(?P<inner>\S(?:[^\n]*?\S)?)[ \t]*</figcaption>[ \t]*(?:</figure>[ \t]*)?",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"(?<=[^\s>|])[ \t]*<br[ ]?/?>[ \t]*\Z|(?<=</[a-z]>)[ \t]*<br[ ]?/?>[ \t]*\Z", re.IGNORECASE
)
_SLANTED = re.compile(r"(?P<mark>\*|_)(?P<inner>[^\n*]*[^\s*])(?P=mark)")
# Around a page's foot; the notes in it have numbers of their own.
_FOOT = re.compile(r"\[\^[0-9]{0,3}\]:[ \t]*(?=\S)")
_FEET = re.compile(
    rf"(?m)^{_FOOT.pattern}(?:\$\s*(?:\{{\s*\}}\s*)?\^|<sup>|[①-⑳]|[\[［〔（(]?[0-9]{{1,3}}[\]］〕）).、 ]|\\?[*＊])"
)
# A call of one, but for an echo right above.
_FOOT_CALL = re.compile(r"(?m)\[\^[0-9]{1,3}\](?![:\[])(?!$\n+\[\^[0-9]{1,3}\]:)")
_UNDERLINE = re.compile(r"(?:={3,}|-{3,})[ \t]*")
_HEADED = 60  # characters; a longer line is no heading
_STOPPED = re.compile(r"[。；，、,;][」』”’）)]*$|</sup>$|\$$|\]$")
_END_TAG = re.compile(
    rf"[ \t]*</(?P<name>{_NOTE_NAMES}|fn|note)>[ \t]*\Z", re.IGNORECASE
)  # of a note of several lines
_BACK_LINK = re.compile(
    r"[ \t\xa0]*(?:<a\b[^<>]*>|\[)[↩⏎↑]\ufe0e?(?:</a>|\]\(#[^()\s]*\))[ \t]*\Z"
)  # to the call
_BRACKETED = re.compile(rf"\[(?P<inner>(?:Footnote|{OF_NOTE})[ ]?(?:{DIGITS}|[*†‡])[:：][^\n]*?)\]?")
_RAISED = re.compile(RAISED_NUMBER)
_FENCE = re.compile(r"(?m)^[ \t]*`{3,}[ \t]*(?P<name>[A-Za-z]*)[ \t]*$")
_TEXT_NAMES = ("markdown", "md")
# So much of the source stands in fences that hold its pages; less where they are many and named: notes may stand behind all.
_MOST, _MANY = 0.7, 0.4


def find_fences(source: str) -> frozenset[int]:
    """Where the lines begin that fence the source's pages: a transcript set as blocks of Markdown.

    They name it, or hold most of the source. The last one may be open.
    """
    if "```" not in source:
        return frozenset()
    found = list(_FENCE.finditer(source))
    named = any(m["name"].lower() in _TEXT_NAMES for m in found)
    if any(m["name"] and m["name"].lower() not in (*_TEXT_NAMES, "text", "plaintext", "html") for m in found):
        return frozenset()  # code
    held = sum(
        b.start() - a.end()
        for a, b in zip(found[::2], [*found[1::2], re.search(r"\Z", source)], strict=False)
        if b
    )
    least = _MANY if named and len(found) >= 4 else _MOST
    if found and held >= least * len(source) and (named or found[0].start() <= 200):
        return frozenset(m.start() for m in found)
    return frozenset()


def undressed(source: str, lines: Sequence[Chunk | None]) -> list[Chunk | None]:
    """The lines as what their tags and underlines say."""
    if ("[^0]:" in source or "[^]:" in source) and _FEET.search(source) and not _FOOT_CALL.search(source):
        lines = [_out_of_foot(source, line) for line in lines]
    lines = in_regions(source, lines)
    divided = ":::" in source and _OPEN_DIV.search(source) is not None
    bare = [_undressed(source, line, divided) for line in _underlined(source, lines)]
    return list(_quoted(source, _closed(source, bare)))


def _out_of_foot(source: str, line: Chunk | None) -> Chunk | None:
    """A line without the label of a page's whole foot; its echo above is the foot's rule."""
    if line is None or not source.startswith("[^", line.start):
        return line
    if line.kind is ChunkKind.COMMENT:
        return begins_notes(line)
    m = _FOOT.match(source, line.start, line.end)
    return replace(line, kind=ChunkKind.TEXT, inner=m.end()) if m is not None else line


def _undressed(source: str, line: Chunk | None, divided: bool) -> Chunk | None:
    """A line without the tags around it; no line, where a mark of quotation or an anchor stands alone.

    ``divided``: Pandoc's marks of a division set notes apart.
    """
    if line is None or (line.kind in (ChunkKind.QUOTE, ChunkKind.TEXT) and line.inner >= line.tail):
        return None
    if source.endswith(">", line.inner, line.tail) and (m := _BREAK.search(source, line.inner, line.tail)):
        line = replace(line, tail=m.start())
    if line.kind is ChunkKind.QUOTE:
        return replace(line, tail=line.inner + len(source[line.inner : line.tail].rstrip()))
    if line.kind is ChunkKind.HEADING and _RAISED.match(source, line.inner, line.tail):
        line = replace(line, kind=ChunkKind.TEXT)  # of small type
    if line.kind is not ChunkKind.TEXT:
        return line
    line = _unclosed(source, line)
    is_note = source[line.inner] in "*_" and begins_note(source, line.inner + 1)
    if is_note and (m := _SLANTED.fullmatch(source, line.inner, line.tail)):
        return replace(line, inner=m.start("inner"), tail=m.end("inner"))
    if divided and source[line.inner] == ":" and (m := _DIV.fullmatch(source, line.inner, line.tail)):
        return begins_notes(line) if m["name"] else ends_notes(line)
    if source[line.inner] == "<":
        line = _untagged(source, line)
    is_linked = line.kind is ChunkKind.TEXT and source.endswith((">", ")"), line.inner, line.tail)
    m = _BACK_LINK.search(source, line.inner, line.tail) if is_linked else None
    return replace(line, tail=m.start()) if m is not None else line


def _unclosed(source: str, line: Chunk) -> Chunk:
    """A line of text without what closes a note behind it: the end of its tag, its bracket."""
    if source[line.inner] == "[" and (m := _BRACKETED.fullmatch(source, line.inner, line.tail)):
        return replace(line, inner=m.start("inner"), tail=m.end("inner"))
    m = (
        _END_TAG.search(source, line.inner, line.tail)
        if source.endswith(">", line.inner, line.tail)
        else None
    )
    if m is None or f"<{m['name']}" in source[line.inner : line.tail]:
        return line
    return replace(line, tail=m.start()) if m.start() > line.inner else line


def _untagged(source: str, line: Chunk) -> Chunk:
    """A line of text that begins with a tag as what its tags say."""
    if _RULE_TAG.fullmatch(source, line.start, line.end):
        return replace(line, kind=ChunkKind.RULE, marker="-")
    begin, end = line.start, line.end
    # One may stand in another.
    while m := _BOX.fullmatch(source, begin, end) or _CAPTION.fullmatch(source, begin, end):
        if _NUMBERED.match(source, begin):
            return replace(line, inner=begin, tail=m.end("inner"))
        begin, end = m.span("inner")
    if m := _HEADING.fullmatch(source, begin, end):
        return replace(
            line, kind=ChunkKind.HEADING, inner=m.start("inner"), tail=m.end("inner"), level=int(m["level"])
        )
    if m := _QUOTED.fullmatch(source, begin, end):
        return replace(line, kind=ChunkKind.QUOTE, inner=m.start("inner"), tail=m.end("inner"))
    if end < line.end and _PLACED.match(source, line.inner):
        return replace(line_at(source[begin:end], begin), start=line.start, end=line.end)
    if end < line.end:
        return replace(line, inner=begin, tail=end)
    if m := _NOTE_TAG.fullmatch(source, line.start, line.end):
        return ends_notes(line) if m["end"] else begins_notes(line)
    return replace(line, kind=ChunkKind.COMMENT) if _TAG.fullmatch(source, line.start, line.end) else line


def _closed(source: str, lines: Sequence[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines, the end of a tag that notes stand in as their end."""
    opened = ""
    for line in lines:
        m = _END_OF_TAG.fullmatch(source, line.start, line.end) if line is not None else None
        if (
            line is not None
            and line.marker == NOTES_BEGIN
            and (begin := _BEGIN_OF_TAG.match(source, line.start))
        ):
            opened = begin["name"].lower()
        if line is not None and m is not None and opened == m["name"].lower():
            opened = ""
            yield ends_notes(line)
        else:
            yield line


def _quoted(source: str, lines: Iterable[Chunk | None]) -> Iterator[Chunk | None]:
    """The lines between the tags of a quotation as quotations."""
    inside = False
    for line in lines:
        if (
            line is not None
            and line.kind is ChunkKind.TEXT
            and (m := _QUOTE_TAG.fullmatch(source, line.start, line.end))
        ):
            inside = not m["end"]
            yield replace(line, kind=ChunkKind.COMMENT)
        elif line is not None and inside and line.kind is ChunkKind.TEXT:
            yield replace(line, kind=ChunkKind.QUOTE)
        else:
            yield line


def _underlined(source: str, lines: Sequence[Chunk | None]) -> list[Chunk | None]:
    """Headings that a line of = or - underlines, where all such lines stand below short ones without a stop."""
    pairs = [
        i
        for i in range(1, len(lines))
        if (line := lines[i]) is not None
        and lines[i - 1] is not None
        and line.kind in (ChunkKind.RULE, ChunkKind.TEXT)
        and _UNDERLINE.fullmatch(source, line.start, line.end)
    ]
    if len(pairs) < 2 or not all(_may_head(source, lines, i - 1) for i in pairs):
        return list(lines)
    out = list(lines)
    for i in pairs:
        text, rule = lines[i - 1], lines[i]
        if text is not None and rule is not None:
            level = 1 if source[rule.inner] == "=" else 2
            out[i - 1] = replace(text, kind=ChunkKind.HEADING, end=rule.end, level=level)
            out[i] = None
    return out


def _may_head(source: str, lines: Sequence[Chunk | None], i: int) -> bool:
    line = lines[i]
    alone = i == 0 or lines[i - 1] is None
    return (
        alone
        and line is not None
        and line.kind is ChunkKind.TEXT
        and line.tail - line.inner <= _HEADED
        and _STOPPED.search(source[line.inner : line.tail]) is None
    )
