"""Are two scripts of one book the same book? Blocks, notes, numbers, figures, links."""

from __future__ import annotations

import re
from typing import Any

import panflute as pf

from pipeline.document.manuscript import Finding
from pipeline.settings import HANS, Script

NUMBER = re.compile(r"[0-9]+")


def compare_scripts(source: pf.Doc, converted: pf.Doc, to: Script) -> list[Finding]:
    """Findings wherever the converted document is not the source's twin. Empty when all is the same."""
    before, after = _skeleton(source), _skeleton(converted)
    if before == after:
        return []
    at = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    name = "Simplified" if to == HANS else "Traditional"
    return [Finding("H90", f"the {name} edition is built differently from the source at its element {at}.")]


def _skeleton(doc: pf.Doc) -> list[str]:
    parts: list[str] = []

    def visit(element: Any, _: Any) -> None:
        if isinstance(element, pf.Link | pf.Image):
            parts.append(f"{element.tag} {element.url}")
        elif not isinstance(element, pf.Str | pf.Space):
            parts.append(element.tag)

    for block in doc.content:
        block.walk(visit)
    return parts
