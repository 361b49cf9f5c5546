"""A reviewed Word file → decisions: which edits the editor accepted, which refused.

Comes in: the bytes of a DOCX that ``review.docx`` wrote and somebody worked on, and the review it was written
from. Goes out: decisions by key, and what could not be read from the file. An edit still tracked stays open
(it stays as it was made); text that is neither before nor after is nobody's decision and is said.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from lxml import etree

from pipeline.document import word
from pipeline.errors import SourceError
from pipeline.recovery.decisions import ACCEPT, REFUSE
from pipeline.review.docx import AUTHOR, allowed, bookmark, write_paragraphs
from pipeline.review.passages import Change, Review

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


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
    """``decisions`` by key; ``open`` are still tracked; ``unclear`` were changed to something else; ``other``
    are texts besides the edits that were changed, before and after."""

    decisions: dict[str, str]
    open: list[str] = field(default_factory=list)
    unclear: list[Change] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)


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
    besides = dict(_changed_besides(document, review, keys))
    out = Applied({}, other=list(besides.values()))
    for key, change in review.changes.items():
        here = found.get(key)
        decision = _decide(change, here)
        if key in besides and here is not None and not (here.now or change.is_layout):
            decision = "unclear"  # a program put its words outside of their bookmark
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
    joined, last = False, ""
    for paragraph in word.find(document, ".//w:p"):
        anything = False
        for e in paragraph.iter():
            match word.local(e):
                case "bookmarkStart" if word.value(e, "w:name") in keys:
                    key = keys[word.value(e, "w:name")]
                    open_marks[word.value(e, "w:id")] = key
                    out[key] = _Found(at_start=not anything, joined=joined and not anything)
                    last = key
                case "bookmarkEnd":
                    open_marks.pop(word.value(e, "w:id"), None)
                case "t" | "delText" | "br":
                    anything = True
                    _add(e, [out[key] for key in open_marks.values()])
                    if not open_marks and last and _is_ours(e):
                        out[last].tracked = True  # a program put the bookmark before its change
        joined = _ends_no_more(paragraph)
    return out


def _is_ours(text: etree._Element) -> bool:
    """Whether a text is tracked by us."""
    change = next((a for a in text.iterancestors() if word.local(a) in ("ins", "del")), None)
    return change is not None and word.value(change, "w:author").startswith(AUTHOR)


def _add(text: etree._Element, into: list[_Found]) -> None:
    shown = "\n" if word.local(text) == "br" else text.text or ""
    change = next((a for a in text.iterancestors() if word.local(a) in ("ins", "del")), None)
    for found in into:
        if _is_ours(text):
            found.tracked = True
        if change is not None and word.local(change) == "del":
            found.deleted += shown
        else:
            found.now += shown


def _ends_no_more(paragraph: etree._Element) -> bool:
    return word.first(paragraph, "w:pPr/w:rPr/w:del") is not None


def _changed_besides(
    document: etree._Element, review: Review, keys: dict[str, str]
) -> Iterator[tuple[str, tuple[str, str]]]:
    """What stands behind an edit (by its key) up to the next and is not what was written there: before and
    after, without blanks."""
    paragraphs, _ = write_paragraphs(review, EPOCH)
    written = _besides(word.make("w:body", {}, *paragraphs), keys)
    now = _besides(document, keys)
    order = list(written)
    there = [key for key in order if key in now]
    for at, key in enumerate(there):
        last = order.index(there[at + 1]) if at + 1 < len(there) else len(order)
        before = "".join(written[k] for k in order[order.index(key) : last])
        if before != now[key]:
            yield key, _trimmed(before, now[key])


def _besides(root: etree._Element, keys: dict[str, str]) -> dict[str, str]:
    """The text behind each edit up to the next one; before the first under an empty key."""
    out: dict[str, list[str]] = {"": []}
    key, open_marks = "", set()
    for e in root.iter(
        word.qualified("w:bookmarkStart"), word.qualified("w:bookmarkEnd"), word.qualified("w:t")
    ):
        match word.local(e):
            case "bookmarkStart" if word.value(e, "w:name") in keys:
                key = keys[word.value(e, "w:name")]
                out[key] = []
                open_marks.add(word.value(e, "w:id"))
            case "bookmarkEnd":
                open_marks.discard(word.value(e, "w:id"))
            case "t" if not open_marks and next(e.iterancestors(word.qualified("w:del")), None) is None:
                out[key].append(e.text or "")
    return {key: "".join("".join(parts).split()) for key, parts in out.items()}


def _trimmed(one: str, other: str) -> tuple[str, str]:
    """Two texts without what they begin and end with alike, but for a few letters around it."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    start, end = max(0, start - 4), max(0, end - 4)
    return one[start : len(one) - end], other[start : len(other) - end]


def _alike(one: str, other: str) -> int:
    """How many letters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
