"""What a reader sees of a text, and what becomes of one that shows nothing.

Comes in: a traced text. Goes out: an answer, the text trimmed, or its edits alone. Refused: nothing.
"""

from __future__ import annotations

import re

from pipeline.document.traced import Edit, Piece, PieceKind, Traced

_NO_WORDS = re.compile(r"[\s.,;:。，；：、*]+")


def has_content(text: Traced) -> bool:
    """Whether a reader sees something: words, a call, code or a formula."""
    return any(
        p.text.strip()
        and (p.kind in (PieceKind.TEXT, PieceKind.CALL) or (p.kind is PieceKind.MARKUP and p.text[0] in "`$"))
        for p in text.pieces
    )


def is_empty(text: Traced) -> bool:
    """Whether a text has nothing to be seen, or only calls."""
    return not has_content(Traced(tuple(p for p in text.pieces if p.kind is not PieceKind.CALL)))


def is_lost(text: Traced) -> bool:
    """Whether nothing but marks is left: a citation's last stop."""
    return is_empty(text) or _NO_WORDS.fullmatch(text.text) is not None


def taken_back(text: Traced, why: str = "") -> list[Edit]:
    """The edits of a text that nobody sees: they stay in the ledger. With a reason, its words go as well."""
    if why:
        return [Edit(p.span, p.edit.before if p.edit else p.text, "", "L215", why) for p in text.pieces]
    return [p.edit._replace(after="") for p in text.pieces if p.edit is not None]


def trimmed(text: Traced) -> Traced:
    """Without white space at the ends, where a cut left it: it was no indent."""
    pieces = list(text.pieces)
    for order in (range(len(pieces)), reversed(range(len(pieces)))):
        for i in order:
            piece = pieces[i]
            if piece.kind is not PieceKind.TEXT or piece.edit is not None:
                if piece.text:
                    break
                continue
            bare = piece.text.strip(" \t\n\u3000")
            if bare:
                break
            pieces[i] = Piece(
                "", piece.span, Edit(piece.span, piece.text, "", "L216", "white space at a cut")
            )
    return Traced(tuple(pieces))
