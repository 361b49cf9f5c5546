"""Where does a paragraph end, and which lines are a block quotation?

Comes in: lines with their indents, gaps and trailing blanks, and the document's ``Profile``. Goes out: what speaks for an
end between two lines. Every sign is weighed by whether this document uses it: a dump may have lost its indents, its blank
lines or its trailing blanks. Refused: a paragraph end in the middle of a sentence unless the layout says so clearly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.letters import HAN_CHARACTER, is_han, is_latin, last_of
from pipeline.recovery.marks import (
    BRACKET_ENDS,
    CLOSERS,
    NEVER_FIRST,
    SENTENCE_ENDS,
    TO_WIDE,
    is_initial,
    is_sentence_end,
)
from pipeline.recovery.page_dump.text.profile import INDENT, Flow, Profile, excuse_of, is_first_line

_OPEN_END = "，、；,《〈「『“（(—"
_PAUSES = frozenset("，、；")
_NAME = re.compile(r"[A-Z][\w.'’\-]*(?:,? [A-Z][\w.'’\-]*){1,4}")
_GOES_ON = re.compile(r"\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)$")
CENTRED = 12  # half-widths of indent that no paragraph has: the line was set in the middle
BOUNDARY = 1.5  # so much must speak for a paragraph's end
FULL = 2.5  # em short of the measure: behind a shorter line a call has room
FAR = 3.0  # em short of the measure: a paragraph may end here although a quotation mark alone says so
FRAGMENT = 3.5  # em short of the measure: behind a longer line no blank one is missing because a printed line was torn
TITLE = 0.55  # of the measure: no line that goes on is shorter
SHORT = 0.75  # of the measure: prose has no shorter lines but the last of a paragraph
NARROW = 1.5  # em by which a quotation is narrower than the text
RAISED = 1.6  # em that a call at the beginning of a full line takes, at most


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
    if b.opens or b.first in NEVER_FIRST:
        return -9  # no paragraph begins with a call or a comma
    last = last_of(a.tail)
    if is_han(a.tail[-2:-1]) or (len(a.tail) == 1 and not profile.latin):
        last = last.translate(TO_WIDE)  # a half-width mark in Chinese text
    if _runs_on(a, b, last, profile):
        return -2
    quoted = last in '」』”’"' and not is_sentence_end(a.tail)
    closed = (
        last in SENTENCE_ENDS and not is_initial(a.tail) and not (quoted and a.width >= profile.measure - FAR)
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
    titled = first and _is_centred(a, profile) and b.line.indent < CENTRED
    centred = min(a.line.indent, b.line.indent) >= CENTRED and a.line.indent != b.line.indent
    begins = titled or centred
    begins = begins or (indents and b.line.indent > max(1, a.line.indent + 1) and not (a.called or a.opens))
    tight = near and b.line.tight and not begins
    if tight and not a.line.trailing:
        weight -= 3
    weight += 4 if titled else 0
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
    alone = a.opens and not a.head and near and a.width >= profile.measure - FULL
    if alone and b.line.em >= profile.measure - RAISED and HAN_CHARACTER.search(b.line.text):
        weight -= (
            5  # the call had no room behind the line above and began this one; indented it would be too wide
        )
    if first and a.line.text[0] in "（([" and a.line.text[-1] in "）)]" and not b.first.islower():
        weight += 3  # a whole line in brackets: where the author works
    blanks = profile.trailing and not a.called
    lost = (not indents and not blanks) or b.line.hidden  # widths are all there is
    extent = a.line.em if a.line.indent >= CENTRED and not a.column else a.width
    reach = extent  # a raised number may have broken the line: then it goes on where the one before ended
    if z is not None and z.width < profile.measure - 2 and (z.called or a.opens or a.first in NEVER_FIRST):
        reach = z.width + a.width
    measure = a.column if a.column and a.column == b.column else profile.measure
    wants = 4 if a.line.hidden else 1.4 + 2 * first if lost else 2
    full = reach + excuse_of(b) >= measure - wants
    if z is not None and (
        (_in_column(z, a, profile, 3) and abs(extent - z.width) <= 1.3) or _is_even(z, b, a, c)
    ):
        full = True  # a narrow column has its own measure
    shorter = b.width - extent  # by the indent that was lost, or not at all: both lines are in such a column
    fits = abs(shorter) <= 0.3 or (lost and closed and abs(shorter - 2) <= 0.3)
    paired = z is None and fits and _is_narrower(b, profile, c)
    full = full or paired
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
        and not (HAN_CHARACTER.search(b.line.text) or HAN_CHARACTER.search(c.line.text))
    ):
        weight += 3  # the text goes on in another language
    above = indents and c is not None and c.line.indent >= 2 > b.line.indent and not full and a.called
    if closed and (full or above) and c is not None and _is_title(b, c, profile):
        weight += 2.5
    if profile.trailing:
        if a.line.trailing:
            far = a.width < profile.measure - 4 and last not in _OPEN_END
            weight += 3 if closed or weak else 2.5 if last in "：:" else 3 if far else 1.5
        elif not a.called:
            weight -= 4
    torn = a.opens and (z is None or z.width < profile.measure - 2)  # a call broke the line before it
    whole = not a.line.tight or first or (z is not None and z.width >= profile.measure - FRAGMENT)
    if whole and not torn and not tight:
        if full:
            narrower = lost and last in "：:" and _is_narrower(b, profile, c)
            weight -= 0 if closed or announced or narrower else 1
        elif closed or last in "：:":
            weight += 2
        elif last not in _OPEN_END and not weak and reach < SHORT * profile.measure:
            # prose has no short lines but the last of a paragraph, and that one ends in a full stop
            weight += 4 if not a.called or centred or (first and _is_title_part(b, reach, profile)) else 0
        column = z is not None and _is_column(z, a, b, c, profile)
        if closed and full and lost and not column and is_first_line(b, profile.measure, c):
            weight += 1.5
        elif (closed or last in "：:") and full and lost and _is_narrower(b, profile, c):
            weight += 0 if paired or (z is not None and _in_column(z, a, profile, 3)) else 1.5
    if not closed and not weak and last not in "：:":
        weight -= 2 if last not in _OPEN_END else 3
    return weight


def _runs_on(a: Flow, b: Flow, last: str, profile: Profile) -> bool:
    """Whether nothing can speak for an end, as between most lines: the sentence is open, and the lines look like one paragraph's."""
    if not (is_han(last) or last in _PAUSES) or a.called or b.line.gap:
        return False
    if b.line.indent >= 2 or a.line.indent >= CENTRED or (a.line.trailing and profile.trailing):
        return False
    return a.width >= SHORT * profile.measure


