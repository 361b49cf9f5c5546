"""Wiki Markdown → manuscript: an encyclopedia's article as an export turned it into Markdown.

Comes in: Markdown with links in odd places, ``-{…}-``, broken pictures, templates, categories, calls
``\\[12\\]`` and a numbered list of bodies at the end. Goes out: the article as a book would have it. Refused:
restoring words that the export lost: where the text shows a hole, a finding says so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pipeline.document.manuscript import Block, BlockKind, Finding, Front, Manuscript, NoteBody
from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.characters import fingerprint
from pipeline.recovery.drafts import Draft, finished
from pipeline.recovery.inline import CallMark, Cut
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.ocr_markdown.tables import own_caption, read_pipe_table
from pipeline.recovery.ocr_markdown.wiki_chunks import read_wiki_chunks
from pipeline.recovery.remainder import settle
from pipeline.recovery.script import detect_script
from pipeline.recovery.wiki_markdown.bodies import read_bodies
from pipeline.recovery.wiki_markdown.code import joined_code
from pipeline.recovery.wiki_markdown.cuts import Cuts, find_cuts
from pipeline.recovery.wiki_markdown.depths import depths
from pipeline.recovery.wiki_markdown.holes import find_holes, find_lost_items
from pipeline.recovery.wiki_markdown.inline import WikiInline
from pipeline.recovery.wiki_markdown.inset_notes import Inset
from pipeline.recovery.wiki_markdown.masks import masked, text_alone
from pipeline.recovery.wiki_markdown.note_lists import WikiNotes
from pipeline.recovery.wiki_markdown.notes import find_notes
from pipeline.recovery.wiki_markdown.sections import OF_NOTES, without_empty_sections
from pipeline.recovery.wiki_markdown.seen import is_empty, is_lost, taken_back, trimmed
from pipeline.recovery.wiki_markdown.smart import curled, is_smart
from pipeline.recovery.wiki_markdown.tables import read_table, without_empty_cells, without_lone_bars
from pipeline.recovery.wiki_markdown.tags import tidied
from pipeline.recovery.wiki_markdown.titles import bold_title, find_title, with_forms
from pipeline.recovery.wiki_markdown.wikitext_tables import read_wikitext_table
from pipeline.recovery.wiki_markdown.wrapping import dashes_ahead, is_wrapped
from pipeline.settings import RecoverSettings

_HEADING_LEFT = re.compile(  # of wikitext, that stood at no line's beginning
    r"\\?(?P<signs>={2,4})[ \t]*(?P<name>[^=\n\\\[\]]{1,30}?)[ \t]*\\?(?P=signs)(?:[ \t]+|$)", re.MULTILINE
)
_INDENT = re.compile(
    r"(?P<depth>:{1,4})(?:[ \t]{1,3}(?=\S)|(?=[「『“《〈（])|(?P<bullet>\\\*[ \t]*|\*[ \t]+)(?=\S))"
)  # wikitext's
_QUOTE_TAG = re.compile(r"</?blockquote\b", re.IGNORECASE)


def recover_wiki_markdown(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of a wiki article. Never raises: what cannot be read stays text."""
    lang = lang or detect_script(text)
    cuts = find_cuts(text)
    plain = masked(text, cuts)
    notes = find_notes(plain, text)
    lists = {span.start: Inset(span.end, "", "") for span in notes.lists}
    marks: dict[int, CallMark | Cut] = {**lists, **cuts.at, **notes.calls}
    reader = _Reader(text, plain, cuts, notes, marks, settings, lang)
    reader.read()
    return reader.manuscript()


