"""Which lines are running heads and page numbers: on lines of their own, or merged into a page's first line.

Comes in: a layout whose pages are known. Goes out: its heads. Refused: a line that is like a running head but stands on one
page only, a number that does not go on where the pages before it stopped, the text's own title.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator

from pipeline.han import FORMAL
from pipeline.recovery.headings import heading_mark
from pipeline.recovery.marks import PAUSES, STOPS
from pipeline.recovery.notes import label_number
from pipeline.recovery.page_dump.front_lines import is_masthead, opens_front
from pipeline.recovery.page_dump.furniture.edges import find_edges
from pipeline.recovery.page_dump.furniture.folios import (
    Head,
    decorated_numbers,
    folios_in_step,
    lone_numbers,
    roman_numbers,
)
from pipeline.recovery.page_dump.furniture.headlines import find_headlines, inner_lines, is_own, parted
from pipeline.recovery.page_dump.furniture.merged import find_merged
from pipeline.recovery.page_dump.furniture.singles import find_singles
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import LONE, LONG_HEAD, head_length, is_called
from pipeline.settings import RecoverSettings

_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"\s+")
_NO_WORDS = re.compile(f"[0-9{STOPS}{PAUSES},.;:()（）]")
_CHAPTER = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")
CHAPTERED = 3  # pages, at least, have the number of their chapter beside their head
MASTHEAD = 5  # lines of the first page that name the journal
FORMED = 3  # so many page numbers are set off in the same way
MOST = 0.6  # of the lines that say the same keep step with the pages
CHAPTERS = (0.5, 1, 6)  # ranks of headings: an introduction, «第一章», «一、»
EDGE = 2  # furniture stands among so many lines from the top or the foot of a page


# --- finding


def find_heads(
    layout: Layout, gone: dict[int, tuple[str, str]], settings: RecoverSettings, titles: Container[str]
) -> list[Head]:
    chapters = _chapter_heads(layout, gone, titles)
    own = _own_lines(layout, gone)
    hidden = _hidden_numbers(layout, gone, chapters)
    if len(hidden) > sum(head.rule == "L4" for head in own):
        own = [head for head in own if head.rule != "L4" or head.number < 0]  # but Roman ones
    candidates = [*_told_heads(layout, settings), *own, *hidden, *chapters, *find_merged(layout)]
    best: dict[int, Head] = {}
    for head in candidates:
        if head.index not in gone:
            best.setdefault(head.index, head)
    for head in _foot_of_first(layout, best):
        best.setdefault(head.index, head)
    for head in [*folios_in_step(layout, best), *find_singles(layout, best, gone)]:
        best.setdefault(head.index, head)
    for head in list(find_edges(layout, best, gone)):
        best.setdefault(head.index, head)
    for head in _chapter_numbers(layout, best):
        best.setdefault(head.index, head)
    best.pop(_title_among(layout, best, gone), None)
    worded = [i for i, head in best.items() if head.rule == "L3" and head.number < 0]
    for i in titles_below(layout, worded, best):
        best.pop(i)
    return sorted(best.values(), key=lambda head: head.index)


def _title_among(layout: Layout, heads: dict[int, Head], gone: Container[int]) -> int:
    """The line that reads as the running heads do and is the text's own title, at the top of the first page; else -1.

    It stands there for the second time, otherwise than the heads, or what begins a text is right behind it.
    """
    if not layout.pages:
        return -1
    page = layout.pages[0]
    top = []
    for i in range(page.first, page.last):
        head = heads.get(i)
        if i in gone or (head is not None and head.number >= 0 and parted(layout.lines[i].text)[1] < 0):
            continue
        if head is None or head.rule != "L3" or head.length < len(layout.lines[i].text):
            break
        top.append(i)
    if not top or heads[top[-1]].number >= 0:
        return -1
    title = layout.lines[top[-1]]
    words = parted(title.text)[0]
    again = len(top) > 1 and words == parted(layout.lines[top[-2]].text)[0]
    others = [i for i in heads if i > top[-1] and parted(layout.lines[i].text)[0] == words]
    apart = all(abs(layout.lines[i].indent - title.indent) > 1 or heads[i].number >= 0 for i in others)
    behind = layout.lines[top[-1] + 1].text if top[-1] + 1 < page.last else ""
    begins = opens_front(behind) or (heading_mark(title.text) is None and _begins(behind))
    return top[-1] if again or (others and apart) or begins else -1


def _begins(text: str) -> bool:
    """Whether a line is the heading of a first chapter or section, or begins the first article of a law.

    >>> _begins("第一章　總則"), _begins("第一條　為保護河道"), _begins("第二章　河防")
    (True, True, False)
    """
    mark = heading_mark(text)
    if mark is None:
        return text.startswith(("第一條", "第一条"))
    return mark.rank in CHAPTERS and (mark.value == 1 or not mark.number)


def titles_below(layout: Layout, lines: Iterable[int], heads: Container[int]) -> set[int]:
    """Those of the lines that stand below the number of their chapter, where this is none of the ``heads``: its title."""
    out = set()
    for i in lines:
        above = layout.lines[i - 1].text if i and i - 1 not in heads else ""
        mark = heading_mark(above)
        if mark is not None and mark.is_all_of(above):
            out.add(i)
    return out


def _foot_of_first(layout: Layout, heads: Container[int]) -> Iterator[Head]:
    """Lines at the foot of the first page that name the journal and its issue: some extractors give its head last."""
    if len(layout.pages) < 2:
        return
    page = layout.pages[0]
    for i in range(page.last - 1, max(page.first, page.last - 1 - MASTHEAD), -1):
        if i in heads:
            continue
        text, above = layout.lines[i].text, layout.lines[i - 1].text
        named = text.isascii() and text[-1].isalpha() and is_masthead(above)  # its name in English
        if not named and not is_masthead(text):
            return
        yield Head(
            i, len(layout.lines[i].text), -1, "L3", "the head of the first page: the journal and its issue"
        )


def _chapter_heads(layout: Layout, gone: dict[int, tuple[str, str]], titles: Container[str]) -> list[Head]:
    """Heads that change with the chapter, where most pages have one; some extractors give them in two pieces."""
    found = find_headlines(layout, gone, titles)
    if found:
        pages = {head.page for head in found}
        pieces = find_headlines(layout, {*gone, *(head.line for head in found)}, titles)
        found += [head for head in pieces if head.page in pages]
    return [
        Head(head.line, len(layout.lines[head.line].text), head.number, "L3", "a running head")
        for head in found
    ]


def _hidden_numbers(layout: Layout, gone: dict[int, tuple[str, str]], heads: list[Head]) -> list[Head]:
    """Page numbers alone on their lines that heads without a number keep from the edges of the pages."""
    if len(layout.pages) < 2 or not heads or any(head.number >= 0 for head in heads):
        return []
    beyond = gone | {head.index: (head.rule, head.why) for head in heads}
    return lone_numbers(layout, _lone(layout, _edges(layout, beyond), beyond), gone)


def _chapter_numbers(layout: Layout, heads: dict[int, Head]) -> list[Head]:
    """Numbers alone on their lines beside most heads in words: the chapters', where the head came out in pieces."""
    worded = {
        i
        for i, head in heads.items()
        if head.rule == "L3" and head.number < 0 and head.length == len(layout.lines[i].text)
    }
    found: dict[int, Head] = {}
    for page in layout.pages:
        for i in worded.intersection(range(page.first, page.last)):
            for beside in (i - 1, i + 1):
                if (
                    page.first <= beside < page.last
                    and beside not in heads
                    and _CHAPTER.fullmatch(layout.lines[beside].text)
                ):
                    found[beside] = Head(
                        beside, len(layout.lines[beside].text), -1, "L3", "the number of a running head"
                    )
    return list(found.values()) if len(found) >= max(CHAPTERED, len(worded) / 2) else []


