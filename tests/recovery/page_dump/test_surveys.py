"""What theses of the social sciences are full of: numbers and letters among the Han, hypotheses, formulas, records, signatures."""

from __future__ import annotations

import random

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from tests.soiler.prose import Prose
from tests.soiler.typeset import atoms, lines

WIDTH = 34.0


def prose(seed: int, count: int = 5) -> str:
    return "".join(Prose(random.Random(f"survey {seed}"), latin=False).sentences(count, count + 1))


def set_in_lines(text: str, indent: str = "", width: float = WIDTH) -> list[str]:
    found = lines(atoms((text,), {}), width - 2, width)
    return [("" if k else indent) + line for k, (line, _) in enumerate(found)]


def recovered(*parts: list[str]) -> Manuscript:
    manuscript = recover("\n".join(line for part in parts for line in part) + "\n", "page-dump")
    assert account(manuscript) == []
    return manuscript


def quoted(manuscript: Manuscript) -> list[str]:
    return [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.QUOTE]


def paragraphs(manuscript: Manuscript) -> list[str]:
    return [b.content.visible() for b in manuscript.blocks if b.kind is not BlockKind.HEADING]


def test_lines_in_han_characters_tell_how_wide_a_text_of_many_numbers_is() -> None:
    """Lines with digits, letters and spaces count wider than they are: the others are no quotation's."""
    parts = []
    for n in range(24):
        parts.append(set_in_lines(prose(n)))
        wide = f"渡口 {n} 處收錢 {n + 3}.5 文，船 {n + 40} 隻，Ferry {n} 與 Lock {n + 1} 在 1{n + 800} 年另計"
        parts += [[f"{wide}，每船 {k} 人" for k in range(6)] + ["後來都廢了。"]]
    assert quoted(recovered(*parts)) == []


@pytest.mark.parametrize("indent", ["", "    "], ids=["flush", "indented"])
def test_lines_of_a_record_are_not_put_together(indent: str) -> None:
    record = [
        "訪談時間：2011 年 7 月 19 日上午 9 時至 11 時 30 分",
        "訪談地點：平湖縣碼頭舊居",
        "受訪者：船夫沈某",
    ]
    text = [line for n in range(6) for line in set_in_lines(prose(n), indent)]
    manuscript = recovered(text, record, set_in_lines(prose(9), indent))
    assert paragraphs(manuscript)[-4:-1] == record


def test_a_label_in_a_sentence_begins_no_line_of_a_record() -> None:
    one = "船夫問道：" + "渡船在雨裡停了一整夜，" * 3
    two = "掌櫃答：" + "渡船在雨裡停了一整夜，" * 3 + "他說完便走了。"
    text = [line for n in range(6) for line in set_in_lines(prose(n), "    ")]
    assert paragraphs(recovered(text, set_in_lines(one + two, "    ")))[-1] == one + two


def test_a_numbered_formula_stands_by_itself_and_is_no_quotation() -> None:
    formula = "Y = b0 + b1X1 + b2X2 + e　　（3-1）"
    before = [prose(n) + "其模式如下：" for n in range(3)]
    behind = "式中 Y 為渡船的數目，X1 為水位。"
    parts = []
    for k, text in enumerate(before):
        parts += [
            set_in_lines(text),
            [formula.replace("3-1", f"3-{k + 1}")],
            [behind],
            set_in_lines(prose(9 + k)),
        ]
    manuscript = recovered(*parts)
    assert [p for p in paragraphs(manuscript) if p.startswith("Y =")] == [
        formula.replace("3-1", f"3-{k}") for k in (1, 2, 3)
    ]
    assert paragraphs(manuscript).count(behind) == 3 and quoted(manuscript) == []


def test_hypotheses_are_entries_and_no_quotation() -> None:
    entries = [
        "H1：渡口的遠近影響船價。",
        "H1-1：水位影響船價。",
        "H1-2：風向影響船價。",
        "H2：船價與米價相關。",
    ]
    text = [line for n in range(6) for line in set_in_lines(prose(n), "    ")]
    lead = set_in_lines(prose(7) + "本研究提出以下假設：", "    ")
    manuscript = recovered(text, lead, entries, set_in_lines(prose(8), "    "))
    assert paragraphs(manuscript)[-5:-1] == entries and quoted(manuscript) == []


def test_a_name_and_a_date_at_the_right_are_no_quotation() -> None:
    text = [line for n in range(6) for line in set_in_lines(prose(n), "    ")]
    signed = [" " * 54 + "沈舟　謹誌", " " * 50 + "2014 年 7 月　於平湖"]
    manuscript = recovered(text, signed, ["第一章　渡口"], set_in_lines(prose(8), "    "))
    assert quoted(manuscript) == [] and "沈舟　謹誌" in paragraphs(manuscript)


