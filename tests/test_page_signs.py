"""A mark between pages is one for the form of a text, for its lines in Markdown and in a page dump."""

from __future__ import annotations

import pytest

from pipeline.readers.detect import detect_form
from tests.recovery.ocr_markdown.papers import recover, texts
from tests.recovery.page_dump.dumps import dump, shown

MARKS = [
    "--- Page {} ---",
    "=== 第 {} 頁 ===",
    "**[Page {}]**",
    "## Page {} of 9",
    "<!-- page {}/9 -->",
    "— 第{}頁 —",
]


@pytest.mark.parametrize("mark", [*MARKS, "{{{}}}--------------------", '<page number="{}">'])
def test_every_room_knows_the_marks_of_pages(mark: str) -> None:
    lines = ["渡口早就廢了，只有一條老船還橫在岸邊，", "船戶改行做了腳夫，搬的是從前自己渡過去的貨。"]
    pages = [f"{mark.format(n)}\n\n{line}" for n, line in enumerate(lines, 6)]
    source = "# 渡口考\n\n" + "\n\n".join(pages) + "\n"
    assert texts(recover(source)) == ["".join(lines)]
    assert detect_form(source, "a.md") == "ocr-markdown" or "—" in mark


@pytest.mark.parametrize("mark", MARKS)
def test_a_script_s_marks_go_from_a_dump(mark: str) -> None:
    source = "".join(
        f"{mark.format(n)}\n渡口早就廢了，只有一條老船還橫在岸邊。\n第{n}隻船沉了。\n" for n in (6, 7, 8)
    )
    assert not any("頁" in text or "age" in text for text in shown(dump(source)))
