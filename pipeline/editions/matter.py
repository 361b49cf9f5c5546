"""The book around the text, as plain values every format may use: the front matter of other languages, the colophon."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.editions.edition import Edition


@dataclass(frozen=True)
class Translation:
    """Front matter in another language than the book's, as plain texts: for metadata."""

    lang: str
    title: str
    subtitle: str
    authors: tuple[str, ...]
    affiliation: tuple[str, ...]
    abstract: tuple[str, ...]  # its paragraphs
    keywords: tuple[str, ...]


def read_translations(doc: pf.Doc) -> list[Translation]:
    """The front matter that the document holds in other languages (``translations:``), in its order."""
    value = doc.metadata.content.get("translations")
    items = list(value.content) if isinstance(value, pf.MetaList) else [value]
    return [_translation(item.content) for item in items if isinstance(item, pf.MetaMap)]


def _translation(table: Mapping[str, Any]) -> Translation:
    def first(key: str) -> str:
        return "".join(_texts(table.get(key))[:1])

    return Translation(
        lang=first("lang") or "und",
        title=first("title"),
        subtitle=first("subtitle"),
        authors=tuple(_texts(table.get("author"))),
        affiliation=tuple(_texts(table.get("affiliation"))),
        abstract=tuple(_texts(table.get("abstract"))),
        keywords=tuple(_texts(table.get("keywords"))),
    )


def _texts(value: Any) -> list[str]:
    """A metadata value as texts: one an item, one a paragraph."""
    match value:
        case None:
            return []
        case pf.MetaList():
            return [text for item in value.content for text in _texts(item)]
        case pf.MetaBlocks():
            return [text for text in (ast.plain(block) for block in value.content) if text]
        case _:
            text = ast.plain(value)
            return [text] if text else []


def colophon_on_verso(lang: str) -> bool:
    """Mainland books carry the 版权页 on the back of the title page, others at the end of the book."""
    return lang.startswith("zh-Hans")


def colophon_rows(edition: Edition) -> list[tuple[str, str]]:
    """The colophon (版權頁) line by line: what it names and what it says. Empty lines are left out.

    A text that was corrected names what it was corrected from; a clean one is its own.
    """
    book, words, facts = edition.settings.book, edition.wording, edition.facts
    count = words["corrections_count"].replace("{count}", str(facts.edits)) if facts.edits else ""
    rows = [
        (words["author"], words["list_separator"].join(edition.authors)),
        (words["publisher"], "\N{IDEOGRAPHIC SPACE}".join(filter(None, [book.place, book.publisher]))),
        (words["date"], chinese_date(book.date)),
        (words["isbn"], book.isbn),
        (words["series"], book.series),
        (words["script"], words["script_name"]),
        (words["source"], Path(facts.source).name if facts.edits else ""),
        (words["corrections"], count),
        (words["rights"], book.rights),
    ]
    return [(name, text) for name, text in rows if text]


def chinese_date(date: str) -> str:
    """A date of which month or day may be missing, as Chinese books write it.

    >>> chinese_date("2026-03-15"), chinese_date("2026-11"), chinese_date("")
    ('2026年3月15日', '2026年11月', '')
    """
    parts = [part.lstrip("0") for part in date[:10].split("-") if part]
    return "".join(part + unit for part, unit in zip(parts, "年月日", strict=False))


def describe(edition: Edition) -> list[str]:
    """The book's description by areas (GB/T 3792, ISBD) for the mainland's 版权页; empty without a publisher."""
    book, words = edition.settings.book, edition.wording
    if not book.publisher:
        return []
    subtitle = ast.meta_text(edition.doc, "subtitle")
    title = words["label_separator"].join(filter(None, [edition.title, subtitle]))
    name = " / ".join(filter(None, [title, words["list_separator"].join(edition.authors)]))
    year = ".".join(part.lstrip("0") for part in book.date[:7].split("-") if part)
    place = words["label_separator"].join(filter(None, [book.place, book.publisher]))
    lines = [f"{name}. — {'，'.join(filter(None, [place, year]))}"]
    if book.series:
        lines.append(f"（{book.series}）")
    if book.isbn:
        lines.append(f"ISBN {book.isbn.removeprefix('ISBN').strip()}")
    return lines
