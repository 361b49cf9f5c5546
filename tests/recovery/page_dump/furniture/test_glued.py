"""Dumps whose pages were put together without a line's end: heads behind the last line of the page before."""

from __future__ import annotations

from pipeline.recovery import recover
from pipeline.recovery.ledger import account

STONE = "渡口的石階共有四十九級，每一級都被挑水的人踩得發亮，遇到水漲的年份，最下面的十級要到秋後才露出來"
MEASURE = 34
HEAD = "津梁會議 ─ 一九六二年五月"


def pages(closed: bool) -> list[str]:
    """The text of six pages, the head and the page's number before it."""
    out = []
    for n in range(6):
        told = "".join(f"第{chr(0x4E00 + 31 * n + 7 * k)}家的人說，{STONE}，" for k in range(8))
        text = f"第{n}份文書{'，' * (n > 0)}{'共抄' * n}：{told}" + ("里長記下。" if closed else "里長又")
        lines = "\n".join(text[i : i + MEASURE] for i in range(0, len(text), MEASURE))
        out.append(f"{HEAD} \n{n + 1493} \n \n{lines}")
    return out


def test_heads_behind_the_last_lines_of_pages_go() -> None:
    for closed in (True, False):
        found = recover("".join(pages(closed)), "page-dump")
        text = "".join(block.content.visible() for block in found.blocks)
        assert not account(found)
        assert "津梁" not in text and "149" not in text
        assert [number for _, number in found.pages] == [str(n + 1493) for n in range(6)]
        assert text.count("里長") == 6
        assert closed or text.count("里長又第") == 5


def test_heads_on_lines_of_their_own_begin_the_pages_that_they_tell() -> None:
    found = recover("\n".join(pages(True)), "page-dump")
    assert [number for _, number in found.pages] == [str(n + 1493) for n in range(6)]
    assert all(found.source_text.startswith("第", at) for at, _ in found.pages)


def test_a_head_with_a_mark_in_it_goes_whole() -> None:
    """On a line of its own or behind the last line of the page before."""
    for joint in ("\n", ""):
        text = joint.join(pages(True)).replace(HEAD, "津梁：渡口、石階與燈火")
        found = recover(text, "page-dump")
        assert "津梁" not in "".join(block.content.visible() for block in found.blocks)
        assert [number for _, number in found.pages] == [str(n + 1493) for n in range(6)]


def test_words_before_numbers_that_do_not_count_on_stay() -> None:
    text = "\n".join(f"{STONE}，{STONE}，水位表\n{n}\n{STONE}。" for n in (8, 3, 5, 2))
    assert "水位表" in "".join(block.content.visible() for block in recover(text, "page-dump").blocks)


def test_a_speaker_with_office_and_name_begins_a_paragraph() -> None:
    talk = [
        f"水利局局長：{STONE}。",
        f"石渡區代表林某：{STONE}嗎？",
        f"水利局局長：沒有，{STONE}。",
        f"石渡區代表林某：那麼{STONE}，是嗎？",
        f"水利局局長：{STONE}。",
        f"石渡區代表林某：多謝局長，{STONE}。",
    ]
    lines = [line[i : i + MEASURE] for line in talk for i in range(0, len(line), MEASURE)]
    found = recover("\n".join(lines), "page-dump")
    assert [block.content.visible() for block in found.blocks] == talk


def test_feet_that_count_the_pages_part_from_the_next_head() -> None:
    bodies = [page.split("\n \n", 1)[1] for page in pages(True)]
    text = "".join(f"津梁章程\n{body.strip()}\n第 {n} 頁，共 11 頁" for n, body in enumerate(bodies, 3))
    found = recover(text, "page-dump")
    assert not account(found)
    assert [number for _, number in found.pages] == [str(n + 3) for n in range(6)]
    kept = "".join(block.content.visible() for block in found.blocks)
    assert "共 11" not in kept and "津梁" not in kept and kept.count("里長") == 6
