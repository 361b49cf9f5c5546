"""Dumps that kept no trace of their pages but the page numbers: alone on their lines, or beside a running head.

Comes in: a layout of one page. Goes out: the same with its pages. Refused: numbers that do not count on, that follow each
other too closely, or that stand beside words which the text says nowhere else: numbered headings, entries, notes.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.furniture.folio_lines import Folio, folios_of, without_notes
from pipeline.recovery.page_dump.furniture.merged import HEAD_WORDS, merged_heads
from pipeline.recovery.page_dump.furniture.singles import names_issue
from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.page_dump.pages.numbers import (
    APART,
    LEAST,
    LONG_HEAD,
    LONGEST,
    ROMAN,
    UNEVEN,
    head_length,
    lone_number,
    numbers_begun,
    numbers_called,
    roman_value,
)
from pipeline.recovery.wording.letters import squashed

_SENTENCE = re.compile("[，。；！？《》〈〉]")  # no head is one, nor cites
TITLE = 10  # lines that may hold the title of the text
NAMES = 5  # characters of it that a head says, at least
EDGE = 2  # a number among the first lines of a dump stands at the heads of its pages
PIECES = 3  # lines, at most, make a head that came out in pieces
STEP = 4  # of the pages in a row, at least one tells its number
LONG = 1.5  # so much longer than the usual one is a page that holds two
EVEN = 0.7  # of the pages
NEAR = 4  # labels of one page differ by no more
FEW = 8  # so many numbers and more tell pages by their count alone


def split_untold(layout: Layout) -> Layout:
    """The layout divided by its page numbers, where nothing else divides it."""
    if len(layout.pages) > 1 or len(layout.lines) < 4 * APART:
        return layout
    folios = list(folios_of(layout))
    likely = without_notes(layout, folios)
    found = _pages_numbers(layout, likely, folios)
    found = found or max(_few(layout, likely), _few(layout, folios), key=len)
    if named := [] if found else _named(layout, folios):
        return layout.split(folio.line for folio in named)
    if not found:
        return layout.split(merged_heads(layout))
    if heads := _starts_at_blanks(layout, found):
        return layout.split([*heads, *_untold_starts(layout, found, heads)])
    foot = found[0].line >= EDGE and _ends_pages(layout, found)
    above = Counter(layout.lines[folio.line - 1].text for folio in found if folio.line)
    worded = max(above.values(), default=0) >= EVEN * len(found)  # the head's words stand above its number
    if worded and not foot:
        found = [folio if not folio.line else replace(folio, line=folio.line - 1) for folio in found]
    few = not foot and len(found) < LEAST  # too few for their heads to come again
    starts = [folio.line + foot - (few and _is_below_words(layout, folio)) for folio in found]
    romans = [i + foot for i in _roman_folios(layout, found[0].line)]
    return layout.split([*romans, *starts, *_untold_starts(layout, found, starts)])


def _pages_numbers(layout: Layout, likely: Sequence[Folio], folios: Sequence[Folio]) -> list[Folio]:
    """Those of the ``likely`` ones that count on as pages do, and of all that are left, what stands in their gaps."""
    end = len(layout.lines)
    found = _with_skipped(folios, _counting_heads(layout, likely), end)
    alone = _with_earlier(folios, _counting_lines([folio for folio in likely if not folio.words]))
    if len(found) < LEAST or len(found) <= len(alone):
        found = _with_skipped(folios, alone, end) if len(alone) >= LEAST else []
    return [] if _stand_low(found) else found


def _ends_pages(layout: Layout, found: Sequence[Folio]) -> bool:
    """Whether numbers of which none begins the text end their pages: the last page has less text behind its number than the
    first one before its own. Where the first page has no head, the second one tells the first number.
    """
    return len(layout.lines) - found[-1].line <= min(found[0].line, _pace(found) / 2)


def _is_below_words(layout: Layout, folio: Folio) -> bool:
    """Whether a number alone stands below words that are a head, behind the end of the page before."""
    if folio.words or folio.line < 2:
        return False
    above, words = (layout.lines[folio.line - k].text for k in (2, 1))
    short = head_length(words) <= LONGEST and not _SENTENCE.search(words) and HEAD_WORDS.fullmatch(words)
    return bool(short) and is_closed(above)


def _starts_at_blanks(layout: Layout, found: Sequence[Folio]) -> list[int]:
    """The lines behind blank ones that the pages' heads begin with, the number last; none where most do not show so."""
    lines = layout.lines
    begins = []
    for folio in found:
        above = range(folio.line, max(folio.line - PIECES, -1), -1)
        ends = folio.line + 1 < len(lines) and lines[folio.line + 1].gap > 0
        begin = next((i for i in above if lines[i].gap or not i), folio.line)
        begins.append(-1 if ends or begin == folio.line else begin)
    if sum(begin >= 0 for begin in begins) < EVEN * len(found):
        return []
    return [folio.line if begin < 0 else begin for folio, begin in zip(found, begins, strict=True)]


