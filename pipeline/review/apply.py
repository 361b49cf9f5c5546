"""A reviewed Word file → decisions: which edits the editor accepted, which refused.

Comes in: the bytes of a DOCX that ``review.docx`` wrote and somebody worked on, and the review it was written
from. Goes out: decisions by key, and what could not be read from the file. An edit still tracked stays open
(it stays as it was made); text that is neither before nor after is nobody's decision and is said.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field

from lxml import etree

from pipeline.document import word
from pipeline.errors import SourceError
from pipeline.recovery.decisions import ACCEPT, REFUSE
from pipeline.review.docx import AUTHOR, allowed, bookmark
from pipeline.review.passages import Change, Review


@dataclass
class _Found:
    """What stands between the bookmarks of a change."""

    now: str = ""
    deleted: str = ""
    tracked: bool = False
    at_start: bool = True  # nothing stands before it in its paragraph
    joined: bool = False  # the paragraph before it is tracked as ending no more


@dataclass(frozen=True)
class Applied:
    """``decisions`` by key; ``open`` are still tracked; ``unclear`` were changed to something else."""

    decisions: dict[str, str]
    open: list[str] = field(default_factory=list)
    unclear: list[Change] = field(default_factory=list)


def read_decisions_of(content: bytes, review: Review, name: str) -> Applied:
    """The decisions in a reviewed file. Raises ``SourceError`` when it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            document = word.parse(archive.read("word/document.xml"))
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, RuntimeError, OSError) as e:
        raise SourceError("is no Word file that can be read. Save it as .docx again.", name) from e
    keys = {bookmark(key): key for key in review.changes}
    found = _collect(document, keys)
    if not found and review.changes:
        raise SourceError(
            "holds none of this book's edits. Apply the file that «fanjian review --docx» wrote.", name
        )
    out = Applied({})
    for key, change in review.changes.items():
        decision = _decide(change, found.get(key))
        if decision in (ACCEPT, REFUSE):
            out.decisions[key] = decision
        elif decision == "unclear":
            out.unclear.append(change)
        else:
            out.open.append(key)
    return out


def _decide(change: Change, found: _Found | None) -> str:
    if change.proposed:
        taken = found is not None and _same(found.now, change.after) and not found.tracked
        return ACCEPT if taken else ""
    join = change.is_layout and "\n" in change.before
    if found is None:
        # What is gone with its bookmarks: a removal that was accepted, an insertion that was refused.
        return ACCEPT if not change.after or join else REFUSE if not change.before else "unclear"
    if join:
        return "" if found.joined else REFUSE if found.at_start else ACCEPT
    if found.tracked:
        return ""
    if change.is_layout:
        return ACCEPT if found.now == change.after else REFUSE if found.now == change.before else "unclear"
    if _same(found.now, change.after):
        return ACCEPT
    return REFUSE if _same(found.now, change.before) else "unclear"


def _same(one: str, other: str) -> bool:
    return "".join(allowed(one).split()) == "".join(allowed(other).split())


def _collect(document: etree._Element, keys: dict[str, str]) -> dict[str, _Found]:
    """What stands between the bookmarks, paragraph by paragraph."""
    out: dict[str, _Found] = {}
    open_marks: dict[str, str] = {}
    joined = False
    for paragraph in word.find(document, ".//w:p"):
        anything = False
        for e in paragraph.iter():
            match word.local(e):
                case "bookmarkStart" if word.value(e, "w:name") in keys:
                    key = keys[word.value(e, "w:name")]
                    open_marks[word.value(e, "w:id")] = key
                    out[key] = _Found(at_start=not anything, joined=joined and not anything)
                case "bookmarkEnd":
                    open_marks.pop(word.value(e, "w:id"), None)
                case "t" | "delText" | "br":
                    anything = True
                    _add(e, [out[key] for key in open_marks.values()])
        joined = _ends_no_more(paragraph)
    return out


def _add(text: etree._Element, into: list[_Found]) -> None:
    shown = "\n" if word.local(text) == "br" else text.text or ""
    change = next((a for a in text.iterancestors() if word.local(a) in ("ins", "del")), None)
    for found in into:
        if change is not None and word.value(change, "w:author").startswith(AUTHOR):
            found.tracked = True
        if change is not None and word.local(change) == "del":
            found.deleted += shown
        else:
            found.now += shown


def _ends_no_more(paragraph: etree._Element) -> bool:
    return word.first(paragraph, "w:pPr/w:rPr/w:del") is not None
