"""``fanjian convert``: text, Markdown, HTML, DOCX and EPUB between the scripts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pipeline.hanzi.conversion import Wish
    from pipeline.hanzi.files import FileConversion

# each target with MediaWiki's code for it
TARGETS = {
    "zh-Hans": "zh-hans",
    "zh-Hans-CN": "zh-cn",
    "zh-Hant": "zh-hant",
    "zh-Hant-TW": "zh-tw",
    "zh-Hant-HK": "zh-hk",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True, readable=False))
@click.option(
    "--to", type=click.Choice(list(TARGETS)), required=True, help="The script, with region where wanted."
)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write; by default text goes to the terminal, DOCX and EPUB beside their source.",
)
@click.option(
    "--punctuation",
    type=click.Choice(["convert", "keep"]),
    default="convert",
    show_default=True,
    help="Quotation marks and other marks of the edition, or the source's.",
)
@click.option(
    "--titles", type=click.Choice(["keep", "double"]), default="keep", help="Simplified: 〈〉, or 《》."
)
@click.option("--glossary", multiple=True, help="A TSV file, or persons or places; may be given again.")
@click.option("--keep", multiple=True, help="A word that is never converted; may be given again.")
@click.option("--lang", default="", help="The source's language (zh-Hant-TW …); detected by default.")
@click.option("--doubts", is_flag=True, help="List every choice that was made: place, word, choice, why.")
def convert(
    file: Path,
    to: str,
    out: Path | None,
    punctuation: str,
    titles: str,
    glossary: tuple[str, ...],
    keep: tuple[str, ...],
    lang: str,
    doubts: bool,
) -> None:
    """Convert FILE (text, Markdown, HTML, DOCX or EPUB; - for standard input) between the scripts."""
    from pipeline.document.findings import gathered, told
    from pipeline.errors import SettingsError
    from pipeline.hanzi.conversion import Wish
    from pipeline.settings import HANS, HANT, HanziSettings, Script

    region = to.rsplit("-", 1)[-1].lower()
    settings = HanziSettings(
        traditional=region if region in ("tw", "hk") else "as-is",  # type: ignore[arg-type]
        punctuation=punctuation,  # type: ignore[arg-type]
        titles=titles,  # type: ignore[arg-type]
        glossaries=glossary,
        keep=keep,
    )
    script: Script = HANS if to.startswith(HANS) else HANT
    wish = Wish(script, settings, lang, "opencc" if to == HANT else None, variant=TARGETS[to])
    if out is not None and out.exists() and out.samefile(file):
        raise SettingsError("is the source itself. Name another file with -o.", str(out))
    done = _convert(file, wish)
    for finding in gathered(done.findings):
        click.echo(f"{file}: {finding.rule}: {told(finding)}", err=True)
    if doubts:
        click.echo(_list_choices(done))
    _write(file, out, to, done, silent=doubts)


def _convert(file: Path, wish: Wish) -> FileConversion:
    from pipeline.errors import SourceError
    from pipeline.hanzi import files

    if str(file) == "-":
        try:
            text = sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as e:
            raise SourceError("is not UTF-8. Give it as a file, whose encoding is detected.", "-") from e
        return files.convert_plain(text, wish)
    if file.suffix.lower() in files.PACKAGES:
        try:
            return files.convert_package(file.read_bytes(), str(file), wish)
        except OSError as e:
            raise SourceError(f"cannot be read ({e.strerror}).", str(file)) from e
    from pipeline.readers import read_source

    text = read_source(file, "plain").text
    if file.suffix.lower() in files.MARKDOWN:
        return files.convert_markdown(text, wish)
    if file.suffix.lower() in files.HTML:
        return files.convert_html(text, wish)
    return files.convert_plain(text, wish)


def _write(file: Path, out: Path | None, to: str, done: FileConversion, silent: bool) -> None:
    from pipeline.files import write_whole

    is_package = file.suffix.lower() in (".docx", ".epub")
    if out is None and is_package and not silent:
        out = file.with_name(f"{file.stem}.{to}{file.suffix}")
    if out is not None:
        write_whole(out, done.data)
        click.echo(
            f"{out}: {done.lang}, {len(done.choices)} choices, {len(done.findings)} findings", err=True
        )
    elif not silent:
        click.echo(done.data, nl=False)  # as bytes: UTF-8, whatever the terminal's encoding


def _list_choices(done: FileConversion) -> str:
    rows = ["place\tword\tchoice\talternatives\twhy\tcontext"]
    for c in done.choices:
        rows.append("\t".join([c.where, c.word, c.choice, " ".join(c.alternatives), c.why, c.context]))
    return "\n".join(rows)
