"""Printed lines that came out in pieces: some extractors break a line where its spaces were widened.

Comes in: a layout without furniture. Goes out: the same with such pieces put together again; a blank line stood between them. Refused:
short lines that stand by themselves (a title, an author), a line that ends a sentence, a break where no space can stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.han import FORMAL
from pipeline.recovery.notes.numbers import label_number
from pipeline.recovery.page_dump.captions import SOURCE
from pipeline.recovery.page_dump.front_lines import is_label_line
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page, measure_of
from pipeline.recovery.page_dump.pages.widths import width_of
from pipeline.recovery.wording.entries import counts_on
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.letters import is_han, is_latin, known_pairs
from pipeline.recovery.wording.marks import HAN_CLOSERS, NEVER_FIRST
from pipeline.recovery.wording.numerals import value_of
from pipeline.recovery.wording.section_names import LETTERSPACED_NAMES

_ENDED = re.compile(rf"[{HAN_CLOSERS})：:*＊]\s?[0-9]{{0,3}}$")
_DATED = re.compile(r"[年月日世]|到|至")
_WHITE = re.compile(r"\s")
_HAN = re.compile("[\u3400-\u9fff]")
_NUMERAL = re.compile(
    rf"[一二三四五六七八九十]{{1,3}}|[{FORMAL}]{{1,2}}|[表圖图]\s?(?:[一二三四五六七八九十]{{1,3}}|[0-9]{{1,2}}(?:[-.][0-9]{{1,2}})?)"
)
WANTING = 4.0  # em that pieces together may want of the measure: an indent that was lost, and a word that did not fit
TINY = 2.5  # em: so short a piece stands by itself nowhere but in a line that was torn
FRONT = 12  # lines at the beginning, where names may be as short
BULLETS, LISTED = "o•●○◦▪■□◆◇§\uf0a7\uf0b7", 3  # and so many alone at least
_ENTRY = re.compile(r"([0-9]{1,2})[.．](?:\s|$)")
_LABEL = re.compile(r"第\s?([一二三四五六七八九十百]{1,5}|[0-9]{1,3})\s?[條条]|((?:1[5-9]|20)[0-9]{2})\s?年")
LABEL = 8  # characters of a label, at most
SENTENCE = 18.0  # em of a line that begins a sentence, if it does not end one
_JOINED = re.compile(rf"(?:{_LABEL.pattern})  ")
_AMOUNT = re.compile("[0-9]+(?:[.,][0-9]+)*[%％]?")
CLOSE = 8  # lines from one number of an entry to the next
SPELT = 4  # so many lines of one character each
MANY, DIFFERENT = 8, 0.6  # so many, and so many of them different
LEAST = 0.55  # of the measure: a printed line that runs on is at least as full, its spaces were wider


def mend_lines(layout: Layout) -> Layout:
    """The layout with its broken lines whole."""
    layout = join_letters(layout)
    lines = layout.lines
    if layout.spread or sum(1 for line in lines if line.gap) < 4:
        return layout
    measure = measure_of(lines)
    return _merged(layout, lambda i, page: _end_of_pieces(lines, i, page, measure))


def join_letters(layout: Layout) -> Layout:
    """The layout with the lines whole that came out letter by letter: a line end within a paragraph stretches a justified line.

    A mark that begins no line stands alone among them, or the text has most of their pairs elsewhere, or they are many and hardly
    one comes again: no column of a table.
    """
    single = [_is_letter(line) for line in layout.lines]
    if sum(single) < SPELT:
        return layout
    lines = layout.lines
    behind = (i for i in range(1, len(lines)) if single[i - 1] and single[i])
    pairs = known_pairs(layout.source, {lines[i - 1].text + lines[i].text for i in behind})

    def end_of(i: int, page: Page) -> int:
        if not single[i] or (i > page.first and single[i - 1]):
            return i + 1  # behind the first of a run this one was asked already
        end = next((k for k in range(i, page.last) if not single[k]), page.last)
        text = "".join(line.text for line in lines[i:end])
        known = sum(a + b in pairs for a, b in pairwise(text))
        torn = any(char in NEVER_FIRST for char in text[1:]) or known * 2 >= len(text)
        torn = torn or (len(text) >= MANY and len(set(text)) >= DIFFERENT * len(text))
        return end if end - i >= SPELT and torn else i + 1

    return _merged(layout, end_of)


def _is_letter(line: Line) -> bool:
    return len(line.text) == 1 and (is_han(line.text) or line.text in NEVER_FIRST)


def join_numbers(layout: Layout) -> Layout:
    """The layout with the number of each heading before its title, and each bullet or number before its entry, that had lines of their own,
    and with the two characters of a label («摘　要») on one.

    Running heads say the headings again.
    """
    lines = layout.lines
    bullets = _bullets(lines)
    spelt = _spelt(lines)
    if not bullets and not spelt and not any(_is_number(line.text) for line in lines):
        return layout
    measure = measure_of(lines)

    def joins(i: int) -> bool:
        if i in bullets:
            return i + 1 not in bullets and not lines[i + 1].feed and len(lines[i + 1].text) > 1
        if i and lines[i].text != lines[i - 1].text and _is_number(lines[i - 1].text):
            return False  # the titles of two numbers stand below both: which is whose the heads tell
        return i in spelt or _is_numbered(lines[i], lines[i + 1], measure)

    return _merged(layout, lambda i, page: i + 1 + (i + 1 < page.last and joins(i)))


def _spelt(lines: Sequence[Line]) -> set[int]:
    """The lines that are the first of two characters of a label, far apart as they were set, with no other single one beside them."""
    single = [len(line.text) == 1 for line in lines]
    return {
        i
        for i in range(len(lines) - 1)
        if single[i : i + 3] in ([True, True, False], [True, True])
        and not (i and single[i - 1])
        and lines[i].text + lines[i + 1].text in LETTERSPACED_NAMES
    }


def _bullets(lines: Sequence[Line]) -> set[int]:
    """The lines that are only a bullet, where they are several, or the number of an entry near the one before or behind."""
    single = [(i, line.text) for i, line in enumerate(lines) if len(line.text) == 1]
    out = {i for i, text in single if text in BULLETS}
    if sum(text.isascii() and text.isalpha() and text != "o" for _, text in single) >= LISTED:
        out = {i for i in out if lines[i].text != "o"}  # it is a letter of a mark, as these are
    if len(out) < LISTED:
        out = set()
    numbers = [
        (i, int(match[1]))
        for i, line in enumerate(lines)
        if line.text[0].isdigit() and (match := _ENTRY.match(line.text)) is not None
    ]
    alone = {i for i, _ in numbers if _ENTRY.fullmatch(lines[i].text)}
    for (i, a), (k, b) in pairwise(numbers):
        if b == a + 1 and (i in alone) < k - i <= CLOSE:  # a number has its entry below it
            out |= alone & {i, k}
    stacked = {i for i in alone if alone & {i - 1, i + 1}}  # their entries stand below the last of them
    return out - stacked | _labels(lines)


def _labels(lines: Sequence[Line]) -> set[int]:
    """The lines that are only the label of an article («第一條») or of a chronology's entry («1904 年»), near one that comes before or
    behind, and stand apart from a sentence.
    """
    found = [
        (i, value_of(match[1] or match[2]), match[1] is None)
        for i, line in enumerate(lines[:-1])
        if len(line.text) <= LABEL and (match := _LABEL.fullmatch(line.text)) is not None
        if lines[i + 1].gap and (lines[i + 1].text[-1] in HAN_CLOSERS or lines[i + 1].width > SENTENCE)
    ]
    out: set[int] = set()
    for (i, a, years), (k, b, others) in pairwise(found):
        if years is others and (a <= b if years else b == a + 1) and k - i <= CLOSE:
            out |= {i, k}
    return out


def _merged(layout: Layout, end_of: Callable[[int, Page], int]) -> Layout:
    """The layout with the lines from each up to the end that ``end_of`` tells as one, as far as nothing stands between them."""
    lines = layout.lines
    merged: list[Line] = []
    pages: list[Page] = []
    for page in layout.pages:
        first = len(merged)
        i = page.first
        while i < page.last:
            end = end_of(i, page)
            end = next(
                (k for k in range(i + 1, end) if not _touch(layout.source, *lines[k - 1 : k + 1])), end
            )
            merged.append(_whole(layout.source, lines[i:end]) if end - i > 1 else lines[i])
            i = end
        pages.append(Page(first, len(merged), page.number))
    return replace(layout, lines=tuple(merged), pages=tuple(pages))


def _touch(source: str, a: Line, b: Line) -> bool:
    """Whether only white space stands between two lines: a line moved elsewhere, or out of the text, is no part of them."""
    return a.end <= b.start and not source[a.end : b.start].strip()


def _end_of_pieces(lines: Sequence[Line], first: int, page: Page, measure: float) -> int:
    """Where the pieces that begin at line ``first`` end; right behind it when it is whole."""
    end, width = first + 1, lines[first].width
    while end < page.last and lines[end].gap and _may_join(lines[end - 1], lines[end]):
        if label_number(lines[end - 1].text) and end - first == 1 and not _DATED.match(lines[end].text):
            break  # the label of a note and its body
        if width + 0.5 + lines[end].width > measure + 1.5:
            break
        width += 0.5 + lines[end].width
        end += 1
    while end - first > 1 and lines[end - 1].text.isdigit():  # a number ends no sentence: it may be a label
        end -= 1
    if end - first == 1 or width < LEAST * measure or _is_cell(lines, first, page, measure):
        return first + 1
    above = first > page.first and not lines[first].gap and _runs_on(lines[first - 1], measure)
    below = end < page.last and not lines[end].gap and lines[end].width > 0.8 * measure
    last = lines[first].text[-1]
    dated = lines[first].text.isdigit() and _DATED.match(lines[first + 1].text) is not None
    whole = (
        first > FRONT
        and width >= measure - WANTING
        and any(_HAN.search(lines[i].text) for i in range(first, end))
    )
    attached = above or dated or whole or (below and (is_han(last) or not last.isalpha()))
    tiny = (
        end - first >= 3
        and width >= 0.75 * measure
        and any(lines[i].width <= TINY for i in range(first, end))
    )
    return end if attached or (tiny and first > FRONT) else first + 1


def _is_cell(lines: Sequence[Line], i: int, page: Page, measure: float) -> bool:
    """Whether a line stands right below a short one that ends no sentence: in a column, and no line of the text begins so."""
    above = lines[i - 1] if i > page.first and not lines[i].gap else None
    return above is not None and above.width < LEAST * measure and not _ENDED.search(above.text)


def _is_numbered(number: Line, title: Line, measure: float) -> bool:
    """Whether a line is only the number of the heading, or of the table or figure, named behind a blank line."""
    if (
        not title.gap
        or title.rule
        or title.indent > 2
        or not _is_number(number.text)
        or _is_number(title.text)
    ):
        return False
    return title.width < 0.8 * measure and title.text[-1] not in "。，；：！？」" and len(title.text) > 1


def _is_number(text: str) -> bool:
    """Whether a line is the number of a heading or of a table and nothing else.

    >>> [_is_number(text) for text in ("二", "表 3", "第二章", "第二章　河道", "第二次")]
    [True, True, True, False, False]
    """
    if _NUMERAL.fullmatch(text):
        return True
    mark = heading_mark(text) if text[0] == "第" else None
    return mark is not None and mark.is_all_of(text)


def _runs_on(line: Line, measure: float) -> bool:
    return line.width > 0.8 * measure and not _ENDED.search(line.text)


def _may_join(a: Line, b: Line) -> bool:
    """Whether a space can have stood between: beside a word or number, in the middle of a sentence."""
    dated = a.text[-1].isdigit() and _DATED.match(b.text)
    if (label_number(b.text) and not b.text.isdigit()) or SOURCE.match(b.text) or is_label_line(b.text):
        return False
    if (_AMOUNT.fullmatch(a.text) and _AMOUNT.fullmatch(b.text)) or _JOINED.match(b.text):
        return False  # two cells of a table; a label that was put before its entry
    if (
        counts_on(a.text, b.text)
        or (_ENDED.search(a.text) and not dated)
        or b.rule
        or b.indent > 2
        or heading_mark(a.text)
        or heading_mark(b.text)
    ):
        return False
    return is_latin(a.text[-1]) or is_latin(b.text[0])


def _whole(source: str, pieces: Sequence[Line]) -> Line:
    """The pieces as one line; where they were apart its text has spaces, one for each character of the source."""
    first, last = pieces[0], pieces[-1]
    text = _WHITE.sub(" ", source[first.start : last.end])
    return first._replace(
        end=last.end, after=last.after, text=text, em=width_of(text), trailing=last.trailing
    )
