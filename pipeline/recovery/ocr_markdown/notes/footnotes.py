"""Notes of an OCR'd text: which marks are calls, and which chunks are bodies?

Comes in: the source and its chunks. Goes out: the notes, bound by ``binding``.
Solved over the whole document: bodies give the numbers that are looked for, calls are taken where a body
needs them; a raised number without a body is a call whose body is missing; ①, [1] or ¹ without a body are
text. Refused: numbers that raise a unit or a power (m², 10²).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from pipeline.recovery.markdown.chunks import Chunk
from pipeline.recovery.ocr_markdown.notes.binding import Notes, bind_notes
from pipeline.recovery.ocr_markdown.notes.bodies import choose_bodies
from pipeline.recovery.ocr_markdown.notes.digits import find_plain_notes
from pipeline.recovery.ocr_markdown.notes.marks import Body, Call, style_at
from pipeline.recovery.ocr_markdown.notes.names import names_sources

_LISTED = re.compile(r"[ \t]*\\?[\[［〔(（]?(?P<n>[0-9]{1,3})\\?[\]］〕)）.．、]")
_IN_BRACKETS = re.compile(r" ?(?:<sup>|(?:\$|\\\()[\s{}]*\^\s*\{)\s*\[")
_KNOWN = 3  # bodies of one style make it the document's


def find_notes(source: str, chunks: Sequence[Chunk], candidates: Sequence[Call]) -> Notes:
    """The notes of the document; ``candidates``: all that may be calls, in order."""
    bodies = choose_bodies(source, chunks, candidates)
    styles = Counter(style_at(source, body.start) for body in bodies)
    known = frozenset(style for style, count in styles.items() if count >= _KNOWN)
    if known:  # now a body alone on its page is known by its mark, too
        bodies = choose_bodies(source, chunks, candidates, known)
    bodies = _without_calls(source, bodies)
    if not any(c.strong and c.number for c in candidates):
        plain, digits = find_plain_notes(source, chunks)
        told = sum(body.number > 0 for body in bodies)  # an enumeration inside the text may seem to call them
        if len(plain) > 2 * told:
            stars = [c for c in candidates if not c.number]  # the author's
            starred = [body for body in bodies if not body.number]
            return bind_notes(
                sorted([*starred, *plain], key=_place),
                sorted([*stars, *digits] if starred else digits, key=_place),
            )
    inside = [(b.start, chunks[b.chunk].end) for b in bodies]
    candidates = _outside(candidates, inside)
    if bodies:
        candidates = _without_citations(source, chunks, candidates, bodies)
    if not bodies and (_cite_sources(source, chunks, candidates) or not _count_on(candidates)):
        return Notes()
    return bind_notes(bodies, candidates)


def _place(mark: Body | Call) -> int:
    return mark.start


def _without_calls(source: str, bodies: Sequence[Body]) -> list[Body]:
    """The bodies without the calls that a page happens to begin with.

    Such a call touches its text, where the bodies stand apart from their marks, and its number comes again.
    """
    apart = [source[b.text - 1].isspace() for b in bodies]
    if sum(apart) * 10 < (len(bodies) - 1) * 8:
        return list(bodies)
    out = []
    for i, body in enumerate(bodies):
        ahead = {
            b.number
            for b, is_apart in zip(bodies[i + 1 : i + 4], apart[i + 1 : i + 4], strict=True)
            if is_apart
        }
        if apart[i] or body.number not in ahead:
            out.append(body)
    return out


def _without_citations(
    source: str, chunks: Sequence[Chunk], calls: Sequence[Call], bodies: Sequence[Body]
) -> list[Call]:
    """The calls without the raised numbers in brackets that point into a list of sources, where bodies answer others."""
    told = {b.number for b in bodies}
    cited: list[Call] = []
    for call in calls:
        goes_on = bool(cited) and call.start == cited[-1].end  # «[7-8]»
        if call.strong and (goes_on or _IN_BRACKETS.match(source, call.start)):
            cited.append(call)
    apart = {c.number for c in cited}
    if len(apart & told) * 2 > len(apart) or not _cite_sources(source, chunks, cited):
        return list(calls)
    places = {c.start for c in cited}
    return [c for c in calls if c.start not in places]


def _cite_sources(source: str, chunks: Sequence[Chunk], calls: Sequence[Call]) -> bool:
    """Whether the raised numbers point into a numbered list of sources: then they are citations, no notes."""
    listed: set[int] = set()
    begun = False
    for chunk in chunks:
        begun = begun or names_sources(source, chunk)
        if begun and (m := _LISTED.match(source, chunk.start, chunk.end)):
            listed.add(int(m["n"]))
    called = {c.number for c in calls if c.strong}
    return len(listed & called) * 2 > len(called)


def _count_on(calls: Sequence[Call]) -> bool:
    """Whether the raised numbers count on, as calls do; citations of a list that is not there leap."""
    numbers = [c.number for c in calls if c.strong and c.number]
    steps = sum(b in (a + 1, 1) for a, b in pairwise([0, *numbers]))
    return steps * 2 >= len(numbers)


def _outside(calls: Sequence[Call], inside: Sequence[tuple[int, int]]) -> list[Call]:
    """The calls that do not stand in a note's body."""
    out, k = [], 0
    for call in calls:
        while k < len(inside) and inside[k][1] <= call.start:
            k += 1
        if k == len(inside) or call.end <= inside[k][0]:  # a body's own mark may have a blank before it
            out.append(call)
    return out
