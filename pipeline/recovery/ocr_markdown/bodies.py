"""Which chunks of a recognised page are bodies of notes?

Comes in: the source, its chunks, and what may be calls. Goes out: the bodies in order. A strong mark is one by itself; a weak
one at a page's foot, below a heading of notes, or in a run that answers what is open. Refused: an author's list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.notes import UNIT_AT_START
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.marks import (
    BODY_MARKS,
    MAY_BEGIN,
    YEAR,
    Body,
    Call,
    cites,
    style,
    value_of,
)

_PLAIN_BODY = re.compile(
    r"[ \t]*(?P<mark>[(（\[註注]?[ \t]?(?P<n>[0-9]{1,3})[)）\]]?(?P<list>[.．、)）])?)"
    r"(?:[ \t　:：]+|(?<=[.．、)）])(?=[\u3400-\u9fff《〈“「]))"
    rf"(?=[^\s0-9]|{YEAR})(?!{UNIT_AT_START})"
)
_LISTED = re.compile(r"[ \t]*[(（]?(?P<n>[0-9]{1,3})[.．、)）]")
_MARKED_BODY = re.compile(
    r"(?:(?P<n>[①-⑳㉑-㉟㊱-㊿]|[⁰¹²³⁴-⁹]{1,3})|\\?[\[〔［(（](?P<m>[0-9]{1,3})\\?[\]〕］)）](?![(\[])"
    r"|\$\s*\\textcircled\s*\{\s*(?P<linked>[0-9]{1,2})\s*\}\s*\$)[ \t　]*(?=\S)"
)
_GLUED_BODY = re.compile(r"(?P<n>[0-9]{1,3})[.．、)）](?=[^\s0-9])")
NOTES_HEADING = re.compile(
    r"[\s【\[［〔*]*(?:(?:參考文獻|参考文献)[与與和及])?(?:[註注][ \u3000]?[釋释]|[註注]解|附[註注]|尾[註注]|[腳脚][註注]|[註注]|Notes?|Endnotes?|Footnotes?)(?:[与與和及](?:參考文獻|参考文献))?[\s】\]］〕*：:]*$",
    re.IGNORECASE,
)
_STARRED = 6000  # characters from a star in the text to its body
SOURCES_HEADING = re.compile(
    r"[\s【\[［〔*]*(?:參考文獻|参考文献|參考書目|参考书目|引用書目|徵引書目|References|Bibliography)[\s】\]］〕*：:]*$",
    re.IGNORECASE,
)


def choose_bodies(
    source: str, chunks: Sequence[Chunk], calls: Sequence[Call], known: frozenset[str] = frozenset()
) -> list[Body]:
    """The chunks that are bodies: by a strong mark, or by a weak one at a page's foot that a call asks for.

    ``known`` are the styles in which this document marks its bodies.
    """
    wanted = _Wanted(calls)
    bodies: list[Body] = []
    at_foot = False  # behind a rule, a body or a heading «註釋»
    last = 0  # the number of the body before, while the run lasts
    sources = False
    run: list[Body] = []  # what follows of a page's bodies
    told = 0  # the level of the heading «註釋» that the bodies stand under
    headed = False  # one stood above, and nothing but bodies since
    for i, chunk in enumerate(chunks):
        if chunk.kind is ChunkKind.RULE:
            at_foot, last = True, 0
            continue
        if chunk.kind is ChunkKind.HEADING and 0 < told < chunk.level:
            at_foot, last = True, 0  # the notes of a chapter
            wanted.again()
            continue
        if chunk.kind is ChunkKind.HEADING or chunk.kind is ChunkKind.TEXT:
            text = source[chunk.inner : chunk.tail]
            if len(text) < 30 and NOTES_HEADING.match(text):
                at_foot, last, sources, told, headed = True, 0, False, chunk.level, True
                continue
            if chunk.kind is ChunkKind.HEADING:
                told = 0
            if len(text) < 30 and SOURCES_HEADING.match(text):
                sources = True
            elif chunk.kind is ChunkKind.HEADING:
                sources = False
        if chunk.kind not in (ChunkKind.TEXT, ChunkKind.ITEM, ChunkKind.QUOTE) or sources:
            at_foot = at_foot and chunk.kind in (ChunkKind.PAGE, ChunkKind.COMMENT)
            continue
        leads = i + 1 < len(chunks) and _begins_body(source, chunks[i + 1])
        body = _body(source, chunk, i, at_foot, last, wanted, leads)
        if body is not None and known and body.number and _is_item(source, chunk, body, known):
            body = None
        if body is None and at_foot and headed:
            body = _glued_body(source, chunk, i, last, wanted) or _uncalled_body(
                source, chunks, i, last, wanted
            )
        if body is None and not run:
            run = _run(source, chunks, i, wanted, known) or _marked_run(
                source, chunks, i, wanted, known | _style_of_last(source, bodies)
            )
        if body is None and run:
            body = run.pop(0)
        if body is None:
            at_foot, last, headed = False, 0, False
            continue
        run = run if run and run[0].chunk == i + 1 else []
        bodies.append(body)
        wanted.met(body)
        at_foot, last = True, body.number
    return bodies


def _run(
    source: str,
    chunks: Sequence[Chunk],
    first: int,
    wanted: _Wanted,
    known: frozenset[str],
) -> list[Body]:
    """Bodies with plain numbers at a page's foot that no rule marks: just those that raised numbers call.

    A list of the author's can count so too: half of them must cite, or be numbered as no list is. Where a weaker mark
    calls one, they must answer all that is open, and be two or of the document's style.
    """
    pending = wanted.up_to(chunks[first].start)
    run: list[Body] = []
    cited = listed = 0
    for i, chunk in enumerate(chunks[first : first + len(pending)], first):
        m = _PLAIN_BODY.match(
            source, chunk.start if chunk.kind is ChunkKind.ITEM else chunk.inner, chunk.tail
        )
        if m is None or chunk.kind not in (ChunkKind.TEXT, ChunkKind.ITEM):
            break
        number = int(m["n"])
        if number not in pending or (run and number <= run[-1].number):
            break
        run.append(Body(i, m.start("mark"), m.end(), number, m["n"]))
        cited += cites(source, m.end(), chunk.tail)
        listed += m["list"] is not None or m["mark"][0] in "(（"
    if not run or (listed and _is_announced(source, chunks, first, run[0].number)):
        return []
    if "plain" in known and wanted.counts_on(run):
        return run
    numbers = {body.number for body in run}
    left = [n for n, (_, strong) in pending.items() if strong and n >= run[0].number and n not in numbers]
    if len(left) > 1 or any(n < run[-1].number for n in left):  # the last one's body may stand overleaf
        return []
    if not all(pending[n][1] for n in numbers):
        answers = pending.keys() - wanted.listed <= numbers and (len(run) > 1 or "plain" in known)
        return run if answers and cited * 2 >= len(run) else []
    return run if cited * 2 >= len(run) or (len(run) > 1 and not listed) else []


def _is_announced(source: str, chunks: Sequence[Chunk], first: int, number: int) -> bool:
    """Whether a colon announces a numbered line, or the lines above it that count up to it."""
    for chunk in reversed(chunks[:first]):
        begin = chunk.start if chunk.kind is ChunkKind.ITEM else chunk.inner
        m = _LISTED.match(source, begin, chunk.tail)
        if m is None or int(m["n"]) != number - 1:
            return source.endswith(("：", ":"), chunk.inner, chunk.tail)
        number -= 1
    return False


def _marked_run(
    source: str,
    chunks: Sequence[Chunk],
    first: int,
    wanted: _Wanted,
    known: frozenset[str],
) -> list[Body]:
    """Bodies marked ①, ¹ or [1]: lines that count on and answer each open call, in a style that is known or that cite.

    Not behind a colon, which announces a list. Where they count on through the document, the last may stand overleaf.
    """
    pending = wanted.up_to(chunks[first].start)
    run: list[Body] = []
    for i, chunk in enumerate(chunks[first : first + len(pending)], first):
        m = _MARKED_BODY.match(source, chunk.inner, chunk.tail)
        if m is None or chunk.kind is not ChunkKind.TEXT:
            break
        number, mark = value_of(m)
        if number not in pending or (run and number != run[-1].number + 1):
            break
        run.append(Body(i, chunk.inner, m.end(), number, mark))
    if run and _is_announced(source, chunks, first, run[0].number):
        return []
    cited = sum(cites(source, b.text, chunks[b.chunk].tail) for b in run)
    is_same = (len(run) > 1 and cited * 2 >= len(run)) or (
        bool(run) and style_at(source, run[0].start) in known
    )
    answered = {b.number for b in run}
    left = [n for n in pending.keys() - wanted.listed if n and n not in answered]
    goes_on = bool(run) and style_at(source, run[0].start) in known and wanted.counts_on(run)
    return run if goes_on or (is_same and not left) else []


class _Wanted:
    """Which call numbers stand in the text so far without a body."""

    def __init__(self, calls: Sequence[Call]) -> None:
        self._calls = list(calls)
        self._next = 0
        self._body = -1  # where the last body begins: its own mark is no call
        self._last = 0  # its number
        self._open: dict[int, tuple[int, bool]] = {}  # number → (place, strong)
        self.listed: set[int] = set()  # the open ones that rather number the parts of a sentence

    def up_to(self, place: int) -> dict[int, tuple[int, bool]]:
        while self._next < len(self._calls) and self._calls[self._next].start < place:
            call = self._calls[self._next]
            if call.start != self._body and not (call.listed and call.number in self._open):
                self._open[call.number] = (call.start, call.strong)
                (self.listed.add if call.listed else self.listed.discard)(call.number)
            self._next += 1
        return self._open

    def again(self) -> None:
        """The numbers begin anew, for the calls of another chapter."""
        for call in self._calls[: self._next]:
            self._open[call.number] = (call.start, call.strong)

    def met(self, body: Body) -> None:
        self._open.pop(body.number, None)
        self.listed.discard(body.number)
        self._body = body.start
        self._last = body.number or self._last

    def counts_on(self, run: Sequence[Body]) -> bool:
        """Whether bodies go on with the number behind the last one, through the document."""
        return 0 < self._last == run[0].number - 1


def _begins_body(source: str, chunk: Chunk) -> bool:
    """Whether a chunk begins with a mark that only a body begins with."""
    return chunk.kind is ChunkKind.TEXT and any(
        strong and pattern.match(source, chunk.inner, chunk.tail) for pattern, strong in BODY_MARKS
    )


def _body(
    source: str, chunk: Chunk, index: int, at_foot: bool, last: int, wanted: _Wanted, leads: bool
) -> Body | None:
    """The body that the chunk begins; ``leads``: a sure one follows."""
    begin = chunk.start if chunk.kind is ChunkKind.ITEM else chunk.inner
    begin += len(source[begin : chunk.end]) - len(source[begin : chunk.end].lstrip(" \t"))
    if MAY_BEGIN.match(source, begin) is None and MAY_BEGIN.match(source, chunk.inner) is None:
        return None
    for pattern, strong in BODY_MARKS:
        m = pattern.match(source, begin, chunk.tail)
        if m is None and chunk.kind is ChunkKind.ITEM and chunk.marker == "-":  # a bullet before the number
            m = pattern.match(source, chunk.inner, chunk.tail)
        if not strong and chunk.kind is ChunkKind.QUOTE:
            continue
        if m is None or m.end() >= chunk.tail:
            continue
        number, mark = value_of(m)
        if not number and mark[:1] not in "*＊†‡":
            continue
        body = Body(index, begin, m.end(), number, mark)
        pending = wanted.up_to(begin)
        if strong:
            return body
        if number not in pending:
            continue
        follows = at_foot and (number == last + 1 or last == 0)
        is_cited = cites(source, m.end(), chunk.tail)
        is_plain = mark.isascii() and mark.isdigit() and m.group().strip("\\ \t　:：")[:1] not in "[〔［$"
        if not number:  # a star: at the foot, or where a call of the same kind is near
            is_lone = source.count("*", begin, chunk.tail) % 2 == 1  # else it may be emphasis
            is_near = begin - pending[0][0] < _STARRED and (pending[0][1] or is_lone)
            if at_foot or leads or is_near:
                return body
            continue
        if follows or (is_cited and not is_plain and pending[number][0] > begin - 20_000):
            return body
    return None


def _is_item(source: str, chunk: Chunk, body: Body, known: frozenset[str]) -> bool:
    """Whether «（1）…» or «1. …» is rather the author's, where the bodies are marked otherwise: it cites nothing."""
    written = style_at(source, body.start)
    is_weak = written == "parenthesis" or (written == "plain" and source[body.start].isdigit())
    return is_weak and written not in known and not cites(source, body.text, chunk.tail)


