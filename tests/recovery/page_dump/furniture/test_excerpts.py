"""One page of a dump, or two: no other pages tell its number, its head, and that its notes began elsewhere."""

from __future__ import annotations

import re

import pytest

from pipeline.document.manuscript import Manuscript
from pipeline.document.master import write_master
from pipeline.recovery import recover
from pipeline.recovery.page_dump.furniture.untold.division import split_untold
from pipeline.recovery.page_dump.pages.scan import read_layout
from tests.recovery.page_dump.dumps import cut, dump, prose, shown

WORDS = "河道在秋天總是最先安靜下來船夫把竹篙靠在橋邊等著潮水退去孩子們便跑到石階上看對岸的燈"
WIDTH, LINES = 30, 24
HEADS = {  # of the left page and the right one
    "no head": ("", ""),
    "words and number": ("{} 江南學報第十二期", "河道、渡口與石階 {}"),
    "degree": ("江南大學歷史學系碩士論文", "江南大學歷史學系碩士論文"),
}
FEET = {"number": "{}", "dashes": "- {} -", "words": "第 {} 頁，共 90 頁"}
LABELS = {"spaced": "{} {}", "glued": "{}{}", "circled": "{} {}", "alone": "{}\n{}"}


def page(
    number: int, first: int, notes: int, *, label: str = "spaced", head: str = "", foot: str = "{}"
) -> str:
    """A page that calls ``notes`` notes from number ``first`` on, with its head and its number at the foot."""
    text = "".join(WORDS[(number * 7 + k * 3) % 30 :] for k in range(2 * LINES))
    shown = [chr(0x245F + n) if label == "circled" else str(n) for n in range(first, first + notes)]
    step = WIDTH * (LINES - 4) // notes
    pieces = [text[k * step : (k + 1) * step] + f"。{mark}" for k, mark in enumerate(shown)]
    body = "".join([*pieces, text[notes * step :]])[: LINES * WIDTH]
    lines = [body[i : i + WIDTH] for i in range(0, len(body), WIDTH)]
    bodies = [
        LABELS[label].format(mark, f"王某，《橋志》（河口：書局，1931），頁 {n + 200}。")
        for n, mark in enumerate(shown, first)
    ]
    return "\n".join(line.format(number) for line in (head, *lines, *bodies, foot) if line)


def called(manuscript: Manuscript) -> list[tuple[str, str]]:
    """The notes that are called behind a sentence, each with the page it cites."""
    notes = {note.label: note.blocks[0].content.visible() for note in manuscript.notes}
    return [
        (label, notes[label][-4:-1]) for label in re.findall(r"(?<=。)\[\^(\d+)\]", write_master(manuscript))
    ]


def told(manuscript: Manuscript) -> list[str]:
    return re.findall(r'\.page n="(\d+)"', write_master(manuscript))


def bound(first: int, notes: int) -> list[tuple[str, str]]:
    return [(str(n), str(n + 200)) for n in range(first, first + notes)]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("foot", FEET)
def test_a_page_alone_has_its_notes_and_its_number(label: str, foot: str) -> None:
    manuscript = recover(page(45, 11, 4, label=label, foot=FEET[foot]), "page-dump")
    assert called(manuscript) == bound(11, 4)
    assert told(manuscript) == ["45"]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("number", [44, 45])
def test_a_head_alone_is_no_text(head: str, number: int) -> None:
    said = HEADS[head][number % 2]
    foot = "" if "{" in said else "{}"
    manuscript = recover(page(number, 31, 3, head=said, foot=foot), "page-dump")
    assert called(manuscript) == bound(31, 3)
    words = said.format("").strip()
    assert not words or words not in write_master(manuscript)


@pytest.mark.parametrize("title", ["河道、渡口與石階 1931", "河道、渡口與石階 1", "圖二 河道與石階 3"])
def test_a_number_of_the_title_is_no_page_number(title: str) -> None:
    """A year, the call of a note of the page, the number of a picture's part."""
    text = f"{title}\n{page(45, 1, 3, foot='')}"
    assert not [edit for edit in recover(text, "page-dump").removed if edit.before]


