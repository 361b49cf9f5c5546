"""Printed lines that came out in pieces: some extractors begin a new line where a mark was set closer.

Typesetters squeeze marks (，。「」) to fill a line; pdftotext takes the next character, which stands nearer than the mark is wide,
for the beginning of another line. No printed line begins with a mark that closes: where many lines do, a dump is torn.

Comes in: a layout. Goes out: the same with such pieces put together again, each line as wide as it was printed. Refused: dumps
without such lines, joints without a mark, pieces that make no full line together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf

from pipeline.han import OPENING
from pipeline.recovery.notes.numbers import BODY_MARKS, CIRCLED, MarkStyle, label_number
from pipeline.recovery.notes.units import UNIT_AT_START
from pipeline.recovery.page_dump.front_lines import is_label_line
from pipeline.recovery.page_dump.lines.chains import (
    INDENTS,
    SAMPLE,
    UNDER,
    chain_of,
    divided,
    is_call,
    raised,
    setting_of,
)
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page
from pipeline.recovery.page_dump.pages.numbers import LONE
from pipeline.recovery.page_dump.pages.widths import evenness
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.marks import CLOSERS, NEVER_FIRST, STOPS
from pipeline.recovery.wording.section_names import NOTE_HEADS

_CALLED = re.compile(rf"(?:[0-9{CIRCLED}⁰¹²³⁴-⁹]|[0-9][\]］〕)）])$")
_LABELLED = re.compile(  # so a note may begin
    rf"[{CIRCLED}⁰¹²³⁴-⁹]|[\[［〔【（(]?\s?[註注]\s?[0-9]|[\[［〔][0-9]|[0-9]{{1,3}}(?![0-9.．,，/:：%％°\-–—]|\s?{UNIT_AT_START})"
)
_BARRED = re.compile("[0-9][|｜│]|[|｜│][0-9]")  # a page's number, beside the words of a head
_ENTRY = BODY_MARKS[MarkStyle.DOT]
_DIGITS = re.compile("[0-9]+")
_WHITE = re.compile(r"\s")
LEAST, SHARE = 2, 0.02  # so many lines, and so much of them, begin with a closing mark where lines are torn
EXCERPT = 300  # lines, however torn, of one page or two
HALF = 0.5  # em by which the widest lines exceed the measure, as a rule: half a mark
MEASURES = 45  # that are tried for one
# Em by which another differs from the widest lines' at least, and so much less it costs.
OFF, BETTER = 3.0, 0.8
# Lines narrower than this share of the width that so many lines do not pass say nothing of the measure.
WIDE, NEARLY = 0.6, 0.95


def mend_torn(layout: Layout) -> Layout:
    """The layout with its torn lines whole."""
    lines = layout.lines
    if len(_begun(lines)) < (least := max(LEAST, SHARE * len(lines))):
        return layout
    widths = sorted(line.width for line in lines)
    wide = WIDE * widths[int(NEARLY * (len(widths) - 1))]
    measure = evenness([width for width in widths if width > wide]).width
    begun = _heads(layout), _entries(lines)
    chains = [list(_chains(lines, page, *begun)) for page in layout.pages]
    if len(lines) <= EXCERPT:
        some = [chain for page in chains for chain in page if len(chain) > 1]
        others = range(int(wide), min(int(widths[-1]) + 2, int(wide) + MEASURES))
        measure = _fitting(lines, some, measure, others)
    if sum(line.width < measure - UNDER for line in _begun(lines)) < least:
        return layout  # wrapped at a width, wherever that fell
    torn = {
        chain.start: chain_of(lines[chain.start : chain.stop], measure)
        for page in chains
        for chain in page
        if len(chain) > 1
    }
    sample = list(torn.values())[:: max(1, len(torn) // SAMPLE)]
    setting = setting_of(sample, measure)
    full = {setting[0], setting[0] - setting[1]}  # shown as wide as lines that are not torn
    merged: list[Line] = []
    pages: list[Page] = []
    for page, found in zip(layout.pages, chains, strict=True):
        first = len(merged)
        for chain in found:
            if len(chain) == 1:
                merged.append(lines[chain.start])
                continue
            for part, width in divided(torn[chain.start], *setting)[0]:
                at = chain.start + part.start
                width += measure - setting[0] if width in full else 0.0
                merged += _whole_between_calls(layout.source, lines[at : at + len(part)], width)
        pages.append(Page(first, len(merged), page.number))
    return replace(layout, lines=tuple(merged), pages=tuple(pages))


def _fitting(lines: Sequence[Line], chains: Sequence[range], measure: float, others: Iterable[int]) -> float:
    """The ``measure`` that the widest lines tell, unless one of ``others`` far from it fits the chains much better.

    On a page or two so few lines are whole that those of the notes, which hold more, may be most of them.
    """

    def price(em: float) -> float:
        found = [chain_of(lines[c.start : c.stop], em) for c in chains]
        return min(sum(divided(chain, em - HALF, indent)[1] for chain in found) for indent in INDENTS)

    prices = {price(float(em)): float(em) for em in others if abs(em - measure) >= OFF}
    least = min(prices, default=inf)
    return prices[least] if least < BETTER * price(measure) else measure


def _begun(lines: Sequence[Line]) -> list[Line]:
    """The lines behind which another begins with a mark that closes, and no call stands between."""
    return [
        a
        for a, b in pairwise(lines)
        if b.text[0] in NEVER_FIRST and not b.gap and not _CALLED.search(a.text) and len(a.text + b.text) > 2
    ]


def _heads(layout: Layout) -> set[int]:
    """The lines that pages begin with and that say the same, but for their numbers, on another page; no pieces of such a line."""
    lines = layout.lines
    said = {
        page.first: _DIGITS.sub("", lines[page.first].text)
        for page in layout.pages
        if page.first + 1 == page.last or lines[page.first + 1].text[0] not in NEVER_FIRST
    }
    often = Counter(said.values())
    return {i for i, text in said.items() if often[text] > 1}


def _entries(lines: Sequence[Line]) -> set[int]:
    """The lines behind a closed sentence whose number and point count on from those of the line that last began so: «2. 同上。»."""
    out = set[int]()
    last = 0
    for i, line in enumerate(lines):
        if match := _ENTRY.match(line.text):
            number = int(match[1])
            if i and number == last + 1 and lines[i - 1].text[-1] in STOPS:
                out.add(i)
            last = number
    return out


def _chains(
    lines: Sequence[Line], page: Page, heads: Container[int], entries: Container[int]
) -> Iterator[range]:
    """The page's lines, those together between which a printed line may have been torn."""
    begin = page.first
    for i in range(page.first + 1, page.last + 1):
        apart = i == page.last or i - 1 in heads or i in entries
        if apart or not _may_be_torn(lines[i - 1], lines[i]):
            yield range(begin, i)
            begin = i


