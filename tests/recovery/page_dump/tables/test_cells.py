"""Tables whose cells came out one below the other, and what only looks like one."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import Block, BlockKind
from pipeline.recovery.page_dump.tables.cells import stacked_rows
from tests.recovery.page_dump.dumps import cut, dump, prose, shown

CELLS = [
    ["次序", "開始", "恢復", "起因"],
    ["第一次", "1762年", "1768年", "逃人與稅則"],
    ["第二次", "1778年", "1780年", "貨物的會審"],
    ["第三次", "1785年", "1792年", "河道改向"],
]
AMOUNTS = [["工具", "深度"], ["桔槔", "一丈"], ["轆轤", "二至十丈"], ["水車", "十丈以上"]]


def rows_of(block: Block) -> list[list[str]]:
    return [[cell.visible() for cell in row] for row in block.rows]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "apart"])
@pytest.mark.parametrize("heading", [[], ["學校與字典"]], ids=["text", "heading"])
def test_cells_on_lines_of_their_own(gap: str, heading: list[str]) -> None:
    lines = [*cut(prose(1)), *(cell for row in CELLS for cell in row), *heading, *cut(prose(2))]
    manuscript = dump(gap.join(lines) + "\n")
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert rows_of(table) == CELLS
    assert [t for t in shown(manuscript) if t] == [prose(1), *heading, prose(2)]


@pytest.mark.parametrize("caption", [True, False])
def test_cells_that_share_lines_now_and_then(caption: bool) -> None:
    stacked = [
        "次序",
        "開始",
        "恢復 起因",
        "第一次",
        "1762年 1768年",
        "逃人與稅則",
        "第二次 1778年 1780年 貨物的會審",
        *CELLS[3],
    ]
    lines = [*cut(prose(1)), *(["表一 三次停市"] if caption else []), *stacked, *cut(prose(2))]
    table = next(b for b in dump("\n".join(lines) + "\n").blocks if b.kind is BlockKind.TABLE)
    assert rows_of(table) == CELLS


def test_rows_with_single_spaces() -> None:
    lines = [*cut(prose(3)), *cut(prose(1)), *(" ".join(row) for row in CELLS), *cut(prose(2))]
    table = next(b for b in dump("\n".join(lines) + "\n").blocks if b.kind is BlockKind.TABLE)
    assert rows_of(table) == CELLS


YEARS = [
    ["年份", "上江", "下江"],
    ["1881", "2.31", "2.52"],
    ["1884", "2.40", "12.61"],
    ["1887", "2.75", "2.93"],
]


def tables_in(lines: list[str]) -> list[list[list[str]]]:
    return [rows_of(b) for b in dump("\n".join(lines) + "\n").blocks if b.kind is BlockKind.TABLE]


def test_numbers_alone_fill_rows_below_their_heads() -> None:
    cells = [cell for row in YEARS for cell in row]
    before, behind = [*cut(prose(1)), "表一 米價"], cut(prose(2))
    assert tables_in([*before, *cells, *behind]) == [YEARS]
    assert tables_in([*before, *map(" ".join, YEARS), *behind]) == [YEARS]
    assert tables_in([*before, *cells[:-1], *behind]) == []  # one is missing
    # As many heads as divide the numbers otherwise.
    assert tables_in([*before, "單位：兩", *cells, *behind]) == []


def test_more_rows_than_lines_of_text_tell_no_measure() -> None:
    years = range(1880, 1886)
    rows = [f"{year} 2.{year % 97:02} 2.{year % 89:02} 3.{year % 83:02}" for year in years]
    text = [line for n in range(2, 5) for line in cut(prose(n))]
    lines = [*cut(prose(1)), "表一 米價", "年份 上江 中江 下江", *rows, *text]
    assert tables_in(lines) == [[["年份", "上江", "中江", "下江"], *(row.split() for row in rows)]]


def test_columns_that_came_out_one_after_the_other_between_blank_lines() -> None:
    head, *rows = YEARS
    columns = ["\n".join(column) + "\n" for column in zip(*rows, strict=True)]
    apart = [part for name, column in zip(head, columns, strict=True) for part in (name + "\n", column)]
    before, behind = [*cut(prose(1)), "", "表一 米價", ""], cut(prose(2))
    assert tables_in([*before, *apart, *behind]) == [YEARS]
    assert tables_in([*before, *(name + "\n" for name in head), *columns, *behind]) == [YEARS]
    uneven = [*apart[:-1], apart[-1].removesuffix("2.93\n")]
    assert tables_in([*before, *uneven, *behind]) == []


READINGS = [
    ["句次", "甲本", "乙本"],
    ["第二句", "威儀", "為儀"],
    ["第五句", "至心", "志心"],
    ["第九句", "焦枝", "缺"],
]


def tables_among(lines: list[str]) -> list[list[list[str]]]:
    """The tables of lines within a text."""
    return tables_in([*cut(prose(3)), *cut(prose(1)), *lines, *cut(prose(2))])


@pytest.mark.parametrize("captioned", [True, False])
def test_rows_of_words_are_a_table_below_a_caption(captioned: bool) -> None:
    lines = ["表一　各本的異文"] * captioned + [" ".join(row) for row in READINGS]
    assert tables_among(lines) == ([READINGS] if captioned else [])


def test_a_column_of_numbers_tells_rows_also_below_names() -> None:
    rows = [
        ["地方", "額設", "實在"],
        ["河口", "2400", "無"],
        ["平湖", "1801", "半數"],
        ["縣城", "997", "全數"],
    ]
    assert tables_among([" ".join(row) for row in rows]) == [rows]


def test_a_number_and_its_unit_are_one_cell() -> None:
    rows = [["次序", "開始", "恢復"], ["第一次", "1762年", "1768 年"], ["第二次", "1778 年", "1780年"]]
    rows.append(["第三次", "1785 年", "1792 年"])
    assert tables_among([" ".join(row) for row in rows]) == [rows]


def test_words_that_a_mark_parts_are_alike() -> None:
    rows = [
        ["譯本", "虛詞", "代詞"],
        ["河口", "兮、之", "予、吾"],
        ["平湖", "之、乃", "我、爾"],
        ["縣城", "的、了", "我、你"],
    ]
    assert tables_among([cell for row in rows for cell in row]) == [rows]


def test_rows_that_would_begin_within_lines_are_none() -> None:
    """And the heading behind them is one."""
    lines = ["表一　三型的數據", "型別 座數 直徑", "（寸）", "火眼 時代", "甲 7 0.9 ～ 1.2 無 中期"]
    lines += ["乙 8 1.1 ～ 1.6 8 ～ 14 晚期至", "末期", "丙 2 0.8 無 末期", "3 溫度的測定"]
    manuscript = dump(
        "\n".join([*cut(prose(1)), "2 陶窯的類型", *cut(prose(2)), *lines, *cut(prose(3))]) + "\n"
    )
    kinds = {b.content.visible(): b.kind for b in manuscript.blocks}
    assert kinds["3 溫度的測定"] is BlockKind.HEADING
    assert BlockKind.TABLE not in kinds.values()


def test_a_line_above_a_caption_is_no_cell() -> None:
    """With the caption it would fill a row of four."""
    books = [["碼頭", "起訖年月", "頁數", "每頁行數"], ["平湖縣", "1892.1-1893.5", "88", "31"]]
    books += [["東門橋", "1898.7-1899.2", "46", "29"], ["海門", "1903.3-1904.12", "112", "31"]]
    said = "帳簿的年份與頁數如下："
    lines = [*cut(prose(1)), said, "表 1　碼頭的帳簿", *(cell for row in books for cell in row)]
    lines += ["資料來源：縣志。", *cut(prose(2))]
    assert tables_in(lines) == [books]
    assert said in shown(dump("\n".join(lines) + "\n"))


def test_stanzas_are_no_columns() -> None:
    stanzas = ["秋水平\n", "潮退橋邊\n竹篙初靜\n河燈未滅\n", "冬河淺\n", "木樁露石\n孩子來數\n船夫不渡\n"]
    assert tables_in([*cut(prose(1)), "", *stanzas, *cut(prose(2))]) == []


def test_two_columns_below_a_caption_tell_themselves_by_both_or_stay_lines() -> None:
    lines = [*cut(prose(1)), "表一 汲水的深度", *(c for row in AMOUNTS for c in row), *cut(prose(2))]
    manuscript = dump("\n".join(lines) + "\n")
    assert not any(b.kind is BlockKind.TABLE for b in manuscript.blocks)
    assert [f.rule for f in manuscript.findings] == ["L20"]


@pytest.mark.parametrize(
    "short",
    [
        [
            "河水向東流",
            "孤舟繫石橋",
            "誰家燈未滅",
            "遠寺一聲鐘",
            "夜半潮初退",
            "橋頭月自明",
            "江村人語少",
            "竹外雨來輕",
            "晨起開門望",
        ],
        ["陳文", "王明", "李河", "張舟", "趙岸", "周潮", "吳堤", "鄭水", "孫石"],
    ],
    ids=["verse", "names"],
)
def test_verse_and_names_are_no_table(short: list[str]) -> None:
    lines = [*cut(prose(1)), *short, *cut(prose(2))]
    assert not any(b.kind is BlockKind.TABLE for b in dump("\n".join(lines) + "\n").blocks)


def test_lines_with_widened_spaces_are_no_table() -> None:
    text = [f"船夫在  19{n}1  年把竹篙靠在橋邊等著潮水退到第  {n}  級石階" for n in range(3, 8)]
    lines = [*cut(prose(1)), *text, "才回家。", *cut(prose(2))]
    manuscript = dump("\n".join(lines) + "\n")
    assert not any(b.kind in (BlockKind.TABLE, BlockKind.LINE) for b in manuscript.blocks)


def test_columns_told_one_after_the_other_are_a_table_only_with_their_heads() -> None:
    """A longer first column would put its numbers beside others' rows."""
    names = ["渡口", "橋頭", "石階", "堤岸", "碼頭", "水門"]
    depths, widths = [f"{n}.{n + 2}" for n in range(1, 7)], [f"{n + 30}.{n}" for n in range(1, 7)]
    told = ["地點", *names, "深度", *depths, "寬度", *widths]
    table = next(b for b in dump("\n".join([*cut(prose(1)), *told, *cut(prose(2))]) + "\n").blocks if b.rows)
    assert rows_of(table) == [list(row) for row in zip(told[:7], told[7:14], told[14:], strict=True)]
    longer = ["地點", *names, "（丈）", "深度", *depths[1:], "寬度", *widths]
    manuscript = dump("\n".join([*cut(prose(1)), *longer, *cut(prose(2))]) + "\n")
    assert not any(row for b in manuscript.blocks for row in rows_of(b) if row[0] in names)