def test_the_only_note_of_a_page_is_one() -> None:
    assert called(recover(page(45, 43, 1), "page-dump")) == bound(43, 1)
    listed = page(45, 43, 1).replace("。43", "。")
    assert not recover(listed, "page-dump").notes


@pytest.mark.parametrize(("label", "number"), [("spaced", 7), ("circled", 7), ("glued", 1)])
def test_the_only_note_of_a_page_need_not_cite(label: str, number: int) -> None:
    """Its call may begin a line, where labels are not glued to the notes; beside it stands the number of the page."""
    text = page(number + 1, number, 1, label=label, head="{} 江南學報第十二期")
    text = text.replace(f"王某，《橋志》（河口：書局，1931），頁 {number + 200}", "另一位船夫的話也一樣")
    if label != "glued":
        text = re.sub("。([7⑦])", r"。\n\1", text, count=1)
    assert [(note.label, note.missing) for note in recover(text, "page-dump").notes] == [(str(number), False)]
    lines = text.splitlines()
    listed = "\n".join([*lines[:12], f"{number + 1} 另一位船夫的話也一樣。", *lines[12:]])
    assert label == "circled" or not recover(listed, "page-dump").notes


@pytest.mark.parametrize("cells", [["渡口", "380", "橋頭", "560"], ["380", "560"]])
def test_the_last_cell_of_a_table_is_no_page_number(cells: list[str]) -> None:
    text = "\n".join([page(45, 1, 1, foot="").split("\n1 ")[0].replace("。1", "。"), *cells])
    assert not [edit for edit in recover(text, "page-dump").removed if edit.before == "560"]


def test_a_label_at_the_end_is_no_page_number() -> None:
    """Some extractors give a label behind all bodies."""
    text = page(45, 31, 3, label="alone", foot="")
    lines = text.split("\n")
    lines.remove("31")
    lines.append("31")
    assert not [edit for edit in recover("\n".join(lines), "page-dump").removed if edit.before == "31"]


def with_labels_last(text: str, first: int, moved: int) -> str:
    """The page with the first ``moved`` labels behind all bodies."""
    lines = text.split("\n")
    labels = [str(n) for n in range(first, first + moved)]
    return "\n".join([*(line for line in lines if line not in labels), *labels])


@pytest.mark.parametrize("number", [1, 2, 7, 45])
@pytest.mark.parametrize(("first", "moved"), [(1, 1), (1, 2), (10, 1), (43, 2)])
def test_the_page_number_stands_below_labels_that_came_out_last(number: int, first: int, moved: int) -> None:
    """It may be one of them once more."""
    text = with_labels_last(page(number, first, 4, label="alone", foot=""), first, moved)
    manuscript = recover(f"{text}\n\n{number}\n\f", "page-dump")
    assert called(manuscript) == bound(first, 4)
    assert told(manuscript) == [str(number)]


def test_a_line_of_a_note_that_begins_with_its_number_is_not_its_label() -> None:
    text = with_labels_last(page(45, 1, 3, label="alone", foot=""), 1, 1)
    longer = text.replace("頁 201", "第四種，卷\n1（增訂本），頁 201")
    assert called(recover(longer, "page-dump")) == bound(1, 3)


@pytest.mark.parametrize("label", ["alone", "spaced"])
@pytest.mark.parametrize("call", ["。 43", " 43。"])
def test_the_only_note_of_a_page_may_be_called_behind_a_space(call: str, label: str) -> None:
    """Its label has a line of its own; else it could be a number in a list."""
    text = page(45, 43, 1, label=label).replace("。43", "").replace("對岸的燈", f"對岸的燈{call}", 1)
    notes = recover(text, "page-dump").notes
    assert [(note.label, note.missing) for note in notes] == [("43", False)] * (label == "alone")


