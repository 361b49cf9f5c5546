"""Printed lines that came out in pieces: some extractors begin a new line behind whatever is raised.

Comes in: text lines with the calls at their ends. Goes out: ranges of them that were one printed line each. Refused: pieces
that together are wider than the text, and a joint where nothing is raised.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.location import record
from pipeline.recovery.page_dump.text.profile import Flow, Profile, excuse_of
from pipeline.recovery.wording.letters import is_han
from pipeline.recovery.wording.marks import CLOSERS, is_sentence_end

_LETTERS = re.compile("[A-Za-z\u0370-\u052f]")  # their widths say little
MOST = 8  # pieces of one printed line
SLACK = 1.5  # em by which a full line may differ from the measure
SPACE, LETTER = 0.25, 0.06  # em by which these are narrower than half-width characters
OVERFULL = 3.0  # a line is rather too short than too long
LOST = 3.2  # em by which a first line without its indent is narrower, at most: calls make whole lines count as wider
SHORT = 4.0  # the price of a line that stops in the middle of a sentence
GAP = 1.5  # of a blank line between them
TITLE = 1.5  # of a short line without a full stop before a paragraph
FIRST = 2.0  # of a line that goes on although the next one looks like a paragraph's first
ABOVE = 3.0  # the same where it looks like a title above one
LAST = 1.0  # of a paragraph's end
JOINT = 1.0  # of a piece more, where few calls end their lines: divided by their share
TORN = 0.7  # the same where the extractor broke lines behind some of them
MANY, PART = 3, 4.0  # so many pairs of pieces show that, each so much shorter than the measure in em
# This share of the calls ends its lines: the extractor broke lines behind them; about a third do by chance.
ALWAYS = 0.8


@lru_cache(maxsize=1 << 12)
def _spare(text: str) -> float:
    """How much narrower, in em, a text is set than its half-width characters count."""
    return sum(
        SPACE if char == " " else LETTER if char.isalpha() else 0.0 for char in text if char < "\u0530"
    )


class _Setting(NamedTuple):
    """How lines were printed and came out; widths in em.

    ``lost``: by how much a paragraph's first line without its indent is narrower. ``joint``: the price of a piece more; 0 where
    the extractor broke lines behind all calls. ``whole``: the dump's lines are hardly ever in pieces.
    """

    measure: float
    lost: float
    joint: float
    whole: bool


@record
class _Way:
    """How the pieces before some place were lines: the price, where the last line begins, the way before it."""

    price: float
    begin: int
    before: _Way | None = None


def printed_lines(
    flows: Sequence[Flow], profile: Profile, fixed: Collection[int], at_ends: float
) -> Iterator[range]:
    """The flows line by line. No line holds, or begins with, one of ``fixed`` but as its first piece.

    ``at_ends``: the share of the document's calls that end a line of the dump.
    """
    setting = _setting_of(flows, profile, at_ends)
    i = 0
    while i < len(flows):
        end = i + 1
        while end < len(flows) and end not in fixed and may_go_on(flows[end - 1], flows[end], profile):
            end += 1
        if end - i == 1:
            yield range(i, end)
        else:
            yield from _divided(flows, range(i, end), setting)
        i = end


def _setting_of(flows: Sequence[Flow], profile: Profile, at_ends: float) -> _Setting:
    """A piece more costs little where most pieces around a call fill a line together."""
    lost = 0.0 if profile.indents else _lost_indent(flows, profile)
    if at_ends >= ALWAYS:
        return _Setting(profile.measure, lost, 0.0, whole=False)
    pairs = [
        a.width + b.width - b.line.indent / 2
        for a, b in pairwise(flows)
        if may_go_on(a, b, profile) and max(a.width, b.width) <= profile.measure - PART
    ]
    filled = sum(abs(both - profile.measure) <= SLACK for both in pairs)
    joint = TORN if filled >= MANY and filled * 2 > len(pairs) else JOINT / max(at_ends, 0.1)
    return _Setting(profile.measure, lost, joint, whole=filled <= 1)


def whole_line(pieces: Sequence[Flow]) -> Flow:
    """The printed line that the pieces are."""
    first, last = pieces[0], pieces[-1]
    if first is last:
        return first
    text = "".join(piece.line.text for piece in pieces)
    line = first.line._replace(
        text=text,
        em=sum(piece.line.em for piece in pieces),
        end=last.line.end,
        after=last.line.after,
        trailing=last.line.trailing,
    )
    width = _width_of(pieces)
    return first._replace(line=line, tail=last.tail, last=last.last, called=last.called, width=width)


def _width_of(pieces: Sequence[Flow]) -> float:
    """In em; the blank behind a raised number takes no room."""
    return sum(piece.width for piece in pieces) - sum(piece.line.indent for piece in pieces[1:]) / 2


def may_go_on(a: Flow, b: Flow, profile: Profile) -> bool:
    """Whether a line may be the rest of the printed line whose beginning ends with a call."""
    if not (a.called and b.follows):
        return False
    # A dump that kept its indents, or the white space behind its paragraphs, has blank lines for a reason.
    apart = b.line.gap and (profile.indents or profile.blanks)
    return not (apart or b.line.indent > 1 or (a.line.trailing and profile.trailing))


def _lost_indent(flows: Sequence[Flow], profile: Profile) -> float:
    """How much narrower, in em, the first lines of paragraphs are than the others."""
    firsts = [
        b.width
        for a, b in pairwise(flows)
        if is_sentence_end(a.tail)
        and a.width < profile.measure - 6
        and b.width > profile.measure - 5
        and not _LETTERS.search(b.line.text)
    ]
    narrow = sum(profile.measure - LOST <= width < profile.measure - 1.2 for width in firsts)
    return 2.0 if narrow * 2 > len(firsts) else 0.0


def _begins(flows: Sequence[Flow], i: int, setting: _Setting) -> float:
    """What it costs to go on before a line that looks like a paragraph's first, or like a title above one; else 0.

    It has an indent, or is as much too narrow as a lost one makes it.
    """
    measure, lost = setting.measure, setting.lost
    line, following = flows[i], flows[i + 1] if i + 1 < len(flows) else None
    if line.line.indent >= 2 or not lost or line.called or following is None:
        return FIRST if line.line.indent >= 2 else 0.0
    reach = line.width + excuse_of(following)
    if measure - lost - 1 <= reach <= measure - lost + 0.6:
        return FIRST
    title = line.width < measure / 2 and line.last not in CLOSERS + "，、；：:"
    title = title and i + 2 < len(flows) and not following.called
    return ABOVE if title and _begins(flows, i + 1, setting) else 0.0


def _is_title(flows: Sequence[Flow], i: int, setting: _Setting) -> bool:
    """Whether a short line behind a closed sentence ends none, and a full one is below it: so titles stand.

    Where lines are in pieces, short ones tell nothing.
    """
    if not setting.whole:
        return False
    measure = setting.measure
    line, below = flows[i], flows[i + 1] if i + 1 < len(flows) else None
    if not i or below is None or not below.follows or not is_sentence_end(flows[i - 1].tail):
        return False
    full = below.width >= measure - 2 - SLACK and is_han(below.first)
    return full and line.width < measure / 2 and is_han(line.last) and not line.opens


def _divided(flows: Sequence[Flow], pieces: range, setting: _Setting) -> Iterator[range]:
    """The pieces as the lines that fit the measure best; each by itself where none do."""
    way = _best_way(flows, pieces, setting)
    if way is None:
        yield from (range(k, k + 1) for k in pieces)
        return
    bounds = [pieces.stop]
    while way is not None and way.begin >= 0:
        bounds.append(way.begin)
        way = way.before
    bounds.reverse()
    yield from (range(a, b) for a, b in pairwise(bounds))


def _best_way(flows: Sequence[Flow], pieces: range, setting: _Setting) -> _Way | None:
    """The cheapest way to divide the pieces into lines."""
    first, end = pieces.start, pieces.stop
    opens = is_sentence_end(flows[first - 1].tail) if first else True
    # by place and by whether the line that begins there is a paragraph's first
    ways: dict[tuple[int, bool], _Way] = {
        (first, True): _Way(0.0 if opens else 2.0, -1),
        (first, False): _Way(0.7 if opens else 0.0, -1),
    }
    for at in pieces:
        for begins in (True, False):
            way = ways.get((at, begins))
            if way is None:
                continue
            for to in range(at + 1, min(end, at + MOST) + 1):
                gaps = sum(GAP for flow in flows[at + 1 : to] if flow.line.gap)
                price = way.price + gaps + setting.joint * (to - at - 1)
                for ends, cost in _prices(flows, range(at, to), begins, to == end, setting):
                    known = ways.get((to, ends))
                    if known is None or price + cost < known.price:
                        ways[to, ends] = _Way(price + cost, at, way)
    found = [way for ends in (True, False) if (way := ways.get((end, ends))) is not None]
    return min(found, key=lambda way: way.price, default=None)


def _prices(
    flows: Sequence[Flow], line: range, begins: bool, is_last: bool, setting: _Setting
) -> Iterator[tuple[bool, float]]:
    """What it costs that the pieces of ``line`` are one: as a paragraph's last line, and as one that goes on.

    ``begins``: it is a paragraph's first; ``is_last``: no piece that may go on in a line is behind it.
    """
    pieces, to = flows[line.start : line.stop], line.stop
    wide = setting.measure - (setting.lost if begins else 0.0)
    total = _width_of(pieces)
    over = OVERFULL * (total - wide - sum(_spare(piece.line.text) for piece in pieces))
    off = max(0.0, wide - total - (excuse_of(flows[to]) if to < len(flows) else 0.0), over)
    full = off <= SLACK
    ends = is_sentence_end(pieces[-1].tail) or pieces[-1].last in "：:"
    torn_always = not setting.joint
    if len(pieces) > 1 and not full and (over > SLACK or not torn_always or not ends):
        return
    before_first = _begins(flows, to, setting) if is_last and to < len(flows) else 0.0
    if ends:
        yield True, LAST
    elif len(pieces) == 1 and not full and (before_first or _is_title(flows, line.start, setting)):
        yield True, TITLE
    yield False, (0.3 * off if full else SHORT) + before_first
