"""Which form a text has: what the ending says first, then what the text shows.

The signs are counted over the whole text and each form asks for several of them, so that a single ``<sup>``
or a single link does not decide. A text without any sign is plain: a paragraph a line.
"""

from __future__ import annotations

import re
from pathlib import PurePath

from pipeline.page_signs import sheet_heads
from pipeline.readers.laid_out import is_laid_out
from pipeline.readers.ocr_notes import HEADING, NOTE
from pipeline.readers.ocr_signs import is_ocr
from pipeline.readers.wiki_signs import is_saved_page, is_wiki

PANDOC_FORMS = frozenset(
    {
        "asciidoc", "bits", "commonmark", "commonmark_x", "creole", "csljson", "csv", "djot",
        "docbook", "docx", "dokuwiki", "endnotexml", "epub", "fb2", "gfm", "haddock",
        "html", "ipynb", "jats", "jira", "latex", "man", "markdown_github", "markdown_mmd",
        "markdown_phpextra", "markdown_strict", "mdoc", "mediawiki", "muse", "odt", "opml", "org",
        "pod", "pptx", "rst", "rtf", "t2t", "textile", "tikiwiki", "tsv",
        "twiki", "typst", "vimwiki", "xlsx",
    }
)  # fmt: skip
_ENDINGS = {
    ".docx": "docx", ".epub": "epub", ".odt": "odt", ".pptx": "pptx", ".xlsx": "xlsx",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".rst": "rst", ".tex": "latex", ".latex": "latex",
    ".org": "org", ".rtf": "rtf", ".ipynb": "ipynb", ".textile": "textile", ".mediawiki": "mediawiki",
    ".wiki": "mediawiki", ".typ": "typst", ".adoc": "asciidoc", ".asciidoc": "asciidoc", ".fb2": "fb2",
    ".dbk": "docbook", ".docbook": "docbook", ".jats": "jats", ".opml": "opml", ".dj": "djot",
    ".muse": "muse", ".t2t": "t2t", ".csv": "csv", ".tsv": "tsv", ".dokuwiki": "dokuwiki",
}  # fmt: skip
_YAML_HEAD = re.compile(r"\A\ufeff?---[ \t]*\n(?=[\w\"'-]+[ \t]*:)(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_CLIPPED = re.compile(  # a clipper's head names the page that it saved
    r"(?m)^(?:source|url|link)[ \t]*:[ \t]*[\"']?https?://[a-z.-]*\b(?:wikipedia|wikisource|wikivoyage|wikibooks)\.org/"
)
_WIKITEXT = (
    re.compile(r"(?m)^(==+)[^=\n]+\1[ \t]*$"),
    re.compile(r"\[\[[^\[\]\n]+\]\]"),
    re.compile(r"<ref[ >]"),
    re.compile(r"\{\{[^{}\n]+\}\}"),
    re.compile(r"'''[^'\n]+'''"),
)
_PAGE = re.compile(r"第[ ]?[0-9]+[ ]?[頁页]|page", re.IGNORECASE)
_MARKDOWN_LINE = re.compile(r"(?m)^[ \t]*(?:#{1,6}[ \t]+\S|[-*+] \S|> |\|.*\|[ \t]*$|```|~~~|\*\*\S)")
_EMPHASIS = re.compile(r"(?<![*\\\w])\*{1,2}[^\s*][^*\n]*?\*{1,2}(?![*\w])")
_HTML = re.compile(r"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!DOCTYPE html|<html[ >])", re.IGNORECASE)
_LATEX = re.compile(  # comments and commands stand before it, no text: a text may show how a class is named
    r"(?:[^\S\n]*(?:[%\\][^\n]*)?\n)*?[^\S\n]*\\documentclass\b[^\n]*\{\w+\}"
)
_PICTURE_OR_TABLE = re.compile(r"(?m)^!\[[^\]\n]*\]\([^)\n]+\)|^\|.*\|[ \t]*$|<table>")


def form_of_name(name: str) -> str:
    """Pandoc's format for a file's ending; empty where the text itself must tell."""
    return _ENDINGS.get(PurePath(name).suffix.lower(), "")


def detect_form(text: str, name: str) -> str:
    """The form of a decoded text; ``name`` is its file's, whose ending may say it at once.

    >>> detect_form("---\\ntitle: 海河\\n---\\n\\n# 一\\n", "master.md")
    'markdown'
    """
    if form := form_of_name(name):
        return form
    if sheet_heads(text):
        return "ocr-markdown"
    if head := _YAML_HEAD.match(text):
        is_clipped = _CLIPPED.search(text, 0, head.end()) is not None
        return "wiki-markdown" if (is_clipped and is_wiki(text)) or is_saved_page(text) else "markdown"
    if _HTML.match(text):
        return "html"
    if form := _form_of_markup(text.lstrip("\ufeff \n")[:2000]):
        return form
    if _LATEX.match(text):
        return "latex"
    if is_wiki(text):
        return "wiki-markdown"
    if sum(len(sign.findall(text)) >= 2 for sign in _WIKITEXT) >= 2:
        return "mediawiki"
    if is_ocr(text):
        return "ocr-markdown"
    if not _is_built_of_markdown(text) and is_laid_out(text):
        return "page-dump"
    if _is_extract(text):
        return "wiki-markdown"
    return "markdown" if _is_markdown(text, name) else "plain"


def _form_of_markup(head: str) -> str:
    """The format of a text that is markup from its first line on."""
    if head.startswith("{\\rtf"):
        return "rtf"
    if not head.startswith("<?xml"):
        return ""
    root = re.search(r"<(FictionBook|article|book|opml)\b", head)
    if root is None:
        return ""
    jats = "jats" in head.lower() or "nlm" in head.lower()
    return {"FictionBook": "fb2", "opml": "opml"}.get(root[1], "jats" if jats else "docbook")


def _is_built_of_markdown(text: str) -> bool:
    """Headings, and marks of lists, quotations, tables and code before every tenth line: its lines are no page's."""
    marked = len(_MARKDOWN_LINE.findall(text))
    lines = sum(bool(line.strip()) for line in text.split("\n"))
    return len(HEADING.findall(text)) >= 2 and marked * 10 >= lines and "\f" not in text


def _is_extract(text: str) -> bool:
    """Whether a text is a wiki's extract: nothing of wikitext but the names of its sections, which are no pages."""
    sections = [m.group() for m in _WIKITEXT[0].finditer(text) if not _PAGE.search(m.group())]
    return len(sections) >= 2 and not any(sign.search(text) for sign in (*_WIKITEXT[1:], HEADING))


def _is_markdown(text: str, name: str) -> bool:
    if NOTE.search(text):
        return True
    signs = len(HEADING.findall(text)) + len(_EMPHASIS.findall(text))
    signs += len(_PICTURE_OR_TABLE.findall(text))
    return signs >= (1 if PurePath(name).suffix.lower() in (".md", ".markdown") else 3)
