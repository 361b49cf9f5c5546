"""Whole files between scripts: plain text, Markdown, HTML, DOCX and EPUB."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.document.manuscript import Finding
from pipeline.hanzi.conversion import Wish, convert_passages, make_plan
from pipeline.hanzi.packages import carve_xhtml, read_package
from pipeline.hanzi.passage import Passage
from pipeline.hanzi.records import Choice
from pipeline.hanzi.texts import carve_markdown, cut_lines

MARKDOWN = (".md", ".markdown", ".mkd")
HTML = (".html", ".htm", ".xhtml")
PACKAGES = (".docx", ".epub")


@dataclass(frozen=True)
class FileConversion:
    """A converted file: its bytes, its language, the choices and the findings."""

    data: bytes
    lang: str
    choices: tuple[Choice, ...]
    findings: tuple[Finding, ...]


def convert_package(data: bytes, name: str, wish: Wish) -> FileConversion:
    """A DOCX or EPUB file. Raises ``SourceError`` when it is none."""
    package = read_package(data, name)
    passages = [p for carving in package.carvings.values() for p in carving.passages]
    lang, choices, findings = _convert(passages, wish, rare=False)
    return FileConversion(package.written(lang), lang, choices, findings)


def convert_markdown(text: str, wish: Wish) -> FileConversion:
    """A Markdown text."""
    carving = carve_markdown(text)
    lang, choices, findings = _convert(carving.passages, wish, rare=True)
    return FileConversion(carving.written(lang).encode("utf-8"), lang, choices, findings)


def convert_html(text: str, wish: Wish) -> FileConversion:
    """A page of HTML or XHTML."""
    carving = carve_xhtml(text, "page")
    lang, choices, findings = _convert(carving.passages, wish, rare=True)
    return FileConversion(carving.written(lang).encode("utf-8"), lang, choices, findings)


def convert_plain(text: str, wish: Wish) -> FileConversion:
    """A plain text."""
    passages = cut_lines(text)
    lang, choices, findings = _convert(passages, wish, rare=True)
    return FileConversion("".join(p.result() for p in passages).encode("utf-8"), lang, choices, findings)


def _convert(
    passages: list[Passage], wish: Wish, rare: bool
) -> tuple[str, tuple[Choice, ...], tuple[Finding, ...]]:
    whole = "\n".join(p.text for p in passages)
    plan = make_plan(whole, wish, rare)
    choices, findings = convert_passages(passages, plan)
    return plan.lang, tuple(choices), tuple(findings)
