"""Cells that run over two lines, and lines that came out in pieces: letters, bullets, numbers."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import Block, BlockKind
from pipeline.recovery.page_dump.lines.pieces import join_numbers, mend_lines
from pipeline.recovery.page_dump.pages.scan import read_layout
from pipeline.recovery.page_dump.tables.wrapped import find_wraps
from tests.recovery.page_dump.dumps import cut, dump, prose, shown

CELLS = [
    ["次序", "開始", "恢復", "起因"],
    ["第一次", "1762年", "1768年", "船戶的爭執與邊"],
    ["第二次", "1778年", "1780年", "貨物的會審"],
    ["第三次", "1785年", "1792年", "橋上搶案的審"],
]
REST = {"船戶的爭執與邊": "界", "橋上搶案的審": ""}
WHOLE = [[cell + REST.get(cell, "") for cell in row] for row in CELLS]
SAID = "縣署立了邊界的石碑。"  # where the text has the word that the cell's end divides


def rows_of(block: Block) -> list[list[str]]:
    return [[cell.visible() for cell in row] for row in block.rows]


def pieces(row: list[str]) -> list[str]:
    return [part for cell in row for part in (cell, REST.get(cell, "")) if part]


@pytest.mark.parametrize("down", [False, True], ids=["row by row", "column by column"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "apart"])
def test_a_cell_of_two_lines_is_one(gap: str, down: bool) -> None:
    told = [list(column) for column in zip(*CELLS, strict=True)] if down else CELLS
    lines = [*cut(prose(1)), SAID, *(part for row in told for part in pieces(row)), *cut(prose(2))]
    manuscript = dump(gap.join(lines) + "\n")
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert rows_of(table) == WHOLE


def test_the_second_line_of_a_rows_last_cell() -> None:
    rows = [line for row in CELLS for line in (" ".join(row), REST.get(row[-1], "")) if line]
    text = [line for n in range(1, 5) for line in cut(prose(n))]
    manuscript = dump("\n".join([*text, SAID, *rows, *cut(prose(5))]) + "\n")
    table = next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)
    assert rows_of(table) == WHOLE


@pytest.mark.parametrize("blank", ["", " "])
def test_a_chapters_title_below_its_number_is_no_rest_of_a_cell(blank: str) -> None:
    """The letters of a mark and the page's number above them would make rows of it."""
    letters = ["‧", "東", "海", "大", "學", "‧", "Tu", "ng", "ha i", "U", "niv", "ersi", "ty", "17"]
    lines = [*cut(prose(1)), *letters, f"第四章{blank}", f"結論{blank}", *cut(prose(2))]
    assert find_wraps(read_layout("\n\n".join(lines) + "\n")) == []


def test_where_white_space_stands_behind_cells_a_line_with_it_ends_one() -> None:
    told = [part for row in CELLS for part in pieces(row)]
    for bare, wraps in (("次序", 0), ("船戶的爭執與邊", 1)):
        rows = [part + " " * (part != bare) for part in told]
        lines = [*cut(prose(1)), SAID, *rows, *cut(prose(2))]
        assert len(find_wraps(read_layout("\n\n".join(lines) + "\n"))) == wraps


@pytest.mark.parametrize(
    "lines",
    [
        [cell for row in WHOLE for cell in row],
        [" ".join(row) for row in WHOLE] + ["學校與字典"],
        ["石門河上", "船到橋頭", "燈火漸遠", "水聲漸近", "一夜無話", "天明即行"],
        ["一、橋與路的爭執與邊", "界石", "二、碼頭", "三、商會", "四、船戶", "五、關卡"],
    ],
    ids=["cells", "rows", "verse", "headings"],
)
def test_lines_that_are_whole_stay(lines: list[str]) -> None:
    assert find_wraps(read_layout("\n".join([*cut(prose(1)), *lines, *cut(prose(2))]))) == []


@pytest.mark.parametrize("between", ["表二 三次停市", "----------"])
def test_no_cell_goes_on_behind_what_stands_between(between: str) -> None:
    rows = [part for row in CELLS for part in pieces(row)]
    rows.insert(rows.index("界"), between)
    assert find_wraps(read_layout("\n".join([*cut(prose(1)), SAID, *rows, *cut(prose(2))]))) == []


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["tight", "apart"])
def test_a_line_that_was_stretched_letter_by_letter(gap: str) -> None:
    verse = ["溪聲入夜，月色滿船。", "一燈照水，兩岸無言。"]
    lines = [*cut(prose(1)), *cut(prose(2)[:-1] + "："), gap.join(verse[0]), verse[1], *cut(prose(3))]
    found = shown(dump("\n".join(lines) + "\n"))
    assert not any(len("".join(text.split())) == 1 for text in found)
    assert any(verse[0] in "".join(text.split()) for text in found)


def test_a_column_of_single_cells_stays_apart() -> None:
    column = ["有", "無", "有", "有", "無", "有", "無", "無", "有", "無"]
    found = shown(dump("\n".join([*cut(prose(1)), *column, *cut(prose(2))]) + "\n"))
    assert "".join(column) not in found


@pytest.mark.parametrize("bullet", ["•", "o", "\uf0b7"])
def test_a_bullet_with_a_line_of_its_own(bullet: str) -> None:
    entries = ["石門河的橋與渡口。", "青溪碼頭的鹽船。", "縣署與商會的會議。"]
    lines = [*cut(prose(1)), *(line for entry in entries for line in (bullet, entry)), *cut(prose(2))]
    found = shown(dump("\n".join(lines) + "\n"))
    assert not any(text.strip() == bullet for text in found)
    assert all(any(entry in text for text in found) for entry in entries)


