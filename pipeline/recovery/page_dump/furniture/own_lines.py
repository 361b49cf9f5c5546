"""Running heads and page numbers on lines of their own, at the edges of pages.

Comes in: a layout whose pages are known. Goes out: heads. Refused: labels of notes, a numbered heading, a line that says the same within the pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable

from pipeline.han import FORMAL
from pipeline.recovery.notes.numbers import label_number
from pipeline.recovery.page_dump.captions import tells_of_figure
from pipeline.recovery.page_dump.furniture.folios import (
    Head,
    decorated_numbers,
    lone_numbers,
    roman_numbers,
)
from pipeline.recovery.page_dump.furniture.headlines import inner_lines, is_own
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import (
    ADDRESS,
    LONE,
    LONG_HEAD,
    head_length,
    is_called,
    without_address,
)
from pipeline.recovery.wording.marks import PAUSES, STOPS

_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"\s+")
# A sentence, or words spoken; a title may end with a quoted word.
_SAID = re.compile("[。；，！？]$|^[^「]*」$|^「.*」$")
# At the foot of a journal's first page, or of all.
_OWNED = re.compile("(?:©|Copyright|版[權权]所有)[^，。]{0,70}")
_NO_WORDS = re.compile(f"[0-9{STOPS}{PAUSES},.;:()（）]")
FORMED = 3  # so many page numbers are set off in the same way
MOST = 0.6  # of the lines that say the same keep step with the pages
DENSE = 0.4  # of the pages from the first to the last have a head without a number: each, or every other one
EDGE = 2  # furniture stands among so many lines from the top or the foot of a page


def edge_lines(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[tuple[int, int, bool]]:
    """(page, line, at the top?) for the lines at the edges of pages."""
    out = []
    for number, page in enumerate(layout.pages):
        indices = [i for i in range(page.first, page.last) if i not in gone]
        out += [(number, i, True) for i in indices[:EDGE]]
        out += [(number, i, False) for i in indices[max(EDGE, len(indices) - EDGE) :]]
    return out


def masked(text: str) -> str:
    """The text without spaces, each number as 0: what heads that count say alike."""
    return _DIGITS.sub("0", _SPACE.sub("", text))


def number_in(text: str) -> int:
    """The only number of a line; -1 where it has none, or several."""
    found = _DIGITS.findall(without_address(text))
    return int(found[0]) if len(found) == 1 and len(found[0]) <= 4 else -1


def own_lines(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[Head]:
    """Heads and numbers on lines of their own: at page edges, or anywhere when they carry a set-off number.

    Words of more lines than stand at an edge show when the outer ones are gone.
    """
    outer = _outer_lines(layout, gone)
    inner = _outer_lines(layout, {**gone, **{head.index: (head.rule, head.why) for head in outer}})
    return outer + [head for head in inner if head.rule == "L3" and head.number < 0]


def _outer_lines(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[Head]:
    ends = edge_lines(layout, gone)
    edges = ends if len(layout.pages) > 1 else []
    out = []
    seen: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for page, i, top in edges:
        text = layout.lines[i].text
        # Labels came out last on their pages; what tells of tables and figures is the text's.
        told = label_number(text) or LONE.fullmatch(text) or tells_of_figure(text)
        if (head_length(text) <= LONG_HEAD or ADDRESS.fullmatch(text)) and not told:
            seen[masked(text), top].append((page, i))
    short = {page for page, count in Counter(page for page, _, _ in edges).items() if count <= EDGE}
    out += lone_numbers(layout, _of_one_form(layout, lone_lines(layout, edges, gone)), gone)
    out += roman_numbers(layout, ((page, i) for page, i, _ in ends))
    for (key, top), places in seen.items():
        other = {page for page, _ in seen.get((key, not top), ())}
        if len(other - short) > sum(page not in short for page, _ in places):
            # The heads stand there: here the page has the heading that they say.
            places = [place for place in places if place[0] not in other]
        out += _recurring(layout, _outermost(places, top), _number_of_head if top else _number_of_foot)
    # A number alone that is not the one beside the head of its page is a note's.
    pages = {i: page for page, i, _ in edges}
    beside = {pages[head.index]: head.number for head in out if head.rule == "L3" and head.number >= 0}
    out = [h for h in out if h.rule == "L3" or beside.get(pages.get(h.index, -1), h.number) == h.number]
    out += decorated_numbers(layout)
    owned = {i for _, i, _ in edges if _OWNED.fullmatch(layout.lines[i].text)}
    out += [Head(i, len(layout.lines[i].text), -1, "L3", "whose the page is") for i in sorted(owned)]
    return out


def lone_lines(
    layout: Layout, edges: Iterable[tuple[int, int, bool]], gone: Container[int]
) -> list[tuple[int, int, int]]:
    """(page, line, number) for the numbers alone at the edges of pages that are no labels of notes."""
    return [
        (page, i, int(match[1]))
        for page, i, top in edges
        if (match := LONE.fullmatch(layout.lines[i].text))
        and (top or not _is_label(layout, page, i, int(match[1]), gone))
    ]


def _is_label(layout: Layout, page: int, i: int, number: int, gone: Container[int]) -> bool:
    """Whether a number above the last line of its page is a note's, whose text that line is: it is called above."""
    first, last, _ = layout.pages[page]
    behind = any(k not in gone for k in range(i + 1, last))
    return behind and is_called(number, (line.text for line in layout.lines[first:i]))


