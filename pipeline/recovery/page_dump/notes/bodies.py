"""Which lines may begin a note's body, and what speaks for it.

Comes in: a layout without furniture, labels at the beginning of lines, what could call them. Goes out: marks with their
weights. Refused: deciding, which is the whole document's (``numbering``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from math import inf
from typing import NamedTuple

from pipeline.han import FORMAL
from pipeline.recovery.notes.numbers import CIRCLED, Mark, label_number, number_of
from pipeline.recovery.notes.units import HARD_UNIT, UNIT
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.notes.tokens import first_lines
from pipeline.recovery.page_dump.pages.layout import LOW, Layout, Line
from pipeline.recovery.wording.headings import heading_mark

_CITES = re.compile(
    r"[《〈“「]|[A-Za-zА-я]{3}|見|参|參|同上|同注|同註|引自|轉引|详|詳|頁|页|出版|檔案|档案|判[決决]|裁定|[訪访][談谈問问]"
)
_ISSUE = re.compile(r"[（(][0-9]")  # a volume and its issue or year: «12（2003.3）»
_YEAR = re.compile(r"[（(](?:1[5-9]|20)[0-9]{2}[)）]")  # the same, set apart: «16 (2000), 304»
_CHAPTER = re.compile(
    rf"(?:第.{{1,4}}[章部編编篇卷回講讲]|[{FORMAL}]|[緒绪導导結结餘余][論论語语]|[前引][言])"
)
_NUMBERED = re.compile(r"(?:第|(?<![0-9])(?<![0-9] )[頁页])$")  # «頁⏎45», and not «第 45 頁⏎12»
CHAPTERS = frozenset(f"第{FORMAL}緒绪導导結结餘余前引")  # one of these begins such a heading
UNSPACED = 4.0  # speaks against a number glued to its text where labels stand apart from theirs, and one that comes again below
COUNTED = 6.0  # speaks against a label behind a line that goes on with a number of its own
PARTED = 3  # so many pairs show that
TITLE = 20  # characters; a longer line is no heading of a chapter
CARRIED = 6.0  # speaks against a label below the rule that stands above the rest of a note
CHAPTER = 4.0  # speaks for a note 1 that is called behind the heading of a chapter


class _Setting(NamedTuple):
    """How a document sets its notes apart.

    ``zone``: for each line, whether it is below its page's rule; ``ruled``: most pages have one; ``carried``: how long a rule is
    above the rest of a note; ``spaced``: a space is behind labels and none behind calls; ``lowest``: the last line of each page
    that begins with a circled number.
    """

    zone: Sequence[bool]
    ruled: bool
    carried: float
    spaced: bool
    lowest: Mapping[tuple[int, str], int]


def body_candidates(
    layout: Layout,
    pages: Sequence[int],
    found: Sequence[tuple[int, re.Match[str]]],
    tokens: Sequence[Sequence[Mark]],
) -> list[Mark]:
    """The lines ``found`` with their labels as marks that weigh what they, their page and their calls say.

    ``tokens``: page by page, what could call them.
    """
    setting = _setting_of(layout, pages, found)
    called = first_lines(tokens)
    for i, match in found:  # a call may begin its page
        if i == layout.pages[pages[i]].first:
            called[pages[i]][number_of(match[1])] = i
    anywhere = _first_plain(tokens)
    chapters = _Chapters(layout)
    out = []
    for i, match in found:
        value, line = number_of(match[1]), layout.lines[i]
        call, elsewhere = called[pages[i]].get(value, i), anywhere.get(value, i)
        weight = 2.5 if call < i else 0.5 if elsewhere < i else -2.0
        weight += _weigh_body(line, match, layout.lines[i + 1] if i + 1 < len(layout.lines) else None)
        footed = setting.zone[i] if setting.ruled else _stands_low(layout, i, pages[i])
        if value == 1 and call < i and weight > 0 and footed:
            weight += chapters.weigh_first(call)
        weight += _weigh_before(layout, i, match) + _weigh_place(layout, i, pages[i], setting)
        weight -= _weigh_manner(line, i, match, pages[i], setting)
        if value:
            out.append(Mark(value, (i, 0), match.end(), weight, pages[i]))
    return out


def _setting_of(layout: Layout, pages: Sequence[int], found: Sequence[tuple[int, re.Match[str]]]) -> _Setting:
    return _Setting(
        zone=_behind_rule(layout),
        ruled=sum(1 for line in layout.lines if line.rule) * 2 > len(layout.pages),
        carried=_carried_rule(layout),
        spaced=_are_spaced(found, pages),
        lowest={(pages[i], match[1]): i for i, match in found if match[1] in CIRCLED},
    )


class _Chapters:
    """The headings of chapters, of which each may have a note 1 of its own."""

    def __init__(self, layout: Layout) -> None:
        self._headings = _chapters(layout)
        self._begun = -1  # the chapter whose note 1 was found last

    def weigh_first(self, call: int) -> float:
        """What a chapter says for a note 1 that is called in line ``call``: nothing where it had one, nor for the document's first."""
        chapter, begun = bisect_left(self._headings, call), self._begun
        if chapter <= max(begun, 0):
            return 0.0
        self._begun = chapter
        return CHAPTER if begun >= 0 else 0.0


