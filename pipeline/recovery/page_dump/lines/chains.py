"""How pieces of printed lines were lines: the ways in which they fit the measure, and which of these costs least.

Comes in: pieces that one printed line or several may have been torn into. Goes out: each such line as a range of them, and how
wide it was. Refused: nothing; pieces that fit in no way stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise, product, repeat
from math import inf
from typing import NamedTuple

from pipeline.han import OPENING
from pipeline.location import make
from pipeline.recovery.notes.numbers import CIRCLED, label_number
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.page_dump.pages.widths import excuse, width_of
from pipeline.recovery.wording.marks import NEVER_FIRST, is_sentence_end

_SQUEEZABLE = re.compile(f"[{re.escape(NEVER_FIRST + OPENING)}·]")
_CALL_AT_END = re.compile(rf"(?:[0-9]{{1,3}}|[{CIRCLED}⁰¹²³⁴-⁹]+|[\[［〔（(][0-9]{{1,3}}[\]］〕)）])$")
_MIXED = re.compile(r"[^\W\d_a-zA-Z](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u3400-\u9fff])")
_HELD = re.compile("[，。、](?=[\u3400-\u9fff])")
_TORN = re.compile("[，。、：；][\u3400-\u9fff]")
_LETTER = re.compile("[\x00-\u052f]")
SQUEEZED = 0.5  # em by which a mark may be narrower
RAISED = 0.5  # of its width is what a raised number takes
LETTER = 0.06  # em by which letters are narrower than half-width characters count
UNDER, OVER = 1.6, 0.6  # em by which a full line may be narrower than the measure, and wider
TORN_UNDER = 0.4  # em by which a torn one may: it was too wide, or no mark of it would have been squeezed
APART = 0.25  # em that may have been set between a Han character and a word or number
# By so many em the lines that are not torn may be wider than the measure, half a mark as a rule: how much less likely others are.
TRIES = {0.5: 1.0, 0.0: 1.1, 1.0: 1.1, 1.5: 1.2}
INDENTS = (2.0, 0.0)  # em that the first lines of paragraphs may have lost
HELD, MOST_HELD = 3.0, 3  # of each stop that was not torn where others were; so many count
STRAINED = 0.7  # of what its marks can give up: nothing in such a line stays as it is
SAMPLE = 250  # chains that the setting is told by
MOST = 24  # pieces of one printed line
OFF = 0.3  # the price of an em by which a full line differs from the measure
SHORT = 4.0  # of a line that stops in the middle of a sentence
NARROW, MOST_NARROW = 1.5, 6.0  # of a whole one that is narrower by so many em: a quotation's
TITLE = 1.5  # of a short one behind a closed sentence that nothing tore behind
LAST = 1.0  # of a paragraph's last line
FIRST = 0.3  # of a paragraph's first line
_NONE = (-1, False, 0.0)


class _Part(NamedTuple):
    """Pieces that may be one printed line: up to which place, their widths in em, and what tells the price of such a line."""

    to: int
    widest: float
    narrowest: float  # all marks squeezed
    under: float  # em by which it may be narrower than the measure and full
    excuse: float  # em that what begins behind it had to have at its end
    several: bool
    torn: bool  # behind a stop
    held: float  # the price of stops that nothing tore
    ends: bool  # a sentence ends with it
    titled: bool  # it may be a title: a sentence ends before it, and nothing tore behind it


# The same in a text of some measure: up to which place, the price as a paragraph's last line and as one that goes on, the width.
_Option = tuple[int, float, float, float]


class Chain(NamedTuple):
    """Pieces of printed lines: their widths, the lines that may begin with each of them, and what these are by measure."""

    widths: list[float]
    parts: list[list[_Part]]
    options: dict[float, list[list[_Option]]]  # as they are asked for


def setting_of(chains: Sequence[Chain], measure: float) -> tuple[float, float]:
    """The measure and the indent of first lines by which the chains are divided best; no price is told that is too high."""
    best, least = (measure, 0.0), inf
    for (less, doubt), indent in product(TRIES.items(), INDENTS):
        price = 0.0
        for chain in chains:
            price += divided(chain, measure - less, indent)[1]
            if doubt * price > least:
                break
        if doubt * price < least:
            best, least = (measure - less, indent), doubt * price
    return best


def chain_of(lines: Sequence[Line], measure: float) -> Chain:
    """Pieces that belong together as printed lines, none of them wider than the ``measure``."""
    texts = [line.text for line in lines]
    widths = [line.width - raised(line.text) for line in lines]
    widest, narrowest = list(accumulate(widths, initial=0.0)), [0.0]
    for text, width in zip(texts, widths, strict=True):
        squeezed = SQUEEZED * len(_SQUEEZABLE.findall(text)) + LETTER * len(_LETTER.findall(text))
        narrowest.append(narrowest[-1] + width - squeezed)
    apart = list(accumulate((APART * len(_MIXED.findall(text)) for text in texts), initial=0.0))
    held = list(accumulate((len(_HELD.findall(text)) for text in texts), initial=0))
    joints = (_TORN.match(a[-1] + b[0]) is not None for a, b in pairwise(texts))
    torn = [0, *accumulate(joints, initial=0)]
    excuses = [0.0, *map(excuse, texts[1:]), 0.0]
    bounds = [True, *(_may_end(a, b) for a, b in pairwise(texts)), True]
    ends, count = _ends(texts), len(lines)
    parts: list[list[_Part]] = [[] for _ in lines]
    for at, here in enumerate(parts):
        for to in range(at + 1, min(count, at + MOST) + 1):
            narrow, several = narrowest[to] - narrowest[at], to - at > 1
            if several and narrow > measure + OVER:
                break  # so are all that are longer
            if bounds[to]:
                behind = torn[to] > torn[min(at + 1, to)]
                under = (TORN_UNDER if behind else UNDER) + apart[to] - apart[at] + excuses[to]
                price = HELD * min(MOST_HELD, held[to] - held[at])
                wide, titled = widest[to] - widest[at], to == count and ends[at]
                part = (to, wide, narrow, under, excuses[to], several, behind, price, ends[to], titled)
                here.append(make(_Part, part))
    return Chain(widths, parts, {})


def _ends(texts: Sequence[str]) -> list[bool]:
    """Whether a sentence ends before each piece, and with the last one."""
    out = [False]
    for text in texts:
        said = _CALL_AT_END.sub("", text)
        out.append(is_sentence_end(said) or said[-1] in "：:" if said else out[-1])
    return out


def _may_end(a: str, b: str) -> bool:
    """Whether a printed line may end between two pieces: a call is set behind the character that it belongs to."""
    return not (b[0] in NEVER_FIRST or a[-1] in OPENING or is_call(b))


def raised(text: str) -> float:
    """How much less room, in em, the call at a line's end takes than its characters: it is set smaller."""
    call = _CALL_AT_END.search(text)
    return RAISED * width_of(call[0]) if call else 0.0


