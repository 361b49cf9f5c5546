"""Chinese lines in WeasyPrint: where they break, and how both their edges come flush.

WeasyPrint justifies only at spaces. While ``chinese_lines`` is entered, its line breaking and alignment are
replaced: a text is measured once, lines break by ``spacing``'s rules, and the room that is left is spread over
the gaps beside Han characters and over spaces, never inside Latin words. Widths are whole thousandths of an em,
as a PDF has them, so that errors do not add up. This is internal API: it is only touched in the version that it
was written for (``SUPPORTED``); in any other the lines stay as WeasyPrint makes them, and a finding says so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pyphen

from pipeline.editions.pdf import spacing
from pipeline.editions.pdf.line_gaps import leaves_of, set_gaps
from pipeline.editions.pdf.measure import TYPE_UNITS, Measured, Rules, Shaper
from pipeline.editions.pdf.set_line import HYPHEN, SetLine, is_call, is_supported
from pipeline.editions.pdf.spacing import HAN, SPACE

PLAIN = {"normal", "nowrap"}  # values of white-space whose lines are ours
LOOSE = 0.06  # em that each gap may stretch before a word is divided
MOSTLY_HAN, MANY = 0.1, 14  # the same for a line with many gaps, where nobody sees it
PART = 0.85  # of what a line can give up that a divided word may ask for
LONG = 9  # letters and marks without a place to break: an address, which may break after its marks
AFTER = re.compile(
    r"(?<=[/.\-_?&=%:,;)\]])(?=[^\W\d_])|(?<=[/_?&=%\-~–～])(?=\d)|(?<=\w)(?=[(\[])|(?<=\d{5})(?=\d{5})"
)
LETTERS = re.compile(r"[^\W\d_]{2,}")
SQUARE_ASCENT = 0.88  # of the square above the baseline, in nearly every Chinese face
LEAST_AT_END = 2  # characters on a paragraph's last line (CLREQ, 孤字不成行)


@dataclass
class Engine:
    """What is known while one document is laid out."""

    marks: Any  # MarkStyle
    lang: str
    grid: float = 0.0
    shapers: dict[str, Shaper] = field(default_factory=dict)
    hyphens: dict[tuple[str, int, int], Any] = field(default_factory=dict)
    line: LineSoFar = field(default_factory=lambda: LineSoFar())
    narrow: float = 0.0  # pixels by which the line under way is shortened
    layouts: dict[str, Any] = field(default_factory=dict)

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
    if available is None or box.style["white_space"] == "nowrap":
        return _text_piece(box, shaper, measured, start, count, ""), None, False
    end, hyphen, is_tight = _fit(box, shaper, measured, start, available, is_line_start)
    cut = end
    if end < count:
        while cut > start and measured.kinds[cut - 1] == SPACE:
            cut -= 1
    piece = _text_piece(box, shaper, measured, start, cut, hyphen) if cut > start else None
    if piece and is_tight:
        piece.width = min(piece.width, available - 0.01)  # what is too much is taken from the line's gaps
    return piece, (measured.offsets[end] if end < count else None), False


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


def _fit(
    box: Any, shaper: Shaper, measured: Measured, start: int, available: float, is_line_start: bool
) -> tuple[int, str, bool]:
    """Where the line ends that begins at ``start``, its hyphen, and whether its gaps must shrink for that."""
    assert ENGINE is not None
    count = len(measured.text)
    limit = measured.cumulated[start] + available + 1e-6
    gaps, give = ENGINE.line.before((id(box), start))
    if _end_width(measured, count, shaper.rules) <= limit:
        ENGINE.line.add((id(box), start), _gap_count(measured, start, count), _give(measured, start, count))
        return count, "", _drawn_width(measured, count) > limit
    last = start
    reach = min(bisect_right(measured.cumulated, limit + measured.size) + 1, count - 1)
    breaks = measured.breaks
    for at in range(reach, start, -1):
        if breaks[at] and _end_width(measured, at, shaper.rules) <= limit:
            last = at
            break
    room = limit - (_end_width(measured, last, shaper.rules) if last > start else measured.cumulated[start])
    gaps += _gap_count(measured, start, last)
    if room > (MOSTLY_HAN if gaps >= MANY else LOOSE) * measured.size * max(1, gaps):
        end, hyphen = _inside_word(box, shaper, measured, last, limit)
        if end > last:
            return end, hyphen, False
        reach_in = give + _give(measured, start, last)
        end, hyphen = _inside_word(box, shaper, measured, last, limit + reach_in * PART)
        if end > last and not ENGINE.narrow:
            return end, hyphen, True
        pushed = next((at for at in range(last + 1, count) if breaks[at]), count)
        over = _end_width(measured, pushed, shaper.rules) - limit
        if 0 < over <= (give + _give(measured, start, pushed)) * PART and not ENGINE.narrow:
            return pushed, "", True
    if last > start:
        return last, "", _drawn_width(measured, last) > limit  # by half a mark
    return _first_break(measured, start, limit if is_line_start else None), "", False


@dataclass
class LineSoFar:
    """The texts that stand whole on the line under way, with the gaps that stretch and what they can give up."""

    texts: list[tuple[tuple[int, int], int, float]] = field(default_factory=list)

    def before(self, key: tuple[int, int]) -> tuple[int, float]:
        """Gaps and give of what stands before a text; that text and what follows it are forgotten."""
        for number, (known, _, _) in enumerate(self.texts):
            if known == key:
                del self.texts[number:]
                break
        return sum(gaps for _, gaps, _ in self.texts), sum(give for _, _, give in self.texts)

    def add(self, key: tuple[int, int], gaps: int, give: float) -> None:
        """A text that stands whole on the line."""
        self.texts.append((key, gaps, give))


def _give(measured: Measured, start: int, end: int) -> float:
    """The pixels by which a part of a text can shrink."""
    kinds = measured.kinds
    total = 0.0
    for at in range(start, end - 1):
        total += spacing.shrink(kinds[at], kinds[at + 1])
    return total * measured.size


def _gap_count(measured: Measured, start: int, end: int) -> int:
    """How many gaps of a line stretch, about."""
    kinds = measured.kinds[start:end]
    return kinds.count(SPACE) + sum(kind in spacing.WIDE for kind in kinds)


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


def _inside_word(box: Any, shaper: Shaper, measured: Measured, start: int, limit: float) -> tuple[int, str]:
    """The latest place inside the word that begins at ``start`` where it may be divided, and its hyphen."""
    text, count = measured.text, len(measured.text)
    end = next((at for at in range(start + 1, count) if measured.breaks[at]), count)
    word = text[start:end]
    style = box.style
    if len(word.strip()) >= LONG and (places := [m.start() for m in AFTER.finditer(word)]):
        for place in reversed(places):
            if measured.cumulated[start + place] <= limit and place > 3:
                return start + place, ""
    if style["hyphens"] != "auto" or not style["lang"]:
        return start, ""
    total, left, right = style["hyphenate_limit_chars"]
    width = shaper.hyphen * measured.size / TYPE_UNITS
    for match in reversed(list(LETTERS.finditer(word))):
        if len(match[0]) < total:
            continue
        for place in reversed(_hyphen_places(match[0], style["lang"], left, right)):
            at = start + match.start() + place
            if measured.cumulated[at] + width <= limit:
                return at, HYPHEN
    return start, ""


def _hyphen_places(word: str, lang: str, left: int, right: int) -> list[int]:
    assert ENGINE is not None
    key = (lang, left, right)
    if key not in ENGINE.hyphens:
        known = pyphen.language_fallback(lang)
        ENGINE.hyphens[key] = pyphen.Pyphen(lang=known, left=left, right=right) if known else None
    dictionary = ENGINE.hyphens[key]
    return [int(place) for place in dictionary.positions(word)] if dictionary else []


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


def get_next_linebox(context: Any, linebox: Any, *arguments: Any) -> tuple[Any, Any]:
    """WeasyPrint's, asked a second time for a shorter line when a lone character would be left for the last."""
    assert ENGINE is not None
    outer = ENGINE.narrow, ENGINE.line  # of a line that this one stands in
    try:
        line, resume_at = _line(context, linebox, arguments, 0.0)
        if line is None or resume_at is None or not _leaves_orphan(linebox, resume_at):
            return line, resume_at
        for characters in (1.05, 2.1, 3.15):
            shorter, later = _line(context, linebox, arguments, linebox.style["font_size"] * characters)
            if shorter is not None and later is not None and not _leaves_orphan(linebox, later):
                return shorter, later
        return _line(context, linebox, arguments, 0.0)
    finally:
        ENGINE.narrow, ENGINE.line = outer


