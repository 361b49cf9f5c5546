"""Two documents side by side: pairs, what does not pair, and one number for both sides of a note."""

from __future__ import annotations

import panflute as pf

from pipeline.document import ast
from pipeline.document.parallel import set_side_by_side, side_numbers

LEFT = """---
title: 水與城[^1]
lang: zh-Hant
---

# 第一章

城中有水[^2]，水邊有市[^3]。

> 引文一段。

又一段。

[^1]: 題註。

[^2]: 其一。

[^3]: 其二。
"""
RIGHT = """---
title: Water and the City
lang: en
---

# Chapter one

There is water[^1] in the city.

> A quotation.

[^1]: One.
"""


def test_blocks_pair_and_what_does_not_is_found() -> None:
    left, right = ast.read_document(LEFT, "a.md"), ast.read_document(RIGHT, "b.md")
    parallel = set_side_by_side(left, right, ("zh-Hant", "en"))
    kinds = [type(b).__name__ for b in parallel.doc.content]
    assert kinds == ["Header", "Div", "Div", "Div"]
    assert [f.rule for f in parallel.findings] == ["H80", "H81"]
    assert "has 2 notes in the first master, 1 in the second" in parallel.findings[1].message
    pair = parallel.doc.content[1]
    assert [side.attributes["lang"] for side in pair.content] == ["zh-Hant", "en"]
    assert ast.plain(pair.content[1]) == "There is water in the city."


def test_both_sides_of_a_note_carry_one_number() -> None:
    left = ast.read_document(LEFT, "a.md")
    parallel = set_side_by_side(left, left, ("zh-Hant", "zh-Hans"))
    assert parallel.findings == []
    assert side_numbers(parallel.doc) == [1, 2, 3, 2, 3]
    assert all(isinstance(note, pf.Note) for note in ast.notes(parallel.doc))


def test_the_documents_stay_as_they_were() -> None:
    left = ast.read_document(LEFT, "a.md")
    before = ast.dump(left)
    set_side_by_side(left, left, ("zh-Hant", "zh-Hans"))
    assert ast.dump(left) == before
