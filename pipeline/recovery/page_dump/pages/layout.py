"""A page dump as it was laid out: lines with their indents and gaps, and where pages begin.

Comes in: the text of a dump. Goes out: ``Layout``, every line that holds more than white space, with what
the blank lines around it say. Nothing is refused: a text without any trace of pages is one page.

A page begins at a form feed. Where an extractor turned form feeds into spaces, the trace is a line with a
leading space: directly after another line, in a dump that otherwise has blank lines between lines; else one that
comes again and again in the middle of sentences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

from pipeline.location import Span, record, replaced
from pipeline.recovery.characters.codepoints import COMPATIBLE, UNIFIED, has_compatible
from pipeline.recovery.notes import CIRCLED
from pipeline.recovery.page_dump.pages.widths import narrow_of, width_of

_RULE = re.compile(r"[-_—―─━═＿=.\s]{8,}")
_DRAWN = "-_—―─━═＿="  # what rules are drawn with
_CLOSING = "，。、；：？！）」』》〉】〕”’,.;:?!)]"
_CALL_AT_END = re.compile(
    rf"(?:[^\d\s.,\-–][0-9]{{1,3}}|[（(\[［〔【][註注]?[0-9]{{1,3}}[)）\]］〕】]|[{CIRCLED}⁰¹²³⁴⁵⁶⁷⁸⁹])$"
)
_NUMBER_ALONE = re.compile(
    rf"[（(\[［〔【]?(?:[註注][釋释]?)?\s?[0-9]{{1,4}}[)）\]］〕】]?|[註注][釋释]?\s?[0-9]{{1,3}}[：:．.、]|[{CIRCLED}]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,4}}"
)
_POINTED_ALONE = re.compile(
    "[0-9]{1,3}[.．、]"
)  # a label, or where the note goes on from the line above, its last page
SPACE_RULE = 20  # this many spaces on a line of their own were a rule on the page
_LABELLED = re.compile(rf"(?:[0-9]{{1,3}}|[{CIRCLED}])(?:[\s\u3000]|$)")  # so a note begins
MARGINS, MANY = (
    0.25,
    2,
)  # of the pages, and at least so many, may have a margin: no text quotes so many whole pages
_LABEL = re.compile(
    rf"(?:[0-9]{{1,3}}|[{CIRCLED}])(?![0-9年月日]|[ \u3000][年月日])"
)  # so a note may begin, also without a space
_HEADED = re.compile(
    "[^，。；：！？、《》〈〉「」『』“”（）()]*[\u3400-\u9fff]{2}[^，。；：！？、《》〈〉「」『』“”（）()]*"
)
_NUMERAL = re.compile("[0-9]{1,4}")
_FOLIO = re.compile(r"第\s?[0-9]{1,4}\s?[頁页]|(?P<mark>[-–—－‧·•.．~～])\s?[0-9]{1,4}\s?(?P=mark)")
_CLOSED = "。！？」』”）…"
LONG_PAGE = 80  # lines
HEAD = 6  # characters that tell one running head from another
CUT = 0.1  # of the lines that pages begin with, at least, go on with a sentence
STEPS = 3  # so many numbers, at least, are one more than the one before where numbers tell the pages
EVEN_STEPS = 0.8  # of the numbers alone on the line before a page's first are one more than the one before
SHORT_PAGE = 8  # a page trace this few lines after another one is a raised number's doing
LEAST_PAGE = 12  # lines, where its first line stands farther in than a space


@record
class Line:
    """A line of the source without the white space around it.

    ``start`` and ``end`` are where its text stands, ``after`` is where the white space behind it ends; ``em`` is
    the text's width; ``indent`` counts in half-widths; ``gap`` is the number of blank lines before it beyond the usual.
    """

    start: int
    end: int
    after: int
    text: str
    em: float
    indent: int = 0
    gap: int = 0
    tight: bool = False  # no blank line before it, in a dump that has one between lines
    trailing: bool = False  # white space stood behind it
    feed: bool = False  # a form feed stood before it
    rule: int = 0  # length of a rule between this line and the one before
    hidden: bool = False  # a running head stood before it on its line: its indent is not known

    def _replace(self, **changes: Any) -> Line:
        """The same line with other values of these fields."""
        return replaced(self, **changes)

    @property
    def span(self) -> Span:
        """Where its text stands."""
        return Span(self.start, self.end)

    @property
    def width(self) -> float:
        """Width of the text in em, the indent included."""
        return self.indent / 2 + self.em

    def without_prefix(self, length: int) -> Line:
        """The same line with the first ``length`` characters (and white space behind them) taken off."""
        text = self.text[length:].lstrip()
        return self._replace(start=self.end - len(text), text=text, em=width_of(text))

    def without_suffix(self, length: int) -> Line:
        """The same line with the last ``length`` characters (and white space before them) taken off."""
        text = self.text[: len(self.text) - length].rstrip()
        return self._replace(end=self.start + len(text), text=text, em=width_of(text))


class Page(NamedTuple):
    """Lines ``first`` up to ``last`` of the layout; ``number`` as the source tells it, or empty."""

    first: int
    last: int
    number: str = ""


@dataclass(frozen=True)
class Layout:
    """The lines of a source and its pages. ``drawn`` are rules drawn with characters: no text."""

    source: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...]
    spread: bool  # a blank line between lines is the usual thing
    drawn: tuple[Span, ...] = ()
    told: bool = False  # form feeds or their traces say where pages begin

    def split(self, starts: Iterable[int]) -> Layout:
        """The layout with further pages beginning at these lines."""
        bounds = sorted({page.first for page in self.pages} | {s for s in starts if s < len(self.lines)})
        return replace(self, pages=tuple(Page(a, b) for a, b in pairwise([*bounds, len(self.lines)])))

    def without(self, gone: Set[int]) -> Layout:
        """The layout without these lines; pages keep their bounds."""
        if not gone:
            return self
        lines: list[Line] = []
        moved: list[int] = []
        for i, line in enumerate(self.lines):
            moved.append(len(lines))
            if i not in gone:
                lines.append(line)
        moved.append(len(lines))
        pages = tuple(Page(moved[p.first], moved[p.last], p.number) for p in self.pages)
        return replace(self, lines=tuple(lines), pages=pages)


# A line before the usual gap is known: its text, em and indent, the blank lines before it, whether white space stood behind
# it and a form feed before it, the rule before it, and how many lines and drawn rules there are up to it.
_Row = tuple[str, float, int, int, bool, bool, int, int]


class _Scan(NamedTuple):
    lines: list[Line]
    drawn: list[Span]
    usual: int  # blank lines between two lines
    opened: set[int]  # lines before which a page's own space stood on a line, right behind the line above


def read_layout(source: str) -> Layout:
    """The lines and pages of ``source``. The lines' texts have unified ideographs; their spans do not move."""
    scan = _scan(_unified(source))
    starts = _page_starts(scan, fed="\f" in source)
    told = len(starts) > 1
    pages = tuple(Page(a, b) for a, b in pairwise([*starts, len(scan.lines)]) if b > a)
    _take_margins(scan.lines, pages)
    return Layout(source, tuple(scan.lines), pages, scan.usual > 0, tuple(scan.drawn), told)


