"""``fanjian publish``: a master into its editions."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from pipeline.cli.options import DEBUG, FORMAT, JOBS, JUNIT, OUT, PATH, SCRIPT, STRICT


@click.command()
@click.argument("masters", nargs=-1, required=True, type=PATH)
@OUT
@SCRIPT
@FORMAT
@JOBS
@STRICT
@JUNIT
@DEBUG
def publish(
    masters: tuple[Path, ...],
    out: Path | None,
    script: tuple[str, ...],
    format_: tuple[str, ...],
    jobs: int,
    strict: bool,
    junit: Path | None,
    debug: bool,
) -> None:
    """Make the editions of masters that a person may have corrected. The masters stay as they are."""
    from pipeline.cli.running import build_once
    from pipeline.schedule.run import Wish

    wish = Wish(script or None, format_ or None)  # type: ignore[arg-type]
    sys.exit(
        build_once(
            masters,
            out,
            wish,
            jobs or os.cpu_count() or 1,
            strict=strict,
            junit=junit,
            debug=debug,
            as_masters=True,
        )
    )
