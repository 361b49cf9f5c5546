"""Fonts of an e-book: by default the reader's own; a subset of exactly the characters used where asked.

Comes in: the parts of the book. Goes out: font files for the package, each cut by fontTools to the characters
that its face sets, and findings (E4) for characters that no font has. Rare characters, which the fonts of
common readers lack (Han outside GBK and Big5), are embedded in any case.

The fonts are under the SIL Open Font License 1.1: a subset is a modified version, so it goes by another name,
and keeps copyright, licence and its address in its name table (OFL §2, machine-readable metadata).
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from fontTools import subset
from fontTools.ttLib import TTFont
from lxml import etree

from pipeline.document.manuscript import Finding
from pipeline.editions.edition import Edition
from pipeline.editions.epub.style import EMBEDDED, FontFace
from pipeline.editions.epub.xhtml import element
from pipeline.editions.style import Style
from pipeline.programs import harfbuzz
from pipeline.programs.fonts import find_font

RARE = "Fanjian Rare"
KEPT_NAMES = (0, 7, 13, 14)  # copyright, trademark, licence and its address
ENGLISH = 0x409
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_HEADING = re.compile("h[1-6]")
_BOLD = frozenset({"th", "strong", "b", "dt"})
_IGNORED = frozenset("\N{WORD JOINER}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\t\n\r")


@dataclass(frozen=True)
class EmbeddedFont:
    """A font file in the book and its face in the style sheet."""

    face: FontFace
    content: bytes


def embed_fonts(
    parts: Sequence[etree._Element], edition: Edition, style: Style
) -> tuple[list[EmbeddedFont], list[Finding]]:
    """The fonts that the book brings along, and the characters that none of them has."""
    everything = set().union(*(map(str, part.itertext()) for part in parts))
    rare = sorted(filter(is_rare, {c for text in everything for c in text}))
    fonts: list[EmbeddedFont] = []
    findings: list[Finding] = []
    faces = style.faces_of(edition.lang)
    if rare:
        for part in parts:
            _mark_rare(part)
        font, lacking = _cut(faces.song.print, False, set(rare), FontFace(RARE, "fonts/rare.otf"))
        fonts += font
        findings += [
            Finding("E4", f"no font has the character {_named_character(c)}. Install one that has it.")
            for c in sorted(lacking)
        ]
    if edition.settings.epub.embed_fonts:
        for (role, bold), used in sorted(_used(parts, style).items()):
            weight = "bold" if bold else "normal"
            face = FontFace(EMBEDDED[role], f"fonts/{role}-{weight}.otf", weight)
            font, lacking = _cut(faces.of(role).print, bold, used, face)
            fonts += font
            if not font:
                families = ", ".join(faces.of(role).print)
                message = (
                    f"none of {families} is installed; the e-book leaves its face to the reader. Install one."
                )
                findings.append(Finding("E4", message))
            elif left := sorted(lacking.difference(rare)):
                which = "、".join(map(_named_character, left))
                message = f"{face.family} lacks {which}; the reader's own font shows it. Look at it there."
                findings.append(Finding("E4", message))
    return fonts, list(dict.fromkeys(findings))


def _named_character(character: str) -> str:
    return f"{character} (U+{ord(character):04X})"


def is_rare(character: str) -> bool:
    """Whether a Han character is beyond what common readers' fonts hold: not in GBK, not in Big5.

    >>> [is_rare(c) for c in "裏敍𠮷"]
    [False, False, True]
    """
    if not any(first <= ord(character) <= last for first, last in _HAN):
        return False
    for encoding in ("gbk", "big5"):
        try:
            character.encode(encoding)
        except UnicodeEncodeError:
            continue
        return False
    return True


def _used(parts: Sequence[etree._Element], style: Style) -> dict[tuple[str, bool], set[str]]:
    """The characters of each face: by role and whether bold."""
    used: dict[tuple[str, bool], set[str]] = {}
    for part in parts:
        _collect(part, style, ("song", False), used)
    return {face: characters for face, characters in used.items() if characters}


def _face_of(node: etree._Element, style: Style, inherited: tuple[str, bool]) -> tuple[str, bool]:
    """The role and weight in which the style sheet sets an element."""
    classes = (node.get("class") or "").split()
    if "title" in classes and node.tag == "h1":
        return "song", True
    if _HEADING.fullmatch(str(node.tag)):
        heading = style.heading(int(str(node.tag)[1]))
        return heading.face, heading.bold
    if node.tag in _BOLD or "back" in classes:
        return ("hei" if node.tag in ("th", "strong", "b") else inherited[0]), True
    if node.tag in ("caption", "figcaption"):
        return "hei", False
    if node.tag == "blockquote" or not {"line-block", "missing", "cursive"}.isdisjoint(classes):
        return "kai", inherited[1]
    return inherited


def _collect(
    node: etree._Element, style: Style, inherited: tuple[str, bool], used: dict[tuple[str, bool], set[str]]
) -> None:
    if not isinstance(node.tag, str):
        return
    face = _face_of(node, style, inherited)
    own = used.setdefault(face, set())
    own.update(c for c in node.text or "" if c not in _IGNORED)
    for child in node:
        _collect(child, style, face, used)
        own.update(c for c in child.tail or "" if c not in _IGNORED)


def _mark_rare(part: etree._Element) -> None:
    """Wraps rare characters, so that their font holds whatever face a reader chooses."""
    for node in list(part.iter()):
        if not isinstance(node.tag, str) or node.get("class") == "rare":
            continue
        if node.tail and node is not part and (parent := node.getparent()) is not None:
            node.tail, new = _split(node.tail)
            at = parent.index(node) + 1
            for index, child in enumerate(new):
                parent.insert(at + index, child)
        if node.text:
            node.text, new = _split(node.text)
            for index, child in enumerate(new):
                node.insert(index, child)


def _split(text: str) -> tuple[str, list[etree._Element]]:
    """The text before the first rare character, and an element per run of them with the text behind."""
    first, new = "", list[etree._Element]()
    for character in text:
        if is_rare(character):
            if new and not new[-1].tail:
                new[-1].text = (new[-1].text or "") + character
            else:
                new.append(element("span", character, class_="rare"))
        elif new:
            new[-1].tail = (new[-1].tail or "") + character
        else:
            first += character
    return first, new


def _cut(
    families: Sequence[str], bold: bool, used: set[str], face: FontFace
) -> tuple[list[EmbeddedFont], set[str]]:
    """A subset of the first family that is installed, and the characters it lacks."""
    wanted = {ord(c) for c in used}
    for family in families:
        if (file := find_font(family, bold)) is None:
            continue
        with TTFont(file.path, fontNumber=file.index, lazy=True, recalcBBoxes=False) as font:
            lacking = {chr(c) for c in wanted if c not in font.getBestCmap()}
            if lacking == used:
                continue
            kept = {i: name for i in KEPT_NAMES if (name := font["name"].getDebugName(i))}
            cut = harfbuzz.subset(file.path, file.index, sorted(wanted)) or _subset(font, wanted)
        return [EmbeddedFont(face, _named(cut, face, kept))], lacking
    return [], set(used)


def _subset(font: TTFont, wanted: set[int]) -> bytes:
    """A subset by fontTools, where HarfBuzz is not at hand."""
    options = subset.Options()
    options.layout_features = ["ccmp", "kern", "mark", "liga", "vrt2", *harfbuzz.FEATURES]
    options.name_languages = [ENGLISH]
    options.hinting = False
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _named(content: bytes, face: FontFace, kept: dict[int, str]) -> bytes:
    """The font under its own name, with copyright and licence, and with no clock in its bytes."""
    style = "Bold" if face.weight == "bold" else "Regular"
    own = {
        1: face.family,
        2: style,
        4: f"{face.family} {style}",
        6: f"{face.family.replace(' ', '')}-{style}",
    }
    with TTFont(io.BytesIO(content), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        names = font["name"]
        names.names = []
        for identifier, text in sorted((kept | own).items()):
            names.setName(text, identifier, 3, 1, ENGLISH)
        font["head"].modified = font["head"].created
        stream = io.BytesIO()
        font.save(stream)
    return stream.getvalue()
