"""What a picture that did not come along was called, and what stood below it: its cut, and words for a finding.

Comes in: what an export left of a caption. Goes out: its words, without the file's name and the wiki's orders to set it; the
cut. Refused: nothing.
"""

from __future__ import annotations

import re

from pipeline.recovery.markdown.inline import TARGET
from pipeline.recovery.wiki_markdown.cuts.found import Found, gone

NAMES = ("File", "Image", "檔案", "文件", "圖像", "图像")  # what the name of a picture's page begins with
NAMED = rf"(?:{'|'.join(NAMES)})"
PICTURE_NAME = r"[^\[\]\n]*\.(?:jpe?g|png|gif|svg|tiff?|webp|og[gv]|pdf|djvu|webm|mp[34])"

_PICTURE_FILE = re.compile(PICTURE_NAME, re.IGNORECASE)
_ORDERS = re.compile(
    r"(?:\||^)(?:alt|替代)=[^|\n]*|(?:\||^)(?:缩略图|縮圖|右|左|居中|無框|无框|有框)(?=\||$)|\|?(?<![A-Za-z0-9])(?:thumb|frame|frameless|border|right|left|center|none|top|bottom|middle|upright(?:=[0-9.]+)?|[0-9]{2,4}(?:x[0-9]{2,4})?px)(?:\||$)"
)
_NUMBER = re.compile(r"\AImage [0-9]{1,3}(?:: |\Z)")  # that a service sets before a picture's words
_NOT_WORDS = re.compile(
    r"(?:[\s\]\\。，、；|]|\[[0-9]{1,3}\])*|img|icon|image|图片|圖片", re.IGNORECASE
)  # a tool's


def plain(text: str) -> str:
    """A caption as words, for a message."""
    text = re.sub(rf"\[([^\[\]]*)\]{TARGET}", r"\1", text)
    return re.sub(r"[\\*]|</?(?:a|span|small|big|font|div|center|br|p)\b[^<>]{0,200}>", "", text).strip()


def words_of(caption: str) -> str:
    """A caption without the name of its file and the wiki's orders to set it."""
    bare = " ".join(_ORDERS.sub("", _NUMBER.sub("", plain(caption))).split()).strip(" |")
    return "" if _PICTURE_FILE.fullmatch(bare) or _NOT_WORDS.fullmatch(bare) else bare


def lost_picture(
    start: int, end: int, words: str, is_told: bool = False, what: str = "picture that is not there"
) -> Found:
    """A picture that did not come along, with a finding that keeps the words of its caption. ``is_told``: one before says the same."""
    message = (
        f"a picture is not there, with the caption «{words}». Add both if you have them."
        if words
        else "a picture is not there. Add it if you have it."
    )
    return gone((start, end), "L202", what, "L223", "" if is_told else message)
