"""The book's metadata: what book.toml says over what the master says."""

from __future__ import annotations

import panflute as pf

from pipeline.document import ast
from pipeline.schedule.books import Book


def complete_metadata(doc: pf.Doc, book: Book) -> pf.Doc:
    """``doc`` itself with book.toml's title, author and so on; without any title, the file's name."""
    said = book.settings.book
    for key in ("title", "subtitle"):
        if value := getattr(said, key):
            doc.metadata[key] = pf.MetaInlines(pf.Str(value))
    for key in ("author", "keywords"):
        if values := getattr(said, key):
            doc.metadata[key] = pf.MetaList(*[pf.MetaInlines(pf.Str(value)) for value in values])
    if not ast.meta_text(doc, "title"):
        doc.metadata["title"] = pf.MetaInlines(pf.Str(book.slug))
    return doc
