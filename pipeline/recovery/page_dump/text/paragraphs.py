"""Which lines are one paragraph, which a block quotation? And how are lines joined?

Comes in: lines with their indents, gaps and trailing blanks. Goes out: paragraphs as runs of lines, and the
joint between two lines. Every sign is weighed by whether this document uses it: a dump may have lost its
indents, its blank lines or its trailing blanks. Refused: a paragraph end in the middle of a sentence unless
the layout says so clearly.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from pipeline.recovery.page_dump.pages.layout import Line, whole_widths

SENTENCE_ENDS = '。！？」』”’…⋯.!?"'
BRACKET_ENDS = "）】〉》)]"
CLOSERS = SENTENCE_ENDS + BRACKET_ENDS
_OPEN_END = "，、；,《〈「『“（(—"
_HAN = "\u3400-\u9fff\uf900-\ufaff\u3007\U00020000-\U0003ffff"
_IS_HAN = re.compile(f"[{_HAN}]")
_LATIN = re.compile("[\x21-\x7e\u00a1-\u02af\u0370-\u052f\u1e00-\u1eff]")
LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u052f"  # of the alphabets in which words are divided
_WORD = re.compile(f"[{LETTERS}]+")
_HALF = re.compile(f"([{LETTERS}]+)[-\u2010]$")
_ALPHANUMERIC = re.compile("[0-9A-Za-z]+")
_SPACED = re.compile(f" (?:(?<=[{_HAN}] )[0-9A-Za-z]|(?<=[0-9A-Za-z] )[{_HAN}])")
_WIDE = str.maketrans(",.:;!?)", "，。：；！？）")
_INITIAL = re.compile(r"(?:^|[^A-Za-zА-я])[A-ZА-Я]\.$")  # «A. P.»: the name goes on
_NAME = re.compile(r"[A-Z][\w.'’\-]*(?:,? [A-Z][\w.'’\-]*){1,4}")
_GOES_ON = re.compile(r"\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)$")
_WORD_AT_START = re.compile("[\x21-\x7e\u00a1-\u052f]+")
_BRACKETS = re.compile("[「」『』《》〈〉（）]")
_OF_CITATIONS = """
university international government department institute association publishers publishing publications publication cambridge
columbia california harvard princeton stanford routledge oxford london history historical studies review journal quarterly
proceedings conference economic economics political politics revolution republic communist relations foreign military national
american chinese japanese european russian soviet imperial colonial cultural society social archives collection bulletin monograph
dissertation
"""  # words without a hyphen of their own
_CITED = frozenset(_OF_CITATIONS.split())
_FRAGMENT = re.compile(
    r"(?:tions?|tional|sions?|ments?|ings?|ed|ers?|ity|ities|ness|ly|bles?|isms?|ists?|ical|ics?|ous|ive|ances?|ences?|"
    r"[dgmrtv]ences?|[nrtv]ances?|tures?|sian|nese|ary|ory|ies|gress|nist|nists|nism|tary|cial|tial|tics|lution|ployment|ernment)\b"
)
_OPENING = "「『“‘（《〈([【〔"
_UNIT = re.compile(
    f"[{re.escape(_OPENING)}]*[^，。、；：？！）」』》〉】〕”’][，。、；：？！）」』》〉】〕”’]*"
)
NEVER_FIRST = "，。、；：？！）」』》〉】〕”’"
OWN = 2  # so many numbers beside Han characters show a paragraph's own spacing
INDENT = 4  # half-widths: a first line's indent, where the document has no usual one
CENTRED = 12  # half-widths of indent that no paragraph has: the line was set in the middle
BOUNDARY = 1.5  # so much must speak for a paragraph's end
FAR = 3.0  # em short of the measure: a paragraph may end here although a quotation mark alone says so
TORN = 0.3  # of the blank lines may stand where the text goes on; more, and they say nothing of paragraphs
FRAGMENT = 3.5  # em short of the measure: behind a longer line no blank one is missing because a printed line was torn
TITLE = 0.55  # of the measure: no line that goes on is shorter
STRAY = 0.02  # of the full lines that go on may have white space behind them by chance
LOST = 0.15  # of the indented first lines: so many that have lost their indents are no chance
NARROW = 1.5  # em by which a quotation is narrower than the text


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


class Flow(NamedTuple):
    """A line as the text flows: the line, its page, and its text without calls at its ends."""

    line: Line
    page: int
    head: str  # first characters, without a call at the start
    tail: str  # last characters before a call at the end
    called: bool  # it ends with a call
    follows: bool  # nothing stood between it and the line before
    width: float = 0.0  # em, calls counted as raised
    opens: bool = False  # it begins with a call
    column: float = 0.0  # em that the widest of the neighbouring lines with the same indent takes


def set_widths(flows: Sequence[Flow]) -> tuple[list[Flow], float, float]:
    """The flows with their widths as set, the measure, and how wide a bracket is: what makes lines even.

    A house may set brackets half width; then the full lines are equally wide only when they are counted so.
    """
    full = [f.width for f in flows]
    halves = [w - 0.5 * len(_BRACKETS.findall(f.line.text)) for w, f in zip(full, flows, strict=True)]
    one, half = evenness(full), evenness(halves)
    if half[0] > 1.15 * one[0]:
        return _with_columns(flows, halves), half[1], 0.5
    return _with_columns(flows, full), one[1], 1.0


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
        if end - begin > 1 and indents[end] < low and flows[end - 1].tail[-1:] not in CLOSERS:
            end -= 1  # the first line of a paragraph behind the column
        elif end - begin > 2 and indents[end] < low and widths[end - 1] > max(widths[begin : end - 1]) + 1.3:
            end -= 1  # the same: it ends a sentence, and is wider than the column
        widest = max(widths[begin:end])
        even = end - begin > 2 and all(w >= widest - 0.3 for w in widths[begin : end - 1])
        if low >= 2 and (even or any(f.tail[-1:] not in CLOSERS for f in flows[begin : end - 1])):
            columns[begin:end] = [widest] * (end - begin)
        begin = end
    return [
        f if f.width == w and f.column == c else f._replace(width=w, column=c)
        for f, w, c in zip(flows, widths, columns, strict=True)
    ]


def evenness(widths: Sequence[float]) -> tuple[int, float]:
    """How many lines have the most frequent width among the wide ones, and that width."""
    counts = whole_widths(w for w in widths if w > 8)
    if not counts:
        return 0, 0.0
    around = {w: n + counts.get(w - 1, 0) + counts.get(w + 1, 0) for w, n in counts.items()}
    top = max(around, key=lambda w: (around[w], w))
    most = max(counts.get(w, 0) for w in (top - 1, top, top + 1))
    best = max(w for w in (top - 1, top, top + 1) if counts.get(w, 0) >= 0.6 * most)
    return most, float(best)


@lru_cache(maxsize=1 << 14)
def is_han(char: str) -> bool:
    """Whether it is a Han character.

    >>> is_han("年"), is_han("，"), is_han("a")
    (True, False, False)
    """
    return bool(char) and _IS_HAN.match(char) is not None


@lru_cache(maxsize=1 << 14)
def is_latin(char: str) -> bool:
    """Whether it is a letter, digit or mark of a Latin, Greek or Cyrillic text."""
    return bool(char) and _LATIN.match(char) is not None


def profile_of(
    flows: Sequence[Flow], measure: float, brackets: float = 1.0, texts: Iterable[str] | None = None
) -> Profile:
    """How this document shows its paragraphs, from its text lines; ``texts`` are the same without their calls."""
    latin = sum(
        1 for f in flows[:: max(1, len(flows) // 400)] if is_latin(f.tail[-1:]) and is_latin(f.head[:1])
    )
    ended = [
        (a, b)
        for a, b in pairwise(flows)
        if a.tail[-1:] in "。！？」" and a.width < measure - 3 and not a.line.tight and not b.line.tight
    ]
    han = [f for f in flows if f.tail and not is_latin(f.tail[-1])]
    blanks = sum(f.line.trailing for f in han)
    ends = [a for a, _ in ended if not a.called]
    trailing = (
        bool(ends) and blanks < 0.6 * len(han) and sum(a.line.trailing for a in ends) >= 0.7 * len(ends)
    )
    open_ended = [
        f.line.trailing for f in han if f.width >= measure - 1 and f.tail[-1] not in CLOSERS + "：:"
    ]
    blank_ends = trailing and sum(open_ended) <= STRAY * len(open_ended)
    prose = [b for _, b in ended if b.width > 0.6 * measure or b.tail[-1:] in CLOSERS] or [
        b for _, b in ended
    ]
    indented = sum(b.line.indent >= 2 for b in prose)  # headings say nothing of how paragraphs begin
    indents = bool(ended) and indented >= 0.4 * len(prose)
    begun = [b.line.indent >= 2 or bool(b.line.gap) for _, b in ended if b.follows]
    steady = indents and sum(begun) >= 0.9 * len(begun)
    lost = sum(
        b.line.indent < 2 and _is_first_line(b, measure, c)
        for a, b, c in zip(flows, flows[1:], flows[2:], strict=False)
        if is_sentence_end(a.tail) and a.width < measure - 3 and not a.line.tight and not b.line.tight
    )
    partly = indents and lost >= max(2, LOST * indented)
    apart = [(a, b) for a, b in pairwise(flows) if b.line.gap and b.follows]
    torn = sum(a.width >= measure - 2 and a.tail[-1:] not in CLOSERS + "：:" for a, _ in apart)
    gaps = 0 < len(apart) <= 0.45 * len(flows) and torn <= TORN * len(apart)
    latin_text = latin * 2 > len(flows[:: max(1, len(flows) // 400)])
    spaced = is_spaced(texts if texts is not None else (f.line.text for f in flows))
    firsts = (
        a.line.indent for a, b in pairwise(flows) if a.line.indent >= 2 and a.line.indent > b.line.indent
    )
    common = Counter(firsts).most_common(1)
    usual = common[0][0] if common and indents else 0
    return Profile(
        measure, indents, trailing, gaps, spaced, brackets, usual, latin_text, steady, blank_ends, partly
    )


def is_spaced(texts: Iterable[str]) -> bool:
    """Whether Han characters and the numbers and words beside them stand apart in these texts."""
    spaced, unspaced = _spacing(texts)
    return spaced > unspaced


def own_spacing(texts: Iterable[str], usual: bool) -> bool:
    """Whether they stand apart in one paragraph, which may have a manner of its own; ``usual``: the document's.

    >>> own_spacing(["1898年租借旅順，1905年", "又讓予日本。"], True), own_spacing(["1898年，"], True)
    (False, True)
    """
    spaced, unspaced = _spacing(texts)
    if max(spaced, unspaced) < OWN or min(spaced, unspaced) * 3 > max(spaced, unspaced):
        return usual
    return spaced > unspaced


def _spacing(texts: Iterable[str]) -> tuple[int, int]:
    spaced = unspaced = 0
    for text in texts:
        if _ALPHANUMERIC.search(text) is not None:
            spaced += _count_apart(text) if " " in text else 0
            unspaced += _count_touching(text)
    return spaced, unspaced


def _count_apart(text: str) -> int:
    """How often a space parts a Han character and a letter or digit; none of them counts twice."""
    count = free = 0
    for match in _SPACED.finditer(text):
        if match.start() > free:
            count, free = count + 1, match.end()
    return count


def _count_touching(text: str) -> int:
    """How often a Han character and a letter or digit touch; none of them counts twice."""
    count = free = 0
    for match in _ALPHANUMERIC.finditer(text):
        start, end = match.span()
        if start > free and is_han(text[start - 1]):
            count, start = count + 1, start + 1
        if start < end < len(text) and is_han(text[end]):
            count, free = count + 1, end + 1
    return count


def is_sentence_end(tail: str) -> bool:
    """Whether a sentence ends here: a quotation mark alone may close a word.

    >>> [is_sentence_end(tail) for tail in ("成功。", "成功。」", "成功」。", "「大躍進」", "成功")]
    [True, True, True, False, False]
    """
    bare = tail.rstrip('」』”’"')
    if bare and bare[-1] in "。！？…⋯.!?":
        return not _is_initial(bare)
    return False


def _is_initial(tail: str) -> bool:
    return tail[-1:] == "." and _INITIAL.search(tail) is not None


def weigh_break(
    a: Flow,
    b: Flow,
    profile: Profile,
    c: Flow | None = None,
    first: bool = False,
    z: Flow | None = None,
    inner: bool = False,
) -> float:
    """What speaks for a paragraph's end between line ``a`` and line ``b``.

    ``c`` is the line behind; ``first``: ``a`` is itself a paragraph's first line; ``z`` is the line before
    ``a`` in its paragraph; ``inner``: ``z`` is not that paragraph's first line.
    """
    if b.opens or b.head[:1] in NEVER_FIRST:
        return -9  # no paragraph begins with a call or a comma
    last = _last_of(a.tail)
    if is_han(a.tail[-2:-1]) or (len(a.tail) == 1 and not profile.latin):
        last = last.translate(_WIDE)  # a half-width mark in Chinese text
    quoted = last in '」』”’"' and not is_sentence_end(a.tail)
    closed = (
        last in SENTENCE_ENDS
        and not _is_initial(a.tail)
        and not (quoted and a.width >= profile.measure - FAR)
    )
    weak = last in BRACKET_ENDS or (quoted and not closed)
    announced = (
        last in "：:"
        and profile.trailing
        and a.line.trailing
        and (profile.blanks or _is_narrower(b, profile, c))
    )
    weight = 0.0
    near = b.follows
    indents = profile.indents and not profile.partly
    if b.line.tight and near and not a.line.trailing:
        weight -= 3
    if near and b.line.gap:
        weight += 3 if profile.gaps else 1
    if a.line.hidden and not closed and not weak and last not in "：:":
        pass  # what the indent of a line means is told by the line before
    elif b.line.indent >= 2:
        block = a.column if a.column == b.column else 0.0
        inside = 0 < block <= profile.measure - NARROW and a.line.indent == b.line.indent
        weight += 0 if inside else _weigh_indent(a.line.indent, b.line.indent, profile)
    elif not b.line.hidden and indents and not (near and b.line.gap) and a.line.indent < 2:
        called = a.called and near and not profile.trailing and last not in "：:"
        sure = called or (near and profile.steady and not announced and (closed or last in "：:"))
        weight -= 1.5 if sure else 0.5
    if first and a.line.text[0] in "（([" and a.line.text[-1] in "）)]" and not b.head[:1].islower():
        weight += 3  # a whole line in brackets: where the author works
    blanks = profile.trailing and not a.called
    lost = (not indents and not blanks) or b.line.hidden  # widths are all there is
    reach = a.width  # a raised number may have broken the line: then it goes on where the one before ended
    if z is not None and z.width < profile.measure - 2 and (z.called or a.opens or a.head[:1] in NEVER_FIRST):
        reach = z.width + a.width
    measure = a.column if a.column and a.column == b.column else profile.measure
    wants = 4 if a.line.hidden else 1.4 + 2 * first if lost else 2
    full = reach + excuse_of(b) >= measure - wants
    if z is not None and _in_column(z, a, profile, 3) and abs(a.width - z.width) <= 1.3:
        full = True  # a narrow column has its own measure
    paired = z is None and abs(a.width - b.width) <= 0.3 and _is_narrower(b, profile, c)
    full = full or paired  # both lines are in such a column
    if is_latin(last):
        return weight + _weigh_latin(a, b, c, profile, measure, closed or weak)
    even = z is not None and abs(a.width - z.width) <= 0.3
    if z is not None and closed and b.width > z.width + (1.2 if even else 2) and not z.called:
        told = even and a.width + excuse_of(b) <= profile.measure - 2.2
        weight += (
            2.5 if _in_column(z, a, profile, 4 if lost and not told and not inner else 2.5) else 0
        )  # a narrow column ends
    if (
        closed
        and not profile.latin
        and c is not None
        and not (_IS_HAN.search(b.line.text) or _IS_HAN.search(c.line.text))
    ):
        weight += 3  # the text goes on in another language
    if closed and full and c is not None and _is_title(b, c, profile):
        weight += 2.5
    if profile.trailing:
        if a.line.trailing:
            far = a.width < profile.measure - 4 and last not in _OPEN_END
            weight += 3 if closed or weak else 2.5 if last in "：:" else 3 if far else 1.5
        elif not a.called:
            weight -= 4
    torn = a.opens and (z is None or z.width < profile.measure - 2)  # a call broke the line before it
    whole = not a.line.tight or (z is not None and z.width >= profile.measure - FRAGMENT)
    if whole and not torn and not (near and b.line.tight):
        if full:
            narrower = lost and last in "：:" and _is_narrower(b, profile, c)
            weight -= 0 if closed or announced or narrower else 1
        elif closed or last in "：:":
            weight += 2
        elif last not in _OPEN_END and not weak and reach < 0.75 * profile.measure:
            # prose has no short lines but the last of a paragraph, and that one ends in a full stop
            weight += 4 if not a.called or (first and _is_title_part(b, reach, profile)) else 0
        column = z is not None and _in_column(z, a, profile, 2.6) and b.width <= z.width + 1.2
        if closed and full and lost and not column and _is_first_line(b, profile.measure, c):
            weight += 1.5
        elif (closed or last in "：:") and full and lost and _is_narrower(b, profile, c):
            weight += 0 if paired or (z is not None and _in_column(z, a, profile, 3)) else 1.5
    if not closed and not weak and last not in "：:":
        weight -= 2 if last not in _OPEN_END else 3
    return weight


def _in_column(z: Flow, a: Flow, profile: Profile, narrower: float) -> bool:
    """Whether a line that goes on is narrower than the text for no other reason than its column."""
    return not z.line.tight and z.width + excuse_of(a) <= profile.measure - narrower


def _weigh_indent(before: int, indent: int, profile: Profile) -> float:
    """An indent begins a paragraph, unless the line before has it too: then both are in one block."""
    if profile.first and abs(indent - profile.first) <= 1:
        return 3
    if indent > before + 1:
        return 3 if profile.indents else 2
    if indent >= CENTRED and before >= CENTRED and indent != before:
        return 3  # lines set in the middle, one below the other
    return 0


def _last_of(tail: str) -> str:
    """The last character, or the one before a curly quotation mark where that is Latin."""
    if tail[-1:] not in ("”", "’"):
        return tail[-1:]
    bare = tail.rstrip("”’")
    return bare[-1:] if bare and is_latin(bare[-1]) else tail[-1:]


def _weigh_latin(a: Flow, b: Flow, c: Flow | None, profile: Profile, measure: float, closed: bool) -> float:
    """For a line that ends in letters: white space behind it says nothing, its length does."""
    short = a.width < 0.75 * measure
    if _is_initial(a.tail):
        return -2
    if closed:
        return 1.5 if short else 0
    if (
        b.line.tight
        or not is_latin(b.head.lstrip("（“‘")[:1])
        or b.head[:1].islower()
        or a.tail[-1:] in ",;-/("
    ):
        return -1 if short else -2
    alone = c is not None and _stands_alone(b, c, profile)
    if alone and a.width + excuse_of(b) >= profile.measure - 1 and " " not in b.line.text:
        return -2  # the last word of a title
    if _GOES_ON.search(a.line.text) and a.follows and b.follows:
        return -2
    if short or alone:
        return 2  # prose has no short lines but the last of a paragraph, and that one ends in a full stop
    if b.line.indent >= CENTRED and b.line.indent > a.line.indent + 1 and _NAME.fullmatch(b.line.text):
        return 0  # the author below a title, both set in the middle
    return -2


def _is_title(b: Flow, c: Flow, profile: Profile) -> bool:
    """Whether a line is too short to go on and does not end its sentence: it carries no paragraph on, and no line behind it."""
    if not _is_short(b, profile) or c.opens or c.head[:1] in NEVER_FIRST or is_latin(c.head[:1]):
        return False
    if is_han(b.tail[-1:]) and is_han(c.head[:1]) and not b.called and c.follows:
        return True  # no wide space and no call broke a printed line there
    both = b.width + c.width
    return both > profile.measure + 1.5 or (both < profile.measure - 3 and _is_short(c, profile))


def _is_short(line: Flow, profile: Profile) -> bool:
    last = line.tail[-1:]
    ends = last in CLOSERS or last in _OPEN_END + "：:；;" or line.called or is_latin(last)
    return line.width < TITLE * profile.measure and not ends


def _is_title_part(b: Flow, before: float, profile: Profile) -> bool:
    """Whether a line behind a call is too short to be the rest of a printed line, and ends no sentence."""
    return _is_short(b, profile) and before + b.width < profile.measure / 2


def _stands_alone(b: Flow, c: Flow, profile: Profile) -> bool:
    """Whether a short line without a full stop is followed by something that does not carry it on."""
    return (
        b.width < 0.5 * profile.measure
        and b.tail[-1:] not in CLOSERS
        and b.tail[-1:] not in ",;-/("
        and not (c.head[:1].islower() or c.head[:1] in NEVER_FIRST)
    )


def _is_first_line(b: Flow, measure: float, c: Flow | None) -> bool:
    """Whether it is as much narrower than the measure as a lost indent of two characters makes it."""
    if c is None or b.width > measure - 1.4:
        return False
    reach = b.width + excuse_of(c)
    return measure - 2.6 <= reach < measure - 1.4


def _is_narrower(b: Flow, profile: Profile, c: Flow | None) -> bool:
    """Whether a line that goes on ends so far from the measure that only a narrower column explains it."""
    if c is None or not c.follows or b.called or b.width < 0.5 * profile.measure:
        return False
    if b.tail[-1:] in CLOSERS + "：:" or is_latin(b.tail[-1:]) or c.line.gap:
        return False
    return b.width + excuse_of(c) < profile.measure - 2.6


def excuse_of(following: Flow) -> float:
    """How many em a full line may be short because of what begins the next one.

    A word or number is not divided, an opening mark does not end a line, and a closing one does not begin
    one but takes the character before it along (CLREQ, line breaking).
    """
    return _excuse(following.line.text)


def reach_of(line: Flow, following: Flow) -> float:
    """How far the line reaches, in em, with what did not fit on it any more."""
    return line.width + excuse_of(following)


@lru_cache(maxsize=1 << 12)
def _excuse(text: str) -> float:
    opening = len(text) - len(text.lstrip(_OPENING))
    word = _WORD_AT_START.match(text, opening)
    if word:
        return min(10.0, opening + len(word[0]) / 2)
    unit = _UNIT.match(text)
    return min(3.0, unit.end() - 1.0) if unit else 0.0


# --- block quotations


def is_narrow(flows: Sequence[Flow], profile: Profile) -> bool | None:
    """Whether a paragraph is set narrower than the text; ``None`` where its lines cannot tell."""
    inner = [
        f.line.indent for f in flows[1:] if f.follows or f.line.indent
    ]  # a head may have hidden an indent
    indents = inner or [flows[0].line.indent - max(2, profile.first or INDENT)]
    if min(indents) >= 2:
        return True
    told = [
        (f, flows[k + 1])
        for k, f in enumerate(flows[:-1])
        if not f.line.tight and not f.called and not is_latin(f.tail[-1:]) and not (k and flows[k - 1].called)
    ]  # behind a call may stand the rest of its line
    widths = [_set_width(f, profile) for f, _ in told if f.width > 0.5 * profile.measure]
    if not widths:
        return None
    if max(widths) >= profile.measure - NARROW:
        return False
    if all(f.width + excuse_of(b) > profile.measure - NARROW for f, b in told):
        return None  # what begins the next line makes each of them short
    alone = len(told) == 1 and told[0][0] is flows[0] and not is_flush(flows[0], profile)
    if alone and widths[0] > profile.measure - (3 if profile.indents else 4):
        return None  # a first line whose indent was lost is as narrow
    return True


def _set_width(flow: Flow, profile: Profile) -> float:
    """The line's width as set: an indent is two characters wide, whatever its blanks say.

    Blanks that would take the line beyond the measure are none.
    """
    indent = flow.line.indent / 2
    if flow.width > profile.measure + 0.5:
        return flow.width - indent
    return flow.width + 2 - indent if 1 <= indent < 2 else flow.width


def is_flush(flow: Flow, profile: Profile) -> bool:
    """Whether a line stands flush behind a blank line in a text whose paragraphs are all indented."""
    return profile.steady and bool(flow.line.gap) and flow.line.indent < 2 and not flow.line.hidden


# --- joints


def joint_of(a: str, b: str, spaced: bool) -> str:
    """What stands between the end of one line and the beginning of the next: a space, or nothing.

    >>> joint_of("中國", "外交", True), joint_of("the", "people", False), joint_of("共產黨", "1958", True)
    ('', ' ', ' ')
    """
    if a[-1:] >= "\u3000" <= b[:1]:
        return ""  # as between nearly all lines: two characters of which neither is of an alphabet
    left, right = _last_of(a), (b.lstrip("“‘") or b)[:1]
    if is_latin(left) and is_latin(right):
        if left in "-\u2010/" or right in ",.;:!?)]" or left in "([" or (left.isdigit() and right.isdigit()):
            return ""
        return " "
    left, right = a[-1:], b[:1]
    if spaced and (
        (is_han(left) and right.isalnum() and is_latin(right))
        or (left.isalnum() and is_latin(left) and is_han(right))
    ):
        return " "
    return ""


def hyphen_goes(a: str, b: str, words: frozenset[str] | set[str]) -> bool:
    """Whether the hyphen at the end of ``a`` only divided a word.

    ``words`` are the document's own words in lower case; a part that begins with a capital keeps its hyphen.
    """
    left, right = _HALF.search(a), _WORD.match(b)
    if not left or not right or not right[0][0].islower():
        return False
    whole = (left[1] + right[0]).lower()
    if whole in words or whole in _CITED:
        return True
    return right[0].lower() not in words and _FRAGMENT.fullmatch(right[0]) is not None
