"""Glossaries: words that differ by region, used only when a book asks for them.

A glossary is a TSV file, a pair of words a row: Traditional, Simplified, and where wanted a third column
``whole`` (the word counts only where no letter or Han character touches it). Lines that begin with # say
where the words come from. A first line ``tw<TAB>hk<TAB>cn`` names the columns: a Hong Kong edition then takes
the second. It works both ways. The longest word at a place wins; Latin words count as whole ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import SettingsError
from pipeline.hanzi.engine import convert_cells
from pipeline.hanzi.overlay import read_rows
from pipeline.location import Place
from pipeline.settings import HANS, Script

BUILT_IN = Path(__file__).with_name("glossaries")
COLUMNS = ("tw", "hk", "cn")
WHOLE = "whole"


@dataclass(frozen=True)
class Glossary:
    """Words of one direction with their results; ``whole`` are those that stand alone."""

    words: Mapping[str, str] = field(default_factory=dict)
    whole: frozenset[str] = frozenset()


def built_in_names() -> tuple[str, ...]:
    """The names of the glossaries that come with Fanjian."""
    return tuple(sorted(path.stem for path in BUILT_IN.glob("*.tsv")))


def load_glossaries(names: Sequence[str], to: Script, region: str, folder: Path) -> Glossary:
    """The glossaries of these names or files, for one direction. A later one wins. Raises ``SettingsError``."""
    words: dict[str, str] = {}
    whole: set[str] = set()
    for name in names:
        found = _load(_find(name, folder), to, region)
        words.update(found.words)
        whole = (whole - set(found.words)) | found.whole
    return Glossary(words, frozenset(whole))


def _find(name: str, folder: Path) -> Path:
    inside = BUILT_IN / f"{name}.tsv"
    if "/" not in name and inside.is_file():
        return inside
    path = folder / name
    if path.is_file():
        return path
    raise SettingsError(
        f"there is no glossary «{name}». Give a TSV file in the book's folder, or one of: {', '.join(built_in_names())}.",
        str(path),
    )


def _load(path: Path, to: Script, region: str) -> Glossary:
    columns: tuple[str, ...] = ("tw", "cn")
    words: dict[str, str] = {}
    whole: set[str] = set()
    for number, row in read_rows(path):
        if set(row) <= set(COLUMNS) and "cn" in row:
            columns = tuple(row)
            continue
        cells = dict(zip(columns, row, strict=False))
        if len(row) < 2 or not cells.get("cn") or not (cells.get("tw") or cells.get("hk")):
            raise SettingsError(
                "the row needs a Traditional and a Simplified word, with a tab between.",
                Place(str(path), number),
            )
        for word, result in _pairs(cells, to, region):
            words[word] = result
            if WHOLE in row[len(columns) :] or word.isascii():
                whole.add(word)
    return Glossary(words, frozenset(whole))


def _pairs(cells: Mapping[str, str], to: Script, region: str) -> list[tuple[str, str]]:
    """The words of a row in every script they may be met in, with the result in the edition's."""
    hant = [word for column in ("tw", "hk") if (word := cells.get(column))]
    if to == HANS:
        met = [form for word in hant for form in (word, "".join(convert_cells(word, "x2s")))]
        return [(word, cells["cn"]) for word in met]
    own = cells.get("hk" if region == "hk" else "tw") or hant[0]
    met = [cells["cn"], "".join(convert_cells(cells["cn"], "s2t"))]
    return [(word, own) for word in met if word not in hant] + [(word, own) for word in hant]
