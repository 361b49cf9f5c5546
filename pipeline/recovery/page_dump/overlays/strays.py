"""Letters of a slanting watermark that came out within the lines of the text.

pdfplumber puts whatever stands at one height into one line. Each page has the same letters in the same order, most of them
alone between the lines: what is missing there stands in a line between its neighbours, at the place where other pages have it.

Comes in: a layout. Goes out: the spans of the letters, those alone on their lines with these. Refused: a letter that
could be another one as well, and dumps in which no letter came out within a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from math import inf, isnan, nan
from typing import NamedTuple

from pipeline.location import Span
from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.page_dump.overlays.parts import mark_of
from pipeline.recovery.page_dump.overlays.stray_spans import off, spans_of
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.wording.letters import is_han, is_latin

_POINTS = "‧·•"  # a name stands between two of them
_LETTER = rf"(?:[^\W\d_{CIRCLED}]|[{_POINTS}])"
_ALONE = re.compile(rf"{_LETTER}(?: ?{_LETTER}){{0,2}}")
_AMONG = re.compile(r"(?<=[\u3001-\u9fff，。]) ?([A-Za-z]) ?(?=[\u3001-\u9fff，。])")
_BLANK = str.maketrans("", "", f" {_POINTS}")
PAGES = 3  # so many pages at least show the mark,
LETTERS = 6  # each with so many letters alone
TOGETHER = 2.5  # so many on end on average: no lines of the text are between them
LONGEST = 80  # letters of a mark
OWN = 0.8  # of the letters alone on these pages are the mark's
WIDEST = 200  # characters of a line
ENOUGH = 60  # pages tell where a letter stands
SEEN = 0.5  # of the pages have a letter of the mark, alone or in a line
OWN_LINE, AMONG_HAN, AMONG_LATIN, HAN = 4.0, 3.0, -0.5, 0.5  # what speaks for a letter by what is beside it
JOINS, PARTS = 2.0, 1.5  # for it: its neighbours are a pair elsewhere; against it: it makes one with them
HERE, ELSEWHERE = 1.5, 2.0  # for it: it stands where other pages have it; against it: it does not
NEAR, FAR = 1.2, 3.2  # em from there;
WANTED = 1.5  # the price of a letter of the mark that a page does not show
SURE, ONLY = 3.0, 1.0  # so much must speak for a letter within a line, and for the only one that it can be


class _Place(NamedTuple):
    """Character ``at`` of line ``line`` may be a letter of the mark; ``em`` from the line's beginning, where that tells."""

    line: int
    at: int
    em: float
    weight: float
    alone: bool


_Places = dict[str, list[_Place]]  # by letter


def find_strays(layout: Layout, part_pages: Callable[[Layout], Layout]) -> list[Span]:
    """The spans of the mark's letters, in order; empty where none stands within a line.

    ``part_pages`` parts pages that left no trace but their numbers.
    """
    short = [i for i, line in enumerate(layout.lines) if len(line.text) <= 3]
    if len(short) < PAGES * LETTERS:
        return []
    alone = {i for i in short if _ALONE.fullmatch(layout.lines[i].text)}
    begun = sum(i - 1 not in alone for i in alone)
    if begun * TOGETHER < len(alone):
        return []  # the letters stand together, and none among the text
    pages = _marked_pages(part_pages(layout), alone)
    if len(pages) < PAGES:
        return []
    parts = [_part_of(layout.lines, page, alone) for page in pages]
    if max(map(len, parts)) > LONGEST or len(mark := mark_of(parts)) > LONGEST:
        return []
    pairs = Counter(pairwise(layout.source))
    places = [_places(layout.lines, page, alone, {*mark, *_POINTS}, pairs) for page in pages]
    seen = Counter(n for found in _sure_places(mark, places)[0] for n in found)
    mark = "".join(letter for n, letter in enumerate(mark) if seen[n] >= SEEN * len(pages))
    found, where = _sure_places(mark, places)
    if not _is_shown(
        found, sum(len(layout.lines[i].text.translate(_BLANK)) for p in pages for i in p if i in alone)
    ):
        return []
    alone_there = [p for candidates in places for letter in mark for p in candidates[letter] if p.alone]
    ems = dict.fromkeys(((p.line, p.at) for p in (*alone_there, *_points(places))), nan) | {
        (place.line, place.at): _em_of(n, where) for sure in found for n, place in sure.items()
    }
    return spans_of(layout, ems, pairs)


