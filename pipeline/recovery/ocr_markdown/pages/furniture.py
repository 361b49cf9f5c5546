"""What belongs to the pages of an OCR'd paper and not to its text: page numbers, running heads, rules.

Comes in: the source's chunks and which of them are note bodies. Goes out: the chunks to remove, the page
starts, and what rules mean in this document. Refused: a number that does not count on with the others, and
a line that recurs but never at a page's edge (a section's name may recur).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.pages.contents import find_contents
from pipeline.recovery.ocr_markdown.pages.edges import is_at_edge, stands_at_rule, turns_page
from pipeline.recovery.ocr_markdown.pages.headlines import find_headlines
from pipeline.recovery.ocr_markdown.pages.numbers import find_first_number, find_page_numbers, number_in
from pipeline.recovery.ocr_markdown.pages.rules import are_furniture, count_rules
from pipeline.recovery.ocr_markdown.pages.running_heads import find_heads_at_numbers, find_running_heads

_FOOT = 600  # characters; no foot of a page has more behind its last body
_TITLED = 1.5  # times as long as the others is a first page with its title and abstract


@dataclass(frozen=True)
class PageMarks:
    """The page furniture of a source, by chunk."""

    removed: dict[int, tuple[str, str]]  # chunk → rule and why
    starts: dict[int, Piece]  # the page start before this chunk
    kept: dict[int, Span]  # by the chunk's start: its number, which lives on as a page start
    pages: tuple[tuple[int, str], ...]
    heads: int  # rules that stand above notes
    parts: int  # rules that stand below notes, between pages
    rules_are_furniture: bool
    ends: frozenset[int]  # chunks at which a page ends whose beginning is told, too


def find_page_marks(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> PageMarks:
    """The page furniture of the source."""
    told, printed = _told_pages(source, chunks), find_page_numbers(source, chunks, bodies)
    numbers = told or printed
    removed = dict.fromkeys([*told, *printed], ("L113", "page number"))
    heads = find_running_heads(source, chunks, bodies, removed)
    removed |= dict.fromkeys(heads, ("L114", "running head"))
    removed |= dict.fromkeys(find_heads_at_numbers(source, chunks, bodies, removed), ("L114", "running head"))
    known = bodies | removed.keys()
    lines = find_headlines(
        source,
        chunks,
        known,
        lambda i: is_at_edge(source, chunks, bodies, removed, i, False) or stands_at_rule(chunks, i),
    )
    removed |= dict.fromkeys(lines, ("L114", "running head"))
    if first := find_first_number(source, chunks, known, removed):
        numbers = {**numbers, **first}
        removed |= dict.fromkeys(first, ("L113", "page number"))
    removed |= dict.fromkeys(find_contents(source, chunks), ("L116", "list of contents with page numbers"))
    starts, kept, pages = _starts(source, chunks, numbers, removed, bodies)
    return PageMarks(
        removed,
        starts,
        kept,
        pages,
        *count_rules(chunks, bodies, removed),
        are_furniture(source, chunks, bodies, removed),
        frozenset(_ends(source, chunks, removed, bodies)),
    )


def _ends(
    source: str, chunks: Sequence[Chunk], removed: Collection[int], bodies: Collection[int]
) -> Iterator[int]:
    """Where a page ends: at an engine's mark, or at a number that counts on from the last, and the head above it.

    The first number ends one, too, where the text above it is no longer than one of the others, with a title above, and
    no page without notes may stand between: not much follows the last body.
    """
    yield from (i for i, chunk in enumerate(chunks) if turns_page(source, chunk))
    numbers = [(i, value) for i in sorted(removed) if (value := _number_of(source, chunks[i]))]
    counted = [(a, b) for (a, before), (b, value) in pairwise(numbers) if value == before + 1]
    longest = max((chunks[b].start - chunks[a].end for a, b in counted), default=0)
    first = numbers[0][0] if numbers else 0
    told = max((chunks[i].tail for i in bodies if i < first), default=0)
    is_one = bool(counted) and chunks[first].start <= min(_TITLED * longest, told + _FOOT)
    for i in (*[first] * is_one, *(b for _, b in counted)):
        yield i
        while (i := i - 1) in removed:
            yield i


def _number_of(source: str, chunk: Chunk) -> int:
    return int(chunk.marker) if chunk.kind is ChunkKind.PAGE else number_in(source, chunk)


def _told_pages(source: str, chunks: Sequence[Chunk]) -> dict[int, Span]:
    """Page marks that the OCR engine wrote itself."""
    out = {}
    for i, chunk in enumerate(chunks):
        if chunk.kind is ChunkKind.PAGE:
            at = source.find(chunk.marker, chunk.start, chunk.end)
            out[i] = Span(at, at + len(chunk.marker))
    return out


def _starts(
    source: str,
    chunks: Sequence[Chunk],
    numbers: dict[int, Span],
    removed: dict[int, tuple[str, str]],
    bodies: frozenset[int],
) -> tuple[dict[int, Piece], dict[int, Span], tuple[tuple[int, str], ...]]:
    """Where each page begins. A number before the first text heads its page, else it stands at the foot."""
    text = [
        i
        for i in range(len(chunks))
        if i not in removed and i not in bodies and chunks[i].kind is not ChunkKind.RULE
    ]
    if not numbers or not text:
        return {}, {}, ()
    ordered = sorted(numbers)
    heads = ordered[0] < text[0]
    starts: dict[int, Piece] = {}
    kept: dict[int, Span] = {}
    pages = []
    k = 0
    for position, i in enumerate(ordered):
        begin = i if heads else (0 if position == 0 else ordered[position - 1] + 1)
        stop = (
            len(chunks) if heads and position + 1 == len(ordered) else (ordered[position + 1] if heads else i)
        )
        while k < len(text) and text[k] < begin:
            k += 1
        span = numbers[i]
        if k < len(text) and text[k] < stop:
            starts[text[k]] = Piece(source[span.start : span.end], span, None, PieceKind.PAGE)
            kept[chunks[i].start] = span
            pages.append((chunks[text[k]].start, source[span.start : span.end]))
    return starts, kept, tuple(pages)