def test_the_notes_of_a_page_with_wide_lines_are_no_pages() -> None:
    """Their lines stand without blank ones between them, and farther in: so does the first line of a page elsewhere."""
    text, notes = page(45, 11, 4, label="alone", foot="").split("\n11\n")
    wide = "\n\n".join(text.split("\n"))
    inset = re.sub(r"(?m)^(?=王)", "     ", f"11\n{notes}").replace("，頁", "，\n    頁")
    manuscript = recover(f"{wide}\n\n{inset}\n\n          45\n\f", "page-dump")
    assert called(manuscript) == bound(11, 4)
    assert told(manuscript) == ["45"]


@pytest.mark.parametrize("head", HEADS)
@pytest.mark.parametrize("label", ["spaced", "circled", "alone"])
def test_two_pages_are_told_by_their_numbers(head: str, label: str) -> None:
    """Neither form feed nor space stands between them."""
    pages = []
    for number, first in ((44, 11), (45, 14)):
        said = HEADS[head][number % 2]
        pages.append(page(number, first, 3, label=label, head=said, foot="" if "{" in said else "{}"))
    manuscript = recover("\n".join(pages), "page-dump")
    assert called(manuscript) == bound(11, 6)
    assert told(manuscript) == ["44", "45"]


def test_two_pages_are_told_by_their_notes() -> None:
    pages = [page(44, 31, 3, foot=""), page(45, 34, 3, foot="")]
    manuscript = recover("\n".join(pages), "page-dump")
    assert called(manuscript) == bound(31, 6)
    assert [finding.rule for finding in manuscript.findings] == ["L13"]


def test_numbers_at_the_foot_of_one_page_are_labels() -> None:
    """Labels alone on their lines count on as page numbers do."""
    text = page(45, 31, 6, label="alone", foot="")
    longer = text.replace(
        "），頁", "），見河口的渡口與石階以及對岸的燈，\n《河道考》（河口：書局，1932）上，\n並參看下卷，\n頁"
    )
    manuscript = recover(longer, "page-dump")
    assert called(manuscript) == bound(31, 6)


@pytest.mark.parametrize("own", [True, False])
def test_a_page_may_begin_with_a_call(own: bool) -> None:
    """Its note stands at the foot, or on the page before, which is not there."""
    text = page(45, 31, 3, foot="")
    body = "\n30 王某，《橋志》（河口：書局，1931），頁 230。\n31 王"
    text = "30" + (text.replace("\n31 王", body) if own else text)
    notes = {note.label: note.blocks[0].content.visible() for note in recover(text, "page-dump").notes}
    wanted = {str(n): f"王某，《橋志》（河口：書局，1931），頁 {n + 200}。" for n in range(31 - own, 34)}
    assert notes == wanted


def test_the_end_of_a_sentence_is_no_title() -> None:
    """It stands alone before a heading, where the paragraph began on the page before."""
    foot = "\n30 王某，《橋志》（河口：書局，1931），頁 230。\n31 王"
    text = "的最後一根竹篙」。30\n三、石階的修築\n" + page(45, 31, 3).replace("\n31 王", foot)
    manuscript = recover(text, "page-dump")
    assert not any(front.title for front in manuscript.fronts)
    assert manuscript.blocks[0].content.visible().startswith("的最後一根竹篙」。")


def test_a_short_last_page_without_notes_is_told_by_its_number() -> None:
    short = "\n".join(page(45, 34, 1).split("\n")[:7]).replace("。34", "") + "\n45"
    manuscript = recover(f"{page(44, 31, 3)}\n{short}", "page-dump")
    assert called(manuscript) == bound(31, 3)
    assert told(manuscript) == ["44", "45"]


def test_labels_that_came_out_far_apart_part_no_page() -> None:
    """The first note is long, and the label of the second is the last line: it begins no other, and is called."""
    lines = page(45, 31, 2, label="alone", foot="").split("\n")
    at = lines.index("32")
    long = [f"並參看《河道考》（河口：書局，{n}），頁 {n}。" for n in range(1930, 1938)]
    lines = [*lines[:at], *long, *lines[at + 1 :], "32"]
    assert not told(recover("\n".join(lines), "page-dump"))


