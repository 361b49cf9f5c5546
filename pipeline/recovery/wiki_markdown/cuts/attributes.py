"""Pandoc's divisions and attributes, which say nothing of a text: fences of colons, ``[text]{.class}``, ``{#name}`` at a heading.

Comes in: the source. Goes out: cuts; the text that they hold. Refused: the attributes that Fanjian's own masters have.
Source: Pandoc's manual, extensions ``fenced_divs``, ``bracketed_spans``, ``link_attributes``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.location import blanked
from pipeline.recovery.wiki_markdown.cuts.found import Found, Part, all_gone, gone
from pipeline.recovery.wording.occurrence import has_any

_DIVISION = re.compile(
    r"(?m)(?:^[ \t]*|(?<=\n[-*+] )|(?<=\n- ))(?=:{3}):{3,}(?:[ \t]*(?:\{[^\n]*\}|[\w-]+)(?:[ \t]*:{3,})?)?[ \t]*$"
)
_HOLDERS = re.compile(rf"{_DIVISION.pattern}|(?m:^[ \t]*</?div[^<>\n]*>[ \t]*$)|</?span\b[^<>\n]*>")
_HEADING_ATTRIBUTES = re.compile(r"(?m)(?<=\S)[ \t]+\{[#.][^{}\n]*\}[ \t]*$")
_ATTRIBUTES = re.compile(
    r"\{(?!\.(?:keep|variant|missing)\b)(?=[.#]|[a-z-]+=)(?:[^{}\n\"]|\"[^\"\n]*\"|\n(?![ \t]*\n)){1,300}\}"
)
_BRACKET = re.compile(r"\\.|[\[\]]|\n[ \t]*\n")
_WHY = "attributes without a meaning for the text"
_PARTS = (
    Part(_DIVISION, (":::",), "L904", "division without a meaning for the text"),
    Part(_HEADING_ATTRIBUTES, ("{#", "{."), "L904", _WHY),
)


def attributes(source: str) -> Iterator[Found]:
    """Divisions and attributes."""
    yield from _spans(source)
    yield from all_gone(_PARTS, source)


def text_held(source: str, marks: Sequence[Found]) -> str:
    """The source with what only holds text as blanks, character for character: ``marks``, and tags as well."""
    if not marks and not has_any(source, ("<div", "</div", "<span", "</span")):
        return source
    holders = (m.span() for pattern in (_HOLDERS, _HEADING_ATTRIBUTES) for m in pattern.finditer(source))
    return blanked(source, [*holders, *((found.start, found.cut.end) for found in marks)])


def _spans(source: str) -> Iterator[Found]:
    """Pandoc's attributes: ``[text]{.class}`` leaves its text, ``{…}`` behind a link or picture just goes."""
    if "{" not in source:
        return
    closed = {m.start(): m.end() for m in _ATTRIBUTES.finditer(source) if source[m.start() - 1] in "])"}
    if not closed:
        return
    opened: list[int] = []
    for m in _BRACKET.finditer(source):
        if m.group() == "[":
            opened.append(m.start())
        elif m.group() == "]" and opened:
            begin = opened.pop()
            if m.end() in closed:
                yield gone((begin, begin + 1), "L904", _WHY)
                yield gone((m.start(), closed.pop(m.end())), "L904", _WHY)
        elif m.group()[0] == "\n":
            opened.clear()
    for begin, end in closed.items():
        if source[begin - 1] == ")":
            yield gone((begin, end), "L904", _WHY)
