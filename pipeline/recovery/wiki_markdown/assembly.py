"""From an article's drafts to its manuscript: finished texts, the bodies of its notes, and every character accounted for.

Comes in: an article and its blocks as they were read. Goes out: the manuscript. Refused: nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

from pipeline.document.manuscript import Block, Finding, Front, Manuscript
from pipeline.document.traced import Edit, Traced
from pipeline.location import Span
from pipeline.recovery.characters import fingerprint
from pipeline.recovery.markdown.drafts import finished
from pipeline.recovery.markdown.remainder import settle
from pipeline.recovery.wiki_markdown.article import Article
from pipeline.recovery.wiki_markdown.blocks import Blocks
from pipeline.recovery.wiki_markdown.bodies import read_bodies
from pipeline.recovery.wiki_markdown.depths import depths
from pipeline.recovery.wiki_markdown.notes.lists import WikiNotes
from pipeline.recovery.wiki_markdown.seen import trimmed
from pipeline.recovery.wiki_markdown.text.code import joined_code
from pipeline.recovery.wiki_markdown.text.holes import find_holes, find_lost_items
from pipeline.recovery.wiki_markdown.text.smart import curled, is_smart
from pipeline.recovery.wiki_markdown.text.tags import tidied
from pipeline.recovery.wiki_markdown.titles import bold_title, with_forms
from pipeline.settings import RecoverSettings


def assembled(article: Article, read: Blocks, settings: RecoverSettings) -> Manuscript:
    """The manuscript of an article whose blocks are read."""
    findings = list(read.findings)
    finish = _finisher(article, settings, findings)
    blocks = []
    for draft, level in zip(read.drafts, depths(read.drafts, article.source), strict=True):
        rows = tuple(tuple(finish(cell) for cell in row) for row in draft.rows)
        blocks.append(Block(draft.kind, finish(Traced.joined(draft.parts)), level, draft.marker, rows))
    notes, gone, lost = read_bodies(
        _notes_read(article, findings),
        article.source,
        article.plain,
        lambda a, b: finish(article.note_inline.read(a, b)),
    )
    title = with_forms(finish(read.title) or bold_title(blocks), article.inline.title_forms)
    told = [f.span.start for f in article.cuts.findings if f.span]
    findings += [
        *lost,
        *article.notes.findings,
        *article.inline.findings,
        *article.cuts.findings,
        *find_lost_items(article.plain, told, article.dashes),
        *find_holes(blocks, notes, article.source),
    ]
    manuscript = Manuscript(
        source_text=article.source,
        form="wiki-markdown",
        lang=article.lang,
        fronts=(Front(article.lang, title=title),),
        blocks=tuple(blocks),
        notes=notes,
        layout=tuple(article.inline.layout),
        removed=(*read.removed, *gone),
        findings=tuple(findings),
    )
    return settle(_with_unread_cuts(manuscript, article))


def _finisher(
    article: Article, settings: RecoverSettings, findings: list[Finding]
) -> Callable[[Traced], Traced]:
    """What mends a text once it is whole. ``findings`` grow."""
    source, smart, marks = article.source, is_smart(article.source), fingerprint(article.source, settings)
    has_code = "`" in source

    def finish(text: Traced) -> Traced:
        text = tidied(trimmed(text))
        text = joined_code(text) if has_code else text
        return finished(curled(text, source) if smart else text, marks, findings)

    return finish


def _notes_read(article: Article, findings: list[Finding]) -> WikiNotes:
    """The notes, without the texts that stand at their calls and could not be taken out of there. ``findings`` grow."""
    notes = article.notes
    left = [b for b in notes.bodies if b.is_inset and b.text not in article.inline.passed]
    if not left:
        return notes
    message = "a note was not converted: its text stands here, or is missing. Make it a note."
    findings += [Finding("L233", message, Span(b.text, b.end)) for b in left]
    bodies = tuple(b for b in notes.bodies if b not in left)
    return replace(notes, bodies=bodies, missing=(*notes.missing, *(b.label for b in left)))


def _with_unread_cuts(manuscript: Manuscript, article: Article) -> Manuscript:
    """The manuscript with the cuts that stand in no text and in nothing removed: whole lines."""
    held = [p.span for text in manuscript.texts() for p in text.pieces if len(p.span)]
    held = sorted([*held, *(e.span for e in manuscript.removed)])
    begins = [span.start for span in held]
    unread = []
    for start, cut in article.cuts.at.items():
        k = bisect_right(begins, start) - 1
        if k < 0 or held[k].end <= start:
            unread.append(Edit(Span(start, cut.end), article.source[start : cut.end], "", cut.rule, cut.why))
    return replace(manuscript, removed=(*manuscript.removed, *unread))
