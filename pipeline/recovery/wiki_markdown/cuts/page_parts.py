"""What a wiki's page sets around the text of its article: boxes of links, lines that lead to other articles, coordinates.

Comes in: the source. Goes out: cuts. Refused: a line that leads elsewhere with words of its own, and a box that no sign of a
template marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.found import Found, Part, all_gone, gone
from pipeline.recovery.wiki_markdown.cuts.site import TAKEN_FROM
from pipeline.recovery.wording.occurrence import has_any, matches

_VIEW, _TALK = r"(?:查看?|檢視?|检视|阅|閱|[Vv]|view)", r"(?:[论論讨討]|讨论|討論|对话|對話|[Tt]|talk)"
_BOX = re.compile(  # «view» of a template, and its talk behind it
    rf"(?m)^[ \t]*(?:\|[ \t]*\n?[ \t]*)?(?:\\?\[?\[?(?:隐藏|隱藏|显示|顯示|[展收][开開起]|hide|show)\]?(?:\([^()\n]*\))?\\?\]?[ \t]*(?:\n[ \t]*){{0,3}})?"
    rf"(?:[-*+][ \t]+)?\[[_*]*{_VIEW}[_*]*\]\([^()\n]*(?:Template|模板|T)(?::|%3A)[^\n]*?[\s|*·-]*\[[_*]*{_TALK}[_*]*\]\("
)
_PLAIN_BOX = re.compile(
    rf"(?m)^[ \t]*[-*+][ \t]+{_VIEW}[ \t]*\n+[ \t]*[-*+][ \t]+{_TALK}[ \t]*\n+[ \t]*[-*+][ \t]+(?:[编編][辑輯]?|e|edit)[ \t]*$"
)
_HEADING = re.compile(  # html2text ends the rows of a table with two spaces
    r"(?m)^#{1,6}[ \t]+\S|(?<=\n\n)[^\n|()\[\]]+(?<!  )\n[-=]{2,}[ \t]*$(?!\n[^\n]*\|)"
)
_AFTER_BOX = re.compile(
    rf"(?m)^ *[0-9]{{1,3}}\.[ \t][^\n]*#cite_ref|^[ \t]*(?:{TAKEN_FROM}|\[?(?:分[类類]|Categor(?:y|ies))\]?[(：:])|^\[\^[^\]\n]+\]:"
)
_ROW_OF_LINKS = re.compile(r"[ \t]*(?:\|[^\n]*|[-*+][ \t][^\n]*|\[[^\n]*\)[ \t]*|)(?:\n|\Z)")
_BOX_TAG = re.compile(
    r"<(?:div|table)\b[^<>]*(?:class=\"[^\"]*\b(?:navbox|vertical-navbox|metadata|catlinks|printfooter)\b)[^<>]*>",
    re.IGNORECASE,
)
_FENCE = re.compile(
    r"(?m)^(?P<fence>:{3,})[ \t]*(?:(?P<box>\{[^{}\n]*\.(?:navbox|metadata|catlinks|printfooter)[\w-]*\b[^{}\n]*\}|(?:navbox|catlinks|printfooter)[\w-]*)[ \t]*(?::+)?[ \t]*)?$"
)
_LINK = rf"\[[^\[\]\n]+\]{TARGET}"
_LEADS = re.compile(  # a label and nothing but links
    rf"(?m)^[ \t]*(?:[:>][ \t]+)?[*_]*(?:主[条條]目|主要[条條]目|[参參][见見閱阅看]|更多信息|更多資訊|更多资料|詳[见見]|详见|Main articles?|See also)[*_]*[：:][*_]*[ \t]*"
    rf"(?:{_LINK}|[、，,；;和及與与以以及§ \t]|\n(?=\[))+[。.]?[*_]*[ \t]*$"
)
_LEADS_BARE = re.compile(r"(?m)^(?:主[条條]目|主要[条條]目)[：:][ \t]*[^\n。，：；]{1,80}$")  # without links
_ABOUT = re.compile(  # above the article, or right below a heading
    r"(?m)^[ \t]*(?:[:>][ \t]+)?(?:!\[\]\([^()\s]*\))?[*_]*(?:[关關][于於]|本(?:[条條]目|文|[页頁])|此(?:[条條]目|[页頁])|[「“『\"][^\n」”』\"]{1,40}[」”』\"][ \t]*重[定新][向導导]{1,2}至|重[定新][向導导]{1,2}自)"
    r"(?=(?:(?!\n[ \t]*\n)[\s\S]){0,800}?(?:[请請詳详][见見参參]|[参參][见見閱阅看]|消歧[义義]|重[定新][向導导]))(?=(?:(?!\n[ \t]*\n)[\s\S]){0,800}\]\()(?:(?!\n[ \t]*\n)[\s\S]){0,1500}(?=\n[ \t]*\n|\Z)"
)
_COORDINATES = re.compile(
    r"(?m)^[ \t]*(?:\[?(?:坐[标標]|座標|Coordinates)\]?(?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*(?:\n\"[^\"\n]*\")?\))?[：:](?:[^\n]*°[^\n]*\n)?[^\n]*(?:geohack|°)[^\n]*)$"
    r"|^[ \t]*\[[^\[\]\n]*(?:°|[北南東东西][经經纬緯])[^\[\]\n]*\]\([^\n]*geohack[^\n]*\)[ \t]*$"
)
_NAVIGATION = re.compile(
    r"(?m)^#{2,3}[ \t]+(?:[导導][航覽览]|[导導]航模板)[ \t]*$(?P<rows>(?:\n(?!#)[^\n]*)*)"
)
_ROW_OF_BOX = re.compile(
    r"[ \t]*(?:|!\[[^\n]*|(?:[-*+]|\|)[ \t][^\n]*|\\?\[[^\n]*\][ \t]*|\[[^\n]*\)[ \t]*|[^\n。，！？]{1,20})"
)
_TAG = {name: re.compile(rf"<(/?){name}\b[^<>]*>", re.IGNORECASE) for name in ("div", "table")}
_PARTS = (
    Part(_LEADS, ("](",), "L239", "line that leads to other articles"),
    Part(_LEADS_BARE, ("目：", "目:"), "L239", "line that leads to other articles"),
    Part(_COORDINATES, ("°", "geohack"), "L213", "coordinates"),
)


def page_parts(source: str, bare: str) -> Iterator[Found]:
    """Boxes, lines that lead elsewhere, coordinates. ``bare``: the source without tags and attributes."""
    for start, end in _boxes(source):
        yield gone((start, end), "L213", "box of links")
    for m in matches(_NAVIGATION, source, "导航", "導航", "导览", "導覽"):
        if (stop := _end_of_navigation(source, m)) is not None:
            yield gone((m.start(), stop), "L213", "box of links")
    yield from all_gone(_PARTS, bare)
    for m in matches(_ABOUT, bare, "]("):
        if _is_above(bare, m.start()):
            yield gone(m.span(), "L239", "line that leads to other articles")


def _is_above(source: str, at: int) -> bool:
    """Whether no text of a section stands between its heading, or the article's beginning, and the place."""
    heads = list(_HEADING.finditer(source, max(0, at - 2000), at))
    above = source[heads[-1].end() if heads else max(0, at - 2000) : at]
    return "。" not in above or (not heads and at < 2000 and "**" not in above)


