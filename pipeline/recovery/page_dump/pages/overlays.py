"""What was printed over or into the text and is none of it: watermarks and pull quotes.

Comes in: lines of a layout. Goes out: the indices of lines to take away. Refused: taking away anything that
does not recur (a watermark has to stand on several pages) or is not said elsewhere (a pull quote repeats
the text in short lines); length alone never decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from itertools import groupby, pairwise

from pipeline.recovery.letters import squashed
from pipeline.recovery.marks import PAUSES, STOPS
from pipeline.recovery.notes import CIRCLED
from pipeline.recovery.page_dump.captions import is_caption
from pipeline.recovery.page_dump.pages.layout import Layout, Line
from pipeline.recovery.page_dump.pages.widths import set_in, whole_widths

_ENDED = re.compile(rf"[{STOPS}][」』]?[\[［(（〔]?\s?[註注]?\s?(?:[0-9]{{1,3}}|[{CIRCLED}])?[\])）〕］]?$")
_ENTRY = "0123456789+-|*$#_.•"  # what entries, tables drawn with signs and commands begin with
_LETTER = re.compile(rf"[^\W\d_{CIRCLED}⁰¹²³⁴-⁹]")
_PAUSE = re.compile(f"[{STOPS}{PAUSES},;:]")
STAMP_PAGES = 3  # a mark in whole words stands on so many pages at least
STAMP_SHARE = 0.6  # and on so many of all
STAMP_LENGTH = 40  # characters, blanks between letters among them
_HOUSE = re.compile(
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
GRAM = 4
PULL_LINES = 4
PULL_WIDTH = 0.5  # of the measure
PULL_SAID = 0.6  # this much of a pull quote is said in the text
PULL_GRAM = 5
FEW = 400  # so few pieces are looked for one by one faster than among all pieces of the text


def measure_of(lines: Sequence[Line]) -> float:
    """The usual width of a full line in em: that in which most of the text is set."""
    widths = whole_widths([line.indent / 2 + line.em for line in lines if len(line.text) > 8])
    if not widths:
        return 0.0
    return float(max(set_in(widths), key=lambda w: (widths.get(w, 0), w)))


def find_watermarks(lines: Sequence[Line], told: str = "") -> set[int]:
    """Indices of lines that are pieces of a watermark, one or few letters a line, on several pages.

    One page is enough where the pieces spell a house's name (國/立/…/大/學), or the user told the text (``told``).
    """
    runs = [run for run in _letter_runs(lines) if not _is_headed(lines, run[0])]
    texts = ["".join(squashed(lines[i].text) for i in run) for run in runs]
    grams: Counter[str] = Counter()
    for text in texts:
        grams.update(set(_grams(text, GRAM)))
    known = squashed(told)
    # The end of a note may stand before the mark on two pages by chance, and a table have the same cells twice.
    often = max(2, 0.6 * len(runs), len(lines) / RARE)
    shared = {g for g, n in grams.items() if n >= often} | set(_grams(known, GRAM))
    out: set[int] = set()
    for run, text in zip(runs, texts, strict=True):
        covered = _coverage(text, shared, GRAM)
        if not any(covered):
            out.update(_house_mark(run, lines))
        at, pieces = 0, set()
        for i in run:
            length = len(squashed(lines[i].text))
            if sum(covered[at : at + length]) >= 0.8 * length:
                pieces.add(i)
            at += length
        if len(pieces) >= WATERMARK_LINES:  # fewer are a running head that came out in pieces
            out |= pieces
    return out


def _house_mark(run: Sequence[int], lines: Sequence[Line]) -> list[int]:
    """The lines of a run that together name an institution, where no single one does: a table's cells say whole words.

    Numbers and the ends of sentences before and behind them are none of it.
    """
    for is_piece, part in groupby(run, key=lambda i: not _SAID.search(lines[i].text)):
        pieces = [(i, squashed(lines[i].text)) for i in part if is_piece]
        named = _HOUSE.search("".join(text for _, text in pieces))
        if len(pieces) >= HOUSE_PIECES and named and not any(_HOUSE.search(text) for _, text in pieces):
            return [i for i, _ in pieces]
    return []


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
    cutting = find_cutting(lines, among, measure_of(lines) - 2) if among else set()
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
            runs_on = runs_on if line.text.isdigit() else line.width >= full and not _ENDED.search(line.text)
        elif runs_on:
            out.add(i)
    return out


def _letter_runs(lines: Sequence[Line]) -> Iterator[list[int]]:
    """Runs of neighbouring lines of very few characters, with a longer line between them here and there."""
    run: list[int] = []
    short = skipped = 0
    for i, line in enumerate(lines):
        length = len(line.text) if len(line.text) <= 3 else len(squashed(line.text))
        if length <= 3:
            run.append(i)
            short, skipped = short + 1, 0
        elif run and length <= BRIDGE and skipped < 2 and not re.search("[0-9]", line.text):
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


def _grams(text: str, size: int) -> Iterator[str]:
    return (text[i : i + size] for i in range(len(text) - size + 1))


def _coverage(text: str, grams: set[str], size: int) -> list[bool]:
    covered = [False] * len(text)
    for i, gram in enumerate(_grams(text, size)):
        if gram in grams:
            covered[i : i + size] = [True] * size
    return covered


def find_pull_quotes(lines: Sequence[Line], measure: float, starts: Container[int]) -> list[tuple[int, int]]:
    """Runs (first, last + 1) of short lines, set as a narrow column, that repeat what the text says.

    ``starts`` are the lines that pages begin with: no run goes over them.
    """
    if measure < 16:
        return []
    columns = list(_columns(lines, measure * PULL_WIDTH, starts))
    runs = [run for column in columns if _may_be_pulled(lines, run := _own_part(lines, *column))]
    if not runs:
        return []
    inside = {i for first, last in columns for i in range(first, last)}
    # A paragraph's last line may be short; other short lines are tables', which say the same.
    wide = [line.width > measure * PULL_WIDTH for line in lines]
    body = "".join(
        line.text for i, line in enumerate(lines) if i not in inside and (wide[i] or (i and wide[i - 1]))
    )
    texts = ["".join(line.text for line in lines[first:last]) for first, last in runs]
    asked = {gram for text in texts for gram in _grams(text, PULL_GRAM)}
    if len(asked) <= FEW:
        said = {gram for gram in asked if gram in body}
    else:
        said = asked.intersection(_grams(body, PULL_GRAM))
    out = []
    for (first, last), text in zip(runs, texts, strict=True):
        covered = _coverage(text, said, PULL_GRAM)
        if sum(covered) >= PULL_SAID * len(covered) and _runs_on(lines[first:last], said):
            out.append((first, last))
    return out


def _own_part(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """A column without the end of the text's own paragraph, by chance as long as the column is wide."""
    closed = first and _ENDED.search(lines[first].text) and not _ENDED.search(lines[first - 1].text)
    return first + 1 if closed else first, last


