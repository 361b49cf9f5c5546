"""Chinese lines in WeasyPrint: where they break, and how both their edges come flush.

WeasyPrint justifies only at spaces. While ``chinese_lines`` is entered, its line breaking and alignment are
replaced: a text is measured once, lines break by ``spacing``'s rules, and the room that is left is spread over
the gaps beside Han characters and over spaces, never inside Latin words. Widths are whole thousandths of an em,
as a PDF has them, so that errors do not add up. This is internal API: it is only touched in the version that it
was written for (``SUPPORTED``); in any other the lines stay as WeasyPrint makes them, and a finding says so.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.document.languages import guess_latin
from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.breaking import Measure
from pipeline.editions.pdf.lines.division import Hyphens
from pipeline.editions.pdf.lines.gaps import leaves_of, set_gaps
from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Measured, Rules, Shaper
from pipeline.editions.pdf.lines.paragraph import Leaf, Paragraph
from pipeline.editions.pdf.lines.set_line import HYPHEN, SetLine, is_call, is_supported
from pipeline.editions.pdf.lines.spacing import HAN, SPACE

PLAIN = {"normal", "nowrap"}  # values of white-space whose lines are ours
SQUARE_ASCENT = 0.88  # of the square above the baseline, in nearly every Chinese face


class LineEnd(NamedTuple):
    """Where a line ends, counted from a text's first character; with a hyphen? the paragraph's last one?"""

    at: int
    hyphen: bool
    is_last: bool


@dataclass
class LineUnderWay:
    """The line that is being filled: its paragraph, and once its first text is known where it ends."""

    paragraph: Paragraph
    numbers: dict[int, int]  # of leaves, by the text box's identity
    measure: Measure
    indent: float
    start: int | None  # the paragraph's first character; None: the first one that is asked for
    end: tuple[int, bool] | None = None

    def place(self, box: Any, first: int) -> LineEnd | None:
        """For a text from its ``first`` character on: where in it, or behind it, the line ends.

        None for a text of another paragraph.
        """
        number = self.numbers.get(id(box))
        if number is None:
            return None
        base = self.paragraph.firsts[number]
        if self.end is None:
            start = base + first if self.start is None else self.start
            self.end = self.paragraph.line_from(start, self.indent, self.measure)
        at, hyphen = self.end
        return LineEnd(at - base, hyphen, at == len(self.paragraph.text))


@dataclass
class Engine:
    """What is known while one document is laid out."""

    marks: Any  # MarkStyle
    lang: str
    grid: float = 0.0
    shapers: dict[str, Shaper] = field(default_factory=dict)
    paragraphs: dict[Any, Paragraph] = field(default_factory=dict)
    line: LineUnderWay | None = None

    def rules(self, centred: bool, lang: str) -> Rules:
        """The gaps of a type whose pause marks stand in the middle of the square (Taiwan, Hong Kong) or not.

        ``lang``: of the text, which in a parallel edition may be Chinese of another script.
        """
        mainland = not (lang if lang.startswith("zh-Han") else self.lang).startswith("zh-Hant")
        half = self.marks.line_end == "always" or (self.marks.line_end == "edition" and mainland)
        return Rules(centred, half, self.marks.adjacent, self.marks.gap)

    def shaper(self, box: Any) -> Shaper | None:
        """The shaper of a text box; None where only WeasyPrint itself can set it."""
        style = box.style
        if not hasattr(style, "fanjian_shaper"):
            style.fanjian_shaper = self._make_shaper(style, is_call(box))
        shaper: Shaper | None = style.fanjian_shaper
        return shaper

    def _make_shaper(self, style: Any, call: bool) -> Shaper | None:
        from weasyprint.text.line_break import Layout, _font_style_cache_key

        if (
            not style["font_size"]
            or style["white_space"] not in PLAIN
            or style["letter_spacing"] != "normal"
            or style["word_spacing"]
            or style["direction"] != "ltr"
            or style["text_decoration_line"] != "none"
            or style["overflow_wrap"] != "normal"
            or style["word_break"] != "normal"
        ):
            return None
        key = _font_style_cache_key(style, include_size=True) + str(call)
        if key not in self.shapers:
            rules = self.rules(_is_centred(Layout(style), style["font_size"]), style["lang"] or "")
            self.shapers[key] = Shaper(Layout(style), rules, style["font_size"], call)
        return self.shapers[key]


ENGINE: Engine | None = None


def _is_centred(layout: Any, size: float) -> bool:
    """Whether a type draws its comma in the middle of the square rather than in the lower left corner."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    layout.set_text("，")
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    return bool((ink.x + ink.width / 2) * FROM_UNITS > size * 0.4)


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
        end = _fit(shaper, measured, start, available, is_line_start)
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
    piece.width = measured.width(start, end) - _trailing_gap(measured, end)
    if hyphen:
        piece.width += shaper.hyphen * shaper.size / TYPE_UNITS
    _stand(piece, shaper.size)
    return piece


