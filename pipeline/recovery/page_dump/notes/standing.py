"""Do plain numbers stand where notes are called, behind words and marks?

Comes in: a layout and places of numbers in it. Goes out: yes or no for all of them together. Refused: deciding for one number alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.recovery.page_dump.pages.layout import Layout
from pipeline.recovery.wording.marks import BEHIND_WORDS, CLOSERS, NEVER_FIRST

# «name1,name2», «#2», «{1, 2}», «3.5» and «a2» count something of their own.
_LETTER = "[^\\W\\d_\x00-\x7f\U0001d400-\U0001d7ff]"  # of any script but the Latin one and of formulas
_CALLED = re.compile(
    rf"(?:[{re.escape(NEVER_FIRST)}…⋯)\]] {{0,2}}|{_LETTER}[{re.escape(BEHIND_WORDS)}\"']* ?|[A-Za-z]{{2}}[{re.escape(CLOSERS)},;:]|[\"'][.,;:]?)\Z"
)
_NAMED = re.compile(r"[A-Za-z]{2} ?\Z")  # a word in letters: calls stand behind it where no mark does
# No mark of a formula or of code: the next sentence may be in letters.
_CLOSED = re.compile(rf"[{re.escape(NEVER_FIRST)}…⋯]\Z")
NEAR = 2  # lines: so near each other the same word counts, «row1, row2»
# A year may run into a call.
_COUNTED = re.compile(r"[A-Za-z\\{}\[\]()=+*/^%|<>#~&@$-]|[0-9](?![0-9]{0,3} ?[年月世])")


def stand_as_calls(
    layout: Layout, places: Iterable[tuple[int, int, int]], share: float, lost: bool = False
) -> bool:
    """Whether so many of the plain numbers at these places (line, start, end) stand as calls do.

    ``lost``: the notes that they would call are not there, so that a word before several of them counts, wherever these stand. One that is
    all of its line came out apart and says nothing; signs such as ①, [1] and ¹ say enough themselves.
    """
    places = sorted(places)
    befores = [_before(layout, number, start) for number, start, _ in places]
    often = Counter(before[-2:] for before in befores)
    standing = others = 0
    last: dict[str, int] = {}  # the line in which a number stood last behind a word
    for (number, start, end), before in zip(places, befores, strict=True):
        text, word = layout.lines[number].text, before[-2:]
        if not text[start:end].isdecimal():
            standing += 1
        elif end - start < len(text):
            near = number - last.get(word, -NEAR - 1) <= NEAR
            counts = word.isalpha() and (often[word] > 1 if lost else near and word.isascii())
            last[word] = number
            stands = not counts and _stands(before, text[end:])
            standing += stands
            others += not stands
    return standing >= share * (standing + others)


def _stands(before: str, behind: str) -> bool:
    """Whether a number between these texts stands as a call does."""
    called = _CALLED.search(before) or (_NAMED.search(before) and not behind.startswith(","))
    return bool(called) and (_CLOSED.search(before) is not None or _COUNTED.match(behind) is None)


def _before(layout: Layout, number: int, start: int) -> str:
    """What stands before a place: on its line, or on the line above."""
    return layout.lines[number].text[:start] if start or not number else layout.lines[number - 1].text
