"""The parts that Fanjian stands on, each room asked for its engine: for ``fanjian doctor``."""

from __future__ import annotations

import ctypes.util
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata

from pipeline.errors import FanjianError
from pipeline.programs import fonts, pandoc

PANDOC_AT_LEAST = (3, 1)


@dataclass(frozen=True, slots=True)
class Check:
    """One part: whether it is there, what was found, what to do when it is not."""

    name: str
    ok: bool
    detail: str
    remedy: str = ""
    optional: bool = False


def examine() -> Iterator[Check]:
    """All parts, the ones without which nothing works first."""
    yield _python()
    yield _guarded("Pandoc", _pandoc, "Install pypandoc_binary.")
    yield _guarded(
        "WeasyPrint and Pango",
        _weasyprint,
        "Install Pango: apt-get install libpango-1.0-0 libpangoft2-1.0-0, or brew install pango.",
    )
    yield _harfbuzz()
    yield from _fonts()
    yield _guarded("OpenCC", _opencc, "Install opencc-python-reimplemented (or opencc), never both.")
    for name in ("EbookLib", "panflute", "pikepdf", "pypdfium2"):
        yield _guarded(name, lambda name=name: metadata.version(name), f"Install {name}.")  # type: ignore[misc]


def _guarded(name: str, look: Callable[[], str], remedy: str) -> Check:
    try:
        return Check(name, True, look())
    except (ImportError, OSError, FanjianError, metadata.PackageNotFoundError) as e:
        return Check(name, False, str(e).splitlines()[0], remedy)


def _python() -> Check:
    ok = sys.version_info >= (3, 11)
    return Check("Python", ok, platform.python_version(), "Install Python 3.11 or later.")


def _pandoc() -> str:
    found = pandoc.probe()
    if tuple(int(part) for part in found.version.split(".")[:2]) < PANDOC_AT_LEAST:
        raise OSError(f"version {found.version} is too old")
    return f"{found.version} ({found.path})"


def _weasyprint() -> str:
    import weasyprint

    from pipeline.editions.pdf.lines import set_line

    note = (
        "" if set_line.is_supported() else " (a version whose lines Fanjian cannot spread: they stay ragged)"
    )
    return f"{weasyprint.__version__}{note}"


def _harfbuzz() -> Check:
    there = ctypes.util.find_library("harfbuzz-subset") is not None
    return Check(
        "HarfBuzz-subset",
        there,
        "found" if there else "not found: PDFs are written slowly",
        "apt-get install libharfbuzz-subset0, or brew install harfbuzz.",
        optional=True,
    )


def _fonts() -> Iterator[Check]:
    from pipeline.editions.style.load import load_style

    faces = load_style(None, "").faces.values()
    roles = {name for face in faces for role in ("song", "hei", "kai") for name in face.of(role).print}
    families = sorted(roles | {face.latin.italic for face in faces})
    missing = set(fonts.absent(families))
    for family in families:
        there = family not in missing
        yield Check(family, there, "installed" if there else "not installed", fonts.advice(family))


def _opencc() -> str:
    from pipeline.hanzi import engine

    return engine.describe()
