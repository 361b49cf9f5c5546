"""The book's metadata: what book.toml says over what the master says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.manuscript import Finding
from pipeline.plausible import NO_CHINESE, find_date_fault, is_chinese
from pipeline.schedule.books import Book
from pipeline.settings import Settings

KEYS = (*ast.FRONT_KEYS, "lang", "date", "form", "translations")
UNCALLED = "stands with a name that book.toml gives otherwise, so no edition shows it. Give the name as the master has it."
UNTITLED = "stands for one on the cover, the title page and in the heads. Write it into the master (title: …) or book.toml."


def complete_metadata(doc: pf.Doc, book: Book) -> list[Finding]:
    """Gives ``doc`` book.toml's title, author and so on; without any title, the file's name.

    What reads as before keeps its notes, and a title takes them over. Found are notes that nothing calls, a title that is
    not there, a language that is none, which goes, a date that is none, and a key that resembles one.
    """
    said = book.settings.book
    nonsense = sorted(_find_nonsense(doc), key=lambda f: f.message)
    if not said.date and (fault := find_date_fault(ast.meta_text(doc, "date"))):
        nonsense.append(Finding("L89", f"the master's date {fault} The editions have none."))
    lost: list[pf.Note] = []
    for key in ("title", "subtitle"):
        if (value := getattr(said, key)) and value != ast.meta_text(doc, key):
            notes = [note for old in _items(doc, key) for note in ast.notes_in(old)]
            doc.metadata[key] = pf.MetaInlines(pf.Str(value), *notes)
    for key in ("author", "keywords"):
        if values := getattr(said, key):
            old = {ast.plain(item): item for item in _items(doc, key)}
            lost += [note for text, item in old.items() if text not in values for note in ast.notes_in(item)]
            doc.metadata[key] = pf.MetaList(*[old.get(v) or pf.MetaInlines(pf.Str(v)) for v in values])
    if not ast.meta_text(doc, "title"):
        doc.metadata["title"] = pf.MetaInlines(pf.Str(book.slug))
        nonsense.append(Finding("L86", f"the text has no title, so that «{book.slug}» {UNTITLED}"))
    texts = [" ".join(map(ast.plain, note.content)) for note in lost]
    return [*nonsense, *(Finding("N93", f"the note «{text[:40]}» {UNCALLED}") for text in texts)]


def with_own_date(settings: Settings, doc: pf.Doc) -> Settings:
    """The settings with the master's date where book.toml gives none and the master's is one."""
    date = ast.meta_text(doc, "date")
    if settings.book.date or find_date_fault(date):
        return settings
    return replace(settings, book=replace(settings.book, date=date))


def _find_nonsense(doc: pf.Doc) -> Iterator[Finding]:
    """Keys that no edition shows and that resemble one (authors, titel); a language that no Chinese text has, which goes."""
    for key in set(doc.metadata.content) - set(KEYS):
        for meant in get_close_matches(key.lower(), KEYS, n=1, cutoff=0.75):
            said = f"the metadata have «{key}», which no edition shows. Write {meant}, if that is meant."
            yield Finding("L87", said)
    lang = ast.meta_text(doc, "lang")
    if lang and not is_chinese(lang):
        del doc.metadata.content["lang"]  # the text itself tells its script
        yield Finding("L89", f"the master's lang is {lang!r}, {NO_CHINESE}")


def _items(doc: pf.Doc, key: str) -> list[Any]:
    value = doc.metadata.content.get(key)
    return [] if value is None else list(value.content) if isinstance(value, pf.MetaList) else [value]
