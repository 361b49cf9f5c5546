"""All edits of one source in order, and the accounting of every character (promise 1)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from pipeline.document.manuscript import Finding, Manuscript
from pipeline.document.traced import Edit
from pipeline.location import LineIndex, Span


def edits(manuscript: Manuscript) -> list[Edit]:
    """Every edit of the manuscript, in the order of the source, each once."""
    inside = (edit for text in manuscript.texts() for edit in text.edits())
    return sorted({*inside, *manuscript.removed}, key=lambda e: (e.span, e.rule))


def account(manuscript: Manuscript) -> list[str]:
    """What is wrong with the books: gaps, overlaps, kept text that is not the source's. Empty when right."""
    if manuscript.passthrough:
        return []
    source, wrong = manuscript.source_text, []
    spans: list[Span] = [*manuscript.layout, *(e.span for e in manuscript.removed)]
    for text in manuscript.texts():
        for piece in text.pieces:
            spans.append(piece.span)
            if piece.edit is None and source[piece.span.start : piece.span.end] != piece.text:
                wrong.append(f"{piece.span}: kept text {piece.text[:20]!r} is not the source's")
    for edit in edits(manuscript):
        if source[edit.span.start : edit.span.end] != edit.before:
            wrong.append(f"{edit.span}: «before» is not what the source has ({edit.rule})")
    at = 0
    for span in sorted(s for s in spans if len(s)):
        if span.start > at:
            wrong.append(f"{Span(at, span.start)}: nowhere ({source[at : span.start][:20]!r})")
        elif span.start < at:
            wrong.append(f"{span}: twice ({source[span.start : at][:20]!r})")
        at = max(at, span.end)
    if at < len(source):
        wrong.append(f"{Span(at, len(source))}: nowhere ({source[at:][:20]!r})")
    return wrong


def page_at(manuscript: Manuscript, offset: int) -> str | None:
    """The page of the source that holds ``offset``: its own number, or its ordinal where it tells none."""
    page = None
    for ordinal, (start, number) in enumerate(manuscript.pages, 1):
        if start > offset:
            break
        page = number or str(ordinal)
    return page


def placed(manuscript: Manuscript, findings: Iterable[Finding]) -> list[Finding]:
    """The findings with line and page filled in, in the order of the source."""
    lines = LineIndex(manuscript.source_text)
    out = [
        f
        if f.span is None
        else replace(f, line=lines.line(f.span.start), page=page_at(manuscript, f.span.start))
        for f in findings
    ]
    return sorted(out, key=lambda f: (f.span is None, f.span or Span(0, 0), f.rule))


def write_ledger(manuscript: Manuscript) -> str:
    """The ledger as JSON Lines, an edit each: rule, span, line, page, before, after, why."""
    lines = LineIndex(manuscript.source_text)
    rows = (
        {
            "rule": e.rule,
            "start": e.span.start,
            "end": e.span.end,
            "line": lines.line(e.span.start),
            "page": page_at(manuscript, e.span.start),
            "before": e.before,
            "after": e.after,
            "why": e.why,
        }
        for e in edits(manuscript)
    )
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