def _roman_folios(layout: Layout, end: int) -> list[int]:
    """The lines before line ``end`` that are Roman numbers and count on: the pages before the first chapter."""
    out: list[int] = []
    value = 0
    for i, line in enumerate(layout.lines[:end]):
        match = ROMAN.fullmatch(line.text) if len(line.text) <= LONGEST else None
        number = roman_value(match[1].lower()) if match else 0
        if number and (number == value + 1 or (not out and number <= EDGE + 1)):
            out.append(i)
            value = number
    return out if len(out) > 1 else []


def _untold_starts(layout: Layout, found: Sequence[Folio], starts: Sequence[int]) -> Iterator[int]:
    """Further starts where a page told no number and its neighbour is too long for one page.

    A first page ends with the name of its journal; any at the one blank line inside, where one parts the others, too.
    """
    lines = layout.lines
    inner = [i for i in starts if 0 < i < len(lines)]
    blanks = sum(lines[i].gap > 0 for i in inner) >= 0.8 * len(inner)
    numbers = [0, *(folio.number for folio in found), 0]
    bounds = [0, *starts, len(lines)]
    usual = median(b - a for a, b in pairwise(bounds))
    for (a, b), (n, following) in zip(pairwise(bounds), pairwise(numbers), strict=True):
        if following == n + 1 or b - a <= LONG * usual:
            continue
        inside = [i for i in range(a + 1, b) if min(i - a, b - i) >= usual / UNEVEN]
        named = [
            i for i in inside if not a and is_masthead(lines[i - 1].text) and not is_masthead(lines[i].text)
        ]
        parted = [i for i in inside if blanks and lines[i].gap]
        yield from next((ends for ends in (named, parted) if len(ends) == 1), [])


# --- numbers beside running heads


def _counting_heads(layout: Layout, folios: Sequence[Folio]) -> list[Folio]:
    """The lines of a number and words that come again, where the numbers count on from page to page."""
    said = Counter(squashed(line.text) for line in layout.lines if len(line.text) <= LONG_HEAD)
    said.update(folio.words for folio in folios)
    top = "".join(squashed(line.text) for line in layout.lines[:TITLE])
    chain = _chain(
        [
            folio
            for folio in folios
            if said[folio.words] > 1
            or not folio.words
            or (len(folio.words) >= NAMES and folio.words in top)
            or names_issue(folio.words, True)
        ]
    )
    if len({folio.words for folio in chain} - {""}) == len(chain) and len(chain) > LEAST:
        return []  # every page with words of its own: numbered headings, and the list of them
    usual = _pace(chain)
    steps = [(b.line - a.line) / (b.number - a.number) for a, b in pairwise(chain)]
    even = sum(usual / UNEVEN <= step <= usual * UNEVEN for step in steps)
    return chain if steps and even >= EVEN * len(steps) else []


def _chain(folios: Sequence[Folio]) -> list[Folio]:
    """The heaviest run of numbers that count on, far enough apart; a page without a number costs a little."""
    best: dict[int, list[tuple[float, int]]] = defaultdict(list)  # number → (weight, index), by line
    before: list[int] = []
    for k, folio in enumerate(folios):
        options = [(0.0, -1)]
        for step in range(1, STEP + 1):
            fitting = [
                (weight - 0.25 * (step - 1), i)
                for weight, i in best[folio.number - step]
                if folio.line - folios[i].line >= APART * step
            ]
            options += [max(fitting)] if fitting else []
        weight, index = max(options)
        before.append(index)
        best[folio.number].append((weight + (1.0 if folio.words else 0.7), k))
    out: list[Folio] = []
    k = max(((weight, k) for ends in best.values() for weight, k in ends), default=(0.0, -1))[1]
    while k >= 0:
        out.append(folios[k])
        k = before[k]
    return out[::-1]


def _stand_low(found: Sequence[Folio]) -> bool:
    """Whether a few numbers stand much closer together than the first to the beginning: labels at a page's foot."""
    steps = [b.line - a.line for a, b in pairwise(found)]
    return len(found) < FEW and bool(steps) and found[0].line > UNEVEN * median(steps)


# --- few pages


def _few(layout: Layout, folios: Sequence[Folio]) -> list[Folio]:
    """The numbers of a few pages, one after the other: from the first line on, or up to the last.

    All stand alone or all beside words, which may be others on the left pages than on the right ones.
    """
    end = len(layout.lines)
    likely = [folio for folio in folios if not _SENTENCE.search(folio.words)]
    for worded in (True, False):
        found = _chain([folio for folio in likely if bool(folio.words) is worded])
        if worded and found:  # no head stands above the title
            above = (f for f in likely if f.line < EDGE and f.number == found[0].number - 1 and not f.words)
            found = [*list(above)[:1], *found]
        if not 2 <= len(found) < FEW:
            continue
        head, foot = found[0].line < EDGE, found[-1].line >= end - EDGE
        bounds = [*(folio.line for folio in found), *([end] if head else [])]
        steps = [b - a for a, b in pairwise(bounds if head else [0, *bounds])]
        counting = all(b.number == a.number + 1 for a, b in pairwise(found))
        inner = steps[len(steps) > 2 and not head : -1]  # the last page may be shorter, and that of the title
        even = max(steps) <= UNEVEN * min(inner)
        if head is not foot and counting and even and (worded or not _may_be_labels(layout, found)):
            return found
    return []


