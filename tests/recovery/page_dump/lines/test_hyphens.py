"""Hyphens that pdftotext takes away at the ends of lines: put back where nothing else can have stood."""

from __future__ import annotations

import pytest

from pipeline.recovery.page_dump.lines.hyphens import find_lost_hyphens
from tests.recovery.page_dump.dumps import cut, dump, prose, shown


def places(text: str) -> list[str]:
    return [f"{text[at - 3 : at]}-{text[at : at + 3]}" for at in find_lost_hyphens(text)]


@pytest.mark.parametrize(
    "text, found",
    [
        ("參見 The SinoSoviet Dispute。", "ino-Sov"),
        ("（СанктПетербург, 1882）", "нкт-Пет"),
        ("о русскокитайских отношениях", "ско-кит"),
        ("《河道考》，122128。", "122-128"),
        ("平湖（19451949）", "945-194"),
        ("Rivers and Towns, 18951945 (Boston: Lamp House, 1995)", "895-194"),
    ],
)
def test_what_is_always_written_with_one(text: str, found: str) -> None:
    assert places(f"{text}\n碼頭。\n") == [found]
    assert places(f"{text}\nSino-\nJapanese\n") == []  # here lines keep theirs


@pytest.mark.parametrize(
    "text",
    [
        "YouTube 與 McDonald",
        "永豐 SinoPac",
        "檔號 19451949。",
        "民國，195203",
        "電話 20011949",
        "檔號 19490131",
        "編號，128122",
        "русскоязычный",
        "頁 5563。",
    ],
)
def test_what_may_be_one_word_or_number(text: str) -> None:
    assert places(text + "\n") == []


def test_words_that_the_text_has_with_a_hyphen_where_a_line_may_have_ended() -> None:
    lines = [line for n in range(12) for line in cut(prose(n))]
    known = "又稱 long-term 的計畫，long-term 的收支都記在帳上"
    joined = "縣衙的帳簿每年由商會的司帳逐項核對，稱為 longterm 計畫"
    assert places("\n".join([*lines, known, joined]) + "\n") == ["ong-ter"]
    assert places("\n".join([*lines, known, f"稱為 longterm 計畫。{prose(3)}"[:30]]) + "\n") == []
    assert places("\n".join([*lines, known, joined, "longterm, longterm"]) + "\n") == []
    ended = joined.removesuffix(" 計畫")  # the next printed line stood behind the word
    assert places("\n".join([*lines, known, ended, "計畫。"]) + "\n") == []


def test_the_hyphen_is_an_edit_of_its_own() -> None:
    text = "\n".join([*cut(prose(1)), "參見 The SinoSoviet Dispute。", *cut(prose(3))]) + "\n"
    manuscript = dump(text)
    assert shown(manuscript)[1] == "參見 The Sino-Soviet Dispute。"
    edits = [p.edit for b in manuscript.blocks for p in b.content.pieces if p.edit and p.edit.rule == "L10"]
    assert [(edit.before, edit.after) for edit in edits] == [("o", "o-")]
