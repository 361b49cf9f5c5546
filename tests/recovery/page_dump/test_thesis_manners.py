"""How theses of many universities are set: pages, heads, contents, notes behind chapters, lists of works."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.recovery.notes.weights import weigh_call
from pipeline.recovery.page_dump.front_lines import is_masthead
from pipeline.recovery.page_dump.pages.numbers import head_length
from pipeline.recovery.page_dump.pages.scan import read_layout
from pipeline.recovery.page_dump.text import printed
from pipeline.recovery.page_dump.text.line_ends import Around
from pipeline.recovery.page_dump.text.paragraphs import BOUNDARY, weigh_break
from pipeline.recovery.page_dump.text.printed import may_go_on
from pipeline.recovery.page_dump.text.profile import Flow, Profile
from pipeline.recovery.wording.headings import heading_mark
from pipeline.recovery.wording.outlines import heading_levels
from tests.recovery.page_dump.theses import (
    WIDTH,
    called,
    notes,
    pages_of,
    paragraphs,
    recovered,
    set_in_lines,
    texts,
    with_calls,
)
from tests.soiler.compare import shown

# --- pages


def test_a_mark_in_spaced_letters_above_the_text_of_each_page() -> None:
    mark = "國 立 江 南 大 學  N a t i o n a l  K i a n g n a n  U n i v e r s i t y"
    assert head_length(mark) < 40 < len(mark)
    body = [line for text in paragraphs(16) for line in set_in_lines(text)]
    pages = [[mark, *page, str(k)] for k, page in enumerate(pages_of(body), 1)]
    found = recovered("\n".join(line for page in pages for line in page) + "\n")
    assert not any("N a t" in shown(b.content) for b in found.blocks)


def test_pages_of_roman_numbers_before_the_first_chapter() -> None:
    front = [
        ["國立江南大學歷史學系", "碩士論文", "碼頭與縣城", "研究生：林采薇", "指導教授：陳望之", "i"],
        ["謝辭", *set_in_lines(paragraphs(1, 2)[0]), "ii"],
        ["摘要", *set_in_lines(paragraphs(1, 3)[0]), "關鍵詞：碼頭、縣城", "iii"],
    ]
    body = ["第一章 緒論", *(line for text in paragraphs(14) for line in set_in_lines(text))]
    pages = [*front, *([*page, str(k)] for k, page in enumerate(pages_of(body), 1))]
    found = recovered("\n".join(line for page in pages for line in page) + "\n")
    assert found.fronts[0].title.visible() == "碼頭與縣城"
    assert [t.visible() for t in found.fronts[0].keywords] == ["碼頭", "縣城"]
    said = [shown(b.content) for b in found.blocks]
    assert not {"i", "ii", "iii"} & set(said)
    assert "第一章 緒論" in texts(found, BlockKind.HEADING)


@pytest.mark.parametrize("number", ["{n}", "第 {n} 頁", "- {n} -"])
@pytest.mark.parametrize("alone", [False, True], ids=["before", "above"])
def test_a_pages_own_space_behind_its_number(number: str, alone: bool) -> None:
    """The form feed became a space before the page's first line, or on a line of its own."""
    if alone and number == "{n}":
        return  # as often a raised number's
    told = paragraphs(16, 4)
    body = [
        line + " " * (k == len(cut) - 1)
        for t in told
        for cut in [set_in_lines(t, "    ")]
        for k, line in enumerate(cut)
    ]
    pages = ["\n\n".join([*page, number.format(n=k)]) for k, page in enumerate(pages_of(body), 1)]
    found = recovered(("\n \n\n" if alone else "\n ").join(pages) + "\n")
    assert texts(found, BlockKind.PARAGRAPH) == told


