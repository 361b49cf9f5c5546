"""A function of WeasyPrint's insides, replaced for a while, in the version whose insides are known."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pipeline.editions.pdf.lines.set_line import is_supported


@contextmanager
def replaced(module: str, name: str, made_of: Callable[[Any], Any]) -> Iterator[None]:
    """While entered, what ``made_of`` makes of the module's function stands in its place; nothing does in another version."""
    if not is_supported():
        yield
        return
    owner = importlib.import_module(module)
    original = getattr(owner, name)
    setattr(owner, name, made_of(original))
    try:
        yield
    finally:
        setattr(owner, name, original)