def _stand(piece: Any, size: float) -> None:
    """Puts a text on the line's baseline, whatever its face."""
    line_height, piece.baseline = strut(piece.style)
    piece.height = size
    piece.margin_top = piece.margin_bottom = (line_height - size) / 2


def _trailing_gap(measured: Measured, end: int) -> float:
    """The part of the cumulated width that is the gap after the last character."""
    unit = measured.units[end - 1] * measured.size / TYPE_UNITS
    return measured.cumulated[end] - measured.cumulated[end - 1] - unit


def _fit(shaper: Shaper, measured: Measured, start: int, available: float, is_line_start: bool) -> int:
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
    return measured.cumulated[at] - _trailing_gap(measured, at)


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


def can_break_text(text: str, lang: str) -> bool:
    """In place of WeasyPrint's: whether a line may break somewhere in a text (often just two characters)."""
    kinds = [spacing.kind_of(char, spacing.is_han(char) or char in spacing.NOT_AT_START) for char in text]
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
    if not _collect(linebox, leaves, numbers) or not numbers:
        return None, {}
    key = tuple(
        (id(leaf.shaper), leaf.measured.text if leaf.measured else leaf.width, leaf[3:]) for leaf in leaves
    )
    if key not in ENGINE.paragraphs:
        ENGINE.paragraphs[key] = Paragraph(leaves, lambda pair, lang: can_break_text(pair, lang))
    return ENGINE.paragraphs[key], numbers


def _collect(box: Any, leaves: list[Leaf], numbers: dict[int, int]) -> bool:
    """Adds the leaves of an inline box; whether all are texts that we set, or of a width known beforehand."""
    from weasyprint.formatting_structure import boxes

    assert ENGINE is not None
    for child in box.children:
        if not child.is_in_normal_flow():
            if child.is_floated():
                return False
        elif isinstance(child, boxes.TextBox):
            if not child.text:
                continue
            shaper = ENGINE.shaper(child)
            measured = shaper.measure(child.text) if shaper else None
            if measured is None:
                return False
            numbers[id(child)] = len(leaves)
            leaves.append(_leaf(child, shaper, measured))
        elif isinstance(child, boxes.InlineBox):
            if child.is_leader or not _is_bare(child.style) or not _collect(child, leaves, numbers):
                return False
        elif isinstance(child, boxes.InlineBlockBox) and (width := _fixed_width(child.style)) is not None:
            leaves.append(Leaf(None, None, width, None, False, ""))
        else:
            return False
    return True


def _leaf(box: Any, shaper: Any, measured: Measured) -> Leaf:
    style = box.style
    hyphens = None
    if style["hyphens"] == "auto" and style["lang"]:
        # Nobody said that a text is English: all that is in Latin letters is taken for it.
        lang = guess_latin(measured.text) if style["lang"] == "en" else style["lang"]
        hyphens = Hyphens(lang, *style["hyphenate_limit_chars"])
    return Leaf(measured, shaper, 0.0, hyphens, style["white_space"] != "nowrap", style["lang"] or "")


SIDES = [f"{what}_{side}" for what in ("margin", "padding") for side in ("left", "right")]


def _is_bare(style: Any) -> bool:
    """Whether an inline box has nothing at its sides."""
    if not hasattr(style, "fanjian_bare"):
        style.fanjian_bare = not (style["border_left_width"] or style["border_right_width"]) and all(
            getattr(style[side], "value", 1) == 0 for side in SIDES
        )
    return bool(style.fanjian_bare)


def _fixed_width(style: Any) -> float | None:
    """The width in pixels of an inline block that says it."""
    width = style["width"]
    if getattr(width, "unit", None) != "px" or not _is_bare(style):
        return None
    return float(width.value)


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


def draw_text(stream: Any, textbox: Any, *arguments: Any) -> None:
    """WeasyPrint's, and then the hyphen of a divided word, which says that it is no part of the text."""
    import pydyf

    ORIGINAL["draw_text"](stream, textbox, *arguments)
    line = textbox.pango_layout
    if not isinstance(line, SetLine) or not line.hyphen or not (measured := line.shaper.measure("-")):
        return
    hyphen = textbox.copy()
    hyphen.text, hyphen.pango_layout = "-", SetLine(line.shaper, measured, 0, 1, "")
    hyphen.position_x += textbox.width - line.shaper.hyphen * line.shaper.size / TYPE_UNITS
    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(HYPHEN)}))
    ORIGINAL["draw_text"](stream, hyphen, *arguments)
    stream.end_marked_content()


@contextmanager
def hyphens_drawn() -> Iterator[None]:
    """While entered, WeasyPrint draws the hyphens of divided words."""
    if not is_supported():
        yield
        return
    from weasyprint import draw

    ORIGINAL["draw_text"] = draw.draw_text
    draw.draw_text = draw_text
    try:
        yield
    finally:
        draw.draw_text = ORIGINAL["draw_text"]


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
