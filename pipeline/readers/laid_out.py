"""Lines → whether they are those of printed pages: a dump of any extractor, with or without form feeds.

Comes in: a text without markup. Refused: verse, lists, tables, sources and paragraphs wrapped by hand, which
are plain.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.han import HAN
from pipeline.page_signs import LONE_NUMBER

CLOSED = tuple("。！？!?…：:；;」』”’）)】〉》.．—")
HAN_LETTER = re.compile(f"[{HAN}]")
_INNER_STOP = re.compile(r"[，。；、：！？,.;]\s*\S*[^\s，。；、：！？,.;」』”’）]")
# Alone on its line it parts the sections of a text for the terminal.
_TURNED_PAGE = re.compile(r"\f[^\S\n]*\S")
_TURNED_LINE = re.compile(r" \S")
_ENTRY = re.compile(
    r"\s*(?:[(（]?[0-9一二三四五六七八九十]{1,4}[)）、.． ]|第[0-9一二三四五六七八九十百]+[條条章節节])"
)
_LONE_NUMBER = re.compile(rf"(?m)^{LONE_NUMBER}$")
_PAGE_NUMBER = re.compile(  # also as scripts write it: «--- Page 3 ---», «[第 3 頁]», «<!-- page 3/24 -->»
    r"[^\w\n]*(?:[Pp]age|PAGE|第|p\.)?[ ]?([0-9]{1,4})[ ]?(?:[頁页]|(?:/|of)[ ]?[0-9]{1,4})?[^\w\n]*"
)
LEAST_WIDTH, MOST_WIDTH = 30, 130  # columns of a full line as printed: 15 to 65 Han characters
SLACK = 0.85  # how much of its measure a justified line with letters and squeezed marks fills at least
SHARP = 2  # how many times as many lines fill a measure as stop a little before it
FULL, NUMBERED = 0.25, 0.1  # so many of the lines fill their measure; where pages tell their numbers
TURNED = 2  # signs of pages, at least
RULE = 40  # spaces on a line of their own
CUT = 0.3  # of the lines stop inside a sentence, at least, where blank lines part them: paragraphs do not
CLOSE = 0.2  # of the lines may stand directly behind another one, where blank lines part them
PAGES, APART = 5, 5  # so many page numbers, so many lines apart, at least
MARK = 32  # characters of a line that tells a page's number and no more
LETTERS = 2  # characters of a slanting watermark came out on one line, at most
OVERFULL = 1.3  # a wider line belongs to no page of these measures: a table's row, or a whole paragraph


def is_laid_out(text: str) -> bool:
    """Are the lines those of printed pages: cut at one width or two, most of them inside a sentence?

    A page has a measure for its text and often a longer one for its notes, set smaller; lines that fill either
    count together. Wrapped lines of Western text without page traces are an e-mail's or an editor's: that is plain
    text, and so is wrapped Chinese whose paragraphs blank lines part, without a page number.
    """
    if "\f" in text.strip("\f\n "):
        return _TURNED_PAGE.search(text) is not None or len(HAN_LETTER.findall(text)) * 10 >= len(text)
    lines = [line.rstrip() for line in text.split("\n") if line.strip() and "........" not in line]
    if len(lines) < 4 or not _is_prose(lines):
        return False
    if _tells_pages(text):
        return True
    if _is_wrapped_by_hand(text):
        return False
    cuts = [full for full in _full_lines(lines) if _is_cut_prose(full)]
    if not cuts or _ends_nowhere(lines, cuts):
        return False
    filled = sum(map(len, cuts))
    widest = max(columns(line) for full in cuts for line in full)
    beyond = sum(columns(line) > OVERFULL * widest for line in lines)
    share = NUMBERED if _counts_pages(lines) else FULL
    return filled >= share * len(lines) and beyond <= 0.25 * filled


def _tells_pages(text: str) -> bool:
    """Whether lines stop inside sentences and white space tells of pages, as in a word processor's dump.

    A line of spaces stands for the rule above a page's notes; a space before a page's first line tells only where blank lines
    part nearly all others.
    """
    told: list[str] = []
    close = turns = rules = 0
    for before, line in pairwise(["", *text.split("\n")]):
        behind = len(before.strip())
        turned = behind > LETTERS and _TURNED_LINE.match(line) is not None
        turns += turned
        rules += len(line) >= RULE and line.isspace()
        if columns(line.strip()) >= LEAST_WIDTH:
            told.append(line.rstrip())
            close += behind > 0 and not turned
    turns *= close <= CLOSE * len(told)
    return turns + rules >= TURNED and _is_cut_prose(told, CUT)


def _full_lines(lines: Sequence[str]) -> list[list[str]]:
    """The lines that fill the two commonest measures, the commoner first; no line twice.

    Lines of a list have any width: only where fewer stop a little earlier is a width a measure.
    """
    rest, found = sorted(lines, key=columns), []
    for _ in range(2):
        widths = [columns(line) for line in rest]
        spans = [
            (bisect_right(widths, top) - bisect_left(widths, SLACK * top), top)
            for top in sorted(set(widths))
            if LEAST_WIDTH <= top <= MOST_WIDTH
        ]
        if not spans:
            break
        count, top = max(spans)
        end = bisect_right(widths, top)
        start = end - count
        if count >= SHARP * (start - bisect_left(widths, SLACK * SLACK * top)):
            found.append(rest[start:end])
        rest = rest[:start] + rest[end:]
    return found


def _is_cut_prose(full: Sequence[str], cut: float = 0.5) -> bool:
    """Lines that stop inside a sentence, with stops inside the line at no fixed place (which would be verse)."""
    stops = [match.start() for line in full if (match := _INNER_STOP.search(line))]
    if len(full) < 3 or len(stops) < 0.3 * len(full):
        return False
    if len(stops) > 1 and Counter(stops).most_common(1)[0][1] >= 0.6 * len(stops):
        return False
    # A source ends in its year.
    opened = sum(not line.endswith(CLOSED) and not line[-1].isdigit() for line in full)
    return opened >= cut * len(full)


def _is_wrapped_by_hand(text: str) -> bool:
    """Paragraphs of full lines, parted by blank lines that never fall inside a sentence; no page number."""
    parts = [part.split("\n") for part in re.split(r"\n(?:[^\S\n]*\n)+", text.strip())]
    several = [part for part in parts if len(part) > 1]
    if len(parts) < 3 or len(several) < 2 or _has_page_lines(text):
        return False
    rows = [[columns(line.rstrip()) for line in part[:-1]] for part in several]
    widths = sorted(width for row in rows for width in row)
    full = SLACK * widths[int(0.9 * (len(widths) - 1))]
    texts = [(row, part[-1]) for row, part in zip(rows, several, strict=True) if max(row) >= full]
    inner = [width for row, _ in texts for width in row]
    closed = sum(last.rstrip().endswith(CLOSED) for _, last in texts)
    return sum(width >= full for width in inner) >= 0.8 * len(inner) and closed >= 0.8 * len(texts)


def _has_page_lines(text: str) -> bool:
    """Whether a line is a page's number, or a head with its number comes back."""
    heads = Counter(
        re.sub(r"[0-9]+", "0", line.strip()) for line in text.split("\n") if HAN_LETTER.search(line)
    )
    return _LONE_NUMBER.search(text) is not None or any(n > 1 and "0" in head for head, n in heads.items())


