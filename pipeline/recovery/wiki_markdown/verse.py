"""Verse: its line ends that Pandoc took for spaces, as it does not know the wiki's tag for verse; lines that match each other.

Comes in: the source, a text of it. Goes out: where such verse stands, the text with its lines. Refused: lines of several lengths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.markdown.inline import LINK
from pipeline.recovery.wording.occurrence import matches

_OPEN, _CLOSE = r"(?:\\<|&lt;)poem(?:[ ][^<>\n]{0,80})?(?:\\?>|&gt;)", r"(?:\\?<|&lt;)/poem(?:\\?>|&gt;)"
TAG = re.compile(rf"{_OPEN}[ \n]?|(?:\\<|&lt;)/poem(?:\\?>|&gt;)")  # as text
_BEGIN, _END = re.compile(rf"{_OPEN}|<poem> (?=\S)"), re.compile(_CLOSE)
_LONGEST = 20_000  # characters
_SHORTEST = 7  # Han characters of a line: shorter ones are names
_SIDE = r"[\u3400-\u9fff，。、；：！？」』》）…—]"
_LINE_END = re.compile(rf"(?<={_SIDE})[ \n](?=[^\s])|(?<=\S)[ \n](?={_SIDE}|[「『《（])")
_WHY = "line end of verse"
_LINK = re.compile(rf"{LINK}|\\\[[0-9]{{1,3}}\\\]")  # or a call
_CLAUSE_END = re.compile("[，、；。！？]")
_VERSE = re.compile(r"(?:[\u3400-\u9fff]{3,9}[，、；。！？]?){1,4}")


def find_verse(source: str) -> list[Span]:
    """The stretches, with their tags."""
    found: list[Span] = []
    for end in matches(_END, source, "poem"):
        begin = _BEGIN.search(source, max(found[-1].end if found else 0, end.start() - _LONGEST), end.start())
        if begin is not None:
            found.append(Span(begin.start(), end.end()))
    return found


def are_verses(one: str, other: str) -> bool:
    """Whether two lines are verses: as long as each other, clause by clause.

    >>> are_verses("  船過河口水連天，", "  不見人歸又一年。"), are_verses("  船過河口。", "  人不見了。")
    (True, False)
    """
    lines = [_LINK.sub(lambda m: m["words"] or "", line).strip(" 「」『』“”") for line in (one, other)]
    lengths = [[len(clause) for clause in _CLAUSE_END.split(line) if clause] for line in lines]
    is_long = sum(lengths[0]) >= _SHORTEST
    return is_long and lengths[0] == lengths[1] and all(_VERSE.fullmatch(line) for line in lines)


def with_lines(text: Traced) -> Traced:
    """The text with a line end for each space beside a Han character, and where the export cut its own lines.

    >>> with_lines(Traced.kept("清又清， 萬家生。", 0)).text
    '清又清，\\n萬家生。'
    """
    return Traced(tuple(_lines(text)))


def _lines(text: Traced) -> Iterator[Piece]:
    before = ""
    for piece in text.pieces:
        is_gap = piece.edit is not None and (piece.edit.rule == "L236" or "\n" in piece.edit.before)
        if is_gap and piece.kind is PieceKind.TEXT and before:
            edit = piece.edit and piece.edit._replace(after="\n", why=_WHY)
            yield Piece("\n", piece.span, edit)
        elif piece.kind is not PieceKind.TEXT or piece.edit is not None:
            yield piece
        else:
            yield from _parted(piece, before)
        before = (piece.text or before)[-1:]


def _parted(piece: Piece, before: str) -> Iterator[Piece]:
    at, shown = 0, before + piece.text
    for m in _LINE_END.finditer(shown):
        begin = m.start() - len(before)
        if begin < at:
            continue
        start = piece.span.start
        if begin > at:
            yield Piece(piece.text[at:begin], Span(start + at, start + begin), None)
        span = Span(start + begin, start + begin + 1)
        yield Piece("\n", span, Edit(span, piece.text[begin], "\n", "L902", _WHY))
        at = begin + 1
    if at < len(piece.text):
        yield Piece(piece.text[at:], Span(piece.span.start + at, piece.span.end), None)
