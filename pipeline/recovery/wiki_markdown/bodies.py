"""The bodies of a wiki export's notes as blocks.

Comes in: where the bodies stand, the source with its cuts masked, a reader of text. Goes out: the bodies in the order of
their labels, and edits for the links that led back to the calls. Refused: a body for a call that has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.document.manuscript import Block, BlockKind, Finding, NoteBody
from pipeline.document.traced import Edit, Traced
from pipeline.location import Span
from pipeline.recovery.wiki_markdown.notes.back_links import text_start
from pipeline.recovery.wiki_markdown.notes.lists import WikiNotes
from pipeline.recovery.wiki_markdown.seen import is_lost, taken_back

_ITEM = re.compile(r"[-*+][ \t]+")
_BLANK = r"\n[ \t]*\n"
_OR_ITEM = rf"{_BLANK}|\n[ \t]*[-*+][ \t]"  # a note at its call may hold a list


def read_bodies(
    notes: WikiNotes, source: str, text: str, read: Callable[[int, int], Traced]
) -> tuple[tuple[NoteBody, ...], list[Edit], list[Finding]]:
    """The bodies with their labels, what goes away with them, and which have lost their text.

    ``text``: the source with its cuts masked.
    """
    bodies: list[NoteBody] = []
    gone: list[Edit] = []
    findings: list[Finding] = []
    for body in notes.bodies:
        start = text_start(text, body.text, body.end)
        paragraphs = []
        for a, b in _paragraphs(text, start, body.end, _OR_ITEM if body.is_inset else _BLANK):
            item = _ITEM.match(text, a, b) if body.is_inset else None
            words = read(item.end() if item else a, b)
            if is_lost(words):
                gone += taken_back(words)
            elif item:
                paragraphs.append(Block(BlockKind.ITEM, words, 0, "-"))
            else:
                paragraphs.append(Block(BlockKind.PARAGRAPH, words))
        if start > body.text:
            link = source[body.text : start]
            gone.append(Edit(Span(body.text, start), link, "", "L214", "link back to the call"))
        if not paragraphs and body.end > body.text:
            message = f"note {body.label} has lost its text. Add it."
            findings.append(Finding("N10", message, Span(body.start, body.text)))
        bodies.append(NoteBody(body.label, tuple(paragraphs), missing=not paragraphs))
    bodies += [NoteBody(label, (), missing=True) for label in notes.missing]
    return tuple(sorted(bodies, key=lambda n: _order(n.label))), gone, findings


def _paragraphs(text: str, start: int, end: int, parted: str) -> Iterator[tuple[int, int]]:
    """The paragraphs of a body, and its items. ``parted``: what stands between two."""
    for m in re.finditer(rf"\S(?:(?!{parted})[\s\S])*", text[start:end]):
        yield start + m.start(), start + m.start() + len(m.group().rstrip())


def _order(label: str) -> tuple[int, int, str]:
    digits = re.sub(r"\D", "", label)
    return (0 if label.isdigit() else 1, int(digits) if digits else 0, label)