@dataclass
class _Reader:
    """Walks the chunks once and builds blocks and notes."""

    source: str
    plain: str  # the source with its cuts masked
    cuts: Cuts
    notes: WikiNotes
    marks: Mapping[int, CallMark | Cut]
    settings: RecoverSettings
    lang: str
    drafts: list[Draft] = field(default_factory=list)
    removed: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    title: Traced = field(default_factory=Traced)

    def __post_init__(self) -> None:
        self.inline = WikiInline(
            self.source, self.marks, lang=self.lang, wrapped=is_wrapped(self.plain, self.source)
        )
        self.cell_inline = replace(self.inline, wrapped=True)
        outside = {at: mark for at, mark in self.marks.items() if not isinstance(mark, Inset)}
        self.note_inline = replace(
            self.inline, marks=outside, wrapped=True
        )  # no line end in a note is its author's
        self._is_smart = is_smart(self.source)
        self._quoting = False  # between the tags of a quotation
        self.fingerprint = fingerprint(self.source, self.settings)
        self._text_alone = text_alone(self.plain, self.notes, self.cuts.tables, self.inline.has_formulas)
        self._dashes = dashes_ahead(self._text_alone) if self.inline.wrapped else frozenset()
        self.chunks: Sequence[Chunk] = read_wiki_chunks(self._text_alone, self.inline.wrapped, self._dashes)

    # --- walking

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
            case ChunkKind.TABLE:
                rows = read_pipe_table(without_lone_bars(self.source, chunk), chunk, self.inline)
                self._table([Draft(BlockKind.TABLE, [], rows=rows)] if rows else [], chunk)
            case ChunkKind.HTML_TABLE:
                drafts: Sequence[Draft] = read_table(self._text_alone, chunk, self.cell_inline)
                if drafts and drafts[0].kind is BlockKind.TABLE and drafts[0].parts:
                    drafts = self._with_a_caption_said_once(drafts, chunk)
                self._table(drafts, chunk)
            case ChunkKind.CODE:
                self._raw(chunk)
            case ChunkKind.TEXT if self._heads_notes(chunk):
                self._remove(chunk.start, chunk.end, "L215", "heading of the notes, which are notes now")
            case ChunkKind.TEXT:
                self._paragraph(i, chunk)
            case ChunkKind.QUOTE:
                self._quote(i, chunk)
            case kind:
                kinds = {
                    ChunkKind.HEADING: BlockKind.HEADING,
                    ChunkKind.ITEM: BlockKind.ITEM,
                    ChunkKind.FIGURE: BlockKind.FIGURE,
                }
                text = self._text(chunk)
                if kind is ChunkKind.FIGURE or not (is_lost if kind is ChunkKind.ITEM else is_empty)(text):
                    self._add(kinds.get(kind, BlockKind.PARAGRAPH), text, chunk.level, chunk.marker)
                else:
                    self.removed += taken_back(text)

    def _heads_notes(self, chunk: Chunk) -> bool:
        """Whether a line that is no heading by its marks says what the list of bodies below it is."""
        behind = next((span.start for span in sorted(self.notes.lists) if span.start >= chunk.end), -1)
        name = self.plain[chunk.inner : chunk.tail].strip(" *_：:")
        return behind >= 0 and not self.plain[chunk.end : behind].strip() and OF_NOTES.match(name) is not None

    def _text(self, chunk: Chunk, start: int | None = None) -> Traced:
        return self.inline.read(self.cuts.behind(chunk.inner if start is None else start), chunk.tail)

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
        """The chunk, with verse between tags as a part of its own."""
        begin = chunk.inner
        while (verse := self.plain.find("<poem>", begin + 1, chunk.tail)) >= 0:
            tail = begin + len(self.plain[begin:verse].rstrip())
            yield replace(chunk, start=max(chunk.start, begin), inner=begin, end=verse, tail=tail)
            begin = verse
        yield chunk if begin == chunk.inner else replace(chunk, start=begin, inner=begin)

    def _prose(self, i: int, chunk: Chunk) -> None:
        indent = _INDENT.match(self.plain, chunk.inner, chunk.tail)
        if indent and indent["bullet"]:
            self._add(BlockKind.ITEM, self._text(chunk, indent.end()), 4 * (len(indent["depth"]) - 1), "-")
            return
        text = self._text(chunk, indent.end() if indent else chunk.inner)
        tags = [m.group().lower() for m in _QUOTE_TAG.finditer(self.plain, chunk.inner, chunk.tail)]
        kind = BlockKind.QUOTE if self._quoting or (tags and tags[0][1] != "/") else BlockKind.PARAGRAPH
        if tags:
            self._quoting = tags[-1][1] != "/"
        if is_lost(text) and not any(p.kind is PieceKind.CALL for p in text.pieces):
            if not is_empty(text):
                message = "a paragraph has lost all words. Add them, or take its marks away."
                self.findings.append(Finding("L229", message, Span(chunk.inner, chunk.tail)))
            self.removed += taken_back(
                text, "" if is_empty(text) else "paragraph of which only marks are left"
            )
        else:
            self._add(kind, text, last=i)

    def _quote(self, i: int, chunk: Chunk) -> None:
        text = self._text(chunk)
        if is_empty(text):
            self.removed += taken_back(text)
            return
        last = self.drafts[-1] if self.drafts else None
        if (
            last is not None
            and last.kind is BlockKind.QUOTE
            and last.last == i - 1
            and self.chunks[i - 1].end + 1 >= chunk.start
        ):
            gap = self.cuts.beside(self.chunks[i - 1].end, self.cuts.behind(chunk.inner))
            edits = [
                Edit(Span(a, b), self.source[a:b], "", "L101", "line end inside a paragraph") for a, b in gap
            ]
            last.parts.append(Traced((*(Piece("", e.span, e) for e in edits), *text.pieces)))
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

    def _wikitext_table(self, span: Span) -> None:
        table = read_wikitext_table(self.plain, span, self.cell_inline)
        if table is not None:
            self._rows([table])

    def _with_a_caption_said_once(self, drafts: Sequence[Draft], chunk: Chunk) -> Sequence[Draft]:
        """The table without its caption, where the same words stand again right behind it."""
        if own_caption(self.source, chunk, self._text_alone) is not None:
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
            self.drafts, bool(self.notes.lists or self.notes.calls)
        )
        for draft in gone:
            self.removed += taken_back(Traced.joined(draft.parts), "name of the notes, which are notes now")
        self.findings += findings

    # --- the end

    def _finished(self, text: Traced) -> Traced:
        text = joined_code(tidied(trimmed(text)))
        return finished(
            curled(text, self.source) if self._is_smart else text, self.fingerprint, self.findings
        )

    def manuscript(self) -> Manuscript:
        blocks = []
        for draft, level in zip(self.drafts, depths(self.drafts, self.source), strict=True):
            rows = tuple(tuple(self._finished(c) for c in row) for row in draft.rows)
            blocks.append(
                Block(draft.kind, self._finished(Traced.joined(draft.parts)), level, draft.marker, rows)
            )
        notes, gone, lost = read_bodies(
            self._notes_read(),
            self.source,
            self.plain,
            lambda a, b: self._finished(self.note_inline.read(a, b)),
        )
        self.removed += gone
        self.findings += lost
        title = with_forms(self._finished(self.title) or bold_title(blocks), self.inline.title_forms)
        fronts = (Front(self.lang, title=title),)
        self.findings += [
            *self.notes.findings,
            *self.inline.findings,
            *self.cuts.findings,
            *find_lost_items(self.plain, [f.span.start for f in self.cuts.findings if f.span], self._dashes),
            *find_holes(blocks, notes, self.source),
        ]
        return settle(
            Manuscript(
                source_text=self.source,
                form="wiki-markdown",
                lang=self.lang,
                fronts=fronts,
                blocks=tuple(blocks),
                notes=notes,
                layout=tuple(self.inline.layout),
                removed=(*self.removed, *self._unread_cuts(blocks, notes, fronts)),
                findings=tuple(self.findings),
            )
        )

    def _notes_read(self) -> WikiNotes:
        """The notes, without the texts that stand at their calls and could not be taken out of there."""
        left = [b for b in self.notes.bodies if b.is_inset and b.text not in self.inline.passed]
        if not left:
            return self.notes
        message = "a note was not converted: its text stands here, or is missing. Make it a note."
        self.findings += [Finding("L233", message, Span(b.text, b.end)) for b in left]
        bodies = tuple(b for b in self.notes.bodies if b not in left)
        return replace(self.notes, bodies=bodies, missing=(*self.notes.missing, *(b.label for b in left)))

    def _unread_cuts(
        self, blocks: Sequence[Block], notes: Sequence[NoteBody], fronts: Sequence[Front]
    ) -> Iterator[Edit]:
        """Cuts that stand in no text and in nothing removed: whole lines."""
        texts = [t for b in blocks for t in b.texts()] + [
            t for n in notes for b in n.blocks for t in b.texts()
        ]
        texts += [t for f in fronts for t in f.texts()]
        held = sorted(
            [p.span for t in texts for p in t.pieces if len(p.span)] + [e.span for e in self.removed]
        )
        begins = [span.start for span in held]
        for start, cut in self.cuts.at.items():
            k = bisect_right(begins, start) - 1
            if k < 0 or held[k].end <= start:
                yield Edit(Span(start, cut.end), self.source[start : cut.end], "", cut.rule, cut.why)
