"""A PDF's pages as PNG pictures, to look at while correcting a master."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium

from pipeline.files import written_whole

DPI = 110


def render_pages(pdf: Path, folder: Path, dpi: int = DPI) -> int:
    """Writes ``folder``/page-001.png and so on, removes pages of an earlier, longer PDF; the page count."""
    folder.mkdir(parents=True, exist_ok=True)
    document = pdfium.PdfDocument(pdf)
    try:
        count = len(document)
        for index in range(count):
            picture = document[index].render(scale=dpi / 72).to_pil()
            with written_whole(folder / f"page-{index + 1:03}.png") as beside:
                picture.save(beside, format="PNG")
    finally:
        document.close()
    for old in folder.glob("page-*.png"):
        if int(old.stem[5:]) > count:
            old.unlink()
    return count
