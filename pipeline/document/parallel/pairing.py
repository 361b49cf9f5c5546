"""Which blocks of two documents stand side by side, and how a pair is one block.

Blocks pair by their order within a section; where one side has more, by kind, length and notes: a paragraph that only one side
has stands alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.alignment import Item, align

PAIR, SIDE, SIDES = "pair", "side", ("side-a", "side-b")


@dataclass(frozen=True)
class Row:
    """A pair of blocks; one of them is None where the other document has nothing to put beside."""

    left: Any
    right: Any


def _item(*blocks: Any) -> Item:
    first = blocks[0]
    kind = (first.tag, first.level if isinstance(first, pf.Header) else 0)
    return Item(blocks, kind, sum(len(ast.plain(b)) for b in blocks), sum(map(count_notes, blocks)))


def pair_blocks(left: list[Any], right: list[Any]) -> Iterator[Row]:
    """Blocks paired: first the sections, then the blocks of each pair of sections."""
    sections = [[_item(*section) for section in _sections(blocks)] for blocks in (left, right)]
    sizes = [sum(item.size for item in items) or 1 for items in sections]
    ratio = sizes[1] / sizes[0]
    for one, other in align(sections[0], sections[1], ratio):
        if one is None or other is None:
            yield from (Row(block, None) for block in (one.blocks if one else ()))
            yield from (Row(None, block) for block in (other.blocks if other else ()))
            continue
        blocks = [[_item(block) for block in item.blocks] for item in (one, other)]
        for a, b in align(blocks[0], blocks[1], ratio):
            yield Row(a.blocks[0] if a else None, b.blocks[0] if b else None)


def _sections(blocks: list[Any]) -> list[list[Any]]:
    """The blocks cut before each heading."""
    found: list[list[Any]] = []
    for block in blocks:
        if isinstance(block, pf.Header) or not found:
            found.append([])
        found[-1].append(block)
    return found


def count_notes(block: Any) -> int:
    """How many notes a block calls."""
    return len(list(ast.notes_in(block)))


def side_by_side(row: Row, languages: tuple[str, str], repeat: bool = False) -> Any:
    """A pair of blocks as one; a pair of headings stays a heading."""
    if isinstance(row.left, pf.Header) and isinstance(row.right, pf.Header):
        alike = ast.plain(row.left) == ast.plain(row.right) and not any(ast.notes_in(row.right))
        if alike and not repeat:
            return row.left  # alike in both scripts: once is enough
        second = pf.Span(*row.right.content, classes=[SIDES[1]], attributes={"lang": languages[1]})
        first = pf.Span(*row.left.content, classes=[SIDES[0]], attributes={"lang": languages[0]})
        return pf.Header(first, pf.LineBreak(), second, level=row.left.level)
    sides = [
        pf.Div(*([block] if block is not None else []), classes=[SIDE, name], attributes={"lang": lang})
        for block, name, lang in zip((row.left, row.right), SIDES, languages, strict=True)
    ]
    return pf.Div(*sides, classes=[PAIR])
