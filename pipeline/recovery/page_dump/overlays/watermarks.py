"""Watermarks: letters or words that were printed over the pages and came out on lines of their own.

Comes in: lines of a layout. Goes out: the indices of lines to take away. Refused: taking away anything that does not recur;
a watermark has to stand on several pages, or to name an institution letter by letter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import groupby

from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.page_dump.captions import is_caption
from pipeline.recovery.page_dump.endings import ENDED
from pipeline.recovery.page_dump.overlays.grams import coverage, grams
from pipeline.recovery.page_dump.pages.layout import Layout, Line, usual_measure
from pipeline.recovery.wording.letters import squashed
from pipeline.recovery.wording.marks import PAUSES, STOPS

_LETTER = re.compile(rf"[^\W\d_{CIRCLED}⁰¹²³⁴-⁹]")
_DIGIT = re.compile("[0-9]")
_PAUSE = re.compile(f"[{STOPS}{PAUSES},;:]")
STAMP_PAGES = 3  # a mark in whole words stands on so many pages at least
STAMP_SHARE = 0.6  # and on so many of all
STAMP_LENGTH = 40  # characters, blanks between letters among them
HOUSE = re.compile(
    "大[學学]|[學学]院|[圖图][書书][館馆]|樣張|样张|University|College|Institute|Library|Sample|Draft|Confidential",
    re.I,
)
_SAID = re.compile(f"[0-9{STOPS}{PAUSES},;:!?]")
WATERMARK_LINES = 5  # so many lines of at most three characters, one after another
HOUSE_PIECES = 10  # so many where the mark stands on one page
BRIDGE = 16  # a line between them may be as long as this, when squashed
# So many lines of so many characters may stand between a table's caption and cells of few letters.
CELLS, CELL = 8, 8
RARE = 800  # lines: a mark comes again before so many
PAGE = 100  # and one that names no house before so many, some pages without it among them
CUT_SHARE = 0.2  # of such marks part a sentence
GRAM = 4


def find_watermarks(lines: Sequence[Line], told: str = "") -> set[int]:
    """Indices of lines that are pieces of a watermark, one or few letters a line, on several pages.

    One page is enough where the pieces spell a house's name (國/立/…/大/學), or the user told the text (``told``).
    """
    runs = [run for run in _letter_runs(lines) if not _is_headed(lines, run[0])]
    texts = ["".join(squashed(lines[i].text) for i in run) for run in runs]
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(grams(text, GRAM)))
    known = squashed(told)
    # The end of a note may stand before the mark on two pages by chance, and a table have the same cells twice.
    often = max(2, 0.6 * len(runs), len(lines) / RARE)
    shared = {gram for gram, n in counts.items() if n >= often} | set(grams(known, GRAM))
    out: set[int] = set()
    found: list[list[int]] = []
    for run, text in zip(runs, texts, strict=True):
        covered = coverage(text, shared, GRAM)
        if not any(covered):
            out.update(_house_mark(run, lines))
        at, pieces = 0, []
        for i in run:
            length = len(squashed(lines[i].text))
            if sum(covered[at : at + length]) >= 0.8 * length:
                pieces.append(i)
            at += length
        if len(pieces) >= WATERMARK_LINES:  # fewer are a running head that came out in pieces
            found.append(pieces)
    if known or any(_spells_house(lines, pieces) for pieces in found) or _comes_again(lines, found):
        out.update(*found)
    return out


def _comes_again(lines: Sequence[Line], found: Sequence[Sequence[int]]) -> bool:
    """Whether letters that name no house are a mark all the same: each page has them, and on some they part a sentence.

    The cells of small tables come again, too, but the text before a table has come to an end.
    """
    if len(found) * PAGE < len(lines):
        return False
    among = {i for pieces in found for i in pieces}
    cutting = find_cutting(lines, among, usual_measure(lines) - 2)
    return sum(not cutting.isdisjoint(pieces) for pieces in found) >= max(1, CUT_SHARE * len(found))


def find_overlay(lines: Sequence[Line], told: str = "") -> frozenset[int]:
    """Where the lines of watermarks begin in the source: these places stay when other lines go."""
    return frozenset(lines[i].start for i in find_watermarks(lines, told))


def _house_mark(run: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """The lines of a run that together name an institution, not just one of them: a table's cells say whole words.

    Numbers and the ends of sentences before and behind them are none of it.
    """
    for is_piece, part in groupby(run, key=lambda i: not _SAID.search(lines[i].text)):
        pieces = list(part) if is_piece else []
        if len(pieces) >= HOUSE_PIECES and _spells_house(lines, pieces):
            return pieces
    return []


def _spells_house(lines: Sequence[Line], pieces: Sequence[int]) -> bool:
    """Whether lines name an institution together; beside one that does so alone, as a cell may, the others must, too."""
    texts = [squashed(lines[i].text) for i in pieces]
    return HOUSE.search("".join(text for text in texts if not HOUSE.search(text))) is not None


def find_stamps(layout: Layout) -> set[int]:
    """Indices of lines that say the same in the middle of most pages: a watermark in words, a label above the notes.

    What stands at the pages' edges only is a running head; what mostly follows closed sentences may be the text's own.
    """
    lines, pages = layout.lines, layout.pages
    if len(pages) < STAMP_PAGES:
        return set()
    said: dict[str, list[tuple[int, int]]] = {}  # (page, line) by what a line says
    for n, page in enumerate(pages):
        for i in range(page.first, page.last):
            if len(text := lines[i].text) <= STAMP_LENGTH:
                said.setdefault(text, []).append((n, i))
    least = max(STAMP_PAGES, STAMP_SHARE * len(pages))
    often = [
        places
        for text, places in said.items()
        if len(places) >= least and _LETTER.search(text) and not _PAUSE.search(text)
    ]
    often = [places for places in often if len({page for page, _ in places}) == len(places)]
    among = {i for places in often for _, i in places}
    cutting = find_cutting(lines, among, usual_measure(lines) - 2) if among else set()
    out: set[int] = set()
    for places in often:
        inner = [i for n, i in places if pages[n].first < i < pages[n].last - 1]
        if len(inner) >= least and 2 * len(cutting.intersection(inner)) > len(inner):
            out.update(i for _, i in places)
    return out


def find_cutting(lines: Sequence[Line], among: Container[int], full: float) -> set[int]:
    """Those of the lines ``among`` before which the text runs on: its line is as wide as ``full``, no sentence ends with it."""
    out: set[int] = set()
    runs_on = False
    for i, line in enumerate(lines):
        if i not in among:
            runs_on = runs_on if line.text.isdigit() else line.width >= full and not ENDED.search(line.text)
        elif runs_on:
            out.add(i)
    return out


def _letter_runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Runs of neighbouring lines of very few characters, with a longer line between them here and there, the words of a name."""
    run: list[int] = []
    short = skipped = 0
    for i, line in enumerate(lines):
        length = len(line.text) if len(line.text) <= 3 else len(squashed(line.text))
        if length <= 3:
            run.append(i)
            short, skipped = short + 1, 0
        elif (
            run
            and length <= BRIDGE
            and skipped < (3 if line.text.isascii() else 2)
            and not _DIGIT.search(line.text)
            and line.text[-1] not in f"{STOPS}{PAUSES}"
        ):
            run.append(i)
            skipped += 1
        elif run:
            if short >= WATERMARK_LINES:
                yield run
            run, short, skipped = [], 0, 0
    if short >= WATERMARK_LINES:
        yield run


def _is_headed(lines: Sequence[Line], i: int) -> bool:
    """Whether a line stands below a table's caption, with nothing but short lines between: cells, which other tables have, too."""
    above = range(i - 1, max(-1, i - 1 - CELLS), -1)
    long = next((k for k in above if len(lines[k].text) > CELL or lines[k].text[0] == "表"), -1)
    return long >= 0 and lines[long].text[0] == "表" and is_caption(lines[long].text)
