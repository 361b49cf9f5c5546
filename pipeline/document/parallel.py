"""Two documents side by side: the two scripts of one book, or a text and its translation.

Comes in: two documents that should have the same blocks. Goes out: one document in which each pair of
blocks is a Div ``pair`` with two Divs ``side``, and findings for whatever does not pair. Headings are not
boxed: a heading pair becomes one heading, so that chapters and contents work as ever. A note belongs to its
side; the n-th note of the one side carries the same number as the n-th of the other (``side_numbers``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.alignment import Item, align
from pipeline.document.manuscript import Finding

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
PAIR, SIDE, SIDES = "pair", "side", ("side-a", "side-b")


@dataclass(frozen=True)
class Row:
    """A pair of blocks; one of them is None where the other document has nothing to put beside."""

    left: Any
    right: Any


@dataclass(frozen=True)
class Parallel:
    """The paired document and what did not pair."""

    doc: pf.Doc
    findings: list[Finding]


def set_side_by_side(
    left: pf.Doc,
    right: pf.Doc,
    languages: tuple[str, str],
    *,
    names: tuple[str, str] = ("the first master", "the second master"),
    repeat: bool = False,
) -> Parallel:
    """Both documents in one, block by block; the metadata is the left one's, titles of both.

    ``names``: what findings call them. ``repeat``: headings alike on both sides stand on both all the same.

    Blocks pair by their order within a section; where one side has more, by kind, length and notes: a paragraph
    that only one side has stands alone.
    """
    left, right = ast.duplicate(left), ast.duplicate(right)
    rows = list(_rows(list(left.content), list(right.content)))
    findings = [*_unpaired(rows, names), *_inner_findings(rows, names)]
    blocks = [_block(row, languages, repeat) for row in rows]
    doc = pf.Doc(*blocks, metadata=_metadata(left, right, languages), api_version=left.api_version)
    return Parallel(doc, findings)


def _item(*blocks: Any) -> Item:
    first = blocks[0]
    kind = (first.tag, first.level if isinstance(first, pf.Header) else 0)
    return Item(blocks, kind, sum(len(ast.plain(b)) for b in blocks), sum(map(_count_notes, blocks)))


def _rows(left: list[Any], right: list[Any]) -> Iterator[Row]:
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


def _unpaired(rows: list[Row], names: tuple[str, str]) -> Iterator[Finding]:
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


def _inner_findings(rows: list[Row], names: tuple[str, str]) -> Iterator[Finding]:
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


def _count_notes(block: Any) -> int:
    return len(list(ast.notes_in(block)))


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
    ("notes", "H81", _count_notes),
    ("list items", "H82", _count(pf.ListItem, pf.DefinitionItem)),
    ("table cells", "H82", _count(pf.TableCell)),
)


def _block(row: Row, languages: tuple[str, str], repeat: bool = False) -> Any:
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


def _metadata(left: pf.Doc, right: pf.Doc, languages: tuple[str, str]) -> pf.MetaMap:
    """The title page of both: the right title and subtitle follow the left ones, each author has both names."""
    meta, other = left.metadata, right.metadata.content
    subtitles = _items(meta.content.get("subtitle"))
    if ast.meta_texts(right, "title") != ast.meta_texts(left, "title"):
        for key in ("title", "subtitle"):
            subtitles += [_named(item, languages[1]) for item in _items(other.get(key))]
    if subtitles:
        meta["subtitle"] = pf.MetaList(*subtitles)
    for key in ("author", "affiliation", "masthead"):
        own, second = _items(meta.content.get(key)), _items(other.get(key))
        if own and len(own) == len(second):
            meta[key] = pf.MetaList(*[_both(a, b, languages[1]) for a, b in zip(own, second, strict=True)])
    words = ast.meta_texts(left, "keywords")
    if more := [word for word in ast.meta_texts(right, "keywords") if word not in words]:
        meta["keywords"] = pf.MetaList(*[pf.MetaInlines(pf.Str(word)) for word in [*words, *more]])
    one, two = (_abstract(doc) for doc in (left, right))
    if one and two:
        meta["abstract"] = pf.MetaBlocks(*[_block(row, languages) for row in _rows(one, two)])
    _drop_translation(meta, languages[1])
    return meta


def _items(value: Any) -> list[Any]:
    """A metadata value as a list of texts."""
    if value is None:
        return []
    items = list(value.content) if isinstance(value, pf.MetaList) else [value]
    return [
        item if isinstance(item, pf.MetaInlines) else pf.MetaInlines(pf.Str(ast.plain(item)))
        for item in items
    ]


def _named(item: pf.MetaInlines, lang: str) -> pf.MetaInlines:
    """A text of the right side as such."""
    return pf.MetaInlines(pf.Span(*item.content, classes=[SIDES[1]], attributes={"lang": lang}))


def _both(one: pf.MetaInlines, two: pf.MetaInlines, lang: str) -> pf.MetaInlines:
    """A name in both languages, the second in brackets; once where both are alike."""
    name = ast.plain(two)
    if name == ast.plain(one):
        return one
    second = pf.Span(
        pf.Str(f"（{name}）" if lang.startswith("zh") else f" ({name})"),
        classes=[SIDES[1]],
        attributes={"lang": lang},
    )
    return pf.MetaInlines(*one.content, second)


def _abstract(doc: pf.Doc) -> list[Any]:
    match doc.metadata.content.get("abstract"):
        case pf.MetaBlocks() as value:
            return list(value.content)
        case pf.MetaInlines() as value:
            return [pf.Para(*value.content)]
    return []


def _drop_translation(meta: pf.MetaMap, lang: str) -> None:
    """The right side says itself what the left one's metadata says of it in its language."""
    found = meta.content.get("translations")
    if not isinstance(found, pf.MetaList) or lang.startswith("zh"):
        return
    rest = [item for item in found.content if not _is_in(item, lang)]
    if rest:
        meta["translations"] = pf.MetaList(*rest)
    else:
        del meta.content["translations"]


def _is_in(item: Any, lang: str) -> bool:
    tag = ast.plain(item.content.get("lang")) if isinstance(item, pf.MetaMap) else ""
    return bool(tag) and tag.split("-")[0] == lang.split("-")[0]


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
