"""Bodies that the source lacks: the same mark, in the edition's script, in every format (promise 5)."""

from __future__ import annotations

import panflute as pf


def reword_missing(doc: pf.Doc, wording: str) -> pf.Doc:
    """``doc`` itself, every span of class ``missing`` saying ``wording``."""

    def say(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Span) and "missing" in e.classes:
            e.content = [pf.Str(wording)]

    doc.walk(say)
    return doc
