"""A contents list goes, its titles are headings, and repeated titles at the head of a page are running heads."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import BlockKind
from pipeline.recovery import ledger, recover
from pipeline.settings import RecoverSettings

TITLES = [("河邊的城", 0, 1), ("井與巷", 4, 1), ("渡口", 0, 3), ("船家的帳本", 4, 3), ("橋", 0, 5)]
TEXT = (
    "城裡的人一早便到河邊去，挑水的挑水，洗衣的洗衣，\n船家在岸邊整理纜繩，一面同熟人說話，一面看天色。\n"
    "到了午後，市集散去，石階上只剩下幾個孩子在玩水。\n"
)


def dump(list_lines: list[str], heads: bool) -> str:
    pages = ["某城水事考\n\n某人\n", "目　錄\n" + "\n".join(list_lines) + "\n"]
    for number, start in enumerate(range(0, len(TITLES), 2), 1):
        chapter = TITLES[start][0]
        body = "".join(
            f"{' ' * 12}{title}\n\n    {TEXT}    {TEXT}" for title, _, _ in TITLES[start : start + 2]
        )
        pages.append(body)
        pages.append((f"{chapter}\n" if heads else "") + f"    {TEXT}    {TEXT}{number * 2}\n")
    return "\f".join(pages)


LEADERS = [f"{' ' * indent}{title} {'.' * 30} {page}" for title, indent, page in TITLES]
DOTS = [f"{' ' * indent}{title}……………{page}" for title, indent, page in TITLES]
APART = [line for title, indent, page in TITLES for line in (" " * indent + title, "." * 20, str(page))]


DRIPPING = [
    line for title, indent, page in TITLES for line in (" " * indent + title + " .", *["."] * 12, f". {page}")
]


@pytest.mark.parametrize(
    "list_lines", [LEADERS, DOTS, APART, DRIPPING], ids=["leaders", "dots", "apart", "dripping"]
)
@pytest.mark.parametrize("heads", [False, True])
def test_the_list_tells_the_headings(list_lines: list[str], heads: bool) -> None:
    manuscript = recover(dump(list_lines, heads), "page-dump", RecoverSettings())
    assert ledger.account(manuscript) == []
    found = [(b.content.visible(), b.level) for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert found == [(title, 1 if indent == 0 else 2) for title, indent, _ in TITLES]
    rules = {e.rule for e in manuscript.removed}
    assert "L11" in rules and ("L3" in rules) is heads and "L2" not in rules
    text = "".join(b.content.visible() for b in manuscript.blocks)
    assert "..." not in text and "……" not in text


def test_the_letters_of_a_watermark_part_no_list() -> None:
    mark = "\n".join(["河", "海", "大", "學", "R", "iv er", "U", "n", "iv"])
    list_lines = [*LEADERS[:3], mark, "ii\f" + LEADERS[3], LEADERS[4], mark, "iii"]
    manuscript = recover(dump(list_lines, heads=False), "page-dump", RecoverSettings())
    assert ledger.account(manuscript) == []
    found = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert found == [title for title, _, _ in TITLES]
    assert "..." not in "".join(b.content.visible() for b in manuscript.blocks)


def test_an_outline_in_the_text_is_no_list() -> None:
    text = "本書分為三章：\n第一章 河邊的城\n第二章 渡口\n第三章 橋\n" + TEXT * 6
    manuscript = recover(text, "page-dump", RecoverSettings())
    assert "L11" not in {e.rule for e in manuscript.removed}


def test_a_table_of_figures_is_no_list() -> None:
    rows = "\n".join(f"甲地  {n}" for n in (30, 12, 45, 7, 22))
    manuscript = recover(f"各地的井數如下。\n{rows}\n{TEXT * 6}", "page-dump", RecoverSettings())
    assert "L11" not in {e.rule for e in manuscript.removed}


@pytest.mark.parametrize("name", ["表次", "表目次"])
def test_lists_of_tables_tell_no_headings(name: str) -> None:
    """The list of tables begins on the page behind that of the chapters, below its folio."""
    chapters = [
        f"第{c}章 {title}{'.' * 30}{n}"
        for n, (c, title) in enumerate(zip("一二三四", "河井渡橋", strict=True), 1)
    ]
    tables = [f"表{n}-1 碼頭的數目{'.' * 30}{n + 4}" for n in range(1, 3)]
    pages = ["目次\n" + "\n".join(chapters) + "\nii\n", f"{name}\n" + "\n".join(tables) + "\niii\n"]
    for n, (c, title) in enumerate(zip("一二三四", "河井渡橋", strict=True), 1):
        pages.append(f"第{c}章 {title}\n    {TEXT}表{n}-1 碼頭的數目\n    {TEXT}{n}\n")
    manuscript = recover("\f".join(pages), "page-dump", RecoverSettings())
    found = [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING]
    assert found == [f"第{c}章 {title}" for c, title in zip("一二三四", "河井渡橋", strict=True)]
    assert name not in [b.content.visible() for b in manuscript.blocks]


def test_a_title_that_comes_again_and_begins_a_page_is_no_running_head() -> None:
    names = ["第一章 河", "一、船家", "第二章 井", "一、船家"]
    contents = [f"{name}{'.' * 30}{n}" for n, name in enumerate(names, 1)]
    pages = ["目次\n" + "\n".join(contents) + "\n"]
    pages += [f"{name}\n    {TEXT}    {TEXT}" for name in names] + [f"    {TEXT}    {TEXT}"] * 3
    manuscript = recover("\f".join(pages), "page-dump", RecoverSettings())
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == names


def test_sentences_above_numbers_of_lines_are_no_contents() -> None:
    said = ["Fetching the river...", *(f"Counting the bridges of year {n}, done." for n in range(1900, 1906))]
    lines = [line for n, words in enumerate(said, 5) for line in (words, str(n))]
    manuscript = recover("\n".join([TEXT.replace("\n", "")] * 3 + lines) + "\n", "page-dump")
    assert not [edit for edit in manuscript.removed if edit.rule == "L11"]


OUTLINE = ["一、河邊的城", "二、渡口", "三、橋"]


@pytest.mark.parametrize("listed", ["一、河邊的城 三、橋", "二、渡口"], ids=["two on a line", "one"])
def test_a_list_without_pages_in_a_box_above_other_lines(listed: str) -> None:
    """So journals of law print it on the first page: a note on the author and the page's number stand below."""
    box = ["目　次", *([listed, OUTLINE[1]] if " " in listed else OUTLINE)]
    foot = ["* 沈某人，某大學法律系教授。本文承評審指正。", "–121–"]
    text = "\n".join(
        ["某城水事考", "沈某人*", *box, *foot, *(f"{title}\n{TEXT.rstrip()}" for title in OUTLINE)]
    )
    manuscript = recover(text, "page-dump", RecoverSettings())
    assert ledger.account(manuscript) == []
    assert [e.before.strip() for e in manuscript.removed if e.rule == "L11"][: len(box)] == box
    assert [b.content.visible() for b in manuscript.blocks if b.kind is BlockKind.HEADING] == OUTLINE


