"""Two columns of a page: kept apart, read across, told in turn; and tables that are none."""

from __future__ import annotations

from itertools import zip_longest

from tests.recovery.page_dump.dumps import cut, dump, notes, prose, shown


def side_by_side(left: list[str], right: list[str], gap: int = 6) -> list[str]:
    """Two columns as ``pdftotext -layout`` prints them: a character of the page is a character of the line."""
    wide = max(map(len, left)) + gap
    rows = zip_longest(left, right, fillvalue="")
    return [f"{a.ljust(wide)}{b}".rstrip() for a, b in rows]


def column(n: int, called: int) -> list[str]:
    note = f"{called} 王某，《河道考》，頁{called}。"
    return [
        *("    " + line if k == 0 else line for k, line in enumerate(cut(f"{prose(n)}{called}", 24))),
        note,
    ]


def test_columns_kept_apart_are_read_one_after_the_other() -> None:
    pages = []
    for n in range(1, 9, 2):
        rows = side_by_side(
            [*cut(prose(n + 20), 24), *column(n, n)], [*cut(prose(n + 30), 24), *column(n + 1, n + 1)]
        )
        pages.append(
            "\n".join(
                [
                    "            平湖縣志稿 第十二期，論碼頭與縣城的興廢及其商會",
                    *rows,
                    "",
                    f"{' ' * 30}{n // 2 + 1}",
                ]
            )
        )
    manuscript = dump("\n\f".join(pages) + "\n")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 9)}
    assert "".join(shown(manuscript)) == "".join(
        text
        for n in range(1, 9, 2)
        for text in (prose(n + 20), f"{prose(n)}[{n}]", prose(n + 30), f"{prose(n + 1)}[{n + 1}]")
    )
    assert [f.rule for f in manuscript.findings if f.rule.startswith("L2")] == ["L21"]


def test_lines_of_columns_are_as_wide_as_they_are() -> None:
    def first(text: str) -> list[str]:
        return ["  " + line if k == 0 else line for k, line in enumerate(cut(text, 24))]

    pages, wanted = [], []
    for n in range(1, 9):
        texts = [[prose(n), f"{'一二三四五六七八'[n - 1]}、碼頭", prose(n + 20), prose(n + 80)]]
        texts.append(
            [prose(n + 40)[:62] + "。", prose(n + 60)[:80] + "。", prose(n + 90), prose(n + 70)[:23] + "。"]
        )
        left, right = ([line for text in texts[k] for line in first(text)] for k in (0, 1))
        pages.append("\n".join(side_by_side(left, right)))
        wanted += [text for column in texts for text in column]
    manuscript = dump("\n\f".join(pages) + "\n")
    assert [text.replace(" ", "") for text in shown(manuscript)] == wanted


def test_tables_are_no_columns() -> None:
    rows = [f"{year}年       平湖縣碼頭{year % 7}處" for year in range(1900, 1930)]
    lines = [*cut(prose(1)), *cut(prose(2)), "表一 碼頭的數目", *rows, *cut(prose(3))]
    assert not any(f.rule == "L21" for f in dump("\n".join(lines) + "\n").findings)


def test_columns_read_across_are_told() -> None:
    left, right = (
        [line for n in range(1, 6) for line in cut(prose(n), 20)],
        cut("".join(prose(n) for n in range(6, 11)), 20),
    )
    across = [f"{a} {b}" for a, b in zip(left, right, strict=False)]
    found = [f for f in dump("\n".join(across) + "\n").findings if f.rule == "L22"]
    assert len(found) == 1 and "read across" in found[0].message
    assert not any(f.rule == "L22" for f in dump("\n".join([*left, *right]) + "\n").findings)


def test_columns_told_in_turn_are_told() -> None:
    pages = []
    for n in range(1, 13, 2):
        left, right = ([*cut(prose(n + k), 24), *cut(prose(n + k + 40), 24)] for k in (0, 1))
        pages.append("\n".join(line for pair in zip_longest(left, right) for line in pair if line))
    manuscript = dump("\n\f".join(pages) + "\n")
    assert [f.rule for f in manuscript.findings] == ["L22"]
    straight = "\n\f".join("\n".join(cut(prose(n), 24)) for n in range(1, 40))
    assert dump(straight + "\n").findings == ()


def test_columns_of_a_page_that_begin_elsewhere_than_the_others_and_hold_a_table() -> None:
    """pdftotext prints each page as narrow as its longest line allows."""
    table = [
        "  年份   木排   米船   商號   合計",
        *(f"  192{k}   {k}2   {k}5   {k}7   {k}24" for k in range(4)),
    ]
    pages = []
    for n in range(1, 9, 2):
        left, right = (
            [*cut(prose(n + 20), 24), *column(n, n)],
            [*cut(prose(n + 30), 24), *column(n + 1, n + 1)],
        )
        if n == 3:
            left = [*left[:3], *table, *left[3:]]
        pages.append(
            "\n".join([f"第{n}卷第二期      平湖學報      2019年4月", *side_by_side(left, right, 4 * n)])
        )
    manuscript = dump("\n\f".join(pages) + "\n")
    assert notes(manuscript) == {str(n): f"王某，《河道考》，頁{n}。" for n in range(1, 9)}
    text = "".join(shown(manuscript))
    assert all(f"{prose(n)}[{n}]{prose(n + 30)}{prose(n + 1)}[{n + 1}]" in text for n in range(1, 9, 2))


def test_a_few_narrow_lines_tell_that_columns_came_in_turn() -> None:
    """Some lines hold both columns, the others alternate; the same text column by column says nothing."""
    columns = [cut(prose(n) + prose(n + 20) + prose(n + 40) + prose(n + 60), 18) for n in (1, 2)]
    turned = [
        line
        for k, (a, b) in enumerate(zip(*columns, strict=False))
        for line in ([f"{a} {b}"] if k % 6 == 0 else [a, b])
    ]
    told = [line for column in columns for line in column]
    assert [f.rule for f in dump("\n".join(turned) + "\n").findings] == ["L22"]
    assert dump("\n".join(told) + "\n").findings == ()


def test_endnotes_in_two_columns_below_a_text_in_one() -> None:
    """Their labels stand below each other and count on from column to column; who wrote the text stands below both."""
    bodies = [f"王某：《河道考》（平湖書局，192{n}），記碼頭與縣城的興廢，頁{n}。" for n in range(1, 9)]
    pages = ["\n".join(cut(f"{prose(n)}{n}", 40)) for n in range(1, 9)]

    def column(first: int, labels: list[int]) -> list[str]:
        notes = zip(labels, bodies[first : first + 4], strict=True)
        return [
            f"{n} " * (k == 0) + "  " * (k > 0) + body[a : a + 20]
            for n, body in notes
            for k, a in enumerate((0, 20))
        ]

    def text(right: list[int]) -> str:
        rows = side_by_side(column(0, [1, 2, 3, 4]), column(4, right))
        return "\n\f".join([*pages, "\n".join(["註釋", *rows, "", "沈某人　平湖大學歷史系"])]) + "\n"

    manuscript = dump(text([5, 6, 7, 8]))
    assert notes(manuscript) == {str(n): body for n, body in enumerate(bodies, 1)}
    assert [f.rule for f in manuscript.findings] == ["L21"]
    assert "L21" not in {f.rule for f in dump(text([6, 5, 8, 7])).findings}
