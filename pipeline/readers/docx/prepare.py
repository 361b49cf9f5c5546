"""A Word file made ready for Pandoc's reader: what Pandoc would drop is put into the text as marks.

Comes in: the bytes of a DOCX, ours or anybody's, edited in Word or another program. Goes out: bytes Pandoc
reads, and what is known beside the text: the master's metadata, pictures' names, comments, paragraphs with
tracked changes. Refused: what is no Word file, and a file that would fill the memory.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from pipeline.document import ast, word
from pipeline.document.enclosure import Enclosed, find_enclosed
from pipeline.document.manuscript import Finding
from pipeline.document.master import MISSING_NOTE
from pipeline.errors import SourceError
from pipeline.readers.docx.habits import drop_contents, find_bold_headings, settle_habits
from pipeline.readers.docx.lists import DEFINING
from pipeline.readers.docx.marking import mark_item, mark_notes, mark_text
from pipeline.readers.docx.numbers import settle_numbers
from pipeline.readers.docx.revisions import Revised, accept_revisions, remove
from pipeline.readers.docx.styles import settle_styles

MISSING_NOTE_HANS = "原注阙"
LARGEST = 300_000_000  # bytes of all parts together, unpacked
HIDDEN = "Fanjian "  # before a style's name, so that Pandoc takes its paragraphs for text
LIFTED = {
    "title", "subtitle", "author", "date", "abstract", "abstracttitle", "abstract title", *DEFINING,
}  # fmt: skip


@dataclass(frozen=True)
class Comment:
    """A comment of a reviewer: who, what, and on which words."""

    author: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Prepared:
    """``metadata`` is Pandoc's JSON by key; ``pictures`` their own names by those of the package."""

    content: bytes
    lang: str = ""
    metadata: dict[str, Any] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    said: dict[str, Any] = field(default_factory=dict)  # what the master says of each picture
    marks: dict[str, Any] = field(default_factory=dict)  # and of each marked word
    comments: tuple[Comment, ...] = ()
    revised: tuple[
        tuple[Revised, ...], ...
    ] = ()  # the paragraphs of the text and of its notes, where changes were tracked
    enclosed: Enclosed | None = None  # the master that the file was made from
    findings: tuple[Finding, ...] = ()  # what of the file is no text
    lacking: frozenset[str] = frozenset()  # the words that stand in the place of a body that the source lacks
    media: dict[str, bytes] = field(default_factory=dict)  # the pictures, by their names in the package


def prepare(content: bytes, name: str) -> Prepared:
    """The file for Pandoc. Raises ``SourceError``."""
    parts = _read_parts(content, name)
    trees = _read_trees(parts, name)
    texts = [trees[part] for part in TEXTS if part in trees]
    styles = trees.get("word/styles.xml", word.make("w:styles"))
    core, custom = _properties(parts)
    enclosed = find_enclosed(parts)
    comments = tuple(_comments(texts, trees.get("word/comments.xml")))
    for text in texts:
        drop_contents(text)
    revised = tuple(tuple(accept_revisions(text)) for text in texts)
    findings = _settle(texts, styles, trees.get("word/numbering.xml"), enclosed)
    mark_notes(texts[0])
    pictures = _pictures(texts[0], trees.get("word/_rels/document.xml.rels"))
    if enclosed is None:
        pictures = {target: _at_hand(own, target, Path(name).parent) for target, own in pictures.items()}
    names = word.style_names(styles)
    _hide_styles(styles)
    for text in texts:
        mark_text(text, names)
    parts.update({part: word.serialize(tree) for part, tree in trees.items()})
    lang = custom["lang"] if "lang" in custom else core.get("language", "")
    return Prepared(
        _write_parts(parts),
        lang,
        _table(custom, word.METADATA_PROPERTY),
        pictures,
        _table(custom, word.PICTURES_PROPERTY),
        _table(custom, word.MARKS_PROPERTY),
        comments,
        revised,
        enclosed,
        tuple(findings),
        _lacking(texts, names, enclosed),
        {n.removeprefix("word/"): data for n, data in parts.items() if n.startswith("word/media/")},
    )


def _settle(
    texts: list[etree._Element],
    styles: etree._Element,
    numbering: etree._Element | None,
    enclosed: Enclosed | None,
) -> list[Finding]:
    """Brings what programs and hands write to what Pandoc reads; what of it is no text."""
    known = {ast.plain(b) for b in enclosed.made.content} if enclosed else set()
    findings = [finding for text in texts for finding in settle_habits(text, known)]
    settle_styles(styles, texts)
    findings += settle_numbers(texts, numbering, styles, mark_item)
    if enclosed is None:
        findings += find_bold_headings(texts[0], word.style_names(styles))
    for text in texts:
        _drop_gaps(text, word.style_names(styles))
        _part_styles(text, styles)
    return findings


def _drop_gaps(text: etree._Element, names: dict[str, str]) -> None:
    """The spaces between calls that touch go; what an editor typed into one stays."""
    for run in word.find(text, ".//w:r"):
        if (
            names.get(word.value(word.first(run, "w:rPr/w:rStyle"))) == word.CALL_GAP
            and not word.text_of(run).strip()
        ):
            remove(run)


