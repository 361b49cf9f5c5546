"""The character styles, and how the house emphasises Han."""

from __future__ import annotations

from lxml import etree

from pipeline.document import word
from pipeline.editions.docx.styles.names import identifier_of
from pipeline.editions.docx.styles.sheet import Sheet, write_style
from pipeline.editions.style import Style


def emphasise_han(style: Style, lang: str) -> etree._Element:
    """What emphasises Han in the house style: dots below, or another face."""
    if style.emphasis.han == "dots":
        return word.make("w:em", {"w:val": "dot"})
    return word.make("w:rFonts", {"w:eastAsia": style.faces_of(lang).of(style.emphasis.han).word})


def character_styles(sheet: Sheet) -> list[str]:
    """All of them."""
    mono = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>'
    missing = f"{sheet.fonts('kai')}" + '<w:color w:val="595959"/>'
    table = {
        "footnote reference": '<w:vertAlign w:val="superscript"/>',
        word.CALL_GAP: '<w:vertAlign w:val="superscript"/>',
        "Emphasis": "<w:i/><w:iCs/>",
        "Strong": "<w:b/><w:bCs/>",
        word.HAN_EMPHASIS: etree.tostring(emphasise_han(sheet.style, sheet.lang), encoding="unicode"),
        "Hyperlink": '<w:color w:val="1F3864"/>',
        word.MISSING: missing,
        word.KEEP: "",
        word.FOREIGN: "",
        word.MARKED: "",
        word.LABEL: f"{sheet.fonts('hei')}<w:b/><w:bCs/>",
        word.RUNNING_TITLE: "",
        "Verbatim Char": mono,
    }
    return [
        write_style("character", identifier_of(name), name, "DefaultParagraphFont", "", rpr, quick=name in ("Emphasis", "Strong"))
        for name, rpr in table.items()
    ]  # fmt: skip
