"""Where does a paragraph end?

Comes in: lines with their indents, gaps and trailing blanks, and the document's ``Profile``. Goes out: what speaks for an
end between two lines. Every sign is weighed by whether this document uses it: a dump may have lost its indents, its blank
lines or its trailing blanks. Refused: a paragraph end in the middle of a sentence unless the layout says so clearly.
"""

from __future__ import annotations

import re

from pipeline.recovery.page_dump.pages.widths import FULL
from pipeline.recovery.page_dump.text.line_ends import (
    CENTRED,
    TITLE,
    Around,
    Break,
    Width,
    in_column,
    is_column,
    is_narrower,
    last_mark,
)
from pipeline.recovery.page_dump.text.narrow import NARROW
from pipeline.recovery.page_dump.text.profile import Flow, Profile, excuse_of, is_first_line
from pipeline.recovery.wording.letters import HAN_CHARACTER, is_han, is_latin
from pipeline.recovery.wording.marks import CLOSERS, NEVER_FIRST, is_initial

_OPEN_END = "，、；,《〈「『“（(—"
_PAUSES = frozenset("，、；")
_NAME = re.compile(r"[A-Z][\w.'’\-]*(?:,? [A-Z][\w.'’\-]*){1,4}")
_GOES_ON = re.compile(r"\b(?:a|an|and|at|by|for|from|in|of|on|or|the|to|with)$")
BOUNDARY = 1.5  # so much must speak for a paragraph's end
FRAGMENT = 3.5  # em short of the measure: behind a longer line no blank one is missing because a printed line was torn
SHORT = 0.75  # of the measure: prose has no shorter lines but the last of a paragraph
LETTERS = 4  # of a mark over the page, at most, came out on one line
ROOM = 0.9  # of the lines around it: the next word had room on a shorter line of letters
RAISED = 1.6  # em that a call at the beginning of a full line takes, at most


def weigh_break(around: Around, profile: Profile) -> float:
    """What speaks for a paragraph's end between two lines."""
    a, b = around.a, around.b
    if b.opens or b.first in NEVER_FIRST:
        return -9  # no paragraph begins with a call or a comma
    last = last_mark(a, profile)
    if _runs_on(a, b, last, profile):
        return -2
    at = Break(around, last, profile)
    weight = _weigh_space(at) + _weigh_indents(at) + _weigh_lone_call(at)
    weight += 3 if at.first and _is_bracketed(a, b) else 0
    width = Width(at)
    if is_latin(last):
        return weight + _weigh_latin(at, width.measure)
    weight += _weigh_column_end(at, width) + _weigh_language(at) + _weigh_title(at, width)
    weight += _weigh_blanks(at) + _weigh_width(at, width)
    if not at.told:
        weight -= 2 if last not in _OPEN_END else 3
    return weight


def _weigh_space(at: Break) -> float:
    """For the space between the two lines, and for a title set in the middle."""
    weight = 4.0 if at.titled else 0.0
    if at.tight and not at.a.line.trailing:
        weight -= 3
    if at.apart:
        weight += 3 if at.profile.gaps else 1
    return weight


def _weigh_indents(at: Break) -> float:
    a, b, profile = at.a, at.b, at.profile
    if a.line.hidden and not at.told:
        return 0  # what the indent of a line means is told by the line before
    if b.line.indent >= 2:
        block = a.column if a.column == b.column else 0.0
        inside = 0 < block <= profile.measure - NARROW and a.line.indent == b.line.indent
        if inside:
            return 0
        sure = at.told and a.line.indent < 2 and b.follows and _begins_as_all(b, profile)
        return _weigh_indent(a.line.indent, b.line.indent, profile) + (2 if sure else 0)
    if b.line.hidden or not at.indents or at.apart or a.line.indent >= 2:
        return 0
    called = a.called and b.follows and not profile.trailing and not at.colon
    sure = called or (b.follows and profile.steady and not at.announced and (at.closed or at.colon))
    return -1.5 if sure else -0.5


def _begins_as_all(b: Flow, profile: Profile) -> bool:
    """Whether a line has the indent that nearly every first line has, in a text that shows its paragraphs by it."""
    return profile.steady and not profile.partly and _is_usual(b.line.indent, profile)


def _is_usual(indent: int, profile: Profile) -> bool:
    return profile.first > 0 and abs(indent - profile.first) <= 1


def _weigh_lone_call(at: Break) -> float:
    """The call had no room behind the line above and began this one; indented it would be too wide."""
    a, b, measure = at.a, at.b, at.profile.measure
    alone = a.opens and not a.head and b.follows and a.width >= measure - FULL
    return -5 if alone and b.line.em >= measure - RAISED and HAN_CHARACTER.search(b.line.text) else 0


def _is_bracketed(a: Flow, b: Flow) -> bool:
    """Whether a whole line stands in brackets, as where the author works does."""
    return a.line.text[0] in "（([" and a.line.text[-1] in "）)]" and not b.first.islower()


