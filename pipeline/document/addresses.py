"""Addresses of links and pictures: on which line a master names them, and how the web writes them."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit, urlunsplit

ADDRESS = re.compile(r"""\]\(\s*(?:<([^>\n]+)>|([^)\s]+))""")  # of a link or a picture in Markdown
SCHEMES = frozenset({"http", "https", "mailto", "ftp", "tel", "urn"})
_SAFE = "!$%&'()*+,/:;=?@~"  # RFC 3986: what a path or query may hold, and the sign of escapes
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?\.?")
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def line_of(address: str, master: str) -> int | None:
    """The first line of a master that leads to an address, or shows its picture.

    >>> line_of("b%20c.png", "甲\\n\\n![乙](<b c.png>)"), line_of("d", "甲")
    (3, None)
    """
    found = (m.start() for m in ADDRESS.finditer(master) if unquote(m[1] or m[2]) == unquote(address))
    return _line(next(found, -1), master)


def line_with(part: str, master: str) -> int | None:
    """The first line of a master in which a part of it begins."""
    return _line(master.find(part), master)


def _line(start: int, master: str) -> int | None:
    return None if start < 0 else master.count("\n", 0, start) + 1


def web_address(href: str) -> str | None:
    """An address as RFC 3986 writes it; none where it is no address outside the book.

    >>> web_address("http://a.cn/路 [1]"), web_address("javascript:x"), web_address("http://a b/")
    ('http://a.cn/%E8%B7%AF%20%5B1%5D', None, None)
    """
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    if parts.scheme in ("http", "https", "ftp"):
        name = _host(host)
        if not name:
            return None
        place = name if port is None else f"{name}:{port}"
    elif parts.scheme in SCHEMES and not parts.netloc and parts.path:
        place = ""
    else:
        return None
    path, query, fragment = (
        quote(_whole_escapes(text), safe=_SAFE) for text in (parts.path, parts.query, parts.fragment)
    )
    return urlunsplit((parts.scheme, place, path, query, fragment))


def _host(host: str) -> str:
    """A host's name in ASCII; empty where it is none."""
    try:
        name = host.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
    return name if _HOST.fullmatch(name) else ""


def _whole_escapes(text: str) -> str:
    """Percent signs that begin no escape, escaped."""
    return _LONE_PERCENT.sub("%25", text)
