"""Is a text the rest of a note's body, which a page or a blank line cut?

Comes in: the chunks, what is known of notes and pages, and what stands above the text. Goes out: the answer. Refused: a
text that calls a note itself, and a caption.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from pipeline.han import HAN
from pipeline.recovery.markdown.chunks import PARTING, Chunk, ChunkKind
from pipeline.recovery.markdown.inline import CallMark
from pipeline.recovery.markdown.regions import NOTES_BEGIN, NOTES_END
from pipeline.recovery.ocr_markdown.captions import is_caption
from pipeline.recovery.ocr_markdown.endings import (
    LONG,
    Closing,
    closing_of,
    parts_pair,
    parts_word,
)
from pipeline.recovery.ocr_markdown.notes.binding import Notes
from pipeline.recovery.ocr_markdown.notes.ends import Ends
from pipeline.recovery.ocr_markdown.notes.names import stands_below_name
from pipeline.recovery.ocr_markdown.pages.furniture import PageMarks

_FOREIGN_END = re.compile(r"[A-Za-zÀ-ɏА-яЁё0-9][*_.,:;”\")]*$")
_HAN = re.compile(f"[{HAN}]")
_PAUSE = re.compile("[，。；：、]")
# They stand behind any word, and make one with none.
_PARTICLES = frozenset("在是的了和與与及而也就都不有以於于為为被把將将從从對对由到這这那其之")
_ENCLITIC = re.compile("的(?![確确士黎])|[們们]")  # no text begins so
_IN_QUOTE = re.compile(r"[ \t]*\n(?:[ \t]*>[ \t]*\n)*")  # between two lines or paragraphs of one quotation
_FEW_LINES = 300  # characters


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands above a text: how the last body ends, the texts since, the block above, and whether a rule does."""

    body: str
    texts: int
    above: str
    is_ruled: bool


