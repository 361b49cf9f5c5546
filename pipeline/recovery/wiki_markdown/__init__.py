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
from pipeline.recovery.drafts import Draft, finished, item_levels
from pipeline.recovery.inline import TARGET, CallMark, Cut
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind, read_wiki_chunks
from pipeline.recovery.ocr_markdown.tables import own_caption, read_pipe_table
from pipeline.recovery.remainder import settle
from pipeline.recovery.script import detect_script
from pipeline.recovery.wiki_markdown.cuts import Cuts, find_cuts, masked
from pipeline.recovery.wiki_markdown.holes import find_holes, find_lost_items
from pipeline.recovery.wiki_markdown.inline import FORMULA, WikiInline, is_wrapped, joined_code
from pipeline.recovery.wiki_markdown.notes import WikiNotes, back_link, find_notes
from pipeline.recovery.wiki_markdown.sections import OF_NOTES, without_empty_sections
from pipeline.recovery.wiki_markdown.smart import curled, is_smart
from pipeline.recovery.wiki_markdown.tables import has_content, read_table
from pipeline.recovery.wiki_markdown.tags import tidied
from pipeline.recovery.wiki_markdown.titles import bold_title, with_forms
from pipeline.settings import RecoverSettings

_PROVENANCE = re.compile(
    rf"[^\n\[]{{0,30}}\[(?P<title>[^\[\]\n]+)\]{TARGET}[^\n]{{0,40}}(?:转换而来|轉換而來|转换而成|轉換而成|轉載|转载|获取|獲取|from)[^\n]{{0,80}}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"[^\n]{0,20}(?:来自|來自|出自|维基百科，|維基百科，|From Wikipedia)[^\n]{0,60}$", re.IGNORECASE
)
_NO_WORDS = re.compile(r"[\s.,;:。，；：、*]+")
_HEADING_LEFT = re.compile(  # of wikitext, that stood at no line's beginning
    r"\\?(?P<signs>={2,4})[ \t]*(?P<name>[^=\n\\\[\]]{1,30}?)[ \t]*\\?(?P=signs)(?:[ \t]+|$)", re.MULTILINE
)
_INDENT = re.compile(
    r"(?P<depth>:{1,4})(?:[ \t]{1,3}(?=\S)|(?=[「『“《〈（])|(?P<bullet>\\?\*)[ \t]+(?=\S))"
)  # wikitext's
_QUOTE_TAG = re.compile(r"</?blockquote\b", re.IGNORECASE)


