"""Letters of a watermark that stand across the page, each on a line of its own between those of the text.

Extractors sort what they find by its height, and a slanting mark has each letter at another one. All pages have the same letters; on a
page alone they part sentences, or stand at its edge.

Comes in: a layout whose pages are known. Goes out: the indices of the lines that hold such letters. Refused: lines with other letters or
with numbers, and marks of fewer letters than chance or a table could have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.page_dump.front_lines import is_label_line
from pipeline.recovery.page_dump.overlays.watermarks import HOUSE, find_cutting
from pipeline.recovery.page_dump.pages.layout import Layout, usual_measure
from pipeline.recovery.wording.letters import is_han, is_latin, squashed

_LETTERS = re.compile(rf"(?:[^\W\d_{CIRCLED}⁰¹²³⁴-⁹]|[‧·•]){{1,4}}")  # a name stands between two points
WIDE = 8  # characters of such a line, at most
PAGES = 3  # so many pages at least
SHARE = 0.6  # of the pages have a letter alone; a line of the text hides it where both stand at one height
LETTERS = 6  # of a mark, on the usual page
LONGEST = 120  # lines of a page, those of the letters among them
ALONE, CUTS = 8, 5  # on fewer pages: so many such lines, and so many of them where a sentence goes on
MANY, FEW_CUTS = 16, 3  # where there are so many such lines, so many tell
TOGETHER = 3  # so many on end, at most: the text's lines are between them
EXCUSE = 2.6  # em by which a line may be narrower than the text and full
WORDS = 4  # lines of a name, at most
_NAME = re.compile(
    r"[‧·•]?[\u3400-\u9fff]{2,12}(?:大[學学]|[學学]院)[‧·•]?[A-Za-z]{4,}(?:University|College|Institute)[A-Za-z]*[‧·•]?"
)
_MAY_END = re.compile("[A-Za-z‧·•]$")
_SLANTED = re.compile("(?:[A-Za-z] ){4}|[a-z][A-Z]")
_COUNTS = frozenset("一二三四五六七八九十百壹貳贰參叁肆伍陸陆柒捌玖拾IVX")  # these may number a section


def find_scattered(layout: Layout) -> set[int]:
    """The lines of a few letters that are letters of a mark on most pages, where these are many; names that came out whole."""
    return _find_names(layout) | (_letters_shared if len(layout.pages) >= PAGES else find_parting)(layout)


def _letters_shared(layout: Layout) -> set[int]:
    """The lines of the letters that most pages have alone on their lines."""
    short = {i: line.text for i, line in enumerate(layout.lines) if len(line.text) <= WIDE}
    if len(short) < LETTERS * PAGES:
        return set()
    alone = {i: letters for i, text in short.items() if (letters := _letters(text))}
    found = [{i: alone[i] for i in range(*page[:2]) if i in alone} for page in layout.pages]
    said = Counter(letter for lines in found for letter in set("".join(lines.values())))
    least = max(PAGES, SHARE * len(layout.pages))
    mark = {letter for letter, pages in said.items() if pages >= least}
    parts = [{i: text for i, text in lines.items() if mark.issuperset(text)} for lines in found]
    if sum(_spells(list(part.values())) for part in parts) < least:
        return set()
    return {i for part in parts for i in part}


def _spells(texts: Sequence[str]) -> bool:
    """Whether a page's short lines can be a mark's letters: many of them, and few again; a name above each poem is one again and again."""
    return len(set(texts)) >= max(LETTERS, len(texts) / 2)


def find_parting(layout: Layout) -> set[int]:
    """Lines of a letter each, or a few of an alphabet, where many of them stand between two lines of one sentence."""
    lines = layout.lines
    alone = {i for i, line in enumerate(lines) if len(line.text) <= WIDE and _is_piece(line.text)}
    if len(alone) < ALONE or len(lines) > PAGES * LONGEST:
        return set()
    cuts = find_cutting(lines, alone, usual_measure(lines) - EXCUSE)
    begins = [*(i for i in sorted(alone) if i - 1 not in alone), len(lines)]
    runs = [[i for i in range(a, b) if i in alone] for a, b in pairwise(begins)]
    short = [run for run in runs if len(run) <= TOGETHER]
    least = CUTS if len(alone) < MANY else FEW_CUTS
    if sum(run[0] in cuts for run in short) < max(least, len(short) / 4):
        return set()
    for run in runs:  # a longer one may be a line that was stretched so far that its letters came out alone
        said = "".join(lines[i].text for i in run)
        named = HOUSE.search(said) or HOUSE.search(said[::-1])  # the mark climbs
        if len(run) > TOGETHER and 2 * sum(map(is_latin, said)) < len(said) and not named:
            alone.difference_update(run)
    return alone


def _find_names(layout: Layout) -> set[int]:
    """Lines at the edges of pages that name a university in both scripts, its letters set apart or its words together: it slanted."""
    out: set[int] = set()
    for first, last, _ in layout.pages:
        lines = range(first, last)
        for end in {*lines[:WORDS], *lines[-2:]}:
            if _MAY_END.search(layout.lines[end].text) is None:
                continue
            for begin in range(max(first, end + 1 - WORDS), end + 1):
                texts = [layout.lines[i].text for i in range(begin, end + 1)]
                if any(map(_SLANTED.search, texts)) and _NAME.fullmatch(squashed("".join(texts))):
                    out.update(range(begin, end + 1))
    return out


def _is_piece(text: str) -> bool:
    letters = _letters(text)
    one = len(letters) == 1 and letters not in _COUNTS and not is_label_line(text)
    return one or (len(letters) > 1 and not any(map(is_han, letters)))


def _letters(text: str) -> str:
    """The letters that are all of a line, without the blanks between them; empty for other lines."""
    bare = squashed(text)
    return bare if _LETTERS.fullmatch(bare) else ""
