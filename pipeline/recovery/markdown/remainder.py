"""What no text and no removal holds: line ends, indents, marks of headings and lists.

Comes in: a manuscript whose texts are complete. Goes out: the same, every character in its books: white
space and Markdown's own signs become layout, anything else an edit that says it was taken away; where words are among it, a finding asks for them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.document.manuscript import Finding, Manuscript
from pipeline.document.traced import Edit
from pipeline.location import Span

# Tags, what orders how they look, targets of links, LaTeX's commands for parts of a text and lines of a table.
_MARKUP = re.compile(
    r"<[^<>]*>|\w[\w-]*\s*=\s*(?:\"[^\"]*\"|[^\s|>]+)|\{[^{}]*\}|\]\([^()]*\)|https?:\S+|&\w+;"
    r"|\\(?:title|author|caption|(?:sub){0,2}section|footnotetext|begin|end|item|[hc]line|(?:top|mid|bottom)rule)\b"
)
_WORDS = re.compile(r"[^\W\d_]")
SHOWN = 40  # characters of lost words that a finding shows
_SIGNS = re.compile(r"[\s\u3000\ufeff#>|*_+\-=:~`\\.)(!\[\]0-9•]*")


def settle(manuscript: Manuscript) -> Manuscript:
    """The manuscript with every character of its source accounted for."""
    source = manuscript.source_text
    spans = [*manuscript.layout, *(e.span for e in manuscript.removed)]
    spans += [p.span for text in manuscript.texts() for p in text.pieces]
    layout, removed, findings = list(manuscript.layout), list(manuscript.removed), list(manuscript.findings)
    at = 0
    for span in sorted(filter(len, spans)):
        if span.start > at:
            _settle(source, Span(at, span.start), layout, removed, findings)
        at = max(at, span.end)
    if at < len(source):
        _settle(source, Span(at, len(source)), layout, removed, findings)
    return replace(manuscript, layout=tuple(layout), removed=tuple(removed), findings=tuple(findings))


def _settle(
    source: str, span: Span, layout: list[Span], removed: list[Edit], findings: list[Finding]
) -> None:
    text = source[span.start : span.end]
    if _SIGNS.fullmatch(text):
        layout.append(span)
        return
    bare = text.strip()
    start = span.start + text.find(bare)
    end = start + len(bare)
    for a, b in ((span.start, start), (end, span.end)):
        if b > a:
            layout.append(Span(a, b))
    removed.append(Edit(Span(start, end), bare, "", "L190", "markup that holds no text"))
    if _WORDS.search(words := " ".join(_MARKUP.sub(" ", bare).split())):
        said = f"words are in no text: «{words[:SHOWN]}». Add them where they are missing."
        findings.append(Finding("L191", said, Span(start, end)))
