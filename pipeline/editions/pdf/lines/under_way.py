"""What is known while a document's lines are laid out: the shapers of its types, the line that is being filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from pipeline.editions.pdf.lines.breaking import Measure
from pipeline.editions.pdf.lines.measure import Rules, Shaper
from pipeline.editions.pdf.lines.paragraph import Paragraph
from pipeline.editions.pdf.lines.set_line import is_call

PLAIN = {"normal", "nowrap"}  # values of white-space whose lines are ours


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
        return Rules(centred, half, self.marks.adjacent, self.marks.gap, self.marks.calls)

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
            or style["overflow_wrap"] != "normal"
            or style["word_break"] != "normal"
        ):
            return None
        decoration = style[
            "text_decoration_line"
        ]  # the layout knows where such a line is drawn only if it is
        key = f"{_font_style_cache_key(style, include_size=True)}{call}{decoration}"
        if key not in self.shapers:
            rules = self.rules(_is_centred(Layout(style), style["font_size"]), style["lang"] or "")
            self.shapers[key] = Shaper(Layout(style), rules, style["font_size"], call)
        return self.shapers[key]


def _is_centred(layout: Any, size: float) -> bool:
    """Whether a type draws its comma in the middle of the square rather than in the lower left corner."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    layout.set_text("，")
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    return bool((ink.x + ink.width / 2) * FROM_UNITS > size * 0.4)
