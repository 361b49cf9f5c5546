"""A document as the units that an editor works on: a paragraph, a heading, an item, a table.

Comes in: blocks of a ``panflute.Doc``. Goes out: units with a key each. Two units with one key say the same,
whatever their spelling in Markdown, and whatever Word has no place for: whether a list is loose, how a table's
columns stand, classes and languages of divisions, sizes of pictures, names of headings, page starts within a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import panflute as pf

from pipeline.document import ast
from pipeline.document.collation.unsaid import bare_formula

CALL = "\ue000"  # stands for a note call in a key
SPOKEN = ("missing", "keep", "underline", "smallcaps")  # classes that Word can say
PARAGRAPHS = (pf.Para, pf.Plain)
LISTS = (pf.BulletList, pf.OrderedList)


@dataclass(frozen=True)
class Unit:
    """``block`` holds this unit alone; ``origin`` is the number of the block it was cut from."""

    key: str
    block: Any
    origin: int

    @property
    def notes(self) -> list[pf.Note]:
        """Its notes in reading order."""
        return list(ast.notes_in(self.block))


def cut_units(blocks: Iterable[Any]) -> list[Unit]:
    """The units of a text, in order."""
    cut = [(part, origin) for origin, block in enumerate(blocks) for part in _parts(block, "")]
    return [Unit(key, part, origin) for part, origin in cut if (key := key_of(part))]


def _parts(block: Any, lang: str) -> Iterator[Any]:
    """A block as blocks of one unit each: items, lines, paragraphs of a quotation, what stands in a division."""
    match block:
        case pf.Div():
            own = block.attributes.get("lang", lang)
            for inner in block.content:
                yield from _parts(inner, own)
            return
        case pf.BlockQuote() if is_divisible(block):
            parts: list[Any] = [pf.BlockQuote(part) for b in block.content for part in _parts(b, "")]
        case pf.LineBlock():
            parts = [pf.LineBlock(item) for item in block.content]
        case pf.BulletList() | pf.OrderedList():
            parts = [
                p for number, item in enumerate(block.content) for p in _parts_of_item(block, number, item)
            ]
        case pf.DefinitionList():
            parts = [pf.DefinitionList(item) for item in block.content]
        case pf.RawBlock():
            return
        case pf.Table():
            _unmark_head(block)
            parts = [block]
        case _:
            parts = [block]
    for part in parts:
        yield pf.Div(part, attributes={"lang": lang}) if lang else part


def _parts_of_item(block: Any, number: int, item: pf.ListItem) -> Iterator[Any]:
    """An item of a list, and apart from it its tables and figures: Word has them behind it."""
    apart = [b for b in item.content if isinstance(b, pf.Table | pf.Figure)]
    rest = pf.ListItem(*[b for b in item.content if b not in apart]) if apart else item
    yield _list_of(block, number, [rest])
    for inner in apart:
        yield from _parts(inner, "")


def _unmark_head(table: pf.Table) -> None:
    """Takes bold out of a table's head, in place: heads are bold by themselves, and LibreOffice says so of each run."""
    for cell in (cell for row in table.head.content for cell in row.content):
        for block in cell.content:
            if isinstance(block, PARAGRAPHS):
                block.content = _without_bold(block.content)


def _without_bold(inlines: Iterable[Any]) -> list[Any]:
    out: list[Any] = []
    for inline in inlines:
        if isinstance(inline, pf.Strong):
            out += _without_bold(inline.content)
            continue
        if not isinstance(inline, pf.Note) and hasattr(inline, "content"):
            inline.content = _without_bold(inline.content)
        out.append(inline)
    return out


def is_divisible(quotation: pf.BlockQuote) -> bool:
    """Whether a quotation holds paragraphs and lists only: two of them that meet in Word are one."""
    return all(isinstance(b, (*PARAGRAPHS, *LISTS)) for b in quotation.content)


def _list_of(block: Any, number: int, items: list[Any]) -> Any:
    if isinstance(block, pf.BulletList):
        return pf.BulletList(*items)
    return pf.OrderedList(*items, start=block.start + number, style=block.style, delimiter=block.delimiter)


def joined(units: Iterable[Unit]) -> list[Any]:
    """Units as blocks again: those cut from one block, or quotations and items that meet, are one."""
    out: list[Any] = []
    origins: list[int] = []
    for unit in units:
        if out and _merge(out[-1], unit.block, same=origins[-1] == unit.origin):
            continue
        out.append(ast.duplicate(unit.block))
        origins.append(unit.origin)
    return out


