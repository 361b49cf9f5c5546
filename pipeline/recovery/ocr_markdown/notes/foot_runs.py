"""Which lines at a page's foot are bodies of notes that only a weak mark tells: a plain digit, ①, ¹, [1]?

Comes in: the chunks from a line on, and what is open. Goes out: the bodies. Refused: an author's list, which a colon announces,
which cites nothing or leaves open calls unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pipeline.recovery.markdown.chunks import PARTING, PROSE, Chunk, ChunkKind
from pipeline.recovery.notes.calls import UNIT_AT_START
from pipeline.recovery.ocr_markdown.endings import breaks_off
from pipeline.recovery.ocr_markdown.notes.marks import (
    YEAR,
    Body,
    cites,
    label_start,
    marked_body,
    number_at,
    style_at,
    value_of,
)
from pipeline.recovery.ocr_markdown.notes.wanted import Wanted

_PLAIN_BODY = re.compile(
    r"[ \t]*(?P<mark>[(（\[註注]?[ \t]?(?P<n>[0-9]{1,3})[)）\]]?(?P<list>[.．、)）])?)"
    r"(?:[ \t　:：]+|(?<=[.．、)）])(?=[\u3400-\u9fff《〈“「]))"
    rf"(?=[^\s0-9]|{YEAR})(?(list)|(?!{UNIT_AT_START}))"
)
_BEFORE_NUMBER = re.compile(r"[ \t]*(?P<mark>(?P<n>[0-9]{1,3})(?P<list>[.．、)）]))[ \t]+(?=[0-9])")
_LISTED = re.compile(r"[ \t]*[(（]?(?P<n>[0-9]{1,3})[.．、)）]")
_FOLIO = re.compile(r"[-–—－·•．.~〜 \t]*[0-9]{1,4}[-–—－·•．.~〜 \t]*")
_STOPS = ("。", "。”", "。」", "！", "？", ".", "。）")
_FEW = 15  # chunks
_LISTS = re.compile(r"[0-9［〔（(]|\[(?!\^)")  # so a list's marks begin, too
_LISTED_ON_END = 3  # bodies near each other do not lose their calls


def find_run(
    source: str,
    chunks: Sequence[Chunk],
    first: int,
    wanted: Wanted,
    known: frozenset[str],
) -> list[Body]:
    """Bodies with plain numbers at a page's foot that no rule marks: just those that raised numbers call.

    A list of the author's can count so too: half of them must cite, or be numbered as no list is. Where a weaker mark
    calls one, they must answer all that is open, and be two or of the document's style.
    """
    pending = wanted.up_to(chunks[first].start)
    run, listed, lost = _plain_run(source, chunks, first, wanted, "plain" in known)
    if not run:
        return []
    cited = sum(cites(source, b.text, chunks[b.chunk].tail) for b in run)
    if listed and is_announced(source, chunks, first, run[0].number):
        strong = {n for n, (_, is_strong) in pending.items() if is_strong}
        if cited * 2 < len(run) or not strong or strong - _answered(source, chunks, run, wanted):
            return []
    is_list = any(source[b.start] in "(（" for b in run)
    if "plain" in known and not is_list and (wanted.counts_on(run) or wanted.begins(run)):
        return run
    numbers = {body.number for body in run} - {lost}
    told = numbers | _answered(source, chunks, run, wanted)
    left = [n for n, (_, strong) in pending.items() if strong and n >= run[0].number and n not in told]
    is_next = (wanted.counts_on(run) or wanted.begins(run)) and cited * 2 >= len(run)
    if any(n < run[-1].number for n in left) or (len(left) > 1 and not is_next):
        return []  # the last one's body may stand overleaf, or those of a page whose paragraph an engine put before
    if not all(pending[n][1] for n in numbers):
        answers = pending.keys() - wanted.listed <= numbers and (len(run) > 1 or "plain" in known)
        is_foot = (
            "plain" in known and len(run) > _LISTED_ON_END and _is_foot(source, chunks, first, run[-1].chunk)
        )
        return run if answers and (cited * 2 >= len(run) or is_foot) else []
    if cited * 2 >= len(run) or (len(told) > 1 and not listed):
        return run
    is_closed = all(source.endswith(_STOPS, b.text, chunks[b.chunk].tail) for b in run)
    is_foot = not left and is_closed and not is_list and _is_foot(source, chunks, first, run[-1].chunk)
    return run if is_foot else []


def _plain_run(
    source: str, chunks: Sequence[Chunk], first: int, wanted: Wanted, is_known: bool
) -> tuple[list[Body], bool, int]:
    """The lines with rising plain numbers that are called, whether one is numbered as a list is, and the number without a call, or 0.

    One may have lost its call, where two behind it have theirs and follow.
    """
    pending = wanted.up_to(chunks[first].start)
    run: list[Body] = []
    listed, lost = False, 0
    for i, chunk in enumerate(chunks[first : first + len(pending) + 1], first):
        m = _PLAIN_BODY.match(source, label_start(chunk), chunk.tail)
        if m is None and is_known:
            m = _BEFORE_NUMBER.match(source, label_start(chunk), chunk.tail)
        if m is None or chunk.kind not in PROSE:
            break
        body = Body(i, m.start("mark"), m.end(), int(m["n"]), m["n"])
        number, last = body.number, run[-1].number if run else 0
        if number not in pending:
            counts_on = last == number - 1 if run else wanted.counts_on([body])
            if lost or not counts_on or not {number + 1, number + 2} <= pending.keys():
                break
            lost = number
        if number <= last:
            break
        run.append(body)
        listed = listed or m["list"] is not None or m["mark"][0] in "(（"
    if lost and run[-1].number < lost + 2:  # those behind it, which are called, do not follow
        run, lost = [body for body in run if body.number < lost], 0
    return run, listed, lost


def is_announced(source: str, chunks: Sequence[Chunk], first: int, number: int) -> bool:
    """Whether a colon announces a numbered line, or the lines above it that count up to it from 1."""
    for chunk in reversed(chunks[:first]):
        m = _LISTED.match(source, label_start(chunk), chunk.tail)
        if m is None or int(m["n"]) != number - 1:
            return number == 1 and source.endswith(("：", ":"), chunk.inner, chunk.tail)
        number -= 1
    return False


def _answered(source: str, chunks: Sequence[Chunk], run: Sequence[Body], wanted: Wanted) -> set[int]:
    """The numbers that a run tells, and those that count on behind it, where a body has a second paragraph.

    None where its first number is told once more before it is called again: then the run is a list. Below a heading only a mark
    that no list has tells it, or a rule above, where the run's own mark may be a list's.
    """
    may_be_list = _LISTS.match(source, run[0].start) is not None
    numbers = {body.number for body in run}
    behind = chunks[run[-1].chunk + 1 : run[-1].chunk + 1 + _FEW]
    again = wanted.next_call(run[0].number, run[-1].start, behind[-1].end) if behind else 0
    is_below = False
    last = None
    for chunk in takewhile(lambda c: c.inner <= again, behind):
        is_below = is_below or chunk.kind is ChunkKind.HEADING
        if is_below and not may_be_list:
            break
        number = number_at(source, chunk) if chunk.kind in PROSE else 0
        is_sure = last is ChunkKind.RULE or _LISTS.match(source, label_start(chunk)) is None
        if number == run[0].number and (is_sure or not is_below):
            return set()
        if number == max(numbers) + 1 and not is_below:
            numbers.add(number)
        last = chunk.kind
    return numbers


def find_marked_run(
    source: str,
    chunks: Sequence[Chunk],
    first: int,
    wanted: Wanted,
    known: frozenset[str],
) -> list[Body]:
    """Bodies marked ①, ¹ or [1]: lines that count on and answer each open call, in a style that is known or that cite.

    Not behind a colon, which announces a list. Where they count on through the document, the last may stand overleaf; at
    the foot of a page the last ones may be lost.
    """
    pending = wanted.up_to(chunks[first].start)
    run = _counting_run(source, chunks, first, wanted, known)
    answered = _answered(source, chunks, run, wanted) if run else set()
    cited = sum(cites(source, b.text, chunks[b.chunk].tail) for b in run)
    if run and is_announced(source, chunks, first, run[0].number):
        below = chunks[first : first + len(answered | {run[0].number}) + 1]  # the page's text ends in a colon
        is_cited = any(cites(source, c.inner, c.tail) for c in below)
        is_foot = is_cited and style_at(source, run[0].start) in known
        if not is_foot or {n for n in pending.keys() - wanted.listed if n} - answered:
            return []
    is_known = bool(run) and style_at(source, run[0].start) in known
    is_same = is_known or (len(run) > 1 and cited * 2 >= len(run))
    numbers = {b.number for b in run}
    told = answered | numbers
    left = [n for n in pending.keys() - wanted.listed if n and n not in told and wanted.may_come(n, run)]
    is_foot = bool(run) and _is_foot(source, chunks, first, run[-1].chunk)
    is_foot = is_foot and not _goes_on_with(source, chunks, first, run[0].number, wanted)
    if is_foot and is_known and left and min(left) > run[-1].number:
        return run
    if is_foot and not left and not numbers <= wanted.listed:
        return run
    return run if (is_known and wanted.counts_on(run)) or (is_same and not left) else []


def _counting_run(
    source: str, chunks: Sequence[Chunk], first: int, wanted: Wanted, known: frozenset[str]
) -> list[Body]:
    """The lines that begin with marks and count on; where the style is known or they go on, one whose call is lost may stand before the next."""
    pending = wanted.up_to(chunks[first].start)
    run: list[Body] = []
    for i, chunk in enumerate(chunks[first : first + 2 * len(pending)], first):
        m = marked_body(source, label_start(chunk), chunk.tail)
        if m is None or chunk.kind not in PROSE:
            break
        number, mark = value_of(m)
        if run and number != run[-1].number + 1:
            break
        if number not in pending:
            behind = chunks[i + 1] if i + 1 < len(chunks) else chunk
            following = marked_body(source, label_start(behind), behind.tail)
            is_lost = following is not None and value_of(following)[0] == number + 1 in pending
            body = Body(i, m.start(), m.end(), number, mark)
            goes_on = style_at(source, m.start()) in known or (not run and wanted.counts_on([body]))
            is_list = not run and _goes_on_with(source, chunks, i, number, wanted)
            if not is_lost or not number or not goes_on or is_list:
                break
        run.append(Body(i, m.start(), m.end(), number, mark))
    return run


def _is_foot(source: str, chunks: Sequence[Chunk], first: int, last: int) -> bool:
    """Whether a page ends with these chunks: before them a sentence is cut, or behind them stands what parts pages."""
    if last + 1 == len(chunks) or chunks[last + 1].kind in PARTING or chunks[first - 1].kind in PARTING:
        return True
    if breaks_off(source, chunks[first - 1]):
        return True
    return _FOLIO.fullmatch(source, chunks[last + 1].inner, chunks[last + 1].tail) is not None


def find_lost_call(
    source: str, chunks: Sequence[Chunk], i: int, wanted: Wanted, known: frozenset[str]
) -> Body | None:
    """The body of a note whose call is lost: marked as the document's are, with the number behind the last, and citing,
    or right behind the last or a rule in a style that numbers no list, or at least none that began above.
    """
    chunk = chunks[i]
    m = marked_body(source, label_start(chunk), chunk.tail) or _PLAIN_BODY.match(
        source, label_start(chunk), chunk.tail
    )
    if m is None or chunk.kind not in PROSE:
        return None
    written = style_at(source, m.start())
    if written not in known - {"parenthesis"}:
        return None
    number, mark = value_of(m)
    body = Body(i, m.start(), m.end(), number, mark)
    if not wanted.counts_on([body]) or _lists_sources(source, chunks, i, wanted):
        return None
    if wanted.next_call(number, m.end(), len(source)) < wanted.next_call(number + 1, m.end(), len(source)):
        return None  # it is called below: this is a head with its page's number, or a list
    if (cites(source, m.end(), chunk.tail) and written != "plain") or written == "raised":
        return body
    is_behind = i > 0 and (wanted.told_last(chunks[i - 1]) or chunks[i - 1].kind is ChunkKind.RULE)
    return body if is_behind and not _goes_on_with(source, chunks, i, number, wanted) else None


def _lists_sources(source: str, chunks: Sequence[Chunk], i: int, wanted: Wanted) -> bool:
    """Whether several lines near each other that count on are called nowhere: they are a list of sources."""
    numbers: list[int] = []
    for chunk in chunks[i : i + _FEW]:
        m = marked_body(source, label_start(chunk), chunk.tail)
        value = value_of(m)[0] if m is not None else 0
        if value and wanted.calls_behind(value):
            break
        if value and (not numbers or value == numbers[-1] + 1):
            numbers.append(value)
    return len(numbers) >= _LISTED_ON_END


def _goes_on_with(source: str, chunks: Sequence[Chunk], i: int, number: int, wanted: Wanted) -> bool:
    """Whether a line above, which is no body, has the number before: then it is a list that a page parted."""
    for chunk in chunks[max(0, i - _FEW) : i]:
        begin = label_start(chunk)
        m = marked_body(source, begin, chunk.tail) or _PLAIN_BODY.match(source, begin, chunk.tail)
        if m is not None and value_of(m)[0] == number - 1 and not wanted.is_told(m.start()):
            return True
    return False