@pytest.mark.parametrize(
    "head", ["{}\n江南學報第十二期", "江南史研究 2019 年第 3 期", "江南大學文學院碩士論文"]
)
@pytest.mark.parametrize("begins", ["", "便在石階上看燈。\n"], ids=["full", "short"])
def test_a_journal_or_a_degree_above_the_text_is_a_head(head: str, begins: str) -> None:
    """Its number may stand on a line of its own, and the page begin with the end of a sentence."""
    text = page(45, 11, 4, head="", foot="")
    manuscript = recover(f"{head.format(46)}\n{begins}{text}\n", "page-dump")
    assert manuscript.blocks[0].content.visible()[:4] == (begins or text)[:4]
    assert {edit.rule for edit in manuscript.removed} <= {"L3", "L4"} and manuscript.removed


@pytest.mark.parametrize("head", ["江南史研究 2019 年第 3 期", "江南大學文學院碩士論文"])
def test_a_journal_or_a_degree_above_a_title_is_its_masthead(head: str) -> None:
    manuscript = recover(f"{head}\n橋與渡口的一百年\n沈某\n{page(45, 11, 4)}\n", "page-dump")
    front = manuscript.fronts[0]
    assert front.title is not None and front.title.visible() == "橋與渡口的一百年"
    assert [line.visible() for line in front.masthead] == [head]


@pytest.mark.parametrize("feed", ["\f", ""], ids=["fed", "pasted"])
def test_lines_that_stand_farther_in_begin_no_pages_of_a_page_that_kept_its_layout(feed: str) -> None:
    """``pdftotext -layout`` leaves a label above its note, and a title, without the blank line of other lines."""
    lines = page(45, 11, 3, foot="").split("\n")
    text = "\n\n".join(line for line in lines if not re.match(r"1\d ", line))
    notes = "\n".join(
        f"{n}\n    王某，《橋志》（河口：書局，\n   1931），頁 {n + 200}。" for n in (11, 12, 13)
    )
    manuscript = recover(f"{' ' * 26}渡口\n     {text}\n\n{notes}\n\n{' ' * 30}45\n{feed}", "page-dump")
    assert called(manuscript) == bound(11, 3)
    assert told(manuscript) == ["45"]


def test_a_number_set_apart_below_the_labels_is_the_pages() -> None:
    """Labels that came out last stand above it, and the page does not call it."""
    lines = page(45, 6, 3, label="alone", foot="").split("\n")
    lines.remove("6")
    manuscript = recover("\n".join([*lines, "6", "", "4"]) + "\n", "page-dump")
    assert called(manuscript) == bound(6, 3)
    assert told(manuscript) == ["4"]


def test_two_pages_whose_numbers_stand_below_or_above_their_heads() -> None:
    left = page(44, 31, 3, head="{}\n江南學報第十二期", foot="")
    right = page(45, 34, 3, head="橋與渡口\n{}", foot="")
    manuscript = recover(f"{left}\n{right}\n", "page-dump")
    assert called(manuscript) == bound(31, 6)
    assert told(manuscript) == ["44", "45"]
    assert "橋與渡口" not in write_master(manuscript)


def test_numbers_far_from_those_of_the_notes_are_the_pages_though_the_text_seems_to_call_them() -> None:
    pages = [page(number, first, 3, foot="{}") for number, first in ((9, 31), (10, 34))]
    manuscript = recover(f"{pages[0].replace('河道', '河道9', 1)}\n{pages[1]}\n", "page-dump")
    assert called(manuscript) == bound(31, 6)
    assert told(manuscript) == ["9", "10"]


@pytest.mark.parametrize("apart", ["", " "], ids=["flush", "spaced"])
def test_labels_alone_below_the_number_of_one_page_are_no_pages(apart: str) -> None:
    text = page(1, 1, 3, label="alone", head="{}", foot="").replace("\n王某", f"\n{apart}王某")
    assert called(recover(text + "\n", "page-dump")) == bound(1, 3)


