"""Dumps of PDFs from word processors: calls that begin lines, labels in stacks, page numbers beside labels, slanting watermarks."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.recovery.page_dump.notes.unlabelled import Setting, deal, divide
from pipeline.recovery.page_dump.overlays.scattered import find_scattered
from pipeline.recovery.page_dump.overlays.watermarks import find_watermarks
from pipeline.recovery.page_dump.pages.layout import Line
from pipeline.recovery.page_dump.pages.scan import read_layout
from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown

CIRCLES = "①②③④⑤"
WORKS = ["《河道考》，頁 {n}。", "《橋志補遺》，河渠出版社，頁 {n}。", "《縣志》，卷 {n}。"]


def body(n: int, k: int) -> str:
    return WORKS[k].format(n=10 * n + k + 1)


def paragraphs(n: int) -> list[str]:
    """Three of page ``n``, to be called at their ends."""
    return [prose(3 * n + k) for k in range(3)]


def wanted_notes(pages: int) -> list[str]:
    return [body(n, k) for n in range(1, pages + 1) for k in range(3)]


def test_calls_that_begin_lines_are_no_bodies_where_labels_stand_apart() -> None:
    pages = []
    for n in range(1, 5):
        lines: list[str] = []
        for k, text in enumerate(paragraphs(n)):
            head, tail = text[:28], text[28:]
            first, rest = (head[:-1] + "。", tail) if k else (text, "")
            lines += [*cut(first), f"{CIRCLES[k]}{rest}" if rest else CIRCLES[k]]
        pages.append("\n".join([*lines, *(f"{CIRCLES[k]} {body(n, k)}" for k in range(3))]))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found.values()) == wanted_notes(4)


def test_a_label_that_came_out_last_on_its_pages_is_no_running_foot() -> None:
    """pdftotext gives the first label last; the same circled number ends many pages then."""
    pages = []
    for n in range(1, 6):
        lines = [line for k, text in enumerate(paragraphs(n)) for line in cut(text + CIRCLES[k])]
        lines += [body(n, 0), *(part for k in (1, 2) for part in (CIRCLES[k], body(n, k))), CIRCLES[0]]
        pages.append("\n".join(lines))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found.values()) == wanted_notes(5)


def test_labels_alone_in_the_middle_of_pages_are_no_watermark() -> None:
    pages = []
    for n in range(1, 6):
        lines = [line for k, text in enumerate(paragraphs(n)) for line in cut(text + CIRCLES[k])]
        long = "，".join([body(n, 0)[:-1], prose(n + 60)])
        lines[-1] += "河"  # the text runs on overleaf
        pages.append(
            "\n".join([*lines, CIRCLES[0], *cut(long, 34, 0), CIRCLES[1], body(n, 1), CIRCLES[2], body(n, 2)])
        )
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert len(found) == 15 and [text[:6] for text in found.values()][::3] == ["《河道考》，"] * 5


def test_a_label_behind_the_last_note_in_place_where_numbers_start_again() -> None:
    pages = []
    for n in range(1, 5):
        lines = [line for k, text in enumerate(paragraphs(n)) for line in cut(text + CIRCLES[k])]
        pages.append(
            "\n".join(
                [*lines, f"① {body(n, 0)}", f"② {body(n, 1)}{'③ ' if n == 2 else chr(10) + '③ '}{body(n, 2)}"]
            )
        )
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found.values()) == wanted_notes(4)


def test_a_note_that_found_no_room_on_its_page_counts_on_the_next_one_too() -> None:
    """LibreOffice sets it there with its own number and goes on behind it from 2."""
    pages, wanted = [], []
    for n in range(1, 6):
        first = 2 if n == 3 else 1
        lines = [
            line for k, text in enumerate(paragraphs(n), first) for line in cut(f"{text}{CIRCLES[k - 1]}")
        ]
        own = [f"{CIRCLES[k - 1]} {body(n, k - first)}" for k in range(first, first + 3)]
        if n == 2:
            lines += cut(f"{prose(77)}④")
        over = ["④ 《潮水記》，頁 77。"] if n == 3 else []
        pages.append("\n".join([*lines, *over, *own]))
        wanted += [note[2:] for note in [*over, *own]]
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found.values()) == wanted


def test_of_two_circled_numbers_that_begin_lines_of_a_page_the_lower_one_begins_the_note() -> None:
    """The upper one would count on from the only note of the page before."""
    pages, wanted = [], []
    for n in range(1, 7):
        one, two, three = paragraphs(n)
        own = [body(n, k) for k in range(2 - n % 2)]
        lines = [*cut(f"{one}①"), *cut(two)]
        if len(own) > 1:
            lines += [*cut(three[:28] + "。"), f"② {three[28:60]}"]
        pages.append("\n".join([*lines, *(f"{CIRCLES[k]} {text}" for k, text in enumerate(own))]))
        wanted += own
    assert list(notes(dump("\n\f".join(pages) + "\n")).values()) == wanted


@pytest.mark.parametrize("folio", ["-{n}-", "第 {n} 頁，共 4 頁", "· {n} ·"])
def test_a_label_before_the_page_number_is_none(folio: str) -> None:
    pages = []
    for n in range(1, 5):
        first = 3 * n - 2
        lines = [line for k, text in enumerate(paragraphs(n)) for line in cut(f"{text}{first + k}")]
        labelled = [part for k in (1, 2) for part in (str(first + k), body(n, k))]
        pages.append("\n".join([*lines, body(n, 0), *labelled, str(first), "", folio.format(n=n)]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert list(notes(manuscript).values()) == wanted_notes(4)
    assert [number for _, number in manuscript.pages] == ["1", "2", "3", "4"]


def test_page_numbers_with_their_count_tell_pages_that_left_no_trace() -> None:
    pages = ["\n".join([*cut(prose(n)), *cut(prose(n + 20)), f"第 {n} 頁，共 6 頁"]) for n in range(1, 7)]
    manuscript = dump("\n".join(pages) + "\n")
    assert [number for _, number in manuscript.pages] == ["1", "2", "3", "4", "5", "6"]
    assert "共 6 頁" not in "".join(shown(manuscript))


@pytest.mark.parametrize("parted", ["，第\n{n}~8 頁。", "，第\n{n} 卷，頁 8。"])
def test_a_number_that_a_word_before_it_counts_begins_no_note(parted: str) -> None:
    pages, wanted = [], []
    for n in range(1, 7):
        own = ["《碼頭志》" + parted.format(n=1 + n % 2), body(n, 1)][: 1 + n % 2]
        called = zip(paragraphs(n), ["1", "2"][: len(own)] + [""] * 2, strict=False)
        lines = [line for text, call in called for line in cut(text + call)]
        pages.append("\n".join([*lines, *(f"{k} {text}" for k, text in enumerate(own, 1))]))
        wanted += own
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert ["".join(text.split()) for text in found.values()] == ["".join(text.split()) for text in wanted]


def with_labels_apart(n: int, foot: list[str]) -> str:
    """A page whose notes' labels have lines of their own, as pypdf gives raised ones, and with numbers of three notes."""
    first = 3 * n - 2
    lines = [line for k, text in enumerate(paragraphs(n)) for line in cut(f"{text}{first + k}")]
    labelled = [part for k in range(3) for part in (str(first + k), f" {body(n, k)}")]
    return "\n".join([*lines, *labelled, *foot])


