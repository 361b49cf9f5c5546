"""Emphasis: Han is never slanted, Latin is (CLREQ, emphasis)."""

from __future__ import annotations

import unicodedata

from lxml import etree


def mark_emphasis(part: etree._Element) -> None:
    """Names emphasis that holds Han (class ``han``): dots or Hei in place of italics."""
    for emphasised in part.iter("em", "i", "cite"):
        text = "".join(map(str, emphasised.itertext()))
        if any(unicodedata.east_asian_width(c) == "W" for c in text):
            emphasised.set("class", "han")
