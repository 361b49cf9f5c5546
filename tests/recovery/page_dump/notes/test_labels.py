"""Labels that came out behind their notes, above them, below their first lines, or in the middle of a line."""

from __future__ import annotations

import pytest

from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown

CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔"


def note_page(first: int) -> list[str]:
    """A page with three notes; the label of the first came out last."""
    body = cut(f"{prose(first)}{first}{prose(first + 1)}{first + 1}{prose(first + 2)}{first + 2}")
    return [
        *body,
        f"王某，《河道考》（北京：河渠出版社，1998），頁{first}。",
        str(first + 1),
        "李某，〈橋志補遺：論平湖縣碼頭之興廢及其與商會之關係〉，《江南學報》",
        "第十二期，頁30。",
        str(first + 2),
        "同上註，頁31。",
        str(first),
        "",
        str(first // 3 + 1),
    ]


def test_labels_that_came_out_behind_their_notes() -> None:
    manuscript = dump("\f".join("\n".join(note_page(n)) + "\n" for n in (1, 4, 7, 10)))
    found = notes(manuscript)
    assert list(found) == [str(n) for n in range(1, 13)]
    assert found["4"] == "王某，《河道考》（北京：河渠出版社，1998），頁4。"
    assert found["5"].endswith("《江南學報》第十二期，頁30。")
    assert shown(manuscript)[0] == f"{prose(1)}[1]{prose(2)}[2]{prose(3)}[3]"


def stacked_page(first: int, style: str, between: bool) -> str:
    """A page with three notes; the labels of the first two came out last, or before the last line of the third."""
    one, two, three = (
        CIRCLES[n - 1] if style == "circles" else style.format(n) for n in range(first, first + 3)
    )
    text = "\n".join(cut(f"{prose(first)}①{prose(first + 1)}②{prose(first + 2)}③"))
    body = text.replace("①", one).replace("②", two).replace("③", three).split("\n")
    rest = "第十二期，頁30。"
    lines = [
        *body,
        "",
        f"王某，《河道考》（北京：河渠出版社，1998），頁{first}。",
        f"同上註，頁{first + 1}。",
        three,
        "李某，〈橋志補遺：論平湖縣碼頭之興廢及其與商會之關係〉，《江南學報》",
        *([one, two, rest] if between else [rest, one, two]),
    ]
    return "\n".join([*lines, "", str(first // 3 + 1)])


@pytest.mark.parametrize("between", [False, True], ids=["last", "between"])
@pytest.mark.parametrize("style", ["{}", "[{}]", "circles"])
def test_labels_of_any_style_that_came_out_behind_their_notes(style: str, between: bool) -> None:
    manuscript = dump("\n\f".join(stacked_page(n, style, between) for n in range(1, 25, 3)) + "\n")
    found = notes(manuscript)
    assert list(found) == [str(n) for n in range(1, 25)]
    assert (
        found["22"] == "王某，《河道考》（北京：河渠出版社，1998），頁22。"
        and found["23"] == "同上註，頁23。"
    )
    assert found["24"].endswith("《江南學報》第十二期，頁30。")


def test_labels_above_notes_of_a_line_each() -> None:
    pages = []
    for n in (1, 3, 5):
        body = cut(f"{prose(n)}[{n}]{prose(n + 1)}[{n + 1}]")
        entries = [
            f"李某，〈橋志補遺：論平湖縣碼頭之興廢〉，《江南學報》第{n}期，頁30。",
            f"王某，《河道考》，頁{n}，論碼頭與閘口之關係，兼及商會。",
        ]
        pages.append("\n".join([*body, f"[{n}]", f"[{n + 1}]", "", *entries]))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found) == [str(n) for n in range(1, 7)]
    assert found["3"] == "李某，〈橋志補遺：論平湖縣碼頭之興廢〉，《江南學報》第3期，頁30。"


def test_the_rest_of_the_note_before_stands_below_labels_in_a_column() -> None:
    """The notes that have the labels begin with the space behind these."""
    pages = []
    for n in (1, 4, 7):
        body = cut(f"{prose(n)}{n}{prose(n + 1)}{n + 1}{prose(n + 2)}{n + 2}")
        first = "李某，〈橋志補遺：論平湖縣碼頭之興廢及其與商會之關係〉，《江南"
        rest = [f"學報》第{n}期。", f" 王某，《河道考》，頁{n}，", "兼及商會。", f" 同上，頁{n}。"]
        pages.append("\n\n".join([*body, f"{n}", f" {first}", f"{n + 1}", f"{n + 2}", *rest]))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert found["4"].endswith("《江南學報》第4期。")
    assert (found["5"], found["6"]) == ("王某，《河道考》，頁4，兼及商會。", "同上，頁4。")


def test_a_note_whose_call_ends_the_page_before() -> None:
    """Its label comes out last on the page where its text stands."""
    pages = [stacked_page(n, "{}", False) for n in (1, 4, 7)]
    moved = pages[1].replace("4第", "第", 1)
    assert moved != pages[1]
    called = "\n".join(cut(prose(30) + "4"))
    manuscript = dump("\n\f".join([pages[0].replace("\n\n王", f"\n{called}\n\n王"), moved, pages[2]]) + "\n")
    assert notes(manuscript)["4"] == "王某，《河道考》（北京：河渠出版社，1998），頁4。"


def test_labels_below_the_first_line_of_their_notes() -> None:
    """pdftotext -layout sorts by height: a raised label may come out below the line that it begins."""
    pages = []
    for n in (1, 3, 5):
        body = cut(f"{prose(n)}[{n}]{prose(n + 1)}[{n + 1}]")
        pages.append(
            "\n".join(
                [
                    *body,
                    "",
                    f"    李某，〈橋志補遺：論平湖縣碼頭之興廢〉，見《江南學報》第{n}",
                    f"  [{n}]",
                    "",
                    "期，頁30。",
                    f"  [{n + 1}]",
                    f"    同上註，頁{n}。",
                ]
            )
        )
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found) == [str(n) for n in range(1, 7)]
    assert found["3"] == "李某，〈橋志補遺：論平湖縣碼頭之興廢〉，見《江南學報》第3期，頁30。"
    assert found["4"] == "同上註，頁3。"


@pytest.mark.parametrize("begins", ["1958 年 5 月", "1958年以後", "14日"])
def test_a_label_glued_to_the_number_that_its_note_begins_with(begins: str) -> None:
    pages = []
    for n in range(11, 20, 2):
        body = cut(f"{prose(n)}{n}{prose(n + 1)}{n + 1}")
        pages.append(
            "\n".join([*body, f"{n}王某，《河道考》，頁{n}。", f"{n + 1}{begins}，平湖縣廢碼頭三處。"])
        )
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found) == [str(n) for n in range(11, 21)]
    assert found["14"] == f"{begins}，平湖縣廢碼頭三處。"


def test_endnotes_whose_labels_stand_alone_now_and_then() -> None:
    """An extractor that loses its way gives a label its own line, and the rest of a note behind the next."""
    body = cut("".join(f"{prose(n)}{n}" for n in range(1, 7)))
    bodies = ["1 王某，《河道考》，頁1。", "2", "王某，《橋志補遺》，頁2。", "3 王某，《碼頭與縣城之興", "4"]
    bodies += ["李某，頁4。", "廢》，頁3。", "5 同上，頁5。", "6 同上，頁6。"]
    found = notes(dump("\n".join([*body, "註釋", *bodies]) + "\n"))
    assert list(found) == [str(n) for n in range(1, 7)]
    assert found["2"] == "王某，《橋志補遺》，頁2。" and found["6"] == "同上，頁6。"


def test_a_label_in_the_middle_of_a_note_line() -> None:
    body = cut("".join(f"{prose(n)}{n}" for n in range(1, 8)))
    bodies = [
        "1 王某，《河道考》，頁1。 2 同上，頁2。",
        "3 李某，〈橋志補遺〉，《江南學報》第4期，",
        "頁3。4同上。 5 王某，頁5。",
    ]
    bodies += ["6 王某，《碼頭》（北京：河渠出版社，1998），7 處。", "7 同上。"]
    manuscript = dump("\n".join([*body, "", *bodies]) + "\n\f" + "\n".join(cut(prose(9))) + "\n")
    assert notes(manuscript) == {
        "1": "王某，《河道考》，頁1。",
        "2": "同上，頁2。",
        "3": "李某，〈橋志補遺〉，《江南學報》第4期，頁3。",
        "4": "同上。",
        "5": "王某，頁5。",
        "6": "王某，《碼頭》（北京：河渠出版社，1998），7 處。",
        "7": "同上。",
    }
    assert not manuscript.findings


def test_endnotes_whose_labels_stand_in_a_column_above_them() -> None:
    """pdftotext gives hanging labels first, and a blank line behind that of a long note."""
    texts = [
        ["《河道考》，第3頁。"],
        ["參見縣志卷二，又見同書所引各家的說法，其中以末", "一種最詳。"],
        [
            "《雨記》，第4頁，所述各節與縣志不合，其說出於碼頭",
            "舊聞，又經後人傳寫，姓名與年月都有出入，今不",
            "取。",
        ],
        ["《閘志》，第5頁。"],
    ]
    text = [
        f"{chr(0x4E00 + 97 * n)}河道在秋天最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去{n}。"
        for n in range(1, 5)
    ]
    lines = [*text, "", "註釋", "1", "2", "3", "", "4", "", *(line for note in texts for line in note)]
    assert list(notes(dump("\n".join(lines) + "\n")).values()) == ["".join(text) for text in texts]


def test_a_label_below_its_note_parts_it_from_the_note_before() -> None:
    """pdfminer sorts so where wide spaces keep the note's first line from its label."""
    text = [
        f"{chr(0x4E00 + 97 * n)}河道在秋天最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去{n}。"
        for n in range(1, 4)
    ]
    feet = [
        "1 《河道考》，第3頁，又見第四卷末所附的各家說法，其中",
        "以末一種最詳。",
        "《雨記》，第4頁。",
        "2",
        "3 《閘志》。",
    ]
    found = notes(dump("\n".join([*text, "", *feet]) + "\n\f" + "\n".join(text) + "\n"))
    assert list(found.values()) == [
        "《河道考》，第3頁，又見第四卷末所附的各家說法，其中以末一種最詳。",
        "《雨記》，第4頁。",
        "《閘志》。",
    ]


def test_labels_with_points_in_a_column_above_their_notes() -> None:
    """pdftotext; a label alone stands behind a blank line above its own note."""
    pages = []
    for n in range(1, 13, 3):
        body = cut(f"{prose(n)}({n}){prose(n + 1)}({n + 1}){prose(n + 2)}({n + 2})")
        told = [f"《河道考》，頁{k}。" for k in range(n, n + 3)]
        pages.append([*body, "", f"{n}.", "", told[0], "", f"{n + 1}.", f"{n + 2}.", "", *told[1:]])
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert notes(manuscript) == {str(k): f"《河道考》，頁{k}。" for k in range(1, 13)}
