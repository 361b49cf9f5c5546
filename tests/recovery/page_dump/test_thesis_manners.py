"""How theses of many universities are set: their covers, contents, notes behind chapters, quotations, lists of works."""

from __future__ import annotations

import random

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.traced import PieceKind
from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from pipeline.recovery.notes.weights import weigh_call
from pipeline.recovery.page_dump.front.cover import read_cover
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
from tests.soiler.compare import shown
from tests.soiler.prose import Prose
from tests.soiler.typeset import atoms, lines

WIDTH = 34.0


def paragraphs(count: int, seed: int = 1, least: int = 4) -> list[str]:
    prose = Prose(random.Random(f"manners {seed}"), latin=False)
    return ["".join(prose.sentences(least, 6)) for _ in range(count)]


def set_in_lines(text: str, indent: str = "", narrower: float = 0.0, first: bool = True) -> list[str]:
    """Lines of one width, the first with an indent, told or lost."""
    wide = WIDTH - narrower
    found = lines(atoms((text,), {}), wide - 2 * first, wide)
    return [(indent if not k else "") + line for k, (line, _) in enumerate(found)]


def recovered(text: str) -> Manuscript:
    manuscript = recover(text, "page-dump")
    assert account(manuscript) == []
    return manuscript


def texts(manuscript: Manuscript, kind: BlockKind) -> list[str]:
    return [shown(block.content) for block in manuscript.blocks if block.kind is kind]


def notes(manuscript: Manuscript) -> dict[str, str]:
    return {n.label: "".join(shown(b.content) for b in n.blocks) for n in manuscript.notes}


def called(manuscript: Manuscript) -> list[str]:
    return [p.text for b in manuscript.blocks for p in b.content.pieces if p.kind is PieceKind.CALL]


def pages_of(body: list[str], height: int = 26) -> list[list[str]]:
    return [body[i : i + height] for i in range(0, len(body), height)]


def with_calls(text: str, calls: list[str]) -> str:
    """The text with these calls behind its first sentences."""
    parts = text.split("。")
    return "".join(
        part + ("。" + (calls[k] if k < len(calls) else "") if k < len(parts) - 1 else "")
        for k, part in enumerate(parts)
    )


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


# --- pages again


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


# --- notes


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


# --- headings and quotations


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


def quoted(behind: str) -> list[str]:
    """Paragraphs with indents, and between two of them a flush quotation."""
    told = paragraphs(12, 17)
    told[5] += "他在日記中寫道："
    out = []
    for k, text in enumerate(told):
        out += [(set_in_lines(text, "    "), False)]
        if k == 5:
            out += [(set_in_lines(behind, "", 2.0, first=False), True)]
    return [line + " " * (n == len(part) - 1) for part, _ in out for n, line in enumerate(part)]


def test_a_flush_paragraph_behind_a_colon_where_all_others_are_indented() -> None:
    quotation = paragraphs(1, 18)[0]
    found = recovered("\n\n".join(quoted(quotation)) + "\n")
    assert texts(found, BlockKind.QUOTE) == [quotation]


def test_a_narrow_column_one_line_of_which_has_numbers_and_spaces() -> None:
    """How wide these were set only the font knows: the lines without them tell the column."""
    told = paragraphs(14, 31)
    narrow = [
        "河道在秋天總是最先安靜下來船夫把竹篙靠在橋邊等著潮水退去孩",
        "子們便在 1 月 5 日、2 月 6 日、3 月 7 日或者 4 月 8 日、9 日跑到石階",
        "去數那些露出來的木樁平湖縣的碼頭原有七處到了光緒末年還在那",
        "裡只剩三處。",
    ]
    told[6] += "其內容如下："
    out = []
    for k, text in enumerate(told):
        out += [
            line + " " * (n == len(part) - 1) for part in [set_in_lines(text)] for n, line in enumerate(part)
        ]
        out += [line + " " * (line is narrow[-1]) for line in narrow] if k == 6 else []
    assert len(texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)) == 1


@pytest.mark.parametrize(
    ("said", "spoken"),
    [("他在日記裡這樣描述那一年的碼頭：", 1), ("敬愛的張先生：", 2)],
)
def test_a_line_that_ends_in_a_colon_introduces_the_quotation_below_it(said: str, spoken: int) -> None:
    """Where indents are lost it stands as close to it as a paragraph of it would; behind another colon it is one."""
    told = paragraphs(12, 33)
    if spoken > 1:
        told[5] += "來信全文如下："
    quotation = paragraphs(1, 34)[0]
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text)]
        if k == 5:
            parts += [[said], set_in_lines(quotation, "", 4.0, first=False)]
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
        out += [" "] if k in (3, 5, 8) else []
    found = texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)
    assert found == [said, quotation][2 - spoken :]


