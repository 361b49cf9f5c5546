"""Where pages begin: behind form feeds, or at the traces that they leave, and the margins that pages have.

Comes in: the lines of a source. Goes out: the lines that pages begin with, without the page's own space. Refused: lines that stand
farther in for another reason.

Where an extractor turned form feeds into spaces, the trace is a line with a leading space: directly after another line, in a dump that
otherwise has blank lines between lines; else one that comes again and again in the middle of sentences. Such dumps have lost most
running heads; a page that kept its own begins behind empty lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Sequence, Set
from itertools import pairwise
from statistics import median

from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.pages.layout import LONG_PAGE, STEPS, Line, Page, Scan
from pipeline.recovery.wording.marks import BEHIND_WORDS, HAN_CLOSERS

_CALL_AT_END = re.compile(
    rf"(?:[^\d\s.,\-–][0-9]{{1,3}}|[（(\[［〔【][註注]?[0-9]{{1,3}}[)）\]］〕】]|[{CIRCLED}⁰¹²³⁴⁵⁶⁷⁸⁹])$"
)
_NUMBER_ALONE = re.compile(
    rf"[（(\[［〔【]?(?:[註注][釋释]?)?\s?[0-9]{{1,4}}[)）\]］〕】]?|[註注][釋释]?\s?[0-9]{{1,3}}[：:．.、]|[{CIRCLED}]|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,4}}"
)
# A label, or where the note goes on from the line above, its last page.
_POINTED_ALONE = re.compile("[0-9]{1,3}[.．、]")
_LABELLED = re.compile(rf"(?:[0-9]{{1,3}}|[{CIRCLED}])(?:[\s\u3000]|$)")  # so a note begins
# So a note may begin, also without a space.
_LABEL = re.compile(rf"(?:[0-9]{{1,3}}|[{CIRCLED}])(?![0-9年月日]|[ \u3000][年月日])")
_HEADED = re.compile(
    "[^，。；：！？、《》〈〉「」『』“”（）()]*[\u3400-\u9fff]{2}[^，。；：！？、《》〈〉「」『』“”（）()]*"
)
_CITED = re.compile("[，。；：,;]")  # no head has one
_NUMERAL = re.compile("[0-9]{1,4}")
_FOLIO = re.compile(r"第\s?[0-9]{1,4}\s?[頁页]|(?P<mark>[-–—－‧·•.．~～])\s?[0-9]{1,4}\s?(?P=mark)")
_CLOSED = frozenset(f"{HAN_CLOSERS}…")
# This share of the pages, and at least so many, may have a margin: no text quotes so many whole pages.
MARGINS, MANY = 0.25, 2
FEET = 3  # pages that end with the same words
HEAD = 6  # characters that tell one running head from another
CUT = 0.1  # of the lines that pages begin with, at least, go on with a sentence
EVEN_STEPS = 0.75  # of the numbers alone on the line before a page's first are one more than the one before
SHORT_PAGE = 8  # a page trace this few lines after another one is a raised number's doing
LEAST_PAGE = 12  # lines, where its first line stands farther in than a space


def page_starts(scan: Scan, fed: bool) -> list[int]:
    """The lines that pages begin with; also takes the page's own space off their indent.

    ``fed``: the dump has form feeds, if only behind its last page: then nothing else stands for them.
    """
    lines = scan.lines
    first = [0] if lines else []
    if fed:
        return first + [i for i, line in enumerate(lines) if line.feed and i]
    spaced = _tight(lines) if scan.usual else _spaced(lines)
    opened = {i: spaces for i, spaces in scan.opened.items() if i < len(lines)}
    feet = Counter(lines[i - 1].text for i in spaced if i)  # some stand at the foot of every page
    spaced |= {i for i in opened if _FOLIO.fullmatch(lines[i - 1].text) or feet[lines[i - 1].text] >= FEET}
    # A page may begin with a blank line: its own space stands before that one's.
    blank = {i for i, spaces in opened.items() if spaces > 1}
    numbered, whole = _behind_folios(lines, spaced | blank)
    if numbered and not whole:  # some page lost its space: the numbers tell the pages better
        _take_space(lines, numbered - opened.keys())
        return first
    starts = first + _traced(lines, spaced, numbered)
    begun = [i for i in starts[1:] if i not in opened]
    one = sum(lines[i].indent == 1 for i in begun)
    if scan.usual and 2 * one < len(begun) and min(b - a for a, b in pairwise(starts)) < LEAST_PAGE:
        # these lines stand farther in for another reason: the dump kept its layout
        return [i for i in starts if i not in begun]
    _take_space(lines, begun)
    return sorted({*starts, *_parted(lines, starts)})


def _take_space(lines: list[Line], starts: Iterable[int]) -> None:
    """Takes the page's own space off the first lines of pages."""
    for i in starts:
        lines[i] = lines[i]._replace(indent=lines[i].indent - 1, tight=False)


