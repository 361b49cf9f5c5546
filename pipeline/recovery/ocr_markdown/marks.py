"""What could be a note call in an OCR'd text: marks, with their places and numbers.

Comes in: the source and its chunks. Goes out: candidates in order. A raised number is one by itself
(strong); ①, [1], ¹ and a star at a line's end only where a body asks for it (weak).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from pipeline.recovery.notes import number_of
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind

_N = r"[0-9]{1,3}|[①-⑳㉑-㉟㊱-㊿]"
YEAR = r"(?:1[0-9]{3}|20[0-9]{2})[ ]?年"  # so a body may begin
_TARGET = r"\(#[^()\s]*\)"
_SUP = (
    rf"(?:<sup>\s*[\[［]*[(（〔註注]?\s?(?P<n>{_N}|[*＊†‡]{{1,3}})[\]］)）〕]*(?:{_TARGET})?\s*</sup>"
    rf"|\[<sup>\s*\[?(?P<linked>{_N})\]?\s*</sup>\]{_TARGET})"
)
_WRAPS = r"(?:\\(?:text|mathrm|textcircled|rm)\s*\{?\s*)?"
_NUMBER = rf"{_WRAPS}[\[［(（〔]?(?P<n>{_N}|\*{{1,3}})[\]］)）〕]?"
_TEX = rf"(?:\{{\s*\}}\s*)?\^\s*\{{?\s*{_NUMBER}[\s}}]*"  # ^{1}, { }^{1}, ^{\textcircled{1}}
_MATH = rf"\$\s*{_TEX}\$"
_MATH_BRACKETS = rf"\\\(\s*{_TEX}\\\)"
_MATH_CIRCLED = r"\$\s*\\textcircled\s*\{\s*(?P<n>[0-9]{1,2})\s*\}\s*\$"
_UNNAMED = r"\$\s*(?:\{\s*\}\s*)?\^\s*\{?\s*[0-9]{1,3}[\s}]*\$"  # the printed number, told again
_REFERENCE = r"\[\^(?P<n>[0-9]{1,3}|[*＊]{1,3})\](?!:)"
_CARET = r"(?<=[^\sA-Za-z0-9(])\^(?:\{(?P<n>[0-9]{1,3})\}|(?P<m>[0-9]{1,3})(?![0-9])\^?)"
_CIRCLED = r"(?P<n>[①-⑳㉑-㉟㊱-㊿])"
_RAISED = r"(?P<n>[⁰¹²³⁴-⁹]{1,3})"
_WORD = r"[（(〔［\[][註注]\s?(?P<n>[0-9]{1,3})[)）〕］\]](?!\()"
_DAGGER = r"(?P<n>[†‡])"
_BRACKET = r"\\?[\[〔［](?P<n>[0-9]{1,3})\\?[\]〕］](?!\(|\[(?![0-9]{1,3}\]))"

_CARET_BRACKETS = r"\^\[(?P<n>[0-9]{1,3})\]\^"

STRONG = (_SUP, _MATH, _MATH_BRACKETS, _REFERENCE, _CARET, _CARET_BRACKETS)
_STAR = re.compile(
    r"(?m)^(?=.{2,60}$)[^*＊\n]*[\u3400-\u9fff。」』”）][ ]?(?P<mark>\\?[*＊])(?=[ \t]*$|[ \t]*[、，,；;\u3000 ][^*＊。\n]*$)"
)  # «王明*», «王明*、李文»
_PAREN = r"(?<=[\u3400-\u9fff。，；：！？」』”》）])[(（](?P<n>[0-9]{1,3})[)）]"
WEAK = (_CIRCLED, _RAISED, _BRACKET, _MATH_CIRCLED, _WORD, _DAGGER, _PAREN)
_SEVERAL = re.compile(  # several numbers raised together
    r"(?:<sup>|(?P<tex>\$\s*(?:\{\s*\}\s*)?\^\s*\{))\s*\[?(?P<all>[0-9]{1,3}(?:(?:\s*[,，、;；]\s*[0-9]{1,3})+|\s*(?P<dash>[-–—~])\s*[0-9]{1,3}))"
    r"\]?\s*(?(tex)\}\s*\$|</sup>)"
)
_LETTERS = re.compile(r"<sup>\s*\[?(?P<n>(?=[0-9]*[lIiOo|])[0-9lIiOo|]{1,3})\]?\s*</sup>")
_DIGITS = str.maketrans("lIi|Oo", "111100")
_CALLS = [(re.compile(p), True) for p in STRONG] + [(re.compile(p), False) for p in WEAK]
BODY_MARKS = [
    (re.compile(rf"{_SUP}[ \t　:：.、]*"), True),
    (re.compile(rf"{_MATH}[ \t　:：.、]*"), True),
    (re.compile(rf"{_MATH_BRACKETS}[ \t　:：.、]*"), True),
    (re.compile(rf"\[\^(?P<n>[0-9]{{1,3}}|[*＊]{{1,3}})\]:[ \t]*(?:{_UNNAMED}[ \t]*(?=\S))?"), True),
    (re.compile(r"\[\^(?P<n>[0-9]{1,3})\](?!:)[ \t]+(?=\S)"), False),
    (re.compile(r"Footnote (?P<n>[0-9]{1,3}): *(?=\S)"), True),
    (re.compile(r"\^\{?(?P<n>[0-9]{1,3})\}?\^?[ \t]*(?=\S)"), True),
    (re.compile(rf"{_CARET_BRACKETS}[ \t　:：]*(?=\S)"), True),
    (
        re.compile(
            r"\*\*[\[〔［(（]?(?P<n>[0-9]{1,3}|[①-⑳㉑-㉟㊱-㊿])[\]〕］)）]?[.．、:：]?\*\*[ \t　:：.、]*(?=\S)"
        ),
        False,
    ),
    (re.compile(rf"{_CIRCLED}[.．、]?[ \t　]*"), False),
    (re.compile(rf"{_RAISED}[ \t　]*"), False),
    (re.compile(rf"{_BRACKET}[ \t　:：]*"), False),
    (re.compile(rf"{_MATH_CIRCLED}[ \t　]*"), False),
    (re.compile(rf"[(（](?P<n>[0-9]{{1,3}})[)）][ \t　]*(?=\D|{YEAR})"), False),
    (re.compile(rf"{_DAGGER}[ \t　]*(?=\S)"), False),
    (re.compile(rf"{_WORD}[ \t　:：]*"), False),
    (re.compile(r"[註注][ \t]?(?P<n>[0-9]{1,3})[ \t　:：.、]+(?=\D)"), False),
    (re.compile(rf"(?P<n>[0-9]{{1,3}})[.．、)）]?[ \t　]+(?=\D|{YEAR})"), False),
    (re.compile(r"(?P<n>[0-9]{1,3})[.．、)）][ \t　]+(?=[0-9])"), False),
    (re.compile(r"\\?(?P<n>[*＊])[ \t　]*(?=[^*\s])"), False),
]
# One of these begins every mark of a body; to ask for it first is several times faster.
MAY_BEGIN = re.compile(r"[ \t\u3000]*[<$\\\[〔［(（^†‡*＊①-⑳㉑-㉟㊱-㊿⁰¹²³⁴-⁹註注0-9F]")
# The space behind a raised number is the engine's, where Han text goes on.
_AFTER_CALL = re.compile(r" (?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“‘—…])")
# So it is before a number, where a Han sentence or word ended before the call.
_AFTER_CALL_NUMBER = re.compile(r" (?=[0-9])")
_CLOSED = re.compile("[。，、；：！？」』”’）》〉】…]")
_HAN_END = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f”’…—]")
_ENUMERATES = "①②③④⑤⑥⑦⑧⑨⑩(（"
_GOES_ON = re.compile(r"[ ]?[\u3400-\u9fff《“「A-Za-z0-9]")
_POWERED = re.compile(r"(?<![A-Za-z])(?:[kcdm]?m|[a-zA-Z])[ \t]?$|(?<![0-9])10$")


_CITES = re.compile(
    r"[《〈]|[頁页]|檔案|档案|參見|参见|參閱|参阅|^[見见引]|同上|同前|轉引|转引|出版社|書局|书局|Ibid|\bpp?\.|\bVol\.|\bop\. ?cit|\bcf\.|https?://"
    r"|\b(?:ф|оп|д|л|с|т)\. ?[0-9]|№ ?[0-9]|\b(?:S|Bd)\. ?[0-9]|判[決决][書书]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Call:
    """A mark in the text that is, or may be, a call."""

    start: int
    end: int
    number: int
    mark: str
    strong: bool
    listed: bool = False  # it seems to number the parts of a sentence: a call only where nothing else is


@dataclass(frozen=True, slots=True)
class Body:
    """A chunk that begins a note's body. ``text`` is where the text begins behind the mark."""

    chunk: int
    start: int
    text: int
    number: int  # 0 for a star
    mark: str
    label: str = ""


