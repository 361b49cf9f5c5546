"""What in a line could be a note's call?

Comes in: plain strings. Goes out: marks with places and weights. Refused: deciding. A digit is a call because the
sequence of all calls and bodies needs it there (``sequences``); what a line says is only its weight (``weights``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from pipeline.location import make
from pipeline.recovery.notes.numbers import (
    CALL_MARKS,
    CALL_SIGN,
    CIRCLED,
    CIRCLES,
    Mark,
    MarkStyle,
    number_of,
)
from pipeline.recovery.notes.units import UNIT, is_own_number
from pipeline.recovery.notes.weights import NEVER, weigh_call, weigh_letters

STRONG = 3.0  # weight of a call that nothing but the run of numbers proves
GUESSED = -5.0  # weight of one glued to a number of which nothing says that it is not longer: see ``binding``
_GLUES = tuple("。！？，；」』）")  # behind one of these a number may well be two
WHOLE = 2.5  # speaks against a call glued to a number that is one with it
_LAYER = re.compile(rf"(?:[、，—–～~至和及與与][{CIRCLED}])*[层層]")  # of a dig
_OPENED, _CLOSED = tuple("（(［[〔【"), tuple("）)］]〕】")
_COUNTS = re.compile(r"\s?[\u3400-\u9fff]")  # behind a number of the text
_FIND = re.compile("[：:][0-9]")
_DIGITS = re.compile(r"[1-9][0-9]{1,6}")
_LABELS = {size: re.compile(rf"([0-9]{{{size}}})()") for size in (1, 2, 3)}
# A line's end may cut these in two.
_PARTED = (MarkStyle.BARE, MarkStyle.BRACKET, MarkStyle.PAREN, MarkStyle.WORD)
# Asked of every line; to ask the class each time takes as long as a call.
_BARE, _WORD, _MIXED, _CIRCLED = MarkStyle.BARE, MarkStyle.WORD, MarkStyle.MIXED, MarkStyle.CIRCLED
_NUMBERED = (_BARE, MarkStyle.DOT, _MIXED)

_Wanted = Callable[[int], bool]  # whether a number may call a note at all


class _Here(NamedTuple):
    """A line with its number, its page and the texts of the lines beside it."""

    text: str
    line: int
    page: int
    before: str
    behind: str

    def mark(self, value: int, start: int, end: int, weight: float, tail: int = 0) -> Mark:
        """The number ``value`` at ``start`` to ``end``, with ``tail`` characters of it on the next line."""
        return make(Mark, (value, (self.line, start), end - start, weight, self.page, tail))


def call_marks(
    text: str,
    style: MarkStyle,
    line: int = 0,
    page: int = 0,
    before: str = "",
    behind: str = "",
    wanted: _Wanted = lambda _: True,
) -> Iterator[Mark]:
    """What in ``text`` could be a call. ``before`` and ``behind`` are the neighbouring lines' text."""
    if style is _WORD and not ("註" in text or "注" in text or "註" in behind[:6] or "注" in behind[:6]):
        return
    here = _Here(text, line, page, before, behind)
    if behind and style in _PARTED and (style is not _BARE or text[-1:].isdigit()):
        yield from _parted_marks(here, style, wanted)
    if style is _MIXED:
        yield from call_marks(text, MarkStyle.CIRCLED, line, page, before, behind, wanted)
        wanted = _above(CIRCLES, wanted)
    if style in _NUMBERED:
        yield from _plain_marks(here, style, wanted)
    elif CALL_SIGN.search(text) is not None:
        yield from _signed_marks(here, style, wanted)


def _signed_marks(here: _Here, style: MarkStyle, wanted: _Wanted) -> Iterator[Mark]:
    """Numbers in circles, brackets or behind «註»."""
    for match in CALL_MARKS[style].finditer(here.text):
        value = number_of(match[1])
        start, end = match.span()
        if not start and here.before[-1:] in _OPENED and match[0][-1] in _CLOSED:
            continue  # the bracket before it ends the line above: see ``_parted_marks``
        if style is _WORD and match[1].isdecimal():
            yield from _glued_words(here, match, wanted)
        if 0 < value < 1000 and wanted(value):
            weight = NEVER if style is _CIRCLED and _numbers_layer(here.text, start, end) else 5.0
            weight = weigh_letters(here.text, start, end) if style is MarkStyle.ROMAN else weight
            yield here.mark(value, start, end, weight)


def _plain_marks(here: _Here, style: MarkStyle, wanted: _Wanted) -> Iterator[Mark]:
    """Numbers in digits or letters, and those glued to a number of the text."""
    for match in CALL_MARKS[style].finditer(here.text):
        run, (start, end) = match.group(), match.span()
        if (value := number_of(run)) and len(run) <= 3 and run[0] != "0" and wanted(value):
            # Letters are no number of the text, whatever stands beside them: 圖ct1956年 is note 29 and a year.
            weight = (
                weigh_letters(here.text, start, end)
                if run.isalpha()
                else weigh_call(here.text, start, end, here.before, here.behind)
            )
            yield here.mark(value, start, end, weight)
        if len(run) > 1 and run.isdigit() and run[0] != "0":
            yield from _glued_marks(here, start, run, wanted)


