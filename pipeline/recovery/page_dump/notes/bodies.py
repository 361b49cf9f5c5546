"""Which lines may begin a note's body, and in what style the notes are numbered.

Comes in: a layout without furniture. Goes out: the run of bodies that weighs most over the whole document, and what
could call them. A line's own look is only its weight.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import inf
from typing import NamedTuple

from pipeline.han import FORMAL
from pipeline.recovery.headings import heading_mark
from pipeline.recovery.notes import (
    _HARD_UNIT,
    _UNIT,
    BODY_MARKS,
    BODY_START,
    CALL_MARKS,
    CALL_SIGN,
    CALL_STARTS,
    CIRCLED,
    Mark,
    MarkStyle,
    Place,
    call_marks,
    glued_label,
    number_of,
)
from pipeline.recovery.occurrence import occurring
from pipeline.recovery.page_dump.notes.endings import is_closed
from pipeline.recovery.page_dump.notes.enumerations import without_enumerations
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.sequences import PAGED, RESTART, SKIPPED, choose_bodies

_CITES = re.compile(r"[《〈“「]|[A-Za-zА-я]{3}|見|参|參|同上|同注|同註|引自|轉引|详|詳|頁|页|出版|檔案|档案")
_ISSUE = re.compile(r"[（(][0-9]")  # a volume and its issue or year: «12（2003.3）»
_YEAR = re.compile(r"[（(](?:1[5-9]|20)[0-9]{2}[)）]")  # the same, set apart: «16 (2000), 304»
_CHAPTER = re.compile(
    rf"(?:第.{{1,4}}[章部編编篇卷回講讲]|[{FORMAL}]|[緒绪導导結结餘余][論论語语]|[前引][言])"
)
CHAPTERS = frozenset(f"第{FORMAL}緒绪導导結结餘余前引")  # one of these begins such a heading
CALLED = 0.5  # of the bodies: where fewer are called as labels are written, calls may be written otherwise
OTHER_CALLS = (MarkStyle.BARE, MarkStyle.CIRCLED, MarkStyle.BRACKET, MarkStyle.PAREN, MarkStyle.RAISED)
UNSPACED = 4.0  # speaks against a number glued to its text where labels stand apart from theirs, and one that comes again below
PARTED = 3  # so many pairs show that
BEHIND = 3  # notes, at least, behind numbers that a lost page left out
TITLE = 20  # characters; a longer line is no heading of a chapter
LOW = 0.3  # of a page: no notes begin above
CHAPTER = 4.0  # speaks for a note 1 that is called behind the heading of a chapter


def pages_of_lines(layout: Layout) -> list[int]:
    """The page of every line."""
    out = [0] * len(layout.lines)
    for number, page in enumerate(layout.pages):
        out[page.first : page.last] = [number] * (page.last - page.first)
    return out


class Numbering(NamedTuple):
    """A style of labels, the run of bodies that it gives, and page by page what could call them."""

    style: MarkStyle
    bodies: list[Mark]
    tokens: list[list[Mark]]

    @property
    def weight(self) -> float:
        """What speaks for the bodies."""
        return sum(mark.weight for mark in self.bodies)


def rank_styles(layout: Layout, pages: Sequence[int]) -> list[Numbering]:
    """The numberings for which something speaks, most for the first. ``pages`` are the pages of the lines.

    Calls are written as the labels are, or, where such hardly stand on the labels' pages, as another style writes them
    (¹² in the text, 12 at the foot).
    """
    known: dict[re.Pattern[str], list[list[Mark]]] = {}
    signed = signed_lines(layout)

    def tokens(style: MarkStyle) -> list[list[Mark]]:
        if style is MarkStyle.MIXED:
            return call_tokens(layout, pages, style, signed)
        key = CALL_MARKS[style]
        known[key] = known.get(key) or call_tokens(layout, pages, style, signed)
        return known[key]

    labels = _labels_of(layout)
    runs = [_choose_run(layout, pages, style, found, tokens(style)) for style, found in labels.items()]
    best = max(runs, key=lambda one: one.weight, default=None)
    if best is not None and _share_called(best) < CALLED:
        crossed = (
            _choose_run(layout, pages, style, found, marks)
            for other in OTHER_CALLS
            if any(marks := tokens(other))
            for style, found in labels.items()
            if CALL_MARKS[style] is not CALL_MARKS[other]
        )
        runs += [one for one in crossed if _share_called(one) >= CALLED]
    return sorted((one for one in runs if one.weight > 0), key=lambda one: -one.weight)


def _without_strays(bodies: Sequence[Mark]) -> list[Mark]:
    """The run without one or two numbers far above the ones around them: pages that were lost had more notes behind them."""
    jumps = [k for k in range(1, len(bodies)) if bodies[k].value > bodies[k - 1].value + SKIPPED]
    starts = [0, *(k for k in range(1, len(bodies)) if k in jumps or bodies[k].value <= bodies[k - 1].value)]
    parts = [(a, b) for a, b in pairwise([*starts, len(bodies)]) if a not in jumps or b - a >= BEHIND]
    return [mark for a, b in parts for mark in bodies[a:b]]


def _share_called(choice: Numbering) -> float:
    """How many of the bodies something above them on their page may call."""
    called = _called(choice.bodies, choice.tokens)
    return sum(called) / len(called) if called else 0.0


def _called(bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]]) -> list[bool]:
    """For each body whether something above it on its page, and no other body's label, may call it."""
    labels = {body.place for body in bodies}
    places: list[dict[int, int]] = []  # page by page, where each number stands first
    for marks in tokens:
        first: dict[int, int] = {}
        for mark in marks:
            if mark.weight > 0 and mark.place not in labels:
                first.setdefault(mark.value, mark.place[0])
        places.append(first)
    return [places[body.page].get(body.value, inf) < body.place[0] for body in bodies]


