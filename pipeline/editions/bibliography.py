"""Bibliographies: entries under a heading that says so are set with a hanging indent."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

LEVELS = {f"h{level}": level for level in range(1, 7)}
BIBLIOGRAPHY = re.compile(
    r"(?:[主重]要)?(?:參考|参考|引用|徵引|征引)(?:文獻|文献|書目|书目|資料|资料)(?:[及與与和].{1,6})?$|"
    r"(?:Bibliography|References|Works Cited)$",
    re.IGNORECASE,
)


def mark_bibliographies(chapters: Iterable[etree._Element]) -> None:
    """Names the paragraphs below a bibliography's heading (class ``bib``), up to the next of its level."""
    level = 0
    for chapter in chapters:
        for block in chapter:
            if own := LEVELS.get(block.tag, 0):
                if BIBLIOGRAPHY.search("".join(map(str, block.itertext())).strip()):
                    level = own
                elif own <= level:
                    level = 0
            elif level and block.tag == "p" and block.get("class") is None:
                block.set("class", "bib")
