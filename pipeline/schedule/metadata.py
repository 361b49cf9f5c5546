"""The book's metadata: what book.toml says over what the master says."""

from __future__ import annotations

from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.manuscript import Finding
from pipeline.plausible import NO_CHINESE, is_chinese
from pipeline.schedule.books import Book

UNCALLED = "stands with a name that book.toml gives otherwise, so no edition shows it. Give the name as the master has it."


def complete_metadata(doc: pf.Doc, book: Book) -> list[Finding]:
    """Gives ``doc`` book.toml's title, author and so on; without any title, the file's name.

    What reads as before keeps its notes, and a title takes them over; those that nothing calls are found, and a language that
    is none, which goes.
    """
    said = book.settings.book
    wrong = "" if said.lang else _drop_nonsense(doc)
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
    texts = [" ".join(map(ast.plain, note.content)) for note in lost]
    nonsense = [Finding("L89", f"the master's lang is {wrong!r}, {NO_CHINESE}")] if wrong else []
    return [*nonsense, *(Finding("N93", f"the note «{text[:40]}» {UNCALLED}") for text in texts)]


def _drop_nonsense(doc: pf.Doc) -> str:
    """Takes a language out of the metadata that no Chinese text has: the text itself tells its script. What it was."""
    lang = ast.meta_text(doc, "lang")
    if not lang or is_chinese(lang):
        return ""
    del doc.metadata.content["lang"]
    return lang


def _items(doc: pf.Doc, key: str) -> list[Any]:
    value = doc.metadata.content.get(key)
    return [] if value is None else list(value.content) if isinstance(value, pf.MetaList) else [value]
