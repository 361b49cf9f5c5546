"""What Chinese setting costs: a book's PDF by Fanjian beside WeasyPrint alone on the same HTML and CSS.

    python -m bench.pdf [MASTER.md [trim …]]

Both run in this process one after the other, imports done, in processor seconds. WeasyPrint alone gets the
finished HTML as text and writes the same variant; Fanjian's time holds everything from the document on.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from lxml import etree

from pipeline.document import ast
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.html import compose
from pipeline.editions.pdf import make_pdf
from pipeline.editions.pdf.engine import variant
from pipeline.editions.pdf.fetch import BookFetcher
from pipeline.editions.pdf.printed import Printed
from pipeline.editions.pdf.sheet import style_sheet
from pipeline.editions.style.load import load_style
from pipeline.settings import Script, Settings

LIMIT = 1.3  # times WeasyPrint alone
SCRIPTS: tuple[tuple[Script, str], ...] = (("zh-Hant", "zh-Hant-TW"), ("zh-Hans", "zh-Hans-CN"))


def seconds(work: Callable[[], object], times: int = 2) -> float:
    """The least processor time of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def plain(edition: Edition) -> Callable[[], object]:
    """WeasyPrint alone on the edition's HTML and CSS."""
    import weasyprint

    style = load_style()
    geometry = style.geometry(edition.settings.page.trim)
    composition = compose(edition)
    labels = {note.number: note.label for note in composition.notes}
    root = Printed(edition, composition, style, labels, geometry.characters).root
    html = "<!DOCTYPE html>" + etree.tostring(root, encoding="unicode", method="html")
    css = style_sheet(edition, style, geometry)

    def work() -> object:
        fetcher = BookFetcher(edition.folder_of)
        sheet = weasyprint.CSS(string=css, url_fetcher=fetcher)
        return weasyprint.HTML(string=html, url_fetcher=fetcher).write_pdf(
            stylesheets=[sheet], pdf_variant=variant(edition), pdf_tags=True
        )

    return work


def main(arguments: Sequence[str] = ("sources/city-water/master.md",)) -> int:
    """Prints a line a script and trim; 1 when the limit is passed."""
    master = Path(arguments[0])
    doc = ast.read_document(master.read_text(encoding="utf-8"), master.name)
    total = [0.0, 0.0]
    for trim in arguments[1:] or ["170x240"]:
        for script, lang in SCRIPTS:
            settings = Settings(folder=master.parent)
            settings = replace(settings, page=replace(settings.page, trim=trim))
            edition = Edition(doc, script, lang, settings, read_wording(script))
            alone = seconds(plain(edition))
            with tempfile.TemporaryDirectory() as folder:
                ours = seconds(lambda: make_pdf(edition, Path(folder) / "book.pdf"))  # noqa: B023
            total[0] += alone
            total[1] += ours
            print(
                f"{trim} {script}: WeasyPrint alone {alone:.2f} s, Fanjian {ours:.2f} s, × {ours / alone:.2f}"
            )
    ratio = total[1] / total[0]
    print(f"both: {total[0]:.2f} s, {total[1]:.2f} s, × {ratio:.2f} (at most {LIMIT})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ("sources/city-water/master.md",)))
