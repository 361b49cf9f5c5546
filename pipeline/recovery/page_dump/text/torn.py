"""Printed lines that came out in pieces: some extractors begin a new line where a mark was set closer.

Typesetters squeeze marks (，。「」) to fill a line; pdftotext takes the next character, which stands nearer than the mark is wide,
for the beginning of another line. No printed line begins with a mark that closes: where many lines do, a dump is torn.

Comes in: a layout. Goes out: the same with such pieces put together again, each line as wide as it was printed. Refused: dumps
without such lines, joints without a mark, pieces that make no full line together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, product
from math import inf
from typing import NamedTuple

from pipeline.recovery.headings import heading_mark
from pipeline.recovery.notes import CIRCLED, UNIT_AT_START, label_number
from pipeline.recovery.page_dump.front.lines import is_label_line
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page, width_of
from pipeline.recovery.page_dump.pages.untold import LONE
from pipeline.recovery.page_dump.text.letters import NEVER_FIRST, OPENERS, is_sentence_end
from pipeline.recovery.page_dump.text.profile import evenness, excuse

_SQUEEZABLE = re.compile(f"[{re.escape(NEVER_FIRST + OPENERS)}·]")
_CALLED = re.compile(rf"(?:[0-9{CIRCLED}⁰¹²³⁴-⁹]|[0-9][\]］〕)）])$")
_CALL_AT_END = re.compile(rf"(?:[0-9]{{1,3}}|[{CIRCLED}⁰¹²³⁴-⁹]+|[\[［〔（(][0-9]{{1,3}}[\]］〕)）])$")
_LABELLED = re.compile(  # so a note may begin
    rf"[{CIRCLED}⁰¹²³⁴-⁹]|[\[［〔][0-9]|[0-9]{{1,3}}(?![0-9.．,，/:：%％°\-–—]|\s?{UNIT_AT_START})"
)
_MIXED = re.compile(r"[^\W\d_a-zA-Z](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u3400-\u9fff])")
_HELD = re.compile("[，。、](?=[\u3400-\u9fff])")
_TORN = re.compile("[，。、：；][\u3400-\u9fff]")
_DIGITS = re.compile("[0-9]+")
_WHITE = re.compile(r"\s")
LEAST, SHARE = 5, 0.02  # so many lines, and so much of them, begin with a closing mark where lines are torn
WIDE, NEARLY = (
    0.6,
    0.95,
)  # of what so many lines are narrower than: still narrower ones say nothing of the measure
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


@dataclass(frozen=True, slots=True)
class _Way:
    """How the pieces before some place were lines: the price, where the last line begins, its width, the way before it."""

    price: float
    begin: int
    width: float
    before: _Way | None = None


class _Pieces(NamedTuple):
    """Pieces of printed lines: sums up to each of them in em, and what may stand at its end."""

    widest: list[float]
    narrowest: list[float]  # all marks squeezed
    apart: list[float]  # between Han characters and words
    held: list[int]  # stops inside them that nothing tore
    torn: list[int]  # joints behind a stop
    excuses: list[float]  # em that what begins the piece had to have at the end of the line before
    ends: list[bool]  # a sentence ends with the piece before
    bounds: list[bool]  # a printed line may end before the piece


def mend_torn(layout: Layout) -> Layout:
    """The layout with its torn lines whole."""
    lines = layout.lines
    if len(_begun(lines)) < (least := max(LEAST, SHARE * len(lines))):
        return layout
    widths = sorted(line.width for line in lines)
    wide = WIDE * widths[int(NEARLY * (len(widths) - 1))]
    measure = evenness([width for width in widths if width > wide])[1]
    if sum(line.width < measure - UNDER for line in _begun(lines)) < least:
        return layout  # wrapped at a width, wherever that fell
    heads = _heads(layout)
    chains = [list(_chains(lines, page, heads)) for page in layout.pages]
    torn = {chain.start: _pieces(lines, chain) for page in chains for chain in page if len(chain) > 1}
    some = list(torn.values())[:: max(1, len(torn) // SAMPLE)]
    setting = _setting_of(some, measure)
    full = {setting[0], setting[0] - setting[1]}  # shown as wide as lines that are not torn
    merged: list[Line] = []
    pages: list[Page] = []
    for page, found in zip(layout.pages, chains, strict=True):
        first = len(merged)
        for chain in found:
            if len(chain) == 1:
                merged.append(lines[chain.start])
                continue
            for part, width in _divided(torn[chain.start], *setting)[0]:
                at = chain.start + part.start
                width += measure - setting[0] if width in full else 0.0
                merged += _whole_between_calls(layout.source, lines[at : at + len(part)], width)
        pages.append(Page(first, len(merged), page.number))
    return replace(layout, lines=tuple(merged), pages=tuple(pages))


def _setting_of(chains: Sequence[_Pieces], measure: float) -> tuple[float, float]:
    """The measure and the indent of first lines by which the chains are divided best; no price is told that is too high."""
    best, least = (measure, 0.0), inf
    for (less, doubt), indent in product(TRIES.items(), INDENTS):
        price = 0.0
        for chain in chains:
            price += _divided(chain, measure - less, indent)[1]
            if doubt * price > least:
                break
        if doubt * price < least:
            best, least = (measure - less, indent), doubt * price
    return best


def _begun(lines: Sequence[Line]) -> list[Line]:
    """The lines behind which another begins with a mark that closes, and no call stands between."""
    return [
        a for a, b in pairwise(lines) if b.text[0] in NEVER_FIRST and not b.gap and not _CALLED.search(a.text)
    ]


def _heads(layout: Layout) -> set[int]:
    """The lines that pages begin with and that say the same, but for their numbers, on another page."""
    said = {page.first: _DIGITS.sub("", layout.lines[page.first].text) for page in layout.pages}
    often = Counter(said.values())
    return {i for i, text in said.items() if often[text] > 1}


def _chains(lines: Sequence[Line], page: Page, heads: Container[int]) -> Iterator[range]:
    """The page's lines, those together between which a printed line may have been torn."""
    begin = page.first
    for i in range(page.first + 1, page.last + 1):
        if i == page.last or i - 1 in heads or not _may_be_torn(lines[i - 1], lines[i]):
            yield range(begin, i)
            begin = i


