"""A Word file that an editor corrected → a master again.

Comes in: a DOCX, ours or anybody's. Goes out: a ``Source`` whose text is the master: notes, emphasis,
headings, quotations, lists, tables, metadata, protected words, page starts, languages. Tracked changes count
as accepted; comments become findings. Pandoc reads the text, in its sandbox; our own styles say what it cannot.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.blocks import write_document
from pipeline.document.collation import collate
from pipeline.document.enclosure import Enclosed
from pipeline.document.manuscript import Finding
from pipeline.document.places import Places
from pipeline.errors import MasterError, ProgramError, SourceError
from pipeline.programs import pandoc
from pipeline.readers import Source
from pipeline.readers.docx.prepare import Prepared, prepare
from pipeline.readers.docx.restore import Restorer

FORMAT = "docx+styles"


def read_docx(path: Path, content: bytes | None = None) -> Source:
    """The master in a Word file. Raises ``SourceError``."""
    content = path.read_bytes() if content is None else content
    prepared = prepare(content, str(path))
    try:
        raw = pandoc.run(prepared.content, ["--from", FORMAT, "--to", "json"], str(path))
    except ProgramError as e:
        raise SourceError("is no Word file that Pandoc can read. Save it as .docx again.", str(path)) from e
    doc, numbers = restore(ast.load(raw), prepared)
    if not len(doc.content) and not doc.metadata.content:
        raise SourceError("holds no text. Check the file.", str(path))
    text, more = _master(doc, numbers, prepared.enclosed)
    pictures = _pictures(doc, prepared, path.parent)
    findings = [*_findings(prepared, text), *more]
    if pictures:
        findings.append(
            Finding(
                "W32",
                f"{len(pictures)} pictures of the file stand beside the master that was made of it. Keep them with it.",
            )
        )
    return Source(path, text, "markdown", "docx", tuple(findings), pictures)


def _pictures(doc: pf.Doc, prepared: Prepared, folder: Path) -> tuple[tuple[str, bytes], ...]:
    """The pictures that the master names and the file's ``folder`` has not by their own names."""
    targets = {name: target for target, name in prepared.pictures.items()}
    out = {}
    for name in _picture_names(doc):
        target = targets.get(name, name)
        place = Path(name)
        inside = ".." not in place.parts and not place.is_absolute()
        # What stands in the file is a copy.
        drawn = place.suffix.lower() == ".svg" != Path(target).suffix.lower()
        known = target != name and (folder / place).is_file()
        if target in prepared.media and inside and not drawn and not known:
            out[name] = prepared.media[target]
    return tuple(out.items())


def _picture_names(doc: pf.Doc) -> list[str]:
    names: list[str] = []
    doc.walk(lambda e, _: names.append(e.url) if isinstance(e, pf.Image) else None)
    return names


def _master(doc: pf.Doc, numbers: dict[int, int], enclosed: Enclosed | None) -> tuple[str, list[Finding]]:
    """The master: where the file encloses the one it was made from, that one with the editor's changes."""
    if enclosed is None:
        return write_document(doc), []
    try:
        return collate(enclosed.master, enclosed.made, doc, numbers), []
    except (MasterError, ValueError):
        said = "The text could not be laid over the master it was made from: all of it is written anew."
        return write_document(doc), [Finding("W33", said)]


def _findings(prepared: Prepared, text: str) -> Iterator[Finding]:
    enclosed = prepared.enclosed
    if enclosed and text != enclosed.master:
        own = ast.meta_text(ast.read_document(enclosed.master, "master"), "lang")
        if own and own[:7] != enclosed.lang[:7]:
            yield Finding(
                "W22",
                f"This is the {enclosed.lang[:7]} edition of a {own[:7]} master. What the editor changed stands in the master as it was typed: convert it.",
            )
    yield from prepared.findings
    places = Places(text)
    for number, part in enumerate(prepared.revised):
        for paragraph in part if any(p.is_changed for p in part) else ():
            line = places.line(paragraph.texts, in_order=number == 0)
            if paragraph.is_changed:
                yield Finding("W20", "tracked changes were read as accepted.", line=line)
    for comment in prepared.comments:
        where = f" on «{comment.anchor[:40]}»" if comment.anchor else ""
        yield Finding("W21", f"{comment.author or 'Somebody'} comments{where}: {comment.text}")


def restore(doc: pf.Doc, prepared: Prepared) -> tuple[pf.Doc, dict[int, int]]:
    """Pandoc's document with our styles taken for what they mean; the numbers of the notes that are known, by the object."""
    front: dict[str, list[Any]] = {}
    translations: list[dict[str, Any]] = []
    restorer = Restorer(prepared, front, translations)
    blocks = restorer.blocks(doc.content)
    meta = _metadata(front)
    lang = prepared.lang
    out = pf.Doc(*blocks, metadata=meta, format="markdown")
    if lang:
        out.metadata["lang"] = pf.MetaString(lang)
    for key, value in _known(prepared.metadata).items():
        if key not in out.metadata.content:
            out.metadata[key] = value
    if translations:
        maps = [{**_metadata(t["front"]), "lang": pf.MetaString(t["lang"] or "en")} for t in translations]
        out.metadata["translations"] = pf.MetaList(*[pf.MetaMap(**m) for m in maps])
    return out, restorer.numbers


def _known(metadata: dict[str, Any]) -> dict[str, Any]:
    """The metadata that the file carries for us; nothing when somebody spoiled it."""
    try:
        text = json.dumps({"pandoc-api-version": [1, 23], "meta": metadata, "blocks": []})
        return dict(pf.load(io.StringIO(text)).metadata.content)
    except Exception:  # whatever panflute makes of a broken value
        return {}


def _metadata(front: dict[str, list[Any]]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for key, found in front.items():
        if key in ("title", "subtitle"):
            joined = [
                i
                for number, inlines in enumerate(found)
                for i in ([pf.Space(), *inlines] if number else inlines)
            ]
            out[key] = pf.MetaInlines(*joined)
        elif key == "abstract":
            out[key] = pf.MetaBlocks(*[pf.Para(*inlines) for inlines in found])
        else:
            out[key] = pf.MetaList(*[pf.MetaInlines(*inlines) for inlines in found])
    return out
