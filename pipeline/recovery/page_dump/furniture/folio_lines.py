"""Lines that may tell a page's number: a number alone, or beside a few words. Which of them a note explains as well.

Comes in: a layout. Goes out: its folios in order. Refused: sentences, references, and lines longer than any running head.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.furniture.headlines import parted
from pipeline.recovery.page_dump.furniture.singles import names_issue
from pipeline.recovery.page_dump.pages.layout import LONG_PAGE, Layout
from pipeline.recovery.page_dump.pages.numbers import (
    HEAD_WORDS,
    LEAST,
    LONGEST,
    lone_number,
    numbers_begun,
    numbers_called,
)
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import NEVER_FIRST

_REFERS = re.compile(r"同上|同前|同註|同注|前引|前揭|參見|参见|[Ii]bid|[Oo]p\. ?cit")
TITLE = 10  # lines that may hold the title of the text
NAMES = 5  # characters of it that a head says, at least
_SENTENCE_ENDS = f"{NEVER_FIRST},;:"
BRACKETS = "（）() "  # stand around a page's number, and around a label


@dataclass(frozen=True, slots=True)
class Folio:
    """A line that may tell a page's number, and the words beside it without blanks."""

    line: int
    number: int
    words: str
    apart: bool = False  # a blank line stands before or behind it


def folios_of(layout: Layout) -> Iterator[Folio]:
    """Lines that are a number before or behind a few words, or alone."""
    for i, line in enumerate(layout.lines):
        text = line.text
        if not (text[0].isdigit() or text[-1].isdigit() or len(text) <= LONGEST):
            continue
        if (number := lone_number(text)) >= 0:
            following = layout.lines[i + 1] if i + 1 < len(layout.lines) else None
            yield Folio(i, number, "", bool(line.gap or following is None or following.gap))
        elif (found := beside_words(text))[1] >= 0:
            yield Folio(i, found[1], found[0])


def beside_words(text: str) -> tuple[str, int]:
    """The words of a line without blanks, and the number set apart before or behind them; -1 where it is no page's.

    >>> beside_words("城市與河道　12"), beside_words("12 同上，頁5。"), beside_words("12 河口學報（社會科學版）")
    (('城市與河道', 12), ('', -1), ('河口學報（社會科學版）', 12))
    """
    words, number = parted(text)
    if number < 0 or _REFERS.search(words) or (text[-1] in _SENTENCE_ENDS and not is_masthead(words)):
        return "", -1
    return (words, number) if sum(char.isalpha() for char in words) >= 2 else ("", -1)


def folios_named(folios: Sequence[Folio], layout: Layout) -> list[Folio]:
    """Those beside the title of the text, or beside its journal and issue."""
    top = "".join(squashed(line.text) for line in layout.lines[:TITLE])
    return [f for f in folios if names_issue(f.words, True) or (len(f.words) >= NAMES and f.words in top)]


def without_notes(layout: Layout, folios: Sequence[Folio]) -> list[Folio]:
    """Those that are neither a note's label, called above and not begun since, nor a call, whose note begins below.

    One that is marked as a page's, or beside a running head, is neither.
    """
    texts = [line.text for line in layout.lines]
    said = Counter(texts)
    heads = {text for text, n in said.items() if n >= LEAST and HEAD_WORDS.fullmatch(text)}
    # By number, the lines that do so.
    called, alone, begun = (defaultdict[int, list[int]](list) for _ in range(3))
    for i, text in enumerate(texts):
        for number in numbers_called([text]):
            called[number].append(i)
        for number in numbers_begun([text]):
            (alone if text.strip(BRACKETS).isdigit() else begun)[number].append(i)

    def is_note(folio: Folio) -> bool:
        i = folio.line
        beside = (*texts[max(0, i - 1) : i], *texts[i + 1 : i + 2])
        if folio.words or not texts[i].strip(BRACKETS).isdigit() or any(text in heads for text in beside):
            return False
        lines = [told[folio.number] for told in (called, alone, begun)]
        (call, _), (other, lower), (body, note) = (_around(told, i) for told in lines)
        is_label = body < max(call, other) and i - max(call, other) <= LONG_PAGE
        return is_label or min(lower, note) - i <= LONG_PAGE

    return [folio for folio in folios if not is_note(folio)]


def _around(lines: Sequence[int], i: int) -> tuple[float, float]:
    """The nearest of the lines before and behind line ``i``."""
    before, behind = bisect_left(lines, i), bisect_right(lines, i)
    return lines[before - 1] if before else -inf, lines[behind] if behind < len(lines) else inf
