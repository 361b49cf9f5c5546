"""Templates of a wiki whose words a reader saw, ``{{lang|en|text}}``: which they are, and where the words stand.

Below all rooms, because reading (wikitext, which Pandoc reads) and recovery (what Pandoc passed on) ask the same.
"""

from __future__ import annotations

import re

SPEAKING = re.compile(
    r"\{\{\s*(?:(?P<last>lang|lang-[a-z-]+|langwithname|nowrap|nobr|tsl|translink)"
    r"|(?P<link>le|illm?|link-[a-z]+|internal link helper/[a-z]+)"
    r"|flag(?:country|u)?(?=\s*\|\s*[\u3400-\u9fff])|en|zh-(?:tw|cn|hk)|nihongo|unichar|huruf|僻字|mvar|small|smaller|big|abbr|!!)"
    r"\s*\|(?P<inner>[^{}\n]*)\}\}",
    re.IGNORECASE,
)
FIELD = re.compile(r"\|((?:\[\[(?:[^\[\]]|\[\[[^\[\]]*\]\])*+\]\]|[^|])*+)")  # a bar inside a link parts none
NAMED = re.compile(r"[ \t]*[A-Za-z][\w -]{0,30}=")
_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?(?P<shown>[^\[\]|]+)\]\]")


def words_shown(speaking: re.Match[str]) -> tuple[int, int]:
    """Where the words stand that a reader saw: a link's name in this wiki, unless it shows another; of many templates the last field.

    >>> for text in ("{{tsl|fr|Émile|艾米}}", "{{link-en|艾米|Emile}}", "{{lang-fr|Émile|links=no}}", "{{nowrap|[[河|這條河]]}}"):
    ...     text[slice(*words_shown(SPEAKING.fullmatch(text)))]
    '艾米'
    '艾米'
    'Émile'
    '這條河'
    """
    begin, end = speaking.span("inner")
    fields = [m.span(1) for m in FIELD.finditer(speaking.string, begin - 1, end)]
    fields = [
        (a, b) for a, b in fields if speaking.string[a:b].strip() and not NAMED.match(speaking.string, a, b)
    ]
    if not fields:
        return end, end
    start, stop = fields[-1 if speaking["last"] else 2 if speaking["link"] and len(fields) > 2 else 0]
    link = _LINK.fullmatch(speaking.string, start, stop)
    return link.span("shown") if link is not None else (start, stop)
