"""Which delimiters of emphasis have a partner, once a text is whole?

Comes in: a traced text with its delimiters as MARKUP. Goes out: the text; a delimiter without a partner is text again, one that an
inline tag left is gone. Refused: nothing.
"""

from __future__ import annotations

from pipeline.document.traced import Piece, PieceKind, Traced


def balanced(text: Traced) -> Traced:
    """Emphasis with both its ends; a delimiter without a partner becomes text again."""
    pieces = list(text.pieces)
    delimiters = [i for i, p in enumerate(pieces) if p.kind is PieceKind.MARKUP and _is_delimiter(p.text)]
    if not delimiters:
        return text
    keep: set[int] = set()
    stack: list[int] = []
    for i in delimiters:
        mark = pieces[i].text
        before, behind = _neighbour(pieces, i, -1), _neighbour(pieces, i, 1)
        can_open = bool(behind) and not behind.isspace()
        can_close = bool(before) and not before.isspace()
        partner = next((k for k in reversed(stack) if pieces[k].text == mark), None) if can_close else None
        if partner is not None and partner + 1 < i and _may_hold(pieces[partner + 1 : i], mark):
            keep |= {partner, i}
            del stack[stack.index(partner) :]
        elif can_open:
            stack.append(i)
    for i in delimiters:
        if i not in keep:
            pieces[i] = _as_text(pieces[i])
    return Traced(tuple(pieces))


def _is_delimiter(text: str) -> bool:
    return text in ("*", "**", "***", "_", "__", "~~", "~", "^")


def _may_hold(inner: list[Piece], mark: str) -> bool:
    """A superscript or subscript of Pandoc holds no white space."""
    return mark not in "~^" or not any(c.isspace() for p in inner for c in p.text)


def _as_text(piece: Piece) -> Piece:
    """A delimiter that marks nothing: the source's own sign, or no sign where a tag had stood."""
    if piece.edit is None:
        return piece._replace(kind=PieceKind.TEXT)
    return Piece(
        "", piece.span, piece.edit._replace(after="", why="inline tag without a partner"), PieceKind.TEXT
    )


def _neighbour(pieces: list[Piece], i: int, step: int) -> str:
    """The nearest character before or behind piece ``i``; a call counts as a letter."""
    k = i + step
    while 0 <= k < len(pieces):
        if pieces[k].kind is PieceKind.CALL:
            return "x"
        if pieces[k].text and pieces[k].kind is not PieceKind.PAGE:
            return pieces[k].text[-1 if step < 0 else 0]
        k += step
    return ""
