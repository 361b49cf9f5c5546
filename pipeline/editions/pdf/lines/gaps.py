"""A line's gaps: the natural ones, the room that is left shared out, the boxes laid out anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.editions.pdf.lines.characters import Characters, Leaf
from pipeline.editions.pdf.lines.measure import TYPE_UNITS
from pipeline.editions.pdf.lines.set_line import SetLine
from pipeline.editions.pdf.lines.sharing import shrink, spread


def leaves_of(box: Any) -> list[Leaf] | None:
    """A line's texts and other leaves in order; None when a text in it was set by WeasyPrint itself."""
    from weasyprint.formatting_structure import boxes

    out: list[Leaf] = []
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            if not child.text:
                continue
            if not isinstance(child.pango_layout, SetLine):
                return None
            child.pango_layout.trim(child.text)
            out.append((child, child.pango_layout))
        elif isinstance(child, boxes.InlineBox):
            if child.is_leader:
                return None
            inner = leaves_of(child)
            if inner is None:
                return None
            out += inner
        else:
            out.append((child, None))
    return out


def set_gaps(line: Any, leaves: Sequence[Leaf], available: float, flush: bool) -> None:
    """Gives every character of a line the gap that follows it, and moves the line's boxes to fit."""
    _trim_end(leaves)
    characters = Characters(leaves)
    if flush:
        characters.narrow_blanks()
    room = available - _width(line, leaves, characters) + characters.cut_at_end()
    extra = [0.0] * len(characters.natural)
    if room < -1e-6:
        extra = shrink(characters, room)
    elif flush and room > 1e-6:
        extra = spread(characters, room)
    _apply(line, leaves, [own + more for own, more in zip(characters.natural, extra, strict=True)])


def _trim_end(leaves: Sequence[Leaf]) -> None:
    """Takes the spaces off a line's end: an empty box there hides one from WeasyPrint."""
    for _, piece in reversed(leaves):
        if piece is None:
            break
        piece.trim(piece.text.rstrip(" "))
        if piece.text:
            break


def _width(line: Any, leaves: Sequence[Leaf], characters: Characters) -> float:
    """The line's width with natural gaps, its texts in whole thousandths of an em."""
    change = sum(piece.width - box.width for box, piece in leaves if piece is not None)
    gaps = sum(gap * size for gap, size in zip(characters.natural, characters.sizes, strict=True))
    return float(line.width + change + gaps)


def _apply(line: Any, leaves: Sequence[Leaf], gaps: Sequence[float]) -> None:
    """Rounds gaps to thousandths of an em without letting the error grow, and lays the boxes out anew."""
    widths: dict[int, float] = {}
    at, error = 0, 0.0
    for box, piece in leaves:
        if piece is None:
            at += 1
            continue
        size = piece.shaper.size
        own = []
        for gap in gaps[at : at + len(piece.text)]:
            wanted = gap * TYPE_UNITS + error / size
            whole = round(wanted)
            error = (wanted - whole) * size
            own.append(whole)
        at += len(piece.text)
        piece.gaps = own
        widths[id(box)] = piece.width + sum(own) * size / TYPE_UNITS
    _move(line, widths, 0.0)


def _move(box: Any, widths: dict[int, float], shift: float) -> float:
    """Moves what a box holds by what widened before it; how much wider everything up to its end became."""
    from weasyprint.formatting_structure import boxes

    start = shift
    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TextBox):
            child.position_x += shift
            if (width := widths.get(id(child))) is not None:
                shift += width - child.width
                child.width = width
        elif isinstance(child, boxes.InlineBox):
            child.position_x += shift
            shift = _move(child, widths, shift)
        else:
            child.translate(shift, 0)
    box.width += shift - start
    return shift
