"""What belongs to the pages of an OCR'd paper and not to its text: page numbers, running heads, rules.

Comes in: the source's chunks and which of them are note bodies. Goes out: the chunks to remove, the page
starts, and what rules mean in this document. Refused: a number that does not count on with the others, and
a line that recurs but never at a page's edge (a section's name may recur).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.document.traced import Piece, PieceKind
from pipeline.location import Span
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.pages.contents import find_contents
from pipeline.recovery.ocr_markdown.pages.edges import CONTENTS, HEAD, NUMBER, Furniture, Paper, turns_page
from pipeline.recovery.ocr_markdown.pages.headlines import find_headlines
from pipeline.recovery.ocr_markdown.pages.numbers import find_first_number, find_page_numbers, number_in
from pipeline.recovery.ocr_markdown.pages.rules import are_furniture, count_rules
from pipeline.recovery.ocr_markdown.pages.running_heads import find_heads_at_numbers, find_running_heads

_FOOT = 600  # characters; no foot of a page has more behind its last body
_TITLED = 1.5  # times as long as the others is a first page with its title and abstract


@dataclass(frozen=True)
class PageMarks:
    """The page furniture of a source, by chunk."""

    removed: Mapping[int, Furniture]
    starts: dict[int, Piece]  # the page start before this chunk
    kept: dict[int, Span]  # by the chunk's start: its number, which lives on as a page start
    pages: tuple[tuple[int, str], ...]
    rules_above: int  # the notes of a page
    rules_below: int  # the notes of a page, between pages
    rules_are_furniture: bool
    ends: frozenset[int]  # chunks at which a page ends whose beginning is told, too


def find_page_marks(source: str, chunks: Sequence[Chunk], bodies: frozenset[int]) -> PageMarks:
    """The page furniture of the source."""
    paper = Paper(source, chunks, bodies)
    told, printed = _told_pages(paper), find_page_numbers(paper)
    paper = paper.without([*told, *printed], NUMBER)
    for find in (find_running_heads, find_heads_at_numbers, find_headlines):
        paper = paper.without(find(paper), HEAD)
    if not (told or printed) and paper.removed:  # the heads tell where pages begin
        printed = find_page_numbers(paper)
        paper = paper.without(printed, NUMBER)
    first = find_first_number(paper)
    paper = paper.without(first, NUMBER).without(find_contents(paper), CONTENTS)
    starts, kept, pages = _starts(paper, {**(told or printed), **first})
    above, below = count_rules(paper)
    ends = frozenset(_ends(paper))
    return PageMarks(paper.removed, starts, kept, pages, above, below, are_furniture(paper), ends)


def _ends(paper: Paper) -> Iterator[int]:
    """Where a page ends: at an engine's mark, or at a number that counts on from the last, and the head above it.

    The first number ends one, too, where the text above it is no longer than one of the others, with a title above, and
    no page without notes may stand between: not much follows the last body.
    """
    chunks, removed = paper.chunks, paper.removed
    yield from (i for i, chunk in enumerate(chunks) if turns_page(paper.source, chunk))
    numbers = [(i, value) for i in sorted(removed) if (value := _number_of(paper.source, chunks[i]))]
    counted = [(a, b) for (a, before), (b, value) in pairwise(numbers) if value == before + 1]
    longest = max((chunks[b].start - chunks[a].end for a, b in counted), default=0)
    first = numbers[0][0] if numbers else 0
    told = max((chunks[i].tail for i in paper.bodies if i < first), default=0)
    is_one = bool(counted) and chunks[first].start <= min(_TITLED * longest, told + _FOOT)
    for i in (*[first] * is_one, *(b for _, b in counted)):
        yield i
        while (i := i - 1) in removed:
            yield i


def _number_of(source: str, chunk: Chunk) -> int:
    return int(chunk.marker) if chunk.kind is ChunkKind.PAGE else number_in(source, chunk)


def _told_pages(paper: Paper) -> dict[int, Span]:
    """Page marks that the OCR engine wrote itself."""
    out = {}
    for i, chunk in enumerate(paper.chunks):
        if chunk.kind is ChunkKind.PAGE:
            at = paper.source.find(chunk.marker, chunk.start, chunk.end)
            out[i] = Span(at, at + len(chunk.marker))
    return out


def _starts(
    paper: Paper, numbers: Mapping[int, Span]
) -> tuple[dict[int, Piece], dict[int, Span], tuple[tuple[int, str], ...]]:
    """Where each page begins. A number before the first text heads its page, else it stands at the foot."""
    known = paper.removed.keys() | paper.bodies
    text = [i for i, c in enumerate(paper.chunks) if i not in known and c.kind is not ChunkKind.RULE]
    starts: dict[int, Piece] = {}
    kept: dict[int, Span] = {}
    pages = []
    ordered = sorted(numbers)
    if text and ordered and ordered[0] < text[0]:
        stretches = pairwise([*ordered, len(paper.chunks)])
    else:
        stretches = pairwise([-1, *ordered])
    for i, (begin, stop) in zip(ordered, stretches, strict=True):
        k = bisect_left(text, begin)
        if k < len(text) and text[k] < stop:
            number, span = paper.source[numbers[i].start : numbers[i].end], numbers[i]
            starts[text[k]] = Piece(number, span, None, PieceKind.PAGE)
            kept[paper.chunks[i].start] = span
            pages.append((paper.chunks[text[k]].start, number))
    return starts, kept, tuple(pages)
