"""``fanjian review``: every edit of a recovery in its place; accept or refuse, remembered for the next build."""

from __future__ import annotations

import sys
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import OUT, PATH
from pipeline.errors import FanjianError

if TYPE_CHECKING:
    from pipeline.review.passages import Review
    from pipeline.schedule.books import Book

PAGE, WORD_FILE = "review.html", "review.docx"
CLEAN = "is a clean text: nothing was changed, so there is nothing to review."


@click.command()
@click.argument("book", type=PATH)
@OUT
@click.option(
    "--docx",
    "as_word",
    is_flag=True,
    help="Write a Word file: edits as tracked changes, reasons as comments.",
)
@click.option(
    "--apply",
    "answers",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Take over the decisions of a reviewed .docx or a decisions.toml.",
)
@click.option(
    "--open/--no-open", "show", default=None, help="Open the page in a browser; by default on a terminal."
)
def review(book: Path, out: Path | None, as_word: bool, answers: Path | None, show: bool | None) -> None:
    """Look through the edits of BOOK (a source or a book's folder): write the review page.

    Decisions saved from the page, or taken over with --apply, are kept in decisions.toml beside the book and
    hold for every build after.
    """
    planned, made, lang = _review(book, out)
    if made is None and answers is None:
        click.echo(f"{planned.source}: {CLEAN}")
        return
    if made is None:
        raise FanjianError(CLEAN, str(planned.source))
    planned.out.mkdir(parents=True, exist_ok=True)
    if answers is not None:
        _apply(planned, made, answers)
    elif as_word:
        _write_word(planned, made, lang)
    else:
        _write_page(planned, made, lang, show)


def _review(path: Path, out: Path | None) -> tuple[Book, Review | None, str]:
    """The book, its language, and the review of its recovery, made without the decisions shown in it; none of a clean text."""
    from dataclasses import replace

    from pipeline.readers import read_source
    from pipeline.recovery import recover
    from pipeline.review.passages import make_review
    from pipeline.schedule.books import Book, find_books

    found = find_books([path], out)
    if len(found) != 1:
        raise FanjianError("holds several books. Name one of them.", str(path))
    book = found[0]
    if not isinstance(book, Book):
        raise book.error
    source = read_source(book.source, book.settings.book.form)
    settings = replace(book.settings.recover, decisions={})
    manuscript = recover(source.text, source.form, settings, book.settings.book.lang)
    if manuscript.passthrough:
        return book, None, manuscript.lang
    return book, make_review(manuscript, book.settings.recover.decisions), manuscript.lang


def _write_page(book: Book, made: Review, lang: str, show: bool | None) -> None:
    from pipeline.files import write_whole
    from pipeline.review.page import write_page

    path = book.out / PAGE
    write_whole(path, write_page(made, book.settings.book.title or book.slug, lang, book.settings.folder))
    click.echo(f"{path}: {len(made.changes)} edits")
    if show if show is not None else sys.stdout.isatty():
        webbrowser.open(path.resolve().as_uri())


def _write_word(book: Book, made: Review, lang: str) -> None:
    from pipeline.editions.edition import book_date
    from pipeline.editions.style.load import load_style
    from pipeline.files import write_whole
    from pipeline.review.docx import write_docx

    path = book.out / WORD_FILE
    style = load_style(book.settings.folder, book.settings.editions.style)
    date = book_date(book.settings.book.date)
    write_whole(path, write_docx(made, book.settings.book.title or book.slug, lang, style, date))
    click.echo(f"{path}: {len(made.changes)} edits as tracked changes")


def _apply(book: Book, made: Review, answers: Path) -> None:
    """Decisions of a file over those kept so far."""
    from pipeline.files import write_whole
    from pipeline.recovery.decisions import ACCEPT, read_decisions, write_decisions
    from pipeline.review.apply import read_decisions_of
    from pipeline.review.passages import settled
    from pipeline.schedule.books import decision_files

    target = next((p for p in decision_files(book) if p.is_file()), decision_files(book)[-1])
    kept = read_decisions(target)
    if answers.suffix.lower() == ".docx":
        applied = read_decisions_of(answers.read_bytes(), made, str(answers))
        said = applied.decisions
        for change in applied.unclear:
            click.echo(
                f"{answers}: {change.rule} in line {change.line} reads neither {change.before!r} nor {change.after!r}; it stays open.",
                err=True,
            )
        for before, after in applied.other:
            click.echo(
                f"{answers}: {before[:60]!r} reads {after[:60]!r}, and no edit stands there; only decisions are taken over. Correct it in the master.",
                err=True,
            )
    else:
        said = read_decisions(answers)
    decisions = kept | said
    write_whole(target, write_decisions(decisions, settled(made, decisions)))
    accepted = sum(1 for d in said.values() if d == ACCEPT)
    left = len(made.changes) - sum(1 for key in made.changes if key in decisions)
    click.echo(
        f"{target}: {accepted} accepted, {len(said) - accepted} refused, {left} open (they stay as made)"
    )
