"""What is copied from a PDF: the text itself, also where a font draws two characters with one glyph.

A glyph means one character in a PDF (ToUnicode): the second that is drawn with it would be copied as the first.
While ``copied_true`` is entered, such text carries its actual text (ISO 32000-1, 14.9.4), and so do letters that
are set apart, which would be copied with spaces. Internal API, guarded like ``justify``.
"""

from __future__ import annotations

import re
import unicodedata
from contextlib import AbstractContextManager
from typing import Any

from pipeline.editions.pdf.glyphs.missing import CHAR, NO_GLYPH
from pipeline.editions.pdf.lines.measure import font_key
from pipeline.editions.pdf.replaced import replaced

# Characters that faces draw alike, the commonest first; that some face tells them apart does no harm.
ALIKE = (
    "·‧•\N{BULLET OPERATOR}\N{KATAKANA MIDDLE DOT}", "–\N{FIGURE DASH}", "-\N{NON-BREAKING HYPHEN}",
    "…\N{MIDLINE HORIZONTAL ELLIPSIS}", "—\N{HORIZONTAL BAR}", "~\N{TILDE OPERATOR}", "～\N{WAVE DASH}",
    "／\N{DIVISION SLASH}", "〈\N{LEFT-POINTING ANGLE BRACKET}", "〉\N{RIGHT-POINTING ANGLE BRACKET}",
    "曶㫚", "胶㬵", "幐㬺", "䐠㬻", "槩㮣", "壿墫", "䎛㖈", "㦳㘽",
    *(chr(0x2460 + n) + chr(0x2780 + n) for n in range(10)),
    *(chr(0x2776 + n) + chr(0x278A + n) for n in range(10)),
)  # fmt: skip
COMPATIBLE = "\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f\uffa1-\uffdc"  # alike by Unicode's own word
BESIDE = "中"  # a face may have other glyphs for a mark in Latin text
RARE = re.compile(f"[{''.join(re.escape(group[1:]) for group in ALIKE)}{COMPATIBLE}]")


def alike(char: str) -> str:
    """The characters that faces may draw with the glyph of this one, the commonest first.

    >>> alike("•")[:3], alike("⼈")
    ('·‧•', '人⼈')
    """
    return next((group for group in ALIKE if char in group), unicodedata.normalize("NFKC", char) + char)


def copied_true() -> AbstractContextManager[None]:
    """While entered, text that would be copied wrongly is drawn with its actual text."""
    return replaced("weasyprint.draw.text", "draw_first_line", _with_own_text)


def _with_own_text(draw: Any) -> Any:
    import pydyf

    known: dict[tuple[str, str], bool] = {}

    def draw_copied(stream: Any, box: Any, *arguments: Any) -> Any:
        own = box.pango_layout.text
        element = getattr(box, "element", None)  # the lettering of a drawing has none
        if element is not None and element.get("class") == NO_GLYPH:
            own = element.get(CHAR, own)
        is_apart = box.style["letter_spacing"] not in ("normal", 0) and len(own) > 1
        is_other = own != box.pango_layout.text
        if (
            not is_apart
            and not is_other
            and not (RARE.search(own) and _means_another(stream, box.style, own, known))
        ):
            return draw(stream, box, *arguments)
        stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(own)}))
        try:
            return draw(stream, box, *arguments)
        finally:
            stream.end_marked_content()

    return draw_copied


def _means_another(stream: Any, style: Any, text: str, known: dict[tuple[str, str], bool]) -> bool:
    """Whether a character of a text has the glyph of a commoner one, which that glyph then means."""
    from weasyprint.text.line_break import _font_style_cache_key

    font = _font_style_cache_key(style, include_size=True)
    for char in (found := set(RARE.findall(text))):
        if (font, char) not in known:
            known[font, char] = _shares(stream, style, char)
    return any(known[font, char] for char in found)


def _shares(stream: Any, style: Any, char: str) -> bool:
    from weasyprint.text.line_break import Layout

    layouts = {one: Layout(style) for one in alike(char)}  # they keep their fonts alive
    glyphs = {one: _glyph(layout, one) for one, layout in layouts.items()}
    key, glyph, font = glyphs[char]
    first = next(one for one, other in glyphs.items() if other[:2] == (key, glyph))
    if first != char:
        stream.add_font(font)[0].to_unicode[glyph] = first
    return first != char


def _glyph(layout: Any, char: str) -> tuple[int, int, Any]:
    """The font, as a number and as Pango's object, and the glyph of a character between Han."""
    from weasyprint.text.ffi import ffi

    layout.set_text(BESIDE + char + BESIDE)
    at = len(BESIDE.encode())
    run = layout.get_first_line()[0].runs
    while run.next != ffi.NULL and run.data.item.offset + run.data.item.length <= at:
        run = run.next
    item, glyphs = run.data.item, run.data.glyphs
    clusters = ffi.unpack(glyphs.log_clusters, glyphs.num_glyphs)
    index = clusters.index(at - item.offset) if at - item.offset in clusters else 0
    return font_key(item.analysis.font), glyphs.glyphs[index].glyph, item.analysis.font
