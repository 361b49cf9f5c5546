"""Notes of an engine that writes their numbers as plain digits: «支持1。» in the text, «1 見…» or «1. 見…» at the page's foot.

Comes in: the source and its chunks. Goes out: bodies and calls, or nothing. Solved over the whole document, as in a page
dump: the run of bodies that counts on, then for each body the call that fits best. Refused: a document where fewer
than three lines are such bodies, where not half of them cite (a quarter, where they are many, count through without a gap
and nearly all are called; none, where nearly all calls stand right behind a mark), or where one in four finds no call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from pipeline.note_signs import COUNTED
from pipeline.recovery.markdown.chunks import PROSE, Chunk, ChunkKind
from pipeline.recovery.notes.calls import call_marks
from pipeline.recovery.notes.numbers import Mark, MarkStyle
from pipeline.recovery.notes.sequences import align_calls, choose_bodies
from pipeline.recovery.notes.units import UNIT_AT_START
from pipeline.recovery.notes.weights import weigh_call
from pipeline.recovery.ocr_markdown.blanks import with_blanks
from pipeline.recovery.ocr_markdown.notes.marks import Body, Call, cites, is_announced
from pipeline.recovery.wording.marks import NEVER_FIRST

_BODY = re.compile(
    rf"(?P<n>[0-9]{{1,3}})[ \t　]+(?=[^\s0-9.、)）]|{COUNTED})"
    rf"(?!{UNIT_AT_START})"
)
_LOOSE = re.compile(r"(?P<n>[1-9][0-9]{0,2})[ \t　]+(?=\S)")  # what a body among others may be: «6 5號、19號»
_TWO = re.compile(r"(?<![0-9.,，])[1-9][0-9]{1,5}(?![0-9])")  # «1112», two calls
_GLUED = re.compile(  # «1王明：《…》», without a blank
    rf"(?P<n>[1-9][0-9]{{0,2}})(?=[\u3400-\u9fff《〈“「『A-ZÀ-ÖА-ЯЁ])(?!{UNIT_AT_START})"
)
_POINTED = re.compile(rf"(?P<n>[1-9][0-9]{{0,2}})\\?[.．、](?:[ \t　]*(?=[^\s0-9])|[ \t　]+(?={COUNTED}))")
_LEAST, _MANY, _FEW = 3, 8, 4
_FLOOR = 0.0  # a call that its neighbours speak against is none
_CLOSED = 2.5  # weighs a mark before the number, whatever unit seems to follow it
_IN_CELL = re.compile(
    r"[\u3400-\u9fff」』”’）》](?P<n>[1-9][0-9]{0,2})[ \t]*(?=\||</t[dh]>|\n|$)", re.IGNORECASE
)
# An engine sets a raised number apart, also before a mark.
_SET_OFF = re.compile(r" [0-9]{1,3} [。，；：！？]")
_CELL = 2.0  # weighs a number at a cell's end, right behind a word
_PROVED = 5.0  # weighs a call behind a mark that no unit follows
_MARKS = tuple(NEVER_FIRST)
_RESTART = 0.4  # the price of numbers that start again, as they do on each page


def find_plain_notes(source: str, chunks: Sequence[Chunk]) -> tuple[list[Body], list[Call]]:
    """The bodies and calls with plain digits; empty where the numbers are the text's own."""
    numbers = _numbers(source, chunks)
    candidates = _bodies(source, chunks)
    bodies = choose_bodies(_filled(_called(candidates, numbers), candidates), _RESTART)
    cited = sum(b.weight > 1 for b in bodies)
    if len(bodies) < _LEAST:
        return [], []
    options = _options(bodies, numbers)
    calls = align_calls(bodies, options, _FLOOR)
    if cited * 2 < len(bodies) and not _are_called(bodies, calls, cited):
        return [], []
    if sum(call is not None for call in calls) * 4 < len(bodies) * 3:
        return [], []
    found = []
    for body in bodies:
        begin = _begin(source, chunks[body.place[0]])
        found.append(Body(body.place[0], begin, begin + body.length, body.value, str(body.value)))
    made = []
    for mark in calls:
        if mark is not None:
            start = chunks[mark.place[0]].inner + mark.place[1]
            begin, end = with_blanks(source, start, start + mark.length, strong=True)
            made.append(Call(begin, end, mark.value, str(mark.value), True))
    return found, made


def _are_called(bodies: Sequence[Mark], calls: Sequence[Mark | None], cited: int) -> bool:
    """Whether bodies that hardly cite are notes: they count through, and nearly all are called.

    They must be many and a quarter of them cite, or nearly all calls stand right behind a mark.
    """
    proved = [call.weight >= _PROVED for call in calls if call is not None]
    if not _counts_through(bodies) or calls.count(None) * _FEW > len(calls):
        return False
    return (len(bodies) >= _MANY and cited * 4 >= len(bodies)) or sum(proved) * 4 >= len(proved) * 3


def _counts_through(bodies: Sequence[Mark]) -> bool:
    """Whether each number is the next one, or the first again."""
    return all(b in (a + 1, 1) for a, b in pairwise([0, *(body.value for body in bodies)]))


