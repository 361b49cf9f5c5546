"""The notes that stand behind the table that calls them, as Pandoc writes those of a table in HTML.

Comes in: the source with its cuts masked. Goes out: bodies, calls, findings. Refused: all other notes.
"""

from __future__ import annotations

import re

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import CallMark, Cut
from pipeline.recovery.wiki_markdown.notes.lists import WikiBody, WikiNotes, without_body
from pipeline.recovery.wording.occurrence import matches

_TABLE_LIST = re.compile(  # Pandoc numbers the notes of a table that it writes as HTML by themselves, and sets them behind it
    r"(?<=</table>)\s*<(section|div)\b[^<>]*\bclass=\"footnotes\b[^<>]*>(?s:.{0,60000}?)</\1>"
)
_TABLE_BODY = re.compile(
    r"<li\b[^<>]*\bid=\"fn(?P<n>[0-9]{1,3})\"[^<>]*>\s*(?:<p>)?(?P<body>(?s:.*?))\s*"
    r"(?:<a\b[^<>]*\bhref=\"#fnref(?P=n)\"[^<>]*>[^<>]*</a>\s*)?(?:</p>\s*)?</li>"
)
_TABLE_MARK = re.compile(r"<a\b[^<>]*\bhref=\"#fn(?P<n>[0-9]{1,3})\"[^<>]*><sup>(?P=n)</sup></a>")


def notes_of_tables(text: str) -> WikiNotes:
    """The notes that stand behind the table that calls them. Their labels («表1») count on from table to table."""
    bodies: list[WikiBody] = []
    calls: dict[int, CallMark | Cut] = {}
    lists: list[Span] = []
    findings: list[Finding] = []
    for found in matches(_TABLE_LIST, text, "footnotes"):
        begin = text.rfind("<table", 0, found.start())
        first = len(bodies)
        own = {int(m["n"]): m for m in _TABLE_BODY.finditer(text, *found.span())}
        for m in own.values():
            number = first + int(m["n"])
            bodies.append(WikiBody(m.start(), *m.span("body"), number, f"表{number}"))
            if not m["body"]:
                findings.append(without_body(f"表{number}", Span(*m.span())))
        for m in _TABLE_MARK.finditer(text, begin, found.start()):
            if int(m["n"]) in own:
                calls[m.start()] = CallMark(m.end(), f"表{first + int(m['n'])}")
        lists.append(Span(found.start(), found.end()))
    return WikiNotes(tuple(bodies), calls, lists=tuple(lists), findings=tuple(findings))
