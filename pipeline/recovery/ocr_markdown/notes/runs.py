"""What an engine ran together: the bodies at a page's foot, «①見甲。②同上。», and numbered paragraphs.

Comes in: the source and its chunks. Goes out: the chunks, such a paragraph parted, and the notes. Refused: an author's
own enumeration. Bodies must count on, each must be called before, and all must prove bodies once they stand alone;
numbered paragraphs must go on at the beginning of the next chunk. Else the paragraph stays whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile
from operator import itemgetter

from pipeline.recovery.markdown.chunks import PROSE, Chunk, ChunkKind
from pipeline.recovery.notes.numbers import CIRCLED
from pipeline.recovery.ocr_markdown.notes.binding import Notes
from pipeline.recovery.ocr_markdown.notes.calls import find_calls
from pipeline.recovery.ocr_markdown.notes.footnotes import find_notes
from pipeline.recovery.ocr_markdown.notes.marks import (
    Call,
    body_marks,
    cites,
    label_start,
    may_begin,
    numbers_below,
    style_at,
    value_of,
)
from pipeline.recovery.ocr_markdown.notes.rows import note_rows
from pipeline.recovery.wording.marks import CLOSERS

_CLOSED = re.compile(rf"[{re.escape(CLOSERS)}．；;］][ \t\u3000]*$|[ \t\u3000]$|\n[ \t\u3000>]*$")
_POINTED = re.compile(r"(?:[見见註注同參参如和與与及、]|[Nn]otes?|see)[ \t\u3000]*$")  # «見註②»
_DATED = re.compile(r"[(（](?:[A-Za-zÀ-ɏА-яЁё]+\.?[ ])?(?:1[0-9]{3}|20[0-9]{2})[)）]")
_IN_WORDS = re.compile(r"[A-Za-zÀ-ɏА-яЁё][ ]$")  # «Annales 14»
_ITEM = re.compile(r"[(（](?P<n>[0-9]{1,2})[)）](?=\S)")
_LINE_END = re.compile(r"\n[ \t\u3000>]*")
_SENTENCE_END = re.compile(r"[。.」”）)]\s*(?=[①<$\\\[［〔⁰¹²³⁴-⁹])")
_NEAR = 12  # characters before a mark that show what it is
_FEW = 4  # chunks
_SURE = 3  # bodies that count on, all called; an author's enumeration is shorter
_WIDEST = 20_000  # characters; no foot of a page is longer


def find_noted_chunks(source: str, chunks: Sequence[Chunk]) -> tuple[Sequence[Chunk], Notes]:
    """The chunks with each body in its own, and the notes."""
    chunks = _parted(chunks, dict(_item_runs(source, chunks)))
    calls = find_calls(source, chunks)
    if rows := dict(note_rows(source, chunks, calls)):
        chunks = _parted(chunks, rows)
        calls = find_calls(source, chunks)
    runs = dict(_runs(source, chunks, calls))
    if not runs:
        return chunks, find_notes(source, chunks, calls)
    parted = _parted(chunks, runs)
    notes = find_notes(source, parted, find_calls(source, parted))
    begins = {parted[body.chunk].start for body in notes.bodies}
    proved = {
        i: parts
        for i, parts in runs.items()
        if all(part.start in begins for part in parts[1:])
        and (parts[0].start in begins or not _marks_from(source, parts[0], _label(parts[0])))
    }
    if len(proved) < len(runs):
        parted = _parted(chunks, proved)
        notes = find_notes(source, parted, find_calls(source, parted))
    return parted, notes


def _parted(chunks: Sequence[Chunk], runs: Mapping[int, Sequence[Chunk]]) -> list[Chunk]:
    return [part for i, chunk in enumerate(chunks) for part in runs.get(i, (chunk,))]


def _runs(source: str, chunks: Sequence[Chunk], calls: Sequence[Call]) -> Iterator[tuple[int, list[Chunk]]]:
    """The chunks that may hold several bodies, each with its parts."""
    last: dict[int, int] = {}  # number → where it was called last
    told: dict[int, int] = {}  # number → where its last body ends
    marked: dict[tuple[int, str], int] = {}  # the same, by how it is written, too: «10 月» tells no [10]
    kinds: set[str] = set()  # the characters that their marks begin with
    starts = [call.start for call in calls]
    k = 0
    for i, chunk in enumerate(chunks):
        begin, end = (bisect_left(starts, at, k) for at in (chunk.start, chunk.end))
        last.update((call.number, call.start) for call in calls[k:begin] if not call.listed)
        k = begin
        places = _before(source, chunks[i + 1 : i + 2], _marks(source, chunk))
        if chunk.kind is ChunkKind.ITEM and len(places) == 1 and places[0][1] == chunk.start:
            continue  # a list may count so, and its numbers are no answer
        written = [(number, _kind_at(source, at)) for number, at in places]
        open_ones = [last.get(key[0], -1) >= marked.get(key, 0) for key in written]
        called = [place for place, _ in takewhile(itemgetter(1), zip(places, open_ones, strict=True))]
        if not places and told:
            inside = calls[begin:end]
            is_open = all(last.get(call.number, -1) >= told.get(call.number, 0) for call in inside)
            if is_open and not _are_told_below(source, chunks[i + 1 :], inside, starts[end:]):
                called = _behind_rest(source, chunk, inside, told, kinds)
        for number, at in called or places[:1]:
            told[number] = marked[number, _kind_at(source, at)] = chunk.end
            kinds |= {source[at], *CIRCLED} if source[at] in CIRCLED else {source[at]}
        begins = sorted({chunk.start, *(at for _, at in called)})
        if len(begins) > 1:
            yield i, _parts(source, chunk, begins)


def _before(
    source: str, behind: Sequence[Chunk], places: Sequence[tuple[int, int]]
) -> Sequence[tuple[int, int]]:
    """The marks before the plain one that the next chunk begins with: in «13 …, 14 мая 1928» above «14 …» a day."""
    is_plain = len(places) > 1 and source[places[1][1]].isascii() and source[places[1][1]].isdigit()
    below = [number for _, number in numbers_below(source, behind, len(source)) if is_plain]
    return [*places[:1], *takewhile(lambda place: place[0] not in below, places[1:])]


def _are_told_below(
    source: str, below: Sequence[Chunk], inside: Sequence[Call], calls: Sequence[int]
) -> bool:
    """Whether a chunk below begins with the first of the numbers, marked so, before the text calls one again: then they are calls themselves."""
    stop = calls[0] if calls else len(source)
    told = [
        chunk for chunk, n in numbers_below(source, below[:_FEW], stop) if inside and n == inside[0].number
    ]
    return any(_kind_at(source, label_start(c)) == _kind_at(source, inside[0].start) for c in told)


def _kind_at(source: str, at: int) -> str:
    """How a mark is written there, behind a blank."""
    return style_at(source, at + (source[at] == " "))


def _behind_rest(
    source: str, chunk: Chunk, inside: Sequence[Call], told: Mapping[int, int], kinds: Container[str]
) -> list[tuple[int, int]]:
    """The marks of bodies that an engine ran together behind the rest of the last one: all in it, as bodies are marked, each at a
    sentence's end, counting on from the last that was told, or anew. Half of them cite; of many at least one.
    """
    numbers = [call.number for call in inside]
    if chunk.kind is not ChunkKind.TEXT or not numbers or numbers != list(range(numbers[0], numbers[-1] + 1)):
        return []
    is_next = told.get(numbers[0] - 1) == max(told.values()) or (numbers[0] == 1 and 1 in told)
    places = [call.start + (source[call.start] == " ") for call in inside]
    if not is_next or any(source[at] not in kinds for at in places):
        return []
    cited = sum(cites(source, a, b) for a, b in pairwise([*places, chunk.tail]))
    least = len(places) if len(places) > _SURE else 2
    may_begin = all(_may_begin(source, at, not c.strong) for at, c in zip(places, inside, strict=True))
    return list(zip(numbers, places, strict=True)) if may_begin and cited * least >= len(places) else []


def _item_runs(source: str, chunks: Sequence[Chunk]) -> Iterator[tuple[int, list[Chunk]]]:
    """The paragraphs that hold «（1）…。（2）…。», where the chunk behind goes on with «（3）»: each with its parts."""
    for i, (chunk, behind) in enumerate(pairwise(chunks)):
        if chunk.kind is not ChunkKind.TEXT or (m := _ITEM.match(source, chunk.inner, chunk.tail)) is None:
            continue
        go_on = _ITEM.match(source, behind.inner, behind.tail) if behind.kind is ChunkKind.TEXT else None
        if go_on is None:
            continue
        places = [chunk.start]
        number = int(m["n"])
        for inner in _ITEM.finditer(source, m.end(), chunk.tail):
            if int(inner["n"]) == number + 1 and source[inner.start() - 1] in "。；":
                places.append(inner.start())
                number += 1
        if len(places) > 1 and int(go_on["n"]) == number + 1:
            yield i, _parts(source, chunk, places)


def _parts(source: str, chunk: Chunk, places: Sequence[int]) -> list[Chunk]:
    parts = [
        Chunk(ChunkKind.TEXT, a, b, a, a + len(source[a : min(b, chunk.tail)].rstrip()))
        for a, b in pairwise([*places, chunk.end])
    ]
    return [replace(chunk, end=parts[0].end, tail=parts[0].tail), *parts[1:]]


def _label(chunk: Chunk) -> int:
    """Where a mark stands that a chunk begins with; an item's own may be a star."""
    return chunk.start if chunk.kind is ChunkKind.ITEM else chunk.inner


