"""Categories of an article, and links to it in other languages, as wikitext or a page has them at the end.

Comes in: the source. Goes out: cuts. Refused: a link in the text that leads to a category of a sister wiki.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK, Found, Part, all_gone

_CATEGORY = re.compile(
    rf"\[(?:Category|CAT|分類|分类|カテゴリ)[:：][^\[\]]{{0,200}}\](?!\([^()\s]*/:){TARGET}[ \t]*",
    re.IGNORECASE,
)
_TO_CATEGORY = re.compile(r"(?<=\[):(?=(?:Category|分類|分类)[:：])", re.IGNORECASE)  # shown as a link
_SORTED_CATEGORY = re.compile(  # a line of links to categories, shown by the word they are sorted under
    rf"(?m)^[ \t]*(?:\[[^\[\]\n]{{0,60}}\](?=\([^()\s]*/Category[:/]){TARGET}[ \t]*)+$"
)
_BROKEN_CATEGORY = re.compile(
    r"(?m)^\\\[\\\[(?:Category|分類|分类)[:：][^\n]{1,200}\\\]\\\][ \t]*$", re.IGNORECASE
)
_LANGUAGE = re.compile(
    rf"\[(?:[a-z]{{2,3}}|zh-[a-z-]+|simple|be-x-old):[^\[\]\n]+(?:\n[^\[\]\n]+)?\]{TARGET}(?:\{{\.wikilink\}})?[ \t]*(?=\n|$|\[)"
)
_LANGUAGE_TAG = re.compile(
    r"<a\s+href=\"(?:[a-z]{2,3}|zh-[a-z-]+|simple|be-x-old):[^\"\s]+\"\s+class=\"wikilink\"[^<>]*>[^<>]*</a>[ \t]*(?=\n|$|<a)"
)
_PAGE_OF_CATEGORY = r"(?:Category|分[类類])(?:[:：]|%3A)"
_CATEGORY_ITEM = re.compile(  # of this wiki, not of its sisters
    rf"(?mi)^[ \t]*[-*+][ \t]+\[[^\]\n]+\](?!\(https?://(?:commons|(?!zh)[a-z][a-z])\.)(?=\([^()\s]*{_PAGE_OF_CATEGORY}){TARGET}[ \t]*$"
)
_ABBREVIATIONS = (
    r"(?:^  \*\[[^\[\]\n]{1,20}\]: [^\n]*(?:\n|\Z))+\s*\Z"  # html2text's list of what their tags say
)
_CATEGORIES = re.compile(
    rf"(?mi)^[ \t]*(?:[隐隱]藏分[类類][：:][ \t]*$|\[(?:分[类類]|Categor(?:y|ies))\](?=\([^()\s]*(?:Special:|特殊:))[ \t]*{TARGET}[：:]?"
    r"|(?:\[(?:分[类類]|Categor(?:y|ies))\]\([^()\s]*:(?:Category|分类|分類)(?:\s\"[^\"\n]*\")?\)|Hidden categories|[隐隱]藏分[类類])[：:][^\n]*$"
    r"|(?:分[类類]|Categor(?:y|ies))[：:][ \t]*\n+(?:[ \t]*[-*+][ \t]+[^\n]{1,60}(?:\n+|\Z))+"
    rf"\s*(?:\Z|{_ABBREVIATIONS}))"
)
_CATEGORY_TAG = re.compile(
    rf"<a\s[^<>]{{0,200}}href=\"[^\"\s]*(?<!:){_PAGE_OF_CATEGORY}[^<>]{{0,300}}>[^<>]{{0,100}}</a>[ \t]*",
    re.IGNORECASE,
)
# Of the source, and of the text as a reader saw it:
_PARTS = (
    Part(_CATEGORY, ("[",), "L204", "category"),
    Part(_TO_CATEGORY, ("[:",), "L204", "colon of a link to a category"),
    Part(_SORTED_CATEGORY, ("/Category",), "L204", "category"),
    Part(_BROKEN_CATEGORY, ("\\[\\[",), "L204", "category"),
    Part(_LANGUAGE, ("[",), "L205", "link to another language"),
    Part(_LANGUAGE_TAG, ('class="wikilink"',), "L205", "link to another language"),
    Part(_CATEGORY_TAG, ("<a ", "<A "), "L204", "category"),
    Part(re.compile(f"(?m){_ABBREVIATIONS}"), ("  *[",), "L213", "meaning of an abbreviation"),
)
_PARTS_OF_TEXT = (Part(_CATEGORIES, ("分类", "分類", "ategor"), "L204", "category"),)
_ITEMS = (Part(_CATEGORY_ITEM, ("](",), "L204", "category"),)


def categories(source: str, bare: str) -> Iterator[Found]:
    """Categories and links to other languages. ``bare``: the source without tags and attributes."""
    yield from all_gone(_PARTS, source)
    yield from all_gone(_PARTS_OF_TEXT, bare)
    if PANDOC_LINK not in source:
        yield from all_gone(_ITEMS, bare)
