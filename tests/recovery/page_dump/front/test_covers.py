"""The covers of theses, and titles of several lines."""

from __future__ import annotations

import pytest

from pipeline.recovery.page_dump.front.cover import read_cover
from tests.recovery.page_dump.theses import (
    paragraphs,
    recovered,
    set_in_lines,
)


def said(*texts_: str) -> list[tuple[str, str]]:
    found = read_cover(texts_)
    return [
        (line.said.value, text[line.head : len(text) - line.tail])
        for line, text in zip(found, texts_, strict=True)
    ]


def test_the_form_on_a_cover_of_the_mainland() -> None:
    found = said(
        "分类号：K256　　　单位代码：10999",
        "江南大学",
        "硕 士 学 位 论 文",
        "碼頭與縣城",
        "作者姓名：林采薇",
        "指导教师：陈望之 教授",
        "学科专业：中国近现代史",
        "答辩日期：2014年5月28日",
    )
    assert [text for role, text in found if role == "title"] == ["碼頭與縣城"]
    assert [text for role, text in found if role == "author"] == ["林采薇"]


def test_a_cover_whose_author_has_no_label() -> None:
    found = said(
        "碼頭與縣城",
        "林采薇",
        "哲學碩士論文",
        "A Thesis Submitted in Partial Fulfilment of",
        "the Requirements for the Degree of Master",
        "江南大學",
        "二〇一四年八月",
    )
    assert found[:2] == [("title", "碼頭與縣城"), ("author", "林采薇")]


def test_a_bracket_that_goes_on_below_a_title() -> None:
    found = said("碼頭與縣城：以水利會為中心的考察（1861", "—1948）", "碩士論文", "研究生：林采薇")
    assert [role for role, _ in found[:2]] == ["title", "title"]


@pytest.mark.parametrize(
    "title",
    [
        ("碼頭與縣城：", "清末水利會的考察"),
        ("碼頭、橋梁、", "閘門與縣城"),
        ("誰的縣城？",),
        ("The Dock and the Town: Water Boards of Haimen,", "1875-1925"),
    ],
)
def test_a_title_whose_line_ends_in_a_mark(title: tuple[str, ...]) -> None:
    """It goes on below, or is a question."""
    above = [] if title[0] > "z" else ["碼頭考"]
    found = said("江南大學歷史學系碩士論文", *above, *title, "指導教授：陳望之", "研究生：林采薇")
    assert [text for role, text in found if role != "masthead"] == [*above, *title, "林采薇"]
    assert read_cover(["江南大學歷史學系碩士論文", "碼頭考", "本文討論碼頭、", "研究生：林采薇"]) == []


def test_an_abstract_before_which_no_title_stands() -> None:
    abstract, body = paragraphs(1, 24)[0], paragraphs(12, 25)
    out = ["摘要", *set_in_lines(abstract, "    "), "關鍵詞：碼頭、縣城", "第一章 緒論"]
    out += [line for text in body for line in set_in_lines(text, "    ")]
    front = recovered("\n".join(out) + "\n").fronts[0]
    assert not front.title
    assert [t.visible() for t in front.abstract] == [abstract]
