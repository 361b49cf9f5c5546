"""Where a link leads: to a page of the wiki, whose address goes, or out of it.

Comes in: an address. Goes out: an answer, or the address as Markdown writes it. Refused: addresses without a host; the
wiki's own have none.
"""

from __future__ import annotations

import html
import re

_ADDRESS = re.compile(r"<?(?:https?|ftp)://")
_WIKI_HOST = re.compile(
    r"<?https?://(?:[a-z-]+\.)*(?:wikipedia|wikimedia|wiktionary|wikisource|wikibooks|wikiquote|wikinews|wikidata|wikivoyage|wikiversity)"
    r"\.org(?:/|$)|[^#]*[?&]action=edit"
)
_BAIKE_HOST = re.compile(r"<?https?://baike\.baidu\.com/(?:item|view|subview|pic)/")
_OWN_LINKS = 5  # so many lead to pages of one site: the article is one of them


def is_from_baike(source: str) -> bool:
    """Whether the article is from the other encyclopedia."""
    return source.count("](https://baike.baidu.com/item/") >= _OWN_LINKS


def leads_out(address: str, from_baike: bool = False) -> bool:
    """Whether an address leads out of the wiki.

    >>> leads_out("https://example.org/"), leads_out("https://zh.wikipedia.org/wiki/河"), leads_out("../Page/河.md")
    (True, False, False)
    """
    if _ADDRESS.match(address) is None or _WIKI_HOST.match(address) is not None:
        return False
    return not (from_baike and _BAIKE_HOST.match(address) is not None)


def as_target(address: str) -> str:
    """An address as Markdown writes a link's."""
    return re.sub(r"[()|\\]", lambda m: f"%{ord(m.group()):02X}", html.unescape(address))
