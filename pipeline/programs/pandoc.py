"""Pandoc, through pypandoc's bundled binary. Always sandboxed: a document may open no file (promise 8)."""

from __future__ import annotations

import functools
import subprocess
from dataclasses import dataclass

import pypandoc

from pipeline.errors import ProgramError


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
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise ProgramError(f"Pandoc stops: {said[-1] if said else f'exit {done.returncode}'}", name)
    return done.stdout


def read(text: str, source_format: str, name: str = "pandoc") -> bytes:
    """Pandoc's JSON AST of ``text``."""
    return run(text.encode("utf-8"), ["--from", source_format, "--to", "json"], name)


def write(ast: bytes, target_format: str, *arguments: str, name: str = "pandoc") -> bytes:
    """A JSON AST in another format."""
    return run(ast, ["--from", "json", "--to", target_format, "--wrap", "none", *arguments], name)
