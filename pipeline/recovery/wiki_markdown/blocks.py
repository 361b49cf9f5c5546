"""Which chunk of an article becomes which block?

Comes in: an article with its chunks. Goes out: drafts of its blocks, its title, what goes away with them, findings. Refused:
a table that cannot be read; it stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document.manuscript import BlockKind, Finding
from pipeline.document.traced import Edit, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.markdown.drafts import Draft
from pipeline.recovery.markdown.tables import own_caption, read_pipe_table
from pipeline.recovery.wiki_markdown.article import Article
from pipeline.recovery.wiki_markdown.chunks import FORMULA_ALONE
from pipeline.recovery.wiki_markdown.cuts.plain_page import is_section
from pipeline.recovery.wiki_markdown.quotes import goes_on, line_end, text_end
from pipeline.recovery.wiki_markdown.sections import OF_NOTES, without_empty_sections
from pipeline.recovery.wiki_markdown.seen import is_empty, is_lost, taken_back
from pipeline.recovery.wiki_markdown.tables.drawn import read_drawn_table
from pipeline.recovery.wiki_markdown.tables.html import read_table, without_empty_cells, without_lone_bars
from pipeline.recovery.wiki_markdown.tables.wikitext import read_wikitext_table
from pipeline.recovery.wiki_markdown.titles import find_title
from pipeline.recovery.wiki_markdown.verse import find_verse, with_lines

_HEADING_LEFT = re.compile(  # of wikitext, that stood at no line's beginning
    r"\\?(?P<signs>={2,4})[ \t]*(?P<name>[^=\n\\\[\]]{1,30}?)[ \t]*\\?(?P=signs)(?:[ \t]+|$)", re.MULTILINE
)
_OF_TERM = r";(?=[\[*\u3400-\u9fff《「『“（])"
_INDENT = re.compile(
    r"(?P<depth>:{1,4})(?:[ \t]{1,3}(?=\S)|(?=[「『“《〈（])|(?P<bullet>\\\*[ \t]*|\*[ \t]+)(?=\S))"
    rf"|{_OF_TERM}"
)  # wikitext's
_TERM = re.compile(rf"(?:\A|(?<=[\n。！？」』”）)\]]\n)){_OF_TERM}[^\n]*\n?")
_KINDS = {
    ChunkKind.HEADING: BlockKind.HEADING,
    ChunkKind.ITEM: BlockKind.ITEM,
    ChunkKind.FIGURE: BlockKind.FIGURE,
}
_FENCED_FORMULA = re.compile(
    r"(?P<open>[ \t]*```+[ \t]*math[ \t]*\n)(?P<tex>[^`]+?)(?P<close>\s*\n[ \t]*```+[ \t]*)"
)
_NUMBER = re.compile(r"([0-9]{1,3})\.")
_SAID_BEHIND = re.compile(r"[ \t]+(?=[\u3400-\u9fff])")
_CAPTION_MARK = re.compile(r"[ ]{0,4}:[ ](?=\S)")  # of a table above, as Pandoc sets it
_QUOTE_TAG = re.compile(r"</?blockquote\b", re.IGNORECASE)


@dataclass
class Blocks:
    """The article's blocks, as far as they are read."""

    drafts: list[Draft] = field(default_factory=list)
    removed: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    title: Traced = field(default_factory=Traced)


def read_blocks(article: Article) -> Blocks:
    """The blocks of an article, in order."""
    reader = _Reader(article)
    reader.read()
    return reader


def _beginnings(plain: str, start: int, end: int) -> Iterator[int]:
    """Where in a paragraph verse between tags begins, a term of wikitext, what stands below it, or behind a formula."""
    formula = FORMULA_ALONE.match(plain, start - 1, end)
    if formula and (behind := _SAID_BEHIND.match(plain, formula.end(), end)):
        yield behind.end()
    verse = start
    while (verse := plain.find("<poem>", verse, end)) >= 0:
        yield verse
        verse += 1
    for term in _TERM.finditer(plain, start - 1, end) if plain.find(";", start - 1, end) >= 0 else ():
        yield from (at for at in term.span() if start <= at < end)