def _points(places: Sequence[_Places]) -> Iterator[_Place]:
    """The points of the mark: those alone on their lines, and where a page wants some of these, those set apart from a line."""
    found = [[place for point in _POINTS for place in candidates[point]] for candidates in places]
    alone = [[place for place in points if place.alone] for points in found]
    apart = [[place for place in points if not place.alone and isnan(place.em)] for points in found]
    most = max(map(len, alone))
    for own, others in zip(alone, apart, strict=True):
        yield from own
        yield from others if len(own) + len(others) <= most else ()


def _is_shown(found: Sequence[Mapping[int, _Place]], alone: int) -> bool:
    """Whether most of the pages' letters ``alone`` are the mark's, in its order, and most pages have some within their lines."""
    own = sum(place.alone for sure in found for place in sure.values())
    within = [sum(not place.alone for place in sure.values()) for sure in found]
    often = sum(count > 0 for count in within) * 2 > len(found) and sum(within) >= len(found)
    return often and sum(within) <= own and own >= OWN * alone


def _sure_places(mark: str, places: Sequence[_Places]) -> tuple[list[dict[int, _Place]], dict[int, float]]:
    """The certain places of the letters of the mark (by number) on each page, and how far in pages have them."""
    where = _where(mark, places, [_chosen(mark, candidates, {}) for candidates in places])
    out = []
    for candidates in places:
        way = _chosen(mark, candidates, where)
        sure = (n for n in range(len(mark)) if _is_sure(n, mark, way, candidates, where))
        out.append({n: place for n in sure if (place := way[n]) is not None})
    return out, where


def _em_of(n: int, where: Mapping[int, float]) -> float:
    """How far in letter ``n`` of the mark stands: as pages agree, or between its neighbours; not a number where nothing tells."""
    below, above = (
        max((k for k in where if k <= n), default=-1),
        min((k for k in where if k >= n), default=-1),
    )
    if min(below, above) < 0:
        return nan
    share = (n - below) / (above - below) if above > below else 0.0
    return where[below] + share * (where[above] - where[below])


def _marked_pages(layout: Layout, alone: Collection[int]) -> list[range]:
    """The pages that show letters of a mark: as told, or what blank lines part."""
    bounds = [page.first for page in layout.pages]
    if len(bounds) == 1:
        bounds += [i for i, line in enumerate(layout.lines) if line.gap and i]
    pages = [range(a, b) for a, b in pairwise([*bounds, len(layout.lines)])]
    letters = [[layout.lines[i].text for i in page if i in alone] for page in pages]
    # A name above each poem of a page is one again and again.
    return [
        page
        for page, texts in zip(pages, letters, strict=True)
        if len(texts) >= LETTERS and 2 * len(set(texts)) > len(texts)
    ]


def _part_of(lines: Sequence[Line], page: range, alone: Collection[int]) -> str:
    """What a page shows of the mark: the letters alone on their lines, and single ones of an alphabet among Han characters."""
    shown = (lines[i].text if i in alone else "".join(_AMONG.findall(lines[i].text)) for i in page)
    return "".join(shown).translate(_BLANK)


def _places(
    lines: Sequence[Line],
    page: range,
    alone: Collection[int],
    letters: Collection[str],
    pairs: Mapping[tuple[str, str], int],
) -> _Places:
    """Where each letter of the mark can stand on a page."""
    out: _Places = {letter: [] for letter in letters}
    for i in page:
        text = lines[i].text
        for at, char in enumerate(text if len(text) <= WIDEST else ""):
            if char in letters:
                if i in alone:
                    place = _Place(i, at, nan, OWN_LINE, True)
                elif _is_apart(text, at):
                    place = _Place(i, at, nan, AMONG_HAN, False)
                else:
                    place = _Place(i, at, width_of(text[:at]), _weigh(text, at, pairs), False)
                out[char].append(place)
    return out