@pytest.mark.parametrize(("narrower", "quotes"), [(2, 0), (4, 1)])
def test_a_paragraph_whose_first_line_lost_its_indent_is_no_quotation(narrower: int, quotes: int) -> None:
    """The next line is short for what begins the one behind it; a line narrower than an indent makes it is a quotation's."""
    said = "河道在秋天總是最先安靜下來船夫把竹篙靠在橋邊等著潮水退去孩子們便跑到石階上去數那些露出來的木樁平湖縣的碼頭原有七處到光緒末年只剩三"
    first = int(WIDTH) - narrower
    odd = [said[:first], said[first : 2 * first], "樁。 "]
    told = [set_in_lines(text) for text in paragraphs(10, 61)]
    told = [[line + " " * (n == len(part) - 1) for n, line in enumerate(part)] for part in told]
    out = [line for k, part in enumerate(told) for line in (*part, " ", *([*odd, " "] if k == 4 else []))]
    assert len(texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)) == quotes


@pytest.mark.parametrize(("said", "quotes"), [("他在日記中說：", 1), ("大致可分為幾點：", 0)])
def test_what_a_colon_lets_somebody_say_where_nothing_is_indented(said: str, quotes: int) -> None:
    told = paragraphs(12, 19)
    quotation = "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑去數木樁。"
    told[5] += said
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(text)
        out += set_in_lines(quotation, "", 2.0, first=False) if k == 5 else []
    assert len(texts(recovered("\n".join(out) + "\n"), BlockKind.QUOTE)) == quotes


@pytest.mark.parametrize("alone", [False, True])
def test_the_lines_of_a_poem_behind_a_colon(alone: bool) -> None:
    verse = ["石橋水落見魚梁，小市人稀日正長。", "欲問當年築堤事，一犁煙雨綠秧鄉。"]
    told = paragraphs(8, 21)
    said = "他有一首詩寫道："
    told[3] += "" if alone else said
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(text, "    ") + (["    " + said] * alone + verse if k == 3 else [])
    found = recovered("\n".join(out) + "\n")
    assert texts(found, BlockKind.QUOTE) == verse


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


# --- covers


def said(*texts_: str) -> list[tuple[str, str]]:
    found = read_cover(texts_)
    return [
        (line.said.value, text[line.head : len(text) - line.tail])
        for line, text in zip(found, texts_, strict=True)
    ]


def test_the_form_on_a_cover_of_the_mainland() -> None:
    found = said(
        "分类号：K256　　　单位代码：10999",
        "江南大学",
        "硕 士 学 位 论 文",
        "碼頭與縣城",
        "作者姓名：林采薇",
        "指导教师：陈望之 教授",
        "学科专业：中国近现代史",
        "答辩日期：2014年5月28日",
    )
    assert [text for role, text in found if role == "title"] == ["碼頭與縣城"]
    assert [text for role, text in found if role == "author"] == ["林采薇"]


def test_a_cover_whose_author_has_no_label() -> None:
    found = said(
        "碼頭與縣城",
        "林采薇",
        "哲學碩士論文",
        "A Thesis Submitted in Partial Fulfilment of",
        "the Requirements for the Degree of Master",
        "江南大學",
        "二〇一四年八月",
    )
    assert found[:2] == [("title", "碼頭與縣城"), ("author", "林采薇")]


def test_a_bracket_that_goes_on_below_a_title() -> None:
    found = said("碼頭與縣城：以水利會為中心的考察（1861", "—1948）", "碩士論文", "研究生：林采薇")
    assert [role for role, _ in found[:2]] == ["title", "title"]


@pytest.mark.parametrize(
    "title",
    [
        ("碼頭與縣城：", "清末水利會的考察"),
        ("碼頭、橋梁、", "閘門與縣城"),
        ("誰的縣城？",),
        ("The Dock and the Town: Water Boards of Haimen,", "1875-1925"),
    ],
)
def test_a_title_whose_line_ends_in_a_mark(title: tuple[str, ...]) -> None:
    """It goes on below, or is a question."""
    above = [] if title[0] > "z" else ["碼頭考"]
    found = said("江南大學歷史學系碩士論文", *above, *title, "指導教授：陳望之", "研究生：林采薇")
    assert [text for role, text in found if role != "masthead"] == [*above, *title, "林采薇"]
    assert read_cover(["江南大學歷史學系碩士論文", "碼頭考", "本文討論碼頭、", "研究生：林采薇"]) == []