def _counts_pages(lines: Sequence[str]) -> bool:
    """Whether lines that are only a number count on through the text, as those of pages do and a list's do not."""
    best: dict[int, tuple[int, int]] = {}  # number → how many count up to it, the line of the last
    for at, line in enumerate(lines):
        if len(line) <= MARK and (found := _PAGE_NUMBER.fullmatch(line)):
            number = int(found[1])
            count, last = best.get(number - 1, (0, -APART))
            best[number] = max(best.get(number, (0, 0)), (count + 1 if at - last >= APART else 1, at))
    return max(best.values(), default=(0, 0))[0] >= PAGES


def _ends_nowhere(lines: Sequence[str], cuts: Sequence[Sequence[str]]) -> bool:
    """Whether shorter lines behind open ones stay open as well: free verse, where a page has paragraphs' ends."""
    full = {line for cut in cuts for line in cut}
    least = min(columns(line) for line in full)
    tails = [
        after
        for before, after in pairwise(lines)
        if before in full and not before.endswith(CLOSED) and columns(after) < least
    ]
    tails = [line for line in tails if not _LONE_NUMBER.match(line) and len(line.strip()) > LETTERS]
    return len(tails) >= 5 and sum(line.endswith(CLOSED) for line in tails) < 0.2 * len(tails)


def _is_prose(lines: Sequence[str]) -> bool:
    """Chinese sentences that end somewhere: no list, no table, no Western text."""
    han = sum(len(HAN_LETTER.findall(line)) for line in lines)
    if han < 0.1 * sum(map(len, lines)):
        return False
    listed = sum(bool(_ENTRY.match(line)) or "\t" in line.strip() for line in lines)
    closed = sum(line.endswith(CLOSED) for line in lines)
    return listed <= 0.5 * len(lines) and closed >= 0.03 * len(lines)


def columns(line: str) -> int:
    """The printed width of a line: a Han character or a full-width mark is two columns, a letter one."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" and c > "\xff" else 1 for c in line)