def test_page_numbers_tell_pages_without_a_trace_though_labels_stand_alone_too() -> None:
    manuscript = dump("\n".join(with_labels_apart(n, [str(n)]) for n in range(1, 9)) + "\n")
    assert [number for _, number in manuscript.pages] == [str(n) for n in range(1, 9)]
    assert list(notes(manuscript).values()) == wanted_notes(8)


def test_a_page_number_alone_stands_between_those_beside_a_head() -> None:
    heads = [f"{n}　河道考略" if n % 2 == 0 else str(n) for n in range(1, 9)]
    pages = [f"{head}\n{with_labels_apart(n, [])}" for n, head in enumerate(heads, 1)]
    manuscript = dump("\n".join(pages) + "\n")
    assert [number for _, number in manuscript.pages] == [str(n) for n in range(1, 9)]
    assert list(notes(manuscript).values()) == wanted_notes(8)


@pytest.mark.parametrize("space", ["", " "], ids=["flush", "spaced"])
def test_a_column_of_labels_before_all_bodies(space: str) -> None:
    pages = []
    for n in range(1, 4):
        first = 3 * n - 2
        lines = [line for k, text in enumerate(paragraphs(n)) for line in cut(f"{text}{first + k}")]
        long = f"Harold Finch, Rivers and Bridges of the Lower Delta. Shanghai: Harbour Press, 19{n}0, of which the\n"
        long += "second part tells of the quays. 另見《碼頭志》。"
        texts = [body(n, 0), long, body(n, 2)]
        pages.append("\n".join([*lines, *(str(first + k) for k in range(3)), *(space + t for t in texts)]))
    found = list(notes(dump("\n\f".join(pages) + "\n")).values())
    assert [text[:6] for text in found] == ["《河道考》，", "Harold", "《縣志》，卷"] * 3
    assert all(text.endswith("《碼頭志》。") for text in found[1::3])