def test_pages_that_begin_with_a_blank_line_behind_their_numbers() -> None:
    """The form feed became a space before the space of the blank line: two of them, where a raised number leaves one."""
    told = paragraphs(20, 9)
    body = [
        line + " " * (k == len(cut) - 1)
        for t in told
        for cut in [set_in_lines(t, "    ")]
        for k, line in enumerate(cut)
    ]
    pages = pages_of(body)
    ends = [not k % 2 and page[-1].endswith(" ") for k, page in enumerate(pages)]
    text = "".join(
        "\n\n".join([*page, f"{k} "]) + ("\n  \n\n" if ends[k - 1] or k % 2 else "\n ")
        for k, page in enumerate(pages, 1)
    )
    assert texts(recovered(text), BlockKind.PARAGRAPH) == told


@pytest.mark.parametrize("number", ["第 {n} 頁", "第{n}頁", "- {n} -"])
def test_roman_numbers_of_pages_before_the_text(number: str) -> None:
    front = [["謝辭", *set_in_lines(paragraphs(1, 2)[0]), number.format(n="ii")]]
    body = ["第一章 緒論", *(line for text in paragraphs(14) for line in set_in_lines(text))]
    pages = [*front, *([*page, number.format(n=k)] for k, page in enumerate(pages_of(body), 1))]
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert not any("ii" in shown(b.content) for b in found.blocks)
    assert texts(found, BlockKind.HEADING) == ["謝辭", "第一章 緒論"]


@pytest.mark.parametrize("mark", [" ", "：", "　"])
def test_the_head_of_a_chapter_above_its_own_heading(mark: str) -> None:
    """The head writes the chapter's name otherwise than the heading below it: both are the same title."""
    names = ["緒論", "渡口", "結論"]
    pages = []
    for n, (c, name) in enumerate(zip("一二三", names, strict=True)):
        body = [line for text in paragraphs(10, 20 + n) for line in set_in_lines(text)]
        page = pages_of([f"第{c}章{mark}{name}", *body])
        pages += [[f"第{c}章 {name}", *p] for p in page]
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert texts(found, BlockKind.HEADING) == [
        f"第{c}章{mark}{n}" for c, n in zip("一二三", names, strict=True)
    ]


def test_the_university_above_the_first_chapter_is_no_title() -> None:
    head = "國立江南大學碩士論文"
    body = ["第二章 渡口", *(line for text in paragraphs(24, 30) for line in set_in_lines(text))]
    found = recovered("\f".join("\n".join([head, *page]) + "\n" for page in pages_of(body)))
    assert not any(head in shown(b.content) for b in found.blocks)
    assert not any(front.title.visible() for front in found.fronts)


# --- notes


def test_a_number_behind_a_line_that_ends_in_its_word_begins_no_note() -> None:
    """第 ⏎ 3 號碼頭: the notes of each page begin again with 1, so 3 would count on."""
    pages = []
    for n in range(6):
        body = [line for text in paragraphs(3, 40 + n) for line in set_in_lines(text)][:14]
        wide = body[3][: int(WIDTH) - 1]
        body[2], body[3] = body[2][:-4] + "。1本段說到第", f"3部帳冊，{wide[5:]}"
        body[6] = body[6][:-3] + "。2" + body[6][-1:]
        pages.append([*body, "1 王明，《河道志》，頁 3。", "2 李河，《碼頭考》，頁 8。"])
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert list(notes(found)) == [str(n) for n in range(1, 13)]


def test_a_note_begins_behind_a_page_that_another_cites_without_a_stop() -> None:
    pages = []
    for n in range(6):
        body = [line for text in paragraphs(3, 40 + n) for line in set_in_lines(text)][:14]
        body[2], body[6] = f"{body[2][:-3]}。1他", f"{body[6][:-3]}。2他"
        cited = ["河道志", "碼頭考", "石橋記", "渡船錄", "水門圖", "堤岸表"][n]
        pages.append([*body, f"1 王明，《{cited}》，第 {n + 3} 頁", f"2 李河，〈論{cited}〉，第{n + 9}頁"])
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert list(notes(found)) == [str(n) for n in range(1, 13)]


