"""The cover: an SVG made from a template, and the same as a small PNG for shelves and shops.

Comes in: an edition. Goes out: the SVG's text, and PNG bytes that depend on nothing but it and the fonts.
A book that brings its own picture (``[book] cover``) keeps it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from pipeline.document import ast
from pipeline.document.manuscript import Finding
from pipeline.editions.edition import Edition
from pipeline.editions.epub.xhtml import ContentFile, clean, element
from pipeline.editions.pictures import SUFFIXES, Picture, read_picture
from pipeline.editions.style import Style
from pipeline.editions.titles import may_part_a_word, turns, width
from pipeline.errors import SettingsError
from pipeline.resources import fill_template

COVER, TEMPLATE = "cover.xhtml", "cover.svg.jinja"
WIDTH, HEIGHT = 1200, 1700  # of the template's picture
MEASURE = 860  # what a line may fill of it
MOST_LINES = 4  # of a title at a size; else it is set smaller
SMALLER, STEPS = 0.85, 6  # the next size of the last, and how many there are


@dataclass(frozen=True)
class Line:
    """A line of text on the cover: its baseline and size in the picture's units."""

    text: str
    y: float
    size: float


@dataclass(frozen=True)
class Cover:
    """The cover's page and its picture."""

    page: ContentFile
    picture: Picture


def make_cover(edition: Edition, style: Style) -> tuple[Cover, list[Finding]]:
    """The book's own cover, else one made from the template; what was wrong with the book's own."""
    words, given = edition.wording, edition.settings.book.cover
    holder = element("div", class_="cover", kind="cover")
    wrong: list[Finding] = []
    if given:
        found = read_picture(given, edition.settings.folder)
        if isinstance(found, Picture):
            picture = Picture(f"cover{SUFFIXES[found.media]}", found.media, found.content)
            name = words["cover"] + words["label_separator"] + edition.title
            holder.append(element("img", src=picture.name, alt=name))
            return Cover(ContentFile(COVER, words["cover"], [holder], "cover"), picture), wrong
        wrong.append(edition.left_out(given, found))
    svg = draw_cover(edition, style)
    try:
        holder.append(etree.fromstring(svg.encode("utf-8")))
    except etree.XMLSyntaxError as e:  # only a book's own template
        raise SettingsError(
            f"gives no SVG: {e}. Mend your copy.", str(edition.settings.folder / TEMPLATE)
        ) from e
    page = ContentFile(COVER, words["cover"], [holder], "cover", ("svg",))
    return Cover(page, Picture("cover.png", "image/png", render_cover(svg))), wrong


def draw_cover(edition: Edition, style: Style) -> str:
    """The cover as SVG."""
    faces = style.faces_of(edition.lang)
    title = _lines(edition.title, 130, 560, 60)
    below = title[-1].y + 130
    subtitle = edition.settings.book.subtitle or ast.meta_text(edition.doc, "subtitle")
    authors = edition.wording["list_separator"].join(edition.authors)
    return fill_template(
        TEMPLATE,
        edition.settings.folder,
        lang=edition.lang,
        name=clean(edition.wording["label_separator"].join(x for x in (edition.title, authors) if x)),
        title=title,
        subtitle=_lines(subtitle, 52, below, 34) if subtitle else [],
        authors=_lines(authors, 64, 1330, 40)[:2] if authors else [],
        publisher=clean(edition.settings.book.publisher),
        song=_families(faces.song.print + faces.song.screen, faces.song.generic),
        kai=_families(faces.kai.print + faces.kai.screen, faces.kai.generic),
    )


def _families(names: tuple[str, ...], generic: str) -> str:
    return ", ".join([*(f"'{name}'" for name in dict.fromkeys(names)), generic])


def _lines(text: str, largest: float, y: float, smallest: float) -> list[Line]:
    """``text`` in as few lines as its size allows, turned where the sense does, baselines from ``y`` on."""
    text = re.sub(" ?—— ?", "——", clean(" ".join(text.split())))
    sizes = [max(smallest, largest * SMALLER**step) for step in range(STEPS)]
    fits = [size for size in sizes if len(turns(text, MEASURE / size)) < MOST_LINES][:3] or [smallest]
    whole = (s for s in fits if not any(may_part_a_word(text, at) for at in turns(text, MEASURE / s)))
    size = next(whole, fits[0])
    rows = [text[a:b].strip() for a, b in pairwise([0, *turns(text, MEASURE / size), len(text)])]
    size = min(size, MEASURE / max(map(width, rows)))
    return [Line(row, round(y + i * size * 1.35, 1), round(size, 1)) for i, row in enumerate(rows)]


def render_cover(svg: str, width: int = 600) -> bytes:
    """The SVG as PNG with few colours, ``width`` pixels wide. It opens no address and no file."""
    import pypdfium2 as pdfium
    import weasyprint

    page = f"@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    whole = svg.replace("——", "\N{TWO-EM DASH}")  # letter by letter the halves of a dash would not touch
    html = f"<style>{page}</style>{whole}"
    pdf = weasyprint.HTML(string=html, url_fetcher=_refuse).write_pdf()
    document = pdfium.PdfDocument(pdf)
    try:
        picture = document[0].render(scale=width / (WIDTH * 0.75)).to_pil().convert("RGB")
    finally:
        document.close()
    stream = io.BytesIO()
    picture.quantize(16, dither=0).save(stream, format="PNG", optimize=True)
    return stream.getvalue()


def _refuse(url: str, *_: object, **__: object) -> dict[str, object]:
    raise ValueError(f"a cover fetches nothing, not {url[:40]}")
