"""Small books for the tests of the printed page, written for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from pipeline.document import ast
from pipeline.editions.edition import Edition, Facts, read_wording
from pipeline.settings import Script, Settings

SENTENCES = (
    "秋水初退的時候，老渡口露出半截石樁，船家把纜繩繞了三圈。",
    "「今年的藕比去年甜。」她一面說，一面把竹籃擱在《水經》的抄本旁邊（抄本缺了末頁）。",
    "帳冊記著 1887 年的雨量，數字用的是 centimetre，後來又改成 inch；兩種單位並列。",
    "遠處有人喊：“明天開閘！”——聲音沿著河面傳來，斷斷續續……終於聽不見了。",
    "測量隊帶來三件儀器：水準儀、經緯儀、氣壓計，Mr. Watson 逐件登記，耗去整個下午。",
)


def paragraph(number: int, length: int = 4) -> str:
    """A paragraph; the number decides which sentences."""
    return "".join(SENTENCES[(number + i) % len(SENTENCES)] for i in range(length))


def master(paragraphs: int = 12, notes: dict[int, str] | None = None, head: str = "") -> str:
    """A master of two chapters; ``notes`` by the paragraph in which they are called."""
    notes = notes or {}
    blocks = [f"---\ntitle: 渡口紀事\nauthor:\n- 林舟\nlang: zh-Hant-TW\n{head}---", "# 上篇 水"]
    bodies = []
    for number in range(paragraphs):
        if number == paragraphs // 2:
            blocks += ["# 下篇 岸", "## 石階"]
        text = paragraph(number)
        if number in notes:
            half = text.index("。") + 1
            label = len(bodies) + 1
            text = f"{text[:half]}[^{label}]{text[half:]}"
            bodies.append(f"[^{label}]: {notes[number]}")
        blocks.append(text)
    return "\n\n".join([*blocks, *bodies]) + "\n"


def edition(
    text: str, script: Script = "zh-Hant", folder: Path | None = None, **sections: dict[str, Any]
) -> Edition:
    """An edition of a master; ``sections`` are settings: ``page={"trim": "d32"}``."""
    settings = Settings(folder=folder or Path())
    page = {"half_title": False, "colophon": False, "contents": False, "trim": "d32"}
    for name, values in ({"page": page} | sections).items():
        values = page | values if name == "page" else values
        settings = replace(settings, **{name: replace(getattr(settings, name), **values)})
    lang = {"zh-Hant": "zh-Hant-TW", "zh-Hans": "zh-Hans-CN"}[script]
    doc = ast.read_document(text, "master.md")
    return Edition(doc, script, lang, settings, read_wording(script), Facts("渡口.txt", "plain", 7))
