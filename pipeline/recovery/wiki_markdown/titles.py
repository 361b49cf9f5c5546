"""The article's title: in the line that names the source, as the only heading of level 1, or the first words in bold.

Comes in: the chunks or blocks of the article, a title. Goes out: where the title stands, or a title with its forms for
each script. Refused: bold words in the middle of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.document.manuscript import Block, BlockKind
from pipeline.document.traced import Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.page_head import head_of
from pipeline.recovery.wiki_markdown.cuts.plain_page import names_sections
from pipeline.recovery.wiki_markdown.text.inline import variant_attributes
from pipeline.recovery.wiki_markdown.text.variants import Variant

_LONGEST = 40  # characters
_OPENING = ("", *"《〈「“[")  # what may stand before the bold words; «[»: of a form for each script

_PROVENANCE = re.compile(
    rf"[^\n\[]{{0,30}}\[(?P<title>[^\[\]\n]+)\]{TARGET}[^\n]{{0,40}}(?:转换而来|轉換而來|转换而成|轉換而成|轉載|转载|获取|獲取|from)[^\n]{{0,80}}$",
    re.IGNORECASE,
)
_TAGS = re.compile(r"<[^<>]*>")


class Named(NamedTuple):
    """Where the title stands, what else its line says, and the chunk that the text begins with."""

    first: int
    title: tuple[int, int] | None = None
    around: tuple[Span, ...] = ()


def find_title(chunks: Sequence[Chunk], text: str, source: str) -> Named:
    """The title: from a clipper's head, the line that names the article, or a heading of level 1 above it.

    ``text``: the source with its cuts masked.
    """
    if chunks and (head := head_of(source)) is not None and chunks[0].inner == head.title[0]:
        return Named(1, head.title)
    for i, chunk in enumerate(chunks[:3]):
        if chunk.kind in (ChunkKind.QUOTE, ChunkKind.TEXT) and (
            m := _PROVENANCE.match(text, chunk.inner, chunk.tail)
        ):
            around = Span(chunk.start, m.start("title")), Span(m.end("title"), chunk.end)
            return Named(i + 1, m.span("title"), around)
    held = [i for i, c in enumerate(chunks[:12]) if _TAGS.sub("", text[c.inner : c.tail]).strip()][:1]
    if held and held[0]:  # nothing but tags stands above it
        below = find_title(chunks[held[0] :], text, source)
        above = tuple(Span(c.start, c.end) for c in chunks[: held[0]])
        return Named(below.first + held[0], below.title, (*above, *below.around))
    first = chunks[0] if chunks else None
    if (
        first is not None
        and first.kind is ChunkKind.TEXT
        and names_sections(source)
        and _is_name(first, text)
    ):
        return Named(1, (first.inner, first.tail))
    top = [c.level for c in chunks if c.kind is ChunkKind.HEADING]
    is_above = bool(chunks) and chunks[0].kind is ChunkKind.HEADING and top[0] == 1
    if is_above and (top.count(1) == 1 or _is_told_below(chunks, text)):
        return Named(1, (chunks[0].inner, chunks[0].tail))
    return Named(0)


def _is_name(chunk: Chunk, text: str) -> bool:
    """Whether a line is a name and no sentence."""
    return (
        chunk.tail - chunk.inner <= _LONGEST
        and re.search(r"[。，：；！？\n*]", text[chunk.inner : chunk.tail]) is None
    )


def _is_told_below(chunks: Sequence[Chunk], text: str) -> bool:
    """Whether the text under the first heading says its words in bold: they name the article."""
    words = text[chunks[0].inner : chunks[0].tail].strip()
    below = takewhile(lambda c: c.kind is not ChunkKind.HEADING, chunks[1:])
    return any(f"**{words}**" in text[c.inner : c.tail] for c in below)


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
