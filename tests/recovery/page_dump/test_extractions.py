"""What single extractors do to a page: heads by chapter, labels behind their notes, lines in pieces."""

from __future__ import annotations

import re
import textwrap

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.document.traced import PieceKind
from tests.recovery.page_dump.dumps import TEXT, blocks, cut, dump, notes, prose, shown


@pytest.mark.parametrize("folio", ["{0}", "- {0} -", "第 {0} 頁"])
@pytest.mark.parametrize("feed", ["\f", ""], ids=["feeds", "none"])
def test_heads_that_change_with_the_chapter(folio: str, feed: str) -> None:
    titles = ["一、橋與路", "二、碼頭", "三、商會"]
    pages = []
    for n in range(1, 13):
        title = titles[(n - 1) // 4]
        head = "碼頭與縣城" if n % 2 == 0 else title
        begins = [title] if n % 4 == 1 else []
        pages.append("\n".join([head, *begins, *cut(prose(n)), *cut(prose(n + 50)), folio.format(n)]))
    manuscript = dump(f"\n{feed}".join(pages) + "\n")
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == titles
    assert sorted(shown(manuscript)) == sorted(
        [*titles, *(prose(n + k) for n in range(1, 13) for k in (0, 50))]
    )


def test_a_chapter_that_begins_with_its_title_keeps_it() -> None:
    pages = []
    for k, title in enumerate(("第一章 橋與路", "第二章 碼頭", "第三章 商會")):
        pages += ["\n".join([title, *cut(prose(4 * k + n)), *cut(prose(n))]) for n in range(4)]
    manuscript = dump("\n\f".join(pages) + "\n")
    headings = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["第一章 橋與路", "第二章 碼頭", "第三章 商會"]


def test_entries_of_a_quotation_that_go_on_are_no_headings() -> None:
    """A numbered line as wide as its neighbours, with a pause in it, stops in the middle of its sentence."""
    rule = "平湖縣之碼頭，今後不得由商會單獨管理，其修築之費由縣署與商會共同分擔之，不敷之數另籌。"
    entries = ["1.碼頭仍歸商會。", f"2.{rule}", f"3.{rule}"]
    narrow = [part for entry in entries for part in textwrap.wrap(entry, 25)]
    pages = [[*cut(prose(n)[:-1] + "，其辦法有三點："), *narrow, *cut(prose(n + 9))] for n in (1, 3, 5)]
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert not any(block.kind is BlockKind.HEADING for block in manuscript.blocks)
    assert [text for text in shown(manuscript) if text[0].isdigit()] == entries * 3


def test_a_page_number_below_a_heading() -> None:
    """pdfminer sorts what a head holds into two blocks, and a heading between them."""
    pages = [["河渠學報", "", f"{n}", "", *cut(prose(n)), *cut(prose(n + 20))] for n in range(101, 107)]
    pages[3][2:4] = ["一、碼頭", "", "104", ""]
    manuscript = dump("\n\f".join("\n".join(page) for page in pages) + "\n")
    assert sorted(shown(manuscript)) == sorted(
        ["一、碼頭", *(prose(n + k) for n in range(101, 107) for k in (0, 20))]
    )


def test_a_head_of_two_pages_beside_its_number() -> None:
    heads = [["1"], ["河渠學報", "2"], ["3"], ["河渠學報", "4"], ["5"]]
    pages = ["\n".join([*cut(prose(n)), *cut(prose(n + 20)), "", *head]) for n, head in enumerate(heads)]
    assert not any("河渠學報" in text for text in shown(dump("\n\f".join(pages) + "\n")))


def test_lines_that_came_out_in_pieces() -> None:
    lines = [*cut(TEXT + "。"), f"{TEXT[:17]}出版於", "", "1962", "", "年的河道與城市", ""]
    lines += [f"{TEXT[10:38]}，", *cut(TEXT + "。", lost=0)]
    manuscript = dump("\n".join(lines * 4) + "\n")
    assert " ".join(shown(manuscript)).count("出版於 1962 年的河道與城市") >= 3
    # what stands by itself between gaps stays apart:
    apart = dump("\n".join(["The River", "", "Chen Hsiao-ming", "", *cut(TEXT + "。") * 4]) + "\n")
    assert not any("River Chen" in t for t in shown(apart))


def test_circles_end_and_plain_numbers_go_on() -> None:
    """Word has circles up to ten; the eleventh note is called 11."""
    marks = [*"①②③④⑤⑥⑦⑧⑨⑩", *(str(n) for n in range(11, 16))]
    pages = []
    for first in range(0, 15, 3):
        body = "".join(f"{prose(first + k)}{marks[first + k]}" for k in range(3))
        found = [f"{marks[first + k]} 王某，《河道考》，頁{first + k}。" for k in range(3)]
        pages.append("\n".join([*cut(body), "", *found]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert notes(manuscript) == {str(n + 1): f"王某，《河道考》，頁{n}。" for n in range(15)}


@pytest.mark.parametrize("top", [True, False], ids=["top", "foot"])
def test_pages_told_by_alternating_heads_alone(top: bool) -> None:
    """No form feed: even pages have their number before the book's title, odd ones behind the chapter's."""
    titles = ["橋與路", "碼頭", "商會"]
    pages = []
    for n in range(2, 14):
        head = f"{n}\u3000河道" if n % 2 == 0 else f"{titles[n // 4 - 1 if n < 12 else 2]}\u3000{n}"
        begins = [titles[n // 4 - 1]] if n in (4, 8, 12) else []
        page = [
            *begins,
            *cut(f"{prose(n)}{n - 1}"),
            *cut(prose(n + 50)),
            f"{n - 1} 王某，《河道考》，頁{n}。",
        ]
        pages.append("\n".join([head, *page] if top else [*page, head]))
    manuscript = dump("\n".join(pages) + "\n")
    assert notes(manuscript) == {str(n - 1): f"王某，《河道考》，頁{n}。" for n in range(2, 14)}
    assert not any("\u3000" in text for text in shown(manuscript))


def test_a_first_page_without_a_number_ends_at_the_blank_line() -> None:
    pages = []
    for n in range(1, 8):
        head = [f"{n} 平湖縣志稿" if n % 2 == 0 else f"平湖縣志稿 {n}"] if n > 1 else []
        note = f"{n} 王某，《河道考》，頁{n}。"
        pages.append("\n".join([*cut(f"{prose(n)}{n}"), *cut(prose(n + 50)), note, *head]))
    manuscript = dump("\n\n".join(pages) + "\n")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 8)}


def raised(paragraphs: list[str], width: int = 30, blank: str = "") -> list[str]:
    """The lines of an extractor that begins a new one behind every raised number; «{»: a note is called."""
    out, calls = [], 0
    for text in paragraphs:
        called = [m.start() - k for k, m in enumerate(re.finditer("{", text))]
        at = 0
        for line in cut(text.replace("{", ""), width):
            pieces, end = [], at + len(line)
            for place in [c for c in called if at < c <= end]:
                calls += 1
                pieces.append(f"{text.replace('{', '')[at:place]}{calls}")
                at = place
            pieces += [text.replace("{", "")[at:end]] if at < end else []
            out += [*pieces[:1], *(blank + piece for piece in pieces[1:])]
            at = end
    return out


@pytest.mark.parametrize("blank", ["", " "], ids=["bare", "blank kept"])
def test_lines_broken_behind_every_raised_number(blank: str) -> None:
    """What was one printed line reaches as far as one; a paragraph ends where its last line is short."""
    paragraphs = [f"{prose(n)}{{{prose(n + 20)}{{{prose(n + 40)[: -9 - n]}。{{" for n in range(1, 4)]
    text = prose(5)  # a call two characters before the end of each line
    paragraphs.append(f"{text[:26]}{{{text[26:56]}{{{text[56:86]}{{{text[86:]}")
    lines = raised(paragraphs, blank=blank)
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 13)]
    manuscript = dump("\n".join([*lines, "", *bodies]) + "\n")
    assert [re.sub(r"\[\d+\]", "{", text) for text in shown(manuscript)] == paragraphs


@pytest.mark.parametrize("blank", ["", " "], ids=["bare", "blank at ends"])
def test_where_only_some_paragraphs_are_indented_the_widths_tell_the_others(blank: str) -> None:
    """Behind a full line, and behind a full and a short one that a call ends: no blank stands behind these."""
    full = f"{prose(9)[:87]}。"
    paragraphs = [
        prose(1),
        prose(2),
        full,
        prose(3),
        f"{prose(4)}1",
        prose(5),
        f"{full}2",
        prose(6),
        prose(8),
    ]
    lines = [cut(text) for text in paragraphs]
    for n in (0, 1, 2, 8):
        lines[n][0] = f"\u3000\u3000{lines[n][0]}"
    for text in lines:
        text[-1] += "" if text[-1][-1] in "12" else blank
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in (1, 2)]
    manuscript = dump("\n".join([*(line for text in lines for line in text), "", *bodies]) + "\n")
    assert shown(manuscript) == [re.sub(r"([12])$", r"[\1]", text) for text in paragraphs]