@pytest.mark.parametrize("rest", ["", "——一八八一年的碼頭"])
def test_the_title_stands_below_the_head_that_repeats_it(rest: str) -> None:
    text = page(1, 1, 2, head=f"橋與河道的來歷\n橋與河道的來歷{rest}", foot="{}")
    manuscript = recover(text + "\n", "page-dump")
    assert [edit.before for edit in manuscript.removed] == ["橋與河道的來歷", "1"]
    assert called(manuscript) == bound(1, 2)


@pytest.mark.parametrize("number", ["- 9 -", "· 9 ·"])
def test_a_number_between_marks_below_the_head_of_a_page(number: str) -> None:
    """A heading may stand below it; the page's notes may have the same number."""
    text = ["二、渡口與石階", *cut(f"{prose(1)}9"), *cut(prose(2)), "9 《河道考》，頁 3。"]
    manuscript = dump("\n".join(["河道、渡口與石階的歷史", number, *text]) + "\n")
    assert shown(manuscript) == ["二、渡口與石階", f"{prose(1)}[9]", prose(2)]


def test_a_name_whose_words_are_lines_below_its_letters() -> None:
    mark = [*"‧國立水利大學‧", "N a t i o n a l", "R i v e r", "U n i v e r s i t y"]
    manuscript = dump("\n".join([*cut(prose(1)), *cut(prose(2)), "1 《河道考》，頁 3。", *mark]) + "\n")
    assert "".join(shown(manuscript)) == f"{prose(1)}{prose(2)}1 《河道考》，頁 3。"


def test_letters_on_end_that_name_a_university_part_no_text() -> None:
    """The mark climbs; where its letters stand close to each other, no line of the text is between them."""
    lines = [*cut(prose(1)), *cut(prose(2)), *cut(prose(3)), *cut(prose(4))]
    letters = iter([*"ytisrevinU", "‧\n學\n大\n利\n水\n立\n國\n‧"])
    out = [part for line in lines for part in (line, next(letters, ""))]
    assert shown(dump("\n".join(part for part in out if part) + "\n")) == [prose(n) for n in (1, 2, 3, 4)]


def test_numbers_of_four_short_pages_whose_notes_begin_anew() -> None:
    """Below the numbers 1 and 2 of pages notes begin that have them, below 3 and 4 none; the last page has a few lines."""
    pages = [page(n, 1, notes).split("\n") for n, notes in enumerate((4, 4, 2, 1), 1)]
    pages[3] = [*pages[3][:6], *pages[3][24:]]
    found = dump("\n".join(line for lines in pages for line in lines) + "\n")
    assert told(found) == ["1", "2", "3", "4"]


def test_a_title_stays_above_a_text_that_begins_with_its_words() -> None:
    lines = ["平湖渡口", *cut("平湖渡口在秋天總是最先安靜下來，" + prose(1)), *cut(prose(2)), *cut(prose(3))]
    assert not [edit for edit in dump("\n".join(lines) + "\n").removed if edit.rule == "L3"]


def test_raised_numbers_above_the_first_line_of_a_page_are_calls() -> None:
    """As pdftotext lays them out; a number with a title is a head."""
    text = page(45, 43, 3, head="", foot="")
    above = text.replace("。43", "。", 1).replace("。44", "。", 1)
    found = recover(f"43                         44\n{above}", "page-dump")
    assert [note.label for note in found.notes] == ["43", "44", "45"]
    assert not [note for note in found.notes if note.missing]


def excerpt(head: str, *, lost: int, begins: bool, heading: str = "") -> Manuscript:
    """A page with a head above text that ``begins`` there, or goes on from the page before."""
    indent = "" if lost else "　　"
    first = f"{indent}{WORDS[:28]}" if begins else WORDS[:30]
    paragraphs = [cut(prose(n)) for n in (2, 3, 4)]
    text = [first, WORDS[5:19] + "。", *(f"{indent}{a}\n" + "\n".join(rest) for a, *rest in paragraphs)]
    return dump("\n".join(line for line in (head, heading, *text) if line) + "\n")


