"""The blanks that an engine sets beside raised numbers and formulas, and where a line begins."""

from __future__ import annotations

import re

from pipeline.recovery.wording.marks import NEVER_FIRST

# The space behind a raised number is the engine's, where Han text goes on.
_AFTER_CALL = re.compile(r" (?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“‘—…])")
# So it is before a number, where a Han sentence or word ended before the call.
_AFTER_CALL_NUMBER = re.compile(r" (?=[0-9])")
_BEFORE_LATIN = re.compile(r" (?=[^\W_])")
_CLOSED = re.compile(f"[{NEVER_FIRST}…]")
_HAN_END = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f”’…—]")


def with_blanks(source: str, start: int, end: int, strong: bool) -> tuple[int, int]:
    """Where a mark begins and ends with the spaces that the engine set beside it: where Han text stands before it, or goes on behind it.

    An engine that sets spaces inside the dollars sets one before them, too.
    """
    is_padded = (
        source.startswith("$ ", start) and source[max(0, start - 2)] != ">" and not begins_line(source, start)
    )
    if source[start - 1 : start] == " " and (is_padded or _HAN_END.match(source, max(0, start - 2))):
        before, start = start - 2, start - 1
    else:
        before = start - 1
    if is_padded and source.startswith("  $ ", end):
        return start, end + 1  # before the next one
    if is_padded and _BEFORE_LATIN.match(source, end):
        return start, end + 1
    blank = _AFTER_CALL.match(source, end) or (
        (_HAN_END if strong else _CLOSED).match(source, max(0, before))
        and _AFTER_CALL_NUMBER.match(source, end)
    )
    return start, end + (1 if blank else 0)


def begins_line(source: str, at: int) -> bool:
    """Whether a mark begins its line, as a body's does, if only behind a bullet or a sign of quotation."""
    return not source[source.rfind("\n", 0, at) + 1 : at].strip(" \t\u3000>*-+•")
