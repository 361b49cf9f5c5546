"""The article's title where no line names it: the first words in bold; and its forms for each script.

Comes in: the blocks of the article, a title. Goes out: a title. Refused: bold words in the middle of a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from pipeline.document.manuscript import Block, BlockKind
from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.recovery.wiki_markdown.inline import variant_attributes
from pipeline.recovery.wiki_markdown.variants import Variant

_LONGEST = 40  # characters
_OPENING = ("", "《", "〈", "「", "“")  # what may stand before the bold words


def bold_title(blocks: Sequence[Block]) -> Traced:
    """What the first paragraphs, down to a heading, begin with in bold; empty where they don't."""
    for block in takewhile(lambda b: b.kind is not BlockKind.HEADING, blocks):
        bold = _first_bold(block.content.pieces) if block.kind is BlockKind.PARAGRAPH else []
        words = "".join(p.text for p in bold if p.kind is PieceKind.TEXT)
        if words.strip() and len(words) <= _LONGEST and all(p.kind is not PieceKind.CALL for p in bold):
            return Traced.joined(_told(_unquoted(bold, words)))
    return Traced()


def with_forms(title: Traced, told: Variant | None) -> Traced:
    """The title, with the forms that the article names for each script."""
    if not title or told is None or not told.forms or len(title.visible()) != len(title.text):
        return title
    first, last = title.pieces[0].span.start, title.pieces[-1].span.end
    marks = (first, "["), (last, "]" + variant_attributes(told))
    begin, end = (
        Traced.edited("", at, mark, "L212", "forms of the title for each script", PieceKind.MARKUP)
        for at, mark in marks
    )
    return begin + title + end


def _first_bold(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces between the first marks of bold type, where nothing but an opening mark stands before."""
    shown = [p for p in pieces if p.text]
    marks = [i for i, p in enumerate(shown) if p.kind is PieceKind.MARKUP and p.text == "**"][:2]
    if len(marks) < 2 or "".join(p.text for p in shown[: marks[0]]).strip() not in _OPENING:
        return []
    return shown[marks[0] + 1 : marks[1]]


def _unquoted(pieces: Sequence[Piece], words: str) -> Iterator[Piece]:
    """The name of a work without the marks around it: a title needs none."""
    is_work = words.startswith("《") and words.find("》") == len(words) - 1
    for piece in pieces:
        is_text = is_work and piece.kind is PieceKind.TEXT
        yield piece._replace(text=piece.text.strip("《》")) if is_text else piece


def _told(pieces: Iterable[Piece]) -> Iterator[Traced]:
    why = "title, from the words in bold that the article begins with"
    for piece in pieces:
        yield Traced.edited("", piece.span.start, piece.text, "L232", why, piece.kind)