def _may_be_torn(a: Line, b: Line) -> bool:
    if b.gap or b.rule or b.indent > 1:
        return False
    if b.text[0] in NEVER_FIRST or a.text[-1] in OPENERS or _is_call(b.text) or _CALLED.search(a.text):
        return True
    marked = a.text[-1] in NEVER_FIRST or b.text[0] in OPENERS
    own = LONE.fullmatch(b.text) or label_number(a.text) or _LABELLED.match(b.text) or is_label_line(b.text)
    return marked and not (own or _is_titled(a) or _is_titled(b))


def _is_call(text: str) -> bool:
    """Whether a line is only the call of a note: the printed line goes on around it."""
    return label_number(text) > 0


def _is_titled(line: Line) -> bool:
    """Whether it begins as a numbered heading does, and says more than its number."""
    mark = heading_mark(line.text)
    return mark is not None and mark.length < len(line.text)


def _pieces(lines: Sequence[Line], chain: range) -> _Pieces:
    widest, narrowest, apart, held = [0.0], [0.0], [0.0], [0]
    for line in lines[chain.start : chain.stop]:
        squeezed = SQUEEZED * len(_SQUEEZABLE.findall(line.text))
        squeezed += LETTER * sum(char < "\u0530" for char in line.text)
        width = line.width - _raised(line.text)
        widest.append(widest[-1] + width)
        narrowest.append(narrowest[-1] + width - squeezed)
        apart.append(apart[-1] + APART * len(_MIXED.findall(line.text)))
        held.append(held[-1] + len(_HELD.findall(line.text)))
    ends = [False]
    for i in chain:
        said = _CALL_AT_END.sub("", lines[i].text)
        ends.append(is_sentence_end(said) or said[-1] in "：:" if said else ends[-1])
    inner = chain[1:]
    bounds = [_may_end(lines[i - 1].text, lines[i].text) for i in inner]
    joints = (_TORN.match(lines[i - 1].text[-1] + lines[i].text[0]) is not None for i in inner)
    torn = list(accumulate(joints, initial=0))
    excuses = [excuse(lines[i].text) for i in inner]
    return _Pieces(
        widest, narrowest, apart, held, [0, *torn], [0.0, *excuses, 0.0], ends, [True, *bounds, True]
    )


def _may_end(a: str, b: str) -> bool:
    """Whether a printed line may end between two pieces: a call is set behind the character that it belongs to."""
    return not (b[0] in NEVER_FIRST or a[-1] in OPENERS or _is_call(b))


def _raised(text: str) -> float:
    """How much less room, in em, the call at a line's end takes than its characters: it is set smaller."""
    call = _CALL_AT_END.search(text)
    return RAISED * width_of(call[0]) if call else 0.0