def test_lines_are_dealt_to_notes_by_how_they_end() -> None:
    text = "《河道考》，\n頁 3。\n參見縣志卷二，又見同書所引各家的說法，其中\n以末一種最詳。\n同上，頁 5。\n"
    lines = read_layout(text).lines
    assert deal(lines, range(5), [0] * 3, Setting(20.0, 22.0, Counter())) == [0, 2, 4]
    assert deal(lines, range(5), [0] * 6, Setting(20.0, 22.0, Counter())) == []


def test_a_rest_overleaf_begins_in_the_letters_in_which_its_note_broke_off() -> None:
    """Latin names make a line of the text as wide as the notes are."""
    title = "Harold Finch, Rivers and Bridges of the Lower Delta and their Keepers, second series (Shanghai: Harbour"
    wide = "橋工（Jean Baptiste Martin）與船主（Pierre Charpentier de la Rivière）"
    one = [*cut(prose(1) + "1"), *cut(prose(2) + "2"), "1 《河道考》，頁 2。", f"2 {title}"]
    two = [
        *cut(prose(3) + "3"),
        *cut(prose(4)),
        *cut(prose(5)),
        wide + "同日到達平湖縣",
        "Press, 1931).",
        "3 《橋志》，頁 3。",
    ]
    three = ["並且在那裏住下。" + prose(6)[:20], *cut(prose(7) + "4"), "4 《縣志》，卷 4。"]
    manuscript = dump("\n\f".join("\n".join(page) for page in (one, two, three)) + "\n")
    assert notes(manuscript)["2"] == f"{title} Press, 1931)."
    assert any(wide in text for text in shown(manuscript))


@pytest.mark.parametrize(
    ("end", "rest"),
    [
        ("Кн. 2. Ред.", ["С. Л. Речников, № 632, стр. 42."]),
        ("(30 мая 1945 г.)", ["Русские переправы и мосты низовья. Том 4:", "Причалы, № 7, стр. 8."]),
    ],
    ids=["a word that was shortened", "a bracket"],
)
def test_a_note_in_letters_goes_on_overleaf_though_its_line_ends_as_notes_do(
    end: str, rest: list[str]
) -> None:
    title = f"Запись беседы о переправах, мостовых сборах и годах наводнений {end}"
    one = [*cut(prose(1) + "1"), *cut(prose(2) + "2"), "1 《河道考》，頁 2。", f"2 {title}"]
    two = [*cut(prose(3) + "3"), *cut(prose(4))[:3], *rest, "3 《橋志》，頁 3。"]
    three = [cut(prose(4))[3], *cut(prose(6) + "4"), f"4 《縣志》，卷 4。{prose(5)[:24]}。"]
    manuscript = dump("\n\f".join("\n".join(page) for page in (one, two, three)) + "\n")
    assert notes(manuscript)["2"] == " ".join([title, *rest])
    assert prose(4) in shown(manuscript)


