"""``fanjian new``: a new book folder with a commented book.toml."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.errors import SettingsError


@click.command()
@click.argument("name")
@click.option(
    "--source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Copy this source into it."
)
def new(name: str, source: Path | None) -> None:
    """Make a new book folder NAME with a commented book.toml that lists every setting."""
    from pipeline.files import write_whole
    from pipeline.resources import templates_folder

    folder = Path(name)
    if (folder / "book.toml").exists():
        raise SettingsError("is there already. Choose another name.", str(folder / "book.toml"))
    template = (templates_folder() / "book.toml").read_text(encoding="utf-8")
    copied = source.name if source else ""
    if source:
        write_whole(folder / copied, source.read_bytes())
    write_whole(folder / "book.toml", template.replace('source = ""', f'source = "{copied}"'))
    click.echo(f"{folder / 'book.toml'} made.")
    if not copied:
        click.echo(f"Put the source into {folder}/, then: fanjian build {folder}")
    else:
        click.echo(f"Now: fanjian build {folder}")
