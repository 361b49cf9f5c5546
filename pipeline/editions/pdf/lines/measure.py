"""Texts measured once: what Pango says of each character's width and of the places where lines may break.

Guarded, like ``justify``, by WeasyPrint's version: it reads WeasyPrint's own Pango objects.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from pipeline.editions.marks import DASHES
from pipeline.editions.pdf.lines import spacing
from pipeline.editions.pdf.lines.spacing import CALL, LATIN, OTHER, SPACE, SQUARE

EMPTY_GLYPH, UNKNOWN_GLYPH = pango.PANGO_GLYPH_EMPTY, pango.PANGO_GLYPH_UNKNOWN_FLAG
_LONE_DASH = re.compile("(?<= )—(?= )")
TYPE_UNITS = 1000  # widths in a PDF are whole thousandths of the type size


def font_key(font: Any) -> int:
    """A number for a Pango font, the same as long as it lives."""
    return int(ffi.cast("uintptr_t", font))


@dataclass(frozen=True, slots=True)
class Rules:
    """What the house style says of gaps, for one language."""

    centred: bool
    half_at_end: bool
    adjacent: float
    mixed: float
    calls: float

    def across(self, before: int, after: int) -> float:
        """The natural gap where one text ends and the next begins, in em: a call keeps apart from another, and from a figure
        behind it (。⁴⁷ 4 月)."""
        if before == CALL and after in (CALL, LATIN):
            return self.calls
        return spacing.gap(before, after, self.centred, self.adjacent, self.mixed)


class Measured:
    """A text in one type: characters, kinds, widths in thousandths of an em, gaps, places to break."""

    __slots__ = ("breaks", "cumulated", "kinds", "offsets", "size", "text", "units")

    def __init__(
        self, text: str, size: float, units: list[int], breaks: list[bool], call: bool, rules: Rules
    ):
        self.text, self.size, self.units = text, size, units
        square = SQUARE * TYPE_UNITS
        kind_of = spacing.kind_of
        kinds = [  # the second of two dashes that the face draws as one has no width of its own
            kind_of(char, unit >= square or (unit == 0 and char in DASHES))
            for char, unit in zip(text, units, strict=True)
        ]
        for lone in _LONE_DASH.finditer(
            text
        ):  # it parts areas of a description (GB/T 3792) and keeps its spaces
            kinds[lone.start()] = OTHER
        self.kinds = [CALL] * len(text) if call else kinds
        self.breaks = self._breaks(breaks)
        self.offsets = self.byte_offsets(text)
        gaps = self.gaps(0, len(text), rules)
        total, cumulated = 0.0, [0.0]
        scale = size / TYPE_UNITS
        for unit, gap in zip(units, gaps, strict=True):
            total += (unit + gap * TYPE_UNITS) * scale
            cumulated.append(total)
        self.cumulated = cumulated

    def _breaks(self, engine: list[bool]) -> bytearray:
        """1 where a line may begin with this character."""
        text, kinds = self.text, self.kinds
        out = bytearray(len(text) + 1)
        may_break = spacing.may_break
        for i in range(1, len(text)):
            out[i] = may_break(text[i - 1], text[i], kinds[i - 1], kinds[i], engine[i])
        return out

    @staticmethod
    def byte_offsets(text: str) -> list[int]:
        """The byte at which each character of a UTF-8 text begins, and the text's length."""
        total, out = 0, [0]
        for char in text:
            point = ord(char)
            total += 1 if point < 0x80 else 2 if point < 0x800 else 3 if point < 0x10000 else 4
            out.append(total)
        return out

    def gaps(self, start: int, end: int, rules: Rules) -> list[float]:
        """The natural gap after each character in em; that after the last is left to whoever knows the next."""
        kinds = self.kinds
        out = [0.0] * (end - start)
        for i in range(start, end - 1):
            a, b = kinds[i], kinds[i + 1]
            if a == SPACE:
                if i > start:
                    own = self.units[i] / TYPE_UNITS
                    out[i - start] = spacing.space_width(kinds[i - 1], b, own, rules.mixed) - own
            elif a or b:
                out[i - start] = spacing.gap(a, b, rules.centred, rules.adjacent, rules.mixed)
        return out

    def width(self, start: int, end: int) -> float:
        """Width in pixels of a part, the gap after its last character not counted."""
        return self.cumulated[end] - self.cumulated[start]


@dataclass(slots=True)
class Shaper:
    """One type: a Pango layout that is used again and again, and the texts measured with it."""

    layout: Any
    rules: Rules
    size: float
    call: bool
    measured: dict[str, Measured] = field(default_factory=dict)
    widths: dict[tuple[int, int], int] = field(default_factory=dict)

    def measure(self, text: str) -> Measured | None:
        """A text's measures; None for a text that is not set from left to right in one line."""
        if (found := self.measured.get(text)) is not None:
            return found
        if "\n" in text or "\t" in text or "\u2028" in text:
            return None
        units = self._units(text)
        if units is None:
            return None
        out = Measured(text, self.size, units, self._breaks(len(text)), self.call, self.rules)
        self.measured[text] = out
        return out

    @property
    def hyphen(self) -> int:
        """The advance of a divided word's hyphen in thousandths of an em."""
        found = self.measure("-")
        return sum(found.units) if found else 0

    def _units(self, text: str) -> list[int] | None:
        """The advance of each character in thousandths of an em, as the PDF will have it.

        A cluster's advance stands at its first character.
        """
        self.layout.set_text(text)
        line, _ = self.layout.get_first_line()
        at_byte: dict[int, int] = {}
        run = line.runs
        while run != ffi.NULL:
            item = run.data
            run = run.next
            if item.item.analysis.level % 2:
                return None
            font = item.item.analysis.font
            key = font_key(font)
            offset, count = item.item.offset, item.glyphs.num_glyphs
            infos = item.glyphs.glyphs
            for index, cluster in enumerate(ffi.unpack(item.glyphs.log_clusters, count)):
                own, kerning = self.advance(font, infos[index], key)
                at_byte[offset + cluster] = at_byte.get(offset + cluster, 0) + own - int(kerning)
        return [at_byte.get(at, 0) for at in Measured.byte_offsets(text)[:-1]]

    def advance(self, font: Any, info: Any, key: int = 0) -> tuple[int, float]:
        """A glyph's own width and its kerning, in thousandths of an em; a PDF gets the kerning's whole part.

        ``key`` stands for the font; without it it is looked up.
        """
        scale = FROM_UNITS * TYPE_UNITS / self.size
        geometry = info.geometry
        width = geometry.width * scale
        glyph = info.glyph
        own = self.widths.get((key or font_key(font), glyph))
        if own is None:
            if glyph == EMPTY_GLYPH or glyph & UNKNOWN_GLYPH:
                return round(width), 0.0
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(font, glyph, ink, logical)
            own = self.widths[key or font_key(font), glyph] = round(logical.width * scale)
        return own, own + geometry.x_offset * FROM_UNITS / self.size - width

    def _breaks(self, length: int) -> list[bool]:
        attrs = pango.pango_layout_get_log_attrs_readonly(self.layout.layout, ffi.NULL)
        return [bool(attrs[i].is_line_break) for i in range(length)]