def test_one_note_on_each_page_whose_label_has_a_line_of_its_own() -> None:
    """Labels count on as page numbers would, but stand above the last line of their page and are called in its text."""
    pages, told = [], []
    for n in range(1, 9):
        body = [line for text in paragraphs(6, 60 + n) for line in set_in_lines(text)][:24]
        body[9] = body[9][:-1] + str(n)
        told.append(f"《河道志》，頁 {n * 7}。")
        pages.append(["碼頭與縣城", *body, str(n), told[-1]])
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert list(notes(found).values()) == told
    assert called(found) == [str(n) for n in range(1, 9)]


# --- heads


def test_no_line_is_a_page_number_because_its_page_has_none() -> None:
    """Numbered pages 1, 2, 3 behind two without a number: nothing at the edges of these is one."""
    body = [line for text in paragraphs(16, 5) for line in set_in_lines(text)]
    front = [
        ["序", *set_in_lines(paragraphs(1, 6)[0])],
        ["獻辭", *set_in_lines(paragraphs(1, 7)[0])],
        ["題記", *set_in_lines(paragraphs(1, 8)[0])],
    ]
    pages = [*front, *([f"江南學報 {k}", *page] for k, page in enumerate(pages_of(body), 1))]
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    whole = "".join(shown(b.content) for b in found.blocks) + "".join(
        t.visible() for f in found.fronts for t in f.texts()
    )
    assert all(word in whole for word in ("序", "獻辭", "題記"))


def test_a_head_in_pieces_leaves_the_chapters_own_number_and_title() -> None:
    body = [line for text in paragraphs(40, 9) for line in set_in_lines(text)]
    out = []
    for k, page in enumerate(pages_of(body)):
        chapter = ["第一章", "緒論"] if k < 5 else ["第二章", "碼頭"]
        begins = k in (0, 5)
        out.append(
            [*chapter, *([] if begins else [str(k + 1)]), "\n".join(page), *([str(k + 1)] if begins else [])]
        )
    found = recovered("\f".join("\n\n".join(page) + "\n" for page in out))
    assert texts(found, BlockKind.HEADING) == ["第一章 緒論", "第二章 碼頭"]


def test_the_rest_of_a_note_is_no_journals_masthead() -> None:
    assert is_masthead("No. 5 (1880), pp. 114-136")
    assert not is_masthead("no. 5 (1880): 114–136.")


def test_contents_whose_page_numbers_touch_their_titles() -> None:
    listed = ["目錄", "第一章　緒論1", "一、碼頭2", "二、縣城12", "第二章　結論123"]
    body = [
        ["第一章　緒論", *set_in_lines(t)] if not k else set_in_lines(t)
        for k, t in enumerate(paragraphs(6, 10))
    ]
    found = recovered("\n".join(listed) + "\n\f" + "\n".join(line for part in body for line in part) + "\n")
    assert "第二章　結論123" in {e.before for e in found.removed}
    assert texts(found, BlockKind.HEADING) == ["第一章　緒論"]


# --- notes behind chapters


BODIES = ["何子墨，《平湖志》，頁 12。", "沈若水，《碼頭考》，頁 3。", "同上，頁 9。"]


@pytest.mark.parametrize("mark", ["[註{n}]", "[註 {n}]", "（註{n}）", "註{n}：", "[{n}]"])
def test_notes_behind_each_chapter(mark: str) -> None:
    call = mark.replace("：", "")
    out: list[str] = []
    for chapter, told in (
        ("壹、緒論", paragraphs(3, 11)),
        ("貳、碼頭", paragraphs(3, 12)),
        ("參、結論", paragraphs(3, 13)),
    ):
        out += [
            chapter,
            *(
                line
                for k, t in enumerate(told)
                for line in set_in_lines(with_calls(t, [call.format(n=k + 1)]), "    ")
            ),
        ]
        out += ["註釋", *(f"{mark.format(n=k)} {text}" for k, text in enumerate(BODIES, 1))]
    found = recovered("\n".join(out) + "\n")
    assert list(notes(found).values()) == BODIES * 3
    assert called(found) == [str(k) for k in range(1, 10)]
    assert texts(found, BlockKind.HEADING) == ["壹、緒論", "貳、碼頭", "參、結論"]


