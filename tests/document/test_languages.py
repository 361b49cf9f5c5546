"""Foreign runs carry their language."""

from __future__ import annotations

import panflute as pf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document import ast
from pipeline.document.languages import guess_latin, mark_languages


def runs(text: str) -> list[tuple[str, str]]:
    """The marked runs of a master: language and text."""
    doc = mark_languages(ast.read_document(text, "master.md"))
    found: list[tuple[str, str]] = []

    def see(element: pf.Element, _: pf.Doc | None) -> None:
        if isinstance(element, pf.Span | pf.Div) and "lang" in element.attributes:
            found.append((element.attributes["lang"], ast.plain(element)))

    doc.walk(see)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("渡口在 Old Ferry Lane 旁。", [("en", "Old Ferry Lane")]),
        ("檔案（АВП РФ，ф. 7）另存。", [("ru", "АВП РФ")]),
        ("題為「みなと」的小冊。", [("ja", "みなと")]),
        ("報頭作 나루터 三字。", [("ko", "나루터")]),
        ("A股與 B5 紙、X 光。", []),
        ("年份 1921–1935，第 3 號。", []),
        ("他寫道 “the tide was late” 云云。", [("en", "“the tide was late”")]),
        ("名為“Ferry”的船。", [("en", "Ferry")]),
        ("[Fährhaus am Fluss]{lang=de} 一文。", [("de", "Fährhaus am Fluss")]),
        ("*River Gauges* 第二卷。", [("en", "River Gauges")]),
        ("`code here` 不算。", []),
    ],
)
def test_runs_are_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert runs(text) == expected


def test_notes_tables_and_title_are_marked_too() -> None:
    text = "---\ntitle: 河 River Book\n---\n\n| 甲 | Ferry town |\n|---|---|\n| 一 | 二 |\n\n文[^1]。\n\n詞 word here\n:   釋 meaning of it\n\n[^1]: 見 Some Book。\n"
    assert [run for _, run in runs(text)] == [
        "River Book",
        "Ferry town",
        "Some Book",
        "word here",
        "meaning of it",
    ]


@given(st.text(st.sampled_from("山水，。「」abcXYZ “”-1жщのな한"), min_size=1, max_size=50))
def test_marking_changes_no_character(text: str) -> None:
    doc = pf.Doc(pf.Para(*[part for word in text.split(" ") for part in (pf.Str(word), pf.Space()) if word]))
    before = ast.plain(doc.content[0])
    assert ast.plain(mark_languages(doc).content[0]) == before


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Max-Planck-Institut für Wissenschaftsgeschichte", "de"), ("Le Fleuve Jaune", "fr"),
        ("El rey y la reina", "es"), ("Storia della Cina", "it"), ("História da China e do Japão", "pt"),
        ("De geschiedenis van het water", "nl"), ("Journal of Modern History", "en"), ("centimetre", "en"),
        ("The History of the Chemins de fer", "en"), ("Smith et al.", "en"), ("Mao Zedong", "en"), ("", "en"),
    ],
)  # fmt: skip
def test_common_words_tell_how_words_are_divided(text: str, lang: str) -> None:
    assert guess_latin(text) == lang
