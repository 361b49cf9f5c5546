"""Is a paragraph set narrower than the text, as block quotations are?

Comes in: a paragraph's lines with their indents and widths. Goes out: yes, no, or that they cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.recovery.page_dump.text.profile import INDENT, Flow, Profile, excuse_of
from pipeline.recovery.wording.letters import is_han, is_latin

_HALF_WIDTH = re.compile("[!-/:-~\u00a1-\u04ff]")
SPACE, SIGN = 0.25, 0.1  # em by which they may be narrower than half an em: only the font knows
NARROW = 1.5  # em by which a quotation is narrower than the text
SURE = 2  # lines below the first without half-width signs tell how wide a paragraph is


def is_narrow(flows: Sequence[Flow], profile: Profile, usual: int, headed: bool = False) -> bool | None:
    """Whether a paragraph is set narrower than the text; ``None`` where its lines cannot tell.

    ``usual``: how far in first lines stand on its page. ``headed``: a heading is before it, whose the space above is.
    """
    # A head may have hidden an indent.
    inner = [f.line.indent for f in flows[1:] if f.follows or f.line.indent]
    indents = inner or [flows[0].line.indent - max(2, usual or INDENT)]
    if min(indents) >= 2:
        return True
    # Behind a call may stand the rest of its line, also where the call begins the next one.
    told = [
        (f, flows[k + 1])
        for k, f in enumerate(flows[:-1])
        if not (f.line.piece or f.called or f.opens or flows[k + 1].opens or is_latin(f.last))
        and not (k and flows[k - 1].called)
    ]
    long = [f for f, _ in told if f.width > 0.5 * profile.measure]
    widths = [_set_width(f, profile) for f in long]
    exact = [f for f in long if f is not flows[0] and not _HALF_WIDTH.search(f.line.text)]
    sure = exact if len(exact) >= SURE else long  # the first may have lost its indent
    last = flows[-1]
    is_prose = is_han(last.head[:1]) and not is_latin(last.last)
    if is_prose and _set_width(last, profile) >= profile.measure - 0.5:
        return False
    if not widths:
        return None
    if max(_set_width(f, profile) - _doubt(f.line.text) for f in sure) >= profile.measure - NARROW:
        return False
    may_lack = flows[0].line.indent < 2 and (headed or not is_flush(flows[0], profile))
    short = [f for f, b in told if _set_width(f, profile) + excuse_of(b) <= profile.measure - NARROW]
    if not short or (may_lack and len(told) > 1 and short == [flows[0]] and _lacks_indent(*told[0], profile)):
        return None  # what begins the next line makes each of them short, or a lost indent the first
    alone = len(told) == 1 and told[0][0] is flows[0] and (headed or not is_flush(flows[0], profile))
    if alone and widths[0] + excuse_of(told[0][1]) > profile.measure - (3 if profile.indents else 4):
        return None  # a first line whose indent was lost is as narrow
    return True


def _doubt(text: str) -> float:
    """How many em less than it is told a line may be wide."""
    return SPACE * text.count(" ") + SIGN * len(_HALF_WIDTH.findall(text))


def _lacks_indent(first: Flow, second: Flow, profile: Profile) -> bool:
    """Whether a line would be full with an indent of two characters."""
    return first.width + excuse_of(second) > profile.measure - 3


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