def test_numbers_of_entries_with_lines_of_their_own_are_no_pages() -> None:
    entries = ["飲水與洗濯；", "船隻往來；", "救火的儲備；", "污水的溝渠。"]
    pages = [
        f"{n}\n青溪河道\n" + "\n".join([*cut(prose(2 * n)), *cut(prose(2 * n + 1))]) for n in range(1, 7)
    ]
    listed = "\n".join(line for n, entry in enumerate(entries, 1) for line in (f"{n}.", entry))
    pages[1] += f"\n包括四個方面：\n{listed}"
    found = shown(dump("\n".join(pages) + "\n"))
    assert not any(text.strip() in ("1.", "2.", "3.", "4.") for text in found)
    assert all(any(entry in text for text in found) for entry in entries)


def test_a_letter_of_a_mark_is_no_bullet() -> None:
    letters = "oKaoNtoUi"
    lines = [part for k, line in enumerate(cut(prose(1)) * 3) for part in (letters[k % 9], line)]
    assert [line.text for line in join_numbers(read_layout("\n".join(lines))).lines] == lines


@pytest.mark.parametrize(
    ("number", "joined"), [("第二章", True), ("三", True), ("第二次", False), ("第四條", False)]
)
def test_the_number_of_a_heading_comes_before_its_title(number: str, joined: bool) -> None:
    lines = join_numbers(
        read_layout("\n".join([*cut(prose(1)), number, "", "整治與保護", *cut(prose(2))]))
    ).lines
    assert (f"{number}  整治與保護" in [line.text for line in lines]) is joined


def test_the_source_of_a_table_is_no_piece_of_its_last_row() -> None:
    row = "\n\n".join(["1802—1805", "0", "517", "204", "721"])
    source = "資料來源：《賦役檔冊》，第十三至十八件。"
    lines = mend_lines(read_layout("\n".join([*cut(prose(1)), "", row, "", source, *cut(prose(2))]))).lines
    assert source in [line.text for line in lines]


def test_a_span_of_years_that_a_cell_divides() -> None:
    rows = [
        ["年份", "件數", "人數"],
        ["1736—1795", "188", "301"],
        ["1796—1860", "264", "397"],
        ["1861—1911", "275", "412"],
    ]
    cells = [part for row in rows for cell in row for part in cell.replace("—", "—\n").split("\n")]
    manuscript = dump("\n".join([*cut(prose(1)), "表一 各時的件數", *cells, *cut(prose(2))]) + "\n")
    assert rows_of(next(b for b in manuscript.blocks if b.kind is BlockKind.TABLE)) == rows


@pytest.mark.parametrize("labels", [("第一條", "第二條", "第三條"), ("1904 年", "1908 年", "1911 年")])
def test_labels_apart_from_their_entries_by_a_wide_space(labels: tuple[str, ...]) -> None:
    entries = [line for label in labels for line in (label, "", "河道歸縣管理。", "")]
    lines = join_numbers(read_layout("\n".join([*cut(prose(1)), *entries, *cut(prose(2))]))).lines
    told = [" ".join(line.text.split()) for line in lines]
    assert [f"{label} 河道歸縣管理。" in told for label in labels] == [True] * 3
    titled = read_layout("\n".join([*cut(prose(1)), "", "大事年表", "", *entries, *cut(prose(2))]))
    assert "大事年表" in [line.text for line in mend_lines(join_numbers(titled)).lines]
    rows = [line for label in labels for line in (label, "", "84", "", "4", "")]
    assert [line.text for line in join_numbers(read_layout("\n".join(rows))).lines] == [
        row for row in rows if row
    ]


def test_the_label_of_an_abstract_is_no_piece_of_the_keywords_above() -> None:
    label = ["關鍵詞：碼頭、訴訟、河道與閘口的沿革、平湖縣", "", "Abstract"]
    text = [line for n in range(4) for line in (*cut(prose(n)), "")]
    lines = mend_lines(read_layout("\n".join([*text, *label, *cut(prose(5))]))).lines
    assert "Abstract" in [line.text for line in lines]


def test_two_amounts_are_no_pieces_of_a_line() -> None:
    rows = ["宿舍條件", "4.05", "0.77", "2", "校長領導", "3.98", "0.81", "3"]
    lines = mend_lines(
        read_layout("\n".join([*cut(prose(1)), "", *"\n\n".join(rows).split("\n"), "", *cut(prose(2))]))
    ).lines
    assert not any("4.05 0.77" in line.text for line in lines)


def test_columns_of_two_cells_before_rows_told_cell_by_cell() -> None:
    told = [
        "因素",
        "同事",
        "",
        "平均",
        "4.21",
        "",
        "排序",
        "1",
        "",
        "宿舍",
        "",
        "4.05",
        "",
        "2",
        "",
        "校長",
        "",
        "3.98",
        "",
        "3",
    ]
    lines = [*cut(prose(1)), "表 4-1 去留的因素", *told, "", *cut(prose(2))]
    manuscript = dump("\n".join(lines) + "\n")
    table = next(block for block in manuscript.blocks if block.kind is BlockKind.TABLE)
    assert rows_of(table) == [
        ["因素", "平均", "排序"],
        ["同事", "4.21", "1"],
        ["宿舍", "4.05", "2"],
        ["校長", "3.98", "3"],
    ]