def _of_one_form(layout: Layout, lone: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The lone numbers without those beside others that are set off as most are (``- 12 -``): labels came out last on their pages."""
    forms = {i: masked(layout.lines[i].text) for _, i, _ in lone}
    often = Counter(form for form in forms.values() if form != "0").most_common(1)
    if not often or often[0][1] < FORMED:
        return lone
    told = {page for page, i, _ in lone if forms[i] == often[0][0]}
    return [entry for entry in lone if entry[0] not in told or forms[entry[1]] == often[0][0]]


def _outermost(places: list[tuple[int, int]], top: bool) -> list[tuple[int, int]]:
    """The places without the inner one of two on a page: there the heading stands that the head says, as on no other pages."""
    outer = dict(reversed(places) if top else places)
    return sorted(outer.items()) if len(places) < 1.5 * len(outer) else places


def _recurring(
    layout: Layout, places: list[tuple[int, int]], number_of: Callable[[Layout, int], int]
) -> list[Head]:
    """Lines that stand at the edge of several pages, the same but for the number in them."""
    pages = {page for page, _ in places}
    if len(pages) < 2 or _SAID.search(layout.lines[places[0][1]].text):
        return []
    numbers = [(number_of(layout, i), page) for page, i in places]
    if len(places) >= FORMED:
        places, numbers = _in_step(places, numbers)
    steady = len({n - page for n, page in numbers if n >= 0}) == 1 and len(numbers) > 1 and numbers[0][0] >= 0
    texts = {layout.lines[i].text for _, i in places}
    if not steady and (len(pages) < 3 or len(texts) > 1 or _is_numbered_heading(min(texts))):
        return []
    if not steady and len(pages) < DENSE * (max(pages) - min(pages) + 1):
        return []
    if len(texts) == 1:
        within = sum(layout.lines[i].text in texts for i in inner_lines(layout))
        if is_own(within, len(places)):
            return []
    out = []
    for _, i in places:
        text = layout.lines[i].text
        # A number that is the same on every page is the head's own word.
        out.append(Head(i, len(text), number_in(text) if steady else -1, "L3", "a running head"))
    return out


def _in_step(
    places: list[tuple[int, int]], numbers: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """The places without those whose numbers do not keep step with the pages as most do: an entry of the contents says the same."""
    steps = Counter(n - page for n, page in numbers if n >= 0)
    usual, count = steps.most_common(1)[0] if len(steps) > 1 else (0, 0)
    if count < max(FORMED, MOST * len(places)):
        return places, numbers
    kept = [k for k, (n, page) in enumerate(numbers) if n >= 0 and n - page == usual]
    return [places[k] for k in kept], [numbers[k] for k in kept]


def _number_of_head(layout: Layout, i: int) -> int:
    return number_in(layout.lines[i].text)


def _number_of_foot(layout: Layout, i: int) -> int:
    """The number in line ``i``; in words alone, the one on the line below: some extractors give a page's head last."""
    text = layout.lines[i].text
    below = LONE.fullmatch(layout.lines[i + 1].text) if i + 1 < len(layout.lines) else None
    return int(below[1]) if below and not _NO_WORDS.search(text) else number_in(text)


def _is_numbered_heading(text: str) -> bool:
    return bool(
        re.match(
            rf"[（(]?(?:[一二三四五六七八九十{FORMAL}]+|[0-9]{{1,2}})[）)、．. ]|第.{{1,3}}[章節节]",
            text,
        )
    )