def test_columns_told_one_after_the_other() -> None:
    told = [cell for column in zip(*CELLS, strict=True) for cell in column]
    table = next(b for b in dump("\n".join([*cut(prose(1)), *told, *cut(prose(2))]) + "\n").blocks if b.rows)
    assert rows_of(table) == CELLS


def test_columns_of_which_one_ends_on_the_line_where_the_next_begins() -> None:
    told = [cell for column in zip(*CELLS, strict=True) for cell in column]
    told[3:5] = [f"{told[3]}  {told[4]}"]
    table = next(b for b in dump("\n".join([*cut(prose(1)), *told, *cut(prose(2))]) + "\n").blocks if b.rows)
    assert rows_of(table) == CELLS


def test_cells_told_partly_by_column_keep_their_order() -> None:
    told = [row[0] for row in CELLS] + CELLS[0][1:] + [cell for row in CELLS[1:] for cell in row[1:]]
    found = [b for b in dump("\n".join([*cut(prose(1)), *told, *cut(prose(2))]) + "\n").blocks if b.rows]
    cells = [cell for table in found for row in rows_of(table) for cell in row]
    assert cells == told[len(told) - len(cells) :]


REGIONS = [
    ["區域", "碼頭（座）", "產值（千元）", "稅額"],
    ["平湖", "84,995", "3.3", "68.6"],
    ["望江", "35,873", "30,865", "81.5"],
    ["臨河", "14,721", "65,531", "85.1"],
    ["合計", "249,720", "353,698", "751,572"],
]


