"""Lists of an article that may hold the bodies of its notes.

Comes in: the source with its cuts masked. Goes out: numbered lists that count on from 1, each with its items. A number that
is lost, stands twice or out of its order, or a line between two items breaks no list. Refused: to say which list answers
to the calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import CallMark, Cut

_ITEM = re.compile(
    r"(?m)^(?:[ ]{0,3}(?:[*+-][ ]{1,3})?(?P<n>[0-9]{1,3})\\?\.|\[\^(?:[^\s\[\]^]{1,80}-)?(?P<defined>[0-9]{1,3})\]:|(?:[*+-][ ]{1,3})?\\?\[(?P<square>[0-9]{1,3})\\?\](?=[ \t]|$))(?:[ \t]+|$)"
)
_BAIKE_ITEM = re.compile(  # the site's, wherever it stands: ``2.[ ](…#ref_[2]_1470)``
    r"(?P<n>[0-9]{1,3})\.\[[ \xa0\u3000]*\]\([^()\s]{0,300}#ref_\[(?P=n)\]_[0-9]+\)[ \t]*"
)
_BAIKE_NAME = re.compile(
    r"(?:\A|\n)[ \t]*[-*][ \t]+(?=参考资料[ \t]*\n\s*(?:[-*][ \t]+)?\Z)|(?:\A|\n)[ \t]*[-*][ \t]+\Z"
)
_CONTINUED = re.compile(r"(?:[ \t]{2,}\S[^\n]*|[ \t]*)(?:\n|$)")
_PARAGRAPH_IN_ITEM = re.compile(r"(?:[ ]{3}|[ ]{0,2}\t)[ \t]*\S")  # two spaces set a table behind it
# Behind a line break, without an indent.
_LAZY = re.compile(r"(?![ \t]*(?:[-*+#>|]|[0-9]{1,3}[.)])[ \t]|[ \t]*\n)[^\n]+(?:\n|\Z)")
_BLANK_LINE = re.compile(r"\n[ \t]*(?:\n|\Z)")
# What broke off from the item above.
_BETWEEN = re.compile(r"\s*[^\s#|>][^\n]{0,300}(?:\n[^\n]{1,300}){0,3}\s*")
_SKIPPED = 10  # a list may have lost so many items in a row
_BEGUN = 3  # items that make a list of one that has lost its first


@dataclass(frozen=True, slots=True)
class WikiBody:
    """A note's body: where its item begins, where its text stands."""

    start: int
    text: int
    end: int
    number: int
    label: str = ""
    is_inset: bool = False  # it stands at its call
    is_doubled: bool = False  # another item of its number follows, and is read as its rest


@dataclass(frozen=True, slots=True)
class Nested(Cut):
    """A call inside another note, where none can stand: its number stays text."""

    shown: str


@dataclass(frozen=True)
class WikiNotes:
    """The notes of the article. ``lists`` are the stretches of the source that are bodies and no text."""

    bodies: tuple[WikiBody, ...] = ()
    calls: dict[int, CallMark | Cut] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    lists: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()


def find_lists(text: str) -> list[list[WikiBody]]:
    """Numbered lists that count on from 1, each with its items in the order of the source."""
    lists: list[list[WikiBody]] = []
    for item in _items(text):
        last = lists[-1] if lists else []
        if last and item.number > 1 and _goes_on(text, last, item):
            if item.number == last[-1].number:
                last[-1] = replace(last[-1], end=item.end, is_doubled=True)
            else:
                last[-1] = replace(last[-1], end=_bare_end(text, last[-1].end, item.start))
                last.append(item)
        elif item.number <= _BEGUN:
            lists.append([item])
        else:
            lists.append([])  # out of order: no list of bodies
    whole = (items for items in lists if items and (items[0].number == 1 or len(items) >= _BEGUN))
    return [items for items in whole if not _is_in_table(text, items[0].start)]


def top_number(items: list[WikiBody]) -> int:
    """The highest number of a list."""
    return max(item.number for item in items)


def _items(text: str) -> Iterator[WikiBody]:
    """All that may be an item of such a list."""
    found = list((_BAIKE_ITEM if "#ref_[1]_" in text else _ITEM).finditer(text))
    for i, m in enumerate(found):
        limit = found[i + 1].start() if i + 1 < len(found) else len(text)
        is_square = m.re is _ITEM and m["square"]
        end = (_paragraph_end if is_square else _item_end)(text, m.end(), limit)
        start = m.start()
        if m.re is _BAIKE_ITEM and (mark := _BAIKE_NAME.search(text, max(0, start - 60), start)):
            start = mark.end() - len(mark.group().lstrip("\n"))
        yield WikiBody(start, m.end(), end, int(next(filter(None, m.groups()))))


def _goes_on(text: str, items: list[WikiBody], item: WikiBody) -> bool:
    """Whether the list goes on with the item: right below it, or with one short paragraph between them that broke off."""
    step = item.number - items[-1].number
    between = text[items[-1].end : item.start]
    if between.strip():
        return 0 < step <= _SKIPPED and _BETWEEN.fullmatch(between) is not None
    is_new = all(item.number != other.number for other in items)
    return step == 0 or (is_new and abs(step) <= _SKIPPED)


def _bare_end(text: str, start: int, end: int) -> int:
    """Where a stretch ends without the white space behind it."""
    return start + len(text[start:end].rstrip())


def _is_in_table(text: str, at: int) -> bool:
    """Whether a table of HTML holds the place: what it lists is its own."""
    return text.rfind("<table", 0, at) > text.rfind("</table>", 0, at)


def _item_end(text: str, start: int, limit: int) -> int:
    """Where an item ends: its line, and the indented ones behind it."""
    line = text.find("\n", start)
    end = min(limit, len(text) if line < 0 else line + 1)
    while end < limit:
        m = (
            _CONTINUED.match(text, end, limit)
            or (text.endswith("  \n", 0, end) and _LAZY.match(text, end, limit))
            or None
        )
        if m is None or m.end() == end:
            break
        if not m.group().strip() and _PARAGRAPH_IN_ITEM.match(text, m.end(), limit) is None:
            break
        end = m.end()
    return _bare_end(text, start, end)


def _paragraph_end(text: str, start: int, limit: int) -> int:
    """Where the paragraph ends."""
    blank = _BLANK_LINE.search(text, start, limit)
    return _bare_end(text, start, blank.start() if blank else limit)


def without_body(label: str, span: Span) -> Finding:
    return Finding("N10", f"note {label} is called and has no body in the source. Add its text.", span)
