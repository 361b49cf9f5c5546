"""Printed lines that came out in pieces: some extractors begin a new line where a mark was set closer.

Typesetters squeeze marks (，。「」) to fill a line; pdftotext takes the next character, which stands nearer than the mark is wide,
for the beginning of another line. No printed line begins with a mark that closes: where many lines do, a dump is torn.

Comes in: a layout. Goes out: the same with such pieces put together again, each line as wide as it was printed. Refused: dumps
without such lines, joints without a mark, pieces that make no full line together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.recovery.headings import heading_mark
from pipeline.recovery.notes import UNIT_AT_START, label_number
from pipeline.recovery.page_dump.front.lines import is_label_line
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.untold import LONE
from pipeline.recovery.page_dump.text.letters import NEVER_FIRST, OPENERS, is_sentence_end
from pipeline.recovery.page_dump.text.profile import evenness

_SQUEEZABLE = re.compile(f"[{re.escape(NEVER_FIRST + OPENERS)}·]")
_CALLED = re.compile(r"(?:[0-9①-⑳㉑-㉟㊱-㊿⁰¹²³⁴-⁹]|[0-9][\]］〕)）])$")
_LABELLED = re.compile(  # so a note may begin
    rf"[①-⑳㉑-㉟㊱-㊿⁰¹²³⁴-⁹]|[\[［〔][0-9]|[0-9]{{1,3}}(?![0-9.．,，/:：%％°\-–—]|\s?{UNIT_AT_START})"
)
_MIXED = re.compile(r"[^\W\d_a-zA-Z](?=[A-Za-z0-9])|[A-Za-z0-9](?=[\u3400-\u9fff])")
_WHITE = re.compile(r"\s")
LEAST, SHARE = 5, 0.02  # so many lines, and so much of them, begin with a closing mark where lines are torn
WIDE, NEARLY = (
    0.6,
    0.95,
)  # of what so many lines are narrower than: still narrower ones say nothing of the measure
SQUEEZED = 0.5  # em by which a mark may be narrower
LETTER = 0.06  # em by which letters are narrower than half-width characters count
UNDER, OVER = 1.6, 0.6  # em by which a full line may be narrower than the measure, and wider
TORN_UNDER = 0.4  # em by which a torn one may: it was too wide, or no mark of it would have been squeezed
APART = 0.25  # em that may have been set between a Han character and a word or number
# By so many em the lines that are not torn may be wider than the measure, half a mark as a rule: how much less likely others are.
TRIES = {0.5: 1.0, 0.0: 1.1, 1.0: 1.1, 1.5: 1.2}
INDENTS = (2.0, 0.0)  # em that the first lines of paragraphs may have lost
MOST = 24  # pieces of one printed line
OFF = 0.3  # the price of an em by which a full line differs from the measure
SHORT = 4.0  # of a line that stops in the middle of a sentence
LAST = 1.0  # of a paragraph's last line
FIRST = 0.3  # of a paragraph's first line


@dataclass(frozen=True, slots=True)
class _Way:
    """How the pieces before some place were lines: the price, where the last line begins, its width, the way before it."""

    price: float
    begin: int
    width: float
    before: _Way | None = None


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
    chains = [[lines[i] for i in chain] for page in layout.pages for chain in _chains(lines, page)]
    torn = [chain for chain in chains if len(chain) > 1]
    prices = {
        (measure - less, indent): doubt * sum(_divided(chain, measure - less, indent)[1] for chain in torn)
        for less, doubt in TRIES.items()
        for indent in INDENTS
    }
    setting = min(prices, key=lambda setting: prices[setting])
    merged: list[Line] = []
    pages: list[Page] = []
    for page in layout.pages:
        first = len(merged)
        for chain in _chains(lines, page):
            merged += _whole_lines(layout.source, lines[chain.start : chain.stop], *setting)
        pages.append(Page(first, len(merged), page.number))
    return replace(layout, lines=tuple(merged), pages=tuple(pages))


def _begun(lines: Sequence[Line]) -> list[Line]:
    """The lines behind which another begins with a mark that closes, and no call stands between."""
    return [
        a for a, b in pairwise(lines) if b.text[0] in NEVER_FIRST and not b.gap and not _CALLED.search(a.text)
    ]


def _chains(lines: Sequence[Line], page: Page) -> Iterator[range]:
    """The page's lines, those together between which a printed line may have been torn."""
    begin = page.first
    for i in range(page.first + 1, page.last + 1):
        if i == page.last or not _may_be_torn(lines[i - 1], lines[i]):
            yield range(begin, i)
            begin = i


