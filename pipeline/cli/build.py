"""``fanjian build``: recover and publish what is stale."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pipeline.cli.options import DEBUG, FORMAT, JOBS, JUNIT, OUT, PATH, SCRIPT, STRICT


@click.command()
@click.argument("paths", nargs=-1, type=PATH)
@OUT
@SCRIPT
@FORMAT
@JOBS
@STRICT
@JUNIT
@click.option("--force", is_flag=True, help="Make everything, also what is unchanged.")
@click.option("--preview", is_flag=True, help="Also render the PDFs' pages as PNG pictures.")
@click.option("--watch", is_flag=True, help="Keep running; build again what changes.")
@DEBUG
def build(
    paths: tuple[Path, ...],
    out: Path | None,
    script: tuple[str, ...],
    format_: tuple[str, ...],
    jobs: int,
    strict: bool,
    junit: Path | None,
    force: bool,
    preview: bool,
    watch: bool,
    debug: bool,
) -> None:
    """Recover and publish what is stale.

    PATHS are sources, folders with a book.toml, or folders of either; by default the folder sources/.
    Editions go to build/BOOK/, or with one file and -o straight into that folder.
    """
    from pipeline.cli.running import build_once, watch_books
    from pipeline.schedule.run import Wish

    wish = Wish(script or None, format_ or None, force=force)  # type: ignore[arg-type]
    listed = paths or (Path("sources"),)
    jobs = jobs or os.cpu_count() or 1
    if watch:
        watch_books(listed, out, wish, jobs, preview, debug)
        return
    sys.exit(build_once(listed, out, wish, jobs, strict=strict, junit=junit, preview=preview, debug=debug))
