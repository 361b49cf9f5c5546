"""Chinese lines in WeasyPrint: where they break, and how both their edges come flush.

WeasyPrint justifies only at spaces. While ``chinese_lines`` is entered, its line breaking and alignment are
replaced: a text is measured once, lines break by ``spacing``'s rules, and the room that is left is spread over
the gaps beside Han characters and over spaces, never inside Latin words. Widths are whole thousandths of an em,
as a PDF has them, so that errors do not add up. This is internal API: it is only touched in the version that it
was written for (``SUPPORTED``); in any other the lines stay as WeasyPrint makes them, and a finding says so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.marks import NOT_AT_START, is_han
from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.breaking import Measure
from pipeline.editions.pdf.lines.fit import fit, trailing_gap
from pipeline.editions.pdf.lines.gaps import leaves_of, set_gaps
from pipeline.editions.pdf.lines.leaves import collect_leaves
from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Measured, Shaper
from pipeline.editions.pdf.lines.paragraph import Leaf, Paragraph
from pipeline.editions.pdf.lines.set_line import HYPHEN, SetLine, is_supported
from pipeline.editions.pdf.lines.spacing import HAN, SPACE
from pipeline.editions.pdf.lines.under_way import Engine, LineUnderWay

SQUARE_ASCENT = 0.88  # of the square above the baseline, in nearly every Chinese face


ENGINE: Engine | None = None


def strut(style: Any) -> tuple[float, float]:
    """In place of WeasyPrint's: line height and baseline; every face stands on the same one (the square's)."""
    line_height, _ = ORIGINAL["strut"](style)
    size = style["font_size"]
    return line_height, (line_height - size) / 2 + SQUARE_ASCENT * size


def split_text_box(
    context: Any, box: Any, available: float | None, skip: int, is_line_start: bool = True
) -> tuple[Any, int | None, bool]:
    """In place of WeasyPrint's: as much of a text as fits, and the byte where the rest begins."""
    assert ENGINE is not None
    shaper = ENGINE.shaper(box)
    measured = shaper.measure(box.text) if shaper and box.text else None
    if shaper is None or measured is None:
        piece, later, is_forced = ORIGINAL["split_text_box"](context, box, available, skip, is_line_start)
        if piece is not None:
            _stand(piece, box.style["font_size"])
        return piece, later, is_forced
    start = _index(measured.offsets, skip)
    count = len(measured.text)
    if start >= count:
        return None, None, False
    if available is None:
        return _text_piece(box, shaper, measured, start, count, ""), None, False
    end, hyphen, goes_on = count, "", False
    place = ENGINE.line.place(box, start) if ENGINE.line else None
    if place is not None:
        end, hyphen = min(count, max(start, place.at)), HYPHEN if place.hyphen and place.at < count else ""
        goes_on = place.at <= count and not place.is_last
    elif box.style["white_space"] != "nowrap":
        end = fit(shaper, measured, start, available, is_line_start)
        goes_on = end < count
    cut = end
    while goes_on and cut > start and measured.kinds[cut - 1] == SPACE:
        cut -= 1
    piece = _text_piece(box, shaper, measured, start, cut, hyphen) if cut > start else None
    if piece and place is not None:
        piece.width = max(0.0, min(piece.width, available - 0.01))  # what is too much the gaps give up
    return piece, (measured.offsets[end] if goes_on else None), False


def _index(offsets: list[int], byte: int) -> int:
    return bisect_left(offsets, byte)


def _text_piece(box: Any, shaper: Shaper, measured: Measured, start: int, end: int, hyphen: str) -> Any:
    piece = box.copy_with_text(measured.text[start:end] + hyphen)
    piece.pango_layout = SetLine(shaper, measured, start, end, hyphen)
    piece.width = measured.width(start, end) - trailing_gap(measured, end)
    if hyphen:
        piece.width += shaper.hyphen * shaper.size / TYPE_UNITS
    _stand(piece, shaper.size)
    return piece


def _stand(piece: Any, size: float) -> None:
    """Puts a text on the line's baseline, whatever its face."""
    line_height, piece.baseline = strut(piece.style)
    piece.height = size
    piece.margin_top = piece.margin_bottom = (line_height - size) / 2


def can_break_text(text: str, lang: str) -> bool:
    """In place of WeasyPrint's: whether a line may break somewhere in a text (often just two characters)."""
    kinds = [spacing.kind_of(char, is_han(char) or char in NOT_AT_START) for char in text]
    for i in range(1, len(text)):
        a, b, x, y = text[i - 1], text[i], kinds[i - 1], kinds[i]
        if x in (HAN, SPACE) or y in (HAN, SPACE) or x in spacing.WIDE or y in spacing.WIDE:
            wide = x in spacing.WIDE and y in spacing.WIDE
            engine = wide or ORIGINAL["can_break_text"](a + b, lang)
            if spacing.may_break(a, b, x, y, engine):
                return True
        elif ORIGINAL["can_break_text"](a + b, lang):
            return True
    return False