@pytest.mark.parametrize("mark", ["{n}. ", "[{n}] ", "註{n}："])
def test_notes_behind_the_text_below_the_titles_of_their_chapters(mark: str) -> None:
    call = {"{n}. ": "{n}", "[{n}] ": "[{n}]", "註{n}：": "（註{n}）"}[mark]
    chapters = {
        "第一章　緒論": paragraphs(3, 14),
        "第二章　碼頭": paragraphs(3, 15),
        "第三章　結論": paragraphs(3, 16),
    }
    out: list[str] = []
    for title, told in chapters.items():
        out += [
            title,
            *(
                line
                for k, t in enumerate(told)
                for line in set_in_lines(with_calls(t, [call.format(n=k + 1)]), "    ")
            ),
        ]
    out.append("註釋")
    for title in chapters:
        out += [title, *(mark.format(n=k) + text for k, text in enumerate(BODIES, 1))]
    found = recovered("\n".join(out) + "\n")
    assert list(notes(found).values()) == BODIES * 3
    assert called(found) == [str(k) for k in range(1, 10)]
    assert texts(found, BlockKind.HEADING) == list(chapters)


def test_a_call_behind_a_number_and_a_comma() -> None:
    assert weigh_call("增訂第 29 條之 2，39明定", 12, 14) > 0
    assert weigh_call("第 11，12 頁", 5, 7) < 0 > weigh_call("其餘 3，500元", 5, 8)


# --- entries


@pytest.mark.parametrize(("step", "entries"), [(3, True), (-3, False)], ids=["rising", "falling"])
def test_the_entries_of_a_chronology(step: int, entries: bool) -> None:
    """As wide as the text, so that no width tells where an entry begins; years that do not rise are no chronology."""
    told = [
        f"{1900 + step * n} 年船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑到石階。" for n in range(6)
    ]
    body = [line for text in paragraphs(8, 70) for line in set_in_lines(text, first=False)]
    found = recovered("\n".join([*body, *told, *body[:6]]) + "\n")
    assert (set(told[:-1]) <= set(texts(found, BlockKind.PARAGRAPH))) is entries


def test_questions_of_an_interview_are_no_headings_though_some_are_short() -> None:
    asked = [
        "1. 從帳冊的記寫方式看來，您對「渡口」有什麼印象？",
        "2. 在縣城外搭建的戲棚裡，您對「修船師傅」有什麼深刻印象？",
        "3. 隨着北門碼頭於 1913 年拆卸，您對「船價的轉變」有什麼印象？",
        "4. 比起商會裡的帳房，您對「船金、租期與夥計」有什麼印象？",
        "5. 在渡口與橋頭之間，您對「船家」有什麼印象？",
        "6. 按照行內的說法，您對「水腳」有什麼印象？",
    ]
    body = [line for text in paragraphs(8, 71) for line in set_in_lines(text)]
    found = recovered("\n".join([*body, "附錄一 訪談大綱", *asked, "附錄二 年表", *body[:6]]) + "\n")
    assert texts(found, BlockKind.HEADING) == ["附錄一 訪談大綱", "附錄二 年表"]


# --- headings and white space


def test_the_levels_of_a_law_thesis() -> None:
    told = ["第一章 緒論", "第一節 概念", "第一項 碼頭之性質", "一、學說", "第二項 實務", "第二節 比較"]
    marks = [mark for text in told if (mark := heading_mark(text))]
    assert heading_levels(marks) == [1, 2, 3, 4, 3, 2]
    assert heading_mark("第三項規定之情形") is None
    assert heading_mark("第一款") is None
    assert [heading_mark(text) and heading_mark(text).rank for text in ("第一款 水道", "第一目 水門")] == [
        2.6,
        2.8,
    ]


