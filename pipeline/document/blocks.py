"""A document back as a manuscript, so that what a person did elsewhere becomes a master like any other.

Comes in: a ``panflute.Doc`` (a corrected Word file, any format Pandoc reads). Goes out: a ``Manuscript`` that
``write_master`` writes in the very form the recovery gives a master, so a diff of two masters shows what
changed in the text and nothing else. What a master has no words for goes through Pandoc's own writer.
Notes are numbered from 1 in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import panflute as pf
import yaml

from pipeline.document import ast
from pipeline.document.inlines import NOWHERE, markup, to_text
from pipeline.document.manuscript import Block, BlockKind, Front, Manuscript, NoteBody
from pipeline.document.markdown import write_inline
from pipeline.document.master import (
    DEEPER,
    MASTER_FORMAT,
    MISSING_NOTE,
    write_master,
    write_note,
    write_text,
)
from pipeline.document.traced import Piece, Traced
from pipeline.programs import pandoc

WRITTEN = (*ast.FRONT_KEYS, "lang", "form", "translations")


def to_manuscript(doc: pf.Doc, labels: Mapping[int, str] | None = None) -> Manuscript:
    """The document as a manuscript without a source: its spans say nothing, its text and order everything.

    ``labels`` name its notes, by the object; without them they are numbered from 1.
    """
    if labels is None:
        labels = {id(note): str(number) for number, note in enumerate(ast.notes(doc), 1)}
    writer = _Writer(labels)
    meta = doc.metadata.content
    lang = ast.meta_text(doc, "lang")
    fronts = [writer.front(meta, lang)]
    translations = meta.get("translations")
    for item in translations.content if isinstance(translations, pf.MetaList) else ():
        if isinstance(item, pf.MetaMap):
            fronts.append(writer.front(item.content, ast.plain(item.content.get("lang"))))
    notes = tuple(writer.note(note) for note in ast.notes(doc))
    return Manuscript(
        source_text="",
        form=ast.meta_text(doc, "form"),
        lang=lang,
        fronts=tuple(fronts),
        blocks=tuple(writer.blocks(doc.content)),
        notes=notes,
    )


def write_document(doc: pf.Doc, missing_note: str = MISSING_NOTE) -> str:
    """The document as a master, with what its metadata says beside the front matter."""
    master = write_master(to_manuscript(doc), missing_note)
    other = {k: _plain_value(v) for k, v in doc.metadata.content.items() if k not in WRITTEN}
    if not other:
        return master
    lines = yaml.safe_dump(other, allow_unicode=True, sort_keys=False, width=1_000_000)
    return master.replace("\n---\n", f"\n{lines}---\n", 1)


def write_blocks(blocks: Iterable[Any], labels: Mapping[int, str]) -> str:
    """Blocks as they stand in a master. ``labels`` name their notes, by the object."""
    manuscript = Manuscript("", "", "", blocks=tuple(_Writer(labels).blocks(blocks)))
    return write_text(manuscript)


def write_body(note: pf.Note, label: str) -> str:
    """A note's body as it stands at the end of a master."""
    return write_note(_Writer({id(note): label}).note(note), MISSING_NOTE)


def _plain_value(value: Any) -> Any:
    """A metadata value as YAML holds it; texts as Markdown."""
    match value:
        case pf.MetaMap():
            return {k: _plain_value(v) for k, v in value.content.items()}
        case pf.MetaList():
            return [_plain_value(v) for v in value.content]
        case pf.MetaBool():
            return value.boolean
        case pf.MetaInlines():
            return write_inline(to_text(value.content, {}))
        case pf.MetaBlocks():
            paragraphs = (getattr(b, "content", ()) for b in value.content)
            return "\n\n".join(write_inline(to_text(p, {})) for p in paragraphs)
        case _:
            return ast.plain(value)


