"""A wiki's page as plain text: sections are told by the link to their editor, and a paragraph may be a line.

Comes in: the source. Goes out: answers. Refused: levels of headings, which such a text lost.
"""

from __future__ import annotations

import re

from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK

SECTION_NAME = re.compile(r"(?![ \t]*(?:[|>#]|[-*+] |[0-9]+[.)] ))[^\n。，：；！？|`\[\]]{1,40}")
_LINK = r"\\?\[{1,2}[ \t]*[编編][辑輯](?:[ \t]*\|[^\n\[\]]{1,20})?[ \t]*\\?\]{1,2}"
_EDIT = rf"(?:{_LINK}|播[报報][ \t]*\n\s*[编編][辑輯]|[编編][辑輯][ \t]*\n\s*播[报報])"
_NAMED = re.compile(rf"(?m)^{SECTION_NAME.pattern}?(?:[ \t]*|[ \t]*\n\s*){_EDIT}[ \t]*$")
_BEHIND = re.compile(rf"[ \t]*(?:\n\s*)?{_EDIT}[ \t]*(?=\n|\Z)")
_CLOSE = re.compile(rf"(?m)(?<=\S\n)[ \t]*{_EDIT}[ \t]*\n(?=\S)")
_SECTIONS = 2
_EDIT_SIGNS = ("[编", "[編", "播报", "播報")


def names_sections(source: str) -> bool:
    """Whether lines of their own name sections, by the link to the editor beside or below them."""
    return _may_be(source) and len(_NAMED.findall(source)) >= _SECTIONS


def is_section(source: str, start: int, end: int) -> bool:
    """Whether a line names a section."""
    return SECTION_NAME.fullmatch(source, start, end) is not None and _BEHIND.match(source, end) is not None


def lines_are_paragraphs(source: str) -> bool:
    """Whether no blank line parts anything: the editor's links stand right between text."""
    return _may_be(source) and len(_CLOSE.findall(source)) >= _SECTIONS


def _may_be(source: str) -> bool:
    return PANDOC_LINK not in source and any(sign in source for sign in _EDIT_SIGNS)