def _may_be_torn(a: Line, b: Line) -> bool:
    if b.gap or b.rule or b.indent > 1:
        return False
    if b.text[0] in NEVER_FIRST or a.text[-1] in OPENING or is_call(b.text) or _CALLED.search(a.text):
        return True
    marked = a.text[-1] in NEVER_FIRST or b.text[0] in OPENING
    inner = b.text[0] == "（" and a.text[-1] not in CLOSERS  # «二年⏎（822）⏎出任»
    number = (not inner and LONE.fullmatch(b.text)) or _BARRED.search(b.text)
    own = number or label_number(a.text) or _LABELLED.match(b.text) or is_label_line(b.text)
    return marked and not (own or any(_is_titled(line) or _names_notes(line) for line in (a, b)))


def _is_titled(line: Line) -> bool:
    """Whether it begins as a numbered heading does, and says more than its number."""
    mark = heading_mark(line.text)
    return mark is not None and mark.length < len(line.text)


def _names_notes(line: Line) -> bool:
    """Whether it says that notes or works follow, and no more."""
    name = line.text.rstrip(":：")
    return len(name) > 1 and name in NOTE_HEADS


def _whole_between_calls(source: str, pieces: Sequence[Line], width: float) -> Iterator[Line]:
    """The pieces as one line, but for what its calls part: which of these are calls is told later, by lines of their own."""
    joins = [
        k for k in range(1, len(pieces)) if is_call(pieces[k].text) or _CALLED.search(pieces[k - 1].text)
    ]
    if len(pieces) == 1:
        yield pieces[0]
        return
    if not joins:
        yield _whole(source, pieces, width)
        return
    smaller = [raised(piece.text) for piece in pieces]
    share = width / (sum(piece.width for piece in pieces) - sum(smaller))
    for a, b in pairwise([0, *joins, len(pieces)]):
        taken = sum(smaller[a:b])
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
