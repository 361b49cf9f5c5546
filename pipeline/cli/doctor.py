"""``fanjian doctor``: is everything there? What to install if not."""

from __future__ import annotations

import sys

import click

from pipeline.errors import FAILED


@click.command()
def doctor() -> None:
    """Check Python, Pandoc, Pango, the fonts and the converter; say what to install."""
    from pipeline.health import examine

    bad = 0
    for check in examine():
        mark = "ok " if check.ok else "-- " if check.optional else "BAD"
        click.echo(f"{mark} {check.name}: {check.detail}")
        if not check.ok:
            click.echo(f"      {check.remedy}")
            bad += not check.optional
    if bad:
        sys.exit(FAILED)
