"""DOCX and EPUB files between scripts: their XML's text by paragraph, languages by tag, nothing else.

The XML is not parsed and written anew but cut at its tags, so that whatever is not Chinese text keeps its
bytes: fonts, styles, pictures, the order and dates of the files in the package. Refused: a file that is no
package, or that holds no text of its kind.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipeline.errors import SourceError
from pipeline.hanzi.carving import OBJECT, Carving
from pipeline.hanzi.passage import Passage

TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|<[^>]*>|[^<]+|<", re.S
)
_NAME = re.compile(r"</?\s*([\w:.-]+)")
_KEEP = re.compile(r"\sclass\s*=\s*[\"'](?:[^\"']*\s)?keep(?:\s[^\"']*)?[\"']")
_ENTITY = re.compile(r"&[#\w]+;")
_ATTRIBUTE = re.compile(r"(\s(?:alt|title|aria-label|content)\s*=\s*)(\"[^\"]*\"|'[^']*')")
_XML_LANG = re.compile(r"((?:\s|:)lang\s*=\s*[\"'])(zh[\w-]*)([\"'])", re.I)
_ANY_LANG = re.compile(r"(?:\s|:)lang\s*=\s*[\"']([\w-]+)[\"']", re.I)
_WORD_LANG = re.compile(r"(w:eastAsia\s*=\s*[\"'])(zh[\w-]*)([\"'])", re.I)

WORD_PARTS = re.compile(
    r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*|glossary/document)\.xml"
)
WORD_LANG_PARTS = re.compile(r"word/(?:styles|settings|stylesWithEffects|numbering)\.xml")
CORE = re.compile(r"docProps/core\.xml")
CORE_TEXTS = {
    "dc:title",
    "dc:subject",
    "dc:creator",
    "dc:description",
    "cp:keywords",
    "cp:category",
    "cp:lastModifiedBy",
}
OPF_TEXTS = {
    "dc:title",
    "dc:creator",
    "dc:contributor",
    "dc:description",
    "dc:subject",
    "dc:publisher",
    "dc:rights",
}
SILENT = {"script", "style", "code", "pre", "kbd", "samp", "svg:style", "math"}
INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "big", "br", "cite", "data", "del", "dfn", "em", "font", "i", "img", "ins", "kbd",
    "mark", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "time", "tt",
    "u", "var", "wbr", "code", "samp", "epub:switch",
}  # fmt: skip


@dataclass
class Package:
    """A DOCX or EPUB: its members in order, and those that hold text, carved."""

    name: str
    members: list[tuple[zipfile.ZipInfo, bytes]]
    carvings: dict[str, Carving]

    def written(self, lang: str) -> bytes:
        """The package in the edition; members that hold no text keep their bytes, order and dates."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for info, data in self.members:
                carving = self.carvings.get(info.filename)
                new = data if carving is None else carving.written(lang).encode("utf-8")
                archive.writestr(_info(info), new, compress_type=info.compress_type)
        return out.getvalue()


