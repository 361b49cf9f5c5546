"""The front matter of two documents as one: title, authors and abstract of both."""

from __future__ import annotations

from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.parallel.pairing import SIDES, pair_blocks, side_by_side


def both_fronts(left: pf.Doc, right: pf.Doc, languages: tuple[str, str]) -> pf.MetaMap:
    """The title page of both: the right title and subtitle follow the left ones, each author has both names."""
    meta, other = left.metadata, right.metadata.content
    subtitles = _items(meta.content.get("subtitle"))
    if ast.meta_texts(right, "title") != ast.meta_texts(left, "title"):
        for key in ("title", "subtitle"):
            subtitles += [_named(item, languages[1]) for item in _items(other.get(key))]
    if subtitles:
        meta["subtitle"] = pf.MetaList(*subtitles)
    for key in ("author", "affiliation", "masthead"):
        own, second = _items(meta.content.get(key)), _items(other.get(key))
        if own and len(own) == len(second):
            meta[key] = pf.MetaList(*[_both(a, b, languages[1]) for a, b in zip(own, second, strict=True)])
    words = ast.meta_texts(left, "keywords")
    if more := [word for word in ast.meta_texts(right, "keywords") if word not in words]:
        meta["keywords"] = pf.MetaList(*[pf.MetaInlines(pf.Str(word)) for word in [*words, *more]])
    one, two = (_abstract(doc) for doc in (left, right))
    if one and two:
        meta["abstract"] = pf.MetaBlocks(*[side_by_side(row, languages) for row in pair_blocks(one, two)])
    _drop_translation(meta, languages[1])
    return meta


def _items(value: Any) -> list[Any]:
    """A metadata value as a list of texts."""
    if value is None:
        return []
    items = list(value.content) if isinstance(value, pf.MetaList) else [value]
    return [
        item if isinstance(item, pf.MetaInlines) else pf.MetaInlines(pf.Str(ast.plain(item)))
        for item in items
    ]


def _named(item: pf.MetaInlines, lang: str) -> pf.MetaInlines:
    """A text of the right side as such."""
    return pf.MetaInlines(pf.Span(*item.content, classes=[SIDES[1]], attributes={"lang": lang}))


def _both(one: pf.MetaInlines, two: pf.MetaInlines, lang: str) -> pf.MetaInlines:
    """A name in both languages, the second in brackets; once where both are alike."""
    name = ast.plain(two)
    if name == ast.plain(one):
        return one
    second = pf.Span(
        pf.Str(f"（{name}）" if lang.startswith("zh") else f" ({name})"),
        classes=[SIDES[1]],
        attributes={"lang": lang},
    )
    return pf.MetaInlines(*one.content, second)


def _abstract(doc: pf.Doc) -> list[Any]:
    match doc.metadata.content.get("abstract"):
        case pf.MetaBlocks() as value:
            return list(value.content)
        case pf.MetaInlines() as value:
            return [pf.Para(*value.content)]
    return []


def _drop_translation(meta: pf.MetaMap, lang: str) -> None:
    """The right side says itself what the left one's metadata says of it in its language."""
    found = meta.content.get("translations")
    if not isinstance(found, pf.MetaList) or lang.startswith("zh"):
        return
    rest = [item for item in found.content if not _is_in(item, lang)]
    if rest:
        meta["translations"] = pf.MetaList(*rest)
    else:
        del meta.content["translations"]


def _is_in(item: Any, lang: str) -> bool:
    tag = ast.plain(item.content.get("lang")) if isinstance(item, pf.MetaMap) else ""
    return bool(tag) and tag.split("-")[0] == lang.split("-")[0]
