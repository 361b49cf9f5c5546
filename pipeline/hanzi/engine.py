"""The conversion library: OpenCC, in whichever of its two Python packages is installed.

Comes in: a text and a route (``x2s``, ``s2t``, ``t2tw``, ``t2hk``, ``tw2t``, ``hk2t``). Goes out: *cells*, one
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

# Each route's chain of dictionary groups, in the library's own file names: the phrases of a group come before
# its characters. ``x2s`` takes in Taiwan's, Hong Kong's and OpenCC's own forms alike.
_FROM_TW = ("TWVariantsRevPhrases", "TWVariantsRev")
_FROM_HK = ("HKVariantsRevPhrases", "HKVariantsRev")
CHAINS: dict[str, tuple[tuple[str, str], ...]] = {
    "x2s": (_FROM_TW, _FROM_HK, ("TSPhrases", "TSCharacters")),
    "s2t": (("STPhrases", "STCharacters"),),
    "t2tw": (("TWVariantsPhrases", "TWVariants"),),
    "t2hk": (("HKVariantsPhrases", "HKVariants"),),
    "tw2t": (_FROM_TW,),
    "hk2t": (_FROM_HK,),
}
OFFICIAL_ROUTES = {"x2s": ("tw2t", "hk2s")}  # what the official package has no single configuration for
PATCH = Path(__file__).with_name("tables") / "opencc.tsv"


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
    cells = list(text)
    if find_library().name == OFFICIAL:
        for configuration in OFFICIAL_ROUTES.get(route, (route,)):
            cells = compose(cells, _official_cells("".join(cells), configuration))
        return cells
    for phrases, characters in CHAINS[route]:
        cells = compose(cells, _group(phrases, characters).convert("".join(cells)))
    return cells


def compose(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Cells of a second conversion, run on the result of the first, laid back onto the first's source."""
    if "" not in first and len("".join(first)) == len(first):
        return list(second)
    out, at = [], 0
    for cell in first:
        out.append("".join(second[at : at + len(cell)]))
        at += len(cell)
    return out


# --- opencc-python-reimplemented: its dictionaries are text files, read here by a quicker search


@cache
def _group(phrases: str, characters: str) -> Lexicon:
    return Lexicon(_dictionary(phrases), _dictionary(characters))


def _dictionary(name: str) -> dict[str, str]:
    entries = dict(_entries(name))
    for word, result in _patch().get(name, {}).items():
        if result == "-":
            entries.pop(word, None)
        else:
            entries[word] = result
    return entries


@cache
def _patch() -> dict[str, dict[str, str]]:
    tables: dict[str, dict[str, str]] = {}
    for line in PATCH.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, word, result = line.split("\t")
            tables.setdefault(name, {})[word] = result
    return tables


def _entries(name: str) -> Iterable[tuple[str, str]]:
    for line in dictionary_lines(name):
        word, _, results = line.partition("\t")
        if results:
            yield word, results.split(" ", 1)[0]


def dictionary_lines(name: str) -> list[str]:
    """The lines of one of the reimplementation's dictionaries; none where it lacks this one."""
    spec = find_spec("opencc")
    if spec is None or not spec.submodule_search_locations:
        raise ProgramError(f"OpenCC is missing. Install {REIMPLEMENTED} or {OFFICIAL}.")
    folder = Path(spec.submodule_search_locations[0], "dictionary")
    path = folder / f"{name}.txt"
    try:
        return path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as e:
        if folder.is_dir():
            return []
        raise ProgramError(f"is missing. Install {REIMPLEMENTED} again.", str(folder)) from e


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
