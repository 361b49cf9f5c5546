"""Pictures that are not there, with their captions, and galleries."""

from __future__ import annotations

import pytest

from tests.recovery.wiki_markdown.articles import body, link, recover, rules_of


def test_a_broken_picture_goes_with_the_rest_of_its_caption() -> None:
    picture = '[Canal.jpg](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:Canal.jpg")'
    manuscript = recover(
        f"{picture}上的{link('石橋')}。\\]\\] 運河很長。\n\n{picture}\n\n{picture}\\]\\] 水很深。"
    )
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。", "水很深。"]
    assert rules_of(manuscript) == ["L223"] * 2  # the same picture without words is said once
    assert "「" not in manuscript.findings[0].message and "上的石橋。" in manuscript.findings[0].message


def test_a_picture_with_links_in_its_caption_goes_whole() -> None:
    caption = f"石橋，攝於{link('春')}、{link('夏')}|thumb|200px"
    picture = (
        f'[{caption}](https://zh.wikipedia.org/wiki/File:Canal_1.jpg "fig:石橋，攝於春、夏|thumb|200px")'
    )
    manuscript = recover(f"{picture} {picture} 運河很長。")
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。"]
    assert [f.message.split("«")[1].split("»")[0] for f in manuscript.findings] == ["石橋，攝於春、夏"] * 2


def test_the_rest_of_a_caption_without_words_is_not_said() -> None:
    picture = '[缩略图](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:缩略图")|右\\]\\]'
    manuscript = recover(f"{picture} 運河很長。")
    assert [b.content.visible() for b in manuscript.blocks] == ["運河很長。"]
    assert "caption" not in manuscript.findings[0].message


@pytest.mark.parametrize(
    "gallery",
    [
        f"<File:Canal> of 1736.svg|圖：{link('石橋')} <File:Boat> 2.jpg|{link('船')}。",
        f"[File:Canal.jpg|圖：石橋上的](File:Canal.jpg%7C圖：石橋上的){link('船')} <File:Boat> (2).JPG|船。",
    ],
)
def test_a_gallery_that_the_export_took_for_text_goes(gallery: str) -> None:
    manuscript = recover(f"甲。\n\n{gallery}\n\n乙。")
    assert [b.content.visible() for b in manuscript.blocks] == ["甲。", "乙。"]
    assert rules_of(manuscript) == ["L223"]
    assert "石橋" in manuscript.findings[0].message and "File" not in manuscript.findings[0].message


def test_a_note_of_a_caption_says_where_its_call_was() -> None:
    picture = '[Canal.jpg](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:Canal.jpg")石橋\\[2\\]\\]\\]'
    manuscript = recover(f"{picture} 甲\\[1\\]乙\\[3\\]。\n\n1.  一\n2.  二\n3.  三\n")
    assert [f.message for f in manuscript.findings if f.rule == "N11"] == [
        "note 2 is called where something was taken away. Put its call where it belongs."
    ]


def test_a_gallery_goes_and_is_said() -> None:
    manuscript = recover("甲。\n\n<gallery>\nFile:a.jpg|圖一\n\nFile:b.jpg|圖二\n</gallery>\n\n乙。")
    assert [b.content.visible() for b in manuscript.blocks] == ["甲。", "乙。"]
    assert rules_of(manuscript) == ["L223"]


def test_a_bracket_of_the_text_ends_no_caption() -> None:
    picture = '[Canal.jpg](https://zh.wikipedia.org/wiki/File:Canal.jpg "fig:Canal.jpg")'
    assert [
        b.content.visible() for b in recover(f"{picture}\n\n運河\\[一\\]與\\[二\\[三\\]\\]。").blocks
    ] == ["運河[一]與[二[三]]。"]
    assert [b.content.visible() for b in recover(f"{picture}，運河\\[二\\[三\\]\\]。").blocks] == [
        "，運河[二[三]]。"
    ]


def test_a_picture_s_brackets_may_close_below_blank_lines() -> None:
    picture = '[A.jpg](https://zh.wikipedia.org/wiki/File:A.jpg "fig:A.jpg")'
    assert body(f"{picture}\n\n\\]\\]\n\n甲乙丙。\n") == "甲乙丙。"
    assert body(f"{picture}\n\n甲\\]\\]\n\n乙丙。\n") == "甲\\]\\]\n\n乙丙。"


def test_the_call_of_a_note_alone_is_no_caption() -> None:
    source = '[A.jpg](https://zh.wikipedia.org/wiki/File:A.jpg "fig:A.jpg")\\[1\\]\\]\\] 甲\\[2\\]。\n\n1.  一\n2.  二\n'
    assert [f.message for f in recover(source).findings if f.rule == "L223"] == [
        "a picture is not there. Add it if you have it."
    ]


def test_a_picture_is_known_by_its_title_and_its_words_are_told() -> None:
    source = '[甲之圖 a\n(b)。](https://zh.wikipedia.org/wiki/File:A.svg "fig:甲之圖")\n乙是河。\n'
    assert body(source) == "乙是河。"
    assert "a picture is not there, with the caption «甲之圖 a (b)。». Add both if you have them." in [
        f.message for f in recover(source).findings
    ]


def test_a_gallery_without_its_tags_goes_with_a_finding_for_each_picture() -> None:
    source = f"甲。\n\n<File:Old> pier.jpg|舊碼頭\nFile:B.png|{link('天后宮')}\n\n乙。"
    manuscript = recover(source)
    assert body(source) == "甲。\n\n乙。"
    assert [f.message for f in manuscript.findings if "天后宮" in f.message]
    assert set(rules_of(manuscript)) == {"L223"}
