"""Traditional ↔ Simplified: characters and phrases, punctuation, glossaries, protected text.

Comes in: a document or a text, the script wanted, the book's settings. Goes out: the converted one with its
language tag, every choice that was made and the findings. The source is never changed. The rooms beside this
one are not known here.
"""

from __future__ import annotations

from pathlib import Path

import panflute as pf

from pipeline.document import ast
from pipeline.hanzi.conversion import Wish, convert_passages, make_plan
from pipeline.hanzi.converter import Standard
from pipeline.hanzi.paragraphs import find_paragraphs, show_variants
from pipeline.hanzi.records import Choice, Conversion, TextConversion
from pipeline.hanzi.scripts import detect_region, detect_script
from pipeline.hanzi.texts import cut_lines
from pipeline.settings import HanziSettings, Script

__all__ = [
    "Choice",
    "Conversion",
    "TextConversion",
    "convert_document",
    "convert_text",
    "detect_region",
    "detect_script",
]


def convert_document(
    doc: pf.Doc,
    to: Script,
    settings: HanziSettings,
    lang: str = "",
    folder: Path = Path(),
    master: str = "",
) -> Conversion:
    """The document in the script ``to``: a new one. ``lang`` is the source's; told from its text when empty.

    ``folder`` is where the book's glossaries are; ``master`` what the document was read from, so that findings have lines. Raises ``SettingsError`` for a glossary that is wrong.
    """
    new = ast.duplicate(doc)
    paragraphs = list(find_paragraphs(new, master))
    whole = "\n".join(p.passage.text for p in paragraphs)
    plan = make_plan(whole, Wish(to, settings, lang, folder=folder))
    show_variants(paragraphs, plan.variant)
    choices, findings = convert_passages([p.passage for p in paragraphs], plan)
    for paragraph in paragraphs:
        paragraph.lay_back()
    new.metadata["lang"] = pf.MetaString(plan.lang)
    return Conversion(new, plan.lang, tuple(choices), tuple(findings))


def convert_text(
    text: str,
    to: Script,
    settings: HanziSettings,
    lang: str = "",
    standard: Standard | None = None,
    folder: Path = Path(),
) -> TextConversion:
    """A plain text in the script ``to``. ``standard``: the forms that Simplified text is given."""
    plan = make_plan(text, Wish(to, settings, lang, standard, folder), rare=True)
    passages = cut_lines(text)
    choices, findings = convert_passages(passages, plan)
    return TextConversion("".join(p.result() for p in passages), tuple(choices), tuple(findings))
