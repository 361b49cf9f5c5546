"""Judges of edits: whether two masters differ in what an editor did between them, and in nothing else.

Each gets the master before, the one after, and what the edit said of itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from tests.readers.docx.edits import NEW

CALL = re.compile(r"\[\^([^\]\s]+)\](?!:)")


def without(text: str, piece: str) -> Iterator[str]:
    """A text with one occurrence of a piece taken out, for each of them."""
    for found in re.finditer(re.escape(piece), text):
        yield text[: found.start()] + text[found.end() :]


def put_in(one: str, other: str) -> str | None:
    """What was put into one text at one place to make the other; none where something else differs."""
    if len(other) < len(one):
        return None
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), len(one))
    end = len(one) - start
    rest = other[len(other) - end :] if end else ""
    return other[start : len(other) - end] if one[start:] == rest else None


def says_nothing(piece: str | None) -> bool:
    """Whether a piece is there and holds blanks, marks of the spelling and names of styles only."""
    return piece is not None and re.fullmatch(r"[\s*~^>\[\](){}.\\|_a-z0-9-]*", piece) is not None


def parted(master: str, text: str, _: str) -> bool:
    """A blank line more, and what the cut through a styled word asks for; a space at the cut goes."""
    pieces = [put_in(one, text) for one in (master, *without(master, " "))]
    return any(says_nothing(piece) and "\n\n" in (piece or "") for piece in pieces)


def joined(master: str, text: str, _: str) -> bool:
    """A blank line less."""
    return parted(text, master, "")


PAGE = re.compile(r"\[\]\{\.page [^}]*\}")


def reordered(master: str, text: str, _: str) -> bool:
    """The same lines, a run of them in another place; code that comes to stand behind a list is in fences, or it would be the item's.

    Where a page of the source begins in what was moved, its number is not asked for.
    """
    one, other = (re.split(r"\n{2,}", PAGE.sub("", _indented(t)).strip("\n")) for t in (master, text))
    if sorted(one) != sorted(other) or one == other:
        return False
    start = next(n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    end = next(n for n, (a, b) in enumerate(zip(reversed(one), reversed(other), strict=True)) if a != b)
    middle, moved = one[start : len(one) - end], other[start : len(other) - end]
    return any(middle[n:] + middle[:n] == moved for n in range(1, len(middle)))


def _indented(text: str) -> str:
    """The text with code in fences as indented code."""
    return re.sub(r"(?ms)^```\n(.*?)\n```$", lambda m: re.sub("(?m)^", "    ", m[1]), text)


def releveled(master: str, text: str, _: str) -> bool:
    """One line with a sign more or less at its start."""
    one, other = master.split("\n"), text.split("\n")
    lines = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and len(lines) == 1 and lines[0][0].lstrip("#") == lines[0][1].lstrip("#")


def bodies(master: str) -> dict[str, str]:
    """The bodies of notes by their labels, with what belongs to them."""
    found = re.finditer(r"(?m)^\[\^([^\]\s]+)\]:.*(?:\n+(?=[ \t]).*)*(?:\n(?!\n|\[\^).+)*", master)
    return {m[1]: m[0] for m in found}


def normal(text: str) -> str:
    """A text whose blocks stand one blank line apart."""
    return re.sub(r"\n{2,}", "\n\n", text).strip()


def note_gone(master: str, text: str, _: str) -> bool:
    """A call and its body less."""
    return any(
        normal(text) == normal(rest.replace(body, "", 1))
        for label, body in bodies(master).items()
        for rest in without(master, f"[^{label}]")
    )


def note_added(master: str, text: str, said: str) -> bool:
    """A call and a body more."""
    return any(
        label not in bodies(master) and said in body for label, body in bodies(text).items()
    ) and note_gone(text, master, "")


def call_moved(master: str, text: str, _: str) -> bool:
    """One call in another place."""
    return master != text and any(
        set(without(master, f"[^{label}]")) & set(without(text, f"[^{label}]"))
        for label in CALL.findall(master)
    )


def replaced(master: str, text: str, old: str) -> bool:
    """One character in the place of another."""
    return text.count(NEW) == 1 and (text.replace(NEW, old) == master or "{.missing}" in master)


def inserted(master: str, text: str, said: str) -> bool:
    """Some words more."""
    return any(rest == master for rest in without(text, said))


def block_added(master: str, text: str, said: str) -> bool:
    """Blocks or lines more; the numbers of items behind them may have changed."""
    one, other = (re.sub(r"(?m)^[> ]*(?:\(?\w{1,4}[.)] +|- +)?", "", normal(t)) for t in (master, text))
    piece = put_in(one, other)
    return piece is not None and says_nothing("".join(piece.split(said, 1))) and said in piece


def line_added(master: str, text: str, said: str) -> bool:
    """One line more."""
    lines = text.split("\n")
    return any(
        said in line and lines[:n] + lines[n + 1 :] == master.split("\n") for n, line in enumerate(lines)
    )


def gone(master: str, text: str, said: str) -> bool:
    """Nothing but a piece less, in which these words stand."""
    piece = put_in(normal(text), normal(master))
    return (
        piece is not None
        and piece.count("\n\n") <= 1
        and not Counter(re.findall("[\u4e00-\u9fff]", said)) - Counter(piece)
    )


def emphasised(master: str, text: str, said: str) -> bool:
    """A word between stars."""
    return text.replace(f"*{said}*", said, 1) == master or (
        re.sub("[*_]", "", text) == re.sub("[*_]", "", master) and text != master
    )


def requoted(master: str, text: str, _: str) -> bool:
    """The sign of a quotation more, before one paragraph; where another quotation stands beside it, before the blank line, too."""
    one, other = normal(master).split("\n"), normal(text).split("\n")
    changed = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    return len(one) == len(other) and bool(changed) and all(f"> {a}".rstrip() == b for a, b in changed)