def test_a_quoted_word_ends_no_paragraph() -> None:
    """It ends a line of a narrow column, and the next line is as wide."""
    quote = (
        "縣志以為「河道」與「橋路」皆為縣治之本而歷任知縣所謂之「大修橋路」"
        + "實為「河道」而設並無他意。" * 2
    )
    lines = [*cut(prose(1)), *cut(quote, 27), *cut(prose(2)), *cut(prose(3))]
    assert shown(dump("\n".join(lines) + "\n"))[1] == quote


def test_a_front_in_english_begins_behind_a_full_line() -> None:
    text = prose(1)[: 30 * 3 - 3] + "。"
    english = ["The River and the Bridge in a County Town", "Chen Hsiao-ming", "Abstract"]
    body = "The river is the oldest road of the county, and its bridges are the youngest of all. " * 4
    lines = [*cut(prose(2)), *cut(prose(3)), *cut(prose(4)), *cut(text), *english, *textwrap.wrap(body, 60)]
    assert text in shown(dump("\n".join(lines) + "\n"))


def test_short_notes_that_repeat_each_other_are_no_pull_quote() -> None:
    body = cut("".join(f"{prose(n)}{n}" for n in range(1, 13)))
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 13)]
    assert len(notes(dump("\n".join([*body, "", *bodies]) + "\n"))) == 12


