"""Marks, their weights, and the sequences they make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recovery.notes.calls import call_marks
from pipeline.recovery.notes.numbers import Mark, MarkStyle, decode_letters
from pipeline.recovery.notes.sequences import align_calls, choose_bodies, choose_calls, run_on
from pipeline.recovery.notes.weights import weigh_call


def weights(text: str) -> dict[int, float]:
    return {mark.value: mark.weight for mark in call_marks(text, MarkStyle.BARE)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("船夫說這是第一次。12隨後他走了", 12),
        ("河道的意義6。", 6),
        ("所謂Hinton8與別人", 8),
        ("終於完成。221981年又重修", 22),
        ("政策改變了。3180 年代以來", 31),
        ("船票因此漲價。35108 學年度起", 35),
        ("遷到縣城的東門。2298學年度", 22),
        ("碼頭至此封閉。9112年以後", 9),
        ("他同意。11912 月 3 日", 119),
        ("12", 12),
        ("他寫信給縣署說:8", 8),
        ("消滅」bl。", 11),
        ("see Hall.12 隨後", 12),
        ("統計顯示93，1910 年", 93),
        ("船抵揚州41，10 月 5 日開行", 41),
        ("他說明《河報》21日記的內容", 21),
    ],
)
def test_calls(text: str, value: int) -> None:
    assert weights(text)[value] > 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("補記於2008年5月31日", 3),
        ("，1，房間大", 1),
        ("！ 2. 同樣", 2),
        ("他寫信給縣署說:8日", 8),
        ("據《河報》21日報道", 21),
        ("據《河報》21日記者電", 21),
        ("據《河報》21日據新華社電", 21),
        ("第12章", 12),
        ("共15年", 15),
        ("在20世紀", 20),
        ("頁55-63", 55),
        ("圖3", 3),
        ("占3.5成", 3),
        ("（12）", 12),
        ("B-47型", 47),
        ("應備齊：1、木樁", 1),
        ("§ A.3 格式", 3),
        ("木樁；2．麻繩", 2),
        ("Rivers, vol. 4", 4),
        ("Bridges, pt. 1", 1),
        ("只在9，10 月間", 9),
        ("於民國 31 年間", 31),
        ("昭和 17 年（1942）9 月", 9),
    ],
)
def test_numbers_of_the_text(text: str, value: int) -> None:
    assert weights(text).get(value, -1) <= 0


@pytest.mark.parametrize(
    ("before", "behind"), [("磁碟/dev/sda", "。"), ("約", " GiB"), ("版", ".x的"), ("sha", "sum")]
)
def test_a_number_in_a_path_a_measure_a_version_or_a_name_is_no_call(before: str, behind: str) -> None:
    at = len(before)
    assert weigh_call(f"{before}1{behind}", at, at + 1) < -5


def test_a_call_before_a_year_that_ends_its_line() -> None:
    marks = call_marks("終於完成。221981", MarkStyle.BARE, behind="1. 王某，《橋志》。")
    assert [mark.value for mark in marks if mark.weight > 0] == [22]


def test_a_call_over_a_line_end() -> None:
    marks = list(call_marks("木樁[1", MarkStyle.BRACKET, behind="2]，他說"))
    assert [(m.value, m.length, m.tail) for m in marks] == [(12, 2, 2)]


def bodies(*values: int, weight: float = 3.0) -> list[Mark]:
    return [Mark(value, (i, 0), 1, weight) for i, value in enumerate(values)]


def test_bodies_count_on_and_may_start_again() -> None:
    assert [m.value for m in choose_bodies(bodies(1, 2, 7, 3, 4))] == [1, 2, 3, 4]
    chain = choose_bodies(bodies(1, 2, 3, 4, 1, 2, 3, 1, 2, 3))
    assert [m.value for m in chain] == [1, 2, 3, 4, 1, 2, 3, 1, 2, 3]
    assert run_on(chain) == [str(n) for n in range(1, 11)]


def test_a_page_whose_first_note_the_source_lost() -> None:
    """Its others are not taken for those that count on from the page before."""
    found = [
        Mark(v, (i, 0), 1, 4.0, page) for i, (v, page) in enumerate([(1, 0), (2, 0), (2, 1), (3, 1), (1, 2)])
    ]
    assert choose_bodies(found, restart=2.0) == found
    assert run_on(found) == ["1", "2", "4", "5", "6"]
    alone = [found[0], found[1], found[2]._replace(weight=2.0), found[4]]
    assert choose_bodies(alone, restart=2.0) == [found[0], found[1], found[4]]


def test_bodies_count_on_behind_a_gap_that_several_of_them_prove() -> None:
    heavy = [*range(1, 9), *range(20, 31)]  # pages were lost
    assert [m.value for m in choose_bodies(bodies(*heavy, weight=6.0))] == heavy
    stray = [*range(1, 9), 158, 9, 10]  # one number that counts something else
    assert [m.value for m in choose_bodies(bodies(*stray, weight=6.0))] == [*range(1, 11)]
    assert [m.value for m in choose_bodies(bodies(1, 2, 3, 158, weight=6.0))] == [1, 2, 3]


def test_calls_keep_the_order_of_their_bodies() -> None:
    wanted = bodies(1, 2, 3)
    options = [
        [Mark(1, (1, 0), 1, 3.0), Mark(1, (9, 0), 1, 4.0)],
        [Mark(2, (2, 0), 1, 3.0)],
        [Mark(3, (3, 0), 1, 3.0)],
    ]
    assert [m.place[0] if m else None for m in align_calls(wanted, options)] == [1, 2, 3]


def test_calls_without_bodies_need_a_run() -> None:
    def marks(*values: int) -> list[Mark]:
        return [Mark(value, (i, 0), 1, 3.0) for i, value in enumerate(values)]

    assert [m.value for m in choose_calls(marks(1, 2, 9, 3, 4, 5))] == [1, 2, 3, 4, 5]
    assert [m.value for m in choose_calls(marks(1, 2, 3, 4, 6, 7, 8))] == [1, 2, 3, 4, 6, 7, 8]
    assert choose_calls(marks(1, 2, 3)) == []
    assert choose_calls(marks(4, 5, 6, 7)) == []


@given(st.integers(10, 99))
def test_letters_are_read_back(number: int) -> None:
    mark = chr(ord("a") + number // 10) + chr(ord("k") + number % 10)
    assert decode_letters(mark) == number


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(-3, 6)), max_size=60))
def test_any_candidates_give_an_ordered_run(rows: list[tuple[int, int]]) -> None:
    candidates = [Mark(value, (i, 0), 1, weight) for i, (value, weight) in enumerate(rows)]
    chain = choose_bodies(candidates)
    assert [m.place for m in chain] == sorted(m.place for m in chain)
    labels = [int(label) for label in run_on(chain)]
    assert labels == sorted(set(labels))
    found = align_calls(chain, [[c for c in candidates if c.value == m.value] for m in chain])
    places = [m.place for m in found if m is not None]
    assert places == sorted(set(places))


def test_a_word_that_begins_like_a_unit_counts_nothing() -> None:
    text = "認為3日本政府"
    assert weigh_call(text, 2, 3) > 0 > weigh_call("於是3日後政府", 2, 3)
    assert weigh_call("條約。3世界各國", 3, 4) > weigh_call("條約。3世紀以後", 3, 4)
