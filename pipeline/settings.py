"""``book.toml`` and ``fanjian.toml`` → frozen, validated settings.

Comes in: the defaults below, a ``fanjian.toml`` (the house: of a folder of books), a ``book.toml`` (one
book), in this order. Goes out: one ``Settings``, complete before work starts. Refused by name: unknown
keys, wrong types, values outside a choice.
"""

from __future__ import annotations

import dataclasses
import re
import tomllib
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeVar, get_args, get_origin, get_type_hints

from pipeline.errors import SettingsError
from pipeline.plausible import find_fault

HANT: Final = "zh-Hant"
HANS: Final = "zh-Hans"
Script = Literal["zh-Hant", "zh-Hans"]
Format = Literal["pdf", "epub", "docx"]
T = TypeVar("T")


@dataclass(frozen=True)
class BookSettings:
    """What the book is. Whatever is left empty is taken from the source."""

    source: str = ""  # the source's file name inside the book's folder
    form: str = ""  # page-dump, ocr-markdown, wiki-markdown, or a Pandoc input format
    lang: str = ""  # BCP 47, with region where known: zh-Hant-TW
    title: str = ""
    subtitle: str = ""
    author: tuple[str, ...] = ()
    date: str = ""  # ISO 8601; also the date that the files carry
    publisher: str = ""
    place: str = ""
    isbn: str = ""
    series: str = ""
    rights: str = ""
    identifier: str = ""  # a URN; by default one made from title, author and script
    description: str = ""
    keywords: tuple[str, ...] = ()
    cover: str = ""  # a picture in the book's folder; by default a cover is made


@dataclass(frozen=True)
class RecoverSettings:
    """How the source is read."""

    page_numbers: bool = True  # keep the source's page numbers as empty spans
    glyphs: Mapping[str, str] = field(default_factory=dict)  # private glyphs of this source: u = "着"
    running_heads: tuple[str, ...] = ()  # running heads that are not found by themselves
    watermark: str = ""  # the text of a watermark that comes out letter by letter
    decisions: Mapping[str, str] = field(default_factory=dict)  # an edit's key → "accept" | "refuse"


@dataclass(frozen=True)
class NoteSettings:
    """How notes are numbered, in all formats alike."""

    numbering: Literal["book", "chapter", "page"] = "book"
    style: Literal["arabic", "circled"] = "arabic"
    missing: tuple[str, ...] = ()  # labels of notes whose bodies the source is known to lack


@dataclass(frozen=True)
class HanziSettings:
    """How the text goes from one script to the other."""

    region: Literal["", "tw", "hk", "cn"] = ""  # of the source; detected when empty
    traditional: Literal["as-is", "tw", "hk"] = "as-is"  # the Traditional edition's standard
    punctuation: Literal["convert", "keep"] = "convert"
    titles: Literal["keep", "double"] = "keep"  # Simplified: 〈article〉 stays, or becomes 《article》
    glossaries: tuple[str, ...] = ()  # TSV files in the book's folder, or names of built-in ones
    keep: tuple[str, ...] = ()  # words that are never converted
    decisions: Mapping[str, str] = field(default_factory=dict)  # word in the source → word in the edition


@dataclass(frozen=True)
class PageSettings:
    """The printed page."""

    trim: str = "170x240"  # 16k, d32, a5, a4, 170x240, or WIDTHxHEIGHT in millimetres
    recto: bool = False  # chapters begin on a right-hand page
    # Chapters begin on a new page, and a half title opens the book: "auto" does so in a book, not in an article.
    chapter_break: Literal["auto", True, False] = "auto"
    half_title: Literal["auto", True, False] = "auto"
    contents: bool = True
    colophon: bool = True
    bleed: float = 0.0  # millimetres; above 0 with crop marks
    source_pages: bool = False  # the source's page numbers in the outer margin


@dataclass(frozen=True)
class PdfSettings:
    """The PDF file."""

    standard: Literal["ua-1", "a-2u", "a-3a", "x-4", "none"] = "ua-1"


@dataclass(frozen=True)
class EpubSettings:
    """The e-book."""

    embed_fonts: bool = False
    writing: Literal["horizontal", "vertical"] = "horizontal"
    pages: Literal["pdf", "source", "none"] = "pdf"  # what the page list follows


@dataclass(frozen=True)
class DocxSettings:
    """The Word file."""

    reference: str = ""  # a reference document in the book's folder, instead of the house style


@dataclass(frozen=True)
class EditionSettings:
    """Which editions are made."""

    scripts: tuple[Script, ...] = ("zh-Hant", "zh-Hans")
    formats: tuple[Format, ...] = ("pdf", "epub", "docx")
    parallel: tuple[Literal["scripts", "translation"], ...] = ()
    parallel_layout: Literal["columns", "pages"] = "columns"
    style: str = ""  # a house style in the book's folder, instead of templates/house-style.toml


