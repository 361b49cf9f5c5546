"""How much of a text fits into a line that is not planned with its paragraph."""

from __future__ import annotations

from bisect import bisect_right

from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Measured, Rules, Shaper
from pipeline.editions.pdf.lines.spacing import SPACE


def trailing_gap(measured: Measured, end: int) -> float:
    """The part of the cumulated width that is the gap after the last character."""
    unit = measured.units[end - 1] * measured.size / TYPE_UNITS
    return measured.cumulated[end] - measured.cumulated[end - 1] - unit


def fit(shaper: Shaper, measured: Measured, start: int, available: float, is_line_start: bool) -> int:
    """Where a line ends that is not planned (beside a picture, a leader): after what fits."""
    count = len(measured.text)
    limit = measured.cumulated[start] + available + 1e-6
    if _end_width(measured, count, shaper.rules) <= limit:
        return count
    reach = min(bisect_right(measured.cumulated, limit + measured.size) + 1, count - 1)
    for at in range(reach, start, -1):
        if measured.breaks[at] and _end_width(measured, at, shaper.rules) <= limit:
            return at
    return _first_break(measured, start, limit if is_line_start else None)


def _drawn_width(measured: Measured, end: int) -> float:
    """The cumulated width up to ``end`` without the spaces and the gap there."""
    at = end
    while at > 1 and measured.kinds[at - 1] == SPACE:
        at -= 1
    return measured.cumulated[at] - trailing_gap(measured, at)


def _end_width(measured: Measured, end: int, rules: Rules) -> float:
    """The cumulated width up to ``end`` when the line ends there: no spaces, no gap, half a mark."""
    at = end
    while at > 1 and measured.kinds[at - 1] == SPACE:
        at -= 1
    width = _drawn_width(measured, end)
    if rules.half_at_end and spacing.ends_half(measured.kinds[at - 1], rules.centred):
        width -= measured.size / 2
    return width


def _first_break(measured: Measured, start: int, limit: float | None) -> int:
    """What must overflow: up to the first place to break; a word wider than the line is cut where it is full."""
    count = len(measured.text)
    end = next((at for at in range(start + 1, count) if measured.breaks[at]), count)
    if limit is None or _trimmed(measured, end) <= limit:
        return end
    at = start + 1
    while at < end and measured.cumulated[at + 1] <= limit:
        at += 1
    return at


def _trimmed(measured: Measured, end: int) -> float:
    while end > 1 and measured.kinds[end - 1] == SPACE:
        end -= 1
    return measured.cumulated[end]
