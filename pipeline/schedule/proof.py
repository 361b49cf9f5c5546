"""Proof of a book that is finished: its master converted anew, its files read back, both compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.document.manuscript import Finding
from pipeline.schedule import steps
from pipeline.schedule.books import Unreadable, find_masters
from pipeline.settings import Format, Script

SCRIPTS: tuple[Script, ...] = ("zh-Hant", "zh-Hans")
FORMATS: tuple[Format, ...] = ("pdf", "epub", "docx")


@dataclass(frozen=True)
class Checked:
    """The proof of one script's editions."""

    name: str
    notes: int
    headings: int
    findings: list[Finding]


def prove_book(folder: Path) -> Iterator[Checked]:
    """A ``Checked`` per script of the book in ``folder``. Raises the error of a master that is not there."""
    from pipeline.document import ast
    from pipeline.proof.master import read_facts

    (book,) = find_masters([folder], None)
    if isinstance(book, Unreadable):
        raise book.error
    doc = ast.read_document(steps.read_master(book.source), str(book.source))
    for script in SCRIPTS:
        files = {f: book.out / f"{book.slug}.{script}.{f}" for f in FORMATS}
        files = {f: path for f, path in files.items() if path.is_file()}
        if not files:
            continue
        edition, _, _ = steps.make_edition(book, doc, script, None)
        expected = read_facts(edition.doc, edition.settings.notes)
        names = ", ".join(files)
        yield Checked(
            f"{book.slug} {script} ({names})",
            len(expected.notes),
            len(expected.headings),
            steps.prove(edition, files),
        )
