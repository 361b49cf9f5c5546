"""A line's gaps: the natural ones, the room that is left shared out, the boxes laid out anew."""

from __future__ import annotations

from typing import Any

from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.breaking import HAIR
from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Rules
from pipeline.editions.pdf.lines.set_line import SetLine
from pipeline.editions.pdf.lines.spacing import KINDS, LATIN, OTHER, QUIET, SOLID, SPACE, STRETCHES, WIDEST

BLANK, HALF_BLANK = "\N{IDEOGRAPHIC SPACE}", 0.27
SMALL = (LATIN, OTHER, QUIET)
MOST_IN_ADDRESS = 0.1  # em by which the marks of an address may stand apart where nothing else stretches


def leaves_of(box: Any) -> list[tuple[Any, SetLine | None]] | None:
    """A line's texts and other leaves in order; None when a text in it was set by WeasyPrint itself."""
    from weasyprint.formatting_structure import boxes

    out: list[tuple[Any, SetLine | None]] = []
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


def set_gaps(line: Any, leaves: list[tuple[Any, SetLine | None]], available: float, flush: bool) -> None:
    """Gives every character of a line the gap that follows it, and moves the line's boxes to fit."""
    for _, piece in reversed(leaves):  # an empty box at the line's end hides a space from WeasyPrint
        if piece is None:
            break
        piece.trim(piece.text.rstrip(" "))
        if piece.text:
            break
    kinds: list[int] = []
    chars: list[str] = []
    owners: list[tuple[int, float]] = []  # leaf and type size of each character
    natural: list[float] = []
    of_rules: list[Rules | None] = []
    for number, (_, piece) in enumerate(leaves):
        if piece is None:
            kinds.append(SOLID)
            chars.append("\ufffc")
            owners.append((number, 0.0))
            natural.append(0.0)
            of_rules.append(None)
            continue
        of_rules += [piece.shaper.rules] * len(piece.text)
        measured = piece.measured
        kinds += measured.kinds[piece.start : piece.end]
        chars += piece.text
        gaps = measured.gaps(piece.start, piece.end, piece.shaper.rules)
        natural += gaps
        if piece.hyphen:
            kinds.append(LATIN)
            natural.append(0.0)
        owners += [(number, piece.shaper.size)] * len(piece.text)
    _cross(kinds, owners, natural, leaves, of_rules)
    if flush:
        _narrow_blanks(chars, natural)
    end_cut = 0.0
    rules = of_rules[-1] if of_rules else None
    if rules and rules.half_at_end and spacing.ends_half(kinds[-1], rules.centred):
        end_cut = owners[-1][1] / 2
    width = _width(line, leaves, natural, owners)
    room = available - width + end_cut
    extra = [0.0] * len(natural)
    if room < -1e-6:
        extra = _shrink(kinds, owners, of_rules, room)
    elif flush and room > 1e-6:
        there = [
            gap + (_own_space(leaves, owners, i) if kind == SPACE else 0.0)
            for i, (gap, kind) in enumerate(zip(natural, kinds, strict=True))
        ]
        extra = _spread(kinds, chars, owners, there, room)
    _apply(line, leaves, natural, extra, owners)


def _cross(
    kinds: list[int],
    owners: list[tuple[int, float]],
    natural: list[float],
    leaves: list[tuple[Any, SetLine | None]],
    of_rules: list[Rules | None],
) -> None:
    """Sets the natural gaps between the last character of one text and the first of the next."""
    for i in range(len(kinds) - 1):
        rules = of_rules[i]
        if owners[i][0] == owners[i + 1][0] or rules is None or SOLID in (kinds[i], kinds[i + 1]):
            continue
        a, b = kinds[i], kinds[i + 1]
        if a == SPACE and i:
            own = _own_space(leaves, owners, i)
            natural[i] = spacing.space_width(kinds[i - 1], b, own, rules.mixed) - own
        elif b == SPACE and i + 2 < len(kinds):
            own = _own_space(leaves, owners, i + 1)
            natural[i + 1] = spacing.space_width(a, kinds[i + 2], own, rules.mixed) - own
        else:
            natural[i] = spacing.gap(a, b, rules.centred, rules.adjacent, rules.mixed)


def _narrow_blanks(chars: list[str], natural: list[float]) -> None:
    """Lets a lone ideographic space inside a line take half a square, so that it is no hole."""
    for i in range(1, len(chars) - 1):
        if chars[i] == BLANK != chars[i - 1] and chars[i + 1] != BLANK:
            natural[i] -= 1 - HALF_BLANK


