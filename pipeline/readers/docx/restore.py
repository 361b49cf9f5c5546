"""Pandoc's reading of a Word file with our styles taken for what they mean.

Comes in: blocks in divisions that name their Word style (``docx+styles``). Goes out: the blocks of a master, the
front matter set aside. Styles it does not know are passed through as what Pandoc makes of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import panflute as pf

from pipeline.document import ast, word
from pipeline.readers.docx.lists import DEFINING, Blocks, Defining, tighten, tighten_lists
from pipeline.readers.docx.marking import END, NAME, NOTE
from pipeline.readers.docx.marks import (
    MARKS,
    bare_code,
    cut_at_marks,
    language_of_block,
    mark_in,
    mark_spans,
    merge,
    put_language_outside,
    without_empty,
)
from pipeline.readers.docx.notes import DROPPED, unmark_missing, with_captions, without_mark
from pipeline.readers.docx.numbers import QUOTED
from pipeline.readers.docx.prepare import HIDDEN, Prepared

EMPHASIS = {"emphasis", "han emphasis", "subtle emphasis", "intense emphasis"}
STRONG = {"strong"}
SPANS = {"missing", "keep", "marked"}
QUOTATIONS = {*QUOTED, word.ITEM_QUOTE.lower()}
CONTENTS = re.compile(r"(toc heading|toc \d|table of figures)", re.I)
BETWEEN_KEYWORDS = re.compile(r"[、；;，]|,\s")
KEYWORDS_LABEL = re.compile(r"^\s*(?:關鍵[詞字]|关键[词字]|[Kk]ey\s?[Ww]ords?)\s*[:：]\s*")
KINDS = {style.lower(): (key, False) for key, style in word.FRONT_STYLES.items()} | {
    style.lower(): (key, True) for key, style in word.TRANSLATION_STYLES.items()
}
MADE = {
    word.ABSTRACT_TITLE.lower(), word.TRANSLATED_ABSTRACT_TITLE.lower(), "abstracttitle",
    word.COLOPHON_TITLE.lower(), word.COLOPHON.lower(), word.COLOPHON_DESCRIPTION.lower(),
}  # fmt: skip


class Restorer:
    """Blocks and inlines from the outside in; front matter is set aside on the way."""

    def __init__(
        self, prepared: Prepared, front: dict[str, list[Any]], translations: list[dict[str, Any]]
    ) -> None:
        self._prepared, self._front, self._translations = prepared, front, translations
        # of each note in the master the file was made from, by the object; 0: not known
        self.numbers: dict[int, int] = {}
        self._number = 0  # of the next one that is called

    # --- blocks

    def blocks(self, blocks: Iterable[Any]) -> list[Any]:
        """The blocks of a text, a note, a cell: with lists."""
        out = Blocks()
        for block in self._restored(blocks):
            out.add(block)
        tighten_lists(out.made)
        return out.made

    def _restored(self, blocks: Iterable[Any]) -> list[Any]:
        """Blocks as they stand; those of lists have their marks still."""
        return [made for block in blocks for made in self._block(block)]

    def _block(self, block: Any) -> Iterator[Any]:
        match block:
            case pf.Div() if "custom-style" in block.attributes:
                yield from self._styled(block)
            case pf.Div() | pf.BlockQuote():
                inner = self._restored(block.content)
                if inner:
                    yield type(block)(*inner)
            case pf.Para() | pf.Plain():
                yield from self._paragraph(block)
            case pf.Header():
                name, inlines = mark_in(self.inlines(block.content), NAME)
                if inlines:
                    bare = (
                        inlines[0].content
                        if len(inlines) == 1 and isinstance(inlines[0], pf.Strong)
                        else inlines
                    )
                    yield pf.Header(*bare, level=min(block.level, 6), identifier=name)
            case pf.Table():
                yield self._table(block)
            case pf.Figure():
                yield from self._figure(block)
            case pf.CodeBlock():
                block.text = bare_code(block.text)
                yield block
            case pf.RawBlock():
                return
            case _:
                yield block

    def _styled(self, div: pf.Div) -> Iterator[Any]:
        name = div.attributes["custom-style"].removeprefix(HIDDEN).lower()
        if name in MADE or CONTENTS.fullmatch(name):
            return
        if name in KINDS:
            self._set_aside(*KINDS[name], div)
            return
        inner = self._restored(div.content)
        if name == word.BREAK.lower():
            yield pf.HorizontalRule()
        elif name in ("verse", "quoted verse"):
            for block in inner:
                verse = pf.LineBlock(*[pf.LineItem(*line) for line in _split(block.content, pf.LineBreak)])
                yield pf.BlockQuote(verse) if name == "quoted verse" else verse
        elif name in DEFINING:
            yield from (Defining(name, block) for block in inner)
        elif name in QUOTATIONS and not any(isinstance(b, pf.BlockQuote) for b in inner):
            yield from map(pf.BlockQuote, inner)
        else:
            yield from inner

    def _paragraph(self, block: Any) -> Iterator[Any]:
        lang, inlines = language_of_block(self.inlines(block.content))
        if not inlines:
            return
        made = type(block)(*inlines)
        yield pf.Div(made, attributes={"lang": lang}) if lang else made

    def _table(self, table: pf.Table) -> pf.Table:
        table.colspec = [(align, "ColWidthDefault") for align, _ in table.colspec]
        table.attributes.pop("custom-style", None)
        if table.caption and table.caption.content:
            table.caption.content = [pf.Plain(*i) for i in self._bare(table.caption.content)]
        rows = [
            *table.head.content,
            *(r for b in table.content for r in [*b.head, *b.content]),
            *table.foot.content,
        ]
        for cell in (cell for row in rows for cell in row.content):
            cell.content = tighten(self.blocks(cell.content))
            cell.alignment = "AlignDefault"
        for cell in (cell for row in table.head.content for cell in row.content):
            for block in cell.content:
                _unmark_bold(block)
        return table

    def _figure(self, figure: pf.Figure) -> Iterator[Any]:
        inner = self.blocks(figure.content)
        images = [
            b.content[0]
            for b in inner
            if len(getattr(b, "content", ())) == 1 and isinstance(b.content[0], pf.Image)
        ]
        captions = list(self._bare(figure.caption.content)) if figure.caption else []
        if not images:
            yield from inner
            return
        said = [i for inlines in captions for i in inlines]
        image = images[0]
        known = self._prepared.said.get(image.url, {})
        image.content = ast.duplicate(said)
        name = str(known.get("#", ""))
        yield pf.Figure(pf.Plain(image), caption=pf.Caption(pf.Plain(*said)), identifier=name)

    def _bare(self, blocks: Iterable[Any]) -> Iterator[list[Any]]:
        """The inlines of paragraphs, whatever divisions they stand in."""
        for block in self.blocks(blocks):
            if isinstance(block, pf.Div | pf.BlockQuote):
                yield from self._bare(block.content)
            elif hasattr(block, "content"):
                yield list(block.content)

    def _set_aside(self, key: str, translated: bool, div: pf.Div) -> None:
        """A paragraph of the front matter, into the metadata."""
        for block in div.content:
            lang, inlines = language_of_block(self.inlines(getattr(block, "content", ())))
            if not inlines:
                continue
            front = self._translation(key, lang) if translated else self._front
            if key == "keywords":
                front.setdefault(key, []).extend(_keywords(inlines))
            else:
                front.setdefault(key, []).append(inlines)

    def _translation(self, key: str, lang: str) -> dict[str, list[Any]]:
        """The front matter in another language that this paragraph belongs to: a title begins a new one."""
        last = self._translations[-1] if self._translations else None
        if (
            last is None
            or (lang and last["lang"] and lang != last["lang"])
            or (key == "title" and last["front"])
        ):
            last = {"lang": lang, "front": {}}
            self._translations.append(last)
        last["lang"] = last["lang"] or lang
        front: dict[str, list[Any]] = last["front"]
        return front

    # --- inlines

    def inlines(self, inlines: Iterable[Any]) -> list[Any]:
        """Inlines with our marks and styles taken for what they mean."""
        made = [m for inline in inlines for m in self._inline(inline)]
        return without_empty(merge([put_language_outside(i) for i in merge(mark_spans(made))]))

    def _inline(self, inline: Any) -> Iterator[Any]:
        match inline:
            case pf.Str() if MARKS.search(inline.text):
                for part in cut_at_marks(inline.text):
                    if isinstance(part, pf.Str) and part.text.startswith(NOTE):
                        self._number = int(bytes.fromhex(part.text.strip(NOTE + END)))
                    else:
                        yield part
            case pf.Span():
                yield from self._span(inline)
            case pf.Note():
                yield self._note(inline)
            case pf.Image():
                yield self._image(inline)
            case pf.Code():
                inline.text = bare_code(inline.text)
                yield inline
            case pf.RawInline():
                return
            case _:
                if hasattr(inline, "content"):  # emphasis, links, raised text and the like
                    inline.content = self.inlines(inline.content)
                yield inline

    def _note(self, note: pf.Note) -> pf.Note:
        number, self._number = self._number, 0
        blocks = self.blocks(with_captions(without_mark(note.content)))
        if ast.plain(blocks) not in self._prepared.lacking:
            unmark_missing(blocks)  # somebody wrote the note
        restored = pf.Note(*blocks)
        self.numbers[id(restored)] = number
        return restored

    def _image(self, image: pf.Image) -> pf.Image:
        image.url = self._prepared.pictures.get(image.url, image.url)
        said = self._prepared.said.get(image.url)
        image.attributes.clear()
        image.attributes.update({k: str(v) for k, v in (said or {}).items() if k != "#"})
        image.title = ""
        return image

    def _span(self, span: pf.Span) -> Iterator[Any]:
        name = span.attributes.get("custom-style", "").lower()
        if name in DROPPED:
            return
        inner = self.inlines(span.content) if name in (*EMPHASIS, *STRONG, *SPANS) else []
        if name in EMPHASIS:
            yield pf.Emph(*inner)
        elif name in STRONG:
            yield pf.Strong(*inner)
        elif name == "marked":
            said = self._prepared.marks.get(ast.plain(pf.Span(*inner)), {})
            attributes = {k: str(v) for k, v in said.items() if k != "class"}
            yield pf.Span(*inner, classes=str(said.get("class", "")).split(), attributes=attributes)
        elif name in SPANS:
            yield pf.Span(*inner, classes=[name])
        elif name == "verbatim char":
            yield pf.Code(bare_code(ast.plain(span)))
        else:
            yield from (m for inline in span.content for m in self._inline(inline))


def _unmark_bold(block: Any) -> None:
    """Heads of tables are bold by themselves: LibreOffice says so of each of their runs."""
    inner = list(getattr(block, "content", ()))
    silent = [i for i in inner if isinstance(i, pf.Note) or (isinstance(i, pf.Span) and "page" in i.classes)]
    if len(silent) < len(inner) and all(isinstance(i, pf.Strong) or i in silent for i in inner):
        block.content = merge([m for i in inner for m in (i.content if isinstance(i, pf.Strong) else [i])])


def _split(inlines: Iterable[Any], kind: type) -> list[list[Any]]:
    out: list[list[Any]] = [[]]
    for inline in inlines:
        if isinstance(inline, kind):
            out.append([])
        else:
            out[-1].append(inline)
    return out


def _keywords(inlines: list[Any]) -> Iterator[list[Any]]:
    """The keywords of a line, without the word that opens it."""
    text = KEYWORDS_LABEL.sub("", ast.plain(pf.Plain(*inlines)))
    for word_ in BETWEEN_KEYWORDS.split(text):
        if word_.strip():
            yield [pf.Str(word_.strip())]
