"""A master's metadata with what an editor changed in the front matter.

Only what a reader of the edition sees is the editor's to change; every other line of the metadata stays as it
is, and what book.toml added to the edition does not enter the master.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import panflute as pf

from pipeline.document import ast
from pipeline.document.blocks import to_manuscript
from pipeline.document.collation.transfer import transfer
from pipeline.document.collation.units import key_of
from pipeline.document.master import write_master
from pipeline.errors import MasterError

SHOWN = (*ast.FRONT_KEYS, "translations")
ENTRY = re.compile(r"([A-Za-z_][\w-]*)[ \t]*:(?:[ \t]|$)")


def collate_front(
    header: str, made: pf.Doc, edited: pf.Doc, made_labels: Mapping[int, str], labels: Mapping[int, str]
) -> str:
    """The metadata's text. ``labels`` name the notes of both documents, by the object."""
    before, after = made.metadata.content, edited.metadata.content
    changed = [k for k in SHOWN if _say(before.get(k)) != _say(after.get(k))]
    if not changed:
        return header
    entries = cut_entries(header)
    theirs, ours = (
        cut_entries(_written(doc, known)) for doc, known in ((made, made_labels), (edited, labels))
    )
    for key in changed:
        if key not in ours:
            entries.pop(key, None)
            continue
        moved = transfer(entries[key], theirs[key], ours[key]) if key in entries and key in theirs else None
        entries[key] = moved if moved and _reads_as(moved, ours[key], key) else ours[key]
    rest = re.match(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(\n*)", header)
    return "---\n" + "".join(entries.values()) + "---" + (rest[1] if rest else "\n\n")


def _say(value: Any) -> str:
    match value:
        case None:
            return ""
        case pf.MetaMap():
            return ";".join(f"{k}={_say(v)}" for k, v in sorted(value.content.items()))
        case pf.MetaList():
            return "¶".join(_say(item) for item in value.content)
        case pf.MetaBlocks():
            return "¶".join(key_of(block) for block in value.content)
        case pf.MetaInlines():
            return key_of(value)
        case _:
            return ast.plain(value)


def _written(doc: pf.Doc, labels: Mapping[int, str]) -> str:
    """The metadata as Fanjian writes it."""
    front = pf.Doc(metadata=doc.metadata.content)
    return write_master(to_manuscript(front, labels))


def cut_entries(header: str) -> dict[str, str]:
    """The lines of each key of a master's metadata, comments with the key above them."""
    out: dict[str, str] = {}
    key = ""
    for line in header.split("\n")[1:]:
        if line.rstrip() in ("---", "..."):
            break
        if found := ENTRY.match(line):
            key = found[1]
        out[key] = out.get(key, "") + line + "\n"
    return out


def _reads_as(own: str, said: str, key: str) -> bool:
    """Whether two writings of a key are the same but for single letters (another form of a character)."""
    try:
        one, other = (
            ast.read_document(f"---\n{text}---\n", "master").metadata.content for text in (own, said)
        )
    except MasterError:
        return False
    return len(_say(one.get(key))) == len(_say(other.get(key))) and list(one) == list(other)