def test_an_abstract_before_which_no_title_stands() -> None:
    abstract, body = paragraphs(1, 24)[0], paragraphs(12, 25)
    out = ["摘要", *set_in_lines(abstract, "    "), "關鍵詞：碼頭、縣城", "第一章 緒論"]
    out += [line for text in body for line in set_in_lines(text, "    ")]
    front = recovered("\n".join(out) + "\n").fronts[0]
    assert not front.title
    assert [t.visible() for t in front.abstract] == [abstract]


def test_no_paragraph_ends_within_the_title_of_a_work() -> None:
    told = paragraphs(10, 26)
    out = [set_in_lines(text) for text in told]
    out[4] = [*out[4][:2], "見《平湖", "碼頭志》的記載，", *out[4][2:]]
    found = recovered("\n".join(line for part in out for line in part) + "\n")
    assert any("《平湖碼頭志》" in text for text in texts(found, BlockKind.PARAGRAPH))


@pytest.mark.parametrize(
    ("sourced", "resumes"),
    [(True, ""), (False, ""), (False, "由此可見，")],
    ids=["source", "none", "comment"],
)
def test_the_text_goes_on_behind_a_quotation_that_tells_its_source(sourced: bool, resumes: str) -> None:
    told = paragraphs(12, 35)
    told[5] += "他說："
    quotation = paragraphs(1, 34)[0] + ("（張某，2016-5-12）" if sourced else "")
    short = f"{resumes}碼頭的興廢不一定與河道有關。"
    out = []
    for k, text in enumerate(told):
        parts = [set_in_lines(text)]
        parts += [set_in_lines(quotation, "", 4.0, first=False), [short]] if k == 5 else []
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
        out += [" "] if k in (3, 8) else []
    found = texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE)
    assert found == ([quotation] if sourced or resumes else [quotation, short])


@pytest.mark.parametrize("mark", ["", "一、"], ids=["quotation", "entry"])
def test_a_flush_quotation_though_other_short_lines_are_flush_and_space_stands_around_headings(
    mark: str,
) -> None:
    told = paragraphs(12, 17)
    told[6] += "很久以後，他在那一年的日記中寫道："
    quotation = (
        f"{mark}河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑去數木樁。"
    )
    out: list[str] = []
    for k, text in enumerate(told):
        parts = [[f"{'一二三'[k // 4]}、碼頭"], [""], ["說明如下。"]] if k % 4 == 0 else []
        parts += [set_in_lines(text, "    ")]
        parts += [set_in_lines(quotation, "", 2.0, first=False)] if k == 6 else []
        out += [line + " " * (n == len(part) - 1) for part in parts for n, line in enumerate(part)]
    assert texts(recovered("\n\n".join(out) + "\n"), BlockKind.QUOTE) == ([] if mark else [quotation])


def test_the_lines_of_a_song_behind_a_colon_are_of_any_length() -> None:
    song = ["月光光，照水塘，", "水塘無水照心慌；", "阿媽擔桶去輪水，", "輪到天光未有湯。"]
    told = paragraphs(8, 21)
    out = []
    for k, text in enumerate(told):
        out += set_in_lines(f"{text}當時有一首歌謠：" if k == 3 else text, "    ") + (song if k == 3 else [])
    found = [block.content.visible() for block in recovered("\n".join(out) + "\n").blocks]
    assert [text for text in found if text in song] == song


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


def test_signs_of_half_width_make_no_paragraph_a_quotation() -> None:
    """How wide letters, digits and the spaces beside them were set only the font knows."""
    body = [line for text in paragraphs(5) for line in set_in_lines(text)]
    lines_of = [
        "這並非船夫的選擇，而是河道的限制，因為碼頭的帳房對工錢二字有不",
        "同理解，據說船 5 點就開了，不等人。1922 年的統計顯示，全縣的碼頭一共",
        "有 22 所碼頭當中，工人不足 50 人者有 4 所，亦即老船夫一年換一個，孩",
        "子記不住名字。碼頭的帳房對於工錢又有什麼不同的理解，見河工的記載",
        "（2008；2013），較少觸及碼頭。",
    ]
    found = recovered("\n".join([*body, "二、碼頭的工人", *lines_of, *body]) + "\n")
    assert not texts(found, BlockKind.QUOTE)


def test_a_caption_is_no_part_of_a_quotation() -> None:
    body = [line for text in paragraphs(5) for line in set_in_lines(text, "    ")]
    quote = ["    " + line for line in set_in_lines(paragraphs(1, 9)[0], narrower=4.0, first=False)]
    found = recovered("\n".join([*body, *quote, "    圖 3-1 碼頭平面圖", *body]) + "\n")
    assert "圖 3-1 碼頭平面圖" in texts(found, BlockKind.PARAGRAPH)
    assert any(quote[0].strip() in text for text in texts(found, BlockKind.QUOTE))