def divided(chain: Chain, measure: float, indent: float) -> tuple[list[tuple[range, float]], float]:
    """The pieces as the lines that fit the measure best, with their widths as printed; and the price."""
    count = len(chain.parts)
    # By whether a paragraph begins at a place: the least price up to there, and the last line before it.
    prices = {True: [0.0, *repeat(inf, count)], False: [0.0, *repeat(inf, count)]}
    lasts = {True: [_NONE] * (count + 1), False: [_NONE] * (count + 1)}
    closed, open_ = prices[True], prices[False]
    ways = ((True, FIRST, _options(chain, measure - indent)), (False, 0.0, _options(chain, measure)))
    for at in range(count):
        for begins, first, options in ways:
            if (paid := prices[begins][at]) == inf:
                continue
            for to, last, inner, width in options[at]:
                if (price := paid + last + first) < closed[to]:
                    closed[to], lasts[True][to] = price, (at, begins, width)
                if (price := paid + inner + first) < open_[to]:
                    open_[to], lasts[False][to] = price, (at, begins, width)
    ends = closed[count] <= open_[count]
    price = prices[ends][count]
    if price == inf:
        return [(range(k, k + 1), width) for k, width in enumerate(chain.widths)], SHORT * count
    out: list[tuple[range, float]] = []
    end = count
    while end > 0:
        begin, ends, width = lasts[ends][end]
        out.append((range(begin, end), width))
        end = begin
    return out[::-1], price


def _options(chain: Chain, measure: float) -> list[list[_Option]]:
    """What the lines that may begin with each piece cost in a text of this measure."""
    if measure not in chain.options:
        chain.options[measure] = [list(_priced(parts, measure)) for parts in chain.parts]
    return chain.options[measure]


def _priced(parts: Sequence[_Part], measure: float) -> Iterator[_Option]:
    most = measure + OVER
    for to, widest, narrowest, under, excused, several, torn, held, ends, titled in parts:
        if narrowest <= most and widest >= measure - under:
            short, over = measure - widest - excused, narrowest - measure
            off = OFF * ((short if short > 0 else 0.0) + (over if over > 0 else 0.0))
            if torn or (several and widest - measure > STRAINED * (widest - narrowest)):
                off += held  # a line is squeezed as a whole
            yield to, off + LAST / 2 if ends else inf, off, measure
        elif several and narrowest > measure:
            continue
        elif ends:
            yield to, LAST, SHORT, widest
        elif several:
            yield to, 2 * SHORT, 2 * SHORT, widest
        else:
            price = NARROW if widest >= measure - MOST_NARROW else SHORT
            price = TITLE if titled and widest < measure / 2 else price
            yield to, price, price, widest


def is_call(text: str) -> bool:
    """Whether a line is only the call of a note: the printed line goes on around it."""
    return label_number(text) > 0