def test_rows_told_line_by_line_are_no_columns_below_each_other() -> None:
    """Each line is a row, its head has two lines: nothing may put the third row beside the first."""
    head = ["區域 碼頭（座）", "產值（千元） 稅額"]
    lines = ["表一 碼頭與產值", *head, *(" ".join(row) for row in REGIONS[1:])]
    table = next(
        b
        for b in dump("\n".join([*cut(prose(3)), *cut(prose(1)), *lines, *cut(prose(2))]) + "\n").blocks
        if b.rows
    )
    assert rows_of(table) == REGIONS
    uneven = [*lines[:4], "望江 35,873", *lines[4:]]
    manuscript = dump("\n".join([*cut(prose(3)), *cut(prose(1)), *uneven, *cut(prose(2))]) + "\n")
    whole = "".join("".join(t) for t in shown(manuscript))
    assert [whole.find(line.split()[1]) for line in uneven[3:]] == sorted(
        whole.find(line.split()[1]) for line in uneven[3:]
    )


@pytest.mark.parametrize("sign", ["•", "$", "見"])
def test_lines_that_begin_with_the_same_sign_are_no_rows(sign: str) -> None:
    entries = [f"{sign} 第 1.{n} 節 （{name}）" for n, name in enumerate(("河道", "橋樑", "碼頭", "渡船"), 2)]
    assert tables_in([*cut(prose(1)), *entries, *cut(prose(2))]) == []


