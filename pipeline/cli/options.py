"""Options that several commands share, in the same words."""

from __future__ import annotations

from pathlib import Path

import click

# What cannot be read is said by the readers, book by book: one file must not stop a batch.
PATH = click.Path(path_type=Path, readable=False)
OUT = click.option("-o", "--out", type=PATH, help="The folder for what is made.")
SCRIPT = click.option(
    "--script", multiple=True, type=click.Choice(["zh-Hant", "zh-Hans"]), help="Only this script."
)
FORMAT = click.option(
    "--format", "format_", multiple=True, type=click.Choice(["pdf", "epub", "docx"]), help="Only this format."
)
JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(0), default=0, help="Processes; 0 (the default) for one per core."
)
STRICT = click.option("--strict", is_flag=True, help="Findings make the exit code 1.")
JUNIT = click.option(
    "--junit", type=click.Path(path_type=Path, dir_okay=False), help="Also write a JUnit report here, for CI."
)
DEBUG = click.option("--debug", is_flag=True, help="Show tracebacks.")
