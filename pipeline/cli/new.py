"""``fanjian new``: a new book folder with a commented book.toml."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from pipeline.errors import SettingsError
from pipeline.files import write_whole


@click.command()
@click.argument("name")
@click.option(
    "--source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Copy this source into it."
)
def new(name: str, source: Path | None) -> None:
    """Make a new book folder NAME with a commented book.toml that lists every setting."""
    from pipeline.resources import templates_folder

    folder = Path(name)
    if (folder / "book.toml").exists():
        raise SettingsError("is there already. Choose another name.", str(folder / "book.toml"))
    template = (templates_folder() / "book.toml").read_text(encoding="utf-8")
    copied = source.name if source else ""
    if source:
        _copy(source, folder / copied)
    named = json.dumps(copied, ensure_ascii=False)  # JSON's escapes are TOML's too
    write_whole(folder / "book.toml", template.replace('source = ""', f"source = {named}"))
    click.echo(f"{folder / 'book.toml'} made.")
    command = f"fanjian build {shlex.quote(str(folder))}"
    click.echo(f"Now: {command}" if copied else f"Put the source into {folder}/, then: {command}")


def _copy(source: Path, target: Path) -> None:
    """Copies the source, over no other file."""
    content = source.read_bytes()
    if target.exists() and target.read_bytes() != content:
        raise SettingsError("is there already, and differs. Rename one of the two.", str(target))
    write_whole(target, content)
