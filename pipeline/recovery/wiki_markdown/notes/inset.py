"""Notes that an export left inside their sentences: ``<ref>…</ref>`` and ``{{#tag:ref|…|group=註}}``.

Comes in: the source with its cuts masked, the number of the last note of the second kind. Goes out: bodies, calls, cuts.
Refused: a mark without a text of its own whose name no other has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.recovery.markdown.inline import CallMark, Cut
from pipeline.recovery.wiki_markdown.notes.lists import WikiBody, WikiNotes
from pipeline.recovery.wording.occurrence import matches

_LONGEST = 8000  # characters of a note
_NAME = r"name\s*=\s*[\"']?(?P<{0}>[^\"'/<>|{{}}]{{1,80}}?)[\"']?\s*"
_NOTE = re.compile(
    rf"<ref\b(?:[^<>/]*?{_NAME.format('tagged')})?[^<>]*?(?P<empty>/>|(?<!/)>(?P<inside>(?:(?!</?ref\b)[\s\S]){{1,{_LONGEST}}}?)</ref>)"
    r"|\{\{\s*\\?\#tag:ref\s*\|(?P<text>(?:(?!\{\{|\}\})[\s\S]){1,3000}?)"
    rf"(?:\|\s*(?:group\s*=[^|{{}}]*|{_NAME.format('named')}))*\}}\}}",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"(?m)^[ \t]*(?:[#|<>]|[0-9]{1,3}\.[ \t])|^[ \t]*[-*+][ \t](?!.*\S)")
_WHY = "end of a note that stands at its call"


@dataclass(frozen=True, slots=True)
class Inset(Cut):
    """A stretch of a paragraph that is read elsewhere: a note's body."""


def find_inset_notes(text: str, last: int) -> WikiNotes:
    """The notes that stand at their calls, labelled on from ``last``; one that is called again by its name is one."""
    bodies: list[WikiBody] = []
    marks: dict[int, CallMark | Cut] = {}
    labels: dict[str, str] = {}
    found = list(matches(_NOTE, text, "<ref", "#tag:ref"))
    for m in found:
        group = "inside" if m["inside"] is not None else "text"
        if m["empty"] == "/>" or not _is_whole(text, m, group):
            continue
        number = last + len(bodies) + 1
        start, end = m.span(group)
        labels.setdefault(m["tagged"] or m["named"] or "", f"注{number}")
        bodies.append(WikiBody(m.start(), start, end, number, f"注{number}", is_inset=True))
        marks[m.start()] = CallMark(start, f"注{number}")
        marks[start] = Inset(end, "", "")
        marks[end] = Cut(m.end(), "L904", _WHY)
    for m in found:
        if m["empty"] == "/>" and m["tagged"] in labels:
            marks[m.start()] = CallMark(m.end(), labels[m["tagged"]])
    return WikiNotes(tuple(bodies), marks)


def _is_whole(text: str, note: re.Match[str], group: str) -> bool:
    """Whether it has words and holds but paragraphs and items, and stands in no row whose bars would part it."""
    row = text[text.rfind("\n", 0, note.start()) + 1 : note.start()]
    return (
        bool(note[group].strip()) and not row.lstrip().startswith("|") and _BLOCK.search(note[group]) is None
    )