def _line(context: Any, linebox: Any, arguments: tuple[Any, ...], narrow: float) -> tuple[Any, Any]:
    """WeasyPrint's next line, ``narrow`` pixels shorter than there is room."""
    assert ENGINE is not None
    ENGINE.narrow, ENGINE.line = narrow, LineSoFar()
    line, resume_at = ORIGINAL["get_next_linebox"](context, linebox, *arguments)
    return line, resume_at


def _leaves_orphan(linebox: Any, resume_at: Any) -> bool:
    count = 0
    for char in _rest(linebox, resume_at):
        if char in spacing.CLOSING or char in spacing.PAUSING or char == " ":
            continue
        if not spacing.is_han(char):
            return False
        count += 1
        if count >= LEAST_AT_END:
            return False
    return 0 < count < LEAST_AT_END


def _rest(box: Any, skip_stack: Any) -> Iterator[str]:
    """The characters of a box from a place on; another box than text and inline ends with a letter."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        skip = next(iter(skip_stack)) if skip_stack else 0
        yield from box.text.encode()[skip:].decode() if skip else box.text
        return
    if not isinstance(box, boxes.LineBox | boxes.InlineBox):
        yield "x"
        return
    if is_call(box):
        return
    index, inner = next(iter(skip_stack.items())) if skip_stack else (0, None)
    for child in box.children[index:]:
        if child.is_in_normal_flow():
            yield from _rest(child, inner)
        inner = None


def avoid_collisions(*arguments: Any, **keywords: Any) -> tuple[float, float, float]:
    """WeasyPrint's, with the line under way made narrower."""
    assert ENGINE is not None
    x, y, width = ORIGINAL["avoid_collisions"](*arguments, **keywords)
    return x, y, width - ENGINE.narrow


def text_align(context: Any, line: Any, available: float, last: bool) -> float:
    """In place of WeasyPrint's: sets a line's gaps; returns how far the line moves to the right."""
    assert ENGINE is not None
    available += ENGINE.narrow
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
    if laid is None or resume_at is not None or not ENGINE.grid or laid.element_tag not in SNAPPED:
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
    "avoid_collisions": avoid_collisions,
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