@pytest.mark.parametrize("sign", ["{n})", "{n}）", "-", "•"])
def test_entries_on_single_lines_behind_a_colon(sign: str) -> None:
    said = ("先收歸電報；", "再換局長；", "後議路權。")
    entries = [f"{sign.format(n=n)} {text}" for n, text in enumerate(said, 1)]
    text = prose(1)[:-1] + "："
    found = shown(dump("\n".join([*cut(text), *entries, *cut(prose(2)), *cut(prose(3))]) + "\n"))
    assert found == [text, *entries, prose(2), prose(3)]


@pytest.mark.parametrize("colon", [True, False], ids=["announced", "not"])
def test_lines_of_a_poem_stay_lines(colon: bool) -> None:
    verse = ["雨過平湖縣，", "燈昏水驛樓。", "船家收網去，", "月上石橋頭。"][: 2 if colon else 4]
    text = prose(1)[:-1] + ("：" if colon else "。")
    found = shown(dump("\n".join([*cut(text), *verse, *cut(prose(2)), *cut(prose(3))]) + "\n"))
    assert found == [text, *verse, prose(2), prose(3)]


def test_clauses_of_a_narrow_text_are_no_poem() -> None:
    text = "雨過平湖縣，燈昏水驛樓，船家收網去，月上石橋頭，" * 3 + "人回家了。"
    lines = [text[k : k + 6] for k in range(0, len(text), 6)]
    assert shown(dump("\n".join(lines) + "\n")) == [text]


def test_entries_that_count_are_paragraphs_of_their_own() -> None:
    entries = ["1. 載米的船，泊在南岸；", "2. 載木的船，泊在北岸，" + TEXT[:40] + "；", "3. 客船。"]
    lines = [*cut(prose(1)[:-1] + "："), entries[0], *cut(entries[1]), entries[2], *cut(prose(2))]
    assert shown(dump("\n".join(lines) + "\n")) == [prose(1)[:-1] + "：", *entries, prose(2)]


