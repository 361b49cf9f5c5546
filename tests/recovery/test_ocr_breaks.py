"""What a recognised page breaks off and what goes on behind what stood between: records, lists, captions, formulas."""

from __future__ import annotations

import pytest

from pipeline.document.manuscript import Manuscript
from pipeline.document.master import write_master
from pipeline.recovery.ledger import account
from pipeline.recovery.ocr_markdown import recover_ocr_markdown
from pipeline.settings import RecoverSettings

HALF = "運河開通以後，沿岸的市鎮一個接一個地興盛起來，商人在碼頭旁邊修建會館和貨"
REST = "棧，船工也有了自己的廟。"


def recover(text: str) -> Manuscript:
    manuscript = recover_ocr_markdown(text, RecoverSettings(), "zh-Hant")
    assert account(manuscript) == []
    return manuscript


def paragraphs(text: str) -> list[str]:
    return [b.content.visible() for b in recover(text).blocks]


@pytest.mark.parametrize(
    "records",
    [
        ["收稿日期：2011-03-04；修回日期：2011-05-06"],
        ["基金項目：河工研究基金（07HG12）", "作者簡介：王明（1970—），男，教授，研究方向為河道史"],
        ["通讯作者：李文，E-mail：liwen@example.org"],
    ],
)
def test_a_paragraph_goes_on_behind_the_records_of_its_paper(records: list[str]) -> None:
    between = "\n\n".join(records)
    assert paragraphs(f"# 運河\n\n## 一、市鎮\n\n{HALF}\n\n{between}\n\n{REST}\n\n後來鐵路來了。\n")[1:] == [
        HALF + REST,
        *records,
        "後來鐵路來了。",
    ]


def test_a_paragraph_behind_a_list_without_stops_is_no_part_of_it() -> None:
    items = ["船閘：用來抬高水位，讓船過壩", "水門：用來放水，洪水時打開", "滾壩：水滿自溢，不必有人看守"]
    text = "河上有三種設施：\n\n" + "\n".join(f"- {i}" for i in items) + f"\n\n這些設施，{REST}\n"
    assert paragraphs(text)[1:] == [*items, f"這些設施，{REST}"]


def test_a_sentence_that_names_its_figure_goes_on() -> None:
    text = f"# 河\n\n圖2展示了沿岸市鎮的位置，其中較大的有三個，都在支流與運河相\n\n交的地方，{REST}\n"
    assert (
        paragraphs(text)[-1] == f"圖2展示了沿岸市鎮的位置，其中較大的有三個，都在支流與運河相交的地方，{REST}"
    )


def test_a_caption_does_not_go_on_with_a_paragraph() -> None:
    text = f"# 河\n\n{REST}\n\n圖2沿岸市鎮的位置\n\n這些市鎮後來都衰落了，{REST}\n"
    assert "圖2沿岸市鎮的位置" in paragraphs(text)


def test_a_text_without_any_mark_goes_on_where_the_break_parts_a_word() -> None:
    words = "碼頭邊有茶館，碼頭上有腳夫，碼頭外有船。"
    broken = "沿岸各個市鎮的商人後來又修了許多碼\n\n頭，船工也有了自己的廟。"
    assert paragraphs(f"# 河\n\n## 一、碼頭\n\n{words}\n\n{broken}\n")[-1] == broken.replace("\n\n", "")


def test_a_paragraph_goes_on_with_a_formula() -> None:
    text = f"# 河\n\n## 一、水\n\n{HALF[:-1]}，下游的水深，據當時的測量是\n\n$h = 3 \\mathrm{{m}}$ 左右，{REST}\n"
    assert "$h = 3 \\mathrm{m}$ 左右" in write_master(recover(text)).split("\n\n")[-1]
    assert len(paragraphs(text)) == 2
