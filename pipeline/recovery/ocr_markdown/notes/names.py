"""Lines that name what stands below them: «註釋», «Notes:», «參考文獻».

Comes in: the chunks. Goes out: the answer for one of them, and for the text right below such a name. Refused: a long line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.note_signs import NOTES_WORDS, SOURCES_WORDS
from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind

LONGEST = 30  # characters; a longer line names no section of notes or sources
_NOTES = re.compile(
    rf"[\s【\[［〔*]*(?:(?:參考文獻|参考文献)[与與和及])?{NOTES_WORDS}(?:[与與和及](?:參考文獻|参考文献))?[\s】\]］〕*：:]*$",
    re.IGNORECASE,
)
_SOURCES = re.compile(rf"[\s【\[［〔*]*{SOURCES_WORDS}[\s】\]］〕*：:]*$", re.IGNORECASE)


def is_short(chunk: Chunk) -> bool:
    """Whether a chunk is no longer than a name."""
    return chunk.tail - chunk.inner < LONGEST


def names_notes(source: str, chunk: Chunk) -> bool:
    """Whether a line says that notes stand below: «註釋», «Notes:», above quoted ones as a quotation."""
    is_line = chunk.kind in (*LINES, ChunkKind.QUOTE) and is_short(chunk)
    return is_line and _NOTES.match(source[chunk.inner : chunk.tail]) is not None


def names_sources(source: str, chunk: Chunk) -> bool:
    """Whether a line says that sources stand below: «參考文獻»."""
    is_line = chunk.kind in LINES and is_short(chunk)
    return is_line and _SOURCES.match(source[chunk.inner : chunk.tail]) is not None


def stands_below_name(source: str, chunks: Sequence[Chunk], i: int) -> bool:
    """Whether the notes' name stands right above a chunk: above a body it is the rest of the note that the page before began."""
    return i > 0 and names_notes(source, chunks[i - 1])
