"""A source read as a layout: its lines with their indents and the blank lines between them, line by line.

Comes in: the text of a dump. Goes out: its ``Layout``. Refused: nothing; a text without any trace of pages is one page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.location import Span
from pipeline.recovery.characters.codepoints import unified
from pipeline.recovery.page_dump.pages.layout import Layout, Line, Page, Scan
from pipeline.recovery.page_dump.pages.traces import page_starts, take_margins
from pipeline.recovery.page_dump.pages.widths import narrow_of, width_of

_RULE = re.compile(r"[-_—―─━═＿=.\s]{8,}")
_DRAWN = "-_—―─━═＿="  # what rules are drawn with
PARTED = 2  # so many empty lines beyond the usual
SPACE_RULE = 20  # this many spaces on a line of their own were a rule on the page
# A line before the usual gap is known: its text, em and indent, the blank lines before it and whether they are empty, whether
# white space stood behind it and a form feed before it, the rule before it, and how many lines and drawn rules there are up to it.
_Row = tuple[str, float, int, int, bool, bool, bool, int, int]


def read_layout(source: str) -> Layout:
    """The lines and pages of ``source``. The lines' texts have unified ideographs, also for radicals; their spans do not move."""
    scan = _scan(unified(source))
    fed = "\f" in source
    starts = page_starts(scan, fed)
    told = fed or len(starts) > 1
    pages = tuple(Page(a, b) for a, b in pairwise([*starts, len(scan.lines)]) if b > a)
    take_margins(scan.lines, pages)
    return Layout(source, tuple(scan.lines), pages, scan.usual > 0, tuple(scan.drawn), told)


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


def _scan(source: str) -> Scan:
    rows: list[_Row] = []
    drawn: list[Span] = []
    begins: list[int] = []  # of every row and every drawn rule
    opened: dict[int, int] = {}
    blank, empty, fed, rule = 0, True, False, 0
    narrow = narrow_of(source)
    for at, raw, feed in _physical(source):
        if feed:  # what is drawn below a page's last line parts nothing on the next
            fed, rule = True, 0
        text = raw.strip()
        if not text:
            if raw and not blank and rows and raw != "\r" and len(raw) < SPACE_RULE:
                opened[len(rows)] = len(raw)
            blank += 1
            empty = empty and not raw
            rule = max(rule, len(raw)) if len(raw) >= SPACE_RULE else rule
            continue
        lead = len(raw) - len(raw.lstrip()) if len(raw) > len(text) else 0
        begin, length = at + lead, len(text)
        begins.append(begin)
        if length >= 8 and text[0] in _DRAWN and _RULE.fullmatch(text) and not text.strip(_DRAWN):
            drawn.append(Span(begin, begin + length))
            blank, empty, rule = blank + 1, False, max(rule, length)
        else:
            indent = int(2 * width_of(raw[:lead])) if lead else 0
            trailing = len(raw) > lead + length and raw.rstrip("\r")[-1].isspace()
            em = length - narrow.count(1, begin, begin + length) / 2
            rows.append((text, em, indent, blank, empty, trailing, fed, rule, len(begins)))
            blank, empty, fed, rule = 0, True, False, 0
    begins.append(len(source))
    usual = _usual_gap([row[3] for row in rows], [row[1] for row in rows])
    return Scan(_lines(rows, begins, usual), drawn, usual, opened if usual else {})


def _lines(rows: Sequence[_Row], begins: Sequence[int], usual: int) -> list[Line]:
    """The lines, now that the ``usual`` number of blank ones between two is known."""
    lines: list[Line] = []
    for text, em, indent, blank, empty, trailing, fed, rule, place in rows:
        begin = begins[place - 1]
        after = begins[place]  # where what comes next begins; a drawn rule goes away by itself
        gap = blank - usual if blank > usual else 0
        tight = usual > 0 and blank == 0 and bool(lines)
        end = begin + len(text)
        parted = empty and usual > 0 and gap >= PARTED
        lines.append(
            Line(begin, end, after, text, em, indent, gap, tight, trailing, fed, rule, parted=parted)
        )
    return lines


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