def cites(source: str, start: int, end: int) -> bool:
    """Whether a text points to a book, a page, an archive."""
    return _CITES.search(source, start, end) is not None


def value_of(match: re.Match[str]) -> tuple[int, str]:
    groups = match.groupdict()
    mark = groups.get("n") or groups.get("m") or groups.get("linked") or ""
    if match.group().startswith("[^") and mark.isdigit() and _counts_from_zero(match.string):
        return int(mark) + 1, mark
    return (0 if mark[:1] in "*＊†‡" else number_of(mark)), mark


@lru_cache(maxsize=4)
def _counts_from_zero(source: str) -> bool:
    """Whether an engine numbers the notes of a page from 0."""
    return re.search(r"(?m)^\[\^0\]:", source) is not None


def find_calls(source: str, chunks: Sequence[Chunk]) -> list[Call]:
    """Everything that looks like a call, in order, without overlap; stronger styles first."""
    found: dict[int, Call] = {}
    formulas = _formulas(source, chunks) if "$" in source and "^" in source else []
    for pattern, strong in _CALLS:
        for m in pattern.finditer(source):
            number, mark = value_of(m)
            if source[m.start()] == "^" and _is_inside(formulas, m.start()):
                continue
            if m.start() not in found and (number or mark[:1] in "*＊†‡"):
                found[m.start()] = Call(*with_blanks(source, *m.span(), strong), number, mark, strong)
    for call in _several(source):
        found.setdefault(call.start, call)
    for call in list(_misread(source, found)):
        found.setdefault(call.start, call)
    for m in _STAR.finditer(source):
        found.setdefault(m.start("mark"), Call(m.start("mark"), m.end("mark"), 0, "*", False))
    out: list[Call] = []
    for call in sorted(found.values(), key=lambda c: c.start):
        if not out or call.start >= out[-1].end:
            out.append(call)
    starts = {c.inner for c in chunks}
    told = {
        c.start for c in chunks if c.kind is ChunkKind.COMMENT
    }  # the engine's own, right above their bodies
    skip = {c.start for c in out if c.start in told or (c.start in starts and not c.strong)}
    calls = [replace(c, strong=c.strong and not _is_power(source, c)) for c in out if c.start not in skip]
    listed = {c.start for c in _listed(source, calls)}
    return [replace(c, listed=True) if c.start in listed else c for c in calls] if listed else calls


