"""What Word does to a file's XML while a person works in it, generated: noise that says nothing, and edits."""

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable, Iterator

from lxml import etree

from pipeline.document import word

AUTHOR = {"w:author": "Editor", "w:date": "2024-01-01T00:00:00Z"}
RSID = "00A1B2C3"
NEW = "\u3402"  # in no generated text
DOCUMENT, FOOTNOTES = "word/document.xml", "word/footnotes.xml"
Trees = dict[str, etree._Element]


def change(content: bytes, edit: Callable[[Trees], None]) -> bytes:
    """A Word file with its text edited."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        trees = {n: word.parse(old.read(n)) for n in (DOCUMENT, FOOTNOTES) if n in old.namelist()}
        edit(trees)
        for name in old.namelist():
            new.writestr(name, word.serialize(trees[name]) if name in trees else old.read(name))
    return out.getvalue()


def runs(tree: etree._Element) -> list[etree._Element]:
    """The runs of one text that a person can put the cursor in."""
    found = []
    for run in word.find(tree, ".//w:p/w:r"):
        style = word.style_of(run.getparent())  # type: ignore[arg-type]
        own = word.value(word.first(run, "w:rPr/w:rStyle"))
        parts = [word.local(e) for e in run if word.local(e) != "rPr"]
        sealed = style.startswith(("TOC", "Header", "Footer", "Colophon")) or style in (
            "SectionBreak",
            "AbstractTitle",
        )
        if (
            parts == ["t"]
            and own not in ("Label", "VerbatimChar", "Marked")
            and not sealed
            and _is_outside_fields(run)
        ):
            found.append(run)
    return found


def _is_outside_fields(run: etree._Element) -> bool:
    return not any(word.local(a) in ("sdt", "hyperlink") for a in run.iterancestors())


def text_of(run: etree._Element) -> etree._Element:
    """A run's text element."""
    return word.find(run, "w:t")[0]


def split_run(run: etree._Element, at: int) -> etree._Element:
    """Cuts a run in two, as Word does at whatever it wants to remember; the second."""
    second = copy.deepcopy(run)
    text = text_of(run).text or ""
    for part, own in ((run, text[:at]), (second, text[at:])):
        text_of(part).text = own
        text_of(part).set(word.qualified("xml:space"), "preserve")
    run.addnext(second)
    return second


def add_noise(trees: Trees, rng: random.Random) -> None:
    """Runs cut anywhere, revision ids, marks of the spelling, bookmarks, languages, page breaks as shown last."""
    for tree in trees.values():
        for run in runs(tree):
            text = text_of(run).text or ""
            if len(text) > 1 and rng.random() < 0.4:
                second = split_run(run, rng.randrange(1, len(text)))
                second.set(word.qualified("w:rsidR"), RSID)
                _between(run, rng)
                if rng.random() < 0.3:
                    _say_language(second)
        for paragraph in word.find(tree, ".//w:p"):
            for name in ("w:rsidR", "w:rsidRDefault", "w:rsidP"):
                paragraph.set(word.qualified(name), RSID)
            if rng.random() < 0.2:
                paragraph.append(word.make("w:r", {"w:rsidR": RSID}))


def _between(run: etree._Element, rng: random.Random) -> None:
    what = rng.choice(["spell", "bookmark", "break", "comment", ""])
    if what == "spell":
        run.addprevious(word.make("w:proofErr", {"w:type": "spellStart"}))
        run.addnext(word.make("w:proofErr", {"w:type": "spellEnd"}))
    elif what == "bookmark":
        run.addnext(word.make("w:bookmarkEnd", {"w:id": "9001"}))
        run.addnext(word.make("w:bookmarkStart", {"w:id": "9001", "w:name": "_GoBack"}))
    elif what == "break":
        text_of(run).addprevious(word.make("w:lastRenderedPageBreak"))
    elif what == "comment":
        run.addnext(word.make("w:permEnd", {"w:id": "1"}))


def _say_language(run: etree._Element) -> None:
    properties = word.properties(run, "w:rPr")
    if word.first(properties, "w:lang") is None and word.first(properties, "w:rFonts") is None:
        word.put(properties, word.make("w:rFonts", {"w:hint": "eastAsia"}), word.RPR_ORDER)
        word.put(properties, word.make("w:lang", {"w:eastAsia": "zh-TW"}), word.RPR_ORDER)


def han_places(trees: Trees) -> Iterator[tuple[str, etree._Element, int]]:
    """Every Han character that a person could retype: its part, its run, its place."""
    for name, tree in trees.items():
        for run in runs(tree):
            for at, char in enumerate(text_of(run).text or ""):
                if "\u4e00" <= char <= "\u9fff":
                    yield name, run, at


def retype(run: etree._Element, at: int, new: str, tracked: bool) -> None:
    """One character in the place of another, as a tracked change or not."""
    text = text_of(run).text or ""
    if not tracked:
        text_of(run).text = text[:at] + new + text[at + 1 :]
        return
    if at + 1 < len(text):
        split_run(run, at + 1)
    old = split_run(run, at) if at else run
    inserted = copy.deepcopy(old)
    text_of(inserted).text = new
    text_of(old).tag = word.qualified("w:delText")
    for wrapper, inner in (("w:ins", inserted), ("w:del", old)):
        around = word.make(wrapper, {"w:id": "9100", **AUTHOR})
        old.addprevious(around)
        around.append(inner)


def add_paragraph(body: etree._Element, before: etree._Element, text: str) -> None:
    """A new paragraph of running text."""
    properties = word.make("w:pPr", {}, word.make("w:pStyle", {"w:val": "BodyText"}))
    made = word.make("w:p", {"w:rsidR": RSID}, properties, word.make("w:r", {}, word.make("w:t", {}, text)))
    before.addprevious(made)