def test_a_list_without_pages_stays_where_the_text_lacks_a_title() -> None:
    titles = [*OUTLINE, "四、船"]
    text = "\n".join(["某城水事考", "沈某人", "目次", *titles, *(f"{t}\n{TEXT.rstrip()}" for t in OUTLINE)])
    assert not [e for e in recover(text, "page-dump", RecoverSettings()).removed if e.rule == "L11"]


@pytest.mark.parametrize("head", ["目 次", "目录"])
@pytest.mark.parametrize("again", [OUTLINE, OUTLINE[:2]], ids=["all", "one is missing"])
def test_a_list_without_pages_goes_where_all_its_titles_come_again(head: str, again: list[str]) -> None:
    text = (
        "\n".join(["某城水事考", "沈某人", head, *OUTLINE])
        + "\n"
        + "".join(f"{title}\n{TEXT}" for title in again)
    )
    manuscript = recover(text, "page-dump", RecoverSettings())
    assert ledger.account(manuscript) == []
    removed = [e.before.strip() for e in manuscript.removed if e.rule == "L11"]
    assert removed == ([head, *OUTLINE] if again == OUTLINE else [])


def test_a_running_head_among_the_entries_is_no_part_of_a_title() -> None:
    """A list over several pages: their heads stand before entries that they do not belong to."""
    lines = [
        f"第{n}章 {title} {'.' * 30} {page}"
        for n, title, page in zip("一二三四五六七八", "橋渡井巷船閘堤埠", range(2, 10), strict=True)
    ]
    pages = ["目　次\n" + "\n".join(lines[:2])]
    pages += ["謝辭\n" + "\n".join(lines[k : k + 2]) for k in (2, 4, 6)]
    pages += [
        f"謝辭\n第{n}章 {title}\n\n    {TEXT}    {TEXT}"
        for n, title in zip("一二三四五六七八", "橋渡井巷船閘堤埠", strict=True)
    ]
    manuscript = recover("\f".join(pages), "page-dump", RecoverSettings())
    assert ledger.account(manuscript) == []
    assert sum(e.rule == "L11" for e in manuscript.removed) == 9
    assert not any("謝辭" in b.content.visible() for b in manuscript.blocks)