@pytest.mark.parametrize("full", [0, 7], ids=["full", "short"])
def test_a_title_without_a_number_between_paragraphs(full: int) -> None:
    """The paragraph before it may end with a full line; the line behind it begins a paragraph."""
    one = prose(1)[: 30 * 3 - 3 - full] + "。"
    lines = [*cut(prose(3)), *cut(one), "橋與路的來歷", *cut(prose(2))]
    assert shown(dump("\n".join(lines) + "\n")) == [prose(3), one, "橋與路的來歷", prose(2)]


def test_a_sentence_about_a_table_is_no_caption() -> None:
    text = f"表一列出幾種常見的船。{TEXT[:50]}。"
    lines = [*cut(prose(1)), *cut(text), *cut(prose(2))]
    assert shown(dump("\n".join(lines) + "\n"))[1] == text


def test_a_heading_behind_short_keywords_is_none() -> None:
    lines = ["碼頭與縣城", "顧汀", "摘要", *cut(prose(1)), "關鍵詞：碼頭、縣城、商會", "引言：一座橋的路程"]
    manuscript = dump("\n".join([*lines, *cut(prose(2)), *cut(prose(3))]) + "\n")
    assert [t.visible() for t in manuscript.fronts[0].keywords] == ["碼頭", "縣城", "商會"]
    assert shown(manuscript) == ["引言：一座橋的路程", prose(2), prose(3)]


def test_the_journal_at_the_foot_of_its_first_page() -> None:
    """Some extractors give the head of the first page last; where nothing else tells, the page ends there."""
    pages = []
    for n in range(1, 8):
        head = [f"{n} 平湖縣志稿" if n % 2 == 0 else f"平湖縣志稿 {n}"]
        first = ["江南學報　第十二期", "2021 年 6 月　頁 145-178"]
        note = f"{n} 王某，《河道考》，頁{n}。"
        pages.append([*cut(f"{prose(n)}{n}"), *cut(prose(n + 50)), note, *(head if n > 1 else first)])
    manuscript = dump("\n".join(line for page in pages for line in page) + "\n")
    assert notes(manuscript) == {str(n): f"{n} 王某，《河道考》，頁{n}。"[2:] for n in range(1, 8)}
    assert not any("學報" in text for text in shown(manuscript))


def test_an_english_front_with_a_long_title_and_a_scholar_of_no_place() -> None:
    body = "The river is the oldest road of the county, and its bridges are the youngest of all. " * 4
    english = [
        "The River and the Bridge: Five Scenes from the",
        "History of a County Town",
        "Chen Hsiao-ming",
    ]
    english += ["Independent scholar", "Abstract", *textwrap.wrap(body, 60), "Keywords: river, bridge"]
    text = [line for n in range(1, 20) for line in cut(prose(n))]
    manuscript = dump("\n".join(["碼頭與縣城", "顧汀", *text, *english]) + "\n")
    front = manuscript.fronts[-1]
    assert front.title.visible() == "The River and the Bridge: Five Scenes from the History of a County Town"
    assert [t.visible() for t in front.affiliation] == ["Independent scholar"]
    assert shown(manuscript) == [prose(n) for n in range(1, 20)]


def test_a_page_number_is_the_one_set_apart() -> None:
    """A note's label alone on its line and a page number: the blank line behind tells which divides the pages."""
    pages = []
    for n in range(1, 9):
        label = [f"{n}", f"王某，《河道考》，頁{n}。"] if n == 2 else [f"{n} 王某，《河道考》，頁{n}。"]
        pages.append("\n".join([*cut(f"{prose(n)}{n}"), *label, *cut(prose(n + 50))[:0], str(n)]))
    manuscript = dump("\n\n".join(pages) + "\n")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 9)}


