"""Where something stands: character spans in a source, and places that a person can go to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, dataclass_transform

# Of records that a long text has by the ten thousand, tuples are made three times as fast; twice as fast again from the
# tuple of their fields: ``make(Span, (0, 2))``.
make = tuple.__new__
T = TypeVar("T")

_SHOWN = re.compile(r"[^\n]")


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """A frozen record, as far as types are checked: of many fields that are read again and again, as those of lines.

    They are read several times as fast as a tuple's. At run time it is not frozen, or it would be made several times as slowly.
    """
    return dataclass(slots=True)(cls)


def replaced(one: T, **changes: object) -> T:
    """The same record with other values of these fields: several times as fast as ``dataclasses.replace``."""
    other = type(one)(*_values_of(type(one))(one))  # type: ignore[arg-type]  # a class can be hashed
    for name, value in changes.items():
        setattr(other, name, value)
    return other


@cache
def _values_of(cls: Any) -> attrgetter[tuple[object, ...]]:
    return attrgetter(*cls.__slots__)


class Span(NamedTuple):
    """Characters ``start`` up to, not including, ``end`` of a source's decoded text; its length is theirs."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def stripped(text: str, start: int, end: int) -> Span:
    """A stretch of a text without the white space around its words.

    >>> stripped("見 河志 ，", 1, 5)
    Span(start=2, end=4)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with blanks for its stretches, character for character; they may overlap, and lines keep their ends.

    >>> blanked("見河志\\n見海志", [(1, 3), (2, 5)])
    '見  \\n 海志'
    """
    letters: list[str] = []
    for start, end in spans:
        letters = letters or list(text)
        letters[start:end] = _SHOWN.sub(" ", text[start:end])
    return "".join(letters) if letters else text


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
