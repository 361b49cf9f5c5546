"""The lines of a quotation: how far each goes, and what stands between two of them.

Comes in: the article and a line. Goes out: a place, or the joint. Refused: an end that is no hard break as a line's end.
"""

from __future__ import annotations

import re

from pipeline.document.traced import Edit, Piece
from pipeline.location import Span
from pipeline.recovery.markdown.chunks import ChunkKind
from pipeline.recovery.wiki_markdown.article import Article
from pipeline.recovery.wording.joints import joint_of

_BREAK = re.compile(r"(?<!\\)(?:\\\\)*(?P<sign>\\)[ \t]*$")
_WHY = "line end inside a paragraph"


def goes_on(article: Article, i: int) -> bool:
    """Whether a line of a quotation has another one right behind it."""
    chunks = article.chunks
    is_quote = i + 1 < len(chunks) and chunks[i].kind is chunks[i + 1].kind is ChunkKind.QUOTE
    return is_quote and chunks[i].end + 1 >= chunks[i + 1].start


def text_end(article: Article, i: int) -> int:
    """Where a line's text ends: before the backslash that breaks it."""
    chunk = article.chunks[i]
    sign = _BREAK.search(article.source, chunk.inner, chunk.tail) if goes_on(article, i) else None
    return sign.start("sign") if sign is not None else chunk.tail


def line_end(article: Article, i: int, before: str, behind: str) -> list[Piece]:
    """What stands between line ``i`` and the next: the author's line end at a hard break, else a space or nothing."""
    begin, end = text_end(article, i), article.cuts.behind(article.chunks[i + 1].inner)
    is_hard = article.source.startswith(("  ", "\\"), begin)
    joint = "\n" if is_hard else joint_of(before, behind, spaced=False)
    pieces = []
    for a, b in article.cuts.beside(begin, end):
        pieces.append(Piece(joint, Span(a, b), Edit(Span(a, b), article.source[a:b], joint, "L101", _WHY)))
        joint = ""
    return pieces
