"""Numbers that call no note and begin none: volumes, entries, decades, headings, page numbers."""

from __future__ import annotations

import pytest

from tests.recovery.page_dump.dumps import TEXT, cut, dump, notes, prose, shown


def test_a_volume_at_the_beginning_of_a_line_is_no_note() -> None:
    lines = [
        "1Robert Ellery, “Lantern and Survey,” in A History of Towns, vol. 4, pt.",
        "1 (River: Ferry Press, 1962)。",
    ]
    pages = ["\n".join([*cut(f"{prose(n)}{n}"), *lines]).replace("1R", f"{n}R") for n in (1, 2, 3)]
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found) == ["1", "2", "3"] and found["1"].endswith(
        "vol. 4, pt. 1 (River: Ferry Press, 1962)。"
    )


@pytest.mark.parametrize("gap", ["", " "], ids=["tight", "apart"])
def test_a_call_that_runs_into_the_year(gap: str) -> None:
    body = cut(f"{TEXT}。1{gap}1958 年以後，{TEXT}。2{gap}80 年代，{TEXT}。")
    page = [*body, "", "1 王某，《河道考》，頁1。", "2 李某，《橋志》，頁2。"]
    manuscript = dump("\n".join(page) + "\n\f" + "\n".join(cut(TEXT + "。")))
    text = shown(manuscript)[0]
    assert "。[1]" in text and "。[2]" in text


def test_a_call_that_runs_into_a_number_of_the_text() -> None:
    """Between the calls beside it, behind a mark, and only where nothing else can call its note."""
    body = cut(f"{TEXT}。12{TEXT}。1321 石米，{TEXT}。14{TEXT}。")
    page = [*body, "", *(f"{n} 王某，《河道考》，頁{n}。" for n in (12, 13, 14))]
    manuscript = dump("\n".join(page) + "\n\f" + "\n".join(cut(TEXT + "。")))
    assert "。[13]21 石米" in shown(manuscript)[0]
    other = dump("\n".join(page).replace("，河道", "，河道13", 1) + "\n")
    assert "1321 石米" in shown(other)[0]


def test_a_call_behind_its_word_that_runs_into_a_number_of_the_text() -> None:
    body = cut(f"{TEXT}。註1{TEXT}。註2105 學年度，{TEXT}。註31 石米，{TEXT}。")
    page = [*body, "", *(f"註{n}：王某，《河道考》，頁{n}。" for n in (1, 2, 3))]
    text = shown(dump("\n".join(page) + "\n"))[0]
    assert "。[2]105 學年度" in text and "。[3]1 石米" in text


def test_the_bracket_of_a_call_that_ends_the_line_above_goes_with_it() -> None:
    said = "碼頭封閉以後船戶都到縣城去了"
    lines = [f"{said}，不難想見（註1），{said}（", f"註2）。{said}，{said}（註3）。"]
    page = [*lines, *cut(TEXT + "。"), "", *(f"註{n}：王某，《河道考》，頁{n}。" for n in (1, 2, 3))]
    assert "（[" not in (text := shown(dump("\n".join(page) + "\n"))[0]) and "[2]。" in text


def test_a_volume_and_its_issue_are_no_note() -> None:
    page = [
        *cut(f"{TEXT}。1{TEXT}。2"),
        "",
        "1 李某，〈橋志補遺〉，《當代學報》網路版，",
        "1(2007)。",
        "2 同上。",
    ]
    manuscript = dump("\n".join(page) + "\n\f" + "\n".join(cut(TEXT + "。")))
    assert notes(manuscript) == {"1": "李某，〈橋志補遺〉，《當代學報》網路版，1(2007)。", "2": "同上。"}


def test_numbers_at_the_beginning_of_a_notes_second_line_are_no_notes() -> None:
    entries = [
        ("1 Robert Ellery, “Lantern and Survey,” Journal of Town Studies ", "2 (1941), 343。"),
        ("2 關於碼頭的數目，各家說法不一。王某以為只有", "3 處，今從前說。"),
        ("3 同上。", ""),
    ]
    labels = "".join(f"{TEXT}。{n}" for n in (1, 2, 3))
    page = [*cut(labels), " " * 54, *(part for entry in entries for part in entry if part)]
    manuscript = dump("\n".join(page) + "\n\f" + "\n".join(cut(TEXT + "。")))
    read = {label: text.replace(" ", "") for label, text in notes(manuscript).items()}
    assert read == {str(n): "".join(e)[2:].replace(" ", "") for n, e in enumerate(entries, 1)}


