"""What stands before and behind the article on a wiki's page that a tool saved whole.

Comes in: the source. Goes out: cuts, and where the title stands. The tool's own lines about the page, the menus before the
article, what the page says of itself behind it. Refused: a page whose article has no beginning that can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.found import Found, gone
from pipeline.recovery.wiki_markdown.cuts.page_head import head_of
from pipeline.recovery.wiki_markdown.cuts.plain_page import is_extracted
from pipeline.recovery.wiki_markdown.cuts.site import SITE_LINE, TAKEN_FROM
from pipeline.recovery.wording.occurrence import matches

_SKIP = re.compile(
    r"\A(?:[^\n]*\n){0,8}?[^\n]*(?:跳(?:转|轉)?[到至](?:内容|內容|主要内容|主要內容)|Jump to content)"
)
_TITLE = re.compile(r"(?m)^(?:#[ \t]+(?P<a>[^\n]+?)[ \t]*#*|(?P<b>[^\s#>|\-*][^\n]*?)[ \t]*\n={2,})[ \t]*$")
_FAR = 60_000  # characters: the article begins before
_END = re.compile(
    rf"(?m)^[ \t]*{TAKEN_FROM}[ \t]*[“「\"]?[^\n]*(?:oldid=|/wiki/|index\.php)[^\n]*$"
    r"|^[ \t]*(?:[-*+][ \t]+)?(?:此页面|本页面?|此頁面|本頁面?|這頁|呢版|This page)[^\n]{0,8}(?:最[后後](?:(?:一次)?[编編][辑輯]|修[订訂]|更新|修改|改)|was last (?:edited|modified))[^\n]*$"
)
_OF_FOOT = re.compile(
    r"分[类類]|Categor|Special:|最[后後][编編修]|知[识識]共享|Creative Commons|[隐隱私][私隱]政策|免[责責][声聲]明|Privacy"
)
_NOTE = re.compile(r"(?m)^ *[0-9]{1,3}\.[ \t][^\n]*#cite_ref")
_REDIRECTED = re.compile(
    rf"(?m)^[ \t]*[*_]*[（(](?:重[定新][向導导]{{1,2}}自|[從从]|Redirected from )[ \t]*\[[^\[\]\n]+\]{TARGET}(?:重[定新][向導导]{{1,2}})?[)）][*_]*[ \t]*$"
)
_BUTTON = re.compile(
    r"[ \t]*(?:播[报報]|[编編][辑輯]|[锁鎖]定|[讨討][论論]|上[传傳][视視]频|上傳視頻|收藏|[赞讚]|分享|查看我的收藏|有用\+1|0)?[ \t]*\n"
)
_DOC_END = re.compile(r"(?m)^</doc>[ \t]*$")
_WHY, _FOOT = "what the page shows above the article", "what the page shows below the article"


def has_frame(source: str) -> bool:
    """Whether menus stand above the article."""
    head = head_of(source)
    return (head is not None and head.is_of_page) or _SKIP.match(source) is not None


def page_frame(source: str) -> Iterator[Found]:
    """What stands around the article, in order."""
    head = head_of(source)
    begin = head.end if head is not None and head.is_of_page else 0
    if head is not None and head.is_of_page:
        text = _begin(source, begin, source[slice(*head.title)])
        text -= source[text - 1 : text] == "\n"  # the title has its line for itself
        yield gone((head.title[1], text), "L213", _WHY)
    elif is_extracted(source):
        yield from (gone(m.span(), "L213", "end of the page") for m in _DOC_END.finditer(source))
    elif _SKIP.match(source):
        yield from _above(source)
    for redirected in matches(_REDIRECTED, source[:_FAR], "redirect", "重"):
        yield gone(redirected.span(), "L213", "line that says where the reader came from")
    if (end := _END.search(source, begin)) is not None:
        rest = source[end.end() :]
        if (not rest.strip() or _OF_FOOT.search(rest[:20_000])) and not _NOTE.search(rest):
            yield gone((end.start(), len(source)), "L213", _FOOT)


def _begin(source: str, at: int, title: str) -> int:
    """Where the article begins behind the line with the site's name, else behind its title; ``at`` where neither stands."""
    name = re.compile(rf"(?m)^(?:#[ \t]+)?{re.escape(title)}[ \t]*\n(?=[ \t]*\n?播[报報])")
    if (named := name.search(source, at, at + _FAR)) is not None:  # of one site, whose buttons stand below
        end = named.end()
        while (button := _BUTTON.match(source, end)) is not None and button.end() > end:
            end = button.end()
        return end
    if (site := SITE_LINE.search(source, at, at + _FAR)) is not None:
        return site.end()
    heads = [
        m
        for m in _TITLE.finditer(source, at, at + _FAR)
        if (m["a"] or m["b"]).replace(" ", "").startswith(title.replace(" ", ""))
    ]
    return heads[-1].end() if heads else at


def _above(source: str) -> Iterator[Found]:
    """Menus above the title, and between it and the site's name."""
    site = SITE_LINE.search(source, 0, _FAR)
    heads = list(_TITLE.finditer(source, 0, site.start() if site else _FAR))
    if not heads:
        return
    head = heads[-1] if site else heads[0]
    if head.start():
        yield gone((0, head.start()), "L213", _WHY)
    if site is not None:
        yield gone((head.end(), site.end()), "L213", _WHY)
