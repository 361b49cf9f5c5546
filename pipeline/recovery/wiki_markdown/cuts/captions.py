"""What a picture that did not come along was called, and what stood below it: words for a finding.

Comes in: what an export left of a caption. Goes out: its words, without the file's name and the wiki's orders to set it.
Refused: nothing.
"""

from __future__ import annotations

import re

from pipeline.document.manuscript import Finding
from pipeline.location import Span
from pipeline.recovery.markdown.inline import TARGET

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


def no_picture(caption: str, span: Span) -> Finding:
    """The finding for a picture that is not there."""
    message = (
        f"a picture is not there, with the caption «{caption}». Add both if you have them."
        if caption
        else "a picture is not there. Add it if you have it."
    )
    return Finding("L223", message, span)
