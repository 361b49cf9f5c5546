"""The Word file: seconds to write it, to read it back, and whether the master comes back as it was.

Measured over the sample books, and over the folder that FANJIAN_CORPUS names.
"""

from __future__ import annotations

import difflib
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.document.ast import read_document
from pipeline.document.blocks import write_document
from pipeline.document.master import write_master
from pipeline.editions.docx import make_docx
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.missing import reword_missing
from pipeline.proof.docx_conformance import check_docx
from pipeline.readers import read_source
from pipeline.readers.docx import read_docx
from pipeline.recovery import recover
from pipeline.settings import Script, Settings


def main() -> None:
    """Prints a row per document: seconds to write, to check and to read back, notes, breaches, lines lost."""
    print(f"{'':26}{'write':>8}{'check':>8}{'back':>8}{'notes':>7}{'breach':>8}{'lost':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for path in _sources():
            _measure(path, Path(folder) / "a.docx")


def _sources() -> Iterator[Path]:
    root = Path(__file__).resolve().parent.parent
    folders = [p for p in sorted((root / "sources").iterdir()) if p.is_dir()]
    yield from (
        p
        for f in folders
        for p in sorted(f.glob("*"))
        if p.suffix in (".txt", ".md") and ".en." not in p.name
    )
    if corpus := os.environ.get("FANJIAN_CORPUS"):
        yield from sorted(Path(corpus).glob("*.txt"))


def _measure(path: Path, out: Path) -> None:
    source = read_source(path)
    manuscript = recover(source.text, source.form)
    master = write_document(read_document(write_master(manuscript), str(path)))
    script: Script = "zh-Hans" if manuscript.lang.startswith("zh-Hans") else "zh-Hant"
    wording = read_wording(script)
    doc = reword_missing(read_document(master, str(path)), wording["missing_note"])
    edition = Edition(doc, script, script, Settings(folder=path.parent), wording, master=master)
    begun = time.perf_counter()
    notes = make_docx(edition, out).notes
    written = time.perf_counter()
    breaches = check_docx(out)
    checked = time.perf_counter()
    back = read_docx(out).text
    done = time.perf_counter()
    lost = [
        d
        for d in difflib.unified_diff(master.splitlines(), back.splitlines(), lineterm="", n=0)
        if d[:1] == "-"
    ]
    name = path.parent.name if path.parent.parent.name == "sources" else path.stem
    print(
        f"{name[:26]:26}{written - begun:8.2f}{checked - written:8.2f}{done - checked:8.2f}{notes:7}{len(breaches):8}{max(0, len(lost) - 1):6}"
    )


if __name__ == "__main__":
    main()