@dataclass(frozen=True)
class Settings:
    """Everything, complete. The repr does not tell where the settings lie."""

    book: BookSettings = field(default_factory=BookSettings)
    recover: RecoverSettings = field(default_factory=RecoverSettings)
    notes: NoteSettings = field(default_factory=NoteSettings)
    hanzi: HanziSettings = field(default_factory=HanziSettings)
    page: PageSettings = field(default_factory=PageSettings)
    pdf: PdfSettings = field(default_factory=PdfSettings)
    epub: EpubSettings = field(default_factory=EpubSettings)
    docx: DocxSettings = field(default_factory=DocxSettings)
    editions: EditionSettings = field(default_factory=EditionSettings)
    folder: Path = field(default_factory=Path, repr=False)  # where file names in it are looked up
    file: Path | None = field(default=None, repr=False)  # the book.toml: the folder is the book's own


KINDS = {str: "a text in quotes", bool: "true or false", float: "a number", int: "a whole number"}
# What XML 1.0 has no place for.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SECTIONS = tuple(f.name for f in dataclasses.fields(Settings) if f.name not in ("folder", "file"))


def load_settings(*files: Path, folder: Path | None = None) -> Settings:
    """The settings of these files, a later one over an earlier one. Raises ``SettingsError``."""
    merged: dict[str, dict[str, Any]] = {}
    origin: dict[tuple[str, str], Path] = {}
    for path in files:
        for section, table in read_toml(path).items():
            if fault := _section_fault(section, table):
                raise SettingsError(fault, str(path))
            merged.setdefault(section, {}).update(table)
            origin.update({(section, key): path for key in table})
    kinds = get_type_hints(Settings)
    sections = {name: _section(kinds[name], table, name, origin) for name, table in merged.items()}
    base = folder if folder is not None else (files[-1].parent if files else Path())
    for (section, key), path in origin.items():
        if fault := find_fault(section, key, getattr(sections[section], key), base):
            raise SettingsError(f"[{section}] {key} {fault}", str(path))
    own = next((path for path in files if path.name == "book.toml"), None)
    return Settings(**sections, folder=base, file=own)


def _section_fault(name: str, table: Any) -> str:
    """What is wrong with a section: its name, or that a key stands in its place."""
    if name in SECTIONS:
        return "" if isinstance(table, dict) else f"«{name}» must be a section: write [{name}]."
    if not isinstance(table, dict):
        homes = [s for s in SECTIONS if hasattr(getattr(Settings(), s), name)]
        return f"«{name}» stands in no section. Write it under [{homes[0] if homes else 'book'}]."
    return f"there is no section [{name}]. The sections are {', '.join(SECTIONS)}."


def read_settings_text(path: Path) -> str:
    """The text of a file that a person keeps, with a byte order mark or without. Raises ``SettingsError``."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as e:
        raise SettingsError(f"cannot be read ({e.strerror}).", str(path)) from e
    except UnicodeDecodeError as e:
        raise SettingsError("is not UTF-8. Save it as UTF-8.", str(path)) from e


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises ``SettingsError``."""
    try:
        return tomllib.loads(read_settings_text(path))
    except tomllib.TOMLDecodeError as e:
        raise SettingsError(f"is not valid TOML: {e}.", str(path)) from e


def _section(kind: type[T], table: dict[str, Any], name: str, origin: dict[tuple[str, str], Path]) -> T:
    hints = get_type_hints(kind)
    values = {}
    for key, value in table.items():
        where = str(origin[name, key])
        if key not in hints:
            raise SettingsError(
                f"[{name}] has no key «{key}». Its keys are {', '.join(sorted(hints))}.", where
            )
        values[key] = _value(hints[key], value, f"[{name}] {key}", where)
    return kind(**values)


def _value(kind: Any, value: Any, name: str, where: str) -> Any:
    origin, args = get_origin(kind), get_args(kind)
    if origin is Literal:
        if not any(value == a and type(value) is type(a) for a in args):  # 1 == True, but is not meant so
            choices = ", ".join(repr(a) if isinstance(a, str) else str(a).lower() for a in args)
            raise SettingsError(f"{name} is {value!r}. It must be one of {choices}.", where)
        return value
    if origin is tuple:
        items = [value] if isinstance(value, str) else value
        if not isinstance(items, list):
            raise SettingsError(f"{name} must be a list, not {value!r}.", where)
        return tuple(_value(args[0], item, name, where) for item in items)
    if origin in (Mapping, typing.get_origin(Mapping[str, str])):
        if not isinstance(value, dict):
            raise SettingsError(f"{name} must be a table, not {value!r}.", where)
        return {str(k): _value(args[1], v, f"{name}.{k}", where) for k, v in value.items()}
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind is str and not isinstance(value, str) and hasattr(value, "isoformat"):
        return value.isoformat()  # a TOML date
    if not isinstance(value, kind) or (kind is not bool and isinstance(value, bool)):
        raise SettingsError(f"{name} must be {KINDS[kind]}, not {value!r}.", where)
    if isinstance(value, str) and (found := CONTROL.search(value)):
        raise SettingsError(f"{name} holds the control character U+{ord(found[0]):04X}. Take it out.", where)
    return value