def _merge(before: Any, block: Any, same: bool) -> bool:
    """Appends what ``block`` holds to the block before it, where the two are parts of one."""
    if type(before) is not type(block):
        return False
    if isinstance(block, pf.Div) and before.attributes != block.attributes:
        return False
    if isinstance(block, pf.BlockQuote) and not (is_divisible(before) and is_divisible(block)):
        return False
    if isinstance(block, pf.Div | pf.BlockQuote):
        last, first = before.content[-1], block.content[0]
        if not _merge(last, first, same):
            if isinstance(last, LISTS) and type(last) is type(first):
                return False  # within one quotation nothing would keep two lists apart
            before.content.append(ast.duplicate(first))
        return True
    if isinstance(block, pf.LineBlock) or (same and isinstance(block, (*LISTS, pf.DefinitionList))):
        before.content.extend(list(ast.duplicate(block).content))
        return True
    return False


def key_of(element: Any) -> str:
    """What an element says, without its spelling."""
    return re.sub(r"\s+", " ", "".join(_say(element))).strip()


def key_of_note(note: pf.Note) -> str:
    """What a note says; all that the source lacks say the same."""
    return "missing" if ast.is_missing(note) else "\n".join(u.key for u in cut_units(note.content))


def _say(element: Any) -> Iterator[str]:
    match element:
        case pf.Str():
            yield element.text
        case pf.Space() | pf.SoftBreak():
            yield " "
        case pf.Note():
            yield CALL
        case pf.RawInline() | pf.RawBlock():
            return
        case pf.LineBreak():
            yield "\\"
        case pf.Span():
            yield from _say_span(element)
        case pf.Quoted():
            marks = "“”" if element.quote_type == "DoubleQuote" else "‘’"
            yield marks[0]
            yield from _say_all(element.content)
            yield marks[1]
        case pf.Plain() | pf.Para() | pf.MetaInlines() | pf.Div():
            yield from _say_all(element.content)
        case pf.Code() | pf.CodeBlock():
            yield f"<{element.tag}>{element.text}</>"
        case pf.Math():
            yield f"<Math>{bare_formula(element.text)}</>"
        case pf.Image():
            yield f"<Image {element.url}>"
        case _:
            yield from _say_other(element)


def _say_all(elements: Iterable[Any]) -> Iterator[str]:
    for element in elements:
        yield from _say(element)


def _say_other(element: Any) -> Iterator[str]:
    said = {
        pf.Header: lambda: str(element.level),
        pf.Link: lambda: unquote(str(element.url)),  # LibreOffice writes addresses without escapes
    }.get(type(element), str)()
    yield f"<{element.tag}{' ' if said else ''}{said}>"
    for number, part in enumerate(ast.parts_of(element)):
        if number and isinstance(part, pf.Block):
            yield "¶"
        yield from _say(part)
    yield "</>"


def _say_span(span: pf.Span) -> Iterator[str]:
    if "page" in span.classes:
        return
    said = [c for c in span.classes if c in SPOKEN] + [f"{k}={v}" for k, v in span.attributes.items()]
    if said:
        yield f"<Span {' '.join(sorted(said))}>"
    yield from _say_all(span.content)
    if said:
        yield "</>"


def plain_copy(blocks: Iterable[Any]) -> list[Any]:
    """Blocks without what no key says, so that two writings of one text differ in what was changed alone."""
    copies = [ast.duplicate(block) for block in blocks]

    def simplify(e: pf.Element, _: pf.Doc | None) -> Any:
        match e:
            case pf.Span() if "page" in e.classes:
                return []
            case pf.CodeBlock():
                e.identifier, e.classes, e.attributes = "", [], {}
            case pf.Image():
                e.attributes, e.title, e.identifier = {}, "", ""
            case pf.Header() | pf.Figure():
                e.identifier = ""
            case pf.Table():
                e.colspec = [("AlignDefault", "ColWidthDefault") for _ in e.colspec]
                e.identifier, e.attributes = "", {}
            case pf.TableCell():
                e.alignment = "AlignDefault"
            case pf.ListItem() | pf.Definition():
                e.content = [pf.Plain(*b.content) if isinstance(b, pf.Para) else b for b in e.content]
        return None

    doc = pf.Doc(*copies)
    doc.walk(simplify)
    return list(doc.content)