def test_the_parts_of_a_questionnaire_stand_below_its_appendix() -> None:
    told = ["緒論", "第一章 碼頭", "第一節 概念", "附錄二 問卷", "第一部分 基本資料", "第二部分 知覺"]
    marks = [mark for text in told if (mark := heading_mark(text))]
    assert heading_levels(marks) == [1, 1, 2, 1, 2, 2]
    assert heading_mark("第一部分的碼頭") is None


def test_short_lines_with_white_space_behind_them_hide_no_paragraphs_ends() -> None:
    """However many they are, the full lines have none: so an entry's first line goes on, and is no heading."""
    told = [set_in_lines(text) for text in paragraphs(6, 51)]
    out = [line + " " * (n == len(part) - 1) for part in told for n, line in enumerate(part)]
    rows = [f"第{n}號船，{word} " for n in range(1, 31) for word in ("平湖", "海門")]
    entries = [
        "一、得標人須於三日內取款，逾時不候。 ",
        "二、得標人須於七日內交款，且須有同學二人簽名作",
        "證。 ",
    ]
    found = recovered("\n\n".join([*out, *rows, *entries, *out]) + "\n")
    assert texts(found, BlockKind.HEADING) == []
    assert shown(found.blocks[-7].content).endswith("簽名作證。")


@pytest.mark.parametrize("blanks", [False, True])
def test_white_space_behind_a_call_that_ends_a_paragraph(blanks: bool) -> None:
    """It has a line of its own, and the next line fills no line with the call's, where white space stands behind paragraphs."""
    wide = "\n\n".join(["平湖縣的碼頭原有七處到光緒末年只剩三處"] * 6)
    layout = read_layout(f"{wide}\n\n睡了。1\n \n\n包租婆姓區人很公平就是嘴巴厲害\n\n{wide}\n")
    before, behind = (
        Flow(line, 0, line.text, line.text[:3], line.text[0], line.text[2], line.text[-1] == "1", True)
        for line in layout.lines[6:8]
    )
    profile = Profile(34.0, indents=False, trailing=blanks, gaps=True, spaced=False, blanks=blanks)
    assert may_go_on(before, behind, profile) is not blanks


# --- tables


@pytest.mark.parametrize("blank", [" ", ""])
def test_lines_of_a_cell_where_white_space_stands_behind_each_paragraph(blank: str) -> None:
    """What is told of the text's paragraphs holds for those of cells; where they have no such space it tells nothing."""
    told = [set_in_lines(text) for text in paragraphs(12, 41)]
    cells = ["組織職權", "監督各縣船戶", "職責", "總辦一人", "調處爭端之", "命令", "河工局"]
    goes_on = (1, 3, 4)
    table = [cell + blank * (k not in goes_on) for k, cell in enumerate(cells)]
    out = [line + " " * (n == len(part) - 1) for part in told for n, line in enumerate(part)]
    at = sum(map(len, told[:6]))
    found = recovered("\n\n".join([*out[:at], "表一 河工局的組織 ", *table, *out[at:]]) + "\n")
    joined = ["組織職權", "監督各縣船戶職責", "總辦一人調處爭端之命令", "河工局"]
    assert texts(found, BlockKind.LINE) == (joined if blank else cells)


# --- works cited


ENGLISH = [
    "Finch, Harold. Waterworks of Haimen. London: Arden Press, 1957.",
    "Keene, Martha. “Ledger and Lantern.” Journal of Linjiang Studies 12 (1961): 44–68.",
    "Voss, Clara. The Harbour. Leiden: Quay Books, 1932.",
]


def test_a_list_of_english_works_is_no_abstract() -> None:
    body = [line for text in paragraphs(16, 22) for line in set_in_lines(text, "    ")]
    found = recovered("\n".join(["碼頭與縣城", "", "一、前言", *body, "參考文獻", *ENGLISH]) + "\n")
    assert not any(front.abstract for front in found.fronts)
    assert texts(found, BlockKind.PARAGRAPH)[-3:] == ENGLISH


