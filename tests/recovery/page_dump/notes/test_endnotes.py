"""Endnotes of page dumps: bodies behind a heading, calls in digits and in letters."""

from __future__ import annotations

import pytest

from pipeline.document.traced import PieceKind
from pipeline.recovery import recover
from pipeline.recovery.ledger import account

SENTENCE = "窗外的雨下了整整一夜，巷子裏的石板路亮得像一面鏡子，賣豆漿的人還沒有來"


def dump(calls: list[str], heading: str, bodies: list[str]) -> str:
    text = [f"{SENTENCE}{call}。" for call in calls]
    return " " + "\n\n".join([*text, heading, *bodies]) + "\n "


def letters(n: int) -> str:
    return str(n) if n < 10 else "abcdefghij"[n // 10] + "klmnopqrst"[n % 10]


@pytest.mark.parametrize("heading", ["註釋", "注 釋", "【註釋】", "Notes", "尾註：", "文後註", "本章註釋"])
def test_bodies_behind_a_heading_are_bound_to_their_calls(heading: str) -> None:
    bodies = [f"{n} 《雨記》，第{n + 100}頁。" for n in range(1, 13)]
    manuscript = recover(dump([letters(n) for n in range(1, 13)], heading, bodies), "page-dump")
    assert account(manuscript) == []
    assert [n.label for n in manuscript.notes] == [str(n) for n in range(1, 13)]
    assert manuscript.notes[11].blocks[0].content.visible() == "《雨記》，第112頁。"
    assert not any(n.missing for n in manuscript.notes)
    assert heading not in [b.content.visible() for b in manuscript.blocks]


def test_a_body_may_run_over_lines_that_begin_with_digits() -> None:
    bodies = [
        "1 《雨記》（某地：某社，1990），頁12",
        "2至15，又見第三冊的附錄。",
        "2 同上書。",
        "3 《雪記》。",
    ]
    manuscript = recover(dump(["1", "2", "3"], "註釋", bodies), "page-dump")
    assert [n.blocks[0].content.visible() for n in manuscript.notes][1:] == ["同上書。", "《雪記》。"]


def test_a_call_without_a_body_is_a_finding() -> None:
    bodies = [f"{n} 《雨記》。" for n in range(1, 5)]
    manuscript = recover(dump(["1", "2", "3", "4", "5"], "註釋", bodies), "page-dump")
    assert [n.label for n in manuscript.notes if n.missing] == ["5"]
    assert "N10" in {f.rule for f in manuscript.findings}


@pytest.mark.parametrize("lettered", [False, True])
def test_narrow_labels_alone_on_their_lines_and_wide_ones_beside_their_text(lettered: bool) -> None:
    """What stands behind a label that fills its column is no gap; the rest of a note may begin with digits."""
    label = letters if lettered else str
    bodies = [f"{n}\n\n《雨記》，第{n + 100}頁。" for n in range(1, 10)]
    bodies += [f"{label(n)} 《雨記》，第{n + 100}頁，又見卷五第\n\n22日。" for n in range(10, 14)]
    manuscript = recover(dump([label(n) for n in range(1, 14)], "註釋", bodies), "page-dump")
    assert account(manuscript) == []
    assert [n.label for n in manuscript.notes] == [str(n) for n in range(1, 14)]
    assert manuscript.notes[10].blocks[0].content.visible() == "《雨記》，第111頁，又見卷五第22日。"


def test_the_author_s_star_has_its_note_at_the_foot_also_where_the_others_stand_behind_the_text() -> None:
    pages = ["碼頭的消息", "沈某某＊", *[f"{SENTENCE}{n}。" for n in (1, 2, 3)], "＊ 本文初稿曾在平湖宣讀。"]
    rest = [f"{SENTENCE}。", "註釋", *[f"{n} 《雨記》，第{n}頁。" for n in (1, 2, 3)]]
    manuscript = recover("\n".join(pages) + "\n\f" + "\n".join(rest) + "\n", "page-dump")
    assert account(manuscript) == []
    assert {n.label: n.blocks[0].content.visible() for n in manuscript.notes}["*"] == "本文初稿曾在平湖宣讀。"


@pytest.mark.parametrize("between", [" ", "", "\n\n"], ids=["spaced", "glued", "alone"])
def test_one_body_of_several_notes_where_labels_are_letters(between: str) -> None:
    """Digits are one number each there: the first body is of notes 1, 3 and 11."""
    labels = ["13bl", "2", *map(letters, range(4, 10)), "bkbm"]
    bodies = [f"{label}{between}《雨記》，第{k + 100}頁。" for k, label in enumerate(labels)]
    manuscript = recover(dump([letters(n) for n in range(1, 13)], "註釋", bodies), "page-dump")
    assert account(manuscript) == []
    assert manuscript.findings == ()
    called = [p.text for b in manuscript.blocks for p in b.content.pieces if p.kind is PieceKind.CALL]
    assert [note.label for note in manuscript.notes] == ["1", "2", *map(str, range(4, 10)), "10"]
    assert len(called) == 12
    assert manuscript.notes[0].blocks[0].content.visible() == "《雨記》，第100頁。"


@pytest.mark.parametrize(("stray", "bound"), [("Kinnaird,", True), (f"{SENTENCE}。", False)])
def test_a_word_between_the_heading_and_the_first_body_stays_in_the_text(stray: str, bound: bool) -> None:
    bodies = [f"[{n}] 《雨記》，第{n + 100}頁。" for n in range(1, 5)]
    manuscript = recover(dump([f"[{n}]" for n in range(1, 5)], "註釋", [stray, *bodies]), "page-dump")
    assert account(manuscript) == []
    assert stray in "".join(b.content.visible() for b in manuscript.blocks)
    if bound:
        assert [n.label for n in manuscript.notes] == ["1", "2", "3", "4"]
        assert not any(n.missing for n in manuscript.notes)


def test_labels_in_letters_may_stand_without_the_space_of_the_others() -> None:
    """A wide pair fills its column: no word of the text is «bm船政署»."""
    bodies = [f"{letters(n)}{' ' * (n != 12)}《雨記》，第{n + 100}頁。" for n in range(1, 14)]
    manuscript = recover(dump([letters(n) for n in range(1, 14)], "註釋", bodies), "page-dump")
    assert account(manuscript) == []
    assert [n.blocks[0].content.visible() for n in manuscript.notes][11:] == [
        "《雨記》，第112頁。",
        "《雨記》，第113頁。",
    ]


def test_two_digits_are_one_number_where_no_label_is_in_letters() -> None:
    bodies = [f"{n} 《雨記》，第{n + 100}頁。" for n in range(1, 13)]
    manuscript = recover(dump([str(n) for n in range(1, 13)], "註釋", bodies), "page-dump")
    assert [note.label for note in manuscript.notes] == [str(n) for n in range(1, 13)]


@pytest.mark.parametrize(
    ("last", "said"),
    [("顧汀　南江大學歷史系教授，著有《橋》。", True), ("顧汀的書由南江大學　出版社出版。", False)],
)
def test_who_wrote_the_article_stands_behind_its_notes(last: str, said: bool) -> None:
    bodies = [f"{n} 《雨記》，第{n + 100}頁。" for n in range(1, 5)]
    manuscript = recover(dump(["1", "2", "3", "4"], "註釋", [*bodies, last]), "page-dump")
    assert (manuscript.blocks[-1].content.visible() == last) == said
    assert account(manuscript) == []


@pytest.mark.parametrize(
    "titles", [["一　雨巷", "二　石板路"], ["一\u2003雨巷", "二\u2003石板路"], ["雨巷的夜", "石板路的早晨"]]
)
@pytest.mark.parametrize("heading", ["註釋", "文後註", "Endnotes"])
def test_notes_behind_a_section_end_with_the_title_of_the_next(titles: list[str], heading: str) -> None:
    lines = []
    for k, title in enumerate(titles):
        notes = [f"{2 * k + 1} 《雨記》，", "頁 7。", f"{2 * k + 2} 《雪記》。"]
        lines += [title, f"{SENTENCE}{2 * k + 1}。", f"{SENTENCE}{2 * k + 2}。", heading, *notes]
    manuscript = recover("\n".join([*lines, "雨後的河道", SENTENCE + "。"]), "page-dump")
    found = [n.blocks[0].content.visible() for n in manuscript.notes]
    assert found == ["《雨記》，頁 7。", "《雪記》。"] * 2
    assert "雨後的河道" in [b.content.visible() for b in manuscript.blocks]


def sections() -> str:
    """Two sections with two notes each."""
    lines = []
    for k, title in enumerate(["雨巷的夜", "石板路的早晨"]):
        notes = [
            f"[{2 * k + 1}] 《雨記》，",
            "頁 7。",
            f"[{2 * k + 2}] 《雪記》，",
            "頁 8。",
        ]
        lines += [title, f"{SENTENCE}[{2 * k + 1}]。", f"{SENTENCE}[{2 * k + 2}]。", *notes]
    return "\n".join([*lines, "雨後的河道", SENTENCE + "。"])


def test_notes_behind_a_section_that_no_line_announces() -> None:
    manuscript = recover(sections(), "page-dump")
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        "《雨記》，頁 7。",
        "《雪記》，頁 8。",
    ] * 2
    assert account(manuscript) == []


