"""Editions against the master: equal ones raise no finding, each difference raises its own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipeline.document.ast import read_document
from pipeline.editions.edition import Edition, read_wording
from pipeline.editions.epub import make_epub
from pipeline.proof.compare import compare_editions, compare_scripts, difference
from pipeline.proof.conformance import check_epub
from pipeline.proof.epub import read_epub
from pipeline.proof.facts import EditionFacts, HeadingFact, NoteFact, squash
from pipeline.proof.master import read_facts
from pipeline.settings import NoteSettings, Settings

FACTS = EditionFacts(
    notes=[
        NoteFact(1, "1", "題註。", "", False, "水記"),
        NoteFact(2, "2", "甲 Latin 乙。", "上篇", False, "前文甲乙丙丁戊己，"),
        NoteFact(3, "3", "原註闕", "下篇", True, "後文"),
    ],
    headings=[HeadingFact(1, "上篇"), HeadingFact(2, "小節"), HeadingFact(1, "下篇")],
    pages=["1", "2"],
    title="水記",
    authors=["顧汀"],
    sections=["起。", "前文甲乙丙丁。", "\ufffc乙\ufffc。", "後文。"],
)


def changed_note(number: int, **changes: object) -> EditionFacts:
    notes = [replace(n, **changes) if n.number == number else n for n in FACTS.notes]  # type: ignore[arg-type]
    return replace(FACTS, notes=notes)


def in_sections(*sections: str) -> EditionFacts:
    return replace(FACTS, sections=list(sections))


def test_two_texts_side_by_side_lose_no_letter() -> None:
    facts = replace(in_sections("起。", "乙丁甲丙。前文", "乙。", "後文。"), is_in_order=False)
    assert compare_editions(FACTS, {"pdf": facts}) == []
    facts = replace(facts, sections=[*facts.sections[:3], "後。"])
    assert [f.message for f in compare_editions(FACTS, {"pdf": facts})] == [
        "PDF: the text has lost letters (1): «文». This is a fault of Fanjian: please report it."
    ]


def test_equal_editions_raise_nothing() -> None:
    assert compare_editions(FACTS, {"pdf": FACTS, "epub": FACTS, "docx": FACTS}) == []


def test_layout_is_no_difference() -> None:
    facts = changed_note(2, text="甲 Lat\N{SOFT HYPHEN}in\n乙\N{WORD JOINER}。", before="己，")
    assert compare_editions(FACTS, {"epub": facts}) == []


def test_words_from_right_to_left_stand_on_a_page_as_they_are_seen() -> None:
    master = changed_note(2, text="見 كتاب (1284)。", before="與 كتاب 文")
    printed = changed_note(2, text="見 (1284) باتك。", before="與 باتك 文")
    assert compare_editions(master, {"pdf": printed}) == []
    lost = changed_note(2, text="見 (1284) باك。", before="")
    assert [f.rule for f in compare_editions(master, {"pdf": lost})] == ["F82"]


def test_a_format_that_cannot_tell_is_not_blamed() -> None:
    notes = [replace(n, place="", before="") for n in FACTS.notes]
    assert compare_editions(FACTS, {"pdf": replace(FACTS, notes=notes, title="", authors=[])}) == []


@pytest.mark.parametrize(
    ("facts", "code", "said"),
    [
        (replace(FACTS, notes=FACTS.notes[:2]), "F80", "there are 2 notes, the master has 3"),
        (changed_note(2, label="二"), "F81", "note 2 is called «二», not «2»"),
        (changed_note(2, text="甲 Latin 丙。"), "F82", "reads «甲Latin丙。», the master has «甲Latin乙。»"),
        (changed_note(2, text="甲 Latin 乙。丁"), "F82", "reads"),
        (changed_note(2, place="下篇"), "F83", "called in «下篇»"),
        (changed_note(2, before="前文甲乙丙丁戊庚，"), "F83", "called after"),
        (changed_note(3, missing=False), "F84", "note 3 is not marked as missing"),
        (replace(FACTS, headings=FACTS.headings[1:]), "F85", "«上篇» of level 1 is «小節»"),
        (replace(FACTS, headings=FACTS.headings[:2]), "F85", "«下篇» is lost"),
        (
            replace(FACTS, headings=[*FACTS.headings, HeadingFact(1, "續")]),
            "F85",
            "«續» is not in the master",
        ),
        (replace(FACTS, title="火記"), "F87", "the title is «火記»"),
        (
            in_sections("起。", "前文甲丙丁。", "乙。", "後文。"),
            "F88",
            "below «上篇» does not read «前文甲乙丙丁。»",
        ),
        (
            in_sections("起。", "前文甲乙丙丁。又。", "乙。", "後文。"),
            "F88",
            "reads «前文甲乙丙丁。又。», the master",
        ),
        (in_sections("起。", "前文甲乙丙丁。", "。乙", "後文。"), "F88", "below «小節»"),
        (in_sections("起。題", "前文甲乙丙丁。", "乙。", "後文。"), "F88", "the text reads «起。題»"),
        (in_sections("水記。起。", "前文甲乙丙丁。", "圖乙x。", "後文。版權"), "", ""),
        (in_sections(), "", ""),
        (replace(FACTS, authors=[]), "", ""),
        (replace(FACTS, authors=["某"]), "F87", "the authors are «某»"),
    ],
)
def test_each_difference_has_its_finding(facts: EditionFacts, code: str, said: str) -> None:
    found = compare_editions(FACTS, {"pdf": facts})
    assert [f.rule for f in found] == ([code] if code else [])
    assert all(said in f.message for f in found)


def test_the_page_list_is_held_against_the_pdf() -> None:
    found = compare_editions(FACTS, {"pdf": FACTS, "epub": replace(FACTS, pages=["1", "2", "3"])})
    assert [f.rule for f in found] == ["E86"]


def test_both_scripts_have_the_same_numbers() -> None:
    names = ("zh-Hant", "zh-Hans")
    assert compare_scripts(FACTS, changed_note(2, text="别的"), names) == []
    assert [f.rule for f in compare_scripts(FACTS, replace(FACTS, notes=[]), names)] == ["N80"]
    assert [f.rule for f in compare_scripts(FACTS, changed_note(2, label="9"), names)] == ["N81"]
    assert [f.rule for f in compare_scripts(FACTS, replace(FACTS, headings=[]), names)] == ["N82"]


@given(st.text(max_size=30))
def test_white_space_never_makes_a_difference(text: str) -> None:
    assert difference(text, " ".join(text) if text.isalnum() else text + "\n") == ""


MASTER = """---
title: 水記
author: [甲, 乙]
---

