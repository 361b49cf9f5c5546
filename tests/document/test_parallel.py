"""Two documents side by side: pairs, what does not pair, and one number for both sides of a note."""

from __future__ import annotations

import panflute as pf

from pipeline.document import ast
from pipeline.document.parallel import set_side_by_side
from pipeline.document.parallel.notes import side_numbers

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


def test_the_paragraph_that_is_missing_is_the_one_that_is_found() -> None:
    chinese = "# 甲\n\n長段在前，說明城中用水的由來與變遷，引書甚多。[^1]\n\n短。\n\n又一長段，記述井欄上的繩痕與名字，歷歷可數。\n\n# 乙\n\n末節。\n\n[^1]: 註。\n"
    english = (
        "# A\n\nA long paragraph stands first and says whence the water of the city came.[^1]\n\n"
        "Another long one tells of the marks that ropes have left on the kerb.\n\n# B\n\nThe end.\n\n[^1]: A note.\n"
    )
    left, right = ast.read_document(chinese, "a.md"), ast.read_document(english, "b.md")
    found = set_side_by_side(left, right, ("zh-Hant", "en")).findings
    assert [f.rule for f in found] == ["H80"]
    assert "the paragraph «短。» has no partner" in found[0].message


def test_the_section_that_is_missing_is_the_one_that_is_found() -> None:
    chinese = "# 甲\n\n第一節的文字不長不短。\n\n# 乙\n\n短。\n\n# 丙\n\n第三節很長，敘述由井到管的一百年，城中人事代謝。[^1]\n\n[^1]: 註。\n"
    english = (
        "# A\n\nThe text of the first section is neither long nor short.\n\n"
        "# C\n\nThe third is long and tells of a hundred years from well to pipe in the city.[^1]\n\n[^1]: A note.\n"
    )
    left, right = ast.read_document(chinese, "a.md"), ast.read_document(english, "b.md")
    found = set_side_by_side(left, right, ("zh-Hant", "en")).findings
    assert [f.rule for f in found] == ["H80", "H80"]
    assert "the heading «乙»" in found[0].message and "the paragraph «短。»" in found[1].message


def test_blocks_pair_and_what_does_not_is_found() -> None:
    left, right = ast.read_document(LEFT, "a.md"), ast.read_document(RIGHT, "b.md")
    parallel = set_side_by_side(left, right, ("zh-Hant", "en"))
    kinds = [type(b).__name__ for b in parallel.doc.content]
    assert kinds == ["Header", "Div", "Div", "Div"]
    assert [f.rule for f in parallel.findings] == ["H80", "H81"]
    lone, notes = parallel.findings
    assert lone.message == (
        "the first master, section «第一章»: the paragraph «又一段。» has no partner in the second master, section "
        "«Chapter one», after «A quotation.». Add it there, or take it out here."
    )
    assert notes.message == (
        "section «第一章»: the paragraph «城中有水，水邊有市。» has 2 notes in the first master, its partner "
        "«There is water in the ci…» has 1 in the second master. Make them equal."
    )
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


def test_lists_and_tables_of_unequal_length_are_found() -> None:
    left = ast.read_document("1. 一\n2. 二\n\n| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n", "a.md")
    right = ast.read_document("1. one\n\n| A | B |\n|---|---|\n| C | D |\n| E | F |\n", "b.md")
    found = set_side_by_side(left, right, ("zh-Hant", "en"), names=("master.md", "master.en.md")).findings
    assert [f.rule for f in found] == ["H82", "H82"]
    assert (
        "the list «一二» has 2 list items in master.md, its partner «one» has 1 in master.en.md"
        in found[0].message
    )
    assert "has 4 table cells in master.md" in found[1].message


def test_the_title_page_has_both_titles_and_names() -> None:
    left = ast.read_document(
        "---\ntitle: 水\nsubtitle: 卷一\nauthor: [顧汀]\nkeywords: [井]\n---\n\n文。\n", "a.md"
    )
    right = ast.read_document(
        "---\ntitle: Water\nauthor: [Gu Ting]\nkeywords: [well]\n---\n\nText.\n", "b.md"
    )
    doc = set_side_by_side(left, right, ("zh-Hant", "en")).doc
    assert ast.meta_texts(doc, "title") == ["水"]
    assert ast.meta_texts(doc, "subtitle") == ["卷一", "Water"]
    assert ast.meta_texts(doc, "author") == ["顧汀 (Gu Ting)"]
    assert ast.meta_texts(doc, "keywords") == ["井", "well"]


def test_headings_alike_stand_once_unless_pages_face_each_other() -> None:
    left = ast.read_document("# 前言\n\n文。\n", "a.md")
    once = set_side_by_side(left, left, ("zh-Hant", "zh-Hans")).doc
    twice = set_side_by_side(left, left, ("zh-Hant", "zh-Hans"), repeat=True).doc
    assert ast.plain(once.content[0]) == "前言"
    assert ast.plain(twice.content[0]) == "前言 前言"


def test_numbers_begin_anew_in_each_chapter_where_asked() -> None:
    text = "# 甲\n\n一[^1]二[^2]。\n\n# 乙\n\n三[^3]。\n\n[^1]: 一。\n\n[^2]: 二。\n\n[^3]: 三。\n"
    left = ast.read_document(text, "a.md")
    doc = set_side_by_side(left, left, ("zh-Hant", "zh-Hans")).doc
    assert side_numbers(doc) == [1, 2, 1, 2, 3, 3]
    assert side_numbers(doc, by_chapter=True) == [1, 2, 1, 2, 1, 1]
