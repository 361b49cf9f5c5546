"""Where something stands: character spans in a source, and places that a person can go to."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

_set = object.__setattr__


@dataclass(frozen=True, order=True, slots=True, init=False)
class Span:
    """Characters ``start`` up to, not including, ``end`` of a source's decoded text."""

    start: int
    end: int

    def __init__(
        self, start: int, end: int
    ) -> None:  # a third faster than the generated one; there are very many
        _set(self, "start", start)
        _set(self, "end", end)

    def __len__(self) -> int:
        return self.end - self.start


def bounds(span: Span) -> tuple[int, int]:
    """The key that sorts spans as they compare, several times faster."""
    return span.start, span.end


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """A file, and where known a line (from 1) and a page as the source names it."""

    file: str
    line: int | None = None
    page: str | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line is not None else self.file
        return f"{where} (p. {self.page})" if self.page else where


class LineIndex:
    """Line numbers of a text by character offset.

    >>> LineIndex("一\\n二\\n三").line(2)
    2
    """

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def line(self, offset: int) -> int:
        """The line, counted from 1, that holds the character at ``offset``."""
        return bisect_right(self._starts, offset)
