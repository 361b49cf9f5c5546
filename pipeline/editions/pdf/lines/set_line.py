"""A line's piece of one text as it is drawn: what WeasyPrint takes for a Pango layout."""

from __future__ import annotations

from typing import Any

from pipeline.editions.pdf.lines.measure import TYPE_UNITS, Measured, Shaper, font_key
from pipeline.editions.pdf.lines.spacing import LATIN, OTHER, QUIET

TAIL = 12  # characters that tell Pango the script of the last one
SUPPORTED = ("70.0",)
DECORATION = frozenset(
    [
        "ascent",
        "underline_position",
        "underline_thickness",
        "strikethrough_position",
        "strikethrough_thickness",
    ]
)
HYPHEN = "\N{SOFT HYPHEN}"  # what a divided word ends with as text (ISO 14289-1, 7.2); drawn as a hyphen


def is_supported() -> bool:
    """Whether this WeasyPrint is one whose insides are known."""
    import weasyprint

    return weasyprint.VERSION in SUPPORTED


def is_call(box: Any) -> bool:
    """Whether a box is a note's call, or a text in it."""
    return box.element is not None and box.element.get("class") == "call"


class SetLine:
    """A line's piece of one text: what WeasyPrint takes for a Pango layout when it draws."""

    def __init__(self, shaper: Shaper, measured: Measured, start: int, end: int, hyphen: str) -> None:
        self.shaper, self.measured, self.start, self.end = shaper, measured, start, end
        self.text = measured.text[start:end] + hyphen
        self.hyphen = hyphen
        self.gaps: list[int] = []  # after each character, in thousandths of an em
        self.first_line_direction = 0
        self.justification_spacing = 0
        self.max_width = None

    def __getattr__(self, name: str) -> Any:
        """Where lines under, over and through the text are drawn: as its type has it."""
        if name not in DECORATION:
            raise AttributeError(name)
        return getattr(self.shaper.layout, name)

    def trim(self, text: str) -> None:
        """Drops the spaces at the line's end, which WeasyPrint has taken from the box already."""
        if len(text) < len(self.text):
            self.end -= len(self.text) - len(text)
            self.text = text

    def deactivate(self) -> None:
        """Nothing to let go of: the Pango layout is shared."""

    def get_first_line(self) -> tuple[Any, None]:
        """The Pango line, for drawing."""
        return self.holder.get_first_line()  # type: ignore[no-any-return]

    def reactivate(self, style: Any) -> None:
        """Shapes the text again and puts the gaps into Pango's glyphs."""
        from weasyprint.text.ffi import pango

        holder = self.shaper.layout
        pango.pango_layout_set_single_paragraph_mode(holder.layout, True)
        holder.set_text(self.text.removesuffix(HYPHEN) if self.hyphen else self.text)  # it is drawn by itself
        self.holder, self.layout = holder, holder.layout
        if any(self.gaps):
            self._widen(holder)

    def _widen(self, holder: Any) -> None:
        """Adds each character's gap to the last glyph of its cluster."""
        from weasyprint.text.ffi import ffi

        line, _ = holder.get_first_line()
        offsets = Measured.byte_offsets(self.text)
        gaps = [*self.gaps, *[0] * (len(offsets) - len(self.gaps))]
        unit = self.shaper.size * 1024 / TYPE_UNITS
        at, run = 0, line.runs
        while run != ffi.NULL:
            item = run.data
            run = run.next
            offset, count = item.item.offset, item.glyphs.num_glyphs
            infos, font = item.glyphs.glyphs, item.item.analysis.font
            clusters = ffi.unpack(item.glyphs.log_clusters, count)
            key = font_key(font)
            for index, cluster in enumerate(clusters):
                following = clusters[index + 1] if index + 1 < count else item.item.length
                if following == cluster:
                    continue
                gap = 0
                while at < len(gaps) and offsets[at] < offset + following:
                    gap += gaps[at]
                    at += 1
                if gap:
                    own, kerning = self.shaper.advance(font, infos[index], key)
                    wanted = int(kerning) - gap
                    # A little more than the whole number, which drawing cuts down to it.
                    wanted_width = own - wanted + (0.2 if wanted < 0 else -0.2 if wanted > 0 else 0.0)
                    infos[index].geometry.width = round(wanted_width * unit)

    @property
    def width(self) -> float:
        """The width in pixels without gaps, as it is drawn: its last letter has no neighbour to be kerned to."""
        measured, end = self.measured, self.end
        units = sum(measured.units[self.start : end])
        if end < len(measured.text) and measured.kinds[end - 1] in (LATIN, OTHER, QUIET):
            alone = self.shaper.measure(measured.text[max(self.start, end - TAIL) : end])
            if alone and measured.units[end - 1]:
                units += alone.units[-1] - measured.units[end - 1]
        if self.hyphen:
            units += self.shaper.hyphen
        return units * self.shaper.size / TYPE_UNITS
