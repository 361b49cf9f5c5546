"""A Pandoc document as paragraphs of text cells: the whole text of a paragraph, whatever its inlines.

A paragraph's text is that of its ``Str`` elements, one after the other. Note calls, page starts, code,
links' targets and foreign text are not in it, so they never split a phrase; a note's own paragraphs are
paragraphs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import panflute as pf

from pipeline.document.places import Places
from pipeline.hanzi.passage import Passage
from pipeline.hanzi.variants import choose_text

# A URL or e-mail address inside a text: nothing to convert, nothing to punctuate.
ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[!-~]+|[\w.+-]+@[A-Za-z0-9.-]+", re.ASCII)
OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"
UNTOUCHED = {"lang", "form", "date", "identifier", "id", "cover"}  # metadata that is no text


@dataclass
class Paragraph:
    """A passage, the text elements that it came from, and its spans that give each script its own text."""

    passage: Passage
    runs: list[tuple[Any, int, int]] = field(default_factory=list)
    variants: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    spaces: list[tuple[Any, int]] = field(default_factory=list)

    def lay_back(self) -> None:
        """Writes the converted cells into the elements the text came from.

        A space that a ``-{…}-`` swallowed becomes an empty text, so that the inlines stay where they were.
        """
        for run, start, end in self.runs:
            run.text = "".join(self.passage.cells[start:end])
        for space, at in self.spaces:
            if not self.passage.cells[at]:
                space.container[space.index] = pf.Str("")


def show_variants(paragraphs: Sequence[Paragraph], variant: str) -> None:
    """Gives each ``.variant`` span the text of the edition's variant; it is final."""
    for paragraph in paragraphs:
        for start, end, texts in paragraph.variants:
            shown = choose_text(texts, variant)
            if shown is not None and end > start:
                paragraph.passage.show(start, end, shown)


def find_paragraphs(doc: pf.Doc, master: str = "") -> Iterator[Paragraph]:
    """All paragraphs of a document: metadata first, then the text, each note after the paragraph that calls it.

    With the ``master`` it was read from, a paragraph knows its line.
    """
    places = Places(master)
    for paragraph in _paragraphs(doc):
        runs = [run.text for run, *_ in paragraph.runs]
        paragraph.passage.line = places.line(runs, in_order=paragraph.passage.flow == "text")
        yield paragraph


def _paragraphs(doc: pf.Doc) -> Iterator[Paragraph]:
    for key, value in doc.metadata.content.items():
        if key not in UNTOUCHED:
            yield from _meta(value, key)
    for number, block in enumerate(doc.content, 1):
        yield from _block(block, f"block {number}", "text", False)


def _meta(value: Any, where: str) -> Iterator[Paragraph]:
    match value:
        case pf.MetaMap():
            foreign = _is_foreign(_lang(value))
            for key, inner in value.content.items():
                if key not in UNTOUCHED and not foreign:
                    yield from _meta(inner, f"{where}, {key}")
        case pf.MetaList():
            for inner in value.content:
                yield from _meta(inner, where)
        case pf.MetaInlines():
            yield from _inlines(list(value.content), where, where, False)
        case pf.MetaBlocks():
            for block in value.content:
                yield from _block(block, where, where, False)
        case pf.MetaString() if value.text:
            yield Paragraph(Passage(value.text, where, where), [(value, 0, len(value.text))])


def _lang(meta: pf.MetaMap) -> str:
    value = meta.content.get("lang")
    return "" if value is None else str(pf.stringify(value))


def _block(block: Any, where: str, flow: str, kept: bool) -> Iterator[Paragraph]:
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
        yield from _inlines(list(block.term), where, flow, kept)
        parts = list(block.definitions)
    else:
        parts = list(getattr(block, "content", None) or ())
    if isinstance(block, pf.TableCell | pf.Caption | pf.BlockQuote):
        flow = f"{where}, {block.tag} {id(block)}"  # what is quoted in it ends in it
    if parts and all(isinstance(part, pf.Inline) for part in parts):
        yield from _inlines(parts, where, flow, kept)
        return
    for part in parts:
        yield from _block(part, where, flow, kept)


def _inlines(inlines: list[Any], where: str, flow: str, kept: bool) -> Iterator[Paragraph]:
    collected = _Collected()
    for inline in inlines:
        collected.take(inline, kept)
    if collected.runs:
        passage = Passage(collected.text, where, flow, collected.kept)
        yield Paragraph(passage, collected.runs, collected.variants, collected.spaces)
    for note, inside in collected.notes:
        for block in note.content:
            yield from _block(block, f"{where}, note", f"note {id(note)}", inside)


@dataclass
class _Collected:
    """The text of a paragraph's inlines so far."""

    text: str = ""
    runs: list[tuple[Any, int, int]] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    variants: list[tuple[int, int, dict[str, str]]] = field(default_factory=list)
    notes: list[tuple[pf.Note, bool]] = field(default_factory=list)
    spaces: list[tuple[Any, int]] = field(default_factory=list)

    def take(self, inline: Any, kept: bool) -> None:
        """Adds an inline and what is in it."""
        match inline:
            case pf.Str():
                start = len(self.text)
                self.text += inline.text
                self.runs.append((inline, start, len(self.text)))
                if kept:
                    self.kept.append((start, len(self.text)))
                else:
                    self.kept += [(start + m.start(), start + m.end()) for m in ADDRESS.finditer(inline.text)]
            case pf.Space() | pf.SoftBreak() | pf.LineBreak():
                self.spaces.append((inline, len(self.text)))
                self.text += " "
            case pf.Note():
                self.notes.append((inline, kept))
            case pf.Code() | pf.Math() | pf.RawInline():
                self.text += OBJECT
            case _:
                start = len(self.text)
                for child in getattr(inline, "content", None) or ():
                    self.take(child, kept or _is_kept(inline))
                if "variant" in getattr(inline, "classes", ()):
                    texts = {key.lower(): value for key, value in inline.attributes.items()}
                    self.variants.append((start, len(self.text), texts))


def _is_kept(element: Any) -> bool:
    """Whether a person protected it with the class ``keep``, or it is in a language other than Chinese."""
    classes = getattr(element, "classes", ())
    if "keep" in classes or (isinstance(element, pf.Link) and {"uri", "email"} & set(classes)):
        return True
    return _is_foreign(getattr(element, "attributes", {}).get("lang", ""))


def _is_foreign(lang: str) -> bool:
    return bool(lang) and not lang.lower().startswith("zh")
