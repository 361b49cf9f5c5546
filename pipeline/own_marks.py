"""How a recognised text marks its notes where it marks them as no other does: ``※1``, ``$_{1}$``, ``<sub>1</sub>``, ``1)``.

Comes in: a text. Goes out: what its calls and its bodies look like, learned from the text: the same signs around numbers again and again,
behind words, and the same ones, or others, around numbers that begin lines, count on and have each been called since. Refused: numbers that
no line answers, and texts that mark notes in a way that ``note_signs`` knows.

Below all rooms, as ``note_signs`` is, because reading, lines and recovery ask the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, pairwise

from pipeline.note_signs import STRONG_CALLS, WEAK_CALLS

_ONE_SIGN = r"[^\s0-9A-Za-z\u00c0-\u024f\u0370-\u04ff\u3000-\u9fff\uff00-\uffef.,;:!?…—–“”‘’\"'%/-]"
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z.,])(?:(?<={_ONE_SIGN})[1-9][0-9]{{0,2}}|[1-9][0-9]{{0,2}}(?={_ONE_SIGN}))(?![0-9A-Za-z.,%％年月日])"
)
_SIGN = rf"(?:</?[a-z]+\b[^<>\n]{{0,60}}>|{_ONE_SIGN})"
_BEFORE, _BEHIND = re.compile(rf"{_SIGN}{{0,6}}\Z"), re.compile(rf"{_SIGN}{{0,6}}")
_WORD_BEFORE = r"(?<=[\u3000-\u9fff\uff00-\uffef”’…])"  # a call stands behind words or their marks
_WORD = re.compile(rf"{_WORD_BEFORE}\Z")
_LINE_BEGIN = re.compile(r"(?:\A|\n)[ >\t]*\Z")
_TEXT = re.compile(r"[.．、:：]?[ \t\u3000]*[^\s0-9.．、:：]")
_DIGITS = re.compile(r"[0-9]+")
_KNOWN = [re.compile(call) for call in (*STRONG_CALLS, *WEAK_CALLS)]
_NEAR = 80  # characters of signs beside a number
_MANY = 5  # calls of a known kind, or notes of an unknown one


_Signs = tuple[str, str]  # before a number and behind it


@dataclass(frozen=True)
class OwnMarks:
    """The patterns of a call and of what a body begins with; each has the number as ``n``."""

    call: re.Pattern[str]
    body: re.Pattern[str]


@dataclass(frozen=True)
class _Place:
    start: int
    number: int
    begins: bool  # its line
    signs: _Signs


@lru_cache(maxsize=4)
def own_marks(text: str) -> OwnMarks | None:
    """The marks that a text shows by itself; none where it uses known ones.

    >>> text = "\\n".join(f"渡口※{n}早就廢了。\\n\\n※{n} 《渡口志》。\\n" for n in range(1, 7))
    >>> found = own_marks(text)
    >>> [m["n"] for m in found.call.finditer(text)] if found else []
    ['1', '2', '3', '4', '5', '6']
    """
    if _uses(text, _KNOWN[0]):
        return None  # the commonest; the others take longer to ask for
    found = _answering(text)
    if found is None or any(_uses(text, known) for known in _KNOWN[1:]):
        return None
    call, body = found
    gap = r"[.．、:：]?[ \t\u3000]*(?=\S)"
    return OwnMarks(re.compile(_WORD_BEFORE + _dressed(call)), re.compile(rf"[ \t]*{_dressed(body)}{gap}"))


def answers_itself(text: str) -> bool:
    """Whether a text shows notes, in whatever signs but brackets, which lists of sources and examples have, too."""
    found = _answering(text)
    return found is not None and not {"[", "("} & set(found[0][0])


@lru_cache(maxsize=4)
def _answering(text: str) -> tuple[_Signs, _Signs] | None:
    """The signs around the numbers that call and around those that answer most of them."""
    places = _places(text)
    kinds = Counter((place.begins, place.signs) for place in places)
    often = [kind for kind, count in kinds.most_common() if count >= _MANY]
    found = [
        (answered, call, body)
        for begins, call in often
        for also, body in often
        if also and not begins and (answered := _answered(places, call, body))
    ]
    return max(found)[1:] if found else None


def _uses(text: str, call: re.Pattern[str]) -> bool:
    """Whether a text has many calls of a kind."""
    return len(list(islice(call.finditer(text), _MANY))) == _MANY


def _places(text: str) -> list[_Place]:
    """The numbers that signs stand beside, behind words or where lines begin with text behind them."""
    found = []
    for m in _NUMBER.finditer(text):
        around = text[max(0, m.start() - _NEAR) : m.start()]
        before = _BEFORE.search(around)
        behind = _BEHIND.match(text, m.end())
        if before is None or behind is None or not (before.group() or behind.group()):
            continue
        begin = around[: before.start()]
        is_begin = _LINE_BEGIN.search(begin) is not None or (not begin and m.start() < _NEAR)
        if _TEXT.match(text, behind.end()) if is_begin else _WORD.search(begin):
            signs = _DIGITS.sub("0", before.group()), _DIGITS.sub("0", behind.group())
            found.append(_Place(m.start(), int(m.group()), is_begin, signs))
    return found


def _answered(places: Sequence[_Place], call: _Signs, body: _Signs) -> int:
    """How many bodies tell what was called since the last of their number; 0 where these are too few, or do not count on."""
    called: dict[int, int] = defaultdict(int)
    told: list[int] = []
    calls = answered = 0
    for place in places:
        if not place.begins and place.signs == call:
            called[place.number] += 1
            calls += 1
        elif place.begins and place.signs == body:
            told.append(place.number)
            answered += called.pop(place.number, 0) > 0
    steps = sum(b in (a + 1, 1) for a, b in pairwise([0, *told]))
    are_most = answered * 10 >= 8 * max(calls, len(told)) and steps * 10 >= 8 * len(told)
    return answered if answered >= _MANY and are_most else 0


def _dressed(signs: _Signs) -> str:
    """The pattern of a number with these signs; digits in tags may be any."""
    before, behind = ("[0-9]+".join(map(re.escape, sign.split("0"))) for sign in signs)
    return rf"{before}(?P<n>[0-9]{{1,3}}){behind}"
