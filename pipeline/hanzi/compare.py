"""Are two scripts of one book the same book? Blocks, notes, numbers, figures, links, and one script each.

Comes in: the source document and the converted one. Goes out: findings, none when all is the same.
H90: built differently · H91: other numbers · H92: other links or figures · H93: a character of the other
script outside protected text · H94: two characters that the source sets against each other have become one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import panflute as pf

from pipeline.document.manuscript import Finding
from pipeline.han import HAN
from pipeline.hanzi.overlay import choices, overlay
from pipeline.hanzi.paragraphs import Paragraph, find_paragraphs
from pipeline.hanzi.scripts import simplified_only, traditional_only
from pipeline.settings import HANS, HanziSettings, Script

NUMBER = re.compile(r"[0-9]+")
SPOKEN_OF = re.compile(f"[「『“‘]([{HAN}])[」』”’]")  # a character in quotation marks of its own
SHOWN = 12  # characters of a place shown in a message


def compare_scripts(
    source: pf.Doc, converted: pf.Doc, to: Script, settings: HanziSettings | None = None, master: str = ""
) -> list[Finding]:
    """Findings wherever the converted document is not the source's twin.

    ``settings``: what the book keeps or has decided counts as protected text. ``master``: what the source was read from.
    """
    before, after = list(find_paragraphs(source, master)), list(find_paragraphs(converted))
    findings = _compare_build(source, converted)
    if len(before) == len(after):
        for one, other in zip(before, after, strict=True):
            other.passage.line = one.passage.line
        findings += _compare_numbers(before, after)
        findings += _find_merged(before, after)
    protected = (*settings.keep, *settings.decisions.values()) if settings else ()
    return findings + _find_other_script(after, to, protected)


def _compare_build(source: pf.Doc, converted: pf.Doc) -> list[Finding]:
    before, after = _skeleton(source), _skeleton(converted)
    findings: list[Finding] = []
    for at, (one, other) in enumerate(zip([*before, ("end", "")], [*after, ("end", "")], strict=False), 1):
        if one[0] != other[0]:
            return [
                Finding(
                    "H90",
                    f"element {at} is a {one[0]} in the source and a {other[0]} in the edition.{_near(one)}",
                )
            ]
        if one[1] != other[1]:
            findings.append(
                Finding("H92", f"the {one[0]} {one[1]!r} of the source is {other[1]!r} in the edition.")
            )
    return findings


def _near(element: tuple[str, str]) -> str:
    return f" ({element[1]})" if element[1] else ""


def _skeleton(doc: pf.Doc) -> list[tuple[str, str]]:
    """Every element but the text, in order, with what must be the same in both scripts."""
    parts: list[tuple[str, str]] = []

    def visit(element: Any, _: Any) -> None:
        match element:
            case pf.Link() | pf.Image():
                parts.append((element.tag, element.url))
            case pf.Code() | pf.CodeBlock() | pf.Math():
                parts.append((element.tag, element.text))
            case pf.Header():
                parts.append((element.tag, f"{element.level} {element.identifier}"))
            case pf.Str() | pf.Space() | pf.SoftBreak():
                pass
            case _:
                parts.append((element.tag, str(getattr(element, "identifier", "") or "")))

    for block in doc.content:
        block.walk(visit)
    return parts


def _compare_numbers(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> list[Finding]:
    findings = []
    for one, other in zip(before, after, strict=True):
        numbers = Counter(NUMBER.findall(_plain(one)))
        if numbers != Counter(NUMBER.findall(_plain(other))):
            said = f"{one.passage.at}the numbers are not the source's («{_plain(one)[:SHOWN]}…»)."
            findings.append(Finding("H91", said, line=one.passage.line))
    return findings


def _find_merged(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Iterator[Finding]:
    """「干」而不作「乾」 would say 「干」而不作「干」 in Simplified."""
    for one, other in zip(before, after, strict=True):
        spoken = list(SPOKEN_OF.finditer(one.passage.text))
        if len(spoken) < 2 or len(shown := SPOKEN_OF.findall(other.passage.text)) != len(spoken):
            continue
        for (left, right), (a, b) in zip(pairwise(spoken), pairwise(shown), strict=True):
            if left[1] != right[1] and a == b and right.start() - left.end() <= SHOWN:
                said = f"«{one.passage.text[left.start() : right.end()]}» would speak of {a} twice"
                keep = f"Write [{left[1]}]{{.keep}} or [{right[1]}]{{.keep}}."
                yield Finding("H94", f"{one.passage.at}{said}. {keep}", line=one.passage.line)


def _plain(paragraph: Paragraph) -> str:
    """The text without the spans that give each script its own."""
    text = list(paragraph.passage.text)
    for start, end, _ in paragraph.variants:
        text[start:end] = [""] * (end - start)
    return "".join(text)


def _find_other_script(
    paragraphs: Sequence[Paragraph], to: Script, protected: Sequence[str]
) -> list[Finding]:
    other = _forbidden(to)
    name = "Traditional" if to == HANS else "Simplified"
    findings = []
    for paragraph in paragraphs:
        passage = paragraph.passage
        if other.isdisjoint(passage.text):
            continue
        free = _free_text(paragraph, protected)
        for at in sorted({free.index(c) for c in set(free) & other}):
            around = passage.text[max(0, at - SHOWN // 2) : at + SHOWN // 2]
            said = f"{free[at]} is {name} only («{around}»). Decide it in [hanzi] decisions."
            findings.append(Finding("H93", f"{passage.at}{said}", line=passage.line))
    return findings


@cache
def _forbidden(to: Script) -> frozenset[str]:
    """Characters that the edition must not hold, but for those that names and old words keep."""
    if to == HANS:
        kept = {c for forms in choices("hans").values() for form in forms for c in form}
        kept |= {c for result in overlay("hans").words.values() for c in result}
        return traditional_only() - kept
    return simplified_only()


def _free_text(paragraph: Paragraph, protected: Sequence[str]) -> str:
    """The paragraph's text with everything protected blanked out."""
    text = paragraph.passage.text
    spans = [*paragraph.passage.kept, *((start, end) for start, end, _ in paragraph.variants)]
    for word in protected:
        spans += [m.span() for m in re.finditer(re.escape(word), text)] if word else []
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