def test_an_entry_goes_on_behind_a_closed_line_without_the_white_space_of_others() -> None:
    entry = [
        "何子墨、沈若水合著，《平湖碼頭與縣城之研究──從築堤到築港的變遷》。",
        "臨江：長河出版社，1931年。",
    ]
    others = ["周敬亭，《水閘志》。北塘：遠山書局，1940年。", "錢有容，《渡口》。海門：三閘書店，1952年。"]
    body = [
        line + " " * (k == len(cut) - 1)
        for t in paragraphs(12, 23)
        for cut in [set_in_lines(t, "    ")]
        for k, line in enumerate(cut)
    ]
    listed = [others[0] + " ", entry[0], entry[1] + " ", others[1] + " "]
    found = recovered("\n".join([*body, "徵引書目 ", *listed]) + "\n")
    assert texts(found, BlockKind.PARAGRAPH)[-3:] == [others[0], "".join(entry), others[1]]


# --- paragraphs


def test_no_paragraph_ends_within_the_title_of_a_work() -> None:
    told = paragraphs(10, 26)
    out = [set_in_lines(text) for text in told]
    out[4] = [*out[4][:2], "見《平湖", "碼頭志》的記載，", *out[4][2:]]
    found = recovered("\n".join(line for part in out for line in part) + "\n")
    assert any("《平湖碼頭志》" in text for text in texts(found, BlockKind.PARAGRAPH))