def _bodies(source: str, chunks: Sequence[Chunk]) -> list[Mark]:
    candidates = []
    loose = {i: m for i, chunk in enumerate(chunks) if (m := _match(_LOOSE, source, chunk))}
    glued = {i: m for i, chunk in enumerate(chunks) if (m := _match(_GLUED, source, chunk))}
    listed: set[int] = set()  # the author's, behind a colon
    for i, chunk in enumerate(chunks):
        if chunk.kind not in PROSE:
            continue
        sure = _match(_BODY, source, chunk)
        weak = None if sure else _match(_POINTED, source, chunk)
        if weak and not cites(source, weak.end(), chunk.tail):
            number = int(weak["n"])
            if i - 1 in listed if number > 1 else is_announced(source, chunks, i, number):
                listed.add(i)
                continue
        if not sure and not weak and i in loose and _counts_beside(loose, i):
            weak = loose[i]
        if not sure and not weak and (m := glued.get(i)) is not None:
            weak = m if cites(source, m.end(), chunk.tail) or _counts_beside(glued, i) else None
        if (m := sure or weak) is not None and m["n"][0] != "0":
            weight = 2.0 if cites(source, m.end(), chunk.tail) else -0.5 if weak else 0.5
            candidates.append(Mark(int(m["n"]), (i, 0), m.end() - m.start(), weight))
    return candidates


def _match(pattern: re.Pattern[str], source: str, chunk: Chunk) -> re.Match[str] | None:
    if chunk.kind not in PROSE:
        return None
    return pattern.match(source, _begin(source, chunk), chunk.tail)


def _counts_beside(numbers: Mapping[int, re.Match[str]], i: int) -> bool:
    """Whether the chunk before has the number before, or the chunk behind the next one."""
    return any(k in numbers and int(numbers[k]["n"]) - int(numbers[i]["n"]) == k - i for k in (i - 1, i + 1))


def _begin(source: str, chunk: Chunk) -> int:
    """Where a number at the beginning of a chunk stands: behind a bullet, but not behind itself."""
    if chunk.kind is not ChunkKind.ITEM or chunk.marker == "-":
        return chunk.inner
    return source.index(chunk.marker, chunk.start)


def _numbers(source: str, chunks: Sequence[Chunk]) -> dict[int, list[Mark]]:
    """The numbers of the text that could be calls, by value."""
    marks: dict[int, list[Mark]] = {}
    for i, chunk in enumerate(chunks):
        if chunk.kind in (*PROSE, ChunkKind.HEADING):
            text = source[chunk.inner : chunk.tail]
            for mark in (*call_marks(text, MarkStyle.BARE, i), *_pairs(text, i)):
                at = mark.place[1]
                is_set_off = text[:at].rstrip(" 0123456789").endswith(_MARKS) or _SET_OFF.match(text, at - 1)
                weight = mark.weight + (_CLOSED if at and is_set_off else 0)
                if at and weight > _FLOOR and text[at].isdigit():
                    marks.setdefault(mark.value, []).append(mark._replace(weight=weight))
        elif chunk.kind in (ChunkKind.TABLE, ChunkKind.HTML_TABLE):
            for m in _IN_CELL.finditer(source, chunk.inner, chunk.tail):
                value, at = int(m["n"]), m.start("n") - chunk.inner
                marks.setdefault(value, []).append(Mark(value, (i, at), len(m["n"]), _CELL))
    return marks


def _pairs(text: str, i: int) -> Iterator[Mark]:
    """Two calls that touch: ``910`` behind a mark is 9 and 10."""
    for m in _TWO.finditer(text):
        for size in range(1, len(m.group()) // 2 + 1):
            number = int(m.group()[:size])
            if m.group() == f"{number}{number + 1}" and text[: m.start()].rstrip(" ").endswith(_MARKS):
                weight = weigh_call(text, m.start(), m.end()) - 1
                yield Mark(number, (i, m.start()), size, weight)
                yield Mark(number + 1, (i, m.start() + size), len(m.group()) - size, weight)


def _called(candidates: Sequence[Mark], numbers: dict[int, list[Mark]]) -> list[Mark]:
    """The lines whose number stands in the text since a line with this number.

    A note may have lost its call: so may a line be that stands right behind or before one that is called, and counts with it.
    """
    last: dict[int, int] = {}
    called: dict[int, int] = {}  # chunk → number
    for body in candidates:
        first, at = last.get(body.value, -1), body.place[0]
        last[body.value] = at
        if any(first < mark.place[0] < at for mark in numbers.get(body.value, ())):
            called[at] = body.value
    return [
        body if body.place[0] in called else body._replace(weight=body.weight - 1)
        for body in candidates
        if body.place[0] in called
        or called.get(body.place[0] - 1) == body.value - 1 > 0
        or called.get(body.place[0] + 1) == body.value + 1
    ]


def _filled(bodies: Sequence[Mark], candidates: Sequence[Mark]) -> list[Mark]:
    """The bodies, and between two of them the lines with the numbers that are missing there, if they cite or stand together."""
    out = list(bodies[:1])
    for last, body in pairwise(bodies):
        between = [c for c in candidates if last.place < c.place < body.place]
        number = last.value
        for k, mark in enumerate(between):
            is_next = mark.value == number + 1 < body.value
            beside = {c.place[0] for c in (*between[max(0, k - 1) : k], *between[k + 1 : k + 2], last, body)}
            if is_next and (mark.weight > 1 or {mark.place[0] - 1, mark.place[0] + 1} & beside):
                out.append(mark)
                number = mark.value
        out.append(body)
    return out


def _options(bodies: Sequence[Mark], numbers: dict[int, list[Mark]]) -> list[list[Mark]]:
    """For each body the numbers that may be its call: on its page, before it."""
    taken = {b.place[0] for b in bodies}
    options = []
    first = last = -1  # the chunks of the last body of the page before, and of the last body
    number = 0
    for body in bodies:
        if body.value <= number:
            first = last
        last, number = body.place[0], body.value
        found = numbers.get(body.value, ())
        options.append([m for m in found if first < m.place[0] < body.place[0] and m.place[0] not in taken])
    return options
