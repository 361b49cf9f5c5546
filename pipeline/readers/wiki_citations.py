"""The words of a citation in wikitext, from the fields of its template.

Comes in: fields, ``name=value`` or a value alone. Goes out: words, in the order of a bibliography. Refused: the style of any template.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pipeline.wiki_words import NAMED


def unnamed(fields: list[str]) -> list[str]:
    """The fields without a name, or the one whose name says that it is the text."""
    plain = [f for f in fields if not NAMED.match(f)]
    return plain or [f.partition("=")[2].strip() for f in fields if f.startswith(("1=", "text=", "quote="))]


def named(fields: list[str], *names: str) -> str:
    """What the first of these fields says."""
    has = {k.strip().lower(): v.strip() for k, _, v in (f.partition("=") for f in fields) if v.strip()}
    return next((has[n] for n in names if n in has), "")


def short_note(fields: list[str]) -> str:
    """A note of names, year and page, as a citation tells them; one note however often it is called.

    >>> short_note(["王明", "1990", "p=3"])
    '<ref name="王明 1990: 3">王明 1990: 3.</ref>'
    """
    page = named(fields, "p", "pp", "page", "pages", "loc")
    said = " ".join(filter(None, unnamed(fields))) + (f": {page}" if page else "")
    return f'<ref name="{said}">{said}.</ref>' if said else ""


def _names(one: Callable[..., str]) -> Iterator[str]:
    """The authors of a citation, each with the parts of the name in the order of the language."""
    for n in ("", *map(str, range(2, 10))):
        last, first = (
            one(f"last{n}", f"last{n or 1}", f"surname{n}"),
            one(f"first{n}", f"first{n or 1}", f"given{n}"),
        )
        joint = "" if re.match(r"[\u3400-\u9fff]", first) else ", " if last and first else ""
        if name := f"{last}{joint}{first}":
            yield name


def citation(fields: list[str]) -> str:
    """A citation from the fields of its template, in the order of a bibliography.

    >>> citation(["last=王", "first=明", "title=河史", "publisher=某社", "year=1990", "pages=3–5"])
    '王明. 河史. 某社. 1990: 3–5.'
    """

    def one(*names: str) -> str:
        return named(fields, *names)

    author = one("author", "author1", "authors", "作者") or "; ".join(_names(one)) or one("editor")
    title, url = one("title", "script-title", "标题", "標題"), one("url", "网址", "網址")
    chapter = one("chapter", "contribution", "章节", "章節")
    title, chapter = title or chapter, chapter if title else ""
    if url and title:
        title = f"[{url} {title}]"
    place, house = one("location", "place", "地点"), one("publisher", "出版社", "出版者")
    date, pages = one("date", "year", "日期"), one("pages", "page", "at", "页码")
    volume, issue = one("volume", "卷"), one("issue", "number", "期")
    issue = f"{volume} ({issue})" if volume and issue else volume or (issue and f"({issue})")
    date = ", ".join(filter(None, (date, issue)))
    isbn = one("isbn")
    parts = [
        author,
        chapter,
        title or url,
        one("work", "journal", "newspaper", "magazine", "website", "series"),
        f"{place}: {house}" if place and house else place or house,
        f"{date}: {pages}" if date and pages else date or pages,
        f"ISBN {isbn}" if isbn else "",
    ]
    said = ". ".join(part for part in parts if part)
    return f"{said}." if said else ""
