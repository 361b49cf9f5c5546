"""The lines between a recognised paper's title and its text: names, abstract, keywords, records.

Comes in: the source, its chunks and where the title ends. Goes out: entries, up to the first line that is none of these.
Refused: an abstract that goes on behind notes where neither its sentence nor the keywords say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.endings import Closing, closing_of, tail_of
from pipeline.recovery.ocr_markdown.front.labels import (
    Entry,
    Label,
    keyword_spans,
    label_of,
    lang_of,
    record_at,
)
from pipeline.recovery.ocr_markdown.front.lines import (
    abstract_comes,
    read_line,
    read_record,
    stands_as_name,
    text_comes,
)

ABSTRACT = re.compile(r"\\(?:(?P<begin>begin)|end)\{abstract\}")  # LaTeX's
_BEHIND = 12  # chunks behind the text


def below_title(source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int]) -> Iterator[Entry]:
    """The entries from a line on, up to the text."""
    lines = _Lines(source, chunks, at, bodies, last=at)
    for i in range(at, len(chunks)):
        found = lines.entries(i)
        if found is None:
            return
        yield from found


@dataclass
class _Lines:
    """Goes through the lines in order, and knows which part is open."""

    source: str
    chunks: Sequence[Chunk]
    first: int
    bodies: frozenset[int]
    last: int  # the abstract's last paragraph
    role: str = ""  # of the part that a label opened

    def entries(self, i: int) -> list[Entry] | None:
        """What a line holds; nothing at all where the text begins."""
        chunk = self.chunks[i]
        if i in self.bodies and self._is_inside(i):
            return []  # at the foot of its page
        if chunk.kind is ChunkKind.RULE:
            return self._separator(i)
        if tex := ABSTRACT.match(self.source, chunk.start):
            self.role = "abstract" if tex["begin"] else ""
            return []
        if i in self.bodies or chunk.kind not in LINES:
            return None
        label = label_of(self.source, chunk)
        if label.role in ("abstract", "keywords"):
            return self._labelled(i, *label)
        if self.role and chunk.kind is ChunkKind.TEXT:
            return self._opened(i)
        return self._names(i, label)

    def _is_inside(self, i: int) -> bool:
        """Whether the abstract goes on here."""
        is_cut = _is_cut(self.source, self.chunks[self.last])
        return self.role == "abstract" and (is_cut or _goes_on(self.source, self.chunks, i, self.bodies))

    def _separator(self, i: int) -> list[Entry] | None:
        """A rule, unless the text comes behind it."""
        is_inside = self._is_inside(i)
        if not is_inside and text_comes(self.source, self.chunks, i + 1, self.bodies):
            return None
        self.role = self.role if is_inside else ""
        return [Entry(i, "separator", "", self.chunks[i].start, self.chunks[i].end)]

    def _labelled(self, i: int, role: str, begin: int) -> list[Entry]:
        """What stands behind «摘要» or «關鍵詞», or the label alone."""
        end, own = self.chunks[i].tail, self._lang(i)
        self.role = role if role == "abstract" or begin >= end else ""
        if begin >= end:
            return [Entry(i, f"{role}-label", own, begin, end)]
        if role == "abstract":
            self.last = i
            return [Entry(i, role, own, begin, end)]
        stop = record_at(self.source, begin, end)
        found = [Entry(i, role, own, a, b) for a, b in keyword_spans(self.source, begin, stop)]
        return [*found, Entry(i, "masthead", "", stop, end)] if stop < end else found

    def _opened(self, i: int) -> list[Entry]:
        """What stands below a label."""
        chunk, role, own = self.chunks[i], self.role, self._lang(i)
        if role == "keywords":
            self.role = ""
            spans = keyword_spans(self.source, chunk.inner, chunk.tail)
            return [Entry(i, role, own, a, b) for a, b in spans]
        self.last = i
        return [Entry(i, role, own, chunk.inner, chunk.tail)]

    def _names(self, i: int, label: Label) -> list[Entry] | None:
        """The records or names of a line; a line of neither is passed over only where the abstract comes soon."""
        chunk, own = self.chunks[i], self._lang(i)
        found = list(read_record(self.source, chunk, i))
        found = found or list(read_line(self.source, self.chunks, i, label, own, self.first))
        if not found and i == self.first and stands_as_name(self.source, self.chunks, i):
            found = [Entry(i, "author", own, chunk.inner, chunk.tail)]
        if not found and not abstract_comes(self.source, self.chunks, i, self.bodies):
            return None
        self.role = ""
        return found

    def _lang(self, i: int) -> str:
        return lang_of(self.source, self.chunks[i].inner, self.chunks[i].tail)


def _goes_on(source: str, chunks: Sequence[Chunk], at: int, bodies: frozenset[int]) -> bool:
    """Whether an abstract goes on behind the notes of its page: one paragraph, and the keywords."""
    near = range(at, min(at + _BEHIND, len(chunks)))
    if not any(i in bodies for i in near):
        return False
    behind = [i for i in near if i not in bodies and chunks[i].kind is not ChunkKind.RULE][:2]
    if len(behind) < 2 or any(chunks[i].kind is not ChunkKind.TEXT for i in behind):
        return False
    return [label_of(source, chunks[i]).role for i in behind] == ["", "keywords"]


def _is_cut(source: str, chunk: Chunk) -> bool:
    """Whether a paragraph stops inside a sentence."""
    return chunk.kind is ChunkKind.TEXT and closing_of(tail_of(source, chunk)) is Closing.OPEN
