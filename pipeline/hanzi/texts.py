"""A plain text as passages: a line each, line ends included, so that joining them gives the text again."""

from __future__ import annotations

from pipeline.hanzi.passage import Passage


def cut_lines(text: str) -> list[Passage]:
    """The lines of a text as passages of one flow; a line end inside ``-{…}-`` does not cut."""
    passages: list[Passage] = []
    held, first = "", 1
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        if not held:
            first = number
        held += line
        if held.rfind("-{") <= held.rfind("}-") or number - first > 20:
            passages.append(Passage(held, f"line {first}", "text"))
            held = ""
    if held:
        passages.append(Passage(held, f"line {first}", "text"))
    return passages