@pytest.mark.parametrize("lost", [0, 2], ids=["kept", "lost"])
@pytest.mark.parametrize("head", ["第三章 渡口與石階 7", "肆、河道的秋天", "橋與渡口的一百年", "餘論"])
def test_words_above_text_that_goes_on_are_a_head(head: str, lost: int) -> None:
    """The other paragraphs of the page show how one begins."""
    manuscript = excerpt(head, lost=lost, begins=False)
    assert [edit.before.strip() for edit in manuscript.removed] == [head]
    manuscript = excerpt(head.removesuffix(" 7"), lost=lost, begins=True)
    assert not manuscript.removed


@pytest.mark.parametrize(
    ("head", "heading", "gone"),
    [
        ("伍、餘論", "肆、河道的秋天", True),
        ("第二章 橋與渡口", "第二節 石階", True),
        ("第二章 橋與渡口　　7", "第一節 石階", True),
        ("第二章 橋與渡口", "第一節 石階", False),
        ("三、橋與渡口", "四、石階", False),
        ("江南學報　　第十二期", "（二）石階", True),
    ],
)
def test_a_heading_above_one_that_cannot_follow_it_is_a_head(head: str, heading: str, gone: bool) -> None:
    manuscript = excerpt(head, lost=2, begins=True, heading=heading)
    assert [edit.before.strip() for edit in manuscript.removed] == [head] * gone


@pytest.mark.parametrize(("number", "gone"), [(7, True), (10, False)], ids=["page", "call"])
def test_a_number_behind_a_heading_is_the_pages_where_the_notes_count_otherwise(
    number: int, gone: bool
) -> None:
    manuscript = recover(f"第三章 渡口與石階 {number}\n{page(45, 11, 4, foot='')}\n", "page-dump")
    assert bool(manuscript.removed) is gone
    assert called(manuscript) == bound(11, 4)


@pytest.mark.parametrize(
    ("foot", "gone"),
    [("第三章　渡口與石階　7", True), ("8　江南的橋叢書", True), ("15　江南的橋叢書", False)],
    ids=["heading", "series", "next note"],
)
def test_words_with_a_number_below_the_last_note_are_the_pages(foot: str, gone: bool) -> None:
    manuscript = recover(f"{page(45, 11, 4, foot='')}\n{foot}\n", "page-dump")
    assert bool(manuscript.removed) is gone
    assert called(manuscript)[:3] == bound(11, 3)


def test_a_label_alone_above_the_next_one_and_the_number_at_the_foot_are_not_two_pages_numbers() -> None:
    """A heading begins with the label's number, too, so that it is not the only line that does."""
    text = page(2, 1, 5, label="alone", foot="2").split("\n")
    manuscript = recover("\n".join(["1. 渡口", *text]) + "\n", "page-dump")
    assert called(manuscript) == bound(1, 5)
    assert told(manuscript) == ["2"]


@pytest.mark.parametrize(("first", "found"), [(11, True), (1, False)], ids=["notes", "may be a list"])
def test_calls_that_begin_lines_behind_sentences_are_no_list_that_begins_elsewhere(
    first: int, found: bool
) -> None:
    """PyMuPDF begins a line at each of them, and a space stands behind it."""
    lines = []
    for n in range(first, first + 4):
        lines += [*cut(prose(n)), f"{n} {prose(n + 20)[:-1]}"[:30], f"{WORDS[3:17]}。"]
    bodies = [f"{n} 別處的記載次序不同，第{n}年以後就沒有了。" for n in range(first, first + 4)]
    manuscript = dump("\n".join([*lines, *bodies]) + "\n")
    assert bool(manuscript.notes) is found


