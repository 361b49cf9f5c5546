"""What a reader sees right before a place, where an export's link ends there.

Comes in: the source and a place. Goes out: a character. Refused: nothing.
"""

from __future__ import annotations

import re

_LINK_AT_END = re.compile(r"([^\[\]\\\n])\]\((?:[^()\s\\]|\\.)*(?: \"wikilink\")?\)\Z")
_LONGEST = 400  # characters of a link's address


def last_seen(source: str, at: int) -> str:
    """The character before a place; of a link that ends there the last one of its text.

    >>> last_seen('見[河志](../Page/河志.md "wikilink")', 31), last_seen("見河", 2)
    ('志', '河')
    """
    begin = source.rfind("](", max(0, at - _LONGEST), at) if source.endswith(")", 0, at) else -1
    link = _LINK_AT_END.match(source, begin - 1, at) if begin > 0 else None
    return link[1] if link is not None else source[at - 1 : at]
