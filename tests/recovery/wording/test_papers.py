"""What a paper says of itself is known in both scripts, and told in every form of source alike."""

from __future__ import annotations

import re

import pytest

from pipeline.recovery.ocr_markdown.captions import is_record
from pipeline.recovery.page_dump.front_lines import is_keywords, is_label_line
from pipeline.recovery.wording import papers

RECORDS = [
    "收稿日期",
    "修訂日期",
    "修回日期",
    "录用日期",
    "基金項目",
    "课题项目",
    "作者簡介",
    "通信作者",
    "引用格式",
    "中圖分類號",
    "文献标识码",
    "文章編號",
]


@pytest.mark.parametrize("label", RECORDS)
def test_a_record_is_known_by_its_label(label: str) -> None:
    assert re.fullmatch(f"{papers.CODE}|{papers.RECORD}", label)
    assert is_record(f"【{label}】：2015") and is_record(f"**{label}:** 2015")
    assert not is_record(f"{label}是每篇論文都有的。")


@pytest.mark.parametrize("label", ["摘要", "提 要", "內容摘要", "Abstract"])
def test_an_abstract_is_known_by_its_label(label: str) -> None:
    assert is_label_line(f"{label}：") and is_label_line(f"【{label}】")


@pytest.mark.parametrize("label", ["關鍵詞", "关 键 字", "主題詞", "Keywords", "Key words"])
def test_keywords_are_known_by_their_label(label: str) -> None:
    assert is_keywords(f"{label}：河道、橋樑") and not is_keywords(f"{label}不難選。河道是一個。")


@pytest.mark.parametrize("place", ["南江大學歷史系", "江南研究所", "Department of History"])
def test_an_institution_is_a_place_of_work(place: str) -> None:
    assert re.search(papers.INSTITUTION, place) and not re.search(papers.INSTITUTION, "大橋的學問")
