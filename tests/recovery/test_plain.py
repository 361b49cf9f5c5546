"""Clean text passes untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.manuscript import BlockKind, Manuscript
from pipeline.recovery import recover
from pipeline.recovery.ledger import account, edits

NOVEL = """石階記
陳小明

第一回　船夫登岸

\u3000\u3000河道在秋天總是最先安靜下來。
\u3000\u3000「你去罷。」他說。

第二回　孩子數樁

\u3000\u3000橋邊站着三個人，1958年的事誰也不提。
"""
WRAPPED = """河道在秋天總是最先安靜下來，船夫把竹篙靠在
橋邊，等着潮水從閘口退去，孩子們便跑到石階
上去。

他們數那些露出來的木樁，數到第三十根的時候
天就黑了。
"""
POEM = """石階

潮水退了，
石階還在，
船夫的影子，
留在岸邊。
"""


def plain(text: str) -> Manuscript:
    manuscript = recover(text, "plain")
    assert account(manuscript) == []
    assert edits(manuscript) == []
    return manuscript


def test_a_novel() -> None:
    manuscript = plain(NOVEL)
    assert manuscript.fronts[0].title.text == "石階記"
    assert manuscript.fronts[0].authors[0].text == "陳小明"
    kinds = [b.kind.value for b in manuscript.blocks]
    assert kinds == ["heading", "paragraph", "paragraph", "heading", "paragraph"]


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        ("百字文\n何其昌\n\n河邊舊樹\n秋水平橋\n石階無語\n", "百字文", ["何其昌"]),
        ("河謠百首\n\n渡口\n石生\n\n潮退沙平人未歸，橋邊燈火照漁磯。\n", "河謠百首", []),
        ("論河\n王海、李岸\n\n河道在秋天最先安靜下來。\n", "論河", ["王海、李岸"]),
        ("渡口\n林石\n潮退沙平人未歸。\n\n石橋\n林石\n橋邊燈火照漁磯。\n", None, []),
        ("今年的河工已經完了。（林石）\n\n明年再修。\n", None, []),
        ("3、去年十月，河工領了四百元\n\n明年再修。\n", None, []),
        ("──┤\n\n明年再修。\n", None, []),
    ],
)
def test_title_and_authors(text: str, title: str | None, authors: list[str]) -> None:
    manuscript = plain(text)
    assert [front.title.text for front in manuscript.fronts] == ([title] if title else [])
    assert [a.text for front in manuscript.fronts for a in front.authors] == authors


def test_wrapped_lines_stay_soft() -> None:
    manuscript = plain(WRAPPED)
    assert [b.content.text.count("\n") for b in manuscript.blocks] == [2, 1]


def test_lines_that_end_sentences_are_paragraphs() -> None:
    assert len(plain(POEM).blocks) == 4


def test_breaks_between_sections() -> None:
    manuscript = plain("他走了。\n\n* * *\n\n第二天下雨。\n")
    assert [b.kind for b in manuscript.blocks] == [BlockKind.PARAGRAPH, BlockKind.BREAK, BlockKind.PARAGRAPH]


@pytest.mark.parametrize(
    "text",
    [
        "学而时习之，不亦说乎？\n有朋自远方来，不亦乐乎？\n",
        "某市法规\n\n第一章 总则\n第一条 为了保护河道，制定本法。\n第二条 本法所称河道，包括闸口。\n第二章 附则\n第三条 本法自公布之日起施行。\n",
        "A short notice\n\nThe river port closes at six. Bring B-47 forms and G20 badges.\n",
        "他看见k线图和A股，用的是U型管，u盘也在。\n",
        "王 明\n\n张三说：“好。”\n",
    ],
)
def test_clean_texts_have_an_empty_ledger(text: str) -> None:
    plain(text)


@given(st.text(alphabet="一二三的，。「」第回章 \u3000\n\n*-#1a\r\t", max_size=200))
def test_any_text_is_accounted_for(text: str) -> None:
    assert account(recover(text, "plain")) == []