def test_a_unit_below_its_head_belongs_to_it() -> None:
    cells = [cell for row in REGIONS for cell in row]
    cells[2:3] = ["產值", "（千元）"]
    lines = [*cut(prose(1)), "表一 碼頭與產值", *cells, *cut(prose(2))]
    table = next(b for b in dump("\n".join(lines) + "\n").blocks if b.rows)
    assert rows_of(table) == REGIONS


def test_years_tell_the_first_column_of_a_table_of_numbers() -> None:
    rows = [["年份", "碼頭", "產值", "稅額"]] + [
        [str(1871 + 3 * n), f"{n}4,{n}95", f"{n}.{n}", f"{n}8,6{n}2"] for n in range(1, 6)
    ]
    lines = [*cut(prose(1)), "表一 碼頭與產值", *(c for row in rows for c in row), *cut(prose(2))]
    table = next(b for b in dump("\n".join(lines) + "\n").blocks if b.rows)
    assert rows_of(table) == rows


@pytest.mark.parametrize("apart", [True, False], ids=["cells", "lines"])
def test_the_numbers_of_rows_are_no_headings(apart: bool) -> None:
    rows = [["篇次", "證音", "證義"]] + [
        [f"第{c}篇", f"{n}4,{n}95", f"{n}8.6"] for n, c in enumerate("一二三四五六", 1)
    ]
    told = [cell for row in rows for cell in row] if apart else [" ".join(row) for row in rows]
    lines = [
        "第一章 緒論",
        *cut(prose(1)),
        "表一 各篇次數",
        *told,
        *cut(prose(2)),
        "第二章 結論",
        *cut(prose(3)),
    ]
    manuscript = dump("\n".join(lines) + "\n")
    headings = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["第一章 緒論", "第二章 結論"]
    assert rows_of(next(b for b in manuscript.blocks if b.rows)) == rows


def test_headings_below_the_caption_of_a_figure_stay() -> None:
    lines = [
        "第一章 緒論",
        *cut(prose(1)),
        "圖一 碼頭",
        "第一節 河道",
        *cut(prose(2)),
        "第二節 橋",
        *cut(prose(3)),
    ]
    manuscript = dump("\n".join(lines) + "\n")
    headings = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert headings == ["第一章 緒論", "第一節 河道", "第二節 橋"]