def _table(custom: dict[str, str], name: str) -> dict[str, Any]:
    """A property that holds a table; empty when somebody spoiled it."""
    try:
        found = json.loads(word.joined(name, custom) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


NO_WORD_FILE = "is no Word file that can be read. Save it as .docx again."
TEXTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
TREES = (
    *TEXTS,
    "word/styles.xml",
    "word/numbering.xml",
    "word/comments.xml",
    "word/_rels/document.xml.rels",
)


def _read_parts(content: bytes, name: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(i.file_size for i in archive.infolist()) > LARGEST:
                raise SourceError(
                    "would unpack to more than 300 MB. Take its pictures out, or divide it.", name
                )
            return {i.filename: archive.read(i) for i in archive.infolist() if not i.is_dir()}
    except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, OSError, ValueError) as e:
        raise SourceError(NO_WORD_FILE, name) from e


def _read_trees(parts: dict[str, bytes], name: str) -> dict[str, etree._Element]:
    try:
        trees = {part: word.parse(data) for part, data in parts.items() if part in TREES}
    except etree.XMLSyntaxError as e:
        raise SourceError(NO_WORD_FILE, name) from e
    if TEXTS[0] not in trees:
        raise SourceError(NO_WORD_FILE, name)
    return trees


def _write_parts(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for part, data in parts.items():
            archive.writestr(part, data)
    return out.getvalue()


def _properties(parts: dict[str, bytes]) -> tuple[dict[str, str], dict[str, str]]:
    """The core properties by their names, and the custom ones."""
    core: dict[str, str] = {}
    custom: dict[str, str] = {}
    for part, into in (("docProps/core.xml", core), ("docProps/custom.xml", custom)):
        try:
            root = word.parse(parts[part])
        except (KeyError, etree.XMLSyntaxError):
            continue
        for e in root:
            into[e.get("name") or word.local(e)] = "".join(str(t) for t in e.itertext())
    return core, custom


def _comments(texts: list[etree._Element], comments: etree._Element | None) -> Iterator[Comment]:
    """The comments, each with the words that it is on: from the start of its range to the end."""
    if comments is None:
        return
    anchors: dict[str, list[str]] = {word.value(comment, "w:id"): [] for comment in comments}
    inside: set[str] = set()
    for e in (e for text in texts for e in text.iter()):
        match word.local(e):
            case "commentRangeStart":
                inside.add(word.value(e, "w:id"))
            case "commentRangeEnd":
                inside.discard(word.value(e, "w:id"))
            case "t":
                for identifier in inside & anchors.keys():
                    anchors[identifier].append(e.text or "")
    for comment in comments:
        text = word.text_of(comment)
        anchor = "".join(anchors[word.value(comment, "w:id")]).strip()
        yield Comment(word.value(comment, "w:author"), text, anchor)


def _pictures(document: etree._Element, relations: etree._Element | None) -> dict[str, str]:
    """The pictures' own names: Word keeps the name of the file that was put in."""
    targets = {r.get("Id"): r.get("Target") or "" for r in (relations if relations is not None else ())}
    out = {}
    for picture in word.find(document, ".//pic:pic"):
        named, blip = word.first(picture, ".//pic:cNvPr"), word.first(picture, ".//a:blip")
        target = targets.get(word.value(blip, "r:embed"), "")
        name = (named.get("name") or "") if named is not None else ""
        if target and re.search(r"\.(png|jpe?g|gif|svg)$", name, re.I) and not name.startswith(("/", "..")):
            out[target] = name
    return out


def _at_hand(name: str, target: str, folder: Path) -> str:
    """A picture's name; of a drawing that is not there the one of its copy in the file."""
    if name.lower().endswith(".svg") and not (folder / name).is_file():
        return str(Path(name).with_suffix(Path(target).suffix))
    return name


def _lacking(texts: list[etree._Element], names: dict[str, str], enclosed: Enclosed | None) -> frozenset[str]:
    """What a body says that the source lacks: as the file was made, or as most of them say."""
    said: Counter[str] = Counter()
    for note in [n for text in texts for n in word.find(text, "w:footnote")]:
        marked = [
            run
            for run in word.find(note, ".//w:r")
            if names.get(word.value(word.first(run, "w:rPr/w:rStyle"))) == word.MISSING
        ]
        said["".join(map(word.text_of, marked))] += bool(marked)
    made = (
        {ast.plain(list(n.content)) for n in ast.notes(enclosed.made) if ast.is_missing(n)}
        if enclosed
        else set()
    )
    return frozenset(
        made or {MISSING_NOTE, MISSING_NOTE_HANS} | {text for text, count in said.items() if count > 1}
    )


def _hide_styles(styles: etree._Element) -> None:
    """Pandoc would take these paragraphs out of the text and sort them its own way."""
    for style in word.find(styles, "w:style"):
        name = word.first(style, "w:name")
        if name is not None and word.value(name).lower() in LIFTED:
            name.set(word.qualified("w:val"), HIDDEN + word.value(name))


def _part_styles(root: etree._Element, styles: etree._Element) -> None:
    """Runs whose style is two things at once («Keep Emphasis») have the first as style and the second by hand."""
    names = word.style_names(styles)
    based = {
        word.value(s, "w:styleId"): word.value(word.first(s, "w:basedOn"))
        for s in word.find(styles, "w:style")
    }
    for style in word.find(root, ".//w:rStyle"):
        properties: Any = style.getparent()
        while True:
            own, base = names.get(word.value(style), ""), based.get(word.value(style), "")
            added = next((a for a in word.ADDED_STYLES if own == f"{names.get(base)} {a}"), "")
            if not added:
                break
            word.put(properties, word.make("w:b" if added == "Strong" else "w:i"), word.RPR_ORDER)
            style.set(word.qualified("w:val"), base)
