"""Where the notes of a page begin: at its rule, its first body, or the rest of a note that began on the page before.

Comes in: a page, and the last line of that note. Goes out: the first note line. Refused: a rest that nothing tells from the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.recovery.notes.units import UNIT
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.widths import FULL
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import is_latin, is_mostly_han
from pipeline.recovery.wording.marks import HAN_CLOSERS, PAUSES

_PAIRS = dict(zip("《〈「『（(", "》〉」』）)", strict=True))
OTHER = 3.0  # speaks against a rest in Han characters of a note that broke off behind a word in letters, an address or a number
NEAR = 2.5  # em by which a full line of a note may differ
SMALLER = 4.5  # em by which notes that only their lines' widths tell are wider than the text
WIDER = 3.0  # em by which no line of the text is wider than these are
DOUBT = 0.25  # em by which a half-width sign may be narrower than it counts
LEAST = 1.5  # more than so much must speak for a rest
HOPELESS = -4.0  # less than so much, and no line further up can be one
FOREIGN = 2.0  # speaks for lines in letters below Han characters, behind a note that broke off in letters
FLUSH = 2.0  # speaks for the one line right above the notes where these are set no smaller
COLONS = "：:"
REST_LINES = 24  # no rest of a note is longer
UNSEEN = " "  # stands for the last line of a note on a page before the dump's first
PLAIN = 2.0  # what widths must say for the rest of such a note: so much are two full lines


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


def notes_start(layout: Layout, page: Page, starts: Sequence[int], carried: str | None, above: Above) -> int:
    """The first note line of a page: its rule, its first body, or a rest of the note before.

    ``carried`` is that note's last line, empty where the note, or a paragraph or sentence of it, came to an end;
    None where no note stands before.
    """
    lines = layout.lines
    first = starts[0] if starts else page.last
    if carried is None:
        return first
    rules = [i for i in range(page.first, min(first + 1, page.last)) if lines[i].rule]
    if rules:
        return rules[0]
    if first <= page.first:
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
        and is_mostly_han(lines[i - 1].text)
    ):
        i -= 1
    text = lines[i - 1]
    ended = is_closed(text.text) or text.text[-1] in COLONS or text.width >= above.measure - FULL
    clear = above.notes >= above.measure + SMALLER and all(
        line.width < even for line in lines[page.first : i]
    )
    return i if i < first - 1 and ended and clear else first


def _rest_start(layout: Layout, page: Page, first: int, carried: str, above: Above) -> int:
    """Where the rest of the note before begins, on a page without a rule; ``first`` when nothing shows it.

    The line of which most speaks for it: what its place, the ``carried`` line, the text above and the lines down to ``first`` say.
    """
    lines = layout.lines
    best, start, worth = LEAST, first, 0.0
    closes = first == page.last or is_closed(lines[first - 1].text)
    lettered = carried != UNSEEN and not is_mostly_han(carried)
    for i in range(first - 1, max(page.first, first - REST_LINES, above.text_end - 1), -1):
        line = lines[i]
        inner = i < first - 1 and above.smaller  # its width tells
        foreign = lettered and not is_mostly_han(line.text)  # its letters go on with those of the note
        worth += _weigh_width(line, above) if inner and not foreign else 0
        if worth < HOPELESS:
            break
        weight = -OTHER if _ends_otherwise(carried, line.text) else 0.0
        if above.smaller or line.gap:
            wide = inner and line.width >= above.full
            rest = line.text + (lines[i + 1].text if wide else "")
            weight += worth + (3 if line.gap else 0) - (3 if line.indent >= 2 else 0)
            weight += (3 if _closes(carried, rest) else 0) - (0 if closes else 2)
            weight += _weigh_text(lines[i - 1], above) + _weigh_page_end(layout, page, first, lines[i - 1])
        elif i == first - 1 and first < page.last and line.indent < 2:
            weight += FLUSH
        weight += FOREIGN if foreign and is_mostly_han(lines[i - 1].text) else 0
        if weight > best and (carried != UNSEEN or worth >= PLAIN):
            best, start = weight, i
    return start


def _weigh_width(line: Line, above: Above) -> float:
    """What the width of a line says for its being a full line of a note: where notes are set smaller, these hold more."""
    if above.full <= line.width <= above.notes + NEAR:
        narrow = sum(char < "\u0530" for char in line.text)
        return 2 if line.width - DOUBT * narrow >= above.measure + WIDER else 1
    return -3.5 if line.width < above.full and is_mostly_han(line.text) else -1.5


def _weigh_text(text: Line, above: Above) -> float:
    """What the width of the line above says: it is one of the text, and as wide as these are, not as those of notes."""
    if abs(text.width - above.measure) < 1.2:
        return 1
    return -2 if above.smaller and text.width >= above.notes - NEAR else 0


def _weigh_page_end(layout: Layout, page: Page, first: int, text: Line) -> float:
    """What the next page says: the text must break off with the line above where that page takes it up."""
    if page.last >= len(layout.lines):
        return 0
    behind = layout.lines[page.last]
    begins = behind.indent >= 2 or heading_mark(behind.text) is not None
    if is_closed(text.text) is begins:
        return 2
    return -1 if begins or any(line.indent >= 2 for line in layout.lines[page.first : first]) else 0


def _ends_otherwise(carried: str, rest: str) -> bool:
    """Whether a note broke off behind a letter or digit, and ``rest`` neither goes on with these nor tells what they count.

    >>> _ends_otherwise("in vol.", "河道的變遷"), _ends_otherwise("1987", "（橋志）"), _ends_otherwise("1987", "年，河口")
    (True, True, False)
    """
    broken = carried.rstrip(".,:;)")[-1:]  # «pp.», too
    if not (is_latin(broken) and broken.isalnum()) or is_latin(rest[0]):
        return False
    return rest[0] not in HAN_CLOSERS + PAUSES and (broken.isalpha() or not UNIT.match(rest))


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
