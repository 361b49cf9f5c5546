"""Where the notes of a page begin: at its rule, its first body, or the rest of a note that began on the page before.

Comes in: a page, and the last line of that note. Goes out: the first note line. Refused: a rest that nothing tells from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.pages.layout import Layout, Page
from pipeline.recovery.wording.letters import is_han, is_latin

_PAIRS = dict(zip("《〈「『（(", "》〉」』）)", strict=True))
OTHER = 3.0  # speaks against a rest in Han characters of a note that broke off behind a word in letters
NEAR = 2.5  # em by which a full line of a note may differ
SMALLER = 4.5  # em by which notes that only their lines' widths tell are wider than the text
COLONS = "：:"
REST_LINES = 24  # no rest of a note is longer


class Above(NamedTuple):
    """What stands above a page's notes: the line behind the last that calls one of them; and how wide text and notes are set, in em."""

    text_end: int
    measure: float
    notes: float

    @property
    def smaller(self) -> bool:
        """Whether notes are set smaller, so that their lines hold more."""
        return self.notes >= self.measure + 1.5

    @property
    def full(self) -> float:
        """So wide is a full line of the notes at least; calls are raised, and make a line of the text count as wider than it is."""
        return max(self.measure + 1, (self.measure + self.notes) / 2)


def notes_start(
    layout: Layout,
    page: Page,
    starts: Sequence[int],
    owner: int,
    carried: str,
    above: Above,
) -> int:
    """The first note line of a page: its rule, its first body, or a rest of the note before.

    ``carried`` is that note's last line, empty where the note, or a paragraph or sentence of it, came to an end.
    """
    lines = layout.lines
    first = starts[0] if starts else page.last
    rules = [i for i in range(page.first, min(first + 1, page.last)) if lines[i].rule]
    if rules and owner >= -1 and (starts or owner >= 0):
        return rules[0]
    if owner < 0 or first <= page.first:
        return first
    if not carried:
        return _wide_start(layout, page, first, above)
    return _rest_start(layout, page, first, carried, above)


def _wide_start(layout: Layout, page: Page, first: int, above: Above) -> int:
    """Where lines that are all as wide as those of the notes, but for the last one, go on with a note that had come to an end.

    No line of the page's text is so wide: where notes are set hardly smaller, numbers may make one wider than it is.
    """
    lines = layout.lines
    even = above.notes - NEAR
    i = first - 1
    while (
        i - 1 > max(page.first, above.text_end - 1)
        and lines[i - 1].width >= even
        and _is_han(lines[i - 1].text)
    ):
        i -= 1
    text = lines[i - 1]
    ended = is_closed(text.text) or text.text[-1] in COLONS or abs(text.width - above.measure) < 1.2
    clear = above.notes >= above.measure + SMALLER and all(
        line.width < even for line in lines[page.first : i]
    )
    return i if i < first - 1 and ended and clear else first


def _rest_start(layout: Layout, page: Page, first: int, carried: str, above: Above) -> int:
    """Where the rest of the note before begins, on a page without a rule; ``first`` when nothing shows it.

    Notes are set smaller, so their full lines hold more; a blank line may stand before them; the rest closes what the
    ``carried`` line left open; and the text must break off where the next page takes it up.
    """
    lines, measure = layout.lines, above.measure
    behind = lines[page.last] if page.last < len(lines) else None
    begins = behind is not None and behind.indent >= 2
    indented = any(line.indent >= 2 for line in lines[page.first : first])
    smaller, full = above.smaller, above.full
    best, start, worth = 1.5, first, 0.0
    broken = carried.rstrip(".,:;")[-1:]  # «pp.», too
    for i in range(first - 1, max(page.first, first - REST_LINES, above.text_end - 1), -1):
        line, text = lines[i], lines[i - 1]
        if i < first - 1 and smaller:  # a full line of the note
            short = line.width < full and _is_han(line.text)
            worth += 1 if full <= line.width <= above.notes + NEAR else -2.5 if short else -1.5
        if worth < -4:
            break
        closed = is_closed(text.text)
        score = worth + (3 if line.gap else 0) - (3 if line.indent >= 2 else 0)
        wide = smaller and i < first - 1 and line.width >= full
        score += 3 if _closes(carried, line.text + (lines[i + 1].text if wide else "")) else 0
        if behind is not None:
            score += 2 if closed is begins else -1 if indented or begins else 0
        score -= OTHER if broken.isalpha() and is_latin(broken) and is_han(line.text[0]) else 0
        score += (
            1
            if abs(text.width - measure) < 1.2
            else -2
            if smaller and text.width >= above.notes - NEAR
            else 0
        )
        score -= 2 if first < page.last and not is_closed(lines[first - 1].text) else 0
        if not smaller and not line.gap:
            score = 2 if i == first - 1 and first < page.last and line.indent < 2 else 0
        if score > best:
            best, start = score, i
    return start


def _is_han(text: str) -> bool:
    """Whether Han characters are most of a line: letters are of many widths."""
    return sum(map(is_han, text)) * 2 >= len(text)


def _closes(before: str, text: str) -> bool:
    """Whether ``text`` closes the last mark that ``before`` opened and did not close.

    >>> _closes("《橋志》，《河", "道考》，頁 8。"), _closes("《橋志》，", "《河道考》，頁 8。")
    (True, False)
    """
    opened: list[str] = []
    for char in before:
        if char in _PAIRS:
            opened.append(_PAIRS[char])
        elif opened and char == opened[-1]:
            opened.pop()
    inside: list[str] = []
    for char in text if opened else "":
        if char in _PAIRS:
            inside.append(_PAIRS[char])
        elif inside and char == inside[-1]:
            inside.pop()
        elif char in _PAIRS.values():
            return not inside and char == opened[-1]
    return False