@pytest.mark.parametrize(
    ("calls", "numbers"),
    [
        (("。」3", "。」4", "。」"), ["3", "4"]),
        (("」9。", "。」bk", "」bl，"), ["9", "10", "11"]),
        (("。」", "。」¹²", "。」"), ["12"]),
        (("。」", "」5。", "。」"), ["5"]),
    ],
)
def test_calls_of_a_page_whose_notes_stand_behind_the_text(
    calls: tuple[str, ...], numbers: list[str]
) -> None:
    """A few pages of an article with endnotes: the numbers begin anywhere, and no body is there."""
    text = "".join(f"他說：「{prose(n)[:-1]}{call}" for n, call in enumerate(calls, 1))
    found = dump("\n".join([*cut(text), *cut(prose(5))]) + "\n")
    assert [(note.label, note.missing) for note in found.notes] == [(n, True) for n in numbers]
    assert [finding.rule for finding in found.findings] == ["N10"] * len(numbers)


@pytest.mark.parametrize(
    "says",
    [
        "渡口有船5。橋頭有船6。河灣有船7。",  # the same word counts
        "渡口的人說：「都走了。」3其後又說：「也好。」8",  # do not count on
        "渡口的人都走了。3河灣的人也走了。4對岸的人還在。5他們不走。",  # verses
        "渡口的人走了 5 次。",
        "渡口的人都走了，5\n其後又說。",
        "渡口的人都走了。」19\n31.4.9",  # a date
    ],
)
def test_numbers_of_a_page_that_call_nothing(says: str) -> None:
    text = "".join(prose(n) for n in (1, 2, 3))
    lines = [*cut(text + says.split("\n")[0]), *says.split("\n")[1:], *cut(prose(4))]
    assert not dump("\n".join(lines) + "\n").notes


def test_numbers_that_lines_of_the_page_begin_with_lack_no_notes() -> None:
    lines = [*cut(f"他說：「{prose(1)}」3 {prose(2)}"), "3 渡口與石階", *cut(prose(4))]
    assert not [note for note in dump("\n".join(lines) + "\n").notes if note.missing]


@pytest.mark.parametrize("indented", [0, 2])
def test_a_head_that_ran_into_the_text_of_a_page_alone(indented: int) -> None:
    """Without it the line is as wide as the others, or as the first line of a paragraph."""
    first, *lines = cut(prose(1), lost=indented)
    text = "\n".join([f"30 河道與渡口 {first}", *lines, *cut(prose(2)), *cut(prose(3))])
    found = dump(text + "\n")
    assert [edit.before.strip() for edit in found.removed] == ["30 河道與渡口"]
    assert shown(found)[0] == prose(1)
    assert not dump(text.replace(first, first[:20], 1) + "\n").removed


def pages_told_by_numbers(text: str) -> int:
    return len(split_untold(read_layout(text)).pages)


def test_a_form_feed_behind_the_only_page_says_that_there_is_no_other() -> None:
    """Labels that came out on lines of their own count on, the last of them at the end, as the numbers of pages do."""
    lines = ["159 江南學報第十二期", *cut(prose(1)), *cut(prose(2)), "17", "《河道考》，頁 3。"]
    text = "\n".join([*lines, *cut(prose(3)), *cut(prose(4)), "《橋志》，頁 4。", "18"]) + "\n"
    assert (pages_told_by_numbers(text), pages_told_by_numbers(text + "\f")) == (2, 1)


def test_many_labels_close_to_each_other_are_no_page_numbers() -> None:
    """Each has a line of its own above its note, and their calls begin lines."""
    lines = page(2, 9, 9, label="alone", foot="- {} -").replace("\n王", "\n 王").split("\n")
    long = [part for line in lines for part in (line, *["《河道考》，頁 3。"] * (line[:2] == " 王"))]
    assert pages_told_by_numbers(re.sub(r"。([0-9]+)(?!。)", r"\n\1。", "\n".join(long)) + "\n") == 1


def test_a_heading_above_its_first_section_begins_no_page() -> None:
    text = page(2, 11, 3, head="{} 江南學報第十二期", foot="").split("\n")
    one, two = ("\n".join([*text[:12], "3 石階的修築", *below, *text[12:]]) for below in (["3.1 河岸"], []))
    assert (pages_told_by_numbers(one), pages_told_by_numbers(two)) == (1, 2)


