"""What the search for cuts yields: a stretch that goes away, and what to tell about it.

Comes in: a place, a rule, a reason; or a table of patterns with them. Goes out: records. Refused: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import Cut
from pipeline.recovery.wording.occurrence import matches

FENCED = re.compile(  # code, and what Pandoc passed on
    r"(?m)^ *(?:(?:[-*+]|[0-9]+\.|:)[ \t]+)?(`{3,}+|~{3,}+)(?s:.{0,20000}?)^ *\1"
)
PANDOC_LINK = '"wikilink")'  # of its reader of wikitext: no page stands around such an article


class Found(NamedTuple):
    """A cut by its place, with what a person should be told of it."""

    start: int
    cut: Cut
    finding: Finding | None = None


def gone(span: tuple[int, int], rule: str, why: str, code: str = "", message: str = "") -> Found:
    """A stretch that goes by ``rule``; with a message for a person under ``code``."""
    start, end = span
    return Found(start, Cut(end, rule, why), Finding(code, message, Span(start, end)) if message else None)


class Part(NamedTuple):
    """What goes wherever it stands: all that its pattern finds, or the group «cut» of it.

    ``signs``: without one of them nothing is found. With a ``message`` for a person, under ``code``.
    """

    pattern: re.Pattern[str]
    signs: tuple[str, ...]
    rule: str
    why: str
    code: str = ""
    message: str = ""


def all_gone(parts: Iterable[Part], text: str) -> Iterator[Found]:
    """Where the parts stand."""
    for pattern, signs, rule, why, code, message in parts:
        group = "cut" if "cut" in pattern.groupindex else 0
        for m in matches(pattern, text, *signs):
            yield gone(m.span(group), rule, why, code, message)
