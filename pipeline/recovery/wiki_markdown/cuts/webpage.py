"""What a wiki's web page carries around its article, as the tools that clip pages write it.

Comes in: the source. Goes out: cuts. The site's name, what a clipper says of the page, the page's list of contents, its
buttons; with what its neighbours find on the text without marks. Refused: notices above the article, which are
sentences that its authors wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.markdown.inline import LINK, TARGET
from pipeline.recovery.wiki_markdown.cuts.attributes import attributes, text_held
from pipeline.recovery.wiki_markdown.cuts.categories import categories
from pipeline.recovery.wiki_markdown.cuts.for_editors import for_editors
from pipeline.recovery.wiki_markdown.cuts.found import PANDOC_LINK, Found, Part, all_gone, gone
from pipeline.recovery.wiki_markdown.cuts.page_frame import page_frame
from pipeline.recovery.wiki_markdown.cuts.page_head import page_head
from pipeline.recovery.wiki_markdown.cuts.page_parts import page_parts
from pipeline.recovery.wiki_markdown.cuts.site import SITE, SITE_LINE, TAKEN_FROM, TAKEN_FROM_SIGNS
from pipeline.recovery.wording.occurrence import matches

_OTHER_SITE = re.compile(
    r"(?m)^[ \t]*[*_]*[来來]自[^\n，。；：]{1,30}(?:Wiki|百科)[*_]*[ \t]*$", re.IGNORECASE
)
_HEAD = 600  # characters: a page says early whose it is
_COMMENT_ABOVE = re.compile(r"\n*(?:<!--(?:(?!-->)[\s\S]){0,1000}-->\s*)?")
_NAMED = re.compile(
    rf"(?m)^(?P<head>#{{1,2}}[ \t]+)?(?P<title>[^\n]{{1,80}}?)(?P<site>[ \t]*[-–—][ \t]*(?:{SITE}|Wikipedia))[ \t]*$"
)
_NOTICE = re.compile(  # of the site, with a link that closes it
    r"\s*\|[^\n]{1,2000}\[\[?(?:关闭|關閉|dismiss|hide)\][^\n]*(?:\n\|[^\n]*)*", re.IGNORECASE
)
_BUTTON_LINES = re.compile(
    r"(?m)^[ \t]*(?:播[报報][ \t]*\n\s*[编編][辑輯]|[编編][辑輯][ \t]*\n\s*播[报報])[ \t]*$"
    r"|^[ \t]*(?:播[报報]|[编編][辑輯]|[锁鎖]定|[讨討][论論]|上[传傳][视視][频頻]){2,}[ \t]*$"
    r"|^[ \t]*(?:收藏\s+)?查看我的收藏\s+[0-9]*有用\+1(?:\s+[0-9]{1,6})?[ \t]*$"
)
_PLAIN_CONTENTS = re.compile(r"(?m)^目[录錄][ \t]*\n(?=1\D[^\n]*\n)(?:(?:[0-9]{1,2}|▪)[^\n。]{1,40}\n)+")
_APPEAL = re.compile(
    r"(?m)^[ \t]*(?:词条图册\[更多图册\][^\n]*|本词条(?:缺少[^\n]{1,80}赶紧来编辑吧！|由[^\n]{1,300}审核[ ]?。))[ \t]*$"
)
_EXCERPT = re.compile(r"\s*(?P<line>>[ \t]+(?P<words>[^\n]{20,600}?)[….。]*[ \t]*)\n\s*\n(?P<below>[^\n]+)")
_MARKS = re.compile(rf"\*\*|{LINK}")
_BETWEEN_CALLS = re.compile(
    r"\]\([^()\s]*#cite_note[^()\s]*\)(?P<cut> +)(?=\[\\?\[[^\[\]\n]{1,8}\]\]\([^()\s]*#cite_note)"
)
_ASKED = rf"\[?\\\[[*_]?\[[^\[\]\n]{{1,20}}\]{TARGET}[ ]*[*_]?\\\]\]?(?:\{{[^{{}}\n]*\}})?"  # of the editors
_CITED = rf"\[(?:[^\[\]\n\\]|\\.|\n(?![ \t]*\n)|\[(?:[^\[\]\n\\]|\\.){{0,60}}\]){{1,300}}\]{TARGET}(?:\{{[^{{}}\n]*\}})?"
_RAISED_RUN = re.compile(  # several calls that one pair of marks raises, or a request that stands with them
    rf"(?P<open>\^\(|\^(?=[ ]*\\?\[)|<sup>\s*)[ ]*(?=(?:[^\n]|\n(?![ \t]*\n)){{0,600}}?#cite_note)(?:(?:{_CITED}|{_ASKED})[ \n]*){{2,12}}(?P<close>\)(?<!\\\))|\^|\s*</sup>)"
)
_RAISED_NUMBERS = re.compile(r"(?P<open>\^\()(?:\[[^\[\]\n]{1,8}\](?!\()){2,12}(?P<close>\))")
_BUTTONS = re.compile(r"(?m)^[ \t]*(?:\[[^\[\]\n]{0,8}\]\(javascript:[^()\s]*\)[ \t]*)+$")
_SKIPS = re.compile(
    r"(?m)^[ \t]*(?:(?:\[[^\[\]\n]{2,20}\]\([^()\s]*#(?:mw-head|mw-navigation|searchInput|p-search|content|bodyContent)\)"
    r"|<a\s[^<>]*mw-jump-link[^<>]*>[^<>]*</a>"
    r"|(?:跳转|跳轉|跳)[到至](?:导航|導航|導覽|搜索|搜尋)|Jump to (?:navigation|search))[ \t]*)+$"
)
_SOURCE_LINE = re.compile(  # at the end: where the page was taken from
    rf"(?m)^[ \t]*{TAKEN_FROM}[ \t]*[“「\"]?[^\n]{{1,400}}$|^[ \t]*[*_]?\[?Source(?:\]{TARGET}|:[^\n]{{1,400}}?)[*_]?\s*\Z",
    re.IGNORECASE,
)
_MENU = re.compile(r"(?m)^#{1,3}[ \t]+(?:[导導]航菜[单單]|導覽選單|Navigation menu)[ \t]*$")
_CONTENTS = re.compile(
    r"(?m)^[ \t]*(?:#{1,6}[ \t]+)?\**(?:目[录錄次]|Contents)\**[ \t]*\n(?:[-=]{2,}[ \t]*\n)?(?:[ \t]*\n)*"
    r"(?:[ \t]*\\?\[{1,2}(?:隐藏|隱藏|显示|顯示|hide|show)\]?(?:\([^()\n]*\))?\\?\]?[ \t]*\n(?:[ \t]*\n)*)?"
    r"(?P<entries>(?:[ \t]*(?:[-*+]|[0-9]{1,2}\.)[ \t]+"
    r"(?:(?:[0-9]{1,2}[ \t]+|▪[ \t]*)?\[[^\n]*\]\([^()\s]*#[^\n]*\)|\\?\[?[0-9]{1,2}(?:\.[0-9]{1,2})*(?:\\?\.?[ \t]\S|[^\s0-9.,，年月日])[^\n]{0,60})[ \t]*(?:\n|\Z)(?:[ \t]*\n)*)+)"
)
_LEADS_DOWN = re.compile(r"\]\([^()\s]*#")
_RUN_ON = re.compile(r"(?m)^[ \t]*(?:[-*+]|[0-9]{1,2}\.)[ \t]+[0-9.]+[^\s0-9.\\]")  # a number at its word
_NAMES = ("目录", "目錄", "目次", "Contents", "contents")
_SITES = ("百科", "ikipedia")
_ANCHORS = ("#mw-", "#searchInput", "#p-search", "#content", "跳", "Jump to")
# Of the text as a reader saw it:
_PARTS_OF_TEXT = (Part(_SKIPS, _ANCHORS, "L213", "links to parts of the page"),)
# And of the source:
_PARTS = (
    Part(_BUTTONS, ("javascript:",), "L213", "buttons of the page"),
    Part(_BUTTON_LINES, ("播报", "播報", "有用+1"), "L213", "buttons of the page"),
    Part(_PLAIN_CONTENTS, ("▪",), "L230", "list of contents"),
    Part(_APPEAL, ("词条",), "L213", "notice of the site"),
    Part(_SOURCE_LINE, (*TAKEN_FROM_SIGNS, "ource"), "L213", "line that names the source"),
    Part(_BETWEEN_CALLS, ("#cite_note",), "L236", "space between two calls"),
)


def web_cuts(source: str) -> Iterator[Found]:
    """Where the page's own parts begin, and what they are."""
    yield from page_head(source)
    if PANDOC_LINK not in source:
        yield from page_frame(source)
    yield from _site(source)
    if notice := _NOTICE.match(source):
        yield gone(notice.span(), "L213", "notice of the site")
    if menu := _MENU.search(source):  # the page's, behind the article
        yield gone((menu.start(), len(source)), "L213", "menu of the page")
    marks = list(attributes(source))
    yield from marks
    bare = text_held(source, marks)
    if PANDOC_LINK not in source:
        yield from page_parts(source, bare)
    yield from for_editors(source, bare)
    yield from categories(source, bare)
    yield from all_gone(_PARTS_OF_TEXT, bare)
    yield from all_gone(_PARTS, source)
    yield from _around_calls(bare)
    yield from _contents(bare)


