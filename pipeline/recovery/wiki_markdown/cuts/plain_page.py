"""A wiki's page as plain text: what tells its sections, and whether a paragraph is a line.

Comes in: the source. Goes out: answers. A section is told by the link to its editor, between equals signs («== 歷史 ==»), or in
WikiExtractor's text by a full stop of its own («歷史.»). Refused: levels of headings where a text has none.
Source: MediaWiki's extension TextExtracts; WikiExtractor.
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
BETWEEN_SIGNS = re.compile(r"(?m)^(?P<signs>={2,6})[ \t]+(?P<inner>[^=\n]*[^=\s])[ \t]+(?P=signs)[ \t]*$")
_WIKITEXT = ("[[", "{{", "'''", "<ref")
EXTRACTED = re.compile(r"\ufeff?<doc\b[^<>\n]*\btitle=\"[^<>\n]*\"[^<>\n]*>\n(?P<title>[^\n]+)\n")
DOTTED = re.compile(rf"(?m)^{SECTION_NAME.pattern}(?<![.])(?P<cut>\.)$")
_SECTIONS = 2
_EDIT_SIGNS = ("[编", "[編", "播报", "播報")


def names_sections(source: str) -> bool:
    """Whether lines of their own name sections, by the link to the editor beside or below them, or by a full stop."""
    return (_may_be(source) and len(_NAMED.findall(source)) >= _SECTIONS) or is_extracted(source)


def is_section(source: str, start: int, end: int) -> bool:
    """Whether a line names a section."""
    is_told = _BEHIND.match(source, end) is not None or (
        source[end : end + 1] == "." and is_extracted(source)
    )
    return is_told and SECTION_NAME.fullmatch(source, start, end) is not None


def lines_are_paragraphs(source: str) -> bool:
    """Whether no blank line parts anything: the editor's links stand right between text, or an extract has nothing but text and names."""
    if _may_be(source) and len(_CLOSE.findall(source)) >= _SECTIONS:
        return True
    is_extract = not any(sign in source for sign in _WIKITEXT) and PANDOC_LINK not in source
    return is_extracted(source) or (is_extract and len(BETWEEN_SIGNS.findall(source)) >= _SECTIONS)


def is_extracted(source: str) -> bool:
    """Whether WikiExtractor wrote it."""
    return EXTRACTED.match(source) is not None


def _may_be(source: str) -> bool:
    return PANDOC_LINK not in source and any(sign in source for sign in _EDIT_SIGNS)