def test_notes_behind_a_section_that_end_without_a_stop() -> None:
    manuscript = recover(sections().replace("頁 8。", "頁 8"), "page-dump")
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        "《雨記》，頁 7。",
        "《雪記》，頁 8",
    ] * 2
    assert "石板路的早晨" in {b.content.visible() for b in manuscript.blocks}


def test_a_call_that_begins_a_line_is_no_label_of_a_list() -> None:
    called = sections().replace(f"{SENTENCE}[2]。", f"{SENTENCE}\n[2]，船夫也是。")
    assert called != sections()
    manuscript = recover(called, "page-dump")
    assert [note.label for note in manuscript.notes] == ["1", "2", "3", "4"]


def test_a_call_that_begins_a_line_as_the_first_of_its_list_is_no_label() -> None:
    for call in ("[1]", "[3]"):
        called = sections().replace(f"{SENTENCE}{call}。", f"{SENTENCE}\n{call}，船夫也是。")
        assert called != sections()
        assert [note.label for note in recover(called, "page-dump").notes] == ["1", "2", "3", "4"]


def test_two_titles_on_end_behind_the_notes_of_a_section() -> None:
    text = sections().replace("石板路的早晨\n", "石板路的早晨\n賣豆漿的人\n")
    manuscript = recover(text, "page-dump")
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        "《雨記》，頁 7。",
        "《雪記》，頁 8。",
    ] * 2
    assert {"石板路的早晨", "賣豆漿的人"} <= {b.content.visible() for b in manuscript.blocks}


