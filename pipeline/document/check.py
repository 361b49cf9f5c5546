"""What Pandoc would pass over without a word in a master: notes without calls, calls without notes, notes in notes, bare
headings, HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.document.manuscript import Finding
from pipeline.location import LineIndex, Span

DEFINITION = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.M)
BODY = re.compile(  # with lines that go on, and paragraphs that are indented
    rf"{DEFINITION.pattern}.*(?:\n(?!{DEFINITION.pattern[1:]})[^\n]*\S[^\n]*|(?:\n[ \t]*)+\n(?:[ ]{{4}}|\t)[^\n]*\S[^\n]*)*",
    re.M,
)
CALL = re.compile(r"(?<!\\)\[\^([^\]\s]+)\](?!:)|(?<=\S)\[\^([^\]\s]+)\](?=:)")
BARE = re.compile(r"^#{1,6}[ \t]*#*[ \t]*$", re.M)
TAG = re.compile(  # and no address of a picture
    r"(?<!\\)(?<!\]\()<(?:!--|(?:a|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|ins|kbd|li|mark|ol|p"
    r"|rp|rt|ruby|s|small|span|strong|sub|summary|sup|table|td|th|tr|u|ul)\b[^<>\n:@]*/?>)"
)
HTML = "is printed as it stands: HTML says nothing in a master. Write it in Markdown, or take it out."
IN_NOTE = (
    "stands in a note and is printed as it stands: notes have no notes. Write the words into the note itself."
)
BARE_HEADING = "the heading has no words, so it is left out. Write them, or take the # away."
FENCE = re.compile(r"^(```+|~~~+).*?^\1", re.M | re.S)
CODE = re.compile(r"(`+)[^`].*?\1")


def check_master(master: str) -> list[Finding]:
    """Findings on the master's notes (a call without a body, a body without a call, a label given twice), headings and HTML.

    >>> [f.message for f in check_master("甲[^1]乙。\\n\\n[^2]: 丙\\n")]
    ['note call 1 has no body.', 'note 2 is called nowhere, so no edition shows it.']
    """
    text = CODE.sub(_blank, FENCE.sub(_blank, master))
    bodies = [(m.group(1), Span(m.start(), m.end())) for m in DEFINITION.finditer(text)]
    calls = [(m.group(1) or m.group(2), Span(m.start(), m.end())) for m in CALL.finditer(text)]
    inner = [
        (
            "N94",
            f"note call {m.group(1) or m.group(2)} {IN_NOTE}",
            Span(body.start() + m.start(), body.start() + m.end()),
        )
        for body in BODY.finditer(text)
        for m in CALL.finditer(body.group(), body.group().index(":"))
    ]
    bare = [("L91", BARE_HEADING, Span(m.start(), m.end())) for m in BARE.finditer(text)]
    tags = [("L99", f"«{m.group()[:40]}» {HTML}", Span(m.start(), m.end())) for m in TAG.finditer(text)]
    lines = LineIndex(master)
    return [
        Finding(rule, message, span, line=lines.line(span.start))
        for rule, message, span in sorted(
            [*_problems(bodies, calls), *inner, *bare, *tags], key=lambda p: p[2]
        )
    ]


def _problems(
    bodies: list[tuple[str, Span]], calls: list[tuple[str, Span]]
) -> Iterator[tuple[str, str, Span]]:
    defined, called = {label for label, _ in bodies}, {label for label, _ in calls}
    for label, span in calls:
        if label not in defined:
            yield "N90", f"note call {label} has no body.", span
    seen: Counter[str] = Counter()
    for label, span in bodies:
        seen[label] += 1
        if label not in called:
            yield "N91", f"note {label} is called nowhere, so no edition shows it.", span
        elif seen[label] > 1:
            yield "N92", f"note {label} has a second body; only one is shown.", span


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())
