"""Traditional ↔ Simplified: characters and phrases, punctuation, glossaries, protected text.

Comes in: a document or a text, the script wanted, the book's settings. Goes out: the converted one with its
language tag, every choice that was made and the findings. The source is never changed. The rooms beside this
one are not known here.
"""

from __future__ import annotations

import panflute as pf

from pipeline.document import ast
from pipeline.hanzi.converter import Converter, Standard
from pipeline.hanzi.paragraphs import find_paragraphs
from pipeline.hanzi.punctuation import convert_marks
from pipeline.hanzi.records import Choice, Conversion, TextConversion
from pipeline.hanzi.scripts import detect_region, detect_script
from pipeline.settings import HANS, HANT, HanziSettings, Script

__all__ = [
    "Choice",
    "Conversion",
    "TextConversion",
    "convert_document",
    "convert_text",
    "detect_region",
    "detect_script",
]


def convert_document(doc: pf.Doc, to: Script, settings: HanziSettings, lang: str = "") -> Conversion:
    """The document in the script ``to``: a new one. ``lang`` is the source's; told from its text when empty."""
    new = ast.duplicate(doc)
    paragraphs = list(find_paragraphs(new))
    whole = "\n".join(p.text for p in paragraphs)
    converter = _converter(whole, to, settings, lang)
    for paragraph in paragraphs:
        text = paragraph.text
        cells = converter.convert(text)
        if settings.punctuation == "convert":
            cells = convert_marks(cells, text, to)
        for start, end in paragraph.kept:
            cells[start:end] = text[start:end]
        paragraph.lay_back(cells)
    edition_lang = _edition_lang(converter, whole, settings, lang)
    new.metadata["lang"] = pf.MetaString(edition_lang)
    return Conversion(new, edition_lang)


def convert_text(
    text: str,
    to: Script,
    settings: HanziSettings,
    lang: str = "",
    standard: Standard | None = None,
) -> TextConversion:
    """A plain text in the script ``to``. ``standard``: the forms that Simplified text is given."""
    converter = _converter(text, to, settings, lang, standard)
    cells = converter.convert(text)
    if settings.punctuation == "convert":
        cells = convert_marks(cells, text, to)
    return TextConversion("".join(cells))


def _converter(
    text: str, to: Script, settings: HanziSettings, lang: str, standard: Standard | None = None
) -> Converter:
    source = _script_of(lang) or detect_script(text)
    if settings.traditional != "as-is":
        forms: Standard = settings.traditional
    else:
        forms = standard or ("hk" if (settings.region or detect_region(text)) == "hk" else "tw")
    words = {word: word for word in settings.keep}
    words.update(settings.decisions)
    return Converter(source, to, forms, settings.traditional != "as-is", words)


def _script_of(lang: str) -> Script | None:
    parts = lang.lower().split("-")
    if parts[0] != "zh" or len(parts) == 1:
        return None
    if "hans" in parts or parts[-1] in {"cn", "sg", "my"}:
        return HANS
    return HANT


def _edition_lang(converter: Converter, text: str, settings: HanziSettings, lang: str) -> str:
    if converter.to == HANS:
        return "zh-Hans-CN"
    if converter.unify or converter.source == HANS:
        return "zh-Hant-HK" if converter.standard == "hk" else "zh-Hant-TW"
    if lang.lower().endswith(("-tw", "-hk")):
        return f"zh-Hant-{lang[-2:].upper()}"
    region = settings.region or detect_region(text)
    return "zh-Hant-HK" if region == "hk" else "zh-Hant-TW"