def _info(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    new = zipfile.ZipInfo(info.filename, info.date_time)
    new.external_attr, new.create_system = info.external_attr, info.create_system
    return new


def read_package(data: bytes, name: str) -> Package:
    """A DOCX or EPUB, its text carved. Raises ``SourceError``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [(info, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as e:
        raise SourceError("is no DOCX or EPUB file, or is damaged. Save it again.", name) from e
    carvings = {}
    for info, content in members:
        carve = _carver(info.filename)
        if carve is not None:
            try:
                text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8")
            except UnicodeDecodeError as e:
                raise SourceError(f"its part {info.filename} is not UTF-8. Save it again.", name) from e
            carvings[info.filename] = carve(text, info.filename)
    if not carvings:
        raise SourceError("holds no text that can be converted. Give a DOCX or EPUB file.", name)
    return Package(name, members, carvings)


def _carver(member: str) -> Callable[[str, str], Carving] | None:
    if WORD_PARTS.fullmatch(member):
        return carve_word
    if WORD_LANG_PARTS.fullmatch(member):
        return _carve_languages
    if CORE.fullmatch(member) or member.endswith(".opf"):
        return _carve_properties
    if member.lower().endswith((".xhtml", ".html", ".htm", ".ncx", ".svg")):
        return carve_xhtml
    return None


def short_lang(lang: str) -> str:
    """Word's name for an edition's language: zh-CN, zh-TW, zh-HK."""
    return f"zh-{lang.rsplit('-', 1)[1]}"


def _carve_languages(text: str, member: str) -> Carving:
    carving = Carving()
    for token in TOKEN.findall(text):
        _word_tag(carving, token)
    carving.finish()
    return carving


def _word_tag(carving: Carving, token: str) -> None:
    if token.startswith(("<w:lang", "<w:themeFontLang")) and _WORD_LANG.search(token):
        carving.compute(token, lambda lang: _WORD_LANG.sub(rf"\g<1>{short_lang(lang)}\g<3>", token))
    else:
        carving.mark(token)


def carve_word(text: str, member: str) -> Carving:
    """A part of a Word file: the ``w:t`` of a ``w:p`` are one paragraph; a text box has its own."""
    carving = Carving()
    number, note, reading = 0, 0, False
    stack: list[Passage | None] = []
    for token in TOKEN.findall(text):
        name = _tag_name(token)
        if name == "w:p" and not token.endswith("/>"):
            if token.startswith("</"):
                carving.end()
                carving.current = stack.pop() if stack else None
            else:
                number += 1
                stack.append(carving.current)
                carving.begin(f"{member}, paragraph {number}", f"{member} {note}")
        elif name in {"w:footnote", "w:endnote", "w:comment", "w:tc", "w:txbxContent"}:
            note += 1
        elif name in {"w:tab", "w:br", "w:cr", "w:noBreakHyphen"} and carving.current is not None:
            carving.mark(token, " ")
            continue
        if name == "w:t":
            reading = not token.startswith("</") and not token.endswith("/>")
        if token.startswith("<"):
            _word_tag(carving, token)
        elif reading:
            _read(carving, token)
        else:
            carving.mark(token)
    carving.finish()
    return carving


def carve_xhtml(text: str, member: str) -> Carving:
    """A page of an e-book, or its contents: the text between tags that are not inline is one paragraph."""
    carving = Carving()
    kept: list[tuple[str, bool]] = []  # open elements, and whether their text stays
    number = 1
    carving.begin(f"{member}, paragraph 1", member)
    for token in TOKEN.findall(text):
        if not token.startswith("<"):
            _read(carving, token, bool(kept) and kept[-1][1])
            continue
        name = _tag_name(token)
        if name is None:
            carving.mark(token)
            continue
        local = name.rsplit(":", 1)[-1].lower()
        if local not in INLINE:
            carving.end()
        _xhtml_tag(carving, token, member)
        if local not in INLINE:
            number += 1
            carving.begin(f"{member}, paragraph {number}", member)
        elif local in {"br", "img"}:
            carving.mark("", " ")
        _nest(kept, token, local)
    carving.finish()
    return carving


def _nest(kept: list[tuple[str, bool]], token: str, local: str) -> None:
    if token.startswith("</"):
        while kept and kept.pop()[0] != local:
            pass
    elif not token.endswith("/>") and local not in {"br", "img", "hr", "meta", "link", "wbr"}:
        lang = _ANY_LANG.search(token)
        foreign = lang is not None and not lang[1].lower().startswith("zh")
        outside = bool(kept) and kept[-1][1] and not (lang is not None and not foreign)
        kept.append((local, local in SILENT or foreign or outside or bool(_KEEP.search(token))))


def _xhtml_tag(carving: Carving, token: str, member: str) -> None:
    """A tag: its language follows the edition, its alt and title are texts of their own."""
    at = 0
    paragraph = carving.current
    for match in _ATTRIBUTE.finditer(token) if not token.startswith("<meta") else ():
        _lang_tag(carving, token[at : match.start(2) + 1])
        carving.begin(f"{member}, attribute", f"{member} {match.start()} attribute")
        _read(carving, match[2][1:-1])
        carving.end()
        at = match.end() - 1
    carving.current = paragraph
    _lang_tag(carving, token[at:])


def _lang_tag(carving: Carving, token: str) -> None:
    if _XML_LANG.search(token):
        carving.compute(token, lambda lang: _XML_LANG.sub(rf"\g<1>{lang}\g<3>", token))
    else:
        carving.mark(token)


def _carve_properties(text: str, member: str) -> Carving:
    """The metadata of a package: titles and names are texts, ``dc:language`` follows the edition."""
    carving = Carving()
    inside = ""
    for number, token in enumerate(TOKEN.findall(text)):
        name = _tag_name(token)
        if name:
            lang = _ANY_LANG.search(token)
            foreign = lang is not None and not lang[1].lower().startswith("zh")
            inside = "" if foreign or token.startswith("</") or token.endswith("/>") else name
            _lang_tag(carving, token)
        elif inside in CORE_TEXTS | OPF_TEXTS:
            carving.begin(f"{member}, {inside}", f"{member} {number}")
            _read(carving, token)
            carving.end()
        elif inside == "dc:language" and token.strip().lower().startswith("zh"):
            carving.compute(token, lambda lang: lang)
        else:
            carving.mark(token)
    carving.finish()
    return carving


def _tag_name(token: str) -> str | None:
    match = _NAME.match(token) if not token.startswith(("<!", "<?")) else None
    return match[1] if match else None


def _read(carving: Carving, text: str, kept: bool = False) -> None:
    for part, is_entity in _entities(text):
        if is_entity:
            carving.mark(part, OBJECT)
        else:
            carving.read(part, kept)


def _entities(text: str) -> Iterator[tuple[str, bool]]:
    at = 0
    for match in _ENTITY.finditer(text):
        if match.start() > at:
            yield text[at : match.start()], False
        yield match.group(), True
        at = match.end()
    if at < len(text):
        yield text[at:], False
