"""What each step of a book is made from, as one digest: when it differs from that of the last run the step is stale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from pipeline.document.addresses import ADDRESS
from pipeline.files import digest, digest_file, digest_folder
from pipeline.resources import SUFFIX, templates_folder
from pipeline.schedule import corrections, publishing, recovering
from pipeline.schedule.books import Book
from pipeline.schedule.results import Recovered
from pipeline.schedule.state import State, program_digest
from pipeline.settings import HANS, HANT

# What stands beside a book's editions.
PAPERS = (
    corrections.MASTER,
    corrections.RECOVERED,
    corrections.BASE,
    recovering.LEDGER,
    recovering.FINDINGS,
    "report.json",
    "report.html",
    "review.html",
    "review.docx",
    "decisions.toml",
    "preview",
)


def recover_key(book: Book, corrected: Path | None) -> str:
    """Of the first step. Raises ``OSError`` for a source that cannot be read."""
    settings = book.settings
    return digest(
        program_digest(),
        book.source.read_bytes(),
        corrected.read_bytes() if corrected else "",
        str(book.source),
        repr((settings.book, settings.recover, settings.notes.missing)),
        digest_file(settings.folder / "wording.toml"),
    )


def publish_key(book: Book, state: State, master: Path, what: str, recovered: Recovered | None) -> str:
    """Of the editions of ``what``."""
    folder = book.settings.folder
    if book.settings.file:
        beside = digest_folder(folder, without=_made(book, state))
    else:  # only what the master names: nobody said that the folder is the book's
        beside = digest(*_own_templates(folder), *_pictures(master, folder))
    return digest(
        program_digest(),
        digest_file(master),
        what,
        repr(book.settings),
        beside,
        *(digest_file(path) for path in publishing.translations(book).values() if "+" in what),
        repr((recovered.edits, recovered.form, recovered.pictures)) if recovered else "",
    )


def _made(book: Book, state: State) -> list[Path]:
    """What the book's runs put into the folder of its editions, which may lie in the book's own, or be it."""
    if book.out.resolve() != book.settings.folder.resolve():
        return [book.out]
    names = {name for step in state.steps.values() for name in step.files}
    for what in (HANT, HANS, *publishing.parallels(book, (HANT, HANS))):
        names.update(publishing.file_names(book, what, ("pdf", "epub", "docx")))
    return [book.out / name for name in {*names, *PAPERS}]


def _own_templates(folder: Path) -> Iterator[str]:
    """The digests of the words and templates in the folder that go over Fanjian's own."""
    names = ("wording.toml", *(path.name for path in sorted(templates_folder().glob(f"*{SUFFIX}"))))
    return (digest_file(folder / name) for name in names)


def _pictures(master: Path, folder: Path) -> Iterator[str]:
    """The digests of the files in the folder that a master names; the step itself says of one that it cannot read."""
    try:
        text = master.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for match in ADDRESS.finditer(text):
        name = unquote(match[1] or match[2])
        if "://" not in name and "\0" not in name:
            yield digest_file(folder / name)