def _glued_body(source: str, chunk: Chunk, index: int, last: int, wanted: _Wanted) -> Body | None:
    """The body «1.王明…», its number right before its words, where a heading says that these are the notes."""
    m = _GLUED_BODY.match(source, chunk.inner, chunk.tail)
    if m is None or chunk.kind is not ChunkKind.TEXT:
        return None
    number = int(m["n"])
    follows = number == last + 1 or last == 0
    return (
        Body(index, m.start(), m.end(), number, m["n"])
        if follows and number in wanted.up_to(m.start())
        else None
    )


def _uncalled_body(source: str, chunks: Sequence[Chunk], i: int, last: int, wanted: _Wanted) -> Body | None:
    """The body of a note whose call is lost, where it counts on below the notes' heading and the next is called."""
    m = _MARKED_BODY.match(source, chunks[i].inner, chunks[i].tail)
    if m is None or chunks[i].kind is not ChunkKind.TEXT or i + 1 >= len(chunks):
        return None
    behind = _MARKED_BODY.match(source, chunks[i + 1].inner, chunks[i + 1].tail)
    number, mark = value_of(m)
    is_called = behind is not None and value_of(behind)[0] == number + 1 in wanted.up_to(m.start())
    return Body(i, m.start(), m.end(), number, mark) if number == last + 1 and is_called else None


def _style_of_last(source: str, bodies: Sequence[Body]) -> frozenset[str]:
    """The style of the last body, where nothing else is marked so."""
    return frozenset({style_at(source, bodies[-1].start)} & {"circled", "raised"}) if bodies else frozenset()


def style_at(source: str, start: int) -> str:
    """How the body that begins there is marked: by the kind of its first character."""
    first = source[start + (source[start] == "\\")]
    if first in "[〔［(（":
        return "bracket" if first in "[〔［" else "parenthesis"
    return "plain" if first.isdigit() and first.isascii() else style(first)
