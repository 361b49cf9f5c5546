"""Where the pages of a printed edition begin, so that an e-book can name them (EPUB 3.3 §7.4.3 page-list)."""

from __future__ import annotations

from dataclasses import dataclass

FRONT = -1  # the chapter of pages before the first chapter: title page, contents


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page begins at character ``offset`` of a chapter's text.

    ``chapter`` is the index in ``Composition.chapters``, or ``FRONT``. The text of a chapter is that of
    its ``element`` in reading order with all white space and all note calls left out
    (``flow_text``), so that every format counts alike. ``matter`` names what the page begins in where
    that is not the text: title, contents, abstract, translation, colophon.
    """

    label: str
    chapter: int
    offset: int
    matter: str = ""


def flow_text(text: str) -> str:
    """The characters of ``text`` that count for ``PageStart.offset``: all but white space and joiners.

    >>> flow_text("甲 乙\\u2060丙")
    '甲乙丙'
    """
    return "".join(c for c in text if not c.isspace() and c not in UNCOUNTED)


UNCOUNTED = "\N{WORD JOINER}\N{SOFT HYPHEN}\N{ZERO WIDTH SPACE}"
