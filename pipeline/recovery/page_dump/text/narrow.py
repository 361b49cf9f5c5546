"""Is a paragraph set narrower than the text, as block quotations are?

Comes in: a paragraph's lines with their indents and widths. Goes out: yes, no, or that they cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

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
    if _least_indent(flows, usual) >= 2:
        return True
    pairs = _telling_pairs(flows)
    wide = _is_wide(flows, [line for line, _ in pairs], profile)
    if wide is None:
        return None
    if wide:
        return False
    narrow = profile.measure - NARROW
    short = [line for line, behind in pairs if _set_width(line, profile) + excuse_of(behind) <= narrow]
    if not short:
        return None  # what begins the next line makes each of them short
    return None if _is_lost_indent(flows[0], pairs, short, profile, headed) else True


def _least_indent(flows: Sequence[Flow], usual: int) -> int:
    """How far in all lines stand behind the first one; a head may have hidden the indent of a page's first line."""
    inner = [f.line.indent for f in flows[1:] if f.follows or f.line.indent]
    return min(inner or [flows[0].line.indent - max(2, usual or INDENT)])


def _telling_pairs(flows: Sequence[Flow]) -> list[tuple[Flow, Flow]]:
    """The lines whose widths say something, each with the line below it.

    Behind a call may stand the rest of its line, also where the call begins the next one.
    """
    return [
        (line, below)
        for k, (line, below) in enumerate(pairwise(flows))
        if not (line.line.piece or line.called or line.opens or below.opens or is_latin(line.last))
        and not (k and flows[k - 1].called)
    ]


def _is_wide(flows: Sequence[Flow], telling: Sequence[Flow], profile: Profile) -> bool | None:
    """Whether a paragraph has a line as wide as the text; ``None`` where no line is long enough to tell."""
    last = flows[-1]
    is_prose = is_han(last.head[:1]) and not is_latin(last.last)
    if is_prose and _set_width(last, profile) >= profile.measure - 0.5:
        return True
    long = [line for line in telling if line.width > 0.5 * profile.measure]
    if not long:
        return None
    exact = [line for line in long if line is not flows[0] and not _HALF_WIDTH.search(line.line.text)]
    sure = exact if len(exact) >= SURE else long  # the first may have lost its indent
    widest = max(_set_width(line, profile) - _doubt(line.line.text) for line in sure)
    return widest >= profile.measure - NARROW


def _is_lost_indent(
    first: Flow, pairs: Sequence[tuple[Flow, Flow]], short: Sequence[Flow], profile: Profile, headed: bool
) -> bool:
    """Whether a paragraph is short because its first line lost its indent: it alone tells, or is the only short one."""
    line, below = pairs[0]
    if line is not first or (is_flush(first, profile) and not headed):
        return False
    if len(pairs) > 1:
        return (
            len(short) == 1
            and short[0] is first
            and first.line.indent < 2
            and _lacks_indent(first, below, profile)
        )
    return _set_width(first, profile) + excuse_of(below) > profile.measure - (3 if profile.indents else 4)


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
