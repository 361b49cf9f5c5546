"""What a reader sees of a note's number: counted through the book or by the chapter, plain or circled."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.settings import NoteSettings

CIRCLED = {
    **{n: chr(0x2460 + n - 1) for n in range(1, 21)},
    **{n: chr(0x3251 + n - 21) for n in range(21, 36)},
    **{n: chr(0x32B1 + n - 36) for n in range(36, 51)},
}


def label(number: int, style: str) -> str:
    """A note's number as the reader sees it; circled where Unicode has the circle (up to 50)."""
    return CIRCLED.get(number, str(number)) if style == "circled" else str(number)


def labels(chapters: Iterable[int], settings: NoteSettings) -> list[str]:
    """The labels of notes whose chapters are given, in order.

    ``page`` counts as ``chapter`` here: only the PDF knows its pages.
    """
    out, last, count = [], None, 0
    for chapter in chapters:
        if settings.numbering != "book" and chapter != last:
            last, count = chapter, 0
        count += 1
        out.append(label(count, settings.style))
    return out
