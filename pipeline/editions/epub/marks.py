"""Marks that tell a reading system what a text is: heads of tables."""

from __future__ import annotations

from lxml import etree


def mark_tables(part: etree._Element) -> None:
    """Says of each head what it heads; an empty one heads nothing and becomes a cell."""
    for head in list(part.iter("th")):
        if not "".join(map(str, head.itertext())).strip():
            head.tag = "td"
        elif head.get("scope") is None:
            inside = next((e.tag for e in head.iterancestors("thead", "tbody")), "thead")
            head.set("scope", "col" if inside == "thead" else "row")