def _own_space(leaves: list[tuple[Any, SetLine | None]], owners: list[tuple[int, float]], at: int) -> float:
    number = owners[at][0]
    piece = leaves[number][1]
    assert piece is not None
    first = next(i for i, (owner, _) in enumerate(owners) if owner == number)
    return piece.measured.units[piece.start + at - first] / TYPE_UNITS


def _width(
    line: Any,
    leaves: list[tuple[Any, SetLine | None]],
    natural: list[float],
    owners: list[tuple[int, float]],
) -> float:
    """The line's width with natural gaps, its texts in whole thousandths of an em."""
    change = 0.0
    for box, piece in leaves:
        if piece is not None:
            change += piece.width - box.width
    return float(
        line.width + change + sum(gap * size for gap, (_, size) in zip(natural, owners, strict=True))
    )


def _spread(
    kinds: list[int],
    chars: list[str],
    owners: list[tuple[int, float]],
    there: list[float],
    room: float,
) -> list[float]:
    """Room in pixels shared out over the gaps that stretch, in em of each gap's type.

    ``there`` is how wide each gap is already. All widen alike until one is as wide as a gap may be (half a
    character), when the others can take the rest; where they cannot, the marks of an address stand apart a little.
    """
    free = [i for i in range(len(kinds) - 1) if STRETCHES[kinds[i] * KINDS + kinds[i + 1]] and owners[i][1]]
    extra = [0.0] * len(kinds)
    most = sum(max(0.0, WIDEST - there[i]) * owners[i][1] for i in free)
    if most < room:
        room -= _open_address(kinds, chars, owners, room - most, extra)
    capped = most >= room - 1e-6
    while free and room > 1e-9:
        level = room / sum(owners[i][1] for i in free)
        full = [i for i in free if capped and there[i] + level > WIDEST]
        if not full:
            for i in free:
                extra[i] += level
            return extra
        for i in full:
            extra[i] = max(0.0, WIDEST - there[i])
            room -= extra[i] * owners[i][1]
        free = [i for i in free if i not in set(full)]
    return extra


def _open_address(
    kinds: list[int], chars: list[str], owners: list[tuple[int, float]], room: float, extra: list[float]
) -> float:
    """Takes ``room`` pixels that no gap can: behind the marks of an address, then a hair everywhere; how many."""
    inside = [
        i for i in range(len(kinds) - 1) if kinds[i] in SMALL and kinds[i + 1] in SMALL and owners[i][1]
    ]
    taken = 0.0
    for most, places in (
        (MOST_IN_ADDRESS, [i for i in inside if kinds[i] != LATIN and kinds[i + 1] == LATIN]),
        (HAIR, inside),
    ):
        size = sum(owners[i][1] for i in places)
        level = min(most, (room - taken) / size) if size else 0.0
        for i in places:
            extra[i] += level
        taken += level * size
    return taken


def _shrink(
    kinds: list[int], owners: list[tuple[int, float]], of_rules: list[Rules | None], room: float
) -> list[float]:
    """What gaps give up when a line is too full: spaces, mixed gaps, marks, Han gaps a little."""
    give = [0.0] * len(kinds)
    for i, rules in enumerate(of_rules[: len(kinds) - 1]):
        if rules is not None:
            give[i] = spacing.shrinks(rules.centred, rules.mixed)[kinds[i] * KINDS + kinds[i + 1]]
    total = sum(g * size for g, (_, size) in zip(give, owners, strict=True))
    share = min(1.0, -room / total) if total else 0.0
    return [-g * share for g in give]


def _apply(
    line: Any,
    leaves: list[tuple[Any, SetLine | None]],
    natural: list[float],
    extra: list[float],
    owners: list[tuple[int, float]],
) -> None:
    """Rounds gaps to thousandths of an em without letting the error grow, and lays the boxes out anew."""
    widths: dict[int, float] = {}
    at, error = 0, 0.0
    for box, piece in leaves:
        if piece is None:
            at += 1
            continue
        size = piece.shaper.size
        gaps = []
        for i in range(at, at + len(piece.text)):
            wanted = (natural[i] + extra[i]) * TYPE_UNITS + error / size
            whole = round(wanted)
            error = (wanted - whole) * size
            gaps.append(whole)
        at += len(piece.text)
        piece.gaps = gaps
        widths[id(box)] = piece.width + sum(gaps) * size / TYPE_UNITS
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
