"""What could be a note call in an OCR'd text: marks, with their places and numbers.

Comes in: the source and its chunks. Goes out: candidates in order; a star at a line's end is one, too. Refused: what stands
in a formula, and a mark that begins a chunk.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.note_signs import CIRCLED, LINKED, RAISED_DIGITS, STARS, STRONG_CALLS, WEAK_CALLS, WORDED
from pipeline.own_marks import own_marks
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.blanks import with_blanks
from pipeline.recovery.ocr_markdown.notes.marks import Call, value_of
from pipeline.recovery.ocr_markdown.notes.odd_calls import misread_calls, raised_together, touching_calls
from pipeline.recovery.wording.marks import HAN_CLOSERS

_CALLS = [(re.compile(p), True) for p in STRONG_CALLS] + [(re.compile(p), False) for p in WEAK_CALLS]
_STARRED = re.compile(r"(?m)^(?=[^\n]{2,60}$)[^*＊∗\n]+[*＊∗][^。\n]*$")
_STAR = re.compile(  # «王明*», «王明*、李文**»
    r"(?<=[\u3400-\u9fff。」』”）])[ ]?(?P<n>(?:\\?[*＊∗]){1,3})(?=[ \t]*(?:</[a-z]+>)*[ \t]*$|[ \t]*[、，,；;\u3000 ])"
)
_SIGNS = {  # much faster to look for than what holds them
    RAISED_DIGITS: re.compile(r"[⁰¹²³⁴-⁹]"),
    CIRCLED: re.compile("circled"),
    WORDED: re.compile(r"[（(〔［\[﹝【][腳脚]?[註注]"),
    LINKED: re.compile(r"\]\(#(?:page-|_?(?:ftn|fn|footnote|edn))"),
}
_ENUMERATES = "①②③④⑤⑥⑦⑧⑨⑩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽(（"
_GOES_ON = re.compile(r"[ ]?[\u3400-\u9fff《“「A-Za-z0-9]")
_ENDS = tuple(HAN_CLOSERS)
_PLAIN_PAREN = re.compile(r" ?[(（][0-9]")
_PHONETIC = re.compile(
    r"[\u0250-\u02ff\u1d00-\u1dbf][⁰¹²³⁴⁵⁶⁷⁸⁹]?$|\[[^\s\]\u3400-\u9fff]{1,10}$|[a-z]{1,4}[⁰¹²³⁴⁵⁶⁷⁸⁹]$"
)
_WORD = 12  # characters
_POWERED = re.compile(r"(?<![A-Za-z])(?:[kcdm]?m|[a-zA-Z])[ \t]?$|(?<![0-9])10$")


def find_calls(source: str, chunks: Sequence[Chunk]) -> list[Call]:
    """Everything that looks like a call, in order, without overlap; stronger styles first."""
    begins = {c.inner for c in chunks}
    # The engine's own, right above their bodies.
    told = {c.start for c in chunks if c.kind in (ChunkKind.COMMENT, ChunkKind.RULE)}
    calls = [
        replace(
            c, strong=c.strong and not _is_power(source, c), closed=source[c.start - 1 : c.start] in _ENDS
        )
        for c in _apart(_marks(source, chunks).values())
        if c.start not in told and (c.strong or c.start not in begins) and not _is_tone(source, c)
    ]
    listed = {c.start for c in _listed(source, calls)}
    plain = {c.start for c in calls if _PLAIN_PAREN.match(source, c.start)}
    if len({c.number for c in calls if c.start not in plain} - {0}) > 1:  # an author's «例（2）»
        listed |= plain
    return [replace(c, listed=True) if c.start in listed else c for c in calls] if listed else calls


def _marks(source: str, chunks: Sequence[Chunk]) -> dict[int, Call]:
    """All marks that look like calls, by their places."""
    found: dict[int, Call] = {}
    formulas = _formulas(source, chunks) if "$" in source and "^" in source else []
    own = own_marks(source)
    for pattern, strong in [*_CALLS, *([(own.call, True)] if own is not None else [])]:
        if (sign := _SIGNS.get(pattern.pattern)) is not None and sign.search(source) is None:
            continue
        for m in pattern.finditer(source):
            number, mark = value_of(m)
            if source[m.start()] == "^" and _is_inside(formulas, m.start()):
                continue
            if m.start() not in found and (number or mark[:1] in STARS):
                found[m.start()] = Call(*with_blanks(source, *m.span(), strong), number, mark, strong)
    for pair in list(touching_calls(source, found)):
        for at in [at for at in found if pair[0].start <= at < pair[1].end]:
            del found[at]
        found |= {call.start: call for call in pair}
    for call in raised_together(source):
        found.setdefault(call.start, call)
    for call in (*misread_calls(source, found), *_stars(source)):
        found.setdefault(call.start, call)
    return found


def _apart(calls: Iterable[Call]) -> Iterator[Call]:
    """The calls in order; of two that overlap the first."""
    end = 0
    for call in sorted(calls, key=lambda c: c.start):
        if call.start >= end:
            end = call.end
            yield call


def _stars(source: str) -> Iterator[Call]:
    """The stars behind the names of a line: one, or as many as authors there are («*», «**»); others are emphasis."""
    for line in _STARRED.finditer(source):
        calls = [Call(*m.span("n"), *value_of(m), False) for m in _STAR.finditer(source, *line.span())]
        told = [str(call.key) for call in calls]
        are_all = sum(map(len, told)) == sum(map(line.group().count, "*＊∗"))
        if are_all and (len(told) == 1 or told == ["*" * n for n in range(1, len(told) + 1)]):
            yield from calls


def _is_tone(source: str, call: Call) -> bool:
    """Whether raised digits tell the tone of a syllable: behind the letters of a phonetic script, or inside its brackets."""
    if source[call.start] not in "⁰¹²³⁴⁵⁶⁷⁸⁹":
        return False
    return _PHONETIC.search(source[max(0, call.start - _WORD) : call.start]) is not None


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


def _is_power(source: str, call: Call) -> bool:
    """m², 10³: a small number raised behind a unit or a ten; only a body that asks for it makes it a call."""
    return call.number in (2, 3) and _POWERED.search(source[max(0, call.start - 6) : call.start]) is not None
