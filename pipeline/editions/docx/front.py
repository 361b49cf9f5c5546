"""The front matter of a Word file, and translations of it: paragraphs by the names of their styles.

Comes in: a document's metadata. Goes out: its parts in the order of the title page, which is the order of its notes. Pandoc would put
its own title block where it likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import panflute as pf

from pipeline.document import ast, word
from pipeline.editions.edition import Edition, read_wording


def read_front(meta: Any, wording: Any) -> list[pf.Div]:
    """The front matter of the edition."""
    return list(_front(meta, wording, word.FRONT_STYLES, word.ABSTRACT_TITLE))


def styled(style: str, *blocks: pf.Block, lang: str = "") -> pf.Div:
    """Blocks in the Word style of this name."""
    attributes = {"custom-style": style} | ({"lang": lang} if lang else {})
    return pf.Div(*blocks, attributes=attributes)


def _items(value: Any) -> list[list[pf.Block]]:
    """A metadata value as paragraphs, one list for each item."""
    match value:
        case None:
            return []
        case pf.MetaList():
            return [blocks for item in value.content for blocks in _items(item)]
        case pf.MetaInlines():
            return [[pf.Para(*value.content)]]
        case pf.MetaBlocks():
            return [list(value.content)]
        case _:
            text = ast.plain(value)
            return [[pf.Para(pf.Str(text))]] if text else []


def _front(
    meta: Any, wording: Any, styles: dict[str, str], abstract_title: str, lang: str = ""
) -> Iterator[pf.Div]:
    """Front matter in the order of the title page, which is the order of its notes."""
    for key in ast.FRONT_KEYS:
        items = _items(meta.get(key))
        if not items:
            continue
        if key == "keywords":
            yield styled(styles[key], _keywords(items, wording), lang=lang)
            continue
        if key == "abstract":
            yield styled(abstract_title, pf.Para(pf.Str(wording.get("abstract", ""))), lang=lang)
        for blocks in items:
            if key == "title" and not lang:
                blocks = [pf.Para(*_running(b.content)) if isinstance(b, pf.Para) else b for b in blocks]
            yield styled(styles[key], *blocks, lang=lang)


def _running(inlines: Iterable[pf.Inline]) -> Iterator[pf.Inline]:
    """The title, marked for the running heads; its notes stay outside of the mark."""
    for inline in inlines:
        if isinstance(inline, pf.Note):
            yield inline
        else:
            yield pf.Span(inline, attributes={"custom-style": word.RUNNING_TITLE})


def _keywords(items: list[list[pf.Block]], wording: Any) -> pf.Para:
    separator = wording.get("list_separator", "、")
    label = wording.get("keywords", "") + wording.get("label_separator", "：")
    inlines: list[pf.Inline] = [pf.Span(pf.Str(label), attributes={"custom-style": word.LABEL})]
    for number, blocks in enumerate(items):
        if number:
            inlines.append(pf.Str(separator))
        inlines += [i for b in blocks for i in getattr(b, "content", ())]
    return pf.Para(*inlines)


def read_translations(meta: Any, edition: Edition) -> Iterator[pf.Div]:
    """Title, author, abstract and keywords in other languages: they stand after the text."""
    value = meta.get("translations")
    for item in value.content if isinstance(value, pf.MetaList) else ():
        if isinstance(item, pf.MetaMap):
            lang = ast.plain(item.content.get("lang")) or "en"
            wording = read_wording(
                "en" if not lang.startswith("zh") else edition.script, edition.settings.folder
            )
            yield from _front(
                item.content, wording, word.TRANSLATION_STYLES, word.TRANSLATED_ABSTRACT_TITLE, lang
            )