def _around_calls(bare: str) -> Iterator[Found]:
    """Marks that raise several calls together."""
    for pattern, sign in ((_RAISED_RUN, "#cite_note"), (_RAISED_NUMBERS, "^([")):
        for m in matches(pattern, bare, sign):
            for group in ("open", "close"):
                yield gone(m.span(group), "L904", "mark around several calls")


def _contents(bare: str) -> Iterator[Found]:
    """The page's list of contents: its entries lead down the page, or are several and numbered apart."""
    for m in matches(_CONTENTS, bare, *_NAMES):
        entries = m["entries"]
        is_several = entries.strip().count("\n") > 0 and not _RUN_ON.search(entries)
        if _LEADS_DOWN.search(entries) or is_several:
            yield gone((m.start(), m.start() + len(m.group().rstrip())), "L230", "list of contents")


def _site(source: str) -> Iterator[Found]:
    """The site's name on its own line, or behind the article's; a line that names the article again goes whole."""
    for line in matches(SITE_LINE, source, *_SITES):
        yield gone(line.span(), "L213", "line that names the source")
    if other := _OTHER_SITE.search(source, 0, _HEAD):
        yield gone(other.span(), "L213", "line that names the source")
    above = _COMMENT_ABOVE.match(source)
    first = above.end() if above is not None else 0
    if m := _NAMED.match(source, first):
        again = re.compile(rf"\s*#?[ \t]*{re.escape(m['title'])}[ \t]*(?:\n|$)").match(source, m.end())
        begin = m.start() if again and not m["head"] else m.start("site")
        yield gone((begin, m.end()), "L213", "line that names the source")
        said = _EXCERPT.match(source, m.end())
        if said and _MARKS.sub(lambda mark: mark["words"] or "", said["below"]).startswith(said["words"]):
            yield gone(said.span("line"), "L213", "what a clipper says of the page")
