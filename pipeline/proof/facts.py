"""What a finished edition says, in the same words for every format: notes, headings, pages.

Each reader of this room (``proof/pdf.py``, ``proof/epub.py``, ``proof/docx.py``) opens a finished file and
returns ``EditionFacts``; ``proof/master.py`` says what they must be; ``proof/compare.py`` compares. Texts
are kept as found; ``squash`` makes them comparable.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from dataclasses import dataclass, field

CONTEXT = 8  # characters of text before a call that tell its place
ANY = "\N{OBJECT REPLACEMENT CHARACTER}"  # in a text: formats set this part each in its own way (formulas)


@dataclass(frozen=True, slots=True)
class NoteFact:
    """A note as a finished edition shows it.

    ``number`` runs through the book from 1 in reading order (title page first); ``label`` is what the
    reader sees at the call; ``text`` is the body without label and back link, paragraphs joined;
    ``place`` is the text of the level-1 heading above the call, empty before the first (and on the title
    page); ``before`` is the text right before the call (at least ``CONTEXT`` characters of its paragraph
    where there are so many, without other calls), empty where a format cannot tell.
    """

    number: int
    label: str
    text: str
    place: str = ""
    missing: bool = False
    before: str = ""


@dataclass(frozen=True, slots=True)
class HeadingFact:
    """A heading of the text (not of the title page, the contents, the notes, the colophon)."""

    level: int
    text: str  # without note calls


@dataclass(frozen=True)
class EditionFacts:
    """What a finished edition says. ``pages``: the labels of its pages (its page list), in order."""

    notes: list[NoteFact]
    headings: list[HeadingFact]
    pages: list[str] = field(default_factory=list)
    title: str = ""
    authors: list[str] = field(default_factory=list)
    lang: str = ""
    # The text before the first heading and behind each, captions and tables with it, notes and calls without. In a finished edition
    # the first begins with the front matter, the last ends with the back matter.
    sections: list[str] = field(default_factory=list)
    is_in_order: bool = True  # no two texts side by side that go on together from page to page


def count_letters(text: str) -> Counter[str]:
    """The letters of a text, Han and others, without their accents; marks and numbers, which layout adds, are none.

    >>> count_letters("1. 水 水 é。") == {"水": 2, "e": 1}
    True
    """
    return Counter(c for c in unicodedata.normalize("NFD", text) if c.isalpha())


def squash(text: str) -> str:
    """A text without what layout may change: white space, soft hyphens, joiners; in NFC.

    >>> squash("隨着\\u2060 蘇\\u00ad聯")
    '隨着蘇聯'
    """
    return "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) not in BLANK)


BLANK = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})
