"""The fonts of this machine, through fontconfig: which families there are, which characters they have."""

from __future__ import annotations

import functools
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import EditionError, ProgramError

PACKAGES = {  # the package that brings a family, on Debian and with Homebrew
    "Noto Serif CJK": "fonts-noto-cjk (brew: font-noto-serif-cjk)",
    "Noto Sans CJK": "fonts-noto-cjk (brew: font-noto-sans-cjk)",
    "LXGW WenKai": "fonts-lxgw-wenkai (brew: font-lxgw-wenkai)",
    "Linux Libertine": "fonts-linuxlibertine (brew: font-linux-libertine)",
}


@dataclass(frozen=True, slots=True)
class FontFile:
    """A face as fontconfig lists it."""

    family: str
    style: str
    file: str


@functools.cache
def installed() -> tuple[FontFile, ...]:
    """Every face that fontconfig knows. Raises ``ProgramError`` without fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return _installed_by_pango()
    done = subprocess.run(
        [program, "--format", "%{family}\t%{style}\t%{file}\n"], capture_output=True, check=False, text=True
    )
    if done.returncode:
        raise ProgramError("fc-list stops. Install fontconfig.", "fonts")
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.count("\t") == 2]
    return tuple(FontFile(name, style, file) for names, style, file in rows for name in names.split(","))


def _installed_by_pango() -> tuple[FontFile, ...]:
    """The families that Pango lists, where the program fc-list is not there."""
    from weasyprint.text.ffi import ffi, pango, pangoft2  # type: ignore[attr-defined,unused-ignore]

    try:
        ffi.cdef(
            "void pango_font_map_list_families (PangoFontMap *, void ***, int *);"
            "const char * pango_font_family_get_name (void *);",
            override=True,
        )
        font_map = pangoft2.pango_ft2_font_map_new()
        families, count = ffi.new("void ***"), ffi.new("int *")
        pango.pango_font_map_list_families(font_map, families, count)
        names = [
            ffi.string(pango.pango_font_family_get_name(families[0][i])).decode() for i in range(count[0])
        ]
    except (AttributeError, OSError) as e:
        raise ProgramError("fc-list is not there. Install fontconfig.", "fonts") from e
    return tuple(FontFile(name, "", "") for name in names)


def absent(families: Iterable[str]) -> list[str]:
    """Those of the families that are not installed."""
    there = {font.family for font in installed()}
    return [name for name in dict.fromkeys(families) if name not in there]


def require(families: Iterable[str]) -> None:
    """Raises ``EditionError`` that names the family and its package when one is not installed.

    Without this the system would take another face without a word.
    """
    for name in absent(families):
        raise EditionError(f"the face is not installed. {advice(name)}", name)


def advice(family: str) -> str:
    """What to install for a family."""
    for known, package in PACKAGES.items():
        if family.startswith(known):
            return f"Install {package}."
    return "Install it, or name another in the house style under [faces]."


def find_missing(characters: Iterable[str], places: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Characters without a glyph, each with the first place that holds it."""
    wanted = dict.fromkeys(characters)
    if not wanted:
        return {}
    out = dict.fromkeys(wanted, "in the book")
    left = set(wanted)
    for where, text in places:
        for char in left & set(text):
            out[char] = where
            left.discard(char)
    return out


@functools.cache
def width_of(family: str, char: str) -> float:
    """How wide a face makes a character, in em; 1 of a face that is not at hand or lacks it."""
    from fontTools.ttLib import TTFont

    located = find_font(family)
    if located is None:
        return 1.0
    with TTFont(located.path, fontNumber=located.index, lazy=True) as font:
        glyph = font.getBestCmap().get(ord(char))
        return 1.0 if glyph is None else float(font["hmtx"][glyph][0] / font["head"].unitsPerEm)


@dataclass(frozen=True, slots=True)
class Located:
    """A font on this machine: its file, and its number in a collection."""

    path: Path
    index: int


@functools.cache
def find_font(family: str, bold: bool = False) -> Located | None:
    """The file of ``family``; none when it is not installed (Fontconfig would name another without a word)."""
    pattern = f"{family}:bold" if bold else f"{family}:regular"
    try:
        done = subprocess.run(
            ["fc-match", "-f", "%{file}|%{index}|%{family}", pattern],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return None
    path, _, rest = done.stdout.partition("|")
    index, _, families = rest.partition("|")
    if done.returncode or family.casefold() not in (name.strip().casefold() for name in families.split(",")):
        return None
    # The upper half of the index numbers a variable font's instances.
    return Located(Path(path), int(index or 0) & 0xFFFF)
