"""Emphasis and raised text of HTML as Markdown's marks can hold them.

Comes in: a text whose tags became marks. Goes out: the same, where ``</em><em>`` is no mark and a raised or lowered
text has no spaces. Refused: raised words, whose spaces part them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span

_LONGEST = 40  # pieces of a raised or lowered text
_WORDS = re.compile(r"[A-Za-z]{2}\s+[A-Za-z]{2}|[\u3400-\u9fff]\s+[\u3400-\u9fff]")


def tidied(text: Traced) -> Traced:
    """The text with marks that hold what their tags held.

    >>> e, t = (Traced.edited(f"<{end}em>", at, "*", "L903", "", PieceKind.MARKUP) for end, at in (("/", 5), ("", 10)))
    >>> [p.text for p in tidied(Traced.kept("a", 4) + e + t + Traced.kept("b", 14)).pieces]
    ['a', '', '', 'b']
    """
    out: list[Piece] = []
    opened = -1  # where a raised or lowered text begins
    for piece in text.pieces:
        tag = _tag(piece)
        if tag and tag[1] != "/" and piece.text[0] == "*" and out and out[-1].text == piece.text:
            if _tag(out[-1]).startswith("</"):
                out[-1] = _unmarked(out[-1])
                out.append(_unmarked(piece))
                continue
        elif tag and piece.text in ("~", "^") and tag[1] != "/":
            opened = len(out)
        elif tag and opened >= 0 and piece.text == out[opened].text:
            inner = out[opened + 1 :]
            if len(inner) <= _LONGEST and not _WORDS.search("".join(p.text for p in inner)):
                out[opened + 1 :] = [part for p in inner for part in _tight(p)]
            opened = -1
        out.append(piece)
    return Traced(tuple(out))


def _tag(piece: Piece) -> str:
    """The tag that a mark stands for; empty for all else."""
    if piece.kind is not PieceKind.MARKUP or piece.edit is None or not piece.text:
        return ""
    return piece.edit.before if piece.edit.before.startswith("<") else ""


def _unmarked(piece: Piece) -> Piece:
    edit = piece.edit
    return Piece(
        "", piece.span, edit and edit._replace(after="", why="inline tag that ends and begins again")
    )


def _tight(piece: Piece) -> Iterator[Piece]:
    """A piece of text without its spaces."""
    if piece.kind is not PieceKind.TEXT or piece.edit is not None:
        yield piece
        return
    for m in re.finditer(r"\s+|\S+", piece.text):
        span = Span(piece.span.start + m.start(), piece.span.start + m.end())
        if m.group().isspace():
            yield Piece("", span, Edit(span, m.group(), "", "L903", "space in a raised or lowered text"))
        else:
            yield Piece(m.group(), span, None)
