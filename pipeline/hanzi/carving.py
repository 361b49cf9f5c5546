"""A file's text carved into what a reader reads and what stays as it is, so that only the first is changed.

A carving is the file's text cut into pieces; each piece is markup, or belongs to a passage at an offset.
Writing the passages' results back gives the file again, byte for byte where nothing was converted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from pipeline.hanzi.passage import Passage

OBJECT = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass
class Piece:
    """Text as it stands; where it is read, its passage and offset; where it is computed, how to write it."""

    text: str
    passage: Passage | None = None
    at: int = 0
    write: Callable[[str], str] | None = None  # markup that depends on the edition's language

    def written(self, lang: str) -> str:
        """The piece in the edition."""
        if self.passage is not None:
            return "".join(self.passage.cells[self.at : self.at + len(self.text)])
        return self.write(lang) if self.write else self.text


@dataclass
class Carving:
    """A file's pieces in order, and its passages."""

    pieces: list[Piece] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    current: Passage | None = None

    def begin(self, where: str, flow: str) -> None:
        """A new paragraph begins."""
        self.current = Passage("", where, flow)

    def end(self) -> None:
        """The paragraph ends; an empty one is forgotten."""
        if self.current is not None and self.current.text.strip():
            self.passages.append(self.current)
        self.current = None

    def read(self, text: str, kept: bool = False) -> None:
        """Adds text that is read."""
        if self.current is None:
            self.mark(text)
            return
        at = len(self.current.text)
        self.current.text += text
        if kept:
            self.current.kept.append((at, at + len(text)))
        self.pieces.append(Piece(text, self.current, at))

    def mark(self, text: str, stands_for: str = "") -> None:
        """Adds markup; ``stands_for`` is what the paragraph's text shows in its place (code: an object)."""
        self.pieces.append(Piece(text))
        if stands_for and self.current is not None:
            self.current.text += stands_for

    def compute(self, text: str, write: Callable[[str], str]) -> None:
        """Adds markup that the edition's language changes."""
        self.pieces.append(Piece(text, write=write))

    def whole(self) -> str:
        """All that is read, to tell the script by."""
        return "\n".join(passage.text for passage in self.passages)

    def finish(self) -> None:
        """Prepares the passages' cells, once all text is in."""
        self.end()
        for passage in self.passages:
            passage.cells = list(passage.text)
        known = set(map(id, self.passages))
        for piece in self.pieces:
            if piece.passage is not None and id(piece.passage) not in known:
                piece.passage = None

    def written(self, lang: str) -> str:
        """The file's text in the edition."""
        return "".join(piece.written(lang) for piece in self.pieces)