class _Reader(Blocks):
    """Walks the chunks once."""

    def __init__(self, article: Article) -> None:
        super().__init__()
        self.article = article
        self.source, self.plain, self.cuts = article.source, article.plain, article.cuts
        self.chunks, self.inline = article.chunks, article.inline
        self._quoting = False  # between the tags of a quotation
        self._verse = find_verse(article.source)

    def read(self) -> None:
        named = find_title(self.chunks, self.plain, self.source)
        self.title = self.inline.read(*named.title) if named.title else Traced()
        for span in named.around:
            self._remove(span.start, span.end, "L213", "line that names the source")
        tables = list(reversed(self.cuts.tables))
        for i, chunk in enumerate(self.chunks[named.first :], named.first):
            while tables and tables[-1].start < chunk.start:
                self._wikitext_table(tables.pop())
            self._chunk(i, chunk)
        while tables:
            self._wikitext_table(tables.pop())
        self._drop_empty_sections()

    def _chunk(self, i: int, chunk: Chunk) -> None:
        match chunk.kind:
            case ChunkKind.RULE:
                self._remove(chunk.start, chunk.end, "L110", "rule")
            case ChunkKind.TABLE if chunk.marker:
                self._drawn_table(chunk)
            case ChunkKind.TABLE:
                rows = read_pipe_table(without_lone_bars(self.source, chunk), chunk, self.inline)
                self._table([Draft(BlockKind.TABLE, [], rows=rows)] if rows else [], chunk)
            case ChunkKind.HTML_TABLE:
                drafts: Sequence[Draft] = read_table(self.article.alone, chunk, self.article.cell_inline)
                if drafts and drafts[0].kind is BlockKind.TABLE and drafts[0].parts:
                    drafts = self._with_a_caption_said_once(drafts, chunk)
                self._table(drafts, chunk)
            case ChunkKind.CODE if formula := _FENCED_FORMULA.fullmatch(self.source, chunk.start, chunk.end):
                self._add(BlockKind.PARAGRAPH, self.inline.displayed(formula))
            case ChunkKind.CODE:
                self._raw(chunk)
            case ChunkKind.TEXT if self._heads_notes(chunk):
                self._remove(chunk.start, chunk.end, "L215", "heading of the notes, which are notes now")
            case ChunkKind.TEXT if self.article.names_sections and is_section(
                self.source, chunk.inner, chunk.tail
            ):
                self._add(BlockKind.HEADING, self._text(chunk), 2)
            case ChunkKind.TEXT:
                self._paragraph(i, chunk)
            case ChunkKind.QUOTE:
                self._quote(i, chunk)
            case _:
                self._as_block(chunk)

    def _as_block(self, chunk: Chunk) -> None:
        """A heading, an item, a picture: what says nothing is taken away."""
        if chunk.kind is ChunkKind.FIGURE and "/math/render/" in chunk.marker:
            self._add(BlockKind.PARAGRAPH, self._text(replace(chunk, tail=chunk.end), chunk.start))
            return
        text = self._text(chunk)
        says_nothing = is_lost(text) if chunk.kind is ChunkKind.ITEM else is_empty(text)
        if says_nothing and chunk.kind is not ChunkKind.FIGURE:
            self.removed += taken_back(text)
        else:
            self._add(_KINDS.get(chunk.kind, BlockKind.PARAGRAPH), text, chunk.level, chunk.marker)

    def _heads_notes(self, chunk: Chunk) -> bool:
        """Whether a line that is no heading by its marks says what the list of bodies below it is."""
        below = [span.start for span in self.article.notes.lists if span.start >= chunk.end]
        is_above = bool(below) and not self.plain[chunk.end : min(below)].strip()
        name = self.plain[chunk.inner : chunk.tail].strip(" *_：:")
        return is_above and OF_NOTES.match(name) is not None

    def _text(self, chunk: Chunk, start: int | None = None, end: int | None = None) -> Traced:
        begin = self.cuts.behind(chunk.inner if start is None else start)
        return self.inline.read(begin, chunk.tail if end is None else end)

    def _add(self, kind: BlockKind, text: Traced, level: int = 0, marker: str = "", last: int = -1) -> None:
        self.drafts.append(Draft(kind, [text], level, marker, last=last))

    def _paragraph(self, i: int, chunk: Chunk) -> None:
        for part in self._parts(chunk):
            at = part.inner
            while heading := _HEADING_LEFT.match(self.plain, at, part.tail):
                self._add(BlockKind.HEADING, self.inline.read(*heading.span("name")), len(heading["signs"]))
                at = heading.end()
            if at < part.tail:
                self._prose(i, part if at == part.inner else replace(part, start=at, inner=at))

    def _parts(self, chunk: Chunk) -> Iterator[Chunk]:
        """The chunk, with verse between tags and terms of wikitext as parts of their own."""
        plain, begin = self.plain, chunk.inner
        for at in sorted({*_beginnings(plain, chunk.inner + 1, chunk.tail)}):
            tail = begin + len(plain[begin:at].rstrip())
            yield replace(chunk, start=max(chunk.start, begin), inner=begin, end=at, tail=tail)
            begin = at
        yield chunk if begin == chunk.inner else replace(chunk, start=begin, inner=begin)

    def _prose(self, i: int, chunk: Chunk) -> None:
        below_table = self.drafts and i and self.chunks[i - 1].kind is ChunkKind.TABLE
        mark = _CAPTION_MARK.match(self.plain, chunk.start) if below_table else None
        if mark is not None and not self.drafts[-1].parts:
            self.drafts[-1] = replace(self.drafts[-1], parts=[self._text(chunk, mark.end())])
            return
        indent = _INDENT.match(self.plain, chunk.inner, chunk.tail)
        if indent and indent["bullet"]:
            self._add(BlockKind.ITEM, self._text(chunk, indent.end()), 4 * len(indent["depth"]), "-")
            return
        text = self._text(chunk, indent.end() if indent else chunk.inner)
        if any(verse.start <= chunk.inner < verse.end for verse in self._verse):
            text = with_lines(text)
        tags = [m.group().lower() for m in _QUOTE_TAG.finditer(self.plain, chunk.inner, chunk.tail)]
        kind = BlockKind.QUOTE if self._quoting or (tags and tags[0][1] != "/") else BlockKind.PARAGRAPH
        if tags:
            self._quoting = tags[-1][1] != "/"
        is_item = self._is_next_item(chunk)
        if is_item or (is_lost(text) and not any(p.kind is PieceKind.CALL for p in text.pieces)):
            if not is_empty(text):
                what, marks = ("an item", "number") if is_item else ("a paragraph", "marks")
                message = f"{what} has lost all words. Add them, or take its {marks} away."
                self.findings.append(Finding("L229", message, Span(chunk.inner, chunk.tail)))
            self.removed += taken_back(
                text, "" if is_empty(text) else "paragraph of which only marks are left"
            )
        else:
            self._add(kind, text, last=i)

    def _is_next_item(self, chunk: Chunk) -> bool:
        """Whether a number that counts on from the list above stands there alone."""
        number = _NUMBER.fullmatch(self.plain, chunk.inner, chunk.tail)
        last = self.drafts[-1].marker if self.drafts and self.drafts[-1].kind is BlockKind.ITEM else ""
        return number is not None and last[:-1].isdigit() and int(last[:-1]) < int(number[1])

    def _quote(self, i: int, chunk: Chunk) -> None:
        text = self._text(chunk, end=text_end(self.article, i))
        if is_empty(text):
            self.removed += taken_back(text)
            return
        last = self.drafts[-1] if self.drafts else None
        is_same = last is not None and last.kind is BlockKind.QUOTE and last.last == i - 1
        if last is not None and is_same and goes_on(self.article, i - 1):
            between = line_end(self.article, i - 1, last.tail(), text.visible())
            last.parts.append(Traced((*between, *text.pieces)))
            last.last = i
            return
        self._add(BlockKind.QUOTE, text, last=i)

    def _table(self, drafts: Sequence[Draft], chunk: Chunk) -> None:
        """A table, or what it is made of."""
        if not drafts:
            self._raw(chunk)
        self._rows(drafts)

    def _rows(self, drafts: Sequence[Draft]) -> None:
        for draft in drafts:
            blocks, empty = without_empty_cells(draft)
            self.drafts += blocks
            for cell in empty:
                self.removed += taken_back(cell)

    def _drawn_table(self, chunk: Chunk) -> None:
        table = next(t for t in self.article.drawn if t.span.start == chunk.start)
        inline = self.article.cell_inline
        caption = [inline.read(table.caption.start, table.caption.end)] if table.caption else []
        self._rows([Draft(BlockKind.TABLE, caption, rows=read_drawn_table(table, inline))])

    def _wikitext_table(self, span: Span) -> None:
        table = read_wikitext_table(self.plain, span, self.article.cell_inline)
        if table is not None:
            self._rows([table])

    def _with_a_caption_said_once(self, drafts: Sequence[Draft], chunk: Chunk) -> Sequence[Draft]:
        """The table without its caption, where the same words stand again right behind it."""
        if own_caption(self.source, chunk, self.article.alone) is not None:
            return drafts
        for part in drafts[0].parts:
            self.removed += taken_back(part)
        return [replace(drafts[0], parts=[]), *drafts[1:]]

    def _raw(self, chunk: Chunk) -> None:
        parts = [
            Traced.kept(self.source[a:b], a, PieceKind.MARKUP)
            for a, b in self.cuts.beside(chunk.start, chunk.end)
        ]
        self.drafts.append(Draft(BlockKind.RAW, parts))

    def _remove(self, start: int, end: int, rule: str, why: str) -> None:
        for a, b in self.cuts.beside(start, end):
            self.removed.append(Edit(Span(a, b), self.source[a:b], "", rule, why))

    def _drop_empty_sections(self) -> None:
        self.drafts, gone, findings = without_empty_sections(
            self.drafts, bool(self.article.notes.lists or self.article.notes.calls)
        )
        for draft in gone:
            self.removed += taken_back(Traced.joined(draft.parts), "name of the notes, which are notes now")
        self.findings += findings
