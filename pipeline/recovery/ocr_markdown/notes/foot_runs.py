"""Which lines at a page's foot are bodies of notes that only a weak mark tells: a plain digit, ①, ¹, [1]?

Comes in: the chunks from a line on, and what is open. Goes out: the bodies. Refused: an author's list, which a colon announces,
which cites nothing or leaves open calls unanswered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from itertools import takewhile

from pipeline.location import record
from pipeline.recovery.markdown.chunks import PARTING, PROSE, Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.endings import breaks_off
from pipeline.recovery.ocr_markdown.notes.marks import (
    Body,
    Call,
    body_of,
    cites,
    is_announced,
    label_start,
    mark_at,
    marked_body,
    numbers_below,
    style_at,
    value_of,
)
from pipeline.recovery.ocr_markdown.notes.plain_runs import PlainRun, read_plain_run
from pipeline.recovery.ocr_markdown.notes.wanted import Wanted

_FOLIO = re.compile(r"[-–—－·•．.~〜 \t]*[0-9]{1,4}[-–—－·•．.~〜 \t]*")
_STOPS = ("。", "。”", "。」", "！", "？", ".", "。）")
_FEW = 15  # chunks
_LISTS = re.compile(r"[0-9［〔（(]|\[(?!\^)")  # so a list's marks begin, too
_LISTED_ON_END = 3  # bodies near each other do not lose their calls


@record
class FootRuns:
    """Where a line stands that may begin a run of bodies: ``known`` are the styles in which the document marks them."""

    source: str
    chunks: Sequence[Chunk]
    first: int
    wanted: Wanted
    known: frozenset[str]

    @property
    def _pending(self) -> dict[int, Call]:
        """What is called up to here and has no body, by number."""
        return self.wanted.up_to(self.chunks[self.first].start)

    # --- plain numbers

    def find_plain(self) -> list[Body]:
        """Bodies with plain numbers at a page's foot that no rule marks: just those that raised numbers call.

        A list can count so too: half of them must cite, or be numbered as no list is, or as the document's notes. Where a weaker mark
        calls one, they must answer all that is open, and be two or of the document's style.
        """
        lines = self._lines(len(self._pending) + 1)
        run = read_plain_run(self.source, lines, self._pending, self.wanted, "plain" in self.known)
        return run.bodies if run.bodies and self._are_bodies(run) else []

    def _are_bodies(self, run: PlainRun) -> bool:
        bodies, is_known = run.bodies, "plain" in self.known
        if run.listed and self._is_announced_list(bodies):
            return False
        is_bracketed = any(self.source[b.start] in "(（" for b in bodies)
        is_next = self.wanted.counts_on(bodies) or self.wanted.begins(bodies)
        if is_known and not is_bracketed and is_next:
            return True
        numbers, answered = {body.number for body in bodies} - {run.lost}, self._answered(bodies)
        told = numbers | answered
        strong = {n for n, call in self._pending.items() if call.strong}
        left = [n for n in strong if n >= bodies[0].number and n not in told]
        # The last one's body may stand overleaf, or those of a page whose paragraph an engine put before.
        if any(n < bodies[-1].number for n in left) or (
            len(left) > 1 and not (is_next and self._cite(bodies))
        ):
            return False
        if not numbers <= strong:
            return self._answer_weak_calls(bodies, numbers, len(answered) > 0)
        is_own = not run.listed or (is_known and set() < answered - {run.lost} <= self._pending.keys())
        if self._cite(bodies) or (len(told) > 1 and is_own):
            return True
        are_closed = all(self.source.endswith(_STOPS, b.text, self.chunks[b.chunk].tail) for b in bodies)
        return not left and are_closed and not is_bracketed and self._is_foot(bodies)

    def _is_announced_list(self, bodies: Sequence[Body]) -> bool:
        """Whether a colon above announces them as a list's, for they do not cite, or do not answer all that is asked for."""
        if not is_announced(self.source, self.chunks, self.first, bodies[0].number):
            return False
        is_known = "plain" in self.known
        asked = {n for n, call in self._pending.items() if call.strong}
        asked = asked or (self._pending.keys() - self.wanted.listed if is_known else set())
        may_be = self._cite(bodies) or (is_known and self._cite(bodies, 1))
        return not may_be or not asked or bool(asked - self._answered(bodies))

    def _answer_weak_calls(self, bodies: Sequence[Body], numbers: Set[int], is_answer: bool) -> bool:
        """Whether they answer all that is open, and cite, or as many as no list has stand where the document's notes do."""
        is_known, listed = "plain" in self.known, self.wanted.listed
        if not self._pending.keys() - listed <= numbers or numbers <= listed:
            return False
        if len(bodies) == 1 and not is_known:
            return False
        is_told = is_known and len(bodies) > _LISTED_ON_END
        is_once = is_answer and self._cite(bodies, 1)
        return self._cite(bodies) or (is_told and (is_once or self._is_foot(bodies)))

    # --- other marks

    def find_marked(self) -> list[Body]:
        """Bodies marked ①, ¹ or [1]: lines that count on and answer each open call, in a style that is known or that cite.

        Not behind a colon, which announces a list. Where they count on through the document, the last may stand overleaf; at
        the foot of a page the last ones may be lost.
        """
        run = self._marked_run()
        return run if run and self._answer(run) else []

    def _answer(self, run: Sequence[Body]) -> bool:
        source, chunks, listed = self.source, self.chunks, self.wanted.listed
        answered, numbers = self._answered(run), {b.number for b in run}
        is_known = style_at(source, run[0].start) in self.known
        if is_announced(source, chunks, self.first, run[0].number):
            below = chunks[
                self.first : self.first + len(answered | {run[0].number}) + 1
            ]  # the page's text ends in a colon
            is_foot = is_known and any(cites(source, c.inner, c.tail) for c in below)
            if not is_foot or {n for n in self._pending.keys() - listed if n} - answered:
                return False
        told = answered | numbers
        left = [
            n for n in self._pending.keys() - listed if n and n not in told and self.wanted.may_come(n, run)
        ]
        is_foot = self._is_foot(run) and not self._goes_on_with(self.first, run[0].number)
        if is_foot and is_known and left and min(left) > run[-1].number:
            return True
        if is_foot and not left and not numbers <= listed:
            return True
        is_same = is_known or (len(run) > 1 and self._cite(run))
        return (is_known and self.wanted.counts_on(run)) or (is_same and not left)

    def _marked_run(self) -> list[Body]:
        """The lines that begin with marks and count on; where the style is known or they go on, one whose call is lost may stand before the next."""
        run: list[Body] = []
        pending = self._pending
        for i, chunk in self._lines(2 * len(pending)):
            m = marked_body(self.source, label_start(chunk), chunk.tail)
            if m is None:
                break
            body = body_of(i, m)
            if run and body.number != run[-1].number + 1:
                break
            if body.number not in pending and not (body.number and self._lost_its_call(body, not run)):
                break
            run.append(body)
        return run

    def _lost_its_call(self, body: Body, is_first: bool) -> bool:
        """Whether the next line has the next number, which is called, and no list goes on here."""
        behind = self.chunks[min(body.chunk + 1, len(self.chunks) - 1)]
        following = marked_body(self.source, label_start(behind), behind.tail)
        if following is None or not value_of(following)[0] == body.number + 1 in self._pending:
            return False
        goes_on = style_at(self.source, body.start) in self.known or (
            is_first and self.wanted.counts_on([body])
        )
        return goes_on and not (is_first and self._goes_on_with(body.chunk, body.number))

    # --- one alone

    def find_lost_call(self) -> Body | None:
        """The body of a note whose call is lost: marked as the document's are, with the number behind the last, and citing,
        or right behind the last or a rule in a style that numbers no list, or at least none that began above.
        """
        source, chunk, wanted = self.source, self.chunks[self.first], self.wanted
        m = mark_at(source, chunk)
        if m is None or chunk.kind not in PROSE:
            return None
        written = style_at(source, m.start())
        if written not in self.known - {"parenthesis"}:
            return None
        body = body_of(self.first, m)
        if not wanted.counts_on([body]) or self._lists_sources():
            return None
        own, behind = (wanted.next_call(body.number + k, m.end(), len(source)) for k in (0, 1))
        if own < behind:
            return None  # it is called below: this is a head with its page's number, or a list
        if (cites(source, m.end(), chunk.tail) and written != "plain") or written == "raised":
            return body
        above = self.chunks[self.first - 1] if self.first else None
        is_behind = above is not None and (wanted.told_last(above) or above.kind is ChunkKind.RULE)
        return body if is_behind and not self._goes_on_with(self.first, body.number) else None

    def _lists_sources(self) -> bool:
        """Whether several lines near each other that count on are called nowhere: they are a list of sources."""
        numbers: list[int] = []
        for chunk in self.chunks[self.first : self.first + _FEW]:
            m = marked_body(self.source, label_start(chunk), chunk.tail)
            value = value_of(m)[0] if m is not None else 0
            if value and self.wanted.calls_behind(value):
                break
            if value and (not numbers or value == numbers[-1] + 1):
                numbers.append(value)
        return len(numbers) >= _LISTED_ON_END

    # --- what all ask

    def _lines(self, most: int) -> Iterator[tuple[int, Chunk]]:
        """The chunks from here on, so long as they may be bodies."""
        lines = enumerate(self.chunks[self.first : self.first + most], self.first)
        return takewhile(lambda line: line[1].kind in PROSE, lines)

    def _cite(self, run: Sequence[Body], least: int = 0) -> bool:
        """Whether half of the bodies do, or as many as ``least`` says."""
        cited = sum(cites(self.source, b.text, self.chunks[b.chunk].tail) for b in run)
        return cited >= least if least else cited * 2 >= len(run)

    def _answered(self, run: Sequence[Body]) -> set[int]:
        """The numbers that a run tells, and those that count on behind it, where a body has a second paragraph.

        None where its first number is told once more before it is called again: then the run is a list. Below a heading only a mark
        that no list has tells it, or a rule above, where the run's own mark may be a list's.
        """
        source, chunks = self.source, self.chunks
        may_be_list = _LISTS.match(source, run[0].start) is not None
        numbers = {body.number for body in run}
        behind = chunks[run[-1].chunk + 1 : run[-1].chunk + 1 + _FEW]
        again = self.wanted.next_call(run[0].number, run[-1].start, behind[-1].end) if behind else 0
        is_headed = is_ruled = False
        for chunk, number in numbers_below(source, behind, again):
            is_headed = is_headed or chunk.kind is ChunkKind.HEADING
            if is_headed and not may_be_list:
                break
            is_sure = is_ruled or _LISTS.match(source, label_start(chunk)) is None
            if number == run[0].number and (is_sure or not is_headed):
                return set()
            if number == max(numbers) + 1 and not is_headed:
                numbers.add(number)
            is_ruled = chunk.kind is ChunkKind.RULE
        return numbers

    def _is_foot(self, run: Sequence[Body]) -> bool:
        """Whether a page ends with these lines: before them a sentence is cut, or behind them stands what parts pages."""
        above, end = self.chunks[self.first - 1], run[-1].chunk + 1
        if end == len(self.chunks) or self.chunks[end].kind in PARTING or above.kind in PARTING:
            return True
        below = self.chunks[end]
        return (
            breaks_off(self.source, above)
            or _FOLIO.fullmatch(self.source, below.inner, below.tail) is not None
        )

    def _goes_on_with(self, i: int, number: int) -> bool:
        """Whether a line above, which is no body, has the number before: then it is a list that a page parted."""
        for chunk in self.chunks[max(0, i - _FEW) : i]:
            m = mark_at(self.source, chunk)
            if m is not None and value_of(m)[0] == number - 1 and not self.wanted.is_told(m.start()):
                return True
        return False
