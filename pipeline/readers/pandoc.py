"""A document in one of Pandoc's input formats → a master. Always in Pandoc's sandbox.

What comes out is the master itself, so the recovery passes it through: nothing in such a source was laid
out in lines. A DOCX goes to ``pipeline.readers.docx``, which knows Word's ways, where that is there.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

from pipeline.document.manuscript import Finding
from pipeline.document.master import MASTER_FORMAT
from pipeline.errors import ProgramError, SourceError
from pipeline.programs import pandoc
from pipeline.readers import Source
from pipeline.readers.decode import decode

BINARY_FORMS = frozenset({"docx", "epub", "odt", "pptx", "xlsx"})


def read_document(path: Path, content: bytes, form: str, findings: tuple[Finding, ...] = ()) -> Source:
    """The document as a master. Raises ``SourceError`` when Pandoc refuses it."""
    if form == "docx" and importlib.util.find_spec("pipeline.readers.docx") is not None:
        read: Callable[[Path, bytes], Source] = importlib.import_module("pipeline.readers.docx").read_docx
        return read(path, content)
    if not content.strip():
        raise SourceError("is empty. Put the text into it, or take it out of the batch.", str(path))
    if form not in BINARY_FORMS:
        decoded = decode(content, str(path))
        content, findings = decoded.text.encode("utf-8"), findings or decoded.findings
    try:
        master = pandoc.run(
            content,
            ["--from", form, "--to", MASTER_FORMAT, "--standalone", "--wrap", "none"],
            str(path),
        ).decode("utf-8")
    except ProgramError as e:
        raise SourceError(
            f"is no {form} that Pandoc can read. Check the file, or name its form in book.toml.", str(path)
        ) from e
    if not master.strip():
        raise SourceError(f"holds no text that Pandoc can read as {form}. Check the file.", str(path))
    return Source(path, master, "markdown", form, findings)
