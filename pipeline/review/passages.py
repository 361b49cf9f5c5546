"""A manuscript as passages to look through: text, and each edit in its place.

Comes in: a manuscript before any decision, and the decisions so far. Goes out: ``Passage``s in the order of
the master (front matter, text with the lines that were taken away, notes) and a ``Change`` for every edit and
every proposal. What it shows and what ``decisions.toml`` settles have the same keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.document.manuscript import Block, Finding, Manuscript
from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.han import HAN
from pipeline.location import LineIndex
from pipeline.recovery.decisions import ACCEPT, REFUSE, edit_keys, proposal_keys
from pipeline.recovery.ledger import page_at

_HAN = re.compile(f"[{HAN}]")
UNDECIDED = "undecided"


@dataclass(frozen=True)
class Change:
    """An edit, or a text that a rule only proposes. ``decision``: accept, refuse or undecided."""

    key: str
    rule: str
    why: str
    before: str
    after: str
    line: int
    page: str
    decision: str
    proposed: bool

    @property
    def is_layout(self) -> bool:
        """Whether only blanks and line ends change: the many edits that nobody wants to read one by one."""
        return not self.before.strip() and not self.after.strip()


@dataclass(frozen=True)
class Part:
    """A run of a passage: plain text, or a change (then ``key`` names it)."""

    text: str
    key: str = ""
    kind: PieceKind = PieceKind.TEXT


@dataclass(frozen=True)
class Passage:
    """A block, note or removed line. ``kind``: title, heading, paragraph, quote, note, removed and so on."""

    kind: str
    parts: tuple[Part, ...]
    label: str = ""
    level: int = 0

    @property
    def is_latin(self) -> bool:
        """Whether no Han character stands in it: quotation marks are then no wide ones."""
        return not any(_HAN.search(part.text) for part in self.parts)


@dataclass(frozen=True)
class Review:
    """What there is to look through."""

    passages: tuple[Passage, ...]
    changes: dict[str, Change]

    @property
    def rules(self) -> dict[str, int]:
        """How many changes each rule made."""
        counts: dict[str, int] = {}
        for change in self.changes.values():
            counts[change.rule] = counts.get(change.rule, 0) + 1
        return dict(sorted(counts.items()))


def make_review(manuscript: Manuscript, decisions: Mapping[str, str]) -> Review:
    """The review of a manuscript; ``manuscript`` is the recovery's own, before decisions."""
    lines = LineIndex(manuscript.source_text)
    edits, proposals = edit_keys(manuscript), proposal_keys(manuscript)
    changes: dict[str, Change] = {}
    for key, edit in edits.items():
        changes[key] = Change(
            key,
            edit.rule,
            edit.why,
            edit.before,
            edit.after,
            lines.line(edit.span.start),
            page_at(manuscript, edit.span.start) or "",
            decisions.get(key, UNDECIDED),
            False,
        )
    for key, finding in proposals.items():
        span = finding.span
        if span is not None:
            before = manuscript.source_text[span.start : span.end]
            where = (lines.line(span.start), page_at(manuscript, span.start) or "")
            said = decisions.get(key, UNDECIDED)
            changes[key] = Change(
                key, finding.rule, finding.message, before, finding.proposal or "", *where, said, True
            )
    finder = _Finder({e: k for k, e in edits.items()}, proposals)
    passages = list(_passages(manuscript, finder))
    shown = {part.key for passage in passages for part in passage.parts}
    for key, change in changes.items():
        if key not in shown:  # a proposal on words that edits have cut apart
            passages.append(Passage("note", (Part(change.before, key),), f"line {change.line}"))
    return Review(tuple(passages), changes)


@dataclass(frozen=True)
class _Finder:
    """Pieces as parts."""

    keys: dict[Edit, str]
    proposals: dict[str, Finding]

    def parts(self, text: Traced) -> tuple[Part, ...]:
        return tuple(part for piece in text.pieces for part in self._piece(piece))

    def _piece(self, piece: Piece) -> Iterator[Part]:
        if piece.edit is not None:
            yield Part(piece.text, self.keys[piece.edit], piece.kind)
            return
        at = 0
        for key, finding in self.proposals.items():
            span = finding.span
            if span is None or not (piece.span.start + at <= span.start and span.end <= piece.span.end):
                continue
            start = span.start - piece.span.start
            if start > at:
                yield Part(piece.text[at:start], kind=piece.kind)
            at = start + len(span)
            yield Part(piece.text[start:at], key, piece.kind)
        if piece.text[at:]:
            yield Part(piece.text[at:], kind=piece.kind)


def _passages(manuscript: Manuscript, finder: _Finder) -> Iterator[Passage]:
    for front in manuscript.fronts:
        for text in front.texts():
            if text:
                yield Passage("title" if text is front.title else "front", finder.parts(text))
    removed = sorted(manuscript.removed, key=lambda e: e.span)
    for block in manuscript.blocks:
        start = _start(block)
        while removed and start >= 0 and removed[0].span.start < start:
            yield _removed(removed.pop(0), finder)
        yield from _block(block, finder)
    for edit in removed:
        yield _removed(edit, finder)
    for note in manuscript.notes:
        for number, block in enumerate(note.blocks):
            for passage in _block(block, finder):
                yield Passage("note", passage.parts, note.label if number == 0 else "")


def _removed(edit: Edit, finder: _Finder) -> Passage:
    return Passage("removed", (Part(edit.after, finder.keys[edit]),))


def _block(block: Block, finder: _Finder) -> Iterator[Passage]:
    if block.content:
        yield Passage(str(block.kind), finder.parts(block.content), block.marker, block.level)
    for row in block.rows:
        parts: list[Part] = []
        for number, cell in enumerate(row):
            if number:
                parts.append(Part("\u2003|\u2003"))
            parts += finder.parts(cell)
        yield Passage("row", tuple(parts))


def _start(block: Block) -> int:
    starts = [p.span.start for text in block.texts() for p in text.pieces if len(p.span)]
    return min(starts, default=-1)


def settled(review: Review, decisions: Mapping[str, str]) -> dict[str, str]:
    """What each decided key decides, in words for a comment: ``line 33: 隨u → 隨着``."""
    out = {}
    for key, change in review.changes.items():
        if decisions.get(key) in (ACCEPT, REFUSE):
            out[key] = f"line {change.line}: {change.before[:20]!r} → {change.after[:20]!r}"
    return out
