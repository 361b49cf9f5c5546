"""Where does a page of a recognised paper begin or end, and how often is often enough?

Comes in: the source's chunks and what is known of them. Goes out: the answer for one chunk. Refused: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline import page_signs
from pipeline.note_signs import ANY_CALL
from pipeline.recovery.markdown.chunks import LINES, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off

_FENCE = re.compile(r"[ \t]*```")  # around a page
_TEXT_END = re.compile(  # a mark, and a call behind it
    r"(?:[。！？；，：]|(?<=[\u3400-\u9fff0-9”’」』》〉）)])[.!?;,:])[」』”’）)]*"
    rf"{ANY_CALL}*$|[\u3400-\u9fff]{ANY_CALL}[.,。，；：;:]$"
)
LEAST = 3  # so often must a page number or running head occur


def turns_page(source: str, chunk: Chunk) -> bool:
    """Whether an engine says there that a page ends."""
    aside = source[chunk.start : chunk.end] if chunk.kind is ChunkKind.COMMENT else ""
    return page_signs.turns_page(aside) or _FENCE.match(aside) is not None


def ends_as_text(line: str) -> bool:
    """Whether a line ends as no head of a page does: with a mark, full or half as wide, or a call behind one.

    >>> [ends_as_text(line) for line in ("唱了兩天便改了.⁷", "渡口考　王明 et al.", "渡口考：船戶")]
    [True, False, False]
    """
    return _TEXT_END.search(line.rstrip()) is not None


class Furniture(NamedTuple):
    """Why a chunk belongs to its page and not to the text: a rule and a reason."""

    rule: str
    why: str


NUMBER = Furniture("L113", "page number")
HEAD = Furniture("L114", "running head")
CONTENTS = Furniture("L116", "list of contents with page numbers")


@dataclass(frozen=True)
class Paper:
    """A paper's chunks, which of them are bodies of notes, and which are known to be the pages' own."""

    source: str
    chunks: Sequence[Chunk]
    bodies: frozenset[int]
    removed: Mapping[int, Furniture] = field(default_factory=dict)

    def without(self, lines: Iterable[int], what: Furniture) -> Paper:
        """The paper, with these lines known as what they are of a page."""
        return replace(self, removed={**self.removed, **dict.fromkeys(lines, what)})

    def text(self, i: int) -> str:
        """What a chunk says."""
        return self.source[self.chunks[i].inner : self.chunks[i].tail]

    def is_line(self, i: int) -> bool:
        """Whether a chunk is a line of its own of which nothing is known yet."""
        return self.chunks[i].kind in LINES and i not in self.bodies and i not in self.removed

    def stands_at_rule(self, i: int) -> bool:
        """Whether a heading stands beside a rule."""
        beside = self.chunks[i - 1 : i + 2 : 2] if 0 < i < len(self.chunks) - 1 else ()
        return self.chunks[i].kind is ChunkKind.HEADING and any(c.kind is ChunkKind.RULE for c in beside)

    def _past(self, i: int, step: int, is_aside: Callable[[int], bool]) -> int:
        """The chunk above or below, past what stands aside; outside the paper where nothing else does."""
        i += step
        while 0 <= i < len(self.chunks) and is_aside(i):
            i += step
        return i

    def _is_comment(self, i: int) -> bool:
        return self.chunks[i].kind is ChunkKind.COMMENT

    def _is_remark(self, i: int) -> bool:
        """Whether an engine says something of a chunk there, and not that a page ends."""
        return self._is_comment(i) and not turns_page(self.source, self.chunks[i])

    def _is_of_the_page(self, i: int) -> bool:
        """Whether a chunk is a note, known as the page's own, a rule or an aside."""
        is_known = i in self.bodies or i in self.removed
        return is_known or self.chunks[i].kind in (ChunkKind.RULE, ChunkKind.COMMENT)

    def beside(self, i: int) -> list[int]:
        """Which of the chunks right above and below are known, but for an engine's comments."""
        near = (self._past(i, step, self._is_comment) for step in (-1, 1))
        return [k for k in near if k in self.removed]

    def is_at_edge(self, i: int, ends: bool = True) -> bool:
        """Whether a page begins or ends here: by a rule, a page number, notes, or a sentence cut in two.

        ``ends``: the paper's own ends are such edges, too.
        """
        above, below = (self._past(i, step, self._is_remark) for step in (-1, 1))
        if above < 0 or below >= len(self.chunks):
            return ends
        if above in self.removed or below in self.removed or above in self.bodies:
            return True
        beside = self.chunks[above], self.chunks[below]
        if any(c.kind is ChunkKind.PAGE or turns_page(self.source, c) for c in beside):
            return True
        if any(c.kind is ChunkKind.RULE for c in beside):
            return self.chunks[i].kind is ChunkKind.TEXT
        return breaks_off(self.source, beside[0])

    def cuts_sentence(self, i: int) -> bool:
        """Whether the text above a line breaks off and goes on below it, notes, their rules and the rest of one aside."""
        above = self._text_beyond(i, -1)
        if above >= 0 and self.chunks[above - 1].kind is ChunkKind.RULE and not self._breaks_off(above):
            above = self._text_beyond(above, -1)  # that one was the rest of a note
        return above >= 0 and self._breaks_off(above) and self._text_beyond(i, 1) >= 0

    def _text_beyond(self, i: int, step: int) -> int:
        """The text above or below, past notes, rules and asides; -1 where something else stands before it."""
        k = self._past(i, step, self._is_of_the_page)
        return k if 0 <= k < len(self.chunks) and self.chunks[k].kind is ChunkKind.TEXT else -1

    def _breaks_off(self, i: int) -> bool:
        return breaks_off(self.source, self.chunks[i])
