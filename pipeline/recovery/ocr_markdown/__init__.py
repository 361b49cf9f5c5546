"""OCR Markdown → manuscript: pages of a scanned paper as an OCR engine wrote them.

Comes in: Markdown with raised note numbers, bodies at the foot of each page with or without a rule,
paragraphs and bodies cut by pages, a masthead. Goes out: whole paragraphs, bound notes, metadata. Refused:
joining what may be two paragraphs, and taking a list for notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from pipeline.document.manuscript import Block, BlockKind, Finding, Manuscript, NoteBody
from pipeline.document.traced import Edit, Piece, PieceKind, Traced
from pipeline.location import Span
from pipeline.recovery.characters import Fingerprint, fingerprint
from pipeline.recovery.drafts import Draft, finished, item_levels
from pipeline.recovery.ocr_markdown.binding import Notes
from pipeline.recovery.ocr_markdown.chunks import Chunk, ChunkKind, read_chunks
from pipeline.recovery.ocr_markdown.front import Entry, find_front
from pipeline.recovery.ocr_markdown.joins import (
    Closing,
    Joiner,
    closing_of,
    is_caption,
    is_cut,
    is_record,
)
from pipeline.recovery.ocr_markdown.lines import OcrInline, find_verse
from pipeline.recovery.ocr_markdown.marks import Body
from pipeline.recovery.ocr_markdown.metadata import front_labels, read_fronts
from pipeline.recovery.ocr_markdown.notes import NOTES_HEADING
from pipeline.recovery.ocr_markdown.pages import PageMarks, find_page_marks
from pipeline.recovery.ocr_markdown.runs import find_noted_chunks
from pipeline.recovery.ocr_markdown.seams import find_seams
from pipeline.recovery.ocr_markdown.sections import heading_levels_of, is_sentence, promote
from pipeline.recovery.ocr_markdown.tables import read_caption, read_html_table, read_pipe_table
from pipeline.recovery.remainder import settle
from pipeline.recovery.script import detect_script
from pipeline.settings import RecoverSettings

_JOINABLE = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM)
_FLOATS = (BlockKind.FIGURE, BlockKind.TABLE)
_BEGUN = 10  # characters of a sentence that a page may cut, where a long text goes on with it
_TURNS = re.compile(r"page[ -]?(?:split|break)", re.IGNORECASE)
_NEARLY_ALL, _MOST = 0.8, 0.6
_MANY_NOTES = 6
_INDENTS = ("    ", "\t")
_UNMARKED = 16  # characters of a text without any mark that a page may cut inside a word
_WHOLE = 25  # characters; a shorter line without a stop may be a line of its own


def recover_ocr_markdown(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of an OCR'd paper. Never raises: what cannot be read stays text."""
    lang = lang or detect_script(text)
    chunks, notes = find_noted_chunks(text, read_chunks(text))
    bodies = frozenset(b.chunk for b in notes.bodies)
    marks = find_page_marks(text, chunks, bodies)
    front = find_front(text, chunks, bodies, marks.removed.keys())
    reader = _Reader(text, chunks, notes, marks, settings)
    reader.read(front)
    return reader.manuscript(front, lang)