def _lists_among(bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]]) -> set[Place]:
    """The places of numbers that start again and that nothing calls, among notes called on their pages: lists.

    They begin behind other notes of their page: the first on its page may only have lost its call.
    """
    called = _called(bodies, tokens)
    if sum(called) < CALLED * len(bodies):
        return set()
    steps = list(pairwise(bodies))
    starts = [k for k, (a, b) in enumerate(steps, 1) if b.value <= a.value or b.page != a.page]
    parts = [(a, b) for a, b in pairwise([*starts, len(bodies)]) if bodies[a - 1].page == bodies[a].page]
    return {body.place for a, b in parts if not any(called[a:b]) for body in bodies[a:b]}


def _labels_of(layout: Layout) -> dict[MarkStyle, list[tuple[int, re.Match[str]]]]:
    """The lines that could begin a note, with their labels, by the style of these."""
    marked = [(i, line.text) for i, line in enumerate(layout.lines) if BODY_START.match(line.text)]
    out = {}
    for style in MarkStyle:
        pattern, glued = BODY_MARKS[style], style is MarkStyle.BARE
        found = [
            (i, m) for i, text in marked if (m := pattern.match(text)) or (glued and (m := glued_label(text)))
        ]
        if found and (style is not MarkStyle.MIXED or any(m[1] in CIRCLED for _, m in found)):
            out[style] = found
    return out


def _choose_run(
    layout: Layout,
    pages: Sequence[int],
    style: MarkStyle,
    found: Sequence[tuple[int, re.Match[str]]],
    tokens: list[list[Mark]],
) -> Numbering:
    """The run of bodies among the labels of one style."""
    ruled = sum(1 for line in layout.lines if line.rule)
    candidates = _body_candidates(layout, pages, found, tokens, ruled)
    restart = PAGED / 2 if style is MarkStyle.CIRCLED else RESTART
    chain = choose_bodies(candidates, restart)
    if sum(mark.value == 1 for mark in chain) >= 3:  # numbered by the page: to start again is usual
        chain = choose_bodies(candidates, restart := PAGED)
    if lists := _lists_among(chain, tokens):
        chain = choose_bodies([mark for mark in candidates if mark.place not in lists], restart)
    chain = _without_strays(chain)
    if style is MarkStyle.MIXED and all(layout.lines[m.place[0]].text[0] in CIRCLED for m in chain):
        chain = []  # circled, all of them
    return Numbering(style, chain, tokens)