class _Writer:
    """Front matter, notes and blocks, with the labels of the notes met in them."""

    def __init__(self, labels: Mapping[int, str]) -> None:
        self._labels = labels

    def _text(self, inlines: Iterable[Any]) -> Traced:
        return to_text(inlines, self._labels)

    def _line(self, inlines: list[Any], lang: str | None) -> Block:
        """A line of a block of lines; for the spaces before it Pandoc has others, which never break."""
        level = 0
        if inlines and isinstance(inlines[0], pf.Str):
            text = inlines[0].text
            level = (len(text) - len(text.lstrip("\N{NO-BREAK SPACE}"))) // len(DEEPER)
            inlines[0] = pf.Str(text[level * len(DEEPER) :])
        return Block(BlockKind.LINE, self._text(inlines), level, lang=lang)

    # --- front matter and notes

    def front(self, meta: Any, lang: str) -> Front:
        texts = {key: tuple(self._meta(meta.get(key))) for key in ast.FRONT_KEYS}
        return Front(
            lang=lang,
            title=Traced.joined(texts["title"][:1]),
            subtitle=Traced.joined(texts["subtitle"][:1]),
            authors=texts["author"],
            affiliation=texts["affiliation"],
            abstract=texts["abstract"],
            keywords=texts["keywords"],
            masthead=texts["masthead"],
        )

    def _meta(self, value: Any) -> Iterator[Traced]:
        match value:
            case None:
                return
            case pf.MetaList():
                for item in value.content:
                    yield from self._meta(item)
            case pf.MetaInlines():
                yield self._text(value.content)
            case pf.MetaBlocks():
                for block in value.content:
                    yield self._text(getattr(block, "content", ()))
            case _:
                yield Traced((Piece(ast.plain(value), NOWHERE),))

    def note(self, note: pf.Note) -> NoteBody:
        blocks = tuple(self.blocks(note.content))
        missing = ast.is_missing(note)
        if missing and len(blocks) == 1:
            blocks = ()
        return NoteBody(self._labels.get(id(note), ""), blocks, missing)

    # --- blocks

    def blocks(self, blocks: Iterable[Any], lang: str | None = None) -> Iterator[Block]:
        for block in blocks:
            yield from self._block(block, lang)

    def _block(self, block: Any, lang: str | None) -> Iterator[Block]:
        match block:
            case pf.Para() | pf.Plain():
                if content := self._text(block.content):
                    yield Block(BlockKind.PARAGRAPH, content, lang=lang)
            case pf.Header():
                yield self._heading(block, lang)
            case pf.HorizontalRule():
                yield Block(BlockKind.BREAK, lang=lang)
            case pf.LineBlock():
                for item in block.content:
                    yield self._line(list(item.content), lang)
            case pf.BlockQuote() if all(isinstance(b, pf.Para | pf.Plain) for b in block.content):
                for paragraph in block.content:
                    yield Block(BlockKind.QUOTE, self._text(paragraph.content), lang=lang)
            case pf.BulletList() | pf.OrderedList() if _is_plain_list(block):
                yield from self._items(block, 0, lang)
            case pf.Table() if _is_plain_table(block):
                yield self._table(block, lang)
            case pf.Figure() if (image := _only_image(block)) is not None:
                caption = [i for b in block.caption.content for i in getattr(b, "content", ())]
                yield Block(
                    BlockKind.FIGURE,
                    self._text(caption or image.content),
                    marker=image.url,
                    lang=lang,
                )
            case pf.CodeBlock() if not (block.identifier or block.classes or block.attributes):
                yield Block(BlockKind.RAW, Traced((markup(_fenced(block)),)), lang=lang)
            case pf.Div() if set(block.attributes) <= {"lang"} and not block.classes and not block.identifier:
                yield from self.blocks(block.content, block.attributes.get("lang", lang))
            case _:
                if written := self._raw(block):
                    yield Block(BlockKind.RAW, Traced((markup(written),)), lang=lang)

    def _heading(self, heading: pf.Header, lang: str | None) -> Block:
        content = self._text(heading.content)
        if not is_given(heading):
            return Block(BlockKind.HEADING, content, heading.level, lang=lang)
        text = write_inline(content, start=False).replace("\\\n", " ")
        raw = f"{'#' * heading.level} {text} {{#{heading.identifier}}}"
        return Block(BlockKind.RAW, Traced((markup(raw),)), lang=lang)

    def _items(self, block: Any, level: int, lang: str | None) -> Iterator[Block]:
        number = block.start if isinstance(block, pf.OrderedList) else 0
        for item in block.content:
            marker = f"{number}." if isinstance(block, pf.OrderedList) else "-"
            number += 1
            first, *inner = list(item.content)
            yield Block(BlockKind.ITEM, self._text(first.content), level, marker, lang=lang)
            for below in inner:
                yield from self._items(below, level + 1, lang)

    def _table(self, table: pf.Table, lang: str | None) -> Block:
        rows = [*table.head.content, *(row for body in table.content for row in [*body.head, *body.content])]
        cells = tuple(
            tuple(
                self._text(cell.content[0].content) if len(cell.content) else Traced() for cell in row.content
            )
            for row in [*rows, *table.foot.content]
        )
        caption = [
            i for b in (table.caption.content if table.caption else ()) for i in getattr(b, "content", ())
        ]
        return Block(BlockKind.TABLE, self._text(caption), rows=cells, lang=lang)

    def _raw(self, block: Any) -> str:
        """A block as Pandoc writes it, its notes as calls."""
        copy = ast.duplicate(block)
        pairs = zip(ast.notes_in(block), ast.notes_in(copy), strict=True)
        labels = {id(theirs): self._labels.get(id(ours), "") for ours, theirs in pairs}

        def call(e: pf.Element, _: pf.Doc | None) -> Any:
            if not isinstance(e, pf.Note):
                return None
            return pf.RawInline(f"[^{labels[id(e)]}]", format="markdown") if id(e) in labels else []

        doc = pf.Doc(copy.walk(call) if not isinstance(copy, pf.Note) else copy)
        target = MASTER_FORMAT.replace("-raw_attribute", "") + "-simple_tables-multiline_tables"
        return pandoc.write(ast.dump(doc), target).decode("utf-8").strip("\n")