def marked_pages(letters: list[str], count: int = 6) -> str:
    """Pages with a letter of a mark behind every line, but on some pages two letters on one."""
    pages = []
    for n in range(1, count + 1):
        lines = [line for k in range(3) for line in cut(prose(3 * n + k))]
        mark = letters if n % 3 else [letters[0] + " " + letters[1], *letters[2:]]
        out = []
        for k, line in enumerate(lines):
            out += [line, *([mark[k]] if k < len(mark) else [])]
        pages.append("\n".join(out))
    return "\n\f".join(pages) + "\n"


def test_letters_across_the_page_go_where_most_pages_have_them() -> None:
    manuscript = dump(marked_pages([*list("‧國立水利大學"), "N", "at", "io"]))
    assert shown(manuscript) == [prose(n) for n in range(3, 21)]
    assert {edit.rule for edit in manuscript.removed} == {"L5"}


@pytest.mark.parametrize("number", ["", "\n{n}"], ids=["last", "above the number"])
def test_a_name_that_slanted_goes_from_the_foot_of_every_page(number: str) -> None:
    """PyMuPDF puts the letters of a slanting line together, word by word."""
    mark = "‧國立水利大學‧\nN a t i o n a l\nR i v e r\nU n i v e r s i t y"
    pages = ["\n".join([*cut(prose(n)), *cut(prose(n + 9)), mark]) + number.format(n=n) for n in range(1, 7)]
    manuscript = dump("\n\f".join(pages) + "\n")
    assert shown(manuscript) == [prose(k) for n in range(1, 7) for k in (n, n + 9)]


def test_short_lines_that_are_no_mark_stay() -> None:
    few = read_layout(marked_pages(["國", "立", "水"]))
    assert find_scattered(few) == set()  # a table's
    labels = read_layout(marked_pages(list("①②③④⑤⑥⑦")))
    assert find_scattered(labels) == set()


def test_headings_and_indents_part_paragraphs_also_without_the_blank_line_of_other_lines() -> None:
    """``pdftotext -layout`` leaves lines of other heights without the blank line that stands between the text's."""
    parts = ["\n\n".join(cut("    " + prose(40), 34, 2))]
    for n, title in enumerate(("橋與路", "碼頭的人", "商會舊事", "閘口"), 1):
        first, *rest = cut("    " + prose(n), 34, 2)
        parts.append("\n\n".join([f"{' ' * 26}{title}\n{first}", *rest, *cut("    " + prose(n + 30), 34, 2)]))
    blocks = dump("\n\n\n".join(parts) + "\n").blocks
    headings = [b.content.visible() for b in blocks if b.kind is BlockKind.HEADING]
    assert headings == ["橋與路", "碼頭的人", "商會舊事", "閘口"]
    assert [b.content.visible() for b in blocks if b.kind is BlockKind.PARAGRAPH] == [
        prose(40),
        *(prose(n + k) for n in range(1, 5) for k in (0, 30)),
    ]


LETTERS = ["水", "利", "委", "員", "會", "秘", "書"]


@pytest.mark.parametrize(
    "cells", [LETTERS, ["男", "女", "合計", "是", "否", "是", "否"], ["小學", "中學", "大學", "其他", "合計"]]
)
def test_cells_that_a_text_has_twice_are_no_watermark(cells: list[str]) -> None:
    """They stand between paragraphs, and a word that names a house is one of them."""
    paragraphs = [cut(prose(n)) for n in range(1, 9)]
    lines = [line for n, text in enumerate(paragraphs) for line in [*text, *(cells if n in (2, 5) else [])]]
    assert find_watermarks(read_layout("\n".join(lines) + "\n").lines) == set()
    assert [b for b in dump("\n".join(lines) + "\n").removed if b.rule == "L5"] == []