def get_next_linebox(
    context: Any,
    linebox: Any,
    position_y: float,
    bottom_space: float,
    skip_stack: Any,
    containing_block: Any,
    *arguments: Any,
) -> tuple[Any, Any]:
    """WeasyPrint's, with the paragraph's plan at hand: where this line ends was chosen with all the others."""
    assert ENGINE is not None
    outer, ENGINE.line = ENGINE.line, None  # of a line that this one stands in
    try:
        if not context.excluded_shapes and not any(arguments[2:]):
            ENGINE.line = _under_way(linebox, skip_stack, containing_block.width)
        line, resume_at = ORIGINAL["get_next_linebox"](
            context, linebox, position_y, bottom_space, skip_stack, containing_block, *arguments
        )
        return line, resume_at
    finally:
        ENGINE.line = outer


def _under_way(linebox: Any, skip_stack: Any, width: Any) -> LineUnderWay | None:
    """The line to be filled; None where its paragraph holds more than texts."""
    assert ENGINE is not None
    known = getattr(linebox, "fanjian_paragraph", None)
    if known is None or known[0] is not linebox:
        known = linebox, *_paragraph(linebox)
        linebox.fanjian_paragraph = known
    _, paragraph, numbers = known
    if paragraph is None or not isinstance(width, int | float):
        return None
    style = linebox.style
    last = style["text_align_last"]
    flush = style["text_align_all"] == "justify"
    measure = Measure(width, style["font_size"], flush, last == "justify")
    return LineUnderWay(paragraph, numbers, measure, linebox.text_indent, 0 if skip_stack is None else None)


def _paragraph(linebox: Any) -> tuple[Paragraph | None, dict[int, int]]:
    """A line box's texts as a paragraph, the same one for the same texts; and the leaves' numbers."""
    assert ENGINE is not None
    leaves: list[Leaf] = []
    numbers: dict[int, int] = {}
    if not collect_leaves(linebox, ENGINE.shaper, leaves, numbers) or not numbers:
        return None, {}
    key = tuple(
        (id(leaf.shaper), leaf.measured.text if leaf.measured else leaf.width, leaf[3:]) for leaf in leaves
    )
    if key not in ENGINE.paragraphs:
        ENGINE.paragraphs[key] = Paragraph(leaves, lambda pair, lang: can_break_text(pair, lang))
    return ENGINE.paragraphs[key], numbers


def text_align(context: Any, line: Any, available: float, last: bool) -> float:
    """In place of WeasyPrint's: sets a line's gaps; returns how far the line moves to the right."""
    assert ENGINE is not None
    leaves = leaves_of(line)
    if leaves is None or not any(piece for _, piece in leaves):
        return ORIGINAL["text_align"](context, line, available, last)  # type: ignore[no-any-return]
    align = line.style["text_align_all"]
    if last and line.style["text_align_last"] != "auto":
        align = line.style["text_align_last"]
        flush = align == "justify"
    else:
        flush = align == "justify" and not last
    set_gaps(line, leaves, available, flush)
    if align in ("center", "right", "end"):
        room: float = max(0.0, available - line.width)
        return room / 2 if align == "center" else room
    return 0.0


def block_level_layout(context: Any, box: Any, *arguments: Any, **keywords: Any) -> Any:
    """WeasyPrint's; a table, a figure and a heading end on a line of the grid, so what follows stands on it."""
    assert ENGINE is not None
    result = ORIGINAL["block_level_layout"](context, box, *arguments, **keywords)
    laid, resume_at = result[:2]
    if laid is None or resume_at is not None or not ENGINE.grid:
        return result
    if laid.element_tag not in SNAPPED and laid.style["bookmark_level"] == "none":  # a heading, or set as one
        return result
    if (laid.element_tag == "table") != bool(getattr(laid, "is_table_wrapper", False)):
        return result
    beyond = laid.border_height() % ENGINE.grid
    if 0.01 < beyond < ENGINE.grid - 0.01:
        laid.padding_bottom += ENGINE.grid - beyond
    return result


SNAPPED = frozenset({"table", "figure", "h1", "h2", "h3", "h4", "h5", "h6"})
ORIGINAL: dict[str, Any] = {}
PATCHED = {
    "split_text_box": split_text_box,
    "can_break_text": can_break_text,
    "get_next_linebox": get_next_linebox,
    "text_align": text_align,
    "strut": strut,
}


@contextmanager
def chinese_lines(marks: Any, lang: str, grid: float = 0.0) -> Iterator[bool]:
    """While entered, WeasyPrint sets lines by the rules of Chinese; says whether it does.

    ``grid`` is the distance of the baselines that facing pages share, in pixels.
    """
    global ENGINE
    if not is_supported():
        yield False
        return
    from weasyprint.layout import block, inline

    ORIGINAL.update({name: getattr(inline, name) for name in PATCHED})
    ORIGINAL["block_level_layout"] = block.block_level_layout
    ENGINE = Engine(marks, lang, grid)
    try:
        for name, function in PATCHED.items():
            setattr(inline, name, function)
        block.block_level_layout = block_level_layout
        yield True
    finally:
        block.block_level_layout = ORIGINAL["block_level_layout"]
        for name in PATCHED:
            setattr(inline, name, ORIGINAL[name])
        ENGINE = None
