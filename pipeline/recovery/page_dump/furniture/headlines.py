"""Running heads that change with the chapter: told by the place where they stand on most pages.

Comes in: a layout with its pages. Goes out: the lines that are running heads, with the page numbers in them.
Refused: lines at the edge of a few pages only, a line that nothing repeats or that mostly stands within pages, and the chapter's own heading, which may
stand where the head stands on the pages behind it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from pipeline.recovery.page_dump.captions import tells_of_figure
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import find_folio
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import squashed

_DECOR = r"[\s．·•‧・\-–—－─~～|｜/]"
_FOLIO = re.compile(rf"{_DECOR}*[0-9ivxl]{{1,6}}{_DECOR}*")
_BEHIND_NUMBER = re.compile("[：:、．.]")
LONGEST = 40  # characters
SHARE = 0.5  # of the pages (all, or all of one side) have the head where a head stands
LEAST, FEW = 3, 2  # pages: where heads come again, and where their numbers keep step with the pages
LINES = 3  # of a page, at least: the edge of a shorter one shows little
TITLE = 3  # characters of a book's title, at least
EDGE = 4  # lines from the top or the foot of a page, among which the pieces of a head stand
# So many times, and so many times as often as at the edges, a line stands within pages that is the text's own.
WITHIN, OFTEN = 4, 2


@dataclass(frozen=True, slots=True)
class Headline:
    """A line that may be a running head: which, what it says without its page number, and that number."""

    line: int
    page: int
    key: str
    number: int  # -1 when there is none
    indent: int


def find_headlines(layout: Layout, gone: Container[int], titles: Container[str] = ()) -> list[Headline]:
    """The running heads of a layout, over the text and under it, on all pages or on those of one side.

    ``titles`` are headings that the contents list names, without blanks.
    """
    if len(layout.pages) < FEW:
        return []
    edges = [list(_edge_lines(layout, gone, top)) for top in (True, False)]
    books = [len(_shared_start([head.key for head in found])) for found in edges]
    worded = _worded_lines(layout, gone, edges, books)
    said = Counter(worded.values())
    said.update(_worded(squashed(title)) for title in _split_titles(layout, worded))
    inner = Counter(worded[i] for i in inner_lines(layout) if i in worded)
    out: dict[int, Headline] = {}
    for found, book in zip(edges, books, strict=True):
        long = [head for head in found if not _is_short(layout, head.page)]
        kept = _without_titles(long, said, inner, titles, book)
        recurring = len({h.key for h in kept}) < len(kept)
        for side in (None, 0, 1):
            pages = [k for k in range(len(layout.pages)) if side is None or k % 2 == side]
            here = [h for h in kept if side is None or h.page % 2 == side]
            least = FEW if _count_on(here) else LEAST if recurring else len(pages) + 1
            if len(here) >= max(least, SHARE * len(pages)):
                often = Counter(h.key for h in here)
                sure = {
                    k for k, n in often.items() if n >= SHARE * len(pages) or k in titles or _is_chapter(k, n)
                }
                out.update({h.line: h for h in here if h.line not in out and _may_be_head(h, sure)})
    keys = {h.key for h in out.values()}  # a page of a line or two may begin with what others do
    out.update({h.line: h for found in edges for h in found if _is_short(layout, h.page) and h.key in keys})
    return sorted(out.values(), key=lambda h: h.line)


def _worded_lines(
    layout: Layout, gone: Container[int], edges: Sequence[Sequence[Headline]], books: Sequence[int]
) -> dict[int, str]:
    """What the lines say that begin as some head does, also behind the book's title; most begin with something else."""
    heads = [(head.key, book) for found, book in zip(edges, books, strict=True) for head in found]
    begun = {char for key, book in heads for char in (key[0], key[book : book + 1])}
    return {
        i: _worded(squashed(line.text))
        for i, line in enumerate(layout.lines)
        if line.text[0] in begun and len(line.text) <= LONGEST and i not in gone
    }


def _split_titles(layout: Layout, numbers: Iterable[int]) -> Iterator[str]:
    """The headings whose numbers have lines of their own: heads say them on one line."""
    for i in numbers:
        text = layout.lines[i].text
        mark = heading_mark(text)
        if mark is not None and mark.is_all_of(text) and i + 1 < len(layout.lines):
            yield text + layout.lines[i + 1].text


def _count_on(heads: Sequence[Headline]) -> bool:
    """Whether all heads tell the numbers of their pages: then each may say another heading of the text."""
    return len({head.number - head.page for head in heads}) == 1 and all(head.number >= 0 for head in heads)


