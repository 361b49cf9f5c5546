"""Attributes in a master that each format would show in its own way, or not at all: taken out, and told."""

from __future__ import annotations

import re

import panflute as pf

from pipeline.document.ast import plain

# Classes and attributes that mean something in a master. Every other name could be one of those by which the
# editions know their own parts (a note, a title page), and each format would take it for another.
MEANT = frozenset(
    {"page", "missing", "keep", "variant", "underline", "ul", "smallcaps", "mark", "uri", "email"}
)
SILENT = frozenset({"unnumbered"})  # nothing is numbered
SAID = frozenset({"lang", "dir", "n", "width", "height"})
STYLE = re.compile(r"(text-align|width|vertical-align)\s*:\s*[a-z0-9.%-]+")  # what a text's own style may say


def drop_wordy_pages(doc: pf.Doc) -> list[str]:
    """Makes marks of the source's pages that hold words, or tell no number, plain text: no format would show it. The words.

    >>> doc = pf.Doc(pf.Para(pf.Span(pf.Str("頁"), classes=["page"]), pf.Span(classes=["page"], attributes={"n": "7"})))
    >>> drop_wordy_pages(doc), [span.classes for span in doc.content[0].content]
    (['頁'], [[], ['page']])
    """
    found: list[str] = []

    def drop(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Span) and "page" in e.classes and (e.content or "n" not in e.attributes):
            e.classes = [name for name in e.classes if name != "page"]
            found.append(plain(e))

    doc.walk(drop)
    return found


def drop_styles(doc: pf.Doc) -> list[str]:
    """Takes out what the house style decides, and names that only a style sheet or a format could know; what they were.

    >>> note = pf.Span(pf.Str("甲"), classes=["note", "keep"], attributes={"style": "display:none; width: 3em"})
    >>> doc = pf.Doc(pf.Para(note, pf.Code("x", classes=["python"])))
    >>> drop_styles(doc), note.classes, note.attributes["style"]
    (['.note', 'display:none'], ['keep'], 'width: 3em')
    """
    found: dict[str, None] = {}

    def drop(e: pf.Element, _: pf.Doc | None) -> None:
        if not hasattr(e, "classes"):
            return
        told = [f".{name}" for name in e.classes if name not in MEANT | SILENT]
        e.classes = [name for name in e.classes if name in MEANT]
        kept = {}
        for key, value in e.attributes.items():
            if key == "style":
                rules = [rule.strip() for rule in value.split(";") if rule.strip()]
                told += [rule for rule in rules if not STYLE.fullmatch(rule)]
                value = "; ".join(rule for rule in rules if STYLE.fullmatch(rule))
            elif key not in SAID and "variant" not in e.classes:
                told.append(f'{key}="{value}"')
                continue
            if value:
                kept[key] = value
        e.attributes = kept
        if not isinstance(e, pf.Code | pf.CodeBlock):  # there a class names the language
            found.update(dict.fromkeys(told))

    doc.walk(drop)
    return list(found)
