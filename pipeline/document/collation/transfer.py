"""One spelling's changes carried over to another spelling of the same text.

Comes in: a text as a person spelled it, the same text as Fanjian spells it, and that one as an editor changed
it. Goes out: the person's text with the editor's changes, or none where one goes through the other.
"""

from __future__ import annotations

from difflib import SequenceMatcher

LONGEST = 20_000  # characters of a text that is compared letter by letter


def transfer(own: str, made: str, edited: str) -> str | None:
    """``own`` with what differs between ``made`` and ``edited``.

    >>> transfer("衆人_走_", "眾人*走*", "眾人*快走*")
    '衆人_快走_'
    >>> transfer("甲乙", "丙丙丙丙", "丙丙") is None
    True
    """
    if max(map(len, (own, made, edited))) > LONGEST:
        return None
    before, letters, whole = _spell(own, made)
    out: list[str] = []
    for kind, start, end, first, last in SequenceMatcher(None, made, edited, autojunk=False).get_opcodes():
        if kind != "equal":
            out.append(edited[first:last])
        for at in range(start, end):
            if kind == "equal":
                out += before[at], letters[at]
                continue
            out.append(before[at])
        if any(w.start < start < w.stop or w.start < end < w.stop for w in whole) and kind != "equal":
            return None
    return "".join([*out, before[len(made)]])


def _spell(own: str, made: str) -> tuple[list[str], list[str], list[range]]:
    """What stands before each letter of ``made`` in ``own`` alone, what each is there, and which belong together."""
    before = [""] * (len(made) + 1)
    letters = [""] * len(made)
    whole = []
    for kind, start, end, first, last in SequenceMatcher(None, made, own, autojunk=False).get_opcodes():
        if kind == "insert":
            before[start] += own[first:last]
        elif kind == "equal" or (kind == "replace" and end - start == last - first):
            letters[start:end] = own[first:last]
        elif kind == "replace":
            letters[start] = own[first:last]
            whole.append(range(start, end))
    return before, letters, whole