def test_letters_of_no_house_are_a_watermark_where_each_page_has_them_and_they_part_sentences() -> None:
    text = [line for n in range(1, 501) for line in cut(prose(n))]
    behind = [i + 1 for i, line in enumerate(text) if len(line) == 30 and not line.endswith("。")]
    first, second = behind[3], next(i for i in behind if i > 40)
    lines = read_layout(
        "\n".join([*text[:first], *LETTERS, *text[first:second], *LETTERS, *text[second:]]) + "\n"
    ).lines
    assert len(lines) > 2000 and find_watermarks(lines) == set()
    assert len(find_watermarks(lines[:80])) == 2 * len(LETTERS)


def test_a_call_that_begins_its_line_begins_no_paragraph() -> None:
    """A word processor lets one begin a line; pdftotext -raw gives it a line of its own then."""
    pages, wanted = [], []
    for n in range(1, 5):
        one, two = prose(n)[:28], "便" + prose(n + 20)
        wanted += [prose(n + 40), f"{one[:-1]}。[{n}]{two}", prose(n + 60)]
        called = [f"{one[:-1]}。", CIRCLES[0], two[:31], *cut(two[31:], 30, 0)]
        note = [CIRCLES[0], f"各家的說法不一，第{n}種較為可信。"]
        pages.append("\n".join([*cut(prose(n + 40)), *called, *cut(prose(n + 60)), *note]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert shown(manuscript) == wanted
    assert list(notes(manuscript).values()) == [f"各家的說法不一，第{n}種較為可信。" for n in range(1, 5)]


def test_a_call_behind_a_short_line_ends_its_paragraph() -> None:
    """The paragraphs have no indent, and the call came out on a line of its own."""
    pages, wanted = [], []
    for n in range(1, 5):
        wanted += [f"{prose(n)}[{n}]", prose(n + 60)]
        below = cut(prose(n + 60), 30, 0)
        note = [CIRCLES[0], f"各家的說法不一，第{n}種較為可信。"]
        pages.append("\n".join([*cut(prose(n), 30, 0), CIRCLES[0], *below, *note]))
    assert shown(dump("\n\f".join(pages) + "\n")) == wanted


def test_a_call_on_a_line_of_its_own_is_no_label_of_a_later_note() -> None:
    pages = []
    for n in range(1, 5):
        one, two, _ = paragraphs(n)
        lines = [*cut(one), "①", "", *cut(two[:-1] + "。②"), "", body(n, 0), body(n, 1), "①", "②"]
        pages.append("\n".join(lines))
    found = notes(dump("\n\f".join(pages) + "\n"))
    assert list(found.values()) == [body(n, k) for n in range(1, 5) for k in range(2)]


def numbered(page: str) -> list[Line]:
    return list(read_layout(page).lines)


def test_an_abstract_above_notes_without_labels_is_none_of_them() -> None:
    text = ["船到橋頭。", "Abstract", "The pier and the river, where boats wait for", "舊志所記不一。"]
    setting = Setting(30.0, 30.0, Counter())
    opening = numbered("merchants that come by land.")[0]
    assert divide(numbered("\n".join(text)), range(1, 4), [0], setting, opening, True) == [3]


@pytest.mark.parametrize(
    ("known", "start"), [("", 1), ("河道河道", 2), ("頭口", 2)], ids=["nothing", "here", "overleaf"]
)
def test_a_word_that_goes_on_parts_no_text_from_notes(known: str, start: int) -> None:
    text = [
        "他們把船停在橋邊等候潮水退去再走那條舊河",
        "道參見舊志所記的水路才到石階與水邊的碼頭",
        "舊志所記不一。",
    ]
    opening = numbered("口的石階上才看見鹽船")[0]
    setting = Setting(20.0, 20.0, Counter(pairwise(known)))
    assert divide(numbered("\n".join(text)), range(1, 3), [0], setting, opening, True) == [start]


def test_labels_without_any_body_are_refused() -> None:
    text = "\n".join([*cut(prose(1)), "1", "2", "3", *cut(prose(2)), "1", "2"])
    dump(text + "\n")
    dump("\n\f".join([text] * 3) + "\n")


def test_no_missing_blank_line_joins_a_title_its_author_and_an_institute() -> None:
    """pdfminer puts a blank line between lines, but for those that it takes for one block."""
    text = "\n\n".join(line for n in range(8) for line in cut(prose(n)))
    head = [
        "Piers and Bridges on the Stone Gate River",
        "Jing-Wen, Lin",
        "（Research Fellow, Institute of Harbours）",
    ]
    abstract = [
        "This article reads what the boatmen wrote about the piers and the",
        "bridges of one county, year after year.",
    ]
    block = "\n".join([*head, "Abstract"]) + "\n\n" + "\n\n".join(abstract)
    manuscript = dump(f"{text}\n\n{block}\n")
    said = [*shown(manuscript), *(t.visible() for front in manuscript.fronts for t in front.texts())]
    assert all(part in said for part in head)


def test_centred_lines_behind_a_call_stand_each_by_itself() -> None:
    head = [" " * 24 + "橋與碼頭：青溪縣的水路", " " * 41 + "林景文1", " " * 37 + "石門河史料研究室"]
    lines = [f"    {line}" if not k else line for n in range(6) for k, line in enumerate(cut(prose(n)))]
    lines[-1] += "2"
    text = "\n".join([*head, *lines, "", "1 作者為研究員。", f"2 {body(1, 0)}"])
    said = [t.visible() for front in dump(text + "\n").fronts for t in front.texts() if t]
    assert said[:3] == [line.strip().rstrip("1") for line in head]


def test_a_note_in_letters_wider_than_the_text_begins_where_its_first_line_does() -> None:
    """pdftotext gives the first label last; the second line of its note cites something, too."""
    pages = []
    title = "Harold Finch, Rivers and Bridges of the Lower Delta and their Keepers, vol. 4, pt. 1"
    for n in range(1, 5):
        first = 2 * n - 1
        lines = [line for k in (0, 1) for line in cut(f"{prose(2 * n + k)}{first + k}")]
        own = [title, "Shanghai: Harbour Press, 1931, p. 9.", str(first + 1), body(n, 1), str(first)]
        pages.append("\n".join([*lines, *own, "", f"-{n}-"]))
    found = list(notes(dump("\n\f".join(pages) + "\n")).values())
    assert found[::2] == [f"{title} Shanghai: Harbour Press, 1931, p. 9."] * 4


def slanting(inner: str, counts: range = range(1, 2)) -> tuple[str, list[str]]:
    """Pages with a letter of a mark below each line but three, which hold theirs farther and farther to the left; their texts."""
    pages, wanted = [], []
    for n in counts:
        lines = [line for k in range(3) for line in cut(prose(3 * n + k).replace("，", ""))]
        wanted += [prose(3 * n + k).replace("，", "") for k in range(3)]
        out = []
        for k, line in enumerate(lines):
            at = 24 - 2 * k
            within = k in (1, 4, 5) and inner
            out += [line[:at] + inner + line[at:]] if within else [line, "ytisrevinU學大江"[k]]
        pages.append("\n".join(out))
    return "\n\f".join(pages) + "\n", wanted


@pytest.mark.parametrize("pages", [1, 2])
@pytest.mark.parametrize("inner", ["", "e"], ids=["alone", "within"])
def test_letters_of_a_mark_on_a_page_alone(inner: str, pages: int) -> None:
    text, wanted = slanting(inner, range(1, pages + 1))
    manuscript = dump(text)
    assert shown(manuscript) == wanted
    assert {edit.rule for edit in manuscript.removed} == {"L5"}


def test_a_letter_between_characters_that_no_slant_goes_through_stays() -> None:
    text, _ = slanting("")
    assert "x軸" in "".join(shown(dump(text.replace("橋邊", "橋x軸邊"))))


def test_letters_below_closed_sentences_are_no_mark() -> None:
    """They name the parts of a play, or answers."""
    lines = [part for k in range(10) for part in (f"{prose(k)[:28]}。", "ABCDEFGHKL"[k])]
    assert all(letter in "".join(shown(dump("\n".join(lines) + "\n"))) for letter in "ABCDEFGHKL")


@pytest.mark.parametrize(
    "mark",
    [
        ["國立江南大學 N a t i o n a l", "K i a n g n a n U n i v e r s i t y"],
        ["國立江南大學 NationalKiangnan University"],
    ],
    ids=["letters", "glued"],
)
@pytest.mark.parametrize("above", [True, False], ids=["above", "below"])
def test_a_mark_in_words_at_the_edge_of_a_page_alone(mark: list[str], above: bool) -> None:
    text = [line for k in range(3) for line in cut(prose(k))]
    lines = [*mark, *text] if above else [*text, *mark]
    assert shown(dump("\n".join(lines) + "\n")) == [prose(k) for k in range(3)]


def test_a_university_named_in_both_scripts_stays() -> None:
    lines = [
        "國立江南大學",
        "National Kiangnan University",
        *(line for k in range(3) for line in cut(prose(k))),
    ]
    assert not dump("\n".join(lines) + "\n").removed or "National Kiangnan University" in str(
        shown(dump("\n".join(lines) + "\n"))
    )


def test_a_line_told_letter_by_letter_within_a_sentence_is_no_mark() -> None:
    text = prose(1).replace("，", "")
    lines = [*cut(text)[:2], *"孩子們便跑到石階上去數那些木樁", *cut(prose(2)), *cut(prose(3))]
    assert "木樁" in "".join("".join(shown(dump("\n".join(lines) + "\n"))).split())


def test_a_space_behind_a_call_goes_where_the_text_asks_for_none() -> None:
    """LibreOffice's PDFs, read by pypdf or pdftotext: «之後。 1 研究»."""
    pages = []
    for n in range(1, 5):
        first = [
            f"{prose(9 * n)}{2 * n - 1} {prose(9 * n + 1)}",
            f"{prose(9 * n + 2)} {2 * n} {prose(9 * n + 3)}",
        ]
        feet = [f"{2 * n - 1} {body(n, 0)}", f"{2 * n} {body(n, 1)}"]
        pages.append("\n".join([*(line for text in first for line in cut(text)), "", *feet]))
    text = "".join(shown(dump("\n\f".join(pages) + "\n")))
    assert all(f"。[{n}]第" in text for n in range(1, 9))


def test_an_indented_title_nearly_as_wide_as_the_text_is_parted_from_the_indented_paragraph_below() -> None:
    title = "平湖縣的碼頭怎樣一處一處地廢棄了以及後來的事情"
    paragraphs = [cut("　　" + prose(n), 30, 0) for n in range(12)]
    lines = [
        line
        for n, text in enumerate(paragraphs)
        for line in (*([f"　　{title}"] if n % 4 == 3 else []), *text)
    ]
    found = shown(dump("\n".join(lines) + "\n"))
    assert found.count(title) == 3 and len(found) == 15


def test_years_behind_an_apostrophe_in_pages_without_notes_call_none() -> None:
    said = "聯賽繼’97—’98年度之後又在縣城舉行"
    lines = [
        line for n in range(1, 9) for line in cut(prose(n)[:-1] + f"，{said if n == 5 else '船夫如是說'}。")
    ]
    manuscript = dump("\f".join("\n".join(lines[i : i + 20]) + "\n" for i in range(0, len(lines), 20)))
    assert manuscript.notes == () and said in "".join(shown(manuscript))
