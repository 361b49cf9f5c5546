"""The source of a wiki export without what is no running text, character for character, so that lines keep their places.

Comes in: the source, its cuts, its notes. Goes out: the text with spaces for them. Refused: nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.location import Span, blanked
from pipeline.recovery.wiki_markdown.cuts.cutting import Cuts
from pipeline.recovery.wiki_markdown.notes.lists import WikiNotes
from pipeline.recovery.wiki_markdown.tables.rows import breaks_in_rows
from pipeline.recovery.wiki_markdown.text.formulas import FORMULA, TAGGED_FORMULA

_FENCE_END = re.compile(r"\n[ \t]*`{3,}")
_TEXT_BELOW = re.compile(r"\n[ \t]*(?!`{3}|[-*+] |#)\S")


def masked(source: str, cuts: Cuts) -> str:
    """The source with its cuts as spaces, character for character, so that lines keep their places.

    A cut in the middle of a sentence takes its line ends along: what it parted is one line.
    """
    out, at = [], 0
    for span in cuts.ordered:
        out.append(source[at : span.start])
        text = source[span.start : span.end]
        parts = "\n" in text and _is_inside(source, span)
        out.append(" " * len(text) if parts else re.sub(r"[^\n]", " ", text))
        at = span.end
    out.append(source[at:])
    return "".join(out)


def _is_inside(source: str, span: Span) -> bool:
    """Whether words stand before and behind it on its lines, or it is the mark that raw text begins or ends with."""
    if source.startswith("```", span.start):
        return source[span.end : span.end + 1] > " "
    if _FENCE_END.match(source, span.start, span.end):
        return _TEXT_BELOW.match(source, span.end) is not None
    begin, end = source.rfind("\n", 0, span.start) + 1, source.find("\n", span.end)
    before, behind = source[begin : span.start], source[span.end : end if end >= 0 else len(source)]
    return bool(before.strip(" \t#>|*-")) and bool(behind.strip())


def text_alone(plain: str, notes: WikiNotes, tables: Sequence[Span], has_formulas: bool) -> str:
    """The masked source without lists of note bodies and tables of wikitext, and without line ends in formulas and inset notes."""
    text = blanked(plain, notes.lists)
    for body in notes.bodies:
        if body.is_inset:
            inside = text[body.text : body.end].replace("\n", " ")
            text = text[: body.text] + inside + text[body.end :]
    text = blanked(text, tables)
    for start, end in breaks_in_rows(text):
        text = text[:start] + " " * (end - start) + text[end:]
    for pattern in [FORMULA] * has_formulas + [TAGGED_FORMULA] * ("<math" in text):
        text = pattern.sub(lambda m: m.group().replace("\n", " "), text)
    return text
