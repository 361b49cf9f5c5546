"""The styles of a Word file, whatever they are called, by the names this project and Pandoc know.

Word writes built-in styles by their English names in every language; other programs and people do not: 标题 1,
見出し 2, 論文一級標題. A style that is none of these but has an outline level is a heading, and so is a
paragraph that has one itself.
"""

from __future__ import annotations

import re

from lxml import etree

from pipeline.document import word

HEADING = re.compile(r"(?:标题|標題|見出し|제목|heading|überschrift|titre|заголовок)\s*([1-9])", re.I)
LEVELED = re.compile(r"([一二三四五六])[级級](?:标题|標題)|(章|节|節)(?:标题|標題)")
CONTENTS = re.compile(r"(?:目录|目錄|目次|contents)\s*([1-9])", re.I)
LEVELS = dict(zip("一二三四五六章节節", (1, 2, 3, 4, 5, 6, 1, 2, 2), strict=True))
NAMES = {
    "Title": "标题 標題 题目 題目 论文题目 論文題目 文章标题 文章標題",
    "Subtitle": "副标题 副標題 サブタイトル",
    "Author": "作者 著者",
    "Affiliation": "单位 單位 作者单位 作者單位",
    "Abstract": "摘要 中文摘要",
    "Abstract Title": "摘要标题 摘要標題",
    "Keywords": "关键词 關鍵詞 关键字 關鍵字",
    "Body Text": "正文文本 本文 內文 内文 论文正文 論文正文",
    "First Paragraph": "首段",
    "Block Text": "引文 引用 块引用 獨立引文 独立引文 引文段落 文本块 區塊文字",
    "Quoted Verse": "引诗 引詩",
    "Verse": "诗行 詩行",
    "Section Break": "分隔",
    "footnote text": "脚注文本 註腳文字 腳註文字 脚注 註腳",
    "footnote reference": "脚注引用 註腳參照",
    "caption": "题注 題注 標號 图题 圖題 图注 圖注",
    "Bibliography": "参考文献 參考文獻 书目 書目",
    "TOC Heading": "目录标题 目錄標題 TOC标题 TOC標題",
    "Emphasis": "强调 強調",
    "Strong": "要点 要點",
    "Missing": "原注阙 原註闕",
    "Keep": "保留",
}
KNOWN = {other: name for name, others in NAMES.items() for other in others.split()}
OWN = {
    name.replace(" ", ""): name
    for name in (
        *word.FRONT_STYLES.values(), *word.TRANSLATION_STYLES.values(), word.ABSTRACT_TITLE, word.TRANSLATED_ABSTRACT_TITLE,
        word.MISSING, word.KEEP, word.FOREIGN, word.MARKED, word.LABEL, word.CALL_GAP, word.HAN_EMPHASIS, word.BREAK,
        word.COLOPHON_TITLE, word.COLOPHON, word.COLOPHON_DESCRIPTION, word.ITEM_QUOTE, word.QUOTED_LIST, word.TERM, word.DEFINITION, word.CONTINUED,
        "Verse", "Quoted Verse", "First Paragraph", "Footnote Block Text", "Footnote List", "Table Text",
    )
}  # fmt: skip
DEPTH = 12  # of styles based on styles


def settle_styles(styles: etree._Element, parts: list[etree._Element]) -> None:
    """Names the styles in place, and gives paragraphs with an outline level a heading's style."""
    by_id = {word.value(s, "w:styleId"): s for s in word.find(styles, "w:style")}
    for identifier, style in by_id.items():
        name = word.first(style, "w:name")
        if name is not None and (known := _name_of(identifier, style, by_id)):
            name.set(word.qualified("w:val"), known)
    names = word.style_names(styles)
    for part in parts:
        for paragraph in word.find(part, ".//w:p"):
            level = _level(word.first(paragraph, "w:pPr/w:outlineLvl"))
            if level and not word.heading_level(names.get(word.style_of(paragraph), "")):
                if names.get(word.style_of(paragraph), "").lower() in ("title", "subtitle"):
                    continue
                made = word.make("w:pStyle", {"w:val": _heading_style(styles, level)})
                word.put(word.properties(paragraph, "w:pPr"), made, word.PPR_ORDER)


def _name_of(identifier: str, style: etree._Element, by_id: dict[str, etree._Element]) -> str:
    """The name a style should have; empty where it has it."""
    own = word.value(word.first(style, "w:name"))
    if word.value(style, "w:type") == "character":
        return KNOWN.get(own, "") or ("" if own.isascii() else OWN.get(identifier, ""))
    if found := HEADING.fullmatch(own):
        return f"heading {found[1]}"
    if found := CONTENTS.fullmatch(own):
        return f"toc {found[1]}"
    if known := KNOWN.get(own.replace(" ", "")):
        return known
    if found := LEVELED.search(own):
        return f"heading {LEVELS[found[1] or found[2]]}"
    if own in OWN.values():
        return ""
    if not own.isascii() and identifier in OWN:
        return OWN[identifier]
    chain = _chain(style, by_id)
    if any(_is_titled(s) for s in chain):
        return ""
    if any(word.value(word.first(s, "w:name")).lower() == "title" for s in chain[1:]):
        return "Title"
    level = next((n for s in chain if (n := _level(word.first(s, "w:pPr/w:outlineLvl")))), 0)
    return f"heading {level}" if level else ""


def _chain(style: etree._Element, by_id: dict[str, etree._Element]) -> list[etree._Element]:
    """A style and those it is based on."""
    out = [style]
    while len(out) < DEPTH and (based := by_id.get(word.value(word.first(out[-1], "w:basedOn")))) is not None:
        out.append(based)
    return out


def _is_titled(style: etree._Element) -> bool:
    """Whether a style says by its name what kind of heading it is: Pandoc follows it to its base."""
    name = word.value(word.first(style, "w:name")).lower()
    return bool(word.heading_level(name)) or name.startswith("toc")


def _level(outline: etree._Element | None) -> int:
    """The level of an outline mark; body text (9) has none."""
    value = word.value(outline)
    return int(value) + 1 if value.isdigit() and int(value) < 9 else 0


def _heading_style(styles: etree._Element, level: int) -> str:
    for identifier, name in word.style_names(styles).items():
        if name.lower() == f"heading {level}":
            return identifier
    identifier = f"FanjianHeading{level}"
    name_element = word.make("w:name", {"w:val": f"heading {level}"})
    styles.append(word.make("w:style", {"w:type": "paragraph", "w:styleId": identifier}, name_element))
    return identifier