def _marks(source: str, chunk: Chunk) -> list[tuple[int, int]]:
    """The mark that the chunk begins with, or a line in it behind the rest of another note, or a sentence behind the author's star, and
    those that count on: numbers and places.
    """
    begin = _label(chunk)
    if chunk.kind not in PROSE or chunk.end - begin > _WIDEST:
        return []
    if places := _marks_from(source, chunk, begin):
        return [(places[0][0], chunk.start), *places[1:]]
    ends = [_LINE_END, _SENTENCE_END] if source.startswith("*", begin) else [_LINE_END]
    begins = (m.end() for end in ends for m in end.finditer(source, begin, chunk.tail))
    return next((places for at in begins if (places := _marks_from(source, chunk, at))), [])


def _marks_from(source: str, chunk: Chunk, begin: int) -> list[tuple[int, int]]:
    """The mark at a place of the chunk, and those behind it that count on."""
    if not may_begin(source, begin):
        return []
    for pattern, strong in body_marks(source):
        m = pattern.match(source, begin, chunk.tail)
        if m is None or not (number := value_of(m)[0]):
            continue
        places = [(number, begin)]
        plain = not strong and m.group().lstrip("\\")[:1].isdigit() and m.group()[:1].isascii()
        for inner in pattern.finditer(source, m.end(), chunk.tail):
            value = value_of(inner)[0]
            if plain and (_dress(inner) != _dress(m) or _DATED.match(source, inner.end())):
                continue  # «13 …, *Annales* 14 (1987)»
            if plain and _IN_WORDS.search(source, max(m.end(), inner.start() - 2), inner.start()):
                continue
            if value == places[-1][0] + 1 and _may_begin(source, inner.start(), plain or not strong):
                places.append((value, inner.start()))
        return places
    return []


def _dress(mark: re.Match[str]) -> str:
    """What stands around the digits of a plain mark."""
    return re.sub(r"[0-9\s]+", "", mark.group())


def _may_begin(source: str, at: int, closed: bool) -> bool:
    """Whether a body can begin here; ``closed``: only where the text before has an end."""
    before = source[max(0, at - _NEAR) : at]
    if _POINTED.search(before):
        return False
    return not closed or _CLOSED.search(before) is not None or source[at] in "①②③④⑤⑥⑦⑧⑨⑩"