def test_notes_at_the_feet_of_pages_that_sections_begin_are_no_lists_of_sections() -> None:
    """The first pages look like it, up to a note that had no room on the page of its call: more notes are bound at the feet."""
    pages = []
    for title, called, noted in (
        ("雨聲", (1, 2), (1, 2)),
        ("一、雨巷", (3, 4, 5), (3, 4)),
        ("二、石板路", (6, 7), (5, 6, 7)),
        ("三、豆漿", (8, 9), (8, 9)),
    ):
        text = [f"{SENTENCE}[{n}]。" for n in called]
        pages.append("\n".join([title, *text, *(f"[{n}] 《雨記》，頁 {n}。" for n in noted)]))
    manuscript = recover("\f".join([*pages, f"{SENTENCE}。"]), "page-dump")
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        f"《雨記》，頁 {n}。" for n in range(1, 10)
    ]
    assert account(manuscript) == []


def test_a_short_line_within_a_note_ends_no_list() -> None:
    lines = []
    for k in range(2):
        notes = [f"{2 * k + 1} 《雨記》。", f"{2 * k + 2} 見《雪記》所錄的", "巷口碑文", "，今已不存，頁 8。"]
        lines += [
            "一二"[k] + "、雨巷",
            f"{SENTENCE}{2 * k + 1}。",
            f"{SENTENCE}{2 * k + 2}。",
            "註釋",
            *notes,
        ]
    manuscript = recover("\n".join([*lines, "三、河道", SENTENCE + "。"]), "page-dump")
    found = [n.blocks[0].content.visible() for n in manuscript.notes]
    assert found == ["《雨記》。", "見《雪記》所錄的巷口碑文，今已不存，頁 8。"] * 2


def test_a_numbered_list_that_nothing_calls_is_no_notes() -> None:
    bodies = [f"{n} 帶一把傘。" for n in range(1, 6)]
    manuscript = recover(dump(["", "", "", ""], "註釋", bodies), "page-dump")
    assert manuscript.notes == ()


def test_labels_with_a_point_are_told_with_a_space_and_without() -> None:
    """One may touch the year that its note begins with; a number without a point that touches its text is none."""
    bodies = ["1.《雨記》，頁12。", "2. 同上。", "3.1963年的報告。", "4. 《雪記》，頁4。"]
    manuscript = recover(dump(["1", "2", "3", "4"], "註釋", bodies), "page-dump")
    found = [n.blocks[0].content.visible() for n in manuscript.notes]
    assert found == ["《雨記》，頁12。", "同上。", "1963年的報告。", "《雪記》，頁4。"]


ROMANS = ["i", "ii", "iii", "iv", "v", "vi"]


@pytest.mark.parametrize("end", ["", "\n"], ids=["behind", "apart"])
def test_endnotes_in_roman_numbers_that_no_heading_announces(end: str) -> None:
    """So word processors number endnotes where nobody says otherwise; PyMuPDF begins a line at each call."""
    text = [f"{SENTENCE}。{end}{roman}然而雨並沒有停。" for roman in ROMANS]
    bodies = [f"{roman} 《雨記》，頁 {n}。" for n, roman in enumerate(ROMANS, 1)]
    manuscript = recover("\f".join(["\n".join(text), "\n".join(bodies)]), "page-dump")
    assert account(manuscript) == []
    assert [(n.label, n.blocks[0].content.visible()) for n in manuscript.notes] == [
        (str(n), f"《雨記》，頁 {n}。") for n in range(1, 7)
    ]
    assert not manuscript.findings


def test_letters_that_are_words_call_no_note() -> None:
    text = "\n".join(
        [f"{SENTENCE}，見 part {r} of the book。" for r in ROMANS] + [f"{r} 第{r}項" for r in ROMANS]
    )
    assert recover(text, "page-dump").notes == ()
