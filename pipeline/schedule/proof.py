"""Proof of a book that is finished: its master converted anew, its files read back, both compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.document.manuscript import Finding
from pipeline.errors import FanjianError
from pipeline.files import digest_file, in_order
from pipeline.schedule import publishing
from pipeline.schedule.books import Book, Unreadable, find_masters
from pipeline.schedule.corrections import MASTER
from pipeline.schedule.state import load_state, program_digest
from pipeline.settings import HANS, HANT, Format

OLDER = Finding(
    "L93", "the master was changed since these editions were made. Run «fanjian build», then prove them."
)
BY_ANOTHER = Finding(
    "L93",
    "another version of Fanjian or of its libraries made these editions, and this one would make them otherwise. "
    "Run «fanjian build», then prove them.",
)
FORMATS: tuple[Format, ...] = ("pdf", "epub", "docx")


@dataclass(frozen=True)
class Checked:
    """The proof of one script's editions, or of a pair of texts'."""

    name: str
    notes: int
    headings: int
    findings: list[Finding]


def finished_books(paths: Sequence[Path]) -> list[Path]:
    """The folders of the books that ``paths`` name, each a book's own or one that holds several.

    Raises ``FanjianError`` for a folder without a master, its own or of a book in it.
    """
    found: list[Path] = []
    for path in paths:
        is_book = path.is_file() or (path / MASTER).exists()
        inside = [path] if is_book else in_order(master.parent for master in path.glob(f"*/{MASTER}"))
        if not inside:
            what = (
                f"its master is not in it. Name it: fanjian proof MASTER -o {path}"
                if load_state(path).steps
                else "there are no finished books. Run «fanjian build» first."
            )
            raise FanjianError(what, str(path))
        found += inside
    return found


def prove_book(master: Path, out: Path | None = None) -> Iterator[Checked]:
    """A ``Checked`` per script of the book of ``master`` (or a folder with a master.md), then one for both scripts against
    each other. Its editions stand beside it, or in ``out``.

    Raises the error of a master that is not there, and where there are no editions.
    """
    from pipeline.proof.compare import compare_scripts

    (book,) = find_masters([master], out)
    if isinstance(book, Unreadable):
        raise book.error
    facts = {}
    is_made = False
    for what in (HANT, HANS, *publishing.parallels(book, (HANT, HANS))):
        named = zip(FORMATS, publishing.file_names(book, what, FORMATS), strict=True)
        files = {f: book.out / name for f, name in named if (book.out / name).is_file()}
        lost = [name for name in load_state(book.out).step(what).files if not (book.out / name).exists()]
        gone = [Finding("L96", f"{name} was made and is no longer there. Build it again.") for name in lost]
        is_made = is_made or bool(files or gone)
        if not files:
            if gone:
                yield Checked(f"{book.slug} {what}", 0, 0, gone)
            continue
        edition, _, _ = publishing.make_edition(book, book.source, what, None)
        expected = publishing.expected_facts(edition)
        facts[what] = expected
        found = [OLDER] if _is_older(book, what, files) else publishing.prove(edition, files)
        if found and _is_by_another(book, what):
            found = [BY_ANOTHER]
        name = f"{book.slug} {what} ({', '.join(files)})"
        yield Checked(name, len(expected.notes), len(expected.headings), [*gone, *found])
    if not is_made:
        raise FanjianError(
            f"there are no editions of {book.source.name}. Publish it first, or name their folder with -o.",
            str(book.out),
        )
    if HANT in facts and HANS in facts:
        found = compare_scripts(facts[HANT], facts[HANS], (HANT, HANS))
        yield Checked(f"{book.slug} both scripts", len(facts[HANT].notes), len(facts[HANT].headings), found)


def _is_by_another(book: Book, what: str) -> bool:
    """Whether another program made editions than this one; unknown where no state says so."""
    return load_state(book.out).step(what).result.get("program", "") not in ("", program_digest())


def _is_older(book: Book, what: str, files: Mapping[Format, Path]) -> bool:
    """Whether editions were made from another master than the one that is there now; unknown where no state says so."""
    step = load_state(book.out).step(what)
    made_from = step.result.get("master", "")
    is_same = made_from == digest_file(book.source) and all(
        path.name in step.files for path in files.values()
    )
    return bool(made_from) and not is_same
