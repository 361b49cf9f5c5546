"""Paragraphs gathered into lists: Word has none, only paragraphs with a number, a level, an indent, a style.

Comes in: restored blocks, those of lists with a mark of ``prepare`` in them. Goes out: blocks with lists, each
item with all that goes on with it, lists in quotations and quotations in items; terms with their definitions.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, replace
from typing import Any

import panflute as pf

from pipeline.document import word

ITEM, END = "\uf8f7", "\uf8f3"  # of the private use area: (ITEM hex END) before an item's text
MARK = re.compile(f"{ITEM}([0-9a-f]*){END}")
STYLES = {
    "decimal": "Decimal", "upperRoman": "UpperRoman", "lowerRoman": "LowerRoman", "upperLetter": "UpperAlpha",
    "lowerLetter": "LowerAlpha",
}  # fmt: skip
TERM, DEFINITION, CONTINUED = (name.lower() for name in (word.TERM, word.DEFINITION, word.CONTINUED))
DEFINING = (TERM, DEFINITION, CONTINUED)
Listing = pf.BulletList | pf.OrderedList


@dataclass(frozen=True)
class Item:
    """A paragraph of a list: its level from 0, the list that counts there, its number and how Word writes it.

    ``form`` is one of Word's number formats, "bullet", or empty: the paragraph goes on with the item before it.
    ``quoted``: it stands in a quotation. ``alone``: the mark is a paragraph of its own, and tells of the next one.
    """

    level: int
    identity: str = ""
    form: str = ""
    number: int = 1
    text: str = ""
    quoted: bool = False
    alone: bool = False

    def mark(self) -> str:
        """The mark that stands in the text.

        >>> read_item(Item(1, "3", "decimal", 2, "%1.").mark())
        Item(level=1, identity='3', form='decimal', number=2, text='%1.', quoted=False, alone=False)
        """
        return f"{ITEM}{json.dumps(astuple(self)).encode().hex()}{END}"

    def new_list(self) -> Any:
        """A list without items that this item begins."""
        if self.form == "bullet":
            return pf.BulletList()
        delimiter = "TwoParens" if self.text.startswith("(") else "OneParen" if ")" in self.text else "Period"
        return pf.OrderedList(start=self.number, style=STYLES[self.form], delimiter=delimiter)


def read_item(text: str) -> Item | None:
    """The item whose mark the text holds; none where it holds none."""
    found = MARK.search(text)
    return Item(*json.loads(bytes.fromhex(found[1]))) if found else None


@dataclass(frozen=True)
class Defining:
    """A paragraph of a list of definitions: by its style the term, a definition, or what goes on with one."""

    style: str
    block: Any


class Blocks:
    """Blocks in the order they come, lists gathered, quotations that meet joined."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        # The lists that are not closed, outermost first; which each is.
        self._open: list[tuple[Any, str]] = []
        self._quote: Any = None  # the quotation they stand in
        self._told: Item | None = None  # what a mark of its own says of the next block

    def add(self, block: Any) -> None:
        """Puts a block where it belongs."""
        item = take_item(block.block if isinstance(block, Defining) else block) or self._told
        self._told = None
        if item is not None and item.alone:
            self._told = replace(item, alone=False)
        elif item is not None and item.form:
            self._begin(item, block)
        elif item is not None and self._open:
            del self._open[item.level + 1 :]
            inside = item.quoted and self._quote is not None and isinstance(block, pf.BlockQuote)
            for inner in list(block.content) if inside else [block]:
                _put(self._open[-1][0].content[-1].content, inner)
        else:
            self._open, self._quote = [], None
            _put(self.made, block)

    def _begin(self, item: Item, block: Any) -> None:
        if item.quoted is not (self._quote is not None):
            self._open, self._quote = [], None
        content = [block]
        if item.quoted and isinstance(block, pf.BlockQuote):
            content = list(block.content)
            if self._quote is None:
                self._quote = _last_quotation(self.made)
        depth = min(item.level, len(self._open))
        del self._open[depth + 1 :]
        made = item.new_list()
        if len(self._open) > depth and self._open[depth][1] == item.identity:
            made = self._open[depth][0]
        else:
            del self._open[depth:]
            within = list(self._quote.content) if self._quote is not None and not depth else []
            if within and type(within[-1]) is type(made):  # nothing else would keep the two lists apart
                self._quote = pf.BlockQuote()
                self.made.append(self._quote)
            self._holder().append(made)
            self._open.append((made, item.identity))
        made.content.append(pf.ListItem())
        for inner in content:
            _put(made.content[-1].content, inner)

    def _holder(self) -> Any:
        if self._open:
            return self._open[-1][0].content[-1].content
        return self.made if self._quote is None else self._quote.content


def _last_quotation(blocks: list[Any]) -> Any:
    """The quotation that a list goes on with, or a new one."""
    if not blocks or not _is_quotation(blocks[-1]):
        blocks.append(pf.BlockQuote())
    return blocks[-1]


def _put(holder: Any, block: Any) -> None:
    """Appends a block; two quotations that meet are one, and so are a term and its definitions. Verse stays apart."""
    last = holder[-1] if holder else None
    if isinstance(block, Defining):
        _put_definition(holder, last, block)
    elif last is not None and _is_quotation(block) and _is_quotation(last):
        last.content.extend(list(block.content))
    else:
        holder.append(block)


def _put_definition(holder: Any, last: Any, part: Defining) -> None:
    block = part.block
    if part.style == TERM and isinstance(block, pf.Para | pf.Plain):
        term = pf.DefinitionItem(list(block.content), [])
        if isinstance(last, pf.DefinitionList):
            last.content.append(term)
        else:
            holder.append(pf.DefinitionList(term))
    elif not isinstance(last, pf.DefinitionList):
        holder.append(block)
    elif part.style == CONTINUED and last.content[-1].definitions:
        last.content[-1].definitions[-1].content.append(block)
    else:
        last.content[-1].definitions.append(pf.Definition(block))


def _is_quotation(block: Any) -> bool:
    """Whether it is a quotation of paragraphs and lists."""
    return isinstance(block, pf.BlockQuote) and all(isinstance(b, pf.Para | Listing) for b in block.content)


def take_item(block: Any) -> Item | None:
    """The item that a block belongs to by its first mark; all of its marks are taken out."""
    found: list[Item] = []

    def take(e: pf.Element, _: pf.Doc | None) -> Any:
        if not isinstance(e, pf.Str | pf.Code | pf.CodeBlock) or ITEM not in e.text:
            return None
        if item := read_item(e.text):
            found.append(item)
        e.text = MARK.sub("", e.text)
        return None if e.text or isinstance(e, pf.CodeBlock) else []

    if not isinstance(block, pf.Table):
        block.walk(take)
    return found[0] if found else None


def tighten(blocks: list[Any]) -> list[Any]:
    """What an item or a cell holds: its only paragraph without the room around it; with others it needs it."""
    kind = pf.Plain if all(isinstance(b, Listing) for b in blocks[1:]) else pf.Para
    return [kind(*b.content) if isinstance(b, pf.Para | pf.Plain) else b for b in blocks]


def tighten_lists(blocks: Iterable[Any]) -> None:
    """The same for every item and definition of the lists among the blocks, in place."""
    for block in blocks:
        if isinstance(block, pf.DefinitionList):
            holders = [definition for item in block.content for definition in item.definitions]
        else:
            holders = list(block.content) if isinstance(block, Listing) else []
        for holder in holders:
            tighten_lists(holder.content)
            holder.content = tighten(list(holder.content))
        if isinstance(block, pf.BlockQuote):
            tighten_lists(block.content)