def signed_lines(layout: Layout) -> list[int]:
    """The lines in which a call can stand, in whole or in part."""
    signs = [CALL_SIGN.search(line.text) is not None for line in layout.lines]
    return [i for i, (own, behind) in enumerate(pairwise([*signs, False])) if own or behind]


def call_tokens(
    layout: Layout, pages: Sequence[int], style: MarkStyle, signed: Sequence[int]
) -> list[list[Mark]]:
    """Possible calls, page by page; ``signed`` are the lines to look at."""
    out: list[list[Mark]] = [[] for _ in layout.pages]
    lines = layout.lines
    begins = CALL_STARTS.get(style)
    there = occurring(begins, layout.source) if begins is not None else [""]  # which every line has
    for i in signed if there else ():
        line = lines[i]
        for sign in there:
            if sign in line.text:
                break
        else:
            continue
        before = lines[i - 1].text if i and pages[i - 1] == pages[i] else ""
        behind = "" if line.trailing or i + 1 >= len(lines) or pages[i + 1] != pages[i] else lines[i + 1].text
        out[pages[i]].extend(call_marks(line.text, style, i, pages[i], before, behind))
    if style in (MarkStyle.PAREN, MarkStyle.CIRCLED):
        out = [without_enumerations(lines, marks, style is MarkStyle.CIRCLED) for marks in out]
    return out


def _body_candidates(
    layout: Layout,
    pages: Sequence[int],
    found: Sequence[tuple[int, re.Match[str]]],
    tokens: Sequence[Sequence[Mark]],
    ruled: int,
) -> list[Mark]:
    first_token: list[dict[int, int]] = []  # the first line of each page that may call a note
    anywhere: dict[int, int] = {}  # of the document, where the mark is plain
    for marks in tokens:
        first: dict[int, int] = {}
        for mark in marks:
            if mark.weight > 0:
                first.setdefault(mark.value, mark.place[0])
            if mark.weight >= 3 and mark.place[1]:
                anywhere.setdefault(mark.value, mark.place[0])
        first_token.append(first)
    zone = _behind_rule(layout)
    carried = _carried_rule(layout)
    chapters = _chapters(layout)
    spaced = _are_spaced(found, pages)
    lowest = {(pages[i], m[1]): i for i, m in found if m[1] in CIRCLED}
    begun = -1  # the heading of the chapter whose note 1 was found
    out = []
    for i, match in found:
        value = number_of(match[1])
        line = layout.lines[i]
        here, before = first_token[pages[i]].get(value, i), anywhere.get(value, i)
        weight = 2.5 if here < i else 0.5 if before < i else -2.0
        weight += _weigh_body(line, match, layout.lines[i + 1] if i + 1 < len(layout.lines) else None)
        footed = zone[i] if ruled * 2 > len(layout.pages) else _stands_low(layout, i, pages[i])
        if value == 1 and here < i and weight > 0 and footed:
            chapter = bisect_left(chapters, here)
            if chapter > max(begun, 0):
                weight += CHAPTER if begun >= 0 else 0
                begun = chapter
        if line.text[match.end() :][:1] in ("(", "（") and i and not is_closed(layout.lines[i - 1].text):
            weight -= 3  # a volume of the work that the line before names
        if (spaced and not match[2]) or lowest.get((pages[i], match[1]), i) > i:
            weight -= UNSPACED
        if line.rule >= carried:
            weight -= 6
        if i and zone[i] and zone[i - 1] and not line.rule and _goes_on(layout.lines[i - 1]):
            weight -= 1  # the number counts something in the note before
        if ruled * 2 > len(layout.pages):
            above = not zone[i] and zone[layout.pages[pages[i]].last - 1]
            weight += 3 if zone[i] else -5 if above else -2
        elif zone[i]:
            weight += 3
        if value:
            out.append(Mark(value, (i, 0), match.end(), weight, pages[i]))
    return out


