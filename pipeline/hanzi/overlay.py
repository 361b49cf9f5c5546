"""The overlay: tables over the library's dictionaries, and a book's own words over those.

Comes in: TSV files (``tables/*.tsv``, a book's glossaries) and the book's settings. Goes out: lexicons.
Refused by file and line: a row without two columns, a word given twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.hanzi.lexicon import Lexicon
from pipeline.location import Place

TABLES = Path(__file__).with_name("tables")


def read_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows of a TSV file with their line numbers; empty lines and lines that begin with # are left out."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as e:
        raise SettingsError(f"cannot be read ({e.strerror}).", str(path)) from e
    except UnicodeDecodeError as e:
        raise SettingsError("is not UTF-8. Save it as UTF-8.", str(path)) from e
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.split("\t")


def read_table(path: Path) -> dict[str, str]:
    """A table's words with their results. Raises ``SettingsError``."""
    table: dict[str, str] = {}
    for number, row in read_rows(path):
        if len(row) < 2 or not row[0] or not row[1]:
            raise SettingsError(
                "the row needs a word and its result, with a tab between.", Place(str(path), number)
            )
        if row[0] in table:
            raise SettingsError(
                f"«{row[0]}» is given twice. Keep one of the two rows.", Place(str(path), number)
            )
        table[row[0]] = row[1]
    return table


@cache
def overlay(name: str) -> Lexicon:
    """One of the overlay's own tables: ``hans`` (to Simplified) or ``hant`` (to Traditional)."""
    return Lexicon(read_table(TABLES / f"{name}.tsv"))
