"""OCR Markdown → manuscript: pages of a scanned paper as an OCR engine wrote them.

Comes in: Markdown with raised note numbers, bodies at the foot of each page with or without a rule,
paragraphs and bodies cut by pages, a masthead. Goes out: whole paragraphs, bound notes, metadata. Refused:
joining what may be two paragraphs, and taking a list for notes.
"""

from __future__ import annotations

from pipeline.document.manuscript import Manuscript
from pipeline.note_signs import with_narrow_numbers
from pipeline.recovery.markdown.chunk_runs import read_chunks
from pipeline.recovery.ocr_markdown.front.parts import find_front
from pipeline.recovery.ocr_markdown.notes.inset import with_inset_notes
from pipeline.recovery.ocr_markdown.notes.runs import find_noted_chunks
from pipeline.recovery.ocr_markdown.pages.furniture import find_page_marks
from pipeline.recovery.ocr_markdown.reader import Reader
from pipeline.recovery.wording.script import detect_script
from pipeline.settings import RecoverSettings


def recover_ocr_markdown(text: str, settings: RecoverSettings, lang: str = "") -> Manuscript:
    """The manuscript of an OCR'd paper. Never raises: what cannot be read stays text."""
    lang = lang or detect_script(text)
    told = with_narrow_numbers(text)
    chunks, notes = find_noted_chunks(told, read_chunks(told))
    notes = with_inset_notes(text, chunks, notes)
    bodies = frozenset(b.chunk for b in notes.bodies)
    marks = find_page_marks(text, chunks, bodies)
    front = find_front(text, chunks, bodies, marks.removed.keys())
    reader = Reader(text, chunks, notes, marks, settings)
    reader.read(front)
    return reader.manuscript(front, lang)
