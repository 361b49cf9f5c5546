"""A build as a person sees it: progress, the closing table, reports, the exit code."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from pipeline.document.findings import listed, places_of, told
from pipeline.errors import FAILED, GOOD
from pipeline.files import explain
from pipeline.schedule.books import Book, Unreadable, find_books, find_masters
from pipeline.schedule.corrections import advise
from pipeline.schedule.run import DONE, Outcome, Wish, build, passed_over

Say = Callable[[str, str], None]


def build_once(
    paths: Iterable[Path],
    out: Path | None,
    wish: Wish,
    jobs: int,
    *,
    strict: bool = False,
    junit: Path | None = None,
    preview: bool = False,
    debug: bool = False,
    as_masters: bool = False,
) -> int:
    """Builds, shows the closing table, writes the reports; the exit code."""
    from pipeline.schedule import report

    books = find_masters(paths, out) if as_masters else find_books(paths, out)
    console = Console()
    with progress(console, books) as say:
        outcomes = build(books, wish, min(jobs, max(1, 2 * len(books))), say)
    outcomes += [] if as_masters else passed_over(paths)
    for outcome in outcomes:
        try:
            report.write_report(outcome)
        except OSError as e:
            outcome.error = outcome.error or explain(e)
            outcome.exit_code = outcome.exit_code or FAILED
    if preview:
        for outcome in outcomes:
            show_pages(outcome, console)
    show(outcomes, console, debug)
    if junit:
        report.write_junit(outcomes, junit, strict)
    return exit_code(outcomes, strict)


def exit_code(outcomes: Sequence[Outcome], strict: bool) -> int:
    """0 good; 1 a book failed, or findings with --strict; 2 when all that failed was wrong use."""
    codes = {outcome.exit_code for outcome in outcomes if outcome.error}
    if codes:
        return codes.pop() if len(codes) == 1 else FAILED
    return FAILED if strict and any(outcome.findings for outcome in outcomes) else GOOD


@contextmanager
def progress(console: Console, books: Sequence[Book | Unreadable]) -> Iterator[Say]:
    """A progress bar on a terminal, a plain line for each step elsewhere."""
    if not console.is_terminal:
        begun = time.perf_counter()

        def write(slug: str, what: str) -> None:
            if what != DONE:
                click.echo(f"{time.perf_counter() - begun:7.1f} s  {slug}: {what}")

        yield write
        return
    steps = sum(1 + len(b.settings.editions.scripts) for b in books if isinstance(b, Book))
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("fanjian", total=steps)

        def say(slug: str, what: str) -> None:
            if what == DONE:
                bar.advance(task)
            else:
                bar.update(task, description=f"{escape(slug)}: {escape(what[:60])}")

        yield say
        bar.update(task, completed=steps)  # what was unchanged, and what a failure left undone, counts too


def show(outcomes: Sequence[Outcome], console: Console, debug: bool = False) -> None:
    """The closing table: per book pages, notes, edits, findings, seconds; then what failed."""
    wide = console.width if console.is_terminal else 200
    table = Table("book", "title", box=None, pad_edge=False, header_style="bold")
    for name in ("pages Hant/Hans", "notes", "missing", "edits", "findings", "seconds"):
        table.add_column(name, justify="right")
    for outcome in outcomes:
        table.add_row(*_row(outcome))
    Console(width=wide, file=console.file, force_terminal=console.is_terminal).print(table)
    say_what_failed(outcomes, debug)
    for outcome in outcomes:
        say_what_is_corrected(
            outcome, f"{outcome.slug}: made from the corrected master, not from the source."
        )


def say_what_is_corrected(outcome: Outcome, said: str) -> None:
    """That a person's master goes before the source, and how to take over what the source gives since."""
    if outcome.book and (r := outcome.recovered) and r.corrected:
        click.echo(f"{said} {advise(r.corrected, outcome.book.out, r.base)}" if r.overtaken else said)


def say_what_failed(outcomes: Sequence[Outcome], debug: bool = False) -> None:
    """Why books failed, or what was noticed before any work; what is wrong with many, as a full disk, is said once."""
    noticed = [told(finding) for outcome in outcomes if not outcome.error for finding in outcome.noticed]
    for said in noticed:
        click.echo(f"fanjian: {said}", err=True)
    alike: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.error:
            place, _, cause = outcome.error.partition(": ")
            alike.setdefault(cause or place, []).append(outcome)
    for first, *others in alike.values():
        more = f" So failed {listed(o.slug for o in others)}." if others else ""
        click.echo(f"fanjian: {first.error}{more}", err=True)
        if debug and first.details:
            click.echo(first.details, err=True)


def _row(outcome: Outcome) -> list[str]:
    editions = list(outcome.published.values())
    state = "failed" if outcome.error else "unchanged" if outcome.is_fresh else f"{outcome.seconds:.1f}"
    state = "passed over" if outcome.noticed else state
    title = editions[0].title if editions else ""
    pages = "/".join(str(e.pages) if e.pages else "–" for e in editions) or "–"
    return [
        escape(outcome.slug),
        escape(title if len(title) <= 24 else title[:23] + "…"),
        pages,
        str(editions[0].notes) if editions else "–",
        str(editions[0].missing) if editions else "–",
        str(outcome.recovered.edits) if outcome.recovered else "–",
        str(places_of(outcome.findings).total()),
        state,
    ]


def show_pages(outcome: Outcome, console: Console) -> None:
    """Renders each PDF's pages as PNG into ``preview/`` beside it."""
    from pipeline.proof.preview import render_pages

    if outcome.book is None:
        return
    for published in outcome.published.values():
        for name in (n for n in published.files if n.endswith(".pdf")):
            folder = outcome.book.out / "preview" / published.script
            count = render_pages(outcome.book.out / name, folder)
            console.print(f"{outcome.slug}: {count} pages in {folder}", highlight=False)


def watch_books(
    paths: Sequence[Path], out: Path | None, wish: Wish, jobs: int, preview: bool, debug: bool
) -> None:
    """Builds, then again whenever a file of a book changes, until interrupted."""
    seen: dict[Path, float] = {}
    click.echo("watching; stop with Ctrl-C")
    try:
        while True:
            now = _changes(find_books(paths, out))
            if now != seen:
                build_once(paths, out, wish, jobs, preview=preview, debug=debug)
                seen = _changes(find_books(paths, out))
            time.sleep(0.5)
    except KeyboardInterrupt:
        click.echo("stopped")


def _changes(books: Sequence[Book | Unreadable]) -> dict[Path, float]:
    """When the files that go into the books were last changed."""
    files: set[Path] = set()
    for book in books:
        if isinstance(book, Book):
            files |= {book.source, book.out / "master.md"}
            if book.settings.file:
                files |= {p for p in book.settings.folder.rglob("*") if p.is_file()}
    return {p: p.stat().st_mtime for p in files if p.is_file()}
