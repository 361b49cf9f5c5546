"""A Pandoc document as paragraphs of text cells: the whole text of a paragraph, whatever its inlines.

A paragraph's text is that of its ``Str`` elements, one after the other. Note calls, page starts, code,
links' targets and foreign text are not in it, so they never split a phrase; a note's own paragraphs are
paragraphs of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import panflute as pf


@dataclass
class Paragraph:
    """The text elements of one paragraph; ``kept`` are the spans of its text that stay as they are."""

    where: str
    runs: list[Any] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.texts)

    def add(self, run: Any, text: str, kept: bool) -> None:
        """Takes in a run; a space has the text of a space and no element to write to."""
        if kept:
            start = sum(map(len, self.texts))
            self.kept.append((start, start + len(text)))
        self.runs.append(run)
        self.texts.append(text)

    def lay_back(self, cells: list[str]) -> None:
        """Writes the converted cells into the elements the text came from."""
        at = 0
        for run, text in zip(self.runs, self.texts, strict=True):
            if run is not None:
                run.text = "".join(cells[at : at + len(text)])
            at += len(text)


def find_paragraphs(doc: pf.Doc) -> Iterator[Paragraph]:
    """All paragraphs of a document: metadata first, then the text, each note after the paragraph that calls it."""
    for key, value in doc.metadata.content.items():
        if key not in {"lang", "form", "date", "identifier"}:
            yield from _meta(value, key)
    for number, block in enumerate(doc.content, 1):
        yield from _block(block, f"block {number}", False)


def _meta(value: Any, where: str) -> Iterator[Paragraph]:
    match value:
        case pf.MetaMap():
            for key, inner in value.content.items():
                if key not in {"lang", "id"}:
                    yield from _meta(inner, f"{where}.{key}")
        case pf.MetaList():
            for inner in value.content:
                yield from _meta(inner, where)
        case pf.MetaInlines():
            yield from _inlines(list(value.content), where, False)
        case pf.MetaBlocks():
            for block in value.content:
                yield from _block(block, where, False)
        case pf.MetaString():
            paragraph = Paragraph(where)
            paragraph.add(value, value.text, False)
            yield paragraph


def _block(block: Any, where: str, kept: bool) -> Iterator[Paragraph]:
    if isinstance(block, pf.CodeBlock | pf.RawBlock | pf.HorizontalRule):
        return
    kept = kept or _is_kept(block)
    if isinstance(block, pf.Table):
        parts = [block.caption, block.head, *block.content, block.foot]
    elif isinstance(block, pf.TableBody):
        parts = [*block.head, *block.content]
    elif isinstance(block, pf.Figure):
        parts = [*block.content, block.caption]
    elif isinstance(block, pf.DefinitionItem):
        yield from _inlines(list(block.term), where, kept)
        parts = list(block.definitions)
    else:
        parts = list(getattr(block, "content", ()))
    if parts and all(isinstance(part, pf.Inline) for part in parts):
        yield from _inlines(parts, where, kept)
        return
    for part in parts:
        yield from _block(part, where, kept)


def _inlines(inlines: list[Any], where: str, kept: bool) -> Iterator[Paragraph]:
    paragraph = Paragraph(where)
    notes: list[tuple[pf.Note, bool]] = []
    for inline in inlines:
        _collect(inline, paragraph, notes, kept)
    if paragraph.runs:
        yield paragraph
    for note, inside in notes:
        for block in note.content:
            yield from _block(block, where, inside)


def _collect(inline: Any, paragraph: Paragraph, notes: list[tuple[pf.Note, bool]], kept: bool) -> None:
    match inline:
        case pf.Str():
            paragraph.add(inline, inline.text, kept)
        case pf.Space() | pf.SoftBreak() | pf.LineBreak():
            paragraph.add(None, " ", kept)
        case pf.Note():
            notes.append((inline, kept))
        case pf.Code() | pf.Math() | pf.RawInline():
            paragraph.add(None, "\N{OBJECT REPLACEMENT CHARACTER}", True)
        case _:
            inside = kept or _is_kept(inline)
            for child in getattr(inline, "content", ()):
                _collect(child, paragraph, notes, inside)


def _is_kept(element: Any) -> bool:
    """Whether a person protected it with the class ``keep``, or it is in a language other than Chinese."""
    if "keep" in getattr(element, "classes", ()):
        return True
    lang = getattr(element, "attributes", {}).get("lang", "")
    return bool(lang) and not lang.lower().startswith("zh")
