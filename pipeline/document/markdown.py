"""A traced text as Pandoc Markdown: what a reader would see, with as few escapes as Pandoc needs.

Comes in: pieces (text, markup, calls, page starts). Goes out: one line of Markdown that Pandoc reads back
as the same text, under ``markdown-smart`` and under ``pipeline.document.master.MASTER_FORMAT`` alike.
Only pieces of kind TEXT are escaped; markup is passed on, the recovery answers for it.

A person proofreads the result, so a character is escaped only where Pandoc would misread it: ``149~170``
alone stays as it is, ``149~170頁，83~87頁`` would become a subscript and gets one backslash.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from pipeline.document.traced import PieceKind, Traced

_SPECIAL = re.compile(r"[\\`*_~^\[\]<$@&!|]")
# Line ends and white space that Pandoc or YAML would read in their own ways; NUL cannot stand in a text.
_ODD_SPACE = str.maketrans(
    dict.fromkeys("\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029", " ") | {"\0": "\N{REPLACEMENT CHARACTER}"}
)
_INLINE = (
    re.compile(r"[\\`*]"),
    re.compile(r"(?<![^\W_])_|_(?![^\W_])"),  # inside a word an underscore is one
    re.compile(r"~(?=[^ \t\n~]*~)"),  # a subscript holds no space
    re.compile(r"(?<=~)~"),
    re.compile(r"\^(?=\[|[^ \t\n^]*\^)|(?<=\[)\^"),
    re.compile(r"\$(?=[^$]*\$)"),
    re.compile(r"\](?=[({\[:])"),
    re.compile(r"!(?=\[)"),
    re.compile(r"(?<=\^)\["),  # behind a superscript's mark it would begin a note
    re.compile(r"<(?=[^\W\d_]|[/!?])"),
    re.compile(r"(?<![^\W_])@(?=[\w{*])"),
    re.compile(r"&(?=#?\w+;)"),
)
_CALL = re.compile(r"(?:\[\^[^\]]*\])+")
_MARKED_PAIR = re.compile(r"[~^]")
_BETWEEN_CELLS = re.compile(r"[|$]")  # mathematics would run from one cell into the next
_START = (
    re.compile(r"#"),
    re.compile(r">"),
    re.compile(r"\|"),
    re.compile(r"[-+](?=[ \t\n]|[-+=]|$)"),
    re.compile(r":(?=[ \t\n]|:|$)"),
    re.compile(r"~(?=[ \t\n]|$)"),
    re.compile(r"%"),
    re.compile(r"=(?==*[ \t]*$)"),
    re.compile(r"(?<=[Tt]able):(?=[ \t\n]|$)"),
)
# A number, letter or Roman numeral with a dot or bracket begins a list; the backslash goes before the mark.
_ENUMERATOR = re.compile(
    r"\(?(?:[0-9]+|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,}|#|@[\w-]*)([.)])(?=[ \t\n]|$)|\(?[A-Z](\))(?=[ \t\n]|$)"
    r"|[A-Z](\.)(?=[ ]{2}|[ ]?[\t\n]|[ ]?$)"  # an initial has one space behind it, a list mark two
)
_TABLE_CAPTION = re.compile(r"[Tt]able(:)(?=[ \t\n]|$)")
_DEFINITION = re.compile(r"\[\^[^\]]*\](:)")  # a call and a colon would be a note's body
_LABEL = re.compile(r"[\s\^\[\]]+")


def write_inline(text: Traced, *, start: bool = True, cell: bool = False) -> str:
    """The text as Markdown for one paragraph; a line end in it becomes a hard line break.

    ``start``: the text begins a block, so what looks like a list or heading mark is escaped too.
    ``cell``: it stands in a pipe table, so every bar is escaped.
    """
    rendered, plain = _assemble(text)
    return _escape(rendered, plain, start=start, cell=cell)


def write_label(label: str) -> str:
    """A note's label as Pandoc allows it: no white space, brackets or carets."""
    return _LABEL.sub("-", label) or "-"


def write_attribute(value: str) -> str:
    """A value for an attribute, in quotation marks."""
    return (
        '"' + value.translate(_ODD_SPACE).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'
    )