def _end_of_navigation(source: str, section: re.Match[str]) -> int | None:
    """Where a last section of links ends; none where it holds text."""
    stop = _AFTER_BOX.search(source, section.start("rows"), section.end())
    end = stop.start() if stop is not None else section.end()
    rows = source[section.start("rows") : end].split("\n")
    is_box = sum("](" in row for row in rows) >= 3 and all(_ROW_OF_BOX.fullmatch(row) for row in rows)
    return end if is_box else None


def _boxes(source: str) -> Iterator[tuple[int, int]]:
    if has_any(source, ("emplate", "%3A", "模板", "* 查", "- 查")):
        for pattern in (_BOX, _PLAIN_BOX):
            at = 0
            while (m := pattern.search(source, at)) is not None:
                end = _end_of_box(source, m.start(), m.end())
                yield m.start(), end
                at = max(end, m.end())
    if has_any(source, ("navbox", "catlinks", "printfooter", "metadata")):
        yield from _tagged(source)
        yield from _fenced(source)


def _tagged(source: str) -> Iterator[tuple[int, int]]:
    """Boxes between tags, with those inside."""
    for pattern in _TAG.values():
        opened: list[tuple[int, bool]] = []
        for m in pattern.finditer(source):
            if not m[1]:
                opened.append((m.start(), _BOX_TAG.match(m.group()) is not None))
            elif opened:
                start, is_box = opened.pop()
                if is_box:
                    yield start, m.end()


def _fenced(source: str) -> Iterator[tuple[int, int]]:
    """Boxes between Pandoc's lines of colons: a box ends with the line that is as long as its first."""
    opened: dict[str, int] = {}
    for m in _FENCE.finditer(source):
        if m["box"]:
            opened.setdefault(m["fence"], m.start())
        elif m["fence"] in opened:
            yield opened.pop(m["fence"]), m.end()


def _end_of_box(source: str, start: int, at: int) -> int:
    """Where a box ends: with the page if no heading stands below, before its notes and categories; else with its rows."""
    stop = _AFTER_BOX.search(source, at)
    end = stop.start() if stop is not None else len(source)
    below = source.find("\n", at) + 1
    if _HEADING.search(source, below or end, end) is None:
        return start + len(source[start:end].rstrip())
    at = below or len(source)
    while at < len(source) and (row := _ROW_OF_LINKS.match(source, at)) is not None and row.end() > at:
        at = row.end()
    return start + len(source[start:at].rstrip())