def _is_short(layout: Layout, page: int) -> bool:
    first, last, _ = layout.pages[page]
    return last - first < LINES


def _edge_lines(layout: Layout, gone: Container[int], top: bool) -> Iterator[Headline]:
    """The first or last line of each page, where it could be a head."""
    for number, page in enumerate(layout.pages):
        indices = range(page.first, page.last) if top else range(page.last - 1, page.first - 1, -1)
        kept = (i for i in indices if i not in gone and not _is_folio(layout.lines[i].text))
        i = next(kept, None)
        if i is None:
            continue
        text = " ".join(layout.lines[i].text.split())
        if len(text) > LONGEST or text[-1] in "。，；、！？」：,;" or tells_of_figure(text):
            continue
        words, folio = parted(text)
        if len(words) >= 2:
            yield Headline(i, number, words, folio, layout.lines[i].indent)


def parted(text: str) -> tuple[str, int]:
    """What a head says, without blanks, and the page number before or behind it; -1 when there is none.

    >>> parted("城市與河道　12"), parted("城市與河道")
    (('城市與河道', 12), ('城市與河道', -1))
    """
    match = find_folio(text)
    bare = text[: match.start()] + text[match.end() :] if match else text
    return squashed(bare), int(match[1]) if match else -1


def _is_folio(text: str) -> bool:
    return _FOLIO.fullmatch(text) is not None


def _without_titles(
    found: Sequence[Headline],
    said: dict[str, int],
    inner: dict[str, int],
    titles: Container[str],
    book: int,
) -> list[Headline]:
    """The lines that something repeats, but for the headings that stand where heads stand.

    ``book``: so many characters of the book's title may stand before the chapter's.
    """
    by_key: dict[str, list[Headline]] = defaultdict(list)
    for head in found:
        by_key[head.key].append(head)
    numbered = sum(h.number >= 0 for h in found) * 2 > len(found)
    kept: list[Headline] = []
    for key, heads in by_key.items():
        bare = sum(h.number < 0 for h in heads)
        if is_own(inner[_worded(key)], len(heads)):
            continue
        elsewhere = said[_worded(key)] > bare  # it is said in the text, too
        elsewhere = elsewhere or (0 < book < len(key) and said[_worded(key[book:])] > 0)
        apart = len(heads) > 1 and all(abs(h.indent - heads[0].indent) > 1 for h in heads[1:])
        named = key in titles or heading_mark(key) is not None
        if heads == found[:1] and not (heads[0].page or named) and heads[0].number < 0:
            continue  # the text begins with its title, or where it was written
        if not elsewhere and heads[0].number < 0 and (numbered or apart or named):
            heads = heads[1:]  # the heading itself: the chapter begins here
            elsewhere = True
        if heads and (elsewhere or len(heads) > 1):
            kept += heads
    return sorted(kept, key=lambda h: h.line)


def _shared_start(keys: Sequence[str]) -> str:
    """What the heads of half of the pages and more begin with: the book's title before the chapter's; empty where they share little.

    >>> _shared_start(["河道志碼頭", "河道志碼頭", "河道志縣署", "河道志橋"]), _shared_start(["碼頭", "縣署", "橋"])
    ('河道志', '')
    """
    different = sorted(set(keys))
    starts = {
        one[: sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))]
        for one, two in pairwise(different)
    }
    often = {start: sum(key.startswith(start) for key in keys) for start in starts if len(start) >= TITLE}
    start = max(often, key=lambda start: (often[start], len(start)), default="")
    return start if start and often[start] >= SHARE * len(keys) else ""


def inner_lines(layout: Layout) -> Iterator[int]:
    """The lines that stand so far within their pages that no part of a head is among them."""
    for first, last, _ in layout.pages:
        yield from range(first + EDGE, last - EDGE)


def is_own(within: int, edges: int) -> bool:
    """Whether a line that stands so often within pages and at their edges is the text's own, as a name below each saying is."""
    return within >= max(WITHIN, OFTEN * edges)


def _worded(text: str) -> str:
    """A heading without the mark behind its number: a running head may lack it.

    >>> _worded("第一章：碼頭") == _worded("第一章碼頭")
    True
    """
    return _BEHIND_NUMBER.sub("", text)


def _is_chapter(key: str, often: int) -> bool:
    """Whether a line that comes again at the edges of pages is a numbered heading."""
    mark = heading_mark(key) if often > 1 else None
    return mark is not None and bool(mark.number)


def _may_be_head(head: Headline, sure: Container[str]) -> bool:
    """A head has no comma, unless it is the head of most pages or a title."""
    return head.key in sure or not re.search("[，。；]", head.key)