def _are_spaced(found: Sequence[tuple[int, re.Match[str]]], pages: Sequence[int]) -> bool:
    """Whether a space stands behind the labels and none behind the calls: calls begin their lines, too.

    So it is where the same number begins two lines of many pages, and only the lower one is set apart from its text.
    """
    above: dict[tuple[int, int], bool] = {}
    parted = others = 0
    for i, match in found:
        key, space = (pages[i], number_of(match[1])), bool(match[2])
        if key in above:
            parted += space and not above[key]
            others += above[key] or not space
        above[key] = space
    return parted >= PARTED and parted > 4 * others


def _stands_low(layout: Layout, i: int, page: int) -> bool:
    """Whether a line is in the lower part of its page, as notes are where no rule tells them."""
    first, last, _ = layout.pages[page]
    return i - first >= LOW * (last - first)


def _chapters(layout: Layout) -> list[int]:
    """The lines that look like headings of chapters."""
    return [
        i
        for i, line in enumerate(layout.lines)
        if line.text[0] in CHAPTERS
        and _CHAPTER.match(line.text)
        and (mark := heading_mark(line.text)) is not None
        and mark.rank != 2
    ]


def _carried_rule(layout: Layout) -> float:
    """How long the rule is, at least, that word processors draw above the rest of a note from the page before."""
    lengths = Counter(line.rule for line in layout.lines if line.rule)
    return 1.5 * lengths.most_common(1)[0][0] if len(lengths) > 1 else inf


def _behind_rule(layout: Layout) -> list[bool]:
    out = [False] * len(layout.lines)
    for page in layout.pages:
        inside = False
        for i in range(page.first, page.last):
            inside = inside or layout.lines[i].rule > 0
            out[i] = inside
    return out


def _weigh_body(line: Line, match: re.Match[str], following: Line | None) -> float:
    """What a line alone says about its being the first line of a note."""
    rest = line.text[match.end() :]
    weight = 0.0
    if line.gap or line.rule:
        weight += 1
    if rest and following is not None and following.text.startswith(f"{match[1]}.1"):
        weight -= 6  # the heading of a chapter, above that of its first section
    elif rest and following is not None and following.gap and len(rest) <= TITLE and not _ends_note(rest):
        weight -= 2  # set apart like a heading
    if match[2]:
        weight += 0.5
    if not rest:
        cites = following is not None and _CITES.search(following.text[:30])
        weight += 0.5 if cites else -0.5 if match[1] in CIRCLED else -2
    elif _UNIT.match(line.text[match.end(1) : match.end(1) + 6]):
        counted = not match[2] or _HARD_UNIT.match(rest)  # «1 省政府檔案» counts no provinces
        weight -= 4 if counted else 1.5
    elif _CITES.search(rest[:40]):
        weight += 1
    if (
        (rest and rest[0] in "，。、；：）」』”+−=×÷<>≤≥")
        or (not match[2] and _ISSUE.match(rest))
        or _YEAR.match(rest)
    ):
        weight -= 4
    return weight


def _ends_note(text: str) -> bool:
    """Whether a short text may be all of a note: it is closed, cites, or ends in letters or digits as addresses do."""
    return is_closed(text) or text[-1].isascii() or _CITES.search(text) is not None


def _goes_on(line: Line) -> bool:
    """Whether a line ends inside a sentence, as far as it shows."""
    return not line.trailing and not is_closed(line.text)
