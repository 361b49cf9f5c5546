"""What a wiki says to its editors and not to readers: links that open the editor, requests for sources and better text.

Comes in: the source. Goes out: cuts. Refused: a notice above the article that is a sentence without a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK, Found, Part, all_gone, gone
from pipeline.recovery.wiki_markdown.cuts.plain_page import DOTTED, SECTION_NAME, is_extracted, names_sections
from pipeline.recovery.wording.occurrence import matches

_REQUESTS = (
    "來源請求|来源请求|需要引文|需要引用|查證請求|查证请求|與來源不符|与来源不符|原創研究？|原创研究？|何時？|何时？|誰？|谁？|哪裡？|"
    "頁碼請求|页码请求|需要更多信息|需要更多資訊|永久失效連結|永久失效链接|失效連結|失效链接|需要解釋|需要解释|citation needed"
)
_HOLDS = rf"(?:\\?\]|</span>|{TARGET}|\{{[^{{}}\n]*\}})"  # where it leads, what sets it
_ASKING = re.compile(
    r"(?=[\^<\\\[])(?:(?P<raised>\^\()|\^|<sup>\s*)?(?:<span\b[^<>]*>)?\\?\["
    r"(?:\\?\[|<span\b[^<>]*>)?(?P<em>[*_]{0,2})(?:\\?\[|<span\b[^<>]*>){0,2}"
    rf"(?:{_REQUESTS})\\?\]{_HOLDS}{{0,3}}(?P=em){_HOLDS}{{0,3}}(?(raised)\)|(?:\^|\s*</sup>)?)"
    r"|<sup\b[^<>]*\bInline-Template\b[^<>]*>(?:(?!</?sup\b)[\s\S]){0,600}</sup>"
)
_EDIT_LINK = re.compile(
    rf"(?m)(?<=\S)[ \t]*\\?\[(?:\[)?(?:編輯|编辑|编輯|edit)(?:\](?:{TARGET}))?(?:\\?\]|\))?[ \t]*$"
)
_UNDERLINE = re.compile(r"(?m)\n[-=]{2,}[ \t]*$")
_EDIT_BELOW = re.compile(r"(?m)^#{1,6}[ \t][^\n]*\n+(?P<cut>[ \t]*[_*]?(?:编辑|編輯)(?:本段)?[_*]?[ \t]*)$")
_EDIT_LINE = re.compile(
    rf"(?m)^[ \t]*\\?\[\s*(?:\[\s*)?(?:[编編][辑輯]|edit)(?:\]{TARGET})?\s*\\?\][ \t]*$", re.IGNORECASE
)
_EDIT_WORD = r"(?:[编編][辑輯](?:源代[码碼]|原始[码碼])?|edit(?: source)?)"
_EDIT_LINKS = re.compile(  # wherever they stand
    rf"[ \t]*\\?\[[ \t]*\[{_EDIT_WORD}\](?:(?=\([^()\s]*action=edit){TARGET}|\([^()\n]*action=edit[^()\n]*\))(?:[ \t]*\|[ \t]*\[{_EDIT_WORD}\]{TARGET})?[ \t]*\\?\][ \t]*",
    re.IGNORECASE,
)
_SIGNS = ("编辑", "編輯", "编輯", "編辑", "edit", "Edit")
_REQUEST = re.compile(  # to the wiki's editors, on a line of its own or as a table
    r"(?m)^(?P<cell>[ \t]*\|(?:[^|\n]*\|)?)?[ \t]*(?:[:>][ \t]+)?[*_]*(?:此|本|這個|这个)(?:[条條]目|章[节節]|[节節]|段落|[页頁]面?|列表)"
    r"[^\n]*\([^()\s]*(?:Wikipedia|[维維]基百科|Help|Template|Talk)(?::|%3A)[^\n]*$(?P<rows>(?:\n[ \t]*\|[-:| \t]+\|[ \t]*$)*)"
)
_LINK, _ASKED = "link to the wiki's editor", "request to the wiki's editors"
# Of the source, and of the text as a reader saw it:
_PARTS = (
    Part(_EDIT_BELOW, ("编辑", "編輯"), "L208", _LINK),
    Part(_ASKING, ("[",), "L208", _ASKED),
)
_PARTS_OF_TEXT = (
    Part(_EDIT_LINE, _SIGNS, "L208", _LINK),
    Part(_EDIT_LINKS, ("action=edit",), "L208", _LINK),
)


def for_editors(source: str, bare: str) -> Iterator[Found]:
    """Links to the editor and requests. ``bare``: the source without tags and attributes."""
    yield from all_gone(_PARTS, source)
    yield from all_gone(_PARTS_OF_TEXT, bare)
    yield from _beside_names(source)
    for m in matches(_REQUEST, bare, "](") if PANDOC_LINK not in source else ():
        if m["cell"] or not m["rows"]:
            yield gone(m.span(), "L208", _ASKED)


def _beside_names(source: str) -> Iterator[Found]:
    """What stands behind a section's name: the link to its editor, a full stop."""
    named = names_sections(source)
    for m in matches(_EDIT_LINK, source, "[編輯", "[编辑", "[编輯", "[edit"):
        begin = source.rfind("\n", 0, m.start()) + 1
        is_name = named and SECTION_NAME.fullmatch(source, begin, m.start())
        if source.startswith("#", begin) or _UNDERLINE.match(source, m.end()) or is_name:
            yield gone(m.span(), "L208", _LINK)
    for m in DOTTED.finditer(source) if is_extracted(source) else ():
        yield gone(m.span("cut"), "L208", "full stop behind the name of a section")