def _is_centred(line: Flow, profile: Profile) -> bool:
    """Whether a short line was set in the middle."""
    return line.line.indent >= CENTRED and line.line.em < TITLE * profile.measure and not line.column


def _in_column(z: Flow, a: Flow, profile: Profile, narrower: float) -> bool:
    """Whether a line that goes on is narrower than the text for no other reason than its column."""
    return not z.line.tight and z.width + excuse_of(a) <= profile.measure - narrower


def _is_column(z: Flow, a: Flow, b: Flow, c: Flow | None, profile: Profile) -> bool:
    """Whether line ``b`` is no first line but one of a narrow column, as those around it are."""
    if _is_even(z, b, c):
        return True
    widest = max(b.width, c.width if c is not None else 0.0)
    return _in_column(z, a, profile, 2.6) and widest <= z.width + 1.2


def _is_even(z: Flow, b: Flow, *others: Flow | None) -> bool:
    """Whether lines are equally wide, and no sentence ends with the first two: entries of a list end theirs."""
    widths = [line.width if line is not None else 0.0 for line in (z, b, *others)]
    return max(widths) - min(widths) <= 0.3 and z.last not in CLOSERS and b.last not in CLOSERS


def _weigh_indent(before: int, indent: int, profile: Profile) -> float:
    """An indent begins a paragraph, unless the line before has it too: then both are in one block."""
    if profile.first and abs(indent - profile.first) <= 1:
        return 3
    if indent > before + 1:
        return 3 if profile.indents else 2
    if indent >= CENTRED and before >= CENTRED and indent != before:
        return 3  # lines set in the middle, one below the other
    return 0