@pytest.mark.parametrize("apart", [True, False], ids=["cells", "lines"])
def test_the_head_of_one_table_is_no_mark_and_no_pull_quote_because_others_have_it(apart: bool) -> None:
    head = ["變項", "人數", "平均", "差", "值"]
    lines = [*cut(prose(9))]
    for n in range(1, 5):
        rows = [
            [name, f"{n}{k * k}", f"{k}.{n}", f"{n * k}.{k}", f"{k}.{k}{n}"]
            for k, name in enumerate("男女總", 3)
        ]
        told = [head, *rows]
        cells = [cell for row in told for cell in row] if apart else [" ".join(row) for row in told]
        lines += [*cut(prose(n)), *cut(prose(n + 10)), f"表 {n} 各組的比較", *cells, *cut(prose(n + 4))]
    manuscript = dump("\n".join(lines) + "\n")
    assert not manuscript.removed
    assert sum(rows_of(b)[0] == head for b in manuscript.blocks if b.rows) == 4


def test_what_follows_a_table_within_a_list_of_works_is_kept() -> None:
    works = ["[1] 林守河：《河務考》，水利社，1972 年。", "[2] 陳問渠：《堤工雜記》，南河書屋，1981 年。"]
    rows = ["[3] 東河    12 里    3 座", "西河    9 里    2 座", "南河    7 里    1 座"]
    lines = [*cut(prose(1)), "參考文獻", *works, *rows, "以上各河的里數都照縣志。"]
    manuscript = dump("\n".join(lines) + "\n")
    assert [t for t in shown(manuscript) if t] == [prose(1), "參考文獻", *works, "以上各河的里數都照縣志。"]
    assert len([b for b in manuscript.blocks if b.kind is BlockKind.TABLE]) == 1


def test_rows_whose_cells_are_readings_of_one_word() -> None:
    """The words of a row are more alike than those of a column; the ordinals name the rows."""
    rows = [
        ["句次", "甲本", "乙本", "丙本"],
        ["第二句", "威儀", "為儀", "威儀"],
        ["第五句", "至心", "志心", "志心"],
    ]
    rows.append(["第九句", "焦枝", "燋枝", "缺"])
    cells = [cell for row in rows for cell in row]
    blocks = dump(
        "\n".join([*cut(prose(1)), "表1 異文", *cells, *cut(prose(2)), *cut(prose(3))]) + "\n"
    ).blocks
    assert rows_of(next(b for b in blocks if b.rows)) == rows


def test_blocks_of_lines_that_are_rows() -> None:
    """PyMuPDF has a blank line behind each row, pdfminer behind each column."""
    rows = [["年份", "額設", "實在"], ["1881—1884", "6.2", "214"], ["1885—1889", "5.9", "388"]]
    rows.append(["1890—1899", "5.6", "451"])
    table = "\n\n".join("\n".join(row) for row in rows)
    text = "\n".join([*cut(prose(1)), *cut(prose(2)), "表1 河工"])
    blocks = dump(f"{text}\n\n{table}\n\n" + "\n".join([*cut(prose(3)), *cut(prose(4))]) + "\n").blocks
    assert rows_of(next(b for b in blocks if b.rows)) == rows


FOOD = [["吃食", "次數", "船家"], ["米", "4", "石門、青溪"], ["豆", "3", "青溪"], ["鹽", "2", "河口、石門"]]
FLEET = [
    ["年份", "船隻", "魚獲（擔）", "鹽價（元）"],
    ["1931", "240", "3,900", "1,210"],
    ["1934", "262", "4,150", "1,384"],
    ["1937", "251", "3,800", "1,402"],
]


def table_of(lines: list[str]) -> list[list[list[str]]]:
    text = [line for n in (1, 2) for line in cut(prose(n))]
    manuscript = dump("\n".join([*text, *lines, *cut(prose(3)), *cut(prose(4))]) + "\n")
    return [rows_of(b) for b in manuscript.blocks if b.kind is BlockKind.TABLE and b.rows]


