"""Attributes in a master that each format would show in its own way, or not at all: taken out, and told."""

from __future__ import annotations

import re

import panflute as pf

from pipeline.document.ast import plain

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
    """Takes styles out that the house style decides; what they were.

    >>> doc = pf.Doc(pf.Para(pf.Span(pf.Str("甲"), attributes={"style": "display:none; width: 3em"})))
    >>> drop_styles(doc), doc.content[0].content[0].attributes["style"]
    (['display:none'], 'width: 3em')
    """
    found: list[str] = []

    def drop(e: pf.Element, _: pf.Doc | None) -> None:
        if "style" not in getattr(e, "attributes", {}):
            return
        rules = [rule.strip() for rule in e.attributes["style"].split(";") if rule.strip()]
        kept = [rule for rule in rules if STYLE.fullmatch(rule)]
        found.extend(rule for rule in rules if rule not in kept)
        if kept:
            e.attributes["style"] = "; ".join(kept)
        else:
            del e.attributes["style"]

    doc.walk(drop)
    return list(dict.fromkeys(found))