def test_entries_above_the_rule_of_a_page_are_no_notes() -> None:
    entries = ["1. 碼頭歸縣署管理。", "2. 船戶每年納銀一兩。", "3. 河道每年疏濬。"]
    pages = []
    for n in range(4):
        body = "".join(f"{prose(10 * n + k)}{3 * n + k}" for k in (1, 2, 3))
        found = [f"{3 * n + k}. 王某，《河道考》，頁{3 * n + k}。" for k in (1, 2, 3)]
        pages.append("\n".join([*cut(body), *(entries if n == 0 else []), " " * 54, *found]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 13)}
    assert all(
        any(entry in text for text in shown(manuscript)) for entry in ("碼頭歸縣署管理。", "河道每年疏濬。")
    )


def test_a_number_below_the_rule_of_a_note_from_the_page_before_is_none() -> None:
    pages = [
        [
            *cut(f"{prose(1)}1{prose(2)}2"),
            " " * 54,
            "1 王某，《河道考》，頁1。",
            "2 Ellery, Journal of Town Studies",
        ],
        [
            *cut(f"{prose(3)}1{prose(4)}2{prose(5)}"),
            " " * 112,
            "3 (1941), 343.",
            "1 王某，《河道考》，頁3。",
            "2 同上。",
        ],
        [*cut(f"{prose(6)}1{prose(7)}2"), " " * 54, "1 王某，《河道考》，頁5。", "2 李某，《橋志》，頁6。"],
        [*cut(f"{prose(8)}1{prose(9)}2"), " " * 54, "1 王某，《河道考》，頁7。", "2 李某，《橋志》，頁8。"],
    ]
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert list(notes(manuscript)) == [str(n) for n in range(1, 9)]
    assert notes(manuscript)["2"] == "Ellery, Journal of Town Studies 3 (1941), 343."


def test_numbered_headings_are_no_page_numbers() -> None:
    """Each stands in an outline, too, and counts on; but each has words of its own."""
    titles = [f"{n} 橋與路之{'甲乙丙丁戊己'[n - 1]}" for n in range(1, 7)]
    chapters = [(title, *cut(prose(n)), *cut(prose(n + 20))) for n, title in enumerate(titles)]
    manuscript = dump("\n".join([*titles, *(line for chapter in chapters for line in chapter)]) + "\n")
    assert manuscript.pages == () and not any(e.rule in ("L3", "L4") for e in manuscript.removed)


def test_an_entry_of_a_list_calls_no_note() -> None:
    body = [
        *cut(f"{prose(1)}1{prose(2)}2"),
        "船有三種：",
        "1. 載米的船，泊在南岸；",
        "2. 載木的船，泊在北岸。",
    ]
    page = [*body, *cut(f"{prose(3)}3"), "1 王某，頁1。", "2 李某，頁2。", "3 同上，頁3。"]
    text = "".join(shown(dump("\n".join(page) + "\n\f" + "\n".join(cut(prose(4))))))
    assert f"{prose(2)}[2]" in text and "[1]. 載米" not in text


def test_a_decade_that_an_extractor_parted_from_its_number() -> None:
    """«…突破。80» ends with no call where «年代» follows behind a blank line."""
    lines = [
        *cut(prose(1)),
        f"{TEXT[:24]}。80",
        "",
        "年代以",
        "",
        f"來，{TEXT[2:29]}",
        *cut(prose(2), lost=0),
    ]
    lines += ["", "1958", "", f"年{TEXT[:25]}，", *cut(prose(3), lost=0)]
    text = "".join(shown(dump("\n".join(lines * 3) + "\n")))
    bare = text.replace(" ", "")
    assert bare.count("。80年代以來") == 3 and bare.count("1958年河道") == 3


def test_the_only_call_overleaf_before_a_year() -> None:
    """«。3年» looks like three years; but note 3 stands on the next page and nothing else can call it."""
    one = [
        *cut(f"{prose(1)}1{prose(2)}2{prose(3)}3年輕的船夫{TEXT[20:60]}。"),
        "1 王某，頁1。",
        "2 李某，頁2。",
    ]
    two = [*cut(f"{prose(4)}4"), "3 同上，頁3。", "4 同上，頁4。"]
    manuscript = dump("\n".join(one) + "\n\f" + "\n".join(two) + "\n")
    assert any("[3]年輕" in text for text in shown(manuscript))


def test_a_number_above_all_text_is_the_first_pages() -> None:
    """Two heads tell it; further down a number alone may be a call."""
    pages = [["1", "碼頭與縣城", "沈某某", *cut(prose(1)), *cut(f"{prose(2)}1")]]
    pages += [[f"一、橋與路 {n}", *cut(prose(n)), *cut(f"{prose(n + 20)}{n}")] for n in (2, 3)]
    for n, lines in enumerate(pages, 1):
        lines.append(f"{n} 《河道考》，頁 {n}。")
    manuscript = dump("\n\f".join("\n".join(lines) for lines in pages) + "\n")
    assert manuscript.fronts[0].title.visible() == "碼頭與縣城"
    assert shown(manuscript)[:2] == [prose(1), f"{prose(2)}[1]"]