def _weigh_manner(line: Line, i: int, match: re.Match[str], page: int, setting: _Setting) -> float:
    """What speaks against a line that begins otherwise than the document's notes do."""
    weight = 0.0
    repeated = not setting.zone[i] and setting.lowest.get((page, match[1]), i) > i
    # The space behind a label alone went with the line's end.
    glued = not match[2] and match.end() < len(line.text)
    if (setting.spaced and glued) or repeated:
        weight += UNSPACED
    if line.rule >= setting.carried:
        weight += CARRIED
    return weight


def _first_plain(tokens: Sequence[Sequence[Mark]]) -> dict[int, int]:
    """For each number the first line of the document in which its mark is plain."""
    out: dict[int, int] = {}
    for mark in chain.from_iterable(tokens):
        if mark.weight >= 3:
            out.setdefault(mark.value, mark.place[0])
    return out


def _weigh_before(layout: Layout, i: int, match: re.Match[str]) -> float:
    """Against a number that the line before goes on with: the volume of a work that it names, or a page («頁⏎45»)."""
    if not i:
        return 0.0
    line, before = layout.lines[i], layout.lines[i - 1].text
    weight = 0.0
    if line.text.startswith(("(", "（"), match.end()) and not is_closed(before):
        weight -= 3
    if match[0].strip().isdigit() and not line.rule and _NUMBERED.search(before):
        behind = layout.lines[i + 1].text if i + 1 < len(layout.lines) else ""
        weight -= 0 if match.end() == len(line.text) and _CITES.match(behind) else COUNTED
    return weight


def _weigh_place(layout: Layout, i: int, page: int, setting: _Setting) -> float:
    """What a line's place says: below its page's rule, above it, inside the note before."""
    zone = setting.zone
    inside = i and zone[i] and zone[i - 1] and not layout.lines[i].rule and _goes_on(layout.lines[i - 1])
    weight = -1.0 if inside else 0.0  # the number counts something in the note before
    if zone[i]:
        return weight + 3
    if setting.ruled:
        weight -= 5 if zone[layout.pages[page].last - 1] else 2
    return weight


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
    if not rest and following is not None and label_number(following.text) == number_of(match[1]) + 1:
        weight -= 0.5  # labels came out above each other
    elif not rest:
        cites = following is not None and _CITES.search(following.text[:30])
        weight += 0.5 if cites else -0.5 if match[1] in CIRCLED else -2
    elif UNIT.match(line.text[match.end(1) : match.end(1) + 6]):
        counted = not match[2] or HARD_UNIT.match(rest)  # «1 省政府檔案» counts no provinces
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