def test_a_quotation_takes_no_paragraph_from_before_the_line_that_announces_it() -> None:
    """The two lines of the paragraph before are as wide as those of a quotation: its first line lost an indent."""
    parts = [[*set_in_lines(prose(n)), ""] for n in range(8)]
    short = set_in_lines(
        "渡船在雨裡停了一整夜，天亮時才有人來問價錢，後來又有人問過渡口的遠近，卻都沒有上船。"
    )
    said = set_in_lines(prose(21, 6), width=WIDTH - 4)
    manuscript = recovered(*parts, short, ["談到船價，沈某說："], said, [""], *parts)
    assert not any(text.startswith(("渡船在雨裡", "談到船價")) for text in quoted(manuscript))


def test_a_sentence_that_tells_of_a_table_begins_none() -> None:
    """«表 4-9 的船數» begins a line of a sentence."""
    text = [line for n in range(6) for line in set_in_lines(prose(n))]
    cut = [
        "渡口的帳本雖然殘缺，前後三十年的船數仍然大致可以看出，根據",
        "表 4-9 的船數與 A03 的結果相同，這一",
        "點還要再看。",
    ]
    rows = ["甲渡 三十 40 5", "乙渡 四十 41 6", "丙渡 五十 42 7", "丁渡 六十 43 8"]
    manuscript = recovered(text, cut, rows, set_in_lines(prose(8)))
    assert not any(f.rule == "L20" for f in manuscript.findings)


@pytest.mark.parametrize("first", ["13通碑刻", "3 所學校", "42畝"])
def test_a_note_that_begins_with_a_number_glued_to_its_own_is_bound(first: str) -> None:
    """The extractor left no space behind the labels: «1213通碑刻» is note 12."""
    pages, wanted = [], []
    for n in range(1, 19, 3):
        text = f"{prose(n, 2)[:-1]}{n}。{prose(n + 40, 2)[:-1]}{n + 1}。{prose(n + 80, 2)[:-1]}{n + 2}。"
        notes = [f"沈舟，《渡口》，頁 {n}。", f"{first}已經不可辨識。", f"同前註，頁 {n + 5}。"]
        wanted += notes
        pages.append("\n".join([*set_in_lines(text), *(f"{n + k}{note}" for k, note in enumerate(notes))]))
    manuscript = recover("\f".join(pages), "page-dump")
    assert account(manuscript) == []
    assert [b.content.visible() for note in manuscript.notes for b in note.blocks] == wanted


def test_a_number_that_goes_on_with_a_note_is_no_label() -> None:
    """Note 12 is missing, and so stays: two lines could begin it."""
    notes = ["11沈舟，《渡口》，頁 3，又其所藏碑刻共", "1213通，舊志作", "1214通。", "13同前註，頁 5。"]
    text = f"{prose(1, 2)[:-1]}11。{prose(2, 2)[:-1]}12。{prose(3, 2)[:-1]}13。"
    manuscript = recover("\n".join([*set_in_lines(text), *notes]) + "\n", "page-dump")
    assert account(manuscript) == []
    assert [note.label for note in manuscript.notes if not note.missing] == ["11", "13"]


@pytest.mark.parametrize("heading", ["第二節 渡口", ""], ids=["heading", "text"])
def test_a_wide_line_at_a_pages_foot_goes_on_with_the_note_before(heading: str) -> None:
    """Notes are set smaller, no rule parts them, and the page that the note runs over to has none of its own."""
    noted = "《渡口志》，頁 5。" + prose(31, 4)
    held = lines(atoms((noted,), {}), WIDTH + 7, WIDTH + 7)
    note = [line for line, _ in held]
    assert len(note) > 3
    first = [*set_in_lines(prose(1)), *set_in_lines(prose(2, 3)[:-1] + "1。"), "1 " + note[0], *note[1:-2]]
    second = [*set_in_lines(prose(3)), *set_in_lines(prose(4)), *note[-2:]]
    third = [heading] * bool(heading) + [*set_in_lines(prose(5)), *set_in_lines(prose(6, 3)[:-1] + "2。")]
    third += ["2 同前註，頁 7。此書版本甚多，今日通行者凡三種，以平湖縣署所藏者為最早，惜已殘缺不完全了。"]
    manuscript = recover("\f".join("\n".join(page) for page in (first, second, third)), "page-dump")
    assert account(manuscript) == []
    assert manuscript.notes[0].blocks[0].content.visible() == noted
