"""Which lines of a page are notes, and whose: from a page's rule, its first body or the rest of a note before, to its end.

Comes in: a layout, and the bodies in their order. Goes out: for each note line the body that it belongs to. Refused: a rest
of a note that nothing tells from the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.recovery.notes.numbers import Mark
from pipeline.recovery.page_dump.captions import CAPTION
from pipeline.recovery.page_dump.endings import is_closed
from pipeline.recovery.page_dump.notes.firsts import SPACE
from pipeline.recovery.page_dump.notes.unlabelled import Setting, deal, setting_of
from pipeline.recovery.page_dump.pages.layout import Layout, Page
from pipeline.recovery.page_dump.pages.widths import usual_width
from pipeline.recovery.wording.letters import is_han, is_latin

_PAIRS = dict(zip("《〈「『（(", "》〉」』）)", strict=True))
OTHER = 3.0  # speaks against a rest in Han characters of a note that broke off behind a word in letters
NEAR = 2.5  # em by which a full line of a note may differ
SMALLER = 4.5  # em by which notes that only their lines' widths tell are wider than the text
COLONS = "：:"
SURE = 1.5  # so much speaks for a call that its line is no note's
REST_LINES = 24  # no rest of a note is longer


def find_zones(
    layout: Layout, bodies: Sequence[Mark], tokens: Sequence[Sequence[Mark]], measure: float
) -> dict[int, int]:
    """Which body each note line belongs to (by the body's number in the run). ``tokens`` are what could call them, page by page."""
    starts = {body.place[0]: number for number, body in enumerate(bodies)}
    by_page: dict[int, list[int]] = defaultdict(list)
    values: dict[int, set[int]] = defaultdict(set)
    for body in bodies:
        by_page[body.page].append(body.place[0])
        values[body.page].add(body.value)
    note_measure = _note_measure(layout, by_page)
    owners: dict[int, int] = {}
    owner, carried = -1, ""
    for number, page in enumerate(layout.pages):
        starts_here = by_page.get(number, [])
        calls = (m.place[0] for m in tokens[number] if m.weight >= SURE and m.value in values[number])
        text = max((line + 1 for line in calls if starts_here and line < starts_here[0]), default=page.first)
        begin = _zone_start(layout, page, starts_here, owner, carried, (text, measure, note_measure))
        end = _zone_end(layout, begin, page, set(by_page.get(number, [])))
        for i in range(begin, end):
            owner = starts.get(i, owner)
            if owner >= 0:
                owners[i] = owner
        if begin < end:
            last = layout.lines[end - 1]
            carried = "" if is_closed(last.text) else last.text
    return owners


def deal_stacked(layout: Layout, bodies: Sequence[Mark], lines_of: dict[int, list[int]]) -> None:
    """Labels that stand in a column of their own came out first, their bodies behind the last of them.

    Each gets its own body where as many lines begin with the space behind a label as there are labels above, or end a sentence
    short of the measure, or where there are no more lines than labels; else the bodies divide the lines as they fit best.
    """
    lines = layout.lines
    setting: Setting | None = None
    at = 0
    while at < len(bodies):
        last = at
        while (
            last + 1 < len(bodies)
            and len(lines_of[last]) == 1
            and lines_of[last + 1][:1] == [lines_of[last][0] + 1]
            and all(bodies[k].length >= len(lines[bodies[k].place[0]].text) for k in (last, last + 1))
        ):
            last += 1
        rest = lines_of[last][1:]
        wide = max((lines[i].width for i in rest), default=0.0)
        ends = [
            k + 1 for k, i in enumerate(rest[:-1]) if lines[i].width < wide - 1.5 and is_closed(lines[i].text)
        ]
        if len(rest) == last - at + 1:
            ends = list(range(1, len(rest)))
        before = lines_of[at - 1][-1:] if at and bodies[at - 1].page == bodies[at].page else []
        open_before = any(not is_closed(lines[i].text) for i in before)
        spaced = [k for k, i in enumerate(rest) if 0 < lines[i].indent <= SPACE]
        if len(spaced) == last - at + 1 and not spaced[0]:
            ends = spaced[1:]
        elif last > at and rest and len(ends) != last - at and rest == list(range(rest[0], rest[-1] + 1)):
            setting = setting or setting_of(layout, _texts(layout, lines_of))
            starts = deal(lines, range(rest[0], rest[-1] + 1), last - at + 1, setting)
            ends = [start - rest[0] for start in starts[1:]]
        if last > at and len(ends) == last - at and not open_before:
            for k, (a, b) in enumerate(pairwise([0, *ends, len(rest)])):
                lines_of[at + k] = [bodies[at + k].place[0], *rest[a:b]]
        at = last + 1


def _texts(layout: Layout, lines_of: dict[int, list[int]]) -> list[range]:
    """The lines of each page above its notes."""
    noted = {i for lines in lines_of.values() for i in lines}
    firsts = (next((i for i in range(*page[:2]) if i in noted), page.last) for page in layout.pages)
    return [range(page.first, first) for page, first in zip(layout.pages, firsts, strict=True)]


def _note_measure(layout: Layout, by_page: dict[int, list[int]]) -> float:
    """How wide most of the notes' full lines are, in em: labels and letters make others wider."""
    ems = (
        layout.lines[i].em
        for number, first in by_page.items()
        for i in range(first[0], layout.pages[number].last)
    )
    return usual_width(em for em in ems if em > 8)


def _zone_start(
    layout: Layout,
    page: Page,
    starts: Sequence[int],
    owner: int,
    carried: str,
    setting: tuple[int, float, float],
) -> int:
    """The first note line of a page: its rule, its first body, or a rest of the note before.

    ``carried`` is that note's last line, empty where the note, or a paragraph or sentence of it, came to an end; ``setting``: the
    line behind the last that calls one of the page's notes, and how wide the text and the notes are.
    """
    lines = layout.lines
    first = starts[0] if starts else page.last
    rules = [i for i in range(page.first, min(first + 1, page.last)) if lines[i].rule]
    if rules and owner >= -1 and (starts or owner >= 0):
        return rules[0]
    if owner < 0 or first <= page.first:
        return first
    if not carried:
        return _wide_start(layout, page, first, setting)
    return _rest_start(layout, page, first, carried, setting)


def _wide_start(layout: Layout, page: Page, first: int, setting: tuple[int, float, float]) -> int:
    """Where lines that are all as wide as those of the notes, but for the last one, go on with a note that had come to an end.

    No line of the page's text is so wide: where notes are set hardly smaller, numbers may make one wider than it is.
    """
    lines, (text_end, measure, note_measure) = layout.lines, setting
    even = note_measure - NEAR
    i = first - 1
    while i - 1 > max(page.first, text_end - 1) and lines[i - 1].width >= even and _is_han(lines[i - 1].text):
        i -= 1
    text = lines[i - 1]
    ended = is_closed(text.text) or text.text[-1] in COLONS or abs(text.width - measure) < 1.2
    clear = note_measure >= measure + SMALLER and all(line.width < even for line in lines[page.first : i])
    return i if i < first - 1 and ended and clear else first


def _full(measure: float, note_measure: float) -> float:
    """So wide is a full line of the notes at least; calls are raised, and make a line of the text count as wider than it is."""
    return max(measure + 1, (measure + note_measure) / 2)


def _rest_start(
    layout: Layout, page: Page, first: int, carried: str, setting: tuple[int, float, float]
) -> int:
    """Where the rest of the note before begins, on a page without a rule; ``first`` when nothing shows it.

    Notes are set smaller, so their full lines hold more; a blank line may stand before them; the rest closes what the
    ``carried`` line left open; and the text must break off where the next page takes it up.
    """
    lines, (text_end, measure, note_measure) = layout.lines, setting
    behind = lines[page.last] if page.last < len(lines) else None
    begins = behind is not None and behind.indent >= 2
    indented = any(line.indent >= 2 for line in lines[page.first : first])
    smaller = note_measure >= measure + 1.5
    full = _full(measure, note_measure)
    best, start, worth = 1.5, first, 0.0
    broken = carried.rstrip(".,:;")[-1:]  # «pp.», too
    for i in range(first - 1, max(page.first, first - REST_LINES, text_end - 1), -1):
        line, text = lines[i], lines[i - 1]
        if i < first - 1 and smaller:  # a full line of the note
            short = line.width < full and _is_han(line.text)
            worth += 1 if full <= line.width <= note_measure + NEAR else -2.5 if short else -1.5
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
            if smaller and text.width >= note_measure - NEAR
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


def _zone_end(layout: Layout, begin: int, page: Page, starts: set[int]) -> int:
    """Notes go on to the page's end, but for a table that was set below them."""
    for i in range(begin + 1, page.last):
        text = layout.lines[i].text
        if i in starts or not CAPTION.match(text) or text[-1] in "。，；,." or len(text) > 40:
            continue
        if not any(s > i for s in starts) and is_closed(layout.lines[i - 1].text):
            return i
    return page.last