# --- blocks set closer than the text


def set_apart(lines_of: list[str]) -> list[str]:
    """The lines with a blank one between them, as extractors that keep the page's look give wide leading."""
    return [part for line in lines_of for part in (line, "")]


def closer(*said: str) -> Manuscript:
    """A block of lines without blank ones between them, below a paragraph that announces it; form feeds begin the pages."""
    told = [set_apart(set_in_lines(text, "    ")) for text in paragraphs(12, 41)]
    told[5][-2:] = [told[5][-2] + "他說："]
    body = [
        line for part in (*told[:6], ["    " + line for line in said] + [""], *told[6:8]) for line in part
    ]
    feed = "\n\f"
    return recovered("\n".join(body) + feed + "\n".join(line for part in told[8:] for line in part) + "\n")


def test_turns_of_a_conversation_set_closer_are_a_quotation_each_on_its_line() -> None:
    said = [
        "問：你最喜歡碼頭的什麼？",
        "答：船。",
        "問：為什麼？",
        "答：（想了很久）因為船會離開，離開了又會回來，回來的時",
        "候還帶著別的地方的東西。",
    ]
    found = texts(closer(*said), BlockKind.QUOTE)
    assert found == [*said[:3], said[3] + said[4]]


def test_a_single_line_set_closer_behind_a_colon_is_a_quotation() -> None:
    assert texts(closer("不是不想讓他來，是船不等人。"), BlockKind.QUOTE) == ["不是不想讓他來，是船不等人。"]


def test_the_text_flush_below_a_block_set_closer_is_no_piece_of_its_last_line() -> None:
    said = "不是不想讓他來，是船不等人，一等就是三個鐘頭，到了家天"
    told = [set_apart(set_in_lines(text, "    ")) for text in paragraphs(8, 41)]
    told[3][-2] += "他說："
    below = "這番話並不難懂。船期決定了一切，學校的鐘點也要依著它改動，碼頭的人"
    body = [line for part in told[:4] for line in part][:-1]
    body += ["    " + said, "    都黑了。（訪甲-3）", below, "", "都這麼說。", ""]
    found = recovered("\n".join(body + [line for part in told[4:] for line in part]) + "\n")
    assert texts(found, BlockKind.QUOTE) == [said + "都黑了。（訪甲-3）"]
    assert below + "都這麼說。" in texts(found, BlockKind.PARAGRAPH)


IN_LETTERS = (  # letters are narrower than half a Han character
    "The river is let to a headman, who sublets the wharves to the men of the village",
    "or clan. There is no furniture, save the bunks, and all that I saw were orderly.",
    "I was received with civility.",
)


@pytest.mark.parametrize("said", [True, False])
def test_a_sentence_in_letters_behind_a_colon_is_a_quotation(said: bool) -> None:
    told = paragraphs(6, 52)
    told[2] = told[2][:-1] + ("，他寫道：" if said else "。")
    body = [[line for text in part for line in set_in_lines(text)] for part in (told[:3], told[3:])]
    found = recovered("\n".join([*body[0], *IN_LETTERS, *body[1]]) + "\n")
    assert texts(found, BlockKind.QUOTE) == ([" ".join(IN_LETTERS)] if said else [])


def test_the_text_goes_on_behind_the_turns_of_a_conversation() -> None:
    said = [
        "甲01：你最喜歡碼頭的什麼？",
        "B12：船。我小時候就住在船上，爸爸媽媽都在船上，阿公",
        "也在船上。",
        "甲01：還有呢？",
    ]
    said += ["B12：沒有了。", "短短一句「沒有了」，說出了許多。"]
    told = [set_in_lines(text) for text in paragraphs(8, 53)]
    found = recovered(
        "\n".join(
            [line for part in told[:4] for line in part] + said + [line for part in told[4:] for line in part]
        )
        + "\n"
    )
    assert said[-1] not in texts(found, BlockKind.QUOTE)


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


def test_a_sentence_of_short_clauses_behind_a_poem_is_none_of_its_lines() -> None:
    poem = ["河上老人坐船臺，", "金童玉女兩邊開；", "保佑街坊齊出入，", "四時八節降福來。"]
    told = paragraphs(8, 59)
    told[3] = told[3][:-1] + "，船夫唱道："
    out = [set_in_lines(text) for text in told]
    below = "歌詞由船夫口述，並無文字記錄。"
    lines_of = [line for part in out[:4] for line in part] + poem + [below]
    found = recovered("\n".join(lines_of + [line for part in out[4:] for line in part]) + "\n")
    assert texts(found, BlockKind.QUOTE) == poem
    assert below in texts(found, BlockKind.PARAGRAPH)
