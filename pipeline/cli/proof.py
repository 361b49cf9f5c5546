"""``fanjian proof``: read finished editions back and compare them with their master."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import OUT, PATH
from pipeline.errors import FAILED, FanjianError


@click.command()
@click.argument("books", nargs=-1, type=PATH)
@OUT
def proof(books: tuple[Path, ...], out: Path | None) -> None:
    """Read the finished editions of BOOKS (folders with a master.md, or of such; masters; by default build/) back.

    The editions stand beside their master, or in the folder that -o names, as for publish.

    Notes, their numbers, texts and places, and the headings must be those of the master, in every format
    and both scripts. What is not is listed; the exit code is then 1.
    """
    from pipeline.schedule.proof import finished_books, prove_book

    bad = 0
    for folder in finished_books(books or (Path("build"),)):
        try:
            for checked in prove_book(folder, out):
                click.echo(
                    f"{checked.name}: {checked.notes} notes, {checked.headings} headings, {len(checked.findings)} findings"
                )
                for finding in checked.findings:
                    click.echo(f"  {finding.rule} {finding.message}")
                bad += len(checked.findings)
        except FanjianError as e:  # the other books are proven all the same
            click.echo(f"fanjian: {e}", err=True)
            bad += 1
    if bad:
        sys.exit(FAILED)