def _edges(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[tuple[int, int, bool]]:
    """(page, line, at the top?) for the lines at the edges of pages."""
    out = []
    for number, page in enumerate(layout.pages):
        indices = [i for i in range(page.first, page.last) if i not in gone]
        out += [(number, i, True) for i in indices[:EDGE]]
        out += [(number, i, False) for i in indices[max(EDGE, len(indices) - EDGE) :]]
    return out


def _told_heads(layout: Layout, settings: RecoverSettings) -> list[Head]:
    """Running heads that the settings name, alone or merged into a line."""
    told = [_masked(text) for text in settings.running_heads if text.strip()]
    out = []
    for i, line in enumerate(layout.lines if told else ()):
        if _masked(line.text) in told:
            out.append(
                Head(i, len(line.text), _number_in(line.text), "L3", "a running head named in the settings")
            )
    return out


def _masked(text: str) -> str:
    return _DIGITS.sub("0", _SPACE.sub("", text))


def _number_in(text: str) -> int:
    found = _DIGITS.findall(text)
    return int(found[0]) if len(found) == 1 and len(found[0]) <= 4 else -1


def _own_lines(layout: Layout, gone: dict[int, tuple[str, str]]) -> list[Head]:
    """Heads and numbers on lines of their own: at page edges, or anywhere when they carry a set-off number."""
    edges = _edges(layout, gone) if len(layout.pages) > 1 else []
    out = []
    seen: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for page, i, top in edges:
        text = layout.lines[i].text
        # Labels came out last on their pages.
        if head_length(text) <= LONG_HEAD and not label_number(text) and not LONE.fullmatch(text):
            seen[_masked(text), top].append((page, i))
    out += lone_numbers(layout, _of_one_form(layout, _lone(layout, edges, gone)), gone)
    out += roman_numbers(layout)
    for (_key, top), places in seen.items():
        out += _recurring(layout, places, _number_of_head if top else _number_of_foot)
    out += decorated_numbers(layout)
    return out


def _lone(
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
    forms = {i: _masked(layout.lines[i].text) for _, i, _ in lone}
    often = Counter(form for form in forms.values() if form != "0").most_common(1)
    if not often or often[0][1] < FORMED:
        return lone
    told = {page for page, i, _ in lone if forms[i] == often[0][0]}
    return [entry for entry in lone if entry[0] not in told or forms[entry[1]] == often[0][0]]


def _recurring(
    layout: Layout, places: list[tuple[int, int]], number_of: Callable[[Layout, int], int]
) -> list[Head]:
    """Lines that stand at the edge of several pages, the same but for the number in them."""
    pages = {page for page, _ in places}
    if len(pages) < 2 or layout.lines[places[0][1]].text[-1] in "。；，！？」":
        return []
    numbers = [(number_of(layout, i), page) for page, i in places]
    if len(places) >= FORMED:
        places, numbers = _in_step(places, numbers)
    steady = len({n - page for n, page in numbers if n >= 0}) == 1 and len(numbers) > 1 and numbers[0][0] >= 0
    texts = {layout.lines[i].text for _, i in places}
    if not steady and (len(pages) < 3 or len(texts) > 1 or _is_numbered_heading(min(texts))):
        return []
    if len(texts) == 1:
        within = sum(layout.lines[i].text in texts for i in inner_lines(layout))
        if is_own(within, len(places)):
            return []
    return [
        Head(i, len(layout.lines[i].text), _number_in(layout.lines[i].text), "L3", "a running head")
        for _, i in places
    ]


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
    return _number_in(layout.lines[i].text)


def _number_of_foot(layout: Layout, i: int) -> int:
    """The number in line ``i``; in words alone, the one on the line below: some extractors give a page's head last."""
    text = layout.lines[i].text
    below = LONE.fullmatch(layout.lines[i + 1].text) if i + 1 < len(layout.lines) else None
    return int(below[1]) if below and not _NO_WORDS.search(text) else _number_in(text)


def _is_numbered_heading(text: str) -> bool:
    return bool(
        re.match(
            rf"[（(]?(?:[一二三四五六七八九十{FORMAL}]+|[0-9]{{1,2}})[）)、．. ]|第.{{1,3}}[章節节]",
            text,
        )
    )