def test_labels_that_came_out_above_each_other() -> None:
    """pdfminer.six gives the raised labels of a page first, then their notes."""
    numbers = range(17, 21)
    bodies = [f" 王某，《橋志》（河口：書局，1931），頁 {n + 200}。" for n in numbers]
    text = page(3, 17, 4, foot="").split("\n17 ")[0]
    found = dump("\n".join([text, *map(str, numbers), "", *bodies, "- 3 -"]) + "\n\f")
    assert called(found) == bound(17, 4)


@pytest.mark.parametrize("called_all", [True, False])
def test_a_few_notes_whose_labels_have_lines_of_their_own(called_all: bool) -> None:
    """They cite nothing: all of them must be called."""
    bodies = ["下文只說這一種。", "其餘的話不再引。", "渡船在內。"]
    calls = ["28", "29" * called_all, "30" * called_all, ""]
    text = [line for n, call in enumerate(calls) for line in cut(f"{prose(n)}{call}")]
    lines = [*text, *(part for n, body in enumerate(bodies, 28) for part in (str(n), body))]
    found = [note.label for note in dump("\n".join(lines) + "\n\f").notes if not note.missing]
    assert found == ["28", "29", "30"] * called_all


def test_a_page_that_begins_with_a_table_has_no_title() -> None:
    rows = ["表一　四種渡船", "船 幾人划 幾尺長 幾人坐", "舢板 二人 一丈 六人", "渡船 四人 三丈 二十人"]
    found = dump("\n".join([*rows, *cut(prose(1)), *cut(prose(2))]) + "\n")
    assert not [front for front in found.fronts if front.title or front.authors]


@pytest.mark.parametrize("calls", [5, 1], ids=["endnotes", "its own"])
def test_a_foot_with_the_number_of_a_call_is_no_note_among_others_that_are_called(calls: int) -> None:
    """Three and more notes called on a page and one at its foot: this is the page's number and the title, the notes are elsewhere."""
    text = [line for n in range(10 - calls // 2, 11 + calls // 2) for line in cut(f"{prose(n)}{n}")]
    manuscript = dump("\n".join([*text, *cut(prose(30)), "10 “客”從何來——平湖的碼頭"]) + "\n")
    assert [note.label for note in manuscript.notes if not note.missing] == ["10"] * (calls == 1)
    assert len(manuscript.notes) == calls


REST = "".join(
    f"河口的王某在《橋志》第{n}卷裡說過渡口的石階在哪一年鋪成又在哪一年讓大水沖走" for n in "三四五"
)


def within_a_note(set_off: str, width: int) -> str:
    """A page that begins with the rest of note 10 at its foot, behind ``set_off``, in lines of ``width`` characters."""
    lines = page(45, 11, 3, foot="").split("\n")
    at = next(k for k, line in enumerate(lines) if line.startswith("11 "))
    rest = [*(REST[i : i + width] for i in (0, width)), "頁 12。"]
    smaller = [line[:3] + REST[:width] for line in lines[at:]]  # the notes' own lines are as wide
    return "\n".join([*lines[:at], set_off + rest[0], *rest[1:], *smaller])


@pytest.mark.parametrize(("set_off", "width"), [("", 40), (" " * 54 + "\n", 30)])
def test_the_rest_of_a_note_that_began_before_the_first_page_is_no_text(set_off: str, width: int) -> None:
    manuscript = recover(within_a_note(set_off, width), "page-dump")
    assert [note.label for note in manuscript.notes] == ["10", "11", "12", "13"]
    assert manuscript.notes[0].blocks[0].content.visible().endswith("頁 12。")
    assert not any("《橋志》" in block.content.visible() for block in manuscript.blocks)
    assert [f.message[:32] for f in manuscript.findings if f.rule == "N17"] == [
        "the dump begins within note 10: "
    ]


def test_lines_of_the_text_above_the_first_note_are_no_rest_of_another() -> None:
    manuscript = recover(within_a_note("", 30), "page-dump")
    assert [note.label for note in manuscript.notes] == ["11", "12", "13"]