def _named(layout: Layout, folios: Sequence[Folio]) -> list[Folio]:
    """The numbers of pages behind the first, which has none, beside the title of the text or its journal and issue.

    One number is enough beside the journal and its issue, alone on their line.
    """
    top = "".join(squashed(line.text) for line in layout.lines[:TITLE])
    found = [f for f in folios if names_issue(f.words, True) or (len(f.words) >= NAMES and f.words in top)]
    counting = all(b.number == a.number + 1 and b.line - a.line >= APART for a, b in pairwise(found))
    told = len(found) > 1 or any(names_issue(f.words, True) for f in found)
    return found if counting and told else []


def _may_be_labels(layout: Layout, found: Sequence[Folio]) -> bool:
    """Whether the next number stands alone below one, where no page can have ended, or a number is called in the text and begins
    no other line, but those that do are near it: its note's body may stand beside it.
    """
    told = {folio.line for folio in found}
    if any(_is_counted_on(layout, folio) for folio in found):
        return True
    others = [line.text for i, line in enumerate(layout.lines) if i not in told]
    labels = numbers_begun(others)
    called = set[int]().union(*map(numbers_called, others)) - labels
    return any(
        folio.number in called and (not labels or min(abs(label - folio.number) for label in labels) <= NEAR)
        for folio in found
    )


def _is_counted_on(layout: Layout, folio: Folio) -> bool:
    """Whether the next number stands alone a few lines below a number."""
    below = layout.lines[folio.line + 1 : folio.line + APART + 1]
    return any(lone_number(line.text) == folio.number + 1 for line in below)


# --- numbers alone


def _counting_lines(folios: Sequence[Folio]) -> list[Folio]:
    """The longest chain of lines that are only a number, each one or two more than the one before.

    Of two equally long ones, that with more of its lines set apart.
    """
    best: dict[int, list[Folio]] = {}
    for folio in folios:
        befores = [best.get(folio.number - step, []) for step in (1, 2)]
        fitting = [before for before in befores if before and folio.line - before[-1].line >= APART]
        chain = [*max(fitting, key=_length, default=[]), folio]
        if _length(chain) > _length(best.get(folio.number, [])):
            best[folio.number] = chain
    return max(best.values(), key=_length, default=[])


def _length(chain: Sequence[Folio]) -> tuple[int, int]:
    return len(chain), sum(folio.apart for folio in chain)


def _with_skipped(folios: Sequence[Folio], chain: Sequence[Folio], end: int) -> list[Folio]:
    """The chain with the numbers alone that it passed over, because their pages are short or notes have such numbers,
    and those at its ends; of several the one about a page away from the next.
    """
    out: list[Folio] = []
    pace = _pace(chain)
    for low, high in pairwise([None, *chain, None]):
        first, last = low.line + 1 if low else -1, high.line if high else end
        if low is None:
            wanted, place = high.number - 1 if high else -1, last - pace
        else:
            wanted, place = low.number + 1, first + pace
        if low is None or high is None or high.number == low.number + 2:
            found = [f for f in folios if f.number == wanted and not f.words and first < f.line < last]
            out += sorted(found, key=lambda f: abs(f.line - place))[:1]
        out += [high] if high else []
    while out:  # further numbers behind it, each about a page further down; the last page may be shorter
        number, place = out[-1].number + 1, out[-1].line + pace
        later = [f for f in folios if f.number == number and not f.words and f.line > out[-1].line]
        near = [f for f in later if abs(f.line - place) < pace / 2 or f.line == end - 1]
        if not near:
            break
        out.append(min(near, key=lambda f: abs(f.line - place)))
    return out


def _with_earlier(folios: Sequence[Folio], chain: Sequence[Folio]) -> list[Folio]:
    """The chain with the numbers before it, each about a page further up: the notes of the first pages have such numbers, too."""
    out, pace = list(chain), _pace(chain)
    while out:
        number, place = out[0].number - 1, out[0].line - pace
        near = [f for f in folios if f.number == number and not f.words and abs(f.line - place) < pace / 2]
        if not near:
            break
        out.insert(0, min(near, key=lambda f: abs(f.line - place)))
    return out


def _pace(chain: Sequence[Folio]) -> float:
    """How many lines a page has; 0 where there is no second number."""
    return median([(b.line - a.line) / (b.number - a.number) for a, b in pairwise(chain)] or [0.0])
