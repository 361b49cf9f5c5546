"""What a recognised page breaks off and what goes on behind what stood between: records, lists, captions, formulas."""

from __future__ import annotations

import pytest

from pipeline.document.master import write_master
from tests.recovery.ocr_markdown.papers import recover

HALF = "運河開通以後，沿岸的市鎮一個接一個地興盛起來，商人在碼頭旁邊修建會館和貨"
REST = "棧，船工也有了自己的廟。"


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


# --- lines of one chunk


def test_captions_in_two_languages_and_the_text_below_stand_apart() -> None:
    text = (
        "# 河\n\n沿岸市鎮的位置如圖1所示。\n![img-0.jpeg](img-0.jpeg)\n\n圖1 沿岸市鎮的位置\nFig. 1 The towns along the river\n"
        "圖1中，較大的市鎮有三個，都在支流與運河相交的地方，船隻在這裡停泊、卸貨、換船，再往北走。\n"
    )
    assert paragraphs(text)[2:] == [
        "圖1 沿岸市鎮的位置",
        "Fig. 1 The towns along the river",
        "圖1中，較大的市鎮有三個，都在支流與運河相交的地方，船隻在這裡停泊、卸貨、換船，再往北走。",
    ]


def test_a_caption_over_two_lines_of_a_page_stays_whole() -> None:
    text = "# 河\n\n![](images/a.jpg)\n\n圖1 沿岸市鎮的位置，據光緒年間的河\n圖重繪，比例尺從略\n"
    assert paragraphs(text)[1:] == ["圖1 沿岸市鎮的位置，據光緒年間的河圖重繪，比例尺從略"]


def test_lines_of_a_record_stand_apart() -> None:
    text = f"# 河\n\n## 一、水\n\n{HALF}{REST}\n\n參見下文  \n分類號：K25  \nDOI:10.1/a\n"
    assert paragraphs(text)[-3:] == ["參見下文", "分類號：K25", "DOI:10.1/a"]


def test_a_short_line_above_a_long_one_is_a_paragraph() -> None:
    long = "首先，把每一年的水位記下來，逐月求出平均，再與前一年的同月相比，看漲落的先後；然後畫成一條線。"
    assert paragraphs(f"# 河\n\n具體的做法如下：\n{long}\n") == ["具體的做法如下：", long]


def test_sources_and_notes_with_unlike_brackets_are_lines_of_their_own() -> None:
    text = (
        "# 河\n\n水漲了〔1〕，船也高了[2〕，人卻沒有來〔3]。後來水退了，船擱在岸上。\n注釋\n〔1〕王明《河志》，第3頁。\n"
        "[2〕同上，第5頁。\n〔3]李文《水考》，第7頁。\n"
    )
    manuscript = recover(text)
    assert [n.blocks[0].content.visible() for n in manuscript.notes] == [
        "王明《河志》，第3頁。",
        "同上，第5頁。",
        "李文《水考》，第7頁。",
    ]
    assert manuscript.findings == () and len(manuscript.blocks) == 1


def test_a_call_at_a_line_begin_begins_no_note() -> None:
    text = "# 河\n\n沿岸的市鎮一個接一個地興盛起來，商人在碼頭修建會館\n①，船工也有了自己的廟。\n\n---\n\n① 王明《河志》，第3頁。\n"
    manuscript = recover(text)
    assert len(manuscript.blocks) == 1 and len(manuscript.notes) == 1


# --- formulas


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("水深為 $ h_{0}=3 $ 時", "水深為 $h_{0}=3$ 時"),
        ("水深為 $ { \\mathbf { h } } ^ { 2 }$ 時", "水深為 ${ \\mathbf { h } } ^ { 2 }$ 時"),
        ("寬 $ 35.5 $ 里", "寬 35.5 里"),
        ("見前說 $ ^{[3]} $ 。", "見前說^\\[3]^。"),
        ("值 US$ 5 or NT$ 150 一石", "值 US\\$ 5 or NT$ 150 一石"),
    ],
)
def test_formulas_lose_the_blanks_inside_their_dollars(written: str, meant: str) -> None:
    master = write_master(recover(f"# 河\n\n## 一、水\n\n{written}\n"))
    assert master.rstrip().split("\n\n")[-1] == meant


def test_a_display_may_stand_behind_a_blank() -> None:
    master = write_master(recover("# 河\n\n水量如下：\n\n $$ q=\\sum_{i=0}^{9}h_{i}。 $$ \n\n其中為水深。\n"))
    assert "\n\n$$ q=\\sum_{i=0}^{9}h_{i}。 $$\n\n" in master


def test_a_rule_above_a_heading_is_no_scene_break() -> None:
    manuscript = recover("# 河\n\n水漲了。\n\n---\n\n## 二、船\n\n船高了。\n\n---\n\n人沒有來。\n")
    assert [b.kind.value for b in manuscript.blocks] == [
        "paragraph",
        "heading",
        "paragraph",
        "break",
        "paragraph",
    ]


# --- heads


def test_a_heading_said_again_with_a_page_number_is_a_running_head() -> None:
    text = f"# 河東史\n\n## 第三章 渡口的衰落\n\n{HALF}\n\n# 第三章 渡口的衰落 57\n\n{REST}後來鐵路來了。\n"
    assert paragraphs(text) == ["第三章 渡口的衰落", HALF + REST + "後來鐵路來了。"]