def test_a_caption_makes_rows_of_lines_that_only_one_column_tells() -> None:
    rows = [" ".join(row) for row in FOOD]
    assert table_of(["表一 船上的吃食", *rows]) == [FOOD]


@pytest.mark.parametrize(
    "head",
    [
        ["年份 船隻 魚獲", "（擔）", "鹽價", "（元）"],
        ["年份 船隻 魚獲（擔）鹽價（元）"],
        ["年份 船隻", "魚 獲（擔）", "鹽 價（元）"],
    ],
    ids=["units below", "units between", "spread"],
)
@pytest.mark.parametrize("apart", [False, True], ids=["rows", "cells"])
def test_a_head_in_pieces_fills_the_columns(head: list[str], apart: bool) -> None:
    rows = [part for row in FLEET[1:] for part in (row if apart else [" ".join(row)])]
    [table] = table_of(["表二 各年的船隻", *head, *rows])
    assert ["".join(cell.split()) for cell in table[0]] == FLEET[0]
    assert table[1:] == FLEET[1:]


def test_heads_on_one_line_above_columns_between_blank_lines() -> None:
    columns = ["\n".join(column) for column in zip(*FLEET[1:], strict=True)]
    table = "\n\n".join(["表二 各年的船隻", " ".join(FLEET[0]), *columns])
    text = ["\n".join(cut(prose(n))) for n in (1, 2)]
    blocks = dump(
        "\n".join(text) + f"\n\n{table}\n\n" + "\n".join([*cut(prose(3)), *cut(prose(4))]) + "\n"
    ).blocks
    assert rows_of(next(b for b in blocks if b.rows)) == FLEET


PEOPLE = [["代號", "年齡", "機構", "日期"]] + [
    [name, age, house, day]
    for name, age, house, day in zip(
        ["A1", "A2", "B1", "B4"],
        ["61", "55", "34", "47"],
        "甲甲乙乙",
        ["2017.11.20", "2017.11.27", "2017.12.05", "2017.12.18"],
        strict=True,
    )
]


def told(cells: list[str]) -> list[list[str]]:
    rows = stacked_rows(cells)
    return [[cells[cell.line] for cell in row] for row in rows or []]


def test_a_head_of_fewer_cells_than_the_rows_gives_no_table() -> None:
    """«機構日期» came out as one: with one cell of the first row the head would be full, and each row would lack its first."""
    cells = [cell for row in PEOPLE for cell in row]
    assert told(cells) == PEOPLE
    assert told(["代號", "年齡", "機構日期", *cells[4:]]) == []


def test_a_head_again_overleaf_is_a_row() -> None:
    rows = [*PEOPLE, *PEOPLE]
    assert told([cell for row in rows for cell in row]) == rows


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ("1870—1879 6.2 12.8 214 1880—1889 5.9 11.9 388 1890—1899 5.6 9.7 451 1900—1911 6.1 9.5 502", 4),
        ("T -1.42** 0.51 F -0.87*** 0.19 R 0.06* 0.03 常數 6.35*** 0.44", 3),
    ],
    ids=["years", "signs"],
)
def test_rows_without_a_head_go_on_overleaf(rows: str, columns: int) -> None:
    assert [len(row) for row in told(rows.split())] == [columns] * 4


def test_words_among_numbers_were_told_out_of_turn() -> None:
    """The rows of two columns and behind them the other columns, as pdfminer may tell them; a number that lacks is none."""
    assert (
        told(
            [
                "年份",
                "上江",
                "中江",
                "下江",
                "1881",
                "2.31",
                "1884",
                "2.40",
                "1887",
                "2.75",
                "2.44",
                "2.47",
                "2.80",
                "2.52",
                "2.61",
                "2.93",
            ]
        )
        == []
    )
    assert told(
        [
            "橋名",
            "長",
            "橋工",
            "石橋",
            "120",
            "12",
            "木橋",
            "無",
            "10",
            "鐵橋",
            "97",
            "31",
            "浮橋",
            "45",
            "不詳",
        ]
    )[2] == [
        "木橋",
        "無",
        "10",
    ]


