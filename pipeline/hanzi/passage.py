"""A paragraph's text on its way through the room."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Passage:
    """A paragraph: its whole text, the cells it becomes, which flow it belongs to and where it stands.

    A *flow* is text that is read on (the body, one note): quotations may run over its paragraphs.
    """

    text: str
    where: str = ""
    flow: str = ""
    kept: list[tuple[int, int]] = field(default_factory=list)  # spans that stay as they are
    cells: list[str] = field(default_factory=list)
    shown: list[tuple[int, int, str]] = field(default_factory=list)  # spans with a text of their own
    line: int | None = None  # in the master, where known

    def __post_init__(self) -> None:
        self.cells = self.cells or list(self.text)

    @property
    def at(self) -> str:
        """Where it stands, as a sentence about it begins; empty where its line says so, or nobody knows."""
        return "" if self.line or not self.where else f"{self.where}: "

    def show(self, start: int, end: int, text: str) -> None:
        """Characters ``start`` up to ``end`` read ``text``, whatever else is done."""
        self.shown.append((start, end, text))

    def restore(self) -> None:
        """Puts back what is kept, and what has its own text."""
        for start, end in self.kept:
            self.cells[start:end] = self.text[start:end]
        for start, end, text in self.shown:
            if end > start:
                self.cells[start:end] = [text, *[""] * (end - start - 1)]

    def result(self) -> str:
        """The text it became."""
        return "".join(self.cells)
