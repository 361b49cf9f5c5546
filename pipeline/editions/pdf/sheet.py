"""The printed page's style sheet: the house style poured into ``templates/pdf.css.jinja``."""

from __future__ import annotations

import math
from dataclasses import dataclass

from pipeline.document.languages import WESTERN
from pipeline.editions.edition import Edition
from pipeline.editions.matter import colophon_on_verso
from pipeline.editions.pdf.lines.set_line import is_supported
from pipeline.editions.style import Faces, Geometry, HeadingStyle, Style
from pipeline.programs import fonts
from pipeline.resources import fill_template

TEMPLATE = "pdf.css.jinja"
BLACK = {"x-4": "device-cmyk(0 0 0 1)"}
RULE_ROOM = 3.0  # points between a running head and the rule under it
NOTE_HANG = 2.0  # characters of the note's size between its left edge and its text


@dataclass(frozen=True)
class SetHeading:
    """A heading's lengths in points, padded so that one line of it fills whole lines of the grid."""

    face: str
    size: float
    bold: bool
    align: str
    indent: float
    leading: float
    before: float
    after: float


def style_sheet(edition: Edition, style: Style, geometry: Geometry) -> str:
    """The CSS of an edition's PDF."""
    faces = style.faces_of(edition.lang)
    black = BLACK.get(edition.settings.pdf.standard, "#000")
    page = edition.settings.page
    return fill_template(
        TEMPLATE,
        edition.settings.folder,
        s=style,
        g=geometry,
        pt=_points,
        families={role: families(faces.of(role).print) for role in ("song", "hei", "kai")},
        headings=[
            (level, set_heading(set_level(level, style, page.chapter_break), style)) for level in range(1, 7)
        ],
        black=black,
        italic=_italic(faces),
        dots=style.emphasis.han == "dots" and is_supported(),
        han=families(faces.of("hei" if style.emphasis.han == "dots" else style.emphasis.han).print),
        western=", ".join(f":lang({tag})" for tag in WESTERN),
        note_hang=NOTE_HANG,
        head=_margin_text(style, "head", faces.of(style.running_head.face).print, black),
        folio=_margin_text(style, "folio", faces.of(style.folio.face).print, black),
        bleed=page.bleed,
        recto=page.recto,
        book=page.chapter_break,
        colophon_verso=colophon_on_verso(edition.lang),
    )


def _italic(faces: Faces) -> str:
    """How Latin italics are set: in their own face where it is installed, else in Song, slanted."""
    own = faces.latin.italic
    if fonts.absent([own]):
        return f"font-style: italic; font-family: {families(faces.song.print)};"
    names = families((own, *faces.song.print))
    # Without a line height of its own the larger type leaves the line where it is.
    return (
        f"font-style: italic; font-family: {names}; font-size: {faces.latin.italic_size:g}em; line-height: 0;"
    )


def set_level(level: int, style: Style, is_book: bool | str) -> HeadingStyle:
    """How a level of headings is set: in an article, whose sections run on, like the next deeper one of a book."""
    return style.heading(level if is_book else level + 1)


def set_heading(heading: HeadingStyle, style: Style) -> SetHeading:
    """A heading on the baseline grid: leading and spaces of one line of it add up to whole lines."""
    grid = style.text.leading
    leading = max(1.0, math.ceil(heading.size * 1.25 / grid * 2) / 2) * grid
    before, after = heading.before * grid, heading.after * grid
    total = before + leading + after
    before += math.ceil(total / grid - 1e-6) * grid - total
    indent = heading.indent * style.text.size
    return SetHeading(heading.face, heading.size, heading.bold, heading.align, indent, leading, before, after)


def families(names: tuple[str, ...]) -> str:
    """Family names as CSS."""
    return ", ".join('"' + "".join(c for c in name if c not in '"\\\n;{}') + '"' for name in names)


def _points(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") + "pt"


def _margin_text(style: Style, which: str, names: tuple[str, ...], black: str) -> str:
    text = style.running_head if which == "head" else style.folio
    side = "bottom" if which == "head" else "top"
    lines = (
        f"font-family: {families(names)}; font-size: {_points(text.size)}; line-height: {_points(text.leading)};"
        f" vertical-align: {side}; white-space: nowrap;"
    )
    return f"{lines} {margin_gap(style, which, black)}"


def margin_gap(style: Style, which: str, colour: str = "currentColor") -> str:
    """What keeps a running head («head») or folio off the type area, with the rule under a head, as CSS."""
    text = style.running_head if which == "head" else style.folio
    side = "bottom" if which == "head" else "top"
    rule = style.running_head.rule if which == "head" else 0
    if not rule:
        return f"padding-{side}: {_points(text.distance)};"
    room = min(RULE_ROOM, text.distance / 2)
    return (
        f"padding-{side}: {_points(room)}; border-{side}: {_points(rule)} solid {colour};"
        f" margin-{side}: {_points(text.distance - room - rule)};"
    )
