"""One spelling's changes carried over to another spelling of the same text.

Comes in: a text as a person spelled it, the same text as Fanjian spells it, and that one as an editor changed
it. Goes out: the person's text with the editor's changes, or none where one goes through the other. Lines that
came or went whole are seen as such: a new item stands as its neighbours do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.document.collation.pairing import pair_closest

LONGEST = 20_000  # characters of a text that is compared letter by letter
SHORTEST = 4  # letters by which a part of a line is known again
LEAD = re.compile(r"([ \t>|]*)((?:[-*+:]|\(?[0-9A-Za-z]{1,6}[.)])?)([ \t]*)")


@dataclass(frozen=True)
class _Step:
    """What stands in the place of ``made[start:end]``: itself, or ``text``; ``line``: whole lines of it."""

    start: int
    end: int
    text: str | None = None
    line: bool = False


def transfer(own: str, made: str, edited: str) -> str | None:
    """``own`` with what differs between ``made`` and ``edited``.

    >>> transfer("衆人_走_", "眾人*走*", "眾人*快走*")
    '衆人_快走_'
    >>> transfer("1)  田水\\n\\n2)  船家", "1) 田水\\n2) 船家", "1) 田水\\n2) 渡口\\n3) 船家")
    '1)  田水\\n\\n2)  渡口\\n\\n3)  船家'
    >>> transfer("甲乙", "丙丙丙丙", "丙丙") is None
    True
    """
    if max(map(len, (own, made, edited))) > LONGEST:
        return None
    own, made, edited = (f"{text}\n" for text in (own, made, edited))
    spelled = _Spelled(made, *_spell(own, made))
    moved = spelled.follow(_by_lines(made, edited) or list(_by_letters(made, edited)))
    return None if moved is None else moved.removesuffix("\n")


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
    for at, letter in enumerate(letters):  # blank lines belong to what follows them
        if letter == "\n" and before[at].startswith("\n") and before[at].isspace():
            before[at], before[at + 1] = "", f"{before[at]}\n"[1:] + before[at + 1]
    return before, letters, whole


@dataclass(frozen=True)
class _Spelled:
    """A text letter by letter with a person's spelling of each."""

    made: str
    before: Sequence[str]
    letters: Sequence[str]
    whole: Sequence[range]

    def follow(self, steps: Sequence[_Step]) -> str | None:
        """The person's text after these steps; none where one cuts what belongs together."""
        out: list[str] = []
        for step in steps:
            places = range(step.start, step.end)
            if step.text is None:
                out += (part for at in places for part in (self.before[at], self.letters[at]))
                continue
            if any(w.start < w_at < w.stop for w in self.whole for w_at in (step.start, step.end)):
                return None
            kept = [p for at in places if not ((p := self.before[at]).isspace() and step.line)]
            out += [*kept[:1], self._new_line(step) if step.line else step.text, *kept[1:]]
        return "".join([*out, self.before[len(self.made)]])

    def _new_line(self, step: _Step) -> str:
        """A new line as the person begins the next one like it."""
        text = step.text or ""
        wanted = _lead(text)
        starts = sorted(_line_starts(self.made), key=lambda at: abs(at - step.start))
        for at in starts if wanted.group(2) else ():
            lead = _lead(self.made, at)
            if lead.group(1) == wanted.group(1) and _kind(lead.group(2)) == _kind(wanted.group(2)) and at:
                blanks = self._blank(at, lead.start(2)), self._blank(lead.end(2), lead.end())
                return blanks[0] + wanted.group(2) + blanks[1] + text[wanted.end() :]
        return text

    def _blank(self, start: int, end: int) -> str:
        """What a person puts before the mark of an item, or between it and the text."""
        parts = [part for at in range(start, end) for part in (self.before[at], self.letters[at])]
        return "".join([*parts, self.before[end] if self.before[end].isspace() else ""])


def _lead(text: str, at: int = 0) -> re.Match[str]:
    found = LEAD.match(text, at)
    assert found is not None  # each part of it may be empty
    return found


def _kind(mark: str) -> str:
    return re.sub(r"[0-9A-Za-z]+", "1", mark)


def _line_starts(text: str) -> Iterator[int]:
    yield 0
    yield from (found.end() for found in re.finditer("\n", text))


def _by_letters(made: str, edited: str, start: int = 0) -> Iterator[_Step]:
    """The steps from one text to the other; ``start`` is where ``made`` begins."""
    for kind, at, end, first, last in SequenceMatcher(None, made, edited, autojunk=False).get_opcodes():
        yield _Step(start + at, start + end, None if kind == "equal" else edited[first:last])


def _by_lines(made: str, edited: str) -> list[_Step]:
    """The same where lines came or went whole; no steps where none did, or parts of others stand in them."""
    one, other = made.splitlines(keepends=True), edited.splitlines(keepends=True)
    pairs = pair_closest(one, other)
    came = [line for n, line in enumerate(other) if n not in pairs.values()]
    gone = [line for n, line in enumerate(one) if n not in pairs]
    if any(_is_part(line, made) for line in came) or any(_is_part(line, edited) for line in gone):
        return []
    out: list[_Step] = []
    at = then = 0
    for n, line in enumerate(one):
        if n in pairs:
            out += (_Step(at, at, new, line=True) for new in other[then : pairs[n]])
            out += _by_letters(line, other[pairs[n]], at)
            then = pairs[n] + 1
        else:
            out.append(_Step(at, at + len(line), "", line=True))
        at += len(line)
    return [*out, *(_Step(at, at, new, line=True) for new in other[then:])] if came or gone else []


def _is_part(line: str, text: str) -> bool:
    """Whether what a line says stands in a text already."""
    said = line[_lead(line).end() :].strip()
    return len(said) >= SHORTEST and said in text