def _weigh_latin(a: Flow, b: Flow, c: Flow | None, profile: Profile, measure: float, closed: bool) -> float:
    """For a line that ends in letters: white space behind it says nothing, its length does."""
    short = a.width < SHORT * measure
    if is_initial(a.tail):
        return -2
    if closed:
        return 1.5 if short else 0
    if b.line.tight or not is_latin(b.head.lstrip("（“‘")[:1]) or b.first.islower() or a.last in ",;-/(":
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
    if not _is_short(b, profile) or c.opens or c.first in NEVER_FIRST:
        return False
    if is_han(b.last) and is_han(c.first) and not b.called and c.follows:
        return True  # no wide space and no call broke a printed line there
    both = b.width + c.width
    return both > profile.measure + 1.5 or (both < profile.measure - 3 and _is_short(c, profile))


def _is_short(line: Flow, profile: Profile) -> bool:
    last = line.last
    ends = last in CLOSERS or last in _OPEN_END + "：:；;" or line.called or is_latin(last)
    return line.width < TITLE * profile.measure and not ends


def _is_title_part(b: Flow, before: float, profile: Profile) -> bool:
    """Whether a line behind a call is too short to be the rest of a printed line, and ends no sentence."""
    return _is_short(b, profile) and before + b.width < profile.measure / 2


def _stands_alone(b: Flow, c: Flow, profile: Profile) -> bool:
    """Whether a short line without a full stop is followed by something that does not carry it on."""
    return (
        b.width < 0.5 * profile.measure
        and b.last not in CLOSERS
        and b.last not in ",;-/("
        and not (c.first.islower() or c.first in NEVER_FIRST)
    )


def _is_narrower(b: Flow, profile: Profile, c: Flow | None) -> bool:
    """Whether a line that goes on ends so far from the measure that only a narrower column explains it."""
    if c is None or not c.follows or b.called or b.width < 0.5 * profile.measure:
        return False
    if b.last in CLOSERS + "：:" or is_latin(b.last) or c.line.gap:
        return False
    return b.width + excuse_of(c) < profile.measure - 2.6


# --- block quotations


def is_narrow(flows: Sequence[Flow], profile: Profile, usual: int, headed: bool = False) -> bool | None:
    """Whether a paragraph is set narrower than the text; ``None`` where its lines cannot tell.

    ``usual``: how far in first lines stand on its page. ``headed``: a heading is before it, whose the space above is.
    """
    inner = [
        f.line.indent for f in flows[1:] if f.follows or f.line.indent
    ]  # a head may have hidden an indent
    indents = inner or [flows[0].line.indent - max(2, usual or INDENT)]
    if min(indents) >= 2:
        return True
    told = [
        (f, flows[k + 1])
        for k, f in enumerate(flows[:-1])
        if not f.line.tight and not f.called and not is_latin(f.last) and not (k and flows[k - 1].called)
    ]  # behind a call may stand the rest of its line
    widths = [_set_width(f, profile) for f, _ in told if f.width > 0.5 * profile.measure]
    last = flows[-1]
    is_prose = is_han(last.head[:1]) and not is_latin(last.last)
    if is_prose and _set_width(last, profile) >= profile.measure - 0.5:
        return False
    if not widths:
        return None
    if max(widths) >= profile.measure - NARROW:
        return False
    if all(f.width + excuse_of(b) > profile.measure - NARROW for f, b in told):
        return None  # what begins the next line makes each of them short
    alone = len(told) == 1 and told[0][0] is flows[0] and (headed or not is_flush(flows[0], profile))
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
