"""What stands around the text of a thesis or an article: cover, lists, dates, works cited."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.document.traced import PieceKind
from pipeline.recovery import recover
from pipeline.recovery.ledger import account
from pipeline.recovery.page_dump.front.cover import read_cover
from pipeline.recovery.page_dump.front.parts import find_front
from pipeline.recovery.page_dump.front.roles import Para, Role

SENTENCES = (
    "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水從閘口退去，孩子們便跑到石階上去數木樁。"
    "平湖縣的碼頭原有七處，到了光緒末年只剩三處，其餘四處因為泥沙淤積而廢棄，縣衙幾次撥款修治，都沒有成功。"
)
WIDTH = 34


def set_in_lines(text: str, first: int = 4, other: int = 0) -> list[str]:
    """Lines of one width; ``first`` and ``other`` are indents in half-widths, which a line's width contains."""
    out, indent = [], first
    while text:
        room = WIDTH - indent // 2
        out.append(" " * indent + text[:room])
        text, indent = text[room:], other
    return out


def dump(*pages: list[str]) -> Manuscript:
    manuscript = recover("\f".join("\n".join(page) + "\n" for page in pages), "page-dump")
    assert account(manuscript) == []
    return manuscript


def texts(manuscript: Manuscript, kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [b.content.visible() for b in manuscript.blocks if b.kind is kind]


BODY = set_in_lines(SENTENCES * 2) + set_in_lines(SENTENCES)
COVER = [
    "國立江南大學歷史學系",
    "博士論文",
    "Wharves and the County Town",
    "碼頭與縣城：平湖航運的興衰",
    "（1870－1911）",
    "指導教授：陳望之 博士",
    "研究生：林采薇 撰",
    "中華民國一○三年六月",
]


@pytest.mark.parametrize("indent", [0, 24], ids=["flush", "centred"])
def test_the_cover_of_a_thesis(indent: int) -> None:
    cover = [" " * indent + line for line in COVER]
    english = ["Abstract", "", "This thesis asks who kept the river open until the end of the dynasty, and"]
    english += ["what the merchants of the town had to pay for it.", "", "Keywords: wharves, shipping"]
    manuscript = dump(
        cover,
        ["摘　要", "", *set_in_lines(SENTENCES), "", "關鍵詞：碼頭、航運"],
        english,
        ["第一章 緒論", *BODY],
    )
    own, other = manuscript.fronts
    assert own.title.text == "碼頭與縣城：平湖航運的興衰"
    assert own.subtitle.text == "（1870－1911）"
    assert [a.text for a in own.authors] == ["林采薇"]
    assert [m.text for m in own.masthead] == [COVER[0], COVER[1], COVER[5], COVER[7]]
    assert own.abstract[0].text == SENTENCES
    assert [k.text for k in own.keywords] == ["碼頭", "航運"]
    assert other.title.text == COVER[2]
    assert other.abstract[0].text.endswith("what the merchants of the town had to pay for it.")
    assert texts(manuscript, BlockKind.HEADING) == ["第一章 緒論"]


@pytest.mark.parametrize(
    "lines",
    [
        ["河道與城市", "陳小明"],
        ["平湖大學", "碼頭的歷史很長，今天先說一半。", "作者：林采薇"],
        ["民國三年六月", "碼頭與縣城"],
    ],
)
def test_these_lines_are_no_cover(lines: list[str]) -> None:
    assert read_cover(lines) == []


def test_lists_of_figures_go_and_name_no_headings() -> None:
    figures = [
        "圖目錄",
        "",
        "圖 1-1 平湖縣河道圖 .................. 7",
        "圖 1-2 碼頭位置圖 .................. 9",
    ]
    manuscript = dump(figures, ["第一章 緒論", *BODY, "圖 1-1 平湖縣河道圖", *BODY])
    assert texts(manuscript, BlockKind.HEADING) == ["第一章 緒論"]
    assert "圖 1-1 平湖縣河道圖" in texts(manuscript)
    assert sum(e.rule == "L11" for e in manuscript.removed) == 3


def test_captions_and_sources_stand_by_themselves() -> None:
    page = [*BODY, "圖 2-1 碼頭位置圖", "資料來源：《平湖縣志》。", *BODY, "表 2-1 歷年過閘船數"]
    page += ["年份    船數", "1905    312", "1906    298", "1907    341", "資料來源：商會賬簿。", *BODY]
    manuscript = dump(["第一章 碼頭", *page])
    assert [t for t in texts(manuscript) if len(t) < 20] == [
        "圖 2-1 碼頭位置圖",
        "資料來源：《平湖縣志》。",
        "表 2-1 歷年過閘船數",
        "資料來源：商會賬簿。",
    ]
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert [[cell.text for cell in row] for row in table.rows][1] == ["1905", "312"]


ENTRIES = [
    "王某，《河道考》，北京：河渠出版社，1998。",
    "李某，〈橋志補遺：論平湖縣碼頭之興廢及其與商會之關係〉，《江南學報》，第十二期，頁二十一至四十八。",
    "陳某編，《平湖縣志校注》，上海：石門書店，2001。",
]


@pytest.mark.parametrize("hanging", [0, 4], ids=["even", "hanging"])
@pytest.mark.parametrize("mark", ["", "[{0}] "], ids=["plain", "numbered"])
def test_a_list_of_works_has_an_entry_a_paragraph(hanging: int, mark: str) -> None:
    entries = [mark.format(n) + entry for n, entry in enumerate(ENTRIES, 1)]
    latin = [
        "Finch, Harold. The Wharves of Pinghu. Boston: Lamp House, 2003.",
        "Voss, Clara. River Studies. 1966.",
    ]
    page = [
        "徵引書目",
        "一、中文部分",
        *(x for e in entries for x in set_in_lines(e, 0, hanging)),
        "二、英文部分",
        *latin,
    ]
    manuscript = dump(["第一章 碼頭", *BODY], [*page, "附錄一 章程", *BODY])
    assert texts(manuscript, BlockKind.HEADING)[1:] == [
        "徵引書目",
        "一、中文部分",
        "二、英文部分",
        "附錄一 章程",
    ]
    assert texts(manuscript)[2:-2] == [*entries, *latin]
    assert texts(manuscript, BlockKind.QUOTE) == []


def test_the_masthead_dates_and_starred_authors_of_an_article() -> None:
    first = [
        "江南學報",
        "第十二期，頁 145-178（2014 年 6 月）",
        "DOI: 10.1234/jn.2014",
        "",
        "碼頭與縣城",
        "林采薇∗ 陳望之∗∗",
    ]
    first += [
        "",
        "摘要",
        *set_in_lines(SENTENCES),
        "",
        "關鍵詞：碼頭、航運",
        "",
        "∗ 江南大學助理教授",
        "∗∗ 江南大學博士生",
    ]
    first += ["收稿日期：2013 年 9 月 1 日；通過日期：2014 年 3 月 2 日", "145"]
    pages = [[f"{n}  江南學報" if n % 2 == 0 else f"碼頭與縣城  {n}", "", *BODY] for n in range(146, 152)]
    pages[0][2:2] = ["壹、前言"]
    manuscript = dump(first, *pages)
    front = manuscript.fronts[0]
    assert front.title.text == "碼頭與縣城"
    assert [m.text for m in front.masthead] == [
        *first[:3],
        "收稿日期：2013 年 9 月 1 日；通過日期：2014 年 3 月 2 日",
    ]
    assert [p.text for p in front.authors[0].pieces if p.kind is PieceKind.CALL] == ["*", "**"]
    notes = {n.label: n.blocks[0].content.visible() for n in manuscript.notes}
    assert notes == {"*": "江南大學助理教授", "**": "江南大學博士生"}
    assert [number for _, number in manuscript.pages] == [str(n) for n in range(145, 152)]


def test_an_english_abstract_belongs_to_one_front() -> None:
    """On a last page alone the running head looks like the title of a text, and the abstract like that text's."""
    prose = "河道在秋天總是最先安靜下來，船夫把竹篙靠在橋邊，等著潮水退去。"
    abstract = "The quiet of a river in autumn is usually told as a matter of water alone. " * 4
    paras = [
        Para("河道、渡口與石階：三種安靜的尺度", 1),
        *(Para(prose * k, k) for k in (4, 3, 2, 2)),
        Para("Rivers, Ferries and Steps: Three Scales of Silence", 1),
        Para("Wen-Lan, Li", 1),
        Para("（Research Fellow, Institute of Historical Geography）", 1),
        Para("Abstract", 1),
        Para(abstract.strip(), 4),
        Para("① 王某，《橋志》（河口：書局，1931）。", 1),
    ]
    parts = find_front(paras)
    assert len({part.index for part in parts}) == len(parts)
    assert [part.lang for part in parts if part.role is Role.ABSTRACT] == ["en"]


def test_what_stands_on_a_cover_beside_its_subtitle_is_kept() -> None:
    cover = [
        "江南大學課程報告",
        "River Notes",
        "渡口考",
        "實驗一",
        "學　院： 歷史學院",
        "班　級： 三班",
        "姓名： 林采薇",
    ]
    manuscript = dump([*cover, "指導老師： 陳望之", "2021 年 3 月"], BODY, BODY)
    front = manuscript.fronts[0]
    assert [front.title.text, front.subtitle.text] == ["江南大學課程報告", "渡口考實驗一"]
    assert [text.text for text in front.masthead][:2] == ["學　院： 歷史學院", "班　級： 三班"]


ROWS = [
    "編號 姓名 生年 日期",
    "1 陳望之 1926 2009.08.11",
    "2 林采薇 1919 2010.07.22",
    "3 何小滿 1931 2010.12.03",
]


def test_the_numbered_rows_of_an_appendix_are_no_notes() -> None:
    noted = [
        [
            *set_in_lines(f"{SENTENCES}{n}{SENTENCES}{n + 1}"),
            f"{n} 王某，《橋志》，頁 4。",
            f"{n + 1} 同上，頁 5。",
        ]
        for n in (1, 3, 5)
    ]
    manuscript = dump(["第一章 緒論", *noted[0]], *noted[1:], ["附錄一 訪談名單", *ROWS])
    assert [n.label for n in manuscript.notes] == ["1", "2", "3", "4", "5", "6"]
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert [cell.text for cell in table.rows[1]] == ["1", "陳望之", "1926", "2009.08.11"]


@pytest.mark.parametrize("stacked", [False, True], ids=["rows", "cells"])
def test_the_name_of_a_table_below_its_number(stacked: bool) -> None:
    rows = ["因素 平均數 標準差", "同事 4.21 0.63", "宿舍 4.05 0.77", "薪資 3.15 0.88", "家庭 3.72 0.95"]
    told = [cell for row in rows for cell in row.split()] if stacked else rows
    named = ["表 4-1", "影響因素之平均數與標準差（N = 212）"]
    manuscript = dump(["第四章 結果", *BODY, *named, *told, "資料來源：研究者自行整理。", *BODY])
    assert [text for text in texts(manuscript) if len(text) < 25][:2] == named
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert [[cell.text for cell in row] for row in table.rows] == [row.split() for row in rows]


CHAPTERS = ["第一章 緒論", "第二章 碼頭", "第三章 結論"]


@pytest.mark.parametrize("split", [False, True], ids=["whole", "split"])
def test_a_chapters_head_above_its_own_heading_on_the_chapters_first_page(split: bool) -> None:
    listed = ["目次", *(f"{title} ........ {n}" for n, title in enumerate(CHAPTERS, 1)), "致謝 ........ 9"]
    pages = []
    for title in CHAPTERS:
        own = title.split() if split else [title]
        pages += [[title, *own, *BODY], [title, *BODY], [title, *BODY]]
    manuscript = dump(listed, *pages)
    assert texts(manuscript, BlockKind.HEADING) == CHAPTERS
    assert {b.level for b in manuscript.blocks if b.kind is BlockKind.HEADING} == {1}


def test_headings_without_a_number_stand_with_the_chapters_of_a_list_that_lost_its_indents() -> None:
    titles = ["緒論", "第一章 碼頭", "第一節 水門", "第二章 閘口", "在學期間發表的論文"]
    listed = ["目次", *(f"{title} ........ {n}" for n, title in enumerate(titles, 1))]
    manuscript = dump(listed, *([title, *BODY] for title in titles))
    told = [(b.level, b.content.visible()) for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert told == list(zip([1, 1, 2, 1, 1], titles, strict=True))


def test_the_questions_of_an_interview_on_end_are_a_list() -> None:
    asked = ["一、您何時到碼頭工作？", "二、誰看守水門？", "三、船夫住在哪裡？"]
    appendices = [["附錄一 訪談大綱", *asked], ["附錄二 章程", *BODY]]
    manuscript = dump(["第一章 碼頭", *BODY], *appendices)
    assert texts(manuscript, BlockKind.HEADING) == ["第一章 碼頭", "附錄一 訪談大綱", "附錄二 章程"]
    assert [text for text in texts(manuscript) if text in asked] == asked


def test_lines_of_boxes_and_counted_cases_are_entries() -> None:
    boxes = [
        "1. 性別：□男　□女",
        "2. 年齡：□25 歲以下　□26-30 歲　□31-35 歲",
        "3. 年資：□1 年以下　□2-3 年　□4 年以上",
    ]
    cases = [f"案例{n}：{SENTENCES[:26]}。" for n in "一二三"]
    manuscript = dump(
        ["第一章 碼頭", *BODY, "本文所探討的案例有三：", *cases, *BODY], ["附錄一 問卷", *boxes]
    )
    told = [block.content.visible() for block in manuscript.blocks]
    assert [text for text in told if text in (*cases, *boxes)] == [*cases, *boxes]


@pytest.mark.parametrize("dated", [True, False])
def test_no_full_line_without_a_year_begins_an_entry_where_others_have_theirs_behind_the_name(
    dated: bool,
) -> None:
    year = "（1998）" if dated else ""
    title = "一所偏遠國小校長與代理教師去留之研究：以平湖縣為例（未出版）"
    rows = [f"{f'{name}{year}。{title}'[: WIDTH - 1]}。" for name in ("王某", "李某", "陳某")]
    works = ["參考文獻", *(line for row in rows for line in (row, "平湖大學，平湖市。"))]
    manuscript = dump(["第一章 碼頭", *BODY], works, ["附錄一 章程", *BODY])
    told = [text for text in texts(manuscript) if "平湖大學" in text]
    assert told == ([f"{row}平湖大學，平湖市。" for row in rows] if dated else ["平湖大學，平湖市。"] * 3)


def test_the_pieces_of_a_head_around_the_heading_that_it_says() -> None:
    pages = [BODY]
    for title in CHAPTERS:
        number, name = title.split()
        pages += [[number, "", number, "", name, "", name, "", *BODY], *[[number, "", name, "", *BODY]] * 2]
    manuscript = dump(*pages)
    assert [" ".join(text.split()) for text in texts(manuscript, BlockKind.HEADING)] == CHAPTERS
    assert sum(text in {"緒論", "碼頭", "結論"} for text in texts(manuscript)) == 0


def test_a_title_of_the_contents_list_on_two_lines() -> None:
    titles = ["第一章 碼頭", "第一節 水門", "第一款 管理", "第二款 稅則"]
    listed = ["目次", *(f"{title} ........ {n}" for n, title in enumerate(titles, 1))]
    split = [line for title in titles[2:] for line in (*title.split(), *BODY)]
    manuscript = dump(listed, [titles[0], titles[1], *BODY, *split])
    assert texts(manuscript, BlockKind.HEADING) == titles


def test_a_title_over_two_lines_is_told_by_the_list_of_contents() -> None:
    listed = [
        "目錄",
        "第一章 碼頭....1",
        "第二章 從縣署到商會：平湖航運的管理....9",
        "第一節 縣署....10",
        "第三章 結論....20",
    ]
    chapters = [
        ["第一章 碼頭", *BODY],
        ["第二章 從縣署到商會：平湖", "航運的管理", "", "第一節 縣署", *BODY],
        ["第三章 結論", *BODY],
    ]
    manuscript = dump(listed, *chapters)
    assert texts(manuscript, BlockKind.HEADING) == [line.split("....")[0] for line in listed[1:]]
    unlisted = dump(*chapters)
    assert listed[2].split("....")[0] not in texts(unlisted, BlockKind.HEADING)


@pytest.mark.parametrize("blank", [" ", ""], ids=["told", "lost"])
def test_a_title_set_larger_that_goes_on_below_its_line(blank: str) -> None:
    """White space stands behind what ends, and not behind the title's first line; where all of it was lost, nothing tells."""
    told = [set_in_lines(SENTENCES * 2), set_in_lines(SENTENCES)] * 4
    body = [line for lines in told for line in (*lines[:-1], lines[-1] + blank)]
    chapter = ["第二章 從縣署到商會：平湖", f"航運的管理{blank}", f"第一節 縣署{blank}", *body]
    manuscript = dump([f"第一章 碼頭{blank}", *body], chapter, [f"第三章 結論{blank}", *body])
    whole = "第二章 從縣署到商會：平湖航運的管理"
    assert (whole in texts(manuscript, BlockKind.HEADING)) is bool(blank)
