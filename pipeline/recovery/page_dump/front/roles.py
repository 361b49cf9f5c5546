"""What a paragraph of the front is, and what it is told by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.wording.marks import NEVER_LAST_OF_TITLES

_ENDS = f"{NEVER_LAST_OF_TITLES}」"
_CALLED = re.compile(rf"[。，；！？][」』”]?[0-9{CIRCLED}]{{1,3}}$")  # a sentence ends, and calls a note
HEAD = 14  # a front stands among so many paragraphs


class Role(StrEnum):
    """What a paragraph of the front is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    AUTHOR = "author"
    AFFILIATION = "affiliation"
    ABSTRACT = "abstract"
    KEYWORDS = "keywords"
    MASTHEAD = "masthead"  # institution, degree, adviser, date
    LABEL = "label"  # a line that only says «摘要»


@dataclass(frozen=True, slots=True)
class Para:
    """What the front is told by: the text, how many lines it ran over, whether it is a heading."""

    text: str
    lines: int
    heading: bool = False
    rank: float = 0.0
    gap: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class FrontPart:
    """The role of paragraph ``index`` in the front of ``lang`` ("" for the text's own language)."""

    index: int
    role: Role
    lang: str = ""
    mark: int = 0  # so many characters at its beginning are a label
    tail: int = 0  # and so many at its end


def is_line(para: Para) -> bool:
    """Whether it is no prose: two lines at most, and no sentence ends with it."""
    short = para.lines <= 2 and len(para.text) <= 110
    return short and para.text[-1] not in _ENDS and not _CALLED.search(para.text)


def label_length(text: str, pattern: re.Pattern[str]) -> int:
    """So many characters at the beginning are a label."""
    match = pattern.match(text)
    return match.end() if match else 0