def _divided(pieces: _Pieces, measure: float, indent: float) -> tuple[list[tuple[range, float]], float]:
    """The pieces as the lines that fit the measure best, with their widths as printed; and the price."""
    ways: dict[tuple[int, bool], _Way] = {(0, True): _Way(0.0, -1, 0.0), (0, False): _Way(0.0, -1, 0.0)}
    count = len(pieces.ends) - 1
    for at in range(count):
        for begins in (True, False):
            way = ways.get((at, begins))
            if way is None:
                continue
            wide = measure - (indent if begins else 0.0)
            for to in range(at + 1, min(count, at + MOST) + 1):
                if to - at > 1 and pieces.narrowest[to] - pieces.narrowest[at] > wide + OVER:
                    break  # so are all that are longer
                for ends, cost, width in _prices(pieces, at, to, wide) if pieces.bounds[to] else ():
                    price = way.price + cost + (FIRST if begins else 0.0)
                    known = ways.get((to, ends))
                    if known is None or price < known.price:
                        ways[to, ends] = _Way(price, at, width, way)
    found = [way for ends in (True, False) if (way := ways.get((count, ends))) is not None]
    best: _Way | None = min(found, key=lambda way: way.price, default=None)
    if best is None:
        widths = (b - a for a, b in pairwise(pieces.widest))
        return [(range(k, k + 1), width) for k, width in enumerate(widths)], SHORT * count
    price = best.price
    out: list[tuple[range, float]] = []
    end = count
    while best is not None and best.begin >= 0:
        out.append((range(best.begin, end), best.width))
        end, best = best.begin, best.before
    return out[::-1], price


def _prices(pieces: _Pieces, at: int, to: int, measure: float) -> Iterator[tuple[bool, float, float]]:
    """What it costs that the pieces are one line, as a paragraph's last and as one that goes on, and how wide it was."""
    widest = pieces.widest[to] - pieces.widest[at]
    narrowest = pieces.narrowest[to] - pieces.narrowest[at]
    torn = pieces.torn[to] - pieces.torn[min(at + 1, to)]
    under = (TORN_UNDER if torn else UNDER) + pieces.apart[to] - pieces.apart[at] + pieces.excuses[to]
    if narrowest <= measure + OVER and widest >= measure - under:
        off = OFF * (max(0.0, measure - widest - pieces.excuses[to]) + max(0.0, narrowest - measure))
        tight = to - at > 1 and widest - measure > STRAINED * (widest - narrowest)
        if torn or tight:  # a line is squeezed as a whole
            off += HELD * min(MOST_HELD, pieces.held[to] - pieces.held[at])
        if pieces.ends[to]:
            yield True, off + LAST / 2, measure
        yield False, off, measure
    elif narrowest > measure and to - at > 1:
        return
    elif pieces.ends[to]:
        yield True, LAST, widest
        yield False, SHORT, widest
    else:
        price = 2 * SHORT
        if to - at == 1:
            titled = to == len(pieces.ends) - 1 and pieces.ends[at] and widest < measure / 2
            price = TITLE if titled else NARROW if widest >= measure - MOST_NARROW else SHORT
        yield True, price, widest
        yield False, price, widest


def _whole_between_calls(source: str, pieces: Sequence[Line], width: float) -> Iterator[Line]:
    """The pieces as one line, but for what its calls part: which of these are calls is told later, by lines of their own."""
    joins = [
        k for k in range(1, len(pieces)) if _is_call(pieces[k].text) or _CALLED.search(pieces[k - 1].text)
    ]
    if len(pieces) == 1:
        yield pieces[0]
        return
    if not joins:
        yield _whole(source, pieces, width)
        return
    raised = [_raised(piece.text) for piece in pieces]
    share = width / (sum(piece.width for piece in pieces) - sum(raised))
    for a, b in pairwise([0, *joins, len(pieces)]):
        taken = sum(raised[a:b])
        printed = sum(piece.width for piece in pieces[a:b]) - taken
        yield _whole(source, pieces[a:b], printed * share + taken)


def _whole(source: str, pieces: Sequence[Line], width: float) -> Line:
    """The pieces as one line; where they were apart its text has spaces, one for each character of the source."""
    first, last = pieces[0], pieces[-1]
    em = width - first.indent / 2
    if first is last:
        return first if em == first.em else first._replace(em=em)
    text = _WHITE.sub(" ", source[first.start : last.end])
    return first._replace(end=last.end, after=last.after, text=text, em=em, trailing=last.trailing)
