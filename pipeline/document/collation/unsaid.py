"""What Word has no place for, taken over from the document that a file was made from.

A formula goes through Word's own language and comes back with other braces; code comes back without the name of
its language. Where the text is the same, both are as they were.
"""

from __future__ import annotations

import re

import panflute as pf


def bare_formula(text: str) -> str:
    """A formula without what only its spelling has: braces and blanks.

    >>> bare_formula("x^{2} + y") == bare_formula("x^2+y")
    True
    """
    return re.sub(r"[{}\s]", "", text)


def take_over(made: pf.Doc, edited: pf.Doc) -> None:
    """Gives formulas and code of ``edited``, in place, the spelling and the attributes that they had in ``made``."""
    formulas: dict[str, str] = {}
    codes: dict[str, pf.CodeBlock] = {}

    def note(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Math):
            formulas.setdefault(bare_formula(e.text), e.text)
        elif isinstance(e, pf.CodeBlock):
            codes.setdefault(e.text, e)

    def give(e: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(e, pf.Math):
            e.text = formulas.get(bare_formula(e.text), e.text)
        elif isinstance(e, pf.CodeBlock) and (known := codes.get(e.text)):
            e.identifier, e.classes, e.attributes = known.identifier, known.classes, dict(known.attributes)

    made.walk(note)
    edited.walk(give)
