"""How do the notes of a document end: with a full stop, or with any word?

Comes in: the chunks and the bodies in order. Goes out: the habit, and whether one note stops short of it. Refused: a habit of
few notes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.ocr_markdown.endings import Closing, closing_of, ends_in_word, is_cut
from pipeline.recovery.ocr_markdown.notes.marks import Body

_NEARLY_ALL, _MOST, _HALF = 0.8, 0.6, 0.5
_MANY = 6  # notes
_LENGTH = 60  # characters of an end


@dataclass(frozen=True)
class Ends:
    """The ends of a document's notes."""

    source: str
    chunks: Sequence[Chunk]
    bodies: Sequence[Body]

    def is_open(self, text: str) -> bool:
        """Whether a note ends without a stop, where most of the document's have theirs."""
        return self._share_of_stops >= _MOST and closing_of(text) is Closing.OPEN

    def stops_short(self, text: str) -> bool:
        """Whether a note cannot end so; where nearly all of the document's have their full stop, without one."""
        rarely_stop = len(self.bodies) >= _MANY and self._share_of_stops < _HALF  # any word may end one
        if is_cut(text) and not (rarely_stop and ends_in_word(text)):
            return True
        return self._share_of_stops >= _NEARLY_ALL and closing_of(text) is Closing.OPEN

    @cached_property
    def mostly_close(self) -> bool:
        """Whether notes end in a full stop, or at least not in the middle of a sentence."""
        ends = self._of(self.bodies)
        return sum(not is_cut(end) for end in ends) * 2 >= len(ends)

    @cached_property
    def _share_of_stops(self) -> float:
        """The share of the notes that end in a full stop; none where there are few.

        A body right above another is whole; the last of a page may be cut.
        """
        begins = {body.chunk for body in self.bodies}
        whole = [body for body in self.bodies if body.chunk + 1 in begins]
        ends = self._of(whole if len(whole) >= _MANY else self.bodies)
        closed = sum(closing_of(end) is Closing.CLOSED for end in ends)
        return closed / len(ends) if len(ends) >= _MANY else 0.0

    def _of(self, bodies: Sequence[Body]) -> list[str]:
        """How each of them ends, as the source has it."""
        tails = [(body.text, self.chunks[body.chunk].tail) for body in bodies]
        return [self.source[max(begin, tail - _LENGTH) : tail] for begin, tail in tails]