def recover_wiki_markdown(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of a wiki article. Never raises: what cannot be read stays text."""
    lang = lang or detect_script(text)
    cuts = find_cuts(text)
    plain = masked(text, cuts)
    notes = find_notes(plain, text)
    marks: dict[int, CallMark | Cut] = {**cuts.at, **notes.calls}
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
        self.note_inline = replace(self.inline, wrapped=True)  # no line end in a note is its author's
        self._cuts = self.cuts.ordered()
        self._is_smart = is_smart(self.source)
        self._quoting = False  # between the tags of a quotation
        self.fingerprint = fingerprint(self.source, self.settings)
        self._text_alone = self._without_lists()
        self.chunks: Sequence[Chunk] = read_wiki_chunks(self._text_alone, self.inline.wrapped)

    def _without_lists(self) -> str:
        """The masked source without the lists of note bodies, and without line ends in formulas."""
        out, at = [], 0
        for span in sorted(self.notes.lists):
            out += [self.plain[at : span.start], re.sub(r"[^\n]", " ", self.plain[span.start : span.end])]
            at = span.end
        text = "".join([*out, self.plain[at:]])
        return FORMULA.sub(lambda m: m.group().replace("\n", " "), text) if self.inline.has_formulas else text

    # --- walking

    def read(self) -> None:
        first = self._take_title()
        for i, chunk in enumerate(self.chunks[first:], first):
            self._chunk(i, chunk)
        self._drop_empty_sections()

    def _take_title(self) -> int:
        """The title: from the line that names the article, or the only heading of level 1. Where the text begins."""
        for i, chunk in enumerate(self.chunks[:3]):
            if chunk.kind in (ChunkKind.QUOTE, ChunkKind.TEXT) and (
                m := _PROVENANCE.match(self.plain, chunk.inner, chunk.tail)
            ):
                self.title = self.inline.read(*m.span("title"))
                for a, b in ((chunk.start, m.start("title")), (m.end("title"), chunk.end)):
                    self._remove(a, b, "L213", "line that names the source")
                return i + 1
        top = [c.level for c in self.chunks if c.kind is ChunkKind.HEADING]
        if self.chunks and self.chunks[0].kind is ChunkKind.HEADING and top[0] == 1 and top.count(1) == 1:
            self.title = self.inline.read(self.chunks[0].inner, self.chunks[0].tail)
            return 1
        return 0

    def _chunk(self, i: int, chunk: Chunk) -> None:
        match chunk.kind:
            case ChunkKind.RULE:
                self._remove(chunk.start, chunk.end, "L110", "rule")
            case ChunkKind.TABLE:
                rows = read_pipe_table(self.source, chunk, self.inline)
                self._table([Draft(BlockKind.TABLE, [], rows=rows)] if rows else [], chunk)
            case ChunkKind.HTML_TABLE:
                drafts: Sequence[Draft] = read_table(self.plain, chunk, self.note_inline)
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
                is_lost = kind is ChunkKind.ITEM and _NO_WORDS.fullmatch(text.text)  # a citation's last stop
                if kind is ChunkKind.FIGURE or not (is_lost or _is_empty(text)):
                    self._add(kinds.get(kind, BlockKind.PARAGRAPH), text, chunk.level, chunk.marker)
                else:
                    self._take_back(text)

    def _heads_notes(self, chunk: Chunk) -> bool:
        """Whether a line that is no heading by its marks says what the list of bodies below it is."""
        behind = next((span.start for span in sorted(self.notes.lists) if span.start >= chunk.end), -1)
        name = self.plain[chunk.inner : chunk.tail].strip(" *_：:")
        return behind >= 0 and not self.plain[chunk.end : behind].strip() and OF_NOTES.match(name) is not None

    def _text(self, chunk: Chunk, start: int | None = None) -> Traced:
        return self.inline.read(self._begin(chunk.inner if start is None else start), chunk.tail)

    def _begin(self, start: int) -> int:
        """Where a text begins: behind a cut that a mark of Markdown reached into."""
        k = bisect_right(self._cuts, Span(start, len(self.source))) - 1
        return self._cuts[k].end if k >= 0 and self._cuts[k].start < start < self._cuts[k].end else start

    def _add(self, kind: BlockKind, text: Traced, level: int = 0, marker: str = "", last: int = -1) -> None:
        self.drafts.append(Draft(kind, [text], level, marker, last=last))

    def _take_back(self, text: Traced) -> None:
        """A text that has nothing to be seen: its edits stay in the ledger."""
        for piece in text.pieces:
            if piece.edit is not None:
                self.removed.append(piece.edit._replace(after=""))

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
        if _is_empty(text) and not any(p.kind is PieceKind.CALL for p in text.pieces):
            self._take_back(text)
        else:
            self._add(kind, text, last=i)

    def _quote(self, i: int, chunk: Chunk) -> None:
        text = self._text(chunk)
        if _is_empty(text):
            self._take_back(text)
            return
        last = self.drafts[-1] if self.drafts else None
        if (
            last is not None
            and last.kind is BlockKind.QUOTE
            and last.last == i - 1
            and self.chunks[i - 1].end + 1 >= chunk.start
        ):
            gap = self._beside_cuts(self.chunks[i - 1].end, self._begin(chunk.inner))
            edits = [
                Edit(Span(a, b), self.source[a:b], "", "L101", "line end inside a paragraph") for a, b in gap
            ]
            last.parts.append(Traced((*(Piece("", e.span, e) for e in edits), *text.pieces)))
            last.last = i
            return
        self._add(BlockKind.QUOTE, text, last=i)

    def _table(self, drafts: Sequence[Draft], chunk: Chunk) -> None:
        """A table, or what it is made of. Rows that hold nothing go; what has one cell is a paragraph."""
        if not drafts:
            self._raw(chunk)
        for draft in drafts:
            if draft.kind is not BlockKind.TABLE:
                self.drafts.append(draft)
                continue
            filled = []
            for row in draft.rows:
                if any(map(has_content, row)):
                    filled.append(row)
                    continue
                for cell in row:
                    self._take_back(cell)
            if len(filled) == len(filled[0] if filled else ()) == 1:
                self.drafts += [Draft(BlockKind.PARAGRAPH, [part]) for part in (*draft.parts, filled[0][0])]
            elif filled:
                self.drafts.append(replace(draft, rows=tuple(self._as_wide_as_needed(filled))))

    def _as_wide_as_needed(self, rows: Sequence[tuple[Traced, ...]]) -> Iterator[tuple[Traced, ...]]:
        """Rows without what a bar too many put behind the last column: it has no name and holds nothing."""
        width = max(
            [len(rows[0]), *(k for row in rows for k, cell in enumerate(row, 1) if has_content(cell))]
        )
        for row in rows:
            for cell in row[width:]:
                self._take_back(cell)
            yield row[:width]

    def _with_a_caption_said_once(self, drafts: Sequence[Draft], chunk: Chunk) -> Sequence[Draft]:
        """The table without its caption, where the same words stand again right behind it."""
        if own_caption(self.source, chunk, self._text_alone) is not None:
            return drafts
        for part in drafts[0].parts:
            self._take_back(part)
        return [replace(drafts[0], parts=[]), *drafts[1:]]

    def _raw(self, chunk: Chunk) -> None:
        parts = [
            Traced.kept(self.source[a:b], a, PieceKind.MARKUP)
            for a, b in self._beside_cuts(chunk.start, chunk.end)
        ]
        self.drafts.append(Draft(BlockKind.RAW, parts))

    def _remove(self, start: int, end: int, rule: str, why: str) -> None:
        for a, b in self._beside_cuts(start, end):
            self.removed.append(Edit(Span(a, b), self.source[a:b], "", rule, why))

    def _beside_cuts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The stretch without what is cut out of it: a cut may end in the middle of a line."""
        at = start
        for cut in self._cuts[max(0, bisect_right(self._cuts, Span(start, start)) - 1) :]:
            if cut.start >= end:
                break
            if cut.end <= at:
                continue
            if cut.start > at:
                yield at, cut.start
            at = cut.end
        if at < end:
            yield at, end

    def _drop_empty_sections(self) -> None:
        self.drafts, gone, findings = without_empty_sections(
            self.drafts, bool(self.notes.lists or self.notes.calls)
        )
        for draft in gone:
            self._take_back(Traced(tuple(_gone(p) for part in draft.parts for p in part.pieces)))
        self.findings += findings

    # --- the end

    def _finished(self, text: Traced) -> Traced:
        text = joined_code(tidied(_trimmed(text)))
        return finished(
            curled(text, self.source) if self._is_smart else text, self.fingerprint, self.findings
        )

    def manuscript(self) -> Manuscript:
        levels = _levels([d.level for d in self.drafts if d.kind is BlockKind.HEADING])
        items = item_levels(self.drafts)
        blocks = []
        for draft, item in zip(self.drafts, items, strict=True):
            level = next(levels) if draft.kind is BlockKind.HEADING else item
            rows = tuple(tuple(self._finished(c) for c in row) for row in draft.rows)
            blocks.append(
                Block(draft.kind, self._finished(Traced.joined(draft.parts)), level, draft.marker, rows)
            )
        notes = self._bodies()
        title = with_forms(self._finished(self.title) or bold_title(blocks), self.inline.title_forms)
        fronts = (Front(self.lang, title=title),)
        self.findings += [
            *self.notes.findings,
            *self.inline.findings,
            *self.cuts.findings,
            *find_lost_items(self.plain),
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

    def _bodies(self) -> tuple[NoteBody, ...]:
        out = []
        for body in self.notes.bodies:
            start = back_link(self.plain, body.text, body.end)
            paragraphs = []
            for a, b in _paragraphs(self.source, start, body.end):
                text = self._finished(self.note_inline.read(a, b))
                if not (_is_empty(text) or _NO_WORDS.fullmatch(text.text)):
                    paragraphs.append(Block(BlockKind.PARAGRAPH, text))
                else:
                    self._take_back(text)
            if start > body.text:
                span = Span(body.text, start)
                self.removed.append(
                    Edit(span, self.source[span.start : span.end], "", "L214", "link back to the call")
                )
            if not paragraphs and body.end > body.text:
                message = f"note {body.label} has lost its text. Add it."
                self.findings.append(Finding("N10", message, Span(body.start, body.text)))
            out.append(NoteBody(body.label, tuple(paragraphs), missing=not paragraphs))
        out += [NoteBody(label, (), missing=True) for label in self.notes.missing]
        return tuple(sorted(out, key=lambda n: _order(n.label)))

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


def _is_empty(text: Traced) -> bool:
    """Whether a text has nothing to be seen, or only calls."""
    return not has_content(Traced(tuple(p for p in text.pieces if p.kind is not PieceKind.CALL)))


def _gone(piece: Piece) -> Piece:
    before = piece.edit.before if piece.edit else piece.text
    return Piece(
        "", piece.span, Edit(piece.span, before, "", "L215", "name of the notes, which are notes now")
    )


def _trimmed(text: Traced) -> Traced:
    """Without white space at the ends, where a cut left it: it was no indent."""
    pieces = list(text.pieces)
    for order in (range(len(pieces)), reversed(range(len(pieces)))):
        for i in order:
            piece = pieces[i]
            if piece.kind is not PieceKind.TEXT or piece.edit is not None:
                if piece.text:
                    break
                continue
            bare = piece.text.strip(" \t\n\u3000")
            if bare:
                break
            pieces[i] = Piece(
                "", piece.span, Edit(piece.span, piece.text, "", "L216", "white space at a cut")
            )
    return Traced(tuple(pieces))


def _paragraphs(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of a body."""
    for m in re.finditer(r"\S(?:(?!\n[ \t]*\n)[\s\S])*", source[start:end]):
        yield start + m.start(), start + m.start() + len(m.group().rstrip())


def _order(label: str) -> tuple[int, int, str]:
    digits = re.sub(r"\D", "", label)
    return (0 if label.isdigit() else 1, int(digits) if digits else 0, label)


def _levels(given: Sequence[int]) -> Iterator[int]:
    """Levels from 1, without gaps."""
    ranks = sorted(set(given))
    return iter([ranks.index(level) + 1 for level in given])