def _listed(source: str, calls: Sequence[Call]) -> Iterator[Call]:
    """The marks of an enumeration inside a paragraph: «三種：①甲；②乙», or each but the first behind a semicolon."""
    run: list[Call] = []
    for call in [c for c in calls if source[c.start] in _ENUMERATES] + [Call(len(source), 0, 0, "", False)]:
        if run and (call.number != run[-1].number + 1 or "\n\n" in source[run[-1].end : call.start]):
            behind_colon = source[max(0, run[0].start - 3) : run[0].start].rstrip(" ")[-1:] in ("：", ":")
            if len(run) > 1 and (behind_colon or all(source[c.start - 1] in "；;" for c in run[1:])):
                yield from run if all(_GOES_ON.match(source, c.end) for c in run) else ()
            run = []
        if run or call.number == 1:
            run.append(call)


def _formulas(source: str, chunks: Sequence[Chunk]) -> list[tuple[int, int]]:
    """The displays, and what stands between two dollars of a line."""
    displays = [(c.start, c.end) for c in chunks if c.kind is ChunkKind.CODE]
    return sorted([*displays, *(m.span() for m in re.finditer(r"\$[^$\n]*\$", source))])


def _is_inside(spans: Sequence[tuple[int, int]], at: int) -> bool:
    k = bisect_left(spans, (at, at)) - 1
    return any(begin <= at < end for begin, end in spans[max(0, k - 1) : k + 1])


