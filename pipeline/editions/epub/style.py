"""The e-book's style sheet, made from the house style by ``templates/epub.css.jinja``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.document.languages import WESTERN
from pipeline.editions.edition import Edition
from pipeline.editions.style import Face, HeadingStyle, Style
from pipeline.resources import fill_template

VERTICAL_INDENT = 2.0  # characters of the text, and one more for each level


@dataclass(frozen=True)
class FontFace:
    """An embedded font: its family in the style sheet, its file's name, its weight."""

    family: str
    name: str
    weight: str = "normal"


@dataclass(frozen=True)
class _Level:
    number: int
    style: HeadingStyle
    face: str
    size: float
    centred: bool
    indent: float
    before: float
    after: float


def write_css(edition: Edition, style: Style, fonts: Sequence[FontFace]) -> bytes:
    """The style sheet. An embedded family goes before those of the reader."""
    vertical = edition.settings.epub.writing == "vertical"
    own = {font.family for font in fonts}
    faces = style.faces_of(edition.lang)
    families = {role: _families(faces.of(role), EMBEDDED[role], own) for role in EMBEDDED}
    text = fill_template(
        "epub.css.jinja",
        edition.settings.folder,
        style=style,
        fonts=fonts,
        levels=[_level(style, number, families, vertical) for number in range(1, 7)],
        vertical=vertical,
        western=", ".join(f":lang({tag})" for tag in WESTERN),
        note_size=_ems(style.note.size, style),
        caption_size=_ems(style.caption.size, style),
        title_size=_ems(style.title_page.title, style),
        **families,
    )
    return (text + _other_side(edition, style)).encode("utf-8")


def _other_side(edition: Edition, style: Style) -> str:
    """The faces of a right side in Chinese: the left one's lack characters of the other script."""
    if not edition.languages or not (lang := edition.languages[1]).startswith("zh"):
        return ""
    faces = style.faces_of(lang)
    song, hei, quote = (_families(faces.of(role), "", set()) for role in ("song", "hei", style.quote.face))
    heads = ", ".join(f"h{level} .side-b" for level in range(1, 7))
    return (
        f'.side-b, aside[lang="{lang}"] {{ font-family: {song}; }}\n'
        f"{heads}, .side-b th, .side-b figcaption, .side-b caption {{ font-family: {hei}; }}\n"
        f".side-b blockquote {{ font-family: {quote}; }}\n"
    )


EMBEDDED = {"song": "Fanjian Song", "hei": "Fanjian Hei", "kai": "Fanjian Kai"}


def _families(face: Face, embedded: str, own: set[str]) -> str:
    names = [f'"{name}"' for name in ((embedded, *face.screen) if embedded in own else face.screen)]
    return ", ".join([*names, face.generic])


def _ems(points: float, style: Style) -> float:
    return round(points / style.text.size, 3)


def _level(style: Style, number: int, families: dict[str, str], vertical: bool) -> _Level:
    """A level of headings. In a vertical line none is centred: the higher one begins nearer to the top (JLREQ, headings)."""
    heading = style.heading(number)
    centred = heading.align == "center" and not vertical
    indent = VERTICAL_INDENT + number if vertical else 0.0 if centred else heading.indent
    line = style.text.leading / heading.size  # a line of the body, in ems of the heading
    return _Level(
        number,
        heading,
        families[heading.face],
        _ems(heading.size, style),
        centred,
        round(indent * style.text.size / heading.size, 3),
        round(heading.before * line, 3),
        round(heading.after * line, 3),
    )
