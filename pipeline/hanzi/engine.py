"""The conversion library: OpenCC, in whichever of its two Python packages is installed.

Comes in: a text and a route (``tw2s``, ``s2t``, ``t2tw``, ``t2hk``, ``tw2t``, ``hk2t``). Goes out: *cells*, one
string for each character of the text, so that every result knows which character it stands for. A word
whose length changes has its whole result in its first cell. Refused: both packages at once, because they
install the same module.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from pipeline.errors import ProgramError
from pipeline.hanzi.lexicon import Lexicon

OFFICIAL, REIMPLEMENTED = "opencc", "opencc-python-reimplemented"

# Each route's chain of dictionary groups, in the library's own file names; within a group the phrases come
# first. The reimplementation has no configuration for the routes back to OpenCC's standard.
CHAINS: dict[str, tuple[tuple[str, str], ...]] = {
    "tw2s": (("TWVariantsRevPhrases", "TWVariantsRev"), ("TSPhrases", "TSCharacters")),
    "s2t": (("STPhrases", "STCharacters"),),
    "t2tw": (("", "TWVariants"),),
    "t2hk": (("HKVariantsPhrases", "HKVariants"),),
    "tw2t": (("TWVariantsRevPhrases", "TWVariantsRev"),),
    "hk2t": (("HKVariantsRevPhrases", "HKVariantsRev"),),
}


@dataclass(frozen=True)
class Library:
    """Which package converts."""

    name: str
    version: str


@cache
def find_library() -> Library:
    """The installed package. Raises ``ProgramError`` when there is none, or when both are there."""
    found = [Library(name, version) for name in (OFFICIAL, REIMPLEMENTED) if (version := _version(name))]
    if len(found) > 1:
        raise ProgramError(
            f"{OFFICIAL} and {REIMPLEMENTED} are both installed and overwrite each other. Uninstall both, then install one."
        )
    if not found or find_spec("opencc") is None:
        raise ProgramError(f"OpenCC is missing. Install {REIMPLEMENTED} or {OFFICIAL}.")
    return found[0]


def describe() -> str:
    """Which library converts, in words for the doctor: ``opencc-python-reimplemented 0.1.7``."""
    library = find_library()
    return f"{library.name} {library.version}"


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def convert_cells(text: str, route: str) -> list[str]:
    """The text converted, a cell for each character."""
    if not text:
        return []
    if find_library().name == OFFICIAL:
        return _official_cells(text, route)
    cells = list(text)
    for phrases, characters in CHAINS[route]:
        cells = compose(cells, _group(phrases, characters).convert("".join(cells)))
    return cells


def compose(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Cells of a second conversion, run on the result of the first, laid back onto the first's source."""
    if len(first) == len(second) and all(len(cell) == 1 for cell in first):
        return list(second)
    out, at = [], 0
    for cell in first:
        out.append("".join(second[at : at + len(cell)]))
        at += len(cell)
    return out


# --- opencc-python-reimplemented: its dictionaries are text files, read here by a quicker search


@cache
def _group(phrases: str, characters: str) -> Lexicon:
    words = dict(_entries(phrases)) if phrases else {}
    return Lexicon(words, dict(_entries(characters)))


def _entries(name: str) -> Iterable[tuple[str, str]]:
    for line in dictionary_lines(name):
        word, _, results = line.partition("\t")
        if results:
            yield word, results.split(" ", 1)[0]


def dictionary_lines(name: str) -> list[str]:
    """The lines of one of the reimplementation's dictionaries."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise ProgramError(f"OpenCC is missing. Install {REIMPLEMENTED} or {OFFICIAL}.")
    path = Path(spec.submodule_search_locations[0], "dictionary", f"{name}.txt")
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except OSError as e:
        raise ProgramError(f"cannot be read ({e.strerror}). Install {REIMPLEMENTED} again.", str(path)) from e


# --- the official library: it converts whole texts, and nearly always keeps their length


@cache
def _converter(route: str) -> object:
    import opencc

    try:  # newer versions may give characters that no font has, unless told not to
        return opencc.OpenCC(route, include_tofu_risk_dictionaries=False)
    except TypeError:
        return opencc.OpenCC(route)


def _official_cells(text: str, route: str) -> list[str]:
    converter = _converter(route)
    whole: str = converter.convert(text)  # type: ignore[attr-defined]
    if len(whole) == len(text):
        return list(whole)
    cells: list[str] = []
    for line in text.splitlines(keepends=True):
        cells += _aligned(line, converter.convert(line))  # type: ignore[attr-defined]
    return cells


def _aligned(source: str, result: str) -> list[str]:
    if len(source) == len(result):
        return list(result)
    cells: list[str] = [""] * len(source)
    for _, lo, hi, start, end in SequenceMatcher(None, source, result, autojunk=False).get_opcodes():
        if hi - lo == end - start:
            cells[lo:hi] = list(result[start:end])
        elif hi > lo:
            cells[lo] = result[start:end]
        else:
            cells[max(lo - 1, 0)] += result[start:end]
    return cells