def test_a_chapters_head_may_have_a_comma() -> None:
    body = [line for text in paragraphs(48, 41) for line in set_in_lines(text, "    ")]
    titles = ["第一章 緒論", "第二章 水荒，一九六三", "第三章 結論"]
    pages = []
    for k, page in enumerate(pages_of(body)):
        title = titles[min(k // 3, 2)]
        pages.append([title, *([title] if k in (0, 3, 6) else []), *page])
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert texts(found, BlockKind.HEADING) == titles


@pytest.mark.parametrize("tight", [True, False])
def test_lines_without_the_blank_line_of_others_are_no_pieces_where_no_line_has_room_for_both(
    tight: bool,
) -> None:
    """A quotation with less space between its lines, as far in as a paragraph's first line."""
    told = [set_in_lines(text, "    ") for text in paragraphs(12, 23)]
    quotation = set_in_lines(
        "河道在秋天總是最先安靜下來，" * 5 + "船夫把竹篙靠在橋邊。", "", 2.0, first=False
    )
    block = ["    一位老人這樣說：", *(f"    {line}" for line in quotation)]
    out = "\n\n".join("\n\n".join(part) for part in told[:6])
    out += "\n\n" + ("\n" if tight else "\n\n").join(block) + "\n\n"
    out += "\n\n".join("\n\n".join(part) for part in told[6:])
    assert "一位老人這樣說：" in texts(recovered(out + "\n"), BlockKind.PARAGRAPH)


@pytest.mark.parametrize("beside", ["水", "水路的興廢與"])
def test_a_piece_that_begins_with_a_call_ends_a_paragraph_only_where_it_had_no_room_above(
    beside: str,
) -> None:
    """PyMuPDF begins a line at calls: with the nearly full line above it may be one printed line."""
    profile = Profile(34.0, True, False, False, False, first=4)
    above, piece, behind = (
        Flow(line, 0, line.text, line.text, line.text[0], line.text[-1], False, True, line.em)
        for text in (f"河道{'水' * 28}興廢。", beside, "運" * 33)
        for line in read_layout(f"{text}\n").lines
    )
    piece = piece._replace(opens=True)
    assert (weigh_break(Around(piece, behind, z=above), profile) >= BOUNDARY) is (len(beside) > 3)


@pytest.mark.parametrize(("first", "lost"), [(32, 2.0), (31, 0.0), (34, 0.0)])
def test_first_lines_that_lost_their_indent_where_calls_make_whole_lines_count_as_wider(
    first: int, lost: float
) -> None:
    profile = Profile(35.0, False, False, False, False)
    told = [f"{'水' * length}{mark}" for length, mark in ((19, "。"), (first - 1, "運"))] * 4
    flows = [
        Flow(line, 0, line.text, line.text, line.text[0], line.text[-1], False, True, line.em)
        for line in read_layout("\n".join(told) + "\n").lines
    ]
    assert printed._lost_indent(flows, profile) == lost


# --- numbers, addresses and statistics of the social sciences


def test_a_note_that_ends_in_an_address_takes_no_line_of_the_next_page() -> None:
    address = "參見河道局網頁，取自 https://www.example.org.tw/page/115"
    body = [line for text in paragraphs(9) for line in set_in_lines(text)]
    first, second = body[:16], body[16:28]
    first[4] = first[4][:-3] + "。1"
    second = [
        *second[:5],
        second[5][:-3] + "。2",
        *second[6:],
        "到了秋天也沒有退的，在河道的盡頭，就是老碼頭，人們說起它的時候總",
        "要提到那場大水。",
    ]
    pages = [[*first, f"1 {address}"], [*second, "2 陳望之：《橋志》，頁 8。"], body[28:40]]
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert notes(found) == {"1": address, "2": "陳望之：《橋志》，頁 8。"}


@pytest.mark.parametrize("legend", ["** p < .01", "*p<.05", "** 表示 p < .01", "*** p 值 < .001"])
def test_the_legend_of_a_table_is_no_note_on_its_stars(legend: str) -> None:
    star = legend.split()[0].rstrip("p<.05")
    above, below = (set_in_lines(text) for text in paragraphs(2))
    table = ["表 2 兩校之差異", "組別 人數 平均數 t 值", f"甲 44 6.82 3.47{star}", "乙 50 5.10", legend]
    found = recovered("\n".join([*above, *table, *below]) + "\n")
    assert not found.notes
    assert texts(found, BlockKind.PARAGRAPH)[-1] == "".join(below)


# --- subheads and heads at the foot


def test_subheads_of_a_list_of_works_that_the_list_of_contents_has_too() -> None:
    contents = [
        "目錄",
        *(
            f"{title}{'.' * 30}{page}"
            for title, page in (("第一章 緒論", 1), ("參考文獻", 3), ("壹、中文部分", 3), ("貳、英文部分", 3))
        ),
    ]
    text = [line for told in paragraphs(6, 55) for line in set_in_lines(told, "    ")]
    works = [
        "何子墨（1931）。平湖碼頭與縣城的變遷，從築堤到築港（未出版之論文）。",
        "    國立江南大學，臨江市。",
        "周敬亭（1940）。水閘志。北塘：遠山。",
    ]
    english = [
        "Hall, J. (1998). Rivers and towns of the lower country, and how they were",
        "    kept open. London: Pion.",
    ]
    pages = [contents, ["第一章 緒論", *text], ["參考文獻", "壹、中文部分", *works, "貳、英文部分", *english]]
    found = recovered("\f".join("\n".join(page) + "\n" for page in pages))
    assert not texts(found, BlockKind.QUOTE)
    assert works[0] + works[1].strip() in texts(found, BlockKind.PARAGRAPH)


def test_heads_of_two_chapters_at_the_feet_of_pages_whose_form_feeds_are_spaces() -> None:
    """The longer chapter's head tells no pages alone, where spaces tell them all."""
    chapters = [("第三章 海上的人", 6), ("第四章 岸上的人", 3)]
    body = [line for text in paragraphs(60, 57) for line in set_in_lines(text)]
    pages = []
    for head, count in chapters:
        pages += [
            [*([head] if not k else []), *body[(at := 24 * len(pages) + 24 * k) : at + 24], head]
            for k in range(count)
        ]
    dumped = "\n ".join("\n\n".join([*page, str(n)]) for n, page in enumerate(pages, 1))
    found = recovered(dumped + "\n")
    assert texts(found, BlockKind.HEADING) == [head for head, _ in chapters]
    assert sum(edit.rule == "L3" for edit in found.removed) == len(pages)
    assert sum(edit.rule == "L4" for edit in found.removed) == len(pages)
