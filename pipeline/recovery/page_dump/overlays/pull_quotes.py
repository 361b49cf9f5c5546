"""Pull quotes: columns of short lines, set into the page, that repeat what the text says, word by word or shortened.

Comes in: lines of a layout. Goes out: runs of lines to take away. Refused: lines that the text does not say, however short, but at a
page's end a long even column inside a sentence: some of what it says stands on pages that are not there.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.recovery.page_dump.endings import ENDED
from pipeline.recovery.page_dump.overlays.grams import coverage, grams
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.page_dump.pages.widths import whole_widths
from pipeline.recovery.wording.letters import is_han, is_mostly_han

_ENTRY = "0123456789+-|*$#_.•"  # what entries, tables drawn with signs and commands begin with
PULL_LINES = 4
PULL_WIDTH = 0.5  # of the measure
PULL_SAID = 0.6  # this much of a pull quote is said in the text
PULL_GRAM = 5
RETOLD = 0.75  # of a shortened one, this much stands on the pages around it, …
RETOLD_GRAM = 4
RETOLD_SIZE = 60  # … where it has so many characters
NEAR = 80  # lines before and behind it, two pages
EVEN = 1.25  # em by which its lines differ from most
FULL = 1.0  # em short of the measure is a full line
SET_IN = 8  # lines that are as wide as each other, inside a sentence
SET_IN_SAID = 0.25  # of what they say
FEW = 400  # so few pieces are looked for one by one faster than among all pieces of the text
SAMPLE = 800  # characters that show what script the text is in


class PullQuote(NamedTuple):
    """Lines ``first`` up to ``last``; ``told``: the text says them."""

    first: int
    last: int
    told: bool


def find_pull_quotes(lines: Sequence[Line], measure: float, starts: Container[int]) -> list[PullQuote]:
    """Runs of short lines, set as a narrow column, that repeat what the text says.

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
    said_at = [i not in inside and (wide[i] or (i > 0 and wide[i - 1])) for i in range(len(lines))]
    body = _text_of(lines, said_at, 0, len(lines))
    texts = ["".join(line.text for line in lines[first:last]) for first, last in runs]
    asked = {gram for text in texts for gram in grams(text, PULL_GRAM)}
    if len(asked) <= FEW:
        said = {gram for gram in asked if gram in body}
    else:
        said = asked.intersection(grams(body, PULL_GRAM))
    out = []
    for (first, last), text in zip(runs, texts, strict=True):
        if text.isascii() and not body[:SAMPLE].isascii():
            continue  # commands, which the text says again
        if _is_the_texts(lines[last - 2], lines[last - 1], said):
            last -= 1
            text = text[: -len(lines[last].text)]
        covered = coverage(text, said, PULL_GRAM)
        share = sum(covered) / len(covered)
        told = (share >= PULL_SAID and _runs_on(lines[first:last], said)) or _retells(
            text, _text_of(lines, said_at, first - NEAR, last + NEAR)
        )
        if told or (share >= SET_IN_SAID and _is_set_in(lines, first, last, measure, starts)):
            out.append(PullQuote(first, last, told))
    return out


def _is_set_in(lines: Sequence[Line], first: int, last: int, measure: float, starts: Container[int]) -> bool:
    """Whether an even column stands at its page's end behind a full line that breaks off inside a sentence."""
    above, rows = lines[first - 1], lines[first : last - 1]
    widths = [line.width for line in rows]
    even = max(widths) - min(widths) <= 2 * EVEN
    ends = last == len(lines) or last in starts
    cut = first > 0 and above.width >= measure - FULL and is_han(above.text[-1])
    is_column = len(rows) >= SET_IN and even and is_mostly_han("".join(line.text for line in rows))
    return is_column and ends and cut


def _text_of(lines: Sequence[Line], said_at: Sequence[bool], first: int, last: int) -> str:
    """What the text says between two lines."""
    return "".join(lines[i].text for i in range(max(0, first), min(last, len(lines))) if said_at[i])


def _retells(text: str, near: str) -> bool:
    """Whether the pages around it have nearly all its words: an editor has shortened the author's sentences."""
    if len(text) < RETOLD_SIZE or not is_mostly_han(text):
        return False
    told = coverage(text, set(grams(near, RETOLD_GRAM)), RETOLD_GRAM)
    return sum(told) >= RETOLD * len(told)


def _own_part(lines: Sequence[Line], first: int, last: int) -> tuple[int, int]:
    """A column without the end of the text's own paragraph, by chance as long as the column is wide."""
    closed = first and ENDED.search(lines[first].text) and not ENDED.search(lines[first - 1].text)
    return first + 1 if closed else first, last


def _is_the_texts(above: Line, line: Line, said: set[str]) -> bool:
    """Whether a line behind the end of a sentence says nothing again: the text goes on below the column, which had ended."""
    return ENDED.search(above.text) is not None and not any(coverage(line.text, said, PULL_GRAM))


def _may_be_pulled(lines: Sequence[Line], run: tuple[int, int]) -> bool:
    """Whether not nearly every line of a run is a sentence or a clause: an entry, a verse, a short note."""
    size = run[1] - run[0]
    ended = sum(line.text[-1] in "；：" or ENDED.search(line.text) is not None for line in lines[slice(*run)])
    return size >= PULL_LINES - 1 and ended <= 0.6 * size


def _runs_on(lines: Sequence[Line], said: Container[str]) -> bool:
    """Whether the text says most of these lines one behind the other, all the way over the line's end.

    Entries of a list it says one here, one there, and of two lines of code it may have a few signs together.
    """
    reach = PULL_GRAM - 1
    joins = [(a.text[-reach:], b.text[:reach]) for a, b in pairwise(lines)]
    told = sum(b[0] not in _ENTRY and all(gram in said for gram in grams(a + b, PULL_GRAM)) for a, b in joins)
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
    fits = [abs(w - usual) <= EVEN for w in widths]
    low, high = fits.index(True), len(fits) - fits[::-1].index(True)
    even = sum(fits[low:high]) >= 0.7 * (high - low)
    if high < len(widths) and widths[high] < usual:
        high += 1
    if high - low >= PULL_LINES and even and usual >= 5:
        yield first + low, first + high
