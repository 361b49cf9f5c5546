"""Tables of wikitext that cannot be read, and what an export left of others.

Comes in: the source, and where tables stand that can be read. Goes out: cuts, with a finding for each. Refused: a guess at cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.location import Span
from pipeline.recovery.wiki_markdown.cuts.found import Found, gone
from pipeline.recovery.wording.occurrence import matches

_WIKI_TABLE = re.compile(  # a whole one, or what is left of one that did not close
    r"(?m)^[ \t]*(?:\{\|(?s:.{0,20000}?)\n[ \t]*\|\}|\\?\{\|[^\n]*$|\\?\|\}[ \t]*$)"
)
_ROWS_LEFT = re.compile(  # rows of such a table, as the export ran them together
    r"(?m)(?:^|(?<=\}\}))[ \t]*\\?\|-[ \t]*(?:$|(?:\n[ \t]*)?\|(?:(?!\n[ \t]*\n)[\s\S])*)"
)
_CELL = re.compile(r"\|\s*(?:width|align|valign|style|class|rowspan|colspan|bgcolor)=", re.IGNORECASE)
_ROWS_END = re.compile(  # a paragraph of rows, of which only the end is a table's
    r"(?m)(?:\A|(?<=\n\n))(?![ \t]*\\?\{\|)(?=[^\n]*(?:style|class|colspan|rowspan)\s*=|[^\n]*\\?\|\\?\|)(?:[^\n]+\n)*?[^\n]*\|[^\n]*\\?\|\}[ \t]*$"
)
_TABLE_GONE = re.compile(r"(?m)^\\?\[TABLE\\?\][ \t]*$")  # Pandoc's, for what pipes cannot draw
# All rows of a table, with nothing in them.
_EMPTY_ROWS = re.compile(r"(?m)(?<=\n\n)(?:\|[ \t|]*\|[ \t]*\n){2,}(?=\n)")
_OF_WIKITEXT = "table of wikitext"
_TABLES = (  # and a sign without which nothing is found
    (_WIKI_TABLE, "|", _OF_WIKITEXT),
    (_ROWS_LEFT, "|-", _OF_WIKITEXT),
    (_ROWS_END, "|}", _OF_WIKITEXT),
    (_TABLE_GONE, "TABLE", "table that the export left out"),
    (_EMPTY_ROWS, "\n\n|  |", "table whose cells the export left empty"),
)


def lost_tables(source: str, readable: Sequence[Span]) -> Iterator[Found]:
    """Tables that go, and rows of them; what has no cell with orders in it goes only where it is empty."""
    for pattern, sign, what in _TABLES:
        for m in matches(pattern, source, sign):
            if any(span.start < m.end() and m.start() < span.end for span in readable):
                continue
            if pattern is not _ROWS_LEFT or _CELL.search(m.group()):
                message = f"a {what} was taken away. Add it if the text needs it."
                yield gone(m.span(), "L209", what, "L222", message)
            elif not m.group().strip(" \t\n\\|-"):  # not even a cell
                yield gone(m.span(), "L209", what)
