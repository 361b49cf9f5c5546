"""``fanjian recover``: a source into a clean master."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli.options import DEBUG, JOBS, OUT, PATH, STRICT
from pipeline.errors import GOOD
from pipeline.schedule.books import Book


@click.command()
@click.argument("files", nargs=-1, required=True, type=PATH)
@OUT
@click.option(
    "--form",
    help="page-dump, ocr-markdown, wiki-markdown, plain, or a Pandoc input format; detected by default.",
)
@JOBS
@STRICT
@DEBUG
def recover(
    files: tuple[Path, ...], out: Path | None, form: str | None, jobs: int, strict: bool, debug: bool
) -> None:
    """Turn sources into clean masters: master.md, ledger.jsonl and findings.json each."""
    from pipeline.cli.running import exit_code, say_what_failed, say_what_is_corrected
    from pipeline.document.findings import places_of
    from pipeline.schedule import report
    from pipeline.schedule.books import find_books
    from pipeline.schedule.corrections import MASTER, RECOVERED
    from pipeline.schedule.run import Wish, build, passed_over

    books = find_books(files, out)
    if form:
        books = [_with_form(book, form) if isinstance(book, Book) else book for book in books]
    outcomes = [*build(books, Wish(recover_only=True), min(jobs or 1, len(books))), *passed_over(files)]
    say_what_failed(outcomes, debug)
    for outcome in outcomes:
        if not outcome.error and outcome.recovered and outcome.book:
            r = outcome.recovered
            found = places_of(outcome.findings).total()
            name = RECOVERED if r.corrected else MASTER
            click.echo(f"{outcome.book.out / name}: {r.form}, {r.edits} edits, {found} findings")
            say_what_is_corrected(outcome, f"{r.corrected}: the corrected master stays.")
            report.write_report(outcome)
    code = exit_code(outcomes, strict)
    if code != GOOD:
        sys.exit(code)


def _with_form(book: Book, form: str) -> Book:
    settings = replace(book.settings, book=replace(book.settings.book, form=form))
    return replace(book, settings=settings)