def _unified(source: str) -> str:
    if not has_compatible(source):
        return source
    parts = COMPATIBLE.split(source)  # each second one is a compatibility ideograph
    parts[1::2] = map(UNIFIED.__getitem__, parts[1::2])
    return "".join(parts)


def _physical(source: str) -> Iterator[tuple[int, str, bool]]:
    """Physical lines: offset, text without line end, and whether a form feed stands before it."""
    at, fed = 0, False
    for line in source.split("\n"):
        if "\f" in line:
            for number, part in enumerate(line.split("\f")):
                yield at, part, fed or number > 0
                at += len(part) + 1
                fed = False
        else:
            yield at, line, fed
            at += len(line) + 1
            fed = False


def _scan(source: str) -> _Scan:
    rows: list[_Row] = []
    drawn: list[Span] = []
    begins: list[int] = []  # of every row and every drawn rule
    opened: set[int] = set()
    blank, fed, rule = 0, False, 0
    narrow = narrow_of(source)
    for at, raw, feed in _physical(source):
        fed = fed or feed
        text = raw.strip()
        if not text:
            if raw and not blank and rows and raw != "\r" and len(raw) < SPACE_RULE:
                opened.add(len(rows))
            blank += 1
            rule = max(rule, len(raw)) if len(raw) >= SPACE_RULE else rule
            continue
        lead = len(raw) - len(raw.lstrip()) if len(raw) > len(text) else 0
        begin, length = at + lead, len(text)
        begins.append(begin)
        if length >= 8 and text[0] in _DRAWN and _RULE.fullmatch(text) and not text.strip(_DRAWN):
            drawn.append(Span(begin, begin + length))
            blank, rule = blank + 1, max(rule, length)
        else:
            indent = int(2 * width_of(raw[:lead])) if lead else 0
            trailing = len(raw) > lead + length and raw.rstrip("\r")[-1].isspace()
            em = length - narrow.count(1, begin, begin + length) / 2
            rows.append((text, em, indent, blank, trailing, fed, rule, len(begins)))
            blank, fed, rule = 0, False, 0
    begins.append(len(source))
    usual = _usual_gap([row[3] for row in rows], [row[1] for row in rows])
    lines: list[Line] = []
    for text, em, indent, blank, trailing, fed, rule, place in rows:
        begin = begins[place - 1]
        after = begins[place]  # where what comes next begins; a drawn rule goes away by itself
        gap = blank - usual if blank > usual else 0
        tight = usual > 0 and blank == 0 and bool(lines)
        end = begin + len(text)
        lines.append(Line(begin, end, after, text, em, indent, gap, tight, trailing, fed, rule))
    return _Scan(lines, drawn, usual, opened if usual else set())


