"""The marks that ``prepare`` put into the text, taken for what they mean: page starts, languages, names.

Comes in: inlines as Pandoc read them. Goes out: inlines with spans in the places of marks, and neighbours of
one kind made one, because Word cuts runs where it likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.languages import LANGUAGES, script_of
from pipeline.readers.docx.lists import ITEM
from pipeline.readers.docx.marking import BLANK, BLOCK, CLOSE, END, LANG, NAME, NOTE, PAGE

MARKS = re.compile(f"([{PAGE}{LANG}{BLOCK}{NAME}{ITEM}{NOTE}][0-9a-f]*{END}|{CLOSE}|{BLANK})")


def cut_at_marks(text: str) -> Iterator[Any]:
    """A string cut at our marks; those of languages stay as strings for ``_languages``."""
    for part in MARKS.split(text):
        if part.startswith(PAGE):
            yield pf.Span(
                classes=["page"], attributes={"n": bytes.fromhex(part[1:-1]).decode("utf-8", "replace")}
            )
        elif part == BLANK:
            yield pf.Space()
        elif part:
            yield pf.Str(part)


def bare_code(text: str) -> str:
    """Code without marks but those of items; blanks at the edges of runs are blanks again."""
    kept = [
        part if part.startswith(ITEM) else "" if MARKS.fullmatch(part) else part
        for part in MARKS.split(text.replace(BLANK, " "))
    ]
    return "".join(kept)


def mark_spans(inlines: list[Any]) -> list[Any]:
    """Strings between marks of a language become spans, unless the language goes without saying."""
    out: list[Any] = []
    stack: list[tuple[str, int]] = []
    for inline in inlines:
        text = inline.text if isinstance(inline, pf.Str) else ""
        if text.startswith(LANG) and text.endswith(END):
            stack.append((bytes.fromhex(text[1:-1]).decode(), len(out)))
        elif text == CLOSE and stack:
            lang, start = stack.pop()
            inner = out[start:]
            if lang.endswith("!") or not _goes_without_saying(lang, ast.plain(pf.Span(*inner))):
                out[start:] = [pf.Span(*inner, attributes={"lang": lang.rstrip("!")})]
        elif text != CLOSE:
            out.append(inline)
    return out


def put_language_outside(inline: Any) -> Any:
    """Emphasis all of whose text is in one language: the language goes outside, as a master writes it."""
    inner = list(inline.content) if isinstance(inline, pf.Emph | pf.Strong) else []
    if len(inner) == 1 and isinstance(inner[0], pf.Span) and list(inner[0].attributes) == ["lang"]:
        return pf.Span(type(inline)(*inner[0].content), attributes=inner[0].attributes)
    return inline


def _goes_without_saying(lang: str, text: str) -> bool:
    """Whether the writing tells the language: every edition marks Cyrillic as Russian by itself."""
    base = lang.split("-")[0]
    kinds = {script_of(c) for c in text if c.isalpha()}
    return (
        base == "zh"
        or not kinds
        or (kinds == {"other"} and base not in ("ja", "ko"))
        or all(LANGUAGES.get(kind) == base for kind in kinds)
    )


def language_of_block(inlines: list[Any]) -> tuple[str, list[Any]]:
    lang, rest = mark_in(inlines, BLOCK)
    return lang.split("-")[0], rest


def mark_in(inlines: list[Any], kind: str) -> tuple[str, list[Any]]:
    """What a mark of this kind among the inlines says, and the inlines without it."""
    said = [i for i in inlines if isinstance(i, pf.Str) and i.text.startswith(kind) and i.text.endswith(END)]
    if not said:
        return "", inlines
    rest = [i for i in inlines if all(i is not s for s in said)]
    return bytes.fromhex(said[0].text[1:-1]).decode("utf-8", "replace"), merge(rest)


def merge(inlines: list[Any]) -> list[Any]:
    """Neighbours of one kind as one: Word cuts runs where it likes."""
    out: list[Any] = []
    for inline in inlines:
        last = out[-1] if out else None
        if last is not None and type(last) is type(inline) and _mergeable(last, inline):
            last.content = merge([*last.content, *inline.content])
        elif (
            isinstance(inline, pf.Str)
            and isinstance(last, pf.Str)
            and not MARKS.search(last.text + inline.text)
        ):
            out[-1] = pf.Str(last.text + inline.text)
        else:
            out.append(inline)
    return out


def _mergeable(one: Any, other: Any) -> bool:
    if isinstance(one, pf.Span):
        same = one.classes == other.classes and one.attributes == other.attributes
        return same and bool(one.content) and ("lang" in one.attributes or "keep" in one.classes)
    return isinstance(one, pf.Emph | pf.Strong | pf.Underline | pf.Strikeout)


def without_empty(inlines: list[Any]) -> list[Any]:
    return [i for i in inlines if not (isinstance(i, pf.Emph | pf.Strong) and not len(i.content))]
