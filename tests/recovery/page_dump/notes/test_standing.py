"""Plain numbers that count something of their own call no notes, and a list in the text is none."""

from __future__ import annotations

import pytest

from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown

COUNTED = ["Row{}", "\\path#{} x", "{{1, {}}}", "key{},", "v{}.0", "a{}b"]


@pytest.mark.parametrize("counted", COUNTED)
def test_numbers_of_code_and_cells_call_no_lost_notes(counted: str) -> None:
    lines = [*cut(prose(1)), *(counted.format(n) for n in range(1, 9)), *cut(prose(2)), *cut(prose(3))]
    manuscript = dump("\n".join(lines) + "\n")
    assert not manuscript.notes


@pytest.mark.parametrize("counted", ["樣本{}、", "個案{}：", "階段{}，", "類型{}。", "問題{}？"])
def test_a_word_that_counts_calls_no_lost_notes(counted: str) -> None:
    lines = [
        line for n in range(1, 9) for line in cut(f"{prose(n)[:-1]}，{counted.format(n)}{prose(n + 10)}")
    ]
    assert not dump("\n".join(lines) + "\n").notes


@pytest.mark.parametrize("sign", ["{}.", "{}", "({})"])
@pytest.mark.parametrize("counted", COUNTED)
def test_a_list_is_no_notes_where_only_such_numbers_call_it(sign: str, counted: str) -> None:
    pages = []
    for first in (1, 4, 7):
        told = [counted.format(n) for n in range(first, first + 3)]
        entries = [f"{sign.format(n)} 河道的{n}處木樁" for n in range(first, first + 3)]
        pages.append("\n".join([*cut(prose(first)), *told, *cut(prose(first + 20)), *entries]))
    assert not notes(dump("\n\f".join(pages) + "\n"))


def test_entries_below_a_colon_are_no_notes() -> None:
    text = prose(2)[:-1] + "，主要有："
    words = "；".join(f"渡口{n}" for n in range(1, 6))
    entries = [f"{n}. 第{'甲乙丙丁戊'[n - 1]}處的木樁高出水面。" for n in range(1, 6)]
    pages = [[*cut(prose(1)), f"名目：{words}"], [*cut(text), *entries, *cut(prose(3)), *cut(prose(4))]]
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert not manuscript.notes and f"名目：{words}" in "".join(shown(manuscript))


@pytest.mark.parametrize(
    "behind", ["出來。{}", "出來{}。", "，見《平湖》{}，", "平湖 {}。", "county.{} ", "the county{} and"]
)
def test_numbers_behind_words_and_marks_call_notes(behind: str) -> None:
    pages = []
    for n in (1, 2, 3):
        text = prose(n)[:-1] + behind.format(n) + prose(n + 20)
        pages.append("\n".join([*cut(text), "", f"{n} 王某，《河道考》，頁{n + 30}。"]))
    assert list(notes(dump("\n\f".join(pages) + "\n"))) == ["1", "2", "3"]


def test_numbered_headings_are_no_notes_where_the_notes_of_their_page_start_again_below() -> None:
    lines = [*cut(prose(5)), "1　引言", *cut(prose(0)), "1", *cut(prose(1)), "2　陶窯的類型"]
    lines += cut("碼頭在秋天最先安靜下來，2船夫把竹篙靠在橋邊，" + prose(2) + "3")
    lines += [part for n in range(1, 4) for part in (f"{n}", f"《河志》，頁 {n * 7}。")]
    second = cut("縣衙撥款修治，4都沒有成功，" + prose(3) + "5")
    second += [part for n in (4, 5) for part in (f"{n}", f"《河志》，頁 {n * 7}。")]
    manuscript = dump("\n".join(lines) + "\n\f" + "\n".join(second) + "\n")
    assert notes(manuscript) == {str(n): f"《河志》，頁 {n * 7}。" for n in range(1, 6)}
    said = "".join(shown(manuscript))
    assert "1　引言" in said and "2　陶窯的類型" in said


@pytest.mark.parametrize("listed", [12, 20])
def test_lines_that_answer_most_of_the_calls_are_their_notes_though_they_fill_the_pages(listed: int) -> None:
    """A list that counts on from the last note makes the others doubtful; too many of them, and the calls lack their notes."""
    pages = []
    for first in range(1, 12, 3):
        numbers = range(first, first + 3)
        text = [line for n in numbers for line in cut(f"{prose(n)}{n}")[-2:]]
        feet = [line for n in numbers for line in (f"{n} 王某，《橋志》，頁{n}。", *cut(prose(n + 30)))]
        pages.append("\n".join([*text, *feet]))
    entries = [f"{n} 石階與木樁，河口" for n in range(13, 13 + listed)]
    manuscript = dump("\n\f".join([*pages, "\n".join([*cut(prose(5)), *entries])]) + "\n")
    found = [note.missing for note in manuscript.notes][:12]
    assert found == [listed > 12] * 12