def _numbers_layer(text: str, start: int, end: int) -> bool:
    """Whether a circled number is an ordinal or that of a layer of a dig, alone or in the number of a find.

    >>> [_numbers_layer(text, text.index("③"), text.index("③") + 1) for text in ("第③層", "②、③層", "T0308③：116", "陶鉢③：")]
    [True, True, True, False]
    """
    left = text[start - 1 : start]
    coded = left.isascii() and left.isalnum()
    return (
        left == "第" or _LAYER.match(text, end) is not None or (coded and _FIND.match(text, end) is not None)
    )


def _above(least: int, wanted: _Wanted) -> _Wanted:
    return lambda value: value > least and wanted(value)


def _glued_marks(here: _Here, start: int, run: str, wanted: _Wanted) -> Iterator[Mark]:
    """Calls glued to a number of the text: ``221981年`` is 22 and 1981."""
    text, end = here.text, start + len(run)
    # No number of the text is divided: another one, mostly a note's, begins the next line.
    behind = "" if here.behind[:1].isdigit() else here.behind
    following = (text[end : end + 6] + behind)[:6]
    is_whole = len(run) < 4 and is_own_number(run, following)  # «19日»
    if is_whole and text[start - 1 : start] in ("年", "月"):
        return  # «5月31日»
    counts = (text[:start] or here.before)[-1:] in _GLUES and _COUNTS.match(following) is not None
    for size, value, rest in _divided(run, wanted):
        if is_own_number(rest, following):
            weight = weigh_call(text, start, start + size, here.before, behind, glued=True)
            yield here.mark(value, start, start + size, weight - (WHOLE if is_whole else 1))
        elif counts:
            yield here.mark(value, start, start + size, GUESSED)


def _glued_words(here: _Here, match: re.Match[str], wanted: _Wanted) -> Iterator[Mark]:
    """Calls behind «註» glued to a number of the text: 註29105 學年度 is 29 and 105."""
    following = (here.text[match.end() :] + here.behind)[:6]
    for size, value, rest in _divided(match[1], wanted):
        weight = 4.0 if is_own_number(rest, following) else STRONG
        yield here.mark(value, match.start(), match.start(1) + size, weight)


def _divided(run: str, wanted: _Wanted) -> Iterator[tuple[int, int, str]]:
    """Each wanted number of up to three digits that could begin a run, and the number that would be left of it."""
    for size in range(1, min(3, len(run) - 1) + 1):
        value, rest = int(run[:size]), run[size:]
        if value and rest[0] != "0" and wanted(value):
            yield size, value, rest


def glued_label(text: str) -> re.Match[str] | None:
    """A note's label at the beginning of a line, glued to the number that its note begins with; group 2 is empty.

    >>> [m[1] if (m := glued_label(text)) else "" for text in ("331898年", "25214日", "1945年", "1990年代", "12日")]
    ['33', '252', '', '', '']
    """
    run = _DIGITS.match(text)
    if run is None or len(run[0]) < 3:
        return None
    behind = text[run.end() : run.end() + 6]
    if is_own_number(run[0], behind) and behind.lstrip()[:1] not in ("月", "日"):
        return None  # a year
    sizes = range(min(3, len(run[0]) - 2), 0, -1)
    return next((_LABELS[n].match(text) for n in sizes if is_own_number(run[0][n:], behind)), None)


def _parted_marks(here: _Here, style: MarkStyle, wanted: _Wanted) -> Iterator[Mark]:
    """A call that the line's end cut in two."""
    text, behind = here.text, here.behind
    if style is not _BARE:
        left, whole = text[-6:], text[-6:] + behind[:6]
        for match in CALL_MARKS[style].finditer(whole):
            start = len(text) - len(left) + match.start()
            if match.start() < len(left) < match.end() and (value := number_of(match[1])) and wanted(value):
                yield here.mark(value, start, len(text), 4.0, match.end() - len(left))
    elif text[-1:].isdigit() and behind[:1].isdigit():
        one, two = re.search(r"[0-9]+$", text), re.match(r"[0-9]+", behind)
        if one and two and len(one[0]) + len(two[0]) in (2, 3) and one[0][0] != "0":
            value = int(one[0] + two[0])
            if wanted(value) and not UNIT.match(behind[two.end() :]):
                weight = weigh_call(text, one.start(), len(text), here.before, glued=True) - 1.5
                yield here.mark(value, one.start(), len(text), weight, two.end())