def _assemble(text: Traced) -> tuple[str, list[tuple[int, int]]]:
    """The pieces one after the other, and which ranges of the whole are plain text."""
    out: list[str] = []
    plain: list[tuple[int, int]] = []
    at = 0
    for piece in text.pieces:
        match piece.kind:
            case PieceKind.CALL:
                part = f"[^{write_label(piece.text)}]" if piece.text else ""
            case PieceKind.PAGE:
                part = f"[]{{.page n={write_attribute(piece.text)}}}" if piece.text else ""
            case PieceKind.MARKUP:
                part = piece.text
            case _:
                part = piece.text.translate(_ODD_SPACE)
                if part:
                    if plain and plain[-1][1] == at:
                        plain[-1] = (plain[-1][0], at + len(part))
                    else:
                        plain.append((at, at + len(part)))
        out.append(part)
        at += len(part)
    return _stripped("".join(out), plain)


def _stripped(rendered: str, plain: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Without white space at the ends: it would be an indent, or a line break."""
    lead = len(rendered) - len(rendered.lstrip(" \t\n"))
    whole = rendered.strip(" \t\n")
    if lead:
        plain = [(max(0, a - lead), b - lead) for a, b in plain if b > lead]
    return whole, [(a, min(b, len(whole))) for a, b in plain if a < len(whole)]


def _escape(rendered: str, plain: list[tuple[int, int]], *, start: bool, cell: bool) -> str:
    at: set[int] = set()
    if _SPECIAL.search(rendered):
        for pattern in _INLINE:
            at.update(m.start() for m in pattern.finditer(rendered))
        at.update(_unmatched(rendered, plain))
        at.update(_pairs_over_markup(rendered, plain))
        if cell:
            at.update(m.start() for m in _BETWEEN_CELLS.finditer(rendered))
    starts = [0, *(m.end() for m in re.finditer(r"\n[ \t]*", rendered))] if start else []
    for begin in starts:
        at.update(_line_start(rendered, begin))
    line_ends = [m.start() for m in re.finditer("\n", rendered)]
    if not at and not line_ends:
        return rendered
    breaks = set(line_ends)
    out, last = [], 0
    for position in sorted(_inside(at | breaks, plain)):
        out.append(rendered[last:position].rstrip(" \t") if position in breaks else rendered[last:position])
        out.append("\\")
        last = position
    out.append(rendered[last:])
    return "".join(out)


def _line_start(rendered: str, begin: int) -> Iterator[int]:
    for pattern in _START:
        if m := pattern.match(rendered, begin):
            yield m.start()
    for pattern in (_ENUMERATOR, _TABLE_CAPTION, _DEFINITION):
        if m := pattern.match(rendered, begin):
            yield m.start(m.lastindex or 1)


def _pairs_over_markup(rendered: str, plain: list[tuple[int, int]]) -> Iterator[int]:
    """Tildes and carets that pair over markup: emphasis may hold the space that a subscript may not."""
    if len(plain) < 2:
        return
    marks = [m.start() for m in _MARKED_PAIR.finditer(rendered)]
    if len(marks) < 2:
        return
    gaps = [(a, b) for (_, a), (b, _) in pairwise(plain) if not _CALL.fullmatch(rendered, a, b)]
    if any(marks[0] < a and b <= marks[-1] for a, b in gaps):
        yield from marks


def _unmatched(rendered: str, plain: list[tuple[int, int]]) -> Iterator[int]:
    """Square brackets of the text without a partner, nested, or holding markup: they could pair with markup."""
    for begin, end in plain:
        open_at: list[int] = []
        for m in re.finditer(r"[\[\]]", rendered[begin:end]):
            at = begin + m.start()
            if m.group() == "[":
                if open_at:
                    yield at
                    continue
                open_at.append(at)
            elif open_at:
                open_at.pop()
            else:
                yield at
        yield from open_at


def _inside(positions: set[int], plain: list[tuple[int, int]]) -> Iterator[int]:
    """Those positions that stand in plain text."""
    begins = [a for a, _ in plain]
    for position in positions:
        i = bisect_right(begins, position) - 1
        if i >= 0 and position < plain[i][1]:
            yield position
