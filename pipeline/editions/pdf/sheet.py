"""The printed page's style sheet: the house style poured into ``templates/pdf.css.jinja``."""

from __future__ import annotations

import math
from dataclasses import dataclass

import jinja2

from pipeline.editions.edition import Edition
from pipeline.editions.style import Geometry, HeadingStyle, Style
from pipeline.resources import templates_folder

TEMPLATE = "pdf.css.jinja"
WESTERN = ("en", "ru", "de", "fr", "es", "it", "pt", "nl", "pl", "cs", "uk", "la", "el")
BLACK = {"x-4": "device-cmyk(0 0 0 1)"}
NOTE_HANG = 2.0  # characters of the note's size between its left edge and its text


@dataclass(frozen=True)
class SetHeading:
    """A heading's lengths in points, padded so that one line of it fills whole lines of the grid."""

    face: str
    size: float
    bold: bool
    align: str
    leading: float
    before: float
    after: float


def style_sheet(edition: Edition, style: Style, geometry: Geometry) -> str:
    """The CSS of an edition's PDF."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates_folder()), undefined=jinja2.StrictUndefined, autoescape=False
    )
    faces = style.faces_of(edition.lang)
    page = edition.settings.page
    return environment.get_template(TEMPLATE).render(
        s=style,
        g=geometry,
        pt=_points,
        families={role: families(faces.of(role).print) for role in ("song", "hei", "kai")},
        headings=[(level, set_heading(style.heading(level), style)) for level in range(1, 7)],
        black=BLACK.get(edition.settings.pdf.standard, "#000"),
        western=", ".join(f":lang({tag})" for tag in WESTERN),
        note_hang=NOTE_HANG,
        head=_margin_text(style, "head", faces.of(style.running_head.face).print),
        folio=_margin_text(style, "folio", faces.of(style.folio.face).print),
        bleed=page.bleed,
        recto=page.recto,
        book=page.chapter_break,
        colophon_verso=colophon_on_verso(edition.lang),
    )


def colophon_on_verso(lang: str) -> bool:
    """Mainland books carry the 版权页 on the back of the title page, others at the end of the book."""
    return lang.startswith("zh-Hans")


def set_heading(heading: HeadingStyle, style: Style) -> SetHeading:
    """A heading on the baseline grid: leading and spaces of one line of it add up to whole lines."""
    grid = style.text.leading
    leading = max(1.0, math.ceil(heading.size * 1.25 / grid * 2) / 2) * grid
    before, after = heading.before * grid, heading.after * grid
    total = before + leading + after
    before += math.ceil(total / grid - 1e-6) * grid - total
    return SetHeading(heading.face, heading.size, heading.bold, heading.align, leading, before, after)


def families(names: tuple[str, ...]) -> str:
    """Family names as CSS."""
    return ", ".join('"' + "".join(c for c in name if c not in '"\\\n;{}') + '"' for name in names)


def _points(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") + "pt"


def _margin_text(style: Style, which: str, names: tuple[str, ...]) -> str:
    text = style.running_head if which == "head" else style.folio
    side = "padding-bottom" if which == "head" else "padding-top"
    align = "bottom" if which == "head" else "top"
    return (
        f"font-family: {families(names)}; font-size: {_points(text.size)}; line-height: {_points(text.leading)};"
        f" vertical-align: {align}; {side}: {_points(text.distance)}; white-space: nowrap;"
    )
