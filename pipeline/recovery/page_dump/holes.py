"""A source read without some of its characters or in another order, and the manuscript put back onto the whole source.

Comes in: a source, and spans of it that are none of the text, or all of it in the order in which it is read. Goes out: what is read;
and what was recovered from that, with its places in the whole source and an edit for each span that was left out. Refused: nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from pipeline.document.manuscript import Manuscript
from pipeline.document.traced import Edit, Piece, Traced
from pipeline.location import Span


def without(source: str, holes: Sequence[Span]) -> str:
    """The source without the holes, which are in order and apart."""
    return reordered(source, _between(source, holes))


def reordered(source: str, spans: Sequence[Span]) -> str:
    """These spans of the source, one behind the other."""
    return "".join(source[a:b] for a, b in spans)


def put_back(manuscript: Manuscript, source: str, holes: Sequence[Span], rule: str, why: str) -> Manuscript:
    """What was recovered from ``without(source, holes)``, on the whole source; each hole is a removal by ``rule``."""
    return _Whole(source, _between(source, holes), rule, why).manuscript(manuscript)


def put_in_place(manuscript: Manuscript, source: str, spans: Sequence[Span]) -> Manuscript:
    """What was recovered from ``reordered(source, spans)``, which leave nothing out, on the source."""
    return _Whole(source, spans).manuscript(manuscript)


def _between(source: str, holes: Sequence[Span]) -> list[Span]:
    """The spans before, between and behind the holes."""
    starts = [0, *(hole.end for hole in holes)]
    ends = [*(hole.start for hole in holes), len(source)]
    return [Span(a, b) for a, b in zip(starts, ends, strict=True)]


class _Whole:
    """The whole source, and where the characters of what was read stand in it."""

    def __init__(self, source: str, read: Sequence[Span], rule: str = "", why: str = "") -> None:
        self.source, self.rule, self.why = source, rule, why
        self.read = [span for span in read if len(span)]
        self.at = [0, *accumulate(map(len, self.read))]  # where they begin in what was read
        kept = [Span(0, 0), *sorted(self.read), Span(len(source), len(source))]
        gaps = [Span(a.end, b.start) for a, b in pairwise(kept)]
        self.holes = [gap for gap in gaps if len(gap)]
        self.left = set(self.holes)  # those that no piece holds yet

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
        removed += [self._removal(hole) for hole in sorted(self.left)]
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
        k = bisect_right(self.at, at) - 1
        return self.read[k].start + at - self.at[k] if k < len(self.read) else len(self.source)

    def _parts(self, span: Span) -> list[Span]:
        """Where the characters of a span stand, in the order in which they were read."""
        if not len(span):
            return [Span(self._start(span.start), self._start(span.start))]
        out: list[Span] = []
        for k in range(bisect_right(self.at, span.start) - 1, bisect_left(self.at, span.end)):
            start = self.read[k].start - self.at[k]
            part = Span(start + max(span.start, self.at[k]), start + min(span.end, self.at[k + 1]))
            out[-1:] = (
                [Span(out[-1].start, part.end)] if out and out[-1].end == part.start else [*out[-1:], part]
            )
        return out

    def _span(self, span: Span) -> Span:
        """From the first to the last of them."""
        parts = self._parts(span)
        return Span(min(part.start for part in parts), max(part.end for part in parts))

    def _inside(self, span: Span) -> list[Span]:
        """The holes in a span of the whole source."""
        return self.holes[bisect_left(self.holes, span) : bisect_left(self.holes, Span(span.end, span.end))]

    def _removal(self, hole: Span) -> Edit:
        return Edit(hole, self.source[hole.start : hole.end], "", self.rule, self.why)

    def _edit(self, edit: Edit) -> Edit:
        """The edit with the holes in its span among what stood there before."""
        span = self._span(edit.span)
        self.left.difference_update(self._inside(span))
        return edit._replace(span=span, before=self.source[span.start : span.end])

    def _traced(self, text: Traced) -> Traced:
        out: list[Piece] = []
        for piece in text.pieces:
            if piece.edit is not None:
                edit = self._edit(piece.edit)
                out.append(piece._replace(span=edit.span, edit=edit))
                continue
            parts = self._parts(piece.span)
            for n, part in enumerate(parts):
                hole = Span(parts[n - 1].end, part.start) if n else None
                if hole in self.left:
                    self.left.remove(hole)
                    removal = self._removal(hole)
                    out.append(Piece("", removal.span, removal))
                whole = len(parts) == 1
                out.append(
                    piece._replace(
                        text=piece.text if whole else self.source[part.start : part.end], span=part
                    )
                )
        return Traced(tuple(out))
