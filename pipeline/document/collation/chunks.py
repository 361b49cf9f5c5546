"""A master's own text as chunks: what stands between blank lines, lists and notes with all that belongs to them.

Comes in: a master, however a person spelled it. Goes out: its metadata and its chunks, with the blank lines
between them, so that what nobody changed can be written again as it was. Pandoc is asked whether
each chunk says alone what it says in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import panflute as pf

from pipeline.document import ast
from pipeline.document.collation.units import cut_units

HEADER = re.compile(r"---[ \t]*\n(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\n|$)")
NOTE = re.compile(r"\[\^([^\]\s]+)\]:")
CALLED = re.compile(r"(?m)(?<!\\)(?!^\[\^[^\]\s]+\]:)\[\^([^\]\s]+)\]|(?<!\\)\^\[")
ITEM = re.compile(r"(?:[-*+]|#\.|\(?(?:[0-9]{1,9}|[A-Za-z]|[ivxlc]+)[.)])\s")
FENCE = re.compile(r"[ \t]*(`{3,}|~{3,}|:{3,})(.*)")
BELOW = re.compile(r"[ \t]|:\s|~\s|Table:")  # goes on with what stands above


@dataclass(frozen=True)
class Chunk:
    """``after``: the line ends behind it; ``label``: of the note whose body it is; ``units``: how many."""

    text: str
    after: str
    label: str = ""
    units: int = 0

    @property
    def calls(self) -> list[str]:
        """The labels of the notes called in it; none ("") of a note that stands there itself: ^[…]."""
        return CALLED.findall(self.text)


def cut_chunks(master: str, doc: pf.Doc) -> tuple[str, list[Chunk]] | None:
    """The metadata's text and the chunks of a master that reads as ``doc``; none when it cannot be cut."""
    found = HEADER.match(master)
    header = found.group() if found else ""
    pieces = _pieces(master[len(header) :])
    lead = re.match(r"\n*", master[len(header) :])
    header += lead.group() if lead else ""
    wanted = [u.key for u in cut_units(doc.content)]
    for _ in range(6):
        counted = _count(pieces)
        if counted is None:
            return None
        got = [key for keys in counted for key in keys]
        if got == wanted:
            chunks = [
                Chunk(text, after, _label(text), len(keys))
                for (text, after), keys in zip(pieces, counted, strict=True)
            ]
            return header, chunks
        pieces = _joined_where(pieces, counted, wanted)
    return None


def _label(text: str) -> str:
    found = NOTE.match(text)
    return found[1] if found else ""


def _pieces(text: str) -> list[tuple[str, str]]:
    """Text and the line ends after it, cut at blank lines outside of fences, lists and notes."""
    out: list[list[str]] = []
    fences: list[str] = []
    parts = re.split(r"(\n(?:[ \t]*\n)+|\n+\Z)", text.lstrip("\n"))
    for body, gap in zip(parts[::2], [*parts[1::2], ""], strict=False):
        if not body and not gap:
            continue
        within = bool(fences)
        for line in body.split("\n"):
            _follow(line, fences)
        if out and (within or BELOW.match(body) or (ITEM.match(body) and ITEM.match(out[-1][0]))):
            out[-1][0] += out[-1][1] + body
            out[-1][1] = gap
        else:
            out.append([body, gap])
    return [(body, gap) for body, gap in out]


def _follow(line: str, fences: list[str]) -> None:
    """Keeps count of what a line opens and closes."""
    found = FENCE.match(line)
    if not found:
        return
    mark, rest = found[1], found[2].strip()
    if fences and fences[-1][0] != ":":
        if mark[0] == fences[-1][0] and len(mark) >= len(fences[-1]) and not rest:
            fences.pop()
    elif mark[0] == ":" and not rest.strip(": "):
        if fences:
            fences.pop()
    else:
        fences.append(mark)


def _count(pieces: Sequence[tuple[str, str]]) -> list[list[str]] | None:
    """The keys of each piece's units, as Pandoc reads it alone."""
    read = read_parts([text for text, _ in pieces])
    return None if read is None else [[u.key for u in cut_units(blocks)] for blocks in read]


def read_parts(texts: Iterable[str], labels: Iterable[str] = ()) -> list[list[pf.Block]] | None:
    """Texts read one by one in a single run; ``labels`` are notes to take for given. None when one spoils others."""
    texts = list(texts)
    given = {n[1] for t in texts for n in re.finditer(rf"(?m)^{NOTE.pattern}", t)}
    wrapped = [f"::: {{.fanjian-part}}\n{text}\n\n:::" for text in texts]
    stubs = [f"[^{label}]: x" for label in dict.fromkeys(labels) if label not in given]
    doc = ast.read_document("\n\n".join([*wrapped, *stubs]) + "\n", "master")
    divs = list(doc.content)
    if len(divs) != len(texts) or not all(
        isinstance(d, pf.Div) and "fanjian-part" in d.classes for d in divs
    ):
        return None
    return [list(d.content) for d in divs]


def _joined_where(
    pieces: Sequence[tuple[str, str]], counted: Sequence[Sequence[str]], wanted: Sequence[str]
) -> list[tuple[str, str]]:
    """The pieces with the first one that reads otherwise alone joined to its neighbour."""
    at = 0
    for number, keys in enumerate(counted):
        if list(wanted[at : at + len(keys)]) != list(keys) and number + 1 < len(pieces):
            (text, gap), (more, after) = pieces[number], pieces[number + 1]
            return [*pieces[:number], (text + gap + more, after), *pieces[number + 2 :]]
        at += len(keys)
    return list(pieces)
