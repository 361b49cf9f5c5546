"""Which reader reads a finished edition back, by the file's name."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import EditionError
from pipeline.proof.facts import EditionFacts


def read_edition(path: Path) -> EditionFacts:
    """What a finished PDF, EPUB or DOCX says. Raises ``EditionError`` for any other file."""
    match path.suffix.lower():
        case ".pdf":
            from pipeline.proof.pdf import read_pdf as read
        case ".epub":
            from pipeline.proof.epub import read_epub as read
        case ".docx":
            from pipeline.proof.docx import read_docx as read
        case _:
            raise EditionError("is no edition. Name a .pdf, .epub or .docx.", str(path))
    return read(path)
