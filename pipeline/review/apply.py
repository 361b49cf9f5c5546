"""A reviewed Word file → decisions: which edits the editor accepted, which refused.

Comes in: the bytes of a DOCX that ``review.docx`` wrote and somebody worked on, and the review it was written
from. Goes out: decisions by key, and what could not be read from the file. An edit still tracked stays open
(it stays as it was made); text that is neither before nor after is nobody's decision and is said.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from lxml import etree

from pipeline.document import word
from pipeline.document.traced import PieceKind
from pipeline.errors import SourceError
from pipeline.recovery.decisions import ACCEPT, REFUSE
from pipeline.review.docx import AUTHOR, allowed, bookmark
from pipeline.review.passages import Change, Review

BEHIND = 200  # characters behind an edit that are looked at


@dataclass
class _Found:
    """What stands between the bookmarks of a change."""

    now: str = ""
    deleted: str = ""
    tracked: bool = False
    at_start: bool = True  # nothing stands before it in its paragraph
    joined: bool = False  # the paragraph before it is tracked as ending no more
    behind: str = ""  # the first words behind it


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
    following = _following(review)
    out = Applied({})
    for key, change in review.changes.items():
        here = found.get(key)
        decision = _decide(change, here)
        if here is not None and _stands_behind(change, here, following.get(key, "")):
            decision = "" if change.is_layout else "unclear"
        if decision in (ACCEPT, REFUSE):
            out.decisions[key] = decision
        elif decision == "unclear":
            out.unclear.append(change)
        else:
            out.open.append(key)
    out.other.extend(_changed_besides(document, review, found, out.decisions))
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
                    if not open_marks and last:
                        out[last].tracked |= _is_ours(e)  # a program put the bookmark before its change
                        out[last].behind += e.text or "" if len(out[last].behind) < BEHIND else ""
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


def _following(review: Review) -> dict[str, str]:
    """What was written behind each edit."""
    return {
        part.key: "".join(p.text for p in passage.parts[at + 1 :])
        for passage in review.passages
        for at, part in enumerate(passage.parts)
        if part.key
    }


def _stands_behind(change: Change, found: _Found, following: str) -> bool:
    """Whether a program put the words of a refused removal behind their bookmark, so that it seems accepted."""
    gone = change.before and not change.after and not found.now and "\n" not in change.before
    return bool(gone) and found.behind.startswith(change.before) and not following.startswith(change.before)


def _changed_besides(
    document: etree._Element, review: Review, found: dict[str, _Found], decisions: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """What the file should read after these decisions and what it reads instead, without blanks."""
    should = []
    for passage in review.passages:
        should.append(f"[{passage.label}]" if passage.label else "")
        for part in passage.parts:
            change = review.changes.get(part.key)
            if change is None:
                should.append(part.text if part.kind is not PieceKind.PAGE else "")
            elif change.key in decisions:
                should.append(change.after if decisions[change.key] == ACCEPT else change.before)
            elif change.key in found and not found[change.key].tracked and not change.is_layout:
                should.append(found[change.key].now)
            else:
                should.append(change.before if change.proposed else change.after)
    is_gone = word.qualified("w:del")
    texts = (
        t.text or "" for t in word.find(document, ".//w:t") if next(t.iterancestors(is_gone), None) is None
    )
    one, other = (_sentences(allowed("".join(parts))) for parts in (should, list(texts)))
    for kind, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal":
            before, after = "".join(one[start:end]), "".join(other[first:last])
            if before != after:
                yield _trimmed(before, after)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[。！？；，、])", "".join(text.split()))


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
