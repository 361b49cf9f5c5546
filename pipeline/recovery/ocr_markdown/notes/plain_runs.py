"""Lines at a page's foot that begin with plain numbers: which of them follow each other as bodies of notes do?

Comes in: lines, and what is open. Goes out: the bodies that they would be. Refused: numbers that nothing calls, but one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.note_signs import LIST_POINT
from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.ocr_markdown.notes.marks import (
    FOOT_NUMBER,
    FOOT_NUMBER_OF_UNITS,
    Body,
    Call,
    label_start,
)
from pipeline.recovery.ocr_markdown.notes.wanted import Wanted

_BEFORE_NUMBER = re.compile(rf"[ \t]*(?P<mark>(?P<n>[0-9]{{1,3}})(?P<list>{LIST_POINT}))[ \t]+(?=[0-9])")


@dataclass(frozen=True)
class PlainRun:
    """Lines with rising plain numbers: whether one is numbered as a list is, and the number among them that nothing calls."""

    bodies: list[Body]
    listed: bool
    lost: int | None


def read_plain_run(
    source: str,
    lines: Iterable[tuple[int, Chunk]],
    pending: Mapping[int, Call],
    wanted: Wanted,
    is_known: bool,
) -> PlainRun:
    """The lines with rising plain numbers that are called; one may have lost its call, where two behind it have theirs and follow.

    A number that touches its text must be the next one, or the first that is open. ``pending``: what is called and has no body;
    ``is_known``: the document numbers its notes so.
    """
    run: list[Body] = []
    listed, lost = False, None
    for i, chunk in lines:
        m = FOOT_NUMBER.match(source, label_start(chunk), chunk.tail)
        if m is None and run and run[-1].number + 1 in pending:
            m = FOOT_NUMBER_OF_UNITS.match(source, label_start(chunk), chunk.tail)
            m = m if m is not None and int(m["n"]) == run[-1].number + 1 else None  # «4名單見…»
        if m is None and is_known:
            m = _BEFORE_NUMBER.match(source, label_start(chunk), chunk.tail)
        if m is None:
            break
        number, last = int(m["n"]), run[-1].number if run else 0
        body = Body(i, m.start("mark"), m.end(), number, m["n"])
        is_glued = m.groupdict().get("glued") is not None
        if is_glued and number != (last + 1 if run else min(n for n in (*pending, number) if n)):
            break  # «3D …»
        if number not in pending:
            counts_on = last == number - 1 if run else wanted.counts_on([body])
            if lost is not None or not counts_on or not {number + 1, number + 2} <= pending.keys():
                break
            lost = number
        if number <= last:
            break
        run.append(body)
        listed = listed or is_glued or m["list"] is not None or m["mark"][0] in "(（"
    if lost is not None and run[-1].number < lost + 2:  # those behind it, which are called, do not follow
        return PlainRun([body for body in run if body.number < lost], listed, None)
    return PlainRun(run, listed, lost)
