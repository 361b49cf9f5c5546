"""Pictures of a Word file: no larger than the type area, each with its text for those who cannot see it."""

from __future__ import annotations

from lxml import etree

from pipeline.document import word
from pipeline.editions.style import Geometry

EMU = 12_700  # of a point (ISO/IEC 29500-1 §20.1.2.1)
TALLEST = 0.8  # of the type area: a caption must go below it


def fit_pictures(document: etree._Element, geometry: Geometry) -> None:
    """Every picture of a part, in place."""
    for number, inline in enumerate(word.find(document, ".//wp:inline"), 1):
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
            named.attrib.pop("title", None)