def _weigh_column_end(at: Break, width: Width) -> float:
    """A narrow column ends: its last sentence is closed, and the next line is wider."""
    a, b, z, profile = at.a, at.b, at.z, at.profile
    if z is None or not at.closed or z.called:
        return 0
    even = abs(a.width - z.width) <= 0.3
    if b.width <= z.width + (1.2 if even else 2):
        return 0
    told = even and a.width + excuse_of(b) <= profile.measure - 2.2
    return 2.5 if in_column(z, a, profile, 4 if width.lost and not told and not at.inner else 2.5) else 0


def _weigh_language(at: Break) -> float:
    """The text goes on in another language: behind a closed sentence two lines of it, behind a colon a sentence."""
    if (
        not (at.closed or at.colon)
        or at.profile.latin
        or at.c is None
        or HAN_CHARACTER.search(at.b.line.text)
    ):
        return 0
    said = at.colon and at.b.line.text[-1] in CLOSERS
    return 3 if said or (at.closed and not HAN_CHARACTER.search(at.c.line.text)) else 0


def _weigh_title(at: Break, width: Width) -> float:
    if not at.closed or at.c is None:
        return 0
    above = at.indents and at.c.line.indent >= 2 > at.b.line.indent and not width.full and at.a.called
    return 2.5 if (width.full or above) and _is_title(at.b, at.c, at.profile) else 0


def _weigh_blanks(at: Break) -> float:
    """For the white space behind a line, where the document has it behind its paragraphs."""
    if not at.profile.trailing:
        return 0
    if not at.a.line.trailing:
        return 0 if at.a.called else -4
    if at.closed or at.weak:
        return 3
    if at.colon:
        return 2.5
    return 3 if at.a.width < at.profile.measure - 4 and at.last not in _OPEN_END else 1.5


def _weigh_width(at: Break, width: Width) -> float:
    """For how far the line reaches, where it is a whole one."""
    a, b, c, z, profile = at.a, at.b, at.c, at.z, at.profile
    short = z is not None and z.width < profile.measure - 2
    torn = a.opens and (z is None or short)  # a call broke the line before it
    whole = not a.line.piece or at.first or (z is not None and z.width >= profile.measure - FRAGMENT)
    if not whole or torn or at.tight:
        return 0
    weight = 0.0
    if width.full:
        narrower = width.lost and at.colon and is_narrower(b, profile, c)
        weight -= 0 if at.closed or at.announced or narrower else 1
    elif at.closed or at.colon:
        weight += 2
    elif (
        at.last not in _OPEN_END
        and not at.weak
        and (width.reach < SHORT * profile.measure or (_begins_as_all(b, profile) and not b.column))
    ):
        # prose has no short lines but the last of a paragraph, and that one ends in a full stop
        part = at.first and _is_title_part(b, width.reach, profile)
        # Together they are no printed line that a call broke.
        apart = width.reach + b.width > profile.measure + 1.5
        weight += 4 if not a.called or at.centred or part or apart else 0
    if width.lost and width.full and (at.closed or at.colon):
        column = z is not None and is_column(z, a, b, c, profile)
        if at.closed and not column and is_first_line(b, profile.measure, c):
            weight += 1.5
        elif is_narrower(b, profile, c):
            weight += 0 if width.paired or (z is not None and in_column(z, a, profile, 3)) else 1.5
    return weight


def _runs_on(a: Flow, b: Flow, last: str, profile: Profile) -> bool:
    """Whether nothing can speak for an end, as between most lines: the sentence is open, and the lines look like one paragraph's."""
    if not (is_han(last) or last in _PAUSES) or a.called or b.line.gap:
        return False
    if b.line.indent >= 2 or a.line.indent >= CENTRED or (a.line.trailing and profile.trailing):
        return False
    return a.width >= SHORT * profile.measure


def _weigh_indent(before: int, indent: int, profile: Profile) -> float:
    """An indent begins a paragraph, unless the line before has it too: then both are in one block."""
    if _is_usual(indent, profile):
        return 3
    if indent > before + 1:
        return 3 if profile.indents else 2
    if indent >= CENTRED and before >= CENTRED and indent != before:
        return 3  # lines set in the middle, one below the other
    return 0


def _weigh_latin(at: Break, measure: float) -> float:
    """For a line that ends in letters: white space behind it says nothing, its length does."""
    a, b, c, profile = at.a, at.b, at.c, at.profile
    short = a.width < SHORT * measure
    if is_initial(a.tail):
        return -2
    if at.closed and at.first and is_han(b.first) and not HAN_CHARACTER.search(a.line.text):
        return 1.5  # a sentence in letters that has a line of its own
    if at.closed or at.weak:
        widest = max(line.width for line in (at.z, b, c) if line is not None)
        return 1.5 if short or a.width + excuse_of(b) < ROOM * widest else 0
    if b.line.piece or b.first.islower() or a.last in ",;-/(":
        return -1 if short else -2
    if not is_latin(b.head.lstrip("（“‘")[:1]):
        word = a.last.isalpha() and len(a.line.text) > LETTERS and not HAN_CHARACTER.search(a.line.text)
        if word and short and is_han(b.first):
            return 1.5  # a Han character would have had room
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
