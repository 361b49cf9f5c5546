r"""Notes that a transcript tells inside their sentences: ``\footnote{…}``, ``<footnote>…</footnote>``, ``^[…]``.

Comes in: the source, its chunks, and the notes that are bound. Goes out: the notes with these, numbered in order. Refused: one that does
not close in its paragraph, and all of them where numbers call other notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.note_signs import DIGITS, INSET
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind, speaks_of_tex
from pipeline.recovery.markdown.inline import CallMark, Cut, Elsewhere
from pipeline.recovery.ocr_markdown.notes.binding import Notes

_OPEN = re.compile(rf"{INSET}|\^\[(?!{DIGITS}\]\^)", re.IGNORECASE)
_KINDS = (
    ChunkKind.TEXT,
    ChunkKind.HEADING,
    ChunkKind.QUOTE,
    ChunkKind.ITEM,
    ChunkKind.TABLE,
    ChunkKind.HTML_TABLE,
)


@dataclass(frozen=True, slots=True)
class InsetNote:
    """Where its mark begins, its text begins and ends, and its mark ends."""

    start: int
    text: int
    end: int
    stop: int


def with_inset_notes(source: str, chunks: Sequence[Chunk], notes: Notes) -> Notes:
    """The notes, with those told in their sentences; unchanged where there are none, or others are numbered."""
    if any(body.number for body in notes.bodies) or speaks_of_tex(source):
        return notes
    found = list(_find(source, chunks))
    if not found:
        return notes
    inside = [(n.start, n.stop) for n in found]
    calls = {
        at: mark
        for at, mark in notes.calls.items()
        if isinstance(mark, CallMark) and mark.label == "*" and not _is_inside(inside, at)
    }
    marks: dict[int, CallMark | Cut | Elsewhere] = dict(calls)
    for number, note in enumerate(found, 1):
        marks[note.start] = CallMark(note.text, str(number))
        marks[note.text] = Elsewhere(note.end)
        marks[note.end] = Cut(note.stop, "N1", "end of a note told in its sentence")
    findings = tuple(f for f in notes.findings if not f.rule.startswith("N1"))
    inset = tuple((str(number), note.text, note.end) for number, note in enumerate(found, 1))
    return replace(notes, calls=marks, missing=(), findings=findings, inset=inset)


def _is_inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    return any(a <= at < b for a, b in spans)


def _find(source: str, chunks: Sequence[Chunk]) -> Iterator[InsetNote]:
    for chunk in chunks:
        if chunk.kind not in _KINDS:
            continue
        at = chunk.inner
        while m := _OPEN.search(source, at, chunk.tail):
            at = m.end()
            if (note := _note(source, m, chunk.tail)) is not None and m.start() > chunk.inner:
                yield note
                at = note.stop


def _note(source: str, match: re.Match[str], limit: int) -> InsetNote | None:
    if match["tag"]:
        close = f"</{match['tag']}>"
        end = source.find(close, match.end(), limit)
        return InsetNote(match.start(), match.end(), end, end + len(close)) if end > match.end() else None
    opening, closing = ("{", "}") if match.group()[0] == "\\" else ("[", "]")
    depth = 1
    for k in range(match.end(), limit):
        depth += (source[k] == opening) - (source[k] == closing)
        if not depth:
            return InsetNote(match.start(), match.end(), k, k + 1) if k > match.end() else None
    return None
