"""Stretches of code that a link had parted.

Comes in: a traced text. Goes out: the same, with code that touches as one. Refused: code with something seen between.
"""

from __future__ import annotations

import re

from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span


def joined_code(text: Traced) -> Traced:
    """Stretches of code that touch, because a link stood between them, as one."""
    pieces: list[Piece] = []
    last = -1  # where the code before is, if nothing shown stands between
    for piece in text.pieces:
        if _is_code(piece) and last >= 0:
            before, span = pieces[last], piece.span
            pieces[last : last + 1] = [_without(before, 0, -1), _tick(before.span.end - 1)]
            pieces += [_tick(span.start), _without(piece, 1, len(piece.text))]
            last = len(pieces) - 1
            continue
        pieces.append(piece)
        last = len(pieces) - 1 if _is_code(piece) else (last if not piece.text else -1)
    return Traced(tuple(pieces))


def _is_code(piece: Piece) -> bool:
    return (
        piece.kind is PieceKind.MARKUP
        and piece.edit is None
        and re.fullmatch("`[^`]+`", piece.text) is not None
    )


def _without(piece: Piece, start: int, stop: int) -> Piece:
    text = piece.text[start:stop]
    begin = piece.span.start + start
    return Piece(text, Span(begin, begin + len(text)), None, piece.kind)


def _tick(at: int) -> Piece:
    span = Span(at, at + 1)
    return Piece("", span, Edit(span, "`", "", "L218", "ends of code that goes on"))