def _may_be_pulled(lines: Sequence[Line], run: tuple[int, int]) -> bool:
    """Whether not nearly every line of a run is a sentence: an entry, a verse, a short note."""
    size = run[1] - run[0]
    ended = sum(_ENDED.search(line.text) is not None for line in lines[slice(*run)])
    return size >= PULL_LINES - 1 and ended <= 0.6 * size


def _runs_on(lines: Sequence[Line], said: Container[str]) -> bool:
    """Whether the text says most of these lines one behind the other: entries of a list it says one here, one there."""
    reach = PULL_GRAM - 1
    joins = [(a.text[-reach:], b.text[:reach]) for a, b in pairwise(lines)]
    told = sum(
        b[0] not in _ENTRY and any(gram in said for gram in _grams(a + b, PULL_GRAM)) for a, b in joins
    )
    return told >= PULL_SAID * len(joins)


def _columns(lines: Sequence[Line], limit: float, starts: Container[int]) -> Iterator[tuple[int, int]]:
    """Runs of short lines most of which are equally wide: a column, not a list and not a table."""
    first = None
    for i in range(len(lines) + 1):
        narrow = i < len(lines) and lines[i].em <= limit and lines[i].width <= limit
        narrow = narrow and not lines[i].text.isdigit()  # a label of a note: no pull quote goes over it
        if first is not None and (not narrow or i in starts or _is_parted(lines, i)):
            yield from _even_part([lines[k].width for k in range(first, i)], first)
            first = None
        if narrow and first is None:
            first = i


def _is_parted(lines: Sequence[Line], i: int) -> bool:
    """Whether something parts a line from the one before: a rule, a gap, a paragraph's end."""
    return bool(
        lines[i].rule or lines[i].gap or (lines[i - 1].trailing and lines[i - 1].text[-1] in "。！？」")
    )


def _even_part(widths: Sequence[float], first: int) -> Iterator[tuple[int, int]]:
    """The lines of a run that are as wide as most, with one shorter line behind them."""
    if len(widths) < PULL_LINES:
        return
    usual = whole_widths(widths).most_common(1)[0][0]
    fits = [abs(w - usual) <= 1.25 for w in widths]
    low, high = fits.index(True), len(fits) - fits[::-1].index(True)
    even = sum(fits[low:high]) >= 0.7 * (high - low)
    if high < len(widths) and widths[high] < usual:
        high += 1
    if high - low >= PULL_LINES and even and usual >= 5:
        yield first + low, first + high
