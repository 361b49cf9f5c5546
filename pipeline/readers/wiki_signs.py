"""Is a text an article of a wiki? Links to its fellows, calls and ways back, the marks that exports leave."""

from __future__ import annotations

import re

_WIKI_LINK = re.compile(
    r'"wikilink"\)|\{\.wikilink\}|class="wikilink"|\]\(\.\./(?:Page|Category)/|\]\(/wiki/'
)
_FULL_WIKI_LINK = re.compile(  # any text may point there
    r"\]\(https?://(?:[a-z-]+\.)?(?:m\.)?(?:wiki(?:pedia|source|quote|voyage|books|tionary|versity|news)\.org/(?:wiki|zh(?:-[a-z]+)?)/"
    r"|(?:m?zh\.)?moegirl\.(?:org\.cn|org|icu|uk)/|[a-z0-9-]+\.fandom\.com/(?:zh(?:-[a-z]+)?/)?wiki/|[a-z0-9-]+\.huijiwiki\.com/wiki/)"
)
_LINK = re.compile(r"\]\((?![^()\s]*#cite_)[^)\s]")  # and no call
_WIKI_SIGNS = (
    re.compile(r"-\{[^{}\n]*?(?:zh-\w+|zh)\s*:[^{}\n]*\}-"),
    re.compile(r"\\\[\d+\\\]"),
    re.compile(r"(?m)^\[?\[?(?:Category|分類|分类):|\]\(\.\./Category/|[\"{.]wikilink[\"}]"),
    re.compile(r"(?m)^> ?本文(?:内容|內容)由"),
    re.compile(r"<!-- end list -->"),
    re.compile(r"#cite_(?:note|ref)-|[?&]action=edit\b"),
    re.compile(r"(?m)^ *[0-9]{1,3}\. +\**\[?\**\\?[\^↑](?:[\]*]|(?= ))"),  # a body's way back to its call
    re.compile(r"(?m)^[ \t]*\\?\[{1,2}[编編][辑輯]\\?\]"),
    re.compile(
        r"(?m)^[ \t*_]*(?:[来來出]自)?[维維]基百科，自由的百科全[书書][*_ \t]*$| - [维維]基百科，自由的百科全[书書]$"
    ),
    re.compile(r"\.\./(?:Page|Category)/[^)\s]+\.md"),
)
_READER = re.compile(  # what a service or tool says of a wiki's page above it
    r"\ufeff?Title:[^\n]*\n\s*URL Source:[ \t]*https?://(?:[a-z-]+\.)*(?:wiki[a-z]*\.org|baike\.baidu\.com|baike\.so\.com|moegirl\.[a-z.]+|fandom\.com|huijiwiki\.com)/"
    r"|\ufeff?<doc\b[^<>\n]*\burl=\"[^\"\n]*\bcurid=[0-9]+\""
)
_EDIT_LINE = re.compile(  # a section's name and the link to its editor, as words
    r"(?m)^(?![ \t]*[|>])[^\n。，：；|`]{0,40}?\\?\[[ \t]*[编編][辑輯][ \t]*\\?\][ \t]*$"
)
_SECTION_LINK = re.compile(  # to a wiki's editor, at a section of the page
    r"\[(?:[编編][辑輯](?:[来來]源|源代[码碼]|原始[码碼])?|edit)\]\((?=[^\s]*[?&](?:ve)?action=edit)(?=[^\s]*[?&]section=)"
)
_SECTIONS = 2
_CALL_OF_PAGE = re.compile(r"(?:\]\(|\bhref=\")[^()\s\"]*#cite_(?:note|ref)-")
_WAY_BACK = re.compile(r"(?:\]\(|\bhref=\")[^()\s\"]*#cite_ref-")
_CALLS = 3
_READ_ON = re.compile(r"\[(?:引用日期|引用時間|引用时间)\s*[0-9]{4}")
_BRACKET_CALL = re.compile(r"(?<=\S) ?\\?\[[0-9]{1,3}(?:[-–][0-9]{1,3})?\\?\](?![(:])")


def is_wiki(text: str) -> bool:
    """Whether a Markdown text is a wiki's article: by its links to other articles, its links to edit, its templates."""
    links = len(_WIKI_LINK.findall(text))
    full = len(_FULL_WIKI_LINK.findall(text))
    if full * 2 < len(_LINK.findall(text)):  # an article links to its fellows mainly
        full = 0
    signs = sum(bool(sign.search(text)) for sign in _WIKI_SIGNS)
    if _READER.match(text) or (links + full >= 3 and signs >= 1):
        return True
    if links >= 10 or signs >= 3 or len(_EDIT_LINE.findall(text)) >= _SECTIONS:
        return True
    return len(_SECTION_LINK.findall(text)) >= _SECTIONS or is_saved_page(text) or _is_baike(text)


def is_saved_page(text: str) -> bool:
    """A wiki's web page, with the links by which its calls and notes lead to each other: no master has them."""
    return len(_CALL_OF_PAGE.findall(text)) >= _CALLS and _WAY_BACK.search(text) is not None


def _is_baike(text: str) -> bool:
    """An article whose calls ``[1]`` answer to a list that says when each address was read, as only such sites do."""
    return _READ_ON.search(text) is not None and len(_BRACKET_CALL.findall(text)) >= 3
