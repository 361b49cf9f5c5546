"""Minutes of meetings: heads above the numbers of pages, speakers with their office."""

from __future__ import annotations

from pipeline.recovery import recover

STONE = "渡口的石階共有四十九級，每一級都被挑水的人踩得發亮，遇到水漲的年份，最下面的十級要到秋後才露出來"
MEASURE = 34
HEAD = "津梁會議 ─ 一九六二年五月"


def pages() -> list[str]:
    """The text of six pages, the head and the page's number before it."""
    out = []
    for n in range(6):
        told = "".join(f"第{chr(0x4E00 + 31 * n + 7 * k)}家的人說，{STONE}，" for k in range(8))
        text = f"第{n}份文書{'，' * (n > 0)}{'共抄' * n}：{told}里長記下。"
        lines = "\n".join(text[i : i + MEASURE] for i in range(0, len(text), MEASURE))
        out.append(f"{HEAD} \n{n + 1493} \n \n{lines}")
    return out


def test_heads_on_lines_of_their_own_begin_the_pages_that_they_tell() -> None:
    found = recover("\n".join(pages()), "page-dump")
    assert [number for _, number in found.pages] == [str(n + 1493) for n in range(6)]
    assert all(found.source_text.startswith("第", at) for at, _ in found.pages)


def test_a_head_with_a_mark_in_it_goes_whole() -> None:
    text = "\n".join(pages()).replace(HEAD, "津梁：渡口、石階與燈火")
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