引子[^a]。

# 上篇[^b]

文[^c]字。

# 下篇

又[^d]，$x^2$。

[^a]: 一。

[^b]: "二"與 `code`。

[^c]: [原註闕]{.missing}

[^d]: 式 $y_1$ 在此。

    | 甲 | 乙 |
    |----|----|
    | 1  | 2  |
"""


def test_the_masters_facts_count_as_the_settings_say() -> None:
    doc = read_document(MASTER, "m")
    labels = {
        ("book", "arabic"): ["1", "2", "3", "4"],
        ("chapter", "arabic"): ["1", "1", "2", "1"],
        ("book", "circled"): ["①", "②", "③", "④"],
        ("page", "arabic"): ["", "", "", ""],
    }
    for (numbering, style), wanted in labels.items():
        facts = read_facts(doc, NoteSettings(numbering, style))  # type: ignore[arg-type]
        assert [n.label for n in facts.notes] == wanted
    assert [n.place for n in facts.notes] == ["", "上篇", "上篇", "下篇"]
    assert [n.missing for n in facts.notes] == [False, False, True, False]
    assert [n.before for n in facts.notes] == ["引子", "上篇", "文", "又"]
    assert facts.authors == ["甲", "乙"]


@pytest.mark.parametrize("numbering", ["book", "chapter", "page"])
def test_a_made_e_book_agrees_with_its_master(tmp_path: Path, numbering: str) -> None:
    settings = Settings(folder=tmp_path, notes=NoteSettings(numbering))  # type: ignore[arg-type]
    doc = read_document(MASTER, "m")
    make_epub(Edition(doc, "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant")), tmp_path / "a.epub")
    assert compare_editions(read_facts(doc, settings.notes), {"epub": read_epub(tmp_path / "a.epub")}) == []


WORDS = st.text(alphabet="水城井渠。，「」《》 aB1é着*_[]^#|`\\~$<>&:-—…“”", min_size=0, max_size=12)


@st.composite
def masters(draw: st.DrawFn) -> str:
    """A master of headings, paragraphs, quotations and lists with notes anywhere, escaped as a master is."""
    count = 0
    bodies: list[str] = []

    def text() -> str:
        nonlocal count
        out = ""
        for _ in range(draw(st.integers(0, 3))):
            out += _escaped(draw(WORDS))
            if draw(st.booleans()):
                count += 1
                out += f"字[^{count}]"
                body = _escaped(draw(WORDS)).strip() or "註"
                bodies.append(f"[^{count}]: 註{body}\n\n    續{_escaped(draw(WORDS)).strip()}")
            elif draw(st.booleans()):
                out += f"*重{_escaped(draw(WORDS)).strip()}點*"
        return "文" + out.strip()

    blocks = []
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["#", "##", "####", "", "", ">", "-"]))
        blocks.append(f"{kind} {text()}".strip())
    title = f"---\ntitle: |\n  題{_escaped(draw(WORDS)).strip()}\n---"
    return "\n\n".join([title, *blocks, *bodies]) + "\n"


def _escaped(text: str) -> str:
    return "".join("\\" + c if c in "*_[]^#|`\\~$<>&:-" else c for c in " ".join(text.split(" ")))


@given(masters())
@hypothesis_settings(max_examples=25)
def test_whatever_the_text_the_e_book_keeps_notes_and_headings(
    tmp_path_factory: pytest.TempPathFactory, master: str
) -> None:
    _check(tmp_path_factory.mktemp("any"), master)


@pytest.mark.sweep
@given(masters())
@hypothesis_settings(max_examples=500)
def test_sweep_e_books_keep_notes_and_headings(tmp_path_factory: pytest.TempPathFactory, master: str) -> None:
    _check(tmp_path_factory.mktemp("any"), master)


def _check(folder: Path, master: str) -> None:
    doc = read_document(master, "m")
    settings = Settings(folder=folder)
    path = folder / "a.epub"
    make_epub(Edition(doc, "zh-Hant", "zh-Hant-TW", settings, read_wording("zh-Hant")), path)
    wanted = read_facts(doc, settings.notes)
    facts = read_epub(path)
    assert compare_editions(wanted, {"epub": facts}) == []
    assert [squash(n.text) for n in facts.notes] == [squash(n.text) for n in wanted.notes]
    assert check_epub(path) == []