@pytest.mark.parametrize("twice", [False, True], ids=["once", "twice"])
def test_the_title_that_the_running_heads_repeat(twice: bool) -> None:
    title, pages = "平湖縣志稿", []
    for n in range(1, 7):
        body = [*cut(prose(n)), *cut(prose(n + 20)), str(n)]
        begins = [*([title] if twice else []), title, "顧汀"] if n == 1 else [title]
        pages.append("\n".join([*begins, *body]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert manuscript.fronts[0].title.visible() == title
    assert shown(manuscript) == [prose(n + k) for n in range(1, 7) for k in (0, 20)]


# --- tables


def test_calls_in_the_cells_of_a_rebuilt_table() -> None:
    table = [
        "表一 碼頭的數目",
        "年份      碼頭      船戶",
        "1890      七處1     三十戶",
        "1900      三處      十二戶2",
    ]
    bodies = ["", "1 王某，《河道考》，頁1。", "2 同上，頁2。", "3 同上，頁3。"]
    lines = [*cut(prose(1)), *table, *cut(f"{prose(2)}3"), *bodies]
    manuscript = dump("\n".join(lines) + "\n\f" + "\n".join(cut(prose(3))) + "\n")
    rows = next(b.rows for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    cells = [
        ["".join(f"[{p.text}]" if p.kind is PieceKind.CALL else p.text for p in c.pieces) for c in r]
        for r in rows
    ]
    assert cells == [["年份", "碼頭", "船戶"], ["1890", "七處[1]", "三十戶"], ["1900", "三處", "十二戶[2]"]]
    assert list(notes(manuscript)) == ["1", "2", "3"]


# --- numbers and titles parted by blank lines


def test_the_number_of_a_heading_on_a_line_of_its_own() -> None:
    titles = ["橋與路的來歷", "碼頭", "商會與縣衙", "渡口"]
    lines = [*cut(prose(9))]
    for n, title in enumerate(titles):
        lines += ["一二三四"[n], "", title, *cut(prose(n)), *cut(prose(n + 20))]
    manuscript = dump("\n".join(lines) + "\n")
    headings = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert headings == [f"{number} {title}" for number, title in zip("一二三四", titles, strict=True)]


def test_a_raised_number_between_blank_lines_ends_no_paragraph() -> None:
    """The pieces of the printed line stand between blank lines and fill it together."""
    text = f"{prose(1)[:-1]}，{prose(2)[:47]}。{{{prose(3)}{{{prose(4)}{{"
    lines = []
    for line in raised([text, prose(5)]):
        lines += [line, ""] if line[-1].isdigit() and len(line) < 27 else [line]
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 4)]
    manuscript = dump("\n".join([*lines, "", *bodies]) + "\n")
    assert len(shown(manuscript)) == 2


def test_a_title_that_breaks_off_takes_its_second_line() -> None:
    lines = ["駝鈴與茶箱：北路貿易的語言、信用與", "時間", "溫若川", *cut(prose(1)), *cut(prose(2))]
    front = dump("\n".join(lines) + "\n").fronts[0]
    assert front.title.visible().replace(" ", "") == "駝鈴與茶箱：北路貿易的語言、信用與時間"
    assert [t.visible() for t in front.authors] == ["溫若川"]


def test_a_title_of_two_lines_above_its_author() -> None:
    lines = ["經緯與丈尺：平湖縣輿圖測", "繪的三種尺度", "顧汀", *cut(prose(1)), *cut(prose(2))]
    front = dump("\n".join(lines) + "\n").fronts[0]
    assert front.title.visible().replace(" ", "") == "經緯與丈尺：平湖縣輿圖測繪的三種尺度"
    assert [t.visible() for t in front.authors] == ["顧汀"]


# --- the layout of -layout


def test_rows_of_three_columns_are_a_table_without_a_caption() -> None:
    rows = [
        "      次序      開始          主要的爭執",
        "      第一次     1762年        逃人的審理",
        "      第二次     1778年        稅則",
    ]
    lines = [*cut(prose(1)), "", *rows, "", *cut(prose(2)), *cut(prose(3))]
    manuscript = dump("\n".join(lines) + "\n")
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert [[c.visible() for c in row] for row in table.rows][2] == ["第二次", "1778年", "稅則"]


def test_every_second_page_has_a_margin_but_its_notes() -> None:
    pages = []
    for n in range(1, 9):
        margin = "    " if n % 2 == 0 else ""
        text = [*cut(f"{prose(n)}{n}"), *cut(prose(n + 20)), *cut(prose(n + 40))]
        first = {0: "  ", **{k: "  " for k in range(len(text)) if text[k - 1][-1:] in "。0123456789"}}
        body = [f"{margin}{first.get(k, '')}{line}" for k, line in enumerate(text)]
        pages.append("\n".join([*body, "", f"{n} 王某，《河道考》，頁{n}。"]))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert not any(b.kind is BlockKind.QUOTE for b in manuscript.blocks)
    assert len(manuscript.blocks) == 24


def test_a_masthead_with_wide_spaces_above_the_title() -> None:
    head = [
        "江南學報    第十二期                          2021 年 6 月   頁 145-178",
        "",
        "          河道與縣城",
    ]
    front = [
        *head,
        "              顧汀",
        "",
        "              摘要",
        "",
        *cut(prose(1)),
        "",
        "關鍵詞：河道、縣城",
        "",
    ]
    manuscript = dump("\n".join([*front, "一、前言", "", *cut(prose(2)), *cut(prose(3))]) + "\n")
    (found,) = manuscript.fronts
    assert found.title.visible() == "河道與縣城"
    assert [t.visible() for t in found.authors] == ["顧汀"]
    assert [t.visible() for t in found.keywords] == ["河道", "縣城"]


def test_an_author_set_in_the_middle_below_a_full_title() -> None:
    title = "    Water and the City: Five Scenes from the History of Urban Life"
    english = [title, "                          Hsiao-ming Chen", "                              Abstract"]
    body = textwrap.wrap(
        "The river is the oldest road of the county, and its bridges are the youngest of all. " * 4, 60
    )
    text = "\n".join(
        line for n in range(1, 16) for line in [f"  {prose(n)[:28]}", *cut(prose(n)[28:], lost=0)]
    )
    (english_front,) = dump("\n".join([text, *english, *body]) + "\n").fronts
    assert english_front.title.visible() == title.strip()
    assert [t.visible() for t in english_front.authors] == ["Hsiao-ming Chen"]


def test_a_short_title_at_the_head_of_a_page() -> None:
    text = prose(1)[: 30 * 3 - 3] + "。"  # its last line is full
    lines = [*cut(prose(2)), *cut(text), "\f餘音", *cut(prose(3))]
    assert shown(dump("\n".join(lines) + "\n")) == [prose(2), text, "餘音", prose(3)]


def test_an_author_with_a_star_above_his_institute() -> None:
    lines = ["河道與縣城的碼頭", "溫若川1", "內陸史料研究室", *cut(f"{prose(1)}2"), *cut(f"{prose(2)}3"), ""]
    notes_ = [f"{n} 王某，《河道考》，頁{n}。" for n in (1, 2, 3)]
    (front,) = dump("\n".join([*lines, *notes_]) + "\n").fronts
    assert [t.visible() for t in front.affiliation] == ["內陸史料研究室"]


def test_a_printed_line_whose_last_piece_is_nearly_as_long_where_some_others_came_out_in_pieces() -> None:
    """Most calls stand inside their lines; behind these four the extractor began a new one."""
    torn = [[f"{TEXT[:11]}。{n}", TEXT[12:30]] for n in (1, 2, 3)]
    torn.append(["橋。4", TEXT[2:30]])
    calls = [f"{TEXT[:5]}{n}{TEXT[5:29]}" for n in range(5, 17)]
    lines = [line for pieces in torn for line in [TEXT[:30], *pieces, TEXT[:30]]]
    bodies = [f"{n} 王某，《河道考》，頁{n}。" for n in range(1, 17)]
    others = [line for n in range(1, 9) for line in cut(prose(n))]
    manuscript = dump("\n".join([*others, *lines, *calls, "", *bodies]) + "\n")
    assert any(f"橋。[4]{TEXT[2:30]}" in text for text in shown(manuscript))


def test_a_sentence_that_ends_the_first_line_of_a_quotation_does_not_end_it() -> None:
    quote = f"{TEXT[:26]}。{TEXT[27:75]}。"
    lines = [cut(prose(1)), cut(prose(2)), cut(quote, 27, 0), cut(prose(3)), cut(prose(4))]
    assert blocks(lines)[2:4] == [("quote", quote), ("paragraph", prose(3))]


def test_a_quotation_behind_a_colon_that_ends_a_full_line() -> None:
    said, quote = f"{prose(2)[:57]}：", f"{TEXT[:75]}。"
    lines = [cut(prose(1)), cut(said), cut(quote, 27, 0), cut(prose(3)), cut(prose(4))]
    assert blocks(lines)[1:4] == [("paragraph", said), ("quote", quote), ("paragraph", prose(3))]


def test_a_paragraph_that_kept_its_measure_behind_a_quotation_that_ends_with_a_full_line() -> None:
    quote = f"{prose(3)[:79]}。"
    lines = [cut(prose(1)), cut(prose(2)), cut(quote, 27, 0), cut(prose(4), lost=0), cut(prose(5))]
    assert [kind for kind, _ in blocks(lines)[:5]] == [*["paragraph"] * 2, "quote", *["paragraph"] * 2]


def test_entries_of_one_quotation_of_which_some_are_a_line_each() -> None:
    entries = [f"一、{TEXT[:12]}。", f"二、{TEXT[12:66]}。", f"三、{TEXT[66:80]}。"]
    lines = [cut(prose(1)), *(cut(entry, 27, 0) for entry in entries), cut(prose(2)), cut(prose(3))]
    assert blocks(lines)[1:4] == [("quote", entry) for entry in entries]


@pytest.mark.parametrize("place", ["above", "below"])
def test_numbers_that_came_out_above_the_lines_that_they_end(place: str) -> None:
    """PyMuPDF sorts its blocks by their upper edges, and a raised number has the higher one."""
    pages, wanted = [], []
    for n in range(1, 5):
        *full, last = cut(prose(n))
        order = [str(n), last] if place == "above" else [last, str(n)]
        pages.append("\n\n".join([*full, *order, *cut(prose(n + 20)), f"{n} 《河道考》，頁 {n}。"]))
        wanted += [f"{prose(n)}[{n}]", prose(n + 20)]
    assert shown(dump("\n\n\f".join(pages) + "\n")) == wanted


def test_paragraphs_in_letters_end_where_the_next_word_had_room() -> None:
    words = "The keepers of the seven wharves wrote down each boat that passed the water gate"
    lines = [
        f"{words} and",
        f"{words} at",
        "noon, and none of the books is lost, as far as we can tell today.",
    ]
    later = [f"Unlike the wharves, the bridges had no keepers. {words[:32]}", "of the seven ate."]
    text = ["碼頭與縣城", "沈某某", "摘要", *cut(prose(1)), "關鍵詞：河道、碼頭", "Abstract", *lines, *later]
    text += ["Keywords: rivers, wharves, keepers of books, gates, and", "bridges", "第一章 緒論"]
    text += [line for n in range(2, 9) for line in cut(prose(n))]
    manuscript = dump("\n".join(text) + "\n")
    english = next(front for front in manuscript.fronts if front.lang == "en")
    assert [block.visible()[:10] for block in english.abstract] == ["The keeper", "Unlike the"]
    assert shown(manuscript)[:2] == ["第一章 緒論", prose(2)]


def test_a_number_whose_entry_came_out_below_it_counts_with_entries_beside_theirs() -> None:
    entries = ["載米的船，泊在南岸，" + TEXT[:40] + "；", "載木的船，泊在北岸，" + TEXT[:40] + "。"]
    lines = [*cut(f"{prose(40)[:-1]}："), "1.", *cut(entries[0]), *cut(f"2. {entries[1]}"), *cut(prose(2))]
    assert shown(dump("\n".join(lines) + "\n"))[1:3] == [f"1. {entries[0]}", f"2. {entries[1]}"]
