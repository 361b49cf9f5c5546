"""The e-book: how long it takes, how large it is, how long reading it back takes.

The text is made up here, of the size of a thesis: 320 notes, 138,000 characters. Where FANJIAN_CORPUS is set, the
real documents follow.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.document.ast import read_document
from pipeline.document.master import write_master
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import make_epub
from pipeline.editions.pages import PageStart
from pipeline.proof.compare import compare_editions
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import read_epub
from pipeline.proof.master import read_facts
from pipeline.readers import read_source
from pipeline.recovery import recover
from pipeline.settings import EpubSettings, RecoverSettings, Settings

CHARACTERS, NOTES, PAGE = 138_000, 320, 1_000
WORDS = "水城井渠山河人民時代經濟制度檔案研究問題歷史關係政策會議報告分析"


def main() -> None:
    """Prints a row per document: seconds (first and later), kilobytes, notes, seconds of the proof."""
    print(f"{'':26}{'first':>8}{'later':>8}{'kB':>8}{'notes':>7}{'proof':>8}  differences")
    for name, master, settings in _cases():
        _measure(name, master, settings)


def _cases() -> Iterator[tuple[str, str, Settings]]:
    thesis = thesis_master()
    yield "thesis", thesis, Settings()
    yield "thesis, fonts embedded", thesis, Settings(epub=EpubSettings(embed_fonts=True))
    yield "thesis, vertical", thesis, Settings(epub=EpubSettings(writing="vertical"))
    if folder := os.environ.get("FANJIAN_CORPUS"):
        for path in sorted(Path(folder).glob("*.txt")):
            source = read_source(path)
            manuscript = recover(source.text, source.form, RecoverSettings())
            yield path.name[:24], write_master(manuscript), Settings()


def thesis_master() -> str:
    """A master of the size of a thesis, the same at every run."""
    per_note = CHARACTERS // NOTES
    state, out, bodies = 1, ["---\ntitle: 試樣論文\nauthor: 某甲\n---\n"], []
    for number in range(1, NOTES + 1):
        if number % 40 == 1:
            out.append(f"# 第{number // 40 + 1}章\n")
        if number % 10 == 1:
            out.append(f"## 第{number // 10 + 1}節\n")
        letters = []
        for _ in range(per_note):
            state = (state * 1103515245 + 12345) % (1 << 31)
            letters.append(chr(0x4E00 + state % 3000) if state % 3 else WORDS[state % len(WORDS)])
        text = "".join(letters)
        out.append(f"{text[: per_note // 2]}，{text[per_note // 2 : -60]}。[^{number}]\n")
        bodies.append(f"[^{number}]: {text[-60:]}，*Title of a Book*，頁 {number}。\n")
    return "\n".join([*out, *bodies])


def _measure(name: str, master: str, settings: Settings) -> None:
    doc = read_document(master, name)
    edition = Edition(doc, "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant"))
    starts = [PageStart(str(n), 0, n * PAGE) for n in range(len(master) // PAGE)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.epub"
        seconds = []
        for _ in range(3):
            begun = time.perf_counter()
            result = make_epub(edition, path, starts)
            seconds.append(time.perf_counter() - begun)
        size = path.stat().st_size / 1000
        begun = time.perf_counter()
        found = compare_editions(read_facts(doc, settings.notes), {"epub": read_epub(path)})
        found += check_epub(path)
        proof = time.perf_counter() - begun
    print(
        f"{name:26}{seconds[0]:8.2f}{min(seconds):8.2f}{size:8.0f}{result.notes:7}{proof:8.2f}  {len(found)}"
    )


if __name__ == "__main__":
    main()