def _traced(lines: Sequence[Line], spaced: Set[int], numbered: Container[int]) -> list[int]:
    """The lines, but the first of all, that pages begin with: those behind page numbers, and spaced ones that are no raised number's."""
    said = Counter(lines[i].text for i in spaced)
    heads = {text for text, n in said.items() if n > 1 and len(text) >= HEAD and not _CITED.search(text)}
    if not all(lines[i].text in heads for i in spaced if i and _NUMBER_ALONE.fullmatch(lines[i - 1].text)):
        heads = set()  # where other lines stand behind numbers, these tell the pages
    starts = [0]
    noted = False  # the page's notes have begun: there are no raised numbers below
    for i, line in enumerate(lines):
        noted = noted or line.rule > 0
        if i in numbered or (i and i in spaced and _is_page_trace(lines, i, i - starts[-1], noted, heads)):
            starts.append(i)
            noted = False
    return starts[1:]


def _parted(lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    """The lines behind empty ones, where other pages left a trace and most of them are a page away from what else begins one."""
    parted = [i for i, line in enumerate(lines) if i and line.parted]
    bounds = sorted({*starts, *parted})
    near = {k for pair in pairwise(bounds) if pair[1] - pair[0] <= SHORT_PAGE for k in pair}
    return parted if len(starts) > 1 and 2 * len(near & {*parted}) <= len(parted) else []


def _behind_folios(lines: Sequence[Line], spaced: Set[int]) -> tuple[set[int], bool]:
    """The spaced lines behind numbers alone that count on, a page's length from one to the next, and whether no number is left
    out; none where they are raised ones. Pages whose number stands before words at the foot are counted by their traces.
    """
    found: list[tuple[int, int, int]] = []  # line, number, and traces without a number up to here
    passed = 0
    for i in sorted(spaced - {0}):
        if _NUMERAL.fullmatch(number := lines[i - 1].text.strip("（）()")):
            found.append((i, int(number), passed))
        else:
            passed += 1
    steps = [
        (b[1] - a[1], b[0] - a[0] > SHORT_PAGE)
        for a, b in pairwise(found)
        if b[1] - a[1] in (1, 1 + b[2] - a[2])
    ]
    long = [step for step, far in steps if far]
    if sum(long) < STEPS or len(long) < EVEN_STEPS * (len(found) - 1):
        return set(), False
    return {i for i, *_ in found}, len(steps) == len(found) - 1


def _tight(lines: Sequence[Line]) -> set[int]:
    """The lines with a space that stand right below another one, where blank lines stand between others."""
    return {i for i, line in enumerate(lines) if line.tight and line.indent > 0}


def _spaced(lines: Sequence[Line]) -> set[int]:
    """The lines with one space more than others, where these come page by page; they cut sentences or say the same."""
    indents = Counter(line.indent for line in lines)
    odd = {indent for indent, n in indents.items() if indent == 1 or 3 * n < indents[indent - 1]} - {0}
    if indents[0] < 0.5 * len(lines) or 1 not in odd:
        return set()
    found = [i for i, line in enumerate(lines) if line.indent in odd]
    said = Counter(_words(lines[i].text) for i in found)
    heads = {words for words, n in said.items() if n >= max(2, CUT * len(found)) and _HEADED.fullmatch(words)}
    found = [i for i in found if _words(lines[i].text) in heads or not _LABEL.match(lines[i].text)]
    steps = [b - a for a, b in pairwise(found) if b - a > SHORT_PAGE]
    if len(steps) < MANY - 1 or median(steps) > LONG_PAGE or len(steps) < 0.7 * (len(found) - 1):
        return set()
    long = 0.75 * sorted(line.em for line in lines)[int(0.9 * (len(lines) - 1))]
    cut = sum(
        _words(lines[i].text) in heads or (lines[i - 1].em >= long and lines[i - 1].text[-1] not in _CLOSED)
        for i in found
        if i
    )
    return set(found) if cut >= max(2, CUT * len(found)) else set()


def _words(text: str) -> str:
    """What a running head begins with, behind the page's number."""
    return text.lstrip("0123456789 \u3000")[:HEAD]


def _is_page_trace(
    lines: Sequence[Line], i: int, distance: int, noted: bool, heads: Container[str] = ()
) -> bool:
    """Whether a spaced line may begin a page so many lines behind the last one's beginning, and was not broken by a number.

    The number of the first page may stand at its foot, right above that of the second at its head. ``heads``: what several such lines
    say, for notes too short.
    """
    told = lines[i].text in heads or _counts_on(lines[i - 1].text, lines[i].text)
    if distance > SHORT_PAGE and told:
        return True
    text, before, above = lines[i].text, lines[i - 1].text, lines[i - 2].text[-1] if i > 1 else ""
    pointed = above in _CLOSED and _POINTED_ALONE.fullmatch(before)
    # What a journal prints at the foot of its first page.
    below_issue = i == distance > 1 and is_masthead(lines[i - 2].text)
    numbered = _NUMBER_ALONE.fullmatch(before) and not below_issue
    if pointed or numbered or (text[0] in BEHIND_WORDS and not noted):
        return False
    return distance > SHORT_PAGE or not _CALL_AT_END.search(before)


def _counts_on(before: str, text: str) -> bool:
    """Whether two lines are numbers, and the second is the next one."""
    numbers = _NUMERAL.fullmatch(before) and _NUMERAL.fullmatch(text)
    return numbers is not None and int(text) == int(before) + 1


def take_margins(lines: list[Line], pages: Sequence[Page]) -> None:
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
