"""Walks the chunks of a recognised paper once and builds its blocks and notes.

Comes in: the chunks, the notes, and what belongs to the pages. Goes out: the manuscript. Refused: joining what may be two
paragraphs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.document.manuscript import BlockKind, Finding, Manuscript
from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.characters import Fingerprint, fingerprint
from pipeline.recovery.markdown.chunks import Chunk, ChunkKind
from pipeline.recovery.markdown.drafts import Draft, finished
from pipeline.recovery.markdown.remainder import settle
from pipeline.recovery.markdown.tables import read_caption, read_rows
from pipeline.recovery.ocr_markdown.endings import Closing, closing_of
from pipeline.recovery.ocr_markdown.finish import finished_blocks, finished_bodies
from pipeline.recovery.ocr_markdown.front.labels import Entry
from pipeline.recovery.ocr_markdown.front.metadata import front_labels, read_fronts
from pipeline.recovery.ocr_markdown.notes.binding import Notes
from pipeline.recovery.ocr_markdown.notes.marks import Body
from pipeline.recovery.ocr_markdown.notes.names import is_short, names_notes
from pipeline.recovery.ocr_markdown.notes.rests import Foot, Rests
from pipeline.recovery.ocr_markdown.pages.edges import turns_page
from pipeline.recovery.ocr_markdown.pages.furniture import PageMarks
from pipeline.recovery.ocr_markdown.text.joins import Joiner, must_follow
from pipeline.recovery.ocr_markdown.text.lines import OcrInline, find_verse
from pipeline.recovery.ocr_markdown.text.pictures import why_no_caption
from pipeline.recovery.ocr_markdown.text.resumption import Place, open_block
from pipeline.recovery.ocr_markdown.text.seams import find_seams
from pipeline.recovery.ocr_markdown.text.sections import is_sentence
from pipeline.settings import RecoverSettings

_INDENTS = ("    ", "\t")
_MARKUP = (ChunkKind.RULE, ChunkKind.COMMENT)
_LONG_QUOTE = 18  # characters; shorter ones without a stop are lines of verse


@dataclass
class Reader:
    """Walks the chunks once and builds blocks and notes."""

    source: str
    chunks: Sequence[Chunk]
    notes: Notes
    marks: PageMarks
    settings: RecoverSettings
    drafts: list[Draft] = field(default_factory=list)
    bodies: dict[str, list[list[Traced]]] = field(default_factory=dict)
    removed: list[Edit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        seams, doubtful = find_seams(self.source, self.chunks, frozenset(b.chunk for b in self.notes.bodies))
        verse = find_verse(self.source, self.chunks)
        self.inline = OcrInline(self.source, self.notes.calls, verse=verse, seams=seams)
        message = "a space parts a sentence; it may have been the end of a page. Take it away if so."
        self.findings += [Finding("L106", message, Span(at, at + 1), "") for at in doubtful]
        self.fingerprint: Fingerprint = fingerprint(self.source, self.settings)
        self.joiner = Joiner(self.inline)
        self.rests = Rests(self.source, self.chunks, self.notes, self.marks)
        self._of_chunk = {b.chunk: b for b in self.notes.bodies}
        self._label = ""  # of the body that is open
        self._since_notes = 0  # texts since
        self._told = 0  # the level of the heading «註釋» above
        self._turned = False  # a page ended since the last text
        self._at_foot = False  # behind a rule that parts text and notes
        self._behind_body = False  # nothing but furniture since a body
        self._is_indented = False  # indented paragraphs behind are the body's, as in Markdown's own notes
        self._page: list[Piece] = []  # page starts that wait for the next text

    # --- walking

    def read(self, front: Sequence[Entry]) -> None:
        taken = {e.chunk for e in front}
        for i, chunk in enumerate(self.chunks):
            if page := self.marks.starts.get(i):
                self._page.append(page)
                self._turned, self._at_foot = True, False
            if i in taken:
                continue
            if i in self.marks.removed:
                self._remove(chunk, *self.marks.removed[i])
                self._turned, self._at_foot = True, False
            elif i in self._of_chunk:
                self._begin_body(self._of_chunk[i], chunk)
            elif self._is_indented and self.source[chunk.start : chunk.inner].startswith(_INDENTS):
                begin = chunk.tail - len(self.source[chunk.start : chunk.tail].lstrip())
                self.bodies[self._label].append([self.inline.read(begin, chunk.tail)])
            else:
                self._chunk(i, chunk)

    def _chunk(self, i: int, chunk: Chunk) -> None:
        match chunk.kind:
            case ChunkKind.RULE:
                self._rule(i, chunk)
            case ChunkKind.COMMENT:
                self._remove(chunk, "L111", "markup of the OCR engine")
                self._turned = self._turned or turns_page(self.source, chunk)
            case ChunkKind.HEADING | ChunkKind.TEXT | ChunkKind.QUOTE if self._heads_notes(i, chunk):
                self._remove(chunk, "L215", "heading of the notes, which are notes now")
            case ChunkKind.HEADING if is_sentence(self.source[chunk.inner : chunk.tail]):
                self._paragraph(i, chunk)
            case ChunkKind.HEADING:
                self._add(BlockKind.HEADING, self._text(chunk), level=chunk.level)
            case ChunkKind.TEXT:
                self._paragraph(i, chunk)
            case ChunkKind.QUOTE | ChunkKind.ITEM if self._label and self.rests.stands_in_foot(i):
                self._continue_body(self._text(chunk))
            case ChunkKind.QUOTE:
                self._quote(i, chunk)
            case ChunkKind.ITEM:
                self._add(BlockKind.ITEM, self._text(chunk), level=chunk.level, marker=chunk.marker)
            case ChunkKind.FIGURE:
                self._figure(i, chunk)
            case ChunkKind.TABLE | ChunkKind.HTML_TABLE:
                self._table(chunk)
            case _:
                raw = self.source[chunk.start : chunk.end]
                self._add(BlockKind.RAW, Traced.kept(raw, chunk.start, PieceKind.MARKUP))

    def _heads_notes(self, i: int, chunk: Chunk) -> bool:
        """Whether a line is «註釋» and nothing but bodies stands below it, behind the rest of one that the page before began."""
        if not is_short(chunk):
            return False
        is_named = names_notes(self.source, chunk)
        below = 0 < self._told < chunk.level
        if is_named and chunk.kind is ChunkKind.HEADING:
            self._told = chunk.level
        elif not below or chunk.kind is not ChunkKind.HEADING:
            self._told = 0
        behind = i + 1
        passed = (ChunkKind.HEADING, *_MARKUP) if is_named else _MARKUP  # the notes are told by chapter
        while behind < len(self.chunks) and self.chunks[behind].kind in passed:
            behind += 1
        if behind in self._of_chunk:
            return is_named or below
        return is_named and behind + 1 in self._of_chunk and self.chunks[behind].kind is ChunkKind.TEXT

    def _remove(self, chunk: Chunk, rule: str, why: str) -> None:
        """Takes a chunk away, but for white space behind it: that may be a joint's."""
        span = Span(chunk.start, chunk.start + len(self.source[chunk.start : chunk.end].rstrip()))
        keep = self.marks.kept.get(chunk.start)
        if keep is None:
            self.removed.append(Edit(span, self.source[span.start : span.end], "", rule, why))
            return
        for a, b in ((span.start, keep.start), (keep.end, span.end)):
            if b > a:
                self.removed.append(Edit(Span(a, b), self.source[a:b], "", rule, why))

    def _text(self, chunk: Chunk) -> Traced:
        return self.inline.read(chunk.inner, chunk.tail)

    def _add(self, kind: BlockKind, text: Traced, level: int = 0, marker: str = "") -> None:
        if self._page and kind is not BlockKind.RAW:
            text = Traced((*self._page, *text.pieces))
            self._page = []
        self.drafts.append(Draft(kind, [text], level, marker))
        self._is_in_text()

    def _is_in_text(self) -> None:
        """Nothing that stood before this text says any more where the next one stands."""
        self._turned = self._at_foot = self._behind_body = self._is_indented = False

    # --- rules

    def _rule(self, i: int, chunk: Chunk) -> None:
        """A rule ends a page's text, or a page; only between whole paragraphs may it part sections."""
        nearby = i + 1 in self._of_chunk or i - 1 in self._of_chunk
        nearby = nearby or (i + 1 < len(self.chunks) and self.chunks[i + 1].kind is ChunkKind.HEADING)
        is_break = not self.marks.rules_are_furniture and not nearby and bool(self.drafts)
        if is_break and closing_of(self.drafts[-1].tail()) is Closing.CLOSED:
            self.inline.layout.append(Span(chunk.start, chunk.end))
            self.drafts.append(Draft(BlockKind.BREAK, []))
            return
        self._remove(chunk, "L110", "rule between text and notes, or between pages")
        self._turned = True
        self._at_foot = not self._behind_body

    # --- text

    def _paragraph(self, i: int, chunk: Chunk) -> None:
        text = self._text(chunk)
        if not text:
            return
        if self._label and self.rests.goes_on(i, self._foot()):
            self._continue_body(text)
            return
        self._since_notes += 1
        target = open_block(self.source, self.drafts, text, Place(self._turned, bool(chunk.level)))
        if target is None:
            self._add(BlockKind.PARAGRAPH, text)
            return
        self._join(target, text)

    def _foot(self) -> Foot:
        body = "".join(t.visible() for t in self.bodies[self._label][-1][-2:])
        above = self.drafts[-1].tail() if self.drafts else ""
        return Foot(body[-60:], self._since_notes, above, self._at_foot)

    def _join(self, target: Draft, text: Traced) -> None:
        self.joiner.join(target, text, self._page)
        self._page = []
        self._is_in_text()

    def _quote(self, i: int, chunk: Chunk) -> None:
        text = self._text(chunk)
        last = self.drafts[-1] if self.drafts else None
        if not text:
            return
        if last is not None and last.kind is BlockKind.QUOTE:
            adjacent = i and self.chunks[i - 1].end + 1 >= chunk.start and last.last == i - 1
            if adjacent and (at := self.source.index("\n", self.chunks[i - 1].tail)) in self.inline.verse:
                last.parts.append(Traced((Piece("\n", Span(at, at + 1)), *text.pieces)))
                last.last = i
                return
            is_cut = closing_of(last.tail()) is Closing.OPEN and len(last.tail()) >= _LONG_QUOTE
            if adjacent or is_cut or (self._turned and closing_of(last.tail()) is not Closing.CLOSED):
                self._join(last, text)
                last.last = i
                return
        self._add(BlockKind.QUOTE, text)
        self.drafts[-1].last = i

    def _figure(self, i: int, chunk: Chunk) -> None:
        """A picture; its file's name is no caption, nor what its caption says again."""
        words = self.source[chunk.inner : chunk.tail]
        why = why_no_caption(self.source, self.chunks, i)
        text = Traced.edited(words, chunk.inner, "", "L117", why) if why else self._text(chunk)
        self._add(BlockKind.FIGURE, text, marker=chunk.marker)

    def _table(self, chunk: Chunk) -> None:
        if caption := read_caption(self.source, chunk, self.inline):
            self._add(BlockKind.PARAGRAPH, caption)
        if rows := read_rows(self.source, chunk, self.inline):
            self.drafts.append(Draft(BlockKind.TABLE, [], rows=rows))
            self._turned = self._at_foot = self._behind_body = False
        elif any(chunk.start < at < chunk.end for at in self.inline.marks):  # notes were told in it
            self._add(BlockKind.PARAGRAPH, self.inline.read(chunk.start, chunk.end))
        else:
            self._add(BlockKind.RAW, Traced.kept(self.source[chunk.start : chunk.end], chunk.start))

    # --- notes

    def _begin_body(self, body: Body, chunk: Chunk) -> None:
        self.inline.layout.append(Span(body.start, body.text))
        self.bodies[body.label] = [[self.inline.read(body.text, chunk.tail)]]
        self._label = body.label
        self._since_notes = 0
        self._turned, self._at_foot, self._behind_body = True, False, True
        self._is_indented = self.source.startswith(("[^", *_INDENTS), chunk.start)

    def _continue_body(self, text: Traced) -> None:
        paragraphs = self.bodies[self._label]
        draft = Draft(BlockKind.PARAGRAPH, paragraphs[-1])
        if closing_of(draft.tail()) is Closing.CLOSED and not must_follow(text.visible()):
            paragraphs.append([text])
            return
        self._turned = True
        is_whole = not self.drafts or closing_of(self.drafts[-1].tail()) is Closing.CLOSED
        may_go_on = (
            self.marks.rules_above > 0 and is_whole and closing_of(text.visible()) is not Closing.CLOSED
        )
        self._at_foot = self._at_foot and may_go_on
        self.joiner.join(draft, text)

    # --- the end

    def _finished(self, text: Traced) -> Traced:
        return finished(text, self.fingerprint, self.findings)

    def manuscript(self, front: Sequence[Entry], lang: str) -> Manuscript:
        for entry in front:
            if entry.role == "separator":
                self._remove(self.chunks[entry.chunk], "L112", "rule in the front matter")
        fronts = read_fronts(front, lang, lambda a, b: self._finished(self.inline.read(a, b)), self.joiner)
        self.removed += front_labels(self.source, self.chunks, front)
        blocks = finished_blocks(self.source, self.drafts, self._finished)
        alone = OcrInline(self.source, {}, self.inline.layout, self.inline.findings)
        self.bodies |= {label: [[alone.read(a, b)]] for label, a, b in self.notes.inset}
        notes = finished_bodies(self.bodies, self.notes.missing, self._finished)
        self.findings.extend([*self.notes.findings, *self.inline.findings])
        done = Manuscript(
            source_text=self.source,
            form="ocr-markdown",
            lang=lang,
            fronts=fronts,
            blocks=blocks,
            notes=notes,
            layout=tuple(self.inline.layout),
            removed=tuple(self.removed),
            findings=tuple(self.findings),
            pages=self.marks.pages,
        )
        return settle(done)