def _weigh(text: str, at: int, pairs: Mapping[tuple[str, str], int]) -> float:
    """What speaks for a character within a line as a letter of the mark, by its neighbours."""
    char, left, right = text[at], text[:at].rstrip()[-1:], text[at + 1 :].lstrip()[:1]
    if not is_han(char):
        return AMONG_LATIN if _beside(text, at) else AMONG_HAN
    weight = HAN
    if left and right and pairs[left, right]:
        weight += JOINS
    if pairs[left, char] > 1 or pairs[char, right] > 1:
        weight -= PARTS
    return weight


def _is_apart(text: str, at: int) -> bool:
    """Whether a Han character or a point stands apart from the text, which begins or ends beside it."""
    before, behind = text[:at], text[at + 1 :]
    return (is_han(text[at]) or text[at] in _POINTS) and (
        (not before and behind.startswith(" ")) or (not behind and before.endswith(" "))
    )


def _beside(text: str, at: int) -> bool:
    """Whether a letter touches another one of an alphabet."""
    return any(side.isalpha() and is_latin(side) for side in (text[at - 1 : at], text[at + 1 : at + 2]))


def _worth(place: _Place, n: int, where: Mapping[int, float]) -> float:
    if place.alone or n not in where:
        return place.weight
    distance = off(place.em, where[n])
    return place.weight + (HERE if distance <= NEAR else -ELSEWHERE if distance > FAR else 0.0)


def _chosen(mark: str, places: _Places, where: Mapping[int, float]) -> list[_Place | None]:
    """The place of each letter of the mark on a page, line after line, that all together have most for them."""
    numbers = sorted({place.line for found in places.values() for place in found})
    best = [0.0] * len(numbers)  # what the letters so far are worth if the last is in this line or above,
    back: list[list[_Place | None]] = []  # and where it stands then
    for n, letter in enumerate(mark):
        here: list[float] = []
        taken: list[_Place | None] = []
        at = 0
        candidates = places[letter]
        for k, line in enumerate(numbers):
            value, place = best[k] - WANTED, None
            while at < len(candidates) and candidates[at].line == line:
                worth = best[k] + _worth(candidates[at], n, where)
                if worth > value:
                    value, place = worth, candidates[at]
                at += 1
            if k and here[k - 1] > value:
                value, place = here[k - 1], taken[k - 1]
            here.append(value)
            taken.append(place)
        best = here
        back.append(taken)
    out: list[_Place | None] = [None] * len(mark)
    k = len(numbers) - 1
    for n in range(len(mark) - 1, -1, -1):
        out[n] = place = back[n][k] if numbers else None
        if place is not None:
            k = numbers.index(place.line)
    return out


def _where(
    mark: str, places: Sequence[_Places], found: Sequence[Sequence[_Place | None]]
) -> dict[int, float]:
    """How many em from the beginning of a line pages agree to have each letter of the mark."""
    out = {}
    for n in range(len(mark)):
        ems = [
            place.em
            for way, candidates in zip(found, places, strict=True)
            if (place := way[n]) is not None
            and not place.alone
            and (place.weight > HAN or (place.weight == HAN and not _rivals(n, mark, way, candidates)))
        ]
        ems = ems[:ENOUGH]
        agreeing = [(sum(off(other, em) <= NEAR for other in ems), em) for em in ems]
        if (best := max(agreeing, default=(0, 0.0)))[0] > 1:
            out[n] = best[1]
    return out


def _is_sure(
    n: int, mark: str, way: Sequence[_Place | None], places: _Places, where: Mapping[int, float]
) -> bool:
    """Whether a place is certainly letter ``n`` of the mark: more speaks for it than for others that it can be."""
    place = way[n]
    if place is None or place.alone:
        return place is not None
    worth = _worth(place, n, where)
    rivals = [_worth(other, n, where) for other in _rivals(n, mark, way, places)]
    return worth >= (SURE if rivals else ONLY) and all(worth > other + 1 for other in rivals)


def _rivals(n: int, mark: str, way: Sequence[_Place | None], places: _Places) -> list[_Place]:
    """The other places, between those of its neighbours, where letter ``n`` of the mark can stand."""
    above = max((place.line for place in way[:n] if place is not None), default=-1)
    below = min((place.line for place in way[n + 1 :] if place is not None), default=inf)
    return [other for other in places[mark[n]] if above <= other.line <= below and other not in way]
