"""Marks of notes that only the document itself shows, learned by counting; and what looks like them and marks none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.own_marks import own_marks
from pipeline.readers.detect import detect_form
from tests.recovery.ocr_markdown.papers import notes, recover, texts

MARKS = {
    "※": (lambda n: f"※{n}", lambda n: f"※{n} "),
    "lowered by a formula": (lambda n: f"$_{{{n}}}$", lambda n: f"$_{{{n}}}$ "),
    "half a parenthesis": (lambda n: f"{n})", lambda n: f"{n}) "),
    "braces above points": (lambda n: f"{{{n}}}", lambda n: f"{{{n}}}. "),
    "tags with names of their own": (lambda n: f'<i id="c{n}">{n}</i>', lambda n: f'<b id="n{n}">{n}</b> '),
}


def paper(call: Callable[[int], str], body: Callable[[int], str], first: int = 1, pages: int = 3) -> str:
    parts = ["# 渡口考"]
    for page in range(pages):
        numbers = range(1, 4) if first else range(3 * page + 1, 3 * page + 4)
        parts.append("".join(f"渡口第{page}條老船橫在岸邊，{call(n)}船戶都走了。" for n in numbers))
        parts += [f"{body(n)}《渡口志》，卷{n}。" for n in numbers]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("first", [0, 1], ids=["through", "by page"])
@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS)
def test_numbers_that_count_on_and_are_answered_are_notes(
    marks: tuple[Callable[[int], str], Callable[[int], str]], first: int
) -> None:
    source = paper(*marks, first)
    manuscript = recover(source)
    assert len(notes(manuscript)) == 9
    assert texts(manuscript) == [f"渡口第{page}條老船橫在岸邊，船戶都走了。" * 3 for page in range(3)]
    assert detect_form(source, "a.md") == "ocr-markdown"


@pytest.mark.parametrize(
    "source",
    [
        "# 安裝\n\n" + "".join(f"{n}) 下載第{n}個檔案。\n" for n in range(1, 9)),
        "# 數列\n\n" + "".join(f"元素※{n}為零。\n\n" for n in range(1, 9)),
        "# 步驟\n\n" + "".join(f"{n}) 做第{n}步，參見步驟{n})。\n\n" for n in range(1, 9)),
        paper(lambda n: f"<sup>{n}</sup>", lambda n: f"<sup>{n}</sup> "),
    ],
    ids=["a list", "calls without notes", "told before it is called", "known ones"],
)
def test_what_marks_no_notes_of_its_own(source: str) -> None:
    assert own_marks(source) is None
