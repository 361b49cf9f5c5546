"""An edition before it becomes a file: one book in one script, with everything its writers need."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import panflute as pf

from pipeline.document import ast
from pipeline.document.addresses import line_of
from pipeline.document.manuscript import Finding
from pipeline.errors import SettingsError
from pipeline.resources import templates_folder
from pipeline.settings import Script, Settings, read_toml

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Facts:
    """What the colophon tells of the book's making."""

    source: str = ""  # the source's file name
    form: str = ""
    edits: int = 0
    findings: int = 0
    lang: str | None = None  # what the master says of its language; None where nobody told


@dataclass(frozen=True)
class Edition:
    """One book in one script. ``lang`` is BCP 47 with region where known: zh-Hant-TW, zh-Hans-CN."""

    doc: pf.Doc
    script: Script
    lang: str
    settings: Settings
    wording: Mapping[str, str]
    facts: Facts = field(default_factory=Facts)
    numbers: tuple[int, ...] = ()  # what the notes are called where not 1, 2, 3 …: two sides share numbers
    languages: tuple[str, ...] = ()  # of a parallel edition: left and right
    master: str = ""  # the text it was made from, in the source's own script
    # Where pictures lie that stood in the source itself.
    taken: Mapping[str, Path] = field(default_factory=dict)

    def folder_of(self, picture: str) -> Path:
        """The folder that a picture is looked for in: the book's, but for what was taken out of its source."""
        return self.taken.get(unquote(picture), self.settings.folder)

    def left_out(self, picture: str, said: str) -> Finding:
        """The finding that a picture is left out and where the master names it: one for all formats."""
        return Finding("L92", said, line=line_of(picture, self.master))

    @property
    def title(self) -> str:
        """The title as plain text."""
        return ast.meta_text(self.doc, "title") or self.wording["untitled"]

    @property
    def authors(self) -> list[str]:
        """The authors' names as plain texts."""
        return ast.meta_texts(self.doc, "author")

    @property
    def identifier(self) -> str:
        """The book's identifier in this script: stable from run to run."""
        if self.settings.book.identifier:
            return f"{self.settings.book.identifier}:{self.script}"
        name = "\n".join([self.title, *self.authors, self.script])
        digest = hashlib.sha256(name.encode()).digest()
        return uuid.UUID(bytes=digest[:16], version=5).urn

    @property
    def date(self) -> datetime:
        """The date the files carry: the book's, else SOURCE_DATE_EPOCH, else a fixed one (promise 6)."""
        return book_date(self.settings.book.date)


def book_date(date: str) -> datetime:
    """A book's date, of which year, month or day may be missing, as a moment in UTC."""
    if date:
        year, month, day = ([int(part) for part in date[:10].split("-")] + [1, 1])[:3]
        return datetime(year, month, day, tzinfo=UTC)
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as e:
            raise SettingsError(f"is {epoch!r}. It must be a number of seconds.", "SOURCE_DATE_EPOCH") from e
    return EPOCH


def read_wording(script: str, folder: Path | None = None) -> dict[str, str]:
    """The words Fanjian puts into editions of this script; a ``wording.toml`` in ``folder`` goes over ours."""
    words: dict[str, Any] = {}
    for place in (templates_folder(), folder):
        if place and (file := place / "wording.toml").is_file():
            words |= read_toml(file).get(script, {})
    return words
