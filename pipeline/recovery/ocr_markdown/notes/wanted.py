"""Which numbers does the text call that no body has told yet?

Comes in: the calls in order, and each body that is found. Goes out: the open numbers, and whether bodies go on counting.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, takewhile

from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.ocr_markdown.notes.marks import Body, Call

_FAR = 20  # notes; no page has so many


class Wanted:
    """Which call numbers stand in the text so far without a body."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = list(calls)
        self._next = 0
        self._body = -1  # where the last body begins: its own mark is no call
        self._last = 0  # its number
        self.stars: list[str] = []  # of the open calls
        self._told: set[int] = set()  # where the bodies begin
        self._open: dict[int, Call] = {}  # by number
        self.listed: set[int] = set()  # the open ones that rather number the parts of a sentence

    def up_to(self, place: int) -> dict[int, Call]:
        """The open calls before a place, by number."""
        while self._next < len(self._calls) and self._calls[self._next].start < place:
            call = self._calls[self._next]
            if call.start != self._body and not (call.listed and call.number in self._open):
                self._open[call.number] = call
                self.stars += [str(call.key)] * (not call.number)
                (self.listed.add if call.listed else self.listed.discard)(call.number)
            self._next += 1
        return self._open

    def again(self) -> None:
        """The numbers begin anew, for the calls of another chapter."""
        for call in self._calls[: self._next]:
            self._open[call.number] = call

    def met(self, body: Body) -> None:
        if body.key in self.stars:
            self.stars.remove(str(body.key))
        if body.number or not self.stars:
            self._open.pop(body.number, None)
        self.listed.discard(body.number)
        self._body = body.start
        self._told.add(body.start)
        self._last = body.number or self._last

    def may_come(self, number: int, run: Sequence[Body]) -> bool:
        """Whether an open number can still have its body: it is not past, and not far ahead, as two read as one are.

        Where the numbers start again, what was called before the last body is past, too.
        """
        if not run:
            return True
        starts_again = run[0].number <= self._last
        is_past = self._open[number].start < self._body if starts_again else number <= self._last
        return not is_past and number <= run[-1].number + _FAR

    def counts_on(self, run: Sequence[Body]) -> bool:
        """Whether bodies go on with the number behind the last one, through the document."""
        return 0 < self._last == run[0].number - 1

    def calls_behind(self, number: int) -> bool:
        """Whether the text calls a number behind the last body, or has it open."""
        return number in self._open or any(
            c.number == number and c.start > self._body for c in self._calls[self._next :]
        )

    def next_call(self, number: int, start: int, stop: int) -> int:
        """Where a number is called next between two places behind the last body; the second one, where it is not."""
        calls = takewhile(lambda c: c.start < stop, islice(self._calls, self._next, None))
        return next((c.start for c in calls if c.start > start and c.number == number and not c.listed), stop)

    def told_last(self, chunk: Chunk) -> bool:
        """Whether a chunk is the last body."""
        return chunk.start <= self._body < chunk.end

    def is_told(self, start: int) -> bool:
        """Whether a mark begins a body that is found."""
        return start in self._told

    def begins(self, run: Sequence[Body]) -> bool:
        """Whether bodies are the first of the document."""
        return self._last == 0 and run[0].number == 1
