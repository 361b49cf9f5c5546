"""A document in one of Pandoc's input formats → a master. Always in Pandoc's sandbox.

What comes out is the master itself, so the recovery passes it through: nothing in such a source was laid
out in lines. What only carries a web page's or a word processor's layout (divisions, spans, anchors, a
title set again as a heading) is left out. A DOCX goes to ``pipeline.readers.docx``, which knows Word's
ways, where that is there.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path

import panflute as pf

from pipeline.document import ast
from pipeline.document.manuscript import Finding
from pipeline.document.master import MASTER_FORMAT
from pipeline.errors import ProgramError, SourceError
from pipeline.programs import pandoc
from pipeline.readers import Source
from pipeline.readers.decode import decode

PACKED_FORMS = frozenset({"docx", "epub", "odt", "pptx", "xlsx"})
KEPT_METADATA = (*ast.FRONT_KEYS, "lang", "translations")
KEPT_CLASSES = frozenset({"missing", "page", "smallcaps", "underline", "mark"})


def read_document(path: Path, content: bytes, form: str, findings: tuple[Finding, ...] = ()) -> Source:
    """The document as a master. Raises ``SourceError`` when Pandoc refuses it."""
    if form == "docx" and importlib.util.find_spec("pipeline.readers.docx") is not None:
        read: Callable[[Path, bytes], Source] = importlib.import_module("pipeline.readers.docx").read_docx
        return read(path, content)
    if not content.strip():
        raise SourceError("is empty. Put the text into it, or take it out of the batch.", str(path))
    if form not in PACKED_FORMS:
        decoded = decode(content, str(path))
        content = decoded.text.encode("utf-8")
        findings = findings or decoded.findings
    try:
        doc = ast.load(pandoc.run(content, ["--from", form, "--to", "json", "--standalone"], str(path)))
        more = tidy(doc, form)
        master = pandoc.write(ast.dump(doc), MASTER_FORMAT, "--standalone", name=str(path)).decode("utf-8")
    except ProgramError as e:
        raise SourceError(
            f"is no {form} that Pandoc can read. Check the file, or name its form in book.toml.", str(path)
        ) from e
    if not doc.content:
        raise SourceError(f"holds no text that Pandoc can read as {form}. Check the file.", str(path))
    return Source(path, master, "markdown", form, (*findings, *more))


def tidy(doc: pf.Doc, form: str) -> list[Finding]:
    """Takes out of a document what is no part of a master; what is lost for a reader is a finding."""
    _tidy_metadata(doc)
    findings: list[Finding] = []
    title = ast.meta_text(doc, "title")

    def visit(element: pf.Element, doc: pf.Doc) -> pf.Element | list[pf.Element] | None:
        match element:
            case pf.Header() if (
                element.level == 1 and "title" in element.classes and ast.plain(element) == title
            ):
                return []
            case pf.Header() | pf.CodeBlock():
                element.identifier = ""
            case pf.Div() | pf.Span() if not (
                KEPT_CLASSES & set(element.classes) or "lang" in element.attributes
            ):
                return list(element.content)
            case pf.Image() if form in PACKED_FORMS:
                findings.append(
                    Finding("C008", f"the picture {element.url} is not taken over; put it beside the master")
                )
                return list(element.content)
            case pf.RawBlock() | pf.RawInline():
                return []
        return None

    doc.walk(visit)
    return findings


def _tidy_metadata(doc: pf.Doc) -> None:
    if (
        "language" in doc.metadata
        and "lang" not in doc.metadata
        and ast.meta_text(doc, "language").startswith("zh")
    ):
        doc.metadata["lang"] = doc.metadata["language"]
    if "creator" in doc.metadata and "author" not in doc.metadata:
        doc.metadata["author"] = doc.metadata["creator"]
    for key in [key for key in doc.metadata.content if key not in KEPT_METADATA]:
        del doc.metadata.content[key]