def _may_be_torn(a: Line, b: Line) -> bool:
    if b.gap or b.rule or b.indent > 1:
        return False
    if b.text[0] in NEVER_FIRST or a.text[-1] in OPENERS:
        return True
    marked = a.text[-1] in NEVER_FIRST or b.text[0] in OPENERS
    own = LONE.fullmatch(b.text) or label_number(a.text) or _LABELLED.match(b.text) or is_label_line(b.text)
    return marked and not (own or _is_titled(a) or _is_titled(b))


def _is_titled(line: Line) -> bool:
    """Whether it begins as a numbered heading does, and says more than its number."""
    mark = heading_mark(line.text)
    return mark is not None and mark.length < len(line.text)


def _whole_lines(source: str, pieces: Sequence[Line], measure: float, indent: float) -> Iterator[Line]:
    """The printed lines that the pieces were."""
    if len(pieces) == 1:
        yield pieces[0]
        return
    for part, width in _divided(pieces, measure, indent)[0]:
        yield _whole(source, pieces[part.start : part.stop], width)


def _divided(
    pieces: Sequence[Line], measure: float, indent: float
) -> tuple[list[tuple[range, float]], float]:
    """The pieces as the lines that fit the measure best, with their widths as printed; and the price."""
    ways: dict[tuple[int, bool], _Way] = {(0, True): _Way(0.0, -1, 0.0), (0, False): _Way(0.0, -1, 0.0)}
    count = len(pieces)
    for at in range(count):
        for begins in (True, False):
            way = ways.get((at, begins))
            if way is None:
                continue
            for to in range(at + 1, min(count, at + MOST) + 1):
                if to < count and (pieces[to].text[0] in NEVER_FIRST or pieces[to - 1].text[-1] in OPENERS):
                    continue  # no printed line begins or ends so
                for ends, cost, width in _prices(pieces[at:to], measure - (indent if begins else 0.0)):
                    price = way.price + cost + (FIRST if begins else 0.0)
                    known = ways.get((to, ends))
                    if known is None or price < known.price:
                        ways[to, ends] = _Way(price, at, width, way)
    found = [way for ends in (True, False) if (way := ways.get((count, ends))) is not None]
    best: _Way | None = min(found, key=lambda way: way.price, default=None)
    if best is None:
        return [(range(k, k + 1), pieces[k].width) for k in range(count)], SHORT * count
    price = best.price
    out: list[tuple[range, float]] = []
    end = count
    while best is not None and best.begin >= 0:
        out.append((range(best.begin, end), best.width))
        end, best = best.begin, best.before
    return out[::-1], price


def _prices(pieces: Sequence[Line], measure: float) -> Iterator[tuple[bool, float, float]]:
    """What it costs that the pieces are one line, as a paragraph's last and as one that goes on, and how wide it was."""
    widest = sum(piece.width for piece in pieces)
    narrowest = widest - sum(
        SQUEEZED * len(_SQUEEZABLE.findall(piece.text)) + LETTER * sum(char < "\u0530" for char in piece.text)
        for piece in pieces
    )
    under = (UNDER if len(pieces) == 1 else TORN_UNDER) + APART * sum(
        len(_MIXED.findall(piece.text)) for piece in pieces
    )
    full = narrowest <= measure + OVER and widest >= measure - under
    ends = is_sentence_end(pieces[-1].text) or pieces[-1].text[-1] in "：:"
    if full:
        off = OFF * (max(0.0, measure - widest) + max(0.0, narrowest - measure))
        if ends:
            yield True, off + LAST / 2, measure
        yield False, off, measure
    elif narrowest > measure and len(pieces) > 1:
        return
    elif ends:
        yield True, LAST, widest
        yield False, SHORT, widest
    else:
        price = SHORT * (1 if len(pieces) == 1 else 2)
        yield True, price, widest
        yield False, price, widest


def _whole(source: str, pieces: Sequence[Line], width: float) -> Line:
    """The pieces as one line; where they were apart its text has spaces, one for each character of the source."""
    first, last = pieces[0], pieces[-1]
    if first is last:
        return first
    text = _WHITE.sub(" ", source[first.start : last.end])
    em = width - first.indent / 2
    return first._replace(end=last.end, after=last.after, text=text, em=em, trailing=last.trailing)
