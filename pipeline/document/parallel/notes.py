"""Notes of two documents side by side: a note belongs to its side, and each side counts its own."""

from __future__ import annotations

from collections.abc import Iterator

import panflute as pf

from pipeline.document import ast
from pipeline.document.parallel.pairing import SIDES


def side_of(note: pf.Note) -> int:
    """On which side a note stands: 0 left, 1 right; -1 outside any pair."""
    element = note.parent
    while element is not None:
        classes = getattr(element, "classes", ())
        for index, name in enumerate(SIDES):
            if name in classes:
                return index
        element = element.parent
    return -1


def side_numbers(doc: pf.Doc, by_chapter: bool = False) -> list[int]:
    """For each note in reading order its number on its own side: both sides count 1, 2, 3 …

    A note outside the pairs (on the title page) is the left side's; behind the title page both go on alike.
    ``by_chapter``: every chapter counts anew.
    """
    counts, out = [0, 0], []
    first = next((note for block in doc.content for note in ast.notes_in(block)), None)
    openers = {id(note): chapter for chapter, note in _chapter_openers(doc)} if by_chapter else {}
    for note in ast.notes(doc):
        if id(note) in openers:
            counts = [0, 0]
        if note is first:
            counts = [max(counts)] * 2
        side = max(0, side_of(note))
        counts[side] += 1
        out.append(counts[side])
    return out


def _chapter_openers(doc: pf.Doc) -> Iterator[tuple[int, pf.Note]]:
    """The first note of each chapter that has one."""
    for number, section in enumerate(ast.sections(doc)):
        blocks = ([section.heading] if section.heading is not None else []) + list(section.blocks)
        if (first := next((note for block in blocks for note in ast.notes_in(block)), None)) is not None:
            yield number, first
