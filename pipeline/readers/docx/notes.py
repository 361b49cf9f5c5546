"""What a note of a Word file holds: without its own number, with the captions of its tables in their place.

Comes in: a note's blocks as Pandoc read them. Goes out: those of a master's note.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import panflute as pf

from pipeline.document import ast

DROPPED = {"label", "footnote reference", "endnote reference", "annotation reference", "footnote anchor"}


def unmark_missing(blocks: Iterable[Any]) -> None:
    """Takes the marks of missing bodies off, in place; their words stay."""
    for block in blocks:
        block.walk(
            lambda e, _: list(e.content) if isinstance(e, pf.Span) and "missing" in e.classes else None
        )


def with_captions(blocks: list[Any]) -> list[Any]:
    """A note's blocks with the captions of tables in their place: there Pandoc leaves them standing as paragraphs,
    and gives the table the one it was written with, whatever an editor made of it."""
    out: list[Any] = []
    for block in blocks:
        before = out[-1] if out else None
        if isinstance(block, pf.Table) and isinstance(before, pf.Para | pf.Plain | pf.Div):
            styled = (
                isinstance(before, pf.Div) and before.attributes.get("custom-style", "").lower() == "caption"
            )
            old = ast.plain(block.caption) if block.caption else ""
            if styled or (old and ast.plain(before) == old):
                block.caption = pf.Caption(*(before.content if isinstance(before, pf.Div) else [before]))
                out.pop()
        out.append(block)
    return out


def without_mark(blocks: Iterable[Any]) -> list[Any]:
    """A note's blocks without its own number and the blank behind it."""
    out = list(blocks)
    first: Any = out[0] if out else None
    while isinstance(first, pf.Div | pf.BlockQuote) and len(first.content):
        first = first.content[0]
    if isinstance(first, pf.Para | pf.Plain):
        inlines = list(first.content)
        while inlines and (
            isinstance(inlines[0], pf.Space)
            or (
                isinstance(inlines[0], pf.Span)
                and inlines[0].attributes.get("custom-style", "").lower() in DROPPED
            )
        ):
            inlines.pop(0)
        first.content = inlines
    return out
