"""Links settled once for all formats."""

from __future__ import annotations

import panflute as pf

from pipeline.document import ast
from pipeline.document.addresses import line_of
from pipeline.document.links import settle_anchors, settle_links

MASTER = """---
title: '[甲](#none)'
---

# 一、緒論

[下](#there)、[章](#一緒論)、[網](http://a.cn/路)、[檔](b.md)、[程](javascript:x)。

[處]{#there}、[又]{#there}。[^1]

[^1]: 見[無](#gone)。
"""


def test_a_link_that_leads_nowhere_is_its_text_everywhere() -> None:
    doc = ast.read_document(MASTER, "a.md")
    plain = [ast.plain(block) for block in doc.content]
    assert settle_anchors(doc) == ["there"]
    assert sorted(settle_links(doc)) == ["#gone", "#none", "b.md", "javascript:x"]
    assert [ast.plain(block) for block in doc.content] == plain
    links: list[str] = []
    doc.walk(lambda e, _: links.append(e.url) if isinstance(e, pf.Link) else None)
    assert links == ["#there", "#一緒論", "http://a.cn/%E8%B7%AF"]


def test_an_address_has_its_line() -> None:
    assert [line_of(url, MASTER) for url in ("#none", "b.md", "#gone", "#away")] == [2, 7, 11, None]