@dataclass(frozen=True)
class Rests:
    """Knows the habits of one document's notes."""

    source: str
    chunks: Sequence[Chunk]
    notes: Notes
    marks: PageMarks

    @cached_property
    def _of_chunk(self) -> dict[int, str]:
        """The bodies' labels by their chunks."""
        return {b.chunk: b.label for b in self.notes.bodies}

    @cached_property
    def _called(self) -> list[int]:
        """Where calls stand, in order."""
        return sorted(self.notes.calls)

    @cached_property
    def _ends(self) -> Ends:
        return Ends(self.source, self.chunks, self.notes.bodies)

    @cached_property
    def _call_places(self) -> dict[str, int]:
        """Where each label is called."""
        return {call.label: at for at, call in self.notes.calls.items() if isinstance(call, CallMark)}

    def goes_on(self, i: int, foot: Foot) -> bool:
        """Whether a text is the rest of the last body, at the foot of the next page, and not of the page."""
        text = self.source[self.chunks[i].inner : self.chunks[i].tail]
        if is_caption(text) or self._calls_in(i):
            return False
        if i in self._told:
            return True
        if i + 1 in self._of_chunk and stands_below_name(self.source, self.chunks, i):
            return True
        if self._stands_under_heading(i):
            return False
        is_cut = self._ends.stops_short(foot.body) and self._ends.mostly_close
        if foot.texts == 0 and self._is_in_foot(i, text, foot, is_cut):
            return True
        if foot.is_ruled:
            return self._is_below_rule(i, foot, is_cut)
        if self._is_foreign(i, text, foot) or (
            is_cut and (self._stands_alone(i, foot) or self._is_wedged(i, foot))
        ):
            return True
        if not is_cut or foot.texts == 0:
            return False
        return i + 1 in self._of_chunk or (self._feet_are_bare and i == self._last_text)

    @cached_property
    def _told(self) -> frozenset[int]:
        """The texts that an engine's own marks say are notes: behind where notes begin, or behind a body, up to where notes end."""
        told: set[int] = set()
        texts: list[int] | None = None
        is_open = False
        for i, chunk in enumerate(self.chunks):
            if chunk.marker == NOTES_BEGIN:
                texts, is_open = [], True
            elif chunk.marker == NOTES_END:
                told |= set(texts or ())
                texts, is_open = None, False
            elif i in self._of_chunk:
                texts = texts if is_open else []
            elif chunk.kind is ChunkKind.TEXT and texts is not None:
                texts.append(i)
            elif chunk.kind is not ChunkKind.COMMENT:
                texts, is_open = None, False
        return frozenset(told)

    def stands_in_foot(self, i: int) -> bool:
        """Whether a line of a quotation or list is a note's: bodies stand in the same one, above it, or below and it calls none."""
        chunks, k = self.chunks, i
        while k > 0 and self._are_one(k - 1):
            if (k := k - 1) in self._of_chunk:
                return True
        while i + 1 < len(chunks) and not self._calls_in(i) and self._are_one(i):
            if (i := i + 1) in self._of_chunk:
                return True
        return False

    def _are_one(self, i: int) -> bool:
        """Whether a chunk and the next are of one quotation, or of one list without numbers."""
        a, b = self.chunks[i], self.chunks[i + 1]
        if a.kind is b.kind is ChunkKind.ITEM:
            return a.marker == b.marker == "-" and self.source[a.end : b.start].strip(" \t") == "\n"
        return (
            a.kind is b.kind is ChunkKind.QUOTE
            and _IN_QUOTE.fullmatch(self.source, a.end, b.start) is not None
        )

    def _is_in_foot(self, i: int, text: str, foot: Foot, is_cut: bool) -> bool:
        """Whether a text stands in the foot of its own page: enclosed there, or behind a blank line in a note."""
        if not is_cut and (self._is_enclosed(i, text) or self._parts_text(i, text, foot)):
            return True
        if i - 1 not in self._of_chunk or not (is_cut or self._ends.is_open(foot.body)):
            return False
        is_foot = i + 1 in self._of_chunk or i + 1 in self.marks.removed
        return is_foot or (self._is_rule(i + 1) and self._rules_close)

    def _is_below_rule(self, i: int, foot: Foot, is_cut: bool) -> bool:
        """Whether a text below a rule stands above bodies there, or alone, in a document that has its rules above notes."""
        above, below = self.marks.rules_above, self.marks.rules_below
        if self._leads_to_body(i):
            return above > below or (above > 0 and is_cut)
        is_whole = not foot.above or closing_of(foot.above) is Closing.CLOSED
        return above > 0 and is_cut and (below == 0 or is_whole or self._is_rule(i + 1))

    def _leads_to_body(self, i: int) -> bool:
        """Whether a body follows, at once or behind a text or two."""
        for k in range(i + 1, min(i + 4, len(self.chunks))):
            if k in self._of_chunk:
                return True
            if self.chunks[k].kind is not ChunkKind.TEXT:
                return False
        return False

    def _is_rule(self, i: int) -> bool:
        return i < len(self.chunks) and self.chunks[i].kind is ChunkKind.RULE

    @property
    def _rules_close(self) -> bool:
        """Whether rules rather stand below the notes of a page than above them."""
        return self.marks.rules_below > self.marks.rules_above

    def _is_enclosed(self, i: int, text: str) -> bool:
        """Whether a text stands inside a page's foot: below a body, and above the page's end, which may cut its sentence, or above a
        body that was called before it.
        """
        body = i - 1
        while body > 0 and self._is_bare_text(body):
            body -= 1
        ahead = i + 1
        while ahead < len(self.chunks) and self._is_bare_text(ahead):
            ahead += 1
        if body not in self._of_chunk or ahead == len(self.chunks):
            return False
        is_whole = closing_of(text) is not Closing.OPEN
        if (label := self._of_chunk.get(ahead)) is not None:
            return is_whole and self._call_places.get(label, len(self.source)) < self.chunks[body].start
        if not is_whole and (ahead > i + 1 or _PAUSE.search(text) is None):
            return False  # it may be a head of the page, a name above its number
        return (self._is_rule(ahead) and self._rules_close) or ahead in self.marks.ends

    def _parts_text(self, i: int, text: str, foot: Foot) -> bool:
        """Whether a text stands right below a body, and what is below it, not itself, goes on with the word, or closes the brackets,
        that the page cut.
        """
        k = i + 1
        while k < len(self.chunks) and (k in self.marks.removed or self.chunks[k].kind in PARTING):
            k += 1
        below = self.chunks[k] if k < len(self.chunks) and k not in self._of_chunk else None
        if i - 1 not in self._of_chunk or below is None or below.kind is not ChunkKind.TEXT:
            return False
        behind = self.source[below.inner : below.tail]
        is_whole = closing_of(text) is Closing.CLOSED and closing_of(foot.above) is Closing.OPEN
        if not is_whole or parts_word(self.source, foot.above, text) or parts_pair(foot.above, text):
            return False
        is_word = behind[:1] not in _PARTICLES and parts_word(self.source, foot.above, behind)
        return is_word or _ENCLITIC.match(behind) is not None or parts_pair(foot.above, behind)

    def _is_bare_text(self, i: int) -> bool:
        """Whether a chunk is a text that is no body, calls nothing and names no figure."""
        chunk = self.chunks[i]
        is_text = chunk.kind is ChunkKind.TEXT and i not in self._of_chunk and i not in self.marks.removed
        return is_text and not self._calls_in(i) and not is_caption(self.source[chunk.inner : chunk.tail])

    def _stands_under_heading(self, i: int) -> bool:
        """Whether a heading that is no page's head stands right above: then the text is its."""
        return i > 0 and self.chunks[i - 1].kind is ChunkKind.HEADING and i - 1 not in self.marks.removed

    def _stands_alone(self, i: int, foot: Foot) -> bool:
        """Whether a text is all that its page has above the notes: nothing but the page's furniture parts it from the last body."""
        k = i - 1
        while k > 0 and (k in self.marks.removed or self.chunks[k].kind in PARTING):
            k -= 1
        return foot.texts == 0 and k < i - 1 and k in self._of_chunk and i + 1 in self._of_chunk

    def _is_wedged(self, i: int, foot: Foot) -> bool:
        """Whether a text stands right behind a sentence that breaks off, and its page ends behind it or goes on with notes."""
        if foot.texts == 0 or i - 1 in self.marks.removed or i - 1 in self._of_chunk:
            return False
        is_behind = self.chunks[i - 1].kind is ChunkKind.TEXT and closing_of(foot.above) is Closing.OPEN
        if not is_behind or len(foot.above) < LONG:
            return False
        return i + 1 in self._of_chunk or self._page_ends(i + 1)

    def _page_ends(self, i: int) -> bool:
        """Whether a page's end stands here, and text behind it."""
        if i + 1 >= len(self.chunks) or i + 1 in self._of_chunk:
            return False
        is_end = i in self.marks.removed or self.chunks[i].kind in PARTING
        return is_end and self.chunks[i + 1].kind is ChunkKind.TEXT

    def _is_foreign(self, i: int, text: str, foot: Foot) -> bool:
        """Whether a few lines without a Chinese character stand right above a body in a Chinese text, and the last body breaks
        off in their script.
        """
        is_open = closing_of(foot.body) is Closing.OPEN and _FOREIGN_END.search(foot.body) is not None
        is_rest = (
            len(text) <= _FEW_LINES and _HAN.search(text) is None and _HAN.search(foot.above) is not None
        )
        return is_open and is_rest and i + 1 in self._of_chunk

    @cached_property
    def _feet_are_bare(self) -> bool:
        """Whether hardly a rule stands above notes: by the rules below them, or by the pages that have notes."""
        shown = [i for i in range(len(self.chunks)) if i not in self.marks.removed]
        feet = sum(b in self._of_chunk and a not in self._of_chunk for a, b in pairwise(shown))
        return self.marks.rules_above * 4 <= max(self.marks.rules_below, 2 * feet if feet > 2 else 0)

    @cached_property
    def _last_text(self) -> int:
        texts = (i for i, c in enumerate(self.chunks) if c.kind in (ChunkKind.TEXT, ChunkKind.QUOTE))
        return max((i for i in texts if i not in self.marks.removed), default=-1)

    def _calls_in(self, i: int) -> bool:
        """Whether a chunk calls a note: then it is text."""
        chunk = self.chunks[i]
        return bisect_left(self._called, chunk.inner) < bisect_left(self._called, chunk.tail)