def _usual_gap(blanks: Sequence[int], widths: Sequence[float]) -> int:
    """The number of blank lines that usually stands between two lines, behind long lines above all.

    ``blanks`` stand before each line. Notes and headings may stand apart in a dump whose text lines do not.
    """
    if len(blanks) < 4:
        return 0
    usual = _most_common(blanks[1:])
    long = 0.7 * sorted(widths)[int(0.9 * (len(widths) - 1))]
    behind = [blank for blank, before in zip(blanks[1:], widths, strict=False) if before >= long]
    return min(usual, _most_common(behind)) if len(behind) >= 4 else usual


def _most_common(gaps: Sequence[int]) -> int:
    """The number of blank lines that more than half of the lines have before them; else none."""
    counts: Counter[int] = Counter()
    for gap, count in Counter(gaps).items():
        counts[min(gap, 4)] += count
    common = counts.most_common(1)[0]
    return common[0] if common[1] * 2 > len(gaps) else 0


def _page_starts(scan: _Scan, fed: bool) -> list[int]:
    """The lines that pages begin with; also takes the page's own space off their indent.

    ``fed``: the dump has form feeds, if only behind its last page: then nothing else stands for them.
    """
    lines = scan.lines
    starts = [0] if lines else []
    if fed:
        return starts + [i for i, line in enumerate(lines) if line.feed and i]
    spaced = [line.tight and line.indent > 0 for line in lines] if scan.usual else _spaced(lines)
    for i in scan.opened:
        if i < len(lines) and _FOLIO.fullmatch(lines[i - 1].text):
            spaced[i] = True
    numbered, whole = _behind_folios(lines, spaced)
    if numbered and not whole:  # some page lost its space: the numbers tell the pages better
        for i in numbered:
            if i not in scan.opened:
                lines[i] = lines[i]._replace(indent=lines[i].indent - 1, tight=False)
        return starts
    noted = False  # the page's notes have begun: there are no raised numbers below
    for i, line in enumerate(lines):
        noted = noted or line.rule > 0
        if (
            i
            and spaced[i]
            and (
                i in numbered
                or _is_page_trace(
                    lines[i - 1], line, i - starts[-1], noted, lines[i - 2].text if i > 1 else ""
                )
            )
        ):
            starts.append(i)
            noted = False
    begun = [i for i in starts[1:] if i not in scan.opened]
    one = sum(lines[i].indent == 1 for i in begun)
    if scan.usual and 2 * one < len(begun) and min(b - a for a, b in pairwise(starts)) < LEAST_PAGE:
        # these lines stand farther in for another reason: the dump kept its layout
        return [i for i in starts if i not in begun]
    for i in begun:
        lines[i] = lines[i]._replace(indent=lines[i].indent - 1, tight=False)
    return starts


