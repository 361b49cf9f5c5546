"""Pandoc, through pypandoc's bundled binary. Always sandboxed: a document may open no file (promise 8)."""

from __future__ import annotations

import functools
import re
import subprocess
from dataclasses import dataclass

import pypandoc

from pipeline.errors import ProgramError
from pipeline.location import Place

YAML = re.compile(r"YAML metadata at .*\(line (\d+), [^)]*\):\s*YAML parse exception at line (\d+)")


@dataclass(frozen=True, slots=True)
class Pandoc:
    """The program as found: its path and version."""

    path: str
    version: str


@functools.cache
def probe() -> Pandoc:
    """Finds Pandoc. Raises ``ProgramError`` when there is none."""
    try:
        return Pandoc(pypandoc.get_pandoc_path(), str(pypandoc.get_pandoc_version()))
    except OSError as e:
        raise ProgramError("Pandoc is not there. Install pypandoc_binary, which brings it.", "pandoc") from e


def run(content: bytes, arguments: list[str], name: str = "pandoc") -> bytes:
    """What Pandoc makes of ``content`` with these arguments. ``name`` says in an error whose text it was."""
    done = subprocess.run(
        [probe().path, "--sandbox", *arguments], input=content, capture_output=True, check=False
    )
    if done.returncode:
        raise _failure(done.stderr.decode("utf-8", "replace").strip(), done.returncode, name)
    return done.stdout


def _failure(said: str, code: int, name: str) -> ProgramError:
    """The error for what Pandoc said; of a text's metadata, which people write by hand, with its line."""
    last = said.splitlines()[-1] if said else f"exit {code}"
    if found := YAML.search(said):
        where = Place(name, int(found[1]) + int(found[2]))
        return ProgramError(f"the metadata is no YAML: {last}. Set texts in single quotes.", where)
    return ProgramError(f"Pandoc stops: {last}", name)


def read(text: str, source_format: str, name: str = "pandoc") -> bytes:
    """Pandoc's JSON AST of ``text``."""
    return run(text.encode("utf-8"), ["--from", source_format, "--to", "json"], name)


def write(ast: bytes, target_format: str, *arguments: str, name: str = "pandoc") -> bytes:
    """A JSON AST in another format."""
    return run(ast, ["--from", "json", "--to", target_format, "--wrap", "none", *arguments], name)
