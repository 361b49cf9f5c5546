"""A recovered manuscript against the book that was soiled: what differs, for a person to read."""

from __future__ import annotations

import difflib

from pipeline.document.manuscript import Block, BlockKind, Manuscript
from pipeline.document.traced import PieceKind, Traced
from tests.soiler.book import Book

KINDS = {BlockKind.PARAGRAPH: "paragraph", BlockKind.HEADING: "heading", BlockKind.QUOTE: "quote"}


def shown(text: Traced) -> str:
    """The text with calls as ``[^n]``, without page starts."""
    return "".join(
        f"[^{p.text}]" if p.kind is PieceKind.CALL else "" if p.kind is PieceKind.PAGE else p.text
        for p in text.pieces
    )


def differences(book: Book, manuscript: Manuscript) -> list[str]:
    """Every part and note that is not as in the book; empty when all are."""
    wanted = [_row(p.kind, p.level, p.text) for p in book.parts]
    found = [_row(KINDS.get(b.kind, b.kind.value), b.level, shown(b.content)) for b in manuscript.blocks]
    out = [line for line in difflib.ndiff(wanted, found) if line[0] in "+-"] if wanted != found else []
    for front in manuscript.fronts[:1]:
        told = [("title", book.title, shown(front.title))] if front.title else []
        told += [("author", book.author, shown(a)) for a in front.authors]
        out += [row for name, a, b in told if a != b for row in (f"- {name} {a}", f"+ {name} {b}")]
    return out + _note_differences(book, manuscript)


def _row(kind: str, level: int, text: str) -> str:
    return f"{kind}{level if kind == 'heading' else ''} {text}"


def _note_differences(book: Book, manuscript: Manuscript) -> list[str]:
    found = {note.label: "" if note.missing else _body(note.blocks) for note in manuscript.notes}
    out = []
    for label, text in book.notes.items():
        got = found.pop(str(label), None)
        if got is None and not text:
            continue
        if got != text:
            out += [f"- note {label} {text}", f"+ note {label} {got}"]
    return out + [f"+ note {label} {text}" for label, text in found.items()]


def _body(blocks: tuple[Block, ...]) -> str:
    return "\n".join(shown(b.content) for b in blocks)
