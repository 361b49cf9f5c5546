"""The parts of a Word file beside its text: settings, fonts, properties (ISO/IEC 29500-1 §17.15, §17.8, §15.2.12).

Comes in: an ``Edition`` and its house style. Goes out: the parts as trees. Punctuation follows CLREQ: marks
are squeezed where they meet, none hangs, and none that may not begin or end a line does.
"""

from __future__ import annotations

from typing import Any, cast

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.styles.names import word_lang
from pipeline.editions.docx.styles.sheet import twips
from pipeline.editions.edition import Edition
from pipeline.editions.style import Style

# CLREQ, prohibition rules for line start and line end; the sets are those Word itself ships for Chinese.
NOT_FIRST = (
    "!%),.:;>?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠"
)
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"

# Family → its other name, for computers that know it by that; charset, family, pitch.
FONTS = {
    "新細明體": ("PMingLiU", "88", "roman", "variable"),
    "細明體": ("MingLiU", "88", "modern", "fixed"),
    "微軟正黑體": ("Microsoft JhengHei", "88", "swiss", "variable"),
    "標楷體": ("DFKai-SB", "88", "script", "fixed"),
    "宋体": ("SimSun", "86", "auto", "variable"),
    "黑体": ("SimHei", "86", "modern", "fixed"),
    "楷体": ("KaiTi", "86", "modern", "fixed"),
    "仿宋": ("FangSong", "86", "modern", "fixed"),
    "微软雅黑": ("Microsoft YaHei", "86", "swiss", "variable"),
    "Times New Roman": ("Liberation Serif", "00", "roman", "variable"),
    "Arial": ("Liberation Sans", "00", "swiss", "variable"),
    "Courier New": ("Liberation Mono", "00", "modern", "fixed"),
}
COMPATIBILITY = (
    "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn "
    "adjustLineHeightInTable useFELayout"
)
CORE_NAMESPACES = {
    "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VARIANTS = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
CUSTOM_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
APP = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def make_settings(edition: Edition, style: Style, numbering: list[etree._Element]) -> etree._Element:
    """``word/settings.xml``, in the order of CT_Settings. ``numbering`` is what ``w:footnotePr`` says."""
    w, lang = word.make, word_lang(edition.lang)
    separators = [w("w:footnote", {"w:id": n}) for n in ("-1", "0")]
    compat = [w(f"w:{name}") for name in COMPATIBILITY.split()]
    for name, setting in (("compatibilityMode", "15"), ("overrideTableStyleFontSizeAndJustification", "1")):
        where = "http://schemas.microsoft.com/office/word"
        compat.append(w("w:compatSetting", {"w:name": name, "w:uri": where, "w:val": setting}))
    children = [
        w("w:zoom", {"w:percent": "100"}),
        w("w:mirrorMargins"),
        w("w:bordersDoNotSurroundHeader"),
        w("w:bordersDoNotSurroundFooter"),
        w("w:defaultTabStop", {"w:val": str(2 * twips(style.text.size))}),
        w("w:evenAndOddHeaders"),
        w("w:drawingGridVerticalSpacing", {"w:val": str(twips(style.text.leading) // 2)}),
        w("w:displayHorizontalDrawingGridEvery", {"w:val": "0"}),
        w("w:displayVerticalDrawingGridEvery", {"w:val": "2"}),
        w("w:characterSpacingControl", {"w:val": "compressPunctuation"}),
        w("w:noLineBreaksAfter", {"w:lang": lang, "w:val": NOT_LAST}),
        w("w:noLineBreaksBefore", {"w:lang": lang, "w:val": NOT_FIRST}),
        w("w:footnotePr", {}, *numbering, *separators),
        w("w:compat", {}, *compat),
        w("w:themeFontLang", {"w:val": "en-US", "w:eastAsia": lang}),
        w("w:decimalSymbol", {"w:val": "."}),
        w("w:listSeparator", {"w:val": ","}),
    ]
    return w("w:settings", {}, *children)


def make_fonts(style: Style, lang: str) -> etree._Element:
    """``word/fontTable.xml``: every family the styles name, with the name it goes by elsewhere."""
    faces = style.faces_of(lang)
    names = [
        faces.song.word,
        faces.hei.word,
        faces.kai.word,
        faces.latin.serif,
        faces.latin.sans,
        "Courier New",
    ]
    table = word.make("w:fonts")
    for name in dict.fromkeys(names):
        other, charset, family, pitch = FONTS.get(
            name, ("", "86" if not name.isascii() else "00", "auto", "default")
        )
        font = word.make("w:font", {"w:name": name})
        if other:
            font.append(word.make("w:altName", {"w:val": other}))
        font.append(word.make("w:charset", {"w:val": charset}))
        font.append(word.make("w:family", {"w:val": family}))
        font.append(word.make("w:pitch", {"w:val": pitch}))
        table.append(font)
    return table


def make_core(edition: Edition, keywords: list[str], abstract: str) -> etree._Element:
    """``docProps/core.xml``: title, authors, keywords, language, dates (ECMA-376 part 2, core properties)."""
    root = etree.Element(f"{{{CORE_NAMESPACES['cp']}}}coreProperties", nsmap=CORE_NAMESPACES)
    moment = edition.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    texts = {
        "dc:title": edition.title,
        "dc:subject": edition.settings.book.series,
        "dc:creator": "; ".join(edition.authors),
        "cp:keywords": "; ".join(keywords),
        "dc:description": edition.settings.book.description or abstract,
        "dc:identifier": edition.identifier,
        "dc:language": edition.lang,
    }
    for name, text in texts.items():
        if text:
            prefix, _, local = name.partition(":")
            etree.SubElement(root, f"{{{CORE_NAMESPACES[prefix]}}}{local}").text = text
    for name in ("created", "modified"):
        date = etree.SubElement(root, f"{{{CORE_NAMESPACES['dcterms']}}}{name}")
        date.set(f"{{{CORE_NAMESPACES['xsi']}}}type", "dcterms:W3CDTF")
        date.text = moment
    return root


def make_custom(properties: dict[str, str]) -> etree._Element:
    """``docProps/custom.xml``: what the master's metadata says and core properties have no place for."""
    root = etree.Element(f"{{{CUSTOM}}}Properties", nsmap=cast(Any, {None: CUSTOM, "vt": VARIANTS}))
    for number, (name, text) in enumerate(sorted(properties.items()), 2):
        entry = etree.SubElement(
            root, f"{{{CUSTOM}}}property", fmtid=CUSTOM_FORMAT, pid=str(number), name=name
        )
        etree.SubElement(entry, f"{{{VARIANTS}}}lpwstr").text = text
    return root


def make_app(edition: Edition) -> etree._Element:
    """``docProps/app.xml``: the program and the publisher."""
    root = etree.Element(f"{{{APP}}}Properties", nsmap=cast(Any, {None: APP}))
    etree.SubElement(root, f"{{{APP}}}Application").text = "Fanjian"
    if edition.settings.book.publisher:
        etree.SubElement(root, f"{{{APP}}}Company").text = edition.settings.book.publisher
    return root
