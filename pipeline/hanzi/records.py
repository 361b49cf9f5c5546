"""What a conversion hands back: the text or document, and every choice it made."""

from __future__ import annotations

from dataclasses import dataclass

import panflute as pf

from pipeline.document.manuscript import Finding


@dataclass(frozen=True, slots=True)
class Choice:
    """A place where a character had more than one reading, with the one chosen and why."""

    word: str  # in the source
    choice: str  # in the edition
    alternatives: tuple[str, ...]
    why: str
    context: str  # the source around it, the word in 【】
    where: str = ""  # the block: «paragraph 12», «note 3», «title»


@dataclass(frozen=True)
class TextConversion:
    """A converted text."""

    text: str
    choices: tuple[Choice, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Conversion:
    """A converted document. ``lang`` is the edition's (BCP 47 with region)."""

    doc: pf.Doc
    lang: str
    choices: tuple[Choice, ...] = ()
    findings: tuple[Finding, ...] = ()
