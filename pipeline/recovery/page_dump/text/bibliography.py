"""Lists of works: where their entries begin.

Comes in: the text lines and which of them are headings. Goes out: the lines of the lists, and those that begin an
entry. Refused: a heading of a list with sentences behind it; a section whose lines tell nothing has an entry a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.page_dump.front_lines import is_label_line
from pipeline.recovery.page_dump.furniture.contents import TOP_RANK
from pipeline.recovery.page_dump.text.profile import WORKS_HEAD, Flow, excuse_of
from pipeline.recovery.wording.headings import HeadingMark
from pipeline.recovery.wording.letters import is_latin, squashed
from pipeline.recovery.wording.marks import CLOSERS

_NUMBERED = re.compile(r"(?:[\[［〔(（]\s?([0-9]{1,3})\s?[\]］〕)）]|([0-9]{1,3})[.．、](?![0-9]))\s*\S")
_OPENING = re.compile(
    r"[\u3400-\u9fff·．‧]{2,12}(?:\s?[（(][^）)]{1,30}[）)])?\s?(?:主編|编|編|著|譯|译|撰|輯|等)*\s?[，、,（(：:。《〈]"
    r"|[《〈「“]|[A-Z][\w'’\-]+(?: [A-Z][\w'’\-]+)?, |[—─－\-_＿]{2,}"
)
# No entry begins so.
_IMPRINT = re.compile(
    r"[\u3400-\u9fff]{2,5}\s?[：:][^《〈「“]{2,20}[，,、]\s?[0-9一二三四五六七八九〇○民國国]"
)
# An author and the year behind the name, as APA has them: where entries begin so, no other full line begins one.
_DATED = re.compile(r"[^。]{2,90}?[（(](?:1[5-9]|20)[0-9]{2}[a-z]?(?:[,，年][^（()）]{1,20})?[)）]")
_CLOSED = re.compile(f"[{re.escape(CLOSERS)}]$")
_OPEN = "，、；：（《〈「“,;:(—"
ENOUGH = 3  # entries of one form
LEAST = 2  # so many entries with white space behind them show that all have it
SHORT = 2.5  # em that a line must want for to end its entry


def find_entries(
    flows: Sequence[Flow], marks: Sequence[HeadingMark | None], measure: float
) -> tuple[set[int], set[int]]:
    """The lines of lists of works, and those of them that begin an entry."""
    listed: set[int] = set()
    starts: set[int] = set()
    i = 0
    while i < len(flows):
        mark = marks[i]
        if mark is None or not WORKS_HEAD.fullmatch(squashed(flows[i].line.text[mark.length :])):
            i += 1
            continue
        end = i + 1
        while end < len(flows) and not _ends_list(marks[end], mark):
            end += 1
        end = _before_front(flows, i + 1, end)
        for first, last in _blocks(marks, i + 1, end):
            found = _starts(flows, first, last, measure)
            if found:
                listed.update(range(first, last))
                starts.update(found)
        i = end
    return listed, starts


def _ends_list(mark: HeadingMark | None, head: HeadingMark) -> bool:
    """Whether a heading is no subhead of the list: it stands as high as the list's own, or higher.

    >>> head, below = HeadingMark(-1.0, "", 0), HeadingMark(-0.9, "一", 2)
    >>> _ends_list(below, head), _ends_list(head, head), _ends_list(None, head)
    (False, True, False)
    >>> _ends_list(below, HeadingMark(0.5, "", 0))
    False
    """
    if mark is None:
        return False
    if mark.rank < 0:  # told by a list of contents, with its own ranks
        return mark.rank <= (head.rank if head.rank < 0 else TOP_RANK)
    return mark.rank <= max(head.rank, 2.0) or (not mark.number and mark.rank < 3)


def _before_front(flows: Sequence[Flow], first: int, last: int) -> int:
    """Where the list ends if an abstract follows it: before its title and authors, which are no entries."""
    label = next((i for i in range(first, last) if is_label_line(flows[i].line.text)), None)
    if label is None:
        return last
    while (
        label > first
        and len(flows[label - 1].line.text) < 80
        and not _CLOSED.search(flows[label - 1].line.text)
    ):
        label -= 1
    return label


def _blocks(marks: Sequence[HeadingMark | None], first: int, last: int) -> list[tuple[int, int]]:
    """The stretches between subheads."""
    out = []
    begin = first
    for i in range(first, last + 1):
        if i == last or marks[i] is not None:
            if i > begin:
                out.append((begin, i))
            begin = i + 1
    return out


def _starts(flows: Sequence[Flow], first: int, last: int, measure: float) -> list[int]:
    """The lines of a stretch that begin an entry; none where it holds sentences and no list."""
    block = range(first, last)
    low = min(flows[i].line.indent for i in block)
    deep = [i for i in block if flows[i].line.indent >= low + 2]
    if deep and len(deep) < len(block):
        hanging = flows[first].line.indent < low + 2
        return [i for i in block if (flows[i].line.indent < low + 2) is hanging]
    numbers = [_number(flows[i].line.text) for i in block]
    if numbers[0] > 0 and sum(n > 0 for n in numbers) > 1:
        found, value = [], numbers[0] - 1
        for i, number in zip(block, numbers, strict=True):
            if number == value + 1:
                found.append(i)
                value = number
        return found
    ended = [i for i in block[:-1] if flows[i].line.trailing]
    if len(ended) >= LEAST and all(_CLOSED.search(flows[i].tail) for i in ended):
        return [first, *(i + 1 for i in ended)]  # white space stands behind an entry, and nowhere else
    # Letters are narrower than counted.
    own = [i for i in block if not is_latin(flows[i].last)] or list(block)
    widest = sorted(flows[i].width for i in own)[int(0.9 * (len(own) - 1))]
    full = max(measure, widest) if widest > 0.8 * measure else widest
    dated = {i for i in block if _DATED.match(flows[i].line.text)}
    all_dated = first in dated and len(dated) >= ENOUGH
    found = [first]
    for i in block[1:]:
        before, flow = flows[i - 1], flows[i]
        short = before.width + excuse_of(flow) < full - SHORT and before.last not in _OPEN
        closed = _CLOSED.search(before.tail) is not None
        if not short and _IMPRINT.match(flow.line.text):
            continue
        opening = _OPENING.match(flow.line.text) is not None and (short or not all_dated or i in dated)
        if (closed or short) and (opening or (closed and short)):
            found.append(i)
    fits = sum(_OPENING.match(flows[i].line.text) is not None for i in found)
    return found if fits * 2 >= len(found) else []


def _number(text: str) -> int:
    match = _NUMBERED.match(text)
    return int(match[1] or match[2]) if match else 0