@dataclass
class _Reader:
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
                self._turned = True
            if i in taken:
                continue
            if i in self.marks.removed:
                self._remove(chunk, *self.marks.removed[i])
                self._turned = True
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
                self._turned = self._turned or _TURNS.search(self.source, chunk.start, chunk.end) is not None
            case ChunkKind.HEADING | ChunkKind.TEXT if self._heads_notes(i, chunk):
                self._remove(chunk, "L215", "heading of the notes, which are notes now")
            case ChunkKind.HEADING if is_sentence(self.source[chunk.inner : chunk.tail]):
                self._paragraph(i, chunk)
            case ChunkKind.HEADING:
                self._add(BlockKind.HEADING, self._text(chunk), level=chunk.level)
            case ChunkKind.TEXT:
                self._paragraph(i, chunk)
            case ChunkKind.QUOTE:
                self._quote(i, chunk)
            case ChunkKind.ITEM:
                self._add(BlockKind.ITEM, self._text(chunk), level=chunk.level, marker=chunk.marker)
            case ChunkKind.FIGURE:
                self._figure(chunk)
            case ChunkKind.TABLE:
                self._table(read_pipe_table(self.source, chunk, self.inline), chunk)
            case ChunkKind.HTML_TABLE:
                if caption := read_caption(self.source, chunk, self.inline):
                    self._add(BlockKind.PARAGRAPH, caption)
                self._table(read_html_table(self.source, chunk, self.inline), chunk)
            case _:
                self._add(
                    BlockKind.RAW,
                    Traced.kept(self.source[chunk.start : chunk.end], chunk.start, PieceKind.MARKUP),
                )

    def _heads_notes(self, i: int, chunk: Chunk) -> bool:
        """Whether a line is «註釋» and nothing but bodies stands below it."""
        if chunk.tail - chunk.inner >= 30:
            return False
        is_named = NOTES_HEADING.match(self.source[chunk.inner : chunk.tail]) is not None
        below = 0 < self._told < chunk.level
        self._told = (
            (chunk.level if is_named else self._told if below else 0)
            if chunk.kind is ChunkKind.HEADING
            else 0
        )
        behind = i + 1
        while is_named and behind < len(self.chunks) and self.chunks[behind].kind is ChunkKind.HEADING:
            behind += 1  # the notes are told by chapter
        return (is_named or below) and behind in self._of_chunk

    def _remove(self, chunk: Chunk, rule: str, why: str) -> None:
        span = Span(chunk.start, chunk.end)
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
        if self._label and self._goes_on_with_note(i):
            self._continue_body(text)
            return
        self._since_notes += 1
        target = self._open_block(i, text)
        if target is None:
            self._add(BlockKind.PARAGRAPH, text)
            return
        self._join(target, text)

    def _open_block(self, i: int, text: Traced) -> Draft | None:
        """The block that this chunk goes on with."""
        drafts = self.drafts
        at = len(drafts) - 1
        while at >= 0 and len(drafts) - at <= 3 and self._floats(drafts[at]):
            at -= 1
        if at < 0 or drafts[at].kind not in _JOINABLE:
            return None
        draft, behind = drafts[at], text.visible().lstrip(" ")
        tail = draft.tail()
        closing = closing_of(tail)
        if self._turned and tail.rstrip().endswith("；"):
            closing = Closing.OPEN  # a page may end so, a paragraph hardly
        if self.joiner.must_follow(behind):
            return draft if self._turned or closing is not Closing.CLOSED else None
        if (
            closing is Closing.CLOSED
            or self.chunks[i].level
            or not self.joiner.may_follow(behind)
            or (self._ends_open(at) and not (self._turned and self.joiner.parts_word(tail, behind)))
        ):
            return None
        if not self.joiner.may_go_on("".join(p.visible() for p in draft.parts), draft.parts[-1].pieces):
            return None
        if self._turned and at == len(drafts) - 1:
            return draft if closing is Closing.OPEN or len(tail) >= _WHOLE else None
        if not self.joiner.is_prose(behind):
            return None
        if len(tail) >= _UNMARKED and self.joiner.parts_word(tail, behind):
            return draft if closing is Closing.OPEN else None
        is_long = len(tail) >= _WHOLE or (len(tail) >= _BEGUN and self.joiner.breaks_off(tail, behind))
        return draft if closing is Closing.OPEN and is_long and self.joiner.is_prose(tail) else None

    def _ends_open(self, at: int) -> bool:
        """Whether the items of this list end without a stop: then so may the last."""
        before = self.drafts[at - 1] if at else None
        if self.drafts[at].kind is not BlockKind.ITEM or before is None or before.kind is not BlockKind.ITEM:
            return False
        return closing_of(before.tail()) is Closing.OPEN

    def _floats(self, draft: Draft) -> bool:
        """Whether it may stand in the middle of a paragraph: a picture, a table, a caption, a record of the paper."""
        if draft.kind is not BlockKind.PARAGRAPH:
            return draft.kind in _FLOATS
        return is_caption(draft.tail()) or is_record(draft.tail())

    def _join(self, target: Draft, text: Traced) -> None:
        last = target.parts[-1].pieces[-1].span.end
        first = text.pieces[0].span.start
        joint = self.joiner.joint(target, last, first, text)
        text = self.joiner.resumed(target, text)
        pieces = [*joint, *self._page, *text.pieces]
        self._page = []
        target.parts.append(Traced(tuple(pieces)))
        self._turned = self._at_foot = self._behind_body = self._is_indented = False

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
            if adjacent or (self._turned and closing_of(last.tail()) is not Closing.CLOSED):
                self._join(last, text)
                last.last = i
                return
        self._add(BlockKind.QUOTE, text)
        self.drafts[-1].last = i

    def _figure(self, chunk: Chunk) -> None:
        """A picture; its file's name is no caption."""
        words = self.source[chunk.inner : chunk.tail]
        is_name = words == chunk.marker.rsplit("/", 1)[-1] != ""
        text = (
            Traced.edited(words, chunk.inner, "", "L117", "file name as a picture's caption")
            if is_name
            else self._text(chunk)
        )
        self._add(BlockKind.FIGURE, text, marker=chunk.marker)

    def _table(self, rows: tuple[tuple[Traced, ...], ...], chunk: Chunk) -> None:
        if not rows:
            self._add(BlockKind.RAW, Traced.kept(self.source[chunk.start : chunk.end], chunk.start))
            return
        self.drafts.append(Draft(BlockKind.TABLE, [], rows=rows))
        self._turned = self._at_foot = self._behind_body = False

    # --- notes

    def _begin_body(self, body: Body, chunk: Chunk) -> None:
        self.inline.layout.append(Span(body.start, body.text))
        self.bodies[body.label] = [[self.inline.read(body.text, chunk.tail)]]
        self._label = body.label
        self._since_notes = 0
        self._turned, self._at_foot, self._behind_body = True, False, True
        self._is_indented = self.source.startswith("[^", body.start)

    def _goes_on_with_note(self, i: int) -> bool:
        """Whether a text is the rest of the last note, at the foot of the next page, and not of the page."""
        ahead = i + 1
        while ahead < len(self.chunks) and self.chunks[ahead].kind is ChunkKind.TEXT and ahead - i < 3:
            if ahead in self._of_chunk:
                break
            ahead += 1
        is_cut = self._note_is_cut()
        if is_caption(self.source[self.chunks[i].inner : self.chunks[i].tail]):
            return False
        if self._since_notes == 0 and i - 1 in self._of_chunk and (is_cut or self._note_is_open()):
            is_foot = i + 1 in self._of_chunk or i + 1 in self.marks.removed
            is_ruled = i + 1 < len(self.chunks) and self.chunks[i + 1].kind is ChunkKind.RULE
            if (is_foot or (is_ruled and self.marks.parts > self.marks.heads)) and not self._calls_in(i):
                return True  # a blank line in a note, at the foot of its own page
        if self._at_foot:
            if ahead in self._of_chunk:
                return self.marks.heads > self.marks.parts or (self.marks.heads > 0 and is_cut)
            is_whole = not self.drafts or closing_of(self.drafts[-1].tail()) is Closing.CLOSED
            is_enclosed = i + 1 < len(self.chunks) and self.chunks[i + 1].kind is ChunkKind.RULE
            return self.marks.heads > 0 and is_cut and (self.marks.parts == 0 or is_whole or is_enclosed)
        is_last = i + 1 in self._of_chunk or i == self._last_text
        return is_cut and self._since_notes > 0 and self._feet_are_bare and is_last

    @cached_property
    def _feet_are_bare(self) -> bool:
        """Whether hardly a rule stands above notes: by the rules below them, or by the pages that have notes."""
        shown = [i for i in range(len(self.chunks)) if i not in self.marks.removed]
        feet = sum(b in self._of_chunk and a not in self._of_chunk for a, b in pairwise(shown))
        return self.marks.heads * 4 <= max(self.marks.parts, 2 * feet if feet > 2 else 0)

    @cached_property
    def _last_text(self) -> int:
        return max((i for i, c in enumerate(self.chunks) if c.kind is ChunkKind.TEXT), default=-1)

    def _note_is_cut(self) -> bool:
        """Whether the last note ends in the middle of a sentence, where this document's notes do not."""
        last = "".join(t.visible() for t in self.bodies[self._label][-1][-2:])
        return self._stops_short(last[-60:]) and self._bodies_close

    def _calls_in(self, i: int) -> bool:
        """Whether a chunk calls a note: then it is text."""
        chunk = self.chunks[i]
        return any(chunk.inner <= at < chunk.tail for at in self.notes.calls)

    def _note_is_open(self) -> bool:
        """Whether the last note ends without a stop, where most of the document's notes have theirs."""
        last = "".join(t.visible() for t in self.bodies[self._label][-1][-2:])
        return self._share_of_stops >= _MOST and closing_of(last[-60:]) is Closing.OPEN

    def _stops_short(self, text: str) -> bool:
        """Whether a note cannot end so; where nearly all of the document's notes have their full stop, without one."""
        return is_cut(text) or (self._bodies_stop and closing_of(text) is Closing.OPEN)

    @property
    def _bodies_stop(self) -> bool:
        """Whether nearly all bodies end in a full stop."""
        return self._share_of_stops >= _NEARLY_ALL

    @cached_property
    def _share_of_stops(self) -> float:
        """The share of the bodies that end in a full stop; none where there are few."""
        ends = [
            self.source[max(b.text, self.chunks[b.chunk].tail - 60) : self.chunks[b.chunk].tail]
            for b in self.notes.bodies
        ]
        closed = sum(closing_of(end) is Closing.CLOSED for end in ends)
        return closed / len(ends) if len(ends) >= _MANY_NOTES else 0.0

    @cached_property
    def _bodies_close(self) -> bool:
        """Whether bodies end in a full stop, or at least not in the middle of a sentence."""
        ends = [
            self.source[max(b.text, self.chunks[b.chunk].tail - 60) : self.chunks[b.chunk].tail]
            for b in self.notes.bodies
        ]
        return sum(not is_cut(end) for end in ends) * 2 >= len(ends)

    def _continue_body(self, text: Traced) -> None:
        paragraphs = self.bodies[self._label]
        draft = Draft(BlockKind.PARAGRAPH, paragraphs[-1])
        last = draft.parts[-1].pieces[-1].span.end if draft.parts[-1].pieces else 0
        if closing_of(draft.tail()) is Closing.CLOSED and not self.joiner.must_follow(text.visible()):
            paragraphs.append([text])
            return
        self._turned = True
        self._at_foot = (
            self._at_foot and self.marks.heads > 0 and closing_of(text.visible()) is not Closing.CLOSED
        )
        joint = self.joiner.joint(draft, last, text.pieces[0].span.start, text)
        text = self.joiner.resumed(draft, text)
        draft.parts.append(Traced((*joint, *text.pieces)))

    # --- the end

    def _finished(self, text: Traced) -> Traced:
        return finished(text, self.fingerprint, self.findings)

    def manuscript(self, front: Sequence[Entry], lang: str) -> Manuscript:
        for entry in front:
            if entry.role == "separator":
                self._remove(self.chunks[entry.chunk], "L112", "rule in the front matter")
        fronts = read_fronts(front, lang, lambda a, b: self._finished(self.inline.read(a, b)))
        self.removed += front_labels(self.source, self.chunks, front)
        blocks = self._blocks()
        notes = self._bodies()
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

    def _blocks(self) -> tuple[Block, ...]:
        promote(self.drafts)
        texts = [self._finished(Traced.joined(d.parts)) for d in self.drafts]
        levels = heading_levels_of(
            [
                (d.level, t.visible())
                for d, t in zip(self.drafts, texts, strict=True)
                if d.kind is BlockKind.HEADING
            ]
        )
        items = item_levels(self.drafts)
        out = []
        for draft, text, item in zip(self.drafts, texts, items, strict=True):
            level = next(levels) if draft.kind is BlockKind.HEADING else item
            rows = tuple(tuple(self._finished(c) for c in row) for row in draft.rows)
            out.append(Block(draft.kind, text, level, draft.marker, rows))
        return tuple(out)

    def _bodies(self) -> tuple[NoteBody, ...]:
        out = [
            NoteBody(
                label, tuple(Block(BlockKind.PARAGRAPH, self._finished(Traced.joined(p))) for p in paragraphs)
            )
            for label, paragraphs in self.bodies.items()
        ]
        out += [
            NoteBody(label, (), missing=True) for label, _ in self.notes.missing if label not in self.bodies
        ]
        return tuple(
            sorted(out, key=lambda n: (not n.label.isdigit(), int(n.label) if n.label.isdigit() else 0))
        )
