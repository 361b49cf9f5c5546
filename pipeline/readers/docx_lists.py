"""Items of lists, gathered into lists: Word has none, only paragraphs with a number, a level and an indent.

Comes in: restored blocks, those of lists with a mark of ``docx_prepare`` in them. Goes out: blocks with lists, each
item with all that goes on with it, lists in quotations and quotations in items.
"""

from __future__ import annotations

import json
import re
from dataclasses import astuple, dataclass
from typing import Any

import panflute as pf

ITEM, END = "\uf8f7", "\uf8f3"  # of the private use area: (ITEM hex END) before an item's text
MARK = re.compile(f"{ITEM}([0-9a-f]*){END}")
STYLES = {
    "decimal": "Decimal", "upperRoman": "UpperRoman", "lowerRoman": "LowerRoman", "upperLetter": "UpperAlpha",
    "lowerLetter": "LowerAlpha",
}  # fmt: skip
Listing = pf.BulletList | pf.OrderedList


@dataclass(frozen=True)
class Item:
    """A paragraph of a list: its level from 0, the list that counts there, its number and how Word writes it.

    ``form`` is one of Word's number formats, "bullet", or empty: the paragraph goes on with the item before it.
    ``quoted``: it stands in a quotation.
    """

    level: int
    identity: str = ""
    form: str = ""
    number: int = 1
    text: str = ""
    quoted: bool = False

    def mark(self) -> str:
        """The mark that stands in the text.

        >>> read_item(Item(1, "3", "decimal", 2, "%1.").mark())
        Item(level=1, identity='3', form='decimal', number=2, text='%1.', quoted=False)
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


class Blocks:
    """Blocks in the order they come, lists gathered, quotations that meet joined."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self._open: list[
            tuple[Any, str]
        ] = []  # the lists that are not closed, outermost first; which each is
        self._quote: Any = None  # the quotation they stand in

    def add(self, block: Any) -> None:
        """Puts a block where it belongs."""
        item = take_item(block)
        if item is not None and item.form:
            self._begin(item, block)
        elif item is not None and self._open:
            del self._open[item.level + 1 :]
            inside = self._quote is not None and isinstance(block, pf.BlockQuote)
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
                self._quote = pf.BlockQuote()
                self.made.append(self._quote)
        depth = min(item.level, len(self._open))
        del self._open[depth + 1 :]
        made = item.new_list()
        if len(self._open) > depth and self._open[depth][1] == item.identity:
            made = self._open[depth][0]
        else:
            del self._open[depth:]
            self._holder().append(made)
            self._open.append((made, item.identity))
        made.content.append(pf.ListItem(*content))

    def _holder(self) -> Any:
        if self._open:
            return self._open[-1][0].content[-1].content
        return self.made if self._quote is None else self._quote.content


def _put(holder: Any, block: Any) -> None:
    """Appends a block; two quotations of paragraphs that meet are one. Verse stays apart."""
    if holder and _is_quotation(block) and _is_quotation(holder[-1]):
        holder[-1].content.extend(list(block.content))
    else:
        holder.append(block)


def _is_quotation(block: Any) -> bool:
    return isinstance(block, pf.BlockQuote) and all(isinstance(b, pf.Para) for b in block.content)


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
    """What an item or a cell holds: its only paragraph without the room around it; several need it to stay apart."""
    if sum(isinstance(b, pf.Para | pf.Plain) for b in blocks) > 1:
        return [pf.Para(*b.content) if isinstance(b, pf.Plain) else b for b in blocks]
    return [pf.Plain(*b.content) if isinstance(b, pf.Para) else b for b in blocks]


def tighten_lists(blocks: list[Any]) -> None:
    """The same for every item of the lists among the blocks, in place."""
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.content:
                tighten_lists(list(item.content))
                item.content = tighten(list(item.content))
        elif isinstance(block, pf.BlockQuote):
            tighten_lists(list(block.content))