def _behind_folios(lines: Sequence[Line], spaced: Sequence[bool]) -> tuple[set[int], bool]:
    """The spaced lines behind numbers alone that count on, a page's length from one to the next, and whether no number is left
    out; none where they are raised ones."""
    found = [
        (i, int(lines[i - 1].text))
        for i in range(1, len(lines))
        if spaced[i] and _NUMERAL.fullmatch(lines[i - 1].text)
    ]
    steps = sum(b[1] == a[1] + 1 and b[0] - a[0] > SHORT_PAGE for a, b in pairwise(found))
    if steps < max(STEPS, EVEN_STEPS * (len(found) - 1)):
        return set(), False
    return {i for i, _ in found}, all(b[1] == a[1] + 1 for a, b in pairwise(found))


def _spaced(lines: Sequence[Line]) -> list[bool]:
    """Which lines have one space more than others, where these come page by page; they cut sentences or say the same."""
    none = [False] * len(lines)
    indents = Counter(line.indent for line in lines)
    odd = {indent for indent, n in indents.items() if indent == 1 or 3 * n < indents[indent - 1]} - {0}
    if indents[0] < 0.5 * len(lines) or 1 not in odd:
        return none
    found = [i for i, line in enumerate(lines) if line.indent in odd]
    said = Counter(_words(lines[i].text) for i in found)
    heads = {words for words, n in said.items() if n >= max(2, CUT * len(found)) and _HEADED.fullmatch(words)}
    found = [i for i in found if _words(lines[i].text) in heads or not _LABEL.match(lines[i].text)]
    steps = [b - a for a, b in pairwise(found) if b - a > SHORT_PAGE]
    if len(steps) < MANY - 1 or median(steps) > LONG_PAGE or len(steps) < 0.7 * (len(found) - 1):
        return none
    long = 0.75 * sorted(line.em for line in lines)[int(0.9 * (len(lines) - 1))]
    cut = sum(
        _words(lines[i].text) in heads or (lines[i - 1].em >= long and lines[i - 1].text[-1] not in _CLOSED)
        for i in found
        if i
    )
    starts = set(found)
    return [i in starts for i in range(len(lines))] if cut >= max(2, CUT * len(found)) else none


def _words(text: str) -> str:
    """What a running head begins with, behind the page's number."""
    return text.lstrip("0123456789 \u3000")[:HEAD]


def _is_page_trace(before: Line, line: Line, distance: int, noted: bool, above: str) -> bool:
    pointed = above[-1:] in _CLOSED and _POINTED_ALONE.fullmatch(before.text)
    if pointed or _NUMBER_ALONE.fullmatch(before.text) or (line.text[0] in _CLOSING and not noted):
        return False
    return distance > SHORT_PAGE or not _CALL_AT_END.search(before.text)


def _take_margins(lines: list[Line], pages: Sequence[Page]) -> None:
    """Takes off each page's margin, where many pages have one; else an indented page is a quotation."""
    margins = [_margin(lines[page.first : page.last]) for page in pages]
    taken = sum(margin > 1 for margin in margins)
    if taken * 2 <= len(pages) and taken < max(MANY, MARGINS * len(pages)):
        return
    for page, margin in zip(pages, margins, strict=True):
        if margin > 1:
            for i in range(page.first, page.last):
                lines[i] = lines[i]._replace(indent=max(0, lines[i].indent - margin))


def _margin(lines: Sequence[Line]) -> int:
    """The smallest indent that several of a page's longer lines share; notes set farther out do not count."""
    if not any(line.indent for line in lines):
        return 0
    usual = Counter(line.indent for line in lines).most_common(1)[0][0]
    foot = (
        i
        for i in range(len(lines) // 3, len(lines))
        if lines[i].indent < usual and _LABELLED.match(lines[i].text)
    )
    lines = lines[: next(foot, len(lines))]
    widest = max((line.em for line in lines if line.indent), default=0)
    if not widest:
        return 0
    counts = Counter(line.indent for line in lines if line.em > 0.6 * widest)
    shared = [indent for indent, count in counts.items() if count * 6 > sum(counts.values())]
    return min(shared, default=0) if sum(counts.values()) > 3 else 0
