"""What a dump still says of its paragraphs: measure, indents, blank lines, spaces behind the last lines.

Comes in: the flow of lines. Goes out: a ``Profile``, which ``paragraphs`` weighs each line end by.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pipeline.location import record, replaced
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.page_dump.pages.widths import evenness, excuse
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.joints import is_spaced
from pipeline.recovery.wording.letters import is_latin
from pipeline.recovery.wording.marks import BRACKETS, CLOSERS, is_sentence_end

WORKS_HEAD = re.compile(
    r"(?:(?:主要|重要)?(?:參考|参考|徵引|征引|引用)(?:及參考)?(?:文獻|文献|書目|书目|資料|资料|著作)(?:目錄|目录)?|書目|书目"
    r"|References|REFERENCES|Bibliography|BIBLIOGRAPHY|WorksCited)"
)
_SPACE = re.compile("(?<=[\u3000-\u9fff\uff00-\uffef]) (?! )|(?<! ) (?=[\u3000-\u9fff\uff00-\uffef])")
_NARROW = re.compile("[\x20-\u04ff]")
SPACE = 0.25  # em that a space beside a full-width character takes less than the half that it counts
OVER = 0.5  # em by which full lines with spaces go beyond the measure where spaces are narrower
BEYOND = 0.2  # of them, at least
EXACT = 30  # full lines, at least, without any of these tell the measure
INDENT = 4  # half-widths: a first line's indent, where the document has no usual one
LONGEST = 20  # characters of the heading of a list of works
TORN = 0.3  # of the blank lines may stand where the text goes on; more, and they say nothing of paragraphs
STRAY = 0.02  # of the full lines that go on may have white space behind them by chance
TELLING = 8  # so many of them tell that short lines have it for what they are
FEW = 10  # times as many of them as have it, before words in letters
LOST = 0.15  # of the indented first lines: so many that have lost their indents are no chance
NEAR = 1.0  # em by which a full line may differ
# Of the first lines in the text; the others begin entries, captions, quotations of several paragraphs.
TOLD = 0.75
EVENER = 1.15  # times as many lines are even, at least, where brackets are set half width


@dataclass(frozen=True, slots=True)
class Profile:
    """How a document shows its paragraphs."""

    measure: float
    indents: bool  # first lines are indented
    trailing: bool  # a paragraph's last line has white space behind it
    gaps: bool  # blank lines stand between some paragraphs
    spaced: bool  # Han characters and numbers stand apart
    brackets: float = 1.0  # em that a bracket takes: some houses set them half width
    first: int = 0  # the usual indent of a first line, in half-widths
    latin: bool = False  # the text is in a Latin or Cyrillic script
    steady: bool = False  # nearly every first line is indented or stands apart
    blanks: bool = False  # white space stands behind hardly any line that goes on
    partly: bool = False  # many first lines have lost their indents
    firsts: bool = False  # steady but for headings and the entries of a list of works


@record
class Flow:
    """A line as the text flows: the line, its page, and its text without calls at its ends."""

    line: Line
    page: int
    head: str  # first characters, without a call at the start
    tail: str  # last characters before a call at the end
    first: str  # the first of these characters, or nothing
    last: str  # the last of those, or nothing: what paragraphs are told by most of all
    called: bool  # it ends with a call
    follows: bool  # nothing stood between it and the line before
    width: float = 0.0  # em, calls counted as raised
    opens: bool = False  # it begins with a call
    begins: bool = False  # a list of notes stood before it
    column: float = 0.0  # em that the widest of the neighbouring lines with the same indent takes

    def _replace(self, **changes: Any) -> Flow:
        """The same with other values of these fields."""
        return replaced(self, **changes)


def set_widths(flows: Sequence[Flow], torn: bool = False) -> tuple[list[Flow], float, float]:
    """The flows with their widths as set, the measure, and how wide a bracket is: what makes lines even.

    ``torn``: the extractor broke lines at the calls, and many lines are only pieces.

    Letters, digits and the spaces beside them are as wide as their font says; where enough lines have none, these tell the measure,
    and whether spaces are narrower than they count: then lines that have some go beyond it.
    A house may set brackets half width; then the full lines are equally wide only when they are counted so.
    """
    full = [f.width for f in flows]
    exact = [i for i, f in enumerate(flows) if not _NARROW.search(f.line.text)]
    even = evenness([full[i] for i in exact])
    if even.lines >= EXACT:
        full = _with_spaces(flows, full, even.width)
    halves = [w - 0.5 * len(BRACKETS.findall(f.line.text)) for w, f in zip(full, flows, strict=True)]
    sample = exact if even.lines >= EXACT else range(len(flows))
    one, half = evenness([full[i] for i in sample]), evenness([halves[i] for i in sample])
    if torn:  # pieces are only narrower
        one, half = (
            max(even, evenness(list(_row_widths(flows, widths))), key=lambda even: even.width)
            for even, widths in ((one, full), (half, halves))
        )
    if half.lines >= one.lines and half.most > EVENER * one.most:
        return _with_columns(flows, halves), half.width, 0.5
    return _with_columns(flows, full), one.width, 1.0


def _with_spaces(flows: Sequence[Flow], widths: Sequence[float], measure: float) -> list[float]:
    """The widths with spaces beside full-width characters as narrow as they are set, where many lines that have some go beyond the measure."""
    spaces = [len(_SPACE.findall(flow.line.text)) for flow in flows]
    full = [
        width - measure for width, count in zip(widths, spaces, strict=True) if count and width > measure - 1
    ]
    if sum(beyond > OVER for beyond in full) < BEYOND * len(full):
        return list(widths)
    return [width - SPACE * count for width, count in zip(widths, spaces, strict=True)]


def _row_widths(flows: Sequence[Flow], widths: Sequence[float]) -> Iterator[float]:
    """How wide the lines are, and those that raised numbers may have parted, put together."""
    widest = max(widths, default=0.0) + NEAR
    for i, width in enumerate(widths):
        row, k = width, i + 1
        while row <= widest:
            yield row
            if k >= len(flows) or not (flows[k - 1].called or flows[k].opens) or not flows[k].follows:
                break
            row += widths[k] - flows[k].line.indent / 2
            k += 1


def _with_columns(flows: Sequence[Flow], widths: Sequence[float]) -> list[Flow]:
    """The flows with these widths; neighbouring lines that are all indented make a column."""
    columns = [0.0] * len(flows)
    indents = [f.line.indent for f in flows] + [0, 0]
    begin = 0
    while begin < len(flows):
        low = indents[begin]
        if 2 <= indents[begin + 1] < low <= indents[begin + 1] + 4:
            low = indents[begin + 1]  # the column's first line has an indent of its own
        end = begin + 1
        while indents[end] == low or (low < indents[end] <= low + 4 and indents[end + 1] == low):
            if low < 2 or end >= len(flows) or (flows[end].line.gap and flows[end].follows):
                break
            end += 1
        if end - begin > 1 and indents[end] < low and flows[end - 1].last not in CLOSERS:
            end -= 1  # the first line of a paragraph behind the column
        elif end - begin > 2 and indents[end] < low and widths[end - 1] > max(widths[begin : end - 1]) + 1.3:
            end -= 1  # the same: it ends a sentence, and is wider than the column
        widest = max(widths[begin:end])
        even = end - begin > 2 and all(w >= widest - 0.3 for w in widths[begin : end - 1])
        if low >= 2 and (even or any(f.last not in CLOSERS for f in flows[begin : end - 1])):
            columns[begin:end] = [widest] * (end - begin)
        begin = end
    return [
        f if f.width == w and f.column == c else f._replace(width=w, column=c)
        for f, w, c in zip(flows, widths, columns, strict=True)
    ]


def profile_of(
    flows: Sequence[Flow], measure: float, brackets: float = 1.0, texts: Iterable[str] | None = None
) -> Profile:
    """How this document shows its paragraphs, from its text lines; ``texts`` are the same without their calls."""
    sample = flows[:: max(1, len(flows) // 400)]
    ended = [(a, b) for a, b in pairwise(flows) if a.last in "。！？」" and _is_short(a, b, measure)]
    trailing, blanks = _show_blanks(flows, ended, measure)
    prose = [b for _, b in ended if b.width > 0.6 * measure or b.last in CLOSERS] or [b for _, b in ended]
    indented = sum(b.line.indent >= 2 for b in prose)  # headings say nothing of how paragraphs begin
    indents = bool(ended) and indented >= 0.4 * len(prose)
    begun = [(b, b.line.indent >= 2 or bool(b.line.gap)) for _, b in ended if b.follows]
    steady = indents and sum(told for _, told in begun) >= 0.9 * len(begun)
    return Profile(
        measure,
        indents,
        trailing,
        gaps=_show_gaps(flows, measure),
        spaced=is_spaced(texts if texts is not None else (f.line.text for f in flows)),
        brackets=brackets,
        first=_usual_indent(flows) if indents else 0,
        latin=sum(is_latin(f.last) and is_latin(f.first) for f in sample) * 2 > len(sample),
        steady=steady,
        blanks=blanks,
        partly=indents and _lost_indents(flows, measure) >= max(2, LOST * indented),
        firsts=steady or (indents and _are_told_in_text(begun, flows)),
    )


def _is_short(a: Flow, b: Flow, measure: float) -> bool:
    """Whether line ``a`` ends so far from the measure that a paragraph may end there; ``b`` is the next one."""
    return a.width < measure - 3 and not a.line.piece and not b.line.piece


def _show_blanks(
    flows: Sequence[Flow], ended: Sequence[tuple[Flow, Flow]], measure: float
) -> tuple[bool, bool]:
    """Whether white space stands behind last lines, and behind hardly any line that goes on."""
    han = [f for f in flows if f.tail and not is_latin(f.tail[-1])]
    ends = [a.line.trailing for a, _ in ended if not a.called]
    full = [f.line.trailing for f in han if f.width >= measure - 1 and f.tail[-1] not in CLOSERS + "：:"]
    stray = sum(full) <= STRAY * len(full)
    few = sum(f.line.trailing for f in han) < 0.6 * len(han) or len(full) >= max(TELLING, FEW * sum(full))
    trailing = bool(ends) and few and sum(ends) >= 0.7 * len(ends)
    return trailing, trailing and stray


def _show_gaps(flows: Sequence[Flow], measure: float) -> bool:
    """Whether blank lines stand between some paragraphs, and hardly any where the text goes on."""
    apart = [a for a, b in pairwise(flows) if b.line.gap and b.follows]
    torn = sum(a.width >= measure - 2 and a.last not in CLOSERS + "：:" for a in apart)
    return 0 < len(apart) <= 0.45 * len(flows) and torn <= TORN * len(apart)


def _lost_indents(flows: Sequence[Flow], measure: float) -> int:
    """How many first lines have lost their indents, as far as widths tell."""
    return sum(
        b.line.indent < 2 and is_first_line(b, measure, c)
        for a, b, c in zip(flows, flows[1:], flows[2:], strict=False)
        if is_sentence_end(a.tail) and _is_short(a, b, measure)
    )


def _usual_indent(flows: Sequence[Flow]) -> int:
    """The commonest indent of a line that stands farther in than the next one, in half-widths."""
    starts = (
        a.line.indent for a, b in pairwise(flows) if a.line.indent >= 2 and a.line.indent > b.line.indent
    )
    common = Counter(starts).most_common(1)
    return common[0][0] if common else 0


def _are_told_in_text(begun: Sequence[tuple[Flow, bool]], flows: Sequence[Flow]) -> bool:
    """Whether nearly every first line is told, but for headings and the entries of a list of works, which are not indented."""
    heads = (f.line.start for f in flows if len(f.line.text) <= LONGEST and WORKS_HEAD.fullmatch(f.line.text))
    works = max(heads, default=flows[-1].line.end)
    told = [is_told for b, is_told in begun if b.line.start < works and not heading_mark(b.line.text)]
    return sum(told) >= TOLD * len(told)


def first_indents(flows: Sequence[Flow]) -> dict[int, int]:
    """The usual indent of a first line on each page: a dump in columns sets them page by page."""
    counts: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b in pairwise(flows):
        if a.line.indent >= 2 and a.line.indent > b.line.indent and a.page == b.page:
            counts[a.page][a.line.indent] += 1
    return {page: found.most_common(1)[0][0] for page, found in counts.items()}


def is_first_line(b: Flow, measure: float, c: Flow | None) -> bool:
    """Whether it is as much narrower than the measure as a lost indent of two characters makes it.

    Where it is so to the point, what had no room on it any more cannot excuse one character of two.
    """
    if c is None or b.width > measure - 1.4:
        return False
    reach = b.width + excuse_of(c)
    exact = abs(b.width - (measure - 2)) <= 0.3
    return measure - 2.6 <= reach < measure - (0.9 if exact else 1.4)


def texts_of(flows: Sequence[Flow]) -> list[Flow]:
    """The lines without those that are only a call."""
    return [flow for flow in flows if flow.head or not flow.opens]


def excuse_of(following: Flow) -> float:
    """How many em a full line may be short because of what begins the next one.

    A word or number is not divided, an opening mark does not end a line, and a closing one does not begin
    one but takes the character before it along (CLREQ, line breaking).
    """
    return excuse(following.line.text)


def reach_of(line: Flow, following: Flow) -> float:
    """How far the line reaches, in em, with what did not fit on it any more."""
    return line.width + excuse_of(following)
