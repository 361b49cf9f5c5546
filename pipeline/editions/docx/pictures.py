"""Pictures of a Word file: no larger than the type area, each with its text for those who cannot see it.

Drawings (SVG) and WebP become PNG: Word shows them only in its later versions, other programs not at all.
"""

from __future__ import annotations

import io
from collections.abc import Iterable

from lxml import etree
from PIL import Image

from pipeline.document import word
from pipeline.editions.docx.package import DOCUMENT, FOOTNOTES, Package
from pipeline.editions.pictures import Picture, letter_drawing
from pipeline.editions.style import Faces, Geometry

EMU = 12_700  # of a point (ISO/IEC 29500-1 §20.1.2.1)
TALLEST = 0.8  # of the type area: a caption must go below it
DOTS = 300 / 72  # of a drawing's picture, to the point
PX = 96 / 72  # CSS pixels to the point


def for_word(picture: Picture, faces: Faces) -> Picture | str:
    """A picture of a kind that every Word shows, or the sentence that says why not."""
    if picture.media == "image/webp":
        out = io.BytesIO()
        Image.open(io.BytesIO(picture.content)).save(out, "PNG")
        return Picture(picture.name, "image/png", out.getvalue())
    if picture.media != "image/svg+xml":
        return picture
    drawing = letter_drawing(picture.content.decode("utf-8", "replace"), faces)
    try:
        return Picture(picture.name, "image/png", draw_svg(drawing.encode("utf-8")))
    except ValueError as e:
        return f"the picture {picture.name} {e}"


def draw_svg(data: bytes) -> bytes:
    """A drawing as PNG in its own size, 300 dots to the inch. It may open no file and no address (promise 8)."""
    import base64

    import pypdfium2
    import weasyprint
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OneDrawing(URLFetcher):  # type: ignore[misc]
        """Opens the drawing and nothing that it asks for."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url != source:
                raise ValueError(f"{url} is outside the book")
            return URLFetcherResponse(url, data, {"Content-Type": "image/svg+xml"})

    source = "data:image/svg+xml;base64," + base64.b64encode(data).decode("ascii")
    page = f"<style>@page {{ size: 480pt 1200pt; margin: 0 }} body {{ margin: 0 }} img {{ max-width: 480pt; max-height: 1200pt; display: block }}</style><img src='{source}'>"
    try:
        document = weasyprint.HTML(string=page, url_fetcher=OneDrawing()).render()
        size = next(
            (box.width, box.height)
            for box in document.pages[0]._page_box.descendants()
            if box.element_tag == "img"
        )
        picture = pypdfium2.PdfDocument(document.write_pdf())[0].render(scale=DOTS).to_pil().convert("RGB")
    except Exception as e:  # whatever a broken drawing makes of these libraries
        raise ValueError("cannot be drawn whole. Save it anew, a drawing as PNG.") from e
    picture = picture.crop((0, 0, *(max(1, round(length * DOTS / PX)) for length in size)))
    if picture.point(lambda v: 255 - v).getbbox() is None:
        raise ValueError("cannot be drawn whole. Save it anew, a drawing as PNG.")
    out = io.BytesIO()
    picture.save(out, "PNG", dpi=(300, 300))
    return out.getvalue()


def relate_pictures(package: Package) -> None:
    """Gives the notes their pictures: Pandoc relates all of them to the text (ISO/IEC 29500-2 §6.5: each part has its own)."""
    files = {r.get("Id"): r.get("Target") or "" for r in package.tree(f"word/_rels/{DOCUMENT[5:]}.rels")}
    embed = word.qualified("r:embed")
    for blip in word.find(package.tree(FOOTNOTES), ".//a:blip"):
        blip.set(embed, package.relate("image", files[blip.get(embed)], FOOTNOTES))


def fit_pictures(parts: Iterable[etree._Element], geometry: Geometry) -> None:
    """Every picture of the parts, in place."""
    inlines = (inline for part in parts for inline in word.find(part, ".//wp:inline"))
    for number, inline in enumerate(inlines, 1):
        extents = [*word.find(inline, "wp:extent"), *word.find(inline, ".//a:ext")]
        extents = [e for e in extents if e.get("cx")]
        if not extents:
            continue
        width, height = int(extents[0].get("cx") or 1), int(extents[0].get("cy") or 1)
        scale = min(
            1.0,
            geometry.text_width * EMU / max(width, 1),
            geometry.text_height * TALLEST * EMU / max(height, 1),
        )
        for extent in extents:
            extent.set("cx", str(round(width * scale)))
            extent.set("cy", str(round(height * scale)))
        shown = word.first(inline, "wp:docPr")
        said = (shown.get("descr") or "") if shown is not None else ""
        name = (shown.get("title") or "") if shown is not None else ""
        for named in [*word.find(inline, "wp:docPr"), *word.find(inline, ".//pic:cNvPr")]:
            named.set("id", str(number))
            named.set("name", name or f"Picture {number}")
            named.set("descr", said)
            named.attrib.pop("title", "")