def _fenced(code: pf.CodeBlock) -> str:
    """Code between fences: an indented one would belong to the list or the note that it stands behind."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", code.text)), 0)
    return f"{fence}\n{code.text}\n{fence}"


def is_given(heading: pf.Header) -> bool:
    """Whether a heading's identifier was written by a person: Pandoc makes the others of the heading's words."""
    made = re.sub(r"[^a-z0-9_.-]+", "-", ast.plain(heading).lower()).strip("-")
    name = heading.identifier
    return name.isascii() and re.sub(r"-\d+$", "", name) not in ("", made, "section")


def _is_plain_list(block: Any) -> bool:
    """A list each of whose items is one paragraph with at most lists below it, numbered 1. 2. 3."""
    if isinstance(block, pf.OrderedList) and block.style not in ("Decimal", "DefaultStyle"):
        return False
    for item in block.content:
        first, *inner = list(item.content) or [None]
        if not isinstance(first, pf.Plain | pf.Para) or not first.content:
            return False
        if not all(isinstance(b, pf.BulletList | pf.OrderedList) and _is_plain_list(b) for b in inner):
            return False
    return True


def _is_plain_table(table: pf.Table) -> bool:
    """A table that bars can draw: a head of one row, cells of one paragraph, no spans, no alignment."""
    rows = [*table.head.content, *(row for body in table.content for row in [*body.head, *body.content])]
    rows += list(table.foot.content)
    cells = [cell for row in rows for cell in row.content]
    return (
        len(table.head.content) == 1
        and all(cell.rowspan == 1 and cell.colspan == 1 and len(cell.content) <= 1 for cell in cells)
        and all(isinstance(b, pf.Plain | pf.Para) for cell in cells for b in cell.content)
        and all(align == "AlignDefault" for align, _ in table.colspec)
    )


def _only_image(figure: pf.Figure) -> pf.Image | None:
    """The picture of a figure that holds nothing else and says nothing else."""
    if len(figure.content) == 1 and isinstance(figure.content[0], pf.Plain | pf.Para):
        inner = list(figure.content[0].content)
        if len(inner) == 1 and isinstance(inner[0], pf.Image) and not figure.identifier:
            image = inner[0]
            said = {"alt"} if image.attributes.get("alt") in (None, ast.plain(image)) else set()
            if set(image.attributes) <= said and not image.title:
                return image
    return None