def _several(source: str) -> Iterator[Call]:
    """Each number of a raised ``2,3`` or ``2-4`` as a call. Sure, where they count on; else a body must ask for them."""
    for m in _SEVERAL.finditer(source):
        places = [n.span() for n in re.finditer(r"[0-9]+", source[m.start("all") : m.end("all")])]
        numbers = [int(m["all"][a:b]) for a, b in places]
        ends = [m.start("all") + b for _, b in places]
        if m["dash"]:
            if numbers[1] - numbers[0] == 2:
                numbers.insert(1, numbers[0] + 1)
                ends.insert(1, m.end("dash"))
            if len(numbers) != numbers[-1] - numbers[0] + 1:
                continue
        sure = all(b == a + 1 for a, b in pairwise(numbers))
        start, end = with_blanks(source, *m.span(), sure)
        for number, a, b in zip(numbers, [start, *ends[:-1]], [*ends[:-1], end], strict=True):
            yield Call(a, b, number, str(number), sure)


def _misread(source: str, found: Mapping[int, Call]) -> Iterator[Call]:
    """A raised ``l`` or ``1O`` between numbers that it counts on with: a one, a nought."""
    places = sorted(at for at, call in found.items() if call.strong and call.number)
    for m in _LETTERS.finditer(source):
        number = int(m["n"].translate(_DIGITS))
        k = bisect_left(places, m.start())
        before = found[places[k - 1]].number if k else 0
        behind = found[places[k]].number if k < len(places) else number + 1
        if before + 1 == number == behind - 1 and places:
            yield Call(*with_blanks(source, *m.span(), True), number, str(number), True)


def with_blanks(source: str, start: int, end: int, strong: bool) -> tuple[int, int]:
    """Where a mark begins and ends with the spaces that the engine set beside it: where Han text stands before it, or goes on behind it.

    An engine that sets spaces inside the dollars sets one before them, too.
    """
    is_padded = source.startswith("$ ", start) and source[max(0, start - 2)] != "\n" and start > 1
    if source[start - 1 : start] == " " and (is_padded or _HAN_END.match(source, max(0, start - 2))):
        before, start = start - 2, start - 1
    else:
        before = start - 1
    if is_padded and source.startswith("  $ ", end):
        return start, end + 1  # before the next one
    blank = _AFTER_CALL.match(source, end) or (
        (_HAN_END if strong else _CLOSED).match(source, max(0, before))
        and _AFTER_CALL_NUMBER.match(source, end)
    )
    return start, end + (1 if blank else 0)


def _is_power(source: str, call: Call) -> bool:
    """m², 10³: a small number raised behind a unit or a ten; only a body that asks for it makes it a call."""
    return call.number in (2, 3) and _POWERED.search(source[max(0, call.start - 6) : call.start]) is not None


def style(mark: str) -> str:
    """How a number is written: circled, raised, or plain."""
    return "plain" if mark.isascii() else "raised" if mark[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹" else "circled"


def style_at(source: str, start: int) -> str:
    """How the body that begins there is marked: by the kind of its first character."""
    first = source[start + (source[start] == "\\")]
    if first in "[〔［(（":
        return "bracket" if first in "[〔［" else "parenthesis"
    return "plain" if first.isdigit() and first.isascii() else style(first)
