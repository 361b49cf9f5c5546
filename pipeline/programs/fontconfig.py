"""Fontconfig's ``fc-match``: the file of a font family, or that it is not installed."""

from __future__ import annotations

import functools
import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FontFile:
    """A font on this machine: its file, and its number in a collection."""

    path: Path
    index: int


@functools.cache
def find_font(family: str, bold: bool = False) -> FontFile | None:
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
    return FontFile(
        Path(path), int(index or 0) & 0xFFFF
    )  # the upper half numbers a variable font's instances
