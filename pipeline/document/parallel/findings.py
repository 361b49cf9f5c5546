"""What does not pair: a block that only one side has, a pair whose notes, items or cells are not equal in number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.manuscript import Finding
from pipeline.document.parallel.pairing import Row, count_notes

KINDS = {
    "Para": "paragraph",
    "Plain": "paragraph",
    "Header": "heading",
    "BlockQuote": "quotation",
    "BulletList": "list",
    "OrderedList": "list",
    "DefinitionList": "list",
    "LineBlock": "verse",
    "Table": "table",
    "Figure": "figure",
}
SHOWN = 24  # characters of a block that a finding shows


def without_partner(rows: list[Row], names: tuple[str, str]) -> Iterator[Finding]:
    """A finding for each block that only one side has, with its place on the other."""
    sections = ["", ""]
    before: list[Any] = [None, None]
    for row in rows:
        for index, block in enumerate((row.left, row.right)):
            if isinstance(block, pf.Header):
                sections[index] = ast.plain(block)
        if row.left is None or row.right is None:
            there = 0 if row.right is None else 1
            block = (row.left, row.right)[there]
            follows = (
                f"after «{_beginning(before[1 - there])}»"
                if before[1 - there] is not None
                else "at the beginning"
            )
            yield Finding(
                "H80",
                f"{names[there]}, section «{sections[there]}»: the {_name(block)} «{_beginning(block)}» has no "
                f"partner in {names[1 - there]}, section «{sections[1 - there]}», {follows}. "
                "Add it there, or take it out here.",
            )
        before = [
            row.left if row.left is not None else before[0],
            row.right if row.right is not None else before[1],
        ]


def unequal_pairs(rows: list[Row], names: tuple[str, str]) -> Iterator[Finding]:
    """A finding for each pair whose notes, list items or table cells are not equal in number."""
    section = ""
    for row in rows:
        if row.left is None or row.right is None:
            continue
        if isinstance(row.left, pf.Header):
            section = ast.plain(row.left)
        for what, code, count in COUNTS:
            a, b = count(row.left), count(row.right)
            if a != b:
                yield Finding(
                    code,
                    f"section «{section}»: the {_name(row.left)} «{_beginning(row.left)}» has {a} {what} in "
                    f"{names[0]}, its partner «{_beginning(row.right)}» has {b} in {names[1]}. Make them equal.",
                )


def _name(block: Any) -> str:
    return KINDS.get(type(block).__name__, "block")


def _beginning(block: Any) -> str:
    text = ast.plain(block)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"


def _count(*kinds: type) -> Callable[[Any], int]:
    """Counts elements of these kinds in a block, notes left out."""

    def count(block: Any) -> int:
        found = 0

        def look(e: pf.Element, _: pf.Doc | None) -> None:
            nonlocal found
            found += isinstance(e, kinds)

        block.walk(look)
        return found

    return count


COUNTS: tuple[tuple[str, str, Callable[[Any], int]], ...] = (
    ("notes", "H81", count_notes),
    ("list items", "H82", _count(pf.ListItem, pf.DefinitionItem)),
    ("table cells", "H82", _count(pf.TableCell)),
)
