"""A house style read from TOML: the project's ``house-style.toml`` and, over it, one of the book's own.

Refused by name: unknown and absent keys, wrong types, sizes that cannot be printed.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pipeline.editions.style import Style
from pipeline.errors import SettingsError
from pipeline.resources import templates_folder
from pipeline.settings import read_toml

NAME = "house-style.toml"


KINDS: Mapping[type, str] = {
    float: "a number",
    int: "a whole number",
    str: "a text in quotes",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


def load_style(folder: Path | None = None, name: str = "") -> Style:
    """The house style; ``name`` is a file in ``folder`` that goes over ours. Raises ``SettingsError``."""
    tables = read_toml(templates_folder() / NAME)
    where = str(templates_folder() / NAME)
    if name:
        file = ((folder or Path()) / name).resolve()
        if not file.is_relative_to((folder or Path()).resolve()):
            raise SettingsError(f"[editions] style {name!r} lies outside the book's folder. Copy it there.")
        where = str(file)
        tables = _merge(tables, read_toml(file))
    style: Style = _build(Style, tables, "", where)
    _check(style, where)
    return style


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    out = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = _merge(out[key], value) if both else value
    return out


def _build(kind: Any, value: Any, name: str, where: str) -> Any:
    """A TOML value as ``kind``: a dataclass, a mapping, a tuple, a choice or a plain value."""
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, value, name, where)
    origin, args = get_origin(kind), get_args(kind)
    if origin is Mapping:
        _expect(value, dict, name, where)
        built = {str(k): _build(args[1], v, f"{name}.{k}", where) for k, v in value.items()}
        return types.MappingProxyType(built)
    if origin is tuple:
        _expect(value, list, name, where)
        return tuple(_build(args[0], item, name, where) for item in value)
    if origin is Literal:
        if value not in args:
            raise SettingsError(
                f"{name} is {value!r}. It must be one of {', '.join(map(repr, args))}.", where
            )
        return value
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    _expect(value, kind, name, where)
    return value


def _record(kind: type, value: Any, name: str, where: str) -> Any:
    _expect(value, dict, name, where)
    hints = get_type_hints(kind)
    for key in value:
        if key not in hints:
            raise SettingsError(
                f"[{name or 'the house style'}] has no key «{key}». Its keys are {', '.join(hints)}.", where
            )
    if absent := [key for key in hints if key not in value]:
        raise SettingsError(f"[{name or 'the house style'}] lacks {', '.join(absent)}. Add it.", where)
    return kind(**{k: _build(hints[k], v, f"{name}.{k}".lstrip("."), where) for k, v in value.items()})


def _expect(value: Any, kind: type, name: str, where: str) -> None:
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise SettingsError(f"{name} must be {KINDS.get(kind, kind.__name__)}, not {value!r}.", where)


def _check(style: Style, where: str) -> None:
    """What no type says: sizes that can be printed, leadings that hold a line."""
    texts = [style.text, style.quote, style.note, style.table, style.caption, style.contents]
    for text in texts:
        if not 4 <= text.size <= 72:
            raise SettingsError(f"a text size of {text.size:g} points cannot be set. Use 4 to 72.", where)
        if text.leading < text.size:
            raise SettingsError(
                f"leading {text.leading:g} is less than the size {text.size:g}. Lines would overlap.", where
            )
    if "1" not in style.headings:
        raise SettingsError("[headings.1] is missing. Add it.", where)
    if not 1 <= style.marks.adjacent <= 2:
        raise SettingsError(f"marks.adjacent is {style.marks.adjacent:g}. It must be 1 to 2.", where)
