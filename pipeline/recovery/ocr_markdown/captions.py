"""What a line says of itself: that it stands with a picture, or tells of the paper."""

from __future__ import annotations

import re

from pipeline.recovery.wording import papers

_CAPTION = re.compile(
    r"[*_（(【]*(?:[圖图表]\s?[0-9一二三四五六七八九十]|照片|插[圖图]|附[圖图表]|Fig(?:ure|\.|\s?[0-9])|Table|[資资]料[來来]源|(?P<remark>說明：|说明：|[註注]：))",
    re.IGNORECASE,
)
_REMARK = 40  # characters; a longer «註：…» is a paragraph that a page may cut
# «圖2展示了…，» is a sentence: nothing parts the number from the words.
_SPEAKS = re.compile(
    r"[圖图表]\s?(?:[0-9]{1,3}(?:[-–—.．][0-9]{1,3})?|[一二三四五六七八九十]{1,3})(?=[\u3400-\u9fff])[^，。；]*[，。；]"
)
# What the first page of a journal's paper says of the paper at its foot, wherever an engine put it.
_RECORD = re.compile(
    rf"[*_【\[［〔（(]*(?:{papers.RECORD}|{papers.CODE}|{papers.EDITOR})[】\]］〕*_]*\s*[:：]",
    re.IGNORECASE,
)


def is_caption(text: str) -> bool:
    """Whether it stands with a picture or table: «圖3 …», «資料來源：…»."""
    text = text.strip()
    match = _CAPTION.match(text)
    if match is None or _SPEAKS.match(text):
        return False
    return match["remark"] is None or len(text) <= _REMARK


def is_record(text: str) -> bool:
    """Whether it tells of the paper, not of its subject: «收稿日期：…», «基金項目：…», «作者簡介：…»."""
    return _RECORD.match(text.strip()) is not None
