"""A source read without some of its characters, and the manuscript put back onto the whole source.

Comes in: a source, and spans of it that are none of the text. Goes out: the source without them; and what was recovered from
that, with its places in the whole source and an edit for each span that was left out. Refused: nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from pipeline.document.manuscript import Manuscript
from pipeline.document.traced import Edit, Piece, Traced
from pipeline.location import Span


def without(source: str, holes: Sequence[Span]) -> str:
    """The source without the holes, which are in order and apart."""
    starts = [0, *(hole.end for hole in holes)]
    ends = [*(hole.start for hole in holes), len(source)]
    return "".join(source[a:b] for a, b in zip(starts, ends, strict=True))


def put_back(manuscript: Manuscript, source: str, holes: Sequence[Span], rule: str, why: str) -> Manuscript:
    """What was recovered from ``without(source, holes)``, on the whole source; each hole is a removal by ``rule``."""
    return _Whole(source, holes, rule, why).manuscript(manuscript)


class _Whole:
    """The whole source, and where the characters of the one with holes stand in it."""

    def __init__(self, source: str, holes: Sequence[Span], rule: str, why: str) -> None:
        self.source, self.rule, self.why = source, rule, why
        self.holes = [span for span in holes if len(span)]
        self.lengths = [0, *accumulate(len(hole) for hole in self.holes)]
        self.at = [hole.start - length for hole, length in zip(self.holes, self.lengths, strict=False)]
        self.left = set(range(len(self.holes)))  # those that no piece holds yet

    def manuscript(self, bare: Manuscript) -> Manuscript:
        """The manuscript on the whole source."""
        fronts = tuple(front.mapped(self._traced) for front in bare.fronts)
        blocks = tuple(block.mapped(self._traced) for block in bare.blocks)
        notes = tuple(
            replace(note, blocks=tuple(block.mapped(self._traced) for block in note.blocks))
            for note in bare.notes
        )
        removed = [self._edit(edit) for edit in bare.removed]
        layout = [part for span in bare.layout for part in self._parts(span)]
        removed += [self._removal(k) for k in sorted(self.left)]
        findings = tuple(f if f.span is None else replace(f, span=self._span(f.span)) for f in bare.findings)
        pages = tuple((self._start(at), number) for at, number in bare.pages)
        return replace(
            bare,
            source_text=self.source,
            fronts=fronts,
            blocks=blocks,
            notes=notes,
            layout=tuple(layout),
            removed=tuple(removed),
            findings=findings,
            pages=pages,
        )

    def _start(self, at: int) -> int:
        return at + self.lengths[bisect_right(self.at, at)]

    def _span(self, span: Span) -> Span:
        start = self._start(span.start)
        return Span(start, max(start, span.end + self.lengths[bisect_left(self.at, span.end)]))

    def _inside(self, span: Span) -> range:
        """The holes between the characters of a span."""
        return range(bisect_right(self.at, span.start), bisect_left(self.at, span.end))

    def _parts(self, span: Span) -> list[Span]:
        """The span without the holes in it."""
        whole = self._span(span)
        inner = [self.holes[k] for k in self._inside(span)]
        starts = [whole.start, *(hole.end for hole in inner)]
        ends = [*(hole.start for hole in inner), whole.end]
        return [Span(a, b) for a, b in zip(starts, ends, strict=True)]

    def _removal(self, k: int) -> Edit:
        hole = self.holes[k]
        return Edit(hole, self.source[hole.start : hole.end], "", self.rule, self.why)

    def _edit(self, edit: Edit) -> Edit:
        """The edit with the holes in its span among what stood there before."""
        self.left.difference_update(self._inside(edit.span))
        span = self._span(edit.span)
        return edit._replace(span=span, before=self.source[span.start : span.end])

    def _traced(self, text: Traced) -> Traced:
        out: list[Piece] = []
        for piece in text.pieces:
            if piece.edit is not None:
                edit = self._edit(piece.edit)
                out.append(piece._replace(span=edit.span, edit=edit))
                continue
            inner = self._inside(piece.span)
            self.left.difference_update(inner)
            for n, part in enumerate(self._parts(piece.span)):
                if n:
                    removal = self._removal(inner[n - 1])
                    out.append(Piece("", removal.span, removal))
                kept = self.source[part.start : part.end] if inner else piece.text
                if kept or not inner:
                    out.append(piece._replace(text=kept, span=part))
        return Traced(tuple(out))