def test_columns_of_numbers_below_their_heads() -> None:
    cells = ["存款", "觀測數", "6.2", "5.9", "5.6", "6.1", "214", "388", "451", "502"]
    assert told(cells) == [cells[:2], ["6.2", "214"], ["5.9", "388"], ["5.6", "451"], ["6.1", "502"]]


def test_rows_whose_head_came_out_elsewhere_and_thousands_apart() -> None:
    """The first row may look like the others in all columns."""
    periods = [
        ["道光十二年至二十年", "1 207", "398"],
        ["道光二十一年至三十年", "1 466", "512"],
        ["同治四年至十年", "530", "61"],
    ]
    assert told([cell for row in periods for cell in row]) == periods
    years = [[str(year), f"{year - 1741}.5", str(year - 1930)] for year in range(1953, 1959)]
    assert told([cell for row in years for cell in row]) == years


@pytest.mark.parametrize("label", ["註：", "注：", "資料來源："])
def test_what_is_said_below_a_table_is_no_part_of_its_last_cell(label: str) -> None:
    cells = [
        "策略",
        "條數",
        "百分比",
        "對譯",
        "38,214",
        "62.3",
        "正字",
        "15,990",
        "26.1",
        "借音字",
        "7,144",
        "11.6",
    ]
    behind = f"{label}以全部字幕為分母。"
    lines = [
        *cut(prose(3)),
        *cut(prose(1)),
        "表一 三種策略",
        *(cell + "\n" for cell in cells),
        behind,
        "",
        *cut(prose(2)),
    ]
    assert tables_in(lines) == [[cells[i : i + 3] for i in range(0, 12, 3)]]
    assert behind in shown(dump("\n".join(lines) + "\n"))


REMARKS = [
    "年份",
    "漁船",
    "產值",
    "附記",
    "1881",
    "240",
    "39",
    "大水",
    "1884",
    "262",
    "41",
    "1887",
    "251",
    "38",
    "1890",
    "270",
    "40",
    "改制",
]


@pytest.mark.parametrize("lined", [False, True], ids=["cells", "rows"])
def test_a_last_column_that_not_every_row_fills(lined: bool) -> None:
    rows = [REMARKS[:4], REMARKS[4:8], REMARKS[8:11], REMARKS[11:14], REMARKS[14:]]
    table = [" ".join(row) for row in rows] if lined else REMARKS
    lines = [*cut(prose(1)), "表1　漁船與產值", *table, "資料來源：縣志。", *cut(prose(2)), *cut(prose(3))]
    told = next(block for block in dump("\n".join(lines) + "\n").blocks if block.rows)
    assert [[cell.visible() for cell in row] for row in told.rows] == [[*row, ""][:4] for row in rows]


def test_numbers_that_fill_no_rows_between_words_are_no_table() -> None:
    assert (
        stacked_rows(
            [
                "年份",
                "漁船",
                "產值",
                "附記",
                "1881",
                "240",
                "39",
                "大水",
                "1884",
                "262",
                "1887",
                "251",
                "38",
                "改制",
                "1890",
                "270",
                "40",
            ]
        )
        is None
    )


def test_a_column_of_years_tells_the_others_behind_it() -> None:
    """pdfminer gives column by column; the counts are no more alike then."""
    heads = ["年份", "來信", "房客", "房東"]
    columns = [["1932", "1933", "1934", "1935", "1936"], ["61", "48", "39", "47", "19"]]
    columns += [["60", "45", "33", "35", "12"], ["1", "3", "6", "12", "7"]]
    texts = [*heads, *(cell for column in columns for cell in column)]
    rows = [[texts[cell.line] for cell in row] for row in stacked_rows(texts) or []]
    assert rows == [heads, *map(list, zip(*columns, strict=True))]


def test_years_in_every_row_are_no_column_behind_each_other() -> None:
    texts = ["始", "終", "艘", "1881", "1884", "40", "1885", "1889", "38", "1890", "1895", "41"]
    rows = [[texts[cell.line] for cell in row] for row in stacked_rows(texts) or []]
    assert rows == [texts[i : i + 3] for i in range(0, 12, 3)]
